"""What a career comes to over all its seasons: figures, titles, places."""

import re

import pytest
from django.template.loader import render_to_string

from drivers.models import COUNTED, CareerResult, Driver
from events.career import (
    FIGURES,
    TITLES,
    Career,
    Figure,
    SeasonLine,
    lines_in,
    team_seasons,
)
from events.models import CLASSIFIED, EventRound
from tests.careers import (
    AFTERWARDS,
    career_of,
    counted,
    line_of,
    nothing_but,
    race,
    totals,
)
from tests.factories import (
    make_career_result,
    make_driver,
    make_entry,
    make_event,
    make_season,
    make_series,
    make_standings,
    make_standings_line,
    make_team,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event()


@pytest.fixture
def cup(event):
    """A further championship that the weekend counts for."""
    season = make_season(series=make_series(short_name="Cup", slug="cup"))
    EventRound.objects.create(event=event, season=season)
    return season


# Several championships in one weekend


def test_race_is_in_the_line_of_each_championship_and_once_in_the_career(event, cup):
    driver = make_driver()
    counted(driver, event.season)
    make_career_result(driver=driver, season=cup, totals=COUNTED)
    race(event, make_entry(event=event, drivers=[driver]), position=1)
    career = career_of(driver)
    assert [line.totals.wins for line in career.lines] == [1, 1]
    assert career.figures["wins"] == Figure(1)
    assert career.figures["starts"] == Figure(1)


def test_further_championship_makes_no_line_by_itself(event, cup):
    driver = make_driver()
    race(event, make_entry(event=event, drivers=[driver]), position=1)
    assert [line.season for line in career_of(driver).lines] == [event.season]


def test_season_named_as_its_own_further_championship_counts_once(event):
    driver = make_driver()
    EventRound.objects.create(event=event, season=event.season)
    race(event, make_entry(event=event, drivers=[driver]), position=1)
    assert totals(driver) == nothing_but(starts=1, wins=1, podiums=1)


def test_race_of_a_typed_further_championship_is_in_its_total(event, cup):
    driver = make_driver()
    counted(driver, event.season)
    make_career_result(driver=driver, season=cup, starts=3, wins=2)
    entry = make_entry(event=event, drivers=[driver])
    race(event, entry, position=1)
    assert career_of(driver).figures["wins"] == Figure(2)


def test_further_championship_whose_totals_are_unknown_hides_no_race(event, cup):
    driver = make_driver()
    counted(driver, event.season)
    make_career_result(driver=driver, season=cup, position=3)
    race(event, make_entry(event=event, drivers=[driver]), position=1)
    assert career_of(driver).figures["wins"] == Figure(1, is_at_least=True)


def test_race_of_two_typed_championships_is_added_once(event, cup):
    driver = make_driver()
    for season, starts in ((event.season, 14), (cup, 4)):
        make_career_result(driver=driver, season=season, starts=starts, wins=2)
    entry = make_entry(event=event, drivers=[driver])
    race(event, entry, position=1)
    race(event, entry, position=2)
    figures = career_of(driver).figures
    assert (figures["starts"], figures["wins"]) == (Figure(16), Figure(3))


def test_typed_totals_are_believed_before_rows_that_contradict_them(event, cup):
    driver = make_driver()
    for season in (event.season, cup):
        make_career_result(driver=driver, season=season, wins=0)
    race(event, make_entry(event=event, drivers=[driver]), position=1)
    assert career_of(driver).figures["wins"] == Figure(0)


def test_lines_of_a_season_say_nothing_of_others(event, cup):
    driver = make_driver()
    race(event, make_entry(event=event, drivers=[driver]), position=1)
    make_career_result(driver=driver, season=cup, totals=COUNTED)
    make_career_result(
        driver=driver, season=make_season(series=event.season.series, year=2021)
    )
    assert [line.season for line in lines_in([cup], AFTERWARDS)] == [cup]
    assert [line.totals.wins for line in lines_in([cup], AFTERWARDS)] == [1]
    assert [line.season for line in lines_in([event.season], AFTERWARDS)] == [
        event.season
    ]


def test_race_of_several_championships_counts_once_for_its_team(event, cup):
    team = make_team()
    race(event, make_entry(event=event, team=team), position=1)
    assert team_seasons(team, AFTERWARDS) == [
        (event.season, nothing_but(starts=1, wins=1, podiums=1))
    ]


# What a career comes to


def line(*, typed=None, races=(), year=2022, is_over=True, position=None):
    """A line of a career, typed with figures or counted from races."""
    season = make_season(
        series=make_series(short_name=f"S{year}", slug=f"s-{year}"),
        year=year,
        is_over=is_over,
    )
    totals = {"totals": COUNTED} if typed is None else typed
    record = CareerResult(season=season, position=position, **totals)
    return SeasonLine(record, None, dict(races))


def figures(*lines):
    return Career(Driver(), list(lines)).figures


def test_career_of_nothing_is_unknown():
    assert figures() == dict.fromkeys([*FIGURES, TITLES], Figure(None))


def test_typed_seasons_are_added_to_each_other():
    found = figures(
        line(typed={"wins": 3, "podiums": 5}, year=2021),
        line(typed={"wins": 0, "podiums": 1}),
    )
    assert (found["wins"], found["podiums"]) == (Figure(3), Figure(6))


def test_career_has_at_least_what_is_known_of_it():
    found = figures(line(typed={"wins": 3}, year=2021), line(typed={"podiums": 1}))
    assert found["wins"] == Figure(3, is_at_least=True)
    assert found["podiums"] == Figure(1, is_at_least=True)
    assert found["poles"] == Figure(None)


def test_none_that_may_be_more_is_not_known():
    found = figures(line(typed={"wins": 0}, year=2021), line(typed={"wins": None}))
    assert found["wins"] == Figure(None)
    assert figures(line(typed={"wins": 0}, year=2020))["wins"] == Figure(0)


def test_counted_season_without_races_leaves_the_career_open():
    found = figures(line(typed={"wins": 3}, year=2021), line())
    assert found["wins"] == Figure(3, is_at_least=True)


def test_counted_and_typed_seasons_stand_side_by_side_and_are_not_mixed(event):
    driver = make_driver()
    entry = make_entry(event=event, drivers=[driver])
    race(event, entry, position=1)
    race(event, entry, position=4)
    other = make_season(series=event.season.series, year=2021)
    make_career_result(
        driver=driver, season=other, starts=14, wins=3, podiums=7, class_wins=0
    )
    found = career_of(driver).figures
    assert found == {
        "starts": Figure(16),
        "wins": Figure(4),
        "class_wins": Figure(0),
        "podiums": Figure(8),
        "poles": Figure(None),
        "fastest_laps": Figure(None),
        TITLES: Figure(0),
    }


def test_race_that_may_have_been_won_leaves_the_career_open(event):
    driver = make_driver()
    entry = make_entry(event=event, drivers=[driver])
    race(event, entry, position=1)
    race(event, entry, status=CLASSIFIED, is_classified=True)
    found = career_of(driver).figures
    assert found["wins"] == Figure(1, is_at_least=True)
    assert found["starts"] == Figure(2)


def test_figures_are_counted_once():
    career = Career(Driver(), [])
    assert career.figures is career.figures


# Titles


@pytest.mark.parametrize(
    ("position", "is_over", "is_title"),
    [(1, True, True), (1, False, False), (2, True, False), (None, True, False)],
)
def test_first_place_is_a_title_when_the_season_is_over(position, is_over, is_title):
    driver = make_driver()
    make_career_result(
        driver=driver, season=make_season(is_over=is_over), position=position
    )
    (line,) = career_of(driver).lines
    assert line.is_title is is_title


@pytest.mark.parametrize(
    ("rounds", "after_round", "is_title"),
    [(7, 3, False), (7, 7, True), (None, 3, False), (7, None, True)],
)
def test_first_place_of_a_summer_is_no_title(rounds, after_round, is_title):
    driver = make_driver()
    season = make_season(is_over=True, rounds=rounds)
    make_career_result(
        driver=driver, season=season, position=1, after_round=after_round
    )
    (line,) = career_of(driver).lines
    assert (line.is_title, line.is_final) == (is_title, is_title)


@pytest.mark.parametrize(
    ("lines", "titles"),
    [
        ([{"position": 1}, {"position": 3}], Figure(1)),
        ([{"position": 4}], Figure(0)),
        ([{"position": 1, "is_over": False}], Figure(0)),
        ([{"position": None, "is_over": False}], Figure(0)),
        ([{"position": None}], Figure(None)),
        ([{"position": 1}, {"position": None}], Figure(1, is_at_least=True)),
        ([{"position": 2}, {"position": None}], Figure(None)),
    ],
)
def test_titles_are_counted_and_unknown_where_a_place_is(lines, titles):
    found = figures(
        *(line(year=2000 + year, **facts) for year, facts in enumerate(lines))
    )
    assert found[TITLES] == titles


# The championship as its standings have it


def in_table(driver, season, *, position, is_tied=False, points=None, **fields):
    table = make_standings(season=season, **fields)
    return make_standings_line(
        table=table, driver=driver, position=position, is_tied=is_tied, points=points
    )


def test_place_and_points_come_from_the_standings_where_nobody_typed_them():
    driver, season = make_driver(), make_season(rounds=7)
    make_career_result(driver=driver, season=season)
    in_table(driver, season, position=4, is_tied=True, points="96.5", after_round=3)
    found = line_of(driver, season)
    assert (found.position, found.is_tied, str(found.points)) == (4, True, "96.50")
    assert (found.after_round, found.is_final) == (3, False)


def test_line_of_results_has_its_place_from_the_standings(event):
    driver = make_driver()
    race(event, make_entry(event=event, drivers=[driver]), position=1)
    in_table(driver, event.season, position=9)
    assert line_of(driver, event.season).position == 9


def test_newest_table_is_the_one_that_counts():
    driver, season = make_driver(), make_season(is_over=True)
    make_career_result(driver=driver, season=season)
    in_table(driver, season, position=1, after_round=10)
    in_table(driver, season, position=2, after_round=9)
    assert line_of(driver, season).position == 1
    assert not line_of(driver, season).is_title
    in_table(driver, season, position=1)
    assert line_of(driver, season).is_title


def test_driver_who_left_the_standings_has_no_place_in_them():
    driver, season = make_driver(), make_season()
    make_career_result(driver=driver, season=season)
    in_table(driver, season, position=4, after_round=3)
    make_standings(season=season, after_round=4)
    found = line_of(driver, season)
    assert (found.position, found.points, found.after_round) == (None, None, None)


def test_other_tables_and_other_seasons_give_no_place():
    driver, season = make_driver(), make_season()
    make_career_result(driver=driver, season=season)
    in_table(driver, season, position=1, name_sv="Junior")
    in_table(driver, make_season(series=season.series, year=2021), position=2)
    assert line_of(driver, season).position is None


def test_typed_place_goes_before_the_standings():
    driver, season = make_driver(), make_season()
    make_career_result(driver=driver, season=season, position=3, points="408")
    in_table(driver, season, position=4, is_tied=True, points="300")
    found = line_of(driver, season)
    assert (found.position, found.points, found.is_tied) == (3, 408, False)


def test_standings_complete_what_is_typed_of_the_same_moment():
    driver, season = make_driver(), make_season()
    make_career_result(driver=driver, season=season, position=3, after_round=5)
    in_table(driver, season, position=3, is_tied=True, points="40", after_round=5)
    found = line_of(driver, season)
    assert (found.position, found.points, found.is_tied) == (3, 40, True)


def test_standings_of_another_moment_complete_nothing():
    driver, season = make_driver(), make_season()
    make_career_result(driver=driver, season=season, position=3, after_round=5)
    in_table(driver, season, position=4, points="55", after_round=6)
    found = line_of(driver, season)
    assert (found.position, found.points, found.after_round) == (3, None, 5)


# How the place is printed


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("is_over", "record", "printed"),
    [
        (True, {"position": 3}, "3"),
        (True, {"position": 1}, "1 title"),
        (True, {"position": 3, "after_round": 7}, "3"),
        (True, {"position": 1, "after_round": 3}, "1 after round 3 of 7"),
        (True, {"after_round": 3}, "– not known"),
        (True, {}, "– not known"),
        (False, {"position": 4, "after_round": 3}, "4 after round 3 of 7"),
        (False, {"position": 4}, "4 in progress"),
        (False, {}, "in progress"),
    ],
)
def test_place_says_when_it_was_so(is_over, record, printed):
    season = make_season(is_over=is_over, rounds=7)
    line = SeasonLine(CareerResult(season=season, **record))
    html = render_to_string("includes/season_position.html", {"line": line})
    assert " ".join(re.sub(r"<[^>]+>", " ", html).split()) == printed
