"""The timetable on the screen of the weekend: whose clock, how long, which parts."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from events.models import Session
from racing.models import Circuit
from tests import factories
from tests.adminpages import (
    errors,
    filled,
    opened,
    page_of,
    refused,
    save,
    with_session,
)

pytestmark = pytest.mark.django_db

ADD = "/admin/events/event/add/"


# Times


def test_the_zone_stands_beside_every_time(officer, event):
    factories.make_session(event=event)
    page = officer.get(page_of(event)).content.decode()
    assert page.count("Europe/Berlin, CEST, UTC+2") == 2
    assert page.count(">Europe/Berlin</span>") == 1  # of a new session


def test_a_new_weekend_speaks_of_the_circuits_zone(officer):
    page = officer.get(ADD).content.decode()
    assert page.count("the time zone of the circuit, once one is chosen") == 1
    assert page.count(">the circuit’s time zone</span>") == 1


def test_times_are_typed_and_shown_in_the_circuits_zone(officer, event):
    assert save(officer, event, with_session(officer, event)).status_code == 302
    session = Session.objects.get()
    assert session.start == datetime(2022, 5, 14, 11, 55, tzinfo=UTC)
    assert session.day is None
    shown = opened(officer, event)
    assert (shown["sessions-0-day"], shown["sessions-0-time"]) == (
        "2022-05-14",
        "13:55",
    )


@pytest.mark.parametrize("typed", ["9:05", "09:05", "9.05", "905", "0905"])
def test_a_time_is_understood_as_people_type_it(officer, event, typed):
    assert save(officer, event, with_session(officer, event, time=typed))
    assert Session.objects.get().start == datetime(2022, 5, 14, 7, 5, tzinfo=UTC)


def test_a_time_that_is_none_is_refused_at_the_field(officer, event):
    said = refused(officer, event, with_session(officer, event, time="24:61"))
    assert said == {
        "sessions-0-time": ["Write the time as on a 24-hour clock, such as 16:20."]
    }


def test_a_time_that_the_clocks_jump_over_is_refused_at_the_field(officer, event):
    days = {"first_day": "2022-03-26", "last_day": "2022-03-27"}
    data = with_session(officer, event, day="2022-03-27", time="02:30")
    assert refused(officer, event, data, **days) == {
        "sessions-0-time": [
            "02:30 does not exist on 27 March 2022 in Europe/Berlin: the clocks go "
            "forward from 02:00 to 03:00."
        ]
    }


def make_autumn_weekend():
    return factories.make_event(
        first_day=date(2022, 10, 29), last_day=date(2022, 10, 30)
    )


def test_a_time_that_comes_twice_is_the_first_of_the_two(officer):
    event = make_autumn_weekend()
    data = with_session(officer, event, day="2022-10-30", time="02:30")
    assert save(officer, event, data).status_code == 302
    assert Session.objects.get().start == datetime(2022, 10, 30, 0, 30, tzinfo=UTC)


def test_the_second_of_two_times_is_kept_while_the_row_is_left_alone(officer):
    event = make_autumn_weekend()
    second = datetime(2022, 10, 30, 1, 30, 12, tzinfo=UTC)
    factories.make_session(event=event, start=second)
    data = opened(officer, event)
    assert data["sessions-0-time"] == "02:30"
    assert (
        save(officer, event, data, **{"sessions-0-name_sv": "Natt"}).status_code == 302
    )
    assert Session.objects.values_list("name_sv", "start").get() == ("Natt", second)


def test_a_day_without_a_time_is_a_day_only(officer, event):
    assert (
        save(officer, event, with_session(officer, event, time="")).status_code == 302
    )
    session = Session.objects.get()
    assert (session.start, session.day) == (None, date(2022, 5, 14))
    assert session.precision == "day_only"
    data = opened(officer, event)
    save(officer, event, data, **{"sessions-0-time": "13:55"})
    session.refresh_from_db()
    assert (session.day, session.precision) == (None, "confirmed")
    assert session.start == datetime(2022, 5, 14, 11, 55, tzinfo=UTC)


def test_a_session_can_be_announced_without_a_day(officer, event):
    data = with_session(officer, event, day="", time="")
    assert save(officer, event, data).status_code == 302
    session = Session.objects.get()
    assert (session.start, session.day, session.precision) == (None, None, "day_only")


def test_a_time_needs_a_day(officer, event):
    said = refused(officer, event, with_session(officer, event, day=""))
    assert said == {"sessions-0-day": ["Give the day of this time as well."]}


def test_a_weekend_that_moves_to_another_circuit_keeps_its_wall_times(officer, event):
    factories.make_session(event=event)
    dubai = factories.make_circuit(
        name="Dubai Autodrome", slug="dubai", country="AE", time_zone="Asia/Dubai"
    )
    data = opened(officer, event)
    assert save(officer, event, data, circuit=str(dubai.pk)).status_code == 302
    assert Session.objects.get().start == datetime(2022, 5, 14, 9, 55, tzinfo=UTC)
    assert opened(officer, event)["sessions-0-time"] == "13:55"


def test_a_circuit_in_the_same_zone_moves_no_session(officer, event):
    session = factories.make_session(event=event)
    other = factories.make_circuit(name="Nürburgring", slug="nurburgring")
    save(officer, event, opened(officer, event), circuit=str(other.pk))
    assert session.history.count() == 1


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        *[("45 min", 45), ("6 h", 360), ("1:30", 90), ("90", 90), ("1 h 30 min", 90)],
        *[("6 timmar", 360), ("1 tim 30 min", 90), ("1,5 h", 90), ("", None)],
    ],
)
def test_a_length_is_understood_as_people_type_it(officer, event, typed, minutes):
    data = with_session(officer, event, length_minutes=typed)
    assert save(officer, event, data).status_code == 302
    assert Session.objects.get().length_minutes == minutes


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0", "The session would end at its start."),
        ("0:00", "The session would end at its start."),
        (
            "-45",
            "“-45” is not a length of time. Write for example 45 min, 6 h or 1:30.",
        ),
        (
            "1:75",
            "“1:75” is not a length of time. Write for example 45 min, 6 h or 1:30.",
        ),
        ("100 h", "A session is shorter than 100 hours."),
    ],
)
def test_an_end_that_is_none_is_refused_at_the_field(officer, event, typed, sentence):
    data = with_session(officer, event, length_minutes=typed)
    assert refused(officer, event, data) == {"sessions-0-length_minutes": [sentence]}


# Parts of a race


def test_a_result_can_only_be_in_a_session_of_the_same_weekend(officer, event):
    other = factories.make_event(
        season=event.season, circuit=event.circuit, slug="other-2022"
    )
    strange = factories.make_session(event=other)
    factories.make_session(event=event, name_sv="Del 1")
    part = factories.make_session(
        event=event, name_sv="Del 2", start=datetime(2022, 5, 15, 12, tzinfo=UTC)
    )
    page = officer.get(page_of(event))
    form = page.context["inline_admin_formsets"][0].formset.forms[0]
    assert list(form.fields["result_in"].choices) == [
        ("", "---------"),
        (part.pk, "Del 2 (Sunday 15 May 14:00)"),
    ]
    data = filled(page)
    said = refused(officer, event, data, **{"sessions-0-result_in": str(strange.pk)})
    assert said == {"sessions-0-result_in": ["Choose a session of this weekend."]}
    saved = save(officer, event, data, **{"sessions-0-result_in": str(part.pk)})
    assert saved.status_code == 302
    assert Session.objects.get(name_sv="Del 1").result_in == part


def test_a_session_that_holds_another_ones_result_cannot_go_unnoticed(officer, event):
    part = factories.make_session(event=event, name_sv="Del 2")
    factories.make_session(
        event=event,
        name_sv="Del 1",
        start=datetime(2022, 5, 13, 12, tzinfo=UTC),
        result_in=part,
    )
    said = refused(
        officer, event, opened(officer, event), **{"sessions-1-DELETE": "on"}
    )
    assert said == {"sessions-0-result_in": ["This session is marked to be deleted."]}


def test_a_session_with_results_is_not_deleted(officer, event):
    session = factories.make_session(event=event)
    entry = factories.make_entry(event=event, drivers=[factories.make_driver()])
    factories.make_result(session=session, entry=entry)
    response = save(
        officer, event, opened(officer, event), **{"sessions-0-DELETE": "on"}
    )
    assert errors(response) == {
        "sessions": [
            "Deleting session Race, Hankook 12h Hockenheimring would require deleting "
            "the following protected related objects: result #120, Race, Hankook 12h "
            "Hockenheimring"
        ]
    }
    assert Session.objects.count() == 1


# A circuit whose zone was wrong


def test_a_new_zone_of_a_circuit_moves_no_session_and_says_so(officer, event):
    session = factories.make_session(event=event)
    circuit = event.circuit
    address = reverse("admin:racing_circuit_change", args=[circuit.pk])
    data = filled(officer.get(address)) | {"time_zone": "europe/london"}
    response = officer.post(address, data, follow=True)
    assert Circuit.objects.get().time_zone == "Europe/London"
    start = session.start
    session.refresh_from_db()
    assert session.start == start
    assert next(str(message) for message in response.context["messages"]) == (
        "The sessions here keep their moment, so they now read as another time at the "
        "circuit. Look through the timetable of: Hankook 12h Hockenheimring."
    )


def test_a_new_weekend_has_no_sessions_to_choose_yet(officer):
    page = officer.get(ADD)
    groups = page.context["inline_admin_formsets"]
    fields = [
        groups[0].formset.empty_form.fields["result_in"],
        groups[1].formset.empty_form.fields["session"],
    ]
    assert [list(field.choices) for field in fields] == [[("", "---------")]] * 2
    assert [field.help_text for field in fields] == [
        "Sessions can be chosen once the weekend is saved."
    ] * 2
