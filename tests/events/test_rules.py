"""What the rows of a classification may say, alone and together: events.rules."""

import pytest

from events.models import (
    CLASSIFIED,
    DID_NOT_START,
    DISQUALIFIED,
    IN_CLASS,
    NOT_CLASSIFIED,
    OVERALL,
    RETIRED,
    Entry,
    Result,
)
from events.rules import problems
from racing.models import Car

pytestmark = pytest.mark.usefixtures("english")

TCR, GT4 = 1, 2


def row(number="1", racing_class=None, **facts):
    """A result of a car; a place means classified."""
    if "position" in facts or "class_position" in facts:
        facts = {"status": CLASSIFIED, "is_classified": True} | facts
    return Result(entry=Entry(number=number, racing_class_id=racing_class), **facts)


def told(*rows, at=None):
    """{(number of the car, field): sentence} of what is wrong."""
    found = problems(rows, at=at)
    assert all(not problem.is_warning for problem in found)
    sentences = {(p.row.entry.number, p.field): p.sentence for p in found}
    assert len(sentences) == len(found)
    return sentences


NO_POSITION = (
    "Only a classified car has a position. Mark it as classified or clear the position."
)
NO_AGREEMENT = "The status and the mark “classified” do not agree."


def taken(cars):
    return f"{cars} has this position too. Mark both as tied (=), or correct one."


# One row


@pytest.mark.parametrize(
    "fine",
    [
        {},
        {"position": 1},
        {"position": 24, "class_position": 3},
        {"position": 3, "class_position": 3},
        {"class_position": 1},
        {"status": CLASSIFIED, "is_classified": True},
        {"position": 12, "status": RETIRED},
        {"status": RETIRED},
        {"status": RETIRED, "is_classified": True},
        {"status": DID_NOT_START, "pole": OVERALL},
        {"laps": 12},
    ],
)
def test_row_says_as_much_as_is_known(fine):
    assert told(row(**fine)) == {}


@pytest.mark.parametrize("status", [RETIRED, DISQUALIFIED, NOT_CLASSIFIED, ""])
@pytest.mark.parametrize("field", ["position", "class_position"])
def test_car_that_is_not_classified_has_no_position(status, field):
    retired = row(status=status, is_classified=False, **{field: 3})
    assert told(retired) == {("1", field): NO_POSITION}


def test_two_positions_of_a_car_that_is_not_classified_are_told_once():
    retired = row(status=RETIRED, is_classified=False, position=3, class_position=1)
    assert told(retired) == {("1", "position"): NO_POSITION}


@pytest.mark.parametrize(
    ("status", "is_classified"),
    [(CLASSIFIED, False), (DISQUALIFIED, True), (DID_NOT_START, True), ("", True)],
)
def test_status_agrees_with_being_classified(status, is_classified):
    assert told(row(status=status, is_classified=is_classified)) == {
        ("1", "is_classified"): NO_AGREEMENT
    }


def test_position_in_class_is_no_worse_than_the_overall_one():
    assert told(row(position=3, class_position=4)) == {
        ("1", "class_position"): (
            "The position in class cannot be worse than the overall one."
        )
    }


# Two cars on one position


def test_two_cars_on_one_position_are_told_at_both():
    assert told(row("1", position=3), row("2", position=3), row("3", position=4)) == {
        ("1", "position"): taken("Car 2"),
        ("2", "position"): taken("Car 1"),
    }


def test_three_cars_on_one_position_name_the_two_others():
    rows = [row(number, position=3) for number in "123"]
    assert told(*rows)["2", "position"] == taken("Car 1, Car 3")


def test_cars_that_are_both_marked_as_tied_share_a_position():
    tied = {"position": 3, "is_tied": True}
    assert told(row("1", **tied), row("2", **tied)) == {}


def test_tie_on_one_side_alone_is_told_at_both():
    rows = row("1", position=3, is_tied=True), row("2", position=3)
    assert told(*rows) == {
        ("1", "position"): taken("Car 2"),
        ("2", "position"): taken("Car 1"),
    }


def test_tie_with_a_car_that_is_not_on_the_site_is_fine():
    assert told(row(position=3, is_tied=True), row("2", position=4)) == {}


def test_places_in_class_are_taken_once_in_each_class():
    rows = [
        row("1", TCR, class_position=1),
        row("2", TCR, class_position=1),
        row("3", GT4, class_position=1),
        row("4", None, class_position=1),
        row("5", None, class_position=1),
    ]
    assert told(*rows) == {
        ("1", "class_position"): taken("Car 2"),
        ("2", "class_position"): taken("Car 1"),
    }


def test_places_in_class_may_be_tied():
    tied = {"class_position": 1, "is_tied_in_class": True}
    assert told(row("1", TCR, **tied), row("2", TCR, **tied)) == {}


def test_tie_overall_is_no_tie_in_class():
    tied = {"position": 3, "is_tied": True, "class_position": 1}
    assert list(told(row("1", TCR, **tied), row("2", TCR, **tied))) == [
        ("1", "class_position"),
        ("2", "class_position"),
    ]


def test_car_without_a_number_goes_by_its_name():
    nameless = Result(
        entry=Entry(pk=7, car=Car(make="Audi", model="RS 3")),
        status=CLASSIFIED,
        is_classified=True,
        position=3,
    )
    assert told(row("1", position=3), nameless)["1", "position"] == taken("Audi RS 3")


# The order in class and overall


def test_cars_stand_in_class_as_they_stand_overall():
    rows = [
        row("1", TCR, position=20, class_position=1),
        row("2", GT4, position=21, class_position=1),
        row("3", TCR, position=24, class_position=2),
        row("4", TCR, position=30, class_position=5),
        row("5", TCR, class_position=6),
        row("6", TCR, position=31),
    ]
    assert told(*rows) == {}


def test_car_behind_overall_is_not_ahead_in_class():
    rows = [
        row("1", TCR, position=20, class_position=4),
        row("2", TCR, position=24, class_position=3),
    ]
    assert told(*rows) == {
        ("2", "class_position"): (
            "Car 1 is ahead overall (20) and behind in the class (4): one of the four "
            "positions is wrong."
        )
    }


def test_car_is_compared_with_all_that_are_ahead_and_not_with_the_next_alone():
    rows = [
        row("1", TCR, position=10, class_position=6),
        row("2", TCR, position=20),
        row("3", TCR, position=30, class_position=5),
    ]
    assert list(told(*rows)) == [("3", "class_position")]


def test_position_in_class_is_no_better_than_cars_ahead_allow():
    rows = [
        row("1", TCR, position=10),
        row("2", GT4, position=11),
        row("3", TCR, position=12),
        row("4", TCR, position=20, class_position=2),
        row("5", TCR, position=30, class_position=4),
    ]
    assert told(*rows) == {
        ("4", "class_position"): (
            "2 cars of the class are ahead overall: the position in class is 3 at best."
        )
    }
    assert told(rows[0], row("4", TCR, position=20, class_position=1)) == {
        ("4", "class_position"): (
            "1 car of the class is ahead overall: the position in class is 2 at best."
        )
    }


def test_cars_tied_in_class_stand_there_whoever_is_ahead_overall():
    tied = {"class_position": 1, "is_tied_in_class": True}
    rows = row("1", TCR, position=5, **tied), row("2", TCR, position=6, **tied)
    assert told(*rows) == {}


def test_cars_tied_overall_are_not_ahead_of_each_other():
    tied = {"position": 5, "is_tied": True}
    rows = [
        row("1", TCR, class_position=2, **tied),
        row("2", TCR, class_position=1, **tied),
        row("3", TCR, position=7, class_position=3),
    ]
    assert told(*rows) == {}


def test_car_that_is_not_classified_is_ahead_of_nobody():
    rows = [
        row("1", TCR, status=DISQUALIFIED),
        row("2", TCR, position=20, class_position=1),
    ]
    assert told(*rows) == {}


# Poles


def test_one_car_has_the_pole_position():
    rows = [row("1", pole=OVERALL), row("2", pole=OVERALL), row("3", pole=IN_CLASS)]
    assert told(*rows) == {
        ("1", "pole"): "Car 2 has the pole position too.",
        ("2", "pole"): "Car 1 has the pole position too.",
    }


def test_fastest_lap_may_be_shared():
    assert told(row("1", fastest_lap=OVERALL), row("2", fastest_lap=OVERALL)) == {}


# What concerns some of the rows


def test_faults_of_other_rows_are_left_to_them():
    stored = row("2", status=RETIRED, is_classified=False, position=3)
    fine = row("1", position=4)
    assert told(fine, stored, at=[fine]) == {}
    assert list(told(fine, stored, at=[stored])) == [("2", "position")]


def test_fault_that_a_row_shares_with_another_is_told_at_it():
    given = row("1", TCR, position=20, class_position=4)
    stored = row("2", TCR, position=24, class_position=3)
    assert told(given, stored, at=[given]) == {
        ("1", "class_position"): (
            "Car 2: Car 1 is ahead overall (20) and behind in the class (4): one of "
            "the four positions is wrong."
        )
    }


def test_car_that_comes_between_others_is_told_what_it_makes_impossible():
    given = row("1", TCR, position=20)
    stored = row("2", TCR, position=24, class_position=1)
    assert told(given, stored, at=[given]) == {
        ("1", "class_position"): (
            "Car 2: 1 car of the class is ahead overall: the position in class is 2 at "
            "best."
        )
    }


def test_position_that_a_stored_car_holds_is_told_at_the_given_one_alone():
    given, stored = row("1", position=3), row("2", position=3)
    assert told(given, stored, at=[given]) == {("1", "position"): taken("Car 2")}


def test_stored_cars_that_do_not_agree_disturb_nobody_else():
    stored = row("2", position=3), row("3", position=3)
    given = row("1", position=4)
    assert told(*stored, given, at=[given]) == {}


def test_problem_is_not_told_twice_at_one_cell():
    given = row("1", TCR, position=4, class_position=7)
    stored = row("2", TCR, position=24, class_position=6)
    assert told(given, stored, at=[given]) == {
        ("1", "class_position"): (
            "The position in class cannot be worse than the overall one."
        )
    }
