"""Files of another kind that hide in or behind a picture.

Compressed pixels may hold any bytes by chance, so that only what lies beside them is
searched, and nothing shorter than five bytes is looked for: behind the picture of a
phone there may be megabytes of film.
"""

import re
import struct

from racing.pictures.containers.contents import Contents

ARCHIVE, DOCUMENT, MARKUP, PROGRAM = "archive", "document", "markup", "program"
# Readers of PDF look for its head in so many first bytes.
HEAD = 1024
PDF = b"%PDF-"
# The record that ends a ZIP, with a comment of at most 64 kB behind it.
ZIP_END, ZIP_ENTRY = b"PK\x05\x06", b"PK\x01\x02"
ZIP_END_LENGTH, LONGEST_COMMENT = 22, 0xFFFF

_MARKUP = re.compile(
    rb"<(?i:script|iframe|!doctype\s+html|\?php\s|html[\s>]|head>|body[\s>]|svg\s)"
)
_ARCHIVES = re.compile(rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c")
_PROGRAMS = re.compile(
    rb"This program cannot be run in DOS mode|\x7fELF[\x01\x02][\x01\x02]\x01[\x00-\x12]"
)
# At the start of what follows the picture: too short to be looked for elsewhere.
_STARTS = re.compile(rb"\x00*(?:#!\s?/|\xca\xfe\xba\xbe\x00|\xcf\xfa\xed\xfe)")


def found(data: bytes, contents: Contents) -> str | None:
    """Which kind of file hides in a picture: one of the four above, or None."""
    if PDF in data[: HEAD + len(PDF)]:
        return DOCUMENT
    if _is_archive(data):
        return ARCHIVE
    for start, end in contents.asides(len(data)):
        if data.find(PDF, start, end) >= 0:
            return DOCUMENT
        if _MARKUP.search(data, start, end):
            return MARKUP
        if _ARCHIVES.search(data, start, end):
            return ARCHIVE
        if _PROGRAMS.search(data, start, end):
            return PROGRAM
    return PROGRAM if _STARTS.match(data, contents.end) else None


def _is_archive(data):
    """Whether a reader of ZIP files would find one by its end."""
    earliest = max(0, len(data) - LONGEST_COMMENT - ZIP_END_LENGTH)
    end = data.rfind(ZIP_END, earliest)
    while end >= 0:
        record = data[end + 4 : end + ZIP_END_LENGTH]
        if len(record) == ZIP_END_LENGTH - 4:
            _disk, _first, _here, entries, size, _place, _comment = struct.unpack(
                "<HHHHIIH", record
            )
            if entries == size == 0 or data.startswith(ZIP_ENTRY, max(0, end - size)):
                return True
        end = data.rfind(ZIP_END, earliest, end)
    return False
