"""PNG: chunks with a name each, W3C PNG third edition, and its XMP by Adobe's part 3."""

import struct
import zlib

from racing.pictures.containers.contents import MOST_PARTS, Contents, Metadata

SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEADER, PIXELS, END = b"IHDR", b"IDAT", b"IEND"
ANIMATION, FRAME = b"acTL", b"fdAT"
EXIF, TEXT = b"eXIf", b"iTXt"
XMP_KEYWORD = b"XML:com.adobe.xmp\x00"
# The picture, and what says how its numbers are colours and its pixels inches.
OF_THE_PICTURE = {
    *(HEADER, b"PLTE", PIXELS, END),
    *(b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs"),
    *(b"cICP", b"mDCV", b"cLLI"),
}


def read(data: bytes) -> Contents:
    """Take a PNG apart. Raises ValueError for what does not begin as one."""
    if not data.startswith(SIGNATURE):
        raise ValueError("no PNG")
    size, exif, xmp, pixels = (0, 0), b"", b"", []
    names, end = set(), 0
    for name, start, end in _chunks(data):
        if name == HEADER and not names:
            size = struct.unpack(">II", data[start + 8 : start + 16].ljust(8, b"\x00"))
        elif name in (PIXELS, FRAME):
            pixels.append((start + 8, end - 4))
        elif name == EXIF:
            exif = exif or data[start + 8 : end - 4]
        elif name == TEXT and data.startswith(XMP_KEYWORD, start + 8):
            xmp = xmp or _text(data[start + 8 : end - 4])
        names.add(name)
    return Contents(
        kind="PNG",
        size=size,
        metadata=Metadata(exif.removeprefix(b"Exif\x00\x00"), xmp),
        pixels=tuple(pixels),
        end=end,
        is_whole={HEADER, PIXELS, END} <= names,
        is_animated=ANIMATION in names,
    )


def rebuilt(data: bytes, metadata: Metadata) -> bytes:
    """The same compressed picture with this EXIF and XMP, and no other metadata.

    Raises ValueError for a file that is not whole.
    """
    view = memoryview(data)
    parts, has_pixels, last = [SIGNATURE], False, None
    for name, start, end in _chunks(data):
        if name == PIXELS and not has_pixels:
            parts += _written(metadata)
            has_pixels = True
        if name in OF_THE_PICTURE:
            parts.append(view[start:end])
        last = name
    if last != END or not has_pixels:
        raise ValueError("the PNG is not whole")
    return b"".join(parts)


def _chunks(data):
    """(name, start, end) of each chunk, from its length to behind its checksum."""
    position = len(SIGNATURE)
    for _number in range(MOST_PARTS):
        length = int.from_bytes(data[position : position + 4], "big")
        name, end = data[position + 4 : position + 8], position + 12 + length
        if end > len(data):
            return
        yield name, position, end
        if name == END:
            return
        position = end


def _text(payload):
    """The text of an international text chunk that is not compressed, or nothing."""
    behind = payload[len(XMP_KEYWORD) :]
    is_compressed, fields = behind[:1] != b"\x00", behind[2:].split(b"\x00", 2)
    return b"" if is_compressed or len(fields) < 3 else fields[2]


def _written(metadata):
    if metadata.exif:
        yield _chunk(EXIF, metadata.exif)
    if metadata.xmp:
        # Not compressed, and in no language: three empty fields.
        yield _chunk(TEXT, XMP_KEYWORD + b"\x00\x00\x00\x00" + metadata.xmp)


def _chunk(name, payload):
    checksum = zlib.crc32(name + payload)
    return (
        struct.pack(">I", len(payload)) + name + payload + struct.pack(">I", checksum)
    )
