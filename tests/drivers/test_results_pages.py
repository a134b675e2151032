"""A driver's record: figures, matrix, list of results and charts."""

import re
from datetime import date, datetime
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from drivers.models import COUNTED, GUEST, TYPED
from events.models import OFFICIAL, OVERALL, RETIRED
from tests import markup
from tests.drivers.records import (
    DATA,
    PAGE,
    RESULTS,
    data,
    figures,
    lead,
    part,
    rows,
    text,
)
from tests.factories import (
    make_amendment,
    make_career_result,
    make_driver,
    make_entry,
    make_home_team,
    make_result_change,
    make_season,
)
from tests.seasons import finish, make_long_career, make_race

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after_the_season")]

ADDRESSES = (PAGE, RESULTS, DATA, f"{PAGE}chart.svg", f"{PAGE}chart.png")


# Figures


def test_figures_are_told_with_their_nouns_and_lead_to_their_rows(
    client, driver, season, entry, event
):
    make_career_result(
        driver=driver,
        season=season,
        totals=TYPED,
        starts=14,
        wins=0,
        podiums=1,
        poles=2,
        position=1,
    )
    assert figures(client.get(PAGE).text) == [
        ("14 starts", "starts"),
        ("0 wins", "wins"),
        ("1 podium", "podiums"),
        ("2 pole positions", "poles"),
        ("–not known fastest laps", "fastest_laps"),
        ("1 title", "titles"),
    ]
    assert figures(client.get(PAGE.replace("/en/", "/sv/")).text)[:3] == [
        ("14 starter", "starts"),
        ("0 segrar", "wins"),
        ("1 pallplats", "podiums"),
    ]


def test_figure_that_may_be_more_says_at_least(client, driver, season):
    make_career_result(driver=driver, season=season, totals=TYPED, starts=61)
    other = make_season(series=season.series, year=2019)
    make_career_result(driver=driver, season=other, totals=TYPED)
    assert figures(client.get(PAGE).text)[0] == ("at least 61 starts", "starts")


def test_class_wins_are_a_figure_where_there_are_any(client, driver, season):
    make_career_result(driver=driver, season=season, totals=TYPED, class_wins=2)
    assert ("2 class wins", "class_wins") in figures(client.get(PAGE).text)


def test_driver_without_a_season_has_no_figures_and_no_chart(client, driver):
    page = client.get(PAGE).text
    assert figures(page) == []
    assert ("matrix" in page, "chart.svg" in page) == (False, False)


def test_season_total_leads_to_its_rows_where_there_are_any(
    client, driver, season, event, entry
):
    make_career_result(driver=driver, season=season, totals=TYPED, starts=14, wins=0)
    link = f'href="{RESULTS}?what=starts&amp;season=tcr-uk-2018">14</a>'
    assert link not in client.get(PAGE).text
    finish(make_race(event=event), entry, 1)
    page = client.get(PAGE).text
    assert link in page
    assert "what=wins&amp;season" not in page


# The matrix on the page


def test_matrix_has_a_row_a_season_and_a_cell_a_race(client, driver, event, entry):
    race = make_race(event=event)
    finish(race, entry, 1, pole=OVERALL, points=15)
    page = client.get(PAGE).text
    table = part(page, '<table class="matrix">', "</table>")
    assert text(table) == "2018 TCR UK HOC 1 P"
    assert f'<a class="quiet" href="{RESULTS}?season=tcr-uk-2018">' in table
    words = "HOC 1 P: Race 1, Hockenheimring, 8 May 2018: first overall, pole position, 15 points"
    address = race.get_absolute_url().replace("/sv/", "/en/")
    assert f'<a href="{address}" aria-label="{words}" title="{words}">' in table
    assert '<td class="result gold">' in table
    legend = part(page, '<ul class="legend" id="legend">', "</ul>")
    assert text(legend) == "1 First place P Pole position"


# The list


def test_list_tells_all_of_a_race(client, driver, event, entry):
    entry.crew.create(driver=make_driver(first_name="Jessica"), order=2)
    race = make_race(event=event)
    finish(race, entry, 24, class_position=3, points="12.5", fastest_lap=OVERALL)
    page = client.get(RESULTS).text
    row = part(page, '<ol class="results record">', "</ol>")
    assert text(row) == (
        "3 Weekend 1 Race 1 · TCR UK · 8 May 2018 Third in TCR, 24th overall #19 "
        "Audi RS 3 LMS TCR Lestrup Racing Team Andreas Bäckman, Jessica Bäckman "
        "12.5 points F fastest lap"
    )
    assert f'href="{race.get_absolute_url().replace("/sv/", "/en/")}"' in row
    assert '<p class="badge result bronze">' in row


def test_row_that_a_ruling_changed_says_so(client, driver, event, entry):
    race = make_race(event=event, classification=OFFICIAL)
    result = finish(race, entry, 1)
    for month_only, unresolved in ((True, False), (False, True)):
        amendment = make_amendment(
            session=race,
            decided_on=date(2018, 9, 2),
            is_month_only=month_only,
            is_unresolved=unresolved,
        )
        make_result_change(result=result, amendment=amendment, field="position")
    undated = make_amendment(session=race, decided_on=None, body_sv="")
    make_result_change(result=result, amendment=undated, field="points")
    notes = re.findall(
        r'<p class="amended">(.*?)</p>', client.get(RESULTS).text, re.DOTALL
    )
    assert [text(note) for note in notes] == [
        "Changed by a ruling of September 2018, SBF",
        "Changed by a ruling of 2 September 2018, SBF",
        "Changed by a ruling",
    ]


def test_last_ruling_that_is_not_settled_says_so(client, driver, event, entry):
    race = make_race(event=event, classification=OFFICIAL)
    amendment = make_amendment(session=race, is_unresolved=True)
    make_result_change(result=finish(race, entry, 1), amendment=amendment)
    assert '<span class="tag">not settled</span>' in client.get(RESULTS).text


@pytest.mark.parametrize(
    ("query", "heading", "told", "races"),
    [
        ("", "Results", "3 races.", 3),
        ("?what=wins", "Wins", "Three wins as published; one of them is listed here.", 1),
        ("?what=podiums", "Podiums", "At least two podiums.", 2),
        ("?season=tcr-uk-2018", "Results", "TCR UK 2018: 3 races.", 3),
        ("?what=wins&circuit=hockenheimring", "Wins", "Hockenheimring: one win.", 1),
        ("?what=titles", "Titles", "No titles; how many there were in all is not known.", 0),
        ("?team=nobody", "Results", "0 races.", 0),
        ("?what=nonsense", "Results", "0 races.", 0),
        ("?colour=red", "Results", "3 races.", 3),
        ("?page=99", "Results", "3 races.", 3),
        ("?page=x", "Results", "3 races.", 3),
    ],
)  # fmt: skip
def test_list_shows_what_is_asked_for(
    query, heading, told, races, client, driver, season, event, entry
):
    make_career_result(driver=driver, season=season, totals=TYPED, wins=3)
    for number, position in enumerate((1, 2, 5)):
        finish(make_race(event=event, order=number), entry, position)
    response = client.get(f"{RESULTS}{query}")
    page = response.text
    assert text(part(page, "<h1>", "</h1>")) == heading
    assert (lead(page), len(rows(page))) == (told, races)
    assert response.status_code == 200
    assert markup.problems(page) == []
    assert ("Nothing on record is what you ask for." in page) is (races == 0)


def test_titles_are_listed_as_seasons(client, driver, season):
    make_career_result(driver=driver, season=season, position=1)
    page = client.get(f"{RESULTS}?what=titles").text
    assert lead(page) == "One title."
    table = part(page, '<table class="career">', "</table>")
    assert "TCR UK" in text(part(table, "<tbody>", "</tbody>"))


def test_form_has_the_values_that_occur_and_what_is_chosen(
    client, driver, event, entry
):
    finish(make_race(event=event), entry, 1)
    page = client.get(f"{RESULTS}?season=tcr-uk-2018&what=wins").text
    form = part(page, '<form class="filters wide" method="get"', "</form>")
    options = {
        name: [
            text(option) for option in re.findall(r"<option[^>]*>.*?</option>", select)
        ]
        for name, select in re.findall(
            r'<select name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL
        )
    }
    assert options == {
        "what": [
            *("All races", "Starts", "Wins", "Class wins", "Podiums"),
            *("Pole positions", "Fastest laps", "Titles"),
        ],
        "series": ["All series", "TCR UK"],
        "season": ["All seasons", "TCR UK 2018"],
        "circuit": ["All circuits", "Hockenheimring"],
        "team": ["All teams", "Lestrup Racing Team"],
        "class": ["All classes", "TCR"],
    }
    chosen = re.findall(r'<option value="([^"]*)" selected>', form)
    assert [value for value in chosen if value] == ["wins", "tcr-uk-2018"]


def test_filter_without_values_is_left_out(client, driver, event):
    finish(make_race(event=event), make_entry(event=event, drivers=[driver]), 1)
    page = client.get(RESULTS).text
    assert ('name="series"' in page, 'name="team"' in page) == (True, False)


def test_list_has_fifty_rows_a_page_and_the_way_to_the_next(client):
    make_long_career(120, slug="andreas-backman")
    first = client.get(f"{RESULTS}?series=cup-of-andreas-backman").text
    assert (lead(first), len(rows(first))) == ("Cup: 120 races.", 50)
    nav = part(first, '<nav class="pages"', "</nav>")
    assert text(nav.partition(">")[2]) == "Page 1 of 3 Next page"
    (address,) = re.findall(r'href="([^"]*)"', nav)
    assert address == "?series=cup-of-andreas-backman&amp;page=2"
    last = client.get(f"{RESULTS}?page=3").text
    assert len(rows(last)) == 20
    assert rows(client.get(f"{RESULTS}?page=4").text) == rows(last)


def test_list_says_what_it_covers_and_what_is_missing(
    client, driver, season, event, entry
):
    finish(make_race(event=event), entry, 1)
    make_career_result(driver=driver, season=season, totals=TYPED, starts=14)
    for year, is_over in ((2017, True), (2022, False)):
        other = make_season(series=season.series, year=year, is_over=is_over)
        make_career_result(driver=driver, season=other, totals=COUNTED)
    page = client.get(RESULTS).text
    covers = part(page, '<h2 id="coverage">', "</section>")
    assert text(covers) == (
        "What the record covers The results here are from 8 May 2018. These seasons "
        "are not whole: TCR UK 2022 no results yet TCR UK 2018 1 of 14 races "
        "TCR UK 2017 no results All results as data (JSON)"
    )


def test_list_that_is_whole_says_so(client, driver, season, event, entry):
    finish(make_race(event=event), entry, 1)
    finish(make_race(event=event, day=event.last_day), entry, 1)
    make_career_result(driver=driver, season=season, totals=TYPED, starts=2)
    covers = part(client.get(RESULTS).text, '<h2 id="coverage">', "</section>")
    assert text(covers) == (
        "What the record covers The results here are from 8 May 2018 to 9 May 2018. "
        "No race is known to be missing. All results as data (JSON)"
    )


def test_driver_without_results_has_an_empty_list(client, driver):
    page = client.get(RESULTS).text
    assert "There are no results of Andreas Bäckman here yet." in page
    assert markup.problems(page) == []


def test_filtered_list_names_the_whole_one_as_its_address(client, driver):
    page = markup.Page(client.get(f"{RESULTS}?what=wins&page=2").text)
    assert page.link("canonical") == f"http://testserver{RESULTS}"


# Charts


def test_list_of_a_season_has_its_chart_above(client, driver, event, entry):
    finish(make_race(event=event), entry, 4)
    page = client.get(f"{RESULTS}?season=tcr-uk-2018").text
    assert "TCR UK 2018, race by race" in page
    for kind in ("svg", "png"):
        assert f'href="{PAGE}chart.{kind}?season=tcr-uk-2018"' in page
    assert page.index('class="chart"') < page.index('class="results record"')
    assert 'class="chart"' not in client.get(RESULTS).text


def test_chart_is_a_picture_of_its_own(client, driver, season, event, entry):
    make_home_team()
    make_career_result(driver=driver, season=season, position=3)
    finish(make_race(event=event), entry, 4)
    titles = {
        "": "Andreas Bäckman · Place in the championship, season by season",
        "?season=tcr-uk-2018": "Andreas Bäckman · TCR UK 2018, race by race",
    }
    for query, title in titles.items():
        drawn = client.get(f"{PAGE}chart.svg{query}")
        root = ET.fromstring(drawn.content)  # noqa: S314
        assert drawn.headers["Content-Type"] == "image/svg+xml"
        assert root.find("{http://www.w3.org/2000/svg}title").text == title
        picture = client.get(f"{PAGE}chart.png{query}")
        assert picture.headers["Content-Type"] == "image/png"
        with Image.open(BytesIO(picture.content)) as image:
            assert image.format == "PNG"
    assert drawn.headers["Content-Disposition"] == (
        'inline; filename="andreas-backman-tcr-uk-2018.svg"'
    )


@pytest.mark.parametrize("query", ["", "?season=tcr-uk-2018", "?season=nonsense"])
@pytest.mark.parametrize("kind", ["svg", "png"])
def test_chart_of_nothing_is_not_there(kind, query, client, driver, event, entry):
    finish(make_race(event=event), entry, status=RETIRED)
    assert client.get(f"{PAGE}chart.{kind}{query}").status_code == 404


def test_chart_has_the_kinds_that_it_has(client, driver, season):
    make_career_result(driver=driver, season=season, position=3)
    assert client.get(f"{PAGE}chart.gif").status_code == 404


# Who may see what


@pytest.mark.parametrize("address", ADDRESSES)
def test_guest_has_nothing_of_it(address, client, season):
    guest = make_driver(status=GUEST)
    make_career_result(driver=guest, season=season, position=3)
    assert client.get(address).status_code == 404


def test_result_stands_nowhere_before_its_session_has_started(
    client, driver, season, event, entry, travel
):
    make_career_result(driver=driver, season=season, totals=COUNTED, position=3)
    race = make_race(
        event=event, start=datetime.fromisoformat("2018-05-08T12:00+02:00")
    )
    finish(race, entry, 1, points=15)

    def shown():
        page, listed = client.get(PAGE).text, client.get(RESULTS).text
        table = part(page, '<table class="matrix">', "</table>")
        chart = client.get(f"{PAGE}chart.svg?season=tcr-uk-2018")
        return (
            figures(page)[1][0],
            text(table),
            lead(listed),
            len(data(client)["results"]),
            data(client)["figures"]["wins"]["value"],
            chart.status_code,
        )

    travel("2018-05-08T11:59+02:00")
    assert shown() == (
        *("–not known wins", "2018 TCR UK HOC", "0 races."),
        *(0, None, 404),
    )
    travel("2018-05-08T12:00+02:00")
    assert shown() == ("1 win", "2018 TCR UK HOC 1", "1 race.", 1, 1, 200)


# What it costs


QUERIES = {
    PAGE: 11,
    RESULTS: 10,
    f"{RESULTS}?what=podiums&season=cup-of-andreas-backman-2000": 10,
    DATA: 12,
    f"{PAGE}chart.svg": 5,
    f"{PAGE}chart.svg?season=cup-of-andreas-backman-2000": 6,
}


@pytest.mark.parametrize("races", [1, 30, 350])
def test_pages_take_as_many_queries_for_any_number_of_races(
    races, client, django_assert_num_queries
):
    make_long_career(races, slug="andreas-backman")
    for address, queries in QUERIES.items():
        with django_assert_num_queries(queries, info=address):
            response = client.get(address)
        assert response.status_code == 200
        if response.headers["Content-Type"].startswith("text/html"):
            assert markup.problems(response.text) == []
