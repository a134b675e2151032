"""An import of a career done again: what changes, what is filled in, what is left."""

from datetime import UTC, date, datetime

import pytest

from drivers.models import CareerResult, Driver
from events.models import (
    DAY_ONLY,
    OFFICIAL,
    RETIRED,
    Entry,
    Event,
    EventRound,
    Result,
    ResultDriver,
    Session,
)
from racing.models import Circuit, Season, Series
from tests.events.imports import RESULT, SEASON, imported, made
from tests.factories import (
    make_career_result,
    make_circuit,
    make_driver,
    make_event,
    make_season,
    make_series,
    make_session,
)

pytestmark = pytest.mark.django_db


# Again, and once more


def everything():
    """Every row of results and what they hang on, with how much history there is."""
    models = (Series, Season, Circuit, Driver, Event, Session, Entry, Result)
    models += (ResultDriver, CareerResult, EventRound)
    return {
        model: (list(model.objects.order_by("pk").values()), model.history.count())
        for model in models
    }


def test_the_same_again_changes_nothing():
    rows = [
        RESULT
        | {"start": "13:55", "day": "2018-09-09", "also_counts_for": "Baltic Trophy"}
        | {"credited": "Anna Berg", "first_part": "Part 1", "gap": "+1 lap"},
        RESULT | {"number": "2", "drivers": "Bo Ek", "position": "", "status": "Ret"},
        SEASON | {"wins": "1", "championship_points": "408"},
    ]
    imported(*rows)
    before = everything()
    report = imported(*rows)
    assert everything() == before
    assert (made(report), +report.changed, report.left) == ({}, {}, 3)


def test_a_dry_run_saves_nothing_and_tells_the_same():
    report = imported(RESULT, SEASON, is_dry_run=True)
    assert {len(rows) for rows, _history in everything().values()} == {0}
    assert made(report) == made(imported(RESULT, SEASON))


def test_results_become_what_the_file_says_and_the_rest_is_left():
    two = RESULT | {"number": "2", "drivers": "Bo Ek", "position": "2", "laps": "17"}
    imported(RESULT, two)
    report = imported(
        RESULT | {"position": "2"}, two | {"position": "1", "laps": "", "points": "25"}
    )
    first, second = Result.objects.order_by("pk")
    assert (first.position, second.position) == (2, 1)
    assert (second.laps, second.points) == (17, 25)
    assert report.changed == {Result: 2}
    assert [row.position for row in second.history.order_by("history_id")] == [2, 1]


def test_a_car_that_stopped_after_all_loses_its_place():
    imported(RESULT)
    imported(RESULT | {"position": "", "status": "Ret"})
    result = Result.objects.get()
    assert (result.status, result.position) == (RETIRED, None)


def test_what_is_empty_on_the_site_is_filled_in():
    event = make_event(
        season=make_season(year=2018), circuit=make_circuit(time_zone="Europe/London")
    )
    event.first_day = event.last_day = None
    event.save()
    make_session(event=event, name_sv="Race", start=None, precision=DAY_ONLY)
    imported(
        {
            "series": "24h-series",
            "year": "2018",
            "season_rounds": "7",
            "event_slug": event.slug,
            "round": "4",
            "first_day": "2018-09-08",
            "session": "Race",
            "session_en": "The race",
            "day": "2018-09-09",
            "start": "9:05",
            "number": "19",
        }
    )
    event.refresh_from_db()
    session = event.sessions.get()
    assert (event.round, event.first_day, event.season.rounds) == (
        *("4", date(2018, 9, 8)),
        7,
    )
    assert session.start == datetime(2018, 9, 9, 8, 5, tzinfo=UTC)
    assert (session.name_en, session.precision) == ("The race", "confirmed")
    assert [row.history_type for row in event.history.order_by("history_id")] == [
        *("+", "~", "~")
    ]


# Official


def test_official_results_are_filled_in_but_stay_as_they_are():
    imported(RESULT, are_official=True)
    assert Session.objects.get().classification == OFFICIAL
    imported(RESULT | {"laps": "17"})
    assert Result.objects.get().laps == 17


def test_official_twice_is_no_change():
    imported(RESULT, are_official=True)
    report = imported(RESULT, are_official=True)
    assert (+report.changed, Session.history.count()) == ({}, 2)


# Seasons


def test_a_season_is_kept_as_published():
    imported(
        SEASON
        | {
            "team": "A Team",
            "make": "Honda",
            "car": "Civic",
            "number": "19",
            "rounds": "1–7",
            "championship_position": "3",
            "championship_points": "408",
            "after_round": "7",
            "starts": "14",
            "wins": "1",
            "podiums": "6",
            "poles": "1",
            "note_sv": "Trea.",
            "source": "a book",
        }
    )
    season = CareerResult.objects.get()
    assert str(season) == "Anna Berg, TCR Cup 2018"
    assert (str(season.team), str(season.car)) == ("A Team", "Honda Civic")
    assert (season.number, season.rounds) == ("19", "1–7")
    assert (season.position, season.points, season.after_round) == (3, 408, 7)
    assert (season.totals, season.starts, season.wins) == ("typed", 14, 1)
    assert (season.podiums, season.poles, season.fastest_laps) == (6, 1, None)
    assert (season.note_sv, season.source) == ("Trea.", "a book")


def test_a_season_without_figures_is_counted():
    imported(RESULT, SEASON | {"championship_position": "3"})
    assert CareerResult.objects.get().totals == "counted"


def test_a_season_changes_where_the_file_says_so():
    driver = make_driver(first_name="Anna", last_name="Berg", slug="anna-berg")
    season = make_season(series=make_series(short_name="TCR Cup"), year=2018)
    line = make_career_result(driver=driver, season=season, wins=2, rounds="1–3")
    report = imported(SEASON | {"wins": "3", "podiums": "4"})
    line.refresh_from_db()
    assert (line.wins, line.podiums, line.rounds) == (3, 4, "1–3")
    assert report.changed == {CareerResult: 1}


def test_a_season_that_is_counted_from_now_on_loses_its_figures():
    imported(SEASON | {"wins": "2", "podiums": "3"})
    imported(SEASON | {"totals": "counted"})
    line = CareerResult.objects.get()
    assert (line.totals, line.wins, line.podiums) == ("counted", None, None)
