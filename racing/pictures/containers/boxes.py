"""Boxes of the ISO base media file format, ISO/IEC 14496-12, as AVIF and HEIC use them.

A still picture is an item of the `meta` box (ISO/IEC 23008-12, HEIF): `iinf` tells the
kind of each item, `iloc` where its bytes are, `iprp` its properties and `iref` how
items hang together. Everything here raises ValueError for what is malformed.
"""

import struct
from dataclasses import dataclass, field

from racing.pictures.containers.contents import MOST_PARTS

# Of a photo: the largest are laid together of some hundred tiles.
MOST_ITEMS = 4096
# Tiles of a grid, and the alpha of each.
DEEPEST = 4
IN_THE_FILE, IN_THE_META_BOX = 0, 1
ALPHAS = (
    b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha",
    b"urn:mpeg:hevc:2015:auxid:1",
)
REFERENCES_OF_PICTURES = (b"dimg", b"auxl", b"prem")


@dataclass
class Item:
    """`extents` are ranges of the whole file."""

    kind: bytes = b""
    content_type: bytes = b""
    extents: tuple[tuple[int, int], ...] = ()
    # (number of a property, counted from 1; whether a reader must know it)
    properties: list[tuple[int, bool]] = field(default_factory=list)


@dataclass
class Meta:
    primary: int
    items: dict[int, Item]
    # Each a whole box of the file.
    properties: list[bytes]
    references: list[tuple[bytes, int, tuple[int, ...]]]

    def properties_of(self, number):
        """(name, payload) of each property of an item, in order."""
        for index, _essential in self.items[number].properties:
            box = self.properties[index - 1]
            yield box[4:8], box[8:]

    def parts_of_the_picture(self):
        """The numbers of the primary item, the tiles it is laid of and its alpha."""
        parts, new = set(), {self.primary}
        for _level in range(DEEPEST):
            parts |= new
            found = set()
            for name, source, targets in self.references:
                if name == b"dimg" and source in new:
                    found.update(targets)
                elif name == b"auxl" and not new.isdisjoint(targets):
                    found.update({source} if self._is_alpha(source) else ())
            new = found & self.items.keys() - parts
        return parts

    def _is_alpha(self, number):
        return number in self.items and any(
            name == b"auxC" and payload[4:].split(b"\x00")[0] in ALPHAS
            for name, payload in self.properties_of(number)
        )


class Fields:
    """The numbers of a box, read one after the other."""

    def __init__(self, data, position, end):
        self.data, self.position, self.end = data, position, end

    def number(self, size):
        return int.from_bytes(self.bytes(size), "big")

    def bytes(self, size):
        start, self.position = self.position, self.position + size
        if self.position > self.end:
            raise ValueError("a box ends too early")
        return self.data[start : self.position]

    def text(self):
        """Bytes up to a NUL, or to the end of the box."""
        start, stop = self.position, self.data.find(b"\x00", self.position, self.end)
        stop = self.end if stop < 0 else stop
        self.position = min(stop + 1, self.end)
        return self.data[start:stop]

    def version(self):
        """(version, flags) of a full box."""
        return self.number(1), self.number(3)


def boxes(data, position, end):
    """(name, start, start of the payload, end) of the boxes that lie in a range.

    Stops where what follows is no box: a file may go on behind its picture.
    """
    for _number in range(MOST_PARTS):
        if position + 8 > end:
            return
        length, name = struct.unpack_from(">I4s", data, position)
        payload = position + 8
        if length == 1:
            length = int.from_bytes(data[payload : payload + 8], "big")
            payload += 8
        elif length == 0:
            length = end - position
        if length < payload - position or position + length > end:
            return
        yield name, position, payload, position + length
        position += length


def read_meta(data, position, end):
    """The `meta` box whose payload lies in a range."""
    found = {name: (at, stop) for name, _s, at, stop in boxes(data, position + 4, end)}
    if not {b"pitm", b"iinf", b"iloc"} <= found.keys():
        raise ValueError("no picture in the meta box")
    items = dict(_infos(Fields(data, *found[b"iinf"])))
    inner = found.get(b"idat", (0, 0))
    for number, extents in _places(Fields(data, *found[b"iloc"]), inner, len(data)):
        if number in items:
            items[number].extents = extents
    meta = Meta(
        primary=_primary(Fields(data, *found[b"pitm"])),
        items=items,
        properties=_properties(data, found, items),
        references=list(_references(data, *found.get(b"iref", (0, 0)))),
    )
    if meta.primary not in items:
        raise ValueError("the picture is missing")
    return meta


def _primary(fields):
    version, _flags = fields.version()
    return fields.number(4 if version else 2)


def _infos(fields):
    version, _flags = fields.version()
    count = fields.number(4 if version else 2)
    if count > MOST_ITEMS:
        raise ValueError("too many items")
    for name, _start, position, end in boxes(fields.data, fields.position, fields.end):
        info = Fields(fields.data, position, end)
        version, _flags = info.version()
        if name != b"infe" or version not in (2, 3):
            continue
        number = info.number(4 if version == 3 else 2)
        info.number(2)  # protection
        item = Item(kind=info.bytes(4))
        info.text()  # name
        if item.kind == b"mime":
            item.content_type = info.text()
        yield number, item


def _places(fields, inner, length):
    """(item, its ranges of the file) for each item whose bytes lie in the file."""
    version, _flags = fields.version()
    sizes = fields.number(2)
    offset_size, length_size, base_size, index_size = (
        sizes >> shift & 15 for shift in (12, 8, 4, 0)
    )
    wide = 4 if version == 2 else 2
    extents_left = MOST_ITEMS
    for _number in range(min(fields.number(wide), MOST_ITEMS)):
        item = fields.number(wide)
        method = fields.number(2) & 15 if version else IN_THE_FILE
        elsewhere = fields.number(2)
        base = fields.number(base_size)
        extents = []
        count = fields.number(2)
        extents_left -= count
        if extents_left < 0:
            raise ValueError("too many pieces")
        for _extent in range(count):
            fields.number(index_size if version else 0)
            start = base + fields.number(offset_size)
            size = fields.number(length_size)
            start += inner[0] if method == IN_THE_META_BOX else 0
            end = inner[1] if method == IN_THE_META_BOX else length
            extents.append((start, start + size if size else end))
        if method in (IN_THE_FILE, IN_THE_META_BOX) and not elsewhere:
            yield item, tuple(extents)


def _properties(data, found, items):
    """The boxes of all properties; which are whose goes into the items."""
    properties = []
    for name, _start, position, end in boxes(data, *found.get(b"iprp", (0, 0))):
        if name == b"ipco":
            inside = boxes(data, position, end)
            # A long head is written as a short one.
            properties = [
                struct.pack(">I4s", 8 + stop - at, kind) + data[at:stop]
                for kind, _s, at, stop in inside
            ]
        elif name == b"ipma":
            _associate(Fields(data, position, end), items)
    for item in items.values():
        item.properties = [
            (index, essential)
            for index, essential in item.properties
            if 0 < index <= len(properties)
        ]
    return properties


def _associate(fields, items):
    version, flags = fields.version()
    for _number in range(min(fields.number(4), MOST_ITEMS)):
        number = fields.number(4 if version else 2)
        for _association in range(fields.number(1)):
            size = 2 if flags & 1 else 1
            value = fields.number(size)
            essential = 1 << (8 * size - 1)
            if number in items:
                index = value & (essential - 1)
                items[number].properties.append((index, bool(value & essential)))


def _references(data, position, end):
    if position == end:
        return
    fields = Fields(data, position, end)
    version, _flags = fields.version()
    wide = 4 if version else 2
    for name, _start, at, stop in boxes(data, fields.position, end):
        reference = Fields(data, at, stop)
        if name in REFERENCES_OF_PICTURES:
            source = reference.number(wide)
            count = min(reference.number(2), MOST_ITEMS)
            yield name, source, tuple(reference.number(wide) for _ in range(count))
