"""The sitemap: every public page in both languages, and nothing else."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from drivers.models import FORMER, GUEST
from tests.factories import (
    make_car,
    make_circuit,
    make_driver,
    make_event,
    make_home_team,
    make_season,
    make_series,
)

pytestmark = pytest.mark.django_db

LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
HOST = "http://testserver"
LISTS = {"", "drivers/", "events/", "circuits/", "cars/", "teams/", "series/"}


def sitemap(client):
    """The addresses in the sitemap, a list."""
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    urls = ET.fromstring(response.content)  # noqa: S314
    return [location.text for location in urls.iter(LOCATION)]


def in_both_languages(paths):
    return sorted(
        f"{HOST}/{language}/{path}" for path in paths for language in ("sv", "en")
    )


def test_empty_site_has_its_lists_in_both_languages(client):
    assert sorted(sitemap(client)) == in_both_languages(LISTS)


def test_sitemap_has_every_public_page_and_no_guest(client):
    make_home_team()
    make_car()
    make_driver()
    make_driver(first_name="Former", slug="former", status=FORMER)
    make_driver(first_name="Emil", slug="emil", status=GUEST)
    series = make_series()
    make_season(series=series, year=2021)
    season = make_season(series=series, year=2022)
    make_event(season=season, circuit=make_circuit())
    make_event(
        season=season,
        circuit=make_circuit(name="Dubai", slug="dubai"),
        slug="dubai-2022",
        first_day=date(2022, 1, 13),
    )
    assert sorted(sitemap(client)) == in_both_languages(
        LISTS
        | {
            "teams/ja-backman-racing/",
            "cars/audi-rs-3-lms-tcr/",
            "drivers/andreas-backman/",
            "drivers/former/",
            "series/24h-series/",
            "series/24h-series/2021/",
            "series/24h-series/2022/",
            "events/2022/",
            "events/hankook-12h-hockenheimring-2022/",
            "events/dubai-2022/",
            "circuits/hockenheimring/",
            "circuits/dubai/",
        }
    )


def test_sitemap_names_the_host_of_the_settings_and_no_other(client, settings):
    settings.SITE_URL = "https://www.example.com"
    settings.ALLOWED_HOSTS = ["*"]
    addresses = sitemap(client)
    assert addresses
    for address in addresses:
        assert address.startswith("https://www.example.com/")


def test_sitemap_ignores_the_host_that_was_asked(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    response = client.get("/sitemap.xml", headers={"host": "evil.example"})
    assert "evil.example" not in response.text


@pytest.mark.parametrize("count", [1, 30])
def test_sitemap_takes_as_many_queries_for_any_number_of_pages(
    count, client, django_assert_num_queries
):
    season, circuit = make_season(), make_circuit()
    for number in range(count):
        make_driver(slug=f"driver-{number}")
        make_event(season=season, circuit=circuit, slug=f"event-{number}")
    with django_assert_num_queries(9):
        pages = sitemap(client)
    assert len(pages) == 2 * (len(LISTS) + 4 + 2 * count)
