"""The markup of the photo room and of the pages of photos."""

from django.urls import reverse
from django.utils.translation import gettext as _

from racing.jsonld import things
from racing.jsonld.graph import (
    breadcrumbs,
    listing,
    node,
    page_node,
    structured,
)
from racing.pictures.renditions import WHOLE, renditions


@structured
def photo_room(page, /, *, cards, **_context):
    """The photos of a page of the room."""
    title = _("Press photos")
    items = [
        node(
            "ListItem",
            url=things.photo_page(page, card.photo),
            item=things.image(page, card.photo),
        )
        for card in cards
    ]
    gallery = listing(page, items) if items else None
    return [
        page_node("ImageGallery", page, title, mainEntity=gallery),
        breadcrumbs(page, title, _press()),
    ]


@structured
def photo_detail(page, /, *, photo, **_context):
    title = _("Photo %s") % photo.pk
    small = renditions(photo.width, photo.height, WHOLE, "jpeg")[0]
    place = node("Place", name=photo.place) if photo.place else None
    image = things.image(
        page,
        photo,
        name=photo.alt,
        thumbnailUrl=things.rendition(page, photo, small),
        dateCreated=photo.taken_on.isoformat() if photo.taken_on else None,
        contentLocation=place,
        representativeOfPage=True,
    )
    room = _("Press photos"), reverse("photo_room")
    return [
        page_node("ItemPage", page, title, mainEntity=image),
        breadcrumbs(page, title, _press(), room),
    ]


def _press():
    return _("Press"), reverse("press")
