"""The look at the calendars finds what it says it finds, on a small site."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from racing import clock
from tests.calendars import Look, read
from tests.factories import (
    make_driver,
    make_entry,
    make_event,
    make_event_link,
    make_session,
)
from tests.sweep import Reply

pytestmark = pytest.mark.django_db

ALL = "/sv/calendar.ics"


def read_all(texts):
    return [read(text) for text in texts]


@pytest.fixture
def fetch():
    """The calendars of a site with one weekend, a minute after it was made."""
    event = make_event()
    make_session(event=event, kind="qualifying", length_minutes=45)
    make_session(event=event, start=None, precision="day_only")
    make_entry(event=event, drivers=[make_driver()])
    make_event_link(event=event, language="en")
    client = Client()

    def get(path, **headers):
        names = {name.lower(): value for name, value in headers.items()}
        response = client.get(path, headers=names)
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Reply(response.status_code, headers, response.content)

    with time_machine.travel(clock.machine_now() + timedelta(minutes=1), tick=False):
        yield get


def test_a_good_site_has_no_problems(fetch):
    look = Look(fetch, read_all).run()
    assert look.problems == []
    # Everybody's, a driver's and a series' with three choices each, a weekend's.
    assert len(look.calendars) == 2 * (4 + 4 + 4 + 1)
    assert len(look.calendars[ALL]["events"]) == 2


def other(reply, **changes):
    facts = {"status": reply.status, "headers": reply.headers, "body": reply.body}
    return Reply(**facts | changes)


def test_what_is_wrong_is_found(fetch):
    times = iter(range(1000))
    faults = {
        f"{ALL}?alarm=30": lambda path, headers: fetch(path),
        f"{ALL}?kinds=qualifying,race": lambda path, headers: fetch("/sv/no.ics"),
        f"{ALL}?kinds=race&alarm=0": lambda path, headers: other(
            fetch(path), headers={"content-type": "text/plain"}
        ),
        "/en/calendar.ics": lambda path, headers: fetch(ALL, **headers),
        "/en/calendar.ics?alarm=30": lambda path, headers: replaced(
            fetch(path, **headers), b"\r\n", b"\n"
        ),
        "/en/calendar.ics?kinds=qualifying,race": lambda path, headers: replaced(
            fetch(path, **headers), b"TRANSP:", b"X-" + b"x" * 80 + b":\r\nTRANSP:"
        ),
        "/en/calendar.ics?kinds=race&alarm=0": lambda path, headers: replaced(
            fetch(path, **headers), b"SEQUENCE:0", b"SEQUENCE:%d" % next(times)
        ),
    }

    def spoilt(path, **headers):
        fault = faults.get(path)
        return fault(path, headers) if fault else fetch(path, **headers)

    problems = Look(spoilt, read_all).run().problems
    for expected in (
        "/sv/calendar.ics?alarm=30: answers 200 to If-None-Match",
        "/sv/calendar.ics?alarm=30: answers 200 to If-Modified-Since",
        "/sv/calendar.ics?kinds=qualifying,race: answers 404",
        "/sv/calendar.ics?kinds=race&alarm=0: content-type is text/plain",
        "/en/calendar.ics: has the UID of /sv/calendar.ics",
        "/en/calendar.ics?alarm=30: has lines that do not end in CRLF",
        "/en/calendar.ics?kinds=qualifying,race: has lines of more than 75 octets",
        "/en/calendar.ics?kinds=race&alarm=0: is another the second time",
    ):
        assert [it for it in problems if it.startswith(expected)] != [], problems


def replaced(reply, old, new):
    return other(reply, body=reply.body.replace(old, new))


def test_what_two_readers_read_otherwise_is_found(fetch):
    def read_otherwise(texts):
        calendars = read_all(texts)
        calendars[0]["name"] = "Another"
        calendars[0]["events"][0]["start"] = "2022-05-14T11:55:00Z Europe/Berlin"
        calendars[1]["events"].pop()
        return calendars

    first, second, third = Look(fetch, read_otherwise).run().problems
    assert first == f"{ALL}: name is Pitboard and Another"
    moment = "2022-05-14T11:55:00Z"
    assert second.endswith(f" is '{moment} UTC' and '{moment} Europe/Berlin'")
    assert third == f"{ALL}?alarm=30: has 2 and 1 events"


def test_a_session_that_is_another_one_elsewhere_is_found():
    look = Look(None, None)
    for path, sequence in (("/a", 0), ("/b", 0), ("/c", 7)):
        event = {"uid": "1", "start": "", "end": "", "status": ""}
        look.calendars[path] = {"uid": path, "events": [event | {"sequence": sequence}]}
    look.compare_uids()
    assert look.problems == ["/c: 1 is another one elsewhere"]
