"""The timetable as people read it: by day at the track, with their own clock beside.

Shapes: `Timetable` > `Day` > `Row`. All datetimes are aware. A row without a
time has no start; a day without a date holds what is still to be announced.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import (
    Exists,
    OuterRef,
    Prefetch,
    QuerySet,
    prefetch_related_objects,
)
from django.utils import timezone
from django.utils.translation import get_language

from events.models import Event, EventLink, Result, Session
from events.states import (
    BEFORE,
    BETWEEN,
    COMING,
    DELAYED,
    LIVE,
    NEXT,
    OFF,
    ONE_DAY,
    OVER,
    day_ends_at,
    ends_of,
    is_off,
    state_of,
    state_of_weekend,
)
from events.watching import live_timing, where_to_watch
from racing import clock, dates, zones


@dataclass(frozen=True)
class Row:
    """One session with its clocks.

    `start` and `end` are in the circuit's zone; `home_start` and `home_end` in
    the site's, or None where both clocks show the same. `state` is coming,
    next, live, over, cancelled or postponed. `watch` are the links to it in the
    order a viewer needs, `timing` those to its live timing; `is_on_air` says whether
    a broadcast of it, or the session itself, runs.
    """

    session: Session
    start: datetime | None
    end: datetime | None
    home_start: datetime | None
    home_end: datetime | None
    state: str
    watch: tuple[EventLink, ...]
    timing: tuple[EventLink, ...] = ()
    is_on_air: bool = False

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
    def start_zone(self):
        """The zone of a start that the wall at the track shows twice, else empty."""
        if self.start is None or not _is_ambiguous(self.start):
            return ""
        return dates.zone_label(self.start)

    @property
    def end_zone(self):
        """The zone of an end that has another one than the start, or comes twice."""
        if self.end is None:
            return ""
        is_moved = self.end.utcoffset() != self.start.utcoffset()
        return dates.zone_label(self.end) if is_moved or _is_ambiguous(self.end) else ""

    @property
    def own_watch(self):
        """The links to the session alone."""
        return tuple(link for link in self.watch if link.session_id)

    @property
    def is_off(self):
        return self.state in OFF

    @property
    def is_over(self):
        return self.state == OVER

    @property
    def is_delayed(self):
        """Whether it was to begin and is told to begin later."""
        is_awaited = self.state in (COMING, NEXT, LIVE)
        return is_awaited and self.session.status == DELAYED


@dataclass(frozen=True)
class Day:
    date: date | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Timetable:
    """`zone_labels` names the circuit's zone as often as the clocks change.

    `state` is the weekend's: before, live, between, over, cancelled or postponed;
    `watch` are the links to the whole of it. `next_change` is the moment (UTC) at which
    a page about it is true no longer, or None where nothing will change by itself.
    """

    days: tuple[Day, ...]
    zone_labels: tuple[str, ...]
    home_labels: tuple[str, ...]
    is_home_time: bool
    state: str = BEFORE
    watch: tuple[EventLink, ...] = ()
    next_change: datetime | None = None

    @property
    def rows(self):
        return tuple(row for day in self.days for row in day.rows)

    @property
    def known_days(self):
        """The dates at the track of which something is known."""
        return [day.date for day in self.days if day.date]

    @property
    def sessions(self):
        return [row.session for row in self.rows]

    @property
    def next_row(self):
        """The session that runs now, else the next one with a time, or None."""
        for state in (LIVE, NEXT):
            for row in self.rows:
                if row.state == state:
                    return row
        return None

    @property
    def all_watch(self):
        """The links to the weekend, then those to single sessions."""
        own = (link for row in self.rows for link in row.own_watch)
        return [*self.watch, *own]

    @property
    def is_running(self):
        return self.state in (LIVE, BETWEEN)

    @property
    def is_over(self):
        return self.state == OVER


def with_outcome(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Sessions each of which says whether results of it are recorded: `has_outcome`."""
    results = Result.objects.filter(session=OuterRef("pk"))
    return sessions.annotate(has_outcome=Exists(results))


def add_sessions(events: Sequence[Event]) -> Sequence[Event]:
    """Give weekends their sessions, `with_outcome`: one query for all of those without."""
    sessions = with_outcome(Session.objects.all())
    prefetch_related_objects(events, Prefetch("sessions", sessions))
    return events


def timetable(
    event: Event,
    sessions: Iterable[Session],
    links: Sequence[EventLink],
    at: datetime | None = None,
) -> Timetable:
    """A weekend's sessions by day at the track.

    `sessions` and `links` are the event's own; `at` is the moment that decides
    what is next. Sessions `with_outcome` end with their results where their length is
    not known.
    """
    at = at or clock.now()
    zone, home = event.circuit.zone, timezone.get_default_timezone()
    ordered = sorted(sessions, key=lambda session: _sort_key(session, zone))
    _name_sessions(links, ordered)
    rows = [
        _row(session, state, links, zone, home, at)
        for session, state in _states(ordered, at)
    ]
    timed = [row for row in rows if row.start]
    moments = [moment for row in timed for moment in (row.start, row.end) if moment]
    state = state_of_weekend(event, ordered, at)
    return Timetable(
        days=_by_day(rows),
        zone_labels=_labels(moments),
        home_labels=_labels([row.start.astimezone(home) for row in timed]),
        is_home_time=not any(row.home_start for row in rows),
        state=state,
        watch=tuple(where_to_watch(links, None, _language(), state)),
        next_change=_next_change(event, ordered, links, at),
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


def _name_sessions(links, sessions):
    """Let links to a session know it, so that nobody has to ask for its name."""
    by_key = {session.pk: session for session in sessions}
    for link in links:
        if link.session_id in by_key:
            link.session = by_key[link.session_id]


def _language():
    return (get_language() or "sv")[:2]


def _states(ordered, at):
    """Each session with its state; the first to come that has a time is next."""
    ends, is_next_known = ends_of(ordered), False
    for session in ordered:
        state = state_of(session, at, ends.get(session))
        if state == COMING and session.start and not is_next_known:
            state, is_next_known = NEXT, True
        yield session, state


def _row(session, state, links, zone, home, at):
    start = zones.local(session.start, zone) if session.start else None
    end = zones.local(session.end, zone) if session.end else None
    differs = bool(start) and start.utcoffset() != start.astimezone(home).utcoffset()
    watch = tuple(where_to_watch(links, session, _language(), state))
    return Row(
        session=session,
        start=start,
        end=end,
        home_start=start.astimezone(home) if differs else None,
        home_end=end.astimezone(home) if differs and end else None,
        state=state,
        watch=watch,
        timing=tuple(live_timing(links, session)),
        is_on_air=state == LIVE or (state == NEXT and _has_begun(watch, at)),
    )


def _has_begun(watch, at):
    return any(link.start and link.start <= at for link in watch)


def _is_ambiguous(moment):
    return zones.is_ambiguous(moment.date(), moment.time(), moment.tzinfo)


def _next_change(event, sessions, links, at):
    if event.status in OFF:
        return None
    moments = _changes(event, sessions, links)
    return min((moment for moment in moments if moment > at), default=None)


def _changes(event, sessions, links):
    """The moments (UTC) at which a session or the weekend gets another state."""
    zone = event.circuit.zone
    ends = ends_of(sessions)
    for session in sessions:
        if is_off(session):
            continue
        if session.start:
            yield from (session.start, ends[session])
        elif session.day:
            yield day_ends_at(session.day, zone)
    yield from (link.start for link in links if link.start)
    first_day, last_day = event.first_day, event.last_day
    if first_day or last_day:
        yield day_ends_at((first_day or last_day) - ONE_DAY, zone)
        yield day_ends_at(last_day or first_day, zone)


def _by_day(rows):
    days = {}
    for row in rows:
        day = row.start.date() if row.start else row.session.day
        days.setdefault(day, []).append(row)
    return tuple(Day(day, tuple(rows)) for day, rows in days.items())


def _labels(moments):
    return tuple(dict.fromkeys(dates.zone_label(moment) for moment in moments))
