"""What comes next and what came last, for weekends and their entries."""

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce

from drivers.models import with_page
from events.counting import of_ours, of_races
from events.models import (
    CANCELLED,
    POSTPONED,
    Entry,
    EntryDriver,
    Event,
    Result,
    Session,
    is_hidden,
)
from events.states import (
    BEFORE,
    ONE_DAY,
    OVER,
    day_ends_at,
    state_of_weekend,
    weekend_ends_at,
)
from events.timetable import add_sessions, local_day
from racing import clock, spoilers, zones

# Nobody waits for these: a postponed weekend still carries the days it was to be on.
NOT_AWAITED = (POSTPONED, CANCELLED)
# How long a weekend that is over stays in front, with its results.
STAYS_IN_FRONT = timedelta(hours=48)
# So many cars of ours in one race are no more than one that is hidden.
CARS = 4
# A session may run over the midnight after the last day, for a day at the most.
LATEST_END = timedelta(days=1)


def with_crews(events):
    """A queryset of weekends with their entries and crews: two queries more."""
    return events.prefetch_related(Prefetch("entries", Entry.objects.with_crew()))


def calendar_of(season):
    """The weekends that count for a season, with crews, in the order they are run.

    That is by day; where a day is not known and every weekend has its round, by
    round. A weekend may count for several championships and is in each calendar.
    """
    counting = Q(season=season) | Q(rounds__season=season)
    events = Event.objects.published().filter(counting).distinct()
    events = list(with_crews(events.with_place().by_day()))
    rounds = {event: _round_in(season, event) for event in events}
    if None in rounds.values() or all(event.first_day for event in events):
        return events
    return sorted(events, key=rounds.get)


def _round_in(season, event):
    """The number a round begins with, or None: 4 for "4" as for "4–5"."""
    number = re.match(r"\d+", event.round if event.season_id == season.pk else "")
    return int(number[0]) if number else None


class Front(NamedTuple):
    """The weekend in front, or None, and the moment (UTC) another takes its place.

    That is None where it stays until its own timetable has come to an end.
    """

    event: Event | None
    until: datetime | None = None


def weekend_in_front(at=None) -> Front:
    """The weekend that the front page is about.

    The rule: a weekend that runs is in front to its end. When its last session is
    over it stays there, with its results, for 48 hours or until the first day of the
    next one begins at the track, whichever is sooner; then comes the next one. As long
    as there is a weekend with a driver of ours all others stand back, and one that is
    called off is never in front.

    One query, and one for the sessions of those that have begun.
    """
    at = at or clock.now()
    since = at - STAYS_IN_FRONT - LATEST_END
    weekends = list(_ours_first(_awaited(at, since)))
    ends = _ends_of_those_over(weekends, at)
    kept = [
        event
        for event in weekends
        if event not in ends or at < ends[event] + STAYS_IN_FRONT
    ]
    kept = [event for event in kept if event.is_ours] or kept
    following = next((event for event in kept if event not in ends), None)
    over = max(filter(ends.get, kept), key=ends.get, default=None)
    if over is None or (following and following.has_begun):
        return Front(following)
    until = ends[over] + STAYS_IN_FRONT
    if following and following.day:
        begins = day_ends_at(following.day - ONE_DAY, following.circuit.zone)
        until = min(until, begins)
    return Front(over, until)


def _ours_first(weekends):
    """With place, those with a driver of ours first, then by `day`; undated ones last."""
    ours = EntryDriver.objects.filter(
        with_page(driver="driver__"), entry__event=OuterRef("pk")
    )
    return (
        weekends.with_place()
        .annotate(is_ours=Exists(ours), day=Coalesce("first_day", "last_day"))
        .order_by("-is_ours", F("day").asc(nulls_last=True), "pk")
    )


def _ends_of_those_over(weekends, at):
    """When each weekend that is over ended; tells all of them whether they `has_begun`.

    A weekend without a day may have sessions, and so may one that has begun at the
    first place on earth (UTC+14).
    """
    today = (at + timedelta(hours=14)).date()
    begun = [event for event in weekends if not event.day or event.day <= today]
    add_sessions(begun)
    ends = {}
    for event in weekends:
        event.has_begun = False
    for event in begun:
        sessions = list(event.sessions.all())
        state = state_of_weekend(event, sessions, at)
        event.has_begun = state != BEFORE
        if state == OVER:
            # One without a session to end has nothing to stay for.
            end = weekend_ends_at(event, sessions) if sessions else None
            ends[event] = end or at - STAYS_IN_FRONT
    return ends


def next_after(event, entries, at=None):
    """Where the drivers of ours in the given entries race next, or None.

    `entries` are the weekend's own, with crews.
    """
    drivers = [d for entry in entries for d in entry.crew_drivers if d.has_page]
    day = event.last_day or event.first_day
    if day is None or not drivers:
        return None
    return (
        Event.objects.published(at)
        .filter(first_day__gt=day, entries__crew__driver__in=drivers)
        .exclude(status__in=NOT_AWAITED)
        .with_place()
        .order_by("first_day", "pk")
        .first()
    )


def next_entries(drivers, at=None):
    """Each driver's place in the crew at the next weekend, by primary key.

    `EntryDriver`s with entry, car, team, weekend, circuit and series, in one
    query. Drivers who are entered nowhere are left out.
    """
    at = at or clock.now()
    places = (
        EntryDriver.objects.filter(
            driver__in=drivers, entry__event__in=_awaited(at).order_by().values("pk")
        )
        .annotate(day=Coalesce("entry__event__first_day", "entry__event__last_day"))
        .select_related(
            "entry__event__season__series",
            "entry__event__circuit",
            "entry__car",
            "entry__team",
            "entry__racing_class",
        )
        .order_by(F("day").desc(nulls_first=True), "-pk")
    )
    return {
        place.driver_id: place
        for place in places
        if not _is_over(place.entry.event, at)
    }


class HiddenRace(NamedTuple):
    """A race that has results, without them; the date at the track may be None."""

    session: Session
    raced_on: date | None
    is_hidden: bool = True


def latest_results(count, at=None, besides=None):
    """The latest races of drivers of ours, the last one first, as a list.

    Those of the weekend `besides` are left out.
    Results with `raced_on` (the date at the track, maybe None), entry, crew and
    credits. A race in two parts is one result. One `HiddenRace` stands for all
    results of a race that this reader does not see yet.
    """
    latest = (
        of_races(Result.objects.begun(at))
        .filter(of_ours())
        .exclude(status="", position=None)
        .annotate(
            day=Coalesce(
                F("session__start__date"),
                F("session__day"),
                F("session__event__last_day"),
                F("session__event__first_day"),
            )
        )
        .with_credits()
        .order_by(
            F("day").desc(nulls_last=True),
            F("session__start").desc(nulls_last=True),
            "-session__order",
            "-session_id",
            "pk",
        )
    )
    if besides:
        latest = latest.exclude(session__event=besides)
    found = {}
    for result in latest[: count * CARS if spoilers.are_hidden() else count]:
        raced_on = _raced_on(result.session)
        if is_hidden(result.session, at):
            found[result.session_id, None] = HiddenRace(result.session, raced_on)
        else:
            result.raced_on = raced_on
            found[result.session_id, result.pk] = result
    return list(found.values())[:count]


def _awaited(at, since=None):
    """Weekends that will be run, and may not be over yet at a moment, or since one."""
    return (
        Event.objects.published(at)
        .coming(clock.date_everywhere(since or at))
        .exclude(status__in=NOT_AWAITED)
    )


def _is_over(event, at):
    """Whether the weekend's last day is over on its own circuit's calendar."""
    return event.is_over(zones.local(at, event.circuit.zone).date())


def _raced_on(session):
    event = session.event
    day = local_day(session, event.circuit.zone)
    return day or event.last_day or event.first_day
