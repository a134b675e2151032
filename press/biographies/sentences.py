"""A text in paragraphs and sentences, as far as that can be told.

A full stop that ends an abbreviation, an initial or an ordinal ends no sentence, nor
does one that a small letter follows. Where it cannot be told, two sentences stay one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# After these another word always follows. “etc.”, “m.m.” and the like may end a
# sentence: where a capital follows they do.
ABBREVIATIONS = frozenset(
    [
        "bl",
        "bl.a",
        "t",
        "t.ex",
        "ex",
        "d",
        "d.v.s",
        "dvs",
        "s.k",
        "f.d",
        "fr.o.m",
        "t.o.m",
        "p.g.a",
        "pga",
        "ca",
        "c:a",
        "kl",
        "nr",
        "resp",
        "inkl",
        "exkl",
        "st",
        "å.k",
        "tel",
        "sid",
        "kap",
        "e.g",
        "i.e",
        "vs",
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "approx",
        "incl",
        "excl",
        "u.s",
        "a.k.a",
        "gen",
        "jan",
        "feb",
        "apr",
        "aug",
        "sept",
        "sep",
        "okt",
        "oct",
        "nov",
        "dec",
    ]
)
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’»')\]]*+(?=\s)")
_BEGIN = re.compile(r"\s+[\"“”‘’«»'(\[–—-]*\s?[A-ZÅÄÖÉÜØÆ0-9{]")
_LAST_WORD = re.compile(r"[\w.:]*\Z")
_LONGEST_WORD = 20
_NUMBER = ("No", "Nos")  # unlike “no”


@dataclass(frozen=True)
class Sentence:
    """A sentence without the blanks around it, from `start` to `end` of its text."""

    text: str
    start: int
    end: int


def sentences(paragraph: str) -> Iterator[Sentence]:
    """The sentences of a paragraph, in order."""
    start = 0
    for match in _END.finditer(paragraph):
        if _ends(paragraph, start, match):
            yield _sentence(paragraph, start, match.end())
            start = match.end()
    if paragraph[start:].strip():
        yield _sentence(paragraph, start, len(paragraph))


def _sentence(paragraph, start, end):
    text = paragraph[start:end]
    start += len(text) - len(text.lstrip())
    return Sentence(text.strip(), start, start + len(text.strip()))


def _ends(paragraph, start, match):
    """Whether what looks like an end is one."""
    if not _BEGIN.match(paragraph, match.end()):
        return False
    if match[0][0] != "." or match[0].startswith("..."):
        return True
    before = paragraph[max(start, match.start() - _LONGEST_WORD) : match.start()]
    word = _LAST_WORD.search(before)[0].strip(".:")
    if word.lower() in ABBREVIATIONS or word in _NUMBER:
        return False
    if len(word) == 1 and word.isalpha():
        return False  # an initial
    # The number of a line in a list begins it.
    return not (word.isdigit() and paragraph[start : match.start()].strip() == word)
