"""Links and entries on the screen of the weekend."""

from datetime import UTC, datetime

import pytest
from django.forms import modelform_factory

from events.admin.links import EventLinkForm
from events.models import Entry, EventLink
from tests import factories
from tests.adminpages import (
    add_row,
    errors,
    opened,
    refused,
    save,
)

pytestmark = pytest.mark.django_db


LINK_FORM = modelform_factory(EventLink, EventLinkForm, fields=["session"])


def with_entry(client, event, **values):
    data = opened(client, event)
    add_row(data, "entries", **values)
    return data


def keys(*drivers):
    return {f"driver_{n}": str(driver.pk) for n, driver in enumerate(drivers, start=1)}


# Links


def test_a_link_to_a_session_of_another_weekend_is_refused_at_the_field(officer, event):
    other = factories.make_event(
        season=event.season, circuit=event.circuit, slug="other-2022"
    )
    strange = factories.make_session(event=other)
    data = opened(officer, event)
    add_row(data, "links", kind="stream", url="a.se", session=str(strange.pk))
    assert refused(officer, event, data) == {
        "links-0-session": ["Choose a session of this weekend."]
    }


def test_the_same_link_twice_is_refused_at_the_field(officer, event):
    data = opened(officer, event)
    add_row(data, "links", kind="stream", url="youtube.com/24HSeries")
    add_row(data, "links", kind="stream", url="https://youtube.com/24HSeries")
    assert refused(officer, event, data) == {
        "links-1-url": ["The weekend has this link already."]
    }


def test_an_address_that_is_none_is_refused_at_the_field(officer, event):
    data = opened(officer, event)
    add_row(data, "links", kind="stream", url="javascript:alert(1)")
    assert refused(officer, event, data) == {"links-0-url": ["Enter a valid URL."]}


def test_a_broadcast_begins_on_the_circuits_clock(officer, event):
    session = factories.make_session(event=event)
    data = opened(officer, event)
    watching = {"access": "paid", "has_replay": "on"}
    link = {"kind": "stream", "url": "a.se", "session": str(session.pk)} | watching
    add_row(data, "links", begins_at="1330", **link)
    assert save(officer, event, data).status_code == 302
    link = EventLink.objects.get()
    assert link.start == datetime(2022, 5, 14, 11, 30, tzinfo=UTC)
    assert (link.access, link.has_replay) == ("paid", True)
    data = opened(officer, event)
    assert data["links-0-begins_on"] == "2022-05-14"
    assert data["links-0-begins_at"] == "13:30"
    assert save(officer, event, data).status_code == 302
    assert link.history.count() == 1
    assert (
        save(officer, event, data, **{"links-0-begins_at": "", "links-0-begins_on": ""})
    ).status_code == 302
    assert EventLink.objects.get().start is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"begins_at": "13:30"}, {"begins_on": ["Give the day of this time as well."]}),
        (
            {"begins_on": "2022-05-14"},
            {"begins_at": ["Give the time of this day as well."]},
        ),
        (
            {"begins_on": "2022-03-27", "begins_at": "02:30"},
            {
                "begins_at": [
                    "02:30 does not exist on 27 March 2022 in Europe/Berlin: the clocks "
                    "go forward from 02:00 to 03:00."
                ]
            },
        ),
        (
            {"begins_on": "2022-05-13", "begins_at": "13:54", "session": True},
            {"begins_at": ["The session is more than 24 hours from this time."]},
        ),
        (
            {"begins_on": "2022-05-15", "begins_at": "13:56", "session": True},
            {"begins_at": ["The session is more than 24 hours from this time."]},
        ),
        ({"begins_on": "2022-05-13", "begins_at": "13:55", "session": True}, {}),
        ({"begins_on": "2022-05-13", "begins_at": "13:55"}, {}),
    ],
)
def test_a_beginning_that_cannot_be_is_refused_at_the_field(
    event, english, typed, said
):
    session = factories.make_session(event=event)
    if "session" in typed:
        typed = typed | {"session": str(session.pk)}
    link = EventLink(event=event)
    assert LINK_FORM(typed, instance=link, weekend=event).errors == said


# Entries


def test_a_crew_is_kept_in_the_order_of_its_places(officer, event, drivers):
    ada, bea, cia = drivers[:3]
    crew = [cia, ada, bea]
    data = with_entry(officer, event, number="120", **keys(*crew))
    assert save(officer, event, data).status_code == 302
    assert Entry.objects.get().crew_drivers == crew
    data = opened(officer, event)
    swapped = {"entries-0-driver_1": str(ada.pk), "entries-0-driver_2": str(cia.pk)}
    assert save(officer, event, data, **swapped).status_code == 302
    assert Entry.objects.get().crew_drivers == [ada, cia, bea]


def test_empty_places_close_up(officer, event, drivers):
    data = with_entry(officer, event, driver_3=str(drivers[0].pk))
    data["entries-0-driver_8"] = str(drivers[1].pk)
    assert save(officer, event, data).status_code == 302
    shown = opened(officer, event)
    assert shown["entries-0-driver_1"] == str(drivers[0].pk)
    assert shown["entries-0-driver_2"] == str(drivers[1].pk)
    assert shown["entries-0-driver_3"] == ""


def test_a_crew_keeps_who_has_no_place_on_the_page(officer, event, drivers):
    entry = factories.make_entry(event=event, drivers=drivers)
    data = opened(officer, event)
    assert save(officer, event, data, **{"entries-0-driver_1": ""}).status_code == 302
    assert entry.crew_drivers == drivers[1:]


def test_a_driver_without_a_place_on_the_page_is_not_entered_twice(
    officer, event, drivers
):
    factories.make_entry(event=event, drivers=drivers)
    data = opened(officer, event) | {"entries-0-driver_1": str(drivers[9].pk)}
    assert refused(officer, event, data) == {
        "entries-0-driver_1": ["This driver is in the crew already."]
    }


def test_a_crew_without_drivers_is_refused_at_the_field(officer, event, drivers):
    assert refused(officer, event, with_entry(officer, event, number="120")) == {
        "entries-0-driver_1": ["A crew needs at least one driver."]
    }


def test_the_same_driver_twice_is_refused_at_the_field(officer, event, drivers):
    data = with_entry(officer, event, **keys(drivers[0], drivers[1], drivers[0]))
    assert refused(officer, event, data) == {
        "entries-0-driver_3": ["This driver is in the crew already."]
    }


def test_a_driver_that_is_none_is_refused_at_the_field(officer, event):
    for key in ("4711", "x", "9" * 40):
        data = with_entry(officer, event, driver_1=key)
        assert refused(officer, event, data) == {
            "entries-0-driver_1": ["There is no such driver."]
        }


def test_a_number_that_is_taken_is_refused_at_the_field(officer, event, drivers):
    factories.make_entry(event=event, drivers=drivers[:1], number="120")
    data = with_entry(officer, event, number="120", **keys(drivers[1]))
    sentence = "Another entry of this weekend has that start number."
    assert refused(officer, event, data) == {"entries-1-number": [sentence]}


def test_two_new_entries_with_one_number_are_refused_at_the_field(
    officer, event, drivers
):
    data = with_entry(officer, event, number="120", **keys(drivers[0]))
    add_row(data, "entries", number="#120", **keys(drivers[1]))
    sentence = "Another entry of this weekend has that start number."
    assert refused(officer, event, data) == {"entries-1-number": [sentence]}


def test_two_entries_without_a_number_are_no_conflict(officer, event, drivers):
    data = with_entry(officer, event, **keys(drivers[0]))
    add_row(data, "entries", **keys(drivers[1]))
    assert save(officer, event, data).status_code == 302


def test_the_same_number_at_another_weekend_is_no_conflict(officer, event, drivers):
    other = factories.make_event(
        season=event.season, circuit=event.circuit, slug="other-2022"
    )
    factories.make_entry(event=other, drivers=drivers[:1], number="120")
    data = with_entry(officer, event, number="120", **keys(drivers[0]))
    assert save(officer, event, data).status_code == 302


def test_a_number_that_is_none_is_refused_at_the_field(officer, event, drivers):
    data = with_entry(officer, event, number="1/2", **keys(drivers[0]))
    assert refused(officer, event, data) == {
        "entries-0-number": [
            "A start number has one to four digits or capital letters, such as 120 or "
            "007."
        ]
    }


def test_an_entry_with_a_result_is_not_deleted(officer, event, drivers):
    session = factories.make_session(event=event)
    entry = factories.make_entry(event=event, drivers=drivers[:1])
    factories.make_result(session=session, entry=entry)
    response = save(
        officer, event, opened(officer, event), **{"entries-0-DELETE": "on"}
    )
    assert list(errors(response)) == ["entries"]
    assert Entry.objects.count() == 1
