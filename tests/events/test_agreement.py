"""Facts of two rows that must agree, in which words they are refused."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from events.models import (
    DAY_ONLY,
    DraftSession,
    Event,
    EventLink,
    Result,
    Session,
)
from tests.constraints import sentences
from tests.factories import (
    make_circuit,
    make_entry,
    make_event,
    make_layout,
    make_season,
    make_session,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

NOON = datetime(2022, 5, 14, 12, 0, tzinfo=UTC)
RACE = {"kind": "race", "name_sv": "Race", "start": NOON}


def session(**fields):
    return lambda: Session(event=make_event(), **(RACE | fields))


def draft(**fields):
    return lambda: DraftSession(event=make_event(), **(RACE | fields))


def layout_of_another_circuit():
    layout = make_layout(circuit=make_circuit(name="Dubai", slug="dubai"))
    return Event(
        season=make_season(),
        circuit=make_circuit(),
        layout=layout,
        name="Loppet",
        slug="loppet",
    )


def other_weekend(event):
    return make_event(season=event.season, circuit=event.circuit, slug="other")


def session_with_its_result_in_another_weekend():
    event = make_event()
    race = make_session(event=other_weekend(event))
    return Session(event=event, result_in=race, **RACE)


def draft_of_a_session_of_another_weekend():
    event = make_event()
    race = make_session(event=other_weekend(event))
    return DraftSession(event=event, session=race, **RACE)


def link_to_a_session_of_another_weekend():
    event = make_event()
    race = make_session(event=other_weekend(event))
    return EventLink(event=event, session=race, kind="tv", url="https://x.se")


def result_of_a_car_of_another_weekend():
    event = make_event()
    entry = make_entry(event=other_weekend(event))
    return Result(session=make_session(event=event), entry=entry)


ELSEWHERE = "“Race” is a session of another weekend."
OUTSIDE = "16 May 2022 is not one of the weekend’s days: 13–15 May 2022."
MIDNIGHT = datetime(2022, 5, 15, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("make", "field", "sentence"),
    [
        (
            layout_of_another_circuit,
            "layout",
            "“Dubai” is a layout of another circuit.",
        ),
        (session_with_its_result_in_another_weekend, "result_in", ELSEWHERE),
        (draft_of_a_session_of_another_weekend, "session", ELSEWHERE),
        (link_to_a_session_of_another_weekend, "session", ELSEWHERE),
        (
            result_of_a_car_of_another_weekend,
            "entry",
            "This car is entered for another weekend.",
        ),
        (session(start=MIDNIGHT), "day", OUTSIDE),
        (draft(start=MIDNIGHT), "day", OUTSIDE),
        (
            session(start=None, precision=DAY_ONLY, day=date(2022, 5, 16)),
            "day",
            OUTSIDE,
        ),
    ],
)
def test_rows_that_do_not_agree_are_refused_at_the_field(make, field, sentence):
    with pytest.raises(ValidationError) as refusal:
        make().full_clean()
    assert refusal.value.message_dict == {field: [sentence]}


def test_session_may_start_in_the_last_minute_of_the_weekend_at_the_track():
    last = datetime(2022, 5, 15, 21, 59, tzinfo=UTC)
    assert sentences(session(start=last, length_minutes=720)()) == []


def test_link_without_its_weekend_and_result_without_its_car_are_left_to_the_form():
    assert sentences(Session(**RACE)) == ["This field cannot be null."]
    assert sentences(Result()) == ["This field cannot be null."] * 2
