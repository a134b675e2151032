"""Pictures that the project draws itself: a striped panel with a number and a name.

They stand where there is no photograph, and in the previews of shared links. The same
arguments give the same bytes for one version of Pillow.
"""

import functools
import io
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from racing import colours
from racing.formats import fold

OPEN_GRAPH = (1200, 630)  # https://ogp.me; the size that every network shows whole
PORTRAIT = (1200, 1500)
LANDSCAPE = (1500, 1000)

FONTS = Path(__file__).parent / "static" / "racing" / "fonts"
BOLD, SEMIBOLD, MEDIUM = 700, 600, 500

# Everything is measured in the side of a square of the picture's area, so that a
# panel looks the same upright and across.
MARGIN = 0.052
NUMBER = 0.44
NAME, SMALLEST_NAME, NAME_ALONE = 0.088, 0.045, 0.15
LINE = 0.042
STRIPE_PERIOD, STRIPE, PIN_STRIPE = 0.225, 0.063, 0.011
SLANT = 0.25  # sideways for each pixel down: 14 degrees, as the mark in the masthead
TRACKING = -0.03  # of the size, between the figures of the number
NAME_LINES, NAME_LINES_ALONE = 2, 3
LEADING = 1.02

REFERENCE = 200  # px; text is measured once at this size and scaled


@dataclass(frozen=True)
class Panel:
    """The box in which a panel is drawn, in pixels."""

    width: int
    height: int

    def px(self, share: float) -> int:
        return max(1, round(share * (self.width * self.height) ** 0.5))

    @property
    def measure(self) -> int:
        return self.width - 2 * self.px(MARGIN)


def panel(
    number: str, name: str, line: str, colour: str, size: tuple[int, int] = OPEN_GRAPH
) -> Image.Image:
    """The striped panel: start number, name, a small line under it.

    ``colour`` is the accent as #rrggbb. Any text may be empty; without a number the
    name takes its place. Long texts shrink, then wrap, then end in an ellipsis; a
    letter that the font lacks becomes its plain letter, or goes.
    """
    box = Panel(*size)
    image = _ground(box, colour)
    draw = ImageDraw.Draw(image)
    left = box.px(MARGIN)
    bottom = box.height - left
    if line := drawable(line, MEDIUM):
        font, (line, *_) = _fitted(line, MEDIUM, box.px(LINE), box.px(LINE), 1, box)
        draw.text((left, bottom), line, colours.CHALK, font, anchor="ls")
        bottom -= round(font.size * 1.35)
    number = drawable(number, BOLD)
    if name := drawable(name, BOLD if not number else SEMIBOLD):
        bottom = _draw_name(draw, name, bottom, box, alone=not number)
    if number:
        _draw_number(draw, number, bottom, box)
    return image


def png(image: Image.Image) -> bytes:
    """The picture as PNG, without metadata."""
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=6)
    return out.getvalue()


def jpeg(image: Image.Image) -> bytes:
    """The picture as JPEG in full colour resolution: stripes bleed in less."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, subsampling=0, optimize=True)
    return out.getvalue()


# The ground


def _ground(box: Panel, colour: str) -> Image.Image:
    """Near-black with slanted stripes, calmer at the foot where the text stands.

    An accent too near to the ground is lifted until it shows; one on which the text
    could not be read is dimmed towards the foot.
    """
    shown = colours.readable(colours.parse_hex(colour), colours.INK, 1.6)
    calm = _dimmed(colours.mix(shown, colours.INK, 0.12))
    stripes = _stripes(box, colours.mix(shown, colours.INK, 0.12))
    if calm == colours.mix(shown, colours.INK, 0.12):
        return stripes
    shade = Image.linear_gradient("L").resize((box.width, box.height))
    shade = shade.point([min(255, max(0, (v - 64) * 3)) for v in range(256)])
    return Image.composite(_stripes(box, calm), stripes, shade)


def _dimmed(colour: str) -> str:
    """The colour mixed with as little ink as lets chalk-coloured text be read on it."""
    tones = (colours.mix(colour, colours.INK, step / 32) for step in range(33))
    return next(
        tone for tone in tones if colours.contrast(tone, colours.CHALK) >= colours.TEXT
    )


def _stripes(box: Panel, colour: str) -> Image.Image:
    """One row of stripes, sheared over the whole panel so that edges stay smooth."""
    across = box.width + round(box.height * SLANT) + 2
    period, stripe, pin = (
        box.px(share) for share in (STRIPE_PERIOD, STRIPE, PIN_STRIPE)
    )
    row = Image.new("RGB", (across, 3), colours.INK)
    draw = ImageDraw.Draw(row)
    for x in range(-period, across, period):
        draw.rectangle((x, 0, x + stripe - 1, 2), colour)
        after = x + round(1.6 * stripe)
        draw.rectangle(
            (after, 0, after + pin - 1, 2), colours.mix(colours.INK, colours.CHALK, 0.14)
        )
    return row.transform(
        (box.width, box.height),
        Image.Transform.AFFINE,
        (1, SLANT, 0, 0, 0, 1),
        Image.Resampling.BILINEAR,
    )


# Text


def drawable(text: str, weight: int) -> str:
    """The text on one line, in letters that the font has."""
    letters = (_with_glyph(letter, weight) for letter in " ".join(text.split()))
    return " ".join("".join(letters).split())


@functools.lru_cache(maxsize=1024)
def _with_glyph(letter: str, weight: int) -> str:
    plain = fold(letter)
    for candidate in (letter, plain.upper() if letter.isupper() else plain):
        if candidate and all(_has_glyph(part, weight) for part in candidate):
            return candidate
    return ""


def _has_glyph(letter: str, weight: int) -> bool:
    if not letter.isprintable():
        return False
    font = _font(weight, REFERENCE)
    missing = font.getmask("\U0010ffff")  # no font has a picture for the last code point
    mask = font.getmask(letter)
    return letter == " " or (mask.size, bytes(mask)) != (missing.size, bytes(missing))


@functools.lru_cache(maxsize=64)
def _font(weight: int, size: int) -> ImageFont.FreeTypeFont:
    # the basic layout is the same on every machine; Raqm is there or is not
    file = FONTS / f"barlow-condensed-{weight}.woff2"
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


def _fitted(
    text: str, weight: int, largest: int, smallest: int, lines: int, box: Panel
) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The font, as large as may be, and the text broken into at most so many lines."""
    size = largest
    while True:
        font = _font(weight, size)
        wrapped = _wrapped(text, font, box.measure)
        fits = len(wrapped) <= lines and all(
            font.getlength(part) <= box.measure for part in wrapped
        )
        if fits:
            return font, wrapped
        if size == smallest:
            return font, _cut(wrapped, lines, font, box.measure)
        size = max(smallest, int(size * 0.93))


def _wrapped(text: str, font: ImageFont.FreeTypeFont, measure: int) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        if lines and font.getlength(f"{lines[-1]} {word}") <= measure:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def _cut(
    wrapped: list[str], lines: int, font: ImageFont.FreeTypeFont, measure: int
) -> list[str]:
    kept = wrapped[:lines]
    for index, line in enumerate(kept):
        more = index == lines - 1 and len(wrapped) > lines
        while line and (more or font.getlength(line) > measure):
            more = False
            line = line.rstrip("… ")
    return kept


def _draw_name(
    draw: ImageDraw.ImageDraw, name: str, bottom: int, box: Panel, *, alone: bool
) -> int:
    """Write the name upwards from the bottom; gives the baseline for what stands above."""
    largest, lines = (NAME_ALONE, NAME_LINES_ALONE) if alone else (NAME, NAME_LINES)
    weight = BOLD if alone else SEMIBOLD
    smallest = box.px(SMALLEST_NAME)
    font, wrapped = _fitted(name, weight, box.px(largest), smallest, lines, box)
    for part in reversed(wrapped):
        draw.text((box.px(MARGIN), bottom), part, colours.CHALK, font, anchor="ls")
        bottom -= round(font.size * LEADING)
    return bottom


def _draw_number(
    draw: ImageDraw.ImageDraw, number: str, bottom: int, box: Panel
) -> None:
    ...
