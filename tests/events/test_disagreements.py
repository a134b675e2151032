"""Where a typed season and what else is on the site disagree: events.disagreements."""

from decimal import Decimal

import pytest

from events.disagreements import disagreements
from events.models import CLASSIFIED, RETIRED
from tests.careers import AFTERWARDS, START, counted, race
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
    make_standings,
    make_standings_line,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event()


@pytest.fixture
def driver():
    return make_driver()


@pytest.fixture
def entry(event, driver):
    return make_entry(event=event, drivers=[driver])


def typed(driver, season, **facts):
    return make_career_result(driver=driver, season=season, **facts)


def found():
    return [
        (it.figure, it.typed, it.found, it.meaning) for it in disagreements(AFTERWARDS)
    ]


# Rows


def test_season_that_its_rows_bear_out_is_silent(driver, event, entry):
    race(event, entry, position=1)
    race(event, entry, status=RETIRED)
    typed(driver, event.season, starts=2, wins=1, podiums=1, poles=0, class_wins=0)
    assert found() == []


def test_rows_that_are_missing_are_told_for_each_figure(driver, event, entry):
    race(event, entry, position=2)
    typed(driver, event.season, starts=14, wins=1, podiums=6)
    assert found() == [
        ("starts", 14, 1, "rows_missing"),
        ("wins", 1, 0, "rows_missing"),
        ("podiums", 6, 1, "rows_missing"),
    ]


def test_rows_may_be_missing_where_nobody_typed_the_starts(driver, event, entry):
    race(event, entry, position=2)
    typed(driver, event.season, wins=1)
    assert found() == [("wins", 1, 0, "rows_missing")]


def test_rows_show_more_than_is_typed(driver, event, entry):
    race(event, entry, position=1)
    race(event, entry, position=1)
    typed(driver, event.season, starts=2, wins=1, podiums=2)
    assert found() == [("wins", 1, 2, "rows_show_more")]


def test_rows_are_all_there_and_show_fewer(driver, event, entry):
    race(event, entry, position=2)
    typed(driver, event.season, starts=1, wins=1)
    assert found() == [("wins", 1, 0, "rows_show_fewer")]


@pytest.mark.parametrize(("wins", "is_told"), [(0, True), (1, False), (2, False)])
def test_race_that_may_have_been_won_contradicts_nothing(
    wins, is_told, driver, event, entry
):
    race(event, entry, position=1)
    race(event, entry, status=CLASSIFIED, is_classified=True)
    typed(driver, event.season, starts=2, wins=wins)
    assert bool(found()) is is_told


def test_pole_that_the_site_does_not_know_contradicts_nothing(driver, event, entry):
    session = make_session(event=event, start=START)
    make_result(session=session, entry=entry, status=RETIRED)
    typed(driver, event.season, starts=1, poles=1, fastest_laps=1)
    assert found() == []


def test_season_without_rows_is_silent(driver, event):
    typed(driver, event.season, starts=14, wins=1)
    assert found() == []


def test_figures_that_nobody_typed_are_silent(driver, event, entry):
    race(event, entry, position=1)
    typed(driver, event.season)
    assert found() == []


def test_season_that_is_counted_agrees_with_itself(driver, event, entry):
    race(event, entry, position=1)
    counted(driver, event.season)
    assert found() == []


def test_race_that_is_still_to_come_is_no_row(driver, event, entry, travel):
    race(event, entry, position=1)
    typed(driver, event.season, starts=0)
    travel("2022-05-14T13:54+02:00")
    assert disagreements() == []
    travel("2022-05-14T13:55+02:00")
    assert [it.figure for it in disagreements()] == ["starts"]


# Standings


def final(driver, season, *, after_round=None, **facts):
    table = make_standings(season=season, after_round=after_round)
    return make_standings_line(table=table, driver=driver, **facts)


def test_final_standings_that_say_otherwise_are_told(driver, event):
    typed(driver, event.season, position=3, points=Decimal(408))
    final(driver, event.season, position=4, points=Decimal(398))
    assert found() == [
        ("position", 3, 4, "table_differs"),
        ("points", 408, 398, "table_differs"),
    ]


def test_counted_season_may_have_a_typed_place_that_the_standings_deny(driver, event):
    make_career_result(driver=driver, season=event.season, totals="counted", position=3)
    final(driver, event.season, position=4)
    assert found() == [("position", 3, 4, "table_differs")]


@pytest.mark.parametrize(
    ("record", "table"),
    [
        ({"position": 3}, {"position": 3}),
        ({"position": 3}, {"position": None}),
        ({"position": 3}, {"position": 4, "after_round": 5}),
        ({"position": 3, "after_round": 5}, {"position": 4}),
        ({"points": Decimal("12.5")}, {"points": Decimal("12.50"), "position": 9}),
        ({}, {"position": 4, "points": Decimal(1)}),
    ],
)
def test_standings_that_say_nothing_else_are_silent(record, table, driver, event):
    typed(driver, event.season, **record)
    final(driver, event.season, **table)
    assert found() == []


def test_place_after_the_last_round_is_that_of_the_final_standings(driver):
    season = make_season(rounds=7, is_over=True)
    typed(driver, season, position=2, after_round=7)
    final(driver, season, position=3)
    assert found() == [("position", 2, 3, "table_differs")]


# Order and cost


def test_disagreements_stand_by_driver_and_the_latest_season_first():
    series = make_series()
    seasons = [make_season(series=series, year=year) for year in (2021, 2022)]
    for first_name, last_name in (("Bo", "Öberg"), ("Ada", "Ek")):
        driver = make_driver(first_name=first_name, last_name=last_name)
        for season in seasons:
            typed(driver, season, position=1)
            final(driver, season, position=2) if first_name == "Bo" else None
    ada = driver
    for season in seasons:
        make_standings_line(table=season.standings.get(), driver=ada, position=3)
    assert [
        (it.line.driver.last_name, it.line.season.year) for it in disagreements()
    ] == [("Ek", 2022), ("Ek", 2021), ("Öberg", 2022), ("Öberg", 2021)]


@pytest.mark.parametrize("count", [1, 30])
def test_disagreements_of_any_number_of_drivers_take_four_queries(
    count, django_assert_num_queries
):
    series, circuit = make_series(), make_circuit()
    season = make_season(series=series)
    event = make_event(season=season, circuit=circuit)
    for number in range(count):
        driver = make_driver(slug=f"driver-{number}")
        entry = make_entry(event=event, number=str(number), drivers=[driver])
        race(event, entry, position=1)
        typed(driver, season, wins=0)
    with django_assert_num_queries(4):
        assert [
            (it.line.driver.name, str(it.line.season), it.meaning)
            for it in disagreements(AFTERWARDS)
        ] == [("Andreas Bäckman", "24H Series 2022", "rows_show_more")] * count
