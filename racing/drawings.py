"""Pictures that the project draws itself: a striped panel with a number and a name.

They stand where there is no photograph, and in the previews of shared links. The same
arguments give the same bytes for one version of Pillow.
"""

import functools
import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from racing import colours
from racing.formats import fold

OPEN_GRAPH = (1200, 630)  # https://ogp.me; the size that every network shows whole
PORTRAIT = (800, 1000)
LANDSCAPE = (1200, 800)

FONTS = Path(__file__).parent / "static" / "racing" / "fonts"
BOLD, SEMIBOLD, MEDIUM = 700, 600, 500

# Lengths are shares of the side of a square as large as the picture, so that a panel
# looks the same upright and across.
MARGIN = 0.055
NUMBER = 0.44
NAME, NAME_ALONE, SMALLEST_NAME = 0.1, 0.16, 0.045
LINE, SMALLEST_LINE = 0.052, 0.04
STRIPE_PERIOD, STRIPE, PIN_STRIPE = 0.225, 0.063, 0.011
SLANT = 0.25  # sideways for each pixel down: 14 degrees, as the mark in the masthead

TRACKING = -0.03  # of the size, between the figures of the number
LEADING = 1.06  # of the size, from line to line of a name
FIGURE = 0.73  # of the size, the height of a figure in Barlow Condensed
ABOVE_LINE = 1.35  # of the size of the small line, up to the name
LONGEST_TEXT = 120  # characters; more would be illegible

FAINTEST_STRIPE = 1.6  # contrast with the ground


@dataclass(frozen=True)
class Box:
    """The size of a panel in pixels."""

    width: int
    height: int

    def px(self, share: float) -> int:
        return max(1, round(share * (self.width * self.height) ** 0.5))

    @property
    def measure(self) -> int:
        """Width of the column of text."""
        return self.width - 2 * self.px(MARGIN)


@dataclass(frozen=True)
class Lettering:
    """One run of text: left end and baseline in pixels."""

    x: float
    baseline: float
    text: str
    font: ImageFont.FreeTypeFont

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        left, top, right, bottom = self.font.getbbox(self.text, anchor="ls")
        x, y = self.x, self.baseline
        return x + left, y + top, x + right, y + bottom


def panel(
    number: str, name: str, line: str, colour: str, size: tuple[int, int] = OPEN_GRAPH
) -> Image.Image:
    """The striped panel: start number, name, a small line under it.

    ``colour`` is the accent as #rrggbb. Any text may be empty; without a number the
    name takes its place. Long texts shrink, then wrap, then end in an ellipsis; a
    letter that the font lacks becomes its plain letter, or goes. Raises FormatError
    for a colour that is none.
    """
    box = Box(*size)
    lettering = _lettering(number, name, line, box)
    image = _ground(box, colour, lettering)
    draw = ImageDraw.Draw(image)
    for run in lettering:
        draw.text((run.x, run.baseline), run.text, colours.CHALK, run.font, anchor="ls")
    return image


def png(image: Image.Image) -> bytes:
    """The picture as PNG, without metadata."""
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=6)
    return out.getvalue()


def jpeg(image: Image.Image) -> bytes:
    """The picture as JPEG, its colours in full resolution so that stripes stay sharp."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, subsampling=0, optimize=True)
    return out.getvalue()


# The ground


def _ground(box: Box, colour: str, lettering: list[Lettering]) -> Image.Image:
    """Near-black with slanted stripes of the accent.

    An accent too near to the ground is lifted until it shows; one on which the text
    could not be read is dimmed behind the text.
    """
    visible = colours.readable(colours.parse_hex(colour), colours.INK, FAINTEST_STRIPE)
    bright = colours.mix(visible, colours.INK, 0.12)
    calm = _dimmed(bright)
    stripes = _stripes(box, bright)
    if calm == bright or not lettering:
        return stripes
    return Image.composite(_stripes(box, calm), stripes, _behind(lettering, box))


def _dimmed(colour: str) -> str:
    """The colour mixed with as little ink as lets chalk-coloured text be read on it."""
    tones = (colours.mix(colour, colours.INK, step / 32) for step in range(33))
    return next(
        tone for tone in tones if colours.contrast(tone, colours.CHALK) >= colours.TEXT
    )


def _behind(lettering: list[Lettering], box: Box) -> Image.Image:
    """A mask with soft edges around all text; made small, for the blur to be fast."""
    scale, around = 8, box.px(MARGIN)
    mask = Image.new("L", (box.width // scale, box.height // scale))
    draw = ImageDraw.Draw(mask)
    for run in lettering:
        left, top, right, bottom = run.bounds
        edges = (left - around, top - around, right + around, bottom + around)
        draw.rectangle([round(edge / scale) for edge in edges], 255)
    soft = mask.filter(ImageFilter.GaussianBlur(around / scale / 3))
    return soft.resize((box.width, box.height), Image.Resampling.BILINEAR)


def _stripes(box: Box, colour: str) -> Image.Image:
    """One row of stripes, sheared over the whole panel so that edges stay smooth."""
    across = box.width + round(box.height * SLANT) + 2
    period, stripe, pin = (
        box.px(share) for share in (STRIPE_PERIOD, STRIPE, PIN_STRIPE)
    )
    row = Image.new("RGB", (across, 3), colours.INK)
    draw = ImageDraw.Draw(row)
    thin = colours.mix(colours.INK, colours.CHALK, 0.14)
    for x in range(-period, across, period):
        draw.rectangle((x, 0, x + stripe - 1, 2), colour)
        after = x + round(1.6 * stripe)
        draw.rectangle((after, 0, after + pin - 1, 2), thin)
    return row.transform(
        (box.width, box.height),
        Image.Transform.AFFINE,
        (1, SLANT, 0, 0, 0, 1),
        Image.Resampling.BILINEAR,
    )


# The text, set from the bottom upwards


def _lettering(number: str, name: str, line: str, box: Box) -> list[Lettering]:
    number, name = drawable(number, BOLD), drawable(name, SEMIBOLD)
    line = drawable(line, MEDIUM)
    runs: list[Lettering] = []
    baseline = float(box.height - box.px(MARGIN))
    if line:
        font, parts = _fitted(line, MEDIUM, (LINE, SMALLEST_LINE), 1, box)
        runs.append(Lettering(box.px(MARGIN), baseline, parts[0], font))
        baseline -= font.size * ABOVE_LINE
    if name:
        weight, largest, lines = (
            (SEMIBOLD, NAME, 2) if number else (BOLD, NAME_ALONE, 3)
        )
        font, parts = _fitted(name, weight, (largest, SMALLEST_NAME), lines, box)
        for part in reversed(parts):
            runs.append(Lettering(box.px(MARGIN), baseline, part, font))
            baseline -= font.size * LEADING
    return runs + _figures(number, baseline, box)


def _figures(number: str, baseline: float, box: Box) -> list[Lettering]:
    """The number, figure by figure: it is set closer than type is."""
    if not number:
        return []
    sample = typeface(BOLD, 200)
    width = sum(sample.getlength(figure) / 200 + TRACKING for figure in number)
    room = baseline - box.px(MARGIN)
    size = int(min(box.px(NUMBER), box.measure / width, room / FIGURE))
    font = typeface(BOLD, max(1, size))
    x = box.px(MARGIN) - font.getbbox(number[0], anchor="ls")[0]
    runs = []
    for figure in number:
        runs.append(Lettering(x, baseline, figure, font))
        x += font.getlength(figure) + TRACKING * size
    return runs


def _fitted(
    text: str, weight: int, sizes: tuple[float, float], lines: int, box: Box
) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The font, as large as may be, and the text broken into at most so many lines.

    ``sizes`` are the largest and the smallest, as shares; a text too long even for
    the smallest is cut.
    """
    size, smallest = (box.px(share) for share in sizes)
    while True:
        font = typeface(weight, size)
        parts = wrapped(text, font, box.measure)
        if len(parts) <= lines and all(
            font.getlength(part) <= box.measure for part in parts
        ):
            return font, parts
        if size == smallest:
            return font, cut(parts, lines, font, box.measure)
        size = max(smallest, int(size * 0.93))


def wrapped(text: str, font: ImageFont.FreeTypeFont, measure: float) -> list[str]:
    """The text in lines no wider than the measure, where its words allow."""
    parts: list[str] = []
    for word in text.split():
        if parts and font.getlength(f"{parts[-1]} {word}") <= measure:
            parts[-1] = f"{parts[-1]} {word}"
        else:
            parts.append(word)
    return parts


def cut(
    parts: list[str], lines: int, font: ImageFont.FreeTypeFont, measure: float
) -> list[str]:
    """At most so many of the lines, each within the measure, with an ellipsis."""
    kept = parts[:lines]
    if len(parts) > lines:
        kept[-1] += "…"
    return [shortened(part, font, measure) for part in kept]


def shortened(part: str, font: ImageFont.FreeTypeFont, measure: float) -> str:
    """The line as it is, or what fits of it with an ellipsis."""
    if font.getlength(part) <= measure:
        return part
    while part and font.getlength(f"{part}…") > measure:
        part = part[:-1].rstrip("… ")
    return f"{part}…"


def drawable(text: str, weight: int) -> str:
    """The text on one line, at most 120 characters, in letters that the font has."""
    line = " ".join(text.split())
    if len(line) > LONGEST_TEXT:
        line = line[: LONGEST_TEXT - 1] + "…"
    return " ".join("".join(_with_glyph(c, weight) for c in line).split())


@functools.lru_cache(maxsize=1024)
def _with_glyph(letter: str, weight: int) -> str:
    """The letter, or its plain form, or nothing: what the font can show."""
    plain = fold(letter)
    for candidate in (letter, plain.upper() if letter.isupper() else plain):
        if all(_has_glyph(part, weight) for part in candidate):
            return candidate
    return ""


def _has_glyph(letter: str, weight: int) -> bool:
    if not letter.isprintable():
        return False
    font = typeface(weight, 200)
    mask = font.getmask(letter)
    missing = font.getmask("\U0010ffff")  # a code point for which no font has a glyph
    return (mask.size, bytes(mask)) != (missing.size, bytes(missing))


@functools.lru_cache(maxsize=64)
def typeface(weight: int, size: int) -> ImageFont.FreeTypeFont:
    """Barlow Condensed in that weight, 500, 600 or 700, and size in pixels."""
    # Raqm is there or is not; the basic layout is the same on every machine
    file = FONTS / f"barlow-condensed-{weight}.woff2"
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
