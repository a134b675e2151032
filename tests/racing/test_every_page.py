"""What holds for every kind of page: its cost, its head, its way to the admin."""

import re
from io import BytesIO

import pytest
from PIL import Image

from events.models import Session
from tests.factories import make_staff
from tests.worlds import SUNDAY, make_world

pytestmark = pytest.mark.django_db

# The first race of the weekend, as a path; `address` puts its key in.
RACE = "events/hankook-12h-hockenheimring-2022/sessions/{race}/"

# Every page with its exact number of queries; the same for 1 row and for 30.
QUERIES = {
    "": 15,
    "search/": 1,
    "search/?q=backman": 2,
    "search/?q=nobody": 2,
    "drivers/": 6,
    "drivers/driver-0/": 12,
    "drivers/driver-0/results/": 10,
    "drivers/driver-0/press-kit/": 14,
    "press/": 7,
    "press/photos/": 8,
    "calendar/": 5,
    "events/": 5,
    "events/2022/": 5,
    "events/hankook-12h-hockenheimring-2022/": 13,
    RACE: 9,
    "circuits/": 2,
    "circuits/hockenheimring/": 10,
    "cars/": 2,
    "cars/audi-rs-3-lms-tcr/": 11,
    "teams/": 2,
    "teams/ja-backman-racing/": 14,
    "teams/ja-backman-racing/press-kit/": 16,
    "series/": 3,
    "series/24h-series/": 7,
    "series/24h-series/2022/": 14,
}


def address(path, language="en"):
    """The address of a path of QUERIES in the world that has been made."""
    if "{race}" in path:
        race = Session.objects.filter(results__isnull=False).earliest("start", "pk")
        path = path.format(race=race.pk)
    return f"/{language}/{path}"


def lengths(count):
    """How many rows each page shows of a world of that many."""
    weekends = 2 * count + 1
    return {
        "": {
            "entries": count,
            "watch_links": count,
            "timing_links": count,
            "lineups": count,
            "weekend_results": count,
            "results": 0,
        },
        "search/?q=backman": {"hits": count + 1 + weekends},
        "drivers/": {"lineups": count},
        "drivers/driver-0/": {"biographies": 2, "photos": count, "figures": 6},
        "drivers/driver-0/results/": {"results": 1},
        "events/": {"coming": count + 1, "over": count, "years": 1},
        "events/2022/": {"events": weekends},
        "events/hankook-12h-hockenheimring-2022/": {
            "watch_links": count,
            "timing_links": count,
            "other_links": count,
            "entries": count,
            "classes": count,
            "further_rounds": count,
            "lap_records": count,
            "photos": count,
            "results": count,
        },
        RACE: {"rulings": count, "links": count},
        "circuits/": {"circuits": count + 1},
        "circuits/hockenheimring/": {
            "lap_records": count,
            "events": weekends,
            "photos": count,
        },
        "cars/": {"cars": count + 1},
        "cars/audi-rs-3-lms-tcr/": {
            "lines": count,
            "events": weekends,
            "photos": count,
        },
        "teams/": {"teams": count + 1},
        "teams/ja-backman-racing/": {
            "people": count,
            "seasons": 1,
            "lines": count,
            "events": weekends,
            "photos": count,
        },
        "series/": {"series_list": count + 1},
        "series/24h-series/": {"seasons": count + 1, "lines": count},
        "series/24h-series/2022/": {
            "events": weekends,
            "championships": count + 1,
            "lines": count,
            "other_seasons": count,
        },
    }


@pytest.mark.parametrize("count", [1, 30])
def test_pages_take_as_many_queries_for_1_row_as_for_30(
    count, client, travel, django_assert_num_queries
):
    make_world(count)
    travel(SUNDAY)
    for path, queries in QUERIES.items():
        page = address(path)
        with django_assert_num_queries(queries, info=path):
            response = client.get(page)
        assert response.status_code == 200
        shown = lengths(count).get(path, {})
        assert {name: len(response.context[name]) for name in shown} == shown


# The head of a page


@pytest.fixture
def world(travel):
    make_world(1)
    travel(SUNDAY)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("path", [path for path in QUERIES if "?" not in path])
def test_page_names_its_one_address_and_its_other_language(path, client):
    english = address(path)
    swedish = address(path, "sv")
    head = client.get(f"{english}?utm_source=x").text.partition("</head>")[0]
    assert re.findall(r'<link rel="canonical" href="([^"]*)">', head) == [
        f"http://testserver{english}"
    ]
    assert re.findall(r'hreflang="([^"]*)" href="([^"]*)"', head) == [
        ("sv", f"http://testserver{swedish}"),
        ("en", f"http://testserver{english}"),
        ("x-default", f"http://testserver{swedish}"),
    ]


TITLES = {
    "": "JA Bäckman Racing",
    "search/": "Search",
    "drivers/": "Drivers",
    "drivers/driver-0/": "Driver 0 Bäckman",
    "drivers/driver-0/results/": "Driver 0 Bäckman: results",
    "drivers/driver-0/press-kit/": "Driver 0 Bäckman: press kit",
    "press/": "Press",
    "press/photos/": "Press photos",
    "calendar/": "Calendar",
    "events/": "Race weekends",
    "events/2022/": "Race weekends 2022",
    "events/hankook-12h-hockenheimring-2022/": "Hankook 12h Hockenheimring 2022",
    RACE: "Race, Hankook 12h Hockenheimring 2022",
    "circuits/": "Circuits",
    "circuits/hockenheimring/": "Hockenheimring",
    "cars/": "Cars",
    "cars/audi-rs-3-lms-tcr/": "Audi RS 3 LMS TCR",
    "teams/": "Teams",
    "teams/ja-backman-racing/": "JA Bäckman Racing",
    "teams/ja-backman-racing/press-kit/": "JA Bäckman Racing: press kit",
    "series/": "Series",
    "series/24h-series/": "24H Series",
    "series/24h-series/2022/": "24H Series 2022",
}


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(("path", "title"), TITLES.items())
def test_page_is_described_for_those_who_share_it(path, title, client):
    head = client.get(address(path)).text.partition("</head>")[0]
    properties = dict(
        re.findall(r'<meta property="(og:[^"]*)" content="([^"]*)">', head)
    )
    (description,) = re.findall(r'<meta name="description" content="([^"]+)">', head)
    assert properties["og:title"] == title
    assert properties["og:url"] == f"http://testserver{address(path)}"
    assert properties["og:description"] == description
    assert properties["og:locale"] == "en_GB"
    assert properties["og:image"].startswith("http://testserver/en/")
    picture = client.get(properties["og:image"].removeprefix("http://testserver"))
    with Image.open(BytesIO(picture.content)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))


@pytest.mark.usefixtures("world")
def test_every_page_with_a_title_is_tested_for_it():
    assert set(TITLES) == {path for path in QUERIES if "?" not in path}


# Staff


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("path", TITLES)
def test_staff_see_the_way_to_the_admin_and_strangers_do_not(path, client):
    assert "/admin/" not in client.get(address(path)).text
    client.force_login(make_staff())
    page = client.get(address(path)).text
    assert 'href="/admin/"' in page
    assert 'action="/as-of/"' in page
    assert 'name="moment"' in page


@pytest.mark.parametrize(
    ("path", "admin"),
    [
        ("drivers/driver-0/", "drivers/driver"),
        ("drivers/driver-0/results/", "drivers/driver"),
        ("events/hankook-12h-hockenheimring-2022/", "events/event"),
        (RACE, "events/session"),
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
    page = client.get(address(path)).text
    (form,) = re.findall(rf'href="(/admin/{admin}/\d+/[a-z]+/)"', page)
    assert client.get(form).status_code == 200
