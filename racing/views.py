from django.db.models import Q
from django.shortcuts import get_object_or_404, render

from drivers.models import Driver
from drivers.standings import championships
from events import career, schedule
from events.changes import changes_of
from events.jsonld import pages as events_jsonld
from events.lineup import lineups
from events.models import LIVE_TIMING, Entry, Event, mark_hidden
from events.outcomes import add_races, by_session
from events.states import BEFORE
from events.timetable import timetable
from racing import clock, formats, spoilers
from racing.jsonld import pages as jsonld
from racing.models import (
    Car,
    Circuit,
    LapRecord,
    Season,
    Series,
    Team,
)
from racing.search import SearchForm, search
from racing.sharing import share_picture

LATEST_RESULTS = 6
NO_WEEKEND = {
    "event": None,
    "timetable": None,
    "next_row": None,
    "next_change": None,
    "entries": [],
    "watch_links": [],
    "timing_links": [],
    "weekend_results": [],
}
MOST_WEEKENDS = 100
MOST_SEASONS = 20  # whose drivers a series lists; each season has a page of its own


def home(request):
    at = clock.now()
    front = _in_front(at)
    told = front["event"] if front["weekend_results"] else None
    drivers = Driver.objects.published().with_portrait().in_order()
    return render(
        request,
        "racing/home.html",
        {
            **front,
            "lineups": lineups(drivers),
            "results": schedule.latest_results(LATEST_RESULTS, at, besides=told),
            "structured": events_jsonld.home,
        },
    )


def _in_front(at):
    """What the front page says of the weekend that it is about."""
    event, until = schedule.weekend_in_front(at)
    if event is None:
        return NO_WEEKEND
    links = list(event.links.all())
    entries = list(Entry.objects.with_crew().filter(event=event))
    plan = timetable(event, event.sessions.all(), links, at)
    parts = [] if plan.state == BEFORE else by_session(event, entries, at)
    changing = filter(None, (plan.next_change, until))
    return {
        "event": event,
        "timetable": plan,
        "next_row": plan.next_row,
        "next_change": min(changing, default=None),
        "changes": changes_of(event, at),
        "entries": entries,
        "watch_links": plan.all_watch,
        "timing_links": [link for link in links if link.kind == LIVE_TIMING],
        "weekend_results": [part for part in parts if part.results or part.is_hidden],
        "classified": {part.session.pk for part in parts},
        "following": schedule.next_after(event, entries) if plan.is_over else None,
    }


def home_share_picture(request):
    team = Team.objects.home()
    return share_picture(number="", name=str(team or "Pitboard"), line="")


def search_page(request):
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    return render(
        request,
        "racing/search.html",
        {
            "form": form,
            "query": query,
            "hits": search(query),
            "structured": jsonld.search,
        },
    )


def circuit_list(request):
    circuits = _by_name(Circuit.objects.published())
    circuits.sort(key=lambda circuit: formats.sort_key(circuit.country.name))
    return render(
        request,
        "racing/circuit_list.html",
        {"circuits": circuits, "structured": jsonld.circuit_list},
    )


def circuit_detail(request, slug):
    circuit = get_object_or_404(Circuit.objects.published(), slug=slug)
    records = LapRecord.objects.filter(layout__circuit=circuit).select_related(
        "racing_class", "layout"
    )
    weekends = _weekends(Event.objects.filter(circuit=circuit))
    add_races(weekends["events"])
    return render(
        request,
        "racing/circuit_detail.html",
        weekends
        | {
            "circuit": circuit,
            "layouts": list(circuit.layouts.select_related("picture")),
            "lap_records": [
                record for record in records if not spoilers.is_of_latest(record.set_on)
            ],
            "photos": list(circuit.photos.publishable()),
            "structured": jsonld.circuit_detail,
        },
    )


def car_list(request):
    cars = Car.objects.published().select_related("racing_class")
    return render(
        request,
        "racing/car_list.html",
        {"cars": _by_name(cars), "structured": jsonld.car_list},
    )


def car_detail(request, slug):
    car = get_object_or_404(
        Car.objects.published().select_related("racing_class"), slug=slug
    )
    return render(
        request,
        "racing/car_detail.html",
        _weekends(Event.objects.filter(entries__car=car))
        | {
            "car": car,
            "lines": [line for line in _lines_with(car) if line.record.car == car],
            "photos": list(car.photos.publishable()),
            "structured": jsonld.car_detail,
        },
    )


def team_list(request):
    teams = _by_name(Team.objects.published())
    teams.sort(key=lambda team: not team.is_home)
    return render(
        request,
        "racing/team_list.html",
        {"teams": teams, "structured": jsonld.team_list},
    )


def team_detail(request, slug):
    team = get_object_or_404(Team.objects.published(), slug=slug)
    lines = [line for line in _lines_with(team) if line.record.team == team]
    return render(
        request,
        "racing/team_detail.html",
        _weekends(Event.objects.filter(entries__team=team))
        | {
            "team": team,
            "people": list(team.people.all()),
            "seasons": _team_seasons(team, lines),
            "lines": lines,
            "photos": list(team.photos.publishable()),
            "structured": jsonld.team_detail,
        },
    )


def series_list(request):
    series = Series.objects.published().prefetch_related("seasons")
    return render(
        request,
        "racing/series_list.html",
        {"series_list": _by_name(series), "structured": jsonld.series_list},
    )


def series_detail(request, slug):
    series = get_object_or_404(Series.objects.published(), slug=slug)
    seasons = list(series.seasons.select_related("series"))
    return render(
        request,
        "racing/series_detail.html",
        {
            "series": series,
            "seasons": seasons,
            "lines": career.lines_in(seasons[:MOST_SEASONS]),
            "has_more_lines": len(seasons) > MOST_SEASONS,
            "structured": jsonld.series_detail,
        },
    )


def season_detail(request, slug, year):
    season = get_object_or_404(
        mark_hidden(Season.objects.select_related("series"), "pk").filter(
            series__in=Series.objects.published()
        ),
        series__slug=slug,
        year=year,
    )
    return render(
        request,
        "racing/season_detail.html",
        {
            "season": season,
            "events": add_races(schedule.calendar_of(season)),
            "championships": championships(season),
            "lines": career.lines_in([season]),
            "other_seasons": list(season.series.seasons.exclude(pk=season.pk)),
            "structured": events_jsonld.season_detail,
        },
    )


def _by_name(rows):
    """A list in Swedish order, which no two databases agree on."""
    return sorted(rows, key=lambda row: formats.sort_key(str(row)))


def _weekends(events):
    """A page's list of weekends, the latest first, each once, with crews.

    A list of hundreds helps nobody: it ends after MOST_WEEKENDS, and says so.
    """
    latest = events.published().with_place().by_day().reverse().distinct()
    found = list(schedule.with_crews(latest)[: MOST_WEEKENDS + 1])
    return {
        "events": found[:MOST_WEEKENDS],
        "has_more_events": len(found) > MOST_WEEKENDS,
    }


def _lines_with(thing):
    """Our drivers' lines in the seasons raced with a car or for a team."""
    name = thing._meta.model_name
    raced = Q(**{f"career_results__{name}": thing})
    entered = Q(**{f"events__entries__{name}": thing})
    return career.lines_in(Season.objects.filter(raced | entered).distinct())


def _team_seasons(team, lines):
    """A team's seasons, the latest first: its cars' totals, and who of ours drove.

    Totals are unknown where the site holds no results.
    """
    totals = dict(career.team_seasons(team))
    drivers = {}
    for line in lines:
        drivers.setdefault(line.season, []).append(line.record.driver)
    seasons = sorted(
        {*totals, *drivers}, key=lambda season: (-season.year, str(season))
    )
    return [
        {
            "season": season,
            "totals": totals.get(season, career.Totals()),
            "drivers": drivers.get(season, []),
        }
        for season in seasons
    ]
