from datetime import UTC, datetime, timedelta, timezone

import pytest

from press.documents.tree import (
    Beside,
    Facts,
    Heading,
    Link,
    ListOf,
    Paragraph,
    Table,
    clean,
    plain,
    said,
)
from tests.press.documents import samples


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Märta\r\n Öhman\t27 ", "Märta Öhman 27"),
        ("a\x0bb\x00c\u2028d", "a bc d"),
        ("1\u00a0000\u202fm", "1\u00a0000\u202fm"),
        ("Ba\u0308ckman", "Bäckman"),
        ("\ufeffsoft\u00adhyphen\u202e\ud800\ue000\uffff", "softhyphen"),
        ("🏁 日本", "🏁 日本"),
        ("\u00a0 \n", ""),
    ],
)
def test_a_text_is_one_line_of_what_is_seen(typed, kept):
    assert clean(typed) == kept
    assert clean(clean(typed)) == kept


def test_words_keep_the_spaces_beside_a_link():
    link = Link(" here\n", "https://example.com/")
    assert said(Paragraph((" See ", link, " \n now. ")).text) == "See here now."
    assert said(Paragraph("  ").text) == ""


def test_a_link_without_a_text_shows_its_address_in_ascii():
    assert Link("", "https://example.com/ö x").text == "https://example.com/%C3%B6%20x"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "/sv/", "", "https:///x", "https://x.se/" + "a" * 2000],
)
def test_a_link_that_leads_nowhere_is_refused(url):
    with pytest.raises(ValueError, match="A link leads to"):
        Link("here", url)


def test_what_says_nothing_is_left_out_and_what_must_say_something_gets_a_dash():
    document = samples.make_document(
        Paragraph("\x0b"),
        Facts((("Born", ""), ("", "1995"))),
        Facts((("Born", ""),)),
        ListOf(("", "\n")),
        Table("Empty", ("Year",), ()),
        Beside((Heading(1, ""), Paragraph("")), samples.make_portrait(alt=" ")),
        title="\x00",
        as_of="",
    )
    portrait = samples.make_portrait()
    assert plain(document) == ["–", "–", "1995", "–", portrait.caption, portrait.credit]
    assert document.blocks[-1].picture.alt == portrait.caption


def test_a_document_is_dated_in_utc_to_the_second():
    summer = timezone(timedelta(hours=2))
    dated = datetime(2022, 5, 12, 14, 0, 1, 999, summer)
    document = samples.make_document(dated=dated)
    assert document.dated == datetime(2022, 5, 12, 12, 0, 1, tzinfo=UTC)
    assert document.dated.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Heading(4, "Deep"), "level 1, 2 or 3"),
        (lambda: Table("", (), ()), "has headings"),
        (lambda: Table("", ("A", "B"), (("1",),)), "has headings"),
        (lambda: Table("", ("A",), (("1",),), numeric=(1,)), "numeric column"),
        (lambda: samples.make_document(language="de"), "Swedish"),
        (lambda: samples.make_document(address="/sv/"), "A link leads to"),
        (lambda: samples.make_document(accent="red"), "#d3121b"),
        (
            lambda: samples.make_document(Heading(2, "B")),
            "level 2 follows one of level 0",
        ),
        (
            lambda: samples.make_document(dated=datetime(2022, 5, 12)),  # noqa: DTZ001, the fault
            "time zone",
        ),
    ],
)
def test_a_fault_of_whoever_makes_a_document_is_told(make, sentence):
    with pytest.raises(ValueError, match=sentence):
        make()
