"""What may be uploaded as a photo: racing.uploads."""

import struct
import zipfile
import zlib
from functools import cache
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from racing import uploads
from racing.models import Photo
from racing.pictures.labels import Label
from racing.pictures.splicing import labelled
from racing.uploads import validate_photo
from tests.constraints import sentences
from tests.factories import image_file, make_photo
from tests.racing.pictures import files

pytestmark = pytest.mark.usefixtures("english")

UNREADABLE = "The file is not a JPEG, PNG, WebP or AVIF image that can be read."
TOO_MANY_PIXELS = "The image has more than 60 megapixels."


DAMAGED = "The file is damaged or incomplete. Export or copy the photo again."
AGAIN = " is hidden in the image. Export the photo again and upload the new file."
SUFFIXES = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "HEIC": "heic"}


def upload(data, kind="JPEG"):
    return ContentFile(data, name=f"photo.{SUFFIXES[kind]}")


def refusal_of(file):
    with pytest.raises(ValidationError) as refusal:
        validate_photo(file)
    (sentence,) = refusal.value.messages
    return sentence


def png_of(width, height):
    """A PNG that claims a size in its header and has no pixels at all."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    return ContentFile(
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", len(header))
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + struct.pack(">I", 0)
        + b"IDAT"
        + struct.pack(">I", zlib.crc32(b"IDAT")),
        name="bomb.png",
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("photo.jpg", "JPEG"),
        ("PHOTO.JPEG", "JPEG"),
        ("photo.png", "PNG"),
        ("photo.webp", "WEBP"),
        ("photo.avif", "AVIF"),
    ],
)
def test_photo_of_a_known_kind_is_accepted(name, kind):
    file = image_file(name=name, kind=kind)
    validate_photo(file)
    assert file.tell() == 0


def test_jpeg_with_a_second_picture_is_accepted_as_a_phone_makes_it():
    buffer = BytesIO()
    picture = Image.new("RGB", (60, 40), "#d3121b")
    picture.save(buffer, "MPO", save_all=True, append_images=[picture])
    validate_photo(ContentFile(buffer.getvalue(), name="phone.jpg"))


@pytest.mark.parametrize(
    ("name", "kind", "sentence"),
    [
        (
            "photo.png",
            "JPEG",
            "The file is a JPEG image, but its name ends in “.png”.",
        ),
        ("photo.jpg", "PNG", "The file is a PNG image, but its name ends in “.jpg”."),
        ("photo.svg", "WEBP", "The file is a WebP image, but its name ends in “.svg”."),
        ("photo", "JPEG", "The file is a JPEG image, but its name ends in “”."),
        ("photo.gif", "GIF", UNREADABLE),
        ("photo.jpg", "TIFF", UNREADABLE),
        ("photo.png", "BMP", UNREADABLE),
    ],
)
def test_photo_that_is_not_what_its_name_says_is_refused(name, kind, sentence):
    assert refusal_of(image_file(name=name, kind=kind)) == sentence


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"<?xml version='1.0'?><rss/>",
        b"\x00\x00\x00\x14ftypmp42\x00\x00\x00\x00mp42",
    ],
)
def test_file_that_is_no_image_is_refused(data):
    assert refusal_of(ContentFile(data, name="photo.jpg")) == UNREADABLE


def test_large_file_is_refused_before_it_is_opened(monkeypatch):
    file = image_file()
    monkeypatch.setattr(uploads, "MAX_BYTES", file.size - 1)
    assert refusal_of(file) == "The file is larger than 30 MB."


@pytest.mark.parametrize(
    "size",
    [
        (60_001, 1000),  # one line of pixels too many
        (10_000, 10_000),  # Pillow warns from 89 megapixels on
        (60_000, 60_000),  # and refuses from twice that on
    ],
)
def test_bomb_is_refused_by_its_header(size):
    assert refusal_of(png_of(*size)) == TOO_MANY_PIXELS


def test_photo_of_60_megapixels_is_accepted():
    image = Image.new("L", (60_000, 1000))
    file = upload(files.saved(image, "PNG", compress_level=1), "PNG")
    validate_photo(file)
    assert file.tell() == 0


@pytest.mark.parametrize("size", [(1, 1), (1, 60_000), (60_000, 1)])
def test_photo_of_an_extreme_shape_is_accepted(size):
    validate_photo(image_file(size=size))


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        *(("CMYK", "JPEG"), ("L", "JPEG"), ("I;16", "PNG"), ("P", "PNG")),
        *(("1", "PNG"), ("LA", "PNG"), ("RGBA", "PNG"), ("RGBA", "WEBP")),
        ("RGBA", "AVIF"),
    ],
)
def test_photo_of_any_colours_is_accepted(mode, kind):
    data = files.saved(Image.new(mode, (40, 30)), kind)
    validate_photo(upload(data, kind))


@pytest.mark.django_db
def test_photo_that_has_left_the_disk_is_refused_in_words():
    photo = make_photo()
    photo.image.storage.delete(photo.image.name)
    photo = type(photo).objects.get(pk=photo.pk)
    assert sentences(photo) == [UNREADABLE]


def test_stored_photo_can_be_checked_again_and_again(db):
    make_photo()
    photo = Photo.objects.get()
    photo.full_clean()
    photo.full_clean()
    assert photo.image.closed


# What is no photo, in words


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- made by hand -->\n<!DOCTYPE svg>\n<svg>",
        b"<s:svg xmlns:s='http://www.w3.org/2000/svg'/>",
    ],
)
def test_drawing_is_refused(data):
    assert refusal_of(upload(data)) == "Drawings in SVG are not taken as photos."


@pytest.mark.parametrize(
    "data",
    [b"<!DOCTYPE html><html>", b"\n<!-- a --><HTML>", b"<script>alert(1)</script>"],
)
def test_web_page_is_refused(data):
    assert refusal_of(upload(data)) == "The file is a web page, not a photo."


def test_heic_is_taken_where_it_can_be_read_alone(monkeypatch):
    heic = upload(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "HEIC")
    assert uploads.reads_heic() is False
    assert (
        refusal_of(heic)
        == "HEIC images cannot be read here. Export the photo as a JPEG instead."
    )
    monkeypatch.setattr(uploads, "reads_heic", lambda: True)
    assert refusal_of(heic) == UNREADABLE


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_animated_image_is_refused(kind):
    frames = [files.picture(), files.picture().rotate(180)]
    data = files.saved(frames[0], kind, save_all=True, append_images=frames[1:])
    sentence = "The image is animated. Upload a single picture instead."
    assert refusal_of(upload(data, kind)) == sentence


# What hides in a photo


def zipped():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("Main.class", b"\xca\xfe\xba\xbe")
    return buffer.getvalue()


STOWAWAYS = {
    "An archive such as a ZIP file": [
        zipped(),
        b"Rar!\x1a\x07\x00",
        zipped() + b"later",
    ],
    "A PDF document": [b"%PDF-1.7 1 0 obj"],
    "Code of a web page": [
        *(b"<script>alert(1)</script>", b"<!DOCTYPE html>", b"<?php system(1);"),
        *(b"<ScRiPt src=x>", b"<html>", b"<svg onload='a()'>"),
    ],
    "A program": [
        *(b"MZ\x90" + b"\x00" * 75 + b"This program cannot be run in DOS mode",),
        *(b"\x7fELF\x02\x01\x01\x00", b"#!/bin/sh", b"\xca\xfe\xba\xbe\x00\x00"),
    ],
}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("what", STOWAWAYS)
def test_another_file_behind_a_photo_is_refused(kind, what):
    data = files.saved(files.picture(), kind)
    for stowaway in STOWAWAYS[what]:
        assert refusal_of(upload(data + stowaway, kind)) == what + AGAIN


def test_another_file_within_a_photo_is_refused():
    jpeg = files.saved(files.picture())
    for marker in (0xFE, 0xE4):
        hidden = files.with_segment(jpeg, marker, b"%PDF-1.7")
        assert refusal_of(upload(hidden)) == "A PDF document" + AGAIN
        hidden = files.with_segment(jpeg, marker, b"<?php system($_GET[0]);")
        assert refusal_of(upload(hidden)) == "Code of a web page" + AGAIN
    text = PngInfo()
    text.add_text("Comment", "<script>alert(1)</script>")
    png = files.saved(files.picture(), "PNG", pnginfo=text)
    assert refusal_of(upload(png, "PNG")) == "Code of a web page" + AGAIN
    webp = files.saved(files.picture(), "WEBP", xmp=b"<script>alert(1)</script>")
    assert refusal_of(upload(webp, "WEBP")) == "Code of a web page" + AGAIN


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_what_phones_put_behind_a_photo_is_accepted(kind):
    """Padding, a film, another picture, a trailer of the maker."""
    data = files.saved(files.picture(), kind)
    grain = Image.effect_noise((1000, 2000), 90).tobytes()
    film = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + grain
    for tail in (b"\x00" * 5000, film, data, b"SEFH\x68\x00\x00\x00SEFT"):
        validate_photo(upload(data + tail, kind))


def test_compressed_pixels_may_look_like_anything():
    """Pixels of a PNG that is not compressed are bytes as they are."""
    text = b"<script>Rar!\x1a\x07<html> This program cannot be run in DOS mode"
    rows = zlib.compress((b"\x00" + text) * 100, level=0)
    header = struct.pack(">IIBBBBB", len(text), 100, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(payload))
        + name
        + payload
        + struct.pack(">I", zlib.crc32(name + payload))
        for name, payload in chunks
    )
    assert text in data
    validate_photo(upload(data, "PNG"))


# What is broken


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("PNG", b"\x89PNG\r\n\x1a\n"),
        ("JPEG", b"\xff\xd8\xff\xe0"),
        ("WEBP", b"RIFF\x00\x00\x00\x00WEBP"),
    ],
)
def test_photo_without_anything_behind_its_head_is_refused(kind, data):
    assert refusal_of(upload(data, kind)) == DAMAGED


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_photo_that_is_cut_off_is_refused(kind):
    data = files.saved(files.picture(), kind)
    for part in (0.5, 0.9, 0.99):
        assert refusal_of(upload(data[: int(len(data) * part)], kind)) == DAMAGED


def test_photo_whose_pixels_are_spoilt_is_refused():
    data = bytearray(files.saved(files.picture(), "PNG"))
    data[len(data) // 2] ^= 0xFF
    assert refusal_of(upload(bytes(data), "PNG")) == DAMAGED


@pytest.mark.filterwarnings("ignore::UserWarning")
@settings(max_examples=150, deadline=None)
@given(
    kind=st.sampled_from(["JPEG", "PNG", "WEBP", "AVIF"]),
    place=st.integers(0, 10_000),
    change=st.binary(max_size=4),
    length=st.integers(0, 8),
)
def test_whatever_is_uploaded_is_taken_or_refused_in_words(kind, place, change, length):
    """And what is taken can be labelled."""
    data = sound(kind)
    place %= len(data)
    data = data[:place] + change + data[place + length :]
    with translation.override("en"):
        try:
            validate_photo(upload(data, kind))
        except ValidationError:
            return
    assert labelled(data, Label(creator="Märta Ek"))


@cache
def sound(kind):
    data = files.saved(files.picture((24, 16)), kind)
    return files.with_metadata(
        data, exif=files.camera_exif(), xmp=files.packet("<dc:title>Depån</dc:title>")
    )
