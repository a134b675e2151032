"""A text as readers get it, and what the facts say against it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from drivers.models import Driver
from press.biographies.changes import texts_changed
from press.biographies.facts import Facts, facts_of
from press.biographies.lengths import bounds, word_count
from press.biographies.resolving import Resolved, resolve
from press.biographies.reviews import (
    UNKNOWN,
    Warning,
    drivers_named,
    warnings,
)
from press.biographies.sentences import sentences
from racing import tokens
from racing.formats import paragraphs
from racing.models import LONG, Team, Text
from racing.tokens import parse

Owner = Driver | Team


def owner_name(model: type[Text]) -> str:
    """What a kind of biography calls its owner: ``driver`` or ``team``."""
    return next(name for name in ("driver", "team") if hasattr(model, name))


# How many words


def count_in_words(count: int, length: int) -> str:
    """``57 of 60 words``, of a long biography ``412 words``."""
    return _counting(count, length) % {"count": count}


def _counting(count, length):
    """The sentence for so many words, in which the number is still to come."""
    if length == LONG:
        return ngettext("%(count)s word", "%(count)s words", count)
    sentence = ngettext(
        "%(count)s of %(length)s words", "%(count)s of %(length)s words", count
    )
    return sentence.replace("%(length)s", str(length))


@dataclass(frozen=True)
class Limits:
    """The fewest and the most words of a length, and how a page tells of them."""

    length: int

    @property
    def least(self) -> int | None:
        return (bounds(self.length) or (None, None))[0]

    @property
    def most(self) -> int | None:
        return (bounds(self.length) or (None, None))[1]

    def verdict(self, count: int) -> str:
        """``few`` or ``many``; empty for what fits and for nothing at all."""
        if not count or self.least is None:
            return ""
        if count < self.least:
            return "few"
        return "many" if count > self.most else ""

    def told(self, count: int) -> str:
        """The count with the verdict: ``12 of 60 words – too few``."""
        said, verdict = count_in_words(count, self.length), self.verdict(count)
        return f"{said} – {verdicts()[verdict]}" if verdict else said

    def as_data(self) -> dict:
        """What a script needs to say the same."""
        one, other = (
            _counting(count, self.length) % {"count": "{count}"} for count in (1, 2)
        )
        limits = {"least": self.least, "most": self.most}
        return {"one": one, "other": other, **limits, **verdicts()}


def verdicts():
    return {"few": _("too few"), "many": _("too many")}


# The text as readers get it


@dataclass(frozen=True)
class Piece:
    """A part of a paragraph; `token` is what it stands for, empty for typed words."""

    text: str
    token: str = ""


@dataclass(frozen=True)
class Preview:
    """A text with its values, and everything that is to be said about it.

    `faults` are why it cannot be saved, `warnings` what the facts say against it; a
    sentence that is left out is among them.
    """

    paragraphs: list[list[Piece]] = field(default_factory=list)
    words: int = 0
    faults: list[str] = field(default_factory=list)
    warnings: list[Warning] = field(default_factory=list)

    def as_data(self) -> dict:
        """The same as JSON can tell it; plain text, nothing of it is markup."""
        return {
            "paragraphs": [[asdict(p) for p in pieces] for pieces in self.paragraphs],
            "words": self.words,
            "faults": self.faults,
            "warnings": [
                {"sentence": warning.sentence, "quote": warning.quote}
                for warning in self.warnings
            ],
        }


def previews(
    texts: Iterable[Text],
    facts: Mapping[Owner, Facts] | None = None,
    changed: Mapping[Text, datetime] | None = None,
) -> dict[Text, Preview]:
    """What is to be said of each text, in as many queries for one as for many.

    Those of an owner come together, with their owners: one language is held against
    the other. What is not stored yet needs a key of its own all the same.
    """
    texts = list(texts)
    if not texts:
        return {}
    if facts is None:
        facts = facts_of({text.owner for text in texts})
    if changed is None:
        changed = texts_changed(texts)
    said = {text: [] for text in texts}
    for warning in warnings(texts, facts, changed, drivers_named()):
        said[warning.biography].append(warning)
    return {text: _preview(text, facts[text.owner], said[text]) for text in texts}


def _preview(text: Text, facts: Facts, found: list[Warning]) -> Preview:
    resolved = resolve(text.text, facts, text.language)
    faults = faults_of(text)
    if faults:
        # A token that there is not is unknown too: said once.
        found = [warning for warning in found if warning.kind != UNKNOWN]
    return Preview(
        paragraphs=list(in_pieces(text.text, resolved)),
        words=word_count(resolved.text),
        faults=faults,
        warnings=found,
    )


def faults_of(text: Text) -> list[str]:
    """Why the text cannot be saved, in sentences."""
    try:
        tokens.validate(text.text, text.known_tokens)
    except ValidationError as error:
        return error.messages
    return []


def in_pieces(text: str, resolved: Resolved) -> Iterator[list[Piece]]:
    """The paragraphs of the resolved text, apart where a value begins and ends."""
    left_out = {out.sentence for out in resolved.left_out}
    start = 0
    for paragraph in paragraphs(text):
        values, end = _values_in(paragraph, start, left_out, resolved.used)
        if end > start:
            yield list(_cut(resolved.text, start, end, values))
            start = end + len("\n\n")


def _values_in(paragraph, start, left_out, used):
    """(start, end, token) of its values in the resolved text, and where it ends there."""
    found, position, end = [], start, 0
    for sentence in sentences(paragraph):
        if sentence.text not in left_out:
            if position > start:
                position += sentence.start - end
            for token in parse(sentence.text):
                value = used[token.written]
                begins = position + token.start
                found.append((begins, begins + len(value), token.written))
                position += len(value) - len(token.written)
            position += len(sentence.text)
        end = sentence.end
    return found, position


def _cut(text, start, end, values):
    for begins, ends, token in values:
        if begins > start:
            yield Piece(text[start:begins])
        yield Piece(text[begins:ends], token)
        start = ends
    if end > start:
        yield Piece(text[start:end])
