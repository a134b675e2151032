"""XMP packets: RDF in XML, ISO 16684-1, and the properties of them that matter here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

# A packet in a JPEG has at most 64 kB; those of other files are not much longer.
LARGEST = 1024 * 1024
NAMESPACES = {
    "cc": "http://creativecommons.org/ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
}
ANY_LANGUAGE = "x-default"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# What XML 1.0 cannot hold, escaped or not.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def named(name: str) -> str:
    """`dc:title` as the parser writes it."""
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


_RDF, _DESCRIPTION, _ITEM, _RESOURCE = (
    named(f"rdf:{name}") for name in ("RDF", "Description", "li", "resource")
)


@dataclass(frozen=True)
class Packet:
    """The descriptions of a packet; properties are attributes or elements of them."""

    descriptions: tuple[ET.Element, ...] = ()

    def texts(self, name: str) -> list[str]:
        """The values of a property: one, or those of its bag or sequence."""
        return [text for _language, text in self.alternatives(name)]

    def alternatives(self, name: str) -> list[tuple[str, str]]:
        """(language, text) of a property; the language is empty where none is given."""
        return [
            (language, text.strip())
            for description in self.descriptions
            for language, text in _values(description, named(name))
            if text.strip()
        ]

    def anywhere(self, name: str) -> list[str]:
        """The values of a property, however deep it stands in a structure."""
        tag = named(name)
        return [
            text.strip()
            for description in self.descriptions
            for element in description.iter()
            for _language, text in _values(element, tag)
            if text.strip()
        ]


def read(packet: bytes) -> Packet:
    """What a packet says; nothing where it is malformed.

    A document type is refused: XMP has none, and entities are declared there.
    """
    if len(packet) > LARGEST:
        return Packet()
    packet = packet.strip(b"\x00 \t\r\n")
    letters = packet.replace(b"\x00", b"")  # whatever the encoding
    if b"<!D" in letters or b"<!E" in letters:
        return Packet()
    try:
        root = ET.fromstring(packet)  # noqa: S314, no entity can be declared
    except (ET.ParseError, LookupError, ValueError):
        return Packet()
    rdf = next(root.iter(_RDF), None)
    return Packet() if rdf is None else Packet(tuple(rdf.iterfind(_DESCRIPTION)))


def _values(element, tag) -> Iterator[tuple[str, str]]:
    if tag in element.attrib:
        yield "", element.attrib[tag]
    for child in element.iterfind(tag):
        items = [item for array in child for item in array.iterfind(_ITEM)]
        for holder in items or [child]:
            text = holder.text or holder.get(_RESOURCE) or ""
            yield holder.get(_LANGUAGE, ""), text


# Writing


def packet(properties: dict[str, str]) -> bytes:
    """A packet of properties, each given by its name and what stands inside of it.

    What stands inside is made by the functions below, which escape texts. An empty one
    is left out.
    """
    spaces = "".join(
        f'\n  xmlns:{prefix}="{address}"'
        for prefix, address in NAMESPACES.items()
        if prefix != "rdf" and any(name.startswith(f"{prefix}:") for name in properties)
    )
    inside = "\n".join(
        f"  <{name}>{value}</{name}>" for name, value in properties.items() if value
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f'<rdf:RDF xmlns:rdf="{NAMESPACES["rdf"]}">\n'
        f' <rdf:Description rdf:about=""{spaces}>\n'
        f"{inside}\n"
        " </rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    ).encode()


def text(value: str) -> str:
    """A text as XML."""
    return escape(_UNWRITABLE.sub("", value))


def sequence(values: list[str]) -> str:
    """An ordered array of texts."""
    items = "".join(f"<rdf:li>{text(value)}</rdf:li>" for value in values if value)
    return items and f"<rdf:Seq>{items}</rdf:Seq>"


def languages(texts: dict[str, str]) -> str:
    """Texts by language; the first of them stands for any other language too."""
    known = {language: value for language, value in texts.items() if value}
    if not known:
        return ""
    # The default stands first, and again under its own language (ISO 16684-1, 8.2.2.4).
    every = {ANY_LANGUAGE: next(iter(known.values()))} | known
    items = "".join(
        f'<rdf:li xml:lang="{language}">{text(value)}</rdf:li>'
        for language, value in every.items()
    )
    return f"<rdf:Alt>{items}</rdf:Alt>"


def structures(fields: dict[str, str]) -> str:
    """An ordered array of one structure with these fields."""
    inside = "".join(
        f"<{name}>{text(value)}</{name}>" for name, value in fields.items() if value
    )
    return inside and (
        f'<rdf:Seq><rdf:li rdf:parseType="Resource">{inside}</rdf:li></rdf:Seq>'
    )
