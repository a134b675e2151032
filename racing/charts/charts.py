"""A chart of positions, season by season or race by race, drawn on the server.

One drawing (`racing.charts.plots`) is set three times: in the page
(`templates/includes/chart.html`), where it stretches and follows the reader's scheme of
colours, and as SVG and PNG files for media, in the colours of the light one. A unit is
a pixel in the page, 1.5 pixels in the SVG file and 3 in the PNG.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from racing import colours, drawings, formats
from racing.charts.plots import (
    AXIS,
    NUMERAL,
    SMALL,
    SMALLER,
    Drawing,
    Label,
    Mark,
    Point,
    draw,
    draw_for_page,
)
from racing.charts.shapes import Disc, Line, Picture, Polygon, Shape, Words, lines
from racing.drawings import BOLD, MEDIUM, SEMIBOLD

THICK, THIN, EDGE = 3, 1.5, 2  # lines within a championship, between two; of a disc

# The pictures for media. The colours are the light ones of the style sheet.
MARGIN = 40
NARROWEST_PICTURE, WIDEST_PICTURE = 800, 1600
TITLE, TITLE_LINES, CREDIT, INDENT = 38, 2, 17, 22
SVG_SCALE, PNG_SCALE = 1.5, 3
MUTED, RULE = "#5a5d63", "#d8d4ca"
FILLS = {"gold": "#ffffbf", "silver": "#dfdfdf", "bronze": "#ffdf9f"}


@dataclass(frozen=True)
class Chart:
    """What is to be drawn; ``heading`` says what the points are: "Season", "Race".

    Without points, and with a place below 1, it cannot be drawn: ValueError.
    """

    title: str
    description: str
    points: tuple[Point, ...]
    heading: str

    @cached_property
    def drawing(self) -> Drawing:
        """The drawing for the page, no narrower than its texts need."""
        return draw_for_page(self.points)


def svg(
    chart: Chart, accent: str, credit: str = "", language: str | None = None
) -> str:
    """An SVG file of its own, at least 1200 pixels wide, in light colours.

    ``accent`` is #rrggbb (FormatError otherwise), ``credit`` a line at the foot,
    ``language`` that of the texts.
    """
    spoken = "sv" if formats.is_swedish(language) else "en"
    picture = _picture(chart, accent, credit)
    return picture.svg(chart.title, chart.description, spoken, SVG_SCALE)


def png(chart: Chart, accent: str, credit: str = "") -> bytes:
    """The same picture as PNG, at least 2400 pixels wide: twice the SVG file."""
    return drawings.png(_picture(chart, accent, credit).image(PNG_SCALE))


def _picture(chart: Chart, accent: str, credit: str) -> Picture:
    beside = 2 * MARGIN + AXIS
    drawing = draw(chart.points, NARROWEST_PICTURE - beside, WIDEST_PICTURE - beside)
    width = drawing.width + beside
    sign = colours.accent(accent).accent_sign_light
    shapes: list[Shape] = []
    y = MARGIN
    for line in lines(chart.title, TITLE, BOLD, width - 2 * MARGIN, TITLE_LINES):
        y += TITLE
        shapes.append(Words(MARGIN, y - 8, line, TITLE, BOLD, colours.INK))
    y += 8
    shapes.append(Line((MARGIN, y), (width - MARGIN, y), colours.INK, 3))
    y += 10
    shapes += _drawn(drawing, (MARGIN + AXIS, y), sign)
    y += drawing.height
    for line in lines(credit, CREDIT, SEMIBOLD, width - 2 * MARGIN - INDENT):
        y += 34
        shapes += _credit(line, y, sign)
    return Picture(width, y + MARGIN, colours.PAPER, shapes)


def _credit(line: str, baseline: float, sign: str) -> list[Shape]:
    """The line behind the slanted mark of the masthead."""
    top, bottom = baseline - CREDIT, baseline + 4
    slant = (bottom - top) * drawings.SLANT
    corners = (
        *((MARGIN + slant, top), (MARGIN + slant + 6, top)),
        *((MARGIN + 6, bottom), (MARGIN, bottom)),
    )
    words = Words(MARGIN + INDENT, baseline, line, CREDIT, SEMIBOLD, MUTED)
    return [Polygon(corners, sign), words]


def _drawn(drawing: Drawing, corner: tuple[float, float], sign: str) -> Iterator[Shape]:
    left, top = corner
    right, foot = left + drawing.width, top + drawing.foot

    def x(label: Label) -> float:
        return left + label.x * drawing.width

    for tick in drawing.ticks:
        yield Line((left, top + tick.y), (right, top + tick.y), RULE)
        at = left - 12, top + tick.baseline
        yield Words(*at, tick.text, SMALL, MEDIUM, MUTED, "end")
    for border in drawing.borders:
        yield Line((x(border), foot), (x(border), top + drawing.height), RULE)
    yield Line((left, foot), (right, foot), colours.INK)
    for segment in drawing.segments:
        ends = [(x(mark), top + mark.y) for mark in (segment.start, segment.end)]
        yield Line(*ends, sign, THIN if segment.is_thin else THICK, segment.is_open)
    for mark in drawing.marks:
        yield _disc(mark, x(mark), top + mark.y, sign)
    for mark in filter(lambda mark: mark.text, drawing.marks):
        yield _numeral(mark, x(mark), top + mark.baseline)
    for rows, line, *style in (
        (drawing.notes, drawing.note_line, SMALLER, SEMIBOLD, MUTED),
        (drawing.labels, drawing.label_line, SMALL, SEMIBOLD, colours.INK),
        (drawing.unders, drawing.under_line, SMALLER, MEDIUM, MUTED),
    ):
        for label in rows:
            yield Words(x(label), top + line, label.text, *style, "middle")


def _disc(mark: Mark, x: float, y: float, sign: str) -> Disc:
    if mark.point.medal:
        return Disc(x, y, mark.radius, FILLS[mark.point.medal], colours.INK, EDGE)
    fill = colours.PAPER if mark.point.is_open else sign
    return Disc(x, y, mark.radius, fill, sign, EDGE)


def _numeral(mark: Mark, x: float, y: float) -> Words:
    halo = "" if mark.is_disc else colours.PAPER
    weight = BOLD if mark.is_disc else SEMIBOLD
    return Words(x, y, mark.text, NUMERAL, weight, colours.INK, "middle", halo)
