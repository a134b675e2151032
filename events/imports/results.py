"""A timing table of one session, and what saving it would do.

A `Table` and a `Reading` (what each column is) go in, a `Draft` comes out: for every
row the car and what becomes of its result, every fault with line and column, and the
plan that `save` writes, all of it or nothing.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.utils.translation import gettext as _

from events import classification
from events.classification import DRIVERS, Change, Line, Plan, as_text
from events.imports import facts as cells_to_facts
from events.imports.cars import Site, Weekend, save_new, weekends
from events.imports.facts import SAYING, TIMES, fitted, has_long_times
from events.imports.headings import FIELDS, headed, recognise
from events.imports.matching import Match, Matcher
from events.models import (
    IN_CLASS,
    OVERALL,
    PRACTICE,
    QUALIFYING,
    TEST,
    Result,
    Session,
)
from racing.tables.columns import Columns, Fault
from racing.tables.reading import Table, TableRow

MOST_CARS = 500  # rows of one session's table
# Columns that say which car it is, of which one is needed.
NAMING = ("number", "drivers")
# Whose columns a fact of a result may come from, the first one there is.
_COLUMNS = {
    "position": ("position",),
    "is_tied": ("position",),
    "class_position": ("class_position", "position"),
    "is_tied_in_class": ("class_position", "position"),
    "status": ("status", "position", "class_position"),
    "is_classified": ("status", "position"),
    "time_ms": ("time", "gap"),
    "gap": ("gap", "time", "status"),
    "best_lap_ms": ("best_lap",),
}

CREATED, CHANGED, LEFT, LEFT_OUT = "created", "changed", "left", "left_out"


@dataclass(frozen=True)
class Reading:
    """How a table is read: a name of FIELDS or "" for each column, and what counts.

    `positions` says whether the column of positions counts the whole field or each
    class. `source` is kept with what is created or changed.
    """

    columns: tuple[str, ...]
    positions: str = OVERALL
    enters_cars: bool = False
    source: str = ""


@dataclass
class Row:
    """One row of the table with what becomes of it."""

    line: int
    cells: tuple[str, ...]
    match: Match
    change: Change | None = None

    @property
    def outcome(self) -> str:
        """CREATED, CHANGED, LEFT or LEFT_OUT."""
        if self.change is None:
            return LEFT_OUT
        if self.change.is_new:
            return CREATED
        return CHANGED if self.change.differences else LEFT


@dataclass
class Draft:
    """What saving a table would do to one session; nothing is saved yet."""

    session: Session
    weekend: Weekend
    site: Site
    stored: Sequence[Result]
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    plan: Plan | None = None

    @property
    def refusals(self) -> list[Fault]:
        return [fault for fault in self.faults if not fault.is_warning]

    @property
    def warnings(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.is_warning]

    @property
    def needs_amendment(self) -> bool:
        return self.plan is not None and self.plan.needs_amendment

    def having(self, outcome: str) -> list[Row]:
        return [row for row in self.rows if row.outcome == outcome]

    def fingerprint(self) -> str:
        """The same for two drafts that would save the same and say the same."""
        rows = [
            [
                row.line,
                row.outcome,
                row.match.is_new and as_text(self.weekend.crew(row.match.entry)),
                row.match.entry and [row.match.entry.pk, row.match.entry.number],
                *([d.field, as_text(d.old), as_text(d.new)] for d in _news(row)),
            ]
            for row in self.rows
        ]
        whole = [self.session.classification, rows, [str(f) for f in self.faults]]
        return hashlib.sha256(json.dumps(whole).encode()).hexdigest()


def _news(row):
    return row.change.differences if row.change else ()


# Which column is what


def recognised(table: Table, session: Session) -> tuple[str, ...]:
    """A name of FIELDS for each column, "" where it is not known."""
    return fit_for(session, recognise(table))


def fit_for(session: Session, names: Sequence[str]) -> tuple[str, ...]:
    """The names for a session: where cars do not race, the time is the best lap's."""
    if session.kind in (PRACTICE, QUALIFYING, TEST) and "best_lap" not in names:
        return tuple("best_lap" if name == "time" else name for name in names)
    return tuple(names)


def counts_in_class(columns: Sequence[str]) -> bool:
    """Whether a choice is to be made of what the positions count."""
    return "position" in columns and "class_position" not in columns


# Drafting


def draft(
    session: Session,
    table: Table,
    reading: Reading,
    site=None,
    weekend=None,
    stored=None,
) -> Draft:
    """What saving the table would do; the same number of queries for any rows.

    `site`, `weekend` and `stored` are what they are made of where it has been asked
    for; new cars are kept in them, so that the sessions of a weekend share them.
    """
    table = headed(table)
    if stored is None:
        stored = classification.stored_results([session])[session.pk]
    if weekend is None:
        weekend = weekends([session.event])[session.event_id]
    found = Draft(session, weekend, site or Site(), stored)
    columns = Columns(reading.columns)
    found.faults += _table_faults(table, columns)
    if not found.faults:
        _read(found, table.rows, columns, reading)
    return found


def _table_faults(table, columns):
    """What stands in the way of reading any row."""
    yield from columns.faults(FIELDS, several=[DRIVERS])
    if not any(name in columns for name in NAMING):
        yield Fault(
            _("No column says which car it is: choose the start number or the drivers.")
        )
    if not any(name in columns for name in SAYING):
        yield Fault(
            _("No column says what a car did: choose the position or another result.")
        )
    if len(table.rows) > MOST_CARS:
        sentence = _(
            "A session has no more than %(most)s cars, the table %(rows)s rows."
        )
        values = {"most": MOST_CARS, "rows": len(table.rows)}
        yield Fault(sentence % values)


def _read(found, rows: Sequence[TableRow], columns: Columns, reading):
    cells = [columns.cells(row.cells) for row in rows]
    matcher = Matcher(
        found.site,
        found.weekend,
        [said.get("number", "") for said in cells],
        enters_cars=reading.enters_cars,
    )
    by_entry = {result.entry_id: result for result in found.stored}
    is_long = has_long_times(said.get("time", "") for said in cells)
    has = tuple(name for name in TIMES if name in columns)
    first = {}
    lines = []
    for row, said in zip(rows, cells, strict=True):
        match = matcher.match(said)
        found.rows.append(Row(row.line, row.cells, match))
        _tell(found, row.line, columns, match.faults)
        _tell(found, row.line, columns, match.doubts, is_warning=True)
        if match.entry is None:
            continue
        if (earlier := first.setdefault(id(match.entry), row.line)) != row.line:
            _tell_twice(found, row.line, columns, match, earlier)
            continue
        in_class = reading.positions == IN_CLASS
        facts = cells_to_facts.said(said, in_class=in_class, has_long_times=is_long)
        _tell(found, row.line, columns, facts.faults)
        old = by_entry.get(match.entry.pk) if match.entry.pk else None
        line = Line(match.entry, fitted(facts, old, has), match.drivers)
        lines.append((found.rows[-1], line))
    _plan(found, lines, columns, reading.source)


def _plan(found, lines, columns, source):
    """Ask the classification what it makes of the lines, and tell it by the rows."""
    found.plan = _planned(found, lines)
    if source:
        news = zip(lines, found.plan.changes, strict=True)
        lines = [
            (row, _with_source(line, source) if change.differences else line)
            for (row, line), change in news
        ]
        found.plan = _planned(found, lines)
    by_result = {}
    for (row, _line), change in zip(lines, found.plan.changes, strict=True):
        row.change = change
        by_result[id(change.result)] = row
    for problem in found.plan.problems:
        names = _COLUMNS.get(problem.field, (problem.field,))
        found.faults.append(
            Fault(
                problem.sentence,
                by_result[id(problem.row)].line,
                columns.column(*names),
                problem.is_warning,
            )
        )
    found.faults.sort(key=lambda fault: (fault.line or 0, fault.column or 0))


def _planned(found, lines):
    lines = [line for _row, line in lines]
    return classification.plan(found.session, lines, found.stored)


def _with_source(line, source):
    return replace(line, facts={"source": source} | line.facts)


def _tell(found, line, columns, sentences, *, is_warning=False):
    for name, sentence in sentences.items():
        column = columns.column(name)
        found.faults.append(Fault(sentence, line, column, is_warning))


def _tell_twice(found, line, columns, match, earlier):
    sentence = _("%(car)s stands in line %(line)s already.")
    values = {"car": str(match.entry), "line": earlier}
    column = columns.column(*NAMING)
    found.faults.append(Fault(sentence % values, line, column))
    match.entry, match.left_out = None, sentence % values


# Saving


def save(found: Draft, amendment=None, reason: str | None = None):
    """Write one draft; `amendment` as `classification.save` wants it.

    Raises ValueError for one that must not be saved.
    """
    _refuse([found])
    with transaction.atomic():
        save_new(found.site, [found.weekend], reason)
        classification.save(found.plan, amendment, reason)


def save_all(found: Iterable[Draft], reason: str | None = None):
    """Write drafts that share a site; the queries grow with the rows by batches alone.

    None may change official results. Raises ValueError for what must not be saved.
    """
    found = list(found)
    _refuse(found)
    if any(draft.needs_amendment for draft in found):
        raise ValueError("Official results change by an amendment.")
    new = {id(draft.weekend): draft.weekend for draft in found}
    sites = {id(draft.site): draft.site for draft in found}
    with transaction.atomic():
        for site in sites.values():
            save_new(site, new.values(), reason)
        classification.save_all([draft.plan for draft in found], reason)


def _refuse(drafts):
    if any(draft.refusals for draft in drafts):
        raise ValueError("A table with faults is not saved.")
