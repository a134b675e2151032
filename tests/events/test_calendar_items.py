"""What the items of a calendar say, as a reader of the calendar is told."""

from datetime import UTC, date, datetime, timedelta

import pytest

from drivers.models import GUEST
from events.models import CANCELLED, CLASSIFIED, DAY_ONLY, POSTPONED, PROVISIONAL
from tests.events.calendars import ALL, calendar, fetch, item, items, lines_of, told
from tests.factories import (
    make_amendment,
    make_car,
    make_circuit,
    make_driver,
    make_entry,
    make_event,
    make_event_link,
    make_result,
    make_season,
    make_session,
)

EN = "/en/calendar.ics"
QUALIFYING = datetime(2022, 5, 13, 17, 5, tzinfo=UTC)


@pytest.fixture
def event(db):
    circuit = make_circuit(place="Hockenheim", latitude="49.3278", longitude="8.5658")
    return make_event(circuit=circuit)


@pytest.fixture
def qualifying(event):
    return make_session(
        event=event,
        kind="qualifying",
        name_sv="Tidskval",
        name_en="Qualifying",
        start=QUALIFYING,
        length_minutes=45,
    )


# When


def test_a_session_with_a_time_is_told_in_utc_and_in_words(client, qualifying):
    lines = lines_of(fetch(client, EN))
    assert "DTSTART:20220513T170500Z" in lines
    assert "DTEND:20220513T175000Z" in lines
    first = told(item(client, EN), "DESCRIPTION").splitlines()[0]
    assert first == "Friday 13 May, 19:05–19:50 at the track (CEST, UTC+2)"


def test_an_unknown_length_is_no_length(client, event):
    make_session(event=event, length_minutes=None)
    assert "DTEND" not in item(client)


@pytest.mark.parametrize(
    ("facts", "first", "last"),
    [
        ({"day": date(2022, 5, 14)}, date(2022, 5, 14), date(2022, 5, 15)),
        ({}, date(2022, 5, 13), date(2022, 5, 16)),
    ],
)
def test_without_a_time_a_session_takes_its_days_and_no_midnight(
    facts, first, last, client, event
):
    make_session(event=event, start=None, precision=DAY_ONLY, **facts)
    found = item(client, EN)
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (first, last)
    assert told(found, "STATUS") == "TENTATIVE"
    assert "ime to be announced" in told(found, "DESCRIPTION")
    assert b"T000000" not in fetch(client).content
    event.season.is_over = True
    event.season.save()
    assert "ime not known" in told(item(client, EN), "DESCRIPTION")


def test_without_any_day_there_is_nothing_to_put_into_a_calendar(client, event):
    make_session(event=event, start=None, precision=DAY_ONLY)
    event.first_day = event.last_day = None
    event.save()
    assert items(client) == []


@pytest.mark.parametrize(
    ("first_day", "last_day", "expected"),
    [
        (date(2022, 5, 13), date(2022, 5, 15), (date(2022, 5, 13), date(2022, 5, 16))),
        (date(2022, 5, 13), None, (date(2022, 5, 13), date(2022, 5, 14))),
        (None, date(2022, 5, 15), (date(2022, 5, 15), date(2022, 5, 16))),
    ],
)
def test_a_weekend_without_a_timetable_takes_its_days_until_there_is_one(
    first_day, last_day, expected, client, event
):
    event.first_day, event.last_day = first_day, last_day
    event.save()
    found = item(client, "/en/calendar.ics?kinds=race")
    assert (found["DTSTART"].dt, found["DTEND"].dt) == expected
    assert told(found, "UID") == str(event.uid)
    assert told(found, "SUMMARY") == "Hankook 12h Hockenheimring"
    assert told(found, "STATUS") == "CONFIRMED"
    assert "The timetable is not known yet." in told(found, "DESCRIPTION")
    session = make_session(event=event, kind="race")
    assert told(item(client), "UID") == str(session.uid)
    assert items(client, f"{ALL}?kinds=qualifying") == []


def test_a_session_over_midnight_and_a_change_of_the_clocks_is_told_so(client, event):
    event.first_day, event.last_day = date(2022, 10, 29), date(2022, 10, 30)
    event.save()
    late = datetime(2022, 10, 28, 21, tzinfo=UTC)
    make_session(event=event, start=late, length_minutes=120)
    make_session(event=event, start=late + timedelta(hours=15), length_minutes=24 * 60)
    first, second = (told(each, "DESCRIPTION") for each in items(client, EN))
    assert first.startswith(
        "Friday 28 October, 23:00–01:00 +1 day at the track (CEST, UTC+2)\n"
    )
    assert second.startswith(
        "Saturday 29 October, 14:00 (CEST, UTC+2) to 13:00 +1 day (CET, UTC+1) "
        "at the track\n"
    )


# How certain


@pytest.mark.parametrize(
    ("session", "weekend", "status", "summary"),
    [
        ({}, {}, "CONFIRMED", "Qualifying · Hankook 12h Hockenheimring"),
        ({"precision": PROVISIONAL}, {}, "TENTATIVE", "Qualifying · Hankook"),
        ({"status": "delayed"}, {}, "TENTATIVE", "Delayed: Qualifying · Hankook"),
        ({"status": POSTPONED}, {}, "TENTATIVE", "Postponed: Qualifying · Hankook"),
        ({"status": CANCELLED}, {}, "CANCELLED", "Cancelled: Qualifying · Hankook"),
        ({}, {"status": PROVISIONAL}, "TENTATIVE", "Qualifying · Hankook"),
        ({}, {"status": POSTPONED}, "TENTATIVE", "Postponed: Qualifying · Hankook"),
        (
            {"status": POSTPONED},
            {"status": CANCELLED},
            "CANCELLED",
            "Cancelled: Qualifying",
        ),
    ],
)
def test_what_is_not_as_planned_is_told_by_status_and_in_words(
    session, weekend, status, summary, client, qualifying
):
    for row, facts in ((qualifying, session), (qualifying.event, weekend)):
        for name, value in facts.items():
            setattr(row, name, value)
        row.save()
    found = item(client, EN)
    assert told(found, "STATUS") == status
    assert told(found, "SUMMARY").startswith(summary)
    said = told(found, "DESCRIPTION")
    is_provisional = session.get("precision") == PROVISIONAL
    assert ("The time is provisional." in said) == is_provisional
    is_provisional = weekend.get("status") == PROVISIONAL
    assert ("The weekend is provisional." in said) == is_provisional


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (PROVISIONAL, ("TENTATIVE", "Hankook 12h Hockenheimring")),
        (POSTPONED, ("TENTATIVE", "Postponed: Hankook 12h Hockenheimring")),
        (CANCELLED, ("CANCELLED", "Cancelled: Hankook 12h Hockenheimring")),
    ],
)
def test_a_weekend_without_a_timetable_is_told_in_the_same_way(
    status, expected, client, event
):
    event.status = status
    event.save()
    found = item(client, EN)
    assert (told(found, "STATUS"), told(found, "SUMMARY")) == expected


def test_a_revision_of_the_session_or_of_the_weekend_is_one_of_the_item(
    client, qualifying
):
    before = item(client)
    assert before["SEQUENCE"] == 0
    qualifying.start += timedelta(minutes=20)
    qualifying.save()
    qualifying.event.status = PROVISIONAL
    qualifying.event.save()
    after = item(client)
    assert after["SEQUENCE"] == 2
    revised = qualifying.event.revised_at.replace(microsecond=0)
    assert after["DTSTAMP"].dt == after["LAST-MODIFIED"].dt == revised
    assert after["UID"] == before["UID"] == str(qualifying.uid)


# Where, who, how to follow


def test_an_item_says_where_and_whose_it_is(client, qualifying):
    found = item(client)
    assert told(found, "LOCATION") == "Hockenheimring, Hockenheim, Tyskland"
    assert (found["GEO"].latitude, found["GEO"].longitude) == (49.3278, 8.5658)
    address = "http://testserver/sv/events/hankook-12h-hockenheimring-2022/"
    assert told(found, "URL") == address
    assert told(found, "DESCRIPTION").splitlines()[-1] == address
    assert found["CATEGORIES"].cats == ["Tidskval", "24H Series"]
    assert told(found, "TRANSP") == "TRANSPARENT"
    circuit = qualifying.event.circuit
    circuit.latitude = circuit.longitude = None
    circuit.save()
    assert "GEO" not in item(client)


def test_the_cars_of_our_drivers_are_named_and_no_others(client, qualifying):
    event, car = qualifying.event, make_car()
    guest = make_driver(first_name="Emil", last_name="Berg", slug="e", status=GUEST)
    make_entry(event=event, number="9", drivers=[guest], car=car)
    make_entry(event=event, drivers=[guest, make_driver()], car=car)
    make_entry(event=event, number="", drivers=[make_driver(first_name="Jessica")])
    said = told(item(client), "DESCRIPTION").splitlines()
    assert said[1:-1] == [
        "Jessica Bäckman",
        "#120 Emil Berg, Andreas Bäckman · Audi RS 3 LMS TCR",
    ]


def test_where_to_watch_is_told_and_what_tells_results_is_not(client, qualifying):
    event = qualifying.event
    make_event_link(
        event=event,
        label_en="24H Series",
        language="en",
        territory="Europe",
        access="free",
        start=QUALIFYING - timedelta(minutes=15),
    )
    make_event_link(
        event=event,
        session=qualifying,
        kind="tv",
        url="https://tv.example/å",
        start=QUALIFYING - timedelta(days=1),
    )
    make_event_link(event=event, kind="live_timing", url="https://timing.example/")
    for kind in ("results", "replay", "tickets", "information"):
        make_event_link(event=event, kind=kind, url=f"https://{kind}.example/")
    said = told(item(client, EN), "DESCRIPTION").splitlines()
    assert said[1:-1] == [
        "TV: the broadcast begins Thursday 12 May 19:05 (CEST, UTC+2), "
        "https://tv.example/å",
        "Stream: 24H Series (Europe, English, free), the broadcast begins 18:50 "
        "(CEST, UTC+2), https://youtube.com/24HSeries",
        "Live timing: https://timing.example/",
    ]
    assert [line for line in lines_of(fetch(client, EN)) if "CONFERENCE" in line] == [
        "CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=tv.example/å:"
        "https://tv.example/%C3%A5",
        "CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=24H Series;LANGUAGE=en:"
        "https://youtube.com/24HSeries",
    ]


def test_of_what_is_off_nothing_is_to_be_seen_and_nothing_rings(client, qualifying):
    make_event_link(event=qualifying.event)
    path = f"{ALL}?alarm=30"
    for status, count in (("delayed", 1), (POSTPONED, 0), (CANCELLED, 0)):
        qualifying.status = status
        qualifying.save()
        found = item(client, path)
        assert len(found.walk("VALARM")) == count
        assert ("youtube" in told(found, "DESCRIPTION")) == bool(count)
        assert ("CONFERENCE" in found) == bool(count)


def test_a_note_is_told(client, qualifying):
    qualifying.note_sv, qualifying.note_en = "Avgör startordningen", "Sets the grid"
    qualifying.save()
    assert told(item(client, EN), "DESCRIPTION").splitlines()[1] == "Sets the grid"


def test_two_parts_of_a_race_are_two_items_and_the_first_names_the_second(
    client, event
):
    start = datetime(2022, 5, 14, 11, 55, tzinfo=UTC)
    whole = make_session(event=event, name_en="Part 2", start=start + timedelta(days=1))
    make_session(event=event, name_en="Part 1", start=start, result_in=whole)
    first, second = items(client, EN)
    sentence = "The result comes with Part 2."
    assert told(first, "DESCRIPTION").splitlines()[1] == sentence
    assert sentence not in told(second, "DESCRIPTION")


def test_no_result_is_ever_told(client, event):
    race = make_session(event=event, classification="amended")
    entry = make_entry(event=event, drivers=[make_driver()])
    before = fetch(client).content
    make_result(
        session=race,
        entry=entry,
        status=CLASSIFIED,
        is_classified=True,
        position=3,
        points="17.5",
        gap="+5.515",
    )
    make_amendment(session=race)
    assert fetch(client).content == before


# Texts that could break a file


def test_texts_with_every_kind_of_sign_are_read_as_they_were_written(client, event):
    name = "Race; del 1, “final” \\ åäö 🏁 " + "lång " * 9
    event.name = "En helg\nmed två rader, och ett kolon: " + "å" * 90
    event.save()
    make_session(event=event, name_sv=name, note_sv="a\r\nEND:VEVENT")
    make_event_link(event=event, label_sv='Kanal "1"; sport, med mera: ^n')
    found = item(client)
    assert told(found, "SUMMARY") == f"{name} · {event.name}"
    assert told(found, "DESCRIPTION").splitlines()[1:3] == ["a", "END:VEVENT"]
    assert found["CONFERENCE"].params["LABEL"] == 'Kanal "1"; sport, med mera: ^n'
    for line in fetch(client).content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


# The order


def test_items_stand_by_weekend_and_then_as_in_the_timetable(client, event):
    season = make_season(series=event.season.series, year=2021)
    shared = {"season": season, "circuit": event.circuit}
    undated = make_event(**shared, slug="undated", first_day=None, last_day=None)
    earlier = make_event(**shared, slug="earlier", first_day=date(2021, 5, 1))
    saturday = datetime(2022, 5, 14, 11, 55, tzinfo=UTC)
    for weekend, facts in (
        (undated, {"name_sv": "f", "start": saturday}),
        (event, {"name_sv": "e", "start": None, "precision": DAY_ONLY}),
        (
            event,
            {
                "name_sv": "d",
                "start": None,
                "day": date(2022, 5, 13),
                "precision": DAY_ONLY,
            },
        ),
        (event, {"name_sv": "c", "start": saturday, "order": 1}),
        (event, {"name_sv": "b", "start": saturday}),
        (earlier, {"name_sv": "a", "start": saturday}),
    ):
        make_session(event=weekend, **facts)
    names = [told(each, "SUMMARY").split(" ")[0] for each in items(client)]
    assert names == ["a", "b", "c", "d", "e", "f"]


def test_an_empty_calendar_is_one_all_the_same(client, db):
    empty = calendar(client)
    assert empty.walk("VEVENT") == []
    assert [told(zone, "TZID") for zone in empty.walk("VTIMEZONE")] == ["UTC"]
    assert "LAST-MODIFIED" not in empty
