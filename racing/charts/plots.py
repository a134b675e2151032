"""Where everything in a chart of positions has its place.

The first place is at the top. What is no place (retired, not known) is a gap in the
line with its note at the foot, never a height. Heights are units, pixels in a page;
places across are shares of the width from 0 to 1, because a page decides how wide a
chart is.
"""

import functools
import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from racing import formats
from racing.charts.shapes import lines, wide
from racing.drawings import MEDIUM, SEMIBOLD

# Heights, from the top of the drawing and then downwards.
TOP = 34  # the first place
SPAN = 228  # from there to the lowest place
FOOT = 38  # from there to the rule
NOTES = 14  # the same to the baseline of the notes, where there are any
NOTED = 26  # more to the rule, where there are notes
LABEL, UNDER = 24, 43  # from the rule to the baselines of the two rows under it
END = 12  # from the last baseline to the end

# Sizes of type; the style sheet repeats them for the page.
NUMERAL, SMALL, SMALLER = 22, 17, 15
FIGURE = 0.36  # of the size: from the middle of a figure to its baseline
RAISED, LOWERED = 12, 27  # from a place to the baseline of its numeral

DISC, DOT, SPECK = 13, 5, 3.5  # radii: a medal, a place, one in a crowd
STEP, WIDEST = 28, 120  # from point to point, where there is room
AXIS = 34  # left of the drawing, for the figures of the axis
DESK = 1120  # the width beside them, on a page at a desk
CROWDED = 24  # below this no numeral fits
AIR = 10  # between two labels

FEWEST = 5  # places on the axis: third of three is not last of many
TICK = 40  # at least, from tick to tick
STEPS = (1, 5, 10, 25, 50, 100, 250)

MEDALS = {1: "gold", 2: "silver", 3: "bronze"}
DASH = "–"


@dataclass(frozen=True)
class Point:
    """One season or race.

    ``value`` is a place, 1 or more; None where there is none, and then ``note`` says
    why ("Ret"), empty where nothing is known. Neighbours with the same ``label``
    ("2018", "SIL") share it; ``under`` stands below it and tells championships apart
    ("TCR UK"); ``name`` is the whole name, for the table. An open place may still
    change (a season that is running): it is drawn hollow and has no medal.
    """

    label: str
    value: int | None = None
    note: str = ""
    under: str = ""
    name: str = ""
    is_tied: bool = False
    is_open: bool = False

    @property
    def text(self) -> str:
        """``3``, ``=3``, ``Ret``, or a dash where nothing is known."""
        if self.value is None:
            return self.note or DASH
        return formats.position(self.value, tied=self.is_tied)

    @property
    def medal(self) -> str:
        return "" if self.is_open else MEDALS.get(self.value, "")

    @property
    def whole_name(self) -> str:
        return self.name or f"{self.label} {self.under}".strip()


@dataclass(frozen=True)
class Tick:
    """A place on the axis, its line and the baseline of its figure."""

    text: str
    y: float
    baseline: float


@dataclass(frozen=True)
class Label:
    """A text whose middle is at a share of the width."""

    x: float
    text: str

    @property
    def left(self) -> float:
        """Percent."""
        return round(100 * self.x, 2)


@dataclass(frozen=True)
class Mark(Label):
    """A point that has a place. Its numeral is empty where there is no room for it."""

    y: float
    baseline: float
    point: Point

    @property
    def is_disc(self) -> bool:
        """Whether the numeral stands in the mark: a medal with room for it."""
        return bool(self.point.medal and self.text)

    @property
    def radius(self) -> float:
        if self.is_disc:
            return DISC
        return DOT if self.text or self.point.medal else SPECK


@dataclass(frozen=True)
class Segment:
    """The line between neighbours that both have a place."""

    start: Mark
    end: Mark

    @property
    def is_open(self) -> bool:
        return self.start.point.is_open or self.end.point.is_open

    @property
    def is_thin(self) -> bool:
        """Whether it leads from one championship to another."""
        return self.start.point.under != self.end.point.under


@dataclass(frozen=True)
class Drawing:
    """Everything with its place."""

    width: float
    foot: float  # the rule under the places
    ticks: list[Tick]
    marks: list[Mark]
    segments: list[Segment]
    notes: list[Label]
    labels: list[Label]
    unders: list[Label]
    borders: list[Label]  # between neighbours that share no label

    @property
    def page_width(self) -> float:
        """With the figures of the axis, for which the style sheet keeps a place."""
        return self.width + AXIS

    @property
    def note_line(self) -> float:
        return TOP + SPAN + FOOT + NOTES

    @property
    def label_line(self) -> float:
        return self.foot + LABEL

    @property
    def under_line(self) -> float:
        return self.foot + UNDER

    @property
    def height(self) -> float:
        return (self.under_line if self.unders else self.label_line) + END


def draw_for_page(points: Iterable[Point]) -> Drawing:
    """Everything with its place, with room for every place and every series.

    Not for every label: a long row of seasons need not name each year. Raises
    ValueError as draw() does.
    """
    points = _fitting(points)
    if any(point.under for point in points):
        return draw(points)
    return draw(points, widest=max(DESK, _numeral_step(points) * len(points)))


def draw(
    points: Iterable[Point], narrowest: float = 0, widest: float = math.inf
) -> Drawing:
    """Everything with its place, in a width between the two.

    Where texts need more than the widest, labels are thinned and numerals go. Raises
    ValueError without points and for a place below 1.
    """
    points = _fitting(points)
    step = max(narrowest / len(points), min(_step(points), widest / len(points)))
    width = step * len(points)
    marks = _marks(points, step)
    gaps = [(n, point) for n, point in enumerate(points) if point.value is None]
    notes = [Label(_across(n, points), point.text) for n, point in gaps]
    unders = [Label(_across(n, points), point.under) for n, point in enumerate(points)]
    groups = list(_groups(points))
    return Drawing(
        width=round(width, 1),
        foot=TOP + SPAN + FOOT + (NOTED if notes else 0),
        ticks=_ticks(_lowest(points)),
        marks=[mark for mark in marks if mark],
        segments=[Segment(*ends) for ends in itertools.pairwise(marks) if all(ends)],
        notes=_thinned(notes, width, SMALLER, SEMIBOLD),
        labels=_thinned(_labels(groups, points), width, SMALL, SEMIBOLD),
        unders=_thinned(unders, width, SMALLER, MEDIUM),
        borders=[
            Label(first / len(points), "")
            for _label, first, _last in groups
            if first > 0 and len(groups) < len(points)
        ],
    )


def _fitting(points: Iterable[Point]) -> list[Point]:
    """The points with texts that can be set in the widest step."""
    fitting = [
        replace(
            point,
            label=_cut(point.label, SMALL, SEMIBOLD),
            under=_cut(point.under, SMALLER, MEDIUM),
            note=_cut(point.note, SMALLER, SEMIBOLD),
        )
        for point in points
    ]
    if not fitting:
        raise ValueError("A chart needs at least one point.")
    if any(point.value is not None and point.value < 1 for point in fitting):
        raise ValueError("Positions start at 1.")
    return fitting


@functools.lru_cache(maxsize=4000)
def _cut(text: str, size: int, weight: int) -> str:
    return " ".join(lines(text, size, weight, WIDEST - AIR))


def _groups(points: list[Point]) -> Iterator[tuple[str, int, int]]:
    """(label, first, last) of neighbours that share a label."""
    numbered = enumerate(points)
    for label, group in itertools.groupby(numbered, lambda pair: pair[1].label):
        numbers = [number for number, _point in group]
        yield label, numbers[0], numbers[-1]


def _step(points: list[Point]) -> float:
    """From point to point, wide enough for every text."""
    needed = [_numeral_step(points)]
    for label, first, last in _groups(points):
        needed.append((wide(label, SMALL, SEMIBOLD) + AIR) / (last - first + 1))
    needed += [wide(point.under, SMALLER, MEDIUM) + AIR for point in points]
    return math.ceil(max(needed))


def _numeral_step(points: Iterable[Point]) -> float:
    """The same for numerals and notes alone, which come before labels."""
    needed = [STEP]
    for point in points:
        if point.value is None:
            needed.append(wide(point.text, SMALLER, SEMIBOLD) + AIR / 2)
        else:
            needed.append(wide(point.text, NUMERAL, SEMIBOLD) + 2)
    return math.ceil(max(needed))


def _across(number: float, points: list[Point]) -> float:
    return (number + 0.5) / len(points)


def _lowest(points: list[Point]) -> int:
    return max([FEWEST, *(point.value for point in points if point.value)])


def _height(place: int, lowest: int) -> float:
    return round(TOP + SPAN * (place - 1) / (lowest - 1), 1)


def _ticks(lowest: int) -> list[Tick]:
    """1, 5, 10 and so on, as many as can be told apart; the first is always there."""
    fitting = (step for step in STEPS if SPAN * step / (lowest - 1) >= TICK)
    step = next(fitting, lowest)
    places = sorted({1, *range(step, lowest + 1, step)})
    heights = [(place, _height(place, lowest)) for place in places]
    return [Tick(str(place), y, round(y + FIGURE * SMALL, 1)) for place, y in heights]


def _marks(points: list[Point], step: float) -> list[Mark | None]:
    lowest = _lowest(points)
    heights = [point.value and _height(point.value, lowest) for point in points]
    marks = []
    for n, (point, y) in enumerate(zip(points, heights, strict=True)):
        if y is None:
            marks.append(None)
            continue
        fits = step >= max(CROWDED, wide(point.text, NUMERAL, SEMIBOLD))
        beside = [*heights[max(n - 1, 0) : n], *heights[n + 1 : n + 2]]
        baseline = round(y + _aside(point, y, list(filter(None, beside))), 1)
        text = point.text if fits else ""
        marks.append(Mark(_across(n, points), text, y, baseline, point))
    return marks


def _aside(point: Point, y: float, beside: list[float]) -> float:
    """To its numeral: in a medal, else above, but below where the line is above."""
    if point.medal:
        return FIGURE * NUMERAL
    return LOWERED if beside and sum(beside) / len(beside) < y else -RAISED


def _labels(groups: list[tuple[str, int, int]], points: list[Point]) -> Iterator[Label]:
    """The labels, each once in the middle of those that share it."""
    for label, first, last in groups:
        yield Label(_across((first + last) / 2, points), label)


def _thinned(
    labels: Iterable[Label], width: float, size: int, weight: int
) -> list[Label]:
    """From the left, those that say something and do not touch the one before."""
    kept, free = [], -math.inf
    for label in labels:
        half = wide(label.text, size, weight) / 2
        if label.text and label.x * width - half >= free - 0.01:
            kept.append(label)
            free = label.x * width + half + AIR / 2
    return kept
