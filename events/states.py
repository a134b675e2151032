"""What a session and a weekend are by the clock: to come, running, over.

Nobody types that a session has begun or ended: its published times say so. Where they
leave the end open it is a generous one, so that whoever follows is not sent away too
early, and what comes next ends it: the next session, or its results.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from events.models import (
    CANCELLED,
    OTHER,
    POSTPONED,
    PRACTICE,
    QUALIFYING,
    RACE,
    TEST,
    Event,
    Session,
)
from events.models.sessions import UNKNOWN_LENGTH
from racing import zones

# Of a session; of a weekend: before, live, between, over.
COMING, NEXT, LIVE, OVER = "coming", "next", "live", "over"
BEFORE, BETWEEN = "before", "between"
DELAYED = "delayed"
OFF = (CANCELLED, POSTPONED)

# How long a session of unknown length is taken to last, at the most.
GENEROUS = {
    RACE: UNKNOWN_LENGTH,
    TEST: UNKNOWN_LENGTH,
    PRACTICE: timedelta(hours=2),
    QUALIFYING: timedelta(hours=2),
    OTHER: timedelta(hours=2),
}
ONE_DAY = timedelta(days=1)


# A session


def is_off(session: Session) -> bool:
    """Whether a session, or its whole weekend, is cancelled or postponed."""
    return session.status in OFF or session.event.status in OFF


def has_open_end(session: Session) -> bool:
    """Whether nobody knows when the session ends: no length, or it begins late."""
    return session.length_minutes is None or session.status == DELAYED


def ends_at(session: Session, following: datetime | None = None) -> datetime:
    """When a session that has a start is taken to be over (UTC).

    An open end is a generous one, and no later than `following`, the start of the
    weekend's next session.
    """
    if not has_open_end(session):
        return session.end
    end = (session.end or session.start) + GENEROUS[session.kind]
    return min(end, following) if following else end


def ends_of(sessions: Iterable[Session]) -> dict[Session, datetime]:
    """When each session of a weekend that has a start is taken to be over (UTC)."""
    timed = [session for session in sessions if session.start]
    starts = sorted(session.start for session in timed if not is_off(session))
    following = {
        session: next(iter(starts[bisect_right(starts, session.start) :]), None)
        for session in timed
    }
    return {session: ends_at(session, start) for session, start in following.items()}


def state_of(session: Session, at: datetime, end: datetime | None = None) -> str:
    """Whether a session is coming, live, over, cancelled or postponed at a moment.

    `end` is what `ends_of` its weekend says; without it the session is looked at
    alone. One whose results are in (`has_outcome`) is over where its end is open. A
    session without a time is over when its day is.
    """
    for status in (session.status, session.event.status):
        if status in OFF:
            return status
    if session.start is None:
        return _state_by_day(session, at)
    if at < session.start:
        return COMING
    is_settled = has_open_end(session) and getattr(session, "has_outcome", False)
    return OVER if is_settled or at >= (end or ends_at(session)) else LIVE


def _state_by_day(session, at):
    event = session.event
    today = zones.local(at, event.circuit.zone).date()
    is_over = session.day < today if session.day else event.is_over(today)
    return OVER if is_over else COMING


# A weekend


def weekend_ends_at(event: Event, sessions: Iterable[Session]) -> datetime | None:
    """When a weekend is taken to be over (UTC), or None where nothing tells.

    That is with its last session, where one is known on its last day or beyond;
    otherwise when that day ends at the track.
    """
    on = [session for session in sessions if not is_off(session)]
    last = max(ends_of(on).values(), default=None)
    final_day = event.last_day or event.first_day
    if final_day is None:
        return last
    if last and all(session.start for session in on):
        reached = zones.local(last, event.circuit.zone).date()
        if reached >= final_day:
            return last
    return max(filter(None, [last, day_ends_at(final_day, event.circuit.zone)]))


def day_ends_at(day, zone):
    """The midnight after a day at the track, in UTC."""
    return datetime.combine(day + ONE_DAY, time(), zone).astimezone(UTC)


def state_of_weekend(event: Event, sessions: Iterable[Session], at: datetime) -> str:
    """Whether a weekend is before, live, between, over, cancelled or postponed.

    It runs from the first moment of its first day, between its sessions as well.
    """
    if event.status in OFF:
        return event.status
    on = [session for session in sessions if not is_off(session)]
    ends = ends_of(on)
    states = {state_of(session, at, ends.get(session)) for session in on}
    today = zones.local(at, event.circuit.zone).date()
    if LIVE in states:
        return LIVE
    if COMING not in states and _is_over(event, ends, today):
        return OVER
    first_day = event.first_day or event.last_day
    has_begun = OVER in states or (first_day and first_day <= today)
    return BETWEEN if has_begun else BEFORE


def _is_over(event, ends, today):
    """Whether nothing is left to wait for of a weekend without a session to come."""
    final_day = event.last_day or event.first_day
    if final_day and ends:
        reached = zones.local(max(ends.values()), event.circuit.zone).date()
        return reached >= final_day or today > final_day
    return bool(ends) or event.is_over(today)
