"""How facts are printed and parsed: racing.formats."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from racing import formats
from racing.formats import FormatError, Gap

pytestmark = pytest.mark.usefixtures("english")

LANGUAGES = st.sampled_from(["sv", "en"])


@pytest.mark.parametrize(
    ("active", "printed"),
    [("sv", "1 varv"), ("sv-fi", "1 varv"), ("en", "1 lap"), ("de", "1 lap")],
)
def test_the_active_language_decides_when_none_is_given(active, printed):
    with translation.override(active):
        assert formats.gap(laps=1) == f"+{printed}"


def test_without_any_language_facts_are_printed_in_english():
    with translation.override(None):
        assert formats.ordinal(1) == "1st"


# Lap times


@pytest.mark.parametrize(
    ("ms", "printed"),
    [
        (107_095, "1:47.095"),
        (59_123, "59.123"),
        (5_607_000 - 11_393, "1:33:15.607"),
        (0, "0.000"),
        (7, "0.007"),
        (60_000, "1:00.000"),
        (3_600_000, "1:00:00.000"),
        (12 * 3_600_000 + 5, "12:00:00.005"),
    ],
)
def test_lap_time_prints_milliseconds_as_timing_sheets_do(ms, printed):
    assert formats.lap_time(ms) == printed


def test_lap_time_refuses_a_negative_number():
    with pytest.raises(ValueError, match="negative"):
        formats.lap_time(-1)


@pytest.mark.parametrize(
    "spelling",
    [
        "1:47.095",
        "1:47,095",
        "1.47,095",
        "1.47.095",
        "1'47.095",
        "1′47.095",
        "1’47.095",
        "1‘47.095",
        "1´47,095",
        "1'47.095\"",
        "1′47.095″",
        "1min 47.095s",
        "1 min 47,095 s",
        "1 min. 47,095 sek.",
        "1 MIN 47.095 S",
        "1m47.095s",
        "1 min 47,095",
        "107.095",
        "107,095 s",
        "107.095s",
        "0:01:47.095",
        "01:47.095",
        " 1:47.095\n",
        "1\u00a0min\u00a047,095\u202fs",
    ],
)
def test_parse_lap_time_takes_every_usual_spelling(spelling):
    assert formats.parse_lap_time(spelling) == 107_095


@pytest.mark.parametrize(
    ("spelling", "ms"),
    [
        ("59.123", 59_123),
        ("1:33:15.607", 5_595_607),
        ("1 h 33 min 15.607 s", 5_595_607),
        ("1 tim 33 min 15,607 s", 5_595_607),
        ("93:15.607", 5_595_607),
        ("12:00:45", 43_245_000),
        ("1:47", 107_000),
        ("1:47.1", 107_100),
        ("1:47,09", 107_090),
        ("107 s", 107_000),
        ("99:59:59.999", formats.LONGEST_TIME - 1),
    ],
)
def test_parse_lap_time_takes_hours_and_fewer_decimals(spelling, ms):
    assert formats.parse_lap_time(spelling) == ms


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "1:75.000",
            "The seconds in “1:75.000” must be below 60, as in 1:47.095.",
        ),
        (
            "1 min 75 s",
            "The seconds in “1 min 75 s” must be below 60, as in 1:47.095.",
        ),
        (
            "1:75:15.607",
            "The minutes in “1:75:15.607” must be below 60, as in 1:33:15.607.",
        ),
        (
            "400000.000",
            "“400000.000” is too long: a time here is shorter than 100 hours.",
        ),
        (
            "107095",
            "“107095” is not a lap time. Write minutes, seconds and thousandths, "
            "for example 1:47.095.",
        ),
        ("", "Write a lap time, for example 1:47.095."),
        (" \n", "Write a lap time, for example 1:47.095."),
    ],
)
def test_parse_lap_time_says_what_is_wrong(typed, sentence):
    with pytest.raises(FormatError) as refusal:
        formats.parse_lap_time(typed)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    "typed", ["1:47.0955", "1:7.095", "1:47:095", "1.47.09", "1:47.", ":47.095", "1:-4"]
)
def test_parse_lap_time_refuses_what_is_ambiguous_or_too_precise(typed):
    with pytest.raises(FormatError, match="is not a lap time"):
        formats.parse_lap_time(typed)


@given(st.integers(0, formats.LONGEST_TIME - 1))
@example(0)
@example(formats.LONGEST_TIME - 1)
def test_a_printed_lap_time_parses_to_itself(ms):
    assert formats.parse_lap_time(formats.lap_time(ms)) == ms


# Gaps


@pytest.mark.parametrize(
    ("gap", "english", "swedish"),
    [
        (Gap(ms=5_515), "+5.515", "+5.515"),
        (Gap(ms=65_515), "+1:05.515", "+1:05.515"),
        (Gap(ms=0), "+0.000", "+0.000"),
        (Gap(laps=1), "+1 lap", "+1 varv"),
        (Gap(laps=2), "+2 laps", "+2 varv"),
    ],
)
def test_gap_prints_time_or_laps(gap, english, swedish):
    assert formats.gap(gap.ms, gap.laps, language="en") == english
    assert formats.gap(gap.ms, gap.laps, language="sv") == swedish


@pytest.mark.parametrize(
    "arguments", [{}, {"ms": 1, "laps": 1}, {"laps": 0}, {"ms": -1}]
)
def test_gap_refuses_what_is_no_gap(arguments):
    with pytest.raises(ValueError, match=r"gap|negative"):
        formats.gap(**arguments)


@pytest.mark.parametrize(
    ("typed", "gap"),
    [
        ("+5.515", Gap(ms=5_515)),
        ("5,515", Gap(ms=5_515)),
        ("+ 5.515 s", Gap(ms=5_515)),
        ("+1:05.515", Gap(ms=65_515)),
        ("+1 lap", Gap(laps=1)),
        ("1 Lap", Gap(laps=1)),
        ("-2 laps", Gap(laps=2)),
        ("−2 laps", Gap(laps=2)),
        ("+2 varv", Gap(laps=2)),
        ("2L", Gap(laps=2)),
    ],
)
def test_parse_gap_takes_what_timing_sheets_print(typed, gap):
    assert formats.parse_gap(typed) == gap


@pytest.mark.parametrize("typed", ["+0 laps", "-5.515", "++5.515", "+", "lap", "+1"])
def test_parse_gap_refuses_the_rest(typed):
    with pytest.raises(FormatError) as refusal:
        formats.parse_gap(typed)
    assert str(refusal.value) == (
        f"“{typed}” is not a gap. Write a time such as +5.515 or a number of laps "
        "such as +1 lap."
    )


GAPS = st.one_of(
    st.builds(Gap, ms=st.integers(0, formats.LONGEST_TIME - 1)),
    st.builds(Gap, laps=st.integers(1, 9999)),
)


@given(GAPS, LANGUAGES)
def test_a_printed_gap_parses_to_itself(gap, language):
    assert formats.parse_gap(formats.gap(gap.ms, gap.laps, language)) == gap


@pytest.mark.parametrize(
    ("typed", "english", "swedish"),
    [
        ("+1 lap", "+1 lap", "+1 varv"),
        ("2 varv", "+2 laps", "+2 varv"),
        ("5,515", "+5.515", "+5.515"),
        ("a long way", "a long way", "a long way"),
    ],
)
def test_gap_of_a_sheet_is_printed_in_the_readers_way(typed, english, swedish):
    assert formats.printed_gap(typed, "en") == english
    assert formats.printed_gap(typed, "sv") == swedish


# Positions


@pytest.mark.parametrize(
    ("n", "english", "swedish"),
    [
        (1, "1st", "1:a"),
        (2, "2nd", "2:a"),
        (3, "3rd", "3:e"),
        (4, "4th", "4:e"),
        (11, "11th", "11:e"),
        (12, "12th", "12:e"),
        (13, "13th", "13:e"),
        (21, "21st", "21:a"),
        (22, "22nd", "22:a"),
        (23, "23rd", "23:e"),
        (101, "101st", "101:a"),
        (111, "111th", "111:e"),
        (112, "112th", "112:e"),
        (113, "113th", "113:e"),
        (122, "122nd", "122:a"),
    ],
)
def test_ordinal_follows_each_language(n, english, swedish):
    assert formats.ordinal(n, language="en") == english
    assert formats.ordinal(n, language="sv") == swedish


@pytest.mark.parametrize("function", [formats.ordinal, formats.position])
@pytest.mark.parametrize("n", [0, -3])
def test_positions_start_at_one(function, n):
    with pytest.raises(ValueError, match="start at 1"):
        function(n)


def test_position_marks_a_shared_place():
    assert formats.position(3) == "3"
    assert formats.position(3, tied=True) == "=3"


@pytest.mark.parametrize(
    ("typed", "position"),
    [
        ("3", (3, False)),
        ("3.", (3, False)),
        ("3:e", (3, False)),
        ("1:a", (1, False)),
        ("3rd", (3, False)),
        ("21st", (21, False)),
        (" 3 ", (3, False)),
        ("=3", (3, True)),
        ("= 3", (3, True)),
        ("T3", (3, True)),
        ("delad 3:e", (3, True)),
        ("tied 3rd", (3, True)),
        ("999", (999, False)),
        ("", (None, False)),
        ("-", (None, False)),
        ("–", (None, False)),
    ],
)
def test_parse_position_takes_every_usual_spelling(typed, position):
    assert formats.parse_position(typed) == position


@pytest.mark.parametrize("typed", ["0", "1000", "3x", "3:b", "==3", "3.5", "1 2"])
def test_parse_position_refuses_the_rest(typed):
    with pytest.raises(FormatError) as refusal:
        formats.parse_position(typed)
    assert str(refusal.value) == (
        f"“{typed}” is not a position. Write a number from 1 to 999, or =3 for a "
        "shared third place."
    )


@given(st.integers(1, 999), st.booleans(), LANGUAGES)
def test_a_printed_position_parses_to_itself(n, tied, language):
    place = formats.ordinal(n, language)
    shared = f"delad {place}" if language == "sv" else f"tied {place}"
    assert formats.parse_position(formats.position(n, tied=tied)) == (n, tied)
    assert formats.parse_position(shared) == (n, True)
    assert formats.parse_position(place) == (n, False)


# Numbers


@pytest.mark.parametrize(
    ("value", "english", "swedish"),
    [
        (Decimal("12.50"), "12.5", "12,5"),
        (Decimal("408"), "408", "408"),
        (Decimal("408.00"), "408", "408"),
        (Decimal("4.08E+2"), "408", "408"),
        (Decimal("4E+2"), "400", "400"),
        (Decimal("0.25"), "0.25", "0,25"),
        (Decimal("0.00"), "0", "0"),
        (209, "209", "209"),
    ],
)
def test_points_have_no_trailing_zeros_and_no_exponent(value, english, swedish):
    assert formats.points(value, language="en") == english
    assert formats.points(value, language="sv") == swedish


@pytest.mark.parametrize("typed", ["12.5", "12,5", "12.50", " 12,5 ", "012.5"])
def test_parse_points_takes_comma_and_point(typed):
    assert formats.parse_points(typed) == Decimal("12.5")


@pytest.mark.parametrize("typed", ["12.345", "10000", "-1", "1,234.5", "12.", "NaN"])
def test_parse_points_refuses_the_rest(typed):
    with pytest.raises(FormatError) as refusal:
        formats.parse_points(typed)
    assert str(refusal.value) == (
        f"“{typed}” is not a number of points. Write a number from 0 to 9999.99 with "
        "at most two decimals, for example 12.5."
    )


@given(st.decimals(0, formats.MOST_POINTS, places=2), LANGUAGES)
def test_printed_points_parse_to_themselves(value, language):
    assert formats.parse_points(formats.points(value, language)) == value


@pytest.mark.parametrize(
    ("n", "english", "swedish"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (12_345, "12,345", "12\u00a0345"),
        (1_234_567, "1,234,567", "1\u00a0234\u00a0567"),
        (-1_234, "−1,234", "−1\u00a0234"),
    ],
)
def test_whole_keeps_thousands_apart(n, english, swedish):
    assert formats.whole(n, language="en") == english
    assert formats.whole(n, language="sv") == swedish


@pytest.mark.parametrize(
    ("metres", "english", "swedish"),
    [
        (4_574, "4.574\u00a0km", "4,574\u00a0km"),
        (4_270, "4.270\u00a0km", "4,270\u00a0km"),
        (25_378, "25.378\u00a0km", "25,378\u00a0km"),
        (80, "0.080\u00a0km", "0,080\u00a0km"),
    ],
)
def test_length_prints_kilometres_to_the_metre(metres, english, swedish):
    assert formats.length(metres, language="en") == english
    assert formats.length(metres, language="sv") == swedish


def test_length_refuses_a_negative_number():
    with pytest.raises(ValueError, match="negative"):
        formats.length(-1)


@pytest.mark.parametrize(
    "typed",
    [
        "4,574 km",
        "4.574 km",
        "4.574km",
        "4,574\u00a0km",
        "4.574",
        "4,574",
        "4574 m",
        "4574m",
        "4 574 m",
        "4574",
        "4.574 KM",
    ],
)
def test_parse_length_takes_kilometres_and_metres(typed):
    assert formats.parse_length(typed) == 4_574


@pytest.mark.parametrize(
    ("typed", "metres"), [("4 km", 4_000), ("4.5 km", 4_500), ("25,38", 25_380)]
)
def test_parse_length_takes_fewer_decimals(typed, metres):
    assert formats.parse_length(typed) == metres


@pytest.mark.parametrize(
    "typed", ["4.574 m", "4.5745 km", "25", "0 km", "0 m", "100 km", "4 miles", "4..5"]
)
def test_parse_length_refuses_the_rest(typed):
    with pytest.raises(FormatError) as refusal:
        formats.parse_length(typed)
    assert str(refusal.value) == (
        f"“{typed}” is not the length of a circuit. Write kilometres or metres, for "
        "example 4.574\u00a0km or 4574 m."
    )


@given(st.integers(1, formats.LONGEST_LAP), LANGUAGES)
def test_a_printed_length_parses_to_itself(metres, language):
    assert formats.parse_length(formats.length(metres, language)) == metres
