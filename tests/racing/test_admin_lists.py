"""The lists of the admin: every model has one, in a constant number of queries."""

import re
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from drivers.models import Driver
from events.models import Event, EventRound
from racing.models import INTERNAL, SITE_ONLY, Car, Photo, User
from tests import factories
from tests.adminpages import press_officer

# Queries of each list. Eight are the same for all: the session, the user, the
# permissions (two), the count (two), the rows, the home team. The rest are filters,
# one each, and what is fetched beside the rows.
QUERIES = {
    "Amendment": 8,
    "Biography": 17,
    "Car": 11,
    "CareerResult": 11,
    "Circuit": 9,
    "Contact": 9,
    "CircuitLayout": 9,
    "DraftSession": 8,
    "Driver": 8,
    "DriverLink": 9,
    "Entry": 13,
    "EntryDriver": 8,
    "Event": 11,
    "EventClass": 9,
    "EventLink": 8,
    "EventRound": 8,
    "LapRecord": 10,
    "Milestone": 9,
    "Person": 9,
    "Photo": 18,
    "RacingClass": 8,
    "Result": 11,
    "ResultChange": 8,
    "ResultDriver": 8,
    "Season": 10,
    "Series": 8,
    "Session": 9,
    "StandingsLine": 10,
    "StandingsTable": 10,
    "Team": 9,
    "TeamBiography": 17,
    "TimetableChange": 8,
    "TimetableRelease": 8,
}


def make_rows(number):
    """One more row of every model, its number in its name."""
    photo = factories.make_photo(alt=f"Bild {number}", credit=f"Fotograf {number}")
    team = factories.make_team(name=f"Team {number}", slug=f"team-{number}")
    team.photos.add(photo)
    factories.make_person(team=team, name=f"Person {number}")
    factories.make_team_biography(team=team)
    factories.make_contact(team=team)
    racing_class = factories.make_class(name=f"Class {number}")
    car = factories.make_car(
        model=f"Car {number}", slug=f"car-{number}", racing_class=racing_class
    )
    car.photos.add(photo)
    series = factories.make_series(short_name=f"Series {number}", slug=f"s-{number}")
    season = factories.make_season(series=series, year=1990 + number)
    circuit = factories.make_circuit(name=f"Ring {number}", slug=f"ring-{number}")
    circuit.photos.add(photo)
    layout = factories.make_layout(circuit=circuit, length_m=4574)
    factories.make_lap_record(layout=layout, racing_class=racing_class)
    driver = factories.make_driver(
        last_name=f"Driver {number}", slug=f"driver-{number}", portrait=photo
    )
    factories.make_biography(driver=driver)
    factories.make_driver_link(driver=driver)
    factories.make_milestone(driver=driver)
    factories.make_career_result(driver=driver, season=season, team=team, car=car)
    table = factories.make_standings(season=season)
    factories.make_standings_line(table=table, position=1, driver=driver)
    make_weekend(number, season, layout, driver, car, team, racing_class, photo)


def make_weekend(number, season, layout, driver, car, team, racing_class, photo):
    event = factories.make_event(
        season=season,
        circuit=layout.circuit,
        layout=layout,
        slug=f"weekend-{number}",
        round=str(number),
    )
    event.photos.add(photo)
    factories.make_event_class(event=event, racing_class=racing_class)
    EventRound.objects.create(event=event, season=season)
    session = factories.make_session(event=event)
    factories.make_event_link(event=event, session=session)
    factories.make_draft(event=event, session=session)
    release = factories.make_release(event=event)
    factories.make_timetable_change(release=release, session=session)
    entry = factories.make_entry(
        event=event, drivers=[driver], car=car, team=team, racing_class=racing_class
    )
    result = factories.make_result(session=session, entry=entry, drivers=[driver])
    factories.make_result_change(result=result)


def test_a_filter_names_what_is_not_known(officer):
    factories.make_car(make="", model="Supercar Lites", slug="lites")
    factories.make_car()
    page = officer.get(list_address(Car)).content.decode()
    assert '<a href="?make=">not known</a>' in " ".join(page.split())


def edited_models():
    return [
        model
        for model in admin.site._registry
        if model._meta.app_label in ("racing", "drivers", "events", "press")
        and model is not User
    ]


def list_address(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def queries(client):
    counts = {}
    for model in edited_models():
        with CaptureQueriesContext(connection) as captured:
            response = client.get(list_address(model))
        assert response.status_code == 200
        counts[model.__name__] = len(captured)
    return counts


@pytest.mark.django_db
def test_every_list_takes_the_same_queries_for_one_row_and_for_thirty(client):
    client.force_login(press_officer())
    make_rows(0)
    assert queries(client) == QUERIES
    for number in range(1, 30):
        make_rows(number)
    assert queries(client) == QUERIES


@pytest.mark.django_db
def test_every_list_can_be_searched(client):
    client.force_login(press_officer())
    make_rows(1)
    for model in edited_models():
        response = client.get(list_address(model), {"q": "no such thing"})
        assert response.context["cl"].result_count == 0, model


@pytest.mark.django_db
def test_a_search_finds_names_without_their_dots(client):
    client.force_login(press_officer())
    factories.make_driver()
    response = client.get(list_address(Driver), {"q": "backman"})
    assert [driver.name for driver in response.context["cl"].result_list] == [
        "Andreas Bäckman"
    ]


@pytest.mark.django_db
def test_the_list_of_drivers_shows_their_portraits(client):
    client.force_login(press_officer())
    photo = factories.make_photo()
    factories.make_driver(portrait=photo)
    response = client.get(list_address(Driver))
    address = reverse("admin:racing_photo_thumbnail", args=[photo.pk])
    assert response.content.decode().count(f'src="{address}"') == 1
    picture = client.get(address)
    assert picture["Content-Type"] == "image/jpeg"
    with Image.open(BytesIO(picture.content)) as image:
        assert image.size == (60, 40)


@pytest.mark.django_db
def test_a_thumbnail_of_a_photo_whose_file_is_gone_is_not_found(client):
    client.force_login(press_officer())
    photo = factories.make_photo()
    photo.image.storage.delete(photo.image.name)
    address = reverse("admin:racing_photo_thumbnail", args=[photo.pk])
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_strangers_see_no_thumbnails(client):
    photo = factories.make_photo()
    address = reverse("admin:racing_photo_thumbnail", args=[photo.pk])
    assert client.get(address).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("download", ["Fri"]),
        ("site", ["Fri", "Bara här"]),
        ("never", ["Intern"]),
        ("over", ["Slut"]),
        ("nonsense", ["Fri", "Bara här", "Intern", "Slut"]),
    ],
)
def test_photos_are_found_by_what_may_be_done_with_them(client, travel, shown, found):
    travel("2022-05-12T12:00+02:00")
    client.force_login(press_officer())
    factories.make_photo(alt="Slut", rights_end=date(2022, 5, 11))
    factories.make_photo(alt="Intern", rights=INTERNAL)
    factories.make_photo(alt="Bara här", rights=SITE_ONLY)
    factories.make_photo(alt="Fri", rights_end=date(2022, 5, 12))
    response = client.get(list_address(Photo), {"shown": shown})
    assert [photo.alt_sv for photo in response.context["cl"].result_list] == found


@pytest.mark.django_db
def test_weekends_are_found_by_whether_they_are_coming(client, travel):
    travel("2022-05-12T12:00+02:00")
    client.force_login(press_officer())
    season = factories.make_season()
    circuit = factories.make_circuit()
    for number, day in enumerate([date(2022, 5, 1), date(2022, 5, 14)]):
        factories.make_event(
            season=season,
            circuit=circuit,
            name=str(number),
            slug=f"e-{number}",
            first_day=day,
            last_day=day,
        )
    found = {
        when: [
            event.name
            for event in client.get(list_address(Event), {"when": when})
            .context["cl"]
            .result_list
        ]
        for when in ("coming", "over")
    }
    assert found == {"coming": ["1"], "over": ["0"]}


@pytest.mark.django_db
def test_the_first_page_leads_to_the_next_weekend_first(client, travel):
    travel("2022-05-12T12:00+02:00")
    client.force_login(press_officer())
    season, circuit = factories.make_season(), factories.make_circuit()
    for number, month in enumerate((8, 6, 1)):
        factories.make_event(
            season=season,
            circuit=circuit,
            name=str(number),
            slug=f"e-{number}",
            first_day=date(2022, month, 1),
            last_day=date(2022, month, 2),
        )
    page = client.get("/admin/").content.decode()
    address = re.search(r'href="([^"]+when=coming[^"]+)"', page)[1]
    rows = client.get(unescape(address)).context["cl"].result_list
    assert [event.name for event in rows] == ["1", "0"]
