"""The weekends of a calendar with what their items tell of, in four queries."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from django.db.models import F

from drivers.models import Driver, announced
from events.models import (
    LIVE_TIMING,
    STREAM,
    TV,
    EntryDriver,
    Event,
    EventLink,
    EventQuerySet,
    Session,
)
from racing.models import Car

MOST_NAMES = 2000  # that are kept, of cars and of drivers
TOLD_LINKS = (STREAM, TV, LIVE_TIMING)


class Crew(NamedTuple):
    """A car with a driver of ours: its number, its name and the names of its crew."""

    number: str
    car: str
    drivers: list[str]


@dataclass
class Weekend:
    """Sessions by primary key in the order of the timetable, links, cars of ours."""

    event: Event
    sessions: dict[int, Session] = field(default_factory=dict)
    links: list[EventLink] = field(default_factory=list)
    crews: dict[int, Crew] = field(default_factory=dict)


def weekends(events: EventQuerySet) -> list[Weekend]:
    """By day; those without one last."""
    day = F("first_day").asc(nulls_last=True)
    ordered = events.with_place().order_by(day, "pk")
    found = {event.pk: Weekend(event) for event in ordered}
    keys = events.order_by().values("pk")
    # What was added between two of the queries is in the next answer.
    for session in _sessions(keys):
        if weekend := found.get(session.event_id):
            session.event = weekend.event
            weekend.sessions[session.pk] = session
    for link in EventLink.objects.filter(event__in=keys, kind__in=TOLD_LINKS):
        if weekend := found.get(link.event_id):
            weekend.links.append(link)
    for key, entry, crew in _crews(keys):
        if weekend := found.get(key):
            weekend.crews[entry] = crew
    return list(found.values())


def _sessions(keys):
    times = (F(name).asc(nulls_last=True) for name in ("start", "day"))
    return Session.objects.filter(event__in=keys).order_by(*times, "order", "pk")


def _crews(keys):
    """(weekend, entry, crew) of the cars in which a driver of ours sits.

    Rows and no models: there are several a car, and the same names over and over.
    """
    ours = EntryDriver.objects.filter(driver__in=Driver.objects.published())
    rows = (
        EntryDriver.objects.filter(
            announced(driver="driver__"),
            entry__event__in=keys,
            entry__in=ours.order_by().values("entry"),
        )
        .order_by("entry__number", "entry_id", "order", "pk")
        .values_list(
            *("entry__event_id", "entry_id", "entry__number"),
            *("entry__car__make", "entry__car__model"),
            *("driver__first_name", "driver__last_name"),
        )
    )
    crews = {}
    for event, entry, number, *car, first, last in rows:
        if entry not in crews:
            name = _car(*car) if car[0] else ""
            crews[entry] = event, entry, Crew(number, name, [])
        crews[entry][2].drivers.append(_driver(first, last))
    return crews.values()


@lru_cache(maxsize=MOST_NAMES)
def _car(make, model):
    return Car(make=make, model=model).name


@lru_cache(maxsize=MOST_NAMES)
def _driver(first_name, last_name):
    return Driver(first_name=first_name, last_name=last_name).name
