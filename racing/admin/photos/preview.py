"""The picture on a photo's page, with its focal point and the crops around it."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from racing.admin.photos.developing import is_in_the_darkroom
from racing.models import Photo
from racing.pictures import renditions

LARGEST = 1280  # pixels wide
MARK = 24  # the larger side of the photo for one radius of the mark


@dataclass(frozen=True)
class Crop:
    """A part of the photo: its name and, in pixels of the photo, `view_box`."""

    name: str
    across: int
    down: int
    view_box: str


def drawn(photo: Photo) -> str:
    """The picture, the mark on its focal point and four crops; nothing of a new one."""
    if not (photo.pk and photo.width and photo.height):
        return "–"
    across, down = photo.width, photo.height
    context = {
        "photo": photo,
        "address": address(photo),
        "is_developed": bool(photo.developed),
        "is_waiting": not photo.developed or is_in_the_darkroom(photo),
        "mark": {
            "x": round(across * float(photo.focal_x)),
            "y": round(down * float(photo.focal_y)),
            "radius": max(1, round(max(across, down) / MARK)),
        },
        "crops": list(crops(photo)),
    }
    return render_to_string("admin/racing/photo/picture.html", context)


def address(photo: Photo) -> str:
    """The copy that is large enough for a page, or the thumbnail while there is none."""
    if not photo.developed:
        return reverse("admin:racing_photo_thumbnail", args=[photo.pk])
    whole = renditions.renditions(photo.width, photo.height, renditions.WHOLE, "jpeg")
    fitting = [copy for copy in whole if copy.width <= LARGEST] or whole
    return reverse("photo_rendition", args=[photo.pk, fitting[-1].name])


def crops(photo: Photo):
    names = {
        "portrait": _("Portrait, 4:5"),
        "landscape": _("Landscape, 3:2"),
        "square": _("Square, 1:1"),
        renditions.SOCIAL: _("Shared links, 1200 × 630"),
    }
    ratios = renditions.CROPS | {renditions.SOCIAL: renditions.SOCIAL_SIZE}
    for shape, name in names.items():
        left, top, right, bottom = renditions.crop_box(
            *(photo.width, photo.height, ratios[shape], photo.focal_x, photo.focal_y)
        )
        box = f"{left} {top} {right - left} {bottom - top}"
        yield Crop(name, *ratios[shape], box)
