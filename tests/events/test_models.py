"""Weekends, sessions, entries and results: events.models."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from events.models import (
    AMENDED,
    CANCELLED,
    CLASSIFIED,
    CONFIRMED,
    OFFICIAL,
    POSTPONED,
    PROVISIONAL,
    Entry,
    EntryDriver,
    Event,
    EventClass,
    EventLink,
    EventRound,
    Result,
    ResultDriver,
    Session,
)
from tests.factories import (
    make_amendment,
    make_car,
    make_circuit,
    make_class,
    make_driver,
    make_entry,
    make_event,
    make_event_class,
    make_event_link,
    make_layout,
    make_result,
    make_result_change,
    make_season,
    make_session,
    make_team,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


# What is deleted with what


def test_weekend_with_results_cannot_be_deleted():
    event = make_event()
    make_result(session=make_session(event=event), entry=make_entry(event=event))
    with pytest.raises(ProtectedError):
        event.delete()


@pytest.mark.parametrize("side", ["session", "entry"])
def test_session_and_entry_with_a_result_cannot_be_deleted(side):
    event = make_event()
    row = make_result(session=make_session(event=event), entry=make_entry(event=event))
    with pytest.raises(ProtectedError):
        getattr(row, side).delete()


def test_session_with_an_amendment_cannot_be_deleted():
    with pytest.raises(ProtectedError):
        amendment().session.delete()


def test_layout_that_a_weekend_uses_cannot_be_deleted():
    circuit = make_circuit()
    layout = make_layout(circuit=circuit)
    make_event(circuit=circuit, layout=layout)
    with pytest.raises(ProtectedError):
        layout.delete()


@pytest.mark.parametrize("field", ["team", "car", "racing_class"])
def test_what_is_entered_cannot_be_deleted(field):
    entry = make_entry(
        event=make_event(), team=make_team(), car=make_car(), racing_class=make_class()
    )
    with pytest.raises(ProtectedError):
        getattr(entry, field).delete()


def test_deleting_a_weekend_takes_its_own_rows_along():
    event = make_event()
    make_event_class(event=event)
    make_event_link(event=event, session=make_session(event=event))
    make_entry(event=event, drivers=[make_driver()])
    event.delete()
    models = (EventClass, EventLink, Session, Entry, EntryDriver)
    assert [model.objects.count() for model in models] == [0, 0, 0, 0, 0]


def test_deleting_the_part_with_the_result_keeps_the_first_part():
    event = make_event()
    second = make_session(event=event, name_sv="Race, del 2")
    first = make_session(event=event, name_sv="Race, del 1", result_in=second)
    second.delete()
    first.refresh_from_db()
    assert first.result_in is None


# Names, addresses, texts


def test_rows_say_what_they_are():
    driver = make_driver()
    event = make_event()
    entry = make_entry(event=event, car=make_car(), drivers=[driver])
    race = make_session(event=event, name_en="Race, part 1")
    row = make_result(session=race, entry=entry, drivers=[driver])
    amended = make_amendment(session=race)
    changed = make_result_change(result=row, amendment=amended)
    further = EventRound.objects.create(
        event=event, season=make_season(series=event.season.series, year=2023)
    )
    assert [
        str(event),
        str(further),
        str(make_event_class(event=event)),
        str(race),
        str(make_event_link(event=event, url="https://www.24hseries.com/")),
        str(make_event_link(event=event, label_sv="24H Series på YouTube")),
        str(entry),
        str(entry.crew.get()),
        str(row),
        str(row.credits.get()),
        str(amended),
        str(changed),
    ] == [
        "Hankook 12h Hockenheimring",
        "24H Series 2023",
        "TCR",
        "Race, part 1, Hankook 12h Hockenheimring",
        "24hseries.com",
        "24H Series på YouTube",
        "#120 Audi RS 3 LMS TCR",
        "Andreas Bäckman",
        "#120 Audi RS 3 LMS TCR, Race, part 1, Hankook 12h Hockenheimring",
        "Andreas Bäckman",
        "Race, part 1, Hankook 12h Hockenheimring, 2022-09-08",
        "#120 Audi RS 3 LMS TCR, Race, part 1, Hankook 12h Hockenheimring: points",
    ]


def test_entry_without_number_and_car_still_has_a_name():
    entry = make_entry(event=make_event(), number="")
    assert str(entry) == f"entry {entry.pk}"


def test_amendment_of_an_unknown_day_goes_by_its_session():
    session = make_session(event=make_event())
    undated = make_amendment(session=session, decided_on=None)
    assert str(undated) == "Race, Hankook 12h Hockenheimring"


def test_session_is_read_at_its_address():
    session = make_session(event=make_event())
    assert session.get_absolute_url() == (
        f"/en/events/hankook-12h-hockenheimring-2022/sessions/{session.pk}/"
    )


def test_weekend_is_read_at_its_address():
    assert make_event().get_absolute_url() == (
        "/en/events/hankook-12h-hockenheimring-2022/"
    )


def test_weekend_has_a_brief_name_where_it_has_a_short_one():
    assert make_event().brief_name == "Hankook 12h Hockenheimring"
    assert Event(name="Hankook 12h", short_name="12h").brief_name == "12h"


@pytest.mark.parametrize(
    ("status", "is_off"),
    [(CONFIRMED, False), (PROVISIONAL, False), (POSTPONED, True), (CANCELLED, True)],
)
def test_weekend_is_off_when_it_is_postponed_or_cancelled(status, is_off):
    assert Event(status=status).is_off is is_off


def test_texts_fall_back_to_the_other_language():
    assert Session(name_sv="Tidskval").name == "Tidskval"
    assert Session(name_sv="Tidskval", name_en="Qualifying").name == "Qualifying"
    assert EventLink(label_sv="Biljetter", url="https://x.se").text == "Biljetter"


# What a result may say beside the others of its session


def refused(row):
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    return refusal.value.message_dict


def test_result_that_makes_another_impossible_is_refused_at_itself():
    event, tcr = make_event(), make_class()
    session = make_session(event=event)
    first, second = (
        make_entry(event=event, number=number, racing_class=tcr) for number in "12"
    )
    done = {"status": CLASSIFIED, "is_classified": True}
    make_result(session=session, entry=first, position=9, class_position=1, **done)
    row = Result(session=session, entry=second, position=5, **done)
    assert refused(row) == {
        "class_position": [
            "Car 1: 1 car of the class is ahead overall: the position in class is 2 "
            "at best."
        ]
    }


@pytest.mark.parametrize("classification", [OFFICIAL, AMENDED])
@pytest.mark.parametrize(
    ("before", "after", "is_refused"),
    [
        ({"position": 3}, {"position": 4}, True),
        ({"position": 3}, {"is_tied": True}, True),
        ({"position": 3, "laps": 0}, {"laps": 12}, True),
        ({"position": 3}, {"laps": 12}, False),
        ({"position": 3}, {"note_sv": "Vann"}, False),
    ],
)
def test_official_result_is_filled_in_and_not_changed_on_its_page(
    classification, before, after, is_refused
):
    event = make_event()
    row = make_result(
        session=make_session(event=event, classification=classification),
        entry=make_entry(event=event),
        status=CLASSIFIED,
        is_classified=True,
        **before,
    )
    for name, value in after.items():
        setattr(row, name, value)
    if is_refused:
        assert list(refused(row)) == ["__all__"]
    else:
        row.full_clean()


# Who changed what


def further_championship():
    event = make_event()
    return EventRound.objects.create(event=event, season=event.season, round="4")


def place_in_a_crew():
    return make_entry(event=make_event(), drivers=[make_driver()]).crew.get()


def result():
    event = make_event()
    return make_result(session=make_session(event=event), entry=make_entry(event=event))


def credit():
    return ResultDriver.objects.create(result=result(), driver=make_driver())


def amendment():
    return make_amendment(session=make_session(event=make_event()))


@pytest.mark.parametrize(
    ("make", "field", "before", "after"),
    [
        (make_event, "round", "", "4"),
        (further_championship, "round", "4", "5"),
        (lambda: make_event_class(event=make_event()), "cars", 8, 9),
        (lambda: make_session(event=make_event()), "length_minutes", None, 360),
        (lambda: make_event_link(event=make_event()), "territory", "", "Sverige"),
        (lambda: make_entry(event=make_event()), "number", "120", "121"),
        (place_in_a_crew, "order", 1, 2),
        (result, "laps", None, 160),
        (credit, "order", 1, 2),
        (amendment, "reason_en", "", "Disqualified"),
        (lambda: make_result_change(result=result()), "old", "", "1"),
    ],
)
def test_every_save_is_recorded(make, field, before, after):
    row = make()
    setattr(row, field, after)
    row.save()
    assert [
        (past.history_type, getattr(past, field)) for past in row.history.all()
    ] == [("~", after), ("+", before)]
