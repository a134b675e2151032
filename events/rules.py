"""What the rows of one session's classification may say, each alone and all together.

The rules are those of the sport: only a classified car has a position; a car that
stopped may still be classified (FIA International Sporting Code, appendix on
classification: enough of the winner's distance); within a class cars stand in the
order in which they stand overall. The database holds those about one row too; here
they are told at the field, before anything is saved, and without asking it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

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

    `others` are rows that it hangs together with. A warning may be confirmed;
    anything else is refused.
    """

    row: Any
    field: str
    sentence: str
    is_warning: bool = False
    others: tuple = ()


def problems(results: Iterable, at: Iterable | None = None) -> list[Problem]:
    """What is wrong with a session's results, saved or not.

    With `at`, some of the results, only what concerns those, told at one of them.
    They need `entry` and its class; nothing is asked of the database.
    """
    results = list(results)
    found = [problem for result in results for problem in _alone(result)]
    found += _taken_twice(results, "position", "is_tied")
    for cars in _by_class(results):
        found += _taken_twice(cars, "class_position", "is_tied_in_class")
        found += _out_of_order(cars)
    found += _several_poles(results)
    return found if at is None else list(_told_at(at, found))


def _told_at(rows, found) -> Iterator[Problem]:
    """The problems of some rows; what another row shares with them is told at one."""
    rows = {id(row): row for row in rows}
    told = {(id(problem.row), problem.field) for problem in found}
    for problem in found:
        if id(problem.row) in rows:
            yield problem
            continue
        shared = [other for other in problem.others if id(other) in rows]
        if shared and (id(shared[0]), problem.field) not in told:
            sentence = f"{_name(problem.row)}: {problem.sentence}"
            yield replace(problem, row=shared[0], sentence=sentence)


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
        yield Problem(result, "is_classified", str(NO_AGREEMENT))
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
    sentence = _(
        "%(cars)s has this position too. Mark both as tied (=), or correct one."
    )
    for cars in places.values():
        if len(cars) > 1 and not all(getattr(car, tied) for car in cars):
            yield from _each(cars, field, sentence)


def _each(cars, field, sentence) -> Iterator[Problem]:
    """A problem that cars have together, at each of them, naming the others."""
    for car in cars:
        others = tuple(other for other in cars if other is not car)
        names = ", ".join(_name(other) for other in others)
        yield Problem(car, field, sentence % {"cars": names}, others=others)


def _out_of_order(cars) -> Iterator[Problem]:
    """Class positions that are better than the overall ones allow, within one class.

    A car is behind every car of its class that is ahead of it overall.
    """
    placed = [car for car in cars if car.position is not None]
    placed.sort(key=lambda car: car.position)
    ahead, last = [], None
    for _position, cars_there in groupby(placed, key=lambda car: car.position):
        level = list(cars_there)
        for car in level:
            if car.class_position is not None:
                yield from _too_good(car, ahead, last)
        ahead += level
        last = max([last, *level], key=_class_position)


def _class_position(car):
    return (car and car.class_position) or 0


def _too_good(car, ahead, last) -> Iterator[Problem]:
    """Of the cars `ahead` overall, `last` has the worst position in class, or None."""
    if _class_position(last) > car.class_position:
        sentence = _(
            "%(car)s is ahead overall (%(overall)s) and behind in the class "
            "(%(in_class)s): one of the four positions is wrong."
        )
        values = {
            "car": _name(last),
            "overall": last.position,
            "in_class": last.class_position,
        }
        yield Problem(car, "class_position", sentence % values, others=(last,))
    elif car.class_position <= len(ahead) and not car.is_tied_in_class:
        sentence = ngettext(
            "%(count)s car of the class is ahead overall: the position in class is "
            "%(best)s at best.",
            "%(count)s cars of the class are ahead overall: the position in class is "
            "%(best)s at best.",
            len(ahead),
        )
        values = {"count": len(ahead), "best": len(ahead) + 1}
        yield Problem(car, "class_position", sentence % values, others=tuple(ahead))


def _several_poles(results) -> Iterator[Problem]:
    poles = [result for result in results if result.pole == "overall"]
    if len(poles) > 1:
        yield from _each(poles, "pole", _("%(cars)s has the pole position too."))


def _name(result):
    number = result.entry.number
    return _("Car %(number)s") % {"number": number} if number else str(result.entry)
