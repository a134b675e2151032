"""The page where a reader puts a calendar together, and the panels that lead there."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from icalendar import Calendar

from drivers.models import GUEST
from tests import markup
from tests.events.calendars import make_weekends
from tests.factories import (
    make_circuit,
    make_driver,
    make_entry,
    make_event,
    make_home_team,
    make_season,
    make_series,
    make_session,
)

pytestmark = pytest.mark.django_db

PAGE = "/en/calendar/"


def read(client, path=PAGE):
    response = client.get(path)
    assert response.status_code == 200
    page = markup.Page(response.text)
    assert page.problems() == []
    return page


def offered(page, name):
    """(value, label) of what a select or its boxes offer."""
    select = next(el for el in page.all("select") if el.get("name") == name)
    return [
        (option.get("value"), markup.words(option)) for option in select.iter("option")
    ]


def ways(client, path=PAGE):
    """The addresses of the page that lead to calendars, by what they begin with."""
    links = [
        link
        for link in read(client, path).links
        if "calendar.ics" in link or "calendar.google" in link or "addfromweb" in link
    ]
    return {link.split("/")[0] or "/": link for link in links} | {
        "google": next(link for link in links if "google" in link),
        "outlook": next(link for link in links if "outlook" in link),
    }


def test_an_empty_site_offers_its_calendar(client):
    page = read(client)
    assert offered(page, "of") == [("", "All races")]
    assert "webcal://testserver/en/calendar.ics" in page.links


def test_every_owner_of_a_calendar_is_offered(client, travel):
    travel("2022-05-12T12:00+02:00")
    make_weekends(3)
    make_series(short_name="Östersjöserien", slug="oster")
    make_series(short_name="Zandvoortserien", slug="zand")
    make_driver()
    make_driver(first_name="Emil", slug="emil", status=GUEST)
    page = read(client)
    assert offered(page, "of") == [
        ("", "All races"),
        ("drivers/andreas-backman", "Andreas Bäckman"),
        ("series/24h-series", "24H Series"),
        ("series/zand", "Zandvoortserien"),
        ("series/oster", "Östersjöserien"),
        *((f"events/weekend-{number}", f"Weekend {number}") for number in (2, 1, 0)),
    ]
    assert offered(page, "alarm") == [
        ("", "No reminder"),
        ("15", "15 min before"),
        ("30", "30 min before"),
        ("60", "1 hour before"),
        ("1440", "1 day before"),
    ]
    boxes = [el.get("value") for el in page.all("input") if el.get("name") == "kinds"]
    assert boxes == ["test", "practice", "qualifying", "race", "other"]
    travel("2022-05-16T12:00+02:00")
    assert [value for value, _label in offered(read(client), "of")][-2:] == [
        "series/zand",
        "series/oster",
    ]


def test_a_weekend_that_is_over_is_taken_where_it_is_named(client, travel):
    travel("2022-05-16T12:00+02:00")
    make_weekends(1)
    page = read(client, f"{PAGE}?of=events/weekend-0")
    assert ("events/weekend-0", "Weekend 0") in offered(page, "of")
    assert "webcal://testserver/en/events/weekend-0/calendar.ics" in page.links


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("", "/en/calendar.ics"),
        ("?of=&alarm=", "/en/calendar.ics"),
        ("?of=drivers/andreas-backman", "/en/drivers/andreas-backman/calendar.ics"),
        (
            "?of=series/24h-series&alarm=60",
            "/en/series/24h-series/calendar.ics?alarm=60",
        ),
        (
            "?kinds=race&kinds=qualifying&alarm=1440",
            "/en/calendar.ics?kinds=qualifying,race&alarm=1440",
        ),
        (
            "?kinds=test&kinds=practice&kinds=qualifying&kinds=race&kinds=other",
            "/en/calendar.ics",
        ),
    ],
)
def test_what_is_chosen_is_what_every_way_leads_to(query, path, client):
    make_weekends(1)
    make_driver()
    found = ways(client, PAGE + query)
    address = f"http://testserver{path}"
    assert found["/"] == path
    assert found["webcal:"] == f"webcal://testserver{path}"
    google, outlook = (
        parse_qs(urlsplit(found[name]).query) for name in ("google", "outlook")
    )
    assert google == {"cid": [f"webcal://testserver{path}"]}
    assert outlook["url"] == [address]
    told = Calendar.from_ical(client.get(path).content)
    assert outlook["name"] == [str(told["NAME"])]
    (field,) = (
        el
        for el in read(client, PAGE + query).all("input")
        if el.get("id") == "address"
    )
    assert field.get("value") == address
    assert field.get("readonly") is not None


def test_a_button_that_needs_a_script_is_hidden_without(client):
    (button,) = (el for el in read(client).all("input") if el.get("data-copies"))
    assert button.get("hidden") is not None
    assert button.get("data-copies") in read(client).ids


@pytest.mark.parametrize(
    "query",
    ["?of=drivers/nobody", "?of=events/no-such", "?of=x", "?kinds=x", "?alarm=7"],
)
def test_what_is_not_offered_is_refused_and_leads_nowhere(query, client):
    make_driver(first_name="Emil", slug="nobody", status=GUEST)
    page = read(client, PAGE + query)
    (fault,) = (el for el in page.all("p") if el.get("role") == "alert")
    assert markup.words(fault).endswith(": Choose from what is offered.")
    assert [link for link in page.links if "calendar.ics" in link] == []


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_takes_as_many_queries_for_1_calendar_as_for_30(
    count, client, travel, django_assert_num_queries
):
    travel("2022-05-12T12:00+02:00")
    make_home_team()
    make_weekends(count)
    for number in range(count):
        make_driver(slug=f"driver-{number}")
        make_series(short_name=f"Series {number}", slug=f"series-{number}")
    with django_assert_num_queries(5):
        page = read(client)
    assert len(offered(page, "of")) == 1 + 3 * count + 1
    with django_assert_num_queries(4):
        read(client, f"{PAGE}?of=drivers/driver-0")


# The panels


@pytest.fixture
def weekend():
    event = make_event(
        season=make_season(series=make_series()),
        circuit=make_circuit(),
        last_day=date(2022, 5, 15),
    )
    make_session(event=event)
    make_entry(event=event, drivers=[make_driver()])
    return event


@pytest.mark.parametrize(
    ("page", "owner"),
    [
        ("drivers/andreas-backman/", "drivers/andreas-backman"),
        ("series/24h-series/", "series/24h-series"),
        (
            "events/hankook-12h-hockenheimring-2022/",
            "events/hankook-12h-hockenheimring-2022",
        ),
        ("events/", ""),
    ],
)
def test_pages_lead_to_their_calendar(page, owner, client, travel, weekend):
    travel("2022-05-12T12:00+02:00")
    found = read(client, f"/sv/{page}")
    path = f"/sv/{owner}/calendar.ics" if owner else "/sv/calendar.ics"
    assert f"webcal://testserver{path}" in found.links
    assert path in found.links
    assert found.link("alternate", type="text/calendar") == f"http://testserver{path}"
    choice = f"/sv/calendar/?of={owner}" if owner else "/sv/calendar/"
    assert choice in found.links
    assert f"webcal://testserver{path}" in read(client, choice).links


def test_a_weekend_that_is_over_is_not_offered_to_subscribe_to(client, travel, weekend):
    travel("2022-05-20T12:00+02:00")
    page = read(client, weekend.get_absolute_url())
    assert [link for link in page.links if link.startswith("webcal:")] == []


def test_a_weekend_without_any_day_offers_no_calendar_with_nothing_in_it(
    client, travel, weekend
):
    travel("2022-05-12T12:00+02:00")
    weekend.first_day = weekend.last_day = None
    weekend.save()
    race = weekend.sessions.get()
    page = weekend.get_absolute_url()
    assert read(client, page).link("alternate", type="text/calendar")
    race.start, race.precision = None, "day_only"
    race.save()
    found = read(client, page)
    assert not found.link("alternate", type="text/calendar")
    assert [link for link in found.links if "calendar.ics" in link] == []
