"""Arithmetic for the accent colour: racing.colours."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from racing import colours
from racing.formats import FormatError

pytestmark = pytest.mark.usefixtures("english")

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
GROUNDS = [
    colours.PAPER,
    colours.NIGHT,
    colours.NIGHT_SHEET,
    colours.INK,
    colours.CHALK,
    colours.WHITE,
]


@pytest.mark.parametrize("typed", ["#d3121b", "#D3121B", "  #d3121B\n"])
def test_parse_hex_takes_six_digits_in_any_case(typed):
    assert colours.parse_hex(typed) == "#d3121b"


@pytest.mark.parametrize(
    "typed",
    [
        "d3121b",
        "#fff",
        "#d3121",
        "#d3121bff",
        "red",
        "#gggggg",
        "#\uff11\uff12345",
        "#",
    ],
)
def test_parse_hex_refuses_the_rest(typed):
    with pytest.raises(FormatError) as refusal:
        colours.parse_hex(typed)
    assert str(refusal.value) == (
        f"“{typed}” is not a colour. Write # and six digits or letters a to f, for "
        "example #d3121b."
    )


def test_parse_hex_asks_for_a_colour_when_there_is_none():
    with pytest.raises(FormatError) as refusal:
        colours.parse_hex(" ")
    assert str(refusal.value) == "Write a colour, for example #d3121b."


@given(st.text())
def test_parse_hex_of_any_text_raises_nothing_but_a_sentence(text):
    with pytest.raises(FormatError):
        colours.parse_hex(text.replace("#", ""))


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),  # the well-known grey that just fails
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert round(colours.contrast(one, other), 2) == ratio
    assert colours.contrast(other, one) == colours.contrast(one, other)


@pytest.mark.parametrize(
    ("ground", "text"),
    [
        ("#d3121b", "#ffffff"),
        ("#ffd500", "#121316"),
        ("#ffffff", "#121316"),
        ("#000000", "#ffffff"),
        ("#7a7a7a", "#000000"),  # neither white nor ink reaches 4.5
    ],
)
def test_on_is_the_text_that_reads_better(ground, text):
    assert colours.on(ground) == text


@given(COLOURS)
@example("#7a7a7a")
@example("#d6487e")
def test_text_on_any_colour_can_be_read(colour):
    assert colours.contrast(colours.on(colour), colour) >= 4.5


def test_readable_leaves_a_colour_that_can_be_read():
    assert colours.readable("#d3121b", colours.PAPER) == "#d3121b"


@pytest.mark.parametrize(
    ("colour", "ground", "tone"),
    [
        ("#ffd500", colours.PAPER, "#856f00"),
        ("#d3121b", colours.INK, "#dd484f"),
        ("#000000", colours.NIGHT, "#7b7b7b"),
    ],
)
def test_readable_moves_towards_white_or_black_no_further_than_needed(
    colour, ground, tone
):
    assert colours.readable(colour, ground) == tone


@given(COLOURS, st.sampled_from(GROUNDS), st.sampled_from([1.6, 3.0, 4.5, 7.0]))
def test_readable_always_reaches_its_ratio(colour, ground, ratio):
    tone = colours.readable(colour, ground, ratio)
    assert colours.contrast(tone, ground) >= ratio


def test_readable_says_when_no_tone_will_do():
    with pytest.raises(ValueError, match="No tone has a contrast of 7"):
        colours.readable("#d3121b", "#808080", 7)


def test_mix_goes_from_one_colour_to_the_other():
    assert colours.mix("#000000", "#ffffff", 0) == "#000000"
    assert colours.mix("#000000", "#ffffff", 0.5) == "#808080"
    assert colours.mix("#000000", "#ffffff", 1) == "#ffffff"
    assert colours.rgb("#d3121b") == (0xD3, 0x12, 0x1B)


def test_accent_has_the_chosen_colour_and_its_tones():
    assert colours.accent(" #D3121B") == colours.Accent(
        accent="#d3121b",
        on_accent="#ffffff",
        accent_text_light="#d3121b",
        accent_text_dark="#de4c53",
        accent_strip_light="#dd484f",
        accent_strip_dark="#d3121b",
        accent_sign_light="#d3121b",
        accent_sign_dark="#d3121b",
    )


def test_accent_refuses_what_is_no_colour():
    with pytest.raises(FormatError, match="is not a colour"):
        colours.accent("red")


@given(COLOURS)
def test_every_tone_of_any_accent_can_be_read_on_its_ground(colour):
    accent = colours.accent(colour)
    assert accent.accent == colour
    for tone, ground, ratio in [
        (accent.on_accent, accent.accent, 4.5),
        (accent.accent_text_light, "#f7f5f0", 4.5),
        (accent.accent_text_light, "#ffffff", 4.5),
        (accent.accent_text_dark, "#0d0e10", 4.5),
        (accent.accent_text_dark, "#15171a", 4.5),
        (accent.accent_strip_light, "#121316", 4.5),
        (accent.accent_strip_dark, "#f3f1ea", 4.5),
        (accent.accent_sign_light, "#f7f5f0", 3.0),
        (accent.accent_sign_light, "#ffffff", 3.0),
        (accent.accent_sign_dark, "#0d0e10", 3.0),
        (accent.accent_sign_dark, "#15171a", 3.0),
    ]:
        assert colours.contrast(tone, ground) >= ratio
