"""What happened to a session's results, in words, for its history and its editors."""

from functools import cached_property

from drivers.models import Driver
from events.admin import cells
from events.models import Entry, Result, ResultDriver, Session
from racing.adminsite import concurrency
from racing.adminsite.changes import InWords, Part
from racing.forms import LapTimeField, PointsField

TIMES = {"time_ms": LapTimeField, "best_lap_ms": LapTimeField, "points": PointsField}


class Cars:
    """What the cars of a session are called, asked for where one has to be named."""

    def __init__(self, session: Session):
        self.session = session

    @cached_property
    def by_entry(self) -> dict[int, str]:
        entries = Entry.objects.filter(event=self.session.event_id)
        return {entry.pk: str(entry) for entry in entries.select_related("car")}

    @cached_property
    def by_result(self) -> dict[int, str]:
        results = Result.objects.filter(session=self.session)
        keys = results.values_list("pk", "entry_id")
        return {key: self.by_entry.get(entry, "") for key, entry in keys}


class ResultWords(InWords):
    """Results are called by their car, times are lap times."""

    typed_as = TIMES

    def __init__(self, cars: Cars):
        self.cars = cars

    def label(self, record):
        return self.cars.by_entry.get(record.entry_id) or f"#{record.id}"


class CreditWords(InWords):
    """A credited driver, with the car of the result."""

    def __init__(self, cars: Cars):
        self.cars = cars

    def label(self, record):
        car = self.cars.by_result.get(record.result_id)
        name = super().label(record)
        return f"{name}, {car}" if car else name


def parts(session: Session) -> tuple[Part, Part]:
    """The results of a session and whom they credit, as parts of a page."""
    cars = Cars(session)
    return (
        Part("result", Result, "session", ResultWords(cars)),
        Part("credits", ResultDriver, "result__session", CreditWords(cars)),
    )


def texts_as_seen(parts: tuple[Part, Part], key: int, seen: dict) -> dict[int, dict]:
    """What the boxes of each car showed an editor: {key of the entry: texts}.

    `seen` is what the posted page had shown, of `concurrency.seen_in`.
    """
    results, credits = (
        [
            entry
            for entry in part.as_of(
                key, concurrency.number_in(seen, part.name)
            ).values()
            if entry.history_type != "-"
        ]
        for part in parts
    )
    drivers = Driver.objects.in_bulk({credit.driver_id for credit in credits})
    named = {result.id: [] for result in results}
    for credit in sorted(credits, key=lambda credit: (credit.order, credit.id)):
        if credit.result_id in named and credit.driver_id in drivers:
            named[credit.result_id].append(drivers[credit.driver_id])
    return {
        result.entry_id: cells.texts(result.instance, named[result.id])
        for result in results
    }
