"""Careers: a driver's seasons with their totals, counted or typed, never added.

A driver's season in a series counts once. Where the season's line says its
totals are typed, they stand as published; where it says counted, or where there
is no line but results, they are counted from the results on the site and follow
every correction of them. Unknown is None and never 0.

Rules of counting (design of the project, after the field's own habit): a race
in two parts is one start; retired, not classified, disqualified and excluded
are starts, did not start, did not qualify and withdrawn are none; class wins
stand beside wins and are not among them; a race of a weekend that counts for
several championships is in the line of each and once in the career. A result
counts for whom it names, else for the whole crew, and once for its team.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from drivers.models import (
    COUNTED,
    CareerResult,
    Driver,
    StandingsLine,
    StandingsTable,
)
from events.models import (
    DID_NOT_QUALIFY,
    DID_NOT_START,
    OVERALL,
    RACE,
    WITHDRAWN,
    EntryDriver,
    Result,
    ResultDriver,
)
from racing.models import Season, Team

NO_START = (DID_NOT_START, DID_NOT_QUALIFY, WITHDRAWN)
FIGURES = ("starts", "wins", "class_wins", "podiums", "poles", "fastest_laps")
TITLES = "titles"


# What there is


@dataclass(frozen=True)
class Race:
    """What one result says to whoever counts; `key` is the result's.

    `pole_is_known` and `fastest_lap_is_known` tell whether the site knows whose they
    were: only then has somebody else's car none.
    """

    key: int
    season: int
    status: str
    is_classified: bool
    position: int | None
    class_position: int | None
    pole: str
    fastest_lap: str
    laps: int | None
    best_lap_ms: int | None
    pole_is_known: bool
    fastest_lap_is_known: bool

    @property
    def is_start(self):
        """Whether the car took the start; one of which nothing is known did not."""
        return self.status not in (*NO_START, "") or self._has_run

    @property
    def _has_run(self):
        facts = (self.position, self.class_position, self.laps, self.best_lap_ms)
        return not self.status and any(fact is not None for fact in facts)

    def counts_as(self, figure: str) -> bool:
        """Whether the race is known to be one of a figure of FIGURES."""
        return _COUNTS[figure](self)

    def may_count_as(self, figure: str) -> bool:
        """Whether it is not known if the race is one of a figure."""
        return _OPEN[figure](self)

    @property
    def _has_open_place(self):
        """Whether it may have been won, for all that is known."""
        return self.position is None and (self.is_classified or self.status == "")


_COUNTS = {
    "starts": lambda race: race.is_start,
    "wins": lambda race: race.is_start and race.position == 1,
    "class_wins": lambda race: (
        race.is_start and race.class_position == 1 and race.position != 1
    ),
    "podiums": lambda race: race.is_start and (race.position or 4) <= 3,
    # Whoever takes pole and does not start has the pole.
    "poles": lambda race: race.pole == OVERALL,
    "fastest_laps": lambda race: race.is_start and race.fastest_lap == OVERALL,
}
_OPEN = {
    "starts": lambda race: race.status == "" and not race.is_start,
    "wins": lambda race: race._has_open_place,
    "class_wins": lambda race: race._has_open_place and race.class_position is None,
    "podiums": lambda race: race._has_open_place,
    "poles": lambda race: not race.pole_is_known,
    "fastest_laps": lambda race: race.is_start and not race.fastest_lap_is_known,
}


@dataclass(frozen=True)
class Totals:
    """What a season came to; each figure is None where it is not known."""

    starts: int | None = None
    wins: int | None = None
    class_wins: int | None = None
    podiums: int | None = None
    poles: int | None = None
    fastest_laps: int | None = None


def total(races: Iterable[Race]) -> Totals:
    """The totals of races; without any nothing is known.

    No race of a kind is 0 only where every race is known to be of another kind.
    """
    races = list(races)
    return Totals(**{figure: _count(races, figure) for figure in FIGURES})


def _count(races, figure):
    known = sum(race.counts_as(figure) for race in races)
    if known == 0 and (not races or any(race.may_count_as(figure) for race in races)):
        return None
    return known


@dataclass(frozen=True)
class SeasonLine:
    """One line of a career: the record as published, its totals, its standing.

    `record` is not saved where only results tell of the season. `races` are all
    races on the site that count for the season, by the key of the result.
    """

    record: CareerResult
    totals: Totals
    standing: StandingsLine | None = None
    races: dict[int, Race] = field(default_factory=dict)

    @property
    def season(self):
        return self.record.season

    @property
    def is_typed(self):
        return self.record.totals != COUNTED

    @property
    def position(self):
        """The place in the championship: as typed, else as the standings have it."""
        if self.record.position is not None or self.standing is None:
            return self.record.position
        return self.standing.position

    @property
    def is_tied(self):
        """Whether the standings share the place; what is typed does not say."""
        return bool(
            self.record.position is None and self.standing and self.standing.is_tied
        )

    @property
    def points(self):
        if self.record.points is not None or self.standing is None:
            return self.record.points
        return self.standing.points

    @property
    def after_round(self):
        """The round after which place and points stood so, or None."""
        if self.record.position is not None or self.standing is None:
            return self.record.after_round
        return self.standing.table.after_round

    @property
    def is_title(self):
        """A first place is a title only when the season is over."""
        return self.position == 1 and self.season.is_over


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
    def figures(self) -> dict[str, Figure]:
        """Each of FIGURES and the titles, over all seasons."""
        found = {figure: self._figure(figure) for figure in FIGURES}
        found[TITLES] = Figure(sum(line.is_title for line in self.lines))
        return found

    @property
    def counted_races(self) -> dict[int, Race]:
        """The races that the career counts itself, each once.

        A race that a typed season holds already is in that season's totals.
        """
        counted, typed = {}, {}
        for line in self.lines:
            (typed if line.is_typed else counted).update(line.races)
        return {key: race for key, race in counted.items() if key not in typed}

    def _figure(self, figure):
        known = [
            value
            for line in self.lines
            if line.is_typed and (value := getattr(line.totals, figure)) is not None
        ]
        races = self.counted_races.values()
        if (counted := _count(races, figure)) is not None:
            known.append(counted)
        if not known:
            return Figure(None)
        is_at_least = any(
            getattr(line.totals, figure) is None for line in self.lines
        ) or any(race.may_count_as(figure) for race in races)
        return Figure(sum(known), is_at_least)


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
    records += _records_from_results(drivers, races, own)
    lines = defaultdict(list)
    for record in records:
        key = record.driver_id, record.season_id
        lines[record.driver_id].append(
            season_line(record, races.get(key, {}), places.get(key))
        )
    for found in lines.values():
        found.sort(key=_latest_first)
    return {key: Career(driver, lines[key]) for key, driver in drivers.items()}


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
    name = line.record.driver.sort_key()
    return (*_latest_first(line), place is None, place or 0, name)


def season_line(record, races, standing) -> SeasonLine:
    """The line of a record, with the races that count for it and its standing."""
    if record.totals == COUNTED:
        totals = total(races.values())
    else:
        totals = Totals(**{figure: getattr(record, figure) for figure in FIGURES})
    return SeasonLine(record, totals, standing, races)


def _latest_first(line):
    series = line.season.series
    return -line.season.year, series.short_name, series.pk


def raced(at=None):
    """Results of races that count: a race in two parts has one."""
    return Result.objects.published(at).filter(
        session__kind=RACE, session__result_in=None
    )


def _for_counting(results):
    """Whether the site knows whose the pole and the fastest lap of a race were."""
    same_race = Result.objects.filter(session=OuterRef("session"))
    return results.order_by().annotate(
        pole_is_known=Exists(same_race.filter(pole=OVERALL)),
        fastest_lap_is_known=Exists(same_race.filter(fastest_lap=OVERALL)),
    )


RACE_FIELDS = (
    *("pk", "session__event__season", "status", "is_classified", "position"),
    *("class_position", "pole", "fastest_lap", "laps", "best_lap_ms"),
    *("pole_is_known", "fastest_lap_is_known"),
)


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
        return CareerResult.objects.filter(
            self._of("season"), driver__in=self.drivers
        ).select_related("season__series", "team", "car")

    def races(self):
        """{(driver, season): {result: Race}} of the results that count for drivers.

        One row a result, driver and season it counts for: the drivers that the
        result names, else its entry's crew.
        """
        rows = (
            _for_counting(raced(self.at))
            .filter(
                self._of("session__event__season")
                | self._of("session__event__rounds__season"),
                Q(credits__driver__in=self.drivers)
                | Q(credits=None, entry__crew__driver__in=self.drivers),
            )
            .annotate(counts_for=Coalesce("credits__driver", "entry__crew__driver"))
            .values_list("counts_for", "session__event__rounds__season", *RACE_FIELDS)
        )
        wanted = self.seasons and {season.pk for season in self.seasons}
        found = defaultdict(dict)
        for driver, further, *values in rows:
            race = Race(*values)
            for season in (race.season, further):
                if season is not None and (wanted is None or season in wanted):
                    found[driver, season][race.key] = race
        return found

    def places(self):
        """{(driver, season): line} of the drivers' championship as it stood last."""
        lines = (
            StandingsLine.objects.filter(
                self._of("table__season"),
                driver__in=self.drivers,
                table__name_sv="",
                table__in=StandingsTable.objects.published(self.at),
            )
            .select_related("table")
            .order_by(F("table__after_round").desc(nulls_first=True), "-table_id", "pk")
        )
        found = {}
        for line in lines:
            found.setdefault((line.driver_id, line.table.season_id), line)
        return found


def _records_from_results(drivers, races, own):
    """Lines for seasons of which only results tell; none for further championships."""
    missing = {}
    for (driver, season), found in races.items():
        if (driver, season) not in own:
            latest = max(
                (key for key, race in found.items() if race.season == season),
                default=None,
            )
            if latest is not None:
                missing[driver, season] = latest
    results = (
        Result.objects.filter(pk__in=set(missing.values()))
        .select_related("session__event__season__series", "entry__team", "entry__car")
        .in_bulk()
        if missing
        else {}
    )
    return [
        _record_of(drivers[driver], results[key])
        for (driver, _season), key in missing.items()
    ]


def _record_of(driver, result):
    return CareerResult(
        driver=driver,
        season=result.session.event.season,
        team=result.entry.team,
        car=result.entry.car,
        number=result.entry.number,
        totals=COUNTED,
    )


# Teams


def team_seasons(team: Team, at=None) -> list[tuple[Season, Totals]]:
    """A team's seasons with the totals of its cars, the latest first.

    A result counts once for its team, however many drivers share the car. Two
    queries.
    """
    seasons = defaultdict(list)
    rows = _for_counting(raced(at).filter(entry__team=team))
    for values in rows.values_list(*RACE_FIELDS):
        race = Race(*values)
        seasons[race.season].append(race)
    found = Season.objects.filter(pk__in=seasons).select_related("series")
    return [
        (season, total(seasons[season.pk]))
        for season in found.order_by("-year", "series__short_name")
    ]


# Where what is typed and what is counted do not agree


@dataclass(frozen=True)
class Disagreement:
    """A figure of a typed season that the rows on the site do not come to.

    With fewer rows than starts, rows are missing; else one of the two is wrong.
    """

    line: SeasonLine
    figure: str
    typed: int
    counted: int

    @property
    def is_missing_rows(self):
        return self.counted < self.typed


def disagreements(at=None) -> list[Disagreement]:
    """Every typed figure that the rows contradict; seasons without rows are silent.

    The same number of queries for any number of drivers.
    """
    drivers = Driver.objects.filter(career__isnull=False).distinct()
    found = []
    for career in careers(drivers, at).values():
        for line in career.lines:
            if line.is_typed and line.races:
                found += _contradicted(line)
    return found


def _contradicted(line):
    counted = total(line.races.values())
    for figure in FIGURES:
        typed, rows = getattr(line.totals, figure), getattr(counted, figure)
        if None not in (typed, rows) and typed != rows:
            yield Disagreement(line, figure, typed, rows)
