"""The files of a photo as the public gets them: labelled, and only while it may.

Every file goes out with creator, credit, copyright, terms and licence as they are now:
they are put in when it is asked for, so that a corrected credit is right in every copy
at once. Nothing that the camera wrote (place, serial number) goes out.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.translation import override

from racing import darkroom
from racing.models import LANGUAGES, Photo
from racing.pictures import renditions
from racing.pictures.labels import Label
from racing.pictures.splicing import labelled

WEB, FULL = "web", "full"
CHUNK = 64 * 1024

CONTENT_TYPES = {
    ".avif": "image/avif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


def label(photo: Photo) -> Label:
    """What the files of a photo say of themselves, in both languages."""
    with override("en"):
        address = reverse("photo_detail", args=[photo.pk])
    return Label(
        creator=photo.creator,
        credit=photo.credit,
        copyright=photo.copyright_line,
        captions=_in_languages(photo, lambda p: p.caption or p.alt),
        terms=_in_languages(photo, terms),
        licence_url=photo.licence_url,
        page_url=f"{settings.SITE_URL}{address}",
        taken_on=photo.taken_on,
        place=photo.place,
        title=photo.alt_en or photo.alt_sv,
    )


def terms(photo: Photo) -> str:
    """What may be done with a photo, in words and in the active language."""
    return photo.rights_note or str(photo.get_rights_display()).capitalize()


def _in_languages(photo, told):
    found = {}
    for code in LANGUAGES:
        with override(code):
            found[code] = str(told(photo))
    return found


# One file


def etag(photo: Photo, name: str) -> str:
    """What tells one version of a file from another, without opening it."""
    text = repr((photo.content_hash, photo.developed, name, label(photo)))
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def copy(photo: Photo, name: str) -> bytes:
    """One of the copies that pages show. Raises FileNotFoundError."""
    with default_storage.open(darkroom.path(photo, name)) as file:
        return labelled(file.read(), label(photo))


def original(photo: Photo) -> bytes:
    """The photo as it came, every pixel, with our label. Raises FileNotFoundError."""
    with photo.image.storage.open(photo.image.name) as file:
        return labelled(file.read(), label(photo))


def sized(photo: Photo, size: str) -> bytes:
    """A download: the original, or the largest copy. Raises FileNotFoundError."""
    if size == FULL:
        return original(photo)
    return copy(photo, _largest(photo))


def chunks(photo: Photo) -> Iterator[bytes]:
    """The original in parts, for an archive that is sent while it is made."""
    content = original(photo)
    for start in range(0, len(content), CHUNK):
        yield content[start : start + CHUNK]


def file_name(photo: Photo, size: str = FULL) -> str:
    """How a download is called: "andreas-backman-12.jpg", "andreas-backman-12-web.jpg"."""
    return f"{photo.stem}{photo.suffix}" if size == FULL else f"{photo.stem}-web.jpg"


def content_type(name: str) -> str:
    return CONTENT_TYPES[Path(name).suffix.lower()]


def _largest(photo):
    made = renditions.renditions(photo.width, photo.height, renditions.WHOLE, "jpeg")
    return made[-1].name
