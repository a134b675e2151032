"""The standings of a championship: drivers.models."""

import pytest
from django.db.models import ProtectedError

from drivers.models import StandingsLine, StandingsTable
from tests.factories import (
    make_driver,
    make_season,
    make_series,
    make_standings,
    make_standings_line,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_table_says_of_what_and_when_it_is():
    season = make_season()
    tables = [
        make_standings(season=season),
        make_standings(season=season, after_round=3),
        make_standings(season=season, after_round=3, name_sv="Lag", name_en="Teams"),
    ]
    assert [str(table) for table in tables] == [
        "24H Series 2022",
        "24H Series 2022, after round 3",
        "24H Series 2022 (Teams), after round 3",
    ]


def test_table_is_read_on_the_page_of_its_season():
    table = make_standings(season=make_season())
    assert table.get_absolute_url() == "/en/series/24h-series/2022/#standings"


def test_line_names_the_driver_else_as_printed_else_the_team():
    table = make_standings(season=make_season())
    lines = [
        make_standings_line(table=table, driver=make_driver(), name="A. Backman"),
        make_standings_line(table=table, name="Bo Ek", team="Ek Racing"),
        make_standings_line(table=table, team="Lestrup Racing Team"),
    ]
    assert [str(line) for line in lines] == [
        "Andreas Bäckman",
        "Bo Ek",
        "Lestrup Racing Team",
    ]


def test_final_table_is_the_latest_and_tables_of_other_names_stand_apart():
    season = make_season()
    rounds = [
        make_standings(season=season, after_round=number) for number in (10, 9, 11)
    ]
    final = make_standings(season=season)
    junior = make_standings(season=season, name_sv="Junior", after_round=1)
    assert list(StandingsTable.objects.latest_first()) == [
        final,
        rounds[2],
        rounds[0],
        rounds[1],
        junior,
    ]


def test_lines_stand_by_position_and_those_without_one_last():
    table = make_standings(season=make_season())
    names = [("C", None), ("B", 2), ("A", 1)]
    for name, position in names:
        make_standings_line(table=table, name=name, position=position)
    assert [line.name for line in table.lines.all()] == ["A", "B", "C"]


def test_season_takes_its_tables_along_and_a_driver_who_stands_in_one_stays():
    season = make_season(series=make_series(short_name="STCC", slug="stcc"))
    driver = make_driver()
    make_standings_line(table=make_standings(season=season), driver=driver)
    with pytest.raises(ProtectedError):
        driver.delete()
    season.delete()
    assert StandingsLine.objects.count() == 0


@pytest.mark.parametrize("model", ["table", "line"])
def test_every_save_is_recorded(model):
    table = make_standings(season=make_season())
    rows = {"table": table, "line": make_standings_line(table=table, name="Bo Ek")}
    row = rows[model]
    row.source = "STCC"
    row.save()
    assert [(past.history_type, past.source) for past in row.history.all()] == [
        ("~", "STCC"),
        ("+", ""),
    ]
