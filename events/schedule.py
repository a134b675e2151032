"""What comes next and what came last, for weekends and their entries."""

import re

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce

from drivers.models import GUEST
from events.counting import of_ours, raced
from events.models import CANCELLED, POSTPONED, Entry, EntryDriver, Event
from events.timetable import local_day
from racing import clock, zones

# Nobody waits for these: a postponed weekend still carries the days it was to be on.
NOT_AWAITED = (POSTPONED, CANCELLED)


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


def next_weekend(at=None):
    """The next weekend with a driver of ours, else the next of all, or None.

    It stays the next until its last day at the track is over. A cancelled
    or postponed weekend is not waited for.
    """
    at = at or clock.now()
    ours = EntryDriver.objects.filter(entry__event=OuterRef("pk")).exclude(
        driver__status=GUEST
    )
    weekends = (
        _awaited(at)
        .with_place()
        .annotate(is_ours=Exists(ours), day=Coalesce("first_day", "last_day"))
        .order_by("-is_ours", F("day").asc(nulls_last=True), "pk")
    )
    return next((event for event in weekends if not _is_over(event, at)), None)


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


def latest_results(count, at=None):
    """The latest races of drivers of ours, the last one first, as a list.

    Results with `raced_on` (the date at the track, maybe None), entry, crew and
    credits. A race in two parts is one result.
    """
    latest = (
        raced(at)
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
    results = list(latest[:count])
    for result in results:
        result.raced_on = _raced_on(result.session)
    return results


def _awaited(at):
    """Weekends that will be run and may not be over yet at a moment."""
    return (
        Event.objects.published(at)
        .coming(clock.date_everywhere(at))
        .exclude(status__in=NOT_AWAITED)
    )


def _is_over(event, at):
    """Whether the weekend's last day is over on its own circuit's calendar."""
    return event.is_over(zones.local(at, event.circuit.zone).date())


def _raced_on(session):
    event = session.event
    day = local_day(session, event.circuit.zone)
    return day or event.last_day or event.first_day
