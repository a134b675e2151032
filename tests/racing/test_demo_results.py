"""The demonstration's results: counted, amended, published in tables."""

import csv

from drivers.models import CareerResult, Driver, StandingsLine, StandingsTable
from events.career import careers
from events.models import AMENDED, RACE, Amendment, Event, Result, Session
from racing.demo.files import FOLDER
from racing.models import LapRecord
from tests.demos import in_archive, in_race_week, season_line

# The points of TCR UK 2018 (its table on Wikipedia).
RACE_POINTS = (40, 35, 30, 25, 21, 19, 17, 15, 13, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
QUALIFYING_POINTS = (11, 9, 8, 7, 6, 5, 4, 3, 2, 1)


def recounted_tcr_uk(driver):
    """(starts, wins, podiums, poles, points) of the seven weekends, from the file."""
    with (FOLDER / "results.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if (row["series"], row["year"]) == ("TCR UK", "2018")
            and row["drivers"] == driver
        ]
    races = [row for row in rows if row["session"].startswith("Race")]
    places = [int(row["position"]) for row in races if row["position"]]
    grids = [int(row["position"]) for row in rows if row["session"] == "Tidskval"]
    assert len(grids) == len({row["event_slug"] for row in rows}) == 7
    points = sum(RACE_POINTS[place - 1] for place in places)
    points += sum(QUALIFYING_POINTS[place - 1] for place in grids)
    podiums = [place for place in places if place <= 3]
    poles = [row for row in races if row["pole"] == "overall"]
    return len(races), places.count(1), len(podiums), len(poles), points


@in_archive
def test_tcr_uk_2018_is_counted_and_comes_to_what_is_published(filled, db):
    line = season_line("andreas-backman", "TCR UK 2018")
    totals = line.totals
    counted = totals.starts, totals.wins, totals.podiums, totals.poles
    assert recounted_tcr_uk("Andreas Bäckman") == (*counted, line.points)
    assert (counted, line.points, line.position) == ((14, 1, 6, 1), 408, 3)
    assert not line.is_typed
    assert (line.record.starts, line.record.wins) == (None, None)


@in_archive
def test_what_nobody_recorded_of_tcr_uk_2018_is_unknown_and_not_0(filled, db):
    totals = season_line("jessica-backman", "TCR UK 2018").totals
    assert (totals.starts, totals.wins, totals.podiums) == (14, 0, 1)
    assert (totals.poles, totals.fastest_laps) == (None, None)


@in_archive
def test_only_seasons_whose_rows_are_complete_are_counted(filled, db):
    counted = CareerResult.objects.filter(totals="counted")
    assert {str(line) for line in counted} == {
        "Andreas Bäckman, TCR UK 2018",
        "Jessica Bäckman, TCR UK 2018",
    }


# Rulings


def rulings_of(slug):
    """(decided on, places before and after, whether it is settled) of each ruling."""
    return [
        (
            str(amendment.decided_on),
            [(it.field, it.old, it.new) for it in amendment.changes.order_by("pk")],
            not amendment.is_unresolved,
        )
        for amendment in Amendment.objects.filter(session__event__slug=slug)
    ]


@in_archive
def test_skelleftea_holds_its_rulings_and_the_last_is_not_settled(filled, db):
    result = Result.objects.get(session__event__slug="stcc-skelleftea-2022")
    assert rulings_of("stcc-skelleftea-2022") == [
        ("2022-06-18", [("position", "2", "3")], True),
        ("2022-09-01", [("position", "3", "1")], True),
        ("2022-09-29", [("position", "1", "2")], False),
    ]
    assert (result.position, result.status) == (2, "classified")
    assert (result.note_sv, result.note_en) == ("", "")
    assert result.session.classification == AMENDED


@in_archive
def test_only_the_month_of_the_first_ruling_is_known(filled, db):
    amendments = Amendment.objects.filter(session__event__slug="stcc-skelleftea-2022")
    assert [it.is_month_only for it in amendments] == [True, False, False]


@in_archive
def test_the_rulings_show_in_the_history_of_the_result(filled, db):
    result = Result.objects.get(session__event__slug="stcc-skelleftea-2022")
    history = result.history.order_by("history_id")
    assert [(row.history_type, row.position) for row in history] == [
        ("+", 2),
        ("~", 3),
        ("~", 1),
        ("~", 2),
    ]
    assert {row.history_change_reason for row in history} == {"Demo: archive"}


@in_archive
def test_the_rows_of_stcc_2022_disagree_with_the_wins_that_are_published(filled, db):
    line = season_line("andreas-backman", "STCC 2022")
    rows = [race for race in line.races.values() if race.position == 1]
    assert (line.totals.wins, len(rows)) == (3, 2)


@in_race_week
def test_oschersleben_was_won_and_lost_the_same_day(filled, db):
    result = Result.objects.get(
        session__event__slug="tcr-europe-oschersleben-2019",
        session__kind=RACE,
        session__name_sv="Race 1",
        entry__crew__driver__slug="andreas-backman",
    )
    (ruling,) = rulings_of("tcr-europe-oschersleben-2019")
    assert ruling == (
        "2019-08-03",
        [
            ("status", "classified", "disqualified"),
            ("is_classified", "yes", ""),
            ("position", "1", ""),
        ],
        True,
    )
    assert (result.status, result.is_classified) == ("disqualified", False)
    assert (result.position, result.grid, result.pole) == (None, 1, "overall")
    assert result.session.classification == AMENDED
    assert result.note_sv == "Pole position på 1:30.017."


@in_race_week
def test_no_other_classification_is_said_to_be_official(filled, db):
    said = Session.objects.exclude(classification="")
    assert [session.event.slug for session in said] == ["tcr-europe-oschersleben-2019"]


# Standings, further championships, lap records


@in_archive
def test_the_standings_agree_with_the_seasons_as_published(filled, db):
    """The last table of a season says of our drivers what their seasons say."""
    found = []
    for line in StandingsLine.objects.exclude(driver=None).select_related("table"):
        season = CareerResult.objects.filter(
            driver=line.driver, season=line.table.season
        ).first()
        if season and line.table.after_round is None and line.table.name_sv == "":
            said = [
                (published, own)
                for published, own in (
                    (line.position, season.position),
                    (line.points, season.points),
                )
                if None not in (published, own)
            ]
            found.append((str(season), [pair for pair in said if pair[0] != pair[1]]))
    assert sorted(found) == [
        ("Andreas Bäckman, STCC 2022", []),
        ("Andreas Bäckman, TCR Europe 2019", []),
        ("Andreas Bäckman, TCR Europe 2020", []),
        ("Andreas Bäckman, TCR UK 2018", []),
        ("Jessica Bäckman, TCR Germany 2022", []),
        ("Jessica Bäckman, TCR UK 2018", []),
    ]


@in_archive
def test_places_in_a_table_go_with_its_points(filled, db):
    for table in StandingsTable.objects.all():
        lines = table.lines.exclude(position=None).exclude(points=None)
        points = [line.points for line in lines.order_by("position")]
        assert points == sorted(points, reverse=True), table


@in_archive
def test_second_of_tcr_germany_2022_had_313_points(filled, db):
    line = season_line("jessica-backman", "TCR Germany 2022")
    assert (line.position, line.points) == (2, 313)


@in_race_week
def test_a_table_published_later_is_not_known_in_the_race_week(filled, db):
    seasons = {str(table.season) for table in StandingsTable.objects.all()}
    assert seasons == {
        "TCR UK 2018",
        "TCR Europe 2019",
        "TCR Europe 2020",
        "WTCR 2021",
    }


@in_archive
def test_barcelona_2019_counts_for_two_championships_and_once_in_the_career(filled, db):
    event = Event.objects.get(slug="tcr-europe-barcelona-2019")
    assert [str(season) for season in event.other_seasons.all()] == ["TCR Ibérico 2019"]
    driver = Driver.objects.get(slug="andreas-backman")
    career = careers([driver])[driver.pk]
    assert "TCR Ibérico 2019" not in {str(line.season) for line in career.lines}


@in_archive
def test_lap_records_name_who_set_them_as_far_as_is_known(filled, db):
    records = LapRecord.objects.order_by("time_ms")
    assert [(str(it.layout), it.time_ms, it.driver) for it in records] == [
        ("Ljungbyheds Motorbana, Course 2", 52_065, "Robert Dahlgren"),
        ("Mantorp Park", 80_264, "Tobias Brink"),
        ("Hockenheimring", 107_095, ""),
    ]
