"""AVIF: items of a `meta` box, and none that is not of the picture is written again.

The AV1 Image File Format 1.1 over HEIF (ISO/IEC 23008-12) and MIAF (23000-22). What
turns and mirrors the picture is a property of it; the orientation in its EXIF block is
for information and readers must not follow it (HEIF, annex A).
"""

import struct

from racing.pictures.containers.boxes import boxes, read_meta
from racing.pictures.containers.contents import Contents, Metadata

BRANDS = {b"avif", b"avis"}
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}
PICTURES = {b"av01", b"hvc1", b"grid", b"iovl", b"iden"}
XMP_TYPE = b"application/rdf+xml"
# What a reader needs to show the picture in its size, its colours and the right way up.
OF_THE_PICTURE = {
    *(b"ispe", b"pixi", b"av1C", b"colr", b"pasp", b"clap", b"irot", b"imir"),
    *(b"auxC", b"a1lx", b"a1op", b"lsel", b"clli", b"mdcv", b"cclv", b"amve"),
}
# (mirrored: 0 upside down, 1 left to right; quarters turned against the clock before
# that) and the orientation of EXIF that says the same.
ORIENTATIONS = {
    (None, 0): 1,
    (None, 1): 8,
    (None, 2): 3,
    (None, 3): 6,
    (0, 0): 4,
    (0, 1): 5,
    (0, 2): 2,
    (0, 3): 7,
    (1, 0): 2,
    (1, 1): 7,
    (1, 2): 4,
    (1, 3): 5,
}


def brands(data: bytes) -> set[bytes]:
    """The names under which the file says it can be read; none for other files."""
    if data[4:8] != b"ftyp":
        return set()
    end = min(int.from_bytes(data[:4], "big"), len(data), 4096)
    return {data[8:12], *(data[at : at + 4] for at in range(16, end - 3, 4))}


def read(data: bytes) -> Contents:
    """Take an AVIF or HEIC apart. Raises ValueError for what is malformed."""
    names = brands(data)
    if not names & (BRANDS | HEIC_BRANDS):
        raise ValueError("no AVIF")
    meta, is_animated, end = None, False, 0
    for name, _start, position, end in boxes(data, 0, len(data)):
        if name == b"meta" and meta is None:
            meta = read_meta(data, position, end)
        elif name == b"moov":
            is_animated = _frames(data, position, end) > 1
    if meta is None:
        raise ValueError("no picture")
    pixels = [
        extent
        for item in meta.items.values()
        if item.kind in PICTURES
        for extent in item.extents
    ]
    parts = [meta.items[number].extents for number in meta.parts_of_the_picture()]
    return Contents(
        kind="AVIF" if names & BRANDS else "HEIC",
        size=_size(meta),
        metadata=_metadata(data, meta),
        pixels=tuple(pixels),
        end=end,
        is_whole=all(
            extents and all(end <= len(data) for _start, end in extents)
            for extents in parts
        ),
        is_animated=is_animated,
        orientation=_orientation(meta),
    )


def rebuilt(data: bytes, metadata: Metadata) -> bytes:
    """The same compressed picture with this EXIF and XMP, and no other metadata.

    Raises ValueError for a file that is animated or not whole, and for what is no AVIF.
    """
    contents = read(data)
    if contents.kind != "AVIF" or contents.is_animated or not contents.is_whole:
        raise ValueError("the AVIF is not one whole picture")
    meta = next(
        read_meta(data, position, end)
        for name, _start, position, end in boxes(data, 0, len(data))
        if name == b"meta"
    )
    parts = sorted(meta.parts_of_the_picture())
    places, payloads = _gathered(data, meta, parts)
    free = next(n for n in range(1, len(parts) + 3) if {n, n + 1}.isdisjoint(parts))
    news = _news(metadata, free)
    position = sum(map(len, payloads))
    for number, _info, payload in news:
        places[number] = position, len(payload)
        payloads.append(payload)
        position += len(payload)
    head = _head(data)
    # The places stand in the box and hang on its length, which does not hang on them.
    length = len(head) + len(_meta(meta, parts, news, places, 0)) + 8
    return b"".join(
        [
            head,
            _meta(meta, parts, news, places, length),
            struct.pack(">I4s", position + 8, b"mdat"),
            *payloads,
        ]
    )


def _frames(data, position, end):
    """The largest number of frames of a track of a film, whose box has this payload."""
    ranges = [(position, end)]
    for level in (b"trak", b"mdia", b"minf", b"stbl", b"stsz"):
        ranges = [
            (at, stop)
            for outer in ranges
            for name, _start, at, stop in boxes(data, *outer)
            if name == level
        ]
    # A version, the size of all frames when it is the same, and their number.
    return max(
        (int.from_bytes(data[at + 8 : at + 12], "big") for at, _s in ranges), default=0
    )


def _size(meta):
    for name, payload in meta.properties_of(meta.primary):
        if name == b"ispe" and len(payload) >= 12:
            return struct.unpack(">II", payload[4:12])
    return 0, 0


def _orientation(meta):
    turned, mirrored = 0, None
    for name, payload in meta.properties_of(meta.primary):
        if name == b"irot" and payload:
            turned = payload[0] & 3
        elif name == b"imir" and payload:
            mirrored = payload[0] & 1
    return ORIENTATIONS[mirrored, turned]


def _metadata(data, meta):
    exif = xmp = b""
    for item in meta.items.values():
        if item.kind == b"Exif":
            exif = exif or _exif(_bytes(data, item))
        elif item.kind == b"mime" and item.content_type == XMP_TYPE:
            xmp = xmp or _bytes(data, item)
    return Metadata(exif, xmp)


def _bytes(data, item):
    return b"".join(data[start:end] for start, end in item.extents[:16])


def _exif(payload):
    """The TIFF structure; before it stand its offset and perhaps a head as in JPEG."""
    return payload[4 + int.from_bytes(payload[:4], "big") :]


def _gathered(data, meta, parts):
    """({item: (place, length)}, bytes) of a new mdat box with the picture alone."""
    view, known = memoryview(data), {}
    places, payloads, position = {}, [], 0
    for number in parts:
        extents = meta.items[number].extents
        if extents not in known:
            length = sum(max(0, end - start) for start, end in extents)
            known[extents] = position, length
            payloads += [view[start:end] for start, end in extents]
            position += length
        places[number] = known[extents]
        if position > len(data):
            raise ValueError("the pieces of the picture overlap")
    return places, payloads


def _news(metadata, number):
    """(item, its entry in iinf, its bytes) of the metadata to be written."""
    news = []
    if metadata.exif:
        news.append((number, b"Exif\x00", b"\x00" * 4 + metadata.exif))
        number += 1
    if metadata.xmp:
        news.append((number, b"mime\x00" + XMP_TYPE + b"\x00", metadata.xmp))
    return news


def _head(data):
    profiles = sorted(brands(data) & {b"MA1A", b"MA1B"})
    return _box(b"ftyp", b"avif", b"\x00" * 4, b"avifmif1miaf", *profiles)


def _meta(meta, parts, news, places, mdat):
    """The meta box anew; `mdat` is where the payload of the mdat box begins."""
    infos = [(number, meta.items[number].kind + b"\x00") for number in parts]
    infos += [(number, info) for number, info, _payload in news]
    return _full_box(
        b"meta",
        _full_box(b"hdlr", b"\x00" * 4, b"pict", b"\x00" * 13),
        _full_box(b"pitm", struct.pack(">I", meta.primary), version=1),
        _full_box(
            b"iloc",
            # Places and lengths of four bytes, and no base.
            struct.pack(">BBI", 0x44, 0x00, len(infos)),
            *(
                struct.pack(">IHHHII", number, 0, 0, 1, mdat + place, length)
                for number, (place, length) in sorted(places.items())
            ),
            version=2,
        ),
        _full_box(
            b"iinf",
            struct.pack(">I", len(infos)),
            *(
                _full_box(b"infe", struct.pack(">IH", number, 0), info, version=3)
                for number, info in infos
            ),
            version=1,
        ),
        *_iref(meta, parts, news),
        _iprp(meta, parts),
    )


def _iref(meta, parts, news):
    """What of the picture belongs to what, and to which picture the metadata."""
    references = [
        (name, source, targets)
        for name, source, targets in meta.references
        if source in parts and set(targets) <= set(parts)
    ]
    references += [(b"cdsc", number, (meta.primary,)) for number, _i, _p in news]
    if not references:
        return
    yield _full_box(
        b"iref",
        *(
            _box(
                name, struct.pack(f">IH{len(targets)}I", source, len(targets), *targets)
            )
            for name, source, targets in references
        ),
        version=1,
    )


def _iprp(meta, parts):
    """The properties of the picture, numbered anew."""
    used = {index for number in parts for index, _e in meta.items[number].properties}
    kept = [i for i in sorted(used) if meta.properties[i - 1][4:8] in OF_THE_PICTURE]
    numbers = {index: number for number, index in enumerate(kept, start=1)}
    associations = []
    for item in parts:
        own = [
            numbers[index] | (0x8000 if essential else 0)
            for index, essential in meta.items[item].properties
            if index in numbers
        ]
        associations.append(struct.pack(f">IB{len(own)}H", item, len(own), *own))
    return _box(
        b"iprp",
        _box(b"ipco", *(meta.properties[index - 1] for index in kept)),
        _full_box(
            b"ipma", struct.pack(">I", len(parts)), *associations, version=1, flags=1
        ),
    )


def _box(name, *parts):
    payload = b"".join(parts)
    return struct.pack(">I4s", len(payload) + 8, name) + payload


def _full_box(name, *parts, version=0, flags=0):
    return _box(name, struct.pack(">I", version << 24 | flags), *parts)
