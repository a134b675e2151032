"""The timetable as people read it: by day at the track, with their own clock beside.

Shapes: `Timetable` > `Day` > `Row`. All datetimes are aware. A row without a
time has no start; a day without a date holds what is still to be announced.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from events.models import (
    CANCELLED,
    POSTPONED,
    Event,
    EventLink,
    Session,
)
from racing import clock, dates, zones

# How long a session of unknown length is taken to last, at the most.
UNKNOWN_LENGTH = timedelta(hours=3)

COMING, NEXT, LIVE, OVER = "coming", "next", "live", "over"


@dataclass(frozen=True)
class Row:
    """One session with its clocks.

    `start` and `end` are in the circuit's zone; `home_start` and `home_end` in
    the site's, or None where both clocks show the same. `state` is coming,
    next, live, over, cancelled or postponed.
    """

    session: Session
    start: datetime | None
    end: datetime | None
    home_start: datetime | None
    home_end: datetime | None
    state: str
    watch: tuple[EventLink, ...]

    @property
    def home_shift(self):
        """How far the site's date is from the track's: empty, +1 day, −1 day."""
        if self.home_start is None:
            return ""
        return dates.day_shift(self.start.date(), self.home_start.date())

    @property
    def end_shift(self):
        """Empty, or +1 day where the session runs over midnight at the track."""
        if self.end is None:
            return ""
        return dates.day_shift(self.start.date(), self.end.date())

    @property
    def is_off(self):
        return self.state in (CANCELLED, POSTPONED)


@dataclass(frozen=True)
class Day:
    date: date | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Timetable:
    """`zone_labels` names the circuit's zone as often as the clocks change."""

    days: tuple[Day, ...]
    zone_labels: tuple[str, ...]
    home_labels: tuple[str, ...]
    is_home_time: bool

    @property
    def rows(self):
        return tuple(row for day in self.days for row in day.rows)

    @property
    def next_row(self):
        """The session that runs now, else the next one with a time, or None."""
        for state in (LIVE, NEXT):
            for row in self.rows:
                if row.state == state:
                    return row
        return None


def ends_at(session):
    """When a session is taken to be over (UTC): a generous end where unknown."""
    return session.end or session.start + UNKNOWN_LENGTH


def state_of(session, at):
    """Whether a session is coming, live, over, cancelled or postponed at a moment."""
    if session.status in (CANCELLED, POSTPONED):
        return session.status
    if session.event.status in (CANCELLED, POSTPONED):
        return session.event.status
    if session.start is None:
        return COMING
    if at < session.start:
        return COMING
    return LIVE if at < ends_at(session) else OVER


def timetable(
    event: Event,
    sessions: Iterable[Session],
    links: Sequence[EventLink],
    at: datetime | None = None,
) -> Timetable:
    """A weekend's sessions by day at the track.

    `sessions` and `links` are the event's own; `at` is the moment that decides
    what is next.
    """
    at = at or clock.now()
    zone, home = event.circuit.zone, timezone.get_default_timezone()
    ordered = sorted(sessions, key=lambda session: _sort_key(session, zone))
    upcoming = next((s for s in ordered if s.start and state_of(s, at) == COMING), None)
    rows = [_row(s, links, zone, home, at, is_next=s is upcoming) for s in ordered]
    timed = [row.start for row in rows if row.start]
    return Timetable(
        days=_by_day(rows),
        zone_labels=_labels(timed),
        home_labels=_labels([start.astimezone(home) for start in timed]),
        is_home_time=not any(row.home_start for row in rows),
    )


def local_day(session, zone):
    """The session's date at the circuit, or None where it is not known."""
    if session.start:
        return zones.local(session.start, zone).date()
    return session.day


def _sort_key(session, zone):
    day = local_day(session, zone)
    return (
        day or date.max,
        session.start is None,
        session.start.timestamp() if session.start else 0,
        session.order,
        session.pk,
    )


def _row(session, links, zone, home, at, *, is_next):
    start = zones.local(session.start, zone) if session.start else None
    end = zones.local(session.end, zone) if session.end else None
    differs = bool(start) and start.utcoffset() != start.astimezone(home).utcoffset()
    return Row(
        session=session,
        start=start,
        end=end,
        home_start=start.astimezone(home) if differs else None,
        home_end=end.astimezone(home) if differs and end else None,
        state=NEXT if is_next else state_of(session, at),
        watch=_watch(session, links),
    )


def _watch(session, links):
    """The session's own streams and channels, else those of the whole weekend."""
    shown = [link for link in links if link.is_to_watch]
    own = tuple(link for link in shown if link.session_id == session.pk)
    return own or tuple(link for link in shown if link.session_id is None)


def _by_day(rows):
    days = {}
    for row in rows:
        day = row.start.date() if row.start else row.session.day
        days.setdefault(day, []).append(row)
    return tuple(Day(day, tuple(rows)) for day, rows in days.items())


def _labels(moments):
    return tuple(dict.fromkeys(dates.zone_label(moment) for moment in moments))
