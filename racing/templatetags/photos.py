"""Photos as pages show them."""

from django import template
from django.urls import reverse

from racing.pictures.renditions import WHOLE, renditions

register = template.Library()

# The better one first: a browser takes the first that it knows.
BETTER = ("avif", "webp")
PLAIN = "jpeg"
# How wide the picture is that a browser takes which knows no choice.
USUAL = 640


@register.inclusion_tag("includes/picture.html")
def picture(photo, sizes="100vw", shape=WHOLE, *, eager=False):
    """A `<picture>` of a photo, whole or cropped: portrait, landscape or square.

    ``sizes`` is the attribute of that name; the first picture of a page is eager.
    """
    made = {
        kind: renditions(photo.width, photo.height, shape, kind)
        for kind in (*BETTER, PLAIN)
    }
    address = reverse("photo_rendition", args=[photo.pk, "-"]).removesuffix("-")
    usual = next((one for one in made[PLAIN] if one.width >= USUAL), made[PLAIN][-1])
    return {
        "photo": photo,
        "sizes": sizes,
        "eager": eager,
        "better": [(f"image/{kind}", _srcset(address, made[kind])) for kind in BETTER],
        "srcset": _srcset(address, made[PLAIN]),
        "src": f"{address}{usual.name}",
        "largest": made[PLAIN][-1],
    }


def _srcset(address, made):
    return ", ".join(f"{address}{one.name} {one.width}w" for one in made)
