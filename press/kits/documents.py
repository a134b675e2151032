"""The documents of a kit as trees: each biography, and the sheet of facts."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from press.documents.tree import (
    Beside,
    Block,
    Document,
    Facts,
    Heading,
    Link,
    Paragraph,
    Picture,
)
from press.kits import printed
from press.kits.kit import Biography, Kit
from press.models import Contact
from racing import colours
from racing.formats import paragraphs
from racing.models import Photo, Team

FACT_SHEET = "fact-sheet"
PORTRAIT_WIDTH = 50  # mm


def names(kit: Kit) -> list[str]:
    """What the documents of the kit are called, in order."""
    return [*(biography.name for biography in kit.biographies), FACT_SHEET]


def document(
    kit: Kit, name: str, home: Team | None, picture: bytes | None = None
) -> Document | None:
    """A document of the kit, or None where it has none of that name.

    `home` is the home team, whose the documents are; `picture` the portrait as a JPEG,
    without which there is none.
    """
    if name == FACT_SHEET:
        title = _("%(name)s: fact sheet") % {"name": kit.name}
        return _document(kit, home, title, _("Fact sheet"), _sheet(kit))
    for biography in kit.biographies:
        if biography.name == name:
            about = _("Biography, %(length)s") % {"length": biography.label}
            values = {"name": kit.name, "length": biography.label}
            title = _("%(name)s: biography, %(length)s") % values
            blocks = _biography(biography, kit.portrait, picture)
            return _document(kit, home, title, about, blocks)
    return None


def _document(kit, home, title, about, blocks):
    return Document(
        title=title,
        language=kit.language,
        blocks=(*blocks, *_contacts(kit.contacts)),
        dated=kit.changed_at,
        address=kit.address,
        author=str(home or ""),
        subject=about,
        keywords=(kit.name,),
        as_of=kit.as_of,
        accent=(home and home.colour) or colours.INK,
    )


def _biography(
    biography: Biography, portrait: Photo | None, picture: bytes | None
) -> list[Block]:
    """The text; beside its first paragraph, where there is one, the portrait."""
    first, *rest = map(Paragraph, biography.paragraphs)
    if portrait is None or picture is None:
        return [first, *rest]
    shown = Picture(
        data=picture,
        alt=portrait.alt,
        caption=portrait.caption,
        credit=portrait.credit_line,
        width=PORTRAIT_WIDTH,
    )
    return [Beside((first,), shown), *rest]


def _sheet(kit):
    if kit.about:
        yield Heading(1, _("About the team"))
        yield from map(Paragraph, paragraphs(kit.about))
    for section in kit.sheet:
        yield Heading(1, section.title)
        yield from section.blocks


# Whom to call


def _contacts(contacts: list[Contact]) -> list[Block]:
    if not contacts:
        return []
    title = ngettext("Press contact", "Press contacts", len(contacts))
    rows = tuple((_who(contact), _ways(contact)) for contact in contacts)
    return [Heading(1, title), Facts(rows)]


def _who(contact):
    return ", ".join(filter(None, [contact.name, contact.role]))


def _ways(contact):
    """Telephone, mail and page, each leading there."""
    ways = []
    if contact.phone:
        ways.append(Link(contact.phone, contact.phone_url))
    if contact.email:
        ways.append(Link(contact.email, f"mailto:{contact.email}"))
    if contact.url:
        ways.append(printed.link(contact.page, contact.url))
    parts = [part for way in ways for part in (" · ", way)]
    return tuple(parts[1:])
