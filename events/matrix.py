"""The results matrix: a career race by race, in the form the field has for it.

One row a season in a series, one cell a race in the order they were run: the circuit
in three letters, the place or the code, and by the legend its colour (design of the
project, section 5, after Wikipedia's motorsport pages). Shapes: `Matrix` > `Row` >
`Cell`. Nothing here asks the database.
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from events import counting, signs
from events.models import IN_CLASS, OVERALL, RESULT_STATUSES, RETIRED
from events.races import Race, Races
from events.statuses import CLASSIFIED, CODES, DAGGER
from racing import dates, words
from racing.models import Season
from racing.spoilers import SHOWN

# A page of a long career asks for hundreds of these each time: what was said of the
# same facts in the same language is kept.
KEPT = 20_000

# What is printed besides places and the codes of statuses.
DASH, CANCELLED, HIDDEN, BLANK = "–", "C", "?", ""
POLE, FASTEST_LAP, SHARED = "P", "F", "="

# By what they are of: overall, or in class.
POLES = {
    OVERALL: gettext_lazy("pole position"),
    IN_CLASS: gettext_lazy("pole position in class"),
}
FASTEST_LAPS = {
    OVERALL: gettext_lazy("fastest lap"),
    IN_CLASS: gettext_lazy("fastest lap in class"),
}


class Cell(NamedTuple):
    """One race of a season, and what the driver did in it.

    `sign` is what is printed: a place, a code, a dash where the result is not known, a
    question mark where the reader does not want to see it yet, nothing where the
    driver was not there or the race is still to come. `marks` are P and F, `fill` is a
    class of the style sheet, `where` names race, circuit and day, `words` say all of
    it. `place` and `is_tied` are the sign's in numbers, None where it is no place.
    """

    circuit: str
    sign: str
    marks: str
    fill: str
    url: str
    words: str
    where: str
    place: int | None = None
    is_tied: bool = False

    @property
    def is_of_driver(self):
        """Whether it tells of the driver: an outcome, or that none is known."""
        return self.sign not in (BLANK, CANCELLED, HIDDEN)


@dataclass(frozen=True)
class Row:
    """A season and all its races on the site, in the order they are run."""

    season: Season
    cells: list[Cell]


class LegendEntry(NamedTuple):
    sample: str
    fill: str
    words: str


@dataclass(frozen=True)
class Matrix:
    """The rows, the earliest season first."""

    rows: list[Row]

    @cached_property
    def legend(self) -> list[LegendEntry]:
        """What the grounds, codes and marks that occur stand for."""
        cells = [cell for row in self.rows for cell in row.cells]
        # By what is printed on them; the blank ones have but the circuit.
        grounds = {(_kind(cell.sign), cell.fill): cell.circuit for cell in cells}
        printed = "".join({cell.sign + cell.marks for cell in cells})
        found = [
            LegendEntry(sample or grounds[sample, fill], fill, capfirst(str(text)))
            for (sample, fill), text in GROUNDS.items()
            if (_kind(sample), fill) in grounds
        ]
        return found + [
            LegendEntry(mark, "", capfirst(str(text)))
            for mark, text in MARKS.items()
            if mark in printed
        ]


@lru_cache(maxsize=1000)
@lru_cache(maxsize=KEPT)
def _kind(sign):
    """A sign without what its colour tells: every place is one kind."""
    return "1" if re.fullmatch(rf"{SHARED}?\d+{DAGGER}?", sign) else sign


# The legend: what is printed on what ground. A place stands for all of its colour.
GROUNDS = {
    ("1", "gold"): gettext_lazy("first place"),
    ("2", "silver"): gettext_lazy("second place"),
    ("3", "bronze"): gettext_lazy("third place"),
    ("6", signs.POINTS): gettext_lazy("finished in the points"),
    ("15", signs.FINISHED): gettext_lazy("finished without points"),
    ("9", signs.PLAIN): gettext_lazy("finished, points not known"),
    **{
        (CODES[status], signs.FILLS.get(status, signs.NOT_STARTED)): label
        for status, label in RESULT_STATUSES.items()
        if status in CODES
    },
    (CANCELLED, signs.NOT_STARTED): gettext_lazy("race cancelled"),
    (DASH, signs.PLAIN): gettext_lazy("result not known"),
    (HIDDEN, BLANK): gettext_lazy("result hidden"),
    (BLANK, BLANK): gettext_lazy("not entered, or still to come"),
}
MARKS = {
    DAGGER: gettext_lazy("classified, though not running at the flag"),
    SHARED: gettext_lazy("shared place"),
    POLE: gettext_lazy("pole position"),
    FASTEST_LAP: gettext_lazy("fastest lap"),
}


def matrix(races: Races) -> Matrix:
    """Every season of a career with races on the site that the driver was in."""
    return Matrix([row(races, season) for season in races.seasons])


def row(races: Races, season: Season) -> Row:
    """The races of one season of `races.seasons`."""
    language = get_language()
    # To ask the resolver for each address would take longer than all the rest.
    session = reverse("session_detail", args=["the-event", 0])
    weekend = reverse("event_detail", args=["the-event"])
    cells = []
    for race in races.by_season[season.pk]:
        # A session of which there is nothing to tell is told of by its weekend.
        is_hidden = race.is_hidden(races.at)
        is_told = race.has_results and (is_hidden or race.is_public(races.at))
        url = (session if is_told else weekend).replace("the-event", race.slug)
        url = url.replace("/0/", f"/{race.session}/") + (SHOWN if is_hidden else "")
        outcomes = races.outcomes.get(race.session)
        if outcomes:
            made = [_with(outcome, language) for outcome in outcomes]
        else:
            made = [_without(race, races.at)]
        where = _where(race, language)
        circuit = race.abbreviation
        for sign, marks, fill, said, place in made:
            printed = filter(None, (circuit, sign.strip(DASH), marks))
            told = f"{' '.join(printed)}: {where}: {said}"
            cells.append(Cell(circuit, sign, marks, fill, url, told, where, *place))
    return Row(season, cells)


@lru_cache(maxsize=KEPT)
def _where(race: Race, language: str | None) -> str:
    """``Race 1, Hockenheimring, 14 May 2022``; the weekend's days if no more is known."""
    if day := race.raced_on:
        days = dates.date(day, language)
    else:
        days = dates.date_range(race.first_day, race.last_day, language)
    return ", ".join(filter(None, (race.name_in(language), race.circuit, days)))


NOWHERE = (None, False)


def _without(race, at):
    """(sign, marks, fill, words, place) of a race that the driver has no result in."""
    if race.is_cancelled:
        return CANCELLED, "", signs.NOT_STARTED, _("cancelled"), NOWHERE
    if not race.is_entered:
        return BLANK, "", BLANK, _("not entered"), NOWHERE
    if race.is_hidden(at):
        return HIDDEN, "", BLANK, _("results are in – show result"), NOWHERE
    if race.is_postponed:
        return BLANK, "", BLANK, pgettext("session", "postponed"), NOWHERE
    if race.is_run(at):
        return DASH, "", signs.PLAIN, _("result not known"), NOWHERE
    return BLANK, "", BLANK, _("still to come"), NOWHERE


@lru_cache(maxsize=KEPT)
def _with(outcome: counting.Race, language: str | None) -> tuple:
    """(sign, marks, fill, words, place) of a result; place is (number, is tied)."""
    marks = f"{outcome.pole and POLE} {outcome.fastest_lap and FASTEST_LAP}".strip()
    place = signs.place(outcome) if outcome.is_classified else NOWHERE
    # A car that is known to be classified and no more has no colour of its own.
    is_open = outcome.is_classified and place == NOWHERE
    fill = signs.PLAIN if is_open else signs.fill(outcome)
    sign = signs.sign(outcome) or DASH
    return sign, marks, fill, in_words(outcome, language), place


def in_words(outcome: counting.Race, language: str | None = None) -> str:
    """``third in TCR, 24th overall, pole position, 12 points``: all that is known."""
    language = language or get_language()
    return ", ".join(_said(outcome, language))


def _said(outcome, language):
    if outcome.is_classified:
        place = words.result(
            outcome.position,
            outcome.class_name or "",
            outcome.class_position,
            tied=outcome.is_tied,
            class_tied=outcome.is_tied_in_class,
            language=language,
        )
        if place or outcome.status != RETIRED:
            yield place or words.status(CLASSIFIED, language=language)
    if not outcome.is_classified or outcome.status == RETIRED:
        stopped = outcome.is_classified
        known = words.status(outcome.status, classified=stopped, language=language)
        yield known or _("result not known")
    if outcome.pole:
        yield str(POLES[outcome.pole])
    if outcome.fastest_lap:
        yield str(FASTEST_LAPS[outcome.fastest_lap])
    if outcome.points is not None:
        yield words.count(outcome.points, "points", language)
