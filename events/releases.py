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
from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from events import sentences, timetable
from events.models import (
    ADDED,
    CIRCUIT,
    CONFIRMED,
    DAY_ONLY,
    DAYS,
    PROVISIONAL,
    WHEN,
    DraftSession,
    Event,
    Session,
    TimetableChange,
    TimetableLine,
    TimetableRelease,
)
from racing import clock, history

# Columns of a session that the timetable tells and a release may change.
COLUMNS = (
    *("kind", "name_sv", "name_en", "start", "day", "precision"),
    *("length_minutes", "status", "note_sv", "note_en", "order"),
)
# With what only editors read.
COPIED = (*COLUMNS, "source")
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
        """What changed, in whole sentences without a full stop, or nothing.

        A name may have changed in the other language alone.
        """
        if isinstance(self.line, Event):
            return sentences.of_weekend(self.changes)
        return sentences.of_session(self.line, self.changes, zone)


def in_order(lines: Iterable[TimetableLine], zone: dt.tzinfo) -> list[TimetableLine]:
    """As the timetable shows them; where only the day is known, after its known times.

    Two that the timetable has at one place keep theirs.
    """
    nothing = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(
        lines,
        key=lambda line: (
            timetable.local_day(line, zone) or dt.date.max,
            line.start or nothing,
            line.order,
        ),
    )


def drafts_of(event: Event) -> list[DraftSession]:
    """What is drafted for a weekend, with the sessions that it changes: one query.

    In the order of the timetable to be. A draft of a session that stands in another
    weekend by now says nothing here.
    """
    drafts = DraftSession.objects.filter(event=event).order_by("pk")
    drafts = drafts.filter(Q(session=None) | Q(session__event=event))
    found = list(drafts.select_related("session"))
    for draft in found:
        draft.event = event
    return in_order(found, event.circuit.zone)


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
        getattr(session, name) == getattr(draft, name) for name in COPIED
    )


def _changes(session, draft):
    if session is None:
        return _added(draft)
    pairs = [(WHEN, _when(session), _when(draft))]
    if _is_certainty_told(session.precision, draft.precision):
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


def _added(draft):
    """A new session, with what does not go without saying."""
    usual = {"status": "scheduled", "precision": CONFIRMED}
    unusual = [
        (name, getattr(draft, name))
        for name, value in usual.items()
        if getattr(draft, name) not in (value, DAY_ONLY)
    ]
    return [
        TimetableChange(field=name, new=new)
        for name, new in [(ADDED, _when(draft)), *unusual]
    ]


def _is_certainty_told(old, new):
    """A time that comes or goes says so itself, but not that it is provisional."""
    return new == PROVISIONAL or DAY_ONLY not in (old, new)


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

    Notes and the order of sessions change without a word. Raises ValidationError for
    a session outside the weekend's days, which may have moved since it was drafted.
    """
    with transaction.atomic():
        # Whoever publishes the same at the same time waits here for the first.
        Event.objects.select_for_update().filter(pk=event.pk).first()
        # And who enters results of a session, which is saved whole.
        is_first = not list(event.sessions.select_for_update())
        found = differences(drafts_of(event))
        for difference in found:
            difference.line.clean()
        for difference in found:
            _apply(difference)
        event.draft_sessions.all().delete()
        changes = [change for difference in found for change in difference.changes]
        if not changes:
            return None
        why = {"reason_sv": reason_sv, "reason_en": reason_en, "source": source}
        return _record(event, changes, is_first=is_first, **why)


def tell_of_sessions(event: Event) -> TimetableRelease | None:
    """Record that the sessions of a weekend, which came in bulk, are published."""
    changes = []
    for session in event.sessions.all():
        for change in _added(session):
            change.session = session
            changes.append(change)
    return _record(event, changes, is_first=True) if changes else None


def _apply(difference):
    """Let the session say what the draft says."""
    draft = difference.line
    session = draft.session or Session(event=draft.event)
    for name in COPIED:
        setattr(session, name, getattr(draft, name))
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
        # A session that is deleted takes along what was told of it.
        if told:
            found.append(Released(release, release.event.circuit.zone, told))
    return found
