"""A session's classification: what is typed or read, compared with what is stored.

The one way in for results, whether they come from the admin's grid, a pasted table or
a file: `plan` says what would be created, changed and left, and what is wrong;
`save` writes it, all of it or nothing, with its history. Shapes: `Line` in, `Plan`
of `Change`s out. Results that are official change by an `Amendment`, which keeps
every changed fact as it was and as it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from drivers.models import Driver
from events.models import (
    AMENDED,
    FACTS,
    UNKNOWN,
    Amendment,
    Entry,
    Result,
    ResultChange,
    ResultDriver,
    Session,
)
from events.rules import Problem, problems
from racing import formats

DRIVERS = "drivers"
FREE = ("note_sv", "note_en", "source")  # ours, and no part of the classification
YES = "yes"
BATCH = 500


@dataclass(frozen=True)
class Line:
    """What is said about one car.

    `facts` are values of fields of `Result` (FACTS and FREE); one that is absent is
    left as it is. `drivers` are those credited in order: None leaves them as they
    are, () credits the whole crew.
    """

    entry: Entry
    facts: dict[str, object]
    drivers: tuple[Driver, ...] | None = None


@dataclass(frozen=True)
class Difference:
    """One field with what it held and what it will hold; drivers as tuples."""

    field: str
    old: object
    new: object

    @property
    def is_ruling(self):
        """Whether something known becomes something else."""
        return self.field not in FREE and self.old not in (*UNKNOWN, ())


@dataclass(frozen=True)
class Change:
    """One car's result as it will be; without differences it is left as it is."""

    line: Line
    result: Result
    differences: tuple[Difference, ...]

    @property
    def is_new(self):
        return self.result.pk is None


@dataclass
class Plan:
    """What saving would do to one session."""

    session: Session
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def created(self):
        return [change for change in self.changes if change.is_new]

    @property
    def changed(self):
        return [c for c in self.changes if c.differences and not c.is_new]

    @property
    def left(self):
        return [c for c in self.changes if not c.differences and not c.is_new]

    @property
    def refusals(self):
        return [problem for problem in self.problems if not problem.is_warning]

    @property
    def warnings(self):
        return [problem for problem in self.problems if problem.is_warning]

    @property
    def needs_amendment(self):
        """Whether official results would change, and not only be filled in."""
        return self.session.is_official and any(
            difference.is_ruling
            for change in self.changed
            for difference in change.differences
        )


# Planning


def stored_results(sessions: Iterable[Session]) -> dict[int, list[Result]]:
    """The results of sessions by the session's key, with entry, crew and credits.

    Three queries for any number of sessions.
    """
    found = {session.pk: [] for session in sessions}
    for result in Result.objects.filter(session__in=found).with_credits():
        found[result.session_id].append(result)
    return found


def plan(session: Session, lines: Sequence[Line], stored=None) -> Plan:
    """What saving the lines would do; nothing is saved.

    `stored` are the session's results where they have been asked for. Entries need
    their crew (`Entry.objects.with_crew()`), or must be unsaved.
    """
    if stored is None:
        stored = stored_results([session])[session.pk]
    by_entry = {result.entry_id: result for result in stored}
    found = Plan(session)
    for line in lines:
        old = by_entry.pop(line.entry.pk, None) if line.entry.pk else None
        found.changes.append(_change(session, line, old))
    untouched = list(by_entry.values())
    given = {id(change.result) for change in found.changes}
    results = [change.result for change in found.changes]
    found.problems = [
        problem
        for problem in problems([*results, *untouched])
        if id(problem.row) in given
    ]
    for change in found.changes:
        found.problems += _strangers(change)
    return found


def _change(session, line, old):
    """The result that a line makes of the stored one, which stays as it is."""
    new = Result(session=session, entry=line.entry)
    if old is not None:
        for column in Result._meta.concrete_fields:
            setattr(new, column.attname, getattr(old, column.attname))
        new.session, new.entry = session, line.entry
    for name, value in line.facts.items():
        setattr(new, name, value)
    differences = [
        Difference(name, getattr(old, name) if old else None, value)
        for name, value in line.facts.items()
        if old is None or getattr(old, name) != value
    ]
    if line.drivers is not None and not _same_crew(line, old):
        before = tuple(old.credited_drivers) if old else ()
        differences.append(Difference(DRIVERS, before, line.drivers))
    return Change(line, new, tuple(differences))


def _same_crew(line, old):
    """Whether a line credits whom the stored result credits already."""
    now = old.credited_drivers if old else line.entry.crew_drivers
    return list(line.drivers or line.entry.crew_drivers) == list(now)


def _strangers(change):
    crew = {driver.pk for driver in change.line.entry.crew_drivers}
    for driver in change.line.drivers or ():
        if driver.pk not in crew:
            sentence = _("%(driver)s is not in the crew of this car.")
            values = {"driver": driver.name}
            yield Problem(change.result, DRIVERS, sentence % values, is_warning=True)


# Saving


def save(plan: Plan, amendment: Amendment | None = None, reason: str | None = None):
    """Write what a plan says. Raises ValueError for one that must not be saved.

    `amendment` is unsaved and complete but for its session; needed exactly where the
    plan says so. `reason` goes into the history.
    """
    if plan.needs_amendment and amendment is None:
        raise ValueError("Official results change by an amendment.")
    with transaction.atomic():
        save_all([plan], reason)
        if plan.needs_amendment:
            _record(plan, amendment)


def save_all(plans: Sequence[Plan], reason: str | None = None):
    """Write plans of any number of sessions; none may need an amendment of its own.

    The number of queries grows with the rows by batches alone.
    """
    if any(plan.refusals for plan in plans):
        raise ValueError("A plan with problems is not saved.")
    created = [change for plan in plans for change in plan.created]
    changed = [change for plan in plans for change in plan.changed]
    options = {"batch_size": BATCH, "default_change_reason": reason}
    with transaction.atomic():
        if changed:
            _update(changed, options)
        if created:
            results = [change.result for change in created]
            bulk_create_with_history(results, Result, **options)
        _credit([*created, *changed], options)


def _update(changed, options):
    results = [change.result for change in changed]
    # Two cars may change places: nobody holds one while they do.
    moved = Result.objects.filter(pk__in=[result.pk for result in results])
    moved.update(position=None, class_position=None)
    fields = {d.field for c in changed for d in c.differences if d.field != DRIVERS}
    fields |= {"position", "class_position"}
    bulk_update_with_history(results, Result, sorted(fields), **options)


def _credit(changes, options):
    """Credit the drivers that the lines name; nobody named is the whole crew."""
    credited = {
        change.result.pk: change
        for change in changes
        if any(difference.field == DRIVERS for difference in change.differences)
    }
    for credit in ResultDriver.objects.filter(result__in=credited):
        credit._change_reason = options["default_change_reason"]
        credit.delete()
    credits = [
        ResultDriver(result=change.result, driver=driver, order=order)
        for change in credited.values()
        for order, driver in enumerate(change.line.drivers, start=1)
    ]
    if credits:
        bulk_create_with_history(credits, ResultDriver, **options)


def _record(plan, amendment):
    amendment.session = plan.session
    amendment.save()
    changes = [
        ResultChange(
            amendment=amendment,
            result=change.result,
            field=difference.field,
            old=as_text(difference.old),
            new=as_text(difference.new),
        )
        for change in plan.changed
        for difference in change.differences
        if difference.field in (*FACTS, DRIVERS)
    ]
    bulk_create_with_history(changes, ResultChange)
    if plan.session.classification != AMENDED:
        plan.session.classification = AMENDED
        plan.session.save()


# Facts as texts, as an amendment keeps them


def as_text(value: object) -> str:
    """A fact as an amendment keeps it: ``3``, ``12.5``, ``yes``, names; "" for nothing."""
    if value is None or value is False:
        return ""
    if value is True:
        return YES
    if isinstance(value, Decimal):
        return formats.points(value, "en")
    if isinstance(value, (tuple, list)):
        return ", ".join(driver.name for driver in value)
    return str(value)


def from_text(name: str, text: str) -> object:
    """The value of a fact of FACTS that `as_text` wrote."""
    column = Result._meta.get_field(name)
    if column.get_internal_type() == "BooleanField":
        return text == YES
    if not text:
        return None if column.null else ""
    return column.to_python(text)
