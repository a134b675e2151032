"""A driver's seasons with their totals, counted or typed, never added.

A driver's season in a series counts once. Where the season's line says its
totals are typed, they stand as published; where it says counted, they are
counted from the results on the site and follow every correction of them.
Unknown is None and never 0.

Rules of counting (design of the project, after the field's own habit): a race
in two parts is one start; retired, not classified, disqualified and excluded
are starts, did not start, did not qualify and withdrawn are none; class wins
stand beside wins and are not among them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from drivers.models import COUNTED, CareerResult, Driver
from events.models import (
    DID_NOT_QUALIFY,
    DID_NOT_START,
    OVERALL,
    RACE,
    WITHDRAWN,
    Result,
)

NO_START = (DID_NOT_START, DID_NOT_QUALIFY, WITHDRAWN)
FIGURES = ("starts", "wins", "class_wins", "podiums", "poles", "fastest_laps")


@dataclass(frozen=True)
class Totals:
    """What a season came to; each figure is None where it is not known."""

    starts: int | None = None
    wins: int | None = None
    class_wins: int | None = None
    podiums: int | None = None
    poles: int | None = None
    fastest_laps: int | None = None


@dataclass(frozen=True)
class SeasonLine:
    """One line of a career: the record as published and its totals."""

    record: CareerResult
    totals: Totals

    @property
    def is_title(self):
        """A first place is a title only when the season is over."""
        return self.record.position == 1 and self.record.season.is_over


def careers(drivers: Iterable[Driver], at=None) -> dict[int, list[SeasonLine]]:
    """The season lines of each driver by primary key, the latest season first.

    Two queries for any number of drivers. `at` is the moment that decides
    which results count.
    """
    keys = [driver.pk for driver in drivers]
    records = CareerResult.objects.filter(driver__in=keys).select_related(
        "season__series", "team", "car"
    )
    counted = _count(keys, at)
    lines = defaultdict(list)
    for record in records:
        lines[record.driver_id].append(SeasonLine(record, _totals(record, counted)))
    return {key: lines[key] for key in keys}


def _totals(record, counted):
    if record.totals == COUNTED:
        return counted.get((record.driver_id, record.season_id), Totals())
    return Totals(**{figure: getattr(record, figure) for figure in FIGURES})


def _count(keys, at):
    """Totals by (driver, season) of the results that count for the drivers.

    One row a result and driver: those a result names, else its entry's crew.
    """
    rows = (
        Result.objects.published(at)
        .filter(session__kind=RACE, session__result_in=None)
        .filter(
            Q(credits__driver__in=keys) | Q(credits=None, entry__crew__driver__in=keys)
        )
        .annotate(
            season=F("session__event__season"),
            counts_for=Coalesce("credits__driver", "entry__crew__driver"),
        )
    )
    seasons = defaultdict(dict)
    for result in rows:
        seasons[result.counts_for, result.season][result.pk] = result
    return {key: _add_up(results.values()) for key, results in seasons.items()}


def _add_up(results):
    started = [result for result in results if result.status not in NO_START]
    return Totals(
        starts=len(started),
        wins=sum(result.position == 1 for result in started),
        class_wins=sum(
            result.class_position == 1 and result.position != 1 for result in started
        ),
        podiums=sum(
            result.position is not None and result.position <= 3 for result in started
        ),
        poles=sum(result.pole == OVERALL for result in results),
        fastest_laps=sum(result.fastest_lap == OVERALL for result in started),
    )
