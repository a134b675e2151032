"""The columns of a table of results and seasons, and how each one's cells are read.

docs/import.md tells people the same; a test holds the two together.
"""

import datetime as dt
import re
from collections.abc import Callable

from django_countries import countries

from drivers.models import TOTALS, CareerResult
from events.career import FIGURES
from events.imports.facts import SAYING
from events.models import SESSION_KINDS, Entry, Event, Session
from racing import formats
from racing.formats import FormatError
from racing.models import Car, Circuit, RacingClass, Season, Series, Team

Reader = Callable[[str], object]


def _field(model, name) -> Reader:
    """What the model's field takes, by its own rules and in its own words."""
    field = model._meta.get_field(name)
    return lambda text: field.clean(text, None)


def _whole(model, name) -> Reader:
    """A whole number that the model's field takes."""
    field = model._meta.get_field(name)

    def read(text):
        if not re.fullmatch(r"\d{1,5}", text, re.ASCII):
            raise FormatError(f"“{formats.shown(text)}” is not a whole number.")
        return field.clean(int(text), None)

    return read


def _one_of(choices) -> Reader:
    """One of the keys of choices, whatever its case."""

    def read(text):
        key = formats.fold(text)
        if key not in choices:
            known = ", ".join(choices)
            raise FormatError(f"“{formats.shown(text)}” is none of: {known}.")
        return key

    return read


def _day(text):
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        sentence = f"“{formats.shown(text)}” is no date such as 2018-09-09."
        raise FormatError(sentence) from None


def _time(text):
    if not re.fullmatch(r"\d{1,2}:\d\d", text, re.ASCII):
        raise FormatError(f"“{formats.shown(text)}” is no time such as 13:55.")
    try:
        return dt.time.fromisoformat(text.zfill(5))
    except ValueError:
        sentence = f"“{formats.shown(text)}” is no time of a day."
        raise FormatError(sentence) from None


_YES, _NO = ("1", "yes", "ja", "x"), ("0", "no", "nej")


def _yes(text):
    word = formats.fold(text)
    if word not in (*_YES, *_NO):
        raise FormatError(f"“{formats.shown(text)}” is neither 1 (yes) nor 0 (no).")
    return word in _YES


def _country(text):
    code = text.upper() if len(text) == 2 else countries.by_name(text, language="en")
    if code not in countries:
        sentence = f"“{formats.shown(text)}” is no country: write its code, such as SE."
        raise FormatError(sentence)
    return code


def names(text: str) -> list[str]:
    """The parts of a cell that holds several, apart by semicolons."""
    return [part.strip() for part in text.split(";") if part.strip()]


def _driver(text):
    """The one name of a cell, in a list like the others."""
    if len(names(text)) != 1:
        raise FormatError("A season is one driver's: write one name.")
    return names(text)


_position, _points = formats.parse_position, formats.parse_points


def _place(text):
    place, is_tied = _position(text)
    if place is None or is_tied:
        raise FormatError(f"“{formats.shown(text)}” is no place such as 3.")
    return place


# The season, of every row.
_SEASON: dict[str, Reader] = {
    "series": _field(Series, "short_name"),
    "year": _whole(Season, "year"),
    "season_rounds": _whole(Season, "rounds"),
    "is_over": _yes,
}
# The weekend, its circuit and the session, of a result.
_WEEKEND: dict[str, Reader] = {
    "event": _field(Event, "name"),
    "event_slug": _field(Event, "slug"),
    "round": _field(Event, "round"),
    "also_counts_for": names,
    "circuit": _field(Circuit, "name"),
    "country": _country,
    "time_zone": _field(Circuit, "time_zone"),
    "first_day": _day,
    "last_day": _day,
    "session": _field(Session, "name_sv"),
    "session_en": _field(Session, "name_en"),
    "kind": _one_of(SESSION_KINDS),
    "day": _day,
    "start": _time,
    "first_part": _field(Session, "name_sv"),
}
WHERE_READERS = _SEASON | _WEEKEND
CAR_READERS: dict[str, Reader] = {
    "number": _field(Entry, "number"),
    "class": _field(RacingClass, "name"),
    "team": _field(Team, "name"),
    "make": _field(Car, "make"),
    "car": _field(Car, "model"),
    "drivers": names,
    "credited": names,
}
# A season of a driver's career.
SEASON_READERS = _SEASON | {
    "driver": _driver,
    "team": CAR_READERS["team"],
    "make": CAR_READERS["make"],
    "car": CAR_READERS["car"],
    "number": _field(CareerResult, "number"),
    "rounds": _field(CareerResult, "rounds"),
    "championship_position": _place,
    "championship_points": _points,
    "after_round": _whole(CareerResult, "after_round"),
    "totals": _one_of(TOTALS),
    **{figure: _whole(CareerResult, figure) for figure in FIGURES},
    "note_sv": str,
    "note_en": str,
    "source": str,
}
OF_A_RESULT = dict.fromkeys((*WHERE_READERS, *CAR_READERS, *SAYING))
OF_A_SEASON = dict.fromkeys(SEASON_READERS)
COLUMNS = tuple(OF_A_RESULT | OF_A_SEASON)


def column_of(heading: str) -> str:
    """The column that a heading names, "" for none: “Event slug” is event_slug."""
    name = re.sub(r"[ -]+", "_", formats.fold(heading))
    return name if name in COLUMNS else ""
