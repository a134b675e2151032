"""Careers as charts: events.charts."""

from datetime import UTC, datetime

import pytest

from drivers.models import COUNTED
from events import charts
from events.career import careers
from events.matrix import row
from events.models import CANCELLED, DISQUALIFIED, RETIRED
from events.races import races_of
from tests.factories import (
    make_career_result,
    make_circuit,
    make_driver,
    make_entry,
    make_season,
    make_series,
)
from tests.seasons import finish, make_race, make_weekend

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

AFTERWARDS = datetime(2023, 1, 1, tzinfo=UTC)


def career_of(driver):
    return careers([driver], AFTERWARDS)[driver.pk]


def points(chart):
    return [
        (point.label, point.under, point.text, point.is_open) for point in chart.points
    ]


def make_seasons(driver, *seasons):
    """(series, year, place, whether it is over) of each."""
    for series, year, position, is_over in seasons:
        season = make_season(series=series, year=year, is_over=is_over)
        make_career_result(driver=driver, season=season, position=position)


# By season


def test_chart_of_seasons_has_every_season_the_earliest_first():
    driver = make_driver()
    stcc = make_series(short_name="STCC", slug="stcc")
    cup = make_series(short_name="Cup", slug="cup")
    make_seasons(
        driver,
        *((stcc, 2022, 4, False), (stcc, 2021, None, True), (cup, 2021, 2, True)),
        (cup, 2020, 2, True),
    )
    chart = charts.of_seasons(career_of(driver))
    assert (chart.title, chart.heading) == (
        "Place in the championship, season by season",
        "Season",
    )
    assert points(chart) == [
        ("2020", "Cup", "2", False),
        ("2021", "Cup", "2", False),
        ("2021", "STCC", "–", False),
        ("2022", "STCC", "4", True),
    ]
    assert [point.whole_name for point in chart.points][-1] == "STCC 2022"
    assert chart.description == (
        "The best place is second: Cup 2020, Cup 2021. A dash stands where the place "
        "is not known. A hollow mark is a place in a season that is still running."
    )


def test_career_without_a_known_place_has_no_chart():
    driver = make_driver()
    assert charts.of_seasons(career_of(driver)) is None
    make_seasons(driver, (make_series(), 2022, None, True))
    assert charts.of_seasons(career_of(driver)) is None


# Race by race


def season_row(results, driver=None):
    """The row of a season with these results, each in a race of one weekend."""
    driver = driver or make_driver()
    season = make_season(series=make_series(short_name="Cup", slug="cup"))
    event = make_weekend(season=season, circuit=make_circuit(abbreviation="KNU"))
    entry = make_entry(event=event, drivers=[driver])
    make_career_result(driver=driver, season=season, totals=COUNTED)
    for number, result in enumerate(results, start=1):
        race = make_race(event=event, name=f"Race {number}", order=number)
        finish(race, entry, **result)
    make_race(event=event, name="Cancelled", order=98, status=CANCELLED)
    make_race(event=event, name="Not known", order=99)
    other = make_weekend(season=season, number=2, circuit=event.circuit)
    make_race(event=other, name="Not entered")
    return row(races_of(career_of(driver), AFTERWARDS), season)


def test_chart_of_races_has_those_that_the_driver_was_in():
    results = [
        {"position": 4},
        {"position": 2, "is_tied": True},
        {"status": RETIRED},
        {"status": DISQUALIFIED},
    ]
    chart = charts.of_races(season_row(results))
    assert (chart.title, chart.heading) == ("Cup 2022, race by race", "Race")
    assert [(point.label, point.text) for point in chart.points] == [
        *(("KNU", "4"), ("KNU", "=2"), ("KNU", "Ret"), ("KNU", "DSQ"), ("KNU", "–")),
    ]
    assert chart.points[0].name == "Race 1, Hockenheimring, 8 May 2022"
    assert chart.description == (
        "The best place is second: Race 2, Hockenheimring, 8 May 2022. Ret: retired. "
        "DSQ: disqualified. A dash stands where the place is not known."
    )


def test_chart_of_races_counts_what_are_too_many_to_name():
    chart = charts.of_races(season_row([{"position": 1}] * 4 + [{"position": 2}]))
    assert chart.description.startswith(
        "The best place is first, in four of six races. "
    )


def test_season_without_a_known_place_has_no_chart():
    assert charts.of_races(season_row([{"status": RETIRED}])) is None
