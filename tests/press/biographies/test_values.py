"""What tokens say of a driver: press.biographies.values."""

from datetime import date

import pytest

from events.career import Figure
from events.counting import Race
from events.models import Session
from press.biographies.facts import Placed, Results
from press.biographies.values import counted, listed, ordinal, value
from racing.tokens import parse
from tests.press.biographies.people import andreas, entry, facts, line

UK = {"team": "WestCoast Racing", "car": "Volkswagen Golf GTI TCR", "number": "19"}
KNOWN = {"starts": 14, "podiums": 6, "class_wins": 0, "fastest_laps": 0}


def says(token, known):
    (read,) = parse(token)
    return tuple(value(known, read, language) for language in ("sv", "en"))


@pytest.mark.parametrize(
    ("figure", "what", "form", "sv", "en"),
    [
        (Figure(3), "wins", "", "tre segrar", "three wins"),
        (Figure(1), "wins", "", "en seger", "one win"),
        (Figure(0), "wins", "", "inga segrar", "no wins"),
        (Figure(13), "wins", "", "13 segrar", "13 wins"),
        (Figure(1), "fastest_laps", "", "ett snabbaste varv", "one fastest lap"),
        (Figure(1), "fastest_laps", "word", "ett", "one"),
        (Figure(1), "poles", "word", "en", "one"),
        (Figure(1), "seasons", "", "en säsong", "one season"),
        (Figure(7), "seasons", "", "sju säsonger", "seven seasons"),
        (Figure(3), "wins", "number", "3", "3"),
        (Figure(3), "wins", "ordinal", "tredje", "third"),
        (Figure(13), "starts", "ordinal", "13:e", "13th"),
        (Figure(0), "wins", "ordinal", None, None),
        (Figure(3, True), "wins", "", "minst tre segrar", "at least three wins"),
        (Figure(3, True), "wins", "number", "minst 3", "at least 3"),
        (Figure(3, True), "wins", "word", "minst tre", "at least three"),
        (Figure(3, True), "wins", "ordinal", None, None),
        (Figure(None), "wins", "", None, None),
    ],
)
def test_a_total_is_said_in_its_form(figure, what, form, sv, en):
    assert counted(figure, what, form, "sv") == sv
    assert counted(figure, what, form, "en") == en


def test_names_are_listed_and_ordinals_are_words_to_twelve():
    assert listed(["A", "B", "C"], "sv") == "A, B och C"
    assert listed(["A", "B"], "en") == "A and B"
    assert listed(["A"], "sv") == "A"
    assert listed([], "sv") == ""
    assert (ordinal(1, "sv"), ordinal(12, "sv"), ordinal(21, "sv")) == (
        "första",
        "tolfte",
        "21:a",
    )
    assert (ordinal(2, "en"), ordinal(22, "en")) == ("second", "22nd")


def test_who_somebody_is():
    driver = andreas(club="Luleå Motorsällskap", licence="silver")
    known = facts(driver=driver)
    told = {
        token: says(f"{{{token}}}", known)
        for token in ("name", "age", "birth_date", "birth_year", "birth_place")
    }
    assert told == {
        "name": ("Andreas Bäckman", "Andreas Bäckman"),
        "age": ("26", "26"),
        "birth_date": ("29 augusti 1995", "29 August 1995"),
        "birth_year": ("1995", "1995"),
        "birth_place": ("Boden", "Boden"),
    }
    assert says("{nationality}", known) == ("Sverige", "Sweden")
    assert says("{licence}", known) == ("FIA Silver", "FIA Silver")
    unknown = facts(driver=andreas(birth_date=None, birth_place=""))
    for token in ("{age}", "{birth_date}", "{birth_year}", "{birth_place}", "{club}"):
        assert says(token, unknown) == (None, None)


def test_what_somebody_drives_is_what_is_entered_next_and_the_latest_season():
    known = facts(
        line("STCC", 2022, is_over=False, team="Lestrup Racing Team"),
        line("TCR UK", 2018, **UK),
        next_entry=entry("24H Series", 2022, number="120"),
    )
    assert says("{series}", known) == ("24H Series och STCC", "24H Series and STCC")
    assert says("{team}", known)[0] == "Lestrup Racing Team"
    assert says("{car}", known)[0] == "Audi RS 3 LMS TCR"
    assert says("{class}", known)[0] == "TCR"
    assert says("{number}", known)[0] == "120"
    assert says("{season}", known)[0] == "2022"
    assert says("{seasons}", known) == ("två säsonger", "two seasons")
    assert says("{first_season}", known)[0] == "2018"
    assert says("{next_event}", known) == (
        "Hankook 12h Hockenheimring den 13–15 maj 2022",
        "Hankook 12h Hockenheimring on 13–15 May 2022",
    )
    assert says("{next_race_date}", known)[1] == "13–15 May 2022"
    assert says("{team:tcr-uk-2018}", known)[0] == "WestCoast Racing"
    assert says("{car:tcr-uk-2018}", known)[0] == "Volkswagen Golf GTI TCR"
    assert says("{class:tcr-uk-2018}", known)[0] == "TCR"
    assert says("{number:tcr-uk-2018}", known)[0] == "19"
    for token in ("{team:wtcr-2021}", "{car:stcc-2022}", "{number:stcc-2022}"):
        assert says(token, known) == (None, None)


def test_days_that_are_not_known_are_not_said():
    known = facts(next_entry=entry("STCC", 2022, first_day=date(2022, 6, 3)))
    only_last = facts(next_entry=entry("STCC", 2022, first_day=None))
    neither = facts(next_entry=entry("STCC", 2022, first_day=None, last_day=None))
    assert says("{next_event}", only_last)[0].endswith(" till 15 maj 2022")
    assert says("{next_event}", neither)[0] == "Hankook 12h Hockenheimring"
    assert says("{next_race_date}", neither) == (None, None)
    assert says("{next_event}", facts()) == (None, None)
    assert says("{last_result}", known) == says("{last_win}", known) == (None, None)


def test_a_result_is_dated_by_its_month_where_the_day_of_the_race_is_not_known():
    event = entry("STCC", 2021, name="Mantorp Park").event
    race = Race(**dict.fromkeys(Race._fields) | {"day": date(2021, 10, 3)})
    own = {"position": 24, "class_position": 3, "class_name": "TCR", "is_tied": False}
    placed = Placed(race._replace(**own), Session(event=event))
    known = facts(results=Results(last=placed, won=placed))
    assert says("{last_result}", known) == (
        "trea i TCR, 24:e totalt, i Mantorp Park i oktober 2021",
        "third in TCR, 24th overall, at Mantorp Park in October 2021",
    )
    assert says("{last_win}", known)[1] == "Mantorp Park in October 2021"


def test_a_championship_that_is_over_has_a_place_and_one_that_runs_a_standing():
    known = facts(
        line("STCC", 2022, is_over=False, position=4, after_round=3, points="45.5"),
        line("TCR UK", 2018, position=3, points="408", wins=1, poles=1, **KNOWN),
    )
    assert says("{position:tcr-uk-2018}", known) == ("trea", "third")
    assert says("{position:ordinal:tcr-uk-2018}", known) == ("tredje", "third")
    assert says("{position:number:tcr-uk-2018}", known) == ("3", "3")
    assert says("{points:tcr-uk-2018}", known) == ("408 poäng", "408 points")
    assert says("{points:number}", known) == ("45,5", "45.5")
    assert says("{position}", known) == (
        "fyra efter tre av sju deltävlingar",
        "fourth after three of seven rounds",
    )
    assert says("{last_season}", known) == (
        "trea i TCR UK 2018",
        "third in the 2018 TCR UK season",
    )
    assert says("{wins:tcr-uk-2018}", known) == ("en seger", "one win")
    assert says("{class_wins:tcr-uk-2018}", known) == (
        "inga klassegrar",
        "no class wins",
    )
    assert says("{wins}", known) == ("minst en seger", "at least one win")
    assert says("{titles}", known) == ("inga titlar", "no titles")
    assert says("{wins:stcc-2022}", known) == (None, None)
    assert says("{wins:wtcr-2021}", known) == (None, None)


def test_of_two_places_in_the_latest_season_none_is_said():
    known = facts(line("STCC", 2022, position=3), line("TCR Germany", 2022, position=2))
    assert says("{position}", known) == (None, None)
    assert says("{position:stcc-2022}", known) == ("trea", "third")
