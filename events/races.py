"""A driver's races as bare rows: one query for a career of any length.

Pages that show hundreds of races at once build on these and not on models. A race in
two parts is the one that has the result. What the driver did in them is what the
career counts (`events.counting`).
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.utils.translation import get_language

from drivers.models import Driver
from events import counting
from events.career import Career
from events.models import (
    CANCELLED,
    POSTPONED,
    RACE,
    EntryDriver,
    Event,
    EventRound,
    Result,
    Session,
    is_begun,
    is_held_back,
)
from racing import clock, formats, zones
from racing.models import Season

# Words of a circuit's name that tell it from no other.
GENERIC = {
    *("aci", "arena", "autodrom", "autodrome", "autodromo", "banan", "circuit"),
    *("circuito", "international", "internacional", "internazionale", "motorbana"),
    *("motorsport", "nazionale", "park", "raceway", "racing", "ring", "speedway"),
    *("track", "the", "de", "del", "della", "di", "do", "du", "da", "la", "le"),
}


@lru_cache(maxsize=1000)
def abbreviation(name: str) -> str:
    """Three letters for a circuit that has none of its own: ``KNU`` of Ring Knutstorp.

    The first of the word that tells the circuit from others; in doubt, of the name.
    """
    found = re.findall(r"[a-z0-9]+", formats.fold(name))
    telling = [word for word in found if word not in GENERIC] or found
    return telling[0][:3].upper() if telling else "?"


_zone = cache(zones.zone)  # hundreds of races, a few zones


class Race(NamedTuple):
    """A race that counts for a season; `round` is the season's own."""

    session: int
    name_sv: str
    name_en: str
    start: datetime | None
    day: date | None
    order: int
    status: str
    event: int
    slug: str
    season: int
    round: str
    first_day: date | None
    last_day: date | None
    event_status: str
    is_season_over: bool
    year: int
    circuit: str
    circuit_slug: str
    circuit_abbreviation: str
    time_zone: str
    further_season: int | None
    further_round: str | None
    length_minutes: int | None
    is_entered: bool
    has_results: bool

    def name_in(self, language: str | None) -> str:
        """The session's name, as `Session.name`."""
        if formats.is_swedish(language):
            return self.name_sv
        return self.name_en or self.name_sv

    @property
    def name(self) -> str:
        return self.name_in(get_language())

    @property
    def abbreviation(self):
        return self.circuit_abbreviation or abbreviation(self.circuit)

    @property
    def raced_on(self) -> date | None:
        """The date at the track, where it is known."""
        if self.start is None:
            return self.day
        return zones.local(self.start, _zone(self.time_zone)).date()

    @property
    def is_cancelled(self):
        return CANCELLED in (self.status, self.event_status)

    @property
    def is_postponed(self):
        return POSTPONED in (self.status, self.event_status)

    def is_public(self, at: datetime) -> bool:
        """Whether a result of it may be shown: as `ResultQuerySet.published`."""
        return self._has_begun(at) and not self._is_held_back(at)

    def is_hidden(self, at: datetime) -> bool:
        """Whether there is a result that this reader does not want to see yet."""
        return self.has_results and self._is_held_back(at) and self._has_begun(at)

    def _has_begun(self, at):
        day = self.day or self.first_day or self.last_day
        return is_begun(self.start, day, self.year, at)

    def _is_held_back(self, at):
        day = self.day or self.last_day or self.first_day
        return is_held_back(self.start, self.length_minutes, day, at)

    def is_run(self, at: datetime) -> bool:
        """Whether it has begun, for all that is known."""
        if self.is_cancelled or self.is_postponed:
            return False
        is_dated = self.start or self.day or self.first_day or self.last_day
        return self._has_begun(at) and bool(is_dated or self.is_season_over)


RACE_FIELDS = (
    *("pk", "name_sv", "name_en", "start", "day", "order", "status", "event"),
    *("event__slug", "event__season", "event__round", "event__first_day"),
    *("event__last_day", "event__status", "event__season__is_over"),
    *("event__season__year", "event__circuit__name", "event__circuit__slug"),
    *("event__circuit__abbreviation", "event__circuit__time_zone"),
    *("event__rounds__season", "event__rounds__round", "length_minutes"),
    *("is_entered", "has_results"),
)


@dataclass(frozen=True)
class Races:
    """The races of the seasons of a career, and what the driver did in them.

    `by_season` has all races of a season that the driver had a part in, in the order
    they are run, by the season's key; `outcomes` has those of the driver by session,
    the best place first. Two cars in one race are two.
    """

    career: Career
    at: datetime
    by_season: dict[int, list[Race]]
    outcomes: dict[int, list[counting.Race]]

    @cached_property
    def seasons(self) -> list[Season]:
        """The earliest first."""
        found = {line.season.pk: line.season for line in self.career.lines}
        shown = [season for key, season in found.items() if key in self.by_season]
        return sorted(shown, key=lambda s: (s.year, s.series.short_name, s.pk))

    def unknown_in(self, season: Season) -> int:
        """How many races of a season the driver was entered for and has no result of."""
        return sum(
            race.is_entered
            and race.session not in self.outcomes
            and race.is_run(self.at)
            and not race.is_hidden(self.at)
            for race in self.by_season.get(season.pk, ())
        )


def races_of(career: Career, at: datetime | None = None) -> Races:
    """The races of a career: one query.

    `at` is the moment that the career was asked for: it decides what is public.
    """
    at = at or clock.now()
    outcomes = _outcomes(career)
    seasons = {line.season.pk for line in career.lines}
    by_season = {
        season: in_order(races)
        for season, races in _races(career.driver, seasons, at).items()
        if any(race.is_entered or race.session in outcomes for race in races)
    }
    return Races(career, at, by_season, outcomes)


def _races(driver: Driver, seasons: set[int], at) -> dict[int, list[Race]]:
    """All races that count for each season, by its key."""
    entered = EntryDriver.objects.filter(driver=driver).values("entry__event")
    results = Result.objects.filter(session=OuterRef("pk"))
    events = Event.objects.published(at).order_by()
    also = EventRound.objects.filter(season__in=seasons).order_by().values("event")
    rows = (
        Session.objects.filter(
            # Two lists of keys, each looked up by an index of its own.
            Q(event__in=events.filter(season__in=seasons).values("pk"))
            | Q(event__in=events.filter(pk__in=also).values("pk")),
            kind=RACE,
            result_in=None,
        )
        .order_by()
        .annotate(
            is_entered=ExpressionWrapper(Q(event__in=entered), BooleanField()),
            has_results=Exists(results),
        )
        .values_list(*RACE_FIELDS)
    )
    found = defaultdict(dict)
    for race in map(Race._make, rows):
        if race.season in seasons:
            found[race.season][race.session] = race
        if race.further_season in seasons:
            further = race._replace(round=race.further_round)
            found[race.further_season][race.session] = further
    return {season: list(races.values()) for season, races in found.items()}


def _outcomes(career: Career) -> dict[int, list[counting.Race]]:
    """The results that the career counts, by session; those without a place last."""
    found = defaultdict(list)
    for outcome in sorted(career.races.values(), key=_place):
        found[outcome.session].append(outcome)
    return dict(found)


def _place(outcome):
    return outcome.position is None, outcome.position or 0, outcome.key


def in_order(races: list[Race]) -> list[Race]:
    """By day; where a day is not known and every weekend has its round, by round."""
    rounds = {race.round: _number(race.round) for race in races}
    is_dated = all(race.first_day or race.last_day for race in races)
    is_by_round = not is_dated and None not in rounds.values()

    def key(race):
        return (
            rounds[race.round] if is_by_round else 0,
            race.last_day or race.first_day or date.max,
            race.round,
            race.event,
            race.start.timestamp() if race.start else float("inf"),
            race.day or date.max,
            race.order,
            race.session,
        )

    return sorted(races, key=key)


def _number(round_):
    """The number that a round begins with, or None: 4 for "4" as for "4–5"."""
    number = re.match(r"\d+", round_)
    return int(number[0]) if number else None
