"""What a timetable changed, in sentences without a full stop.

Facts come as `TimetableChange` keeps them: moments in ISO 8601 and UTC, dates, the
values of columns as text. What is told of a session's status and of its time is one
sentence where both changed: who reads that it is postponed asks until when.
"""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import (
    ADDED,
    CANCELLED,
    CIRCUIT,
    CONFIRMED,
    DAYS,
    POSTPONED,
    PROVISIONAL,
    SESSION_KINDS,
    WHEN,
    TimetableChange,
    TimetableLine,
)
from racing import dates, zones

SCHEDULED, DELAYED = "scheduled", "delayed"
DATE_LENGTH = len("2022-05-13")


def of_session(
    line: TimetableLine, changes: Iterable[TimetableChange], zone: dt.tzinfo
) -> list[str]:
    """What changed of a session; `zone` is the circuit's."""
    told = {change.field: (change.old, change.new) for change in changes}
    found = [*_renamed(line, told), *_planned(line.name, told, zone)]
    for field, tell in OTHERS.items():
        if field in told:
            found.append(tell(line.name, told[field][1]))
    return found


def of_weekend(changes: Iterable[TimetableChange]) -> list[str]:
    """What changed of a whole weekend."""
    told = {change.field: (change.old, change.new) for change in changes}
    found = [
        tell(*told[field]) for field, tell in OF_A_WEEKEND.items() if field in told
    ]
    return [sentence for sentences in found for sentence in sentences]


# A session's name


def _renamed(line, told):
    """Where the name differs in the current language."""
    names = [
        type(line)(
            **{
                field: told[field][moment] if field in told else getattr(line, field)
                for field in ("name_sv", "name_en")
            }
        ).name
        for moment in (0, 1)
    ]
    if names[0] == names[1]:
        return []
    return [_("%(old)s is now called %(new)s") % {"old": names[0], "new": names[1]}]


# When a session is, and whether it is run


def _planned(name, told, zone):
    """Status, time and how certain the time is."""
    before, status = told.get("status", ("", ""))
    if ADDED in told:
        found = [_added(name, told[ADDED][1], zone)]
        if status:
            found.append(_status(name, before, status))
    elif WHEN in told and (time := _Time(*told[WHEN], zone)).is_seen:
        found = _status_and_time(name, before, status, time)
    else:
        found = [_status(name, before, status)] if status else []
    if "precision" in told and status != CANCELLED:
        found.append(_precision(name, told["precision"][1]))
    return found


def _added(name, new, zone):
    time = _Time("", new, zone)
    values = {"name": name, "when": time.in_words(is_short=False)[1]}
    if time.is_gone:
        return _time_later(_("%(name)s added") % values)
    sentence = _("%(name)s added: %(when)s") % values
    return _time_later(sentence) if time.lacks_time else sentence


def _status(name, old, new):
    """The status alone."""
    if new == SCHEDULED:
        told = {
            DELAYED: _("%(name)s is no longer delayed"),
            POSTPONED: _("%(name)s will be run as planned"),
        }.get(old, _("%(name)s will be run after all"))
    else:
        told = {
            CANCELLED: _("%(name)s cancelled"),
            POSTPONED: _("%(name)s postponed"),
            DELAYED: _("%(name)s delayed"),
        }[new]
    return told % {"name": name}


def _status_and_time(name, old, new, time):
    """The new status, if it is another, in one sentence with the new time."""
    if new == SCHEDULED and old == DELAYED:
        return [_status(name, old, new), _moved(name, "", time)]
    if new == CANCELLED and (time.lacks_time or not time.is_moved):
        return [_status(name, old, new)]
    if new and time.is_withdrawn:
        return [_time_later(_status(name, old, new))]
    if new == DELAYED and not time.is_moved:
        return [_status(name, old, new), _moved(name, "", time)]
    return [_moved(name, new, time)]


def _moved(name, status, time):
    """Another time, with the status that brought it."""
    if time.is_withdrawn:
        return _withdrawn(name, time)
    if status == SCHEDULED:
        sentence = _("%(name)s will be run on %(new)s")
    elif time.is_moved:
        sentence = {
            CANCELLED: _(
                "%(name)s cancelled; its time was changed from %(old)s to %(new)s"
            ),
            POSTPONED: _("%(name)s postponed from %(old)s to %(new)s"),
            DELAYED: _("%(name)s delayed from %(old)s to %(new)s"),
        }.get(status, _("%(name)s moved from %(old)s to %(new)s"))
    elif status == POSTPONED:
        sentence = _("%(name)s postponed to %(new)s")
    else:
        sentence = _("%(name)s is on %(new)s")
    old, new = time.in_words(is_short=time.is_moved and status != SCHEDULED)
    sentence %= {"name": name, "old": old, "new": new}
    return _time_later(sentence) if time.lacks_time else sentence


def _withdrawn(name, time):
    values = {"name": name, "old": time.in_words(is_short=bool(time.new))[0]}
    if time.new:  # the day stays
        sentence = _("%(name)s is no longer at %(old)s")
    else:
        sentence = _("%(name)s is no longer on %(old)s")
    return _time_later(sentence % values)


def _time_later(sentence):
    return _("%(sentence)s, time to be announced") % {"sentence": sentence}


def _precision(name, new):
    told = {
        CONFIRMED: _("The time of %(name)s is confirmed"),
        PROVISIONAL: _("The time of %(name)s is provisional"),
    }
    return told[new] % {"name": name}


class _Time:
    """A session's time before and after: each a moment, a day or nothing."""

    def __init__(self, old, new, zone):
        self.old, self.new = (_local(text, zone) for text in (old, new))
        self.old_day, self.new_day = map(_day, (self.old, self.new))

    @property
    def is_seen(self):
        """Whether anybody could tell the two apart: seconds are not shown."""
        old, new = (
            _printed(when, _label(when), is_short=False)
            for when in (self.old, self.new)
        )
        return old != new

    @property
    def is_gone(self):
        return self.new is None

    @property
    def is_day_only(self):
        return _is_day(self.new)

    @property
    def lacks_time(self):
        """Whether only a day is known, which has to be said of a new one."""
        return self.is_day_only and not _is_day(self.old)

    @property
    def is_same_day(self):
        return self.old_day is not None and self.old_day == self.new_day

    @property
    def is_withdrawn(self):
        """Whether what was known is no longer."""
        return self.is_gone or (self.is_day_only and self.is_same_day)

    @property
    def is_moved(self):
        """Whether it is another one, and not one where none was known."""
        was_open = self.old is None or (_is_day(self.old) and self.is_same_day)
        return not was_open and not self.is_withdrawn

    def in_words(self, *, is_short) -> tuple[str, str]:
        """Before and after; of two times of one day the clock alone, if `is_short`.

        The zone is named where it is not the site's own, and in the hour that comes
        twice: once, unless the two differ.
        """
        is_short = is_short and self.is_same_day
        old, new = _label(self.old), _label(self.new)
        if old == new:
            old = ""
        return (
            _printed(self.old, old, is_short=is_short),
            _printed(self.new, new, is_short=is_short),
        )


def _local(text, zone):
    """A date, a moment on the wall at the circuit, or None."""
    if not text:
        return None
    if len(text) == DATE_LENGTH:
        return dt.date.fromisoformat(text)
    return zones.local(dt.datetime.fromisoformat(text), zone)


def _day(when):
    return when.date() if isinstance(when, dt.datetime) else when


def _is_day(when):
    return when is not None and not isinstance(when, dt.datetime)


def _label(when):
    """Whose clock it is, where that has to be said."""
    if not isinstance(when, dt.datetime):
        return ""
    home = when.astimezone(timezone.get_default_timezone())
    if home.utcoffset() == when.utcoffset() and not zones.is_ambiguous(
        when.date(), when.time(), when.tzinfo
    ):
        return ""
    return dates.zone_label(when)


def _printed(when, label, *, is_short):
    """``Saturday 14 May 13:55``, ``13:55``, ``Saturday 14 May``; empty for nothing."""
    if when is None:
        return ""
    if not isinstance(when, dt.datetime):
        return dates.day(when)
    text = dates.clock(when) if is_short else f"{dates.day(when)} {dates.clock(when)}"
    return f"{text} ({label})" if label else text


# Other facts of a session


def _length(name, new):
    if not new:
        return _("%(name)s: the length will be announced later") % {"name": name}
    values = {"name": name, "length": dates.duration(int(new))}
    return _("%(name)s now lasts %(length)s") % values


def _kind(name, new):
    values = {"name": name, "kind": SESSION_KINDS[new]}
    return _("%(name)s is now listed as “%(kind)s”") % values


OTHERS = {"length_minutes": _length, "kind": _kind}


# A whole weekend


def _weekend_status(old, new):
    if old == CANCELLED and new != POSTPONED:
        yield _("The weekend will be run after all")
    told = {
        CANCELLED: _("The weekend is cancelled"),
        POSTPONED: _("The weekend is postponed"),
        CONFIRMED: _("The weekend is confirmed"),
        PROVISIONAL: _("The weekend is provisional"),
    }
    if not (old == CANCELLED and new == CONFIRMED):
        yield told[new]


def _weekend_days(old, new):
    before, after = _range(old), _range(new)
    printed = dates.date_range(*after)
    if printed is None:
        yield _("The days of the weekend will be announced later")
    elif None in (*before, *after) or _overlap(before, after):
        yield _("The days of the weekend are now: %(new)s") % {"new": printed}
    else:
        values = {"old": dates.date_range(*before), "new": printed}
        yield _("The weekend moved from %(old)s to %(new)s") % values


def _range(text):
    """First and last day, each a date or None, of “2022-05-13/2022-05-15”."""
    first, _slash, last = text.partition("/")
    return tuple(dt.date.fromisoformat(day) if day else None for day in (first, last))


def _overlap(before, after):
    return before[0] <= after[1] and after[0] <= before[1]


def _weekend_circuit(old, new):
    yield _("The weekend moved from %(old)s to %(new)s") % {"old": old, "new": new}


OF_A_WEEKEND = {
    "status": _weekend_status,
    DAYS: _weekend_days,
    CIRCUIT: _weekend_circuit,
}
