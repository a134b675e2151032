"""The demonstration's data files, and what the loading of them refuses."""

import csv
import datetime as dt
import shutil

import pytest
from django.core.management import CommandError
from django.utils import translation

from racing import tokens
from racing.demo import files, loading
from racing.demo.files import FOLDER, DataError
from racing.demo.loading import RACE_WEEK
from racing.demo.tables import FILES
from racing.models import Team, User
from tests.demos import TABLES, all_rows, demo, rows_of
from tests.factories import make_circuit

RACE_WEEK_DAY = dt.date(2022, 5, 12)


@pytest.fixture
def folder(tmp_path):
    """A copy of the data files, to be spoilt."""
    copy = tmp_path / "demo"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


def spoil(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# The files.


def test_every_row_has_a_source_and_the_day_it_became_known():
    rows = all_rows()
    assert len(rows) > 500
    assert [row for row in rows if not row.source] == []
    assert {type(row.known_from) for row in rows} == {dt.date}


def test_no_two_files_hold_the_same_model():
    models = [table.model for table in TABLES]
    assert len(models) == len(set(models))


def test_every_data_file_is_loaded():
    names = {path.stem for path in FOLDER.iterdir() if path.suffix in (".csv", ".toml")}
    assert names == {table.name for table in FILES}


def test_no_result_is_known_before_the_day_of_its_session():
    days = {
        (row.cells["event"], row.cells["name_sv"]): dt.date.fromisoformat(
            row.cells["day"]
        )
        for row in rows_of("sessions")
        if "day" in row.cells
    }
    known_from = [
        (row.key, row.known_from, days[session])
        for row in rows_of("results")
        if (session := (row.cells["event_slug"], row.cells["session"])) in days
    ]
    assert len(known_from) > 60
    assert [key for key, known, day in known_from if known < day] == []


def test_no_decision_is_known_before_it_was_taken():
    decisions = {row.key: row for row in rows_of("amendments")}
    assert len(decisions) == 4
    for row in decisions.values():
        assert row.known_from == dt.date.fromisoformat(row.cells["decided_on"])
    for row in rows_of("result_changes"):
        assert row.known_from == decisions[row.cells["amendment"]].known_from


def test_a_biography_has_its_length_within_a_tenth():
    """Those without tokens: what facts come to is counted where they are known."""
    lengths = {}
    for row in rows_of("biographies"):
        wanted = int(row.cells["length"])
        if wanted and not tokens.stand_in(row.cells["text"]):
            lengths[row.key, row.known_from] = abs(
                len(row.cells["text"].split()) - wanted
            ) <= (wanted / 10)
    assert len(lengths) == 20
    assert [key for key, fits in lengths.items() if not fits] == []


def test_rows_of_a_key_stand_in_the_order_they_became_known(folder):
    with (folder / "people.csv").open("a", encoding="utf-8", newline="") as file:
        cells = ["fredrik-lestrup", "", "", "", "", "", "2019-01-01", "a source", ""]
        csv.writer(file).writerow(cells)
    (table,) = (table for table in TABLES if table.name == "people")
    with pytest.raises(DataError, match="An earlier line of 'fredrik-lestrup'"):
        files.read("people", table.columns, folder)


def test_a_later_row_wins_column_by_column(folder):
    rows = rows_of("people")
    (before,) = (
        fact
        for fact in files.known(rows, RACE_WEEK_DAY)
        if fact.key == "fredrik-lestrup"
    )
    (after,) = (
        fact for fact in files.known(rows, None) if fact.key == "fredrik-lestrup"
    )
    assert before.cells["role_en"] == "co-owner"
    assert after.cells["role_en"] == "co-owner and co-founder"
    assert after.cells["name"] == "Fredrik Lestrup"


# An empty site, and one that is not.


def test_a_site_with_content_is_left_alone(db):
    make_circuit()
    with pytest.raises(CommandError) as refusal:
        demo()
    assert str(refusal.value) == (
        "The site has content and is left as it is: 1 circuit. "
        "The demonstration needs an empty database."
    )
    assert User.objects.count() == 0


def test_a_site_with_content_is_left_alone_in_silence_if_asked(db):
    make_circuit()
    assert demo("--if-empty") == ""
    assert Team.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        (
            "circuits.csv",
            "Europe/Berlin",
            "Europe/Nowhere",
            r"circuits\.csv, line \d+, column time_zone: .*Europe/Nowhere",
        ),
        (
            "entries.csv",
            "andreas-backman,2018-03-31",
            "nobody,2018-03-31",
            r"entries\.csv, line 2, column drivers: There is no 'nobody' in drivers",
        ),
        (
            "sessions.csv",
            "2022-05-13,16:20,Europe/Stockholm",
            "2022-05-13,25:20,Europe/Stockholm",
            r"sessions\.csv, line \d+, column time: ",
        ),
        (
            "lap_records.csv",
            "1:47.095",
            "fast",
            r"lap_records\.csv, line 2, column time: “fast” is not a lap time",
        ),
        (
            "people.csv",
            "2020-09-17",
            "17 September",
            r"people\.csv, line 2, column known_from: '17 September' is no date",
        ),
        (
            "people.csv",
            "role_sv",
            "role_fr",
            r"people\.csv, line 2, column role_fr: There is no such column",
        ),
        (
            "photos.csv",
            "portrait",
            "round",
            r"photos\.csv, line 2, column size: The size is one of: portrait, landscape",
        ),
        (
            "classes.csv",
            "TCR,TCR,",
            "TCR,",
            r"classes\.csv, line 2: 6 cells instead of 7",
        ),
        (
            "biographies.toml",
            'language = "sv"',
            'language = "fi"',
            r"biographies\.toml, line \d+, column language: ",
        ),
        ("biographies.toml", 'driver = "', "driver = ", r"biographies\.toml, line 1: "),
        (
            "results.csv",
            "tcr-uk-silverstone-2018,Tidskval",
            "tcr-uk-silverstone-2018,Kval",
            r"results\.csv, line 2, column session: The weekend has no session “Kval”",
        ),
        (
            "career.csv",
            "RX2,2017,Andreas Bäckman",
            "RX2,2017,Andreas Backe",
            r"career\.csv, line 2, column driver: There is no driver “Andreas Backe”",
        ),
        (
            "result_changes.csv",
            "andreas,DSQ,",
            "andreas,out of it,",
            r"result_changes\.csv, line 2, column status: “out of it” is not a status",
        ),
        (
            "result_changes.csv",
            "race-1/andreas,DSQ",
            "race-1/nobody,DSQ",
            r"result_changes\.csv, line 2, column result: There is no '.*nobody' in resu",
        ),
        (
            "sessions.csv",
            ",,,,official,15",
            ",,,,,15",
            r"amendments\.csv, line 2: It changes no result that was official",
        ),
    ],
)
def test_a_bad_file_is_refused_with_its_place(db, folder, name, old, new, problem):
    spoil(folder, name, old, new)
    with translation.override("en"), pytest.raises(DataError, match=problem):
        loading.fill(RACE_WEEK, folder)


def test_a_bad_file_leaves_the_site_and_the_folder_empty(db, folder, settings):
    spoil(folder, "results.csv", ",classified,8,", ",Ret,8,")
    problem = r"results\.csv, line 2, column position: Only a classified car has a pos"
    with translation.override("en"), pytest.raises(DataError, match=problem):
        loading.fill(RACE_WEEK, folder)
    assert loading.contents() == {}
    assert list((settings.MEDIA_ROOT / "photos").iterdir()) == []
