"""Tables as people paste and upload them: text and files as rows of text.

Whatever goes in, a ``Table`` comes out or a ``TableError``, whose text is a sentence
for the person who pasted. Nothing is guessed silently: a wrong encoding, a formula,
a row without its cells are refused by line and column.
"""

import codecs
import csv
import io
import itertools
import os
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple

from django.utils.translation import gettext as _

from racing.tables.cells import (
    LOST,
    UNSEEN,
    Table,
    TableError,
    TableRow,
    damaged_workbook,
    filled,
    lost_letters,
    table_of,
    too_long,
    trimmed,
)

MAX_BYTES = 10 * 1024 * 1024


# Text


TAB = "\t"
BLANKS = "  "
SEPARATORS = (TAB, ";", ",", BLANKS)
LINES_TO_JUDGE_BY = 200

# Excel's own way to say it; the line is not shown there and so not counted.
_NAMED_SEPARATOR = re.compile("sep=([\t;,])\n", re.IGNORECASE)


def read_text(text: str) -> Table:
    """A table out of pasted text, or of a text file.

    Cells are set apart by tabs, semicolons or commas (quoted as in RFC 4180) or, as
    copied from a PDF, by two blanks or more; a first line "sep=;" says by what.
    Raises TableError.
    """
    _refuse_size(len(text))
    text = UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    named = _NAMED_SEPARATOR.match(text)
    text = text[named.end() :] if named else text
    if lost := LOST.search(text):
        line = text.count("\n", 0, lost.start()) + 1
        raise lost_letters(_("Line %(line)s") % {"line": line}, line)
    separator = named[1] if named else _separator(text)
    if separator == BLANKS:
        return table_of(_apart(text), _place, _refuse_unmarked)
    refuse = _refuse_a_cut_end if separator == TAB else _refuse_short
    return table_of(_separated(text, separator), _place, refuse)


def as_text(table: Table) -> str:
    """The table as text that ``read_text`` reads as the same table, lines and all.

    An empty header is left out: it stands for a table without headings.
    """
    rows = [TableRow(table.line, table.header)] if any(table.header) else []
    out = io.StringIO()
    out.write(f"sep={TAB}\n")
    writer = csv.writer(out, delimiter=TAB, lineterminator="\n")
    next_line = 1
    for line, cells in rows + table.rows:
        out.write("\n" * (line - next_line))
        writer.writerow([cell.replace("\n", "\u2028") for cell in cells])
        next_line = line + 1
    return out.getvalue()


def without_headings(table: Table) -> Table:
    """The table whose first line is a row like the others, under empty headings."""
    first = TableRow(table.line, table.header)
    blank = ("",) * len(table.header)
    return Table(blank, [first, *table.rows], table.line, table.notes)


def _separator(text: str) -> str:
    """What sets the cells apart: what splits most lines as it splits the headings.

    Tabs go before all others, and semicolons before commas, which stand inside names
    and numbers. What splits the first line goes before what splits only those below,
    as the commas of decimals do. A text that nothing splits has one column, which a
    tab reads as well.
    """
    lines = (line for line in text.split("\n") if line.strip())
    sample = list(itertools.islice(lines, LINES_TO_JUDGE_BY))
    judged = {separator: _judged(sample, separator) for separator in SEPARATORS}
    fitting = [name for name in SEPARATORS if judged[name].share >= 0.5]
    if TAB in fitting:
        return TAB
    least = min((judged[name].above for name in fitting), default=0)
    first = [name for name in fitting if judged[name].above == least]
    if ";" in first:
        return ";"
    return max(first or SEPARATORS, key=lambda name: judged[name].columns)


class _Verdict(NamedTuple):
    """How a separator splits a sample."""

    above: int  # lines before the first that it splits
    columns: int  # of that one
    share: float  # of the lines from there on, those that fit it


def _judged(sample: list[str], separator: str) -> _Verdict:
    rows = list(_split(sample, separator))
    below = list(itertools.dropwhile(lambda row: filled(row) < 2, rows))
    widths = [(len(row), len(trimmed(row))) for row in below]
    columns = widths[0][0] if widths else 1
    fitting = [cells > 1 and last <= columns for cells, last in widths]
    share = sum(fitting) / len(fitting) if fitting else 0
    return _Verdict(len(rows) - len(below), columns, share)


def _split(sample: list[str], separator: str) -> Iterator[list[str]]:
    if separator == BLANKS:
        yield from (cells for _line, cells in _apart("\n".join(sample)))
        return
    reader = csv.reader((line + "\n" for line in sample), delimiter=separator)
    try:
        yield from reader
    except csv.Error:
        return  # what is wrong is told when the whole text is read


def _apart(text: str) -> Iterator[tuple[int, list[str]]]:
    for line, cells in enumerate(text.split("\n"), start=1):
        yield line, re.split(r"\s{2,}", cells.strip())


def _separated(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _broken_quotes(text, line, reader.line_num) from error
        if cells is None:
            return
        yield line, cells
        line = reader.line_num + 1


def _broken_quotes(text: str, line: int, last_line: int) -> TableError:
    """Why the row that began on a line could not be read."""
    first = next(itertools.islice(io.StringIO(text), line - 1, None))
    if last_line > line or first.count('"') % 2:
        sentence = _(
            "Line %(line)s: a quotation mark is opened and never closed. Perhaps the "
            "table ends in the middle."
        )
    elif '"' in first:
        sentence = _(
            "Line %(line)s: a quotation mark inside a cell must be doubled, and the "
            "cell must stand in quotation marks."
        )
    else:
        return too_long(_("Line %(line)s") % {"line": line}, line)
    return TableError(sentence % {"line": line}, line)


# Files


KINDS = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm")
_BOMS_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_file(name: str, file) -> Table:
    """A table out of a text file or a workbook, whatever its name ends in.

    ``file`` is open for bytes: an upload, or one from the disk. A file that is too
    large is refused unread. Text is UTF-8, or UTF-16 with its byte order mark.
    Raises TableError.
    """
    _refuse_size(_size(file))
    data = file.read(MAX_BYTES + 1)
    _refuse_size(len(data))
    if data.startswith(b"PK"):
        # openpyxl takes a tenth of a second to load: only those who need it wait,
        # not every command and every worker that starts.
        return import_module("racing.tables.spreadsheets").read(data)
    _refuse_other_kinds(PurePath(name).suffix.lower(), data)
    return read_text(_decoded(data))


def _size(file) -> int:
    if not file.seekable():
        return 0  # the size is known when it has been read, up to the limit
    file.seek(0, os.SEEK_END)
    size = file.tell()
    file.seek(0)
    return size


def _refuse_other_kinds(suffix: str, data: bytes) -> None:
    """Refuse what is no text, with the way out that its kind has."""
    start = data[:100].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableError(
            _(
                "This is a workbook of the old kind (.xls) or one with a password. "
                "Save it as .xlsx without a password."
            )
        )
    if start.startswith(b"%pdf"):
        raise TableError(
            _("This is a PDF. Open it, copy the table and paste it instead.")
        )
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml")):
        raise TableError(
            _("This is a web page. Open it, copy the table and paste it instead.")
        )
    if suffix in (".xlsx", ".xlsm"):
        raise damaged_workbook()
    if suffix and suffix not in KINDS:
        sentence = _("Choose a CSV, TSV, TXT or XLSX file, not “%(suffix)s”.")
        raise TableError(sentence % {"suffix": suffix[:10]})


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data.startswith(_BOMS_16) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="ignore")
        line = len(re.findall("\r\n|\r|\n", before)) + 1
        sentence = _(
            "Line %(line)s of the file is no UTF-8 text (byte %(byte)s). Save the "
            "file as “CSV UTF-8” and choose it again."
        )
        values = {"line": line, "byte": error.start + 1}
        raise TableError(sentence % values, line) from error


# Refusals


def _refuse_size(size: int) -> None:
    if size > MAX_BYTES:
        raise TableError(_("The table is larger than 10 MB."))


def _place(line: int, column: int) -> str:
    return _("Line %(line)s, column %(column)s") % {"line": line, "column": column}


def _refuse_short(short: list[TableRow], last: int, width: int) -> None:
    line, cells = short[0]
    if line == last:
        raise _cut_off(line, cells, width)
    sentence = _("Line %(line)s ends after cell %(cells)s of %(width)s.")
    values = {"line": line, "cells": len(cells), "width": width}
    raise TableError(sentence % values, line)


def _refuse_a_cut_end(short: list[TableRow], last: int, width: int) -> None:
    """Refuse a last row that alone is short.

    Programs leave out empty cells at the ends of rows that were copied from a
    spreadsheet, but then of more rows than the last.
    """
    line, cells = short[0]
    if line == last:
        raise _cut_off(line, cells, width)


def _refuse_unmarked(short: list[TableRow], last: int, width: int) -> None:
    line, cells = short[0]
    sentence = _(
        "Line %(line)s has %(cells)s of %(width)s cells. Where columns are set apart "
        "by blanks, write a dash into each empty cell."
    )
    values = {"line": line, "cells": len(cells), "width": width}
    raise TableError(sentence % values, line)


def _cut_off(line: int, cells: tuple[str, ...], width: int) -> TableError:
    sentence = _(
        "Line %(line)s, the last one, ends after cell %(cells)s of %(width)s. The "
        "table seems to end in the middle."
    )
    values = {"line": line, "cells": len(cells), "width": width}
    return TableError(sentence % values, line)
