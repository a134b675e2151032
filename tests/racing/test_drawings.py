"""The striped panel with a number and a name: racing.drawings."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from racing import colours, drawings
from racing.formats import FormatError

RED = "#d3121b"
# What a press officer may well type, and what nobody should.
TEXTS = [
    "",
    "120",
    "Andreas Bäckman",
    "Żółć 漢字 🏁",
    "\x00\u202e",
    "W" * 5000,
    "a " * 99,
]


def panel(number="19", name="Andreas Bäckman", line="", colour=RED, **size):
    return drawings.panel(number, name, line, colour, **size)


def same(one, other):
    return ImageChops.difference(one, other).getbbox() is None


def painted(image, ground, box):
    """Box around what differs from the ground within a box of the picture."""
    return ImageChops.difference(image.crop(box), ground.crop(box)).getbbox()


@pytest.mark.parametrize(
    "size", [drawings.OPEN_GRAPH, drawings.PORTRAIT, drawings.LANDSCAPE, (64, 64)]
)
def test_panel_has_the_size_that_was_asked_for(size):
    image = panel(size=size)
    assert image.size == size
    assert image.mode == "RGB"


def test_panel_is_made_for_shared_links_unless_told_otherwise():
    assert panel().size == (1200, 630)


def test_panel_has_ink_accent_and_chalk_and_little_else():
    image = panel().quantize(8).convert("RGB")
    main = sorted(image.getcolors(), reverse=True)[:3]
    nearest = [
        min(
            (colours.INK, RED, colours.CHALK),
            key=lambda named: sum(
                abs(a - b) for a, b in zip(colours.rgb(named), rgb, strict=True)
            ),
        )
        for _count, rgb in main
    ]
    assert nearest[0] == colours.INK
    assert set(nearest) == {colours.INK, RED, colours.CHALK}


def test_the_same_arguments_give_the_same_bytes():
    assert drawings.png(panel()) == drawings.png(panel())
    assert drawings.jpeg(panel()) == drawings.jpeg(panel())


def test_png_and_jpeg_are_what_they_say_and_carry_no_metadata():
    png = Image.open(io.BytesIO(drawings.png(panel())))
    jpeg = Image.open(io.BytesIO(drawings.jpeg(panel())))
    assert (png.format, png.size, png.info) == ("PNG", (1200, 630), {})
    assert (jpeg.format, jpeg.size) == ("JPEG", (1200, 630))
    assert len(jpeg.getexif()) == 0


def test_number_name_and_line_all_show():
    full = panel(line="Lestrup Racing Team")
    assert not same(full, panel(number="120", line="Lestrup Racing Team"))
    assert not same(full, panel(name="Jessica Bäckman", line="Lestrup Racing Team"))
    assert not same(full, panel())


@pytest.mark.parametrize("size", [drawings.OPEN_GRAPH, drawings.PORTRAIT])
@pytest.mark.parametrize("number", ["", "7", "120", "123456789"])
@pytest.mark.parametrize(
    "name", ["", "Hankook 12h Hockenheimring", "Wolkenkratzer" * 20, "Audi RS " * 40]
)
def test_text_of_any_length_stays_within_the_margins(size, number, name):
    width, height = size
    image = panel(number, name, name, size=size)
    ground = panel("", "", "", size=size)
    edge = drawings.Box(width, height).px(drawings.MARGIN) * 7 // 8
    right = (width - edge, 0, width, height)
    left = (0, 0, edge, height)
    top = (0, 0, width, edge)
    assert painted(image, ground, right) is None
    assert painted(image, ground, left) is None
    assert painted(image, ground, top) is None


def test_without_a_number_the_name_is_larger():
    whole, ground = (0, 0, 1200, 630), panel("", "", "")
    beside_number = painted(panel("7"), ground, whole)
    alone = painted(panel(""), ground, whole)
    assert alone[2] > beside_number[2] * 1.3


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Andreas Bäckman", "Andreas Bäckman"),
        ("Żółć Đorđe", "Żółć Đorđe"),
        ("13–15 maj 2022 · Hockenheim…", "13–15 maj 2022 · Hockenheim…"),
        ("Ĕva ĕ ﬁnal", "Eva e final"),
        ("漢字 Andreas 🏁", "Andreas"),
        (" two\n\nlines\u00a0", "two lines"),
        ("a\x00b\u202ec\u0301", "abc"),
        ("漢字", ""),
    ],
)
def test_letters_that_the_font_lacks_become_plain_or_go(text, drawn):
    for weight in (drawings.BOLD, drawings.SEMIBOLD, drawings.MEDIUM):
        assert drawings.drawable(text, weight) == drawn


def test_a_text_is_cut_where_nobody_could_read_on():
    drawn = drawings.drawable("x" * 500, drawings.MEDIUM)
    assert drawn == "x" * (drawings.LONGEST_TEXT - 1) + "…"


def test_a_letter_that_is_missing_leaves_no_trace():
    assert same(panel(name="Andreas 漢字"), panel(name="Andreas"))
    assert same(panel(number="🏁"), panel(number=""))


@pytest.mark.parametrize("colour", ["#ffffff", "#ffd500", "#ff8000", RED, "#000000"])
def test_a_name_can_be_read_on_stripes_of_any_colour(colour):
    blank, lettered = panel("", "", "", "#101010"), panel("", "Bäckman", "", "#101010")
    around_name = ImageChops.difference(blank, lettered).getbbox()
    touched = ImageChops.difference(blank, lettered).convert("L").point(bool, "1")
    image = panel("", "Bäckman", "", colour)
    image.paste(colours.INK, mask=touched)  # what is left is the ground between letters
    count = image.width * image.height
    grounds = [rgb for _count, rgb in image.crop(around_name).getcolors(count)]
    lightest = "#" + bytes(max(grounds, key=sum)).hex()
    assert colours.contrast(lightest, colours.CHALK) >= 4.4


def test_an_accent_like_the_ground_still_shows():
    shades = panel("", "", "", "#121316").getcolors(100_000)
    lightest = max((rgb for _count, rgb in shades), key=sum)
    assert colours.contrast("#" + bytes(lightest).hex(), colours.INK) > 1.3


def test_panel_refuses_what_is_no_colour():
    with pytest.raises(FormatError):
        panel(colour="red")


@settings(max_examples=25, deadline=None)
@given(
    number=st.one_of(st.sampled_from(TEXTS), st.text(max_size=12)),
    name=st.one_of(st.sampled_from(TEXTS), st.text()),
    line=st.one_of(st.sampled_from(TEXTS), st.text()),
    colour=st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}"),
)
def test_any_texts_and_any_colour_give_a_picture(number, name, line, colour):
    assert panel(number, name, line, colour, size=(240, 126)).size == (240, 126)
