"""Saving a classification, with its history: events.classification."""

import pytest
from django.db import IntegrityError, transaction
from simple_history.models import HistoricalRecords

from drivers.models import Driver
from events.classification import (
    Line,
    plan,
    save,
    save_all,
    stored_results,
)
from events.models import (
    CLASSIFIED,
    DISQUALIFIED,
    OFFICIAL,
    RETIRED,
    Entry,
    EntryDriver,
    Result,
    ResultDriver,
)
from tests.events.lines import WON, classified, drivers, kept, line
from tests.factories import (
    make_class,
    make_entry,
    make_result,
    make_session,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_two_cars_change_places(event, session):
    tcr = make_class()
    first, second = entries = [
        make_entry(event=event, number=number, racing_class=tcr) for number in "12"
    ]
    for place, entry in enumerate(entries, start=1):
        facts = classified(place, class_position=place)
        make_result(session=session, entry=entry, **facts)
    lines = [
        line(first, position=2, class_position=2),
        line(second, position=1, class_position=1),
    ]
    save(plan(session, lines))
    assert kept(session) == {"1": (CLASSIFIED, 2), "2": (CLASSIFIED, 1)}
    assert set(Result.objects.values_list("position", "class_position")) == {
        (1, 1),
        (2, 2),
    }


def test_new_car_takes_the_place_of_one_that_gives_it_up(event, session):
    old, new = (make_entry(event=event, number=number) for number in "12")
    make_result(session=session, entry=old, **WON)
    out = {"status": DISQUALIFIED, "is_classified": False, "position": None}
    save(plan(session, [line(new, **WON), line(old, **out)]))
    assert kept(session) == {"1": (DISQUALIFIED, None), "2": (CLASSIFIED, 1)}


def test_entries_may_be_saved_between_planning_and_saving(event, session):
    (ada,) = drivers("Ada")
    new = Entry(event=event, number="7")
    guest = Driver(first_name="Bo", last_name="Ek", slug="bo-ek")
    found = plan(
        session,
        [
            Line(new, WON, ()),
            line(make_entry(event=event, drivers=[ada]), guest, status=RETIRED),
        ],
    )
    assert [problem.is_warning for problem in found.problems] == [True]
    new.save()
    guest.save()
    EntryDriver.objects.create(entry=new, driver=ada)
    save(found)
    by_number = {
        result.entry.number: [driver.name for driver in result.credited_drivers]
        for result in stored_results([session])[session.pk]
    }
    assert by_number == {"7": ["Ada Berg"], "120": ["Bo Ek"]}


def test_history_tells_of_every_row(event, session):
    ada, bea = drivers("Ada", "Bea")
    first = make_entry(event=event, number="1", drivers=[ada, bea])
    second = make_entry(event=event, number="2")
    make_result(session=session, entry=first, drivers=[ada], **WON)
    Result.history.all().delete()
    ResultDriver.history.all().delete()
    lines = [line(first, bea, **classified(2)), line(second, **WON)]
    save(plan(session, lines), reason="Pasted")
    assert {
        (past.entry.number, past.history_type, past.position, past.status)
        for past in Result.history.filter(history_change_reason="Pasted")
    } == {("1", "~", 2, CLASSIFIED), ("2", "+", 1, CLASSIFIED)}
    assert [
        (past.driver, past.history_type, past.history_change_reason)
        for past in ResultDriver.history.order_by("history_id")
    ] == [(ada, "-", "Pasted"), (bea, "+", "Pasted")]


def test_history_says_nothing_of_a_result_of_which_only_the_drivers_changed(
    event, session
):
    ada, bea = drivers("Ada", "Bea")
    entry = make_entry(event=event, drivers=[ada, bea])
    make_result(session=session, entry=entry, **WON)
    save(plan(session, [line(entry, bea)]))
    assert [past.history_type for past in Result.history.all()] == ["+"]


def test_history_names_who_saves(event, session, rf):
    entry = make_entry(event=event)
    make_result(session=session, entry=entry, **WON)
    request = rf.post("/")
    request.user = make_user()
    HistoricalRecords.context.request = request
    try:
        save(plan(session, [line(entry, **classified(2))]))
    finally:
        del HistoricalRecords.context.request
    assert [past.history_user for past in Result.history.all()] == [request.user, None]


def test_plans_of_several_sessions_are_saved_together_or_not_at_all(event, session):
    entry = make_entry(event=event)
    other = make_session(event=event, name_sv="Race 2")
    good = plan(session, [line(entry, **WON)])
    bad = plan(other, [line(entry, status=RETIRED, position=1)])
    with pytest.raises(ValueError, match="problems"):
        save_all([good, bad])
    assert (kept(session), kept(other)) == ({}, {})
    save_all([good, plan(other, [line(entry, **classified(2))])])
    assert (kept(session), kept(other)) == (
        {"120": (CLASSIFIED, 1)},
        {"120": (CLASSIFIED, 2)},
    )


def test_saving_that_fails_midway_leaves_everything_as_it_was(event, session):
    first, second, third = (make_entry(event=event, number=n) for n in "123")
    make_result(session=session, entry=first, **WON)
    found = plan(session, [line(first, **classified(2)), line(second, **classified(3))])
    make_result(session=session, entry=third, **classified(3))  # somebody was faster
    with pytest.raises(IntegrityError), transaction.atomic():
        save(found)
    assert kept(session) == {"1": (CLASSIFIED, 1), "3": (CLASSIFIED, 3)}
    assert [past.history_type for past in Result.history.all()] == ["+", "+"]


def test_official_results_are_not_changed_in_passing(event):
    session = make_session(event=event, classification=OFFICIAL)
    entry = make_entry(event=event)
    make_result(session=session, entry=entry, **WON)
    found = plan(session, [line(entry, **classified(2))])
    with pytest.raises(ValueError, match="change by an amendment"):
        save_all([found])
    assert kept(session) == {"120": (CLASSIFIED, 1)}


@pytest.mark.parametrize("count", [1, 30])
def test_any_number_of_cars_take_the_same_number_of_queries(
    count, event, session, django_assert_num_queries
):
    for number in range(2 * count):
        crew = drivers(f"Ada {number}", f"Bea {number}")
        entry = make_entry(event=event, number=str(number), drivers=crew)
        if number % 2:
            make_result(session=session, entry=entry, status=RETIRED, drivers=crew[:1])
    lines = [
        Line(entry, classified(place), tuple(entry.crew_drivers[1:]))
        for place, entry in enumerate(Entry.objects.with_crew(), start=1)
    ]
    with django_assert_num_queries(3):
        found = plan(session, lines)
    assert found.problems == []
    # Two savepoints; new results and credits, changed ones and those that go, each
    # with their history; places given up; which credits there are, to be deleted.
    with django_assert_num_queries(4 + 2 * 4 + 1 + 1):
        save(found)
    assert [position for _status, position in kept(session).values()] == list(
        range(1, 2 * count + 1)
    )
