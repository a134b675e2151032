"""The markup of the drivers' pages."""

from django.db.models import OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from drivers.models import Biography, Driver, DriverLink, Milestone
from racing.jsonld import things
from racing.jsonld.graph import (
    Node,
    Page,
    breadcrumbs,
    collection,
    node,
    page_node,
    structured,
)

# Links that lead to the driver's own pages elsewhere; the others tell of the driver.
OWN_PAGES = ("website", "instagram", "facebook", "youtube", "linkedin")


@structured
def driver_list(page, /, *, lineups, **_context):
    people = [things.person(page, lineup.driver) for lineup in lineups]
    return collection(page, _("Drivers"), people)


@structured
def driver_detail(page, /, *, driver, lineup, biographies, links, **_context):
    first, last = _dates(driver)
    return [
        page_node(
            "ProfilePage",
            page,
            driver.name,
            dateCreated=first,
            dateModified=last,
            mainEntity=_person(page, driver, lineup.now, biographies, links),
        ),
        breadcrumbs(page, driver.name, _drivers()),
    ]


@structured
def driver_results(page, /, *, driver, **_context):
    title = _("%(name)s: results") % {"name": driver.name}
    above = (driver.name, driver.get_absolute_url())
    return [
        page_node("CollectionPage", page, title, about=things.person(page, driver)),
        breadcrumbs(page, _("Results"), _drivers(), above),
    ]


def _drivers():
    return _("Drivers"), reverse("driver_list")


def _person(page: Page, driver: Driver, line, biographies, links) -> Node:
    """The driver; `line` is that of the latest season, or None."""
    return things.person(
        page,
        driver,
        givenName=driver.first_name,
        familyName=driver.last_name,
        alternateName=driver.full_name if driver.full_name != driver.name else "",
        description=biographies[0].text if biographies else "",
        birthDate=driver.birth_date.isoformat() if driver.birth_date else None,
        birthPlace=_place(driver.birth_place),
        homeLocation=_place(driver.home_town),
        nationality=_country(driver.nationality),
        jobTitle=_("Racing driver"),
        memberOf=_memberships(page, driver, line),
        image=_image(page, driver),
        sameAs=[link.url for link in links if link.kind in OWN_PAGES],
    )


def _place(name):
    return node("Place", name=name) if name else None


def _country(country):
    return node("Country", name=country.name) if country else None


def _memberships(page, driver, line):
    """The club, and the team of a season that is not over."""
    club = node("Organization", name=driver.club) if driver.club else None
    team = line.record.team if line and not line.season.is_over else None
    return things.known(things.team(page, team) if team else None, club)


def _image(page, driver):
    """The portrait, else the drawn panel that stands for it when the page is shared."""
    if driver.public_portrait:
        return things.image(page, driver.public_portrait)
    return page.absolute(reverse("driver_share_picture", args=[driver.slug]))


# When the profile was made and changed


def with_history(drivers):
    """A queryset of drivers who know when their page came to be and was changed.

    No query more: the moments are read along with the driver, out of the histories.
    """
    dates = {"created_at": _changes(Driver, "id").order_by("history_date")[:1]}
    for owner in (Biography, DriverLink, Milestone):
        name = f"{owner._meta.model_name}_changed_at"
        dates[name] = _latest(_changes(owner, "driver"))
    return drivers.annotate(driver_changed_at=_latest(_changes(Driver, "id")), **dates)


def _changes(model, owner):
    """The moments at which rows of a driver were written."""
    rows = model.history.filter(**{owner: OuterRef("pk")})
    return rows.values("history_date")


def _latest(changes):
    return changes.order_by("-history_date")[:1]


def _dates(driver):
    """The first and the last change as texts, where `with_history` has found them."""
    names = [name for name in vars(driver) if name.endswith("_changed_at")]
    moments = [getattr(driver, name) for name in names]
    last = max(filter(None, moments), default=None)
    return [
        moment and moment.isoformat(timespec="seconds")
        for moment in (vars(driver).get("created_at"), last)
    ]
