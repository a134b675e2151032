"""What is said of a session's cars beside what is stored: events.classification."""

from decimal import Decimal

import pytest

from events.classification import (
    DRIVERS,
    Difference,
    plan,
    save,
)
from events.models import (
    CLASSIFIED,
    OVERALL,
    RETIRED,
    Entry,
    Result,
    ResultDriver,
)
from events.rules import Problem
from tests.events.lines import WON, classified, credited, drivers, kept, line
from tests.factories import (
    make_class,
    make_entry,
    make_event,
    make_result,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def outcomes(found):
    """What becomes of each car: {number: created, changed or left}."""
    kinds = {"created": found.created, "changed": found.changed, "left": found.left}
    return {
        change.line.entry.number: kind
        for kind, changes in kinds.items()
        for change in changes
    }


def told(found):
    return [(p.row.entry.number, p.field, p.sentence) for p in found.problems]


# What would be created, changed and left


def test_plan_says_what_would_be_created_changed_and_left(event, session):
    first, second, third = (make_entry(event=event, number=n) for n in "123")
    make_result(session=session, entry=first, **WON)
    make_result(session=session, entry=second, **classified(2))
    found = plan(
        session,
        [line(first, **WON), line(second, laps=12), line(third, status=RETIRED)],
    )
    assert outcomes(found) == {"1": "left", "2": "changed", "3": "created"}
    assert [change.differences for change in found.changes] == [
        (),
        (Difference("laps", None, 12),),
        (Difference("status", None, RETIRED),),
    ]
    assert found.problems == []


def test_planning_saves_nothing_and_leaves_what_is_stored(event, session):
    entry = make_entry(event=event)
    stored = make_result(session=session, entry=entry, **WON)
    found = plan(session, [line(entry, **classified(4))], [stored])
    assert stored.position == 1
    assert found.changes[0].result.position == 4
    assert kept(session) == {"120": (CLASSIFIED, 1)}


def test_facts_that_are_not_given_are_left_as_they_are(event, session):
    entry = make_entry(event=event)
    make_result(session=session, entry=entry, laps=12, note_sv="Bra", **WON)
    save(plan(session, [line(entry, laps=13)]))
    result = Result.objects.get()
    assert (result.laps, result.position, result.note_sv) == (13, 1, "Bra")


def test_the_same_again_changes_nothing(event, session):
    entry = make_entry(event=event, drivers=drivers("Ada", "Bea"))
    facts = classified(3, points=Decimal("12.5"), gap="+1 lap", pole=OVERALL)
    given = line(entry, *entry.crew_drivers[:1], **facts)
    save(plan(session, [given]))
    again = plan(session, [given])
    assert (outcomes(again), again.problems) == ({"120": "left"}, [])
    save(again)
    assert [past.history_type for past in Result.history.all()] == ["+"]


def test_no_lines_change_nothing(event, session):
    make_result(session=session, entry=make_entry(event=event), **WON)
    found = plan(session, [])
    save(found)
    assert (found.changes, kept(session)) == ([], {"120": (CLASSIFIED, 1)})


def test_points_are_compared_as_numbers(event, session):
    entry = make_entry(event=event)
    make_result(session=session, entry=entry, points=Decimal("12.50"))
    found = plan(session, [line(entry, points=Decimal("12.5"))])
    assert outcomes(found) == {"120": "left"}


# What is wrong


def test_rows_that_are_impossible_are_refused(event, session):
    first, second = (make_entry(event=event, number=number) for number in "12")
    lines = [
        line(first, status=RETIRED, position=3),
        line(second, **classified(3)),
    ]
    found = plan(session, lines)
    assert [field for _car, field, _sentence in told(found)] == ["position"] * 3
    assert found.refusals == found.problems
    with pytest.raises(ValueError, match="A plan with problems is not saved"):
        save(found)
    assert kept(session) == {}


def test_car_that_is_stored_counts_though_no_line_is_about_it(event, session):
    stored, given = (make_entry(event=event, number=number) for number in "12")
    make_result(session=session, entry=stored, **WON)
    assert told(plan(session, [line(given, **WON)])) == [
        (
            "2",
            "position",
            "Car 1 has this position too. Mark both as tied (=), or correct one.",
        )
    ]


def test_order_in_class_that_a_stored_car_is_wrong_in_is_told_at_the_line(
    event, session
):
    tcr = make_class()
    stored, given = (
        make_entry(event=event, number=number, racing_class=tcr) for number in "12"
    )
    make_result(session=session, entry=stored, **classified(9, class_position=1))
    found = plan(session, [line(given, **classified(5, class_position=2))])
    assert told(found) == [
        (
            "2",
            "class_position",
            "Car 1: Car 2 is ahead overall (5) and behind in the class (2): one of "
            "the four positions is wrong.",
        )
    ]


def test_fault_of_stored_cars_alone_does_not_stand_in_the_way(event, session):
    tied = classified(3, is_tied=True)
    for number in "12":
        entry = make_entry(event=event, number=number)
        make_result(session=session, entry=entry, **tied)
    Result.objects.filter(entry__number="1").update(is_tied=False)
    other = make_entry(event=event, number="3")
    assert plan(session, [line(other, **WON)]).problems == []


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"laps": -1}, "laps", "Ensure this value is greater than or equal to 0."),
        ({"grid": 0}, "grid", "Ensure this value is greater than or equal to 1."),
        (
            {"gap": "+" * 21},
            "gap",
            "Ensure this value has at most 20 characters (it has 21).",
        ),
        (
            {"points": Decimal("1.005")},
            "points",
            "Ensure that there are no more than 2 decimal places.",
        ),
        ({"pole": "x"}, "pole", "Value 'x' is not a valid choice."),
        (
            {"fastest_lap": "ours"},
            "fastest_lap",
            "Value 'ours' is not a valid choice.",
        ),
    ],
)
def test_values_that_no_column_holds_are_refused(
    facts, field, sentence, event, session
):
    entry = make_entry(event=event)
    assert told(plan(session, [line(entry, **facts)])) == [("120", field, sentence)]


def test_car_of_another_weekend_is_refused(event, session):
    other = make_event(season=event.season, circuit=event.circuit, slug="other")
    found = plan(session, [line(make_entry(event=other), status=RETIRED)])
    assert told(found) == [("120", "entry", "This car is entered for another weekend.")]


def test_car_that_stands_in_two_lines_is_refused(event, session):
    entry, new = make_entry(event=event), Entry(event=event, number="7")
    lines = [line(entry, laps=1), line(new, laps=2)]
    assert told(plan(session, [*lines, *lines])) == [
        ("120", "entry", "This car is here twice."),
        ("7", "entry", "This car is here twice."),
    ]


def test_entry_without_a_class_is_compared_with_nobody_in_class(event, session):
    entries = [make_entry(event=event, number=number) for number in "12"]
    lines = [line(entry, **classified(None, class_position=1)) for entry in entries]
    assert plan(session, lines).problems == []


# Who drove


def test_line_credits_some_of_the_crew(event, session):
    ada, bea = drivers("Ada", "Bea")
    entry = make_entry(event=event, drivers=[ada, bea])
    found = plan(session, [line(entry, bea, status=RETIRED)])
    assert found.problems == []
    save(found)
    assert credited(session) == [bea]


def test_line_without_drivers_leaves_who_is_credited(event, session):
    ada, bea = drivers("Ada", "Bea")
    entry = make_entry(event=event, drivers=[ada, bea])
    make_result(session=session, entry=entry, drivers=[bea])
    save(plan(session, [line(entry, laps=12)]))
    assert credited(session) == [bea]


def test_nobody_named_is_the_whole_crew(event, session):
    ada, bea = drivers("Ada", "Bea")
    entry = make_entry(event=event, drivers=[ada, bea])
    make_result(session=session, entry=entry, drivers=[bea])
    found = plan(session, [line(entry, drivers=())])
    (change,) = found.changed
    assert change.differences == (
        Difference(DRIVERS, (bea,), (ada, bea), is_ruling=True),
    )
    save(found)
    assert credited(session) == [ada, bea]
    assert ResultDriver.objects.count() == 0


@pytest.mark.parametrize("are_named", [True, False])
def test_crew_that_is_named_is_the_crew(are_named, event, session):
    ada, bea = drivers("Ada", "Bea")
    entry = make_entry(event=event, drivers=[ada, bea])
    named = [ada, bea] if are_named else []
    make_result(session=session, entry=entry, drivers=named)
    for given in ((ada, bea), ()):
        assert plan(session, [line(entry, drivers=given)]).changed == []


def test_crew_in_another_order_is_credited_in_that_order(event, session):
    ada, bea = drivers("Ada", "Bea")
    entry = make_entry(event=event, drivers=[ada, bea])
    make_result(session=session, entry=entry)
    save(plan(session, [line(entry, bea, ada)]))
    assert credited(session) == [bea, ada]
    assert plan(session, [line(entry, bea, ada)]).changed == []


def test_driver_from_outside_the_crew_is_a_warning(event, session):
    ada, bea = drivers("Ada", "Bea")
    entry = make_entry(event=event, drivers=[ada])
    found = plan(session, [line(entry, ada, bea, status=RETIRED)])
    assert told(found) == [("120", DRIVERS, "Bea Berg is not in the crew of this car.")]
    assert (found.refusals, found.warnings) == ([], found.problems)
    save(found)
    assert credited(session) == [ada, bea]


def test_driver_who_is_credited_already_is_no_stranger_any_more(event, session):
    ada, bea, cia = drivers("Ada", "Bea", "Cia")
    entry = make_entry(event=event, drivers=[ada])
    make_result(session=session, entry=entry, drivers=[bea])
    assert plan(session, [line(entry, bea)]).problems == []
    assert told(plan(session, [line(entry, bea, cia)])) == [
        ("120", DRIVERS, "Cia Berg is not in the crew of this car.")
    ]


def test_driver_who_is_named_twice_is_refused(event, session):
    (ada,) = drivers("Ada")
    entry = make_entry(event=event, drivers=[ada])
    found = plan(session, [line(entry, ada, ada)])
    assert found.refusals == [
        Problem(found.changes[0].result, DRIVERS, "Ada Berg is named twice.")
    ]
