"""The press page and the pages of press kits: what the media find there."""

import html
import json
import re
from datetime import UTC, date, datetime

import pytest
import time_machine

from drivers.models import Driver, Milestone
from events.models import Result
from press.kits import dating
from racing.models import Photo, Team
from tests.factories import (
    make_car,
    make_circuit,
    make_driver,
    make_entry,
    make_event,
    make_home_team,
    make_person,
    make_photo,
    make_season,
    make_series,
    make_team,
    make_team_biography,
)
from tests.press.kits import THURSDAY, kit, make_kit, team_kit
from tests.worlds import SUNDAY, make_world

pytestmark = pytest.mark.django_db

# Every address with its exact number of queries; the same for 1 row and for 30.
QUERIES = {
    "press/": 7,
    "drivers/driver-0/press-kit/": 14,
    "drivers/driver-0/press-kit/fact-sheet.txt": 14,
    "drivers/driver-0/press-kit/press-kit.zip": 14,
    "teams/ja-backman-racing/press-kit/": 16,
    "teams/ja-backman-racing/press-kit/fact-sheet.txt": 16,
    "teams/ja-backman-racing/press-kit/press-kit.zip": 16,
}
HIDES = {"results": "hidden"}


def read(page):
    """What a reader sees of a page, on one line."""
    text = re.sub(r"<(script|head)\b.*?</\1>", "", page.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


@pytest.mark.parametrize("count", [1, 30])
def test_kits_take_as_many_queries_for_1_row_as_for_30(
    count, client, travel, django_assert_num_queries
):
    make_world(count)
    travel(SUNDAY)
    for path, queries in QUERIES.items():
        with django_assert_num_queries(queries, info=path):
            response = client.get(f"/en/{path}")
        assert response.status_code == 200
    shown = client.get("/en/drivers/driver-0/press-kit/").context["kit"]
    assert len(shown.photos) == count
    team = client.get("/en/teams/ja-backman-racing/press-kit/").context["kit"]
    (named,) = [section for section in team.sheet if section.key == "drivers"]
    assert len(named.blocks[0].rows) == count


# The press page


def test_press_page_leads_to_everything(client, travel):
    driver = make_kit()
    make_driver(first_name="Former", slug="former", status="former")
    make_driver(first_name="Emil", slug="emil", status="guest")
    travel(THURSDAY)
    page = client.get("/en/press/")
    text = read(page)
    for said in ("No log-in", "Give credit", "Anna Ek", "+46 70 123 45 67"):
        assert said in text
    for path in (
        kit(),
        "/en/drivers/former/press-kit/",
        team_kit(),
        *("/en/press/photos/", "/en/results.atom", "/en/changes.atom"),
        "/en/calendar/",
    ):
        assert f'href="{path}"' in page.text, path
    assert "emil" not in page.text
    for path in (driver.get_absolute_url(), Team.objects.home().get_absolute_url()):
        assert "/press-kit/" in client.get(path).text


def test_empty_site_has_a_press_page(client):
    assert "There are no press kits here yet." in read(client.get("/en/press/"))


def test_masthead_says_that_a_kit_is_for_the_press(client, travel):
    make_kit()
    travel(THURSDAY)
    here = r'href="/en/press/" aria-current="(\w+)"'
    assert re.findall(here, client.get("/en/press/").text) == ["page"]
    assert re.findall(here, client.get(kit()).text) == ["true"]
    assert re.findall(here, client.get("/en/drivers/").text) == []


# A driver's kit


def test_kit_of_a_driver_has_texts_and_facts_in_the_language_of_the_page(
    client, travel
):
    make_kit()
    travel(THURSDAY)
    text = read(client.get(kit(language="sv")))
    assert "Andreas Bäckman är 26 år. I banken finns minst en seger." in text
    assert "First." not in text
    english = client.get(kit())
    text = read(english)
    for said in (
        "Andreas Bäckman is 26 & fast. The record says at least one win.",
        "12 words",
        "First. Second.",
        "Full name Jan Andreas William Bäckman",
        "Born 29 August 1995, Boden (26 years old)",
        "Nationality Sweden",
        "Licence FIA Silver",
        "Start number 120",
        "Team Lestrup Racing Team",
        "Car Audi RS 3 LMS TCR (2021)",
        "24H Series 2022 In progress",
        "Hankook 12h Hockenheimring 13–15 May 2022 Hockenheimring, Germany 24H Series",
        "Starts 15",
        "2018 TCR UK Lestrup Racing Team – not known – not known 14 – not known 6",
        "A dash (–) stands for what is not known.",
        "2018 First win",
        "Anna Ek press officer +46 70 123 45 67 anna@example.com",
    ):
        assert said in text, said
    assert f'href="{kit(language="sv")}" lang="sv"' in english.text


def test_kit_without_anything_has_its_facts_alone(client):
    make_driver()
    page = client.get(kit())
    text = read(page)
    assert "There is no biography of Andreas Bäckman here yet." in text
    assert [section.key for section in page.context["kit"].sheet] == ["facts"]
    for missing in ("Portrait", "Photos", "Press contact", "Season None"):
        assert missing not in text
    assert client.get(kit("biography-60.pdf")).status_code == 404
    assert client.get(kit("fact-sheet.pdf")).status_code == 200
    assert client.get("/en/drivers/nobody/press-kit/").status_code == 404
    assert client.post(kit()).status_code == 405


def test_markup_says_whom_the_kit_is_about(client, travel):
    make_kit()
    travel(THURSDAY)
    for path, kind, above in (
        (kit(), "Person", ["Press"]),
        (team_kit(), "SportsTeam", ["Press"]),
        ("/en/press/", None, []),
    ):
        script = re.search(r'ld\+json">(.*?)</script>', client.get(path).text)[1]
        page, way = json.loads(script)["@graph"]
        steps = [step["name"] for step in way["itemListElement"]]
        assert steps[1:-1] == above
        assert page.get("about", {}).get("@type") == kind
    assert len(page["mainEntity"]["itemListElement"]) == 2


# From when the facts are


def test_facts_are_as_of_the_newest_of_them(client, travel):
    def on(*moment):
        """The moment of the driver's kit, asked for at a moment of the machine."""
        with at(*moment):
            return dating.of_driver(driver, "en").astimezone(UTC)

    def at(*moment):
        return time_machine.travel(datetime(*moment, tzinfo=UTC), tick=False)

    with at(2022, 3, 7, 9):
        driver = make_kit()
    # The weekend before was over everywhere at noon.
    assert on(2022, 3, 7, 10) == datetime(2022, 3, 7, 9, tzinfo=UTC)
    assert on(2022, 4, 1) == datetime(2022, 3, 7, 12, tzinfo=UTC)
    with at(2022, 4, 1):
        make_driver(first_name="Another", slug="another")
    assert on(2022, 4, 1) == datetime(2022, 3, 7, 12, tzinfo=UTC)
    with at(2022, 4, 2, 9):
        Milestone.objects.get().save()
    assert on(2022, 4, 3) == datetime(2022, 4, 2, 9, tzinfo=UTC)
    with at(2022, 4, 4, 9):
        Result.objects.get().delete()
        assert "Facts as of 4 April 2022" in read(client.get(kit()))
    assert on(2022, 4, 5) == datetime(2022, 4, 4, 9, tzinfo=UTC)
    # Then the weekend that was to come, and the birthday.
    assert on(2022, 8, 1) == datetime(2022, 5, 16, 12, tzinfo=UTC)
    assert on(2022, 8, 29) == datetime(2022, 8, 28, 22, tzinfo=UTC)
    # A site that stands at an earlier moment knows of nothing later.
    travel("2022-03-08T12:00+01:00")
    assert on(2022, 8, 29) == datetime(2022, 3, 8, 11, tzinfo=UTC)


# What may not be seen


def test_driver_to_be_announced_has_no_kit_and_stands_in_none(client, travel):
    driver = make_kit()
    photo = make_photo(alt="En bild")
    driver.photos.add(photo)
    Team.objects.get(slug="lestrup-racing-team").photos.add(photo)
    travel(THURSDAY)
    own = [
        kit(path)
        for path in ("", "press-kit.zip", "fact-sheet.txt", "biography-60.docx")
    ]
    of_teams = [
        f"/en/teams/{slug}/press-kit/{path}"
        for slug in ("ja-backman-racing", "lestrup-racing-team")
        for path in ("", "fact-sheet.txt")
    ]
    assert [client.get(path).status_code for path in own] == [200] * 4
    for path in [*of_teams, "/en/press/", "/sitemap.xml"]:
        assert "andreas-backman" in client.get(path).text, path
    Driver.objects.update(public_from=datetime(2022, 5, 13, tzinfo=UTC))
    assert [client.get(path).status_code for path in own] == [404] * 4
    for path in [*of_teams, "/en/press/", "/sitemap.xml"]:
        found = client.get(path).text
        assert "andreas-backman" not in found, path
        assert "Andreas" not in found.replace("JA Bäckman", ""), path
        assert f"/photos/{photo.pk}/" not in found, path


@pytest.mark.parametrize(
    "fields",
    [
        {"rights": "internal"},
        {"rights": "site"},
        {"rights_end": date(2022, 5, 11)},
        {"public_from": datetime(2022, 5, 13, tzinfo=UTC)},
        {"developed": ""},
    ],
)
def test_photo_that_may_not_be_taken_away_is_in_no_kit(fields, client, travel):
    driver = make_kit()
    photo = make_photo(alt="Hemlig bild")
    driver.photos.add(photo)
    Driver.objects.update(portrait=photo)
    Team.objects.home().photos.add(photo)
    travel(THURSDAY)
    surfaces = [
        *(kit(path) for path in ("", "press-kit.zip")),
        *(team_kit(path) for path in ("", "press-kit.zip")),
    ]
    named = (b"hemlig-bild", f"/photos/{photo.pk}/".encode())
    for path in surfaces:
        assert any(name in content(client, path) for name in named), path
    Photo.objects.update(**fields)
    for path in surfaces:
        assert not any(name in content(client, path) for name in named), path


def content(client, path):
    response = client.get(path)
    return (
        b"".join(response.streaming_content) if response.streaming else response.content
    )


def test_who_hides_results_sees_none_of_the_last_48_hours_on_the_page(client, travel):
    make_kit()
    travel("2022-03-07T12:00+01:00")
    shown = "Starts 15"
    page = read(client.get(kit()))
    assert "at least one win" in page
    assert shown in page
    client.cookies.load(HIDES)
    page = read(client.get(kit()))
    assert "at least one win" not in page
    assert shown not in page
    assert "24H Series 2022 ? hidden" in page
    assert "The documents and the ZIP hold the latest results." in page
    # The documents are the same for everybody.
    kept = client.get(kit("fact-sheet.txt"))
    assert "Starts: 15" in kept.text
    client.cookies.clear()
    assert client.get(kit("fact-sheet.txt")).headers["ETag"] == kept.headers["ETag"]
    travel("2022-03-09T12:00+01:00")
    client.cookies.load(HIDES)
    assert shown in read(client.get(kit()))


# A team's kit


def test_kit_of_the_home_team_has_who_and_what_it_races(client, travel):
    make_kit()
    home = Team.objects.home()
    make_person(team=home, name="Fredrik", role_sv="delägare", role_en="co-owner")
    make_team_biography(team=home, language="en", length=25, text="{name} in short.")
    travel(THURSDAY)
    page = client.get(team_kit())
    text = read(page)
    for said in (
        "Ett team från Boden.",
        "A team from Boden.",
        "JA Bäckman Racing in short.",
        "Fredrik Co-owner",
        "Andreas Bäckman 120 Audi RS 3 LMS TCR (2021) 24H Series",
        "Power 250 kW",
        "Hankook 12h Hockenheimring 13–15 May 2022",
    ):
        assert said in text, said
    assert f'<a href="http://testserver{kit()}">Andreas Bäckman</a>' in page.text
    document = client.get(team_kit("biography-25.txt")).text
    assert "JA Bäckman Racing in short." in document
    sheet = client.get(team_kit("fact-sheet.txt", "sv")).text
    assert "Ett team från Boden." in sheet
    assert "A team from Boden." not in sheet


def test_kit_of_another_team_has_the_drivers_and_cars_of_its_latest_season(
    client, travel
):
    make_home_team()
    team = make_team()
    series, guest = (
        make_series(),
        make_driver(first_name="Emil", slug="e", status="guest"),
    )
    old = make_car(model="Golf GTI TCR", slug="golf", make="Volkswagen")
    new = make_car(displacement_cc=1984)
    circuit = make_circuit()
    for year, car, driver in (
        (2021, old, make_driver(first_name="Robin", slug="robin")),
        (2022, new, make_driver()),
    ):
        season, day = make_season(series=series, year=year), date(year, 3, 1)
        event = make_event(
            season=season,
            circuit=circuit,
            slug=f"weekend-{year}",
            first_day=day,
            last_day=day,
        )
        make_entry(event=event, drivers=[driver, guest], team=team, car=car)
    travel(THURSDAY)
    text = read(client.get("/sv/teams/lestrup-racing-team/press-kit/"))
    assert "1 984 cm³" in text.replace("\xa0", " ")
    assert "Andreas Bäckman" in text
    for other in ("Robin", "Emil", "Golf"):
        assert other not in text
