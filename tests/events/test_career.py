"""Seasons with their totals, counted or typed, never added: events.career."""

from datetime import UTC, datetime, timedelta

import pytest

from drivers.models import COUNTED, TYPED
from events.career import Totals, careers
from events.models import (
    CLASSIFIED,
    DID_NOT_QUALIFY,
    DID_NOT_START,
    DISQUALIFIED,
    EXCLUDED,
    IN_CLASS,
    NOT_CLASSIFIED,
    OVERALL,
    PRACTICE,
    QUALIFYING,
    RETIRED,
    TEST,
    WITHDRAWN,
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
    make_team,
)

pytestmark = pytest.mark.django_db

START = datetime(2022, 5, 14, 11, 55, tzinfo=UTC)
AFTERWARDS = datetime(2022, 12, 1, tzinfo=UTC)


@pytest.fixture
def event():
    return make_event()


def race(event, entry, *, credited=(), **fields):
    """A result of its own race; a position means classified."""
    if fields.get("position") or fields.get("class_position"):
        fields = {"status": CLASSIFIED, "is_classified": True} | fields
    session = make_session(event=event, start=START)
    return make_result(session=session, entry=entry, drivers=credited, **fields)


def totals(driver, at=AFTERWARDS):
    (line,) = careers([driver], at)[driver.pk].lines
    return line.totals


def counted(driver, event):
    return make_career_result(driver=driver, season=event.season, totals=COUNTED)


def nothing_but(**figures):
    """Totals with these figures and 0 for the rest."""
    zeros = {"wins": 0, "class_wins": 0, "podiums": 0, "poles": 0, "fastest_laps": 0}
    return Totals(**(zeros | figures))


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
    counted(driver, event)
    row = race(event, entry, position=4)
    assert totals(driver) == nothing_but(starts=1)
    row.position = 1
    row.save()
    assert totals(driver) == nothing_but(starts=1, wins=1, podiums=1)


def test_counted_totals_without_results_are_unknown_and_not_0(event):
    driver = make_driver()
    counted(driver, event)
    assert totals(driver) == Totals()


def test_results_without_a_line_of_the_season_make_one_that_is_counted(event):
    driver, team, car = make_driver(), make_team(), make_car()
    entry = make_entry(event=event, drivers=[driver], team=team, car=car, number="19")
    race(event, entry, position=1)
    (line,) = careers([driver], AFTERWARDS)[driver.pk].lines
    record = line.record
    assert (record.pk, record.season) == (None, event.season)
    assert (record.team, record.car, record.number) == (team, car, "19")
    assert line.totals == nothing_but(starts=1, wins=1, podiums=1)


def test_results_count_for_their_own_season(event):
    driver = make_driver()
    race(event, make_entry(event=event, drivers=[driver]), position=1)
    other = make_season(series=event.season.series, year=2021)
    make_career_result(driver=driver, season=other, totals=COUNTED)
    assert totals(driver) == Totals()


# What is a start


@pytest.mark.parametrize(
    ("status", "starts"),
    [
        (CLASSIFIED, 1),
        (NOT_CLASSIFIED, 1),
        (RETIRED, 1),
        (DISQUALIFIED, 1),
        (EXCLUDED, 1),
        (DID_NOT_START, 0),
        (DID_NOT_QUALIFY, 0),
        (WITHDRAWN, 0),
    ],
)
def test_who_took_the_start_has_started(status, starts, event):
    driver = make_driver()
    counted(driver, event)
    entry = make_entry(event=event, drivers=[driver])
    race(event, entry, status=status, is_classified=status == CLASSIFIED)
    assert totals(driver) == nothing_but(starts=starts)


@pytest.mark.parametrize("kind", [TEST, PRACTICE, QUALIFYING])
def test_only_races_count(kind, event):
    driver = make_driver()
    counted(driver, event)
    entry = make_entry(event=event, drivers=[driver])
    won = {"status": CLASSIFIED, "is_classified": True, "position": 1}
    make_result(session=make_session(event=event, kind=kind), entry=entry, **won)
    assert totals(driver) == Totals()


def test_race_in_two_parts_is_one_start_and_one_result(event):
    driver = make_driver()
    counted(driver, event)
    entry = make_entry(event=event, drivers=[driver])
    second = make_session(event=event, name_sv="Race, del 2", start=START)
    first = make_session(
        event=event, name_sv="Race, del 1", start=START, result_in=second
    )
    won = {"status": CLASSIFIED, "is_classified": True, "position": 1}
    make_result(session=first, entry=entry, **won)
    make_result(session=second, entry=entry, **won)
    assert totals(driver) == nothing_but(starts=1, wins=1, podiums=1)


# What is a win, a podium, a pole


@pytest.mark.parametrize(
    ("result", "figures"),
    [
        ({"position": 1}, {"wins": 1, "podiums": 1}),
        ({"position": 1, "class_position": 1}, {"wins": 1, "podiums": 1}),
        ({"position": 2}, {"podiums": 1}),
        ({"position": 3}, {"podiums": 1}),
        ({"position": 4}, {}),
        ({"position": 24, "class_position": 1}, {"class_wins": 1}),
        ({"class_position": 1}, {"class_wins": 1}),
        ({"position": 24, "class_position": 3}, {}),
        ({"position": 4, "pole": OVERALL}, {"poles": 1}),
        ({"position": 4, "pole": IN_CLASS}, {}),
        ({"position": 4, "fastest_lap": OVERALL}, {"fastest_laps": 1}),
        ({"position": 4, "fastest_lap": IN_CLASS}, {}),
        (
            {"status": RETIRED, "pole": OVERALL, "fastest_lap": OVERALL},
            {"poles": 1, "fastest_laps": 1},
        ),
    ],
)
def test_class_wins_stand_beside_wins_and_are_not_among_them(result, figures, event):
    driver = make_driver()
    counted(driver, event)
    race(event, make_entry(event=event, drivers=[driver]), **result)
    assert totals(driver) == nothing_but(starts=1, **figures)


def test_who_takes_pole_and_does_not_start_has_the_pole(event):
    driver = make_driver()
    counted(driver, event)
    entry = make_entry(event=event, drivers=[driver])
    race(event, entry, status=DID_NOT_START, pole=OVERALL)
    assert totals(driver) == nothing_but(starts=0, poles=1)


def test_season_adds_up(event):
    driver = make_driver()
    counted(driver, event)
    entry = make_entry(event=event, drivers=[driver])
    race(event, entry, position=1, pole=OVERALL, fastest_lap=OVERALL)
    race(event, entry, position=1)
    race(event, entry, position=3, fastest_lap=OVERALL)
    race(event, entry, position=12, class_position=1)
    race(event, entry, status=RETIRED)
    race(event, entry, status=DID_NOT_START)
    assert totals(driver) == Totals(
        starts=5, wins=2, class_wins=1, podiums=3, poles=1, fastest_laps=2
    )


# Whom a result counts for


def test_result_counts_for_a_whole_crew_that_shared_the_car(event):
    crew = [make_driver(slug=slug) for slug in ("andreas", "oliver", "emil")]
    entry = make_entry(event=event, drivers=crew)
    for driver in crew:
        counted(driver, event)
    race(event, entry, position=1)
    lines = careers(crew, AFTERWARDS)
    assert [lines[driver.pk].lines[0].totals for driver in crew] == [
        nothing_but(starts=1, wins=1, podiums=1)
    ] * 3


def test_result_that_names_drivers_counts_for_those_alone(event):
    drove, entered, stepped_in = (
        make_driver(slug=slug) for slug in ("drove", "entered", "stepped-in")
    )
    entry = make_entry(event=event, drivers=[drove, entered])
    for driver in (drove, entered, stepped_in):
        counted(driver, event)
    race(event, entry, credited=[drove, stepped_in], position=1)
    lines = careers([drove, entered, stepped_in], AFTERWARDS)
    won = nothing_but(starts=1, wins=1, podiums=1)
    assert lines[drove.pk].lines[0].totals == won
    assert lines[entered.pk].lines[0].totals == Totals()
    assert lines[stepped_in.pk].lines[0].totals == won


def test_result_counts_for_one_of_two_credited_drivers_asked_for_alone(event):
    one, other = (make_driver(slug=slug) for slug in ("one", "other"))
    entry = make_entry(event=event, drivers=[other, one])
    counted(one, event)
    race(event, entry, credited=[other, one], position=2)
    assert totals(one) == nothing_but(starts=1, podiums=1)


def test_two_drivers_in_two_cars_keep_their_own(event):
    andreas, jessica = (make_driver(slug=slug) for slug in ("andreas", "jessica"))
    first = make_entry(event=event, number="1", drivers=[andreas])
    second = make_entry(event=event, number="2", drivers=[jessica])
    counted(andreas, event)
    counted(jessica, event)
    session = make_session(event=event, start=START)
    done = {"status": CLASSIFIED, "is_classified": True}
    make_result(session=session, entry=first, position=1, **done)
    make_result(session=session, entry=second, position=2, **done)
    lines = careers([andreas, jessica], AFTERWARDS)
    assert lines[andreas.pk].lines[0].totals == nothing_but(starts=1, wins=1, podiums=1)
    assert lines[jessica.pk].lines[0].totals == nothing_but(starts=1, podiums=1)


# When a result counts


def test_result_does_not_count_before_its_session_has_started(event):
    driver = make_driver()
    counted(driver, event)
    race(event, make_entry(event=event, drivers=[driver]), position=1)
    assert totals(driver, at=START - timedelta(seconds=1)) == Totals()
    assert totals(driver, at=START) == nothing_but(starts=1, wins=1, podiums=1)


def test_counting_follows_the_site_clock(event, travel):
    driver = make_driver()
    counted(driver, event)
    race(event, make_entry(event=event, drivers=[driver]), position=1)
    travel("2022-05-14T13:54+02:00")
    assert totals(driver, at=None) == Totals()
    travel("2022-05-14T13:55+02:00")
    assert totals(driver, at=None).wins == 1


# Titles and order


@pytest.mark.parametrize(
    ("position", "is_over", "is_title"),
    [(1, True, True), (1, False, False), (2, True, False), (None, True, False)],
)
def test_first_place_is_a_title_when_the_season_is_over(position, is_over, is_title):
    driver = make_driver()
    make_career_result(
        driver=driver, season=make_season(is_over=is_over), position=position
    )
    (line,) = careers([driver])[driver.pk].lines
    assert line.is_title is is_title


def test_seasons_stand_the_latest_first_then_by_series():
    driver = make_driver()
    stcc = make_series(short_name="STCC", slug="stcc")
    hours = make_series(short_name="24H Series", slug="24h-series")
    for series, year in ((stcc, 2018), (stcc, 2022), (hours, 2022)):
        season = make_season(series=series, year=year)
        make_career_result(driver=driver, season=season)
    assert [str(line.record.season) for line in careers([driver])[driver.pk].lines] == [
        "24H Series 2022",
        "STCC 2022",
        "STCC 2018",
    ]


# Cost


@pytest.mark.parametrize("count", [1, 30])
def test_careers_of_any_number_of_drivers_take_three_queries(
    count, django_assert_num_queries
):
    series, circuit = make_series(), make_circuit()
    drivers = [make_driver(slug=f"driver-{number}") for number in range(count)]
    for year in (2021, 2022):
        season = make_season(series=series, year=year)
        event = make_event(season=season, circuit=circuit, slug=f"event-{year}")
        session = make_session(event=event, start=START)
        for number, driver in enumerate(drivers):
            entry = make_entry(event=event, number=str(number), drivers=[driver])
            make_result(session=session, entry=entry, status=RETIRED)
            counted(driver, event)
    with django_assert_num_queries(3):
        lines = careers(drivers, AFTERWARDS)
        assert [
            [
                (str(line.record.season), line.totals.starts)
                for line in lines[driver.pk].lines
            ]
            for driver in drivers
        ] == [[("24H Series 2022", 1), ("24H Series 2021", 1)]] * count


def test_careers_of_nobody_are_none(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert careers([]) == {}
