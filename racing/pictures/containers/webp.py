"""WebP: chunks in a RIFF file, RFC 9649."""

import struct

from racing.pictures.containers.contents import MOST_PARTS, Contents, Metadata

EXTENDED, LOSSY, LOSSLESS = b"VP8X", b"VP8 ", b"VP8L"
ALPHA, PROFILE, EXIF, XMP = b"ALPH", b"ICCP", b"EXIF", b"XMP "
ANIMATION, FRAME = b"ANIM", b"ANMF"
PICTURES = {LOSSY, LOSSLESS}
# Bits of the extended header.
HAS_PROFILE, HAS_ALPHA, HAS_EXIF, HAS_XMP = 0x20, 0x10, 0x08, 0x04


def read(data: bytes) -> Contents:
    """Take a WebP apart. Raises ValueError for what does not begin as one."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise ValueError("no WebP")
    chunks = list(_chunks(data))
    found = {}
    for name, start, end in chunks:
        found.setdefault(name, data[start + 8 : end] if name in (EXIF, XMP) else b"")
    picture = _picture(chunks)
    size = _size(data, *picture) if picture else (0, 0)
    return Contents(
        kind="WEBP",
        size=size,
        metadata=Metadata(
            found.get(EXIF, b"").removeprefix(b"Exif\x00\x00"), found.get(XMP, b"")
        ),
        pixels=tuple(
            (start + 8, end)
            for name, start, end in chunks
            if name in PICTURES or name in (ALPHA, FRAME)
        ),
        end=_end(data),
        is_whole=all(size) and _end(data) <= len(data),
        is_animated=ANIMATION in found or FRAME in found,
    )


def rebuilt(data: bytes, metadata: Metadata) -> bytes:
    """The same compressed picture with this EXIF and XMP, and no other metadata.

    Raises ValueError for a file that is animated or not whole.
    """
    contents = read(data)
    if not contents.is_whole or contents.is_animated:
        raise ValueError("the WebP is not one whole picture")
    chunks = list(_chunks(data))
    view = memoryview(data)
    first = {}
    for name, start, end in chunks:
        first.setdefault(name, view[start + 8 : end])
    name, start, _end_of_it = _picture(chunks)
    flags = (
        (HAS_PROFILE if PROFILE in first else 0)
        | (HAS_ALPHA if _has_alpha(data, name, start, first) else 0)
        | (HAS_EXIF if metadata.exif else 0)
        | (HAS_XMP if metadata.xmp else 0)
    )
    width, height = contents.size
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    parts = [
        *_chunk(EXTENDED, bytes([flags, 0, 0, 0]) + canvas),
        *(_chunk(PROFILE, first[PROFILE]) if PROFILE in first else ()),
        *(_chunk(ALPHA, first[ALPHA]) if name == LOSSY and ALPHA in first else ()),
        *_chunk(name, first[name]),
        *(_chunk(EXIF, metadata.exif) if metadata.exif else ()),
        *(_chunk(XMP, metadata.xmp) if metadata.xmp else ()),
    ]
    length = 4 + sum(map(len, parts))
    return b"".join([b"RIFF", struct.pack("<I", length), b"WEBP", *parts])


def _chunks(data):
    """(name, start, end) of each chunk that is there in full, without its padding."""
    position, whole = 12, min(_end(data), len(data))
    for _number in range(MOST_PARTS):
        length = int.from_bytes(data[position + 4 : position + 8], "little")
        end = position + 8 + length
        if position + 8 > whole or end > whole:
            return
        yield data[position : position + 4], position, end
        position = end + length % 2


def _end(data):
    return 8 + int.from_bytes(data[4:8], "little")


def _picture(chunks):
    """The first chunk that holds a picture, or None."""
    return next((chunk for chunk in chunks if chunk[0] in PICTURES), None)


def _size(data, name, start, end):
    """(width, height) from the head of the compressed picture itself."""
    head = data[start + 8 : min(end, start + 18)].ljust(10, b"\x00")
    if name == LOSSY:
        width, height = struct.unpack("<HH", head[6:10])
        return width & 0x3FFF, height & 0x3FFF
    bits = int.from_bytes(head[1:5], "little")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def _has_alpha(data, name, start, first):
    if first.get(EXTENDED):
        return bool(first[EXTENDED][0] & HAS_ALPHA)
    return name == LOSSLESS and bool(data[start + 12] & 0x10)


def _chunk(name, payload):
    yield name + struct.pack("<I", len(payload))
    yield payload
    if len(payload) % 2:
        yield b"\x00"
