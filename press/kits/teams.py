"""The kit of a team: who it is, who drives for it, what they drive.

The home team's cars are often run by others: its drivers are the site's own, whoever
they race for, and its cars those they race now. Any other team has the drivers and
cars of its latest season on this site, and the sheet says which year that was.
"""

from dataclasses import dataclass
from functools import cache
from urllib.parse import urljoin

from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from drivers.models import CURRENT, CareerResult, Driver
from events import career
from events.lineup import lineups
from events.models import Entry, Result
from events.models.visibility import is_recent
from press.biographies.facts import DriverFacts, TeamFacts, facts_of
from press.documents.tree import Facts, Table
from press.kits import dating, drivers, printed
from press.kits.kit import Kit, Section, are_new, language, resolved, with_changes
from press.kits.printed import Race
from press.models import Contact
from racing import clock, formats, spoilers
from racing.models import Car, Person, Team, TeamBiography


@dataclass(frozen=True)
class Line:
    """Who races for the team with what, in the latest year that is known."""

    year: int | None
    drivers: list[Driver]
    races: list[Race]
    hides_results: bool = False


def kit_of(team: Team, site: str) -> Kit:
    """The team's kit as the reader may see it; `site` is the site's address.

    At most twenty-two queries.
    """
    facts = cache(lambda: facts_of([team])[team])
    line = _line_of_home() if team.is_home else _line_of(facts())
    own = TeamBiography.objects.filter(team=team, language=language())
    texts = list(with_changes(own))
    hides_results = line.hides_results
    hides_biographies = hides_results and are_new(texts)
    return Kit(
        owner=team,
        language=language(),
        address=urljoin(site, reverse("team_kit", args=[team.slug])),
        biographies=[] if hides_biographies else resolved(texts, facts),
        sheet=_sheet(team, line, site),
        portrait=None,
        photos=list(team.photos.downloadable()),
        contacts=list(Contact.objects.published().of(team)),
        changed_at=dating.of_team(team, line.drivers, language()),
        about=getattr(team, f"boilerplate_{language()}"),
        hides_results=hides_results,
        hides_biographies=hides_biographies,
    )


def _line_of(facts: TeamFacts) -> Line:
    races = [
        (driver, row)
        for row in facts.of_season()
        for driver in _drivers_in(row)
        if driver.has_page
    ]
    found = sorted({driver for driver, _row in races}, key=Driver.sort_key)
    return Line(facts.year, found, races, _hides_results_of(facts.team))


def _hides_results_of(team):
    """Whether a race of its cars is one of the latest, which this reader hides."""
    if not spoilers.are_hidden():
        return False
    recent = is_recent(clock.now(), "session__")
    return Result.objects.begun().filter(recent, entry__team=team).exists()


def _line_of_home():
    found = Driver.objects.published().filter(status=CURRENT).in_order()
    known = [
        DriverFacts(one.driver, one.career, one.next_entry, clock.today())
        for one in lineups(found)
    ]
    hides_results = any(one.career.hides_results for one in known)
    year = max((one.year for one in known if one.year), default=None)
    races = [
        (one.driver, row) for one in known if one.year == year for row in _rows_of(one)
    ]
    return Line(year, found, races, hides_results)


def _drivers_in(row: Entry | CareerResult):
    return row.crew_drivers if isinstance(row, Entry) else [row.driver]


def _rows_of(facts: DriverFacts) -> list[Entry | CareerResult]:
    """What a driver races in the latest year: the next entry, then the seasons."""
    entry, seasons = facts.next_entry, [line.record for line in facts.current]
    if entry and entry.event.season.year == facts.year:
        return [entry, *seasons]
    return seasons


# The sheet


def _sheet(team: Team, line: Line, site: str) -> list[Section]:
    year = {"year": line.year}
    in_year = Q(team=team)
    if team.is_home:
        in_year |= Q(crew__driver__in=line.drivers)
    seasons = _seasons(team)
    named = _drivers(line, site)
    return [
        *printed.section("facts", _("Facts"), _facts(team)),
        *printed.section("people", _("People"), _people(team.people.all())),
        *printed.section(
            "drivers",
            _("Drivers %(year)s") % year if line.year else _("Drivers"),
            named,
            printed.dash_note(named),
        ),
        *printed.section("cars", _("Cars %(year)s") % year, *_cars(line)),
        *printed.section(
            "coming",
            _("Coming races"),
            printed.coming(drivers.coming_entries(in_year)),
        ),
        *printed.section(
            "career", _("Season by season"), seasons, printed.dash_note(seasons)
        ),
    ]


def _facts(team):
    site = formats.bare_url(team.site_url)
    return Facts(
        (
            (_("Name"), team.name),
            (_("Base"), team.base),
            (_("Country"), str(team.country.name)),
            (_("Founded"), str(team.founded or "")),
            (_("Website"), printed.link(site, team.site_url)),
        )
    )


def _people(people: list[Person]) -> Table:
    return Table(
        caption="",
        header=(_("Name"), _("Role")),
        rows=tuple(
            (person.name, printed.cell(capfirst(person.role))) for person in people
        ),
    )


def _drivers(line, site):
    return printed.drivers(
        line.drivers, line.races, lambda driver: drivers.address_of(driver, site)
    )


def _cars(line):
    keys = dict.fromkeys(row.car_id for _driver, row in line.races if row.car_id)
    found = Car.objects.published().select_related("racing_class").in_bulk(keys)
    return [block for key in keys if key in found for block in printed.car(found[key])]


def _seasons(team):
    """The team's seasons with the totals of its cars, the latest first."""
    figures = ("starts", "wins", "podiums", "poles", "fastest_laps")
    return Table(
        caption="",
        header=(
            *(_("Season"), _("Races"), _("Wins")),
            *(_("Podiums"), _("Poles"), _("Fastest laps")),
        ),
        rows=tuple(
            (
                str(season),
                *(printed.total(getattr(totals, figure)) for figure in figures),
            )
            for season, totals in career.team_seasons(team)
        ),
        numeric=tuple(range(1, 6)),
    )
