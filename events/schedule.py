"""What comes next and what came last, for weekends and their entries."""

from django.db.models import Exists, F, OuterRef, Prefetch
from django.db.models.functions import Coalesce

from drivers.models import GUEST
from events.models import CANCELLED, RACE, Entry, EntryDriver, Event, Result
from racing import clock


def with_crews(events):
    """A queryset of weekends with their entries and crews: two queries more."""
    return events.prefetch_related(Prefetch("entries", Entry.objects.with_crew()))


def next_weekend(at=None):
    """The next weekend with a driver of ours, else the next of all, or None.

    A cancelled weekend is not waited for.
    """
    at = at or clock.now()
    ours = EntryDriver.objects.filter(entry__event=OuterRef("pk")).exclude(
        driver__status=GUEST
    )
    return (
        Event.objects.published(at)
        .coming(clock.today())
        .exclude(status=CANCELLED)
        .with_place()
        .annotate(is_ours=Exists(ours))
        .order_by("-is_ours", F("first_day").asc(nulls_last=True), "pk")
        .first()
    )


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
        .exclude(status=CANCELLED)
        .with_place()
        .order_by("first_day", "pk")
        .first()
    )


def next_entries(drivers, at=None):
    """Each driver's place in the crew at the next weekend, by primary key.

    `EntryDriver`s with entry, car, team, weekend, circuit and series, in one
    query. Drivers who are entered nowhere are left out.
    """
    weekends = (
        Event.objects.published(at).coming(clock.today()).exclude(status=CANCELLED)
    )
    places = (
        EntryDriver.objects.filter(
            driver__in=drivers, entry__event__in=weekends.order_by().values("pk")
        )
        .select_related(
            "entry__event__season__series",
            "entry__event__circuit",
            "entry__car",
            "entry__team",
            "entry__racing_class",
        )
        .order_by(F("entry__event__first_day").desc(nulls_first=True), "-pk")
    )
    return {place.driver_id: place for place in places}


def latest_results(count, at=None):
    """The latest races of drivers of ours, the last one first.

    Results with `raced_on` (a date, maybe None), entry, crew and credits.
    """
    ours = EntryDriver.objects.filter(entry=OuterRef("entry")).exclude(
        driver__status=GUEST
    )
    return (
        Result.objects.published(at)
        .filter(Exists(ours), session__kind=RACE)
        .exclude(status="", position=None)
        .annotate(
            raced_on=Coalesce(
                F("session__start__date"),
                F("session__day"),
                F("session__event__last_day"),
                F("session__event__first_day"),
            )
        )
        .with_credits()
        .order_by(
            F("raced_on").desc(nulls_last=True), "-session__order", "-session", "pk"
        )[:count]
    )
