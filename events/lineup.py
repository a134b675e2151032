"""The drivers as lists and headings show them: with number, season, next start."""

from dataclasses import dataclass

from drivers.models import Driver
from events import schedule
from events.career import Career, careers
from events.models import Entry


@dataclass(frozen=True)
class Lineup:
    """A driver with the career so far and the entry at the next weekend, if any."""

    driver: Driver
    career: Career
    next_entry: Entry | None

    @property
    def now(self):
        """The line of the latest season, or None."""
        return next(iter(self.career.lines), None)

    @property
    def numbers(self):
        """Start numbers and the seasons they belong to, the next start's first."""
        found = {}
        if self.next_entry and self.next_entry.number:
            found[self.next_entry.event.season] = self.next_entry.number
        for record in (line.record for line in self.career.lines):
            if record.number:
                found.setdefault(record.season, record.number)
        return [(number, season) for season, number in found.items()]

    @property
    def number(self):
        """The number at the next weekend, else of the latest season that has one."""
        return next((number for number, _season in self.numbers), "")


def lineups(drivers: list[Driver]) -> list[Lineup]:
    """The given drivers with what lists show of them: four or five queries in all."""
    found = careers(drivers)
    places = schedule.next_entries(drivers)
    return [
        Lineup(
            driver=driver,
            career=found[driver.pk],
            next_entry=places[driver.pk].entry if driver.pk in places else None,
        )
        for driver in drivers
    ]
