"""Who may be seen where: guests, photos, results, and what staff see beside them."""

from datetime import date, datetime

import pytest

from drivers.models import GUEST
from events.models import CLASSIFIED, DAY_ONLY
from racing.models import INTERNAL, SITE_ONLY
from tests.factories import (
    make_car,
    make_career_result,
    make_circuit,
    make_class,
    make_driver,
    make_entry,
    make_event,
    make_home_team,
    make_layout,
    make_photo,
    make_result,
    make_season,
    make_session,
    make_staff,
    make_team,
)
from tests.worlds import SUNDAY

pytestmark = pytest.mark.django_db


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
    for row in (team, car, season, season.series):
        lines = client.get(row.get_absolute_url()).context["lines"]
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
        assert (f"/photos/{photo.pk}/" in client.get(page).text) is is_shown, page


def test_staff_see_no_internal_photo_on_the_public_pages(client):
    client.force_login(make_staff())
    photo = make_photo(rights=INTERNAL)
    team = make_home_team()
    team.photos.add(photo)
    assert f"/photos/{photo.pk}/" not in client.get(team.get_absolute_url()).text


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
    (line,) = client.get(driver.get_absolute_url()).context["lineup"].career.lines
    assert line.totals.wins is None
    travel("2022-05-14T13:55+02:00")
    assert [page for page in pages if "Vann allt." in client.get(page).text] == [
        "/sv/",
        event.get_absolute_url(),
    ]
    (line,) = client.get(driver.get_absolute_url()).context["lineup"].career.lines
    assert line.totals.wins == 1


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
    assert client.get("/sv/").context["weekend_results"] == []
    travel("2022-05-14T14:00+02:00")
    assert len(client.get("/sv/").context["weekend_results"]) == 1
    # When the weekend has left the front its race is among the latest.
    travel("2022-05-20T14:00+02:00")
    assert len(client.get("/sv/").context["results"]) == 1


# The site's clock


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
