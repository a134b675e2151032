"""Small pictures of photos for the lists of the admin."""

import io

from django.contrib import admin
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps

from racing.models import Photo

LARGEST = (96, 72)  # CSS pixels, wide and high
SHARPNESS = 2  # pixels for one of them
KEPT = 24 * 60 * 60  # seconds


def tag(photo: Photo | None, alt: str = "") -> str:
    """The photo as an image of a list, or nothing; `alt` where no words beside it do."""
    if photo is None or photo.pk is None or not (photo.width and photo.height):
        return ""
    scale = min(LARGEST[0] / photo.width, LARGEST[1] / photo.height, 1)
    return format_html(
        '<img class="thumbnail" src="{}" width="{}" height="{}" alt="{}" loading="lazy">',
        reverse("admin:racing_photo_thumbnail", args=[photo.pk]),
        max(1, round(photo.width * scale)),
        max(1, round(photo.height * scale)),
        alt,
    )


@admin.display(description=gettext_lazy("photo"), empty_value="")
def of_first(owner) -> str:
    """The first of an owner's photos for a list; they are fetched already."""
    photos = owner.photos.all()
    return tag(photos[0] if photos else None)


def response(photo: Photo) -> HttpResponse:
    """The small picture as a JPEG. Raises Http404 for a file that cannot be read."""
    try:
        key = f"thumbnail-{photo.pk}-{photo.image.name}-{photo.image.size}"
        picture = cache.get(key) or draw(photo)
    except (OSError, Image.DecompressionBombError) as error:
        raise Http404("The file cannot be read.") from error
    cache.set(key, picture, KEPT)
    return HttpResponse(picture, content_type="image/jpeg")


def draw(photo: Photo) -> bytes:
    """The small picture, upright. Raises OSError for what is no image."""
    largest = [side * SHARPNESS for side in LARGEST]
    with photo.image.open() as file, Image.open(file) as image:
        image.draft("RGB", largest)
        small = ImageOps.exif_transpose(image).convert("RGB")
    small.thumbnail(largest)
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()
