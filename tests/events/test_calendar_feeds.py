"""The addresses of calendars: what each holds, what it takes, when it has changed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from drivers.models import GUEST
from events.models import CANCELLED, DraftSession, EventRound, Session
from tests.events.calendars import (
    ALL,
    calendar,
    fetch,
    item,
    items,
    lines_of,
    make_weekends,
    told,
)
from tests.factories import (
    make_circuit,
    make_driver,
    make_entry,
    make_event,
    make_event_link,
    make_home_team,
    make_season,
    make_series,
    make_session,
)

pytestmark = pytest.mark.django_db

WEEKEND = "/sv/events/weekend-0/calendar.ics"
SERIES = "/sv/series/24h-series/calendar.ics"
DRIVER = "/sv/drivers/andreas-backman/calendar.ics"


def names(client, path):
    return [told(each, "SUMMARY").split(" · ")[-1] for each in items(client, path)]


# Whose


def test_each_calendar_holds_the_weekends_of_its_owner(client):
    mine, other, theirs = make_weekends(3)
    theirs.season = make_season(series=make_series(short_name="TCR", slug="tcr"))
    theirs.save()
    driver = make_driver()
    make_entry(event=mine, drivers=[driver])
    make_entry(event=mine, number="7", drivers=[driver])
    make_entry(event=theirs, drivers=[driver])
    make_entry(event=other, drivers=[make_driver(first_name="Jessica")])
    assert names(client, ALL) == ["Weekend 0", "Weekend 1", "Weekend 2"]
    assert names(client, WEEKEND) == ["Weekend 0"]
    assert names(client, DRIVER) == ["Weekend 0", "Weekend 2"]
    assert names(client, SERIES) == ["Weekend 0", "Weekend 1"]
    EventRound.objects.create(event=theirs, season=mine.season, round="1")
    EventRound.objects.create(event=theirs, season=other.season, round="2")
    assert names(client, SERIES) == ["Weekend 0", "Weekend 1", "Weekend 2"]


@pytest.mark.parametrize("path", [WEEKEND, SERIES, DRIVER])
def test_who_is_not_there_or_has_no_page_has_no_calendar(path, client):
    make_driver(slug="andreas-backman", status=GUEST)
    for query in ("", "?kinds=race", "?kinds=nothing"):
        assert client.get(path + query).status_code == 404
    assert client.get(path, headers={"if-none-match": "*"}).status_code == 404


def test_a_calendar_says_what_it_is_and_where_it_belongs(client):
    make_weekends(1)
    make_home_team()
    make_driver()
    expected = {
        ALL: ("JA Bäckman Racing", "events/"),
        WEEKEND: ("Weekend 0", "events/weekend-0/"),
        SERIES: ("24H Series", "series/24h-series/"),
        DRIVER: ("Andreas Bäckman", "drivers/andreas-backman/"),
    }
    uids = set()
    for path, (name, page) in expected.items():
        found = calendar(client, path)
        assert (told(found, "NAME"), told(found, "X-WR-CALNAME")) == (name, name)
        assert told(found, "URL") == f"http://testserver/sv/{page}"
        assert told(found, "SOURCE") == f"http://testserver{path}"
        assert (told(found, "VERSION"), told(found, "CALSCALE")) == ("2.0", "GREGORIAN")
        assert told(found, "PRODID") == "-//Pitboard//Calendar//SV"
        assert "METHOD" not in found
        uids.add(told(found, "UID"))
        lines = lines_of(fetch(client, path))
        assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
        assert "X-PUBLISHED-TTL:PT1H" in lines
    found = calendar(client, f"{ALL}?alarm=5&utm=x&kinds=race,qualifying")
    assert told(found, "NAME") == "JA Bäckman Racing: tidskval + lopp"
    source = f"http://testserver{ALL}?kinds=qualifying,race&alarm=5"
    assert told(found, "SOURCE") == source
    uids.add(told(found, "UID"))
    uids.add(told(calendar(client, "/en/calendar.ics"), "UID"))
    assert len(uids) == 6


def test_a_calendar_has_a_name_as_a_file(client):
    make_weekends(1)
    assert fetch(client).headers["Content-Disposition"] == (
        'inline; filename="calendar.ics"'
    )
    assert fetch(client, WEEKEND).headers["Content-Disposition"] == (
        'inline; filename="weekend-0.ics"'
    )


def test_a_calendar_without_a_home_team_has_a_name_too(client):
    assert told(calendar(client), "NAME") == "Pitboard"


# What is chosen


@pytest.fixture
def weekend():
    (event,) = make_weekends(1)
    start = datetime(2022, 5, 13, 8, tzinfo=UTC)
    for kind in ("race", "qualifying", "practice"):
        make_session(event=event, kind=kind, name_sv=kind, start=start)
    make_session(event=event, name_sv="dag", start=None, precision="day_only")
    return event


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["race", "qualifying", "practice", "dag"]),
        ("?kinds=qualifying", ["qualifying"]),
        ("?kinds=practice,race", ["race", "practice", "dag"]),
        ("?kinds=practice&kinds=race", ["race", "practice", "dag"]),
        ("?kinds=race,race", ["race", "dag"]),
        ("?kinds=test", []),
        ("?kind=nothing&x=1", ["race", "qualifying", "practice", "dag"]),
    ],
)
def test_kinds_of_sessions_can_be_chosen(query, expected, client, weekend):
    found = items(client, f"{ALL}{query}")
    assert [told(each, "SUMMARY").split(" ")[0] for each in found] == expected


@pytest.mark.parametrize(
    ("alarm", "trigger"),
    [("0", "PT0M"), ("30", "-PT30M"), ("030", "-PT30M"), ("10080", "-PT10080M")],
)
def test_a_reminder_rings_for_sessions_with_a_time(alarm, trigger, client, weekend):
    path = f"{ALL}?alarm={alarm}"
    found = items(client, path)
    assert [len(each.walk("VALARM")) for each in found] == [1, 1, 1, 0]
    (ring,) = found[0].walk("VALARM")
    assert told(ring, "ACTION") == "DISPLAY"
    assert ring["TRIGGER"].dt == timedelta(minutes=-int(alarm))
    assert told(ring, "DESCRIPTION") == told(found[0], "SUMMARY")
    uids = {told(each, "UID") for one in found for each in one.walk()}
    assert len(uids) == 7
    assert f"TRIGGER:{trigger}" in lines_of(fetch(client, path))
    assert b"VALARM" not in fetch(client).content


@pytest.mark.parametrize(
    ("query", "sv", "en"),
    [
        (query, "Parametern kinds tar", "The parameter kinds takes")
        for query in ("kinds=rac", "kinds=", "kinds=race,", "kinds=RACE", "kinds=race;")
    ]
    + [
        (query, "Parametern alarm tar", "The parameter alarm takes")
        for query in (
            *("alarm=", "alarm=-1", "alarm=10081", "alarm=1.5", "alarm=٣"),
            *("alarm=30&alarm=60", "alarm=x", "alarm=+5"),
        )
    ],
)
def test_what_no_parameter_takes_is_refused_in_a_sentence(query, sv, en, client):
    for language, start in (("sv", sv), ("en", en)):
        response = client.get(f"/{language}/calendar.ics?{query}")
        assert response.status_code == 400
        assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert response.text.startswith(start)
        assert response.text.endswith(".\n")
        assert "ETag" not in response.headers or "BEGIN" not in response.text


def test_a_calendar_is_looked_at_and_nothing_else(client):
    assert client.post(ALL).status_code == 405
    assert client.delete(ALL).status_code == 405


def test_who_asks_for_the_head_alone_gets_it(client, weekend):
    whole, head = fetch(client), client.head(ALL)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("ETag", "Content-Type", "Content-Length", "Content-Disposition"):
        assert head.headers[name] == whole.headers[name]


def test_over_https_every_address_is_one_of_https(client, weekend):
    response = client.get(ALL, secure=True)
    assert b"http://testserver" not in response.content
    assert b"https://testserver" in response.content
    assert response.headers["ETag"] != fetch(client).headers["ETag"]


# What stays and what changes


def test_two_fetches_without_a_change_are_the_same_to_the_byte(client, weekend):
    path = f"{ALL}?alarm=30"
    assert fetch(client, path).content == fetch(client, path).content


def test_a_session_that_moves_is_cancelled_and_renamed_stays_the_same(client):
    (event,) = make_weekends(1)
    session = make_session(event=event, name_sv="Race 1")
    uid, sequences = str(session.uid), [item(client)["SEQUENCE"]]
    for facts in (
        {"start": session.start + timedelta(minutes=20)},
        {"start": session.start + timedelta(hours=20)},
        {"status": CANCELLED},
        {"name_sv": "Sprint"},
    ):
        for name, value in facts.items():
            setattr(session, name, value)
        session.save()
        found = item(client)
        sequences.append(found["SEQUENCE"])
        assert told(found, "UID") == uid
    assert sequences == [0, 1, 2, 3, 4]
    assert told(found, "STATUS") == "CANCELLED"
    assert told(found, "SUMMARY") == "Inställt: Sprint · Weekend 0"
    event.slug = "another-address"
    event.save()
    assert told(item(client), "UID") == uid


def test_a_draft_is_in_no_calendar(client):
    (event,) = make_weekends(1)
    session = make_session(event=event)
    before = fetch(client)
    facts = {"event": event, "kind": "race", "start": session.start}
    DraftSession.objects.create(**facts, name_sv="Ny")
    DraftSession.objects.create(**facts, session=session, name_sv="Annat namn")
    for path in (ALL, "/sv/events/weekend-0/calendar.ics", "/en/calendar.ics"):
        assert b"Annat namn" not in fetch(client, path).content
    assert fetch(client).content == before.content


def test_when_a_calendar_changed_is_when_its_latest_item_did(client, weekend):
    found = calendar(client)
    latest = max(session.revised_at for session in Session.objects.all())
    assert found["LAST-MODIFIED"].dt == latest.replace(microsecond=0)


# What it costs


@pytest.mark.parametrize("count", [1, 30])
def test_calendars_take_as_many_queries_for_1_session_as_for_30(
    count, client, django_assert_num_queries
):
    make_home_team()
    series = make_series()
    season, circuit = make_season(series=series), make_circuit()
    drivers = [make_driver(slug=f"driver-{number}") for number in range(count)]
    for number in range(count):
        day = date(2022, 5, 1) + timedelta(days=number)
        event = make_event(
            season=season,
            circuit=circuit,
            slug=f"weekend-{number}",
            first_day=day,
            last_day=day,
        )
        start = datetime(2022, 5, 1, 9, tzinfo=UTC) + timedelta(days=number)
        whole = make_session(event=event, start=start + timedelta(hours=3))
        make_session(event=event, start=start, result_in=whole)
        make_entry(event=event, drivers=drivers)
        for kind in ("stream", "tv", "live_timing"):
            make_event_link(event=event, kind=kind)
    costs = {
        ALL: (6, 1, count),
        WEEKEND: (6, 2, 1),
        SERIES: (6, 2, count),
        "/sv/drivers/driver-0/calendar.ics": (6, 2, count),
    }
    for path, (whole, unchanged, weekends) in costs.items():
        with django_assert_num_queries(whole, info=path):
            response = client.get(path)
        assert response.content.count(b"BEGIN:VEVENT") == 2 * weekends
        kept = {"if-none-match": response.headers["ETag"]}
        with django_assert_num_queries(unchanged, info=path):
            again = client.get(path, headers=kept)
        assert (again.status_code, again.content) == (304, b"")
