"""Careers as charts: the place in the championship by season, the place race by race."""

from django.utils.translation import gettext as _

from events.career import Career, SeasonLine
from events.matrix import DASH, Cell, Row
from events.statuses import CODES, RESULT_STATUSES
from racing import words
from racing.charts.charts import Chart
from racing.charts.plots import Point

MOST_NAMED = 3  # of the races with the best place


def of_seasons(career: Career) -> Chart | None:
    """The places in championships by season, or None where none is known."""
    lines = sorted(career.lines, key=lambda line: line.season.year)
    placed = [line for line in lines if line.position is not None]
    if not placed:
        return None
    return Chart(
        title=_("Place in the championship, season by season"),
        description=" ".join(_told_of_seasons(lines, placed)),
        points=tuple(map(_season, lines)),
        heading=_("Season"),
    )


def _season(line: SeasonLine) -> Point:
    return Point(
        label=str(line.season.year),
        value=line.position,
        under=line.season.series.short_name,
        name=str(line.season),
        is_tied=line.is_tied,
        is_open=not line.season.is_over,
    )


def _told_of_seasons(lines, placed):
    best = min(line.position for line in placed)
    seasons = [str(line.season) for line in placed if line.position == best]
    yield _("The best place is %(place)s: %(where)s.") % {
        "place": words.place(best),
        "where": ", ".join(seasons),
    }
    if len(placed) < len(lines):
        yield _("A dash stands where the place is not known.")
    if any(not line.season.is_over for line in placed):
        yield _("A hollow mark is a place in a season that is still running.")


def of_races(row: Row) -> Chart | None:
    """The places of a season race by race, or None where none is known."""
    cells = [cell for cell in row.cells if cell.is_of_driver]
    if not any(cell.place for cell in cells):
        return None
    return Chart(
        title=_("%(season)s, race by race") % {"season": row.season},
        description=" ".join(_told_of_races(cells)),
        points=tuple(map(_race, cells)),
        heading=_("Race"),
    )


def _race(cell: Cell) -> Point:
    return Point(
        label=cell.circuit,
        value=cell.place,
        note="" if cell.place or cell.sign == DASH else cell.sign,
        name=cell.where,
        is_tied=cell.is_tied,
    )


def _told_of_races(cells):
    best = min(cell.place for cell in cells if cell.place)
    races = [cell.where for cell in cells if cell.place == best]
    if len(races) > MOST_NAMED:
        sentence = _("The best place is %(place)s, in %(races)s of %(all)s races.")
        yield sentence % {
            "place": words.place(best),
            "races": words.number(len(races)),
            "all": words.number(len(cells)),
        }
    else:
        yield _("The best place is %(place)s: %(where)s.") % {
            "place": words.place(best),
            "where": "; ".join(races),
        }
    signs = {cell.sign for cell in cells if not cell.place}
    for status, code in CODES.items():
        if code in signs:
            yield f"{code}: {RESULT_STATUSES[status]}."
    if DASH in signs:
        yield _("A dash stands where the place is not known.")
