"""What is known of drivers and teams, for the tokens in their texts.

Everything comes from where pages take it: careers, entries and results as the public
may see them at a moment, and without what a reader who hides results does not see yet
(`racing.spoilers`). Gathered once for any number of drivers and teams.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.utils import timezone

from drivers.models import CareerResult, Driver
from events import schedule
from events.career import TITLES, Career, Figure, SeasonLine, careers
from events.counting import RACE_FIELDS, Race, for_counting, raced
from events.lineup import Lineup
from events.models import Entry, Event, Session
from events.record import season_key
from events.timetable import local_day
from racing import clock, zones
from racing.models import Car, RacingClass, Season, Series, Team


@dataclass(frozen=True)
class Placed:
    """A race with its session, of which weekend and circuit are known."""

    race: Race
    session: Session

    @property
    def day(self) -> dt.date | None:
        """The date at the track, where that is known."""
        return local_day(self.session, self.session.event.circuit.zone)

    @property
    def order(self):
        start = self.session.start
        when = start.timestamp() if start else 0
        # Of two cars in one race the better placed one comes last.
        place = self.race.position or self.race.class_position or 0
        return self.day or self.race.day, when, self.session.order, -place


@dataclass(frozen=True)
class Results:
    """What the latest races came to: each None where it is not known.

    `last_day` is that of the latest race with a result, `last` the latest in which a
    place was taken, `won` the latest win, if none can have come after it.
    """

    last_day: dt.date | None = None
    last: Placed | None = None
    won: Placed | None = None


@dataclass(frozen=True)
class DriverFacts:
    """What is known of a driver on a day; `classes` are those of cars, by their key."""

    driver: Driver
    career: Career
    next_entry: Entry | None
    today: dt.date
    results: Results = Results()
    classes: dict[int, RacingClass] = field(default_factory=dict)

    @property
    def owner(self):
        return self.driver

    @cached_property
    def lines(self) -> dict[str, SeasonLine]:
        """The career by season, as `season_key` names them; the latest first."""
        return {season_key(line.season): line for line in self.career.lines}

    @cached_property
    def year(self) -> int | None:
        """The year of the latest season, or of the next race where that is later."""
        years = [line.season.year for line in self.career.lines]
        if self.next_entry:
            years.append(self.next_entry.event.season.year)
        return max(years, default=None)

    @cached_property
    def current(self) -> list[SeasonLine]:
        """The lines of that year."""
        return [line for line in self.career.lines if line.season.year == self.year]

    @cached_property
    def _rows(self):
        """What has a team and a car this year: the next entry, then the seasons."""
        rows = [line.record for line in self.current]
        entry = self.next_entry
        return [entry, *rows] if entry and self._is_now(entry) else rows

    def _is_now(self, entry):
        return entry.event.season.year == self.year

    @property
    def teams(self) -> list[Team]:
        """The teams of the year, that of the next race first."""
        return _each(row.team for row in self._rows)

    @property
    def cars(self) -> list[Car]:
        return _each(row.car for row in self._rows)

    @property
    def racing_classes(self) -> list[RacingClass]:
        """The classes of the year: the next race's own, and those of the cars."""
        entry = self.next_entry
        own = entry.racing_class if entry and self._is_now(entry) else None
        return _each([own, *(self.class_of(car) for car in self.cars)])

    def class_of(self, car: Car | None) -> RacingClass | None:
        return self.classes.get(car.racing_class_id) if car else None

    @property
    def series(self) -> list[Series]:
        seasons = [line.season for line in self.current]
        if self.next_entry and self._is_now(self.next_entry):
            seasons.insert(0, self.next_entry.event.season)
        return _each(season.series for season in seasons)

    @property
    def next_event(self) -> Event | None:
        return self.next_entry.event if self.next_entry else None

    @cached_property
    def seasons(self) -> dict[str, Season]:
        """The seasons of the career by `season_key`, the latest first."""
        return {key: line.season for key, line in self.lines.items()}

    def figure(self, what: str, *seasons: str) -> Figure:
        """A total of the career, or of some seasons; unknown is Figure(None)."""
        if not seasons:
            return self.career.figures[what]
        lines = [self.lines[key] for key in seasons if key in self.lines]
        if not lines or any(line.hides_totals for line in lines):
            return Figure(None)
        return Career(self.driver, lines).figures[what]


@dataclass(frozen=True)
class TeamFacts:
    """What is known of a team on a day.

    `rows` are the entries of its cars and our drivers' seasons for it, the latest
    year first; `races` those of its cars by the key of the result.
    """

    team: Team
    rows: list[Entry | CareerResult]
    races: dict[int, Race]
    next_event: Event | None
    today: dt.date
    results: Results = Results()

    @property
    def owner(self):
        return self.team

    @cached_property
    def seasons(self) -> dict[str, Season]:
        """By `season_key`, the latest first."""
        return {season_key(season): season for season in map(_season, self.rows)}

    @property
    def year(self) -> int | None:
        return next((season.year for season in self.seasons.values()), None)

    def of_season(self, season: str = "") -> list[Entry | CareerResult]:
        """The rows of a season, without one those of the latest year."""
        return [
            row
            for row in self.rows
            if (season_key(_season(row)) == season)
            or (not season and _season(row).year == self.year)
        ]

    @property
    def teams(self) -> list[Team]:
        return [self.team]

    @property
    def cars(self) -> list[Car]:
        return self.cars_of()

    def cars_of(self, season: str = "") -> list[Car]:
        return _each(row.car for row in self.of_season(season))

    @property
    def series(self) -> list[Series]:
        return _each(_season(row).series for row in self.of_season())

    def drivers_of(self, season: str = "") -> list[Driver]:
        """Everybody who drives for the team, in the order of a list of drivers.

        Guests are among them: crews name them in public.
        """
        found = []
        for row in self.of_season(season):
            found += row.crew_drivers if isinstance(row, Entry) else [row.driver]
        return sorted(_each(found), key=Driver.sort_key)

    def figure(self, what: str, *seasons: str) -> Figure:
        """A total of the results of its cars, however many drivers share one.

        Of all seasons it is at least so many: nobody says that the site holds every
        race of a team. Of titles nothing is known.
        """
        if what == TITLES:
            return Figure(None)
        races = list(self.races.values())
        if seasons:
            asked = {self.seasons[key].pk for key in seasons if key in self.seasons}
            races = [race for race in races if race.season in asked]
        known = sum(race.counts_as(what) for race in races)
        is_open = any(race.may_count_as(what) for race in races)
        if not seasons:
            return Figure(known or None, is_at_least=known > 0)
        if not races or (known == 0 and is_open):
            return Figure(None)
        return Figure(known, is_open)


Facts = DriverFacts | TeamFacts


def _each(things):
    """Those that there are, each once, in order."""
    return list(dict.fromkeys(thing for thing in things if thing is not None))


def _season(row):
    return row.event.season if isinstance(row, Entry) else row.season


# Gathering


def facts_of(
    owners: Iterable[Driver | Team], at: dt.datetime | None = None
) -> dict[Driver | Team, Facts]:
    """What is known of drivers and teams at a moment.

    At most seven queries for any number of drivers, six more where teams are asked
    for. Whether somebody may see the drivers is the caller's question.
    """
    owners = list(owners)
    drivers = [owner for owner in owners if isinstance(owner, Driver)]
    teams = [owner for owner in owners if isinstance(owner, Team)]
    moment = at or clock.now()
    today = moment.astimezone(timezone.get_default_timezone()).date()
    found = {}
    if drivers:
        found |= _of_drivers(drivers, at, today)
    if teams:
        found |= _of_teams(teams, at, today)
    return found


def facts_of_lineups(lineups: Iterable[Lineup]) -> dict[Driver, DriverFacts]:
    """The same of drivers whose careers and next entries a page has asked for already.

    Two queries more.
    """
    return _with_results(list(lineups), clock.today())


def _of_drivers(drivers, at, today):
    found = careers(drivers, at)
    places = schedule.next_entries(drivers, at)
    lineups = [
        Lineup(
            driver=driver,
            career=found[driver.pk],
            next_entry=places[driver.pk].entry if driver.pk in places else None,
        )
        for driver in drivers
    ]
    return _with_results(lineups, today)


def _with_results(lineups, today):
    classes = RacingClass.objects.in_bulk()
    careers_of = {lineup.driver.pk: lineup.career for lineup in lineups}
    latest = _results(
        {key: career.races.values() for key, career in careers_of.items()},
        {key: list(_unseen_years(career)) for key, career in careers_of.items()},
    )
    return {
        lineup.driver: DriverFacts(
            driver=lineup.driver,
            career=lineup.career,
            next_entry=lineup.next_entry,
            today=today,
            results=latest[lineup.driver.pk],
            classes=classes,
        )
        for lineup in lineups
    }


def _unseen_years(career):
    """The years of seasons that may have wins of which the site has no result."""
    for line in career.lines:
        told = sum(race.counts_as("wins") for race in line.races.values())
        if not line.is_typed:
            is_open = any(race.may_count_as("wins") for race in line.races.values())
            unseen = is_open or not line.races
        else:
            unseen = line.totals.wins is None or line.totals.wins > told
        if unseen:
            yield line.season.year


def _of_teams(teams, at, today):
    rows, races = _team_rows(teams), _team_races(teams, at)
    following = _next_events(teams, at)
    latest = _results(
        {team.pk: races[team.pk].values() for team in teams},
    )
    return {
        team: TeamFacts(
            team=team,
            rows=rows[team.pk],
            races=races[team.pk],
            next_event=following.get(team.pk),
            today=today,
            results=latest[team.pk],
        )
        for team in teams
    }


def _team_rows(teams):
    """{team: entries and our drivers' seasons, the latest year first}."""
    entries = (
        Entry.objects.with_crew()
        .filter(team__in=teams)
        .select_related("event__season__series", "team", "car", "racing_class")
    )
    seasons = CareerResult.objects.filter(
        team__in=teams, driver__in=Driver.objects.published()
    ).select_related("season__series", "team", "car", "driver")
    found = defaultdict(list)
    for row in [*seasons, *entries]:
        found[row.team_id].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (-_season(row).year, str(_season(row).series)))
    return found


def _team_races(teams, at):
    found = defaultdict(dict)
    rows = for_counting(raced(at).filter(entry__team__in=teams))
    for race in map(Race._make, rows.values_list(*RACE_FIELDS)):
        found[race.team][race.key] = race
    return found


def _next_events(teams, at):
    """{team: the first weekend not over for which it has entered a car}."""
    moment = at or clock.now()
    entries = (
        Entry.objects.filter(team__in=teams)
        .filter(
            event__in=Event.objects.published(at)
            .coming(clock.date_everywhere(moment))
            .exclude(status__in=schedule.NOT_AWAITED)
            .order_by()
            .values("pk")
        )
        .select_related("event__season__series", "event__circuit")
    )
    found = {}
    for entry in sorted(entries, key=_by_first_day, reverse=True):
        event = entry.event
        if not event.is_over(zones.local(moment, event.circuit.zone).date()):
            found[entry.team_id] = event
    return found


def _by_first_day(entry):
    event = entry.event
    return event.first_day or event.last_day or dt.date.max, entry.event_id


# The latest races


def _results(races, unseen=None):
    """{key: Results} of {key: races} in one query.

    `unseen` has the years in which there may be wins that are not among the races, by
    key; without it nothing is said of wins.
    """
    groups = {key: _latest(found) for key, found in races.items()}
    weekends = [weekend for group in groups.values() for weekend in group]
    keys = {race.session for weekend in weekends for race in weekend}
    sessions = (
        Session.objects.select_related("event__circuit", "event__season").in_bulk(keys)
        if keys
        else {}
    )
    found = {}
    for key, group in groups.items():
        last, placed, won = (
            max(
                (Placed(race, sessions[race.session]) for race in weekend),
                key=lambda race: race.order,
                default=None,
            )
            for weekend in group
        )
        if won and (
            unseen is None or _may_have_won_later(won, races[key], unseen[key])
        ):
            won = None
        found[key] = Results(last and last.order[0], placed, won)
    return found


def _latest(races):
    """The races of the latest weekend: any, those with a place, those won."""
    dated = [race for race in races if race.day]
    return tuple(
        [race for race in chosen if race.day == max(r.day for r in chosen)]
        for chosen in (
            [race for race in dated if race.status or race.position],
            [race for race in dated if race.position or race.class_position],
            [race for race in dated if race.counts_as("wins")],
        )
    )


def _may_have_won_later(won, races, unseen):
    year = won.session.event.season.year
    return any(later >= year for later in unseen) or any(
        race.may_count_as("wins") and (race.day is None or race.day >= won.race.day)
        for race in races
    )
