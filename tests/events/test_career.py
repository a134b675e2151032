"""Seasons with their totals, counted or typed, never added: events.career."""

from datetime import date, timedelta

import pytest

from drivers.models import COUNTED, GUEST, TYPED
from events.career import (
    Totals,
    careers,
    lines_in,
    team_seasons,
)
from events.models import (
    CLASSIFIED,
    DID_NOT_START,
    PRACTICE,
    QUALIFYING,
    RETIRED,
    TEST,
)
from tests.careers import (
    AFTERWARDS,
    START,
    career_of,
    counted,
    line_of,
    nothing_but,
    race,
    totals,
)
from tests.factories import (
    make_car,
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
    make_team,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event()


# Typed or counted


def test_typed_totals_stand_as_published(event):
    driver = make_driver()
    race(event, make_entry(event=event, drivers=[driver]), position=1)
    make_career_result(
        driver=driver, season=event.season, totals=TYPED, starts=14, wins=1, podiums=6
    )
    assert totals(driver) == Totals(starts=14, wins=1, podiums=6)


def test_typed_totals_that_are_empty_are_unknown_and_not_counted(event):
    driver = make_driver()
    race(event, make_entry(event=event, drivers=[driver]), position=1)
    make_career_result(driver=driver, season=event.season)
    assert totals(driver) == Totals()


def test_counted_totals_follow_the_results(event):
    driver = make_driver()
    entry = make_entry(event=event, drivers=[driver])
    counted(driver, event.season)
    row = race(event, entry, position=4)
    assert totals(driver) == nothing_but(starts=1)
    row.position = 1
    row.save()
    assert totals(driver) == nothing_but(starts=1, wins=1, podiums=1)


def test_counted_totals_without_results_are_unknown_and_not_0(event):
    driver = make_driver()
    counted(driver, event.season)
    assert totals(driver) == Totals()


def test_pole_and_fastest_lap_that_nobody_has_on_the_site_are_unknown(event):
    driver = make_driver()
    entry = make_entry(event=event, drivers=[driver])
    session = make_session(event=event, start=START)
    make_result(session=session, entry=entry, status=RETIRED)
    assert totals(driver) == Totals(starts=1, wins=0, class_wins=0, podiums=0)


def test_results_without_a_line_of_the_season_make_one_that_is_counted(event):
    driver, team, car = make_driver(), make_team(), make_car()
    entry = make_entry(event=event, drivers=[driver], team=team, car=car, number="19")
    race(event, entry, position=1)
    (line,) = career_of(driver).lines
    record = line.record
    assert (record.pk, record.driver, record.season) == (None, driver, event.season)
    assert (record.team, record.car, record.number) == (team, car, "19")
    assert line.totals == nothing_but(starts=1, wins=1, podiums=1)


def test_line_of_results_names_team_car_and_number_of_the_last_weekend(event):
    driver, new = make_driver(), make_team(name="New", slug="new")
    last = make_event(
        season=event.season,
        circuit=event.circuit,
        slug="last",
        first_day=date(2022, 9, 3),
        last_day=date(2022, 9, 4),
    )
    race(last, make_entry(event=last, drivers=[driver], team=new, number="22"))
    old = make_entry(event=event, drivers=[driver], team=make_team(), number="19")
    race(event, old, status=RETIRED)
    record = line_of(driver, event.season).record
    assert (record.team, record.number) == (new, "22")


def test_two_drivers_of_one_team_have_their_own_numbers(event):
    team = make_team()
    drivers = [make_driver(slug=slug) for slug in ("one", "two")]
    for number, driver in enumerate(drivers):
        entry = make_entry(event=event, drivers=[driver], team=team, number=str(number))
        race(event, entry, status=RETIRED)
    found = careers(drivers, AFTERWARDS)
    assert [found[driver.pk].lines[0].record.number for driver in drivers] == ["0", "1"]


def test_results_count_for_their_own_season(event):
    driver = make_driver()
    race(event, make_entry(event=event, drivers=[driver]), position=1)
    other = make_season(series=event.season.series, year=2021)
    make_career_result(driver=driver, season=other, totals=COUNTED)
    assert [(line.season, line.totals.wins) for line in career_of(driver).lines] == [
        (event.season, 1),
        (other, None),
    ]


# What is a race


@pytest.mark.parametrize("kind", [TEST, PRACTICE, QUALIFYING])
def test_only_races_count(kind, event):
    driver = make_driver()
    counted(driver, event.season)
    entry = make_entry(event=event, drivers=[driver])
    won = {"status": CLASSIFIED, "is_classified": True, "position": 1}
    make_result(session=make_session(event=event, kind=kind), entry=entry, **won)
    assert totals(driver) == Totals()


def test_race_in_two_parts_is_one_start_and_one_result(event):
    driver = make_driver()
    entry = make_entry(event=event, drivers=[driver])
    row = race(event, entry, position=1)
    first = make_session(
        event=event, name_sv="Race, del 1", start=START, result_in=row.session
    )
    won = {"status": CLASSIFIED, "is_classified": True, "position": 1}
    make_result(session=first, entry=entry, **won)
    assert totals(driver) == nothing_but(starts=1, wins=1, podiums=1)


# Whom a result counts for


def test_result_counts_for_a_whole_crew_that_shared_the_car(event):
    crew = [make_driver(slug=slug) for slug in ("andreas", "oliver", "emil")]
    entry = make_entry(event=event, drivers=crew)
    race(event, entry, position=1)
    found = careers(crew, AFTERWARDS)
    assert [found[driver.pk].lines[0].totals for driver in crew] == [
        nothing_but(starts=1, wins=1, podiums=1)
    ] * 3


def test_result_that_names_drivers_counts_for_those_alone(event):
    drove, entered, stepped_in = (
        make_driver(slug=slug) for slug in ("drove", "entered", "stepped-in")
    )
    entry = make_entry(event=event, drivers=[drove, entered])
    for driver in (drove, entered, stepped_in):
        counted(driver, event.season)
    race(event, entry, credited=[drove, stepped_in], position=1)
    lines = careers([drove, entered, stepped_in], AFTERWARDS)
    won = nothing_but(starts=1, wins=1, podiums=1)
    assert lines[drove.pk].lines[0].totals == won
    assert lines[entered.pk].lines[0].totals == Totals()
    assert lines[stepped_in.pk].lines[0].totals == won


def test_car_driven_in_turns_counts_each_race_for_who_drove_it(event):
    andreas, jessica = crew = [make_driver(slug=slug) for slug in ("a", "j")]
    entry = make_entry(event=event, drivers=crew)
    race(event, entry, credited=[andreas], position=1)
    race(event, entry, credited=[jessica], position=2)
    race(event, entry, position=3)
    found = careers(crew, AFTERWARDS)
    assert [found[driver.pk].lines[0].totals for driver in crew] == [
        nothing_but(starts=2, wins=1, podiums=2),
        nothing_but(starts=2, podiums=2),
    ]


def test_result_counts_for_one_of_two_credited_drivers_asked_for_alone(event):
    one, other = (make_driver(slug=slug) for slug in ("one", "other"))
    entry = make_entry(event=event, drivers=[other, one])
    race(event, entry, credited=[other, one], position=2)
    assert totals(one) == nothing_but(starts=1, podiums=1)


def test_two_drivers_in_two_cars_keep_their_own(event):
    andreas, jessica = (make_driver(slug=slug) for slug in ("andreas", "jessica"))
    first = make_entry(event=event, number="1", drivers=[andreas])
    second = make_entry(event=event, number="2", drivers=[jessica])
    done = {"status": CLASSIFIED, "is_classified": True}
    session = race(event, first, position=1).session
    make_result(session=session, entry=second, position=2, **done)
    found = careers([andreas, jessica], AFTERWARDS)
    assert found[andreas.pk].lines[0].totals == nothing_but(starts=1, wins=1, podiums=1)
    assert found[jessica.pk].lines[0].totals == nothing_but(starts=1, podiums=1)


# When a result counts


def test_result_does_not_count_before_its_session_has_started(event):
    driver = make_driver()
    counted(driver, event.season)
    race(event, make_entry(event=event, drivers=[driver]), position=1)
    assert totals(driver, at=START - timedelta(seconds=1)) == Totals()
    assert totals(driver, at=START) == nothing_but(starts=1, wins=1, podiums=1)


def test_counting_follows_the_site_clock(event, travel):
    driver = make_driver()
    counted(driver, event.season)
    race(event, make_entry(event=event, drivers=[driver]), position=1)
    travel("2022-05-14T13:54+02:00")
    assert totals(driver, at=None) == Totals()
    travel("2022-05-14T13:55+02:00")
    assert totals(driver, at=None).wins == 1


# Order


def test_seasons_stand_the_latest_first_then_by_series():
    driver = make_driver()
    stcc = make_series(short_name="STCC", slug="stcc")
    hours = make_series(short_name="24H Series", slug="24h-series")
    for series, year in ((stcc, 2018), (stcc, 2022), (hours, 2022)):
        season = make_season(series=series, year=year)
        make_career_result(driver=driver, season=season)
    assert [str(line.season) for line in career_of(driver).lines] == [
        "24H Series 2022",
        "STCC 2022",
        "STCC 2018",
    ]


# Our drivers in a season


def test_lines_of_seasons_stand_the_latest_first_by_place_and_name(event):
    ada, bea, cia, dora, guest = (
        make_driver(first_name=name, last_name="Berg")
        for name in ("Ada", "Bea", "Cia", "Dora", "Emil")
    )
    guest.status = GUEST
    guest.save()
    make_career_result(driver=cia, season=event.season, position=2)
    make_career_result(driver=dora, season=event.season, position=1)
    race(event, make_entry(event=event, drivers=[bea]), credited=[ada, guest])
    race(event, make_entry(event=event, number="2", drivers=[bea, guest]))
    last_year = make_season(series=event.season.series, year=2021)
    make_career_result(driver=ada, season=last_year)
    lines = lines_in([last_year, event.season], AFTERWARDS)
    assert [(line.season.year, line.driver) for line in lines] == [
        (2022, dora),
        (2022, cia),
        (2022, ada),
        (2022, bea),
        (2021, ada),
    ]


def test_no_seasons_have_no_lines():
    make_career_result(driver=make_driver(), season=make_season())
    assert lines_in([]) == []


# Teams


def test_crew_of_three_is_one_win_for_the_team(event):
    team = make_team()
    crew = [make_driver(slug=slug) for slug in ("one", "two", "three")]
    race(event, make_entry(event=event, drivers=crew, team=team), position=1)
    assert team_seasons(team, AFTERWARDS) == [
        (event.season, nothing_but(starts=1, wins=1, podiums=1))
    ]


def test_team_counts_each_of_its_cars_and_nobody_elses(event):
    ours, theirs = make_team(), make_team(name="Other", slug="other")
    for number, team in (("1", ours), ("2", ours), ("3", theirs)):
        entry = make_entry(event=event, number=number, team=team)
        race(event, entry, position=int(number))
    assert team_seasons(ours, AFTERWARDS) == [
        (event.season, nothing_but(starts=2, wins=1, podiums=2))
    ]


def test_seasons_of_a_team_stand_the_latest_first(event):
    team = make_team()
    past = make_season(series=event.season.series, year=2021)
    before = make_event(season=past, circuit=event.circuit, slug="before")
    for weekend in (before, event):
        race(weekend, make_entry(event=weekend, team=team), status=DID_NOT_START)
    assert team_seasons(team, AFTERWARDS) == [
        (event.season, nothing_but()),
        (past, nothing_but()),
    ]


def test_team_without_results_has_no_seasons():
    assert team_seasons(make_team()) == []


@pytest.mark.parametrize("count", [1, 30])
def test_seasons_of_a_team_take_two_queries(count, django_assert_num_queries):
    series, circuit, team = make_series(), make_circuit(), make_team()
    for number in range(count):
        season = make_season(series=series, year=2022 - number)
        event = make_event(season=season, circuit=circuit, slug=f"event-{number}")
        race(event, make_entry(event=event, team=team), status=RETIRED)
    with django_assert_num_queries(2):
        assert [str(season) for season, _totals in team_seasons(team, AFTERWARDS)] == [
            f"24H Series {2022 - number}" for number in range(count)
        ]


# Cost


def make_two_seasons(count):
    """Drivers with a result each in two seasons, and the seasons."""
    series, circuit, team = make_series(), make_circuit(), make_team()
    drivers = [make_driver(slug=f"driver-{number:02}") for number in range(count)]
    seasons = [make_season(series=series, year=year) for year in (2022, 2021)]
    for season in seasons:
        slug = f"event-{season.year}"
        event = make_event(season=season, circuit=circuit, slug=slug)
        session = make_session(event=event, start=START)
        for number, driver in enumerate(drivers):
            entry = make_entry(
                event=event, number=str(number), drivers=[driver], team=team
            )
            make_result(session=session, entry=entry, status=RETIRED)
    return drivers, seasons


def told(line):
    return str(line.season), line.driver.name, line.totals.starts


@pytest.mark.parametrize("count", [1, 30])
def test_careers_of_any_number_of_drivers_take_three_queries(
    count, django_assert_num_queries
):
    drivers, seasons = make_two_seasons(count)
    for season in seasons:
        table = make_standings(season=season)
        for number, driver in enumerate(drivers, start=1):
            make_career_result(driver=driver, season=season, totals=COUNTED)
            make_standings_line(table=table, driver=driver, position=number)
    with django_assert_num_queries(3):
        found = careers(drivers, AFTERWARDS)
        assert [[told(line) for line in found[d.pk].lines] for d in drivers] == [
            [(str(season), "Andreas Bäckman", 1) for season in seasons]
        ] * count
        assert [found[d.pk].lines[0].after_round for d in drivers] == [None] * count


@pytest.mark.parametrize("count", [1, 30])
def test_seasons_that_only_results_tell_of_take_one_query_more(
    count, django_assert_num_queries
):
    drivers, seasons = make_two_seasons(count)
    with django_assert_num_queries(4):
        found = careers(drivers, AFTERWARDS)
        assert [[told(line) for line in found[d.pk].lines] for d in drivers] == [
            [(str(season), "Andreas Bäckman", 1) for season in seasons]
        ] * count
        assert {str(found[d.pk].lines[0].record.team) for d in drivers} == {
            "Lestrup Racing Team"
        }


@pytest.mark.parametrize("count", [1, 30])
def test_lines_of_seasons_take_five_queries(count, django_assert_num_queries):
    _drivers, seasons = make_two_seasons(count)
    with django_assert_num_queries(5):
        assert [told(line) for line in lines_in(seasons, AFTERWARDS)] == [
            (str(season), "Andreas Bäckman", 1)
            for season in seasons
            for _number in range(count)
        ]


def test_careers_of_nobody_are_none(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert careers([]) == {}
