"""The way in: rows of careers and championships onto the site, all of it or nothing."""

import gc
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Model

from events.classification import Plan, save_all
from events.imports.career.drafts import Part, Weekend, instances, revise
from events.imports.career.lines import Lines, Seasons
from events.imports.career.rows import Faults, Reading, Row, Where, rows_of
from events.imports.career.site import Options, Site
from events.imports.career.told import Told
from events.imports.career.weekends import Weekends
from events.models import FINAL, OFFICIAL, Result
from racing import history
from racing.history import batches
from racing.progress import Progress, quietly
from racing.tables.reading import Table

MANY = 1_000  # rows, after which a database had better count them


@dataclass
class Report:
    """What an import wrote: counts by model, and how many rows changed nothing."""

    created: Counter[type[Model]] = field(default_factory=Counter)
    changed: Counter[type[Model]] = field(default_factory=Counter)
    left: int = 0


def import_tables(
    tables: Iterable[tuple[str, Table]],
    options: Options | None = None,
    progress: Progress = quietly,
    *,
    is_dry_run: bool = False,
) -> Report:
    """Import tables by the names of their files.

    Raises RefusedError, and nothing is saved.
    """
    faults = Faults()
    with _undisturbed():
        rows = [row for file, table in tables for row in rows_of(file, table, faults)]
        faults.refuse()
        with transaction.atomic():
            report = import_rows(rows, options, progress)
            if is_dry_run:
                transaction.set_rollback(True)
    return report


def import_rows(
    rows: Sequence[Row], options: Options | None = None, progress: Progress = quietly
) -> Report:
    """Import rows, all or nothing; each row learns what it became.

    Raises RefusedError with everything that is wrong, as far as it can be told: what
    stands in rows that cannot be read is not compared with the others.
    """
    with _undisturbed(), transaction.atomic():
        return _Import(options or Options(), progress).run(rows)


@contextmanager
def _undisturbed():
    """Keep Python from looking for garbage: of what an import holds none is, and to
    look through a hundred thousand rows time and again costs a third of the import."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Import:
    def __init__(self, options: Options, progress: Progress):
        self.options = options
        self.progress = progress
        self.faults = Faults()
        self.report = Report()
        self.site = Site(self.faults, options)
        self.weekends = Weekends(self.faults, self.site)
        self.seasons = Seasons(self.faults, self.site)
        self.places: dict[Where, tuple[Weekend | None, Part | None]] = {}

    def run(self, rows):
        reading = Reading(self.faults)
        for row in self.progress("Reading", rows):
            reading.read(row)
        self.site.people.meet(rows)
        told = self.find_seasons(rows)
        concerned = {id(season): season for season in told.values()}.values()
        slugs = (row.values.get("event_slug") for row in rows)
        self.weekends.load(concerned, filter(None, slugs))
        self.seasons.load(concerned)
        for row in self.progress("Sorting", rows):
            if season := told.get(id(row)):
                self.sort(row, season)
        self.faults.refuse()
        self.save_world()
        touched = [
            weekend
            for weekend in self.weekends.all
            if any(part.rows for part in weekend.parts())
        ]
        self.save_cars(touched)
        self.save_results(touched)
        self.save_seasons()
        if self.report.created.total() > MANY:
            history.analyse([*self.report.created])
        return self.report

    def find_seasons(self, rows) -> dict[int, Told]:
        """The season of each row that names one."""
        found = {id(row): self.site.season(row) for row in rows}
        return {key: season for key, season in found.items() if season}

    def sort(self, row: Row, season: Told):
        """Put a row to its session and car, or to its driver."""
        if not row.is_result:
            self.seasons.add(row, season)
            return
        if row.where not in self.places:
            self.places[row.where] = self.find_place(row, season)
        weekend, part = self.places[row.where]
        car = weekend and self.weekends.car(row, weekend)
        if part is None or car is None:
            return
        if car in part.rows:
            place = part.rows[car].place()
            sentence = f"{place} is about this car in the same session."
            column = "number" if "number" in row.cells else "drivers"
            self.faults.add(row, column, sentence)
            return
        part.rows[car] = row

    def find_place(self, row, season) -> tuple[Weekend | None, Part | None]:
        weekend = self.weekends.weekend(row, season)
        return weekend, weekend and self.weekends.part(row, weekend)

    # Writing

    def create(self, items: Sequence[Model]):
        history.create(items, self.options.reason)
        if items:
            self.report.created[type(items[0])] += len(items)

    def write(self, tolds: Iterable[Told]):
        """Write what is new of those told of, and what was filled in."""
        tolds = list(tolds)
        self.create(instances(tolds, are_new=True))
        revise(tolds)
        filled = instances(tolds, are_new=False)
        fields = {name for told in tolds for name in told.filled}
        self.update(filled, fields)

    def update(self, items: Sequence[Model], fields: Iterable[str]):
        history.update(items, fields, self.options.reason)
        if items:
            self.report.changed[type(items[0])] += len(items)

    def save_world(self):
        """What results and seasons refer to, in the order in which it hangs together."""
        site = self.site
        for lookup in (site.classes, site.series, site.teams, site.circuits, site.cars):
            self.create(lookup.new)
        self.create(site.people.new)
        self.write(site.seasons.values())

    def save_cars(self, weekends: list[Weekend]):
        """Weekends with their sessions, cars and crews."""
        self.write(weekend.told for weekend in weekends)
        rounds = [item for weekend in weekends for item in weekend.rounds.values()]
        self.create([item for item in rounds if item.pk is None])
        parts = [part for weekend in weekends for part in weekend.parts()]
        self.write(part.told for part in parts if not part.result_in)
        firsts = [part for part in parts if part.result_in]
        for part in firsts:
            part.session.result_in = part.result_in.session
        self.write(part.told for part in firsts)
        cars = [car for weekend in weekends for car in weekend.cars]
        self.write(car.told for car in cars)
        for car in cars:
            car.hold_crew()
        new = (car for car in cars if car.is_crew_new)
        self.create([place for car in new for place in car.places])

    def save_results(self, weekends: list[Weekend]):
        lines = Lines(self.faults, self.site)
        plans = [
            plan
            for batch in self.progress("Comparing", list(batches(weekends)))
            for plan in lines.plans(batch)
        ]
        self.faults.refuse()
        for plan in plans:
            created, changed = len(plan.created), len(plan.changed)
            self.report.created[Result] += created
            self.report.changed[Result] += changed
            self.report.left += len(plan.changes) - created - changed
        for batch in self.progress("Saving", list(batches(plans))):
            save_all(batch, self.options.reason)
        if self.options.are_official:
            self.make_official(plans)

    def make_official(self, plans: list[Plan]):
        sessions = [plan.session for plan in plans]
        opened = [it for it in sessions if it.classification not in FINAL]
        for session in opened:
            session.classification = OFFICIAL
        self.update(opened, ["classification"])

    def save_seasons(self):
        seasons = self.seasons
        self.create(seasons.created)
        self.update(seasons.changed, seasons.fields)
        self.report.left += seasons.left
