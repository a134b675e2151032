"""The markup of the pages that tell of race weekends: front page, lists, seasons."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from drivers.models import CURRENT
from events.jsonld import weekends
from events.jsonld.weekends import competitors
from racing.jsonld import things
from racing.jsonld.graph import (
    Node,
    Page,
    about,
    breadcrumbs,
    collection,
    entry,
    node,
    page_node,
    refer,
    structured,
    website_id,
)

# The front page


@structured
def home(page, /, *, event, entries, lineups, **_context):
    """The site and the team whose it is, and the weekend that comes next."""
    name = str(page.home_team or "Pitboard")
    team = _home_team(page, lineups) if page.home_team else None
    site = node(
        "WebSite",
        id=website_id(page),
        url=page.absolute(reverse("home")),
        name=name,
        inLanguage=[code for code, _name in settings.LANGUAGES],
        publisher=refer(team) if team else None,
    )
    front = page_node("WebPage", page, name, about=refer(team) if team else None)
    following = weekends.weekend(page, event, entries) if event else None
    return [front, site, *things.known(team, following)]


def _home_team(page: Page, lineups) -> Node:
    team = page.home_team
    return things.team(
        page,
        team,
        alternateName=team.short_name if team.short_name != team.name else "",
        description=team.boilerplate,
        image=page.absolute(reverse("home_share_picture")),
        athlete=[
            things.person(page, lineup.driver)
            for lineup in lineups
            if lineup.driver.status == CURRENT
        ],
    )


# Lists


@structured
def event_list(page, /, *, coming, over, **_context):
    return collection(page, _("Race weekends"), _items(page, [*coming, *over]))


@structured
def event_year(page, /, *, events, year, **_context):
    title = _("The year %(year)s") % {"year": year}
    return collection(page, title, _items(page, events), _weekends())


def _weekends():
    return _("Race weekends"), reverse("event_list")


def _items(page, events):
    """Weekends as events; those without a first day by name and address."""
    return [
        weekends.weekend(page, event, event.our_entries)
        or entry(page, event.name, event.get_absolute_url())
        for event in events
    ]


@structured
def calendar(page, /, **_context):
    title = _("Calendar")
    return [page_node("WebPage", page, title), breadcrumbs(page, title, _weekends())]


# One weekend


@structured
def event_detail(page, /, *, event, timetable, entries, watch_links, photos, **context):
    """The weekend with its sessions; by themselves where it has no first day."""
    cars = competitors(page, entries)
    # The weekend tells of the cars in full, where it is an event.
    named = [refer(car) for car in cars if "@id" in car] if event.first_day else cars
    sessions = things.known(
        *(
            weekends.session(
                page,
                event,
                row,
                _address(page, event, row.session, context["classified"]),
                competitor=named,
            )
            for row in timetable.rows
        )
    )
    also = [further.season for further in context["further_rounds"]]
    weekend = weekends.weekend(
        page,
        event,
        entries,
        superEvent=[
            {"@id": weekends.season_id(page, season)}
            for season in (event.season, *also)
        ],
        image=[
            weekends.picture(page, event),
            *(things.image(page, photo) for photo in photos),
        ],
        subEvent=sessions,
    )
    shown = weekends.broadcasts(page, event, watch_links, timetable.rows, cars)
    first = page_node(
        "WebPage", page, event.name, mainEntity=weekend and refer(weekend)
    )
    told = [weekend] if weekend else sessions
    way = breadcrumbs(page, event.name, *_way_to(event)[:-1])
    return [first, *told, *shown, way]


def _address(page, event, session, classified):
    """The session's page where it has one, else its line in the timetable."""
    if session.pk in classified:
        return page.address_of(session)
    return weekends.session_id(page, event, session)


def _way_to(event):
    """The pages above a session: the weekends, those of the year, the weekend."""
    year = event.season.year
    return (
        _weekends(),
        (str(year), reverse("event_year", args=[year])),
        (event.name, event.get_absolute_url()),
    )


@structured
def session_detail(page, /, *, session, event, row, sheet, **_context):
    """The session; who took part in the order of the numbers, which tells no result."""
    ours = sorted((result.entry for result in sheet.ours), key=lambda car: car.number)
    cars = competitors(page, ours)
    told = weekends.session(
        page,
        event,
        row,
        page.url,
        competitor=cars,
        superEvent=weekends.weekend(page, event, ours),
    )
    shown = weekends.broadcasts(page, event, row.watch, [row], cars)
    own = [one for one in shown if told and one["broadcastOfEvent"] == refer(told)]
    way = breadcrumbs(page, session.name, *_way_to(event))
    first = page_node("WebPage", page, session.name, mainEntity=told and refer(told))
    return [first, *things.known(told), *own, way]


# Seasons


@structured
def season_detail(page, /, *, season, events, lines, **_context):
    """The season as a series of events, or the list of those without days."""
    title = str(season)
    above = (
        (pgettext("several", "Series"), reverse("series_list")),
        (season.series.short_name, season.series.get_absolute_url()),
    )
    items = _items(page, events)
    dated = [item for item in items if item["@type"] == "SportsEvent"]
    if not dated:
        return collection(page, title, items, *above)
    return about(page, _season(page, season, events, dated, lines), *above)


def _season(page: Page, season, events, dated, lines) -> Node:
    drivers = dict.fromkeys(line.driver for line in lines)
    places = {item["location"]["@id"]: item["location"] for item in dated}
    ends = [item.get("endDate") or item["startDate"] for item in dated]
    return node(
        ["SportsEvent", "EventSeries"],
        id=weekends.season_id(page, season),
        name=str(season),
        url=page.url,
        description=season.label or season.series.name,
        startDate=min(item["startDate"] for item in dated),
        endDate=max(ends),
        eventStatus=weekends.SCHEDULED,
        eventAttendanceMode=weekends.AT_THE_TRACK,
        sport=things.SPORT,
        location=list(places.values()),
        organizer=things.series(page, season.series),
        competitor=[things.person(page, driver) for driver in drivers],
        image=page.absolute(reverse("home_share_picture")),
        subEvent=dated,
    )
