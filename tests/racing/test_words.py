"""Records in words, in both languages: racing.words."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from events.models import RESULT_STATUSES
from racing import formats, words

LANGUAGES = st.sampled_from(["sv", "en"])
PLACES = st.integers(1, 999)


@pytest.mark.parametrize(
    ("active", "written"),
    [("sv", "trea"), ("sv-fi", "trea"), ("en", "third"), ("de", "third")],
)
def test_the_active_language_decides_when_none_is_given(active, written):
    with translation.override(active):
        assert words.place(3) == written


def test_the_language_asked_for_goes_before_the_active_one():
    with translation.override("sv"):
        assert words.result(24, "TCR", 3, language="en") == "third in TCR, 24th overall"
        assert words.standing(4, 1, language="en") == "fourth after one round"
        assert words.count(2, "wins", "en") == "two wins"
        assert words.status("retired", language="en") == "retired"


# Places


SWEDISH_PLACES = "etta tvåa trea fyra femma sexa sjua åtta nia tia elva tolva"
ENGLISH_PLACES = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
)


@pytest.mark.parametrize(
    ("language", "places"), [("sv", SWEDISH_PLACES), ("en", ENGLISH_PLACES)]
)
def test_the_first_twelve_places_have_words(language, places):
    written = [words.place(n, language=language) for n in range(1, 13)]
    assert written == places.split()


@pytest.mark.parametrize(
    ("n", "swedish", "english"),
    [
        (13, "13:e", "13th"),
        (21, "21:a", "21st"),
        (22, "22:a", "22nd"),
        (23, "23:e", "23rd"),
        (24, "24:e", "24th"),
        (111, "111:e", "111th"),
    ],
)
def test_places_from_the_thirteenth_are_figures(n, swedish, english):
    assert words.place(n, language="sv") == swedish
    assert words.place(n, language="en") == english


def test_a_shared_place_says_so():
    assert words.place(3, tied=True, language="sv") == "delad trea"
    assert words.place(3, tied=True, language="en") == "tied third"
    assert words.place(21, tied=True, language="sv") == "delad 21:a"
    assert words.place(21, tied=True, language="en") == "tied 21st"


@pytest.mark.parametrize("n", [0, -1])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_there_is_no_place_before_the_first(n, language):
    with pytest.raises(ValueError, match="start at 1"):
        words.place(n, language=language)


@given(PLACES, st.booleans(), LANGUAGES)
def test_no_two_places_read_the_same(n, tied, language):
    written = words.place(n, tied=tied, language=language)
    assert written != words.place(n + 1, tied=tied, language=language)
    assert written != words.place(n, tied=not tied, language=language)


# Results


@pytest.mark.parametrize(
    ("facts", "swedish", "english"),
    [
        ((24, "TCR", 3), "trea i TCR, 24:e totalt", "third in TCR, 24th overall"),
        ((21, "TCR", 13), "13:e i TCR, 21:a totalt", "13th in TCR, 21st overall"),
        ((3, "TCR", 1), "etta i TCR, 3:e totalt", "first in TCR, 3rd overall"),
        ((1, "TCR", 1), "etta i TCR, 1:a totalt", "first in TCR, 1st overall"),
        ((24, "", 3), "trea i klassen, 24:e totalt", "third in class, 24th overall"),
        ((None, "GT4", 12), "tolva i GT4", "twelfth in GT4"),
        ((None, "", 2), "tvåa i klassen", "second in class"),
        ((24, "TCR", None), "24:e totalt", "24th overall"),
        ((3, "TCR", None), "trea totalt", "third overall"),
        ((3, "", None), "trea", "third"),
        ((3,), "trea", "third"),
        ((None, "TCR", None), "", ""),
        ((None,), "", ""),
    ],
)
def test_a_result_is_told_class_first_then_overall(facts, swedish, english):
    assert words.result(*facts, language="sv") == swedish
    assert words.result(*facts, language="en") == english


@pytest.mark.parametrize(
    ("ties", "swedish", "english"),
    [
        (
            {"tied": True},
            "trea i TCR, delad 24:e totalt",
            "third in TCR, tied 24th overall",
        ),
        (
            {"class_tied": True},
            "delad trea i TCR, 24:e totalt",
            "tied third in TCR, 24th overall",
        ),
        (
            {"tied": True, "class_tied": True},
            "delad trea i TCR, delad 24:e totalt",
            "tied third in TCR, tied 24th overall",
        ),
    ],
)
def test_a_tie_stands_with_the_place_it_concerns(ties, swedish, english):
    assert words.result(24, "TCR", 3, **ties, language="sv") == swedish
    assert words.result(24, "TCR", 3, **ties, language="en") == english


def test_a_tie_shows_where_there_is_only_one_place():
    assert words.result(3, tied=True, language="sv") == "delad trea"
    assert words.result(3, "TCR", tied=True, language="sv") == "delad trea totalt"
    assert words.result(3, "TCR", tied=True, language="en") == "tied third overall"


@given(PLACES, PLACES, LANGUAGES)
def test_the_place_after_the_comma_can_be_read_back(overall, in_class, language):
    told = words.result(overall, "TCR", in_class, language=language)
    first, last = told.split(", ")
    place = words.place(in_class, language=language)
    assert first.split() == [place, "i" if language == "sv" else "in", "TCR"]
    ordinal, _overall = last.split()
    assert formats.parse_position(ordinal) == (overall, False)


# How it ended otherwise


@pytest.mark.parametrize(
    ("status", "swedish", "english"),
    [
        ("classified", "klassificerad", "classified"),
        ("not_classified", "klassificerades inte", "not classified"),
        ("retired", "bröt", "retired"),
        ("disqualified", "diskvalificerad", "disqualified"),
        ("did_not_start", "kom inte till start", "did not start"),
        ("did_not_qualify", "kvalade inte in", "did not qualify"),
        ("withdrawn", "drog sig ur", "withdrew"),
        ("excluded", "utesluten", "excluded"),
        ("", "", ""),
    ],
)
def test_a_status_reads_as_a_journalist_writes_it(status, swedish, english):
    assert words.status(status, language="sv") == swedish
    assert words.status(status, language="en") == english


@pytest.mark.parametrize("table", [words.STATUSES_SV, words.STATUSES_EN])
def test_every_status_of_a_result_has_words_and_no_other(table):
    assert set(table) == set(RESULT_STATUSES)
    assert len(set(table.values())) == len(RESULT_STATUSES)


def test_a_car_that_retired_late_was_classified_all_the_same():
    told = {
        language: words.status("retired", classified=True, language=language)
        for language in ("sv", "en")
    }
    assert told == {"sv": "bröt men klassificerades", "en": "retired but classified"}


def test_being_classified_adds_nothing_to_the_other_statuses():
    for status in set(RESULT_STATUSES) - {"retired"}:
        alone = words.status(status, language="sv")
        assert words.status(status, classified=True, language="sv") == alone


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_status_that_there_is_not_is_refused(language):
    with pytest.raises(KeyError):
        words.status("exploded", language=language)


# Standings


@pytest.mark.parametrize(
    ("facts", "swedish", "english"),
    [
        (
            (4, 3, 7),
            "fyra efter tre av sju deltävlingar",
            "fourth after three of seven rounds",
        ),
        (
            (1, 1, 7),
            "etta efter en av sju deltävlingar",
            "first after one of seven rounds",
        ),
        ((4, 3), "fyra efter tre deltävlingar", "fourth after three rounds"),
        ((1, 1), "etta efter en deltävling", "first after one round"),
        ((1, 1, 1), "etta efter en av en deltävling", "first after one of one round"),
        (
            (13, 12, 12),
            "13:e efter tolv av tolv deltävlingar",
            "13th after twelve of twelve rounds",
        ),
        ((3, 13), "trea efter 13 deltävlingar", "third after 13 rounds"),
        ((4,), "fyra hittills", "fourth so far"),
        ((4, None, 7), "fyra hittills", "fourth so far"),
        ((None, 3, 7), "", ""),
    ],
)
def test_a_standing_is_told_with_how_much_of_the_season_is_run(facts, swedish, english):
    assert words.standing(*facts, language="sv") == swedish
    assert words.standing(*facts, language="en") == english


def test_words_and_figures_do_not_mix_in_a_standing():
    assert words.standing(4, 3, 14, language="sv") == "fyra efter 3 av 14 deltävlingar"
    assert words.standing(4, 1, 36, language="en") == "fourth after 1 of 36 rounds"


@pytest.mark.parametrize("rounds", [(), (7,), (7, 7)])
def test_a_season_that_is_over_has_a_final_place(rounds):
    swedish = words.standing(3, *rounds, is_over=True, language="sv")
    english = words.standing(3, *rounds, is_over=True, language="en")
    assert swedish == "trea i mästerskapet"
    assert english == "third in the championship"


def test_a_shared_place_in_a_championship_says_so():
    assert (
        words.standing(4, 3, 7, tied=True, language="sv")
        == "delad fyra efter tre av sju deltävlingar"
    )
    assert (
        words.standing(3, tied=True, is_over=True, language="en")
        == "tied third in the championship"
    )


def test_nothing_is_told_of_a_championship_without_a_place():
    assert words.standing(None, is_over=True, language="sv") == ""


# Numbers and counts


@pytest.mark.parametrize(
    ("language", "numbers"),
    [
        ("sv", "noll en två tre fyra fem sex sju åtta nio tio elva tolv 13"),
        (
            "en",
            "zero one two three four five six seven eight nine ten eleven twelve 13",
        ),
    ],
)
def test_numbers_to_twelve_are_words(language, numbers):
    written = [words.number(n, language=language) for n in range(14)]
    assert written == numbers.split()


def test_swedish_one_has_two_genders():
    assert words.number(1, neuter=True, language="sv") == "ett"
    assert words.number(2, neuter=True, language="sv") == "två"
    assert words.number(1, neuter=True, language="en") == "one"


@pytest.mark.parametrize(
    ("n", "swedish", "english"),
    [(1234, "1\u00a0234", "1,234"), (-3, "−3", "−3")],
)
def test_other_numbers_are_figures(n, swedish, english):
    assert words.number(n, language="sv") == swedish
    assert words.number(n, language="en") == english


# none, one, two, thirteen
COUNTS_SV = {
    "starts": "inga starter|en start|två starter|13 starter",
    "wins": "inga segrar|en seger|två segrar|13 segrar",
    "class_wins": "inga klassegrar|en klasseger|två klassegrar|13 klassegrar",
    "podiums": "inga pallplatser|en pallplats|två pallplatser|13 pallplatser",
    "poles": (
        "inga pole positions|en pole position|två pole positions|13 pole positions"
    ),
    "fastest_laps": (
        "inga snabbaste varv|ett snabbaste varv|två snabbaste varv|13 snabbaste varv"
    ),
    "titles": "inga titlar|en titel|två titlar|13 titlar",
    "points": "inga poäng|en poäng|två poäng|13 poäng",
    "laps": "inga varv|ett varv|två varv|13 varv",
    "rounds": "inga deltävlingar|en deltävling|två deltävlingar|13 deltävlingar",
}
COUNTS_EN = {
    "starts": "no starts|one start|two starts|13 starts",
    "wins": "no wins|one win|two wins|13 wins",
    "class_wins": "no class wins|one class win|two class wins|13 class wins",
    "podiums": "no podiums|one podium|two podiums|13 podiums",
    "poles": (
        "no pole positions|one pole position|two pole positions|13 pole positions"
    ),
    "fastest_laps": "no fastest laps|one fastest lap|two fastest laps|13 fastest laps",
    "titles": "no titles|one title|two titles|13 titles",
    "points": "no points|one point|two points|13 points",
    "laps": "no laps|one lap|two laps|13 laps",
    "rounds": "no rounds|one round|two rounds|13 rounds",
}


@pytest.mark.parametrize(("language", "counts"), [("sv", COUNTS_SV), ("en", COUNTS_EN)])
def test_every_total_can_be_told(language, counts):
    told = {
        what: "|".join(words.count(n, what, language) for n in (0, 1, 2, 13))
        for what in (words.NOUNS_SV if language == "sv" else words.NOUNS_EN)
    }
    assert told == counts


def test_a_large_total_has_its_thousands_apart():
    assert words.count(30_000, "laps", "sv") == "30\u00a0000 varv"
    assert words.count(30_000, "laps", "en") == "30,000 laps"


@pytest.mark.parametrize(
    ("points", "swedish", "english"),
    [
        ("12.5", "12,5 poäng", "12.5 points"),
        ("0.50", "0,5 poäng", "0.5 points"),
        ("408", "408 poäng", "408 points"),
        ("12.00", "tolv poäng", "twelve points"),
        ("1.00", "en poäng", "one point"),
        ("0.00", "inga poäng", "no points"),
    ],
)
def test_points_may_be_broken(points, swedish, english):
    assert words.count(Decimal(points), "points", "sv") == swedish
    assert words.count(Decimal(points), "points", "en") == english


@pytest.mark.parametrize("n", [-1, Decimal("-0.5")])
def test_nothing_is_counted_below_none(n):
    with pytest.raises(ValueError, match="below none"):
        words.count(n, "points", "sv")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_not_a_total_is_not_counted(language):
    with pytest.raises(KeyError):
        words.count(1, "beers", language)


@given(st.integers(2, 10**6), st.sampled_from(sorted(words.NOUNS_EN)), LANGUAGES)
def test_a_total_is_its_number_and_its_noun(n, what, language):
    told = words.count(n, what, language)
    written = words.number(n, language=language)
    assert told == f"{written} {words.count(0, what, language).split(' ', 1)[1]}"
