"""The markup of the press page and of the press kits."""

from django.urls import reverse
from django.utils.translation import gettext as _

from racing.jsonld import things
from racing.jsonld.graph import (
    Page,
    breadcrumbs,
    collection,
    entry,
    page_node,
    structured,
)


@structured
def press(page, /, *, lineups, home_team, **_context):
    """The page of all kits: those of the drivers, and the home team's."""
    kits = [
        entry(
            page,
            _kit(lineup.driver),
            reverse("driver_kit", args=[lineup.driver.slug]),
        )
        for lineup in lineups
    ]
    if home_team:
        path = reverse("team_kit", args=[home_team.slug])
        kits.append(entry(page, _kit(home_team), path))
    return collection(page, _("Press"), kits)


@structured
def driver_kit(page, /, *, driver, kit, **_context):
    return _nodes(page, kit, things.person(page, driver))


@structured
def team_kit(page, /, *, team, kit, **_context):
    return _nodes(page, kit, things.team(page, team))


def _nodes(page: Page, kit, owner):
    portrait = things.image(page, kit.portrait) if kit.portrait else None
    return [
        page_node(
            "WebPage",
            page,
            _kit(kit.owner),
            about=owner,
            dateModified=kit.changed_at.isoformat(timespec="seconds"),
            primaryImageOfPage=portrait,
            isAccessibleForFree=True,
        ),
        breadcrumbs(page, _kit(kit.owner), (_("Press"), reverse("press"))),
    ]


def _kit(owner):
    return _("%(name)s: press kit") % {"name": owner.name}
