"""What holds for every kind of page: its cost, its head, its way to the admin."""

import re
from io import BytesIO

import pytest
from PIL import Image

from tests.factories import make_staff
from tests.worlds import SUNDAY, make_world

pytestmark = pytest.mark.django_db

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


def lengths(count):
    """How many rows each page shows of a world of that many."""
    weekends = 2 * count + 1
    return {
        "": {
            "entries": count,
            "watch_links": count,
            "timing_links": count,
            "lineups": count,
            "results": min(count, 6),
        },
        "search/?q=backman": {"hits": count + 1 + weekends},
        "drivers/": {"lineups": count},
        "drivers/driver-0/": {"biographies": 2, "photos": count},
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
        "circuits/": {"circuits": count + 1},
        "circuits/hockenheimring/": {
            "lap_records": count,
            "events": weekends,
            "photos": count,
        },
        "cars/": {"cars": count + 1},
        "cars/audi-rs-3-lms-tcr/": {
            "seasons": count,
            "events": weekends,
            "photos": count,
        },
        "teams/": {"teams": count + 1},
        "teams/ja-backman-racing/": {
            "people": count,
            "seasons": count,
            "events": weekends,
            "photos": count,
        },
        "series/": {"series_list": count + 1},
        "series/24h-series/": {"seasons": count + 1, "lines": count},
        "series/24h-series/2022/": {
            "events": weekends,
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
        with django_assert_num_queries(queries, info=path):
            response = client.get(f"/en/{path}")
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
