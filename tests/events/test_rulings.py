"""Amendments as a page shows them, fact by fact in words: events.rulings."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from events import outcomes
from events.classification import Line, plan, save
from events.models import (
    CLASSIFIED,
    DISQUALIFIED,
    IN_CLASS,
    NOT_CLASSIFIED,
    OFFICIAL,
    OVERALL,
    RETIRED,
    Amendment,
    Entry,
    Session,
)
from events.rulings import rulings
from tests.factories import (
    make_amendment,
    make_driver,
    make_entry,
    make_event,
    make_result,
    make_result_change,
    make_session,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

IN_PLACE = {"status": CLASSIFIED, "is_classified": True}
OUT = {"status": DISQUALIFIED, "is_classified": False, "position": None}


@pytest.fixture
def race():
    return make_session(event=make_event())


def car(race, number, **fields):
    """The result of a car of its own in the race."""
    driver = make_driver(last_name=f"Berg {number}", slug=f"driver-{number}")
    entry = make_entry(event=race.event, number=number, drivers=[driver])
    return make_result(session=race, entry=entry, **fields)


def decide(race, changes, *, drivers=None, **fields):
    """Change official results as a ruling does: {number: facts}."""
    race.classification = race.classification or OFFICIAL
    race.save()
    entries = {e.number: e for e in Entry.objects.with_crew().filter(event=race.event)}
    lines = [Line(entries[key], facts, drivers) for key, facts in changes.items()]
    found = plan(race, lines)
    assert found.problems == []
    save(found, Amendment(reason_sv="Beslut", source_url="https://x.se", **fields))


def told(race):
    """What the rulings say: [{number: [(name, old, new)]}], the latest first."""
    results = outcomes.sheet(Session.objects.get(pk=race.pk)).results
    return [
        {
            moved.result.entry.number: [
                (move.name, move.old, move.new) for move in moved.moves
            ]
            for moved in ruling.cars
        }
        for ruling in rulings(race, results)
    ]


def test_cars_that_change_places_are_told_in_the_order_they_have_now(race):
    car(race, "1", position=1, **IN_PLACE)
    car(race, "19", position=2, **IN_PLACE)
    decide(race, {"1": {"position": 2}, "19": {"position": 1}})
    assert [list(cars.items()) for cars in told(race)] == [
        [("19", [("position", "2", "1")]), ("1", [("position", "1", "2")])]
    ]


def test_rulings_stand_the_latest_first_each_with_what_it_found(race):
    car(race, "19", position=2, **IN_PLACE)
    for place in (3, 1, 2):
        decide(race, {"19": {"position": place}})
    assert told(race) == [
        {"19": [("position", "1", "2")]},
        {"19": [("position", "3", "1")]},
        {"19": [("position", "2", "3")]},
    ]


def test_lost_place_is_told_with_what_became_of_the_car(race):
    car(race, "1", position=1, points=Decimal(25), **IN_PLACE)
    decide(race, {"1": OUT | {"points": Decimal(0)}})
    assert told(race) == [
        {"1": [("position", "1", "disqualified"), ("points", "25", "0")]}
    ]


def test_tie_is_told_with_its_place(race):
    car(race, "1", position=3, is_tied=True, **IN_PLACE)
    car(race, "2", position=3, is_tied=True, **IN_PLACE)
    decide(race, {"1": {"is_tied": False}, "2": {"is_tied": False, "position": 4}})
    assert told(race) == [
        {"1": [("position", "=3", "3")], "2": [("position", "=3", "4")]}
    ]


def test_tie_of_an_earlier_ruling_has_the_place_of_its_time(race):
    car(race, "1", position=3, is_tied=True, **IN_PLACE)
    decide(race, {"1": {"is_tied": False}})
    decide(race, {"1": {"position": 7}})
    assert told(race)[1] == {"1": [("position", "=3", "3")]}


def test_car_that_stopped_and_keeps_its_place_has_its_mark(race):
    car(race, "1", position=9, **IN_PLACE)
    decide(race, {"1": {"status": RETIRED}})
    assert told(race) == [{"1": [("position", "9", "9†")]}]


@pytest.mark.parametrize(
    ("before", "after", "move"),
    [
        (IN_PLACE, OUT, ("position", "classified", "disqualified")),
        (
            {"status": RETIRED, "is_classified": True},
            {"is_classified": False},
            ("position", "retired but classified", "retired"),
        ),
        (
            {"status": NOT_CLASSIFIED},
            {"status": RETIRED},
            ("position", "not classified", "retired"),
        ),
        (
            IN_PLACE | {"class_position": 2, "is_tied_in_class": True},
            {"class_position": 1, "is_tied_in_class": False},
            ("class position", "=2", "1"),
        ),
        ({"grid": 3}, {"grid": 8}, ("grid", "3", "8")),
        ({"laps": 1200}, {"laps": 1199}, ("laps", "1,200", "1,199")),
        ({"time_ms": 5_595_607}, {"time_ms": None}, ("time", "1:33:15.607", "")),
        ({"gap": "+5,515"}, {"gap": "+1 varv"}, ("gap", "+5.515", "+1 lap")),
        (
            {"best_lap_ms": 107_095},
            {"best_lap_ms": 59_123},
            ("best lap", "1:47.095", "59.123"),
        ),
        (
            {"points": Decimal("12.50")},
            {"points": Decimal("6.25")},
            ("points", "12.5", "6.25"),
        ),
        ({"points": Decimal(1)}, {"points": None}, ("points", "1", "")),
        (
            {"pole": OVERALL},
            {"pole": IN_CLASS},
            ("pole position", "overall", "in class"),
        ),
        ({"fastest_lap": OVERALL}, {"fastest_lap": ""}, ("fastest lap", "overall", "")),
    ],
)
def test_fact_is_told_by_its_name_and_as_pages_print_it(race, before, after, move):
    car(race, "19", **before)
    decide(race, {"19": after})
    assert told(race) == [{"19": [move]}]


def test_facts_are_told_in_swedish_too(race):
    car(race, "19", position=1, points=Decimal("12.5"), gap="+1 lap", **IN_PLACE)
    decide(race, {"19": OUT | {"points": Decimal("0.5"), "gap": "+2 laps"}})
    with translation.override("sv"):
        assert told(race) == [
            {
                "19": [
                    ("placering", "1", "diskvalificerad"),
                    ("avstånd", "+1 varv", "+2 varv"),
                    ("poäng", "12,5", "0,5"),
                ]
            }
        ]


def test_who_is_credited_is_told_by_name(race):
    car(race, "19", position=1, **IN_PLACE)
    other = make_driver(first_name="Jessica", slug="jessica")
    entry = Entry.objects.get()
    entry.crew.create(driver=other, order=2)
    decide(race, {"19": {}}, drivers=(other,))
    assert told(race) == [
        {
            "19": [
                (
                    "credited drivers",
                    "Andreas Berg 19, Jessica Bäckman",
                    "Jessica Bäckman",
                )
            ]
        }
    ]


def test_ruling_that_moved_nothing_that_is_printed_names_no_car(race):
    result = car(race, "19", grid=3)
    make_result_change(result=result, field="grid", old="3", new="3")
    assert told(race) == [{}]


def test_rulings_of_other_sessions_are_theirs(race):
    result = car(race, "19", grid=3)
    make_result_change(result=result, field="grid", old="2", new="3")
    make_amendment(session=make_session(event=race.event))
    assert told(race) == [{"19": [("grid", "2", "3")]}]


@pytest.mark.parametrize(
    ("fields", "day", "month"),
    [
        ({"decided_on": date(2022, 9, 2)}, "2 September 2022", ""),
        (
            {"decided_on": date(2022, 9, 1), "is_month_only": True},
            "",
            "September 2022",
        ),
        ({"decided_on": None}, "", ""),
    ],
)
def test_day_of_a_ruling_is_as_exact_as_it_is_known(race, fields, day, month):
    make_amendment(session=race, **fields)
    (ruling,) = rulings(race, [])
    assert (ruling.day, ruling.month) == (day, month)


@pytest.mark.parametrize("count", [1, 30])
def test_rulings_take_two_queries(count, race, django_assert_num_queries):
    for number in range(count):
        result = car(race, str(number), grid=2)
        make_result_change(result=result, field="grid", old="1", new="2")
    results = outcomes.sheet(race).results
    with django_assert_num_queries(2):
        found = rulings(race, results)
    assert [len(ruling.cars) for ruling in found] == [1] * count
