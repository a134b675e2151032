"""Hiding results from who has not seen the race: racing.spoilers, and every page."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.career import careers
from events.models import (
    DAY_ONLY,
    Amendment,
    EventRound,
    Result,
    is_hidden,
    may_tell,
)
from events.models.visibility import mark_hidden
from events.races import races_of
from events.schedule import latest_results
from racing import spoilers
from racing.middleware import AS_OF_KEY
from racing.models import Season
from tests import factories, markup
from tests.events.session_pages import address, said, text_of
from tests.events.spoilers import AFTERWARDS, NOW, TELLING, THEN, World
from tests.seasons import finish, make_weekend

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

SECOND = timedelta(seconds=1)


@pytest.fixture
def reader(client):
    """Somebody who hides results."""
    client.cookies[spoilers.COOKIE] = spoilers.HIDDEN
    return client


@pytest.fixture
def everybody():
    return Client()


@pytest.fixture
def world(travel):
    travel(NOW)
    return World()


def walk(client, addresses):
    """{name: content} of pages; nothing of those that are not there."""
    found = {}
    for name, path in addresses.items():
        response = client.get(path)
        assert response.status_code in (200, 404), path
        found[name] = response.content if response.status_code == 200 else b""
    return found


def differing(one, other):
    return {name for name in one if one[name] != other[name]}


# Nothing gives it away


# Pages that tell how it went, and what of it.
TELL = {
    *("home", "driver_detail", "driver_results", "driver_results_data"),
    *("driver_chart", "event_detail", "session_detail", "circuit_detail"),
    *("car_detail", "team_detail", "series_detail", "season_detail"),
    *("their wins", "a season", "chart of a season", "driver with typed totals"),
    *("qualifying", "second championship"),
    *("driver_kit", "team_kit", "photo_room", "photo_detail"),
}
FEEDS = {"results_feed", "driver_results_feed", "changes_feed", "driver_changes_feed"}
FEEDS |= {"event_changes_feed"}


def test_pages_are_the_same_for_a_reader_whichever_way_it_went(
    world, reader, everybody
):
    addresses = world.addresses()
    won, hidden = walk(everybody, addresses), walk(reader, addresses)
    world.lose()
    lost, still_hidden = walk(everybody, addresses), walk(reader, addresses)
    assert differing(won, lost) == TELL | FEEDS
    assert b"" not in won.values()
    assert differing(hidden, still_hidden) == FEEDS
    # Whoever opens a feed of results asks for them.
    assert not differing(won, hidden) & FEEDS
    # What is kept for one reader is not shown to the other.
    some = {name: addresses[name] for name in ("home", "driver_detail")}
    assert walk(everybody, some) == {name: lost[name] for name in some}


def test_what_tells_how_it_went_is_on_no_page_of_a_reader(world, reader, everybody):
    addresses = {name: world.addresses()[name] for name in TELL}
    everything = b"".join(walk(everybody, addresses).values()).decode()
    hidden = b"".join(walk(reader, addresses).values()).decode()
    assert [text for text in TELLING if text not in everything] == []
    assert [text for text in TELLING if text in hidden] == []


def test_weekend_of_a_reader_has_only_these_words_more_and_less(
    world, reader, everybody
):
    page = address(world.event)
    shown, hidden = words_of(everybody, page), words_of(reader, page)
    assert shown - hidden == {
        *("amended", "P", "F", "pole", "position", "fastest", "1:46.891", "26.5"),
        *("points", "Lap", "(TCR)", "1:46.89115"),  # the record with its day, 15 May
        *("Hide", "last", "48", "hours"),
        *("They", "won", "all", "Photos", "Photo:", "On", "top", "step", "Privat"),
        # The feed, in which there is nothing yet but what was decided of the race.
        *("Feed", "embedding", "Follow", "by", "feed", "Changes", "(Atom)"),
    }
    assert hidden - shown == {
        *("in", "–", "show", "result:", "again"),
        *("text", "may", "tell", "how", "latest", "race", "went", "Embedding"),
    }


def words_of(client, path):
    """The words of a page, and those that only a machine reads."""
    page = markup.Page(client.get(path).text)
    assert page.problems() == []
    return set(said(page).split())


@pytest.mark.parametrize("of", ["home", "driver", "event"])
def test_picture_of_a_shared_link_is_the_same_without_any_result(of, world, everybody):
    path = world.addresses()[f"{of}_share_picture"]
    picture = everybody.get(path).content
    Amendment.objects.all().delete()
    Result.objects.all().delete()
    assert everybody.get(path).content == picture


def test_pages_of_a_reader_take_no_more_queries(world, reader, everybody):
    more = {}
    for name, path in world.addresses().items():
        asked = [queries_of(client, path) for client in (everybody, reader)]
        if asked[0] < asked[1]:
            more[name] = asked
    assert more == {}


def queries_of(client, path):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(path)
    return len(queries)


# What stands in the place of a result


def placeholders(page):
    """(where it leads, what it says) of each link that shows a result."""
    return [
        (link.get("href"), markup.words(link))
        for link in page.all("a")
        if spoilers.SHOWN in link.get("href")
    ]


def test_every_hidden_result_has_a_way_to_it(world, reader):
    race, qualifying = address(world.race), address(world.qualifying)
    to_race = (race + spoilers.SHOWN, "show result: Feature, Weekend 4")
    season = address(world.season) + spoilers.SHOWN
    standing = (season, "show: 24H Series 2022")
    of_weekend = [
        (qualifying + spoilers.SHOWN, "show result: Time trial"),
        (race + spoilers.SHOWN, "show result: Feature"),
    ]
    expected = {
        "home": of_weekend,
        "event_detail": [
            *of_weekend,
            (address(world.event) + spoilers.SHOWN, "show the text"),
        ],
        "session_detail": [to_race],
        "circuit_detail": [to_race],
        "season_detail": [to_race, (season, "show the standings"), standing, standing],
        "series_detail": [standing, standing],
        "driver_results": [(race + spoilers.SHOWN, "show result: Feature")],
        "a season": [(race + spoilers.SHOWN, "show result: Feature")],
        "their wins": [],
        "a class": [],
        "practice": [],
    }
    addresses = world.addresses()
    for name, links in expected.items():
        page = markup.Page(reader.get(addresses[name]).text)
        assert page.problems() == []
        assert placeholders(page) == links, name


def test_cell_of_a_hidden_race_leads_to_its_result(world, reader):
    page = markup.Page(reader.get(address(world.drivers[0])).text)
    (cell,) = [
        link
        for link in page.all("a")
        if link.get("href").endswith(spoilers.SHOWN) and link.get("aria-label")
    ]
    assert cell.get("href") == address(world.race) + spoilers.SHOWN
    assert cell.get("aria-label") == (
        "HOC ?: Feature, Hockenheimring, 15 May 2022: results are in – show result"
    )
    assert "Result hidden" in said(page)


def test_result_that_is_asked_for_is_shown_for_once(world, reader, everybody):
    page = address(world.race)
    shown = reader.get(page + spoilers.SHOWN).text
    sheet = markup.words(markup.Page(shown).root.find(".//table"))
    assert sheet == markup.words(
        markup.Page(everybody.get(page).text).root.find(".//table")
    )
    assert "1:33:15.607" in shown
    assert "1:33:15.607" not in reader.get(page).text
    assert "1:33:15.607" not in reader.get(f"{page}?show=all").text


def test_career_counts_without_what_is_hidden(world, reader, everybody):
    ada, bea = map(address, world.drivers[:2])
    assert figures(everybody, ada) == (
        "2 starts 1 win 2 podiums 2 pole positions at least 1 fastest lap 0 titles"
    )
    assert figures(reader, ada) == (
        "1 start 0 wins 1 podium 1 pole position –not known fastest laps 0 titles"
    )
    assert figures(everybody, bea).startswith("2 starts 1 win 2 podiums 1 pole")
    assert figures(reader, bea) == (
        "at least 1 start –not known wins at least 1 podium "
        "at least 1 pole position –not known fastest laps 0 titles"
    )


def figures(client, path):
    (found,) = text_of(markup.Page(client.get(path).text), "ul", "figures")
    return found


# When it is over


def test_after_48_hours_everybody_reads_the_same(world, reader, everybody, travel):
    pages = {name: world.addresses()[name] for name in TELL}
    ended = datetime.fromisoformat(AFTERWARDS)
    travel((ended - SECOND).isoformat())
    assert b"1:33:15.607" not in reader.get(pages["session_detail"]).content
    travel(THEN)
    world.grow_old()
    switch = re.compile(r'<form class="note".*?</form>', re.DOTALL)
    for name, path in pages.items():
        one, other = (switch.sub("", c.get(path).text) for c in (reader, everybody))
        assert one == other, name


# The rule: from when on the results of a session are shown to everybody, to the second.
NOON = datetime(2022, 5, 14, 12, tzinfo=UTC)
FROM = [
    ({"length_minutes": 60}, {}, "2022-05-16T13:00:00+00:00"),
    ({"length_minutes": 1440}, {}, "2022-05-17T12:00:00+00:00"),
    ({"length_minutes": 32767}, {}, "2022-06-08T06:07:00+00:00"),
    ({}, {}, "2022-05-16T15:00:00+00:00"),
    ({"start": None, "day": date(2022, 5, 14)}, {}, "2022-05-17T12:00:00+00:00"),
    ({"start": None}, {}, "2022-05-18T12:00:00+00:00"),
    ({"start": None}, {"last_day": None}, "2022-05-16T12:00:00+00:00"),
    ({"start": None}, {"first_day": None}, "2022-05-18T12:00:00+00:00"),
]


@pytest.mark.parametrize(("known", "weekend", "first"), FROM)
def test_results_are_hidden_to_the_second(known, weekend, first):
    event = factories.make_event(season=factories.make_season(rounds=1), **weekend)
    known = {"start": NOON} | known
    if known["start"] is None:
        known["precision"] = DAY_ONLY
    race = factories.make_session(event=event, **known)
    driver = factories.make_driver()
    factories.make_career_result(driver=driver, season=event.season, totals="counted")
    finish(race, factories.make_entry(event=event, drivers=[driver]), 1)
    first = datetime.fromisoformat(first)
    for at, is_shown in ((first - SECOND, False), (first, True)):
        with spoilers.hiding():
            assert Result.objects.published(at).exists() is is_shown
            assert is_hidden(race, at) is not is_shown
            found = races_of(careers([driver], at)[driver.pk], at)
            assert [
                listed.is_public(at)
                for races in found.by_season.values()
                for listed in races
            ] == [is_shown]
            assert mark_hidden(Season.objects.all(), "pk", at).get().is_hidden is (
                not is_shown
            )
        assert Result.objects.published(at).exists()
        assert not is_hidden(race, at)
        assert not mark_hidden(Season.objects.all(), "pk", at).get().is_hidden


def test_result_of_a_weekend_without_dates_is_not_hidden():
    event = factories.make_event(first_day=None, last_day=None)
    race = factories.make_session(event=event, start=None, precision=DAY_ONLY)
    finish(race, factories.make_entry(event=event), 1)
    at = datetime(2022, 12, 31, tzinfo=UTC)
    with spoilers.hiding():
        assert Result.objects.published(at).exists()
        assert not is_hidden(race, at)
        assert not mark_hidden(Season.objects.all(), "pk", at).get().is_hidden


@pytest.mark.parametrize(
    ("kind", "hours", "is_moved"),
    [
        ("race", -1, False),
        ("race", 0, True),  # it runs: somebody may write its points already
        ("race", 50, True),
        ("race", 51, False),
        ("qualifying", 1, True),
        ("other", 1, True),
        ("practice", 1, False),
        ("test", 1, False),
    ],
)
def test_standings_are_hidden_from_the_start_on_with_results_or_without(
    kind, hours, is_moved
):
    event = factories.make_event()
    factories.make_session(event=event, kind=kind, start=NOON)
    series = factories.make_series(short_name="Cup", slug="cup")
    second = factories.make_season(series=series)
    EventRound.objects.create(event=event, season=second)
    factories.make_season(series=series, year=2021)
    at = NOON + timedelta(hours=hours)
    with spoilers.hiding():
        seasons = mark_hidden(Season.objects.all(), "pk", at)
        hidden = {season for season in seasons if season.is_hidden}
    assert hidden == ({event.season, second} if is_moved else set())


def test_front_page_has_one_line_for_a_hidden_race_of_many_cars(travel):
    travel(NOW)
    world = World()
    for number in range(3):
        entry = factories.make_entry(
            event=world.event, number=f"2{number}", drivers=world.drivers[:1]
        )
        finish(world.race, entry, number + 3)
    assert [result.position for result in latest_results(5)] == [1, 3, 4, 5, 3]
    with spoilers.hiding():
        hidden, earlier = latest_results(5)
    assert (hidden.session, hidden.raced_on) == (world.race, date(2022, 5, 15))
    assert (hidden.is_hidden, earlier.position) == (True, 3)


def test_hidden_race_of_another_weekend_stands_among_the_latest_results(world, reader):
    # Somebody races elsewhere already, so that the front page is about that.
    coming = make_weekend(
        season=world.season,
        circuit=world.circuit,
        number=5,
        first_day=date(2022, 5, 15),
    )
    factories.make_entry(event=coming, drivers=world.drivers[:1])
    page = markup.Page(reader.get("/en/").text)
    assert page.problems() == []
    assert placeholders(page) == [
        (address(world.race) + spoilers.SHOWN, "show result: Feature, Weekend 4")
    ]


# Who hides what


def test_sitemap_names_every_session_with_results(world, reader, everybody):
    assert reader.get("/sitemap.xml").content == everybody.get("/sitemap.xml").content
    assert address(world.race) in reader.get("/sitemap.xml").text


def test_staff_who_hide_results_see_the_site_as_of_another_moment(world, reader):
    reader.force_login(factories.make_staff())
    for moment, is_shown in (
        ("2022-05-17T14:04:59+02:00", False),
        (AFTERWARDS, True),
    ):
        session = reader.session
        session[AS_OF_KEY] = moment
        session.save()
        page = reader.get(address(world.race)).text
        assert ("1:33:15.607" in page) is is_shown


def test_photos_and_milestones_of_the_latest_days_are_hidden(world, reader, everybody):
    ada = world.drivers[0]
    world.photo.delete()
    for day, alt in ((13, "Practice"), (15, "Podium")):
        photo = factories.make_photo(alt=alt, taken_on=date(2022, 5, day))
        world.event.photos.add(photo)
        ada.photos.add(photo)
    for page in map(address, (world.event, ada)):
        assert [pictures(client, page) for client in (everybody, reader)] == [
            {"Practice", "Podium"},
            set(),
        ]
    photo.taken_on = None
    photo.save()
    assert pictures(reader, address(ada)) == set()
    world.grow_old()
    assert pictures(reader, address(ada)) == {"Podium"}


def test_a_biography_is_hidden_while_it_may_tell_of_the_latest_race(world, reader):
    ada, dan = world.drivers[0], factories.make_driver(slug="dan")
    page = markup.Page(reader.get(address(ada)).text)
    assert placeholders(page)[0] == (address(ada) + spoilers.SHOWN, "show the text")
    assert "A winner since Sunday" in reader.get(address(ada) + spoilers.SHOWN).text
    world.grow_old()
    assert "A winner since Sunday" in reader.get(address(ada)).text
    factories.make_biography(driver=dan, language="en", text="Was not there")
    assert "Was not there" in reader.get(address(dan)).text


# What is written of a weekend without a timetable: from its first day on.
@pytest.mark.parametrize(
    ("sessions", "at", "hides"),
    [
        ([], "2022-05-13T11:59+00:00", False),
        ([], "2022-05-13T12:00+00:00", True),
        ([], "2022-05-18T11:59+00:00", True),
        ([], "2022-05-18T12:00+00:00", False),
        (["practice"], "2022-05-13T12:00+00:00", True),
        (["practice", "race"], "2022-05-14T11:59+00:00", False),
        (["practice", "race"], "2022-05-14T12:00+00:00", True),
        (["practice", "race"], "2022-05-16T12:59+00:00", True),
        (["practice", "race"], "2022-05-16T13:00+00:00", False),
    ],
)
def test_text_on_a_weekend_is_hidden_from_its_first_race_on(sessions, at, hides):
    event = factories.make_event()
    lines = [
        factories.make_session(event=event, kind=kind, start=NOON, length_minutes=60)
        for kind in sessions
    ]
    at = datetime.fromisoformat(at)
    assert not may_tell(event, lines, at)
    with spoilers.hiding():
        assert may_tell(event, lines, at) is hides


def pictures(client, path):
    return {image.get("alt") for image in markup.Page(client.get(path).text).all("img")}
