"""What rows say of results and of seasons, made into lines and records to save."""

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch

from drivers.models import COUNTED, TYPED, CareerResult
from events.career import FIGURES
from events.classification import DRIVERS, Line, Plan, plan
from events.imports.career.drafts import Car, Part, Weekend
from events.imports.career.rows import Faults, Row
from events.imports.career.site import Site
from events.imports.career.told import Told, check
from events.imports.facts import fitted
from events.models import Result, ResultDriver
from racing.history import batches

# The column of a field of a result, where it has another name.
_COLUMNS = {
    "is_classified": "status",
    "is_tied": "position",
    "is_tied_in_class": "class_position",
    "time_ms": "time",
    "best_lap_ms": "best_lap",
    DRIVERS: "credited",
}
_TIMES = ("time", "gap")

OFFICIAL = (
    "These results are official. Change them on the page “Classification” of the "
    "session, which asks for the decision behind the change."
)


# Results


class Lines:
    """Plans for the sessions of weekends that are saved, with their cars."""

    def __init__(self, faults: Faults, site: Site):
        self.faults = faults
        self.site = site

    def plans(self, weekends: list[Weekend]) -> Iterator[Plan]:
        """A plan for each session that rows speak of; what is wrong becomes faults.

        Two queries for all of them.
        """
        parts = [part for weekend in weekends for part in weekend.parts() if part.rows]
        stored = self._stored(weekends, parts)
        for part in parts:
            yield self._plan(part, stored.get(part.session.pk, []))

    def _stored(self, weekends, parts):
        """{session: results} of sessions that were there before, with their credits."""
        sessions = {p.session.pk: p.session for p in parts if not p.told.is_new}
        entries = {car.entry.pk: car.entry for w in weekends for car in w.cars}
        found = {}
        credits = Prefetch("credits", ResultDriver.objects.order_by("order", "pk"))
        results = Result.objects.filter(session__in=sessions).prefetch_related(credits)
        for result in results.order_by("pk"):
            result.session = sessions[result.session_id]
            result.entry = entries[result.entry_id]
            for credit in result.credits.all():
                credit.driver = self.site.people.by_key[credit.driver_id]
            found.setdefault(result.session_id, []).append(result)
        return found

    def _plan(self, part: Part, stored: list[Result]) -> Plan:
        by_entry = {result.entry_id: result for result in stored}
        lines, rows = [], []
        for car, row in part.rows.items():
            lines.append(self._line(car, row, by_entry.get(car.entry.pk)))
            rows.append(row)
        found = plan(part.session, lines, stored)
        by_result = {}
        for change, row in zip(found.changes, rows, strict=True):
            by_result[id(change.result)] = row
            row.made = change.result
        for problem in found.problems:
            row = by_result[id(problem.row)]
            column = _COLUMNS.get(problem.field, problem.field)
            self.faults.add(row, column, problem.sentence)
        if found.needs_amendment:
            self._refuse_rulings(found, by_result)
        return found

    def _line(self, car: Car, row: Row, stored: Result | None) -> Line:
        drivers = None
        if "credited" in row.values:
            names = row.values["credited"]
            drivers = self.site.people.find_all(row, "credited", names)
        return Line(car.entry, fitted(row.said, stored, _TIMES), drivers)

    def _refuse_rulings(self, found, by_result):
        for change in found.changed:
            for difference in change.differences:
                if difference.is_ruling:
                    column = _COLUMNS.get(difference.field, difference.field)
                    self.faults.add(by_result[id(change.result)], column, OFFICIAL)
                    break


# Seasons


_FIELDS = {
    "number": "number",
    "rounds": "rounds",
    "championship_position": "position",
    "championship_points": "points",
    "after_round": "after_round",
    "totals": "totals",
    **{figure: figure for figure in FIGURES},
    "note_sv": "note_sv",
    "note_en": "note_en",
    "source": "source",
}
_AT = {field: column for column, field in _FIELDS.items()}
# What is never more than what, as constraints of the model have it.
_NO_MORE_THAN = (
    ("wins", "podiums"),
    ("podiums", "starts"),
    ("poles", "starts"),
    ("fastest_laps", "starts"),
)


class Seasons:
    """Seasons of drivers' careers: a row sets what it says and leaves the rest."""

    def __init__(self, faults: Faults, site: Site):
        self.faults = faults
        self.site = site
        self.created: list[CareerResult] = []
        self.changed: list[CareerResult] = []
        self.fields: set[str] = set()
        self.left = 0
        self._stored: dict[tuple[int, int], CareerResult] = {}
        self._rows: dict[tuple[str, str, int], Row] = {}

    def load(self, seasons: Iterable[Told]):
        keys = [told.instance.pk for told in seasons if not told.is_new]
        for batch in batches(keys):
            for record in CareerResult.objects.filter(season__in=batch):
                self._stored[record.driver_id, record.season_id] = record

    def add(self, row: Row, season: Told):
        """Make or change the season that a row speaks of."""
        driver = self._driver(row)
        if driver is None:
            return
        key = driver.slug, season.instance.series.slug, season.instance.year
        if key in self._rows:
            place = self._rows[key].place()
            self.faults.add(row, "driver", f"{place} is about this season already.")
            return
        self._rows[key] = row
        record = self._stored.get((driver.pk, season.instance.pk))
        is_new = record is None
        record = record or CareerResult(driver=driver, season=season.instance)
        values = self._values(row)
        if is_new and "totals" not in values:
            typed = values.keys() & set(FIGURES)
            values["totals"] = TYPED if typed else COUNTED
        elif values.get("totals") == COUNTED:
            values |= {figure: values.get(figure) for figure in FIGURES}
        changed = {name for name, new in values.items() if getattr(record, name) != new}
        for name in changed:
            setattr(record, name, values[name])
        self._check(row, record)
        row.made = record
        self._keep(record, is_new, changed)

    def _keep(self, record, is_new, changed):
        if is_new:
            self.created.append(record)
        elif changed:
            self.changed.append(record)
            self.fields |= changed
        else:
            self.left += 1

    def _driver(self, row):
        if "driver" not in row.cells:
            sentence = (
                "The cell is empty. A result needs a session; a row without one is a "
                "season and needs a driver."
            )
            self.faults.add(row, "driver", sentence)
        if "driver" not in row.values:
            return None
        found = self.site.people.find_all(row, "driver", row.values["driver"])
        return found and found[0]

    def _values(self, row):
        """{field: value} of what a row says."""
        values = {
            field: row.values[column]
            for column, field in _FIELDS.items()
            if column in row.values
        }
        for column, find in (("team", self.site.team), ("car", self.site.car)):
            if column in row.values and (found := find(row)):
                values[column] = found
        return values

    def _check(self, row, record):
        check(record, self.faults, row, _AT)
        figures = {figure: getattr(record, figure) for figure in FIGURES}
        typed = [figure for figure, value in figures.items() if value is not None]
        if record.totals == COUNTED and typed:
            sentence = _sentence("counted_totals_are_not_typed_too")
            self.faults.add(row, typed[0], sentence)
        for few, many in _NO_MORE_THAN:
            if None not in (figures[few], figures[many]) and (
                figures[few] > figures[many]
            ):
                sentence = _sentence(f"{few}_are_no_more_than_{many}")
                self.faults.add(row, few, sentence)


def _sentence(name):
    """What a constraint of the model says when it is broken."""
    (constraint,) = (it for it in CareerResult._meta.constraints if it.name == name)
    return str(constraint.violation_error_message)
