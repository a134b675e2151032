"""Facts that are kept as numbers and typed as people write them."""

import datetime as dt
from contextlib import suppress
from zlib import crc32

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from racing import dates
from racing.formats import FormatError
from racing.forms import (
    LONGEST_DURATION,
    ColourField,
    DurationField,
    LapTimeField,
    LongTextField,
    OutlineField,
    PhotoField,
    PointsField,
    TimeZoneField,
    TrackLengthField,
    WallTimeField,
    parse_duration,
)
from tests import factories

FIELDS = [
    *(ColourField, DurationField, LapTimeField, OutlineField, PhotoField),
    *(PointsField, TimeZoneField, TrackLengthField, WallTimeField),
]
LINE = (
    b'{"type": "LineString", "coordinates": '
    b"[[8.56, 49.32], [8.57, 49.33], [8.58, 49.33], [8.56, 49.32]]}"
)


def sentence(field, typed):
    with pytest.raises(ValidationError) as refusal:
        field.clean(typed)
    return refusal.value.messages


# Lengths of time


@given(st.integers(1, LONGEST_DURATION - 1), st.sampled_from(["sv", "en"]))
def test_a_duration_is_read_as_it_is_printed(minutes, language):
    assert parse_duration(dates.duration(minutes, language)) == minutes


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        *[("45", 45), ("45 min", 45), ("45min.", 45), ("45 minuter", 45)],
        *[("6h", 360), ("6 h", 360), ("6 timmar", 360), ("1 timme", 60)],
        *[
            ("1:30", 90),
            ("0:45", 45),
            ("24:00", 1440),
            ("1,5 h", 90),
            ("1.5 hours", 90),
        ],
        *[
            ("1 h 5 min", 65),
            ("1 tim 30", 90),
            (" 1  H 30 MIN ", 90),
            ("12 hours", 720),
        ],
    ],
)
def test_a_duration_is_read_as_people_write_it(typed, minutes):
    assert parse_duration(typed) == minutes


@pytest.mark.parametrize(
    "typed",
    ["", "x", "-1", "1:60", "1 h 60 min", "1:3:5", "45 s", "½ h", "\x00", "0", "6000"],
)
def test_a_duration_that_is_none_is_refused(typed):
    with pytest.raises(FormatError):
        parse_duration(typed)


@given(st.text())
def test_any_text_is_a_duration_or_is_refused(text):
    with suppress(FormatError):
        assert 0 < parse_duration(text) < LONGEST_DURATION


# What a box shows, and what it takes


@pytest.mark.parametrize(
    ("field", "kept", "shown"),
    [
        (LapTimeField(), 107_095, "1:47.095"),
        (TrackLengthField(), 4574, "4.574\u00a0km"),
        (DurationField(), 90, "1\u00a0h 30\u00a0min"),
        (PointsField(), 12, "12"),
        (ColourField(), "#d3121b", "#d3121b"),
        (TimeZoneField(), "Asia/Dubai", "Asia/Dubai"),
    ],
)
def test_a_box_shows_what_people_write_and_takes_it_back(field, kept, shown):
    with translation.override("en"):
        assert field.prepare_value(kept) == shown
        assert field.clean(shown) == kept
        assert not field.has_changed(kept, shown)


def test_a_box_keeps_what_was_typed_wrongly():
    assert LapTimeField().prepare_value("1:75") == "1:75"


def test_another_spelling_is_no_change():
    assert not LapTimeField().has_changed(107_095, "1min 47.095s")
    assert LapTimeField().has_changed(107_095, "1:47.096")
    assert LapTimeField().has_changed(107_095, "")
    assert LapTimeField().has_changed(None, "nonsense")
    assert not LapTimeField().has_changed(None, None)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Asia/Dubai", "Asia/Dubai"),
        (" europe/berlin ", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
        ("utc", "UTC"),
    ],
)
def test_the_name_of_a_time_zone_may_be_typed_in_small_letters(typed, name):
    assert TimeZoneField().clean(typed) == name


@pytest.mark.parametrize("typed", ["Dubai", "US/Pacific", "../etc", "x" * 5000, "\x00"])
def test_a_time_zone_that_is_none_is_refused(typed):
    assert sentence(TimeZoneField(), typed)[0].endswith("Europe/Stockholm.")


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.__name__)
def test_every_field_may_be_left_empty_where_it_may(field):
    assert field(required=False).clean("" if field is not PhotoField else None) in (
        None,
        "",
    )
    assert len(sentence(field(), "" if field is not PhotoField else None)) == 1


@given(st.text())
def test_any_text_is_a_fact_or_is_refused(text):
    for field in (LapTimeField, TrackLengthField, PointsField, ColourField):
        with suppress(ValidationError):
            kept = field(required=False).clean(text)
            assert kept in (None, "") or not field().has_changed(kept, text)


# Times of day


@pytest.mark.parametrize("typed", ["16:20", "16.20", "1620", "16:20:00", " 16:20 "])
def test_a_time_of_day_is_read_as_people_write_it(typed):
    assert WallTimeField().clean(typed) == dt.time(16, 20)


@pytest.mark.parametrize(
    "typed", ["24:00", "4 pm", "16", "16:2", "16:60", "\x00", "16:20 CET"]
)
def test_a_time_of_day_that_is_none_is_refused(typed):
    with translation.override("en"):
        assert sentence(WallTimeField(), typed) == [
            "Write the time as on a 24-hour clock, such as 16:20."
        ]


def test_seconds_that_are_not_shown_are_not_changed():
    assert not WallTimeField().has_changed(dt.time(16, 20, 31), "16:20")
    assert WallTimeField().has_changed(dt.time(16, 20, 31), "16:21")
    assert WallTimeField().has_changed(dt.time(16, 20), "nonsense")
    assert WallTimeField().has_changed(dt.time(16, 20), "")
    assert not WallTimeField().has_changed(None, "")


# Texts


def test_the_ends_of_lines_are_kept_as_one_character():
    assert LongTextField().clean("a\r\n\r\nb\rc\nd") == "a\n\nb\nc\nd"
    assert not LongTextField().has_changed("a\nb", "a\r\nb")
    assert not LongTextField().has_changed("a\r\nb", "a\r\nb")
    assert LongTextField().has_changed("a\nb", "a\r\nc")
    assert not LongTextField().has_changed(None, "")


# Files


def test_an_outline_is_read_from_geojson():
    file = SimpleUploadedFile("hockenheim.geojson", LINE)
    assert OutlineField().clean(file) == (
        "8.560000,49.320000 8.570000,49.330000 8.580000,49.330000 8.560000,49.320000"
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not json", "The file is not GeoJSON: it cannot be read as JSON."),
        (b"{}", "The file holds no line. Export the circuit as one LineString."),
        (b" " * 1_000_001, "The file is larger than 1 MB; an outline needs far less."),
    ],
)
def test_an_outline_that_is_none_is_refused(content, said):
    with translation.override("en"):
        assert sentence(OutlineField(), SimpleUploadedFile("x.json", content)) == [said]


def test_a_photo_is_looked_at_before_it_is_decoded():
    """A PNG that says it is larger than any photo, and holds nothing."""
    header = b"IHDR" + (50_000).to_bytes(4) * 2 + b"\x08\x02\x00\x00\x00"
    checked = b"\x00\x00\x00\r" + header + crc32(header).to_bytes(4)
    data = b"\x00\x00\x00\x00IDAT" + crc32(b"IDAT").to_bytes(4)
    bomb = b"\x89PNG\r\n\x1a\n" + checked + data
    with translation.override("en"):
        said = sentence(PhotoField(), SimpleUploadedFile("bomb.png", bomb))
    assert said == ["The image has more than 60 megapixels."]


def test_a_photo_of_another_kind_is_refused():
    picture = factories.image_file(name="x.gif", kind="GIF")
    file = SimpleUploadedFile("x.gif", picture.read())
    with translation.override("en"):
        assert sentence(PhotoField(), file) == [
            "The file is not a JPEG, PNG, WebP or AVIF image that can be read."
        ]


def test_a_photo_that_is_one_is_taken():
    file = SimpleUploadedFile("x.jpg", factories.image_file().read())
    assert PhotoField().clean(file).image.size == (60, 40)
