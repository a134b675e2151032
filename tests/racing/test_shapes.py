"""Shapes as SVG and as pixels: racing.charts.shapes."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racing import colours
from racing.charts.shapes import (
    Disc,
    Line,
    Picture,
    Polygon,
    Words,
    lines,
    number,
    printable,
    wide,
)

PAPER, INK, RED = colours.rgb("#ffffff"), colours.rgb("#121316"), (211, 18, 27)


def painted(*shapes, scale=1, size=(40, 30)):
    return Picture(*size, "#ffffff", list(shapes)).image(scale)


def parsed(title="A title", description="What it shows", shapes=()):
    picture = Picture(40, 30, "#ffffff", list(shapes))
    return ET.fromstring(picture.svg(title, description, "sv", scale=1.5))  # noqa: S314


def extent(image):
    """(left, top, right, bottom) of what is not paper."""
    return image.convert("L").point(lambda light: light < 250, "1").getbbox()


def test_a_picture_is_as_large_in_both_forms():
    root = parsed()
    assert (root.get("viewBox"), root.get("width"), root.get("height")) == (
        "0 0 40 30",
        "60",
        "45",
    )
    assert painted(scale=1.5).size == (60, 45)


def test_a_picture_says_what_it_is_to_those_who_listen():
    root = parsed("Tredje & fjärde <b>", "En rad\noch en till")
    texts = {child.get("id"): child.text for child in root if child.get("id")}
    assert texts == {
        "title": "Tredje & fjärde <b>",
        "description": "En rad och en till",
    }
    assert root.get("aria-labelledby").split() == list(texts)
    assert (root.get("role"), root.get("lang")) == ("img", "sv")


def test_a_line_is_as_wide_in_pixels_as_its_stroke():
    line = Line((10, 10), (30, 10), "#d3121b", 4)
    assert line.element().attrib == {
        "x1": "10",
        "y1": "10",
        "x2": "30",
        "y2": "10",
        "stroke": "#d3121b",
        "stroke-width": "4",
    }
    image = painted(line, scale=2)
    assert extent(image) == (20, 16, 61, 25)
    assert image.getpixel((40, 20)) == RED


def test_a_broken_line_has_gaps_in_both_forms():
    line = Line((0, 10), (40, 10), "#d3121b", 2, is_broken=True)
    assert line.element().get("stroke-dasharray") == "7 6"
    row = [painted(line).getpixel((x, 10)) for x in range(40)]
    assert [row[x] for x in (3, 10, 16, 23, 29, 36)] == [RED, PAPER] * 3


@pytest.mark.parametrize("is_broken", [True, False])
def test_a_line_without_length_is_no_trouble(is_broken):
    assert painted(Line((5, 5), (5, 5), "#d3121b", 2, is_broken)).size == (40, 30)


def test_a_sloping_line_leads_from_end_to_end():
    image = painted(Line((5, 5), (35, 25), "#d3121b", 3), scale=2)
    assert image.getpixel((40, 30)) == RED
    assert image.getpixel((60, 10)) == image.getpixel((10, 50)) == PAPER


def test_a_disc_has_its_fill_and_half_of_its_edge_inside():
    disc = Disc(20, 15, 10, "#d3121b", "#121316", 2)
    assert disc.element().attrib == {
        "cx": "20",
        "cy": "15",
        "r": "10",
        "fill": "#d3121b",
        "stroke": "#121316",
        "stroke-width": "2",
    }
    image = painted(disc, scale=2)
    across = [image.getpixel((x, 30)) for x in (16, 19, 40, 60, 64)]
    assert across == [PAPER, INK, RED, INK, PAPER]


def test_a_polygon_is_filled():
    polygon = Polygon(((10, 5), (30, 5), (30.5, 25), (10, 25)), "#d3121b")
    assert polygon.element().get("points") == "10,5 30,5 30.5,25 10,25"
    assert painted(polygon).getpixel((20, 15)) == RED


@pytest.mark.parametrize(
    ("anchor", "left", "right"), [("start", 20, 40), ("middle", 0, 40), ("end", 0, 21)]
)
def test_words_stand_at_their_anchor(anchor, left, right):
    words = Words(20, 20, "19", 20, 700, "#121316", anchor)
    assert words.element().get("text-anchor") == anchor
    box = extent(painted(words))
    assert left <= box[0] < box[2] <= right
    assert box[3] == 20


def test_words_keep_their_width_in_another_typeface():
    short = Words(0, 20, "12", 20, 600, "#121316").element()
    long = Words(0, 20, "1212", 20, 600, "#121316").element()
    assert float(long.get("textLength")) == 2 * float(short.get("textLength"))
    assert long.get("lengthAdjust") == "spacingAndGlyphs"


def test_words_that_cannot_be_measured_are_left_as_wide_as_they_are():
    element = Words(0, 20, "漢字 19", 20, 600, "#121316").element()
    assert element.text == "漢字 19"
    assert element.get("textLength") is None


def test_a_halo_keeps_words_free_of_what_they_cross():
    line = Line((0, 14), (40, 14), "#d3121b", 2)
    words = Words(20, 20, "1", 20, 700, "#121316", "middle", halo="#ffffff")
    assert words.element().get("paint-order") == "stroke"
    bare = Words(20, 20, "1", 20, 700, "#121316", "middle")
    assert bare.element().get("paint-order") is None

    def red(*shapes):
        return sum(painted(*shapes).getpixel((x, 14)) == RED for x in range(40))

    assert red(line, words) < red(line, bare) < red(line)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Två\u00a0ord\n\tpå rad ", "Två ord på rad"),
        ("a\x00b\ud800c\ufffe", "a b c"),
        ("–", "–"),
    ],
)
def test_only_what_can_be_seen_is_printed(text, shown):
    assert printable(text) == shown


def test_a_text_is_set_in_lines_that_fit():
    assert lines("Andreas Bäckman", 20, 600, 500) == ["Andreas Bäckman"]
    assert lines("Andreas Bäckman", 20, 600, 80, most=2) == ["Andreas", "Bäckman"]
    assert lines("Andreas Bäckman", 20, 600, 80) == ["Andreas…"]
    assert lines(" \n", 20, 600, 80) == []


def test_a_text_without_end_is_cut():
    (line,) = lines("x" * 500, 20, 600, 9999)
    assert line == "x" * 119 + "…"


def test_type_is_measured_the_same_in_every_size():
    assert wide("1:47.095", 20, 600) * 3 == pytest.approx(wide("1:47.095", 60, 600))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (10, "10"),
        (100.0, "100"),
        (1.5, "1.5"),
        (1.004, "1"),
        (-2.25, "-2.25"),
    ],
)
def test_numbers_are_as_short_as_they_can_be(value, text):
    assert number(value) == text


@given(st.text(), st.text())
def test_any_text_gives_a_document_that_can_be_read(title, description):
    words = Words(0, 20, title, 20, 600, "#121316", halo="#ffffff")
    root = parsed(title, description, [words])
    assert root[0].text == (printable(title) or None)
    assert root[-1].text == (printable(title) or None)


@given(st.text(max_size=40))
def test_any_text_can_be_painted(text):
    words = Words(0, 20, text, 20, 600, "#121316", halo="#ffffff")
    assert painted(words).size == (40, 30)
