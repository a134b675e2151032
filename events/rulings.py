"""Rulings as a page shows them: what a decision moved, car by car, in words.

An amendment keeps only what it changed. What stood around it (the place that a tie
belongs to, the status that takes a place away) is found by walking back from the
results as they are now, the latest amendment first.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from events.classification import DRIVERS, from_text
from events.models import (
    BEST,
    FACTS,
    RETIRED,
    Amendment,
    Result,
    ResultChange,
    Session,
)
from events.statuses import DAGGER
from racing import dates, formats, words

# Facts that are told together with another, which they only explain.
TOLD_WITH = {
    "status": "position",
    "is_classified": "position",
    "is_tied": "position",
    "is_tied_in_class": "class_position",
}


@dataclass(frozen=True)
class Move:
    """One fact that changed: its name, and what is printed before and after it.

    Nothing is an empty text.
    """

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class MovedCar:
    """A result with what a ruling changed of it."""

    result: Result
    moves: list[Move]


@dataclass(frozen=True)
class Ruling:
    """An amendment with the cars it moved, in the order of the classification."""

    amendment: Amendment
    cars: list[MovedCar]

    @property
    def day(self):
        """``2 September 2022``; empty where only the month or nothing is known."""
        if self.amendment.decided_on is None or self.amendment.is_month_only:
            return ""
        return dates.date(self.amendment.decided_on)

    @property
    def month(self):
        """``September 2022`` where no more is known, else empty."""
        if not self.amendment.is_month_only:
            return ""
        return dates.month_and_year(self.amendment.decided_on)


def rulings(session: Session, results: Iterable[Result]) -> list[Ruling]:
    """What changed the official results of a session, the latest first: two queries.

    `results` are all of the session's, with entry, crew and credits.
    """
    return told(session.amendments.order_by("-pk"), results)


def told(amendments: QuerySet[Amendment], results: Iterable[Result]) -> list[Ruling]:
    """As `rulings`, of several sessions: each one's latest, without a gap.

    The amendments come the latest first; `results` are at least those that they
    changed, in the order in which to tell of them.
    """
    by_key = {result.pk: result for result in results}
    facts = {key: _facts(result) for key, result in by_key.items()}
    changes = ResultChange.objects.filter(field__in=(*FACTS, DRIVERS)).order_by("pk")
    found = []
    for amendment in amendments.prefetch_related(Prefetch("changes", changes)):
        changed = defaultdict(list)
        for change in amendment.changes.all():
            changed[change.result_id].append(change)
        cars = [
            MovedCar(result, _moves(facts, changed[key]))
            for key, result in by_key.items()
            if key in changed
        ]
        found.append(Ruling(amendment, [car for car in cars if car.moves]))
    return found


def _facts(result):
    """What a result says now, by field, with the names of whom it credits."""
    names = ", ".join(driver.name for driver in result.credited_drivers)
    return {fact: getattr(result, fact) for fact in FACTS} | {DRIVERS: names}


def _moves(facts, changes):
    """What changed of one car; its facts are set back to what stood before."""
    key = changes[0].result_id
    after = facts[key] | {c.field: _value(c.field, c.new) for c in changes}
    before = after | {c.field: _value(c.field, c.old) for c in changes}
    facts[key] = before
    changed = {TOLD_WITH.get(change.field, change.field) for change in changes}
    moves = [
        Move(_name(name), shown(before), shown(after))
        for name, shown in SHOWN.items()
        if name in changed
    ]
    return [move for move in moves if move.old != move.new]


def _value(name, text):
    return text if name == DRIVERS else from_text(name, text)


def _name(name):
    return str(Result._meta.get_field(name).verbose_name)


# How a fact is printed


def _place(facts):
    """The overall place, or what became of the car instead."""
    status, is_classified = facts["status"], facts["is_classified"]
    if facts["position"] is None or not is_classified:
        return words.status(status, classified=is_classified)
    dagger = DAGGER if status == RETIRED else ""
    return formats.position(facts["position"], tied=facts["is_tied"]) + dagger


def _place_in_class(facts):
    place = facts["class_position"]
    return formats.position(place, tied=facts["is_tied_in_class"]) if place else ""


def _printed(name: str, function: Callable) -> Callable:
    """A function of facts that prints one of them, and nothing where it is unknown."""

    def shown(facts):
        value = facts[name]
        return "" if value in ("", None) else function(value)

    return shown


SHOWN: dict[str, Callable[[dict], str]] = {
    "position": _place,
    "class_position": _place_in_class,
    DRIVERS: _printed(DRIVERS, str),
    "grid": _printed("grid", str),
    "laps": _printed("laps", formats.whole),
    "time_ms": _printed("time_ms", formats.lap_time),
    "gap": _printed("gap", formats.printed_gap),
    "best_lap_ms": _printed("best_lap_ms", formats.lap_time),
    "points": _printed("points", formats.points),
    "pole": _printed("pole", lambda best: str(BEST[best])),
    "fastest_lap": _printed("fastest_lap", lambda best: str(BEST[best])),
}
