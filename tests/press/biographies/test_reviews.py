"""What the facts say against a text: press.biographies.reviews."""

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from press.biographies.facts import Results
from press.biographies.lengths import word_count
from press.biographies.reviews import (
    AGE,
    COUNT,
    NOT_REVIEWED,
    OTHER_LANGUAGE,
    PAST_NAME,
    PLACE,
    SEASON_OVER,
    UNKNOWN,
    WORDS,
    warnings,
)
from tests.press.biographies.people import andreas, entry, facts, line

pytestmark = pytest.mark.usefixtures("english")

OTHERS = [("Andreas", "Bäckman"), ("Jessica", "Bäckman"), ("Rob", "Huff")]
SURE = {"class_wins": 0, "fastest_laps": 0}


@dataclass(frozen=True)
class Text:
    """A biography that no database knows."""

    driver: object
    text: str
    language: str = "sv"
    length: int = 0
    reviewed_on: date | None = date(2022, 5, 12)


def record(**fields):
    """A driver of three seasons, the last of which is running; all is known of it."""
    return facts(
        line(
            *("STCC", 2022),
            is_over=False,
            team="Lestrup Racing Team",
            starts=0,
            car="Audi RS 3 LMS TCR",
            wins=0,
            podiums=0,
            poles=0,
            **SURE,
        ),
        line(
            *("TCR Europe", 2019),
            team="Target Competition",
            car="Hyundai i30 N TCR",
            position=4,
            starts=14,
            wins=1,
            podiums=2,
            poles=2,
            **SURE,
        ),
        line(
            *("TCR UK", 2018),
            team="WestCoast Racing",
            car="Volkswagen Golf GTI TCR",
            position=3,
            starts=14,
            wins=2,
            podiums=6,
            poles=1,
            **SURE,
        ),
        next_entry=entry("24H Series", 2022),
        **fields,
    )


def said(text, language="sv", known=None, **fields):
    """(kind, sentence) of every warning of a text."""
    known = known or record()
    biography = Text(known.owner, text, language, **fields)
    found = warnings([biography], {known.owner: known}, drivers=OTHERS)
    return [(warning.kind, warning.sentence) for warning in found]


def kinds(text, language="sv", **fields):
    return [kind for kind, _sentence in said(text, language, **fields)]


# Names


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("sv", "Andreas Bäckman kör för WestCoast Racing.", "WestCoast Racing"),
        ("sv", "Född 1995, kör TCR UK.", "TCR UK"),
        ("sv", "Han tävlar i en Hyundai i30 N TCR.", "Hyundai i30 N TCR"),
        ("sv", "Han debuterade 2018 och kör för WestCoast Racing.", "WestCoast Racing"),
        ("sv", "Han kör för WestCoast Racing sedan 2018.", "WestCoast Racing"),
        ("sv", "WestCoast Racings förare från Boden.", "WestCoast Racing"),
        ("en", "Andreas Bäckman, driver for Target Competition.", "Target Competition"),
        ("en", "He races in TCR UK.", "TCR UK"),
    ],
)
def test_a_past_team_car_or_series_is_named_as_if_it_were_current(language, text, name):
    year = 2019 if name in ("Target Competition", "Hyundai i30 N TCR") else 2018
    assert said(text, language) == [
        (
            PAST_NAME,
            f"The text names {name} as if that were current; the last season with it "
            f"was {year}.",
        )
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "2018 debuterade han i bil och blev trea i TCR UK."),
        ("sv", "Han har segrar i TCR UK och TCR Europe och har kört STCC."),
        ("sv", "Sedan 2018 har han tävlat i TCR UK och TCR Europe."),
        ("sv", "Han blev {position:tcr-uk-2018} för {team:tcr-uk-2018} i TCR UK."),
        ("sv", "Hans syster Jessica kör TCR UK."),
        ("sv", "Jessica kör TCR UK."),
        ("sv", "Han kör STCC för Lestrup Racing Team i en Audi RS 3 LMS TCR."),
        ("sv", "Han kör {car} i {series} för {team}."),
        ("sv", "I 24H Series kör han Hankook 12h Hockenheimring."),
        ("en", "He has won races in TCR UK and TCR Europe."),
        ("en", "A race winner in TCR UK and TCR Europe."),
        ("en", "After a year with WestCoast Racing he moved to Target Competition."),
    ],
)
def test_history_and_what_is_current_are_named_rightly(language, text):
    assert said(text, language) == []


# Ages


@pytest.mark.parametrize(
    ("language", "text", "quoted"),
    [
        ("sv", "Andreas Bäckman, 25 år, kör STCC.", "25 år"),
        ("sv", "Andreas Bäckman, 25, kör STCC.", "Bäckman, 25"),
        ("sv", "Den 25-årige Bodensonen kör STCC.", "25-årige"),
        ("sv", "Den tjugofemårige Bodensonen har vunnit lopp.", "tjugofemårige"),
        ("sv", "Han är 25 år gammal.", "25 år gammal"),
        ("sv", "25-åringen kör STCC.", "25-åringen"),
        ("en", "The 25-year-old races in the STCC.", "25-year-old"),
        ("en", "He is twenty-five years old.", "twenty-five years old"),
        ("en", "Andreas Bäckman, aged 25, races.", "aged 25"),
    ],
)
def test_an_age_that_is_not_that_of_the_birth_date(language, text, quoted):
    sentence = f"The text says “{quoted}”; by the date of birth the age is 26."
    assert said(text, language) == [(AGE, sentence)]
    right = text.replace("25", "26").replace("femår", "sexår").replace("-five", "-six")
    assert said(right, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "Född 1995, tävlade första gången 2006, i gokart och tio år gammal."),
        ("sv", "Han var tio år gammal när han började."),
        ("sv", "Han är tillbaka i STCC efter tre år i internationella serier."),
        ("sv", "Ett treårigt avtal och 25 år i sporten."),
        ("sv", "Hans 24-åriga syster kör."),
        ("sv", "Han är {age} år gammal."),
        ("en", "He entered his first race in 2006, aged ten."),
        ("en", "In 2018, as a 22-year-old, he took one pole position."),
        ("en", "Her car is a 10-year-old car."),
    ],
)
def test_another_time_is_no_age_of_today(language, text):
    assert said(text, language) == []


def test_without_a_birth_date_no_age_is_wrong():
    known = record(driver=andreas(birth_date=None))
    assert said("Han är 99 år gammal.", known=known) == []


# Totals


@pytest.mark.parametrize(
    ("language", "text", "sentence"),
    [
        (
            *("sv", "Han har fyra segrar."),
            "The text says “fyra segrar”; in all the record says three wins.",
        ),
        (
            *("sv", "Han har vunnit 5 lopp."),
            "The text says “vunnit 5 lopp”; in all the record says three wins.",
        ),
        (
            *("sv", "Med åtta segrar och nio pallplatser är han favorit."),
            "The text says “åtta segrar”; in all the record says three wins.",
        ),
        (
            *("sv", "2018 tog han en seger och sex pallplatser."),
            "The text says “en seger”; for TCR UK 2018 the record says two wins.",
        ),
        (
            *("sv", "I TCR UK tog han en seger, en pole position och sex pallplatser."),
            "The text says “en seger”; for TCR UK 2018 the record says two wins.",
        ),
        (
            *("sv", "Minst fyra segrar har han."),
            "The text says “fyra segrar”; in all the record says three wins.",
        ),
        (
            *("sv", "2019 tog han inga segrar, och 2018 två segrar."),
            "The text says “inga segrar”; for TCR Europe 2019 the record says one win.",
        ),
        (
            *("en", "He has won four races and one title."),
            "The text says “won four races”; in all the record says three wins.",
        ),
        (
            *("en", "With 30 career starts and eight podiums he is ready."),
            "The text says “30 career starts”; in all the record says 28 starts.",
        ),
        (
            *("en", "In 2019 he took one victory and three pole positions."),
            "The text says “three pole positions”; for TCR Europe 2019 the record says "
            "two pole positions.",
        ),
        (
            *("en", "He has two fastest laps."),
            "The text says “two fastest laps”; in all the record says no fastest laps.",
        ),
    ],
)
def test_a_total_that_is_not_what_the_record_says(language, text, sentence):
    assert (COUNT, sentence) in said(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "Han har tre segrar, åtta pallplatser och 28 starter."),
        ("sv", "2018 tog han två segrar, en pole position och sex pallplatser."),
        ("sv", "Minst två segrar har han."),
        ("sv", "Han tog en seger i Barcelona 2019 och två segrar på Croft."),
        ("sv", "Det blev två raka segrar, ytterligare två segrar och två segrar till."),
        ("sv", "Han tog sina två första segrar."),
        ("sv", "Hans första seger kom i regn."),
        ("sv", "Det blev två segrar 2018 och 2019."),
        ("sv", "Han debuterade i TCR UK. Där tog han två segrar."),
        ("sv", "Fem segrar sedan 2018 och nio segrar till och med 2020."),
        ("sv", "I gokart tog han 40 segrar."),
        ("sv", "Jessica har en seger och tre pallplatser."),
        ("sv", "Två segrar i Sverige."),
        ("sv", "Han är två segrar från titeln."),
        ("sv", "2006 tog han sju segrar."),
        ("sv", "Han tog {wins} och {poles:tcr-uk-2018}."),
        ("en", "He has three wins and three Swedish karting titles."),
        ("en", "He has a win, another two wins and the two wins."),
        ("en", "He took two wins at Croft."),
        ("en", "He is one win away from it."),
        ("en", "From 2014 to 2016 he took 20 wins."),
    ],
)
def test_a_total_that_is_right_or_of_something_else(language, text):
    assert said(text, language) == []


def test_a_total_that_may_be_more_is_not_exceeded_but_must_be_reached():
    known = facts(line("STCC", 2022, wins=2), line("TCR UK", 2018, wins=None))
    assert kinds("Han har tre segrar.", known=known) == []
    assert said("Han har 1 seger.", known=known) == [
        (COUNT, "The text says “1 seger”; in all the record says at least two wins.")
    ]
    assert kinds("Han har 40 pole positions.", known=known) == []


# Championships


@pytest.mark.parametrize(
    ("language", "text", "quoted"),
    [
        ("sv", "Han blev fyra i TCR UK 2018.", "fyra"),
        ("sv", "Han slutade på fjärde plats 2018.", "fjärde plats"),
        ("sv", "2018 blev han 4:a totalt.", "4:a"),
        ("sv", "Han slutade fyra totalt i TCR UK 2018.", "fyra"),
        ("en", "He finished fourth overall in TCR UK in 2018.", "fourth"),
        ("en", "He took fourth place in the 2018 TCR UK season.", "fourth"),
        ("en", "He finished fourth in TCR UK in 2018.", "fourth"),
        ("en", "In 2018 he was 4th overall.", "4th"),
    ],
)
def test_a_place_in_the_championship_that_is_not_that_of_the_record(
    language, text, quoted
):
    sentence = f"The text says “{quoted}” in TCR UK 2018; the record says third."
    assert said(text, language) == [(PLACE, sentence)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "Han blev trea i TCR UK 2018 och fyra i TCR Europe 2019."),
        ("sv", "2018 blev han etta i ett race och tvåa på Croft."),
        ("sv", "2018 körde han de fyra första deltävlingarna."),
        ("sv", "Han var först 2018 och blev fyra i juniorklassen."),
        ("sv", "2020 blev han nia i TCR Europe."),
        ("en", "He finished third in TCR UK in 2018."),
        ("en", "In 2018 he finished second in a race, the first podium."),
        ("en", "In 2018 he was the first Swede."),
    ],
)
def test_a_place_that_is_right_or_in_something_else(language, text):
    assert said(text, language) == []


def test_a_standing_that_has_moved_is_told_with_its_round():
    known = facts(line("STCC", 2022, is_over=False, position=2, after_round=3))
    assert said("Han ligger fyra i STCC 2022.", known=known) == [
        (
            PLACE,
            "The text says “fyra” in STCC 2022; the record says second after three of "
            "seven rounds.",
        )
    ]


# Seasons


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "2022 kör han STCC för Lestrup Racing Team."),
        ("sv", "2022 är han tillbaka i STCC."),
        ("sv", "Han kör STCC 2022."),
        ("sv", "{season} kör han STCC."),
        ("en", "In 2022 he races in the STCC."),
        ("en", "In 2022, he is back in the STCC."),
        ("en", "He drives in the STCC in 2022."),
    ],
)
def test_a_season_that_is_over_is_no_present(language, text):
    over = "The text speaks of 2022 in the present tense, but that season is over."
    assert said(text, language) == []
    later = record(today=date(2023, 2, 1))
    assert said(text, language, known=later) == [(SEASON_OVER, over)]


@pytest.mark.parametrize(
    ("language", "text"),
    [("sv", "I år kör han STCC."), ("en", "This season he drives in the STCC.")],
)
def test_this_season_is_the_latest_while_it_lasts(language, text):
    assert kinds(text, language) == []
    words = text[:4] if language == "sv" else text[:11]
    assert said(text, language, known=record(today=date(2023, 2, 1))) == [
        (
            SEASON_OVER,
            f"The text says “{words}”, but the latest season on record, 2022, is over.",
        )
    ]
    ended = facts(line("STCC", 2022, is_over=True))
    assert kinds(text, language, known=ended) == [SEASON_OVER]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "Andreas Bäckman är född 1995 i Boden och uppvuxen där."),
        ("sv", "Han kör STCC sedan 2018 och tävlar i Sverige efter debuten 2018."),
        ("sv", "Hans bästa år är 2018."),
        ("en", "He races in the STCC after finishing third in TCR UK in 2018."),
        ("en", "He was born in 1995 and drives in the STCC."),
        ("en", "The win in 2018 at Croft is the best."),
    ],
)
def test_a_year_of_the_past_in_the_present_of_a_sentence(language, text):
    assert SEASON_OVER not in kinds(text, language)


# As a whole


def test_words_are_counted_as_newsrooms_count_them():
    assert word_count("– Vi vann, sade Andreas – 26 år … i nr. 19!") == 9
    assert word_count("") == 0


@pytest.mark.parametrize(("length", "count"), [(25, 14), (60, 71), (150, 114)])
def test_a_text_far_from_its_length(length, count):
    text = "ord " * count
    (warning,) = said(text, length=length)
    assert warning[0] == WORDS
    assert f"has {count} words; one of {length} has " in warning[1]
    assert kinds("ord " * length, length=length) == []
    assert kinds(text, length=0) == []


def test_a_fact_that_is_not_known_leaves_its_sentence_out_and_the_words_too():
    text = "ord " * 14 + "ord. Bor i {home_town}."
    known = record()
    biography = Text(known.owner, text, length=25)
    (warning,) = warnings([biography], {known.owner: known})
    assert (warning.kind, warning.quote) == (UNKNOWN, "Bor i {home_town}.")
    assert warning.sentence == (
        "Not known now: {home_town}. This sentence is left out of the text."
    )


@pytest.mark.parametrize(
    ("reviewed_on", "sentences"),
    [
        (date(2022, 5, 8), []),
        (
            date(2022, 5, 7),
            ["Last reviewed on 7 May 2022, before the latest result of 8 May 2022."],
        ),
        (None, ["Never reviewed; the latest result is of 8 May 2022."]),
    ],
)
def test_a_text_is_read_again_after_every_result(reviewed_on, sentences):
    known = record(results=Results(last_day=date(2022, 5, 8)))
    found = said("Han kör.", known=known, reviewed_on=reviewed_on)
    assert found == [(NOT_REVIEWED, sentence) for sentence in sentences]
    assert said("Han kör.", reviewed_on=None) == []


def test_one_language_is_changed_after_the_other():
    known = record()
    sv, en, long = (
        Text(known.owner, "Ord.", "sv", 0, None),
        Text(known.owner, "Word.", "en", 0, None),
        Text(known.owner, "ord " * 60, "en", 60, None),
    )
    at = datetime(2022, 5, 10, 12, tzinfo=UTC)
    changed = {sv: at, en: at.replace(day=3), long: at.replace(day=1)}

    def older(**fields):
        texts = [sv, Text(en.driver, en.text, "en", 0, fields.get("on")), long]
        moments = changed | {texts[1]: fields.get("changed", changed[en])}
        return warnings(texts, {known.owner: known}, moments)

    (warning,) = older()
    assert (warning.kind, warning.biography.language) == (OTHER_LANGUAGE, "en")
    assert warning.sentence == (
        "This text, in English, is the older one: it was changed on 3 May 2022, the "
        "one in Swedish on 10 May 2022."
    )
    assert older(on=date(2022, 5, 10)) == []  # read since, and found true
    assert older(changed=at.replace(hour=11, minute=30)) == []  # at one sitting


@pytest.mark.parametrize("piece", ["Två segrar och ", "2018 kör han ", "blev ", "a, "])
def test_a_long_text_is_reviewed_in_time(piece):
    started = time.process_time()
    said(piece * (20_000 // len(piece)))
    assert time.process_time() - started < 2
