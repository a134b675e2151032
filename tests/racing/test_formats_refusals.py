"""What no parser of racing.formats takes, and in which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racing import formats
from racing.formats import FormatError

pytestmark = pytest.mark.usefixtures("english")

PARSERS = [
    formats.parse_lap_time,
    formats.parse_gap,
    formats.parse_position,
    formats.parse_points,
    formats.parse_length,
]
# What no parser takes, whatever it is for.
NONSENSE = [
    "Ret",
    "fast",
    "-5",
    "−5.5",
    "1e3",
    "NaN",
    "Infinity",
    "0x10",
    "1_000",
    "\u0661\u0662",  # Arabic digits
    "\uff11\uff12",  # full-width digits
    "5\x00",
    "\x00",
    "1/2",
    "%s",
    "%(typed)s",
    "9" * 5000,
    "1:" * 300,
    "½",
    "²",
]


@pytest.mark.parametrize("parse", PARSERS)
@pytest.mark.parametrize("typed", NONSENSE)
def test_nonsense_is_refused_in_a_sentence_that_quotes_it(parse, typed):
    with pytest.raises(FormatError) as refusal:
        parse(typed)
    sentence = str(refusal.value)
    assert f"“{formats.shown(typed)}”" in sentence
    assert sentence.endswith(".")
    assert sentence.replace(formats.NO_BREAK_SPACE, " ").isprintable()


def sentence_about(parse, text):
    """What the parser says to a text; None when it takes it. Other errors are raised."""
    try:
        parse(text)
    except FormatError as refusal:
        return str(refusal)
    return None


@pytest.mark.parametrize("parse", PARSERS)
@given(text=st.text())
def test_parsing_any_text_raises_nothing_but_a_sentence(parse, text):
    sentence = sentence_about(parse, text)
    taken_or_empty = sentence is None or not text.strip()
    assert taken_or_empty or f"“{formats.shown(text)}”" in sentence


@pytest.mark.parametrize("parse", PARSERS)
@given(text=st.text("0123456789:.,'+-= mkstmin", max_size=12))
def test_parsing_what_looks_like_a_fact_raises_nothing_but_a_sentence(parse, text):
    sentence = sentence_about(parse, text)
    assert sentence is None or sentence.endswith(".")


@pytest.mark.parametrize(
    ("typed", "quoted"),
    [
        ("1:75", "1:75"),
        ("a\x00b\n c\u202e", "a b c"),
        ("x" * 41, "x" * 40 + "…"),
        ("x" * 40, "x" * 40),
        (" " * 300, "…"),
    ],
)
def test_shown_is_one_short_printable_line(typed, quoted):
    assert formats.shown(typed) == quoted
