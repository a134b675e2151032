"""What weekends and sessions say to machines: when they are, and what came between."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from events.models import CANCELLED, DAY_ONLY, POSTPONED, DraftSession, Event
from events.releases import publish, tell_of_weekend
from tests import factories, markup
from tests.schemaorg import HOST, graph_of

pytestmark = pytest.mark.django_db

MISSING = "not known"


# Times

# Circuits' zones with walls at which sessions begin there, their lengths in minutes.
WEEKENDS = {
    "Hockenheim, the site’s own zone": (
        "Europe/Berlin",
        [("2022-05-13T16:20:00", 90), ("2022-05-14T13:55:00", 360)],
    ),
    "Dubai": (
        "Asia/Dubai",
        [("2023-01-13T14:15:00", 60), ("2023-01-14T13:00:00", 1440)],
    ),
    "Silverstone": (
        "Europe/London",
        [("2022-06-18T09:05:00", 25), ("2022-06-19T23:45:00", 40)],
    ),
    "Portimão": ("Europe/Lisbon", [("2022-10-15T08:30:00", 30)]),
    "Sebring": (
        "America/New_York",
        [("2022-03-18T21:10:00", 240), ("2022-03-19T10:10:00", 720)],
    ),
    "the autumn clock change in Barcelona": (
        "Europe/Madrid",
        [
            ("2022-10-29T12:00:00", 1440),
            ("2022-10-30T02:30:00", 45),
            ("2022-10-30T02:30:00+01:00", 45),
        ],
    ),
}


@pytest.mark.parametrize(("zone", "sessions"), WEEKENDS.values(), ids=WEEKENDS)
def test_times_are_those_of_the_page_and_of_the_zone_to_the_second(
    zone, sessions, client
):
    place = factories.make_circuit(time_zone=zone)
    days = [date.fromisoformat(wall[:10]) for wall, _minutes in sessions]
    event = factories.make_event(circuit=place, first_day=min(days), last_day=max(days))
    expected = []
    for wall, minutes in sessions:
        start = datetime.fromisoformat(wall)
        # What the wall shows twice is written with its offset, the second time.
        wanted = ZoneInfo(zone)
        start = (
            start.astimezone(wanted) if start.tzinfo else start.replace(tzinfo=wanted)
        )
        end = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(
            start.tzinfo
        )
        expected.append((start.isoformat(), end.isoformat()))
        race = factories.make_session(
            event=event, start=start.astimezone(UTC), length_minutes=minutes
        )
    factories.make_result(session=race, entry=factories.make_entry(event=event))
    response = client.get(event.get_absolute_url())
    graph = graph_of(response)
    (weekend,) = [one for one in graph.top if one["@type"] == "SportsEvent"]
    assert [(one["startDate"], one["endDate"]) for one in weekend["subEvent"]] == (
        expected
    )
    assert (weekend["startDate"], weekend["endDate"]) == (
        min(days).isoformat(),
        max(days).isoformat(),
    )
    assert weekend["subEvent"][-1]["url"] == HOST + race.get_absolute_url()
    assert {moment for span in expected for moment in span} <= printed(response)
    page = graph_of(client.get(race.get_absolute_url()))
    told = page.resolved(page.one("WebPage")["mainEntity"])
    assert (told["startDate"], told["endDate"]) == expected[-1]
    assert graph.problems() == page.problems() == []


def printed(response):
    """The moments that a page prints, with their offsets, to the second."""
    times = [el.get("datetime") for el in markup.Page(response.text).all("time")]
    return {datetime.fromisoformat(text).isoformat() for text in times if "T" in text}


def told(client, session):
    """What the weekend's page says of a session, or None."""
    graph = graph_of(client.get(session.event.get_absolute_url()))
    assert graph.problems() == []
    return graph.by_id.get(
        f"{HOST}{session.event.get_absolute_url()}#session-{session.pk}"
    )


def facts(node):
    """The last words of a session's status, and its dates."""
    names = ("startDate", "endDate", "previousStartDate")
    return [
        node["eventStatus"].removeprefix("https://schema.org/"),
        *(node.get(name, MISSING) for name in names),
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"length_minutes": 45},
            ["2022-05-14T13:55:00+02:00", "2022-05-14T14:40:00+02:00"],
        ),
        # Of unknown length: over on the same day, or nobody knows.
        ({}, ["2022-05-14T13:55:00+02:00", "2022-05-14"]),
        (
            {"start": datetime(2022, 5, 14, 20, 30, tzinfo=UTC)},
            ["2022-05-14T22:30:00+02:00", MISSING],
        ),
        (
            {"start": None, "precision": DAY_ONLY, "day": date(2022, 5, 15)},
            ["2022-05-15", "2022-05-15"],
        ),
    ],
)
def test_what_is_known_of_a_time_is_told_and_no_more(fields, expected, event, client):
    session = factories.make_session(event=event, **fields)
    node = told(client, session)
    assert facts(node) == ["EventScheduled", *expected, MISSING]
    assert node["url"] == node["@id"]


def test_session_on_a_day_to_be_announced_is_no_event_yet(event, client):
    session = factories.make_session(event=event, start=None, precision=DAY_ONLY)
    assert told(client, session) is None


def test_sessions_of_a_weekend_without_a_first_day_stand_by_themselves(event, client):
    session = factories.make_session(event=event)
    Event.objects.update(first_day=None, last_day=None)
    graph = graph_of(client.get(event.get_absolute_url()))
    assert [node["@type"] for node in graph.top] == [
        "WebPage",
        "SportsEvent",
        "BreadcrumbList",
    ]
    assert graph.one("SportsEvent")["@id"].endswith(f"#session-{session.pk}")
    years = graph_of(client.get("/sv/events/2022/"))
    assert years.all("SportsEvent") == []
    assert [one["name"] for one in years.one("ItemList")["itemListElement"]] == [
        "Hankook 12h Hockenheimring"
    ]


# What does not happen as planned


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("scheduled", "EventScheduled"),
        ("delayed", "EventScheduled"),
        (CANCELLED, "EventCancelled"),
        (POSTPONED, "EventPostponed"),
    ],
)
def test_session_keeps_its_time_whatever_its_status(status, word, event, client):
    session = factories.make_session(event=event, status=status, length_minutes=45)
    assert facts(told(client, session)) == [
        word,
        "2022-05-14T13:55:00+02:00",
        "2022-05-14T14:40:00+02:00",
        MISSING,
    ]


@pytest.mark.parametrize(
    ("status", "word"), [(CANCELLED, "EventCancelled"), (POSTPONED, "EventPostponed")]
)
def test_weekend_that_is_off_takes_its_sessions_with_it(status, word, event, client):
    factories.make_session(event=event)
    factories.make_event_link(event=event)
    Event.objects.update(status=status)
    graph = graph_of(client.get(event.get_absolute_url()))
    words = {node["eventStatus"] for node in graph.all("Event")}
    assert words == {f"https://schema.org/{word}"}
    assert graph.all("BroadcastEvent") == []


def release(session, **fields):
    """Publish a timetable that changes a session; what its page said just before."""
    columns = (
        "kind",
        "name_sv",
        "start",
        "day",
        "precision",
        "length_minutes",
        "status",
    )
    facts = {name: getattr(session, name) for name in columns} | fields
    DraftSession.objects.create(event=session.event, session=session, **facts)
    before = told(Client(), session)
    publish(session.event)
    session.refresh_from_db()
    return before


def at(clock_time):
    return datetime.fromisoformat(f"2022-05-14T{clock_time}:00+02:00")


def test_moved_session_says_when_it_was_to_be_last(event, client):
    session = factories.make_session(event=event, start=at("13:55"), length_minutes=45)
    first = told(client, session)
    assert release(session, start=at("14:10")) == first
    assert facts(told(client, session)) == [
        "EventRescheduled",
        "2022-05-14T14:10:00+02:00",
        "2022-05-14T14:55:00+02:00",
        "2022-05-14T13:55:00+02:00",
    ]
    release(session, start=at("15:00"))
    assert facts(told(client, session)) == [
        "EventRescheduled",
        "2022-05-14T15:00:00+02:00",
        "2022-05-14T15:45:00+02:00",
        "2022-05-14T14:10:00+02:00",
    ]
    release(session, status=CANCELLED)
    assert facts(told(client, session)) == [
        "EventCancelled",
        "2022-05-14T15:00:00+02:00",
        "2022-05-14T15:45:00+02:00",
        MISSING,
    ]


def test_session_whose_new_time_is_not_known_is_postponed_from_its_old(event, client):
    session = factories.make_session(event=event, start=at("13:55"))
    release(session, start=None, precision=DAY_ONLY)
    assert facts(told(client, session))[:2] == [
        "EventPostponed",
        "2022-05-14T13:55:00+02:00",
    ]
    release(session, status=CANCELLED)
    assert facts(told(client, session))[0] == "EventCancelled"


def test_session_that_gets_its_time_on_its_day_has_not_moved(event, client):
    saturday = {"start": None, "precision": DAY_ONLY, "day": date(2022, 5, 14)}
    session = factories.make_session(event=event, **saturday)
    release(session, start=at("13:55"), day=None, precision="confirmed")
    assert facts(told(client, session))[0] == "EventScheduled"


def test_moved_weekend_says_when_it_was_to_be(event, client):
    before = Event.objects.get(pk=event.pk)
    event.first_day, event.last_day = date(2022, 6, 3), date(2022, 6, 5)
    event.save()
    tell_of_weekend(before, event)
    graph = graph_of(client.get(event.get_absolute_url()))
    assert facts(graph.one("SportsEvent")) == [
        "EventRescheduled",
        "2022-06-03",
        "2022-06-05",
        "2022-05-13",
    ]


# Broadcasts


@pytest.mark.parametrize(
    "moment",
    ["2022-05-16T12:00+02:00", "2022-05-13T12:00+02:00"],
    ids=["over", "before"],
)
def test_broadcast_is_told_of_until_it_is_over(moment, event, client, travel):
    travel(moment)
    factories.make_event_link(event=event)
    session = factories.make_session(event=event, length_minutes=60)
    factories.make_event_link(event=event, session=session, url="https://a.se/1")
    factories.make_event_link(event=event, kind="live_timing", url="https://a.se/2")
    graph = graph_of(client.get(event.get_absolute_url()))
    shown = [one["location"]["url"] for one in graph.all("BroadcastEvent")]
    is_over = moment > "2022-05-15"
    assert sorted(shown) == (
        [] if is_over else ["https://a.se/1", "https://youtube.com/24HSeries"]
    )
