"""Careers: a driver's seasons with their totals, counted or typed, never added.

A driver's season in a series counts once. Where the season's line says its
totals are typed, they stand as published; where it says counted, or where there
is no line but results, they are counted from the results on the site and follow
every correction of them (what counts is told in `events.counting`). Unknown is None
and never 0.

A race of a weekend that counts for several championships is in the line of each and
once in the career. A result counts for whom it names, else for the whole crew, and
once for its team.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from drivers.models import (
    COUNTED,
    CareerResult,
    Driver,
    StandingsLine,
    StandingsTable,
)
from events.counting import (
    FIGURES,
    RACE_FIELDS,
    Race,
    Totals,
    count,
    for_counting,
    raced,
    total,
)
from events.models import Entry, EntryDriver, ResultDriver, mark_hidden
from racing.models import Season, Team

TITLES = "titles"


# What there is


@dataclass(frozen=True)
class SeasonLine:
    """One line of a career: the record as published, its totals, its standing.

    `record` is not saved where only results tell of the season. `standing` is the
    driver's line of the championship's newest table. `races` are all races on the
    site that count for the season, by the key of the result. Where the standing
    `is_hidden` from this reader, nothing is known of it, nor of typed totals.
    """

    record: CareerResult
    standing: StandingsLine | None = None
    races: dict[int, Race] = field(default_factory=dict)
    is_hidden: bool = False

    @property
    def season(self):
        return self.record.season

    @property
    def driver(self):
        return self.record.driver

    @property
    def is_typed(self):
        return self.record.totals != COUNTED

    @property
    def hides_totals(self):
        """Whether its typed totals are hidden: counted ones leave hidden races out."""
        return self.is_hidden and self.is_typed

    @cached_property
    def totals(self) -> Totals:
        if not self.is_typed:
            return total(self.races.values())
        return Totals(**{figure: getattr(self.record, figure) for figure in FIGURES})

    # The championship

    @property
    def is_position_typed(self):
        """Whether the record itself tells of the championship."""
        return self.record.position is not None or self.record.points is not None

    @cached_property
    def _table(self):
        """The standing where it completes the record: as of the same round."""
        if self.standing is None or not self.is_position_typed:
            return self.standing
        same = self.standing.table.after_round == self.record.after_round
        return self.standing if same else None

    @property
    def position(self) -> int | None:
        """The place in the championship: as typed, else as the standings have it."""
        if self.record.position is not None or self._table is None:
            return self.record.position
        return self._table.position

    @property
    def is_tied(self):
        """Whether the standings share the place."""
        table = self._table
        return bool(table and table.is_tied and table.position == self.position)

    @property
    def points(self) -> Decimal | None:
        if self.record.points is not None or self._table is None:
            return self.record.points
        return self._table.points

    @property
    def after_round(self) -> int | None:
        """The round after which place and points stood so, or None."""
        if self.is_position_typed or self.standing is None:
            return self.record.after_round
        return self.standing.table.after_round

    @property
    def is_final(self):
        """Whether place and points are those in which the season ended."""
        return self.season.is_over and (
            self.after_round is None
            or self.after_round >= (self.season.rounds or float("inf"))
        )

    @property
    def is_title(self):
        """A first place is a title only when the season is over."""
        return self.position == 1 and self.is_final

    @property
    def may_be_title(self):
        """Whether the season was won, for all that is known."""
        return self.season.is_over and (self.position is None or not self.is_final)


@dataclass(frozen=True)
class Figure:
    """A total of a career: None where nothing is known, else at least so many."""

    value: int | None
    is_at_least: bool = False


@dataclass(frozen=True)
class Career:
    """A driver's season lines, the latest first, and what they come to."""

    driver: Driver
    lines: list[SeasonLine]

    @property
    def races(self) -> dict[int, Race]:
        """All races of the lines by the key of the result, each once."""
        return _races_of(self.lines)

    @property
    def hides_results(self):
        """Whether it may be another one with what this reader does not see yet."""
        return any(line.is_hidden for line in self.lines)

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Each of FIGURES and the titles, over all seasons."""
        found = {figure: self._figure(figure) for figure in FIGURES}
        found[TITLES] = self._titles()
        return found

    def _figure(self, figure):
        stated = [
            line
            for line in self.lines
            if line.is_typed and getattr(line.totals, figure) is not None
        ]
        held = Counter(key for line in stated for key in line.races)
        races = self._counted_races(figure, held)
        known = _sum(stated, held, figure) + (count(races, figure) or 0)
        is_open = any(race.may_count_as(figure) for race in races) or any(
            _says_nothing(line, figure) for line in self.lines
        )
        return _at_least(known, is_open=is_open or not self.lines)

    def _counted_races(self, figure, held):
        """The races that the career counts itself, each once.

        Those of a typed season that says nothing of the figure are at least known;
        where it does, they are in its total already.
        """
        counted = [
            line
            for line in self.lines
            if not line.is_typed or getattr(line.totals, figure) is None
        ]
        return [race for key, race in _races_of(counted).items() if key not in held]

    def _titles(self):
        known = sum(line.is_title for line in self.lines)
        is_open = any(line.may_be_title for line in self.lines)
        return _at_least(known, is_open=is_open or not self.lines)


def _races_of(lines):
    return {key: race for line in lines for key, race in line.races.items()}


def _at_least(known, *, is_open):
    """A figure that may be more; none at all is then not known."""
    if known == 0 and is_open:
        return Figure(None)
    return Figure(known, is_open)


def _says_nothing(line, figure):
    """Whether a line leaves open how many of a figure its season had."""
    if line.is_typed:
        return getattr(line.totals, figure) is None
    return not line.races


def _sum(stated, held, figure):
    """What typed totals come to together, less the races that are in several.

    Never less than the largest of them, whatever the rows on the site say.
    """
    values = [getattr(line.totals, figure) for line in stated]
    races = _races_of(stated)
    again = sum(
        times - 1
        for key, times in held.items()
        if times > 1 and races[key].counts_as(figure)
    )
    return max([0, sum(values) - again, *values])


# Asking for it


def careers(
    drivers: Iterable[Driver], at=None, seasons: Iterable[Season] | None = None
) -> dict[int, Career]:
    """The careers of drivers by primary key, whole or of some seasons alone.

    Three queries for any number of drivers, and a fourth where results tell of a
    season that has no line. `at` is the moment that decides which results count.
    """
    drivers = {driver.pk: driver for driver in drivers}
    asked = _Asked(drivers, at, None if seasons is None else list(seasons))
    records = list(asked.records())
    races, places = asked.races(), asked.places()
    own = {(record.driver_id, record.season_id) for record in records}
    records += _records_from_results(races, own, at)
    lines = defaultdict(list)
    for record in records:
        key = record.driver_id, record.season_id
        record.driver = drivers[record.driver_id]
        if record.is_hidden:
            places.pop(key, None)
            _forget(record)
        lines[record.driver_id].append(
            SeasonLine(record, places.get(key), races.get(key, {}), record.is_hidden)
        )
    for found in lines.values():
        found.sort(key=_latest_first)
    return {key: Career(driver, lines[key]) for key, driver in drivers.items()}


# What a published season says of the races behind it.
TOLD = ("position", "points", "after_round", *FIGURES)


def _forget(record):
    """Leave out of a record in hand what its latest race may have moved."""
    for name in TOLD:
        setattr(record, name, None)
    record.note_sv = record.note_en = ""


def lines_in(seasons: Iterable[Season], at=None) -> list[SeasonLine]:
    """Our drivers' lines in seasons: the latest first, then by place and name.

    One query more than `careers`.
    """
    seasons = list(seasons)
    crews = EntryDriver.objects.filter(entry__event__season__in=seasons)
    credited = ResultDriver.objects.filter(result__session__event__season__in=seasons)
    drivers = Driver.objects.published(at).filter(
        Q(pk__in=CareerResult.objects.filter(season__in=seasons).values("driver"))
        | Q(pk__in=crews.values("driver"))
        | Q(pk__in=credited.values("driver"))
    )
    found = careers(drivers, at, seasons).values()
    lines = [line for career in found for line in career.lines]
    return sorted(lines, key=_by_place)


def _by_place(line):
    place = line.position
    return (*_latest_first(line), place is None, place or 0, line.driver.sort_key())


def _latest_first(line):
    return _season_key(line.season)


def _season_key(season):
    """The latest season first, those of a year by their series."""
    return -season.year, season.series.short_name, season.series_id


@dataclass(frozen=True)
class _Asked:
    """Whose careers are asked for: drivers by key, and their seasons or None for all."""

    drivers: dict[int, Driver]
    at: datetime | None
    seasons: list[Season] | None

    def _of(self, path):
        """A condition on a path that leads to a season."""
        return Q() if self.seasons is None else Q(**{f"{path}__in": self.seasons})

    def records(self):
        records = CareerResult.objects.filter(
            self._of("season"), driver__in=self.drivers
        ).select_related("season__series", "team", "car")
        return mark_hidden(records, "season", self.at)

    def races(self):
        """{(driver, season): {result: Race}} of the results that count for drivers.

        One row a result, driver and further championship: the drivers that the
        result names, else its entry's crew.
        """
        named = ResultDriver.objects.filter(driver__in=self.drivers)
        crews = EntryDriver.objects.filter(driver__in=self.drivers)
        rows = (
            for_counting(raced(self.at))
            .filter(
                # Says no more than the last condition, and is looked up by index.
                Q(pk__in=named.values("result")) | Q(entry__in=crews.values("entry")),
                self._of("session__event__season")
                | self._of("session__event__rounds__season"),
                Q(credits__driver__in=self.drivers)
                | Q(credits=None, entry__crew__driver__in=self.drivers),
            )
            .annotate(counts_for=Coalesce("credits__driver", "entry__crew__driver"))
            .values_list("counts_for", "session__event__rounds__season", *RACE_FIELDS)
        )
        wanted = None if self.seasons is None else {s.pk for s in self.seasons}
        found = defaultdict(dict)
        for driver, further, *values in rows:
            race = Race._make(values)
            for season in {race.season, further or race.season}:
                if wanted is None or season in wanted:
                    found[driver, season][race.key] = race
        return found

    def places(self):
        """{(driver, season): line} of the drivers' championship as it stood last."""
        same = StandingsTable.objects.published(self.at).filter(
            season=OuterRef("table__season"), name_sv=""
        )
        lines = StandingsLine.objects.filter(
            self._of("table__season"),
            driver__in=self.drivers,
            table=Subquery(same.latest_first().values("pk")[:1]),
        ).select_related("table")
        return {(line.driver_id, line.table.season_id): line for line in lines}


def _records_from_results(races, own, at):
    """Lines for seasons of which only results tell; none for further championships.

    Team, car and number are those of the last weekend.
    """
    latest = {}
    for key, found in races.items():
        _driver, season = key
        raced_in_it = [race for race in found.values() if race.season == season]
        if key not in own and raced_in_it:
            latest[key] = max(raced_in_it, key=_by_day)
    for (driver, _season), race, entry in _with_entries(latest, at):
        record = CareerResult(
            driver_id=driver,
            season=entry.event.season,
            team=entry.team,
            car=entry.car,
            number=race.number,
            totals=COUNTED,
        )
        record.is_hidden = entry.is_hidden
        yield record


def _with_entries(latest, at):
    """Each race with an entry of its season, team and car: one for many drivers."""
    if not latest:
        return
    keys = {(r.season, r.team, r.car): r.key for r in latest.values()}
    entries = Entry.objects.filter(results__in=keys.values()).select_related(
        "event__season__series", "team", "car"
    )
    entries = mark_hidden(entries, "event__season", at)
    told = {(e.event.season_id, e.team_id, e.car_id): e for e in entries}
    for key, race in latest.items():
        yield key, race, told[race.season, race.team, race.car]


def _by_day(race):
    return race.day or date.min, race.key


# Teams


def team_seasons(team: Team, at=None) -> list[tuple[Season, Totals]]:
    """A team's seasons with the totals of its cars, the latest first.

    A result counts once for its team, however many drivers share the car. Two
    queries.
    """
    races = defaultdict(list)
    rows = for_counting(raced(at).filter(entry__team=team))
    for race in map(Race._make, rows.values_list(*RACE_FIELDS)):
        races[race.season].append(race)
    seasons = Season.objects.filter(pk__in=races).select_related("series")
    return [
        (season, total(races[season.pk])) for season in sorted(seasons, key=_season_key)
    ]
