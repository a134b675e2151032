"""Rows of a table, and what is wrong with them: file, line and column in a sentence."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from events.imports.career.columns import (
    CAR_READERS,
    OF_A_RESULT,
    OF_A_SEASON,
    SEASON_READERS,
    WHERE_READERS,
    column_of,
)
from events.imports.facts import SAYING, Said, said
from racing.formats import FormatError, shown
from racing.tables.columns import NOTHING
from racing.tables.reading import Table

# What a cell says of the status depends on these together; the rest stand alone.
_PLACES = ("status", "position", "class_position")
_APART = tuple(name for name in SAYING if name not in _PLACES)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong; `column` is empty where it is the whole line."""

    file: str
    line: int
    column: str
    sentence: str

    def __str__(self):
        place = f"{self.file}, line {self.line}"
        if self.column:
            place += f", column {self.column}"
        return f"{place}: {self.sentence}"


class RefusedError(Exception):
    """An import that is refused; `faults` are all that was found, by file and line."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = list(faults)
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(eq=False)
class Where:
    """What a row says of season, weekend and session, as read, and what is wrong in it.

    Rows that say it in the same words share one.
    """

    values: dict[str, Any] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """One row: its cells as texts by column, only those that are not empty.

    `lines` are the lines of cells that stand elsewhere than `line`. `values` are the
    cells as read, `where` and `said` what those of a result say of its session and of
    the car in it; `made` is the result or season that the row became.
    """

    file: str
    line: int
    cells: dict[str, str]
    lines: dict[str, int] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    where: Where | None = None
    said: Said | None = None
    made: Any = None

    @property
    def is_result(self):
        """A row with a session is a result, one without is a driver's season."""
        return "session" in self.cells

    def place(self, column: str = "") -> str:
        """Where a cell stands, as another row's sentence names it."""
        return f"{self.file}, line {self.lines.get(column, self.line)}"

    def fault(self, column: str, sentence: str) -> Fault:
        line = self.lines.get(column, self.line)
        return Fault(self.file, line, column, sentence)


class Faults:
    """What is wrong so far, collected so that all of it is told at once."""

    def __init__(self):
        self.found: list[Fault] = []

    def add(self, row: Row, column: str, sentence: str):
        self.found.append(row.fault(column, sentence))

    def refuse(self):
        """Raise RefusedError where anything is wrong."""
        if self.found:
            found = dict.fromkeys(self.found)
            raise RefusedError(sorted(found, key=lambda it: (it.file, it.line)))


def rows_of(file: str, table: Table, faults: Faults) -> Iterator[Row]:
    """The rows of a table whose headings are names of columns."""
    names = _named(file, table, faults)
    for line, cells in table.rows:
        pairs = zip(names, cells, strict=True)
        said = {name: text for name, text in pairs if name and text not in NOTHING}
        if said:
            yield Row(file, line, said)


def _named(file, table, faults):
    """The column of each heading; "" for one that is not understood."""
    names = []
    for heading in table.header:
        name = column_of(heading)
        problem = ""
        if not heading:
            problem = "A column has no heading."
        elif not name:
            problem = f"There is no column “{shown(heading)}”."
        elif name in names:
            problem = f"The column {name} stands there twice."
        if problem:
            faults.found.append(Fault(file, table.line, shown(heading), problem))
        names.append(name)
    return names


class Reading:
    """Cells into values. Each text is read once, however many rows repeat it."""

    def __init__(self, faults: Faults):
        self.faults = faults
        self._values: dict[tuple[Callable, str], tuple[Any, str]] = {}
        self._wheres: dict[tuple[str | None, ...], Where] = {}
        self._sayings: dict[tuple[tuple[str, ...], ...], Said] = {}

    def read(self, row: Row):
        """Fill a row's `values` and `said`; what cannot be read becomes a fault."""
        meant = OF_A_RESULT if row.is_result else OF_A_SEASON
        if not meant.keys() >= row.cells.keys():
            self._refuse_strangers(row, meant)
        if row.is_result:
            self._read_result(row)
        else:
            found = self._read(SEASON_READERS, row.cells)
            row.values = found.values
            self._refuse(row, found.faults)

    def _read_result(self, row):
        key = tuple(map(row.cells.get, WHERE_READERS))
        if key not in self._wheres:
            self._wheres[key] = self._read(WHERE_READERS, row.cells)
        row.where = self._wheres[key]
        car = self._read(CAR_READERS, row.cells)
        row.values = row.where.values | car.values
        row.said = self._said(row.cells)
        if row.where.faults or car.faults or row.said.faults:
            self._refuse(row, row.where.faults + car.faults)
            self._refuse(row, row.said.faults.items())

    def _refuse(self, row, faults):
        for name, sentence in faults:
            self.faults.add(row, name, sentence)

    def _read(self, readers, cells) -> Where:
        """The values of those cells that have a reader."""
        found = Where()
        for name, reader in readers.items():
            if name in cells:
                value, problem = self._value(reader, cells[name])
                if problem:
                    found.faults.append((name, problem))
                else:
                    found.values[name] = value
        return found

    def _refuse_strangers(self, row, meant):
        for name in row.cells:
            if name not in meant:
                kind = "result" if row.is_result else "season (a row without a session)"
                self.faults.add(row, name, f"This is no column of a {kind}.")

    def _value(self, reader, text):
        """(value, "") or (None, what is wrong with the text)."""
        key = reader, text
        if key not in self._values:
            try:
                self._values[key] = reader(text), ""
            except FormatError as error:
                self._values[key] = None, str(error)
            except ValidationError as error:
                self._values[key] = None, " ".join(error.messages)
        return self._values[key]

    def _said(self, cells) -> Said:
        places = self._part(_PLACES, cells)
        apart = [self._part((name,), cells) for name in _APART if name in cells]
        if any("status" in part.facts for part in apart):
            # A time that reads “DNF” tells what became of the car.
            return said(cells)
        together = Said(dict(places.facts), dict(places.faults))
        together.is_status_implied = places.is_status_implied
        for part in apart:
            together.facts |= part.facts
            together.faults |= part.faults
        return together

    def _part(self, names, cells):
        texts = tuple(cells.get(name, "") for name in names)
        key = names, texts
        if key not in self._sayings:
            self._sayings[key] = said(dict(zip(names, texts, strict=True)))
        return self._sayings[key]
