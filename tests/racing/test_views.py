"""The pages of the site and what they have in common: racing.views."""

import re
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from PIL import Image

from drivers.models import GUEST
from events.models import CANCELLED, CLASSIFIED, DAY_ONLY
from racing.models import INTERNAL, SITE_ONLY
from tests.factories import (
    make_car,
    make_career_result,
    make_circuit,
    make_class,
    make_driver,
    make_entry,
    make_event,
    make_event_link,
    make_home_team,
    make_lap_record,
    make_layout,
    make_person,
    make_photo,
    make_result,
    make_season,
    make_series,
    make_session,
    make_staff,
    make_team,
)
from tests.worlds import SUNDAY, make_world

pytestmark = pytest.mark.django_db

LISTS = (
    "",
    "search/",
    "search/?q=backman",
    "drivers/",
    "events/",
    "circuits/",
    "cars/",
    "teams/",
    "series/",
)
# Every page with its exact number of queries; the same for 1 row and for 30.
QUERIES = {
    "": 13,
    "search/": 1,
    "search/?q=backman": 2,
    "search/?q=nobody": 2,
    "drivers/": 5,
    "drivers/driver-0/": 10,
    "events/": 5,
    "events/2022/": 5,
    "events/hankook-12h-hockenheimring-2022/": 12,
    "circuits/": 2,
    "circuits/hockenheimring/": 8,
    "cars/": 2,
    "cars/audi-rs-3-lms-tcr/": 7,
    "teams/": 2,
    "teams/ja-backman-racing/": 8,
    "series/": 3,
    "series/24h-series/": 4,
    "series/24h-series/2022/": 7,
}


# Cost


@pytest.mark.parametrize("count", [1, 30])
def test_pages_take_as_many_queries_for_1_row_as_for_30(
    count, client, travel, django_assert_num_queries
):
    make_world(count)
    travel(SUNDAY)
    for path, queries in QUERIES.items():
        with django_assert_num_queries(queries, info=path):
            assert client.get(f"/en/{path}").status_code == 200


LENGTHS = {
    "": {
        "entries": 30,
        "watch_links": 30,
        "timing_links": 30,
        "lineups": 30,
        "results": 6,
    },
    "search/?q=backman": {"hits": 30 + 1 + 61},
    "drivers/": {"lineups": 30},
    "drivers/driver-0/": {"biographies": 2, "photos": 30},
    "events/": {"coming": 31, "over": 30, "years": 1},
    "events/2022/": {"events": 61},
    "events/hankook-12h-hockenheimring-2022/": {
        "watch_links": 30,
        "timing_links": 30,
        "other_links": 30,
        "entries": 30,
        "classes": 30,
        "further_rounds": 30,
        "lap_records": 30,
        "photos": 30,
        "results": 30,
    },
    "circuits/": {"circuits": 31},
    "circuits/hockenheimring/": {"lap_records": 30, "events": 61, "photos": 30},
    "cars/": {"cars": 31},
    "cars/audi-rs-3-lms-tcr/": {"seasons": 30, "events": 61, "photos": 30},
    "teams/": {"teams": 31},
    "teams/ja-backman-racing/": {
        "people": 30,
        "seasons": 30,
        "events": 61,
        "photos": 30,
    },
    "series/": {"series_list": 31},
    "series/24h-series/": {"seasons": 31, "lines": 30},
    "series/24h-series/2022/": {"events": 61, "lines": 30, "other_seasons": 30},
}


def test_counted_pages_show_all_of_the_30_rows(client, travel):
    make_world(30)
    travel(SUNDAY)
    for path, lengths in LENGTHS.items():
        context = client.get(f"/en/{path}").context
        assert {name: len(context[name]) for name in lengths} == lengths, path


# An empty site


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("path", LISTS)
def test_empty_site_shows_its_pages(path, language, client):
    response = client.get(f"/{language}/{path}")
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.text
    assert response.text.count("<h1") == 1


def test_empty_site_has_nothing_to_announce(client):
    context = client.get("/sv/").context
    assert (context["event"], context["timetable"], context["next_row"]) == (None,) * 3
    assert [
        context[name]
        for name in ("entries", "watch_links", "timing_links", "lineups", "results")
    ] == [[], [], [], [], []]


@pytest.mark.parametrize(
    "path",
    [
        "drivers/nobody/",
        "events/nothing/",
        "events/2022/",
        "events/1799/",
        "events/99999999999999999999/",
        "circuits/nowhere/",
        "cars/none/",
        "teams/none/",
        "series/none/",
        "series/none/2022/",
        "drivers/nobody/share.png",
        "events/nothing/share.png",
    ],
)
def test_page_of_nothing_is_not_found(path, client):
    assert client.get(f"/sv/{path}").status_code == 404


# The head of a page


@pytest.fixture
def world(travel):
    make_world(1)
    travel(SUNDAY)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("path", [path for path in QUERIES if "?" not in path])
def test_page_names_its_one_address_and_its_other_language(path, client):
    head = client.get(f"/en/{path}?utm_source=x").text.partition("</head>")[0]
    assert re.findall(r'<link rel="canonical" href="([^"]*)">', head) == [
        f"http://testserver/en/{path}"
    ]
    assert re.findall(r'hreflang="([^"]*)" href="([^"]*)"', head) == [
        ("sv", f"http://testserver/sv/{path}"),
        ("en", f"http://testserver/en/{path}"),
        ("x-default", f"http://testserver/sv/{path}"),
    ]


TITLES = {
    "": "JA Bäckman Racing",
    "search/": "Search",
    "drivers/": "Drivers",
    "drivers/driver-0/": "Driver 0 Bäckman",
    "events/": "Race weekends",
    "events/2022/": "Race weekends 2022",
    "events/hankook-12h-hockenheimring-2022/": "Hankook 12h Hockenheimring 2022",
    "circuits/": "Circuits",
    "circuits/hockenheimring/": "Hockenheimring",
    "cars/": "Cars",
    "cars/audi-rs-3-lms-tcr/": "Audi RS 3 LMS TCR",
    "teams/": "Teams",
    "teams/ja-backman-racing/": "JA Bäckman Racing",
    "series/": "Series",
    "series/24h-series/": "24H Series",
    "series/24h-series/2022/": "24H Series 2022",
}


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(("path", "title"), TITLES.items())
def test_page_is_described_for_those_who_share_it(path, title, client):
    head = client.get(f"/en/{path}").text.partition("</head>")[0]
    properties = dict(
        re.findall(r'<meta property="(og:[^"]*)" content="([^"]*)">', head)
    )
    (description,) = re.findall(r'<meta name="description" content="([^"]+)">', head)
    assert properties["og:title"] == title
    assert properties["og:url"] == f"http://testserver/en/{path}"
    assert properties["og:description"] == description
    assert properties["og:locale"] == "en_GB"
    assert properties["og:image"].startswith("http://testserver/en/")
    picture = client.get(properties["og:image"].removeprefix("http://testserver"))
    with Image.open(BytesIO(picture.content)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))


@pytest.mark.usefixtures("world")
def test_every_page_with_a_title_is_tested_for_it():
    assert set(TITLES) == {path for path in QUERIES if "?" not in path}


# The front page


def test_front_page_shows_the_next_weekend_of_ours(client, travel):
    travel("2022-05-12T12:00+02:00")
    event = make_event()
    driver = make_driver()
    entry = make_entry(event=event, drivers=[driver])
    race = make_session(event=event)
    stream = make_event_link(event=event)
    timing = make_event_link(event=event, kind="live_timing", url="https://x.se/live")
    make_event_link(event=event, kind="tickets", url="https://x.se/tickets")
    context = client.get("/sv/").context
    assert context["event"] == event
    assert context["next_row"].session == race
    assert context["entries"] == [entry]
    assert context["watch_links"] == [stream]
    assert context["timing_links"] == [timing]
    assert [lineup.driver for lineup in context["lineups"]] == [driver]


def test_front_page_says_when_the_next_session_starts_without_a_script(client, travel):
    travel("2022-05-12T12:00+02:00")
    make_session(event=make_event())
    page = client.get("/en/").text
    assert (
        '<time datetime="2022-05-14T13:55+02:00">Saturday 14 May 13:55</time>' in page
    )
    assert ">in 2 days 1\u00a0h</time>" in page


def test_front_page_has_the_six_latest_results(client, travel):
    event = make_event()
    entry = make_entry(event=event, drivers=[make_driver()])
    for minute in range(8):
        race = make_session(
            event=event,
            name_sv=f"Race {minute}",
            start=datetime(2022, 5, 14, 9, minute, tzinfo=UTC),
        )
        make_result(
            session=race,
            entry=entry,
            status=CLASSIFIED,
            is_classified=True,
            position=1,
        )
    travel(SUNDAY)
    results = client.get("/sv/").context["results"]
    assert [result.session.name_sv for result in results] == [
        f"Race {minute}" for minute in (7, 6, 5, 4, 3, 2)
    ]


def test_front_page_of_a_cancelled_calendar_shows_no_weekend(client, travel):
    travel("2022-05-12T12:00+02:00")
    make_event(status=CANCELLED)
    assert client.get("/sv/").context["event"] is None


# Who may be seen


@pytest.mark.parametrize("path", ["", "drivers/", "search/?q=sallberg"])
def test_guest_is_on_no_list(path, client):
    guest = make_driver(
        first_name="Emil", last_name="Sällberg", slug="emil", status=GUEST
    )
    make_career_result(driver=guest, season=make_season())
    assert "Sällberg" not in client.get(f"/sv/{path}").text.partition("<main")[2]


def test_season_of_a_guest_stands_on_no_page(client):
    season, team, car = make_season(), make_team(), make_car()
    for driver in (make_driver(), make_driver(slug="emil", status=GUEST)):
        make_career_result(driver=driver, season=season, team=team, car=car)
    for row, name in ((team, "seasons"), (car, "seasons"), (season, "lines")):
        lines = client.get(row.get_absolute_url()).context[name]
        assert [line.driver.slug for line in lines] == ["andreas-backman"]
    lines = client.get(season.series.get_absolute_url()).context["lines"]
    assert [line.driver.slug for line in lines] == ["andreas-backman"]


@pytest.mark.parametrize(
    ("fields", "is_shown"),
    [
        ({}, True),
        ({"rights": SITE_ONLY}, True),
        ({"rights_end": date(2022, 5, 15)}, True),
        ({"rights_end": date(2022, 5, 14)}, False),
        ({"rights": INTERNAL}, False),
    ],
)
def test_photo_stands_on_every_page_or_on_none(fields, is_shown, client, travel):
    travel(SUNDAY)
    photo = make_photo(**fields)
    team, car, circuit = make_home_team(), make_car(), make_circuit()
    layout = make_layout(circuit=circuit, picture=photo)
    event = make_event(circuit=circuit, layout=layout)
    driver = make_driver(portrait=photo)
    other = make_driver(first_name="Jessica")
    for owner in (team, car, circuit, event, other):
        owner.photos.add(photo)
    pages = [
        row.get_absolute_url() for row in (team, car, circuit, event, driver, other)
    ]
    for page in (*pages, "/sv/", "/sv/drivers/"):
        assert (photo.image.url in client.get(page).text) is is_shown, page


def test_staff_see_no_internal_photo_on_the_public_pages(client):
    client.force_login(make_staff())
    photo = make_photo(rights=INTERNAL)
    team = make_home_team()
    team.photos.add(photo)
    assert photo.image.url not in client.get(team.get_absolute_url()).text


def test_result_stands_nowhere_before_its_session_has_started(client, travel):
    team, car = make_home_team(), make_car()
    event = make_event()
    driver = make_driver()
    entry = make_entry(event=event, drivers=[driver], team=team, car=car)
    make_career_result(
        driver=driver, season=event.season, team=team, car=car, totals="counted"
    )
    make_result(
        session=make_session(event=event),
        entry=entry,
        status=CLASSIFIED,
        is_classified=True,
        position=1,
        note_sv="Vann allt.",
    )
    pages = ["/sv/", "/sv/search/?q=backman"] + [
        row.get_absolute_url()
        for row in (team, car, event.circuit, event, driver, event.season)
    ]
    travel("2022-05-14T13:54+02:00")
    for page in pages:
        assert "Vann allt." not in client.get(page).text
    (line,) = client.get(driver.get_absolute_url()).context["lineup"].career
    assert line.totals.wins is None
    travel("2022-05-14T13:55+02:00")
    assert [page for page in pages if "Vann allt." in client.get(page).text] == [
        "/sv/",
        event.get_absolute_url(),
    ]
    (line,) = client.get(driver.get_absolute_url()).context["lineup"].career
    assert line.totals.wins == 1


# Staff


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("path", TITLES)
def test_staff_see_the_way_to_the_admin_and_strangers_do_not(path, client):
    assert "/admin/" not in client.get(f"/en/{path}").text
    client.force_login(make_staff())
    page = client.get(f"/en/{path}").text
    assert 'href="/admin/"' in page
    assert 'action="/as-of/"' in page
    assert 'name="moment"' in page


@pytest.mark.parametrize(
    ("path", "admin"),
    [
        ("drivers/driver-0/", "drivers/driver"),
        ("events/hankook-12h-hockenheimring-2022/", "events/event"),
        ("circuits/hockenheimring/", "racing/circuit"),
        ("cars/audi-rs-3-lms-tcr/", "racing/car"),
        ("teams/ja-backman-racing/", "racing/team"),
        ("series/24h-series/", "racing/series"),
        ("series/24h-series/2022/", "racing/season"),
    ],
)
@pytest.mark.usefixtures("world")
def test_staff_are_led_from_a_page_to_its_form(path, admin, client):
    client.force_login(make_staff())
    page = client.get(f"/en/{path}").text
    (address,) = re.findall(rf'href="(/admin/{admin}/\d+/change/)"', page)
    assert client.get(address).status_code == 200


def test_banner_says_that_the_clock_is_moved(client, settings):
    settings.DEMO_NOW = datetime.fromisoformat("2022-05-12T12:00+02:00")
    assert "12 May 2022, 12:00" in client.get("/en/").text
    client.force_login(make_staff())
    client.post("/as-of/", {"moment": "2022-05-14T13:55"})
    page = client.get("/en/").text
    assert "14 May 2022, 13:55" in page
    assert "12 May 2022, 12:00" not in page


def test_no_banner_stands_on_a_site_with_the_real_clock(client, settings):
    settings.DEMO_NOW = None
    assert 'class="notice' not in client.get("/en/").text


# Search


def test_search_page_shows_what_it_finds(client):
    driver = make_driver()
    response = client.get("/en/search/?q=backman")
    assert [hit.title for hit in response.context["hits"]] == ["Andreas Bäckman"]
    assert (
        f'href="{driver.get_absolute_url().replace("/sv/", "/en/")}"' in response.text
    )
    assert 'value="backman"' in response.text


def test_search_page_without_a_query_asks_for_one(client):
    context = client.get("/en/search/").context
    assert (context["query"], context["hits"]) == ("", [])


def test_search_page_says_what_it_did_not_find(client):
    response = client.get("/en/search/?q=nobody")
    assert response.context["hits"] == []
    assert "“nobody”" in response.text


def test_search_page_refuses_an_endless_query_in_words(client):
    response = client.get("/en/search/", {"q": "x" * 1000})
    assert response.status_code == 200
    assert response.context["form"].errors["q"] == [
        "Ensure this value has at most 100 characters (it has 1000)."
    ]
    assert response.context["hits"] == []


def test_search_page_writes_a_query_as_text(client):
    page = client.get("/en/search/", {"q": "<script>alert(1)</script>"}).text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


# Lists and what they lead to


def test_circuits_stand_by_country_and_name_in_the_readers_language(client):
    for name, country in (
        ("Övre banan", "SE"),
        ("Anderstorp", "SE"),
        ("Hockenheimring", "DE"),
        ("Red Bull Ring", "AT"),
    ):
        make_circuit(name=name, slug=name.split()[0][1:].lower(), country=country)

    def names(path):
        return [circuit.name for circuit in client.get(path).context["circuits"]]

    assert names("/en/circuits/") == [
        "Red Bull Ring",
        "Hockenheimring",
        "Anderstorp",
        "Övre banan",
    ]
    assert names("/sv/circuits/") == [
        "Anderstorp",
        "Övre banan",
        "Hockenheimring",
        "Red Bull Ring",
    ]


def test_home_team_stands_first_and_the_others_in_swedish_order(client):
    for name in ("Öster", "Åby", "Zeta"):
        make_team(name=name, slug=name[1:])
    make_home_team()
    teams = client.get("/sv/teams/").context["teams"]
    assert [team.name for team in teams] == [
        "JA Bäckman Racing",
        "Zeta",
        "Åby",
        "Öster",
    ]


def test_cars_and_series_stand_in_swedish_order(client):
    for name in ("Öster", "audi", "Zeta"):
        make_car(make=name, slug=name[1:])
        make_series(short_name=name, slug=name[1:])
    cars = client.get("/sv/cars/").context["cars"]
    series = client.get("/sv/series/").context["series_list"]
    assert [car.make for car in cars] == ["audi", "Zeta", "Öster"]
    assert [row.short_name for row in series] == ["audi", "Zeta", "Öster"]


def test_circuit_shows_its_layouts_records_and_weekends(client):
    circuit = make_circuit()
    layout = make_layout(circuit=circuit)
    record = make_lap_record(layout=layout)
    make_lap_record(layout=make_layout(circuit=make_circuit(name="B", slug="b")))
    season = make_season()
    first = make_event(season=season, circuit=circuit)
    second = make_event(
        season=season,
        circuit=circuit,
        slug="b",
        first_day=date(2022, 9, 1),
        last_day=None,
    )
    context = client.get("/sv/circuits/hockenheimring/").context
    assert context["layouts"] == [layout]
    assert context["lap_records"] == [record]
    assert context["events"] == [second, first]


@pytest.mark.parametrize("field", ["car", "team"])
def test_weekend_with_two_entries_stands_once(field, client):
    row = {"car": make_car, "team": make_team}[field]()
    event = make_event()
    for number in ("1", "2"):
        make_entry(event=event, number=number, **{field: row})
    assert client.get(row.get_absolute_url()).context["events"] == [event]


def test_team_shows_its_people_in_order(client):
    team = make_team()
    second = make_person(team=team, name="A", order=2)
    first = make_person(team=team, name="B", order=1)
    assert client.get(team.get_absolute_url()).context["people"] == [first, second]


def test_seasons_stand_the_latest_first_then_by_position(client):
    team = make_team()
    series = make_series()
    lines = [
        make_career_result(
            driver=make_driver(slug=slug),
            season=season,
            team=team,
            position=position,
        )
        for season, rows in (
            (make_season(series=series, year=2021), [("a", 1)]),
            (make_season(series=series, year=2022), [("b", None), ("c", 4), ("d", 3)]),
        )
        for slug, position in rows
    ]
    seasons = client.get(team.get_absolute_url()).context["seasons"]
    assert seasons == [lines[3], lines[2], lines[1], lines[0]]


def test_season_shows_its_calendar_and_its_other_years(client):
    series = make_series()
    circuit = make_circuit()
    season = make_season(series=series, year=2022)
    other = make_season(series=series, year=2021)
    make_event(season=other, circuit=circuit, slug="other")
    undated = make_event(
        season=season, circuit=circuit, slug="c", first_day=None, last_day=None
    )
    second = make_event(
        season=season,
        circuit=circuit,
        slug="b",
        first_day=date(2022, 9, 1),
        last_day=None,
    )
    first = make_event(season=season, circuit=circuit, slug="a")
    context = client.get("/sv/series/24h-series/2022/").context
    assert context["events"] == [first, second, undated]
    assert context["other_seasons"] == [other]
    assert client.get("/sv/series/24h-series/2020/").status_code == 404


def test_series_shows_its_seasons_the_latest_first(client):
    series = make_series()
    seasons = [make_season(series=series, year=year) for year in (2021, 2022)]
    context = client.get("/sv/series/24h-series/").context
    assert context["seasons"] == seasons[::-1]


# Pictures to share


def test_front_page_has_a_picture_to_share(client):
    response = client.get("/sv/share.png")
    assert response.headers["Content-Type"] == "image/png"
    make_home_team()
    assert client.get("/sv/share.png").content != response.content


def test_result_of_a_day_alone_shows_on_the_front_page_from_the_next_noon(
    client, travel
):
    event = make_event()
    race = make_session(
        event=event, start=None, precision=DAY_ONLY, day=date(2022, 5, 14)
    )
    entry = make_entry(event=event, drivers=[make_driver()], racing_class=make_class())
    make_result(
        session=race, entry=entry, status=CLASSIFIED, is_classified=True, position=1
    )
    travel("2022-05-14T13:59+02:00")
    assert client.get("/sv/").context["results"] == []
    travel("2022-05-14T14:00+02:00")
    assert len(client.get("/sv/").context["results"]) == 1
