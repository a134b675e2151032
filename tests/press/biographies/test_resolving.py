"""Texts with their tokens resolved: press.biographies.resolving."""

import time
from typing import NamedTuple

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from press.biographies.resolving import menu, resolve, validate
from press.biographies.reviews import KINDS, warnings
from racing.tokens import DRIVER_TOKENS
from tests.factories import make_season, make_series
from tests.press.biographies.people import facts, line

RECORD = facts(line("TCR UK", 2018, position=3, wins=2, podiums=6, starts=14))
SURE = facts(line("TCR UK", 2018, position=3, wins=2, podiums=6, starts=14, poles=0))


def resolved(text, language="sv", known=RECORD):
    return resolve(text, known, language).text


def test_tokens_say_what_is_known_in_the_language_of_the_text():
    text = "{name}, {age}, tog {wins:tcr-uk-2018}. {poles} i karriären."
    found = resolve(text, SURE, "sv")
    assert found.text == (
        "Andreas Bäckman, 26, tog två segrar. Inga pole positions i karriären."
    )
    assert found.used == {
        "{name}": "Andreas Bäckman",
        "{age}": "26",
        "{wins:tcr-uk-2018}": "två segrar",
        "{poles}": "inga pole positions",
    }
    assert resolved("{wins:tcr-uk-2018} in 2018.", "en") == "Two wins in 2018."


def test_a_token_that_begins_a_sentence_has_a_capital_wherever_that_is():
    assert resolved("Ja. “{wins}” tog han.") == "Ja. “Två segrar” tog han."
    assert resolved("– {wins}, sade hon.") == "– Två segrar, sade hon."
    assert resolved("{wins} och {wins}.") == "Två segrar och två segrar."
    assert resolved("2018: {wins}.") == "2018: två segrar."


def test_a_sentence_that_needs_an_unknown_fact_is_left_out(english):
    text = (
        "{fastest_laps} har han. Trea blev han.\n\nHan bor i {home_town}.\n\n"
        "Född {birth_year}. Klubb: {club}, {fastest_laps}. Slut {oops} här. Udda { klammer."
    )
    found = resolve(text, RECORD, "sv")
    assert found.text == "Trea blev han.\n\nFödd 1995."
    assert [(out.sentence, out.tokens) for out in found.left_out] == [
        ("{fastest_laps} har han.", ("{fastest_laps}",)),
        ("Han bor i {home_town}.", ("{home_town}",)),
        ("Klubb: {club}, {fastest_laps}.", ("{club}", "{fastest_laps}")),
        ("Slut {oops} här.", ("{oops}",)),
        ("Udda { klammer.", ("{ klammer.",)),
    ]
    assert found.left_out[2].reason == "Not known now: {club}, {fastest_laps}."
    assert resolve("Bor i {home_town}.", RECORD, "sv").text == ""


def test_a_text_without_tokens_stays_as_it_is():
    text = "Andreas Bäckman, född 1995\ni Boden.  Två blanka.\n\nSlut"
    assert resolved(text) == text
    assert resolved("") == ""


def test_a_long_text_is_resolved_at_once():
    started = time.process_time()
    for piece in ("{wins} kom. ", "{fastest_laps} kom. ", "{wins}", "{", "ord "):
        resolve(piece * (20_000 // len(piece)), RECORD, "sv")
    assert time.process_time() - started < 1


PIECES = st.sampled_from(
    [
        "{wins}",
        "{titles:word}",
        "{wins:ordinal:tcr-uk-2018}",
        "{oops}",
        "{",
        "}",
        "{}",
        "{{",
        ":",
        ".",
        "!",
        "…",
        "“",
        "”",
        "–",
        ",",
        ";",
        "(",
        ")",
        "Han",
        "He",
        "kör",
        "races",
        "har",
        "has",
        "i",
        "in",
        "på",
        "at",
        "TCR",
        "UK",
        "2018",
        "1995",
        "0",
        "1",
        "26",
        "26-årige",
        "år",
        "gammal",
        "aged",
        "year-old",
        "blev",
        "finished",
        "trea",
        "third",
        "3:e",
        "21st",
        "plats",
        "overall",
        "nollte",
        "seger",
        "segrar",
        "two",
        "no",
        "inga",
        "win",
        "wins",
        "titlar",
        "titles",
        "minst",
        "sedan",
        "since",
        "vunnit",
        "won",
        "lopp",
        "races",
        "season",
        "Bäckman,",
        "Jessica",
        "ett",
        "en",
        "tjugosex",
    ]
)


class Anything(NamedTuple):
    """A biography with any text."""

    driver: object
    text: str
    language: str
    length: int = 60
    reviewed_on: None = None


@given(st.lists(PIECES, max_size=30), st.sampled_from(["", " ", "\n\n"]))
def test_whatever_is_written_is_resolved_and_reviewed(pieces, blank):
    text = f" {blank}".join(pieces)
    for language in ("sv", "en"):
        assert "None" not in resolved(text, language)
        assert "{" not in resolved(text, language)
        biography = Anything(RECORD.owner, text, language)
        found = warnings([biography], {RECORD.owner: RECORD})
        assert {warning.kind for warning in found} <= set(KINDS)


def test_the_menu_shows_every_token_with_what_it_says_now():
    choices = {choice.token: choice for choice in menu(RECORD, "en")}
    assert len(choices) == len(DRIVER_TOKENS)
    assert choices["{age}"].value == "26"
    assert choices["{fastest_laps}"].value == ""
    assert choices["{wins}"].value == "two wins"
    assert choices["{wins}"].takes_season
    assert choices["{wins}"].forms == ("number", "word", "ordinal")


@pytest.mark.django_db
def test_a_season_that_there_is_not_is_refused_at_save(
    english, django_assert_num_queries
):
    make_season(series=make_series(short_name="TCR UK", slug="tcr-uk"), year=2018)
    with django_assert_num_queries(1):
        validate("{wins:tcr-uk-2018}, {position:tcr-uk-2018}", DRIVER_TOKENS)
    with django_assert_num_queries(0):
        validate("{wins}", DRIVER_TOKENS)
    with pytest.raises(ValidationError) as refused:
        validate("{wins:tcr-uk-2019}", DRIVER_TOKENS)
    assert refused.value.messages == [
        "{wins:tcr-uk-2019}: there is no season “tcr-uk-2019” on this site."
    ]
