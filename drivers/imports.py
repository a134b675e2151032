"""Pasted standings of a championship: what they would change, and saving it.

A table of cells goes in with what each column is, a `Draft` comes out: every line with
what becomes of it and every fault with line and column. A name is looked up by the
function that is given; who is not on the site is kept as printed. What a cell does not
say stays as it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from drivers.models import Driver, StandingsLine, StandingsTable
from racing import formats, history
from racing.formats import FormatError
from racing.tables.columns import Columns, Fault
from racing.tables.reading import TableRow

# What a column of standings may be.
COLUMNS = ("position", "number", "drivers", "team", "points")
NAMING = ("drivers", "team")
# What a line holds, and which column says it.
FACTS = {
    "position": "position",
    "is_tied": "position",
    "driver": "drivers",
    "name": "drivers",
    "number": "number",
    "team": "team",
    "points": "points",
}
MOST_LINES = 200  # the page of the table holds no more
CREATED, CHANGED, LEFT, LEFT_OUT = "created", "changed", "left", "left_out"

# The names in a cell, each with the drivers whom it may mean.
Find = Callable[[str], list[tuple[str, list[Driver]]]]


@dataclass(frozen=True)
class Difference:
    """One fact of a line with what it held and what it will hold."""

    field: str
    old: object
    new: object


@dataclass
class Row:
    """One row of the pasted table, with the line of the standings it becomes."""

    line: int
    cells: tuple[str, ...]
    becomes: StandingsLine | None = None
    differences: tuple[Difference, ...] = ()
    left_out: str = ""

    @property
    def outcome(self) -> str:
        """CREATED, CHANGED, LEFT or LEFT_OUT."""
        if self.becomes is None:
            return LEFT_OUT
        if self.becomes.pk is None:
            return CREATED
        return CHANGED if self.differences else LEFT


@dataclass
class Draft:
    """What saving would do to one table; `missing` are its lines that are not pasted."""

    table: StandingsTable
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    missing: list[StandingsLine] = field(default_factory=list)
    removes_missing: bool = False
    is_known: bool = False

    @property
    def refusals(self) -> list[Fault]:
        return [fault for fault in self.faults if not fault.is_warning]

    def having(self, outcome: str) -> list[Row]:
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def removed(self) -> list[StandingsLine]:
        return self.missing if self.removes_missing else []


# Drafting


def draft(
    table: StandingsTable,
    rows: Sequence[TableRow],
    names: Sequence[str],
    labels,
    find: Find,
    *,
    removes_missing: bool = False,
) -> Draft:
    """What saving the rows would do; one query at most.

    `names` say what each column is, `labels` are the words for them. `table` may be
    unsaved.
    """
    found = Draft(table, removes_missing=removes_missing)
    columns = Columns(names)
    found.faults += _table_faults(rows, columns, labels)
    if found.faults:
        return found
    lines = table.lines.select_related("driver").order_by("pk") if table.pk else ()
    stored = _Stored(list(lines))
    for row in rows:
        _Reader(found, columns, stored, find).read(row)
    found.missing = stored.unused()
    _refuse_shared_places(found, columns)
    found.faults.sort(key=lambda fault: (fault.line or 0, fault.column or 0))
    found.is_known = True
    return found


def _table_faults(rows, columns, labels):
    yield from columns.faults(labels)
    if not any(name in columns for name in NAMING):
        yield Fault(_("No column says who it is: choose the drivers or the team."))
    if not any(name in columns for name in ("position", "points")):
        yield Fault(_("No column says how they stand: choose the position or points."))
    if len(rows) > MOST_LINES:
        sentence = _("Standings have no more than %(most)s lines here, not %(rows)s.")
        yield Fault(sentence % {"most": MOST_LINES, "rows": len(rows)})


class _Stored:
    """The lines of a table by driver, by name, by team; each is found once."""

    def __init__(self, lines: list[StandingsLine]):
        self.lines = lines
        self.by_who = {_who(kept.driver, kept.name, kept.team): kept for kept in lines}
        self.taken = {}

    def take(self, driver, name, team, line):
        """(the stored line or None, the row's line that took it before or None).

        Who was kept as printed and is on the site by now is the same one.
        """
        kept = self.by_who.get(_who(driver, name, team)) or self.by_who.get(
            formats.fold(name)
        )
        if kept is None:
            return None, None
        before = self.taken.setdefault(kept.pk, line)
        return kept, None if before == line else before

    def unused(self):
        return [kept for kept in self.lines if kept.pk not in self.taken]


def _who(driver, name, team):
    """What makes a line the same one: the driver, else the name, else the team."""
    if driver:
        return driver.pk
    return formats.fold(name or team)


class _Reader:
    """Reads one row into its line."""

    def __init__(self, found, columns, stored, find):
        self.found = found
        self.columns = columns
        self.stored = stored
        self.find = find
        self.facts = {}

    def read(self, source: TableRow):
        cells = self.columns.cells(source.cells)
        row = Row(source.line, source.cells)
        self.found.rows.append(row)
        self.row = row
        printed, team = cells.get("drivers", ""), cells.get("team", "")
        if not (printed or team):
            row.left_out = _("The line names nobody.")
            return
        for name, text in cells.items():
            if text:
                self._read_cell(name, text)
        driver = self.facts.get("driver")
        kept, earlier = self.stored.take(driver, printed, team, row.line)
        earlier = earlier or self._written_before(driver, printed or team)
        if earlier:
            sentence = _("%(name)s stands in line %(line)s already.")
            name = driver.name if driver else printed or team
            self._tell("drivers", sentence % {"name": name, "line": earlier})
            row.left_out = sentence % {"name": name, "line": earlier}
            return
        row.becomes = _copy(kept, self.found.table)
        row.differences = tuple(
            Difference(name, getattr(kept, name) if kept else None, value)
            for name, value in self.facts.items()
            if kept is None or getattr(kept, name) != value
        )
        for name, value in self.facts.items():
            setattr(row.becomes, name, value)

    def _read_cell(self, name, text):
        try:
            reader = getattr(self, f"_read_{name}", None)
            if reader:
                reader(text)
        except FormatError as error:
            self._tell(name, str(error))

    def _read_position(self, text):
        position, is_tied = formats.parse_position(text)
        self.facts |= {"position": position, "is_tied": is_tied}

    def _read_points(self, text):
        self.facts["points"] = formats.parse_points(text)

    def _read_number(self, text):
        self._keep("number", "number", text.removeprefix("#").strip())

    def _read_team(self, text):
        self._keep("team", "team", text)

    def _read_drivers(self, text):
        named = self.find(text)
        meant = [drivers for _name, drivers in named if drivers]
        if len(named) == 1 and len(meant) == 1:
            (drivers,) = meant
            if len(drivers) > 1:
                sentence = _("“%(name)s” may be %(drivers)s. Write the whole name.")
                names = ", ".join(driver.name for driver in drivers)
                values = {"name": formats.shown(text), "drivers": names}
                raise FormatError(sentence % values)
            self.facts |= {"driver": drivers[0], "name": ""}
            return
        self._keep("drivers", "name", text)
        if meant:
            sentence = _(
                "Several drivers share this line: it is kept as printed, and no season "
                "of a driver follows it."
            )
            self._tell("drivers", sentence, is_warning=True)

    def _keep(self, column, name, text):
        most = StandingsLine._meta.get_field(name).max_length
        if len(text) > most:
            sentence = _("“%(typed)s” is longer than %(most)s characters.")
            raise FormatError(sentence % {"typed": formats.shown(text), "most": most})
        self.facts[name] = text

    def _written_before(self, driver, name):
        """The line of another new row about the same."""
        for row in self.found.rows:
            line = row.becomes
            if line and _who(line.driver, line.name, line.team) == _who(
                driver, name, ""
            ):
                return row.line
        return None

    def _tell(self, name, sentence, *, is_warning=False):
        column = self.columns.column(name, *NAMING)
        self.found.faults.append(Fault(sentence, self.row.line, column, is_warning))


def _copy(kept, table):
    """The stored line, or a new one, to be written over."""
    line = StandingsLine(table=table)
    if kept is not None:
        for column in StandingsLine._meta.concrete_fields:
            setattr(line, column.attname, getattr(kept, column.attname))
        line.table, line.driver = table, kept.driver
    return line


def _refuse_shared_places(found, columns):
    """Two lines on one position that are not both marked as tied."""
    places = {}
    for row in found.rows:
        if row.becomes and row.becomes.position is not None:
            places.setdefault(row.becomes.position, []).append((row, row.becomes))
    for line in () if found.removes_missing else found.missing:
        if line.position is not None:
            places.setdefault(line.position, []).append((None, line))
    for held in places.values():
        if len(held) > 1 and not all(line.is_tied for _row, line in held):
            for row, line in held:
                if row is None:
                    continue
                others = ", ".join(o.shown_name for _r, o in held if o is not line)
                sentence = _(
                    "%(names)s has this position too. Mark both as tied (=), or "
                    "correct one."
                )
                column = columns.column("position")
                fault = Fault(sentence % {"names": others}, row.line, column)
                found.faults.append(fault)


# Saving


def save(found: Draft, reason: str | None = None):
    """Write a draft, its table first; all of it or nothing.

    Raises ValueError for one with faults.
    """
    if found.refusals or not found.is_known:
        raise ValueError("Standings with faults are not saved.")
    created = [row.becomes for row in found.having(CREATED)]
    changed = [row.becomes for row in found.having(CHANGED)]
    with transaction.atomic():
        if found.table.pk is None:
            found.table._change_reason = reason
            found.table.save()
        history.delete(found.removed, reason)
        # Two lines may change places: nobody holds one while they do.
        moved = StandingsLine.objects.filter(pk__in=[line.pk for line in changed])
        moved.update(position=None, is_tied=False)
        history.update(changed, list(FACTS), reason)
        for line in created:
            line.table = found.table
        history.create(created, reason)
