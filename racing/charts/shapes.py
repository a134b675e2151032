"""Shapes that are drawn twice from the same numbers: as an SVG file and as pixels.

Lengths are units with x to the right and y downwards; ``scale`` is how many pixels a
unit gets. An SVG file carries presentation attributes only, no style sheet and no
script, so that it opens under any policy and in any program.
"""

import functools
import math
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PIL import Image, ImageDraw

from racing import drawings

FINER = 4  # edges are painted so many times larger, then reduced
DASH, SPACE = 7, 6  # of a broken line
MEASURED = 100  # the size in which type is measured; small sizes are rounded
# Whoever opens the file may not have the typeface of the site.
FAMILY = "'Barlow Condensed', 'Arial Narrow', 'Liberation Sans Narrow', sans-serif"

ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}  # SVG's, in Pillow's words

XY = tuple[float, float]


class Shape(Protocol):
    def element(self) -> ET.Element:
        """As an element of an SVG document."""

    def paint(self, image: Image.Image, scale: float) -> None:
        """As pixels of an RGB image."""


@dataclass(frozen=True)
class Picture:
    """Shapes on a ground, the first at the back."""

    width: float
    height: float
    ground: str
    shapes: list[Shape]

    def svg(self, title: str, description: str, language: str, scale: float) -> str:
        """A document of its own, with its title and description for those who listen.

        Characters that no XML may hold are left out of both.
        """
        size = f"{number(self.width)} {number(self.height)}"
        root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "xml:lang": language,
                "lang": language,
                "role": "img",
                "aria-labelledby": "title description",
                "viewBox": f"0 0 {size}",
                "width": number(self.width * scale),
                "height": number(self.height * scale),
                "font-family": FAMILY,
            },
        )
        ET.SubElement(root, "title", {"id": "title"}).text = printable(title)
        described = ET.SubElement(root, "desc", {"id": "description"})
        described.text = printable(description)
        ground = {"width": "100%", "height": "100%", "fill": self.ground}
        ET.SubElement(root, "rect", ground)
        root.extend(shape.element() for shape in self.shapes)
        return ET.tostring(root, encoding="unicode")

    def image(self, scale: float) -> Image.Image:
        size = round(self.width * scale), round(self.height * scale)
        image = Image.new("RGB", size, self.ground)
        for shape in self.shapes:
            shape.paint(image, scale)
        return image


@dataclass(frozen=True)
class Line:
    """A straight line with square ends."""

    start: XY
    end: XY
    colour: str
    width: float = 1
    is_broken: bool = False

    def element(self) -> ET.Element:
        (x1, y1), (x2, y2) = self.start, self.end
        attributes = _numbers(x1=x1, y1=y1, x2=x2, y2=y2)
        attributes |= {"stroke": self.colour, "stroke-width": number(self.width)}
        if self.is_broken:
            attributes["stroke-dasharray"] = f"{DASH} {SPACE}"
        return ET.Element("line", attributes)

    def paint(self, image: Image.Image, scale: float) -> None:
        for start, end in self._strokes():
            _paint_polygon(image, scale, self.colour, self._corners(start, end))

    def _strokes(self) -> list[tuple[XY, XY]]:
        if not self.is_broken:
            return [(self.start, self.end)]
        length = math.dist(self.start, self.end)
        starts = range(0, math.ceil(length), DASH + SPACE)
        return [
            (self._along(start / length), self._along(min((start + DASH) / length, 1)))
            for start in starts
        ]

    def _along(self, share: float) -> XY:
        (x1, y1), (x2, y2) = self.start, self.end
        return x1 + (x2 - x1) * share, y1 + (y2 - y1) * share

    def _corners(self, start: XY, end: XY) -> list[XY]:
        """The corners of a stroke: half its width to both sides of the line."""
        length = math.dist(start, end) or 1
        across = self.width / 2 / length
        aside = (start[1] - end[1]) * across, (end[0] - start[0]) * across
        there = [(x + aside[0], y + aside[1]) for x, y in (start, end)]
        back = [(x - aside[0], y - aside[1]) for x, y in (end, start)]
        return there + back


@dataclass(frozen=True)
class Polygon:
    corners: tuple[XY, ...]
    colour: str

    def element(self) -> ET.Element:
        corners = " ".join(f"{number(x)},{number(y)}" for x, y in self.corners)
        return ET.Element("polygon", {"points": corners, "fill": self.colour})

    def paint(self, image: Image.Image, scale: float) -> None:
        _paint_polygon(image, scale, self.colour, self.corners)


@dataclass(frozen=True)
class Disc:
    """A filled circle with an edge, half of which lies outside the radius."""

    x: float
    y: float
    radius: float
    fill: str
    edge: str
    edge_width: float

    def element(self) -> ET.Element:
        attributes = _numbers(cx=self.x, cy=self.y, r=self.radius)
        attributes |= {"fill": self.fill, "stroke": self.edge}
        attributes["stroke-width"] = number(self.edge_width)
        return ET.Element("circle", attributes)

    def paint(self, image: Image.Image, scale: float) -> None:
        half = self.edge_width / 2
        for radius, colour in (
            (self.radius + half, self.edge),
            (self.radius - half, self.fill),
        ):
            box = [
                *(self.x - radius, self.y - radius),
                *(self.x + radius, self.y + radius),
            ]
            corners = [(box[0], box[1]), (box[2], box[3])]
            _paint(image, scale, colour, corners, ImageDraw.ImageDraw.ellipse)


@dataclass(frozen=True)
class Words:
    """One line of text; the anchor is "start", "middle" or "end" of it.

    With a halo it stands free of what it crosses.
    """

    x: float
    baseline: float
    text: str
    size: float
    weight: int
    colour: str
    anchor: str = "start"
    halo: str = ""

    def element(self) -> ET.Element:
        attributes = _numbers(x=self.x, y=self.baseline)
        attributes |= {"font-size": number(self.size), "font-weight": str(self.weight)}
        attributes |= {"text-anchor": self.anchor, "fill": self.colour}
        if self.halo:
            attributes |= {"stroke": self.halo, "stroke-width": number(self.size / 4)}
            attributes |= {"stroke-linejoin": "round", "paint-order": "stroke"}
        text = printable(self.text)
        if text and text == drawings.drawable(text, self.weight):
            # another typeface is set as narrow as the one that was measured
            attributes["textLength"] = number(wide(text, self.size, self.weight))
            attributes["lengthAdjust"] = "spacingAndGlyphs"
        element = ET.Element("text", attributes)
        element.text = text
        return element

    def paint(self, image: Image.Image, scale: float) -> None:
        font = drawings.typeface(self.weight, round(self.size * scale))
        text = drawings.drawable(self.text, self.weight)
        halo = round(self.size * scale / 8) if self.halo else 0
        ImageDraw.Draw(image).text(
            (self.x * scale, self.baseline * scale),
            text,
            self.colour,
            font,
            anchor=ANCHORS[self.anchor],
            stroke_width=halo,
            stroke_fill=self.halo or None,
        )


def printable(text: str) -> str:
    """The text on one line, in characters that can be seen and that XML may hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


@functools.lru_cache(maxsize=4000)
def wide(text: str, size: float, weight: int) -> float:
    """The width of a line in units."""
    return drawings.typeface(weight, MEASURED).getlength(text) * size / MEASURED


def lines(text: str, size: float, weight: int, room: float, most: int = 1) -> list[str]:
    """The text in at most so many lines, none wider than the room, or an ellipsis."""
    font = drawings.typeface(weight, MEASURED)
    measure = room * MEASURED / size
    shown = printable(text)
    if len(shown) > drawings.LONGEST_TEXT:
        shown = shown[: drawings.LONGEST_TEXT - 1] + "…"
    return drawings.cut(drawings.wrapped(shown, font, measure), most, font, measure)


def number(value: float) -> str:
    """At most two decimals, none where they are zero."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _numbers(**values: float) -> dict[str, str]:
    return {name: number(value) for name, value in values.items()}


def _paint_polygon(image, scale, colour, corners) -> None:
    _paint(image, scale, colour, corners, ImageDraw.ImageDraw.polygon)


def _paint(
    image: Image.Image, scale: float, colour: str, points: list[XY], draw: Callable
) -> None:
    """Fill a shape with smooth edges; its points span its box."""
    left, right = (edge(x * scale for x, _y in points) for edge in (min, max))
    top, bottom = (edge(y * scale for _x, y in points) for edge in (min, max))
    x, y = math.floor(left), math.floor(top)
    size = math.ceil(right) - x + 1, math.ceil(bottom) - y + 1
    mask = Image.new("L", (size[0] * FINER, size[1] * FINER))
    at = [((px * scale - x) * FINER, (py * scale - y) * FINER) for px, py in points]
    draw(ImageDraw.Draw(mask), at, 255)
    image.paste(colour, (x, y), mask.reduce(FINER))
