"""The outline of a circuit: read from an uploaded GeoJSON file, kept as text, drawn.

Points are (longitude, latitude) in degrees (WGS 84), in the order of GeoJSON (RFC
7946) and in the direction of the race, the first at the start line.
"""

import json
import math
from dataclasses import dataclass

from django.utils.translation import gettext as _

from racing.formats import FormatError

Point = tuple[float, float]
Points = tuple[Point, ...]

LARGEST_FILE = 1_000_000  # bytes
FEWEST_POINTS, MOST_POINTS = 4, 5000
LARGEST_EXTENT = 1.0  # degree, about 110 km: larger than any circuit
DECIMALS = 6  # about a decimetre

FINEST_STEP = 0.5  # units of the drawing; nearer points add nothing to the eye
CLOSING_GAP = 0.02  # of the longer side of the drawing
START_LINE = 16  # units of the drawing, across the track


def parse_geojson(data: bytes) -> Points:
    """The only LineString of a GeoJSON file, rounded to six decimals.

    The file may be a bare geometry, a Feature or a FeatureCollection; heights and
    geometries that are no lines are ignored. Raises FormatError with a sentence for a
    file that is too large, is no GeoJSON, has no line or more than one, fewer than 4
    or more than 5000 points, points off the globe, or a line of no size or larger than
    any circuit.
    """
    document = _decode(data)
    lines = [g for g in _geometries(document) if g.get("type") == "LineString"]
    if not lines:
        raise FormatError(
            _("The file holds no line. Export the circuit as one LineString.")
        )
    if len(lines) > 1:
        sentence = _(
            "The file holds %(count)s lines. Keep the outline of one circuit only."
        )
        raise FormatError(sentence % {"count": len(lines)})
    return _checked(lines[0].get("coordinates"))


def _decode(data: bytes) -> object:
    if len(data) > LARGEST_FILE:
        raise FormatError(_("The file is larger than 1 MB; an outline needs far less."))
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise FormatError(
            _("The file is not text in UTF-8. Save the outline as GeoJSON.")
        ) from None
    except (ValueError, RecursionError):
        raise FormatError(
            _("The file is not GeoJSON: it cannot be read as JSON.")
        ) from None


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")  # Python would read NaN and Infinity


def _geometries(document: object) -> list[dict]:
    """The geometries of a GeoJSON object, whichever of its three forms it has."""
    if not isinstance(document, dict):
        return []
    features = [document]
    if document.get("type") == "FeatureCollection":
        listed = document.get("features")
        features = listed if isinstance(listed, list) else []
    found = [
        feature.get("geometry") if feature.get("type") == "Feature" else feature
        for feature in features
        if isinstance(feature, dict)
    ]
    return [geometry for geometry in found if isinstance(geometry, dict)]


def _checked(coordinates: object) -> Points:
    count = len(coordinates) if isinstance(coordinates, list) else 0
    if not FEWEST_POINTS <= count <= MOST_POINTS:
        sentence = _(
            "The line has %(count)s points; an outline has between %(fewest)s and "
            "%(most)s."
        )
        values = {"count": count, "fewest": FEWEST_POINTS, "most": MOST_POINTS}
        raise FormatError(sentence % values)
    points = tuple(_point(number, pair) for number, pair in enumerate(coordinates, 1))
    _check_extent(points)
    return points


def _point(number: int, pair: object) -> Point:
    if isinstance(pair, list) and len(pair) >= 2:
        longitude, latitude = pair[:2]
        if _within(longitude, 180) and _within(latitude, 90):
            return round(float(longitude), DECIMALS), round(float(latitude), DECIMALS)
    sentence = _(
        "Point %(number)s of the line is not a place: it needs a longitude between "
        "-180 and 180 and a latitude between -90 and 90."
    )
    raise FormatError(sentence % {"number": number})


def _within(value: object, limit: int) -> bool:
    # bool is an int to Python; a comparison with NaN is always false
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and -limit <= value <= limit


def _check_extent(points: Points) -> None:
    longitudes, latitudes = zip(*points, strict=True)
    width = max(longitudes) - min(longitudes)
    height = max(latitudes) - min(latitudes)
    if width == 0 and height == 0:
        raise FormatError(_("All points of the line are the same place."))
    if max(width, height) > LARGEST_EXTENT:
        raise FormatError(
            _(
                "The line is more than 100 km long; this is not the outline of a circuit."
            )
        )


def as_text(points: Points) -> str:
    """``lon,lat lon,lat …`` with six decimals: the form in which an outline is kept."""
    return " ".join(
        f"{longitude:.{DECIMALS}f},{latitude:.{DECIMALS}f}"
        for longitude, latitude in points
    )


def from_text(text: str) -> Points:
    """The points that as_text() wrote; none for an empty text.

    Refuses what parse_geojson() refuses, so that an outline edited by hand can always
    be drawn. Raises FormatError.
    """
    pairs = [pair.split(",") for pair in text.split()]
    try:
        numbers = [[float(number) for number in pair] for pair in pairs]
    except ValueError:
        raise FormatError(
            _(
                "An outline is a list of longitudes and latitudes, for example "
                "8.5658,49.3278 8.5670,49.3291 and so on."
            )
        ) from None
    return _checked(numbers) if numbers else ()


@dataclass(frozen=True)
class SvgOutline:
    """What a template needs for its <svg>: three attribute values, numbers only."""

    view_box: str
    path: str
    start_line: str


def svg_path(
    points: Points, width: int = 320, height: int = 210, margin: int = 10
) -> SvgOutline:
    """The outline as an SVG path, north up, in proportion, in the middle of its box.

    Equirectangular with the cosine of the middle latitude, which over the few
    kilometres of a circuit no eye tells from a better projection. A line that ends
    where it began is closed. Raises ValueError for fewer than two distinct points.
    """
    drawn = _thinned(_projected(points, width, height, margin))
    if len(drawn) < 2:
        raise ValueError("An outline needs two points that differ.")
    closed = math.dist(drawn[0], drawn[-1]) <= CLOSING_GAP * max(width, height)
    corners = drawn[:-1] if drawn[0] == drawn[-1] else drawn
    return SvgOutline(
        view_box=f"0 0 {width} {height}",
        path=_path(corners) + ("Z" if closed else ""),
        start_line=_path(_across(*drawn[:2])),
    )


def _projected(points: Points, width: int, height: int, margin: int) -> list[Point]:
    """Points in units of the drawing, y growing downwards as in SVG."""
    longitudes, latitudes = zip(*points, strict=True)
    west, east = min(longitudes), max(longitudes)
    south, north = min(latitudes), max(latitudes)
    # at the poles a degree of longitude has no width at all, and no circuit either
    shrink = max(math.cos(math.radians((south + north) / 2)), 0.01)
    scale = min(
        (width - 2 * margin) / max((east - west) * shrink, 1e-9),
        (height - 2 * margin) / max(north - south, 1e-9),
    )
    left = (width - (east - west) * shrink * scale) / 2
    top = (height - (north - south) * scale) / 2
    return [
        (left + (longitude - west) * shrink * scale, top + (north - latitude) * scale)
        for longitude, latitude in points
    ]


def _thinned(points: list[Point]) -> list[Point]:
    kept = points[:1]
    for point in points[1:]:
        if math.dist(point, kept[-1]) >= FINEST_STEP:
            kept.append(point)
    if len(kept) > 1 and points[-1] == points[0]:
        kept[-1] = points[0]
    return kept


def _across(start: Point, following: Point) -> list[Point]:
    """A short stroke over the track at its first point, at right angles to it."""
    x, y = start
    ahead = math.dist(start, following)
    across_x = (following[1] - y) / ahead * START_LINE / 2
    across_y = (x - following[0]) / ahead * START_LINE / 2
    return [(x - across_x, y - across_y), (x + across_x, y + across_y)]


def _path(points: list[Point]) -> str:
    return "M" + " L".join(f"{_tenths(x)} {_tenths(y)}" for x, y in points)


def _tenths(value: float) -> str:
    return f"{round(value, 1) + 0.0:.1f}"  # + 0.0 makes a negative zero positive
