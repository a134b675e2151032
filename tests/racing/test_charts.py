"""Charts of positions in the page, as SVG and as PNG: racing.charts."""

import io
import re
import xml.etree.ElementTree as ET

import html5lib
import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from racing import colours
from racing.charts import charts, plots
from racing.charts.charts import Chart, Point
from racing.formats import FormatError
from tests import markup
from tests.test_house import STATIC

RED = "#d3121b"
SVG = "{http://www.w3.org/2000/svg}"
CSS = "".join(
    (STATIC / "css" / name).read_text() for name in ("site.css", "career.css")
)

RACES = (
    Point("SIL", 4, name="Silverstone, race 1"),
    Point("SIL", 2, name="Silverstone, race 2"),
    Point("KNO", None, "Ret", name="Knockhill, race 1"),
    Point("KNO", 5, name="Knockhill, race 2"),
    Point("BRA", name="Brands Hatch, race 1"),
)
SEASONS = (
    Point("2018", 3, under="TCR UK"),
    Point("2018", 8, under="STCC"),
    Point("2022", 2, "after round 3 of 7", under="STCC", is_open=True),
)
# What an editor may well type, and what nobody should.
TITLES = [
    "",
    "Bäckman & <Bäckman>",
    '"',
    "漢字 🏁",
    "\x00\ud800",
    "W" * 5000,
    "a " * 99,
]


def chart(points=RACES, title="TCR UK 2018", description="Race by race"):
    return Chart(title, description, tuple(points), heading="Race")


def svg(points=RACES, credit="", language="sv", accent=RED, **texts):
    text = charts.svg(chart(points, **texts), accent, credit, language)
    return ET.fromstring(text)  # noqa: S314


def png(points=RACES, credit="", accent=RED, **texts):
    data = charts.png(chart(points, **texts), accent, credit)
    return Image.open(io.BytesIO(data))


def texts(root):
    return [text.text for text in root.iter(f"{SVG}text")]


def page(points=RACES, language="sv", **titles):
    """The figure as it stands in a page, and the page around it."""
    context = {"chart": chart(points, **titles), "svg_url": "/c.svg", "png_url": "/c"}
    with translation.override(language):
        figure = render_to_string("includes/chart.html", context)
    start = f'<!doctype html><html lang="{language}"><title>A page</title>'
    return f"{start}<body><h1>A page</h1><h2>A part</h2>{figure}</body></html>"


DRAWN = [
    lambda chart: chart.drawing,
    lambda chart: charts.svg(chart, RED),
    lambda chart: charts.png(chart, RED),
]


@pytest.mark.parametrize("draw", DRAWN)
def test_a_chart_needs_a_point(draw):
    with pytest.raises(ValueError, match="at least one point"):
        draw(chart([]))


@pytest.mark.parametrize("draw", DRAWN)
@pytest.mark.parametrize("value", [0, -1])
def test_a_chart_refuses_what_is_no_position(draw, value):
    with pytest.raises(ValueError, match="start at 1"):
        draw(chart([Point("SIL", 1), Point("KNO", value)]))


# SVG


def test_the_svg_file_holds_presentation_attributes_and_nothing_that_runs():
    root = svg(SEASONS, credit="Lestrup Racing Team")
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    drawn = {"rect", "line", "circle", "polygon", "text"}
    assert tags == {"svg", "title", "desc", *drawn}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert attributes & {"style", "class", "href", "onload"} == set()
    assert [name for name in attributes if name.startswith("on")] == []


def test_the_svg_file_tells_what_it_shows_in_its_language():
    root = svg(title="TCR UK 2018", description="Andreas Bäckman", language="en")
    assert root.find(f"{SVG}title").text == "TCR UK 2018"
    assert root.find(f"{SVG}desc").text == "Andreas Bäckman"
    assert (root.get("role"), root.get("lang")) == ("img", "en")
    assert svg(language="sv").get("lang") == "sv"


def test_the_svg_file_prints_every_place_every_note_and_every_label():
    assert texts(svg(credit="Lestrup Racing Team", title="TCR UK 2018")) == [
        "TCR UK 2018",
        *("1", "2", "3", "4", "5"),
        *("4", "2", "5"),
        *("Ret", "–"),
        *("SIL", "KNO", "BRA"),
        "Lestrup Racing Team",
    ]


def test_the_svg_file_draws_no_line_over_a_gap():
    runs = [line for line in svg().iter(f"{SVG}line") if line.get("stroke") == RED]
    assert len(runs) == 1


def test_the_svg_file_tells_medals_and_open_places_by_their_form():
    medal, place, open_place = svg(SEASONS).iter(f"{SVG}circle")
    assert medal.get("r") == str(plots.DISC)
    assert (medal.get("fill"), medal.get("stroke")) == ("#ffdf9f", colours.INK)
    assert (place.get("r"), place.get("fill")) == (str(plots.DOT), RED)
    assert (open_place.get("fill"), open_place.get("stroke")) == (colours.PAPER, RED)
    dashed = [line.get("stroke-dasharray") for line in svg(SEASONS).iter(f"{SVG}line")]
    assert dashed.count("7 6") == 1


def test_the_svg_file_is_at_least_1200_pixels_wide():
    assert (svg(RACES[:1]).get("width"), svg().get("width")) == ("1200", "1200")
    long = svg([Point(str(year), 4) for year in range(1946, 2023)])
    assert long.get("width") == "2400"


def test_an_accent_that_paper_would_swallow_is_darkened():
    run = next(line for line in svg(accent="#ffff00").iter(f"{SVG}circle"))
    assert colours.contrast(run.get("stroke"), colours.PAPER) >= colours.SIGN


@pytest.mark.parametrize("draw", [charts.svg, charts.png])
def test_an_accent_that_is_no_colour_is_refused(draw):
    with pytest.raises(FormatError):
        draw(chart(), "red")


def test_a_long_title_takes_two_lines_and_no_more():
    lines = texts(svg(title="Championship position by season " * 9))[:3]
    assert lines[0].startswith("Championship position")
    assert lines[1].endswith("…")
    assert lines[2] == "1"


@given(
    points=st.lists(
        st.builds(
            Point,
            label=st.sampled_from(["2018", "SIL"]) | st.text(max_size=30),
            value=st.none() | st.integers(1, 60),
            note=st.text(max_size=30),
            under=st.sampled_from(["", "TCR UK"]),
            is_open=st.booleans(),
        ),
        min_size=1,
        max_size=80,
    ),
    title=st.sampled_from(TITLES) | st.text(),
    credit=st.sampled_from(TITLES) | st.text(),
)
@settings(deadline=None)
def test_any_chart_stays_within_its_picture(points, title, credit):
    root = svg(points, title=title, credit=credit)
    _x, _y, width, height = map(float, root.get("viewBox").split())
    for element in root.iter():
        for name in ("x", "x1", "x2", "cx"):
            assert 0 <= float(element.get(name, 0)) <= width
        for name in ("y", "y1", "y2", "cy"):
            assert 0 <= float(element.get(name, 0)) <= height


@pytest.mark.parametrize("title", TITLES)
def test_no_text_reaches_over_the_edge(title):
    root = svg(title=title, credit=title)
    width = float(root.get("viewBox").split()[2])
    for text in root.iter(f"{SVG}text"):
        if text.get("text-anchor") == "start":
            reach = float(text.get("x")) + float(text.get("textLength", 0))
            assert reach <= width - charts.MARGIN + 1


# PNG


def test_the_png_file_is_twice_as_large_as_the_svg_file():
    root, image = svg(SEASONS, credit="Team"), png(SEASONS, credit="Team")
    width, height = float(root.get("width")), float(root.get("height"))
    assert image.size == (round(2 * width), round(2 * height))
    assert (image.format, image.mode, image.info) == ("PNG", "RGB", {})


def test_the_png_file_has_paper_ink_and_accent():
    image = png(SEASONS)
    shades = {rgb: count for count, rgb in image.getcolors(image.width * image.height)}
    assert max(shades, key=shades.get) == colours.rgb(colours.PAPER)
    for colour in (colours.INK, RED, charts.RULE, charts.FILLS["bronze"]):
        assert shades[colours.rgb(colour)] > 300


def test_the_png_file_shows_title_places_and_credit():
    full = png(credit="Lestrup Racing Team")
    others = [
        png(credit="Target Competition"),
        png(credit="Lestrup Racing Team", title="STCC 2018"),
        png((Point("SIL", 5), *RACES[1:]), credit="Lestrup Racing Team"),
    ]
    for other in others:
        assert other.size == full.size
        assert ImageChops.difference(full, other).getbbox() is not None
    assert png().height < full.height


def test_the_same_chart_gives_the_same_bytes():
    one, other = (charts.png(chart(SEASONS), RED, "Team") for _ in range(2))
    assert one == other


@pytest.mark.parametrize("title", TITLES)
def test_any_text_can_be_painted(title):
    points = [Point(title, 1, under=title), Point("2", None, note=title)]
    assert png(points, credit=title, title=title).width == 2400


# In the page


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("points", [RACES, SEASONS, RACES[:1], RACES[2:3]])
def test_the_figure_is_good_html(points, language):
    assert markup.problems(page(points, language, description="R & <D>")) == []


def test_what_an_editor_typed_stays_text():
    points = [Point("<i>", 4, under='"><i>'), Point("2", None, "<b>")]
    html = page(points, title='<script>"', description="<b>")
    assert markup.problems(html) == []
    root = html5lib.parse(html, namespaceHTMLElements=False)
    assert [root.findall(f".//{tag}") for tag in ("i", "script", "b")] == [[], [], []]


def test_the_table_holds_all_that_is_drawn():
    root = html5lib.parse(page(language="en"), namespaceHTMLElements=False)
    rows = [[markup.words(cell) for cell in row] for row in root.iter("tr")]
    assert rows == [
        ["Race", "Position"],
        ["Silverstone, race 1", "4"],
        ["Silverstone, race 2", "2"],
        ["Knockhill, race 1", "Ret"],
        ["Knockhill, race 2", "5"],
        ["Brands Hatch, race 1", "–not known"],
    ]


def test_the_table_says_of_an_open_place_from_when_it_is():
    root = html5lib.parse(page(SEASONS), namespaceHTMLElements=False)
    rows = [[markup.words(cell) for cell in row] for row in root.iter("tr")]
    assert rows[1:] == [
        ["2018 TCR UK", "3"],
        ["2018 STCC", "8"],
        ["2022 STCC", "2 after round 3 of 7"],
    ]


def test_the_table_can_be_opened_without_a_script_and_both_files_be_had():
    root = html5lib.parse(page(language="en"), namespaceHTMLElements=False)
    (summary,) = root.iter("summary")
    assert markup.words(summary) == "The chart as a table"
    assert root.find(".//details/table") is not None
    links = {link.get("href"): markup.words(link) for link in root.iter("a")}
    assert links == {
        "/c.svg": "Download the chart as SVG",
        "/c": "Download the chart as PNG",
    }


@pytest.mark.parametrize("language", ["sv", "en"])
def test_numbers_of_the_drawing_are_the_same_in_every_language(language):
    root = html5lib.parse(page(language=language), namespaceHTMLElements=False)
    places = [circle.attrib for circle in root.iter(f"{SVG}circle")]
    assert places == [
        {"class": "dot", "cx": "10.0%", "cy": "205.0", "r": "5"},
        {"class": "silver", "cx": "30.0%", "cy": "91.0", "r": "13"},
        {"class": "dot", "cx": "70.0%", "cy": "262.0", "r": "5"},
    ]


def test_the_drawing_has_a_name_and_a_box_that_scrolls():
    root = html5lib.parse(page(title="TCR UK 2018"), namespaceHTMLElements=False)
    (drawing,) = root.iter(f"{SVG}svg")
    assert (drawing.get("role"), drawing.get("aria-label")) == ("img", "TCR UK 2018")
    box = root.find(".//div[@class='scroll']")
    assert (box.get("tabindex"), box.get("aria-label")) == ("0", "TCR UK 2018")
    assert list(box) == [drawing]


# The style sheet says the same


@pytest.mark.parametrize(
    ("name", "colour"),
    [
        *(("paper", colours.PAPER), ("ink", colours.INK)),
        *(("muted", charts.MUTED), ("rule", charts.RULE)),
        *charts.FILLS.items(),
    ],
)
def test_the_pictures_have_the_light_colours_of_the_site(name, colour):
    assert f"--{name}: light-dark({colour}, " in CSS


@pytest.mark.parametrize(
    ("selector", "declaration"),
    [
        (".chart svg", f"padding-inline-start: {plots.AXIS}px"),
        (".chart svg", f"font: 600 {plots.SMALL}px/1 var(--display)"),
        (".chart :is(.code, .under)", f"font-size: {plots.SMALLER}px"),
        (".chart .numeral", f"font-size: {plots.NUMERAL}px"),
        (".chart .run", f"stroke-width: {charts.THICK}"),
        (".chart .thin", f"stroke-width: {charts.THIN}"),
        (".chart circle", f"stroke-width: {charts.EDGE}"),
    ],
)
def test_the_style_sheet_repeats_the_sizes_of_the_drawing(selector, declaration):
    rules = re.findall(rf"^  {re.escape(selector)} \{{(.*)\}}$", CSS, re.MULTILINE)
    assert [rule for rule in rules if f"{declaration};" in rule]
