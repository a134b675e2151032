"""The sign of a result and the colour of its ground: events.signs."""

from decimal import Decimal

import pytest

from events.models import (
    CLASSIFIED,
    DID_NOT_QUALIFY,
    DID_NOT_START,
    DISQUALIFIED,
    EXCLUDED,
    NOT_CLASSIFIED,
    RETIRED,
    WITHDRAWN,
    Result,
)
from events.signs import fill, place, sign


def classified(**facts):
    return Result(**({"status": CLASSIFIED, "is_classified": True} | facts))


@pytest.mark.parametrize(
    ("result", "printed"),
    [
        (classified(position=3), "3"),
        (classified(position=3, is_tied=True), "=3"),
        (classified(position=24, class_position=3), "3"),
        (classified(class_position=3), "3"),
        (classified(position=24, is_tied=True, class_position=3), "3"),
        (classified(position=24, class_position=3, is_tied_in_class=True), "=3"),
        (classified(position=12, status=RETIRED), "12†"),
        (classified(position=12, is_tied=True, status=RETIRED), "=12†"),
        (classified(status=RETIRED), "†"),
        (classified(), ""),
        (Result(status=RETIRED), "Ret"),
        (Result(status=DISQUALIFIED), "DSQ"),
        (Result(), ""),
    ],
)
def test_sign_is_the_place_in_class_else_overall_or_the_code(result, printed):
    assert sign(result) == printed


@pytest.mark.parametrize(
    ("result", "ground"),
    [
        (classified(position=1), "gold"),
        (classified(position=2), "silver"),
        (classified(position=3), "bronze"),
        (classified(position=24, class_position=1), "gold"),
        (classified(position=3, class_position=3, points=0), "bronze"),
        (classified(position=2, status=RETIRED), "silver"),
        (classified(position=4, points=Decimal("12.5")), "points"),
        (classified(position=16, points=Decimal(0)), "classified"),
        (classified(position=16), "plain"),
        (classified(points=Decimal(1)), "points"),
        (classified(), "plain"),
        (Result(status=NOT_CLASSIFIED), "classified"),
        (Result(status=RETIRED), "retired"),
        (Result(status=RETIRED, points=Decimal(1)), "retired"),
        (Result(status=DISQUALIFIED), "disqualified"),
        (Result(status=DID_NOT_QUALIFY), "not-qualified"),
        (Result(status=DID_NOT_START), "not-started"),
        (Result(status=WITHDRAWN), "not-started"),
        (Result(status=EXCLUDED), "not-started"),
        (Result(), "plain"),
    ],
)
def test_ground_is_that_of_the_fields_legend(result, ground):
    assert fill(result) == ground


def test_place_says_whether_it_is_shared():
    assert place(classified(position=3, is_tied=True)) == (3, True)
    assert place(classified(position=9, is_tied=True, class_position=3)) == (3, False)
    assert place(Result()) == (None, False)
