"""Filling an empty site with one of the demo's two scenes.

Every row is checked before it is saved, by its model and by the constraints of the
database, so that they speak for the data files as they do for an editor, and its
history names the scene.
"""

import datetime as dt
from contextlib import contextmanager

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from drivers.models import Driver
from events import classification, releases
from events.classification import Line
from events.imports.career.importing import import_rows
from events.imports.career.rows import RefusedError, Row
from events.imports.career.site import Options
from events.imports.facts import said
from racing import history
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
            loading.publish()
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
        pointing = [fact for fact in facts if any(name in fact.cells for name in own)]
        self.loaded[table.name] = {}
        self.make(table, [fact for fact in facts if fact not in pointing])
        for fact in pointing:
            self.make(table, [fact])

    def make(self, table, facts):
        """The rows of the database that facts describe, saved, with their lists."""
        made = [
            (table.model(**self.values(table, fact)), table, fact) for fact in facts
        ]
        self.save(made)
        self.loaded[table.name] |= {fact.key: row for row, _table, fact in made}
        for column, kind in table.lists.items():
            places = []
            for row, _table, fact in made:
                members = self.members(kind, fact, column)
                if kind.through is None:
                    getattr(row, column).set(members)
                else:
                    places += [
                        (place, table, fact)
                        for place in _places(kind, row, members, fact.source)
                    ]
            self.save(places)

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

    def save(self, made):
        """Save rows, each with its table and fact, all at once.

        The database holds them to the rules that speak of other rows; what it refuses
        is found by saving one after the other.
        """
        for instance, table, fact in made:
            self.check(instance, table, fact)
        try:
            with transaction.atomic():
                history.create([instance for instance, *_where in made], self.reason)
        except IntegrityError:
            for instance, table, fact in made:
                instance.pk, instance._state.adding = None, True
                self.check_rules(instance, table, fact)
                instance.save()
            raise

    def check(self, instance, table, fact):
        """Refuse a value that is none; whatever it refers to has just been loaded."""
        related = [f.name for f in instance._meta.fields if f.is_relation]
        with _told_at(table, fact):
            instance.clean_fields(exclude=related)
            instance.clean()

    def check_rules(self, instance, table, fact):
        with _told_at(table, fact):
            instance.full_clean()

    def publish(self):
        """Let the timetables of weekends to come be published, as an editor's are."""
        for event in self.loaded["events"].values():
            if self.day and not event.is_over(self.day):
                releases.tell_of_sessions(event)

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
        self.check_rules(amendment, AMENDMENTS, fact)
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


def _places(kind, row, members, source):
    """The places of a list that keeps an order."""
    return [
        kind.through(
            **{kind.owner: row, kind.member: member}, order=order, source=source
        )
        for order, member in enumerate(members, start=1)
    ]


@contextmanager
def _told_at(table: Table, fact: Fact):
    """Tell what a model refuses at the line of its fact."""
    try:
        yield
    except ValidationError as error:
        raise _first_problem(error, table, fact) from error


def _first_problem(error: ValidationError, table: Table, fact: Fact) -> DataError:
    """The first thing that is wrong with a row, at its column where it has one."""
    name, problems = next(iter(error.error_dict.items()))
    messages = " ".join(message for problem in problems for message in problem.messages)
    if name in fact.cells:
        return fact.error(messages, name)
    field = "" if name == "__all__" else f"{name}: "
    return fact.error(field + messages)
