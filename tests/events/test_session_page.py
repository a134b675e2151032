"""The page of a session: its classification and what was decided about it."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from events.models import (
    AMENDED,
    CANCELLED,
    CLASSIFIED,
    DAY_ONLY,
    DISQUALIFIED,
    IN_CLASS,
    OVERALL,
    QUALIFYING,
    RETIRED,
    Result,
)
from tests import markup
from tests.events.session_pages import address, elements, said, table, text_of
from tests.factories import (
    make_amendment,
    make_circuit,
    make_driver,
    make_entry,
    make_event,
    make_event_link,
    make_result,
    make_result_change,
    make_session,
    make_staff,
)

pytestmark = pytest.mark.django_db

IN_PLACE = {"status": CLASSIFIED, "is_classified": True}
AFTERWARDS = "2022-10-01T12:00+02:00"


@pytest.fixture(autouse=True)
def _after_the_season(travel):
    travel(AFTERWARDS)


# The classification


def test_classification_stands_as_a_timing_sheet(race, ours, theirs, read):
    make_result(
        session=race,
        entry=theirs,
        position=1,
        laps=22,
        time_ms=1_700_512,
        best_lap_ms=75_123,
        grid=1,
        points=Decimal(25),
        pole=OVERALL,
        **IN_PLACE,
    )
    make_result(
        session=race,
        entry=ours,
        position=2,
        laps=22,
        gap="+1.204",
        best_lap_ms=75_010,
        grid=3,
        points=Decimal("18.5"),
        fastest_lap=OVERALL,
        **IN_PLACE,
    )
    assert table(read(race)) == [
        [
            *("Pos.", "No.", "Drivers", "Class", "Team", "Car", "Laps"),
            *("Time or gap", "Best lap", "Grid", "Points"),
            "Pole position and fastest lap",
        ],
        [
            *("1", "1", "Robert Dahlgren", "–not known", "–not known", "–not known"),
            *("22", "28:20.512", "1:15.123", "1", "25", "P pole position"),
        ],
        [
            *("2", "19", "Our car: Andreas Bäckman", "TCR", "Lestrup Racing Team"),
            *("Audi RS 3 LMS TCR", "22", "+1.204", "1:15.010", "3", "18.5"),
            "F fastest lap",
        ],
    ]


def test_column_of_which_nothing_is_known_is_left_out(race, read):
    entry = make_entry(event=race.event, number="", drivers=[make_driver()])
    make_result(session=race, entry=entry, position=4, **IN_PLACE)
    assert table(read(race)) == [
        ["Pos.", "Drivers"],
        ["4", "Our car: Andreas Bäckman"],
    ]


def test_class_stands_beside_the_overall_place(race, ours, theirs, read):
    make_result(session=race, entry=theirs, status=DISQUALIFIED)
    make_result(
        session=race,
        entry=ours,
        position=24,
        class_position=3,
        pole=IN_CLASS,
        **IN_PLACE,
    )
    page = read(race)
    header, first, second = table(page)
    assert header[:5] == ["Pos.", "No.", "Drivers", "Class", "In class"]
    assert (first[0], first[4], first[-1]) == ("24", "3", "P pole position in class")
    assert (second[0], second[4]) == ("DSQ", "")
    signs = [
        (markup.words(sign), sign.get("class").split()[-1])
        for sign in elements(page, "span", "place")
    ]
    assert signs == [
        ("24", "plain"),
        ("3", "bronze"),
        ("DSQ", "disqualified"),
        ("", "plain"),
    ]


@pytest.mark.parametrize(
    ("fields", "sign", "fill"),
    [
        (IN_PLACE | {"position": 1}, "1", "gold"),
        (IN_PLACE | {"position": 2, "is_tied": True}, "=2", "silver"),
        (IN_PLACE | {"position": 5, "points": 3}, "5", "points"),
        (IN_PLACE | {"position": 5, "points": 0}, "5", "classified"),
        (
            {"status": RETIRED, "is_classified": True, "position": 9},
            "9†",
            "plain",
        ),
        ({"status": RETIRED}, "Ret", "retired"),
        (IN_PLACE, "–not known", "plain"),
    ],
)
def test_sign_has_the_colour_of_its_meaning(race, ours, read, fields, sign, fill):
    make_result(session=race, entry=ours, **fields)
    (place,) = elements(read(race), "span", "place")
    assert markup.words(place) == sign
    assert place.get("class") == f"place result {fill}"


def test_medals_are_for_races(event, ours, read):
    qualifying = make_session(event=event, kind=QUALIFYING)
    make_result(
        session=qualifying, entry=ours, position=1, class_position=1, **IN_PLACE
    )
    classes = [
        place.get("class") for place in elements(read(qualifying), "span", "place")
    ]
    assert [fill.split()[-1] for fill in classes if "gold" in fill] == []


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"time_ms": 60_000, "gap": "+5.515", "position": 2}, "+5.515"),
        ({"time_ms": 60_000, "gap": "0.000", "position": 1}, "1:00.000"),
        ({"time_ms": 60_000, "position": 2}, "1:00.000"),
        ({"gap": "+1 lap", "position": 2}, "+1 lap"),
        ({"gap": "nobody knows", "position": 2}, "nobody knows"),
    ],
)
def test_winner_has_a_time_and_the_others_a_gap(race, ours, read, fields, shown):
    make_result(session=race, entry=ours, **fields, **IN_PLACE)
    header, row = table(read(race))
    assert row[header.index("Time or gap")] == shown


def test_gap_in_laps_is_told_in_the_readers_language(race, ours, read):
    make_result(session=race, entry=ours, position=2, gap="+2 laps", **IN_PLACE)
    assert "+2 varv" in table(read(race, "sv"))[1]


def test_our_cars_are_told_apart_by_a_mark_and_by_words(race, ours, theirs, read):
    make_result(session=race, entry=theirs, position=1, **IN_PLACE)
    make_result(session=race, entry=ours, position=2, **IN_PLACE)
    page = read(race)
    (row,) = elements(page, "tr", "ours")
    assert "Our car: Andreas Bäckman" in markup.words(row)
    assert "our cars" in text_of(page, "ul", "key")[0]


def test_drivers_with_a_page_are_linked_and_guests_are_not(race, ours, theirs, read):
    make_result(session=race, entry=theirs, position=1, **IN_PLACE)
    make_result(session=race, entry=ours, position=2, **IN_PLACE)
    links = read(race).links
    assert "/en/drivers/andreas-backman/" in links
    assert "/en/drivers/robert/" not in links


def test_legend_explains_what_is_there(race, ours, theirs, read):
    make_result(session=race, entry=theirs, status=DISQUALIFIED)
    make_result(
        session=race,
        entry=ours,
        status=RETIRED,
        is_classified=True,
        position=3,
        pole=OVERALL,
        fastest_lap=OVERALL,
    )
    (legend,) = elements(read(race), "ul", "key")
    assert [markup.words(item) for item in legend] == [
        "DSQ disqualified",
        "† stopped before the flag and is classified",
        "P pole position",
        "F fastest lap",
        "our cars",
        "Not every car of the session is on record here.",
    ]


def test_note_on_a_result_stands_under_the_sheet(race, ours, read):
    make_result(session=race, entry=ours, note_sv="Punktering.", note_en="A puncture.")
    assert text_of(read(race), "ul", "notes") == [
        "#19 Andreas Bäckman A puncture.",
    ]


def test_credited_drivers_stand_instead_of_the_crew(race, ours, read):
    drove = make_driver(first_name="Jessica", slug="jessica")
    make_result(session=race, entry=ours, drivers=[drove], position=4, **IN_PLACE)
    assert table(read(race))[1][2] == "Our car: Jessica Bäckman"


def test_our_results_stand_on_the_first_screen_in_words(race, ours, theirs, read):
    make_result(session=race, entry=theirs, position=1, **IN_PLACE)
    make_result(session=race, entry=ours, position=24, class_position=3, **IN_PLACE)
    page = read(race)
    assert text_of(page, "ul", "did") == [
        "#19 Andreas Bäckman Third in TCR, 24th overall"
    ]
    assert text_of(page, "p", "plate") == ["19"]
    assert text_of(read(race, "sv"), "ul", "did") == [
        "#19 Andreas Bäckman Trea i TCR, 24:e totalt"
    ]


def test_result_of_a_car_of_another_weekend_is_left_out(race, ours, read):
    other = make_event(season=race.event.season, circuit=race.event.circuit, slug="b")
    Result.objects.create(session=race, entry=make_entry(event=other), **IN_PLACE)
    assert "The results of this session are not known here." in said(read(race))


# When and where


def test_page_names_weekend_day_and_both_clocks(read):
    dubai = make_circuit(
        name="Dubai", slug="dubai", country="AE", time_zone="Asia/Dubai"
    )
    event = make_event(circuit=dubai, round="1")
    start = datetime(2022, 5, 13, 21, 0, tzinfo=UTC)
    session = make_session(event=event, start=start)
    page = read(session)
    assert text_of(page, "p", "dates") == [
        "14 May 2022, 01:00 (UTC+4), 23:00 Swedish time −1 day Dubai, "
        "United Arab Emirates"
    ]
    assert address(event) in page.links


def test_one_clock_is_enough_where_both_agree(race, read):
    assert text_of(read(race), "p", "dates") == [
        "14 May 2022, 13:55 Swedish time Hockenheimring, Germany"
    ]


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"day": date(2022, 5, 14)}, "14 May 2022"),
        ({}, "13–15 May 2022"),
    ],
)
def test_day_is_as_exact_as_it_is_known(event, read, fields, shown):
    session = make_session(event=event, start=None, precision=DAY_ONLY, **fields)
    (dates,) = text_of(read(session), "p", "dates")
    assert dates == f"{shown} Hockenheimring, Germany"


@pytest.mark.parametrize(
    "address", ["events/other/sessions/{}/", "events/{slug}/sessions/999999/"]
)
def test_session_of_another_weekend_or_of_none_is_not_found(race, client, address):
    path = "/en/" + address.format(race.pk, slug=race.event.slug)
    assert client.get(path).status_code == 404


# Before there is a result


def test_session_to_come_shows_its_time_and_no_results(race, ours, read, travel):
    race.classification = AMENDED
    race.save()
    result = make_result(session=race, entry=ours, position=1, **IN_PLACE)
    make_result_change(result=result, field="points", old="1", new="2")
    travel("2022-05-14T13:54+02:00")
    page = read(race)
    assert "There are no results yet." in said(page)
    assert elements(page, "table", "cars") == []
    assert elements(page, "ol", "rulings") == []
    assert text_of(page, "span", "tag") == []
    assert "13:55" in text_of(page, "p", "strip")[0]
    travel("2022-05-14T13:55+02:00")
    assert len(elements(read(race), "table", "cars")) == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "The results of this session are not known here."),
        ({"status": CANCELLED}, "The session was not run."),
    ],
)
def test_session_without_results_says_so(event, read, fields, words):
    assert words in said(read(make_session(event=event, **fields)))


def test_first_part_leads_to_the_part_that_has_the_result(event, ours, read):
    second = make_session(
        event=event, name_sv="Del 2", start=datetime(2022, 5, 15, 12, 5, tzinfo=UTC)
    )
    first = make_session(event=event, name_sv="Del 1", result_in=second)
    assert "Its result will stand in Del 2." in said(read(first))
    make_result(session=second, entry=ours, position=3, **IN_PLACE)
    page = read(first)
    assert "Its result stands in Del 2." in said(page)
    assert address(second) in page.links
    assert "Earlier part Del 1 14 May 2022" in said(read(second))


# What else there is


def test_page_leads_to_the_sessions_with_results_before_and_after(event, ours, read):
    sessions = [
        make_session(
            event=event,
            name_sv=f"Pass {hour}",
            start=datetime(2022, 5, 14, hour, tzinfo=UTC),
        )
        for hour in range(5)
    ]
    for number in (0, 2, 4):
        make_result(session=sessions[number], entry=ours, position=1, **IN_PLACE)

    def neighbours(session):
        return {
            link.get("rel"): markup.words(link)
            for link in read(session).all("a")
            if link.get("rel") in ("prev", "next")
        }

    assert neighbours(sessions[2]) == {
        "prev": "Previous results Pass 0",
        "next": "Next results Pass 4",
    }
    assert neighbours(sessions[0]) == {"next": "Next results Pass 2"}
    assert neighbours(sessions[3]) == {
        "prev": "Previous results Pass 2",
        "next": "Next results Pass 4",
    }


def test_page_has_the_links_of_the_session_and_those_that_tell_of_it(
    race, client, travel
):
    event = race.event
    other = make_session(event=event)
    make_event_link(event=event, session=race, kind="stream", url="https://a.se")
    kept = [
        make_event_link(event=event, kind="live_timing", url="https://b.se"),
        make_event_link(event=event, kind="results", url="https://c.se"),
        make_event_link(event=event, kind="replay", url="https://d.se"),
    ]
    make_event_link(event=event, session=other, kind="results", url="https://e.se")
    make_event_link(event=event, kind="stream", url="https://f.se")
    make_event_link(event=event, kind="tickets", url="https://g.se")
    travel("2022-05-14T13:00+02:00")
    context = client.get(address(race)).context
    assert context["links"] == kept
    assert [link.url for link in context["row"].watch] == [
        "https://a.se",
        "https://f.se",
    ]
    # When it is over the recording is what there is to watch.
    travel("2022-05-14T18:00+02:00")
    context = client.get(address(race)).context
    assert context["links"] == kept[:2]
    assert context["row"].watch == (kept[2],)


def test_staff_are_led_to_the_classification(race, client):
    client.force_login(make_staff())
    grid = reverse("admin:events_session_classification", args=[race.pk])
    assert f'href="{grid}"' in client.get(address(race)).text


# For those who share it


def test_description_tells_how_we_did(race, ours, theirs, read):
    make_result(session=race, entry=theirs, position=1, **IN_PLACE)
    make_result(session=race, entry=ours, position=2, **IN_PLACE)
    page = read(race)
    assert page.title == "Race 1, Hankook 12h Hockenheimring 2022 · Pitboard"
    assert page.meta("description") == (
        "Race 1, Hankook 12h Hockenheimring 2022: Andreas Bäckman: second. "
        "The whole classification."
    )


def test_description_of_a_session_without_us_names_the_circuit(race, read):
    assert read(race).meta("description") == (
        "Race 1, Hankook 12h Hockenheimring 2022, Hockenheimring: the classification."
    )


def test_picture_is_the_one_of_the_weekend(race, read, english):
    path = reverse("event_share_picture", args=[race.event.slug])
    assert read(race).meta("og:image").endswith(path)


# The weekend and the front page


def test_weekend_leads_to_its_sessions_that_have_results(race, ours, client):
    make_session(event=race.event, name_sv="Utan resultat")
    make_result(session=race, entry=ours, position=2, **IN_PLACE)
    page = markup.Page(client.get(address(race.event)).text)
    links = [link for link in page.links if "/sessions/" in link]
    # Its name and "Classification" over the results, its name in the timetable.
    assert links == [address(race)] * 3


def test_weekend_says_that_a_result_was_amended(race, ours, client):
    race.classification = AMENDED
    race.save()
    make_result(session=race, entry=ours, position=2, **IN_PLACE)
    make_amendment(session=race)
    page = client.get(address(race.event)).text
    assert re.findall(r'<a class="tag" href="([^"]*)">', page) == [
        f"{address(race)}#amendments"
    ]


def test_weekend_names_the_other_cars_a_line_each(event, ours, theirs, client):
    page = markup.Page(client.get(address(event)).text)
    assert text_of(page, "p", "door") == ["19"]
    assert "#1 Robert Dahlgren" in said(page)


def test_latest_results_lead_to_their_sessions(race, ours, client):
    make_result(session=race, entry=ours, position=2, **IN_PLACE)
    assert address(race) in markup.Page(client.get("/en/").text).links
