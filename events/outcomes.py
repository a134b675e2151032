"""What came of it: the classification of a session, the results of weekends.

Everything here shows results as the public may see them at a moment; a car is ours
where a driver with a page of their own is in its crew or is credited with its result.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import F, Prefetch, Q

from events.counting import of_ours, of_races
from events.models import (
    RESULT_STATUSES,
    RETIRED,
    Entry,
    Event,
    Result,
    ResultDriver,
    Session,
    is_hidden,
)
from events.statuses import DAGGER, code
from racing import words


def is_ours(result: Result) -> bool:
    """Whether the result is one of ours; needs crew and credits to cost nothing."""
    return result.entry.is_ours or any(d.has_page for d in result.credited_drivers)


def in_words(result: Result) -> str:
    """``third``, ``third in TCR, 24th overall``, ``retired``; empty if not known."""
    if not result.is_classified:
        return words.status(result.status)
    racing_class = str(result.entry.racing_class or "")
    place = words.result(
        result.position,
        racing_class if result.class_position else "",
        result.class_position,
        tied=result.is_tied,
        class_tied=result.is_tied_in_class,
    )
    stopped = "" if result.was_running else words.status(RETIRED, classified=True)
    return ", ".join(filter(None, [place, stopped]))


def who(result: Result) -> str:
    """``#19 Andreas Bäckman``: number and drivers, else the car, as far as known."""
    number = f"#{result.entry.number}" if result.entry.number else ""
    crew = ", ".join(driver.name for driver in result.credited_drivers)
    return " ".join(filter(None, [number, crew])) or str(result.entry)


def told(result: Result) -> str:
    """``Andreas Bäckman, Jessica Bäckman: third``, as far as it is known."""
    crew = ", ".join(driver.name for driver in result.credited_drivers)
    return ": ".join(filter(None, [crew, in_words(result)]))


def in_order(results: Iterable[Result]) -> list[Result]:
    """The order of a timing sheet: by place, then class by class, then by status."""
    ranks = {status: rank for rank, status in enumerate(["", *RESULT_STATUSES])}

    def key(result):
        place, in_class = result.position, result.class_position
        return (
            place is None,
            place or 0,
            not result.is_classified,
            in_class is None,
            str(result.entry.racing_class or "") if in_class else "",
            in_class or 0,
            ranks[result.status],
            -(result.laps or 0),
            result.pk,
        )

    return sorted(results, key=key)


# One session


# Columns of a sheet that are left out where no car has anything in them.
COLUMNS = {
    "number": lambda result: result.entry.number,
    "drivers": lambda result: result.credited_drivers,
    "racing_class": lambda result: result.entry.racing_class,
    "class_position": lambda result: result.class_position,
    "team": lambda result: result.entry.team,
    "car": lambda result: result.entry.car,
    "laps": lambda result: result.laps is not None,
    "time": lambda result: result.time_ms or result.gap,
    "best_lap": lambda result: result.best_lap_ms,
    "grid": lambda result: result.grid,
    "points": lambda result: result.points is not None,
    "marks": lambda result: result.pole or result.fastest_lap,
}


@dataclass(frozen=True)
class Sheet:
    """A session's classification: its results in order."""

    session: Session
    results: list[Result]

    @cached_property
    def columns(self) -> dict[str, bool]:
        """Which of COLUMNS have something to show."""
        return {name: any(map(get, self.results)) for name, get in COLUMNS.items()}

    @cached_property
    def ours(self) -> list[Result]:
        return [result for result in self.results if is_ours(result)]

    @cached_property
    def notes(self) -> list[Result]:
        """The results that somebody has added a note to."""
        return [result for result in self.results if result.note]

    @cached_property
    def codes(self) -> list[tuple[str, str]]:
        """(code, its meaning) of every status that the sheet prints as a code."""
        used = {r.status for r in self.results if not r.is_classified}
        return [
            (code(status), label)
            for status, label in RESULT_STATUSES.items()
            if status in used
        ]

    @property
    def dagger(self) -> str:
        """† where a car stopped and is classified, else empty."""
        stopped = any(r.is_classified and r.status == RETIRED for r in self.results)
        return DAGGER if stopped else ""

    @property
    def has_poles(self):
        return any(result.pole for result in self.results)

    @property
    def has_fastest_laps(self):
        return any(result.fastest_lap for result in self.results)

    @property
    def is_partial(self):
        """Whether a place is missing between the first and the last one."""
        places = [result.position for result in self.results if result.position]
        return len(places) < max(places, default=0)


def sheet(session: Session, at=None) -> Sheet:
    """A session's classification as the public may see it: three queries."""
    results = Result.objects.published(at).filter(
        session=session, entry__event=session.event_id
    )
    return Sheet(session, in_order(results.with_credits()))


# One weekend


@dataclass(frozen=True)
class SessionResults:
    """A session and what our cars did in it; other cars' results are not held.

    Nor are any where they are hidden from this reader.
    """

    session: Session
    results: list[Result] = field(default_factory=list)
    is_hidden: bool = False


def by_session(event: Event, entries: Iterable[Entry], at=None) -> list[SessionResults]:
    """The sessions of a weekend that have results, in order: two queries.

    `entries` are the weekend's own, with crews.
    """
    by_key = {entry.pk: entry for entry in entries}
    sessions = {}
    results = (
        _of_own_entries(Result.objects.begun(at))
        .filter(session__event=event)
        .order_by(*IN_ORDER_OF_SESSIONS)
    )
    for result in results:
        result.entry, result.session.event = by_key[result.entry_id], event
        part = SessionResults(result.session, is_hidden=is_hidden(result.session, at))
        found = sessions.setdefault(result.session_id, part)
        if is_ours(result) and not found.is_hidden:
            found.results.append(result)
    return list(sessions.values())


IN_ORDER_OF_SESSIONS = (
    F("session__start").asc(nulls_last=True),
    F("session__day").asc(nulls_last=True),
    *("session__order", "session_id"),
    F("position").asc(nulls_last=True),
    "pk",
)


def _of_own_entries(results):
    """Results of cars entered for the weekend, with session and credited drivers."""
    credits = ResultDriver.objects.select_related("driver")
    return (
        results.filter(entry__event=F("session__event"))
        .select_related("session")
        .prefetch_related(Prefetch("credits", credits))
    )


# Several weekends


@dataclass(frozen=True)
class CarRaces:
    """One of our cars at a weekend and its races, in order."""

    entry: Entry
    results: list[Result] = field(default_factory=list)

    @property
    def drivers(self):
        """Whoever of ours is in the crew or credited with one of the races."""
        crews = [self.entry.crew_drivers, *(r.credited_drivers for r in self.results)]
        ours = (driver for crew in crews for driver in crew if driver.has_page)
        return list(dict.fromkeys(ours))


@dataclass(frozen=True)
class WeekendRaces:
    """Our cars at a weekend, and the winners of the races that others won.

    `hidden` are the races that have results which this reader does not see yet.
    """

    cars: list[CarRaces] = field(default_factory=list)
    winners: list[Result] = field(default_factory=list)
    hidden: list[Session] = field(default_factory=list)

    @property
    def have_been_run(self):
        """Whether anything of ours is on record, or may be among what is hidden."""
        return any(car.results for car in self.cars) or bool(self.hidden)


def add_races(events: Sequence[Event], at=None) -> Sequence[Event]:
    """Give each weekend its `races`, a `WeekendRaces`: two queries for all.

    The weekends come with entries and crews (`schedule.with_crews`). A race in two
    parts is one.
    """
    races = defaultdict(list)
    results = (
        _of_own_entries(of_races(Result.objects.begun(at)))
        .filter(Q(position=1) | of_ours(), session__event__in=events)
        .order_by(*IN_ORDER_OF_SESSIONS)
    )
    for result in results:
        races[result.session.event_id].append(result)
    for event in events:
        event.races = _weekend_races(event, races[event.pk], at)
    return events


def _weekend_races(event, results, at):
    entries = {entry.pk: entry for entry in event.entries.all()}
    cars = {entry.pk: CarRaces(entry) for entry in event.our_entries}
    winners, hidden = [], {}
    for result in results:
        result.entry, result.session.event = entries[result.entry_id], event
        if is_hidden(result.session, at):
            hidden[result.session_id] = result.session
        elif is_ours(result):
            car = cars.setdefault(result.entry_id, CarRaces(result.entry))
            car.results.append(result)
        else:
            winners.append(result)
    return WeekendRaces(list(cars.values()), winners, list(hidden.values()))
