"""The markup of the pages about the world that the team races in, and of the search."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from racing.jsonld import things
from racing.jsonld.graph import (
    Node,
    Page,
    about,
    breadcrumbs,
    collection,
    entry,
    listing,
    node,
    page_node,
    structured,
)
from racing.models import Car, Circuit, CircuitLayout, Series, Team
from racing.models.cars import FOUR, FRONT, REAR

DRIVES = {
    FRONT: "https://schema.org/FrontWheelDriveConfiguration",
    REAR: "https://schema.org/RearWheelDriveConfiguration",
    FOUR: "https://schema.org/FourWheelDriveConfiguration",
}


def _entries(page, rows):
    """Rows of the database as lines of a list."""
    return [entry(page, str(row), row.get_absolute_url()) for row in rows]


# Circuits


@structured
def circuit_list(page, /, *, circuits, **_context):
    return collection(page, _("Circuits"), _entries(page, circuits))


@structured
def circuit_detail(page, /, *, circuit, layouts, photos, **_context):
    above = (_("Circuits"), reverse("circuit_list"))
    return about(page, _circuit(page, circuit, layouts, photos), above)


def _circuit(page: Page, circuit: Circuit, layouts, photos) -> Node:
    """The circuit as events name it, with all that its own page tells."""
    unnamed = [layout for layout in layouts if not layout.name]
    facts = node(
        "SportsActivityLocation",
        description=circuit.description,
        sameAs=circuit.site_url,
        image=[things.image(page, photo) for photo in photos],
        additionalProperty=[fact for one in unnamed for fact in _figures(one)],
        containsPlace=[
            node("Place", name=str(layout), additionalProperty=_figures(layout))
            for layout in layouts
            if layout.name
        ],
    )
    return things.place(page, circuit) | facts


def _figures(layout: CircuitLayout) -> list[Node]:
    return things.known(
        things.fact(_("Length"), layout.length_m, "MTR"),
        things.fact(_("Corners"), layout.corners),
        things.fact(_("Direction"), layout.get_direction_display()),
    )


# Cars


@structured
def car_list(page, /, *, cars, **_context):
    return collection(page, _("Cars"), _entries(page, cars))


@structured
def car_detail(page, /, *, car, photos, **_context):
    return about(page, _car(page, car, photos), (_("Cars"), reverse("car_list")))


def _car(page: Page, car: Car, photos) -> Node:
    make = node("Brand", name=car.make) if car.make else None
    return things.named(
        page,
        "Car",
        car,
        brand=make,
        model=car.model,
        category=str(car.racing_class or ""),
        vehicleConfiguration=car.generation,
        vehicleEngine=_engine(car),
        vehicleTransmission=car.gearbox,
        driveWheelConfiguration=DRIVES.get(car.drive),
        weight=things.quantity(car.weight_kg, "KGM"),
        width=things.quantity(car.width_mm, "MMT"),
        height=things.quantity(car.height_mm, "MMT"),
        wheelbase=things.quantity(car.wheelbase_mm, "MMT"),
        additionalProperty=things.known(things.fact(_("Length"), car.length_mm, "MMT")),
        description=car.note,
        image=[things.image(page, photo) for photo in photos],
    )


def _engine(car):
    facts = node(
        "EngineSpecification",
        name=car.engine,
        engineDisplacement=things.quantity(car.displacement_cc, "CMQ"),
        enginePower=things.quantity(car.power_kw, "KWT"),
        torque=things.quantity(car.torque_nm, "NU"),
    )
    return facts if len(facts) > 1 else None


# Teams


@structured
def team_list(page, /, *, teams, **_context):
    return collection(page, _("Teams"), _entries(page, teams))


@structured
def team_detail(page, /, *, team, people, lines, photos, **_context):
    return about(
        page,
        _team(page, team, people, lines, photos),
        (_("Teams"), reverse("team_list")),
    )


def _team(page: Page, team: Team, people, lines, photos) -> Node:
    """The team. The year of its founding stays out: a Date wants the day."""
    address = node(
        "PostalAddress", addressLocality=team.base, addressCountry=team.country.code
    )
    # Who drove in a season that is over may drive for another team by now.
    drivers = dict.fromkeys(line.driver for line in lines if not line.season.is_over)
    return things.team(
        page,
        team,
        alternateName=team.short_name if team.short_name != team.name else "",
        description=team.boilerplate,
        address=address if len(address) > 1 else None,
        sameAs=team.site_url,
        athlete=[things.person(page, driver) for driver in drivers],
        member=[
            node("Person", name=person.name, jobTitle=person.role) for person in people
        ],
        image=[things.image(page, photo) for photo in photos],
    )


# Series


@structured
def series_list(page, /, *, series_list, **_context):
    title = pgettext("several", "Series")
    return collection(page, title, _entries(page, series_list))


@structured
def series_detail(page, /, *, series, **_context):
    above = (pgettext("several", "Series"), reverse("series_list"))
    return about(page, _series(page, series), above)


def _series(page: Page, series: Series) -> Node:
    """The series. The organiser runs it, the federation's rules hold in it."""
    short = series.short_name
    return things.series(
        page,
        series,
        alternateName=short if short != series.name else "",
        description=series.description,
        parentOrganization=_organisation(series.organiser),
        memberOf=_organisation(series.sanction),
        sameAs=series.site_url,
    )


def _organisation(name):
    return node("Organization", name=name) if name else None


# The search


@structured
def search(page, /, *, hits, **_context):
    title = _("Search")
    found = [entry(page, hit.title, hit.url) for hit in hits]
    results = listing(page, found) if found else None
    return [
        page_node("SearchResultsPage", page, title, mainEntity=results),
        breadcrumbs(page, title),
    ]
