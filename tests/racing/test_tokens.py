"""The grammar of tokens in a text: racing.tokens."""

import time

import pytest
from django.core.exceptions import ValidationError
from django.utils.functional import Promise

from racing.tokens import DRIVER_TOKENS, FORMS, TEAM_TOKENS, parse, validate

pytestmark = pytest.mark.usefixtures("english")

LIST = "These are the tokens there are: " + (
    ", ".join(f"{{{name}}}" for name in DRIVER_TOKENS) + "."
)


def refusals(text, known=DRIVER_TOKENS, **checks):
    with pytest.raises(ValidationError) as refused:
        validate(text, known, **checks)
    return refused.value.messages


def test_a_token_has_a_name_and_may_have_a_form_and_a_season():
    text = "Har {wins}, {wins:word:tcr-uk-2018} och {points:24h-series-2022:number}."
    assert [
        (token.written, token.name, token.form, token.season) for token in parse(text)
    ] == [
        ("{wins}", "wins", "", ""),
        ("{wins:word:tcr-uk-2018}", "wins", "word", "tcr-uk-2018"),
        ("{points:24h-series-2022:number}", "points", "number", "24h-series-2022"),
    ]
    assert all(text[token.start : token.end] == token.written for token in parse(text))
    validate(text, DRIVER_TOKENS)


def test_an_unknown_token_is_refused_with_the_nearest_and_the_list():
    assert refusals("{win} {Wins} {win}") == [
        "There is no token {win}. Did you mean {wins}?",
        "There is no token {Wins}. Did you mean {wins}?",
        LIST,
    ]
    assert refusals("{xyz}") == ["There is no token {xyz}.", LIST]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Har {wins och mer som följer", "{wins och mer som fö"),
        ("Har wins} nu", "} nu"),
        ("Har {} segrar", "{} segrar"),
        ("Har {\nwins}", "{"),
        ("Har {{", "{{"),
    ],
)
def test_a_brace_that_is_no_token_is_refused_and_quoted(text, quoted):
    sentences = refusals(text)
    assert sentences[0] == (
        f"“{quoted}”: braces stand around the name of a fact and nothing else, as in "
        "{name}. Complete the token or delete the brace."
    )


def test_doubled_braces_are_no_way_to_write_a_brace():
    first, second = refusals("{{wins}}")
    assert first.startswith("“{{wins}}”")
    assert second.startswith("“}”")


@pytest.mark.parametrize(
    ("token", "sentence"),
    [
        ("{age:word}", "this fact has one form only, without “word”."),
        ("{wins:bold}", "“bold” is no further form of it. There is number, word, "),
        ("{wins:word:word}", "“word” is no further form of it."),
        ("{points:ordinal}", "“ordinal” is no further form of it. There is number."),
        ("{wins:TCR UK 2018}", "“TCR UK 2018” is no season. Write one season as in"),
        ("{wins:2018}", "“2018” is no season."),
        ("{wins:tcr-uk-2018:stcc-2022}", "“stcc-2022” is no season. Write one"),
        ("{age:tcr-uk-2018}", "this fact is not one of a season."),
        ("{age:2018}", "this fact is not one of a season."),
    ],
)
def test_a_form_or_a_season_that_cannot_be_is_refused(token, sentence):
    (refusal,) = refusals(token)
    assert refusal.startswith(f"{token}: {sentence}")


def test_a_season_that_there_is_not_is_refused():
    def has(season):
        return season == "tcr-uk-2018"

    validate("{wins:tcr-uk-2018}", DRIVER_TOKENS, has_season=has)
    assert refusals("{wins:tcr-uk-2081}", has_season=has) == [
        "{wins:tcr-uk-2081}: there is no season “tcr-uk-2081” on this site."
    ]


def test_what_is_of_a_driver_is_not_of_a_team():
    validate("{drivers} {founded}", TEAM_TOKENS)
    assert refusals("{age}", TEAM_TOKENS)[0].startswith("There is no token {age}.")


def test_every_token_is_described_and_takes_known_forms():
    for known in (*DRIVER_TOKENS.values(), *TEAM_TOKENS.values()):
        assert isinstance(known.description, Promise)
        assert set(known.forms) <= set(FORMS)


def test_a_text_of_nothing_but_braces_is_read_at_once():
    started = time.process_time()
    for text in ("{" * 20_000, "{}" * 10_000, "{wins" * 4_000, "}{" * 10_000):
        assert refusals(text)
    assert time.process_time() - started < 2
