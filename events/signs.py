"""The signs of a result: its code and the colour of its ground (design.md, section 5).

`result` is a `Result`, or anything with the same fields: status, is_classified,
position, class_position, is_tied, is_tied_in_class and points.
"""

from events.models import (
    DID_NOT_QUALIFY,
    DISQUALIFIED,
    NOT_CLASSIFIED,
    RETIRED,
)
from events.statuses import DAGGER, code
from racing import formats

# Names of classes in the style sheet.
PLAIN, NOT_STARTED, POINTS, FINISHED = "plain", "not-started", "points", "classified"
FILLS = {
    NOT_CLASSIFIED: FINISHED,
    RETIRED: "retired",
    DISQUALIFIED: "disqualified",
    DID_NOT_QUALIFY: "not-qualified",
}
MEDALS = {1: "gold", 2: "silver", 3: "bronze"}


def place(result) -> tuple[int | None, bool]:
    """(place, whether it is shared): in class where there is one, else overall."""
    if result.class_position is not None:
        return result.class_position, result.is_tied_in_class
    return result.position, result.is_tied


def sign(result) -> str:
    """``3``, ``=3``, ``12†``, ``†`` or ``Ret``; empty where it is not known."""
    if not result.is_classified:
        return code(result.status)
    number, tied = place(result)
    if number is None:
        return code(result.status, is_classified=True)
    dagger = DAGGER if result.status == RETIRED else ""
    return formats.position(number, tied=tied) + dagger


def fill(result) -> str:
    """The class for the ground of a race's sign.

    A car in the middle of the field is green with points and blue without; where its
    points are not known, neither is claimed.
    """
    if not result.is_classified:
        return FILLS.get(result.status, NOT_STARTED if result.status else PLAIN)
    number, _tied = place(result)
    if number in MEDALS:
        return MEDALS[number]
    if result.points is None:
        return PLAIN
    return POINTS if result.points else FINISHED
