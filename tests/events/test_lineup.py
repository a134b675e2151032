"""Drivers with number, season and next start: events.lineup."""

from datetime import UTC, date, datetime

import pytest

from events.lineup import lineups
from events.models import RETIRED
from tests.factories import (
    make_career_result,
    make_circuit,
    make_driver,
    make_entry,
    make_event,
    make_result,
    make_season,
    make_series,
    make_session,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _before_the_weekend(travel):
    travel("2022-05-12T12:00+02:00")


def lineup_of(driver):
    (lineup,) = lineups([driver])
    return lineup


def test_driver_without_a_season_or_an_entry_stands_alone():
    driver = make_driver()
    lineup = lineup_of(driver)
    assert (lineup.driver, lineup.career.lines, lineup.now) == (driver, [], None)
    assert (lineup.next_entry, lineup.number) == (None, "")


def test_latest_season_is_the_one_that_counts():
    driver = make_driver()
    series = make_series()
    make_career_result(driver=driver, season=make_season(series=series, year=2021))
    now = make_career_result(
        driver=driver, season=make_season(series=series, year=2022)
    )
    lineup = lineup_of(driver)
    assert lineup.now.record == now
    assert len(lineup.career.lines) == 2


def test_number_is_that_of_the_next_weekend():
    driver = make_driver()
    event = make_event()
    make_career_result(driver=driver, season=event.season, number="22")
    entry = make_entry(event=event, drivers=[driver], number="120")
    lineup = lineup_of(driver)
    assert (lineup.next_entry, lineup.number) == (entry, "120")


@pytest.mark.parametrize("entered", [True, False])
def test_number_is_that_of_the_latest_season_while_the_next_is_unknown(entered):
    driver = make_driver()
    series = make_series()
    for year, number in ((2020, "7"), (2021, "22"), (2022, "")):
        season = make_season(series=series, year=year)
        make_career_result(driver=driver, season=season, number=number)
    if entered:
        make_entry(event=make_event(season=season), drivers=[driver], number="")
    assert lineup_of(driver).number == "22"


def test_past_entry_is_not_the_next():
    driver = make_driver()
    past = make_event(first_day=date(2022, 5, 6), last_day=date(2022, 5, 8))
    make_entry(event=past, drivers=[driver])
    assert lineup_of(driver).next_entry is None


def test_drivers_keep_their_order():
    drivers = [make_driver(slug=slug) for slug in ("b", "c", "a")]
    assert [lineup.driver for lineup in lineups(drivers)] == drivers


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("has_line", "queries"), [(True, 4), (False, 5)])
def test_lineups_take_four_queries_and_one_more_where_results_alone_tell(
    has_line, queries, count, django_assert_num_queries
):
    season, circuit = make_season(), make_circuit()
    past = make_event(
        season=season,
        circuit=circuit,
        slug="past",
        first_day=date(2022, 5, 1),
        last_day=date(2022, 5, 1),
    )
    race = make_session(event=past, start=datetime(2022, 5, 1, 12, tzinfo=UTC))
    event = make_event(season=season, circuit=circuit)
    drivers = [make_driver(slug=f"driver-{number}") for number in range(count)]
    for number, driver in enumerate(drivers):
        entry = make_entry(event=past, drivers=[driver], number=str(number))
        make_result(session=race, entry=entry, status=RETIRED)
        make_entry(event=event, drivers=[driver], number=str(number))
        if has_line:
            make_career_result(driver=driver, season=season)
    with django_assert_num_queries(queries):
        assert [
            (lineup.number, str(lineup.now.season), lineup.next_entry.event)
            for lineup in lineups(drivers)
        ] == [(str(number), "24H Series 2022", event) for number in range(count)]


def test_line_that_only_results_tell_of_has_the_number_of_the_car():
    driver = make_driver()
    past = make_event(first_day=date(2022, 5, 1), last_day=date(2022, 5, 1))
    race = make_session(event=past, start=datetime(2022, 5, 1, 12, tzinfo=UTC))
    entry = make_entry(event=past, drivers=[driver], number="19")
    make_result(session=race, entry=entry, status=RETIRED)
    assert lineup_of(driver).numbers == [("19", past.season)]
