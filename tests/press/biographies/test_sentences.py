"""Where sentences end: press.biographies.sentences."""

import time

import pytest

from press.biographies.sentences import sentences
from racing.formats import paragraphs


def split(text):
    return [sentence.text for sentence in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Han vann 2018. | Han blev trea.",
        "Vilken helg! | Vann han? | Ja.",
        "Han kom … | Sedan vann han.",
        "Han vann bl.a. på Croft. | Hon också.",
        "Han vann bl. a. Croft och t. ex. Spa. | Hon också.",
        "Körde t.ex. STCC och TCR UK m.m. | Sedan VM.",
        "Ca. 3 000 åskådare, bil nr. 19 kl. 14. | Regn.",
        "I St. Moritz mötte J. A. Bäckman Mr. Huff. | Hej.",
        "Cars, e.g. Audi, i.e. TCR cars, etc. | They race.",
        "Han blev 3. i mål. | Sedan bröt han.",
        "Ett varv på 1.47,095 med 12.5 poäng. | Bra.",
        "“Vilken seger.” | Så sade han.",
        "“Vilken seger!” sade han. | “Ja.”",
        "– Vi vann. | – Ja, sade hon.",
        "{wins} hittills. | {podiums} också.",
        "Han tog {wins}. | Åtta år senare: {age}.",
        "No. 19 won. | He said no. | Then he left.",
        "1. Andreas Bäckman. | Slut",
        "Vänta... | Han kommer... kanske.",
        "Rad ett.\n| Rad två\nfortsätter.",
        "(Han vann.) | [Hon också.]",
    ],
)
def test_sentences_end_where_they_do(text):
    expected = [part.strip() for part in text.split("|")]
    assert split(text.replace("| ", "").replace("|", "")) == expected


def test_sentences_know_where_they_stand():
    text = "  Ett. Två.  "
    assert [text[s.start : s.end] for s in sentences(text)] == ["Ett.", "Två."]


def test_empty_lines_part_paragraphs():
    assert paragraphs("\n\nEtt.\nTvå.\r\n \t\r\nTre.\n\n\n\n") == ["Ett.\nTvå.", "Tre."]
    assert paragraphs(" \n ") == []


@pytest.mark.parametrize("piece", [".", "a. ", "A. ", ". \n", '."', "\n", "1. ", "… "])
def test_a_long_text_is_split_at_once(piece):
    started = time.process_time()
    for paragraph in paragraphs(piece * (40_000 // len(piece))):
        list(sentences(paragraph))
    assert time.process_time() - started < 1
