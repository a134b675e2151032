"""Rows of cells made into a table, whatever they were read from.

Cells are cleaned here and held to the limits, titles above the headings are left out,
and rows that do not fit the headings are refused in words.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from racing.formats import FormatError, whole

MOST_ROWS = 100_000
MOST_COLUMNS = 200
LONGEST_CELL = 1_000  # characters
TITLES_ABOVE = 5  # lines that may stand above the headings


class TableError(FormatError):
    """What cannot be read as a table; its text is a translated sentence.

    ``line`` is the line as a person counts, from 1; ``column`` likewise.
    """

    def __init__(
        self, sentence: str, line: int | None = None, column: int | None = None
    ):
        super().__init__(sentence)
        self.line = line
        self.column = column


class TableRow(NamedTuple):
    """One row: its line as a person counts it, and as many cells as headings."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Headings and rows of text.

    The header is the first line that is no title, whether or not it holds headings;
    ``line`` is where it stands. A cell is stripped, has single spaces and keeps its
    line breaks as "\\n". ``notes`` are sentences on what was left out.
    """

    header: tuple[str, ...]
    rows: list[TableRow]
    line: int = 1
    notes: tuple[str, ...] = field(default=(), compare=False)


# Byte order marks, soft hyphens and marks of direction: in the text, but not seen.
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# Control and replacement characters, half characters, and the Ã that shows UTF-8 that
# was read as something else: letters have been lost before the text came here.
LOST = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffd-\uffff]|Ã[¤¥¶©¼…„–]"
)
_LINE_BREAK = re.compile("[\n\x0b\u2028\u2029]")
# "=3" is a shared third place, all else that begins so is a formula.
_TIED_PLACE = re.compile(r"=\s?\d{1,4}", re.ASCII)

Place = Callable[[int, int], str]
Shortage = Callable[[list[TableRow], int, int], None]


def table_of(
    lines: Iterable[tuple[int, list[str]]],
    place: Place,
    refuse_short: Shortage | None = None,
) -> Table:
    """The table of (line, cells), where ``place(line, column)`` names a cell.

    ``refuse_short(short, last, width)`` may refuse the rows that have fewer cells
    than there are headings; what it lets pass, or all without it, is filled up with
    empty cells. Raises TableError.
    """
    rows = list(_rows(lines, place))
    if not rows:
        raise TableError(_("There is no table here, only empty lines."))
    titles = _titles(rows)
    header, rows = rows[len(titles)], rows[len(titles) + 1 :]
    for line, cells in rows:
        if len(trimmed(cells)) > len(header.cells):
            column = len(header.cells) + 1
            sentence = _("%(place)s: this cell has no heading above it.")
            raise TableError(sentence % {"place": place(line, column)}, line, column)
    width = max(len(trimmed(cells)) for _line, cells in [header, *rows])
    short = [row for row in rows if len(row.cells) < width]
    if short and refuse_short:
        refuse_short(short, rows[-1].line, width)
    padded = [TableRow(line, _padded(cells, width)) for line, cells in rows]
    notes = tuple(_left_out(title) for title in titles)
    return Table(_padded(header.cells, width), padded, header.line, notes)


def _rows(lines: Iterable[tuple[int, list[str]]], place: Place) -> Iterator[TableRow]:
    """The lines that hold something, cleaned, within the limits."""
    count = 0
    for line, raw in lines:
        if not raw:
            continue
        if any(map(str.strip, raw[MOST_COLUMNS:])):
            sentence = _("Line %(line)s has more than %(most)s columns.")
            raise TableError(sentence % {"line": line, "most": MOST_COLUMNS}, line)
        cells = tuple(map(_cell, raw[:MOST_COLUMNS]))
        if not any(cells):
            continue
        count += 1
        if count > MOST_ROWS + 1:  # and the headings
            sentence = _("The table has more than %(most)s rows.")
            raise TableError(sentence % {"most": whole(MOST_ROWS)}, line)
        _refuse_cells(line, cells, place)
        yield TableRow(line, cells)


def _refuse_cells(line: int, cells: tuple[str, ...], place: Place) -> None:
    for column, cell in enumerate(cells, start=1):
        if len(cell) > LONGEST_CELL:
            raise too_long(place(line, column), line, column)
        if cell[:1] == "=" and not _TIED_PLACE.fullmatch(cell):
            raise formula(place(line, column), line, column)


def _cell(text: str) -> str:
    """The cell without blanks around it, with its line breaks as newlines."""
    words = text.split()
    if len(words) < 2:  # as most cells of a large table
        return words[0] if words else ""
    if _LINE_BREAK.search(text):
        parts = (" ".join(part.split()) for part in _LINE_BREAK.split(text))
        return "\n".join(filter(None, parts))
    return " ".join(words)


def filled(cells: Iterable[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def trimmed(cells: tuple[str, ...] | list[str]) -> tuple[str, ...] | list[str]:
    """The cells without the empty ones at the end."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells[:width] + ("",) * (width - len(cells))


def _titles(rows: list[TableRow]) -> list[TableRow]:
    """The lines above the headings: one cell each, above a line of three or more."""
    above = list(itertools.takewhile(lambda row: filled(row.cells) == 1, rows))
    if len(above) > TITLES_ABOVE or len(above) == len(rows):
        return []
    return above if filled(rows[len(above)].cells) >= 3 else []


def _left_out(title: TableRow) -> str:
    sentence = _("Line %(line)s stands above the headings and is left out: “%(title)s”")
    text = next(filter(None, title.cells))
    return sentence % {"line": title.line, "title": " ".join(text.split())}


# Refusals


def damaged_workbook() -> TableError:
    return TableError(
        _(
            "This is no Excel workbook that can be read: it is damaged, ends in the "
            "middle or is of another kind. Open it in a spreadsheet program and save "
            "it as .xlsx or as “CSV UTF-8”."
        )
    )


def formula(place: str, line: int, column: int) -> TableError:
    sentence = _("%(place)s: a formula. Copy the values in its stead.")
    return TableError(sentence % {"place": place}, line, column)


def lost_letters(place: str, line: int, column: int | None = None) -> TableError:
    sentence = _(
        "%(place)s: letters were lost when the text was saved or copied in another "
        "encoding. Save the file as “CSV UTF-8”."
    )
    return TableError(sentence % {"place": place}, line, column)


def too_long(place: str, line: int, column: int | None = None) -> TableError:
    sentence = _("%(place)s: the cell is longer than %(most)s characters.")
    values = {"place": place, "most": whole(LONGEST_CELL)}
    return TableError(sentence % values, line, column)
