"""The demo's data files: rows with a key, a source and the day they became known.

Shapes: a file gives `Row`s; rows with the same key make one `Fact`, in which a
later row's cells stand over an earlier one's. README.md describes the format.
"""

import csv
import datetime as dt
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

FOLDER = Path(__file__).parent
KEY, KNOWN_FROM, SOURCE, REMARK = "key", "known_from", "source", "remark"
ABOUT_THE_ROW = (KEY, KNOWN_FROM, SOURCE, REMARK)


class DataError(Exception):
    """A data file that cannot be used; its text names file, line and column."""

    def __init__(self, file: str, line: int, column: str, problem: str):
        place = f"{file}, line {line}" + (f", column {column}" if column else "")
        super().__init__(f"{place}: {problem}")


@dataclass(frozen=True)
class Row:
    """One line of a file; `cells` are its columns that are not empty."""

    file: str
    line: int
    key: str
    known_from: dt.date
    source: str
    remark: str
    cells: dict[str, str]


@dataclass
class Fact:
    """What the rows of one key say together on a day."""

    rows: list[Row]
    cells: dict[str, str] = field(default_factory=dict)
    origins: dict[str, Row] = field(default_factory=dict)

    @property
    def key(self):
        return self.rows[0].key

    @property
    def source(self):
        """Where it is known from: the sources and remarks of all its rows."""
        texts = [text for row in self.rows for text in (row.source, row.remark)]
        return "\n".join(dict.fromkeys(text for text in texts if text))

    def parsed(self, column: str, parse: Callable[[str], Any]):
        """A cell's text as a value, or None where the cell is empty."""
        if column not in self.cells:
            return None
        try:
            return parse(self.cells[column])
        except ValidationError as error:
            raise self.error(" ".join(error.messages), column) from error
        except ValueError as error:
            raise self.error(str(error), column) from error

    def error(self, problem, column=""):
        """A DataError at the cell, or at the first row of the fact."""
        row = self.origins.get(column, self.rows[0])
        return DataError(row.file, row.line, column, problem)


def known(rows: list[Row], day: dt.date | None) -> list[Fact]:
    """The facts known on a day (all of them without one), in the file's order.

    The latest known row of a key wins, column by column where it gives a value.
    """
    facts = {}
    for row in rows:
        if day is not None and row.known_from > day:
            continue
        fact = facts.setdefault(row.key, Fact([]))
        fact.rows.append(row)
        for column, text in row.cells.items():
            fact.cells[column] = text
            fact.origins[column] = row
    return list(facts.values())


def read(name: str, columns: set[str], folder: Path = FOLDER) -> list[Row]:
    """The rows of a data file, `name.csv` or `name.toml`.

    `columns` are those it may have beside the four that every row has. Raises
    DataError for whatever is not of the format.
    """
    path = folder / f"{name}.csv"
    if path.exists():
        lines = _csv_lines(path)
    else:
        path = folder / f"{name}.toml"
        lines = _toml_lines(path)
    rows = [_row(path.name, line, cells, columns) for line, cells in lines]
    _check_order(rows)
    return rows


def _csv_lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Line numbers and cells by column."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        header = next(reader, [])
        if len(set(header)) != len(header):
            raise DataError(path.name, 1, "", "A column stands there twice.")
        line = reader.line_num + 1
        try:
            for texts in reader:
                if len(texts) != len(header):
                    problem = f"{len(texts)} cells instead of {len(header)}."
                    raise DataError(path.name, line, "", problem)
                yield line, dict(zip(header, texts, strict=True))
                line = reader.line_num + 1
        except (csv.Error, UnicodeDecodeError) as error:
            raise DataError(path.name, line, "", f"{error}.") from error


def _toml_lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The tables of an array of tables, each at the line of its heading."""
    text = path.read_text(encoding="utf-8")
    try:
        (tables,) = tomllib.loads(text).values()
    except tomllib.TOMLDecodeError as error:
        raise DataError(path.name, 1, "", f"{error}.") from error
    headings = [n for n, line in enumerate(text.split("\n"), 1) if line[:2] == "[["]
    for line, cells in zip(headings, tables, strict=True):
        yield line, {column: str(value) for column, value in cells.items()}


def _row(file, line, cells, columns):
    for column in cells:
        if column not in columns and column not in ABOUT_THE_ROW:
            raise DataError(file, line, column, "There is no such column.")
    for column in (KEY, KNOWN_FROM, SOURCE):
        if not cells.get(column, "").strip():
            raise DataError(file, line, column, "The cell is empty.")
    try:
        known_from = dt.date.fromisoformat(cells[KNOWN_FROM])
    except ValueError as error:
        problem = f"{cells[KNOWN_FROM]!r} is no date such as 2022-05-12."
        raise DataError(file, line, KNOWN_FROM, problem) from error
    return Row(
        file=file,
        line=line,
        key=cells[KEY],
        known_from=known_from,
        source=cells[SOURCE],
        remark=cells.get(REMARK, ""),
        cells={
            column: text.strip()
            for column, text in cells.items()
            if column not in ABOUT_THE_ROW and text.strip()
        },
    )


def _check_order(rows):
    """Refuse a key whose rows do not stand in the order they became known."""
    latest = {}
    for row in rows:
        if row.key in latest and row.known_from <= latest[row.key]:
            problem = (
                f"An earlier line of {row.key!r} is known from the same day or later."
            )
            raise DataError(row.file, row.line, KNOWN_FROM, problem)
        latest[row.key] = row.known_from
