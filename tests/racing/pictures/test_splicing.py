"""Copies with a label and nothing else, whose pixels stay: racing.pictures.splicing."""

import datetime as dt
import io
import json
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from racing.pictures import exif, iptc, labels, xmp
from racing.pictures.containers import kinds
from racing.pictures.labels import Label
from racing.pictures.reading import told, upright_size
from racing.pictures.splicing import labelled, stripped
from tests.racing.pictures import files

LABEL = Label(
    creator="Märta Ek",
    credit="Foto: Märta Ek / <Norrsken> & Co",
    copyright="© 2022 Norrsken",
    captions={"sv": "Åsa Öberg i depån", "en": "Åsa Öberg in the pits"},
    terms={"sv": "Fri för redaktionell användning", "en": "Free for editorial use"},
    licence_url="https://example.com/terms?a=1&b=2",
    page_url="https://example.com/press",
    taken_on=dt.date(2022, 5, 14),
    place="Hockenheim",
    title="Depån",
)
KINDS = {
    "photo.jpg": ("JPEG", "RGB", {}),
    "progressive.jpg": ("JPEG", "RGB", {"progressive": True}),
    "grey.jpg": ("JPEG", "L", {}),
    "cmyk.jpg": ("JPEG", "CMYK", {}),
    "photo.png": ("PNG", "RGB", {}),
    "alpha.png": ("PNG", "RGBA", {}),
    "palette.png": ("PNG", "P", {}),
    "lossy.webp": ("WEBP", "RGB", {}),
    "lossless.webp": ("WEBP", "RGBA", {"lossless": True}),
    "alpha.webp": ("WEBP", "RGBA", {}),
    "photo.avif": ("AVIF", "RGB", {}),
    "alpha.avif": ("AVIF", "RGBA", {}),
}


def photo(name, orientation=6):
    """A file of a kind with what a camera and a desk write; AVIF turns by itself."""
    kind, mode, settings = KINDS[name]
    block = Image.Exif()
    block[0x0112] = orientation
    data = files.saved(files.picture(mode=mode), kind, exif=block, **settings)
    return files.with_metadata(
        data,
        exif=files.camera_exif(orientation=orientation),
        xmp=files.packet("<dc:title>SECRET</dc:title>"),
        iptc=iptc.written({iptc.CAPTION: "SECRET"}),
    )


@pytest.mark.parametrize("name", KINDS)
def test_a_labelled_copy_keeps_the_pixels_and_loses_all_else(name):
    data = photo(name)
    assert files.SERIAL.encode() in data
    copy = labelled(data + b"BEHIND THE END", LABEL)
    assert files.pixels(copy) == files.pixels(data)
    traces = (files.SERIAL.encode(), files.MAKER_NOTE, b"SECRET", b"BEHIND")
    assert [trace for trace in traces if trace in copy] == []
    read = told(io.BytesIO(copy))
    assert (read.photographer, read.credit) == (LABEL.creator, LABEL.credit)
    assert (read.captions, read.terms) == (LABEL.captions, LABEL.terms)
    assert (read.copyright, read.licence_url) == (LABEL.copyright, LABEL.licence_url)
    assert (read.taken_on, read.taken_at) == (LABEL.taken_on, LABEL.place)
    assert not read.has_gps
    assert upright_size(io.BytesIO(copy)) == (80, 120)
    assert labelled(copy, LABEL) == copy == labelled(data, LABEL)


@pytest.mark.parametrize("name", ["photo.jpg", "photo.png", "lossy.webp", "photo.avif"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_labelled_copy_stands_the_same_way_up(name, orientation):
    with Image.open(io.BytesIO(labelled(photo(name, orientation), LABEL))) as copy:
        assert copy.getexif().get(0x0112, 1) == orientation


def test_a_jpeg_keeps_its_colours_and_its_density_and_loses_its_second_picture():
    profile = files.srgb_profile()
    data = files.desk_jpeg(icc_profile=profile, dpi=(300, 300))
    copy = labelled(data, LABEL)
    with Image.open(io.BytesIO(copy)) as image:
        assert image.info["icc_profile"] == profile
        assert image.info["dpi"] == (300, 300)
    assert b"A COMMENT" not in copy
    pair = files.saved(
        files.picture(), "MPO", save_all=True, append_images=[files.picture()]
    )
    assert len(labelled(pair, Label())) < len(pair) * 0.6
    with Image.open(io.BytesIO(labelled(pair, Label()))) as image:
        assert image.format == "JPEG"


@pytest.mark.parametrize("name", KINDS)
def test_exiftool_reads_the_label_where_it_is_installed(name, tmp_path):
    copy = tmp_path / name
    copy.write_bytes(labelled(photo(name), LABEL))
    with Image.open(copy) as image:
        image.load()
    if shutil.which("exiftool") is None:
        return
    answer = subprocess.run(  # noqa: S603, a program on a file of this test
        ["exiftool", "-j", "-G", "-a", copy],  # noqa: S607
        capture_output=True,
        check=True,
    )
    (tags,) = json.loads(answer.stdout)
    assert tags["XMP:Creator"] == tags["EXIF:Artist"] == LABEL.creator
    assert tags["XMP:Credit"] == LABEL.credit
    assert tags["XMP:Rights"] == tags["EXIF:Copyright"] == LABEL.copyright
    assert tags["XMP:UsageTerms-en"] == LABEL.terms["en"]
    assert tags["XMP:WebStatement"] == LABEL.licence_url
    assert tags["XMP:LicensorURL"] == LABEL.page_url
    assert tags["XMP:Description-sv"] == LABEL.captions["sv"]
    if name.endswith("jpg"):
        assert tags["IPTC:By-line"] == LABEL.creator
        assert tags["IPTC:Credit"] == LABEL.credit.encode()[:32].decode()
    strange = [tag for tag in tags if "GPS" in tag or "Serial" in tag or "Error" in tag]
    assert strange == []


def test_iptc_is_cut_at_whole_characters():
    written = iptc.read(labels.iptc_of(Label(creator="å" * 15 + "aåå")))
    assert written[iptc.BYLINE] == [("å" * 15 + "a").encode()]


def test_a_label_that_is_much_too_long_still_fits_a_jpeg():
    text = "&" * 100_000
    label = Label(
        **dict.fromkeys(("creator", "credit", "copyright", "place", "title"), text),
        captions={"sv": text, "en": text},
        terms={"sv": text, "en": text},
        licence_url=text,
        page_url=text,
    )
    data = photo("photo.jpg")
    assert files.pixels(labelled(data, label)) == files.pixels(data)


@given(st.text(st.characters(), max_size=80))
def test_a_label_of_any_text_is_well_formed(text):
    packet = xmp.read(labels.xmp_of(Label(credit=text, captions={"en": text})))
    assert packet.descriptions
    block = labels.metadata(Label(creator=text)).exif
    assert exif.read(block).has_gps is False


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        files.saved(files.picture(), "TIFF"),
        files.saved(files.picture(), "GIF"),
        b"RIFF\x04\x00\x00\x00WEBP",
    ],
)
def test_what_is_no_photo_is_not_labelled(data):
    with pytest.raises(ValueError, match=r"no |not "):
        labelled(data, LABEL)


@pytest.mark.parametrize("name", ["photo.jpg", "photo.png", "lossy.webp", "photo.avif"])
def test_a_broken_file_is_refused_and_tells_nothing_wrong(name):
    """Cut and spoilt at many places: ValueError or a picture, and never a crash."""
    data = photo(name)
    for place in range(0, len(data), max(1, len(data) // 150)):
        spoilt = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
        for broken in (data[:place], spoilt):
            told(io.BytesIO(broken))
            try:
                copy = labelled(broken, LABEL)
            except ValueError:
                continue
            assert kinds.read(copy).is_whole
            assert labelled(copy, LABEL) == copy


def test_a_stripped_copy_says_nothing():
    contents = kinds.read(stripped(files.desk_jpeg()))
    assert (contents.metadata.exif, contents.metadata.xmp) == (b"", b"")
    assert contents.metadata.iptc == b""
