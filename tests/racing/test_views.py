"""The pages of the site and what they have in common: racing.views."""

from datetime import UTC, date, datetime

import pytest

from events.models import CANCELLED, CLASSIFIED, EventRound
from tests.factories import (
    make_car,
    make_career_result,
    make_circuit,
    make_driver,
    make_entry,
    make_event,
    make_event_link,
    make_home_team,
    make_lap_record,
    make_layout,
    make_person,
    make_result,
    make_season,
    make_series,
    make_session,
    make_team,
)

pytestmark = pytest.mark.django_db

LISTS = (
    "",
    "search/",
    "search/?q=backman",
    "drivers/",
    "events/",
    "circuits/",
    "cars/",
    "teams/",
    "series/",
)

# An empty site


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("path", LISTS)
def test_empty_site_shows_its_pages(path, language, client):
    response = client.get(f"/{language}/{path}")
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.text
    assert response.text.count("<h1") == 1


def test_empty_site_has_nothing_to_announce(client):
    context = client.get("/sv/").context
    assert (context["event"], context["timetable"], context["next_row"]) == (None,) * 3
    assert [
        context[name]
        for name in ("entries", "watch_links", "timing_links", "lineups", "results")
    ] == [[], [], [], [], []]


@pytest.mark.parametrize(
    "path",
    [
        "drivers/nobody/",
        "events/nothing/",
        "events/2022/",
        "events/1799/",
        "events/99999999999999999999/",
        "circuits/nowhere/",
        "cars/none/",
        "teams/none/",
        "series/none/",
        "series/none/2022/",
        "drivers/nobody/share.png",
        "events/nothing/share.png",
    ],
)
def test_page_of_nothing_is_not_found(path, client):
    assert client.get(f"/sv/{path}").status_code == 404


# The front page


def test_front_page_shows_the_next_weekend_of_ours(client, travel):
    travel("2022-05-12T12:00+02:00")
    event = make_event()
    driver = make_driver()
    entry = make_entry(event=event, drivers=[driver])
    race = make_session(event=event)
    stream = make_event_link(event=event)
    timing = make_event_link(event=event, kind="live_timing", url="https://x.se/live")
    make_event_link(event=event, kind="tickets", url="https://x.se/tickets")
    context = client.get("/sv/").context
    assert context["event"] == event
    assert context["next_row"].session == race
    assert context["entries"] == [entry]
    assert context["watch_links"] == [stream]
    assert context["timing_links"] == [timing]
    assert [lineup.driver for lineup in context["lineups"]] == [driver]


def test_front_page_says_when_the_next_session_starts_without_a_script(client, travel):
    travel("2022-05-12T12:00+02:00")
    make_session(event=make_event())
    page = client.get("/en/").text
    assert (
        '<time datetime="2022-05-14T13:55+02:00">Saturday 14 May 13:55</time>' in page
    )
    assert ">in 2 days 1\u00a0h</time>" in page


def test_front_page_has_the_six_latest_results(client, travel):
    event = make_event()
    entry = make_entry(event=event, drivers=[make_driver()])
    for minute in range(8):
        race = make_session(
            event=event,
            name_sv=f"Race {minute}",
            start=datetime(2022, 5, 14, 9, minute, tzinfo=UTC),
        )
        make_result(
            session=race,
            entry=entry,
            status=CLASSIFIED,
            is_classified=True,
            position=1,
        )
    travel("2022-05-20T10:00+02:00")
    results = client.get("/sv/").context["results"]
    assert [result.session.name_sv for result in results] == [
        f"Race {minute}" for minute in (7, 6, 5, 4, 3, 2)
    ]


def test_front_page_of_a_cancelled_calendar_shows_no_weekend(client, travel):
    travel("2022-05-12T12:00+02:00")
    make_event(status=CANCELLED)
    assert client.get("/sv/").context["event"] is None


# Search


def test_search_page_shows_what_it_finds(client):
    driver = make_driver()
    response = client.get("/en/search/?q=backman")
    assert [hit.title for hit in response.context["hits"]] == ["Andreas Bäckman"]
    assert (
        f'href="{driver.get_absolute_url().replace("/sv/", "/en/")}"' in response.text
    )
    assert 'value="backman"' in response.text


def test_search_page_without_a_query_asks_for_one(client):
    context = client.get("/en/search/").context
    assert (context["query"], context["hits"]) == ("", [])


def test_search_page_says_what_it_did_not_find(client):
    response = client.get("/en/search/?q=nobody")
    assert response.context["hits"] == []
    assert "“nobody”" in response.text


def test_search_page_refuses_an_endless_query_in_words(client):
    response = client.get("/en/search/", {"q": "x" * 1000})
    assert response.status_code == 200
    assert response.context["form"].errors["q"] == [
        "Ensure this value has at most 100 characters (it has 1000)."
    ]
    assert response.context["hits"] == []


def test_search_page_writes_a_query_as_text(client):
    page = client.get("/en/search/", {"q": "<script>alert(1)</script>"}).text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


# Lists and what they lead to


def test_circuits_stand_by_country_and_name_in_the_readers_language(client):
    for name, country in (
        ("Övre banan", "SE"),
        ("Anderstorp", "SE"),
        ("Hockenheimring", "DE"),
        ("Red Bull Ring", "AT"),
    ):
        make_circuit(name=name, slug=name.split()[0][1:].lower(), country=country)

    def names(path):
        return [circuit.name for circuit in client.get(path).context["circuits"]]

    assert names("/en/circuits/") == [
        "Red Bull Ring",
        "Hockenheimring",
        "Anderstorp",
        "Övre banan",
    ]
    assert names("/sv/circuits/") == [
        "Anderstorp",
        "Övre banan",
        "Hockenheimring",
        "Red Bull Ring",
    ]


def test_home_team_stands_first_and_the_others_in_swedish_order(client):
    for name in ("Öster", "Åby", "Zeta"):
        make_team(name=name, slug=name[1:])
    make_home_team()
    teams = client.get("/sv/teams/").context["teams"]
    assert [team.name for team in teams] == [
        "JA Bäckman Racing",
        "Zeta",
        "Åby",
        "Öster",
    ]


def test_cars_and_series_stand_in_swedish_order(client):
    for name in ("Öster", "audi", "Zeta"):
        make_car(make=name, slug=name[1:])
        make_series(short_name=name, slug=name[1:])
    cars = client.get("/sv/cars/").context["cars"]
    series = client.get("/sv/series/").context["series_list"]
    assert [car.make for car in cars] == ["audi", "Zeta", "Öster"]
    assert [row.short_name for row in series] == ["audi", "Zeta", "Öster"]


def test_circuit_shows_its_layouts_records_and_weekends(client):
    circuit = make_circuit()
    layout = make_layout(circuit=circuit)
    record = make_lap_record(layout=layout)
    make_lap_record(layout=make_layout(circuit=make_circuit(name="B", slug="b")))
    season = make_season()
    first = make_event(season=season, circuit=circuit)
    second = make_event(
        season=season,
        circuit=circuit,
        slug="b",
        first_day=date(2022, 9, 1),
        last_day=None,
    )
    context = client.get("/sv/circuits/hockenheimring/").context
    assert context["layouts"] == [layout]
    assert context["lap_records"] == [record]
    assert context["events"] == [second, first]


@pytest.mark.parametrize("field", ["car", "team"])
def test_weekend_with_two_entries_stands_once(field, client):
    row = {"car": make_car, "team": make_team}[field]()
    event = make_event()
    for number in ("1", "2"):
        make_entry(event=event, number=number, **{field: row})
    assert client.get(row.get_absolute_url()).context["events"] == [event]


def test_team_shows_its_people_in_order(client):
    team = make_team()
    second = make_person(team=team, name="A", order=2)
    first = make_person(team=team, name="B", order=1)
    assert client.get(team.get_absolute_url()).context["people"] == [first, second]


def test_seasons_stand_the_latest_first_then_by_position(client):
    team = make_team()
    series = make_series()
    lines = [
        make_career_result(
            driver=make_driver(slug=slug),
            season=season,
            team=team,
            position=position,
        )
        for season, rows in (
            (make_season(series=series, year=2021), [("a", 1)]),
            (make_season(series=series, year=2022), [("b", None), ("c", 4), ("d", 3)]),
        )
        for slug, position in rows
    ]
    shown = client.get(team.get_absolute_url()).context["lines"]
    assert [line.record for line in shown] == [lines[3], lines[2], lines[1], lines[0]]


def test_season_shows_its_calendar_and_its_other_years(client):
    series = make_series()
    circuit = make_circuit()
    season = make_season(series=series, year=2022)
    other = make_season(series=series, year=2021)
    make_event(season=other, circuit=circuit, slug="other")
    undated = make_event(
        season=season, circuit=circuit, slug="c", first_day=None, last_day=None
    )
    second = make_event(
        season=season,
        circuit=circuit,
        slug="b",
        first_day=date(2022, 9, 1),
        last_day=None,
    )
    first = make_event(season=season, circuit=circuit, slug="a")
    context = client.get("/sv/series/24h-series/2022/").context
    assert context["events"] == [first, second, undated]
    assert context["other_seasons"] == [other]
    assert client.get("/sv/series/24h-series/2020/").status_code == 404


def test_weekend_stands_in_the_calendar_of_every_season_it_counts_for(client):
    event = make_event()
    stcc = make_season(series=make_series(short_name="STCC", slug="stcc"))
    tcr = make_season(series=make_series(short_name="TCR", slug="tcr"))
    for season in (stcc, tcr):
        EventRound.objects.create(event=event, season=season, round="1")
    for season in (event.season, stcc, tcr):
        assert client.get(season.get_absolute_url()).context["events"] == [event]


def test_series_shows_its_seasons_the_latest_first(client):
    series = make_series()
    seasons = [make_season(series=series, year=year) for year in (2021, 2022)]
    context = client.get("/sv/series/24h-series/").context
    assert context["seasons"] == seasons[::-1]


def test_a_series_lists_the_drivers_of_its_latest_seasons_and_says_so(
    client, monkeypatch
):
    monkeypatch.setattr("racing.views.MOST_SEASONS", 2)
    driver, series = make_driver(), make_series()
    for year in (2021, 2022):
        make_career_result(driver=driver, season=make_season(series=series, year=year))
    page = client.get(series.get_absolute_url())
    assert "Här visas bara de senaste." not in page.text
    make_career_result(driver=driver, season=make_season(series=series, year=2020))
    page = client.get(series.get_absolute_url())
    assert [line.season.year for line in page.context["lines"]] == [2022, 2021]
    assert "Här visas bara de senaste." in page.text


# Pictures to share


def test_front_page_has_a_picture_to_share(client):
    response = client.get("/sv/share.png")
    assert response.headers["Content-Type"] == "image/png"
    make_home_team()
    assert client.get("/sv/share.png").content != response.content


def test_a_long_list_of_weekends_ends_and_says_so(client, monkeypatch):
    monkeypatch.setattr("racing.views.MOST_WEEKENDS", 2)
    circuit, season = make_circuit(), make_season()
    for number in range(2):
        make_event(circuit=circuit, season=season, slug=f"event-{number}")
    path = circuit.get_absolute_url()
    assert "Här visas bara de senaste" not in client.get(path).text
    make_event(circuit=circuit, season=season, slug="event-2")
    response = client.get(path)
    assert len(response.context["events"]) == 2
    assert "Här visas bara de senaste" in response.text
