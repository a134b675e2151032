"""What the database refuses of a weekend, and in which words."""

from datetime import UTC, date, datetime

import pytest

from events.models import (
    CLASSIFIED,
    DAY_ONLY,
    DID_NOT_QUALIFY,
    DID_NOT_START,
    DISQUALIFIED,
    EXCLUDED,
    NOT_CLASSIFIED,
    PROVISIONAL,
    RETIRED,
    WITHDRAWN,
    Amendment,
    DraftSession,
    Entry,
    EntryDriver,
    Event,
    EventClass,
    EventLink,
    EventRound,
    Result,
    ResultChange,
    ResultDriver,
    Session,
    TimetableChange,
)
from tests.constraints import assert_database_refuses, constraint_names, sentences
from tests.factories import (
    make_circuit,
    make_driver,
    make_entry,
    make_event,
    make_event_class,
    make_event_link,
    make_release,
    make_result,
    make_result_change,
    make_season,
    make_series,
    make_session,
    make_timetable_change,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

NOON = datetime(2022, 5, 14, 12, 0, tzinfo=UTC)


def weekend(**fields):
    return lambda: Event(
        season=make_season(),
        circuit=make_circuit(),
        name="Loppet",
        **({"slug": "loppet"} | fields),
    )


def championship_named_twice():
    event = make_event()
    season = make_season(series=make_series(short_name="STCC", slug="stcc"))
    EventRound.objects.create(event=event, season=season, round="1")
    return EventRound(event=event, season=season, round="2")


def class_named_twice():
    entered = make_event_class(event=make_event())
    return EventClass(event=entered.event, racing_class=entered.racing_class)


def session(**fields):
    facts = {"kind": "race", "name_sv": "Race", "start": NOON} | fields
    return lambda: Session(event=make_event(), **facts)


def session_with_its_result_in_itself():
    row = make_session(event=make_event())
    row.result_in = row
    return row


def draft(**fields):
    facts = {"kind": "race", "name_sv": "Race", "start": NOON} | fields
    return lambda: DraftSession(event=make_event(), **facts)


def change(**fields):
    facts = {"field": "status", "new": "cancelled"} | fields
    return lambda: TimetableChange(release=make_release(event=make_event()), **facts)


def fact_of_a_session_changed_twice():
    event = make_event()
    first = make_timetable_change(
        release=make_release(event=event), session=make_session(event=event)
    )
    same = {"release": first.release, "session": first.session, "field": first.field}
    return TimetableChange(new="delayed", **same)


def fact_of_the_weekend_changed_twice():
    first = make_timetable_change(release=make_release(event=make_event()))
    return TimetableChange(release=first.release, field=first.field, new="postponed")


def weekend_link_given_twice():
    link = make_event_link(event=make_event())
    return EventLink(event=link.event, kind=link.kind, url=link.url)


def session_link_given_twice():
    event = make_event()
    link = make_event_link(event=event, session=make_session(event=event))
    return EventLink(event=event, session=link.session, kind=link.kind, url=link.url)


def number_given_twice():
    entry = make_entry(event=make_event(), number="120")
    return Entry(event=entry.event, number="120")


def driver_twice_in_a_crew():
    driver = make_driver()
    entry = make_entry(event=make_event(), drivers=[driver])
    return EntryDriver(entry=entry, driver=driver, order=2)


def result(**fields):
    def make():
        event = make_event()
        return Result(
            session=make_session(event=event), entry=make_entry(event=event), **fields
        )

    return make


def second_result_of_an_entry():
    first = result()()
    first.save()
    return Result(session=first.session, entry=first.entry)


def second_car_on_a_position(**fields):
    def make():
        event = make_event()
        session = make_session(event=event)
        done = {"status": CLASSIFIED, "is_classified": True, "position": 3}
        make_result(
            session=session,
            entry=make_entry(event=event, number="1"),
            **(done | {"is_tied": "is_tied" in fields}),
        )
        second = make_entry(event=event, number="2")
        return Result(session=session, entry=second, **(done | fields))

    return make


def amendment(**fields):
    facts = {"decided_on": date(2022, 9, 8), "source": "SBF"} | fields
    return lambda: Amendment(
        session=make_session(event=make_event()), reason_sv="Diskad", **facts
    )


def driver_credited_twice():
    row, driver = result()(), make_driver()
    row.save()
    ResultDriver.objects.create(result=row, driver=driver)
    return ResultDriver(result=row, driver=driver, order=2)


def field_changed_twice():
    row = result()()
    row.save()
    first = make_result_change(result=row)
    return ResultChange(amendment=first.amendment, result=row, field=first.field)


TIME_OR_DAY = "Give the time, or say that only the day is known."
UNPLACED = (
    "Only a classified car has a position. Mark it as classified or clear the position."
)
DISAGREE = "The status and the mark “classified” do not agree."

REFUSED = [
    (
        "a_weekend_ends_after_it_begins",
        weekend(first_day=date(2022, 5, 15), last_day=date(2022, 5, 13)),
        ["The last day lies before the first day."],
    ),
    (
        "a_weekend_counts_once_for_a_season",
        championship_named_twice,
        ["The weekend counts for it already."],
    ),
    (
        "a_class_stands_once_in_a_weekend",
        class_named_twice,
        ["This class is there already."],
    ),
    (
        "a_session_has_a_time_or_at_most_a_day",
        session(start=None),
        [TIME_OR_DAY],
    ),
    (
        "a_session_has_a_time_or_at_most_a_day",
        session(day=date(2022, 5, 14)),
        [TIME_OR_DAY],
    ),
    (
        "a_session_has_a_time_or_at_most_a_day",
        session(precision=DAY_ONLY),
        [TIME_OR_DAY],
    ),
    (
        "a_session_has_a_time_or_at_most_a_day",
        session(precision=PROVISIONAL, start=None, day=date(2022, 5, 14)),
        [TIME_OR_DAY],
    ),
    (
        "a_session_does_not_end_before_it_starts",
        session(length_minutes=0),
        ["Ensure this value is greater than or equal to 1."],
    ),
    (
        "a_session_does_not_have_its_result_in_itself",
        session_with_its_result_in_itself,
        ["A session cannot point to itself."],
    ),
    *(
        ("a_draft_has_a_time_or_at_most_a_day", make, [TIME_OR_DAY])
        for make in (
            draft(start=None),
            draft(day=date(2022, 5, 14)),
            draft(precision=DAY_ONLY),
        )
    ),
    (
        "a_draft_does_not_end_before_it_starts",
        draft(length_minutes=0),
        ["Ensure this value is greater than or equal to 1."],
    ),
    (
        "a_release_changes_a_fact_of_a_session_once",
        fact_of_a_session_changed_twice,
        ["The release has this change already."],
    ),
    (
        "a_release_changes_a_fact_of_the_weekend_once",
        fact_of_the_weekend_changed_twice,
        ["The release has this change already."],
    ),
    (
        "a_change_changes_something",
        change(old="cancelled"),
        ["Before and after are the same."],
    ),
    (
        "a_weekend_has_each_link_once",
        weekend_link_given_twice,
        ["The weekend has this link already."],
    ),
    (
        "a_session_has_each_link_once",
        session_link_given_twice,
        ["The session has this link already."],
    ),
    (
        "a_start_number_stands_once_in_a_weekend",
        number_given_twice,
        ["Another entry of this weekend has that start number."],
    ),
    (
        "a_driver_stands_once_in_a_crew",
        driver_twice_in_a_crew,
        ["This driver is in the crew already."],
    ),
    (
        "an_entry_has_one_result_a_session",
        second_result_of_an_entry,
        ["This car has a result in the session."],
    ),
    (
        "only_classified_cars_have_a_position",
        result(status=NOT_CLASSIFIED, position=9),
        [UNPLACED],
    ),
    (
        "only_classified_cars_have_a_position",
        result(status=RETIRED, class_position=9),
        [UNPLACED],
    ),
    ("only_classified_cars_have_a_position", result(position=1), [UNPLACED]),
    (
        "the_status_agrees_with_being_classified",
        result(status=CLASSIFIED, is_classified=False),
        [DISAGREE],
    ),
    *(
        (
            "the_status_agrees_with_being_classified",
            result(status=status, is_classified=True),
            [DISAGREE],
        )
        for status in (
            "",
            NOT_CLASSIFIED,
            DISQUALIFIED,
            DID_NOT_START,
            DID_NOT_QUALIFY,
            WITHDRAWN,
            EXCLUDED,
        )
    ),
    (
        "a_class_position_is_no_worse_than_the_overall_one",
        result(status=CLASSIFIED, is_classified=True, position=3, class_position=4),
        ["The position in class cannot be worse than the overall one."],
    ),
    (
        "a_position_is_held_by_one_car_unless_tied",
        second_car_on_a_position(),
        ["Car 1 has this position too. Mark both as tied (=), or correct one."],
    ),
    (
        "an_amendment_names_its_source",
        amendment(source=""),
        ["Say where the decision is known from: an address or a document."],
    ),
    (
        "only_a_dated_amendment_is_known_to_the_month",
        amendment(decided_on=None, is_month_only=True),
        ["Give a day of the month that is known."],
    ),
    (
        "a_driver_is_credited_once_with_a_result",
        driver_credited_twice,
        ["This driver is credited already."],
    ),
    (
        "an_amendment_changes_a_field_once",
        field_changed_twice,
        ["Changed result with this Amendment, Result and Field already exists."],
    ),
]

REFUSALS = pytest.mark.parametrize(
    ("constraint", "make", "said"), REFUSED, ids=[row[0] for row in REFUSED]
)


@REFUSALS
def test_database_refuses_what_breaks_a_rule(constraint, make, said):
    assert_database_refuses(make(), constraint)


@REFUSALS
def test_editor_reads_why_a_row_is_refused(constraint, make, said):
    assert sentences(make()) == said


def test_every_constraint_of_the_app_is_tested_here():
    assert {name for name, _make, _said in REFUSED} == constraint_names("events")


@pytest.mark.parametrize(
    "make",
    [
        weekend(first_day=None, last_day=None),
        weekend(first_day=date(2022, 5, 13), last_day=None),
        weekend(first_day=None, last_day=date(2022, 5, 15)),
        weekend(first_day=date(2022, 5, 13), last_day=date(2022, 5, 13)),
        session(),
        session(precision=PROVISIONAL),
        session(precision=DAY_ONLY, start=None),
        session(precision=DAY_ONLY, start=None, day=date(2022, 5, 14)),
        draft(),
        draft(precision=DAY_ONLY, start=None),
        change(),
        change(field="added", new=""),
        result(),
        result(status=CLASSIFIED, is_classified=True, position=24, class_position=3),
        result(status=RETIRED, is_classified=True, position=30),
        result(status=RETIRED),
        result(status=DISQUALIFIED),
        second_car_on_a_position(is_tied=True),
        second_car_on_a_position(position=4),
        second_car_on_a_position(position=None),
        amendment(),
        amendment(source="", source_url="https://sbf.se/beslut"),
        amendment(is_month_only=True),
        amendment(decided_on=None),
    ],
)
def test_what_is_known_of_a_fact_is_enough(make):
    row = make()
    assert sentences(row) == []
    row.save()


def test_entries_without_a_number_stand_side_by_side():
    event = make_event()
    make_entry(event=event, number="")
    make_entry(event=event, number="")
    assert event.entries.count() == 2


def test_numbers_007_and_7_are_two_cars():
    event = make_event()
    assert {str(make_entry(event=event, number=number)) for number in ("007", "7")} == {
        "#007",
        "#7",
    }


def test_one_address_may_stand_at_the_weekend_and_at_its_sessions():
    event = make_event()
    make_event_link(event=event)
    make_event_link(event=event, session=make_session(event=event))
    make_event_link(event=event, session=make_session(event=event, name_sv="Kval"))
    assert event.links.count() == 3


NUMBER = "A start number has one to four digits or capital letters, such as 120 or 007."
ADDRESS = "The address needs at least one letter: digits alone mean a year."
ROUND = "Write the round as the series does, such as 4 or 4–5."


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Entry(event=make_event(), number="12a"), NUMBER),
        (lambda: Entry(event=make_event(), number="#1"), NUMBER),
        (lambda: Entry(event=make_event(), number="\u0661"), NUMBER),
        (weekend(slug="2022"), ADDRESS),
        (weekend(round="4 & 5"), ROUND),
        (weekend(round="4\n"), ROUND),
    ],
)
def test_wrong_values_are_refused_in_words(make, sentence):
    assert sentences(make()) == [sentence]


@pytest.mark.parametrize("round_", ["4", "4–5", "4-5", "1, 2", "Final", "4/5", "R1.2"])
def test_round_is_written_as_the_series_does(round_):
    assert sentences(weekend(round=round_)()) == []
