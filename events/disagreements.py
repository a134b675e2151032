"""Where a season that is typed and what else is on the site do not agree.

What is not known contradicts nothing: a season without rows is silent, and so is a
pole that one of the races may have had.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from drivers.models import TYPED, Driver
from events.career import SeasonLine, careers
from events.counting import FIGURES

POSITION, POINTS = "position", "points"
ROWS_MISSING, ROWS_SHOW_MORE = "rows_missing", "rows_show_more"
ROWS_SHOW_FEWER, TABLE_DIFFERS = "rows_show_fewer", "table_differs"


@dataclass(frozen=True)
class Disagreement:
    """A typed fact of a season that the rows or the standings on the site contradict.

    `figure` is one of FIGURES with `found` counted from the rows, or POSITION or
    POINTS with `found` as the final table has it. `meaning` is ROWS_MISSING where
    not all races are on the site, ROWS_SHOW_MORE or ROWS_SHOW_FEWER where typed
    total and rows cannot both be right, or TABLE_DIFFERS.
    """

    line: SeasonLine
    figure: str
    typed: int | Decimal
    found: int | Decimal
    meaning: str


def disagreements(at=None) -> list[Disagreement]:
    """Everything typed that the site contradicts, driver by driver.

    The same number of queries for any number of drivers.
    """
    drivers = Driver.objects.filter(
        Q(career__totals=TYPED)
        | Q(career__position__isnull=False)
        | Q(career__points__isnull=False)
    ).distinct()
    found = []
    for career in careers(sorted(drivers, key=Driver.sort_key), at).values():
        for line in career.lines:
            found += [*_of_rows(line), *_of_table(line)]
    return found


def _of_rows(line):
    if not line.is_typed or not line.races:
        return
    races = line.races.values()
    for figure in FIGURES:
        typed = getattr(line.totals, figure)
        found = sum(race.counts_as(figure) for race in races)
        most = found + sum(race.may_count_as(figure) for race in races)
        if typed is None or found <= typed <= most:
            continue
        yield Disagreement(line, figure, typed, found, _meaning(line, typed, found))


def _meaning(line, typed, found):
    if found > typed:
        return ROWS_SHOW_MORE
    started = sum(race.may_have_started for race in line.races.values())
    is_complete = line.totals.starts is not None and started >= line.totals.starts
    return ROWS_SHOW_FEWER if is_complete else ROWS_MISSING


def _of_table(line):
    table, record = line.standing, line.record
    if table is None or table.table.after_round is not None:
        return
    if record.after_round is not None and not line.is_final:
        return
    for figure in (POSITION, POINTS):
        typed, found = getattr(record, figure), getattr(table, figure)
        if None not in (typed, found) and typed != found:
            yield Disagreement(line, figure, typed, found, TABLE_DIFFERS)
