"""The outline of a circuit, read, kept and drawn: racing.outlines."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racing import outlines
from racing.formats import FormatError

pytestmark = pytest.mark.usefixtures("english")

# About 1.1 km by 1.1 km on the equator, clockwise from its south-west corner.
SQUARE = ((10.0, 0.0), (10.0, 0.01), (10.01, 0.01), (10.01, 0.0), (10.0, 0.0))
COORDINATES = [list(point) for point in SQUARE]


def line(coordinates=COORDINATES):
    return {"type": "LineString", "coordinates": coordinates}


def feature(geometry):
    return {"type": "Feature", "properties": {"name": "Loop"}, "geometry": geometry}


def collection(*geometries):
    features = [feature(geometry) for geometry in geometries]
    return {"type": "FeatureCollection", "features": features}


def parse(document):
    return outlines.parse_geojson(json.dumps(document).encode())


def refusal_of(data):
    with pytest.raises(FormatError) as refusal:
        outlines.parse_geojson(data)
    return str(refusal.value)


@pytest.mark.parametrize(
    "document",
    [
        line(),
        feature(line()),
        collection(line()),
        collection({"type": "Point", "coordinates": [10, 0]}, line(), None),
        line([[*point, 231.5] for point in COORDINATES]),
    ],
)
def test_parse_geojson_finds_the_only_line(document):
    assert parse(document) == SQUARE


def test_parse_geojson_takes_a_byte_order_mark():
    data = b"\xef\xbb\xbf" + json.dumps(line()).encode()
    assert outlines.parse_geojson(data) == SQUARE


def test_parse_geojson_rounds_to_six_decimals():
    points = parse(line([[8.56583333333, 49.3], [8, 49], [8, 49.1], [8.5, 49]]))
    assert points[0] == (8.565833, 49.3)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            b" " * 1_000_001,
            "The file is larger than 1 MB; an outline needs far less.",
        ),
        (
            "Hällered".encode("utf-16"),
            "The file is not text in UTF-8. Save the outline as GeoJSON.",
        ),
        (b"", "The file is not GeoJSON: it cannot be read as JSON."),
        (b"<gpx>", "The file is not GeoJSON: it cannot be read as JSON."),
        (b"[" * 400_000, "The file is not GeoJSON: it cannot be read as JSON."),
        (
            b'{"type":"LineString","coordinates":[[NaN,0],[1,1],[2,2],[3,3]]}',
            "The file is not GeoJSON: it cannot be read as JSON.",
        ),
        (
            b"9" * 10_000,
            "The file is not GeoJSON: it cannot be read as JSON.",
        ),
    ],
)
def test_parse_geojson_refuses_what_is_no_geojson(data, sentence):
    assert refusal_of(data) == sentence


@pytest.mark.parametrize(
    "document",
    [
        None,
        7,
        "LineString",
        [],
        {},
        {"type": "LineStrings"},
        {"type": "Polygon", "coordinates": [COORDINATES]},
        {"type": "MultiLineString", "coordinates": [COORDINATES]},
        {"type": ["LineString"]},
        feature(None),
        feature(7),
        collection(),
        {"type": "FeatureCollection"},
        {"type": "FeatureCollection", "features": {"type": "LineString"}},
        {"type": "FeatureCollection", "features": [None, 7, "x"]},
    ],
)
def test_parse_geojson_refuses_a_file_without_a_line(document):
    assert refusal_of(json.dumps(document).encode()) == (
        "The file holds no line. Export the circuit as one LineString."
    )


def test_parse_geojson_refuses_more_than_one_line():
    assert refusal_of(json.dumps(collection(line(), line())).encode()) == (
        "The file holds 2 lines. Keep the outline of one circuit only."
    )


@pytest.mark.parametrize(
    ("coordinates", "count"),
    [
        (None, 0),
        ("1,2 3,4 5,6 7,8", 0),
        ([], 0),
        (COORDINATES[:3], 3),
        ([[0, 0]] * 5001, 5001),
    ],
)
def test_parse_geojson_refuses_too_few_and_too_many_points(coordinates, count):
    assert refusal_of(json.dumps(line(coordinates)).encode()) == (
        f"The line has {count} points; an outline has between 4 and 5000."
    )


@pytest.mark.parametrize(
    "point",
    [
        "[180.1, 0]",
        "[0, -90.1]",
        '["8.5", "49.3"]',
        "[true, false]",
        "[null, null]",
        "[[8.5], [49.3]]",
        "[8.5]",
        "8.5",
        "null",
        "[1e999, 0]",
        "[" + "9" * 400 + ", 0]",
    ],
)
def test_parse_geojson_refuses_a_point_off_the_globe(point):
    text = f'{{"type": "LineString", "coordinates": [[0, 0], {point}, [1, 1], [0, 1]]}}'
    assert refusal_of(text.encode()) == (
        "Point 2 of the line is not a place: it needs a longitude between -180 and 180 "
        "and a latitude between -90 and 90."
    )


@pytest.mark.parametrize(
    ("coordinates", "sentence"),
    [
        ([[8.5, 49.3]] * 4, "All points of the line are the same place."),
        (
            [[8.5, 49.3], [8.50000001, 49.3], [8.5, 49.3], [8.5, 49.3]],
            "All points of the line are the same place.",
        ),
        (
            [[8, 49], [10, 49], [10, 50], [8, 50]],
            "The line is more than 100 km long; this is not the outline of a circuit.",
        ),
    ],
)
def test_parse_geojson_refuses_a_line_of_no_size_or_of_a_country(coordinates, sentence):
    assert refusal_of(json.dumps(line(coordinates)).encode()) == sentence


@given(st.binary())
def test_parse_geojson_of_any_bytes_raises_nothing_but_a_sentence(data):
    assert refusal_of(data).endswith(".")


# Kept as text


def test_an_outline_is_kept_as_pairs_with_six_decimals():
    text = outlines.as_text(SQUARE)
    assert text.split() == [
        "10.000000,0.000000",
        "10.000000,0.010000",
        "10.010000,0.010000",
        "10.010000,0.000000",
        "10.000000,0.000000",
    ]
    assert outlines.from_text(text) == SQUARE


def test_no_outline_is_an_empty_text():
    assert outlines.as_text(()) == ""
    assert outlines.from_text("") == ()
    assert outlines.from_text(" \n") == ()


@pytest.mark.parametrize("text", ["M10 10", "8.5,49.3 x,y 1,2 3,4", "8,5,49,3;", ","])
def test_from_text_refuses_what_is_no_list_of_points(text):
    with pytest.raises(FormatError) as refusal:
        outlines.from_text(text)
    assert str(refusal.value) == (
        "An outline is a list of longitudes and latitudes, for example 8.5658,49.3278 "
        "8.5670,49.3291 and so on."
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("8.5,49.3 8.6,49.3", "The line has 2 points"),
        ("8.5 8.6 8.7 8.8", "Point 1 of the line"),
        ("0,0 0,nan 1,1 0,1", "Point 2 of the line"),
        ("0,0 0,1 inf,1 0,1", "Point 3 of the line"),
        ("1,1 1,1 1,1 1,1", "the same place"),
    ],
)
def test_from_text_refuses_what_could_not_be_drawn(text, words):
    with pytest.raises(FormatError, match=words):
        outlines.from_text(text)


def degrees(low, high):
    return st.floats(low, high).map(lambda value: round(value, outlines.DECIMALS))


LINES = (
    st.tuples(degrees(-179, 179), degrees(-89, 89))
    .flatmap(
        lambda corner: st.lists(
            st.tuples(
                degrees(corner[0], corner[0] + 0.5), degrees(corner[1], corner[1] + 0.5)
            ),
            min_size=4,
            max_size=60,
        )
    )
    .map(tuple)
    .filter(lambda points: len(set(points)) > 1)
)


@given(LINES)
def test_any_outline_survives_being_kept(points):
    assert outlines.from_text(outlines.as_text(points)) == points
    assert parse(line([list(point) for point in points])) == points


# Drawn


def test_svg_path_draws_north_up_in_the_middle_of_its_box():
    drawing = outlines.svg_path(SQUARE)
    assert drawing == outlines.SvgOutline(
        view_box="0 0 320 210",
        path="M65.0 200.0 L65.0 10.0 L255.0 10.0 L255.0 200.0Z",
        start_line="M73.0 200.0 L57.0 200.0",
    )


def test_svg_path_keeps_the_proportions_of_the_ground():
    # at 60 degrees north a degree of longitude is half as long as one of latitude
    north = tuple((longitude, latitude + 60) for longitude, latitude in SQUARE)
    drawing = outlines.svg_path(north, width=210, height=210)
    assert drawing.path == "M57.5 200.0 L57.5 10.0 L152.5 10.0 L152.5 200.0Z"


def test_svg_path_fits_a_wide_circuit_to_the_width():
    wide = ((10.0, 0.0), (10.02, 0.01), (10.04, 0.0), (10.02, -0.002), (10.0, 0.0))
    assert outlines.svg_path(wide, width=220, height=220, margin=20).path == (
        "M20.0 128.0 L110.0 83.0 L200.0 128.0 L110.0 137.0Z"
    )


def test_svg_path_closes_a_line_that_ends_near_its_start():
    nearly = (*SQUARE[:-1], (10.0001, 0.0))
    assert outlines.svg_path(nearly).path == (
        "M65.0 200.0 L65.0 10.0 L255.0 10.0 L255.0 200.0 L66.9 200.0Z"
    )


def test_svg_path_leaves_a_hill_climb_open():
    assert outlines.svg_path(SQUARE[:-1]).path == (
        "M65.0 200.0 L65.0 10.0 L255.0 10.0 L255.0 200.0"
    )


def test_svg_path_leaves_out_points_that_no_eye_could_see():
    dense = [(10.0, 0.01 * step / 4000) for step in range(4000)]
    path = outlines.svg_path((*dense, *SQUARE[1:])).path
    assert path.count("L") < 400
    assert path.endswith("L255.0 10.0 L255.0 200.0Z")


def test_svg_path_refuses_a_line_of_no_size():
    with pytest.raises(ValueError, match="two points"):
        outlines.svg_path(((8.5, 49.3),) * 4)


NUMBERS = re.compile(r"-?\d+\.\d")


@given(LINES)
def test_svg_path_of_any_outline_stays_inside_its_box(points):
    drawing = outlines.svg_path(points)
    assert re.fullmatch(r"M[\d.]+ [\d.]+( L[\d.]+ [\d.]+)+Z?", drawing.path)
    numbers = [float(number) for number in NUMBERS.findall(drawing.path)]
    assert all(10 <= x <= 310 for x in numbers[::2])
    assert all(10 <= y <= 200 for y in numbers[1::2])
    stroke = [float(number) for number in NUMBERS.findall(drawing.start_line)]
    assert abs(sum(stroke[::2]) / 2 - numbers[0]) <= 0.2
    assert abs(sum(stroke[1::2]) / 2 - numbers[1]) <= 0.2
