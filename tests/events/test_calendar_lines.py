"""Content lines of calendars: events.calendars.lines."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from events.calendars import lines

TEXTS = st.text(st.characters(), max_size=200)
NEW_LINES = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def kept(text):
    """What is left of a text: one kind of new line, no other control character."""
    return CONTROLS.sub("", NEW_LINES.sub("\n", text))


def written(*properties):
    ends = "END:VEVENT", "END:VCALENDAR"
    return lines.octets(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *properties, *ends])


def read(octets):
    (event,) = Calendar.from_ical(octets).walk("VEVENT")
    return event


@given(TEXTS)
@example("Race; del 1, “final”\nkl. 16:20 \\n åäö 🏁")
@example("END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:forged")
@example("å" * 200)
@example("🏁" * 100)
def test_a_text_is_read_as_it_was_written(text):
    octets = written(f"DESCRIPTION:{lines.text(text)}")
    assert str(read(octets)["DESCRIPTION"]) == kept(text)


@given(TEXTS)
@example('a "quoted" label; with, all: of it ^n')
@example("a new\nline")
@example("0 =")
def test_a_parameter_is_read_as_it_was_written(text):
    line = lines.line("CONFERENCE", "https://example.com/a;b,c", {"LABEL": text})
    conference = read(written(line))["CONFERENCE"]
    assert conference.params["LABEL"] == kept(text).replace("\\", "/")
    assert str(conference) == "https://example.com/a;b,c"


@given(st.lists(TEXTS, max_size=5))
def test_lines_are_short_end_well_and_cut_no_character_in_two(texts):
    octets = lines.octets([f"NOTE:{text}" for text in texts])
    parts = octets.split(b"\r\n")
    assert parts.pop() == b""
    assert [part for part in parts if len(part) > 75 or b"\n" in part] == []
    assert b"\r\n".join(part.decode().encode() for part in parts) in octets
    unfolded = octets.decode().replace("\r\n ", "").split("\r\n")[:-1]
    assert unfolded == [
        "NOTE:" + CONTROLS.sub("", text).replace("\n", "") for text in texts
    ]


@pytest.mark.parametrize(
    ("length", "expected"),
    [(75, [75]), (76, [75, 2]), (149, [75, 75]), (150, [75, 75, 2])],
)
def test_a_line_is_folded_after_75_octets(length, expected):
    parts = lines.octets(["x" * length]).split(b"\r\n")[:-1]
    assert [len(part) for part in parts] == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("24H Series", "24H Series"),
        ("Race: del 1", '"Race: del 1"'),
        ("a, b; c", '"a, b; c"'),
        ('the "12 hours"', "the ^'12 hours^'"),
        ("2^10", "2^^10"),
        ("two\nlines", "two^nlines"),
    ],
)
def test_a_parameter_is_quoted_where_it_must_be_and_else_left_alone(value, expected):
    assert lines.parameter(value) == expected
