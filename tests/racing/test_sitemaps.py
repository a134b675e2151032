"""The sitemap: every public page in both languages, and nothing else."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from drivers.models import FORMER, GUEST
from tests.factories import (
    make_car,
    make_circuit,
    make_driver,
    make_entry,
    make_event,
    make_home_team,
    make_result,
    make_season,
    make_series,
    make_session,
)

pytestmark = pytest.mark.django_db

LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
HOST = "http://testserver"
LISTS = {
    *("", "drivers/", "events/", "calendar/"),
    *("circuits/", "cars/", "teams/", "series/"),
    *("press/", "press/photos/"),
}


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
            "teams/ja-backman-racing/press-kit/",
            "cars/audi-rs-3-lms-tcr/",
            "drivers/andreas-backman/",
            "drivers/andreas-backman/results/",
            "drivers/andreas-backman/press-kit/",
            "drivers/former/",
            "drivers/former/results/",
            "drivers/former/press-kit/",
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


def test_sitemap_has_a_session_from_the_moment_it_shows_results(client, travel):
    event = make_event()
    race = make_session(event=event)
    make_session(event=event, name_sv="Utan resultat")
    make_result(session=race, entry=make_entry(event=event), position=None)
    path = f"events/hankook-12h-hockenheimring-2022/sessions/{race.pk}/"
    travel("2022-05-14T13:54+02:00")
    assert not any("/sessions/" in address for address in sitemap(client))
    travel("2022-05-14T13:55+02:00")
    assert sorted(
        address for address in sitemap(client) if "/sessions/" in address
    ) == in_both_languages([path])


@pytest.mark.parametrize("count", [1, 30])
def test_sitemap_takes_as_many_queries_for_any_number_of_pages(
    count, client, django_assert_num_queries
):
    season, circuit = make_season(), make_circuit()
    for number in range(count):
        make_driver(slug=f"driver-{number}")
        event = make_event(season=season, circuit=circuit, slug=f"event-{number}")
        make_result(session=make_session(event=event), entry=make_entry(event=event))
    with django_assert_num_queries(14):
        pages = sitemap(client)
    assert len(pages) == 2 * (len(LISTS) + 4 + 5 * count)
