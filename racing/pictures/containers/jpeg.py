"""JPEG: segments with a marker each, ITU-T T.81, and what cameras put into them.

A file goes on behind its end: a phone's second picture (CIPA DC-007, MPO), the film of
a motion photo, trailers of makers. None of that belongs to the picture.
"""

import hashlib
import re
import struct

from racing.pictures.containers.contents import MOST_PARTS, Contents, Metadata

START = b"\xff\xd8"
SCAN, END = 0xDA, 0xD9
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
JFIF, APP1, APP2, PHOTOSHOP, ADOBE = 0xE0, 0xE1, 0xE2, 0xED, 0xEE
# Tables, frames, scans, the restart interval and the number of lines.
OF_THE_PICTURE = {*range(0xC0, 0xD0), SCAN, END, *range(0xDB, 0xE0)}
EXIF_HEAD = b"Exif\x00\x00"
XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\x00"
ICC_HEAD = b"ICC_PROFILE\x00"
PHOTOSHOP_HEAD = b"Photoshop 3.0\x00"
IPTC_RESOURCE, DIGEST_RESOURCE = 0x0404, 0x0425
LARGEST_SEGMENT = 0xFFFF - 2

_MARKER = re.compile(rb"\xff+([^\x00\xff])")
# In compressed pixels FF is followed by 00 or by the number of a restart.
_BEHIND_A_SCAN = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")


def read(data: bytes) -> Contents:
    """Take a JPEG apart. Raises ValueError for what does not begin as one."""
    if not data.startswith(START):
        raise ValueError("no JPEG")
    size, pixels, is_whole, end = (0, 0), [], False, 0
    exif = xmp = photoshop = b""
    for marker, start, end in _segments(data):
        payload = start + 4
        if marker in FRAMES and size == (0, 0):
            size = _size(data[payload:end])
        elif marker == SCAN:
            pixels.append((payload, end))
        elif marker == APP1 and data.startswith(EXIF_HEAD, payload):
            exif = exif or data[payload + len(EXIF_HEAD) : end]
        elif marker == APP1 and data.startswith(XMP_HEAD, payload):
            xmp = xmp or data[payload + len(XMP_HEAD) : end]
        elif marker == PHOTOSHOP and data.startswith(PHOTOSHOP_HEAD, payload):
            photoshop += data[payload + len(PHOTOSHOP_HEAD) : end]
        is_whole = marker == END and bool(pixels)
    resources = dict(_resources(photoshop))
    return Contents(
        kind="JPEG",
        size=size,
        metadata=Metadata(exif, xmp, resources.get(IPTC_RESOURCE, b"")),
        pixels=tuple(pixels),
        end=end,
        is_whole=is_whole,
        iptc_digest=resources.get(DIGEST_RESOURCE, b""),
    )


def rebuilt(data: bytes, metadata: Metadata) -> bytes:
    """The same compressed picture with this metadata and no other.

    Raises ValueError for a file that is not whole, and for more metadata than a
    segment holds (64 kB).
    """
    head, rest, marker = [START], [], None
    view = memoryview(data)
    for marker, start, end in _segments(data):
        if marker == JFIF:
            if not rest and len(head) == 1:
                head += _jfif(data[start:end])
        elif _belongs(data, marker, start):
            rest.append(view[start:end])
    if marker != END:
        raise ValueError("the JPEG is not whole")
    return b"".join([*head, *_written(metadata), *rest])


def _segments(data):
    """(marker, start, end) of each segment, a scan with its pixels, to the end marker.

    Stops early where the file is broken off or nothing that it should be.
    """
    position = len(START)
    for _number in range(MOST_PARTS):
        match = _MARKER.match(data, position)
        if match is None:
            return
        marker, start = match[1][0], match.end() - 2
        if marker == END:
            yield END, start, start + 2
            return
        length = int.from_bytes(data[start + 2 : start + 4], "big")
        position = start + 2 + length
        if length < 2 or position > len(data):
            return
        if marker == SCAN:
            behind = _BEHIND_A_SCAN.search(data, position)
            position = behind.start() if behind else len(data)
        yield marker, start, position


def _size(frame):
    if len(frame) < 5:
        return 0, 0
    height, width = struct.unpack(">HH", frame[1:5])
    return width, height


def _resources(photoshop):
    """(number, bytes) of Photoshop's image resources, such as the IPTC datasets."""
    position = 0
    while photoshop.startswith(b"8BIM", position):
        number = int.from_bytes(photoshop[position + 4 : position + 6], "big")
        name = photoshop[position + 6 : position + 7] or b"\x00"
        position += 6 + (name[0] + 2) // 2 * 2
        length = int.from_bytes(photoshop[position : position + 4], "big")
        position += 4
        yield number, photoshop[position : position + length]
        position += length + length % 2


def _jfif(segment):
    """A JFIF segment without the small picture that it may hold; nothing for others."""
    if segment[4:9] != b"JFIF\x00" or len(segment) < 16:
        return []
    return [_segment(JFIF, segment[4:16] + b"\x00\x00")]


def _belongs(data, marker, start):
    """Whether a segment is needed to show the picture in its colours."""
    if marker == APP2:
        return data.startswith(ICC_HEAD, start + 4)
    if marker == ADOBE:
        return data.startswith(b"Adobe", start + 4)
    return marker in OF_THE_PICTURE


def _written(metadata):
    if metadata.exif:
        yield _segment(APP1, EXIF_HEAD + metadata.exif)
    if metadata.xmp:
        yield _segment(APP1, XMP_HEAD + metadata.xmp)
    if metadata.iptc:
        # By the digest a reader sees that IPTC and XMP were written together.
        digest = hashlib.md5(metadata.iptc, usedforsecurity=False).digest()
        yield _segment(
            PHOTOSHOP,
            PHOTOSHOP_HEAD
            + _resource(IPTC_RESOURCE, metadata.iptc)
            + _resource(DIGEST_RESOURCE, digest),
        )


def _resource(number, content):
    padding = b"\x00" * (len(content) % 2)
    return b"8BIM" + struct.pack(">HHI", number, 0, len(content)) + content + padding


def _segment(marker, payload):
    if len(payload) > LARGEST_SEGMENT:
        raise ValueError("more metadata than a segment of a JPEG holds")
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload
