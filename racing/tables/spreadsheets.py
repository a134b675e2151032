"""Excel workbooks as tables of text, cell by cell as a person sees them.

A workbook is a ZIP of XML that strangers may have made: its parts are unpacked once
within limits, before openpyxl reads it.
"""

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from racing.formats import lap_time
from racing.tables.cells import (
    LOST,
    UNSEEN,
    Table,
    TableError,
    damaged_workbook,
    formula,
    lost_letters,
    table_of,
)

MOST_UNPACKED = 80 * 1024 * 1024  # bytes; a sheet of 100,000 rows has some 60 MB
MOST_ELEMENTS = 3_000_000  # of a part; a cell is two
MOST_HELD = 200_000  # elements of one row, which are in memory at a time
LAST_LINE = 1_048_576  # of any sheet
PIECE = 64 * 1024

MIDNIGHT = dt.time()


def read(data: bytes) -> Table:
    """The first sheet that holds something; the others are named in a note.

    Raises TableError.
    """
    try:
        merged = _inspected(data)
        # What openpyxl does not know (a drop-down list, a chart) concerns no cell.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _first_table(data, merged)
    except TableError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part leads it to
        raise damaged_workbook() from error


# The package


def _inspected(data: bytes) -> dict[str, list[str]]:
    """Unpack every part once, within the limits; the merged cells of each part."""
    with ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise TableError(
                _("The workbook has a password. Save it without and choose it again.")
            )
        if sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise _too_large()
        return {part.filename: _merged(archive, part) for part in parts}


def _merged(archive: ZipFile, part: ZipInfo) -> list[str]:
    document = _Part(part.filename)
    with archive.open(part) as unpacked:
        # No more comes out than the ZIP has claimed: zipfile ends there, and the
        # checksum tells that it was a lie.
        while piece := unpacked.read(PIECE):
            document.feed(piece)
    document.feed(b"", is_last=True)
    return document.merged


class _Part:
    """One part of a workbook, held to being well formed and of a bearable size.

    Any part may turn out to be XML, by whatever name; one that is called so must be.
    """

    def __init__(self, name: str):
        self.must_be_xml = name.endswith((".xml", ".rels"))
        self.merged = []
        self.elements = self.held = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.StartDoctypeDeclHandler = self.refuse

    def feed(self, piece: bytes, *, is_last: bool = False) -> None:
        if self.parser is None:
            return
        try:
            self.parser.Parse(piece, is_last)
        except expat.ExpatError:
            if self.must_be_xml:
                raise
            self.parser = None  # a picture

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.held += 1
        if name.endswith(("row", "si")):
            self.held = 0  # what stood before has been read and is let go
        elif name.endswith("mergeCell"):
            self.merged.append(attributes["ref"])
        if self.elements > MOST_ELEMENTS or self.held > MOST_HELD:
            raise _too_large()

    def refuse(self, *declaration: object) -> None:
        """A document type may define entities that multiply; no workbook has one."""
        raise damaged_workbook()


def _too_large() -> TableError:
    return TableError(
        _(
            "The workbook is larger than 80 MB when it is unpacked, or has too many cells."
        )
    )


# The sheets


def _first_table(data: bytes, merged: dict[str, list[str]]) -> Table:
    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    for sheet in book.worksheets:
        # What a sheet says of its size may be wrong.
        sheet.reset_dimensions()
        if sheet.sheet_state == "visible" and _holds_something(sheet):
            table = table_of(_lines(sheet), _place)
            _refuse_merged(merged.get(sheet._worksheet_path, []), table)
            others = [other.title for other in book.worksheets if other is not sheet]
            return replace(table, notes=(*_other_sheets(sheet, others), *table.notes))
    raise TableError(_("No sheet of the workbook holds anything."))


def _holds_something(sheet) -> bool:
    return any(any(cells) for _line, cells in _lines(sheet))


def _other_sheets(sheet, others: list[str]) -> Iterator[str]:
    if others:
        sentence = _("Only the sheet “%(sheet)s” is read, not %(others)s.")
        names = ", ".join(f"“{title}”" for title in others)
        yield sentence % {"sheet": sheet.title, "others": names}


def _refuse_merged(references: list[str], table: Table) -> None:
    """Refuse merged cells among headings and rows: to whom would they belong?"""
    last = table.rows[-1].line if table.rows else table.line
    for reference in references:
        left, top, _right, bottom = range_boundaries(reference)
        if left <= len(table.header) and top <= last and bottom >= table.line:
            sentence = _("%(place)s: merged cells. Split them and fill in each one.")
            raise TableError(sentence % {"place": _place(top, left)}, top, left)


def _lines(sheet) -> Iterator[tuple[int, list[str]]]:
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        if line > LAST_LINE:
            raise damaged_workbook()
        yield line, [_text(cell, line, column) for column, cell in enumerate(cells, 1)]


# The cells


def _text(cell, line: int, column: int) -> str:
    """The cell as a person sees it, but times with all their thousandths."""
    kind, value = cell.data_type, cell.value
    if value is None:
        return ""
    if kind == "f":
        raise formula(_place(line, column), line, column)
    if kind == "e":
        raise _error(line, column)
    if kind == "s":
        return _string(value, line, column)
    if kind == "b":
        return str(value).upper()
    if kind == "d":
        text = _moment(value, cell.number_format)
        if text is None:
            raise _error(line, column)
        return text
    return _number(value, cell.number_format)


def _string(text: str, line: int, column: int) -> str:
    text = UNSEEN.sub("", _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), text))
    if LOST.search(text):
        raise lost_letters(_place(line, column), line, column)
    return text


# Excel writes characters that XML cannot hold as _x000D_.
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def _number(value: int | float, number_format: str) -> str:
    """``12``, ``107.095``: no zeros at the end; ``007`` where the cell says 000."""
    if isinstance(value, int):
        zeros = len(number_format) if set(number_format) == {"0"} else 0
        return f"{value:0{zeros}}"
    # What a spreadsheet shows: it computes with 15 digits.
    text = format(value, ".15g")
    return format(Decimal(text), "f") if "e" in text else text


def _moment(value: object, number_format: str) -> str | None:
    """A date, a time or a duration; none for a time before midnight.

    ``2022-05-14``, ``2022-05-14 13:30``, ``1:47.095``; without seconds, as typed,
    ``13:30``.
    """
    if isinstance(value, dt.datetime):
        if value.time() == MIDNIGHT:
            return value.date().isoformat()
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        since = dt.timedelta(
            hours=value.hour,
            minutes=value.minute,
            seconds=value.second,
            microseconds=value.microsecond,
        )
    else:
        since = value
    if since < dt.timedelta():
        return None
    ms = since // dt.timedelta(milliseconds=1)
    if _SAID_AS_IT_IS.sub("", number_format).lower().count("s"):
        return lap_time(ms)
    return f"{ms // 3_600_000}:{ms // 60_000 % 60:02}"


# Words, characters and currencies inside a number format.
_SAID_AS_IT_IS = re.compile(r'"[^"]*"|\\.|\[\$[^\]]*\]')


def _error(line: int, column: int) -> TableError:
    sentence = _("%(place)s: the cell holds an error, such as #REF!.")
    return TableError(sentence % {"place": _place(line, column)}, line, column)


def _place(line: int, column: int) -> str:
    return _("Cell %(cell)s") % {"cell": f"{get_column_letter(column)}{line}"}
