"""Results and standings on the pages of a season, a series, a team, a circuit."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from drivers.models import COUNTED, GUEST, TYPED
from drivers.standings import championships
from events.career import Totals
from events.models import (
    CLASSIFIED,
    DISQUALIFIED,
    IN_CLASS,
    OVERALL,
    RETIRED,
    EventRound,
)
from tests import markup
from tests.factories import (
    make_career_result,
    make_class,
    make_driver,
    make_entry,
    make_event,
    make_result,
    make_season,
    make_series,
    make_session,
    make_standings,
    make_standings_line,
    make_team,
)

pytestmark = pytest.mark.django_db

IN_PLACE = {"status": CLASSIFIED, "is_classified": True}
NOON = datetime(2022, 5, 14, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _after_the_season(travel):
    travel("2022-10-10T12:00+02:00")


@pytest.fixture
def season():
    return make_season(series=make_series(short_name="STCC", slug="stcc"), rounds=6)


@pytest.fixture
def event(season):
    return make_event(season=season, round="2")


@pytest.fixture
def andreas():
    return make_driver()


@pytest.fixture
def read(client):
    """The page of a row as a `markup.Page`, without faults."""

    def get(row, language="en"):
        with translation.override(language):
            path = row.get_absolute_url()
        page = markup.Page(client.get(path).text)
        assert page.problems() == []
        return page

    return get


def run(event, entry, hour=0, **fields):
    """A race of its own with the entry's result."""
    race = make_session(
        event=event, name_sv=f"Race {hour + 1}", start=NOON.replace(hour=12 + hour)
    )
    return make_result(session=race, entry=entry, **fields)


def elements(page, tag, name):
    return [el for el in page.all(tag) if name in el.get("class", "").split()]


def cells(page):
    """The races of a calendar: [(words, colour)]."""
    return [
        (markup.words(cell), cell.get("class").split()[-1])
        for cell in elements(page, "a", "cell")
    ]


def rows(table):
    return [
        [markup.words(cell) for cell in row if cell.tag in ("td", "th")]
        for row in table.iter("tr")
    ]


def said(page):
    return markup.words(page.root.find(".//main"))


# Our races in a calendar


def test_calendar_shows_our_results_race_by_race(event, season, andreas, read):
    entry = make_entry(event=event, number="19", drivers=[andreas])
    results = [
        run(event, entry, 0, position=1, pole=OVERALL, fastest_lap=OVERALL, **IN_PLACE),
        run(event, entry, 1, position=3, is_tied=True, **IN_PLACE),
        run(event, entry, 2, status=RETIRED),
        run(event, entry, 3, status=RETIRED, is_classified=True, position=9),
        run(event, entry, 4, position=7, points=0, **IN_PLACE),
        run(event, entry, 5, status=DISQUALIFIED, pole=IN_CLASS),
    ]
    page = read(season)
    assert cells(page) == [
        ("Race 1 1 P pole position F fastest lap", "gold"),
        ("Race 2 =3", "bronze"),
        ("Race 3 Ret retired", "retired"),
        ("Race 4 9† ninth, retired but classified", "plain"),
        ("Race 5 7", "classified"),
        ("Race 6 DSQ P pole position in class disqualified", "disqualified"),
    ]
    assert [link.get("href") for link in elements(page, "a", "cell")] == [
        f"/en/events/hankook-12h-hockenheimring-2022/sessions/{result.session_id}/"
        for result in results
    ]
    assert [markup.words(who) for who in elements(page, "span", "who")] == [
        "#19 Andreas Bäckman"
    ]


def test_place_in_class_names_its_class(event, season, andreas, read):
    entry = make_entry(event=event, drivers=[andreas], racing_class=make_class())
    run(event, entry, position=24, class_position=3, **IN_PLACE)
    assert cells(read(season)) == [
        ("Race 1 3 TCR third in TCR, 24th overall", "bronze")
    ]
    assert cells(read(season, "sv")) == [
        ("Race 1 3 TCR trea i TCR, 24:e totalt", "bronze")
    ]


def test_calendar_names_who_won_where_it_was_not_us(event, season, andreas, read):
    guest = make_driver(
        first_name="Robert", last_name="Dahlgren", slug="robert", status=GUEST
    )
    ours = make_entry(event=event, number="19", drivers=[andreas])
    theirs = make_entry(event=event, number="1", drivers=[guest])
    lost = run(event, ours, 0, position=2, **IN_PLACE)
    make_result(session=lost.session, entry=theirs, position=1, **IN_PLACE)
    won = run(event, ours, 1, position=1, **IN_PLACE)
    make_result(session=won.session, entry=theirs, position=2, **IN_PLACE)
    (winners,) = elements(read(season), "li", "winners")
    assert markup.words(winners) == "Race 1 was won by #1 Robert Dahlgren."


def test_weekend_without_results_names_who_is_entered(event, season, andreas, read):
    make_entry(event=event, number="19", drivers=[andreas])
    page = read(season)
    assert cells(page) == []
    assert "#19 Andreas Bäckman" in said(page)


def test_weekend_has_its_results_in_every_season_it_counts_for(
    event, season, andreas, read
):
    other = make_season(series=make_series(short_name="TCR", slug="tcr"))
    EventRound.objects.create(event=event, season=other, round="1")
    run(event, make_entry(event=event, drivers=[andreas]), position=4, **IN_PLACE)
    assert cells(read(season)) == cells(read(other)) == [("Race 1 4", "plain")]


def test_circuit_shows_our_results_race_by_race(event, andreas, read):
    run(event, make_entry(event=event, drivers=[andreas]), position=4, **IN_PLACE)
    assert cells(read(event.circuit)) == [("Race 1 4", "plain")]


def test_result_stands_on_no_page_before_its_session_has_started(
    event, season, andreas, client, travel
):
    team = make_team()
    entry = make_entry(event=event, number="19", drivers=[andreas], team=team)
    result = run(event, entry, position=1, note_sv="Vann.", points=25, **IN_PLACE)
    make_result(
        session=result.session,
        entry=make_entry(event=event, number="7", drivers=[andreas]),
        status=RETIRED,
    )

    def tells(row):
        page = client.get(row.get_absolute_url()).text
        return "Vann." in page or "result gold" in page or ">Ret<" in page

    pages = [event, season, event.circuit, result.session, team, season.series]
    travel("2022-05-14T13:59+02:00")
    assert [row for row in pages if tells(row)] == []
    assert client.get(team.get_absolute_url()).context["seasons"] == []
    travel("2022-05-14T14:00+02:00")
    assert [row for row in pages if tells(row)] == [
        *(event, season, event.circuit, result.session)
    ]
    (row,) = client.get(team.get_absolute_url()).context["seasons"]
    assert row["totals"].wins == 1


# Standings


def standings(season, *names, **fields):
    """A table with a line for each driver or name, in order."""
    table = make_standings(season=season, **fields)
    for place, who in enumerate(names, start=1):
        known = {"name": who} if isinstance(who, str) else {"driver": who}
        make_standings_line(table=table, position=place, **known)
    return table


def tables(page):
    """The tables of standings: [(caption, rows)]."""
    return [
        (markup.words(table.find("caption")), rows(table)[1:])
        for table in elements(page, "table", "standings")
    ]


def test_newest_table_stands_whole_and_the_earlier_ones_are_folded(
    season, andreas, read
):
    standings(season, "Nerman", andreas, after_round=1)
    standings(season, "Dahlgren", andreas, after_round=2)
    page = read(season)
    assert tables(page) == [
        (
            "After round 2 of 6",
            [["1", "Dahlgren"], ["2", "Our driver: Andreas Bäckman"]],
        ),
        (
            "After round 1 of 6",
            [["1", "Nerman"], ["2", "Our driver: Andreas Bäckman"]],
        ),
    ]
    (folded,) = page.all("details")
    assert markup.words(folded.find("summary")) == "1 earlier table"
    assert rows(folded)[1:] == [["1", "Nerman"], ["2", "Our driver: Andreas Bäckman"]]


def test_final_table_comes_before_that_of_the_last_round(season, read):
    standings(season, "A")
    standings(season, "B", after_round=6)
    assert [caption for caption, _rows in tables(read(season))] == [
        "Final standings",
        "After round 6 of 6",
    ]


def test_table_of_a_season_whose_rounds_are_not_known_names_the_round_alone(read):
    season = make_season()
    standings(season, "A", after_round=3)
    assert [caption for caption, _rows in tables(read(season))] == ["After round 3"]


def test_tables_for_others_than_drivers_stand_beneath_by_name(season, read):
    standings(season, "X", name_sv="Team", name_en="Teams", after_round=1)
    standings(season, "Y", name_sv="Juniorer", name_en="Juniors", after_round=1)
    standings(season, "Z", after_round=1)
    page = read(season)
    assert [lines for _caption, lines in tables(page)] == [
        [["1", "Z"]],
        [["1", "Y"]],
        [["1", "X"]],
    ]
    names = [markup.words(heading) for heading in page.all("h3")]
    assert names == ["Juniors", "Teams"]


def test_table_has_the_columns_that_are_known(season, andreas, read):
    table = make_standings(season=season, after_round=2)
    for fields in (
        {"position": 1, "driver": andreas, "number": "19", "team": "Lestrup"},
        {"position": 2, "is_tied": True, "name": "Nerman", "points": Decimal("12.5")},
        {"position": 2, "is_tied": True, "name": "Brink"},
        {"name": "Gäst"},
    ):
        make_standings_line(table=table, **fields)
    page = read(season)
    (found,) = elements(page, "table", "standings")
    unknown = "–not known"
    assert rows(found) == [
        ["Pos.", "No.", "Name", "Team", "Points"],
        ["1", "19", "Our driver: Andreas Bäckman", "Lestrup", unknown],
        ["=2", unknown, "Nerman", unknown, "12.5"],
        ["=2", unknown, "Brink", unknown, unknown],
        [unknown, unknown, "Gäst", unknown, unknown],
    ]
    assert "/en/drivers/andreas-backman/" in page.links


def test_table_of_teams_names_each_team_once(season, read):
    table = make_standings(season=season, name_sv="Team")
    make_standings_line(table=table, position=1, team="Lestrup", points=210)
    (found,) = elements(read(season), "table", "standings")
    assert rows(found) == [["Pos.", "Name", "Points"], ["1", "Lestrup", "210"]]


def test_guest_in_the_standings_is_named_without_a_link(season, read):
    guest = make_driver(
        first_name="Emil", last_name="Sällberg", slug="emil", status=GUEST
    )
    standings(season, guest, after_round=1)
    page = read(season)
    assert tables(page)[0][1] == [["1", "Emil Sällberg"]]
    assert "/en/drivers/emil/" not in page.links


def test_table_says_when_and_where_it_was_published(season, read):
    standings(
        season,
        "A",
        published_on=date(2022, 6, 19),
        source_url="https://www.stcc.se/tabell/",
    )
    page = read(season)
    assert "Published 19 June 2022, source: stcc.se/tabell" in said(page)
    assert "https://www.stcc.se/tabell/" in page.links


@pytest.mark.parametrize(
    ("fields", "points", "words"),
    [
        (
            {"after_round": 3},
            38,
            {
                "en": "Andreas Bäckman: second after three of six rounds, 38 points",
                "sv": "Andreas Bäckman: tvåa efter tre av sex deltävlingar, 38 poäng",
            },
        ),
        (
            {},
            None,
            {
                "en": "Andreas Bäckman: second in the championship",
                "sv": "Andreas Bäckman: tvåa i mästerskapet",
            },
        ),
    ],
)
def test_standing_of_our_drivers_is_told_in_words(
    season, andreas, read, fields, points, words
):
    table = make_standings(season=season, **fields)
    make_standings_line(table=table, position=1, name="Dahlgren")
    make_standings_line(table=table, position=2, driver=andreas, points=points)
    for language, text in words.items():
        (spoken,) = elements(read(season, language), "ul", "spoken")
        assert markup.words(spoken) == text


def test_season_without_standings_speaks_of_none(season, read):
    assert "standings" not in read(season).ids


@pytest.mark.parametrize("count", [1, 30])
def test_standings_take_two_queries(count, season, django_assert_num_queries):
    for number in range(1, count + 1):
        driver = make_driver(slug=f"driver-{number}")
        standings(season, driver, after_round=number)
        standings(season, driver, after_round=number, name_sv=f"Cup {number}")
    with django_assert_num_queries(2):
        found = championships(season)
        assert len(found[0].newest.ours) == 1
        assert len(found[0].earlier) == count - 1
        assert len(found) == count + 1


# Our drivers' seasons


def lines(page):
    """The rows of the table of our drivers, without its header."""
    (table,) = [
        table
        for table in page.all("table")
        if "Podiums" in [markup.words(cell) for cell in table.iter("th")]
        and "Driver" in [markup.words(cell) for cell in table.iter("th")]
    ]
    return rows(table)[1:]


def test_drivers_of_a_season_have_totals_counted_or_typed(event, season, andreas, read):
    jessica = make_driver(first_name="Jessica", slug="jessica")
    make_career_result(driver=andreas, season=season, totals=COUNTED, number="19")
    make_career_result(
        driver=jessica, season=season, totals=TYPED, starts=12, podiums=2, position=7
    )
    entry = make_entry(event=event, drivers=[andreas])
    run(event, entry, 0, position=1, class_position=1, **IN_PLACE)
    run(event, entry, 1, position=8, class_position=1, **IN_PLACE)
    unknown = "–not known"
    assert lines(read(season)) == [
        [
            *("Jessica Bäckman", unknown, unknown, unknown, "12", unknown, "2"),
            *(unknown, "7 in progress"),
        ],
        [
            *("Andreas Bäckman", unknown, unknown, "19", "2", "1 1 in class", "1"),
            *(unknown, "in progress"),
        ],
    ]


def test_place_comes_from_the_standings_and_may_be_shared(season, andreas, read):
    make_career_result(driver=andreas, season=season)
    table = make_standings(season=season, after_round=2)
    for who in ({"driver": andreas, "points": 30}, {"name": "Nerman"}):
        make_standings_line(table=table, position=3, is_tied=True, **who)
    (row,) = lines(read(season))
    assert row[-2:] == ["30", "=3 after round 2 of 6"]


def test_place_shared_in_the_end_says_so(season, andreas, read):
    season.is_over = True
    season.save()
    make_career_result(driver=andreas, season=season)
    table = make_standings(season=season)
    for who in ({"driver": andreas}, {"name": "Nerman"}):
        make_standings_line(table=table, position=3, is_tied=True, **who)
    (row,) = lines(read(season))
    assert row[-1] == "=3"


@pytest.mark.parametrize(
    ("is_over", "place"), [(True, "1 title"), (False, "1 in progress")]
)
def test_series_marks_a_title_and_a_lead_is_none(andreas, read, is_over, place):
    season = make_season(is_over=is_over)
    make_career_result(driver=andreas, season=season, position=1)
    (row,) = lines(read(season.series))
    assert row[-1] == place


# A team's seasons


def team_rows(page):
    table = next(
        table
        for table in page.all("table")
        if "Our drivers" in [markup.words(cell) for cell in table.iter("th")]
    )
    return rows(table)[1:]


def test_team_counts_a_shared_car_once_and_names_who_of_ours_drove(
    event, season, andreas, read
):
    team = make_team()
    jessica = make_driver(first_name="Jessica", slug="jessica")
    guest = make_driver(slug="guest", status=GUEST)
    for driver in (andreas, jessica, guest):
        make_career_result(driver=driver, season=season, team=team, totals=COUNTED)
    entry = make_entry(event=event, drivers=[andreas, jessica, guest], team=team)
    run(event, entry, 0, position=1, pole=OVERALL, fastest_lap=OVERALL, **IN_PLACE)
    run(event, entry, 1, position=4, class_position=1, **IN_PLACE)
    assert team_rows(read(team)) == [
        [
            *("STCC 2022", "Andreas Bäckman, Jessica Bäckman"),
            *("2", "1 1 in class", "1", "1", "1"),
        ]
    ]


def test_season_of_a_team_without_results_here_is_unknown_and_not_0(
    season, andreas, client
):
    team = make_team()
    make_career_result(driver=andreas, season=season, team=team, starts=14, wins=1)
    assert client.get(team.get_absolute_url()).context["seasons"] == [
        {"season": season, "totals": Totals(), "drivers": [andreas]}
    ]


def test_seasons_of_a_team_stand_the_latest_first(season, andreas, client):
    team = make_team()
    earlier = make_season(series=season.series, year=2021)
    other = make_season(series=make_series(short_name="24H", slug="24h"), year=2022)
    for row in (earlier, season, other):
        make_career_result(driver=andreas, season=row, team=team)
    seasons = client.get(team.get_absolute_url()).context["seasons"]
    assert [row["season"] for row in seasons] == [other, season, earlier]
