"""The few facts of an EXIF block that matter here, and a new block with them.

EXIF 2.32 (CIPA DC-008) over TIFF 6.0: directories of entries of twelve bytes, each
with a tag, a type, a number of values and the values or the place where they are.
"""

import datetime as dt
import struct
from dataclasses import dataclass

DESCRIPTION, ORIENTATION, ARTIST, COPYRIGHT = 0x010E, 0x0112, 0x013B, 0x8298
DETAILS, POSITION = 0x8769, 0x8825
VERSION, TAKEN = 0x9000, 0x9003
LATITUDE, LONGITUDE = 0x0002, 0x0004
ASCII, SHORT, LONG, UNDEFINED = 2, 3, 4, 7
UPRIGHT = 1
ORIENTATIONS = range(1, 9)
# The orientations that lie on their side: as shown, width and height are exchanged.
SIDEWAYS = range(5, 9)
# A directory of a camera has some dozens of entries.
MOST_ENTRIES = 1000


@dataclass(frozen=True)
class Exif:
    """Texts are bytes as they stand in the file, without the NUL at their end."""

    description: bytes = b""
    artist: bytes = b""
    copyright: bytes = b""
    taken: bytes = b""
    orientation: int = UPRIGHT
    has_gps: bool = False


def read(tiff: bytes) -> Exif:
    """What a TIFF structure says; what cannot be read in it is not told."""
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(tiff[:4])
    if order is None:
        return Exif()
    picture = _directory(tiff, order, _number(tiff[4:8], order))
    details = _directory(tiff, order, _pointer(picture.get(DETAILS), order))
    position = _directory(tiff, order, _pointer(picture.get(POSITION), order))
    orientation = _number(picture.get(ORIENTATION, (SHORT, b"\x00\x00"))[1][:2], order)
    return Exif(
        description=_text(picture.get(DESCRIPTION)),
        artist=_text(picture.get(ARTIST)),
        copyright=_text(picture.get(COPYRIGHT)),
        taken=_text(details.get(TAKEN)),
        orientation=orientation if orientation in ORIENTATIONS else UPRIGHT,
        has_gps=bool({LATITUDE, LONGITUDE} & position.keys()),
    )


def written(
    *,
    orientation: int = UPRIGHT,
    description: str = "",
    artist: str = "",
    copyright_notice: str = "",
    taken_on: dt.date | None = None,
) -> bytes:
    """A TIFF structure with these facts; nothing at all where there are none.

    Texts are UTF-8, as the Metadata Working Group has it (Guidelines for Handling
    Image Metadata 2.0) and readers take them. A time that is not known is blanks
    between the colons, as EXIF has it.
    """
    texts = {DESCRIPTION: description, ARTIST: artist, COPYRIGHT: copyright_notice}
    entries = {tag: _ascii(text) for tag, text in texts.items() if text}
    if orientation != UPRIGHT:
        entries[ORIENTATION] = SHORT, 1, struct.pack(">H", orientation)
    if not entries and not taken_on:
        return b""
    details = {VERSION: (UNDEFINED, 4, b"0232")}
    if taken_on:
        details[TAKEN] = _ascii(f"{taken_on:%Y:%m:%d}   :  :  ")
    # The place of the details hangs on the length of what stands before them.
    entries[DETAILS] = LONG, 1, b"\x00" * 4
    place = 8 + len(_packed(entries, 8))
    entries[DETAILS] = LONG, 1, struct.pack(">I", place)
    return b"MM\x00*\x00\x00\x00\x08" + _packed(entries, 8) + _packed(details, place)


def _directory(tiff, order, start):
    """{tag: (type, bytes)} of the entries that are texts or whole numbers."""
    entries = {}
    if not 8 <= start <= len(tiff) - 2:
        return entries
    count = min(_number(tiff[start : start + 2], order), MOST_ENTRIES)
    for at in range(start + 2, min(start + 2 + 12 * count, len(tiff) - 11), 12):
        tag, kind, values = struct.unpack_from(order + "HHI", tiff, at)
        length = values * {SHORT: 2, LONG: 4}.get(kind, 1)
        place = at + 8
        if length > 4:
            place = _number(tiff[place : place + 4], order)
        entries.setdefault(tag, (kind, tiff[place : place + length]))
    return entries


def _number(data, order):
    return int.from_bytes(data, "little" if order == "<" else "big")


def _pointer(entry, order):
    return _number(entry[1][:4], order) if entry else 0


def _text(entry):
    if entry is None or entry[0] not in (ASCII, UNDEFINED):
        return b""
    return entry[1].rstrip(b"\x00 ")


def _ascii(text):
    data = text.encode() + b"\x00"
    return ASCII, len(data), data


def _packed(entries, start):
    """A directory that begins at a place, with its longer values behind it."""
    values_start = start + 2 + 12 * len(entries) + 4
    directory, values = struct.pack(">H", len(entries)), b""
    for tag, (kind, count, data) in sorted(entries.items()):
        directory += struct.pack(">HHI", tag, kind, count)
        if len(data) <= 4:
            directory += data.ljust(4, b"\x00")
        else:
            directory += struct.pack(">I", values_start + len(values))
            values += data + b"\x00" * (len(data) % 2)
    return directory + b"\x00" * 4 + values
