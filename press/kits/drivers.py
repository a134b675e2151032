"""The kit of a driver."""

from urllib.parse import urljoin

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from drivers.milestones import shown_milestones
from drivers.models import Biography, Driver
from events import schedule
from events.lineup import Lineup
from events.models import Entry, Event
from press.biographies.facts import DriverFacts, facts_of
from press.documents.tree import Facts
from press.kits import dating, printed
from press.kits.kit import Kit, Section, are_new, language, resolved, with_changes
from press.models import Contact
from racing import clock, dates, zones
from racing.models import Photo


def kit_of(driver: Driver, site: str) -> Kit:
    """The driver's kit as the reader may see it; `site` is the site's address.

    Whether somebody may see the driver is the caller's question. At most fourteen
    queries.
    """
    facts = facts_of([driver])[driver]
    hides_results = facts.career.hides_results
    own = Biography.objects.filter(driver=driver, language=language())
    texts = list(with_changes(own))
    hides_biographies = hides_results and are_new(texts)
    taken = _photos(driver)
    return Kit(
        owner=driver,
        language=language(),
        address=address_of(driver, site),
        biographies=[] if hides_biographies else resolved(texts, lambda: facts),
        sheet=_sheet(facts, coming_entries(Q(crew__driver=driver))),
        portrait=next((one for one in taken if one.pk == driver.portrait_id), None),
        photos=[one for one in taken if one.pk != driver.portrait_id],
        contacts=list(Contact.objects.published().of(None)),
        changed_at=dating.of_driver(driver, language()),
        number=_lineup(facts).number,
        hides_results=hides_results,
        hides_biographies=hides_biographies,
    )


def address_of(driver: Driver, site: str) -> str:
    """Where the driver's kit is, in the active language."""
    return urljoin(site, reverse("driver_kit", args=[driver.slug]))


def _photos(driver: Driver) -> list[Photo]:
    """The portrait and the photos of the driver: those that may be taken away."""
    tagged = Driver.photos.through.objects.filter(driver=driver, photo=OuterRef("pk"))
    shown = Q(pk=driver.portrait_id) | Exists(tagged)
    return list(Photo.objects.downloadable().filter(shown))


def coming_entries(condition: Q) -> list[Entry]:
    """The entries of weekends that are not over, the next first, each once."""
    now = clock.now()
    awaited = (
        Event.objects.published()
        .coming(clock.date_everywhere(now))
        .exclude(status__in=schedule.NOT_AWAITED)
        .order_by()
    )
    entries = (
        Entry.objects.filter(condition, event__in=awaited.values("pk"))
        .annotate(day=Coalesce("event__first_day", "event__last_day"))
        .select_related("event__season__series", "event__circuit", "car", "team")
        .order_by(F("day").asc(nulls_last=True), "event", "pk")
    )
    return [
        entry
        for entry in dict.fromkeys(entries)
        if not entry.event.is_over(zones.local(now, entry.event.circuit.zone).date())
    ]


# The sheet


def _sheet(facts: DriverFacts, coming: list[Entry]) -> list[Section]:
    career = facts.career
    seasons = printed.seasons(career.lines)
    found = shown_milestones(facts.driver, hides_texts=career.hides_results)
    return [
        *printed.section("facts", _("Facts"), _facts(facts)),
        *printed.section(
            "season", _("Season %(year)s") % {"year": facts.year}, _season(facts)
        ),
        *printed.section("totals", _("Career totals"), printed.figures(career)),
        *printed.section("coming", _("Coming races"), printed.coming(coming)),
        *printed.section("career", _("Career"), seasons, printed.dash_note(seasons)),
        *printed.section("milestones", _("Milestones"), printed.milestones(found)),
    ]


def _facts(facts):
    driver = facts.driver
    full_name = driver.full_name if driver.full_name != driver.name else ""
    return Facts(
        (
            (_("Name"), driver.name),
            (_("Full name"), full_name),
            (_("Born"), _born(facts)),
            (_("Nationality"), str(driver.nationality.name)),
            (_("Home town"), driver.home_town),
            (_("Licence"), str(driver.get_licence_display())),
            (_("Club"), driver.club),
            (_("Start number"), _numbers(facts)),
            (_("Team"), printed.names(facts.teams)),
            (_("Car"), printed.names(facts.cars)),
            (_("Class"), printed.names(facts.racing_classes)),
            (_("Series"), printed.names(facts.series)),
        )
    )


def _born(facts):
    """``29 August 1995, Boden (26 years old)``, as far as it is known."""
    driver, age = facts.driver, facts.driver.age(facts.today)
    day = dates.date(driver.birth_date) if driver.birth_date else ""
    born = ", ".join(filter(None, [day, driver.birth_place]))
    if age is None:
        return born
    old = ngettext("%(age)s year old", "%(age)s years old", age) % {"age": age}
    return f"{born} ({old})"


def _numbers(facts):
    """``120 (24H Series 2022), 19 (STCC 2022)``; without the season where all agree."""
    found = [
        (number, season)
        for number, season in _lineup(facts).numbers
        if season.year == facts.year
    ]
    if len({number for number, _season in found}) < 2:
        return printed.names(number for number, _season in found)
    return ", ".join(f"{number} ({season})" for number, season in found)


def _lineup(facts):
    return Lineup(facts.driver, facts.career, facts.next_entry)


def _season(facts):
    return Facts(
        tuple((str(line.season), printed.standing(line)) for line in facts.current)
    )
