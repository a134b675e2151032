"""The record behind a career's totals: which races they are, and what is missing.

A total opens to its rows. Where it is typed the rows may be fewer than it says, and
where a season has no results on the site there are none: the record says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import counting
from events.career import FIGURES, TITLES, Career, Figure, SeasonLine
from events.models import Result, ResultChange
from events.races import Race, Races
from events.rulings import Ruling
from racing import dates, formats, words
from racing.models import Season

WHATS = (*FIGURES, TITLES)
# Each is a parameter of the address; the value is a slug.
FILTERS = ("series", "season", "circuit", "team", "class")
SEASONAL = {"series", "season"}


def season_key(season: Season) -> str:
    """``tcr-uk-2018``: how a season is asked for."""
    return f"{season.series.slug}-{season.year}"


@dataclass(frozen=True)
class Question:
    """What of a record is asked for; without anything, all races.

    `what` is one of WHATS, or what somebody typed; `filters` has the FILTERS that
    are set, with their values.
    """

    what: str
    filters: dict[str, str]

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Question":
        """From the parameters of an address; those it does not know are left."""
        typed = {name: query.get(name, "").strip() for name in FILTERS}
        filters = {name: value for name, value in typed.items() if value}
        return cls(query.get("what", "").strip(), filters)

    @property
    def season(self) -> str:
        return self.filters.get("season", "")

    @property
    def parameters(self) -> dict[str, str]:
        """What was read, without what was empty."""
        return ({"what": self.what} if self.what else {}) | self.filters


@dataclass(frozen=True)
class Listed:
    """A race on record: where and when it was, and what came of it.

    `keys` are the values of FILTERS that find it: a race of a weekend that counts
    for several championships has several seasons.
    """

    race: Race
    outcome: counting.Race
    keys: dict[str, set[str]]


@dataclass(frozen=True)
class Gap:
    """A season that is not whole: `listed` of `raced` races; None is not known."""

    season: Season
    listed: int
    raced: int | None


@dataclass(frozen=True)
class Record:
    """Every race of a driver that the site has a result of."""

    races: Races

    @property
    def career(self) -> Career:
        return self.races.career

    @cached_property
    def rows(self) -> list[Listed]:
        """All of them, the latest first."""
        found = {}
        for season in self.races.seasons:
            day = date.min
            for number, race in enumerate(self.races.by_season[season.pk]):
                # One without a day stands where its round does.
                day = race.raced_on or race.last_day or race.first_day or day
                for outcome in self.races.outcomes.get(race.session, ()):
                    order = (season.year, day, season.pk, number)
                    found.setdefault(outcome.key, (order, race, outcome))
        latest = sorted(found.values(), key=lambda row: row[0], reverse=True)
        return [
            Listed(race, out, self._keys(race, out)) for _order, race, out in latest
        ]

    def _keys(self, race, outcome):
        seasons = self._seasons_of[race.session]
        found = {
            "series": {season.series.slug for season in seasons},
            "season": {season_key(season) for season in seasons},
            "circuit": {race.circuit_slug},
            "team": {outcome.team_slug},
            "class": {formats.slug(outcome.class_name or "")},
        }
        return {name: keys - {"", None} for name, keys in found.items()}

    @cached_property
    def _seasons_of(self) -> dict[int, list[Season]]:
        found = defaultdict(list)
        for season in self.races.seasons:
            for race in self.races.by_season[season.pk]:
                found[race.session].append(season)
        return found

    @cached_property
    def choices(self) -> dict[str, list[tuple[str, str]]]:
        """The values of each filter that occur, with their names."""
        found = {name: {} for name in FILTERS}
        titles = [line.season for line in self.career.lines if line.is_title]
        for season in (*self.races.seasons, *titles):
            if season in titles or self._has_rows(season):
                found["series"][season.series.slug] = season.series.short_name
                found["season"][season_key(season)] = str(season)
        for row in self.rows:
            found["circuit"][row.race.circuit_slug] = row.race.circuit
            found["team"][row.outcome.team_slug] = row.outcome.team_name
            name = row.outcome.class_name or ""
            found["class"][formats.slug(name)] = name
        return {name: _sorted(name, choices) for name, choices in found.items()}

    def named(self, question: Question) -> list[str]:
        """The names of the filters that are set, as far as they occur."""
        return [
            name
            for filter_, asked in question.filters.items()
            for value, name in self.choices[filter_]
            if value == asked
        ]

    def _has_rows(self, season):
        races = self.races.by_season[season.pk]
        return any(race.session in self.races.outcomes for race in races)

    def find(self, question: Question) -> list[Listed]:
        """The rows that are asked for; titles are no rows, and nothing else is."""
        if question.what and question.what not in FIGURES:
            return []
        return [
            row
            for row in self.rows
            if (not question.what or row.outcome.counts_as(question.what))
            and all(value in row.keys[name] for name, value in question.filters.items())
        ]

    def hidden(self, question: Question) -> list[Race]:
        """Races of which this reader does not see the results yet, the latest first.

        Whether one is among what is asked for may itself tell how it went: they are
        listed where every race of a season or at a circuit is.
        """
        if question.what or question.filters.keys() - {*SEASONAL, "circuit"}:
            return []
        found = {}
        for season in self.races.seasons:
            keys = {"series": season.series.slug, "season": season_key(season)}
            for race in self.races.by_season[season.pk]:
                asked = keys | {"circuit": race.circuit_slug}
                is_told = race.is_entered and race.is_hidden(self.races.at)
                if is_told and question.filters.items() <= asked.items():
                    found[race.session] = race
        return list(found.values())[::-1]

    def lines(self, question: Question) -> list[SeasonLine]:
        """The seasons that are asked for, the latest first: of titles, those won."""
        series, season = map(question.filters.get, ("series", "season"))
        return [
            line
            for line in self.career.lines
            if series in (None, line.season.series.slug)
            and season in (None, season_key(line.season))
            and (question.what != TITLES or line.is_title)
        ]

    def titles(self, question: Question) -> list[SeasonLine]:
        """The seasons won, where they are asked for; of no circuit, team or class."""
        if question.what != TITLES or question.filters.keys() - SEASONAL:
            return []
        return self.lines(question)

    def total(self, question: Question) -> Figure | None:
        """What the career says of the figure, whole or of a series or a season.

        None where nothing is said: of no circuit, team or class.
        """
        if question.what not in WHATS:
            return None
        if question.filters.keys() - SEASONAL:
            return None
        lines = self.lines(Question("", question.filters))
        career = Career(self.career.driver, lines)
        return career.figures[question.what] if lines else None

    # What is missing

    @cached_property
    def period(self) -> tuple[date, date] | None:
        """The first and the last day that rows are from, or None without any."""
        first, last = [], []
        for row in self.rows:
            race = row.race
            first.append(race.raced_on or race.first_day or race.last_day)
            last.append(race.raced_on or race.last_day or race.first_day)
        first, last = list(filter(None, first)), list(filter(None, last))
        return (min(first), max(last)) if first else None

    @cached_property
    def gaps(self) -> list[Gap]:
        """The seasons of the career that are not whole, the latest first."""
        found = [self._gap(line) for line in self.career.lines]
        return [gap for gap in found if gap.listed == 0 or gap.listed != gap.raced]

    def _gap(self, line):
        listed = sum(race.is_start for race in line.races.values())
        if line.is_typed:
            raced = line.totals.starts
            # More rows than published starts is a matter for the editors.
            return Gap(line.season, listed, raced and max(raced, listed))
        return Gap(line.season, listed, listed + self.races.unknown_in(line.season))


def _sorted(name, choices):
    """(value, name) by name, seasons the latest first; without the nameless."""
    named = [(value, text) for value, text in choices.items() if value]
    if name == "season":
        return sorted(named, key=lambda choice: choice[0].rpartition("-")[2])[::-1]
    return sorted(named, key=lambda choice: formats.sort_key(choice[1]))


def told(what: str, total: Figure | None, listed: int) -> str:
    """``six wins as published; five of them are listed here.``: a total and its rows.

    In lower case, for the end of a line. Without `what` the rows are races, without a
    total they are all there is to say.
    """
    if what not in WHATS:
        sentence = ngettext("%(count)s race.", "%(count)s races.", listed)
        return sentence % {"count": formats.whole(listed)}
    here = words.count(listed, what)
    if total is None:
        return f"{here}."
    if total.value is None:
        sentence = _("%(listed)s; how many there were in all is not known.")
        return sentence % {"listed": here}
    known = words.count(total.value, what)
    if total.is_at_least:
        known = _("at least %(count)s") % {"count": known}
    if total.value == listed:
        return f"{known}."
    if listed == 0:
        sentence = _("%(known)s as published; none of them is listed here.")
    elif listed < total.value:
        sentence = ngettext(
            "%(known)s as published; %(listed)s of them is listed here.",
            "%(known)s as published; %(listed)s of them are listed here.",
            listed,
        )
    else:
        sentence = _("%(known)s as published; %(listed)s are listed here.")
    number = words.number(listed, neuter=what in words.NEUTER)
    return sentence % {"known": known, "listed": number}


@dataclass(frozen=True)
class Amended(Ruling):
    """A ruling as a row has it: with what it changed of this one result."""

    changes: list[ResultChange] = field(default_factory=list)


def details(rows: Iterable[Listed]) -> list[Result]:
    """The results of rows, in their order, with what a page prints of them.

    With entry, crew and credits; `raced_on` is the date at the track or None, `days`
    the text of the weekend's days, `rulings` what changed the result when it was
    official. Four queries.
    """
    rows = list(rows)
    results = Result.objects.with_credits().in_bulk([row.outcome.key for row in rows])
    rulings = _rulings(results)
    found = []
    for row in rows:
        result = results[row.outcome.key]
        result.raced_on = row.race.raced_on
        result.days = dates.date_range(row.race.first_day, row.race.last_day)
        result.rulings = rulings.get(result.pk, [])
        found.append(result)
    return found


def _rulings(results):
    """{result: its rulings} of those that were changed when they were official."""
    changes = (
        ResultChange.objects.filter(result__in=results)
        .select_related("amendment")
        .order_by("amendment", "pk")
    )
    found = defaultdict(dict)
    for change in changes:
        new = Amended(change.amendment, [])
        known = found[change.result_id].setdefault(change.amendment_id, new)
        known.changes.append(change)
    return {key: list(rulings.values()) for key, rulings in found.items()}
