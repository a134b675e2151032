"""What may be uploaded as a photo: racing.uploads."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from racing import uploads
from racing.models import Photo
from racing.uploads import validate_photo
from tests.constraints import sentences
from tests.factories import image_file, make_photo

pytestmark = pytest.mark.usefixtures("english")

UNREADABLE = "The file is not a JPEG, PNG or WebP image that can be read."
TOO_MANY_PIXELS = "The image has more than 60 megapixels."


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
        ("photo.svg", "WEBP", "The file is a WEBP image, but its name ends in “.svg”."),
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
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"RIFF\x00\x00\x00\x00WEBP",
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
    validate_photo(png_of(60_000, 1000))


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
