"""What the sentences of a biography claim, before anything is compared.

Tokens are never claims: they say what is known. Of a sentence that speaks of another
driver, or of karts, nothing is read but what it names.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from press.biographies.facts import DriverFacts, Facts
from press.biographies.languages import LANGUAGES, Language
from press.biographies.sentences import sentences
from racing.formats import paragraphs
from racing.tokens import parse

# Stands for a token, and for a name where names are not asked for.
BLANK = "\u25a0"

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CLAUSES = re.compile(r"[;:–—]|,\s|\s(?:och|samt|men|and|but|while|medan)\s")
_AT_A_PLACE = re.compile(
    r"\b(?:[Pp]å|[Vv]id|[Ii]|[Ii]n|[Aa]t)\s+(?:the\s+)?[A-ZÅÄÖ](?=\w)"
)
_TAIL = re.compile(
    r"\s*(?:(?:totalt|overall|place)\b\s*)?(?:[,.;:!?)]|$|(?:i|in)\s+(?:the\s+)?"
    r"(?:mästerskapet|championship|\d{4})\b|\d{4}\b|med\b|with\b|och\b|and\b)"
)
_INTO_SERIES = re.compile(
    r"\s*(?:(?:totalt|overall|place)\s+)?(?:(?:i|in)\s+)?(?:the\s+)?"
)


@dataclass(frozen=True)
class Names:
    """What a driver or a team has raced with, as texts may name it.

    `series` is {name: slug}, `past` {name: year of the latest season with it} of
    teams, cars and series that are no longer current, `others` the names of other
    drivers.
    """

    series: dict[str, str]
    past: dict[str, int]
    others: frozenset[str]
    known: frozenset[str]

    @cached_property
    def of_series(self) -> re.Pattern:
        return _named(self.series)

    @cached_property
    def of_past(self) -> re.Pattern:
        return _named(self.past)

    @cached_property
    def of_others(self) -> re.Pattern:
        return _named(self.others)

    @cached_property
    def of_known(self) -> re.Pattern:
        return _named(self.known)


def _named(names: Iterable[str]) -> re.Pattern:
    """A pattern for any of some names, also in the genitive; the longest first."""
    choices = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)({choices or '(?!)'})(?:s|[’']s)?(?!\w)")


def names_of(facts: Facts, others: Iterable[str] = ()) -> Names:
    """The names behind facts; `others` are those of other drivers of the site."""
    rows = _rows(facts)
    series, latest = {}, {}
    for season, team, car in rows:
        for name in (season.series.short_name, season.series.name):
            series[name] = season.series.slug
        for name in _spelled(season.series, team, car):
            latest[name] = max(latest.get(name, 0), season.year)
    now = set()
    for things in (facts.series, facts.teams, facts.cars):
        now |= {name for thing in things for name in _spelled(thing)}
    return Names(
        series=series,
        past={name: year for name, year in latest.items() if name not in now},
        others=frozenset(others),
        known=frozenset({*latest, *now, *_classes(facts)}),
    )


def _rows(facts):
    """(season, team, car) of every season that is on record."""
    if isinstance(facts, DriverFacts):
        records = [line.record for line in facts.career.lines]
        return [(record.season, record.team, record.car) for record in records]
    return [
        (season, None, car)
        for key, season in facts.seasons.items()
        for car in (*facts.cars_of(key), None)
    ]


def _spelled(*things):
    """The names that series, teams and cars go by."""
    for thing in things:
        for name in ("short_name", "name"):
            if spelled := getattr(thing, name, ""):
                yield spelled


def _classes(facts):
    if isinstance(facts, DriverFacts):
        return {racing_class.name for racing_class in facts.classes.values()}
    classes = (getattr(row, "racing_class", None) for row in facts.rows)
    return {racing_class.name for racing_class in classes if racing_class}


# Sentences


@dataclass(frozen=True)
class Read:
    """A sentence with its tokens blanked, but for the years that they name.

    `written` is the sentence itself; `before` are the seasons that an earlier sentence
    of the paragraph spoke of: (years, slugs of series).
    """

    written: str
    text: str
    language: Language
    names: Names
    born: int | None = None
    before: tuple[frozenset[int], frozenset[str]] = (frozenset(), frozenset())

    @cached_property
    def years(self) -> set[int]:
        """The years it names, but for that of the birth."""
        return _years(self.text) - {self.born}

    @cached_property
    def since(self) -> set[int]:
        """Those that it only begins with: “since 2018”."""
        return self._years_after(self.language.since)

    @cached_property
    def until(self) -> set[int]:
        """Those that it ends with: “by the end of 2022”."""
        return self._years_after(self.language.until)

    def _years_after(self, pattern):
        return {
            int(self.text[match.end() : match.end() + 4])
            for match in pattern.finditer(self.text)
        }

    @cached_property
    def series(self) -> set[str]:
        return self._series_in(self.text)

    def _series_in(self, text):
        return {self.names.series[m[1]] for m in self.names.of_series.finditer(text)}

    @cached_property
    def is_about_others(self) -> bool:
        """Whether it names another driver or a relative, or tells of karts."""
        return bool(
            self.names.of_others.search(self.text)
            or self.language.others.search(self.text)
        )

    @cached_property
    def clauses(self) -> list[tuple[int, int]]:
        """(start, end) of what commas, dashes and conjunctions keep apart."""
        marks = [(m.start(), m.end()) for m in _CLAUSES.finditer(self.text)]
        starts = [0, *(end for _start, end in marks)]
        ends = [*(start for start, _end in marks), len(self.text)]
        return list(zip(starts, ends, strict=True))

    def clause(self, position: int) -> str:
        """The clause around a position."""
        return next(
            (self.text[a:b] for a, b in self.clauses if a <= position < b), self.text
        )

    def scope(self, position: int) -> tuple[set[int], set[str]] | None:
        """The years and series that what stands at a position is about.

        Those of its clause, else of the sentence; None where several years are named,
        or one that only begins or ends a time, so that nobody can tell.
        """
        years = _years(self.clause(position)) - {self.born} or self.years
        if len(years) > 1 or years & (self.since | self.until):
            return None
        return years, self._series_in(self.clause(position)) or self.series

    def is_local(self, position: int) -> bool:
        """Whether it is said of a place: two wins at Croft are not the season's."""
        clause = self.names.of_known.sub(BLANK, self.clause(position))
        return bool(_AT_A_PLACE.search(clause))


def _years(text):
    return set(map(int, _YEAR.findall(text)))


def read(text: str, language: str, facts: Facts, names: Names) -> list[Read]:
    """The sentences of a text, in order."""
    born = getattr(facts.owner, "birth_date", None)
    found = []
    for paragraph in paragraphs(text):
        before = frozenset(), frozenset()
        for sentence in sentences(paragraph):
            line = Read(
                written=sentence.text,
                text=_blanked(sentence.text, facts),
                language=LANGUAGES[language],
                names=names,
                born=born.year if born else None,
                before=before,
            )
            found.append(line)
            if line.years or line.series:
                before = frozenset(line.years), frozenset(line.series)
    return found


def _blanked(text, facts):
    """The sentence with a blank for each token, and the year that one names."""
    parts, end = [], 0
    for token in parse(text):
        year = token.season.rpartition("-")[2]
        if token.name == "season" and facts.year:
            said = str(facts.year)
        else:
            said = f"{BLANK} ({year})" if year else BLANK
        parts += [text[end : token.start], said]
        end = token.end
    return "".join([*parts, text[end:]])


# Claims


@dataclass(frozen=True)
class Count:
    """``three wins``: `n` of a figure, as `said` at a position of the sentence.

    `is_least` tells of “at least”, `is_one` of a lone “en”, which may be no number.
    """

    what: str
    n: int
    said: str
    position: int
    is_least: bool = False
    is_one: bool = False


@dataclass(frozen=True)
class Said:
    """A number with its words and its position: an age, a place."""

    n: int
    said: str
    position: int


def counts(line: Read) -> list[Count]:
    """The totals that a sentence claims, as far as they are whole and exact."""
    if line.is_about_others:
        return []
    found = [
        _count(line, match, line.language.nouns[match["noun"].lower()])
        for match in line.language.counts.finditer(line.text)
    ]
    found += [_count(line, m, "wins") for m in line.language.won.finditer(line.text)]
    return [count for count in found if count]


def _count(line, match, what):
    language, start = line.language, match.start("n")
    if language.some_of.match(line.text, match.end()) or line.is_local(start):
        return None
    before = " ".join(line.text[:start].split()[-2:])
    is_least = any(m.end() == len(before) for m in language.at_least.finditer(before))
    if not is_least and any(
        m.end() == len(before) for m in language.of_some.finditer(before)
    ):
        return None
    word = match["n"].lower()
    n = int(word) if word.isdigit() else language.numbers[word]
    return Count(
        what, n, match[0], start, is_least, is_one=n == 1 and word in ("en", "ett")
    )


def ages(line: Read, last_name: str, today: int) -> list[Said]:
    """The ages that a sentence gives as those of now; `today` is the year."""
    if line.is_about_others or line.years - {today}:
        return []
    patterns = [line.language.ages]
    if not line.language.past.search(line.text):
        after_name = rf"(?<!\w){re.escape(last_name)},\s+(?P<n>\d\d)(?=[,.)])"
        patterns += [line.language.aged, re.compile(after_name)]
    found = []
    for match in (m for pattern in patterns for m in pattern.finditer(line.text)):
        groups = match.groupdict()
        word = (groups.get("n") or groups.get("m")).lower()
        n = int(word) if word.isdigit() else line.language.ages_in_words[word]
        # Younger ones are those of contracts and records.
        if n >= 10 or match.re is not line.language.ages:
            found.append(Said(n, match[0].strip(" ,(").strip(), match.start()))
    return found


def places(line: Read) -> list[Said]:
    """The places in a championship that a sentence claims."""
    if line.is_about_others:
        return []
    found = []
    for match in line.language.places.finditer(line.text):
        name = "place" if match["place"] else "also"
        if _is_of_championship(line, match.end()) and not line.is_local(match.start()):
            word = match[name].lower().removesuffix("plats").strip()
            digits = re.match(r"\d+", word)
            n = int(digits[0]) if digits else line.language.ordinals[word]
            found.append(Said(n, match[name], match.start(name)))
    return found


def _is_of_championship(line, end):
    """Whether what follows a place is its championship, or nothing narrower."""
    if _TAIL.match(line.text, end):
        return True
    named = line.names.of_series.search(line.text, end)
    if not named:
        return False
    between = line.text[end : named.start()]
    return _INTO_SERIES.fullmatch(between) is not None


def names_no_longer_current(line: Read) -> list[str]:
    """The past teams, cars and series that a sentence names as if they were current."""
    found = []
    for match in line.names.of_past.finditer(line.text):
        clause = line.clause(match.start())
        if line.is_about_others:
            continue
        is_now = line.language.races_now.search(clause)
        if (is_now and not _tells_of_past(line, clause)) or not _tells_of_past(
            line, line.text
        ):
            found.append(match[1])
    return list(dict.fromkeys(found))


def _tells_of_past(line, text):
    """Whether words of a sentence are history: a past tense, a past year."""
    years = _years(text) - {line.born} - line.since
    return bool(line.language.past.search(text) or years)


def years_in_present(line: Read) -> set[int]:
    """The years of which a sentence speaks in the present tense."""
    if line.is_about_others:
        return set()
    found = set()
    for match in line.language.year_now.finditer(line.text):
        gap = match["gap"] or ""
        if not _breaks(line, gap):
            found.add(int(match["year"] or match["then"]))
    return found - {line.born}


def _breaks(line, gap):
    """Whether a verb and a year with this between them are not of one another."""
    return bool(
        line.language.past.search(gap)
        or re.search(r"\b(?:och|and|sedan|since|från|from|född|born)\b", gap)
    )


def speaks_of_this_season(line: Read) -> str:
    """The words with which a sentence speaks of “this season”, or none."""
    match = line.language.this_season.search(line.text)
    return match[0] if match and not line.is_about_others else ""
