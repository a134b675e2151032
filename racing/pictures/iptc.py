"""IPTC-IIM 4.2: datasets, each with a record, a number and at most 32,767 bytes."""

import struct

APPLICATION = 2
CHARSET = 1, 90
UTF_8, LATIN_1 = b"\x1b%G", (b"\x1b.A", b"\x1b-A")
TITLE, KEYWORDS, INSTRUCTIONS, CREATED = 5, 25, 40, 55
BYLINE, CITY, SUBLOCATION, REGION, COUNTRY = 80, 90, 92, 95, 101
HEADLINE, CREDIT, COPYRIGHT, CAPTION = 105, 110, 116, 120
# Bytes that the standard gives each text.
LENGTHS = {
    TITLE: 64,
    INSTRUCTIONS: 256,
    BYLINE: 32,
    CITY: 32,
    CREDIT: 32,
    COPYRIGHT: 128,
    CAPTION: 2000,
}
LONGEST = 0x7FFF


def read(datasets: bytes) -> dict[int, list[bytes]]:
    """{number: its values} of the application record, with the charset as 0.

    Stops where the datasets do.
    """
    found, position = {}, 0
    while datasets[position : position + 1] == b"\x1c" and position + 5 <= len(
        datasets
    ):
        record, number, length = struct.unpack_from(">BBH", datasets, position + 1)
        position += 5
        if length > LONGEST or position + length > len(datasets):
            break
        value = datasets[position : position + length]
        if record == APPLICATION and number:
            found.setdefault(number, []).append(value)
        elif (record, number) == CHARSET:
            found[0] = [value]
        position += length
    return found


def written(texts: dict[int, str]) -> bytes:
    """Datasets in UTF-8, marked as such; a text that is too long ends at a character."""
    values = [
        (number, cut(text, LENGTHS.get(number, LONGEST)))
        for number, text in sorted(texts.items())
        if text
    ]
    if not values:
        return b""
    return b"".join(
        [
            _dataset(*CHARSET, UTF_8),
            _dataset(APPLICATION, 0, struct.pack(">H", 4)),
            *(_dataset(APPLICATION, number, value) for number, value in values),
        ]
    )


def cut(text: str, length: int) -> bytes:
    """A text in UTF-8 of at most so many bytes, whole characters only."""
    return text.encode()[:length].decode(errors="ignore").rstrip().encode()


def _dataset(record, number, value):
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value
