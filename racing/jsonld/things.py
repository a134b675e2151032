"""The things that several kinds of page speak of: who, where, with which picture."""

from django.urls import reverse

from racing.jsonld.graph import Node, Page, node
from racing.models import Circuit, Photo, Series, Team

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


def image(page: Page, photo: Photo) -> Node:
    """A photo with the credit and the terms that are printed beside it.

    The terms have no other address than the licence's or, where they are printed
    only, this page's. Fields:
    https://developers.google.com/search/docs/appearance/structured-data/image-license-metadata
    """
    terms = photo.licence_url or photo.rights_note
    return node(
        "ImageObject",
        contentUrl=page.absolute(
            reverse("photo_rendition", args=[photo.pk, "w1920.jpg"])
        ),
        caption=photo.caption or photo.alt,
        creditText=photo.credit,
        # The credit does not say whether it names somebody or a firm.
        creator=node(["Person", "Organization"], name=photo.credit),
        copyrightNotice=". ".join(filter(None, [photo.credit_line, photo.rights_note])),
        license=photo.licence_url or (page.url if terms else None),
        acquireLicensePage=page.url if terms else None,
    )


def quantity(value, unit: str) -> Node | None:
    """A number with its unit as UN/CEFACT writes it: MTR, MMT, KGM, KWT, CMQ, NU."""
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
