"""A biography with its tokens replaced by what is known now.

A sentence that needs an unknown fact is left out, and so is a paragraph without a
sentence: nobody reads 0, None or a hole. A text of which nothing is left is empty, and
whoever prints it skips it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from press.biographies.facts import Facts
from press.biographies.sentences import sentences
from press.biographies.values import tokens_of, value
from racing import tokens
from racing.formats import paragraphs
from racing.models import Season, Text
from racing.tokens import Known, Token, parse


@dataclass(frozen=True)
class LeftOut:
    """A sentence as written that is left out, and the tokens that say nothing now."""

    sentence: str
    tokens: tuple[str, ...]

    @property
    def reason(self) -> str:
        return _("Not known now: %(tokens)s.") % {"tokens": ", ".join(self.tokens)}


@dataclass(frozen=True)
class Resolved:
    """The text as readers get it, what it leaves out, and what its tokens say.

    `used` has the value of each token by how it is written, in the order of the text.
    """

    text: str
    left_out: list[LeftOut]
    used: dict[str, str]


@dataclass(frozen=True)
class Choice:
    """A line of the menu of tokens: what it writes, what that is, what it says now.

    `value` is empty where the fact is not known.
    """

    token: str
    description: str
    value: str
    forms: tuple[str, ...]
    takes_season: bool


def reading(biographies: Iterable[Text], facts: Callable[[], Facts]) -> list[Text]:
    """Biographies of one owner with their texts as readers get them, not to be saved.

    Those of which nothing is left are left out. ``facts`` is asked only if a token
    stands in any.
    """
    biographies = list(biographies)
    if any(tokens.stand_in(biography.text) for biography in biographies):
        known = facts()
        for biography in biographies:
            resolved = resolve(biography.text, known, biography.language)
            biography.text = resolved.text
    return [biography for biography in biographies if biography.text]


def resolve(text: str, facts: Facts, language: str) -> Resolved:
    """Replace the tokens of a text in a language, "sv" or "en".

    It never fails: a token that there is not, such as one of a text that was stored
    by other ways than the admin, is an unknown fact. Linear in the length of the text.
    """
    reader = _Reader(facts, language)
    found = [_paragraph(paragraph, reader) for paragraph in paragraphs(text)]
    return Resolved("\n\n".join(filter(None, found)), reader.left_out, reader.used)


class _Reader:
    """The values of tokens, each asked for once, and what became of sentences."""

    def __init__(self, facts, language):
        self.facts, self.language = facts, language
        self.known = tokens_of(facts)
        self.left_out, self.used, self._values = [], {}, {}

    def value(self, token: Token):
        key = token.name, token.form, token.season
        if token.wrong or not token.name:
            return None
        if key not in self._values:
            good = token.is_good(self.known)
            found = value(self.facts, token, self.language) if good else None
            self._values[key] = found
        return self._values[key]


def _paragraph(paragraph, reader):
    kept, end = [], 0
    for sentence in sentences(paragraph):
        resolved = _sentence(sentence.text, reader)
        if resolved:
            kept += [paragraph[end : sentence.start], resolved]
        end = sentence.end
    return "".join(kept).strip()


def _sentence(text, reader):
    """A sentence with its values, or None where one is not known."""
    found = [(token, reader.value(token)) for token in parse(text)]
    unknown = tuple(dict.fromkeys(t.written for t, said in found if said is None))
    if unknown:
        reader.left_out.append(LeftOut(text, unknown))
        return None
    parts, end = [], 0
    for token, said in found:
        reader.used[token.written] = said
        before = text[end : token.start]
        begins = end == 0 and not any(map(str.isalnum, before))
        parts += [before, capfirst(said) if begins else said]
        end = token.end
    return "".join([*parts, text[end:]])


def menu(facts: Facts, language: str) -> list[Choice]:
    """Every token for a menu, with what it says now in a language."""
    return [
        _choice(name, known, facts, language)
        for name, known in tokens_of(facts).items()
    ]


def _choice(name: str, known: Known, facts: Facts, language: str) -> Choice:
    written = f"{{{name}}}"
    (token,) = parse(written)
    return Choice(
        token=written,
        description=str(known.description),
        value=value(facts, token, language) or "",
        forms=known.forms,
        takes_season=known.takes_season,
    )


# Before it is saved


def validate(text: str, known: Mapping[str, Known]) -> None:
    """Refuse what `racing.tokens.validate` refuses, and seasons that there are not.

    One query where the text names a season. Raises ValidationError.
    """
    there = seasons_among({token.season for token in parse(text) if token.season})
    tokens.validate(text, known, has_season=there.__contains__)


def seasons_among(asked: Iterable[str]) -> set[str]:
    """Those of seasons such as ``tcr-uk-2018`` that there are."""
    years = {int(season.rpartition("-")[2]) for season in asked}
    if not years:
        return set()
    rows = Season.objects.filter(year__in=years).values_list("series__slug", "year")
    return {f"{slug}-{year}" for slug, year in rows} & set(asked)
