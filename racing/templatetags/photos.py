"""Photos as pages show them."""

from django import template

register = template.Library()


@register.inclusion_tag("includes/picture.html")
def picture(photo, sizes="100vw", shape="whole", *, eager=False):
    """A `<picture>` of a photo, whole or cropped: portrait, landscape or square.

    ``sizes`` is the attribute of that name; the first picture of a page is eager.
    """
    return {"photo": photo, "sizes": sizes, "shape": shape, "eager": eager}
