"""Race weekends with their sessions and cars, as rows tell of them, saved or not."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Model

from drivers.models import Driver
from events.imports.career.rows import Row
from events.imports.career.told import Told
from events.models import Entry, EntryDriver, Event, EventRound, Session


@dataclass(eq=False)
class Car:
    """A car at a weekend: its entry and its crew in order, with their places in it."""

    told: Told
    crew: tuple[Driver, ...] = ()
    is_crew_new: bool = False
    places: list[EntryDriver] = field(default_factory=list)

    @property
    def entry(self) -> Entry:
        return self.told.instance

    def hold_crew(self):
        """Let the entry know its crew without asking the database for it."""
        self.places = [
            EntryDriver(entry=self.entry, driver=driver, order=order)
            for order, driver in enumerate(self.crew, start=1)
        ]
        self.entry._prefetched_objects_cache = {"crew": self.places}


@dataclass(eq=False)
class Part:
    """A session, and the rows of its results by the car they are about."""

    told: Told
    rows: dict[Car, Row] = field(default_factory=dict)
    result_in: "Part | None" = None

    @property
    def session(self) -> Session:
        return self.told.instance


@dataclass(eq=False)
class Weekend:
    """A race weekend with its sessions by name and its cars by number and crew."""

    told: Told
    rounds: dict[tuple[str, int], EventRound] = field(default_factory=dict)
    sessions: dict[str, Part] = field(default_factory=dict)
    by_number: dict[str, Car] = field(default_factory=dict)
    by_crew: dict[tuple[str, ...], list[Car]] = field(default_factory=dict)
    cars: list[Car] = field(default_factory=list)

    @property
    def event(self) -> Event:
        return self.told.instance

    def add(self, car: Car):
        self.cars.append(car)
        self.know(car)

    def know(self, car: Car):
        """Let a car be found by its number and by its crew."""
        if car.entry.number:
            self.by_number.setdefault(car.entry.number, car)
        if car.crew:
            cars = self.by_crew.setdefault(key_of(car.crew), [])
            if car not in cars:
                cars.append(car)

    def parts(self) -> list[Part]:
        """Its sessions, each once."""
        return list(dict.fromkeys(self.sessions.values()))


def key_of(crew: Iterable[Driver]) -> tuple[str, ...]:
    """A crew whatever its order; addresses, since drivers to come have no key yet."""
    return tuple(sorted(driver.slug for driver in crew))


def instances(tolds: Iterable[Told], *, are_new: bool) -> list[Model]:
    """What is to be written of those told of: the new ones, or those filled in."""
    return [
        told.instance
        for told in tolds
        if told.is_new == are_new and (are_new or told.filled)
    ]


def revise(tolds: Iterable[Told]):
    """Let what calendars carry be a revision where more is known of it now."""
    for told in tolds:
        if told.filled.intersection(getattr(told.instance, "calendar_facts", ())):
            told.instance.revise()
            told.filled |= {"sequence", "revised_at"}
