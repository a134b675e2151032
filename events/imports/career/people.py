"""Drivers by name: those the site knows, without accents, and those it learns."""

import re
from collections.abc import Iterable

from drivers.models import FORMER, GUEST, Driver
from events.driver_names import Names
from events.imports.career.rows import Faults, Row
from events.imports.career.told import Slugs, check
from events.imports.cars import split_name
from racing import formats
from racing.formats import FormatError

NAMING = ("drivers", "credited", "driver")
_INITIAL = re.compile(r"\b\w\.|\b\w\b")


class People:
    """The drivers of the site and of the file."""

    def __init__(self, faults: Faults, *, may_create: bool, have_pages: bool):
        drivers = list(Driver.objects.all())
        self.by_key = {driver.pk: driver for driver in drivers}
        self.new: list[Driver] = []
        self._names = Names(drivers)
        self._slugs = Slugs(Driver, "driver")
        self._read: dict[str, Driver | None] = {}
        self._faults = faults
        self._may_create = may_create
        self._status = FORMER if have_pages else GUEST

    def meet(self, rows: Iterable[Row]):
        """Get to know everybody whom rows name, those with whole names first.

        So ``B. Berg`` is Bo Berg, wherever he stands in the file. What is wrong with
        a name is told where it stands first.
        """
        found = {}
        for row in rows:
            for column in NAMING:
                if column in row.values:
                    for name in row.values[column]:
                        if name not in found:
                            found[name] = row, column
        for name in sorted(found, key=lambda name: bool(_INITIAL.search(name))):
            row, column = found[name]
            try:
                self._read[name] = self._find(row, column, name)
            except FormatError as error:
                self._faults.add(row, column, str(error))

    def find_all(self, row: Row, column: str, names: list[str]) -> tuple | None:
        """The drivers of a cell in order, or None where one of them is refused."""
        found = [self._read.get(name) for name in names]
        if None in found:
            return None
        if len({driver.slug for driver in found}) < len(found):
            self._faults.add(row, column, "A driver stands there twice.")
            return None
        return tuple(found)

    def _find(self, row, column, name):
        """The driver that a name means; one that is new is made, but not saved."""
        known = self._names.find(name)
        if len(known) == 1:
            return known[0]
        typed = formats.shown(name)
        if known:
            several = ", ".join(sorted(driver.name for driver in known))
            raise FormatError(f"“{typed}” may be any of: {several}.")
        if not self._may_create:
            raise FormatError(f"There is no driver “{typed}”.")
        first, last = split_name(name)
        slug = self._slugs.make(f"{first} {last}")
        driver = Driver(
            first_name=first, last_name=last, slug=slug, status=self._status
        )
        columns = {"first_name": column, "last_name": column}
        if not check(driver, self._faults, row, columns):
            return None
        self._names.add(driver)
        self.new.append(driver)
        return driver
