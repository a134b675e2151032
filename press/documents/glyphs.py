"""Which characters the typefaces of a PDF can show, and what stands for the others.

PDF/UA-1 forbids a character without a glyph, and typst makes no document of one. So
before it is set a text is cut into letters with their accents, and of each one that
no typeface has whole

- the plain equivalent is taken where Unicode names one (NFKD): a full-width
  F is F, `㎞` is km;
- the letter is taken without its accents, where these are what is missing;
- pictures and other signs (emoji, flags) are left out: they decorate;
- a letter or a figure becomes □, so that the reader sees that something is missing.

A text of which nothing is left is □. So Latin, Greek and Cyrillic letters come out as
they are, and others as boxes; text and Word files have them all.
"""

import functools
import struct
import unicodedata
from collections.abc import Iterator
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
FAMILIES = ("barlow", "dejavu")  # how the names of their files begin
BOX = "□"
# By the first letter of the category: letters, numbers and spaces.
_STAND_INS = {"L": BOX, "N": BOX, "Z": " "}


def showable(text: str) -> str:
    """The text with nothing in it that the typefaces cannot show."""
    if text.isascii():
        return text
    return "".join(map(_showable_letter, _letters(text))) or (BOX if text else "")


def _letters(text: str) -> Iterator[str]:
    """The text cut before every character that is no accent (category M*)."""
    letter = ""
    for character in text:
        if letter and unicodedata.category(character)[0] != "M":
            yield letter
            letter = ""
        letter += character
    yield letter


@functools.lru_cache(maxsize=2_000)
def _showable_letter(letter: str) -> str:
    equivalent = unicodedata.normalize("NFKD", letter)
    for written in (letter, equivalent, _without_accents(equivalent)):
        if written and _is_shown(written):
            return written
    return _STAND_INS.get(unicodedata.category(letter[0])[0], "")


def _without_accents(letter: str) -> str:
    return "".join(c for c in letter if unicodedata.category(c)[0] != "M")


def _is_shown(letter: str) -> bool:
    """Whether one typeface has all of it; typst takes no two for a letter."""
    return any(characters.issuperset(letter) for characters in coverage())


@functools.cache
def coverage() -> tuple[frozenset[str], ...]:
    """For each family, the characters that all its files have."""
    found = []
    for family in FAMILIES:
        files = sorted(FONTS.glob(f"{family}*.ttf"))
        found.append(frozenset.intersection(*(_characters(file) for file in files)))
    return tuple(found)


def _characters(file: Path) -> frozenset[str]:
    """The characters that a TrueType file maps to a glyph: `cmap`, format 4.

    https://learn.microsoft.com/en-us/typography/opentype/spec/cmap
    """
    cmap = _table(file.read_bytes(), b"cmap")
    (start,) = struct.unpack_from(">L", cmap, 8)  # where the first of its tables is
    segments = cmap[start:]
    (doubled,) = struct.unpack_from(">6xH", segments)  # twice the number of segments

    def column(place: int) -> tuple[int, ...]:
        return struct.unpack_from(f">{doubled // 2}H", segments, place)

    firsts, lasts = column(16 + doubled), column(14)
    shifts, lists = column(16 + 2 * doubled), column(16 + 3 * doubled)
    found = set()
    for index, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        place = 16 + 3 * doubled + 2 * index + lists[index]
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = (code + shifts[index]) & 0xFFFF
            if lists[index]:
                (glyph,) = struct.unpack_from(
                    ">H", segments, place + 2 * (code - first)
                )
            if glyph:
                found.add(chr(code))
    return frozenset(found)


def _table(font: bytes, tag: bytes) -> bytes:
    """One table of a TrueType file, by the list at its beginning."""
    (tables,) = struct.unpack_from(">4xH", font)
    places = {}
    for index in range(tables):
        name, *place = struct.unpack_from(">4s4xLL", font, 12 + 16 * index)
        places[name] = place
    offset, length = places[tag]
    return font[offset : offset + length]
