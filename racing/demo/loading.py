"""Filling an empty site with one of the demo's two scenes.

Every row is checked by `full_clean()` before it is saved, so that validators
and constraints speak for the data files as they do for an editor, and its
history names the scene.
"""

import datetime as dt

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from drivers.models import Driver
from events import classification
from events.classification import Line
from events.imports.career.importing import import_rows
from events.imports.career.rows import RefusedError, Row
from events.imports.career.site import Options
from events.imports.facts import said
from racing.demo import files
from racing.demo.files import FOLDER, DataError, Fact
from racing.demo.tables import (
    AMENDMENTS,
    IMPORTED,
    RESULT_CHANGES,
    TABLES,
    Imported,
    List,
    Loaded,
    Table,
)
from racing.models import Record

RACE_WEEK, ARCHIVE = "race-week", "archive"
# The last day of which a scene knows; the archive knows all that there is.
SCENES = {RACE_WEEK: dt.date(2022, 5, 12), ARCHIVE: None}
REASON = "Demo: "


def contents() -> dict[type[Model], int]:
    """How many rows of each kind of content the site holds, the empty kinds left out."""
    models = [model for model in apps.get_models() if issubclass(model, Record)]
    counts = {model: model._base_manager.count() for model in models}
    return {model: count for model, count in counts.items() if count}


def scene_of_the_site() -> str | None:
    """The scene that the site was filled with, or None where it was not."""
    reason = (
        Driver.history.filter(history_change_reason__startswith=REASON)
        .values_list("history_change_reason", flat=True)
        .first()
    )
    return reason.removeprefix(REASON) if reason else None


def fill(scene: str, folder=FOLDER) -> Loaded:
    """Load a scene into an empty database, all of it or nothing.

    Returns the rows by file and key. Raises DataError for a file that cannot be
    used.
    """
    loading = Loading(scene, folder)
    try:
        with transaction.atomic():
            for table in TABLES:
                loading.load(table)
            loading.import_files()
            loading.amend()
    except Exception:
        # The database forgets the photos by itself, the folder does not.
        for photo in loading.loaded.get("photos", {}).values():
            photo.image.storage.delete(photo.image.name)
        raise
    return loading.loaded


class Loading:
    """One scene on its way into the database."""

    def __init__(self, scene, folder):
        self.day = SCENES[scene]
        self.reason = f"{REASON}{scene}"
        self.folder = folder
        self.loaded: Loaded = {}

    def facts(self, table: Table | Imported) -> list[Fact]:
        """What a file says on the day of the scene."""
        rows = files.read(table.name, table.columns, self.folder)
        return files.known(rows, self.day)

    def load(self, table: Table):
        facts = self.facts(table)
        # What points into its own file comes after what it points to.
        own = [column for column, of in table.references.items() if of == table.name]
        facts.sort(key=lambda fact: any(column in fact.cells for column in own))
        done = self.loaded[table.name] = {}
        for fact in facts:
            done[fact.key] = self.make(table, fact)

    def make(self, table, fact):
        """The row of the database that a fact describes, saved."""
        instance = table.model(**self.values(table, fact))
        self.save(instance, table, fact)
        for column, kind in table.lists.items():
            members = self.members(kind, fact, column)
            if kind.through is None:
                getattr(instance, column).set(members)
                continue
            for order, member in enumerate(members, start=1):
                ends = {kind.owner: instance, kind.member: member}
                place = kind.through(**ends, order=order, source=fact.source)
                self.save(place, table, fact)
        return instance

    def values(self, table, fact):
        """Values of the model's fields from a fact's cells."""
        names = {field.name for field in table.model._meta.concrete_fields}
        values = {"source": fact.source}
        if "slug" in names:
            values["slug"] = fact.key
        for column, text in fact.cells.items():
            if column in table.references:
                values[column] = self.find(table.references[column], text, fact, column)
            elif column not in table.lists and column not in table.prepared:
                field = table.model._meta.get_field(column)
                values[column] = fact.parsed(column, field.to_python)
        if table.prepare:
            values |= table.prepare(fact, self.loaded)
        return values

    def members(self, kind: List, fact, column):
        keys = fact.cells.get(column, "").split(";")
        return [
            self.find(kind.of, key.strip(), fact, column) for key in keys if key.strip()
        ]

    def find(self, name, key, fact, column):
        try:
            return self.loaded[name][key]
        except KeyError:
            problem = f"There is no {key!r} in {name} on the day of the scene."
            raise fact.error(problem, column) from None

    def save(self, instance, table, fact):
        self.check(instance, table, fact)
        instance._change_reason = self.reason
        instance.save()

    def check(self, instance, table, fact):
        try:
            instance.full_clean()
        except ValidationError as error:
            raise _first_problem(error, table, fact) from error

    # Results and seasons

    def import_files(self):
        """Results and seasons, by the import that is there for everybody's files.

        It makes nothing else here: whatever they name has a file of its own.
        """
        rows = {
            (table.name, fact.key): _import_row(fact)
            for table in IMPORTED
            for fact in self.facts(table)
        }
        try:
            import_rows([*rows.values()], Options(may_create=False, reason=self.reason))
        except RefusedError as error:
            fault = error.faults[0]
            raise DataError(
                fault.file, fault.line, fault.column, fault.sentence
            ) from error
        for (name, key), row in rows.items():
            self.loaded.setdefault(name, {})[key] = row.made

    # What was decided afterwards

    def amend(self):
        """Let each decision change the results that stood before it."""
        changes = {}
        for fact in self.facts(RESULT_CHANGES):
            changes.setdefault(fact.cells.get("amendment"), []).append(fact)
        done = self.loaded[AMENDMENTS.name] = {}
        for fact in self.facts(AMENDMENTS):
            done[fact.key] = self.decide(fact, changes.pop(fact.key, []))
        for fact, *_others in changes.values():
            key = fact.cells.get("amendment", "")
            self.find(AMENDMENTS.name, key, fact, "amendment")

    def decide(self, fact, changes):
        """An amendment, recorded with what it changed."""
        amendment = AMENDMENTS.model(**self.values(AMENDMENTS, fact))
        self.check(amendment, AMENDMENTS, fact)
        lines = [self.line(change) for change in changes]
        plan = classification.plan(amendment.session, lines)
        for problem in plan.problems:
            raise fact.error(problem.sentence)
        if not plan.needs_amendment:
            raise fact.error("It changes no result that was official.")
        classification.save(plan, amendment, self.reason)
        return amendment

    def line(self, change):
        """What a decision says of one result."""
        key = change.cells.get("result", "")
        result = self.find("results", key, change, "result")
        told = said(change.cells)
        for column, sentence in told.faults.items():
            raise change.error(sentence, column)
        return Line(result.entry, told.facts)


def _import_row(fact: Fact) -> Row:
    """A fact as a row of the import, each cell at the line that it stands in."""
    first = fact.rows[0]
    lines = {column: row.line for column, row in fact.origins.items()}
    cells = fact.cells | {files.SOURCE: fact.source}
    return Row(first.file, first.line, cells, lines)


def _first_problem(error: ValidationError, table: Table, fact: Fact) -> DataError:
    """The first thing that is wrong with a row, at its column where it has one."""
    name, problems = next(iter(error.error_dict.items()))
    messages = " ".join(message for problem in problems for message in problem.messages)
    if name in fact.cells:
        return fact.error(messages, name)
    field = "" if name == "__all__" else f"{name}: "
    return fact.error(field + messages)
