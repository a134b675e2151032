"""Where everything in a chart of positions stands: racing.charts.plots."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racing.charts import plots
from racing.charts.plots import Point, draw, draw_for_page
from racing.charts.shapes import wide

TOP, BOTTOM = plots.TOP, plots.TOP + plots.SPAN


def season(text):
    """Points from ``SIL 4, SIL Ret, KNO``: a label and a place, a note or nothing."""
    points = []
    for part in text.split(","):
        label, _space, said = part.strip().partition(" ")
        value = int(said) if said.isdigit() else None
        points.append(Point(label, value, "" if value else said))
    return points


def positions(*values):
    return [Point(f"R{n}", value) for n, value in enumerate(values, 1)]


points_of_any_kind = st.builds(
    Point,
    label=st.sampled_from(["2018", "2019", "SIL", ""]) | st.text(max_size=30),
    value=st.none() | st.integers(1, 99),
    note=st.sampled_from(["", "Ret", "DSQ"]) | st.text(max_size=30),
    under=st.sampled_from(["", "TCR UK"]),
    is_tied=st.booleans(),
    is_open=st.booleans(),
)
seasons_of_any_kind = st.lists(points_of_any_kind, min_size=1, max_size=80)


# Up and down


def test_the_first_place_is_at_the_top_and_the_last_at_the_bottom():
    heights = [mark.y for mark in draw(positions(1, 13, 25)).marks]
    assert heights == [TOP, (TOP + BOTTOM) / 2, BOTTOM]


def test_a_third_place_does_not_look_like_the_last_one():
    (mark,) = draw(positions(3)).marks
    assert mark.y == (TOP + BOTTOM) / 2


@pytest.mark.parametrize(
    ("worst", "ticks"),
    [
        (1, "1 2 3 4 5"),
        (6, "1 2 3 4 5 6"),
        (7, "1 5"),
        (10, "1 5 10"),
        (24, "1 5 10 15 20"),
        (34, "1 10 20 30"),
        (60, "1 25 50"),
        (120, "1 25 50 75 100"),
        (999, "1 250 500 750"),
        (9999, "1 9999"),
    ],
)
def test_the_axis_has_round_places_and_always_the_first(worst, ticks):
    drawing = draw(positions(worst))
    assert [tick.text for tick in drawing.ticks] == ticks.split()
    assert drawing.ticks[0].y == TOP


def test_ticks_stand_at_the_height_of_their_places():
    drawing = draw(positions(1, 5, 10))
    heights = {tick.text: tick.y for tick in drawing.ticks}
    assert heights == {str(mark.point.value): mark.y for mark in drawing.marks}


@given(seasons_of_any_kind)
def test_a_better_place_is_never_lower(points):
    marks = sorted(draw(points).marks, key=lambda mark: mark.point.value)
    heights = [mark.y for mark in marks]
    assert heights == sorted(heights)
    assert all(TOP <= height <= BOTTOM for height in heights)


# What is no place


def test_what_is_no_place_is_a_gap_with_its_note():
    drawing = draw(season("SIL 4, SIL 2, KNO Ret, KNO 5, BRA"))
    assert [mark.text for mark in drawing.marks] == ["4", "2", "5"]
    assert [note.text for note in drawing.notes] == ["Ret", "–"]
    assert [note.left for note in drawing.notes] == [50, 90]
    assert BOTTOM < drawing.note_line < drawing.foot


def test_no_line_leads_over_a_gap():
    drawing = draw(season("SIL 4, SIL 2, KNO Ret, KNO 5, BRA 6"))
    ends = [(line.start.text, line.end.text) for line in drawing.segments]
    assert ends == [("4", "2"), ("5", "6")]


def test_a_season_of_retirements_has_an_axis_and_no_place():
    drawing = draw(season("SIL Ret, KNO DNS"))
    assert (drawing.marks, drawing.segments) == ([], [])
    assert len(drawing.ticks) == 5
    assert [note.text for note in drawing.notes] == ["Ret", "DNS"]


def test_only_notes_take_the_room_for_notes():
    assert draw(season("SIL 4, KNO Ret")).foot > draw(season("SIL 4, KNO 5")).foot


def test_one_point_alone_stands_in_the_middle():
    drawing = draw([Point("2018", 3)])
    assert [mark.left for mark in drawing.marks] == [50]
    assert drawing.segments == []
    assert [label.text for label in drawing.labels] == ["2018"]


# Medals, and places that may change


def test_medals_are_discs_with_their_numeral_inside():
    drawing = draw(positions(1, 2, 3, 4))
    medals = [mark.point.medal for mark in drawing.marks]
    assert medals == ["gold", "silver", "bronze", ""]
    assert [mark.is_disc for mark in drawing.marks] == [True, True, True, False]
    assert [mark.radius for mark in drawing.marks] == [plots.DISC] * 3 + [plots.DOT]
    middle = {round(mark.baseline - mark.y, 1) for mark in drawing.marks[:3]}
    assert middle == {round(plots.FIGURE * plots.NUMERAL, 1)}


def test_a_place_that_may_still_change_has_no_medal():
    running = Point("2022", 1, is_open=True)
    drawing = draw([Point("2021", 4), running, Point("2023", 5)])
    assert running.medal == ""
    assert [segment.is_open for segment in drawing.segments] == [True, True]
    assert not drawing.marks[1].is_disc


def test_no_place_is_no_medal():
    assert Point("2022", None, "Ret").medal == ""


@pytest.mark.parametrize(
    ("point", "text"),
    [
        (Point("SIL", 3), "3"),
        (Point("SIL", 3, is_tied=True), "=3"),
        (Point("SIL", 3, "after round 3 of 7"), "3"),
        (Point("SIL", None, "Ret"), "Ret"),
        (Point("SIL"), "–"),
    ],
)
def test_a_point_prints_its_place_or_why_it_has_none(point, text):
    assert point.text == text


# Numerals


@pytest.mark.parametrize(
    ("places", "side"),
    [
        ((5, 8, 5), plots.LOWERED),  # a valley: the line comes from above
        ((8, 5, 8), -plots.RAISED),
        ((5, 5, 5), -plots.RAISED),
        ((None, 5, None), -plots.RAISED),
        ((None, 8, 5), plots.LOWERED),
        ((5, 8, None), plots.LOWERED),
        ((9, 8, 4), plots.LOWERED),
    ],
)
def test_a_numeral_stands_where_the_line_is_not(places, side):
    marks = draw(positions(*places)).marks
    (mark,) = (mark for mark in marks if mark.point.label == "R2")
    assert mark.baseline - mark.y == pytest.approx(side, abs=0.06)


@given(seasons_of_any_kind)
def test_a_page_prints_every_place_and_every_note(points):
    drawing = draw_for_page(points)
    known = [point.text for point in points if point.value is not None]
    assert [mark.text for mark in drawing.marks] == known
    assert len(drawing.notes) == len(points) - len(known)


def test_numerals_go_where_it_is_crowded():
    drawing = draw(positions(*[1, 4] * 40), widest=1500)
    assert {mark.text for mark in drawing.marks} == {""}
    assert [mark.radius for mark in drawing.marks[:2]] == [plots.DOT, plots.SPECK]
    assert not drawing.marks[0].is_disc


def test_a_wide_numeral_goes_before_a_narrow_one():
    drawing = draw(positions(*[4, 444] * 20), widest=40 * plots.CROWDED)
    assert [mark.text for mark in drawing.marks] == ["4", ""] * 20


# Labels


def test_neighbours_share_a_label():
    drawing = draw(season("SIL 4, SIL 2, KNO 4, BRA 5, BRA 6, BRA Ret"))
    labels = [(label.text, label.left) for label in drawing.labels]
    assert labels == [("SIL", 16.67), ("KNO", 41.67), ("BRA", 75)]
    assert [border.left for border in drawing.borders] == [33.33, 50]


def test_labels_that_nobody_shares_need_no_borders():
    assert draw(season("SIL 4, KNO 4, BRA 5")).borders == []


def test_a_label_that_comes_again_later_is_printed_again():
    drawing = draw(season("SIL 4, KNO 4, SIL 5"))
    assert [label.text for label in drawing.labels] == ["SIL", "KNO", "SIL"]


def test_championships_are_told_apart():
    drawing = draw(
        [
            Point("2018", 3, under="TCR UK"),
            Point("2018", 8, under="STCC"),
            Point("2019", 4, under="STCC"),
        ]
    )
    assert [under.text for under in drawing.unders] == ["TCR UK", "STCC", "STCC"]
    assert [segment.is_thin for segment in drawing.segments] == [True, False]
    assert drawing.under_line < drawing.height


def test_without_championships_there_is_no_row_for_them():
    plain, named = [Point("2018", 3)], [Point("2018", 3, under="TCR UK")]
    assert draw(plain).unders == []
    assert draw(plain).height < draw(named).height


def test_many_seasons_do_not_name_every_year():
    years = [Point(str(1946 + n), 1 + n % 9) for n in range(77)]
    drawing = draw_for_page(years)
    assert drawing.width == 77 * plots.STEP
    assert [label.text for label in drawing.labels[:3]] == ["1946", "1948", "1950"]


def test_few_seasons_name_every_year():
    years = [Point(str(1999 + n), 1 + n % 9) for n in range(24)]
    assert len(draw_for_page(years).labels) == 24


def test_forty_races_fit_on_a_desk():
    races = [Point(f"R{n // 2}", 1 + n % 20) for n in range(40)]
    assert draw_for_page(races).page_width <= plots.DESK + plots.AXIS


def test_every_championship_is_named_however_many_there_are():
    points = [Point("2018", 4, under=f"Cup {n}") for n in range(60)]
    assert len(draw_for_page(points).unders) == 60


@pytest.mark.parametrize(
    ("field", "row"), [("label", "labels"), ("note", "notes"), ("under", "unders")]
)
def test_a_text_too_long_to_be_set_is_cut(field, row):
    point = Point(**{"label": "2018", field: "Wolkenkratzer " * 50})
    drawing = draw([point])
    assert drawing.width <= plots.WIDEST
    (label,) = getattr(drawing, row)
    assert label.text.startswith("Wolkenkratzer")
    assert label.text.endswith("…")


def test_the_whole_name_is_for_the_table():
    assert Point("SIL", 4, name="Silverstone, race 1").whole_name == (
        "Silverstone, race 1"
    )
    assert Point("2018", 4, under="TCR UK").whole_name == "2018 TCR UK"
    assert Point("2018", 4).whole_name == "2018"


# The width


def test_a_drawing_keeps_within_the_widths_it_is_given():
    points = season("SIL 4, KNO 4")
    assert 2 * plots.STEP <= draw(points).width < 100
    assert draw(points, narrowest=700).width == 700
    assert draw(points, widest=50).width == 50


@given(seasons_of_any_kind, st.sampled_from([0, 684]), st.sampled_from([700, 1486]))
def test_no_two_texts_of_a_row_touch(points, narrowest, widest):
    drawing = draw(points, narrowest, widest)
    for row, size in (
        (drawing.labels, plots.SMALL),
        (drawing.notes, plots.SMALLER),
        (drawing.unders, plots.SMALLER),
    ):
        weight = plots.MEDIUM if row is drawing.unders else plots.SEMIBOLD
        ends = [
            label.x * drawing.width + side * wide(label.text, size, weight) / 2
            for label in row
            for side in (-1, 1)
        ]
        assert ends == sorted(ends)
