from django.db.models import Q
from django.shortcuts import get_object_or_404, render

from drivers.models import Driver
from drivers.standings import championships
from events import career, schedule
from events.lineup import lineups
from events.models import LIVE_TIMING, Entry, Event
from events.outcomes import add_races
from events.timetable import timetable
from racing import formats
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
MOST_WEEKENDS = 100
MOST_SEASONS = 20  # whose drivers a series lists; each season has a page of its own


def home(request):
    weekend = schedule.next_weekend()
    links = list(weekend.links.all()) if weekend else []
    plan = weekend and timetable(weekend, weekend.sessions.all(), links)
    drivers = Driver.objects.published().select_related("portrait").in_order()
    return render(
        request,
        "racing/home.html",
        {
            "event": weekend,
            "timetable": plan,
            "next_row": plan.next_row if plan else None,
            "entries": list(Entry.objects.with_crew().filter(event=weekend)),
            "watch_links": [link for link in links if link.is_to_watch],
            "timing_links": [link for link in links if link.kind == LIVE_TIMING],
            "lineups": lineups(drivers),
            "results": schedule.latest_results(LATEST_RESULTS),
        },
    )


def home_share_picture(request):
    team = Team.objects.home()
    return share_picture(number="", name=str(team or "Pitboard"), line="")


def search_page(request):
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    return render(
        request,
        "racing/search.html",
        {"form": form, "query": query, "hits": search(query)},
    )


def circuit_list(request):
    circuits = _by_name(Circuit.objects.published())
    circuits.sort(key=lambda circuit: formats.sort_key(circuit.country.name))
    return render(request, "racing/circuit_list.html", {"circuits": circuits})


def circuit_detail(request, slug):
    circuit = get_object_or_404(Circuit.objects.published(), slug=slug)
    records = LapRecord.objects.filter(layout__circuit=circuit)
    weekends = _weekends(Event.objects.filter(circuit=circuit))
    add_races(weekends["events"])
    return render(
        request,
        "racing/circuit_detail.html",
        weekends
        | {
            "circuit": circuit,
            "layouts": list(circuit.layouts.select_related("picture")),
            "lap_records": list(records.select_related("racing_class", "layout")),
            "photos": list(circuit.photos.publishable()),
        },
    )


def car_list(request):
    cars = Car.objects.published().select_related("racing_class")
    return render(request, "racing/car_list.html", {"cars": _by_name(cars)})


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
        },
    )


def team_list(request):
    teams = _by_name(Team.objects.published())
    teams.sort(key=lambda team: not team.is_home)
    return render(request, "racing/team_list.html", {"teams": teams})


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
        },
    )


def series_list(request):
    series = Series.objects.published().prefetch_related("seasons")
    return render(request, "racing/series_list.html", {"series_list": _by_name(series)})


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
        },
    )


def season_detail(request, slug, year):
    season = get_object_or_404(
        Season.objects.select_related("series").filter(
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
