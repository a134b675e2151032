"""What the cells of a row say: events.imports.facts, events.imports.cars."""

from decimal import Decimal

import pytest

from events.imports.cars import split_name
from events.imports.facts import fitted, has_long_times, said
from events.imports.matching import number_in
from events.models import Result
from racing.formats import FormatError

pytestmark = pytest.mark.usefixtures("english")

FINISHED = {"status": "classified", "is_classified": True}
STOPPED = {
    "position": None,
    "is_tied": False,
    "class_position": None,
    "is_tied_in_class": False,
}


def facts(*, in_class=False, long=False, **cells):
    found = said(cells, in_class=in_class, has_long_times=long)
    assert found.faults == {}
    return found.facts


# What became of the car


@pytest.mark.parametrize("typed", ["3", "3.", "3:a", "3rd", "3:e", "03"])
def test_a_position_is_read_as_sheets_print_it(typed):
    assert facts(position=typed) == {"position": 3, "is_tied": False} | FINISHED


@pytest.mark.parametrize("typed", ["=3", "3=", "T3", "delad 3:a"])
def test_a_shared_position_is_read(typed):
    assert facts(position=typed) == {"position": 3, "is_tied": True} | FINISHED


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("DNF", "retired"),
        ("Bröt", "retired"),
        ("Ausgefallen", "retired"),
        ("DNS", "did_not_start"),
        ("Ej start", "did_not_start"),
        ("nicht gestartet", "did_not_start"),
        ("DSQ", "disqualified"),
        ("Disk.", "disqualified"),
        ("NC", "not_classified"),
        ("nicht gewertet", "not_classified"),
    ],
)
def test_a_status_stands_among_positions_or_times(typed, status):
    stopped = {"status": status, "is_classified": False} | STOPPED
    for column in ("position", "status", "time", "gap"):
        assert facts(**{column: typed}) == stopped


def test_a_dagger_is_a_car_that_stopped_and_is_classified():
    stopped = {"status": "retired", "is_classified": True}
    assert facts(position="24†") == {"position": 24, "is_tied": False} | stopped
    assert facts(position="24", status="†")["status"] == "retired"


def test_what_stopped_a_car_goes_before_that_it_ran():
    found = facts(status="Running", position="DSQ")
    assert found["status"] == "disqualified"


def test_a_status_alone_says_nothing_of_the_position():
    assert facts(status="Finished") == FINISHED


def test_a_distance_among_statuses_is_a_gap():
    assert facts(status="+1 Lap") == {"gap": "+1 lap"}


def test_positions_in_class_are_those_alone():
    assert (
        facts(in_class=True, position="=1")
        == {
            "class_position": 1,
            "is_tied_in_class": True,
        }
        | FINISHED
    )


# Times and gaps


@pytest.mark.parametrize("typed", ["1:33:15.607", "1h 33min 15,607s", "93:15.607"])
def test_times_are_read(typed):
    assert facts(time=typed) == {"time_ms": 5_595_607}


@pytest.mark.parametrize(
    ("typed", "gap"),
    [
        ("+5.515", "+5.515"),
        ("+5,515", "+5.515"),
        ("+1:05.515", "+1:05.515"),
        ("+1 Lap", "+1 lap"),
        ("1 varv", "+1 lap"),
        ("2 Runden", "+2 laps"),
        ("-1 Runde", "+1 lap"),
        ("3 Rd.", "+3 laps"),
        ("-- 2 laps --", "+2 laps"),
    ],
)
def test_gaps_are_kept_as_one_sheet_prints_them(typed, gap):
    assert facts(gap=typed) == facts(time=typed) == {"gap": gap}


def test_a_gap_needs_no_plus_in_its_own_column():
    assert facts(gap="5.515") == {"gap": "+5.515"}


def test_among_times_of_races_a_short_one_is_a_gap():
    assert facts(long=True, time="5.515") == {"gap": "+5.515"}
    assert facts(long=False, time="59.515") == {"time_ms": 59_515}
    assert has_long_times(["", "+1:05.515", "1 lap", "1:33:15.607"])
    assert not has_long_times(["", "+1:05.515", "59.123", "x"])


def test_the_winner_has_its_time_among_the_gaps():
    winner = facts(position="1", gap="1:33:15.607")
    assert (winner["time_ms"], "gap" in winner) == (5_595_607, False)
    assert facts(position="2", gap="1:05.5")["gap"] == "+1:05.500"
    assert facts(position="1", gap="+0.000") == facts(position="1")


@pytest.mark.parametrize("typed", ["0.000", "0:00.000", "No time", "keine Zeit"])
def test_no_time_is_no_best_lap(typed):
    assert facts(best_lap=typed) == {}
    assert facts(time=typed) == {}


def test_the_winner_is_no_time_behind():
    assert facts(time="+0.000") == facts(gap="0.000") == {}


# The rest


def test_numbers_are_read():
    assert facts(laps="262", grid="24", points="12,5", best_lap="1.47,095") == {
        "laps": 262,
        "grid": 24,
        "points": Decimal("12.5"),
        "best_lap_ms": 107_095,
    }
    assert facts(laps="262 varv") == {"laps": 262}


@pytest.mark.parametrize(
    ("typed", "best"),
    [("x", "overall"), ("P", "overall"), ("ja", "overall"), ("klass", "class")],
)
def test_poles_and_fastest_laps_are_read(typed, best):
    assert facts(pole=typed, fastest_lap=typed) == {"pole": best, "fastest_lap": best}


def test_a_pole_may_be_denied_or_in_class():
    assert facts(pole="nej") == {"pole": ""}
    assert facts(in_class=True, pole="x") == {"pole": "class"}
    assert said({"pole": "perhaps"}).faults == {
        "pole": "“perhaps” is neither yes nor no: write x, class, or nothing."
    }


def test_notes_and_sources_are_kept():
    texts = {"note_sv": "Stopp", "note_en": "Stop", "source": "https://sbf.se"}
    assert facts(**texts) == texts


def test_empty_cells_say_nothing():
    assert facts(position="", laps="", points="") == {}


# Beside what is stored


def beside(stored, has=("time",), **cells):
    return fitted(said(cells, has_long_times=True), Result(**stored), has)


def test_a_table_without_statuses_leaves_a_car_its_dagger():
    stored = {"status": "retired", "is_classified": True, "position": 24}
    assert beside(stored, position="23") == {"position": 23, "is_tied": False}
    assert beside(stored, position="23", status="OK")["status"] == "classified"


def test_another_spelling_of_a_gap_is_no_other_gap():
    assert beside({"gap": "+1 varv"}, gap="1 Runde") == {"gap": "+1 varv"}


def test_one_column_says_either_time_or_gap():
    winner = {"time_ms": 5_595_607, "gap": ""}
    assert beside(winner, time="+5.515") == {"gap": "+5.515", "time_ms": None}
    second = {"time_ms": None, "gap": "+5.515"}
    assert beside(second, time="1:33:15.607") == {"time_ms": 5_595_607, "gap": ""}
    both = {"time_ms": 5_595_607, "gap": "+5.515"}
    assert beside(both, time="+5.515") == {"gap": "+5.515"}
    assert beside(both, has=("time", "gap"), gap="+6.000") == {"gap": "+6.000"}


# Cars and people


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("120", "120"),
        ("#120", "120"),
        ("Nr. 120", "120"),
        ("No 7", "7"),
        ("007", "007"),
        ("12a", "12A"),
        ("NO1", "NO1"),
    ],
)
def test_start_numbers_are_read_as_painted(typed, number):
    assert number_in(typed) == number


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Bo Berg", ("Bo", "Berg")),
        ("BERG Bo", ("Bo", "Berg")),
        ("Bo BERG", ("Bo", "Berg")),
        ("Berg, Bo", ("Bo", "Berg")),
        ("BERG, BO", ("Bo", "Berg")),
        ("BO BERG", ("Bo", "Berg")),
        ("B. Berg", ("B.", "Berg")),
        ("Anna-Lena VON DER MARK", ("Anna-Lena", "Von Der Mark")),
        ("Otto von der Mark", ("Otto", "von der Mark")),
        ("ANNA-LENA ÅBERG", ("Anna-Lena", "Åberg")),
    ],
)
def test_new_names_are_parted(typed, name):
    assert split_name(typed) == name


@pytest.mark.parametrize("typed", ["Berg", "", "Berg,", "A " + "b" * 61])
def test_a_name_of_one_word_is_no_guest(typed):
    with pytest.raises(FormatError, match="needs first name and surname"):
        split_name(typed)
