"""What the rows of one session's classification may say, each alone and all together.

The rules are those of the sport: only a classified car has a position; a car that
stopped may still be classified (FIA International Sporting Code, appendix on
classification: enough of the winner's distance); within a class cars stand in the
order in which they stand overall. The database holds those about one row too; here
they are told at the field, before anything is saved, and without asking it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.statuses import CLASSIFIED, RETIRED

# Sentences of the rules that the database holds as well.
NO_POSITION = gettext_lazy(
    "Only a classified car has a position. Mark it as classified or clear the position."
)
NO_AGREEMENT = gettext_lazy("The status and the mark “classified” do not agree.")
WORSE_IN_CLASS = gettext_lazy(
    "The position in class cannot be worse than the overall one."
)
POSITION_TAKEN = gettext_lazy(
    "Another car has this position. Mark both as tied (=), or correct one."
)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with one row: `field` is a field of `Result`.

    A warning may be confirmed; anything else is refused.
    """

    row: Any
    field: str
    sentence: str
    is_warning: bool = False


def problems(results: Iterable) -> list[Problem]:
    """What is wrong with a session's results, saved or not.

    They need `entry` and its class; nothing is asked of the database.
    """
    results = list(results)
    found = [problem for result in results for problem in _alone(result)]
    found += _taken_twice(results, "position", "is_tied")
    for cars in _by_class(results):
        found += _taken_twice(cars, "class_position", "is_tied_in_class")
        found += _out_of_order(cars)
    found += _several_poles(results)
    return found


def _alone(result) -> Iterator[Problem]:
    placed = [
        field
        for field in ("position", "class_position")
        if getattr(result, field) is not None
    ]
    if placed and not result.is_classified:
        yield Problem(result, placed[0], str(NO_POSITION))
    if result.status != RETIRED and result.is_classified != (
        result.status == CLASSIFIED
    ):
        yield Problem(result, "status", str(NO_AGREEMENT))
    if len(placed) == 2 and result.class_position > result.position:
        yield Problem(result, "class_position", str(WORSE_IN_CLASS))


def _by_class(results):
    """The cars of each class; those whose class is not known are left out."""
    classes = defaultdict(list)
    for result in results:
        if result.entry.racing_class_id is not None:
            classes[result.entry.racing_class_id].append(result)
    return classes.values()


def _taken_twice(results, field, tied) -> Iterator[Problem]:
    """Two cars on one position that are not both marked as tied."""
    places = defaultdict(list)
    for result in results:
        if getattr(result, field) is not None:
            places[getattr(result, field)].append(result)
    for cars in places.values():
        if len(cars) > 1 and not all(getattr(car, tied) for car in cars):
            for car in cars:
                yield Problem(car, field, _taken_by(car, cars))


def _taken_by(car, cars):
    others = [_name(other) for other in cars if other is not car]
    sentence = _(
        "%(cars)s has this position too. Mark both as tied (=), or correct one."
    )
    return sentence % {"cars": ", ".join(others)}


def _out_of_order(cars) -> Iterator[Problem]:
    """A class position better than the overall position allows, within one class."""
    placed = [
        car
        for car in cars
        if car.position is not None and car.class_position is not None
    ]
    placed.sort(key=lambda car: (car.class_position, car.position))
    for ahead, behind in pairwise(placed):
        if ahead.position > behind.position:
            sentence = _(
                "%(car)s is ahead overall (%(overall)s) and behind in the class "
                "(%(in_class)s): one of the four positions is wrong."
            )
            values = {
                "car": _name(behind),
                "overall": behind.position,
                "in_class": behind.class_position,
            }
            yield Problem(ahead, "class_position", sentence % values)


def _several_poles(results) -> Iterator[Problem]:
    poles = [result for result in results if result.pole == "overall"]
    for result in poles[1:]:
        sentence = _("%(car)s has the pole position already.")
        yield Problem(result, "pole", sentence % {"car": _name(poles[0])})


def _name(result):
    number = result.entry.number
    return _("Car %(number)s") % {"number": number} if number else str(result.entry)
