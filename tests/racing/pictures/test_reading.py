"""What a file says of itself: racing.pictures.reading."""

import datetime as dt
import hashlib
import io

import pytest

from racing.pictures import iptc
from racing.pictures.reading import Told, told
from tests.racing.pictures import files

ELEMENTS = """
<dc:creator><rdf:Seq><rdf:li>Nils Öberg</rdf:li><rdf:li>Eva Ek</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">In the pits</rdf:li>
<rdf:li xml:lang="sv-SE">I depån</rdf:li><rdf:li xml:lang="en">In the pits</rdf:li>
<rdf:li xml:lang="de">In der Box</rdf:li></rdf:Alt></dc:description>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© Öberg</rdf:li></rdf:Alt></dc:rights>
<dc:subject><rdf:Bag><rdf:li>TCR</rdf:li><rdf:li>Audi</rdf:li></rdf:Bag></dc:subject>
<Iptc4xmpCore:Location>Depån</Iptc4xmpCore:Location>
<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="en">Free</rdf:li></rdf:Alt></xmpRights:UsageTerms>
<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource">
<plus:LicensorURL>https://example.com/buy</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>
<cc:license rdf:resource="https://creativecommons.org/licenses/by/4.0/"/>
"""
ATTRIBUTES = """photoshop:Credit="Foto: Öberg" photoshop:City="Hockenheim"
photoshop:Country="Tyskland" photoshop:Headline="Byte" photoshop:DateCreated="2022-05-14T10:00"
xmpRights:WebStatement="javascript:alert(1)" """


def photo(kind="JPEG", **blocks):
    return files.with_metadata(files.saved(files.picture((16, 16)), kind), **blocks)


def told_of(data):
    return told(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_xmp_is_read_from_elements_and_attributes_in_every_kind_of_file(kind):
    data = photo(kind, xmp=files.packet(ELEMENTS, attributes=ATTRIBUTES))
    assert told_of(data) == Told(
        photographer="Nils Öberg, Eva Ek",
        credit="Foto: Öberg",
        copyright="© Öberg",
        captions={"sv": "I depån", "en": "In the pits"},
        headline="Byte",
        taken_on=dt.date(2022, 5, 14),
        taken_at="Depån, Hockenheim, Tyskland",
        keywords=("TCR", "Audi"),
        terms={"en": "Free"},
        licence_url="https://creativecommons.org/licenses/by/4.0/",
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_exif_tells_what_nothing_else_does(kind):
    block = files.camera_exif(artist="Eva\x01  Ek\x00", description="SONY DSC")
    assert told_of(photo(kind, exif=block)) == Told(
        photographer="Eva Ek", taken_on=dt.date(2022, 5, 13), has_gps=True
    )


def test_a_fact_is_taken_from_xmp_then_iptc_then_exif():
    data = photo(
        exif=files.camera_exif(),
        xmp=files.packet("", attributes='photoshop:Credit="XMP"'),
        iptc=iptc.written({iptc.CREDIT: "IPTC", iptc.BYLINE: "Öberg"}),
    )
    read = told_of(data)
    assert (read.credit, read.photographer) == ("XMP", "Öberg")
    assert read.taken_on == dt.date(2022, 5, 13)
    # A program that knows no XMP changes the datasets, and not the digest beside them.
    changed = data.replace(b"IPTC", b"NEWS")
    assert told_of(changed).credit == "NEWS"
    unmarked = data.replace(
        hashlib.md5(
            iptc.written({iptc.CREDIT: "IPTC", iptc.BYLINE: "Öberg"}),
            usedforsecurity=False,
        ).digest(),
        b"\x00" * 16,
    )
    assert told_of(unmarked).credit == "XMP"


@pytest.mark.parametrize(
    ("charset", "value"),
    [
        (b"\x1b%G", "Märta".encode()),
        (b"", "Märta".encode()),
        (b"", "Märta".encode("latin-1")),
        (b"\x1b.A", "Märta".encode("latin-1")),
        (b"\x1b%G", "Märta".encode("latin-1")),
        (b"\x1b%G", "Ma\u0308rta\u202e".encode()),
    ],
)
def test_iptc_is_read_in_the_charset_it_was_written_in(charset, value):
    datasets = bytes([0x1C, 2, iptc.BYLINE, 0, len(value)]) + value
    if charset:
        datasets = bytes([0x1C, 1, 90, 0, len(charset)]) + charset + datasets
    assert told_of(photo(iptc=datasets)).photographer == "Märta"


BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    + files.packet("<dc:creator>&b;</dc:creator>")
)


@pytest.mark.parametrize(
    "blocks",
    [
        {"xmp": BOMB},
        {"xmp": BOMB.decode().encode("utf-16")},
        {"xmp": b"<x"},
        {"xmp": files.packet("<dc:title>")},
        {"xmp": b"<?xml version='1.0' encoding='nonsense'?><a/>"},
        {"xmp": files.packet("", attributes='photoshop:DateCreated="2022-13-45"')},
        {"xmp": files.packet("", attributes='xmpRights:WebStatement="http://[x"')},
        {"iptc": b"\x1c\x02\x50\x80\x04\xff\xff\xff\xff"},
        {"iptc": b"\x1c\x02\x50\x00\xffA"},
        {"exif": b"MM\x00*\xff\xff\xff\xff"},
        {"exif": b"II*\x00\x08\x00\x00\x00\xff\xff"},
        {"exif": b"nonsense"},
    ],
)
def test_malformed_metadata_tells_nothing(blocks):
    assert told_of(photo(**blocks)) == Told()


def test_what_is_no_photo_tells_nothing():
    assert told_of(b"") == told_of(b"%PDF-1.7") == told_of(b"\xff\xd8\xff") == Told()


def test_xmp_of_many_levels_is_read_without_delay():
    deep = "<plus:LicensorURL>" * 30_000 + "</plus:LicensorURL>" * 30_000
    data = photo("PNG", xmp=files.packet(deep))
    assert told_of(data).licence_url == ""
