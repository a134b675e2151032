"""Text, Word and PDF say the same, whatever they are given to say."""

from unicodedata import combining

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from press.documents.glyphs import coverage, showable
from press.documents.pdf import pdf
from press.documents.text import text
from press.documents.tree import (
    Beside,
    Document,
    Facts,
    Heading,
    Link,
    ListOf,
    Paragraph,
    Table,
    plain,
)
from press.documents.word import word
from tests.press.documents import samples
from tests.press.documents.reading import pdf_text, word_texts

JPEG = samples.jpeg(width=40, height=50)


def assert_same_facts(document: Document):
    told = plain(document)
    # A term and its value are one paragraph in Word, with a tab between them.
    assert "".join(word_texts(word(document))).replace("\t", "") == "".join(told)
    assert pdf_text(pdf(document)) == "".join(map(showable, told))
    written = text(document).decode()
    place = 0
    for fact in in_text(document, written):
        place = written.index(fact, place) + len(fact)


def in_text(document, written):
    """What is told in the order of the text: a wide table repeats its headings."""
    wide = {
        name
        for block in document.blocks
        if isinstance(block, Table)
        for name in block.header
        if f"{name}: " in written
    }
    return [fact for fact in plain(document) if fact not in wide]


@pytest.mark.parametrize("make", [samples.biography, samples.fact_sheet])
def test_the_facts_are_the_same_to_the_character(make):
    assert_same_facts(make())


@pytest.mark.parametrize("write", [text, word, pdf])
@pytest.mark.parametrize("make", [samples.biography, samples.fact_sheet])
def test_the_same_document_is_the_same_file(make, write):
    assert write(make()) == write(make())


def document_of(one: str, two: str) -> Document:
    """Both texts in every place that a text can have."""
    link = Link(one, "https://example.com/")
    portrait = samples.make_portrait(data=JPEG, alt=two, caption=one, credit=two)
    return samples.make_document(
        Beside((Paragraph((one, link, two), is_lead=True),), portrait),
        Heading(1, one),
        Facts(((one, two), (two, link))),
        Heading(2, two),
        ListOf((one, (two, one))),
        Table(one, (two, one), ((one, two), ((two, link), one)), numeric=(1,)),
        portrait,
        title=two,
        author=one,
        subject=two,
        keywords=(one, two),
        as_of=one,
    )


ANYTHING = st.text(max_size=60)


@settings(deadline=None, max_examples=60)
@given(ANYTHING, ANYTHING)
@example("", "\x00\x0b\ud800\ufffe")
@example("🏁" * 300, "👨‍👩‍👧‍👦 🇸🇪")
@example("ö" * 5_000, "W" * 5_000)
@example("שלום 12 עולם", "مرحبا 34 العالم")
@example("#x *y* $z$ @a <b> \\u{41}", "</w:t>]]>&amp;{PAGE}")
@example("e\u0301\u0301\u0301 \u0301", "\u0489 \u200d\u202e\u2066")
@example("fi ffi \ufb01 \u00a0\u202f\u2009.", "\u3000\u1680 -- --- ... '\"")
def test_any_text_makes_three_documents(one, two):
    document = document_of(one, two)
    made = "".join(word_texts(word(document))).replace("\t", "")
    assert made == "".join(plain(document))
    assert pdf(document).startswith(b"%PDF-1.7")
    assert text(document).decode().endswith(samples.ADDRESS + "\n")


# Letters, figures and signs of one typeface. Accents that Unicode joins with no letter
# can be seen but not be copied alone: a glyph stands for both.
EUROPEAN = st.text(
    st.sampled_from([it for it in sorted(coverage()[0]) if not combining(it)]),
    max_size=40,
)


@settings(deadline=None, max_examples=60)
@given(EUROPEAN, EUROPEAN)
def test_european_text_can_be_copied_from_a_pdf_to_the_character(one, two):
    document = document_of(one, two)
    assert pdf_text(pdf(document)) == "".join(plain(document))
