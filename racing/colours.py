"""Arithmetic for the accent colour, which an editor chooses and everybody must read.

Colours are ``#rrggbb`` in sRGB, in lower case. Contrast is that of WCAG 2.2: 1 (none)
to 21 (black on white); text needs 4.5, large text and signs 3.
"""

import functools
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from racing.formats import FormatError, shown

WHITE, BLACK = "#ffffff", "#000000"
# The grounds of the site; the same values stand in the style sheet.
PAPER = "#f7f5f0"  # the page in light
NIGHT = "#0d0e10"  # the page in dark
NIGHT_SHEET = "#15171a"  # a sheet on it: the harder of the two for light text
INK = "#121316"  # text and strips in light
CHALK = "#f3f1ea"  # text and strips in dark

TEXT = 4.5  # WCAG 2.2, 1.4.3
SIGN = 3.0  # WCAG 2.2, 1.4.3 for large text, 1.4.11 for graphics

STEPS = 256  # of the way from a colour to white or black

_HEX = re.compile(r"#[0-9a-f]{6}", re.ASCII)


def parse_hex(text: str) -> str:
    """``#d3121b`` from ``#D3121B``. Raises FormatError for anything but #rrggbb."""
    colour = text.strip().lower()
    if not _HEX.fullmatch(colour):
        if not colour:
            raise FormatError(_("Write a colour, for example #d3121b."))
        sentence = _(
            "“%(typed)s” is not a colour. Write # and six digits or letters a to f, "
            "for example #d3121b."
        )
        raise FormatError(sentence % {"typed": shown(text)})
    return colour


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21; their order does not matter."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def on(colour: str) -> str:
    """The colour for text on this ground: white or ink, whichever reads better.

    On a few middle tones, such as #7a7a7a, both fall short of 4.5 and it is black.
    """
    best = max(WHITE, INK, key=lambda text: contrast(text, colour))
    return best if contrast(best, colour) >= TEXT else BLACK


def readable(colour: str, background: str, ratio: float = TEXT) -> str:
    """The tone of a colour nearest to it that has at least that contrast.

    The colour itself when it has; otherwise mixed with as little white or black as
    will do. Raises ValueError when even white and black fall short.
    """
    for step in range(STEPS + 1):
        tones = [mix(colour, end, step / STEPS) for end in (WHITE, BLACK)]
        tone = max(tones, key=lambda tone: contrast(tone, background))
        if contrast(tone, background) >= ratio:
            return tone
    raise ValueError(f"No tone has a contrast of {ratio} on {background}.")


def mix(colour: str, other: str, share: float) -> str:
    """The colour with a share (0 to 1) of the other in it, mixed in sRGB."""
    pairs = zip(rgb(colour), rgb(other), strict=True)
    mixed = (round(one + (two - one) * share) for one, two in pairs)
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 to 1."""
    red, green, blue = (_linear(channel / 255) for channel in rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


@dataclass(frozen=True)
class Accent:
    """An accent colour with the tones in which it can be read on every ground."""

    accent: str  # as chosen: fills, never text on a ground
    on_accent: str  # text on a fill of it
    accent_text_light: str  # text on paper, the page in light
    accent_text_dark: str  # text on the page in dark and on its sheets
    accent_strip_light: str  # text on the ink strip of the page in light
    accent_strip_dark: str  # text on the chalk strip of the page in dark
    accent_sign_light: str  # giant numerals, rules and the start line on paper
    accent_sign_dark: str  # the same on the page in dark


@functools.lru_cache(maxsize=64)
def accent(colour: str) -> Accent:
    """All tones of an accent colour. Raises FormatError when it is not #rrggbb."""
    chosen = parse_hex(colour)
    return Accent(
        accent=chosen,
        on_accent=on(chosen),
        accent_text_light=readable(chosen, PAPER),
        accent_text_dark=readable(chosen, NIGHT_SHEET),
        accent_strip_light=readable(chosen, INK),
        accent_strip_dark=readable(chosen, CHALK),
        accent_sign_light=readable(chosen, PAPER, SIGN),
        accent_sign_dark=readable(chosen, NIGHT_SHEET, SIGN),
    )
