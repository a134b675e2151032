"""ZIPs that are written while they are sent, and the list of what is in them.

An archive is made in constant memory, whatever is in it: nothing is sought back for,
sizes follow their file. Its bytes depend on the entries alone, on no clock.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import PurePosixPath

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from racing.formats import slug

# Text shrinks; pictures, PDF and Word files are compressed already.
SHRINKS = (".csv", ".txt")
# A ZIP tells the time since 1980 in steps of two seconds, and no zone.
FIRST_MOMENT, LAST_MOMENT = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)
LONGEST_NAME = 80  # characters of a part of a path, for old Windows in deep folders
UNNAMED = "file"
# ASCII, relative, no drive and no backslash, and no part that begins with a dot.
_NAME = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9._-]*/)*[A-Za-z0-9_][A-Za-z0-9._-]*")
# Names that Windows keeps for devices, with any suffix.
_DEVICE = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")


@dataclass(frozen=True)
class Entry:
    """A file of an archive: its path there, its date, and where its bytes come from.

    `chunks` is called once, when its turn comes, and gives the bytes in pieces.
    """

    name: str
    dated: datetime
    chunks: Callable[[], Iterable[bytes]]


def safe_name(text: str, suffix: str) -> str:
    """A file name of ASCII: `Märta Öhman, Spa` and `.jpg` as `marta-ohman-spa.jpg`."""
    stem = slug(text)[:LONGEST_NAME].strip("-") or UNNAMED
    if _DEVICE.match(stem):
        stem = f"{UNNAMED}-{stem}"
    return stem + suffix


def archive(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The bytes of a ZIP of the entries, in their order, one piece after another.

    A name that is there already gets a number, `photo-2.jpg`. Raises ValueError for
    one that `safe_name` would not make, before anything of it is written. What breaks
    in a source comes through; as the list at the end is missing then, no program takes
    the file for whole.
    """
    out, taken = _Out(), set()
    zipped = zipfile.ZipFile(out, "w")
    for entry in entries:
        info = zipfile.ZipInfo(_unique(_checked(entry.name), taken), _moment(entry))
        info.external_attr = 0o644 << 16  # readable for those who unpack it
        if PurePosixPath(info.filename).suffix in SHRINKS:
            info.compress_type = zipfile.ZIP_DEFLATED
        with zipped.open(info, "w") as file:
            for chunk in entry.chunks():
                file.write(chunk)
                yield from out.taken()
        yield from out.taken()
    zipped.close()
    yield from out.taken()


class _Out(io.RawIOBase):
    """Where zipfile writes: keeps the bytes until they are taken, and cannot seek."""

    def __init__(self):
        super().__init__()
        self._pieces = []

    def write(self, data) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def taken(self) -> Iterator[bytes]:
        pieces, self._pieces = self._pieces, []
        yield from filter(None, pieces)


def _checked(name: str) -> str:
    parts = name.split("/")
    if not _NAME.fullmatch(name) or any(map(_DEVICE.match, parts)):
        raise ValueError(f"“{name!r}” is no safe name for a file in an archive.")
    return name


def _unique(name: str, taken: set[str]) -> str:
    """The name, or with the first free number; Windows and macOS ignore capitals."""
    path, number, unique = PurePosixPath(name), 1, name
    while unique.lower() in taken:
        number += 1
        unique = str(path.with_stem(f"{path.stem}-{number}"))
    taken.add(unique.lower())
    return unique


def _moment(entry: Entry) -> tuple[int, int, int, int, int, int]:
    """The entry's date by its own clock, within what a ZIP can tell."""
    year, month, day, hour, minute, second = entry.dated.timetuple()[:6]
    moment = (year, month, day, hour, minute, second - second % 2)
    return min(max(moment, FIRST_MOMENT), LAST_MOMENT)


@dataclass(frozen=True)
class Photo:
    """What the list says of a photo: the name of its file, and what binds who uses it.

    `licence` is the address of its licence; what is unknown is empty.
    """

    file: str
    caption: str
    credit: str
    terms: str
    licence: str


def manifest(photos: Iterable[Photo], language: str) -> tuple[bytes, bytes]:
    """The list of an archive's photos, as CSV and as text.

    CSV is that of RFC 4180 with commas, in UTF-8 with the byte order mark by which
    Excel knows it; a list separator that hangs on the country, as the semicolon of a
    Swedish Excel, no other program would guess. Excel opens it in columns by “Data,
    From Text/CSV”, and so does every other by itself. A cell that Excel would take for
    a formula begins with an apostrophe.
    """
    rows = list(photos)
    with override(language):
        licence = pgettext("of a photo", "Licence")
        header = [_("File"), _("Caption"), _("Credit"), _("Terms"), licence]
    cells = [[getattr(row, it.name) for it in fields(Photo)] for row in rows]
    return _csv([header, *cells]), _text(header, cells)


def _csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([list(map(_inert, row)) for row in rows])
    return out.getvalue().encode("utf-8-sig")


def _inert(cell: str) -> str:
    """A cell that no spreadsheet runs: https://owasp.org/www-community/attacks/CSV_Injection"""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _text(header: list[str], rows: list[list[str]]) -> bytes:
    """A few lines for every photo, without what is unknown."""
    lists = [
        "\n".join(
            f"{name}: {' '.join(cell.split())}"
            for name, cell in zip(header, row, strict=True)
            if cell.strip()
        )
        for row in rows
    ]
    return ("\n\n".join(lists) + "\n").encode()
