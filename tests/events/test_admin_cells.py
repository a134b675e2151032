"""What the boxes of a classification show of a result, and what is typed into them."""

from decimal import Decimal

import pytest
from django.utils import translation

from events.admin import cells
from events.models import RESULT_STATUSES, Result
from events.statuses import CLASSIFIED, RETIRED
from racing.formats import FormatError

pytestmark = pytest.mark.usefixtures("english")


def shown(**fields):
    """The boxes of a result that are not empty."""
    texts = cells.texts(Result(**fields))
    return {name: text for name, text in texts.items() if text}


def test_a_result_fills_its_boxes():
    assert shown(
        status=CLASSIFIED,
        is_classified=True,
        position=24,
        class_position=3,
        is_tied_in_class=True,
        grid=12,
        laps=262,
        time_ms=43_275_607,
        best_lap_ms=107_095,
        points=Decimal("12.50"),
        pole="class",
        note_en="Rain",
    ) == {
        "position": "24",
        "class_position": "=3",
        "grid": "12",
        "laps": "262",
        "time": "12:01:15.607",
        "best_lap": "1:47.095",
        "points": "12.5",
        "pole": "class",
        "note_en": "Rain",
    }


def test_no_result_leaves_every_box_empty():
    assert set(cells.texts(None).values()) == {""}
    assert cells.texts(None).keys() == cells.texts(Result()).keys()


def test_what_is_none_shows_as_none_and_not_as_unknown():
    assert shown(laps=0, points=Decimal(0)) == {"laps": "0", "points": "0"}


@pytest.mark.parametrize(
    ("fields", "boxes"),
    [
        ({"status": "retired"}, {"status": "Ret"}),
        ({"status": "did_not_start"}, {"status": "DNS"}),
        (
            {"status": "retired", "is_classified": True, "position": 12},
            {"position": "12†"},
        ),
        ({"status": "retired", "is_classified": True}, {"status": "†"}),
        (
            {"status": "retired", "is_classified": True, "class_position": 2},
            {"class_position": "2", "status": "†"},
        ),
        ({"status": "classified", "is_classified": True}, {"status": "Cla"}),
        ({}, {}),
    ],
)
def test_the_status_stands_where_the_position_does_not_say_it(fields, boxes):
    assert shown(**fields) == boxes


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("3", (3, False, None)),
        ("=3", (3, True, None)),
        (" 12† ", (12, False, (RETIRED, True))),
        ("=3†", (3, True, (RETIRED, True))),
        ("†", (None, False, (RETIRED, True))),
        ("Ret", (None, False, (RETIRED, False))),
        ("DNF", (None, False, (RETIRED, False))),
        ("bröt", (None, False, (RETIRED, False))),
        ("Ausfall", (None, False, (RETIRED, False))),
        ("kom inte till start", (None, False, ("did_not_start", False))),
        ("", (None, False, None)),
        ("–", (None, False, None)),
    ],
)
def test_a_position_may_be_a_number_a_dagger_or_a_code(typed, read):
    assert cells.read_position(typed) == read


@pytest.mark.parametrize("typed", ["0", "1000", "3.5", "first", "=", "3 4"])
def test_what_is_no_position_is_refused(typed):
    with pytest.raises(FormatError) as refusal:
        cells.read_position(typed)
    assert str(refusal.value) == (
        f"“{typed}” is neither a position nor a status. Write 3, =3 for a shared third "
        "place, 12† for a car that stopped and is classified, or a code such as Ret."
    )


@pytest.mark.parametrize("status", RESULT_STATUSES)
def test_every_status_is_read_as_it_is_shown(status):
    is_classified = status == CLASSIFIED
    text = shown(status=status, is_classified=is_classified)["status"]
    assert cells.read_status(text) == (status, is_classified)


@pytest.mark.parametrize(
    ("typed", "time_ms", "gap"),
    [
        ("1:33:15.607", 5_595_607, ""),
        ("5.515", 5515, ""),
        ("+5.515", None, "+5.515"),
        ("+1:05,515", None, "+1:05.515"),
        ("+1 lap", None, "+1 lap"),
        ("+2 varv", None, "+2 laps"),
        ("1 varv", None, "+1 lap"),
        ("-2 laps", None, "+2 laps"),
        ("1:33:21.122 +5.515", 5_601_122, "+5.515"),
        ("", None, ""),
        (" – ", None, ""),
    ],
)
def test_a_time_is_told_from_a_gap(typed, time_ms, gap):
    assert cells.read("time", typed) == {"time_ms": time_ms, "gap": gap}


@pytest.mark.parametrize("typed", ["abc", "+", "1:75", "+1:75", "12", "x +5.515"])
def test_what_is_neither_time_nor_gap_is_refused(typed):
    with pytest.raises(FormatError) as refusal:
        cells.read("time", typed)
    assert str(refusal.value) == (
        f"“{typed}” is neither a time nor a gap. Write 1:33:15.607, +5.515 or +1 lap."
    )


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("time_ms", "gap"), [(None, "+1 lap"), (5_601_122, "+5.515"), (5_595_607, "")]
)
def test_time_and_gap_are_read_as_they_are_shown(language, time_ms, gap):
    with translation.override(language):
        text = shown(time_ms=time_ms, gap=gap)["time"]
        assert cells.read("time", text) == {"time_ms": time_ms, "gap": gap}


def test_a_gap_is_shown_in_the_editors_language():
    with translation.override("sv"):
        assert shown(gap="+1 lap") == {"time": "+1 varv"}


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        (
            "grid",
            "P3",
            "“P3” is not a place on the grid. Write a whole number from 1 to 999.",
        ),
        (
            "grid",
            "0",
            "“0” is not a place on the grid. Write a whole number from 1 to 999.",
        ),
        (
            "laps",
            "many",
            "“many” is not a number of laps. Write a whole number such as 262.",
        ),
        (
            "laps",
            "-1",
            "“-1” is not a number of laps. Write a whole number such as 262.",
        ),
        (
            "best_lap",
            "fast",
            "“fast” is not a lap time. Write minutes, seconds and thousandths, for "
            "example 1:47.095.",
        ),
        (
            "points",
            "-3",
            "“-3” is not a number of points. Write a number from 0 to 9999.99 with at "
            "most two decimals, for example 12.5.",
        ),
    ],
)
def test_figures_that_are_none_are_refused_in_a_sentence(name, typed, sentence):
    with pytest.raises(FormatError) as refusal:
        cells.read(name, typed)
    assert str(refusal.value) == sentence
