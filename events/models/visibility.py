"""When the results of a session may be seen: by all, and by who hides the latest.

Nobody sees a result before its session's start. A reader who hides results
(`racing.spoilers`) sees it 48 hours after the end, to the second. A session of which
the length is not known is taken to be long; where only a day is known, it may have
ended with that day at the last place on earth; one without any date is not held to be
of the last 48 hours. That rule stands here twice, for rows and for a session in hand.

What editors write of a weekend may tell the same: it is held back as its results are.
"""

from datetime import timedelta

from django.db.models import (
    BooleanField,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    Value,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from events.models.sessions import PRACTICE, TEST, UNKNOWN_LENGTH, Session
from events.models.weekend import Event, EventRound
from racing import clock, spoilers

MINUTE = timedelta(minutes=1)
# More than the column for the length can hold: older rows need no arithmetic.
LONGEST = 2**15 * MINUTE


def has_begun(at, day=None, session="session__"):
    """A condition on rows that lead to sessions: those that have begun at a moment.

    Where only the day is known, not before that day; where nothing is, not before the
    weekend. `day` is the date it is then, by default where it is the earliest.
    """
    day = day or clock.date_everywhere(at)
    event = f"{session}event__"
    unknown = {f"{session}start": None, f"{session}day": None}
    undated = {f"{event}first_day": None, f"{event}last_day": None}
    return (
        Q(**{f"{session}start__lte": at})
        | Q(**{f"{session}start": None, f"{session}day__lte": day})
        | Q(**{f"{event}first_day__lte": day}, **unknown)
        | Q(**{f"{event}first_day": None, f"{event}last_day__lte": day}, **unknown)
        | Q(**{f"{event}season__year__lte": day.year}, **undated, **unknown)
    )


def is_recent(at, session="session__"):
    """A condition on such rows: those of sessions that were not over 48 hours before.

    They may be still to come.
    """
    since = at - spoilers.HIDDEN_FOR
    day = spoilers.first_hidden_day(at)
    event = f"{session}event__"
    unknown = {f"{session}start": None, f"{session}day": None}
    ends_later = GreaterThan(_end(session), Value(since, DateTimeField()))
    return (
        Q(**{f"{session}start__gt": since - LONGEST}) & Q(ends_later)
        | Q(**{f"{session}start": None, f"{session}day__gte": day})
        | Q(**{f"{event}last_day__gte": day}, **unknown)
        | Q(**{f"{event}last_day": None, f"{event}first_day__gte": day}, **unknown)
    )


def _end(session):
    """When a session with a time is over, for all that is known, as an expression."""
    unknown = UNKNOWN_LENGTH // MINUTE
    minutes = Coalesce(f"{session}length_minutes", unknown, output_field=IntegerField())
    length = ExpressionWrapper(minutes * Value(MINUTE), DurationField())
    return ExpressionWrapper(F(f"{session}start") + length, DateTimeField())


def is_begun(start, day, year, at):
    """Whether a session has begun at a moment, as `has_begun` says of rows.

    `day` is the session's own, else the first of its weekend that is known; `year` is
    its season's.
    """
    if start:
        return start <= at
    today = clock.date_everywhere(at)
    return day <= today if day else year <= today.year


def is_held_back(start, length_minutes, day, at):
    """Whether a session `is_recent` at a moment and its reader hides results.

    `day` is the session's own, else the last of its weekend that is known.
    """
    if not spoilers.are_hidden():
        return False
    if start is None:
        return spoilers.is_of_latest(day, at)
    length = UNKNOWN_LENGTH if length_minutes is None else length_minutes * MINUTE
    return start > at - spoilers.HIDDEN_FOR - length


def is_hidden(session, at=None):
    """Whether this reader does not see the results of a session in hand yet."""
    event = session.event
    day = session.day or event.last_day or event.first_day
    return is_held_back(session.start, session.length_minutes, day, at or clock.now())


def may_tell(event: Event, sessions, at=None):
    """Whether a text on a weekend may tell this reader how it went: it is held back.

    That is while the results of any of its sessions but practice are hidden, or would
    be; `sessions` are the weekend's own, without any its days are looked at.
    """
    at = at or clock.now()
    if not spoilers.are_hidden():
        return False
    first_day = event.first_day or event.last_day
    last_day = event.last_day or event.first_day
    racing = [line for line in sessions if line.kind not in (TEST, PRACTICE)]
    told = [
        (line.start, line.length_minutes, line.day or first_day, line.day or last_day)
        for line in racing
    ]
    return any(
        is_begun(start, begins_on, event.season.year, at)
        and is_held_back(start, length, ends_on, at)
        for start, length, begins_on, ends_on in told
        or [(None, None, first_day, last_day)]
    )


def mark_hidden(rows, season, at=None):
    """Give rows `is_hidden`: whether this reader does not see their season's standing.

    `season` is the path from a row to its season. What a race did to a standing cannot
    be told from it: it is hidden while the results of any session of the season but
    practice are hidden, or would be.
    """
    if not spoilers.are_hidden():
        return rows.annotate(is_hidden=Value(False))
    sessions = _that_may_have_moved_a_standing(at or clock.now())
    rounds = EventRound.objects.filter(event__in=sessions.values("event"))
    return rows.annotate(
        is_hidden=ExpressionWrapper(
            Q(**{f"{season}__in": sessions.values("event__season")})
            | Q(**{f"{season}__in": rounds.order_by().values("season")}),
            BooleanField(),
        )
    )


def _that_may_have_moved_a_standing(at):
    """Sessions of the last 48 hours that may have begun somewhere (UTC+14)."""
    day = (at + timedelta(hours=14)).date()
    return (
        Session.objects.order_by()
        .exclude(kind__in=(TEST, PRACTICE))
        .filter(has_begun(at, day, ""), is_recent(at, ""))
    )
