"""What an import of careers refuses, with file, line and column in a sentence."""

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from drivers.models import CareerResult, Driver
from events.models import CLASSIFIED, OFFICIAL, Event, Result
from racing.models import Season
from tests.events.imports import RESULT, SEASON, imported, refusal
from tests.factories import (
    make_car,
    make_circuit,
    make_driver,
    make_entry,
    make_event,
    make_result,
    make_season,
    make_series,
    make_session,
)

pytestmark = pytest.mark.django_db


def nothing_saved():
    return not any(model.objects.exists() for model in (Season, Driver, Event, Result))


# Cells


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"year": "18"}, "year: Ensure this value is greater than or equal to 1894."),
        ({"year": "MMXVIII"}, "year: “MMXVIII” is not a whole number."),
        ({"series": ""}, "series: The cell is empty."),
        ({"season_rounds": "0"}, "season_rounds: Ensure this value is greater than"),
        ({"is_over": "perhaps"}, "is_over: “perhaps” is neither 1 (yes) nor 0 (no)."),
        ({"event": ""}, "event: The cell is empty; a new weekend needs name and circ"),
        ({"circuit": ""}, "circuit: The cell is empty; a new weekend needs name and"),
        ({"event_slug": "Croft!"}, "event_slug: Enter a valid “slug” consisting of"),
        ({"event_slug": "2018"}, "event_slug: The address needs at least one letter"),
        (
            {"round": "?"},
            "round: Write the round as the series does, such as 4 or 4–5.",
        ),
        (
            {"country": "Utopia"},
            "country: “Utopia” is no country: write its code, such",
        ),
        ({"country": ""}, "country: There is no circuit “Croft Circuit”. Give its"),
        ({"time_zone": "Europe/Croft"}, "time_zone: “Europe/Croft” is not a time zone"),
        ({"first_day": "8/9 2018"}, "first_day: “8/9 2018” is no date such as 2018-09"),
        (
            {"last_day": "2018-09-07"},
            "last_day: The last day lies before the first day",
        ),
        (
            {"kind": "sprint"},
            "kind: “sprint” is none of: test, practice, qualifying, ra",
        ),
        (
            {"day": "2018-09-10"},
            "day: 10 September 2018 is not one of the weekend’s day",
        ),
        ({"start": "noon"}, "start: “noon” is no time such as 13:55."),
        ({"start": "25:00"}, "start: “25:00” is no time of a day."),
        ({"start": "13:55"}, "start: A time needs a day: fill the column day too."),
        ({"number": "#19"}, "number: A start number has one to four digits or capital"),
        (
            {"car": "Civic"},
            "make: There is no car “Civic”. Give its make too, and it is",
        ),
        ({"drivers": "Madonna"}, "drivers: “Madonna” is nobody on the site."),
        ({"drivers": "Anna Berg; Berg, Anna"}, "drivers: A driver stands there twice."),
        ({"credited": "Bo Ek"}, "credited: Bo Ek is not in the crew of this car."),
        ({"status": "broken"}, "status: “broken” is not a status."),
        ({"status": "Ret"}, "position: Only a classified car has a position."),
        ({"position": "first"}, "position: “first” is neither a position, such as 3"),
        (
            {"class_position": "2"},
            "class_position: The position in class cannot be worse",
        ),
        ({"grid": "0"}, "grid: “0” is not a position."),
        ({"laps": "many"}, "laps: “many” is not a number of laps"),
        ({"time": "33"}, "time: “33” is not a lap time."),
        ({"gap": "+x"}, "gap: “+x” is not a gap."),
        ({"best_lap": "fast"}, "best_lap: “fast” is not a lap time."),
        ({"points": "-3"}, "points: “-3” is not a number of points."),
        ({"pole": "perhaps"}, "pole: “perhaps” is neither yes nor no"),
        (
            {"also_counts_for": "TCR Cup"},
            "also_counts_for: “TCR Cup” is the weekend’s o",
        ),
        ({"wins": "1"}, "wins: This is no column of a result."),
        ({"driver": "Anna Berg"}, "driver: This is no column of a result."),
    ],
)
def test_a_result_is_refused_at_its_cell(cells, sentence, english):
    (said,) = refusal(RESULT | cells)
    assert said.startswith(f"results.csv, line 2, column {sentence}")
    assert nothing_saved()


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (
            {"driver": ""},
            "driver: The cell is empty. A result needs a session; a row w",
        ),
        ({"driver": "Anna Berg; Bo Ek"}, "driver: A season is one driver's: write one"),
        ({"championship_position": "=3"}, "championship_position: “=3” is no place"),
        (
            {"championship_points": "many"},
            "championship_points: “many” is not a number",
        ),
        ({"totals": "guessed"}, "totals: “guessed” is none of: counted, typed."),
        ({"wins": "some"}, "wins: “some” is not a whole number."),
        (
            {"wins": "3", "podiums": "2"},
            "wins: There are more wins than podiums.",
        ),
        (
            {"totals": "counted", "wins": "3"},
            "wins: Totals are either counted or typed: clear the typed ones",
        ),
        ({"position": "3"}, "position: This is no column of a season (a row without"),
        ({"number": "1234567"}, "number: Ensure this value has at most 6 characters"),
    ],
)
def test_a_season_is_refused_at_its_cell(cells, sentence, english):
    (said,) = refusal(SEASON | cells)
    assert said.startswith(f"results.csv, line 2, column {sentence}")
    assert nothing_saved()


def test_everything_that_is_wrong_is_told_at_once(english):
    said = refusal(
        RESULT | {"laps": "many", "points": "few"},
        RESULT,
        RESULT | {"year": "x", "number": "2"},
        SEASON | {"wins": "all"},
    )
    assert [sentence.partition(": ")[0] for sentence in said] == [
        "results.csv, line 2, column laps",
        "results.csv, line 2, column points",
        "results.csv, line 3, column number",
        "results.csv, line 4, column year",
        "results.csv, line 5, column wins",
    ]


def test_a_name_that_is_wrong_is_told_once(english):
    rows = [RESULT | {"country": ""}, RESULT | {"country": "", "number": "2"}]
    assert len(refusal(*rows)) == 1


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("weather", "column weather: There is no column “weather”."),
        ("Event Name", "column Event Name: There is no column “Event Name”."),
        ("Number", "column Number: The column number stands there twice."),
    ],
)
def test_a_heading_that_is_no_column_is_refused(heading, sentence):
    (said,) = refusal(RESULT | {heading: "7"})
    assert said == f"results.csv, line 1, {sentence}"


# Rows against each other


def test_the_same_car_twice_in_a_session_is_refused_with_both_lines():
    assert refusal(RESULT, RESULT | {"position": "2"}) == [
        "results.csv, line 3, column number: results.csv, line 2 is about this car in "
        "the same session."
    ]


def test_a_season_twice_is_refused_with_both_lines():
    assert refusal(SEASON, SEASON | {"driver": "Berg, Anna"}) == [
        "results.csv, line 3, column driver: results.csv, line 2 is about this season "
        "already."
    ]


def test_two_cars_on_one_place_must_be_tied(english):
    two = RESULT | {"number": "2", "drivers": "Bo Ek"}
    said = refusal(RESULT, two)
    assert said == [
        "results.csv, line 2, column position: Car 2 has this position too. Mark both "
        "as tied (=), or correct one.",
        "results.csv, line 3, column position: Car 19 has this position too. Mark both "
        "as tied (=), or correct one.",
    ]
    imported(RESULT | {"position": "=1"}, two | {"position": "=1"})
    assert Result.objects.filter(position=1, is_tied=True).count() == 2


@pytest.mark.parametrize(
    ("one", "two", "sentence"),
    [
        (
            {"round": "6"},
            {"round": "7"},
            "round: results.csv, line 2 says “6” instead.",
        ),
        (
            {"day": "2018-09-08"},
            {"day": "2018-09-09"},
            "day: results.csv, line 2 says “20",
        ),
        (
            {"team": "A Team"},
            {"team": "B Team"},
            "team: results.csv, line 2 says “A Team",
        ),
        (
            {"season_rounds": "6"},
            {"season_rounds": "7"},
            "season_rounds: results.csv, li",
        ),
        (
            {"also_counts_for": "A"},
            {"also_counts_for": "B"},
            "also_counts_for: results.c",
        ),
        (
            {},
            {"drivers": "Bo Ek"},
            "drivers: results.csv, line 2 names another crew for",
        ),
    ],
)
def test_rows_that_contradict_each_other_are_refused(one, two, sentence, english):
    later = {"session": "Race 1" if "day" in two else "Race 2"}
    if "day" in two:
        later |= {"number": "2", "drivers": "Bo Ek", "position": "2"}
    (said,) = refusal(RESULT | one, RESULT | later | two)
    assert said.startswith(f"results.csv, line 3, column {sentence}")
    assert nothing_saved()


def test_a_driver_of_two_cars_needs_the_number(english):
    twice = RESULT | {"number": "2", "position": "2"}
    assert refusal(RESULT, twice, RESULT | {"number": "", "session": "Race 2"}) == [
        "results.csv, line 4, column drivers: They have several cars this weekend: give "
        "the start number."
    ]


def test_a_car_without_number_or_drivers_is_refused():
    assert refusal(RESULT | {"number": "", "drivers": ""}) == [
        "results.csv, line 2, column number: Give the start number of the car, or its "
        "drivers."
    ]


# Against the site


@pytest.fixture
def weekend():
    return make_event(
        season=make_season(series=make_series(short_name="TCR Cup"), year=2018),
        circuit=make_circuit(name="Croft Circuit", time_zone="Europe/London"),
        name="Croft",
        slug="croft-2018",
        first_day="2018-09-08",
        last_day="2018-09-09",
        round="6",
    )


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (
            {"round": "7"},
            "round: The site has “6”. What it knows is not overwritten: c",
        ),
        ({"last_day": "2018-09-10"}, "last_day: The site has 2018-09-09."),
        ({"circuit": "Knockhill"}, "circuit: The site has “Croft Circuit”."),
        (
            {"event_slug": "croft-2018", "year": "2019"},
            "event_slug: The weekend is one",
        ),
        ({"drivers": "Bo Ek"}, "drivers: The site has “Anna Berg”."),
        ({"day": "2018-09-08"}, "day: The site has 2018-09-09 13:55:00."),
        ({"kind": "practice"}, "kind: The site has “race”."),
    ],
)
def test_what_the_site_knows_is_not_overwritten(weekend, cells, sentence, english):
    driver = make_driver(first_name="Anna", last_name="Berg", slug="anna-berg")
    make_entry(event=weekend, number="19", drivers=[driver])
    make_session(event=weekend, name_sv="Race 1", start="2018-09-09T12:55+00:00")
    (said,) = refusal(RESULT | cells)
    assert said.startswith(f"results.csv, line 2, column {sentence}")
    assert Result.objects.count() == 0


def test_a_name_that_several_bear_is_refused_with_all_of_them(weekend, english):
    make_driver(first_name="Anna", last_name="Berg", slug="anna-berg")
    make_driver(first_name="Ada", last_name="Berg", slug="ada-berg")
    make_car(make="Audi", model="RS 3", generation="2017", slug="old")
    make_car(make="Audi", model="RS 3", generation="2021", slug="new")
    assert refusal(RESULT | {"drivers": "A. Berg", "car": "Audi RS 3"}) == [
        "results.csv, line 2, column drivers: “A. Berg” may be any of: Ada Berg, Anna "
        "Berg."
    ]
    assert refusal(RESULT | {"car": "Audi RS 3"}) == [
        "results.csv, line 2, column car: “Audi RS 3” may be any of: Audi RS 3 (2017), "
        "Audi RS 3 (2021)."
    ]


def test_a_place_that_another_car_holds_on_the_site_is_refused(weekend, english):
    session = make_session(event=weekend, name_sv="Race 1")
    make_result(
        session=session,
        entry=make_entry(event=weekend, number="99"),
        status=CLASSIFIED,
        is_classified=True,
        position=1,
    )
    (said,) = refusal(RESULT)
    assert said == (
        "results.csv, line 2, column position: Car 99 has this position too. Mark both "
        "as tied (=), or correct one."
    )


def test_official_results_are_not_changed(english):
    imported(RESULT, are_official=True)
    (said,) = refusal(RESULT | {"position": "2"})
    assert said == (
        "results.csv, line 2, column position: These results are official. Change them "
        "on the page “Classification” of the session, which asks for the decision "
        "behind the change."
    )
    assert Result.objects.get().position == 1


def test_a_time_that_the_clocks_jump_over_is_refused(english):
    row = RESULT | {"first_day": "", "last_day": "", "day": "2018-03-25"}
    (said,) = refusal(row | {"start": "1:30"})
    assert said.startswith("results.csv, line 2, column start: 01:30 does not exist on")


def test_a_first_part_has_its_result_in_one_session():
    rows = [
        RESULT | {"session": "Part 2", "first_part": "Part 1"},
        RESULT | {"session": "Part 3", "first_part": "Part 1"},
    ]
    assert refusal(*rows) == [
        "results.csv, line 3, column first_part: “Part 1” has its result in another "
        "session."
    ]


def test_an_import_that_makes_nothing_refuses_what_is_not_there(weekend, english):
    rows = [
        RESULT | {"series": "GT Cup"},
        RESULT | {"year": "2019"},
        RESULT | {"event": "Knockhill"},
        RESULT | {"drivers": "Anna Berg"},
    ]
    said = refusal(*rows, may_create=False)
    assert said == [
        "results.csv, line 2, column drivers: There is no driver “Anna Berg”.",
        "results.csv, line 2, column series: The site knows nothing named “GT Cup”.",
        "results.csv, line 3, column year: There is no season 2019 of “TCR Cup”.",
        "results.csv, line 4, column event: There is no weekend “Knockhill”.",
        "results.csv, line 5, column session: The weekend has no session “Race 1”.",
    ]


# The command


def import_career(*arguments):
    call_command("import_career", *map(str, arguments))


def written(folder, *rows, name="results.csv"):
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [columns, *([row.get(column, "") for column in columns] for row in rows)]
    path = folder / name
    path.write_text("\n".join(";".join(line) for line in lines), encoding="utf-8")
    return path


def test_the_command_takes_several_files_as_one(tmp_path, capsys):
    one = written(tmp_path, RESULT)
    two = written(
        tmp_path, RESULT | {"session": "Race 2", "circuit": ""}, name="two.csv"
    )
    seasons = written(tmp_path, SEASON, name="seasons.csv")
    import_career("--official", "--drivers-with-pages", one, two, seasons)
    assert capsys.readouterr().out.splitlines() == [
        "Created: 1 series, 1 circuit, 1 driver, 1 season, 1 race weekend, 2 sessions, "
        "1 entry, 1 driver in the crew, 2 results, 1 season of a career.",
        "Changed: 2 sessions.",
        "Saved.",
    ]
    assert {result.session.classification for result in Result.objects.all()} == {
        OFFICIAL
    }
    assert Driver.objects.get().has_page
    import_career(one, two, seasons)
    assert capsys.readouterr().out.splitlines() == [
        "Left as they are: 3 rows.",
        "Saved.",
    ]


def test_a_dry_run_of_the_command_saves_nothing(tmp_path, capsys):
    import_career("--dry-run", written(tmp_path, RESULT))
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("Created: 1 series, 1 circuit, 1 driver, ")
    assert said[-1] == "Nothing is saved: a dry run."
    assert nothing_saved()


def test_the_command_tells_every_problem_and_saves_nothing(tmp_path, capsys):
    good, bad = (
        written(tmp_path, RESULT),
        written(
            tmp_path,
            RESULT | {"number": "2", "laps": "x", "points": "y"},
            name="bad.csv",
        ),
    )
    with pytest.raises(CommandError, match=r"^2 problems\. Nothing is saved\.$"):
        import_career(good, bad)
    said = capsys.readouterr().err.splitlines()
    assert [sentence.partition(": “")[0] for sentence in said] == [
        f"{bad}, line 2, column laps",
        f"{bad}, line 2, column points",
    ]
    assert nothing_saved()


def test_the_command_reads_workbooks(tmp_path, capsys):
    book = Workbook()
    book.active.append(list(RESULT))
    book.active.append([int(it) if it.isdigit() else it for it in RESULT.values()])
    book.save(tmp_path / "results.xlsx")
    import_career(tmp_path / "results.xlsx")
    assert Result.objects.get().entry.number == "19"


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.csv: No such file or directory"):
        import_career(tmp_path / "nowhere.csv")
    cut = tmp_path / "cut.csv"
    cut.write_text("series,year,driver\nTCR Cup,2018,Anna Berg\nTCR Cup,20")
    with pytest.raises(CommandError, match=r"cut\.csv: Line 3, the last one, "):
        import_career(cut)
    assert CareerResult.objects.count() == 0


def test_more_problems_than_anybody_mends_are_counted(tmp_path, capsys):
    rows = [RESULT | {"number": str(n), "laps": "x"} for n in range(1, 121)]
    with pytest.raises(CommandError, match=r"^120 problems\."):
        import_career(written(tmp_path, *rows))
    said = capsys.readouterr().err.splitlines()
    assert (len(said), said[-1]) == (101, "… and 20 more.")
