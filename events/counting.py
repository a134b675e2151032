"""What counts: of which races a start, a win, a pole is claimed, and of which not.

Rules (design of the project, section 3, after the field's own habit): a race in two
parts is one start; retired, not classified, disqualified and excluded are starts,
did not start, did not qualify and withdrawn are none; class wins stand beside wins
and are not among them; whoever takes pole and does not start has the pole. A result
counts once for its car: who shares two cars in a race has two, a crew of three has
one each and its team has one.

Unknown is None and never 0. A race may count for all that is known where its status,
its place, or whose the pole and the fastest lap were has not been recorded; a figure
is 0 only where no race may count. A car of which only an overall place is known
did not run in a class, as far as was published.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from drivers.models import with_page
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

NO_START = (DID_NOT_START, DID_NOT_QUALIFY, WITHDRAWN)
FIGURES = ("starts", "wins", "class_wins", "podiums", "poles", "fastest_laps")
PODIUM = 3


class Race(NamedTuple):
    """What one result says to whoever counts; `key` is the result's.

    A tuple, because a championship has tens of thousands. `session`, `season`, `team`
    and `car` are keys, `day` is the last of the weekend's days that is known.
    `pole_is_known` and `fastest_lap_is_known` tell whether the site knows whose they
    were: only then has somebody else's car none. It has the fields that
    `events.signs` asks of a result.
    """

    key: int
    session: int
    season: int
    day: date | None
    team: int | None
    car: int | None
    number: str
    status: str
    is_classified: bool
    position: int | None
    class_position: int | None
    is_tied: bool
    is_tied_in_class: bool
    points: Decimal | None
    pole: str
    fastest_lap: str
    laps: int | None
    best_lap_ms: int | None
    class_name: str | None
    team_name: str | None
    team_slug: str | None
    pole_is_known: bool
    fastest_lap_is_known: bool

    @property
    def is_start(self):
        """Whether the car took the start; one of which nothing is known did not."""
        return self.status not in NO_START if self.status else self._has_run

    @property
    def _has_run(self):
        return bool(self.laps or self.best_lap_ms or self.fastest_lap)

    @property
    def may_have_started(self):
        """Whether it started, for all that is known."""
        return self.status not in NO_START

    def may_be_among(self, places: int) -> bool:
        """Whether its overall place is not known and may be one of the first few.

        No car is better placed overall than in its class.
        """
        is_open = self.is_classified or not self.status
        return (
            is_open and self.position is None and (self.class_position or 1) <= places
        )

    def counts_as(self, figure: str) -> bool:
        """Whether the race is known to be one of a figure of FIGURES."""
        return _COUNTS[figure](self)

    def may_count_as(self, figure: str) -> bool:
        """Whether the race is not known to be one of a figure, and may be."""
        return not _COUNTS[figure](self) and _MAY_COUNT[figure](self)


_COUNTS = {
    "starts": lambda race: race.is_start,
    "wins": lambda race: race.position == 1,
    "class_wins": lambda race: race.class_position == 1 and race.position != 1,
    "podiums": lambda race: race.position is not None and race.position <= PODIUM,
    "poles": lambda race: race.pole == OVERALL,
    "fastest_laps": lambda race: race.fastest_lap == OVERALL and race.is_start,
}
_MAY_COUNT = {
    "starts": lambda race: race.may_have_started,
    "wins": lambda race: race.may_be_among(1),
    "class_wins": lambda race: race.class_position is None and race.may_be_among(1),
    "podiums": lambda race: race.may_be_among(PODIUM),
    "poles": lambda race: not race.pole_is_known,
    "fastest_laps": lambda race: (
        race.may_have_started and not race.fastest_lap_is_known
    ),
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
    """The totals of races; without any nothing is known."""
    races = list(races)
    return Totals(**{figure: count(races, figure) for figure in FIGURES})


def count(races: Collection[Race], figure: str) -> int | None:
    """How many races are one of a figure of FIGURES, or None where it is not known.

    None of them is 0 only where every one is known to be none.
    """
    known = sum(map(_COUNTS[figure], races))
    if known == 0 and (not races or any(map(_MAY_COUNT[figure], races))):
        return None
    return known


# Asking for races


def raced(at=None) -> QuerySet[Result]:
    """Results of races that count: a race in two parts has one."""
    return of_races(Result.objects.published(at))


def of_races(results: QuerySet[Result]) -> QuerySet[Result]:
    """Those of races that count, among results that may be shown."""
    return results.filter(session__kind=RACE, session__result_in=None)


def of_ours() -> Q:
    """A condition on results: a driver with a page is in the crew or credited."""
    ours = with_page(driver="driver__")
    crew = EntryDriver.objects.filter(ours, entry=OuterRef("entry"))
    credited = ResultDriver.objects.filter(ours, result=OuterRef("pk"))
    return Q(Exists(crew)) | Q(Exists(credited))


def for_counting(results: QuerySet[Result]) -> QuerySet[Result]:
    """Results with what RACE_FIELDS asks for, in no order."""
    same_race = Result.objects.filter(session=OuterRef("session"))
    return results.order_by().annotate(
        weekend=Coalesce("session__event__last_day", "session__event__first_day"),
        pole_is_known=Exists(same_race.filter(pole=OVERALL)),
        fastest_lap_is_known=Exists(same_race.filter(fastest_lap=OVERALL)),
    )


# The values that make a Race, in its order.
RACE_FIELDS = (
    *("pk", "session", "session__event__season", "weekend"),
    *("entry__team", "entry__car", "entry__number"),
    *("status", "is_classified", "position", "class_position"),
    *("is_tied", "is_tied_in_class", "points"),
    *("pole", "fastest_lap", "laps", "best_lap_ms"),
    *("entry__racing_class__name", "entry__team__name", "entry__team__slug"),
    *("pole_is_known", "fastest_lap_is_known"),
)
