"""Releasing a timetable: from the draft to what is published, and what that changed.

Nothing of a draft is public. Publishing copies it to the sessions, all of it or
nothing, and records every fact that it changed; the same sentences tell an editor
what publishing would change and the public what it did.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from events.models import (
    ADDED,
    CANCELLED,
    CIRCUIT,
    CONFIRMED,
    DAY_ONLY,
    DAYS,
    EVENT_STATUSES,
    POSTPONED,
    PROVISIONAL,
    SESSION_KINDS,
    WHEN,
    DraftSession,
    Event,
    Session,
    TimetableChange,
    TimetableLine,
    TimetableRelease,
)
from racing import clock, dates, history, zones

# Columns of a session that the timetable tells and a release may change.
COLUMNS = (
    *("kind", "name_sv", "name_en", "start", "day", "precision"),
    *("length_minutes", "status", "note_sv", "note_en", "order"),
)
# Those that are told one by one; when it is and how certain that is are told apart.
TOLD_COLUMNS = ("name_sv", "name_en", "kind", "length_minutes", "status")


# What differs


@dataclass(frozen=True)
class Difference:
    """A session, published or to be, with what a release changes of it."""

    line: TimetableLine
    changes: list[TimetableChange]

    @property
    def is_new(self):
        return any(change.field == ADDED for change in self.changes)

    def sentences(self, zone: dt.tzinfo) -> list[str]:
        """What changed, in whole sentences without a full stop, or nothing."""
        return sentences(self.line, self.changes, zone)


def drafts_of(event: Event) -> list[DraftSession]:
    """What is drafted for a weekend, with the sessions that it changes: one query."""
    drafts = DraftSession.objects.filter(event=event).select_related("session")
    return list(drafts.order_by(*DraftSession._meta.ordering))


def differences(drafts: Iterable[DraftSession]) -> list[Difference]:
    """What publishing drafts would change; those that change nothing are left out."""
    found = []
    for draft in drafts:
        changes = _changes(draft.session, draft)
        if changes or not is_same(draft.session, draft):
            found.append(Difference(draft, changes))
    return found


def is_same(session: Session | None, draft: TimetableLine) -> bool:
    """Whether a draft says what is published."""
    return session is not None and all(
        getattr(session, name) == getattr(draft, name) for name in COLUMNS
    )


def _changes(session, draft):
    if session is None:
        return [TimetableChange(field=ADDED, new=_when(draft))]
    pairs = [(WHEN, _when(session), _when(draft))]
    if DAY_ONLY not in (session.precision, draft.precision):
        pairs.append(("precision", session.precision, draft.precision))
    pairs += [
        (name, _text(getattr(session, name)), _text(getattr(draft, name)))
        for name in TOLD_COLUMNS
    ]
    return [
        TimetableChange(session=session, field=name, old=old, new=new)
        for name, old, new in pairs
        if old != new
    ]


def _text(value):
    return "" if value is None else str(value)


def _when(line):
    """A moment in UTC, a date or nothing, in ISO 8601."""
    if line.start:
        return line.start.astimezone(dt.UTC).isoformat()
    return line.day.isoformat() if line.day else ""


# Publishing


def publish(
    event: Event, *, reason_sv="", reason_en="", source=""
) -> TimetableRelease | None:
    """Publish what is drafted for a weekend; None where no fact was changed.

    Notes and the order of sessions change without a word.
    """
    with transaction.atomic():
        # Whoever publishes the same at the same time waits here for the first.
        Event.objects.select_for_update().filter(pk=event.pk).first()
        is_first = not event.sessions.exists()
        found = differences(drafts_of(event))
        for difference in found:
            _apply(difference)
        event.draft_sessions.all().delete()
        changes = [change for difference in found for change in difference.changes]
        if not changes:
            return None
        why = {"reason_sv": reason_sv, "reason_en": reason_en, "source": source}
        return _record(event, changes, is_first=is_first, **why)


def _apply(difference):
    """Let the session say what the draft says."""
    draft = difference.line
    session = draft.session or Session(event=draft.event)
    for name in COLUMNS:
        setattr(session, name, getattr(draft, name))
    session.source = draft.source or session.source
    session.save()
    for change in difference.changes:
        change.session = session


def _record(event, changes: Sequence[TimetableChange], **facts):
    release = TimetableRelease(event=event, published_at=clock.site_now(), **facts)
    release.save()
    for change in changes:
        change.release = release
    history.create(changes)
    return release


def tell_of_weekend(before: Event, event: Event) -> TimetableRelease | None:
    """Record that a saved weekend has another status, other days or another circuit.

    `before` is the weekend as it was. None where none of them changed.
    """
    pairs = [
        ("status", before.status, event.status),
        (DAYS, _days(before), _days(event)),
        (CIRCUIT, before.circuit.name, event.circuit.name),
    ]
    changes = [
        TimetableChange(field=name, old=old, new=new)
        for name, old, new in pairs
        if old != new
    ]
    if not changes:
        return None
    with transaction.atomic():
        return _record(event, changes)


def _days(event):
    days = (event.first_day, event.last_day)
    return "/".join(day.isoformat() if day else "" for day in days) if any(days) else ""


# What was published


@dataclass(frozen=True)
class Released:
    """A release with what it changed, session by session; the weekend's own first."""

    release: TimetableRelease
    zone: dt.tzinfo
    differences: list[Difference]

    @cached_property
    def sentences(self) -> list[str]:
        """What changed, in sentences; of a first timetable only that there is one."""
        if self.release.is_first:
            return [_("The timetable is published")]
        return [
            sentence
            for difference in self.differences
            for sentence in difference.sentences(self.zone)
        ]


def released(event: Event, at: dt.datetime | None = None) -> list[Released]:
    """What the releases of a weekend changed, the latest first: two queries."""
    return with_changes(event.timetable_releases.published(at), event)


def with_changes(releases, event: Event | None = None) -> list[Released]:
    """Releases of a queryset with their changes, in its order: two queries.

    Those of several weekends come with weekend and circuit.
    """
    found = []
    for release in releases.prefetch_related(
        Prefetch("changes", TimetableChange.objects.select_related("session"))
    ):
        release.event = event or release.event
        by_session: dict[Session | None, list[TimetableChange]] = {}
        for change in release.changes.all():
            by_session.setdefault(change.session, []).append(change)
        of_weekend = by_session.pop(None, [])
        told = [Difference(release.event, of_weekend)] if of_weekend else []
        told += [Difference(session, them) for session, them in by_session.items()]
        found.append(Released(release, release.event.circuit.zone, told))
    return found


# In words


def sentences(line, changes: Iterable[TimetableChange], zone) -> list[str]:
    """What changed of a session, or of a weekend, in sentences without a full stop."""
    told = {change.field: change for change in changes}
    is_weekend = isinstance(line, Event)
    name = "" if is_weekend else line.name
    found = [
        tell(name, told[field].old, told[field].new, zone)
        for field, tell in (OF_A_WEEKEND if is_weekend else OF_A_SESSION).items()
        if field in told
    ]
    if not is_weekend and (names := _renamed(line, told)):
        found.insert(0, _("%(old)s is now called %(new)s") % names)
    return [sentence for sentence in found if sentence]


def _renamed(line, told):
    """The names before and after in the current language, where they differ."""
    before = type(line)(name_sv=line.name_sv, name_en=line.name_en)
    after = type(line)(name_sv=line.name_sv, name_en=line.name_en)
    for field in ("name_sv", "name_en"):
        if field in told:
            setattr(before, field, told[field].old)
            setattr(after, field, told[field].new)
    if before.name == after.name:
        return None
    return {"old": before.name, "new": after.name}


def _added(name, _old, new, zone):
    if not new:
        return _("%(name)s added, time to be announced") % {"name": name}
    return _("%(name)s added: %(when)s") % {"name": name, "when": _printed(new, zone)}


def _moved(name, old, new, zone):
    if not new:
        return _("%(name)s: the time will be announced later") % {"name": name}
    if not old:
        sentence = _("%(name)s is on %(new)s")
    elif len(new) == DATE_LENGTH < len(old):
        sentence = _("%(name)s moved from %(old)s to %(new)s, time to be announced")
    else:
        sentence = _("%(name)s moved from %(old)s to %(new)s")
    before, after = _printed(old, zone), _printed(new, zone)
    if _is_same_day(old, new, zone):
        before, after = _time(old, zone), _time(new, zone)
    return sentence % {"name": name, "old": before, "new": after}


DATE_LENGTH = len("2022-05-13")


def _local(text, zone):
    """What `_when` wrote, as a date or as a moment on the wall at the circuit."""
    if len(text) == DATE_LENGTH:
        return dt.date.fromisoformat(text)
    return zones.local(dt.datetime.fromisoformat(text), zone)


def _is_same_day(old, new, zone):
    before, after = _local(old, zone) if old else None, _local(new, zone)
    both = isinstance(before, dt.datetime) and isinstance(after, dt.datetime)
    return both and before.date() == after.date()


def _time(text, zone):
    return dates.clock(_local(text, zone))


def _printed(text, zone):
    """``Saturday 14 May 13:55``, ``Saturday 14 May``; empty where there was none."""
    if not text:
        return ""
    when = _local(text, zone)
    if isinstance(when, dt.datetime):
        return f"{dates.day(when.date())} {dates.clock(when)}"
    return dates.day(when)


def _status(name, old, new, _zone):
    if new == "scheduled":
        running = _("%(name)s will be run after all")
        new = "on time" if old == "delayed" else new
    else:
        running = ""
    told = {
        CANCELLED: _("%(name)s cancelled"),
        POSTPONED: _("%(name)s postponed"),
        "delayed": _("%(name)s delayed"),
        "on time": _("%(name)s: no delay any longer"),
        "scheduled": running,
    }
    return told[new] % {"name": name}


def _precision(name, _old, new, _zone):
    told = {
        CONFIRMED: _("%(name)s: the time is confirmed"),
        PROVISIONAL: _("%(name)s: the time is provisional"),
    }
    return told[new] % {"name": name}


def _length(name, _old, new, _zone):
    if not new:
        return _("%(name)s: the length will be announced later") % {"name": name}
    length = dates.duration(int(new))
    return _("%(name)s: the length is now %(length)s") % {
        "name": name,
        "length": length,
    }


def _kind(name, _old, new, _zone):
    return _("%(name)s counts as %(kind)s now") % {
        "name": name,
        "kind": SESSION_KINDS[new],
    }


def _weekend_status(_name, _old, new, _zone):
    told = {
        CANCELLED: _("The weekend is cancelled"),
        POSTPONED: _("The weekend is postponed"),
        CONFIRMED: _("The weekend is confirmed"),
        PROVISIONAL: _("The weekend is provisional"),
    }
    return told[new if new in EVENT_STATUSES else CONFIRMED]


def _weekend_days(_name, old, new, _zone):
    after = _range(new)
    if not after:
        return _("The days of the weekend will be announced later")
    if not old:
        return _("The weekend is on %(new)s") % {"new": after}
    values = {"old": _range(old), "new": after}
    return _("The weekend moved from %(old)s to %(new)s") % values


def _range(text):
    if not text:
        return ""
    first, last = (
        dt.date.fromisoformat(day) if day else None for day in text.split("/")
    )
    return dates.date_range(first, last)


def _weekend_circuit(_name, old, new, _zone):
    return _("The weekend moved from %(old)s to %(new)s") % {"old": old, "new": new}


OF_A_SESSION = {
    ADDED: _added,
    "status": _status,
    WHEN: _moved,
    "precision": _precision,
    "length_minutes": _length,
    "kind": _kind,
}
OF_A_WEEKEND = {
    "status": _weekend_status,
    DAYS: _weekend_days,
    CIRCUIT: _weekend_circuit,
}
