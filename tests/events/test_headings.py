"""Which column is what: events.imports.headings, on tables as timing services print."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from events.imports import headings, looks
from events.imports.headings import FIELDS, headed, recognise
from racing.tables.reading import Table, TableRow, read_text


def fields_of(text):
    return recognise(read_text(text))


def table_of(header, *rows):
    lines = [TableRow(line, tuple(row)) for line, row in enumerate(rows, start=2)]
    return Table(tuple(header), lines)


def field_of(heading, *values):
    """The field of one column under a heading, beside one that does not matter."""
    return recognise(table_of(("Nat", heading), *[("SWE", value) for value in values]))[
        1
    ]


# Swedish


SWEDISH_TABS = """
Plac.	Startnr	Förare	Klass	Pl. i klass	Team	Bil	Varv	Tid	Diff.	Bästa varv	I varv	Km/h	Status
1	7	A. Alm / B. Berg	TCR	1	Alm Racing	Audi RS 3 LMS	14	24:12,345		1:41,095	5	152,3
2	34	C. Dahl / D. Ek	TCR	2	Stall Ek	Cupra Leon	14	24:17,860	5,515	1:41,520	7	151,9
3	120	E. Fors / F. Gran	V8	1	Gran & Co	Ford Mustang	13	24:20,101	1 varv	1:47,095	3	141,0
	55	G. Holm / H. Ivarsson	V8		Holm Motor	Ford Mustang	4	8:01,000		1:48,000	2	139,9	Bröt
"""

SWEDISH_SEMICOLONS = """
Pl.;St.nr;Namn;Kl;Pos i klass;Anmälare;Fordon;Antal varv;Totaltid;Avstånd;Snabbaste varv;Poäng
1;2;Alm, Anna;STCC;1;Alm Racing AB;VW Golf GTI;18;31:02,007;;1:38,445;25
2;8;Berg, Bo;STCC;2;Berg & Berg;Cupra TCR;18;31:04,512;+2,505;1:38,601;18
3;14;Dahl, Cia;STCC;3;Dahl Motorsport;Lynk & Co 03;18;31:09,999;+7,992;1:38,777;15
"""

SWEDISH_BLANKS = """
Placering   Nr    Förare            Startplats   Varv   Bästa tid   Efter      Nat   Anm.
1           11    Ture Alm          3            15     1:02,345    -          SWE   -
2           22    Ulla Berg         1            15     1:02,401    +0,812     SWE   -
-           33    Vera Dahl         2            9      1:02,350    -          NOR   Bröt
"""


def test_swedish_results_of_crews_and_classes_are_recognised():
    assert fields_of(SWEDISH_TABS) == [
        *("position", "number", "drivers", "racing_class", "class_position", "team"),
        *("car", "laps", "time", "gap", "best_lap", "ignore", "ignore", "status"),
    ]


def test_swedish_results_with_points_are_recognised():
    assert fields_of(SWEDISH_SEMICOLONS) == [
        *("position", "number", "drivers", "racing_class", "class_position", "team"),
        *("car", "laps", "time", "gap", "best_lap", "points"),
    ]


def test_swedish_results_with_the_grid_are_recognised():
    assert fields_of(SWEDISH_BLANKS) == [
        *("position", "number", "drivers", "grid", "laps", "best_lap", "gap"),
        *("ignore", "status"),
    ]


# English


ENGLISH_TSL = """
POS	NO	CL	PIC	NAME	ENTRY	CAR	LAPS	TIME	GAP	DIFF	MPH	BEST	ON
1	7	A	1	Ann ALDER	Alder Racing	VW Golf GTI TCR	15	24:12.345			92.11	1:35.095	5
2	34	A	2	Bob BRAY	Team Bray	Honda Civic	15	24:17.860	5.515	5.515	91.76	1:35.520	7
3	12	B	1	Cy COLE	Cole & Co	Honda Civic	15	24:20.101	7.756	2.241	91.62	1:36.095	3
4	55	B	2	Di DUNN	Team Dunn	Seat Leon	14	24:30.000	1 Lap	1 Lap	84.91	1:37.000	2
"""

ENGLISH_ORBITS = """
Pos,PIC,No.,Name,Class,Laps,Total Tm,Diff,Gap,Best Tm,In Lap,Best Speed,Pits
1,1,7,"Alder, Ann",Pro,12,20:01.111,,,1:39.001,4,103.2,1
2,2,21,"Bray, Bob",Pro,12,20:03.222,2.111,2.111,1:39.101,5,103.1,1
3,1,22,"Cole, Cy",Am,12,20:05.333,4.222,2.111,1:39.201,6,103.0,1
4,3,5,"Dunn, Di",Pro,11,20:05.400,1 Lap,1 Lap,1:39.301,4,102.9,2
"""

AL_KAMEL = """
POSITION;NUMBER;TEAM;DRIVER_1;DRIVER_2;DRIVER_3;VEHICLE;TYRES;CLASS;GROUP;DIVISION;STATUS;LAPS;TOTAL_TIME;GAP_FIRST;GAP_PREVIOUS;FL_LAPNUM;FL_TIME;FL_KPH;
1;7;Alder;Ann ALDER;Bob BRAY;Cy COLE;Audi;H;TCR;;;Classified;220;12:01'02.345;-;-;31;1'47.095;153.8;
2;120;Dunn;Di DUNN;Ed EAST;Flo FRY;Cupra;H;TCR;;;Classified;219;12:01'09.999;1 Lap;1 Lap;40;1'48.001;152.5;
"""


def test_results_of_a_british_service_are_recognised():
    assert fields_of(ENGLISH_TSL) == [
        *("position", "number", "racing_class", "class_position", "drivers", "team"),
        *("car", "laps", "time", "gap", "ignore", "ignore", "best_lap", "ignore"),
    ]


def test_results_with_gap_and_diff_the_other_way_round_are_recognised():
    assert fields_of(ENGLISH_ORBITS) == [
        *("position", "class_position", "number", "drivers", "racing_class", "laps"),
        *("time", "gap", "ignore", "best_lap", "ignore", "ignore", "ignore"),
    ]


def test_results_with_a_column_for_each_driver_of_the_crew_are_recognised():
    assert fields_of(AL_KAMEL) == [
        *("position", "number", "team", "drivers", "drivers", "drivers", "car"),
        *("ignore", "racing_class", "", "", "status", "laps", "time", "gap", "ignore"),
        *("ignore", "best_lap", "ignore"),
    ]


# German


GERMAN_SEMICOLONS = """
Platz;St.-Nr.;Fahrer;Nat.;Klasse;PosKl;Bewerber;Fahrzeug;Runden;Gesamtzeit;Rückstand;Beste Runde;in Rd.;Ø km/h
1;7;Adler, A. / Bach, B.;GER;SP3T;1;Adler Motorsport;Audi RS 3 LMS;28;4:01:02,345;;8:21,095;5;174,2
2;120;Cranz, C. / Dorn, D.;AUT;SP3T;2;Team Dorn;Cupra TCR;28;4:02:00,001;57,656;8:22,000;9;173,5
3;33;Ernst, E. / Falk, F.;GER;V4;1;Falk Racing;BMW 325i;26;4:03:00,000;2 Runden;9:01,000;4;160,1
"""

GERMAN_TABS = """
Pl.	#	Name, Vorname	Kl.	Pl. Kl.	Team	Auto	Rdn.	Zeit	Abstand	Schnellste Runde	Punkte
1	7	Adler, Anna	A	1	Adler Motorsport	Audi RS 3	14	24:12,345		1:41,095	25
2	21	Bach, Bernd	A	2	Bach Racing	Cupra Leon	14	24:17,860	+5,515	1:41,520	18
3	30	Cranz, Clara	B	1	Cranz & Söhne	Opel Astra	14	24:20,101	+7,756	1:43,095	15
"""

GERMAN_BLANKS = """
Rang   Startnr.   Fahrer / Driver   Startplatz   Rd.   Bestzeit    Diff.     Datum
1      44         Anna Adler        2            20    1:02.345    -         14.05.2022
2      45         Bernd Bach        1            20    1:02.401    +0.812    14.05.2022
3      46         Clara Cranz       3            19    1:02.350    +3.105    14.05.2022
"""


def test_german_results_of_crews_and_classes_are_recognised():
    assert fields_of(GERMAN_SEMICOLONS) == [
        *("position", "number", "drivers", "ignore", "racing_class", "class_position"),
        *("team", "car", "laps", "time", "gap", "best_lap", "ignore", "ignore"),
    ]


def test_german_results_with_points_are_recognised():
    assert fields_of(GERMAN_TABS) == [
        *("position", "number", "drivers", "racing_class", "class_position", "team"),
        *("car", "laps", "time", "gap", "best_lap", "points"),
    ]


def test_german_results_with_the_grid_are_recognised():
    assert fields_of(GERMAN_BLANKS) == [
        *("position", "number", "drivers", "grid", "laps", "best_lap", "gap", "ignore")
    ]


# Headings


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("POS.", "position"),
        ("No.", "number"),
        ("Nº", "number"),
        ("#", "number"),
        ("Team-driver", "drivers"),
        ("Driver(s)", "drivers"),
        ("Bästa\nvarv", "best_lap"),
        ("Best lap [min]", "best_lap"),
        ("Time (h:mm:ss)", "time"),
        ("Klass / Class", "racing_class"),
        ("Zeit|Time", "time"),
        ("Pole", "pole"),
        ("Pos in class", "class_position"),
        ("Plac. i klass", "class_position"),
        ("Class pos", "class_position"),
        ("Klassenrang", "class_position"),
        ("Notering", "note_sv"),
        ("Remarks", "note_en"),
        ("Källa", "source"),
        ("Int/Diff", "ignore"),
        ("Sektor 1", "ignore"),
        ("Team / Nat", ""),
        ("Väder", ""),
        ("", ""),
        ("()", ""),
    ],
)
def test_a_heading_is_read_without_case_accents_marks_and_units(heading, field):
    assert field_of(heading, "?", "?") == field


@pytest.mark.parametrize(
    ("heading", "values", "field"),
    [
        ("Car", ["Audi RS 3", "Cupra", "BMW"], "car"),
        ("Start", ["1", "3", "2"], "grid"),
        ("Start", ["14:05", "14:05", "14:05"], "ignore"),
        ("Kl.", ["A", "B", "A"], "racing_class"),
        ("Kl", ["14:05", "15:05", "16:20"], "ignore"),
        ("Best lap", ["1:47.095", "1:47.1*", ""], "best_lap"),
        ("Best lap", ["5", "12", "7"], "ignore"),
        ("Fastest lap", ["1:47.095", "1:48", ""], "best_lap"),
        ("Fastest lap", ["", "x", ""], "fastest_lap"),
        ("Snabbaste varv", ["5", "12", "7"], "ignore"),
        ("Schnellste Runde", ["", "", ""], "best_lap"),
        ("P", ["1", "2", "DNF"], "position"),
        ("P", ["25", "18", "15"], "points"),
    ],
)
def test_the_values_decide_what_a_heading_leaves_open(heading, values, field):
    assert field_of(heading, *values) == field


def test_a_car_is_a_start_number_where_its_values_are():
    rows = [("1", "7", "Audi"), ("2", "007", "BMW"), ("3", "12A", "Cupra")]
    assert recognise(table_of(("Pos", "Car", "Make"), *rows)) == [
        *("position", "number", "car")
    ]


def test_the_clearer_of_two_headings_has_the_field():
    rows = [("Alm Racing", "Bo Berg", "GT", "4"), ("Ek Racing", "Eva Ek", "TCR", "3")]
    assert recognise(table_of(("Name", "Driver", "Class", "Group"), *rows)) == [
        *("", "drivers", "racing_class", "")
    ]
    assert recognise(table_of(("Time", "Total", "Team", "Entry"), *rows)) == [
        *("time", "", "team", "")
    ]


def test_the_first_of_two_equal_headings_has_the_field():
    rows = [("7", "8", "1:47.1", "1:47.2")]
    assert recognise(table_of(("No", "Nr", "Best", "Bästa varv"), *rows)) == [
        *("number", "", "best_lap", "")
    ]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_of_two_positions_the_one_in_class_is_the_better(order):
    rows = [("1", "A", "1"), ("2", "B", "1"), ("=3", "A", "2"), ("=3", "B", "=2")]
    header = ("Pos", "Klass", "Pos.")
    fields = ("position", "racing_class", "class_position")
    turned = [tuple(row[n] for n in order) for row in (header, *rows)]
    assert recognise(table_of(*turned)) == [fields[n] for n in order]


def test_a_second_position_is_not_the_one_in_class_where_that_is_there():
    rows = [("1", "1", "1"), ("2", "2", "1")]
    assert recognise(table_of(("Pos", "Pos", "PIC"), *rows)) == [
        *("position", "", "class_position")
    ]


# Values


def test_unknown_headings_are_judged_by_their_values():
    rows = [
        ("1", "7", "Anna Alm / Bo Berg", "Alm Racing", "24:12.345", "", "1:47.095"),
        ("2", "120", "Cia Dahl / Dan Ek", "Alm Racing", "24:17.860", "+5.5", "1:47.5"),
        ("DNF", "3", "Eva Fors / Folke Gran", "Holm", "", "", "1:50.1"),
    ]
    assert recognise(table_of("abcdefg", *rows)) == [
        *("position", "number", "drivers", "", "time", "gap", "best_lap")
    ]


@pytest.mark.parametrize(
    "values",
    [
        ["14", "14", "13"],
        ["25", "18", "15", "12", "12"],
        ["2", "3", "4", "4"],
        ["TCR", "TCR", "GT"],
        ["Alm Racing", "Alm Racing", "Ek"],
        ["1:47.1", "9:59.9", "2:00.0"],
        ["24:12.345", "24:10.000", "24:11.000"],
        ["x1", "?", "7"],
    ],
)
def test_what_could_be_several_things_is_not_guessed(values):
    assert field_of("?", *values) == ""


def test_a_table_without_headings_is_told_by_its_first_line():
    text = "1;7;A. Alm / B. Berg;P;24:12.345;\n2;12;C. Dahl / D. Ek;P;24:13.345;+1.000"
    table = read_text(text)
    assert headed(table).header == ("",) * 6
    assert [row.line for row in headed(table).rows] == [1, 2]
    assert recognise(table) == ["position", "number", "drivers", "", "time", "gap"]
    assert recognise(headed(table)) == recognise(table)


def test_the_rounds_of_a_season_are_headings():
    table = read_text("Pos;Nr;Driver;1;2;3;4;5;6;Total\n1;7;Bo Berg;25;25;;;;;50")
    assert headed(table) is table
    assert recognise(table)[:5] == ["position", "number", "drivers", "", ""]


def test_headings_alone_are_recognised():
    assert fields_of("Pos\tNr\tFörare\tBil\tStart\tFL") == [
        *("position", "number", "drivers", "car", "grid", "best_lap")
    ]


# The rest


def test_every_field_has_a_name_and_no_heading_has_two():
    assert set(headings._NAMES) <= set(FIELDS)
    named = [
        name
        for names in headings._NAMES.values()
        for name in names.replace(";", " ").split()
    ]
    assert len(named) == len(set(named))
    assert not set(named) & set(headings._OPEN)
    assert [name for name in named if headings._key(name) != name] == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_label_of_every_field_is_a_heading_of_it(language):
    with translation.override(language):
        labels = {field: str(label) for field, label in FIELDS.items()}
    del labels["ignore"]
    known = {field: field_of(label, "?") for field, label in labels.items()}
    assert known == {field: field for field in labels}


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ("12", 12),
        ("=3", 3),
        ("3.", 3),
        ("+5.515", 5515),
        ("1:47,095", 107_095),
        ("2 varv", 2 * 360_000_000),
        ("DNF", None),
        ("1234567890", None),
        ("", None),
    ],
)
def test_sizes_of_values_can_be_compared(value, size):
    assert looks.size(value) == size


CELLS = st.sampled_from(
    ["Pos", "Nr", "Time", "Gap", "Diff", "Car", "P", "1", "2", "=3", "+1.5", "1:47.1"]
) | st.text(max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6))
def test_every_column_has_one_field_and_no_field_two_columns(rows):
    fields = recognise(table_of(*rows))
    assert len(fields) == 3
    assert set(fields) <= {*FIELDS, ""}
    given_once = [field for field in fields if field not in ("", "ignore", "drivers")]
    assert len(given_once) == len(set(given_once))
