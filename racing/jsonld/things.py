"""The things that several kinds of page speak of: who, where, with which picture."""

from django.urls import reverse

from racing.jsonld.graph import Node, Page, node
from racing.models import Circuit, Photo, Series, Team
from racing.pictures.renditions import WHOLE, Rendition, renditions

PIXELS = "E37"  # the code of UN/CEFACT
SPORT = "Motorsport"  # the same word in both languages


def named(page: Page, kind: str, thing, name: str = "", **facts) -> Node:
    """A thing with a page of its own, by its name and address.

    Its "@id" is the page's address with the type as a fragment.
    """
    url = page.address_of(thing)
    facts = {"name": name or str(thing), "url": url} | facts
    return node(kind, id=f"{url}#{kind.lower()}", **facts)


def person(page: Page, driver, **facts) -> Node:
    """A driver; of a guest there is the name and nothing else."""
    if not driver.has_page:
        return node("Person", name=driver.name, **facts)
    return named(page, "Person", driver, **facts)


def team(page: Page, team: Team, **facts) -> Node:
    return named(page, "SportsTeam", team, sport=SPORT, **facts)


def series(page: Page, series: Series, **facts) -> Node:
    name = series.name
    return named(page, "SportsOrganization", series, name, sport=SPORT, **facts)


def place(page: Page, circuit: Circuit) -> Node:
    """Where a circuit is.

    The country as its code of two letters:
    https://developers.google.com/search/docs/appearance/structured-data/event
    """
    return named(
        page, "Place", circuit, address=circuit_address(circuit), geo=position(circuit)
    )


def circuit_address(circuit: Circuit) -> Node:
    return node(
        "PostalAddress",
        addressLocality=circuit.place,
        addressRegion=circuit.region,
        addressCountry=circuit.country.code,
    )


def position(circuit: Circuit) -> Node | None:
    if circuit.latitude is None:
        return None
    return node(
        "GeoCoordinates",
        latitude=float(circuit.latitude),
        longitude=float(circuit.longitude),
    )


def photo_page(page: Page, photo: Photo) -> str:
    """The address of the page that tells how a photo may be used."""
    return page.absolute(reverse("photo_detail", args=[photo.pk]))


def rendition(page: Page, photo: Photo, made: Rendition) -> str:
    """The address of one of the pictures that are made of a photo."""
    return page.absolute(reverse("photo_rendition", args=[photo.pk, made.name]))


def image(page: Page, photo: Photo, **facts) -> Node:
    """A photo, as large as pages show it, with its credit and its terms.

    The terms are the licence's, or else those that the photo's own page tells, which
    is where it is taken from in any case. Fields:
    https://developers.google.com/search/docs/appearance/structured-data/image-license-metadata
    """
    largest = renditions(photo.width, photo.height, WHOLE, "jpeg")[-1]
    own_page = photo_page(page, photo)
    return node(
        "ImageObject",
        contentUrl=rendition(page, photo, largest),
        width=quantity(largest.width, PIXELS),
        height=quantity(largest.height, PIXELS),
        caption=photo.caption or photo.alt,
        creditText=photo.credit,
        # The credit does not say whether it names somebody or a firm.
        creator=node(["Person", "Organization"], name=photo.creator),
        copyrightNotice=photo.copyright_line,
        license=photo.licence_url or own_page,
        acquireLicensePage=own_page,
        **facts,
    )


def quantity(value, unit: str) -> Node | None:
    """A number with its unit as UN/CEFACT writes it: MTR, MMT, KGM, KWT, CMQ, NU, E37."""
    if value is None:
        return None
    return node("QuantitativeValue", value=value, unitCode=unit)


def fact(name: str, value, unit: str = "") -> Node | None:
    """A fact for which the vocabulary has no property."""
    if value in (None, ""):
        return None
    return node("PropertyValue", name=name, value=value, unitCode=unit)


def known(*nodes: Node | None) -> list[Node]:
    """Those that there are."""
    return [one for one in nodes if one is not None]
