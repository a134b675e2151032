"""The drivers' pages: drivers.views."""

import re
from datetime import UTC, date, datetime

import pytest
from django.utils.html import strip_tags

from drivers.models import FORMER, GUEST
from racing import drawings
from racing.models import LONG
from tests.factories import (
    make_biography,
    make_car,
    make_career_result,
    make_driver,
    make_driver_link,
    make_entry,
    make_event,
    make_home_team,
    make_milestone,
    make_photo,
    make_season,
    make_series,
    make_session,
    make_team,
)

pytestmark = pytest.mark.django_db

PAGE = "/en/drivers/andreas-backman/"


@pytest.fixture(autouse=True)
def _thursday_before_the_weekend(travel):
    travel("2022-05-12T12:00+02:00")


def cells(page):
    """The text of each cell of the first season in the career table."""
    row = page.partition('<table class="career">')[2].partition("<tbody>")[2]
    row = row.partition("</tr>")[0]
    found = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)
    return [" ".join(strip_tags(cell).split()) for cell in found]


# The list


def test_list_shows_our_drivers_first_and_no_guests(client):
    make_driver(first_name="Former", slug="former", status=FORMER, order=0)
    make_driver(first_name="Second", slug="second", order=2)
    make_driver(first_name="First", slug="first", order=1)
    make_driver(first_name="Old", slug="old", status=FORMER, order=3)
    make_driver(first_name="Guest", slug="guest", status=GUEST)
    lineups = client.get("/en/drivers/").context["lineups"]
    assert [lineup.driver.slug for lineup in lineups] == [
        "first",
        "second",
        "former",
        "old",
    ]


def test_list_heads_each_kind_of_driver_once(client):
    for order, status in enumerate([FORMER, "current", FORMER, "current"]):
        make_driver(slug=f"driver-{order}", order=order, status=status)
    page = client.get("/en/drivers/").text
    assert re.findall(r'<h2 id="(\w+)">', page) == ["current", "former"]


# One driver


@pytest.mark.parametrize(
    ("status", "code"), [("current", 200), (FORMER, 200), (GUEST, 404)]
)
def test_guest_has_no_page_and_no_picture(status, code, client):
    make_driver(status=status)
    assert client.get(PAGE).status_code == code
    assert client.get(f"{PAGE}share.png").status_code == code


def test_page_of_a_driver_of_whom_only_the_name_is_known(client):
    driver = make_driver()
    context = client.get(PAGE).context
    assert context["driver"] == driver
    assert (context["age"], context["next_row"], context["lineup"].number) == (
        None,
        None,
        "",
    )
    assert [
        context[name] for name in ("biographies", "milestones", "links", "photos")
    ] == [[], [], [], []]


def test_page_shows_what_is_the_drivers_own(client):
    driver = make_driver(birth_date=date(1995, 8, 29))
    other = make_driver(first_name="Jessica")
    link, milestone = make_driver_link(driver=driver), make_milestone(driver=driver)
    photo = make_photo()
    driver.photos.add(photo)
    make_driver_link(driver=other)
    make_milestone(driver=other)
    other.photos.add(make_photo())
    context = client.get(PAGE).context
    assert context["age"] == 26
    assert context["links"] == [link]
    assert context["milestones"] == [milestone]
    assert context["photos"] == [photo]


def test_driver_is_a_year_older_from_the_birthday_on(client, travel):
    make_driver(birth_date=date(1995, 8, 29))
    travel("2022-08-28T23:59+02:00")
    assert client.get(PAGE).context["age"] == 26
    travel("2022-08-29T00:00+02:00")
    assert client.get(PAGE).context["age"] == 27


def test_portrait_stands_once_on_the_page(client):
    portrait, other = make_photo(), make_photo()
    driver = make_driver(portrait=portrait)
    driver.photos.set([portrait, other])
    response = client.get(PAGE)
    assert response.context["photos"] == [other]
    assert response.text.count(f'src="/photos/{portrait.pk}/') == 1


@pytest.mark.parametrize(
    ("language", "texts"), [("sv", ["25", "150", "lång"]), ("en", ["25 in English"])]
)
def test_biographies_are_in_the_readers_language_the_shortest_first(
    language, texts, client
):
    driver = make_driver()
    make_biography(driver=driver, length=LONG, text="lång")
    make_biography(driver=driver, length=150, text="150")
    make_biography(driver=driver, length=25, text="25")
    make_biography(driver=driver, length=25, language="en", text="25 in English")
    context = client.get(f"/{language}/drivers/andreas-backman/").context
    assert [biography.text for biography in context["biographies"]] == texts


def test_page_shows_the_next_weekend_and_its_next_session(client):
    driver = make_driver()
    event = make_event()
    make_entry(event=event, drivers=[driver])
    make_session(event=event, start=datetime(2022, 5, 15, 12, 5, tzinfo=UTC))
    first = make_session(event=event, start=datetime(2022, 5, 13, 14, 20, tzinfo=UTC))
    response = client.get(PAGE)
    assert response.context["next_row"].session == first
    assert event.get_absolute_url().replace("/sv/", "/en/") in response.text


# The career


def test_career_table_stands_in_the_order_of_the_field(client):
    make_career_result(
        driver=make_driver(),
        season=make_season(
            series=make_series(short_name="TCR UK", slug="tcr-uk"),
            year=2018,
            is_over=True,
        ),
        team=make_team(name="WestCoast Racing"),
        car=make_car(make="Volkswagen", model="Golf GTI TCR"),
        starts=14,
        wins=1,
        poles=2,
        fastest_laps=3,
        podiums=6,
        points="408.50",
        position=4,
    )
    page = client.get(PAGE).text
    head = page.partition("<thead>")[2].partition("</thead>")[0]
    assert " ".join(strip_tags(head).split()) == (
        "Season Series Team Car Races Wins Poles Fastest laps Podiums Points Position"
    )
    assert cells(page) == [
        "2018",
        "TCR UK",
        "WestCoast Racing",
        "Volkswagen Golf GTI TCR",
        "14",
        "1",
        "2",
        "3",
        "6",
        "408.5",
        "4",
    ]


def test_unknown_figure_is_a_dash_with_words_and_a_known_0_is_a_0(client):
    make_career_result(
        driver=make_driver(), season=make_season(is_over=True), wins=0, podiums=0
    )
    figures = cells(client.get(PAGE).text)[2:]
    assert figures == [
        *["–not known"] * 3,  # team, car, races
        "0",  # wins
        *["–not known"] * 2,  # poles, fastest laps
        "0",  # podiums
        *["–not known"] * 2,  # points, position
    ]


def test_class_wins_stand_beside_the_wins(client):
    make_career_result(driver=make_driver(), season=make_season(), wins=1, class_wins=3)
    assert cells(client.get(PAGE).text)[5] == "1 3 in class"


@pytest.mark.parametrize(
    ("rounds", "after_round", "text"),
    [
        (7, 3, "1 after round 3 of 7"),
        (None, 3, "1 after round 3"),
        (7, None, "1 in progress"),
    ],
)
def test_first_place_of_a_running_season_is_no_title(rounds, after_round, text, client):
    make_career_result(
        driver=make_driver(),
        season=make_season(rounds=rounds),
        position=1,
        after_round=after_round,
    )
    page = client.get(PAGE).text
    assert cells(page)[10] == text
    assert 'class="title"' not in page


def test_first_place_of_a_season_that_is_over_is_a_title(client):
    make_career_result(
        driver=make_driver(), season=make_season(is_over=True), position=1
    )
    page = client.get(PAGE).text
    assert cells(page)[10] == "1 title"
    assert 'class="title"' in page


# The picture to share


def test_picture_has_number_name_and_team(client):
    driver = make_driver()
    make_career_result(
        driver=driver, season=make_season(), team=make_home_team(), number="22"
    )
    response = client.get(f"{PAGE}share.png")
    drawn = drawings.panel(
        number="22", name="Andreas Bäckman", line="JA Bäckman Racing", colour="#d3121b"
    )
    assert response.content == drawings.png(drawn)


def test_picture_of_a_driver_without_a_season_has_the_name(client):
    make_driver()
    response = client.get(f"{PAGE}share.png")
    drawn = drawings.panel(number="", name="Andreas Bäckman", line="", colour="#d3121b")
    assert response.content == drawings.png(drawn)


@pytest.mark.parametrize(
    ("language", "told"),
    [("sv", "26 år och har kört en start."), ("en", "26, with one start.")],
)
def test_facts_in_a_biography_are_told_in_the_readers_language(
    language, told, client, travel, django_assert_num_queries
):
    travel("2022-05-12T12:00+02:00")
    driver = make_driver(birth_date=date(1995, 8, 29))
    make_career_result(driver=driver, season=make_season(), starts=1)
    texts = {
        "sv": "{age} år och har kört {starts}. Segrar: {wins}.",
        "en": "{age}, with {starts}. Wins: {wins}.",
    }
    for code, text in texts.items():
        make_biography(driver=driver, language=code, text=text)
    with django_assert_num_queries(12):
        page = client.get(f"/{language}{driver.get_absolute_url()[3:]}").text
    assert f"<p>{told}</p>" in page.replace(' class="lead"', "")
    assert "{wins}" not in page
    assert "Segrar:" not in page
    assert "Wins:" not in page
    assert f'"description":"{told}"' in page.replace('": "', '":"')
