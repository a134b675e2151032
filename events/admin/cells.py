"""The boxes of a classification's row: what they show of a result, and what is typed.

Every box holds a text. `texts` says what the boxes show of a result; the readers say
which facts of `Result` a text means. A reader raises `FormatError`, whose text is a
sentence for the person who typed.
"""

import re
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from events.models import Result
from events.statuses import CLASSIFIED, DAGGER, RETIRED, code, parse_status
from racing import formats
from racing.formats import FormatError

# The boxes that say together where a car came, or what became of it.
PLACE = ("position", "class_position", "status")
# Where a problem with a fact is told: at the box in which the fact is typed.
BOXES = {
    "is_tied": "position",
    "is_tied_in_class": "class_position",
    "is_classified": "status",
    "time_ms": "time",
    "gap": "time",
    "best_lap_ms": "best_lap",
}
# What a status box shows of a classified car whose position nobody has told.
CLASSIFIED_CODE = "Cla"
LARGEST_GRID = 999

Outcome = tuple[str, bool]  # a status, and whether the car is classified


# What the boxes show


def texts(result: Result | None, credited: Iterable = ()) -> dict[str, str]:
    """What each box shows of a result; nothing but empty boxes where there is none.

    `credited` are the drivers that the result names.
    """
    if result is None:
        return dict.fromkeys(SHOWN, "")
    names = ", ".join(driver.name for driver in credited)
    return {name: show(result) for name, show in SHOWN.items()} | {"drivers": names}


def _position(result):
    if result.position is None:
        return ""
    dagger = DAGGER if result.status == RETIRED and result.is_classified else ""
    return formats.position(result.position, tied=result.is_tied) + dagger


def _class_position(result):
    if result.class_position is None:
        return ""
    return formats.position(result.class_position, tied=result.is_tied_in_class)


def _status(result):
    """A code, where the position does not say it already."""
    is_placed = result.position is not None or result.class_position is not None
    if result.status == CLASSIFIED:
        return "" if is_placed else CLASSIFIED_CODE
    if result.status == RETIRED and result.is_classified and result.position:
        return ""
    return code(result.status, is_classified=result.is_classified)


def _time(result):
    time = "" if result.time_ms is None else formats.lap_time(result.time_ms)
    return f"{time} {formats.printed_gap(result.gap)}".strip()


def _number(name: str) -> Callable[[Result], str]:
    return lambda result: (
        "" if getattr(result, name) is None else str(getattr(result, name))
    )


def _text(name: str) -> Callable[[Result], str]:
    return lambda result: getattr(result, name)


SHOWN: dict[str, Callable[[Result], str]] = {
    "position": _position,
    "class_position": _class_position,
    "status": _status,
    "grid": _number("grid"),
    "laps": _number("laps"),
    "time": _time,
    "best_lap": lambda result: (
        "" if result.best_lap_ms is None else formats.lap_time(result.best_lap_ms)
    ),
    "points": lambda result: (
        "" if result.points is None else formats.points(result.points)
    ),
    "pole": _text("pole"),
    "fastest_lap": _text("fastest_lap"),
    "drivers": lambda result: "",
    "note_sv": _text("note_sv"),
    "note_en": _text("note_en"),
    "source": _text("source"),
}


# What is typed


def read_position(text: str) -> tuple[int | None, bool, Outcome | None]:
    """(position, tied, outcome) from ``3``, ``=3``, ``12†``, ``Ret`` or nothing.

    The outcome is what the text says of the car besides: None where it is a position
    alone.
    """
    stopped = DAGGER in text
    try:
        position, tied = formats.parse_position(text.replace(DAGGER, " "))
    except FormatError:
        return None, False, _read_code(text)
    return position, tied, (RETIRED, True) if stopped else None


def _read_code(text):
    try:
        return parse_status(text)
    except FormatError:
        sentence = _(
            "“%(typed)s” is neither a position nor a status. Write 3, =3 for a shared "
            "third place, 12† for a car that stopped and is classified, or a code "
            "such as Ret."
        )
        raise FormatError(sentence % {"typed": formats.shown(text)}) from None


def read_status(text: str) -> Outcome | None:
    """The outcome that a code or a word means; None where nothing is said."""
    outcome = parse_status(text)
    return outcome if outcome[0] else None


def read_time(text: str) -> dict[str, object]:
    """``1:33:15.607`` is a time, ``+5.515`` and ``+1 lap`` are gaps; both may be told."""
    time, plus, gap = text.partition("+")
    try:
        ms = formats.parse_lap_time(time) if plus and time.strip() else None
        found = formats.parse_gap(plus + gap if plus else text)
    except FormatError as error:
        sentence = _(
            "“%(typed)s” is neither a time nor a gap. Write 1:33:15.607, +5.515 or "
            "+1 lap."
        )
        raise FormatError(sentence % {"typed": formats.shown(text)}) from error
    if not plus and found.laps is None:
        return {"time_ms": found.ms, "gap": ""}
    return {"time_ms": ms, "gap": formats.kept_gap(found)}


def read_grid(text: str) -> dict[str, object]:
    place = _whole(text)
    if not 1 <= place <= LARGEST_GRID:
        sentence = _(
            "“%(typed)s” is not a place on the grid. Write a whole number from 1 to "
            "%(most)s."
        )
        values = {"typed": formats.shown(text), "most": LARGEST_GRID}
        raise FormatError(sentence % values)
    return {"grid": place}


def read_laps(text: str) -> dict[str, object]:
    laps = _whole(text)
    if not 0 <= laps <= formats.MOST_LAPS:
        sentence = _(
            "“%(typed)s” is not a number of laps. Write a whole number such as 262."
        )
        raise FormatError(sentence % {"typed": formats.shown(text)})
    return {"laps": laps}


def _whole(text):
    """A whole number, or -1 for anything else."""
    match = re.fullmatch(r"\s*(\d{1,5})\.?\s*", text, re.ASCII)
    return int(match[1]) if match else -1


def read_best_lap(text: str) -> dict[str, object]:
    return {"best_lap_ms": formats.parse_lap_time(text)}


def read_points(text: str) -> dict[str, object]:
    return {"points": formats.parse_points(text)}


# Boxes that say one thing each, by name: how it is read, and what nothing means.
READERS: dict[str, tuple[Callable[[str], dict], dict[str, object]]] = {
    "grid": (read_grid, {"grid": None}),
    "laps": (read_laps, {"laps": None}),
    "time": (read_time, {"time_ms": None, "gap": ""}),
    "best_lap": (read_best_lap, {"best_lap_ms": None}),
    "points": (read_points, {"points": None}),
}


def read(name: str, text: str) -> dict[str, object]:
    """The facts that a box of READERS says."""
    reader, nothing = READERS[name]
    return reader(text) if text.strip() not in ("", "-", "–") else nothing
