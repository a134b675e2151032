"""The admin's list of seasons that the rest of the site does not bear out."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from drivers.models import GUEST
from tests.adminpages import client_of, page_of
from tests.careers import race
from tests.factories import (
    make_career_result,
    make_driver,
    make_entry,
    make_event,
    make_season,
    make_series,
    make_standings,
    make_standings_line,
    make_user,
)

pytestmark = pytest.mark.django_db

PAGE = "/admin/drivers/careerresult/disagreements/"
EVIDENCE = "/en/drivers/andreas-backman/results/?season=24h-series-2022"


def content(response):
    """What the page itself shows, without what stands around it on every page."""
    return response.text.partition('id="content-main"')[2]


def rows(response):
    """The cells of each row of the table, without markup."""
    body = content(response).partition("<tbody>")[2]
    found = []
    for row in body.split("<tr>")[1:]:
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        found.append([re.sub(r"<[^>]+>", "", cell).strip() for cell in cells])
    return found


def make_disagreement(*, slug="andreas-backman", number="1", **driver):
    driver = make_driver(slug=slug, **driver)
    event = make_event(slug=f"event-{slug}")
    entry = make_entry(event=event, drivers=[driver], number=number)
    race(event, entry, position=1)
    return make_career_result(
        driver=driver, season=event.season, starts=14, wins=0, podiums=None
    )


def test_list_says_what_is_typed_and_what_the_site_shows(officer):
    record = make_disagreement()
    table = make_standings(season=record.season)
    make_standings_line(table=table, driver=record.driver, position=4, points="300.5")
    record.position, record.points = 3, "408"
    record.save()
    page = officer.get(PAGE)
    season = ["Andreas Bäckman", "24H Series 2022"]
    shows = "What the site shows"
    assert rows(page) == [
        [
            *season,
            "Races",
            "14",
            "1",
            f"Rows are missing: not all races are on the site. {shows}",
        ],
        [
            *season,
            "Wins",
            "0",
            "1",
            f"The rows show more: correct the one or the other. {shows}",
        ],
        [
            *season,
            "Championship position",
            "3",
            "4",
            f"The final standings say otherwise. {shows}",
        ],
        [
            *season,
            "Points",
            "408",
            "300.5",
            f"The final standings say otherwise. {shows}",
        ],
    ]
    assert page.text.count(f'<a href="{page_of(record)}">24H Series 2022</a>') == 4
    assert page.text.count(f'<a href="{EVIDENCE}">{shows}</a>') == 2
    assert page.text.count(f'<a href="{table.get_absolute_url()}">{shows}</a>') == 2


def test_what_the_site_shows_is_a_page_that_opens(officer):
    make_disagreement()
    assert officer.get(EVIDENCE).status_code == 200


def test_guest_has_no_page_to_look_at(officer):
    make_disagreement(status=GUEST)
    page = officer.get(PAGE)
    assert len(rows(page)) == 2
    assert page.text.count("What the site shows") == 0


def test_list_says_in_words_that_it_is_empty(officer):
    make_career_result(driver=make_driver(), season=make_season(), starts=14)
    page = officer.get(PAGE)
    assert content(page).count("<table") == 0
    assert (
        page.text.count(
            "<p>Everything that is typed agrees with the results and the final standings "
            "on the site.</p>"
        )
        == 1
    )


def test_list_is_found_from_the_first_page_and_from_the_seasons(officer):
    assert reverse("admin:drivers_careerresult_disagreements") == PAGE
    for page in ("/admin/", "/admin/drivers/careerresult/"):
        assert officer.get(page).text.count(f'<a href="{PAGE}">') == 1


@pytest.mark.parametrize(
    ("permission", "status"), [("view_careerresult", 200), ("view_driver", 403)]
)
def test_whoever_may_see_seasons_may_see_it(permission, status):
    user = make_user(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename=permission))
    assert client_of(user).get(PAGE).status_code == status


def test_nobody_else_may_see_it(client):
    assert client.get(PAGE)["Location"] == f"/admin/login/?next={PAGE}"
    client.force_login(make_user())
    assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize("count", [1, 30])
def test_list_takes_nine_queries(count, officer, django_assert_num_queries):
    series = make_series()
    season = make_season(series=series)
    event = make_event(season=season)
    for number in range(count):
        driver = make_driver(slug=f"driver-{number}")
        entry = make_entry(event=event, number=str(number), drivers=[driver])
        race(event, entry, position=1)
        make_career_result(driver=driver, season=season, wins=0)
    with django_assert_num_queries(9):
        page = officer.get(PAGE)
    assert len(rows(page)) == count
