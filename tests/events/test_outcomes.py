"""The classification of a session and the races of weekends: events.outcomes."""

from datetime import UTC, datetime

import pytest

from drivers.models import GUEST
from events import outcomes, schedule
from events.models import (
    CLASSIFIED,
    DID_NOT_START,
    DISQUALIFIED,
    IN_CLASS,
    NOT_CLASSIFIED,
    QUALIFYING,
    RETIRED,
    Entry,
    Event,
)
from tests.factories import (
    make_circuit,
    make_class,
    make_driver,
    make_entry,
    make_event,
    make_result,
    make_season,
    make_session,
    make_team,
)

pytestmark = pytest.mark.django_db

BEFORE = datetime(2022, 5, 14, 11, 54, tzinfo=UTC)
START = datetime(2022, 5, 14, 11, 55, tzinfo=UTC)
AFTERWARDS = datetime(2022, 12, 1, tzinfo=UTC)
IN_PLACE = {"status": CLASSIFIED, "is_classified": True}


@pytest.fixture
def event():
    return make_event()


@pytest.fixture
def race(event):
    return make_session(event=event, start=START)


def add(race, number, *, drivers=(), racing_class=None, credited=(), **fields):
    entry = make_entry(
        event=race.event, number=number, drivers=drivers, racing_class=racing_class
    )
    return make_result(session=race, entry=entry, drivers=credited, **fields)


def numbers(results):
    return [result.entry.number for result in results]


# One session


def test_cars_stand_by_place_and_then_by_what_became_of_them(race):
    for number, fields in {
        "8": {"status": DID_NOT_START},
        "7": {"status": DISQUALIFIED},
        "6": {"status": RETIRED, "laps": 3},
        "5": {"status": RETIRED, "laps": 7},
        "4": {"status": NOT_CLASSIFIED},
        "3": IN_PLACE,
        "2": IN_PLACE | {"position": 2},
        "1": IN_PLACE | {"position": 1},
        "9": {},
    }.items():
        add(race, number, **fields)
    sheet = outcomes.sheet(race, AFTERWARDS)
    assert numbers(sheet.results) == ["1", "2", "3", "9", "4", "5", "6", "7", "8"]


def test_cars_of_which_only_the_place_in_class_is_known_stand_by_class(race):
    for number, name, place in (("1", "TCR", 2), ("2", "GT4", 1), ("3", "TCR", 1)):
        add(
            race,
            number,
            racing_class=make_class(name=name),
            class_position=place,
            **IN_PLACE,
        )
    assert numbers(outcomes.sheet(race, AFTERWARDS).results) == ["2", "3", "1"]


def test_column_in_which_no_car_has_anything_is_left_out(race):
    add(race, "", **IN_PLACE)
    assert outcomes.sheet(race, AFTERWARDS).columns == dict.fromkeys(
        outcomes.COLUMNS, False
    )


@pytest.mark.parametrize(
    ("column", "fields"),
    [
        ("laps", {"laps": 0}),
        ("points", {"points": 0}),
        ("time", {"gap": "+1 lap"}),
        ("time", {"time_ms": 1}),
        ("best_lap", {"best_lap_ms": 1}),
        ("grid", {"grid": 1}),
        ("marks", {"pole": IN_CLASS}),
        ("marks", {"fastest_lap": IN_CLASS}),
        ("class_position", IN_PLACE | {"class_position": 1}),
    ],
)
def test_column_in_which_one_car_has_something_is_shown(race, column, fields):
    add(race, "", **fields)
    add(race, "")
    columns = outcomes.sheet(race, AFTERWARDS).columns
    assert [name for name, is_shown in columns.items() if is_shown] == [column]


def test_columns_of_the_entry_are_shown_where_one_car_has_them(race):
    entry = make_entry(
        event=race.event,
        number="7",
        drivers=[make_driver()],
        team=make_team(),
        racing_class=make_class(),
    )
    make_result(session=race, entry=entry)
    columns = outcomes.sheet(race, AFTERWARDS).columns
    assert [name for name, is_shown in columns.items() if is_shown] == [
        *("number", "drivers", "racing_class", "team")
    ]


def test_sheet_explains_the_codes_it_prints_and_no_others(race):
    add(race, "1", status=RETIRED)
    add(race, "2", status=RETIRED, is_classified=True)
    add(race, "3", status=DID_NOT_START)
    add(race, "4", **IN_PLACE)
    sheet = outcomes.sheet(race, AFTERWARDS)
    assert [code for code, _meaning in sheet.codes] == ["Ret", "DNS"]
    assert sheet.dagger == "†"


def test_sheet_without_codes_explains_none(race):
    add(race, "4", **IN_PLACE)
    sheet = outcomes.sheet(race, AFTERWARDS)
    assert (sheet.codes, sheet.dagger) == ([], "")


@pytest.mark.parametrize(
    ("places", "is_partial"),
    [
        ([], False),
        ([None], False),
        ([1, 2, 3], False),
        ([1, 2, 2], False),
        ([1, 3], True),
        ([24], True),
    ],
)
def test_sheet_knows_whether_a_place_is_missing(race, places, is_partial):
    for number, place in enumerate(places):
        tied = places.count(place) > 1
        add(race, str(number), position=place, is_tied=tied, **IN_PLACE)
    assert outcomes.sheet(race, AFTERWARDS).is_partial is is_partial


def test_our_cars_are_those_of_drivers_with_a_page(race):
    guest = make_driver(slug="guest", status=GUEST)
    ours = make_driver()
    add(race, "1", position=1, drivers=[guest], **IN_PLACE)
    add(race, "2", position=2, drivers=[guest, ours], **IN_PLACE)
    add(race, "3", position=3, drivers=[guest], credited=[ours], **IN_PLACE)
    assert numbers(outcomes.sheet(race, AFTERWARDS).ours) == ["2", "3"]


def test_sheet_is_empty_before_its_session_has_started(race):
    add(race, "1", position=1, **IN_PLACE)
    assert outcomes.sheet(race, BEFORE).results == []
    assert len(outcomes.sheet(race, START).results) == 1


@pytest.mark.parametrize("count", [1, 30])
def test_sheet_takes_three_queries(count, race, django_assert_num_queries):
    for number in range(count):
        driver = make_driver(slug=f"driver-{number}")
        add(race, str(number), drivers=[driver], note_sv="Anmärkning", **IN_PLACE)
    with django_assert_num_queries(3):
        sheet = outcomes.sheet(race, AFTERWARDS)
        assert len(sheet.ours) == len(sheet.notes) == count
        assert sheet.columns["drivers"] is True


# A result in words


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        (IN_PLACE | {"position": 3}, "Andreas Bäckman: third"),
        (
            IN_PLACE | {"position": 24, "class_position": 3},
            "Andreas Bäckman: third in TCR, 24th overall",
        ),
        (
            IN_PLACE | {"position": 3, "is_tied": True},
            "Andreas Bäckman: tied third",
        ),
        (
            {"status": RETIRED, "is_classified": True, "position": 9},
            "Andreas Bäckman: ninth, retired but classified",
        ),
        (
            {"status": RETIRED, "is_classified": True},
            "Andreas Bäckman: retired but classified",
        ),
        ({"status": DISQUALIFIED}, "Andreas Bäckman: disqualified"),
        (IN_PLACE, "Andreas Bäckman"),
        ({}, "Andreas Bäckman"),
    ],
)
@pytest.mark.usefixtures("english")
def test_result_is_told_as_far_as_it_is_known(race, fields, text):
    result = add(
        race, "19", drivers=[make_driver()], racing_class=make_class(), **fields
    )
    assert outcomes.told(result) == text


# Several weekends


def with_races(at=AFTERWARDS):
    """All weekends with their races, by slug."""
    events = list(schedule.with_crews(Event.objects.order_by("pk")))
    return {event.slug: event.races for event in outcomes.add_races(events, at)}


def shown(races):
    """{number: [position]} of our cars, and the winners' numbers."""
    cars = {
        car.entry.number: [result.position for result in car.results]
        for car in races.cars
    }
    return cars, numbers(races.winners)


def test_weekend_has_our_cars_race_by_race_and_the_winners_of_the_others(event):
    ours = make_entry(event=event, number="19", drivers=[make_driver()])
    guest = make_driver(slug="guest", status=GUEST)
    other = make_entry(event=event, number="1", drivers=[guest])
    third = make_entry(event=event, number="2", drivers=[guest])
    for hour, (our_place, other_place) in enumerate([(2, 1), (1, 2)]):
        race = make_session(event=event, start=START.replace(hour=15 - hour))
        make_result(session=race, entry=ours, position=our_place, **IN_PLACE)
        make_result(session=race, entry=other, position=other_place, **IN_PLACE)
        make_result(session=race, entry=third, position=3, **IN_PLACE)
    (races,) = with_races().values()
    assert shown(races) == ({"19": [1, 2]}, ["1"])
    assert races.have_been_run is True


def test_race_in_two_parts_is_one_and_only_races_are_shown(event):
    entry = make_entry(event=event, number="19", drivers=[make_driver()])
    second = make_session(event=event, start=START)
    first = make_session(event=event, start=START, result_in=second)
    qualifying = make_session(event=event, start=START, kind=QUALIFYING)
    for place, session in enumerate((first, second, qualifying), start=1):
        make_result(session=session, entry=entry, position=place, **IN_PLACE)
    (races,) = with_races().values()
    assert shown(races) == ({"19": [2]}, [])


def test_our_car_without_a_result_stands_beside_the_others(event):
    make_entry(event=event, number="26", drivers=[make_driver(slug="jessica")])
    race = make_session(event=event, start=START)
    add(race, "19", drivers=[make_driver()], position=4, **IN_PLACE)
    (races,) = with_races().values()
    assert shown(races) == ({"19": [4], "26": []}, [])


def test_car_of_a_driver_who_stepped_in_is_ours(event):
    guest = make_driver(slug="guest", status=GUEST)
    ours = make_driver()
    race = make_session(event=event, start=START)
    add(race, "7", drivers=[guest], credited=[ours], position=5, **IN_PLACE)
    (races,) = with_races().values()
    assert shown(races) == ({"7": [5]}, [])
    assert races.cars[0].drivers == [ours]


def test_each_driver_of_ours_is_named_once(event):
    guest = make_driver(slug="guest", status=GUEST)
    ours = [make_driver(slug="a"), make_driver(slug="b")]
    race = make_session(event=event, start=START)
    add(race, "7", drivers=[ours[1], guest, ours[0]], credited=ours, **IN_PLACE)
    (races,) = with_races().values()
    assert races.cars[0].drivers == [ours[1], ours[0]]


def test_weekends_keep_their_own_and_show_nothing_before_the_start():
    season, circuit = make_season(), make_circuit()
    driver = make_driver()
    for slug, place in (("a", 1), ("b", 2)):
        event = make_event(season=season, circuit=circuit, slug=slug)
        race = make_session(event=event, start=START)
        add(race, "19", drivers=[driver], position=place, **IN_PLACE)
    assert {slug: shown(races) for slug, races in with_races().items()} == {
        "a": ({"19": [1]}, []),
        "b": ({"19": [2]}, []),
    }
    assert [races.have_been_run for races in with_races(BEFORE).values()] == [
        False,
        False,
    ]


@pytest.mark.parametrize("count", [1, 30])
def test_races_of_weekends_take_two_queries(count, django_assert_num_queries):
    season, circuit = make_season(), make_circuit()
    driver = make_driver()
    for number in range(count):
        event = make_event(season=season, circuit=circuit, slug=f"event-{number}")
        race = make_session(event=event, start=START)
        add(race, "19", drivers=[driver], credited=[driver], position=1, **IN_PLACE)
    events = list(schedule.with_crews(Event.objects.all()))
    with django_assert_num_queries(2):
        outcomes.add_races(events, AFTERWARDS)
        for event in events:
            (car,) = event.races.cars
            assert car.drivers == [driver]
            assert car.results[0].session.get_absolute_url()


def test_sessions_of_a_weekend_say_what_is_on_record(event, race):
    guest = make_driver(slug="guest", status=GUEST)
    add(race, "1", drivers=[guest], position=1, **IN_PLACE)
    add(race, "19", drivers=[make_driver()], position=2, **IN_PLACE)
    support = make_session(event=event, start=START.replace(hour=16))
    make_result(session=support, entry=Entry.objects.get(number="1"), **IN_PLACE)
    entries = Entry.objects.with_crew().filter(event=event)
    parts = outcomes.by_session(event, entries, AFTERWARDS)
    assert [(part.session, numbers(part.results)) for part in parts] == [
        (race, ["19"]),
        (support, []),
    ]
