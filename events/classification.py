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
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from drivers.models import Driver
from events.models import (
    AMENDED,
    FACTS,
    Amendment,
    Entry,
    Result,
    ResultChange,
    ResultDriver,
    Session,
)
from events.rules import Problem, problems
from racing import formats, history

DRIVERS = "drivers"
FREE = ("note_sv", "note_en", "source")  # ours, and no part of the classification
YES = "yes"
NO_AMENDMENT = "Official results change by an amendment."


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
    """One field with what it held and what it will hold; drivers as tuples.

    A ruling makes something else of what was known; the same drivers in another
    order are none.
    """

    field: str
    old: object
    new: object
    is_ruling: bool = False

    @property
    def is_on_record(self):
        """Whether an amendment keeps it."""
        if self.field == DRIVERS:
            return not _are_the_same(self.old, self.new)
        return self.field in FACTS


@dataclass(frozen=True)
class Change:
    """One car's result as it will be; without differences it is left as it is."""

    line: Line
    result: Result
    differences: tuple[Difference, ...]
    is_new: bool


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
    seen = set()
    for line in lines:
        old = by_entry.pop(line.entry.pk, None) if line.entry.pk else None
        change = _change(session, line, old)
        found.changes.append(change)
        found.problems += _misplaced(change, seen)
        found.problems += _unfit(change)
        found.problems += _strangers(change)
        found.problems += _named_twice(change)
    given = [change.result for change in found.changes]
    found.problems += problems([*given, *by_entry.values()], at=given)
    return found


def _change(session, line, old):
    """The result that a line makes of the stored one, which stays as it is."""
    new = Result(session=session, entry=line.entry)
    if old is not None:
        for column in Result._meta.concrete_fields:
            setattr(new, column.attname, getattr(old, column.attname))
        new.session, new.entry = session, line.entry
        new._state.adding = False
    for name, value in line.facts.items():
        setattr(new, name, value)
    rulings = new.rulings(old) if old else ()
    differences = [
        Difference(name, getattr(old, name) if old else None, value, name in rulings)
        for name, value in line.facts.items()
        if old is None or getattr(old, name) != value
    ]
    differences += _credited_anew(line, old)
    return Change(line, new, tuple(differences), is_new=old is None)


def _credited_anew(line, old):
    """The drivers, where a line credits others than the stored result does."""
    if line.drivers is None:
        return
    crew = tuple(line.entry.whole_crew)
    before = tuple(old.all_credited) if old else ()
    after = tuple(line.drivers) or crew
    if after != (before if old else crew):
        is_ruling = bool(before) and not _are_the_same(before, after)
        yield Difference(DRIVERS, before, after, is_ruling)


def _are_the_same(drivers, others):
    """Whether two lists name the same drivers, who need not be saved, in any order."""
    return len(drivers) == len(others) and all(each in others for each in drivers)


def _misplaced(change, seen):
    """A car of another weekend, or one that a line before this one is about."""
    entry, session = change.line.entry, change.result.session
    if entry.event_id != session.event_id:
        sentence = _("This car is entered for another weekend.")
        yield Problem(change.result, "entry", sentence)
    key = entry.pk or id(entry)
    if key in seen:
        yield Problem(change.result, "entry", _("This car is here twice."))
    seen.add(key)


def _unfit(change):
    """Values that their columns cannot hold."""
    for difference in change.differences:
        name, value = difference.field, difference.new
        if name in FACTS and not _is_fit(name, value):
            try:
                Result._meta.get_field(name).clean(value, change.result)
            except ValidationError as error:
                for sentence in error.messages:
                    yield Problem(change.result, name, sentence)


@lru_cache(maxsize=10_000, typed=True)
def _is_fit(name, value):
    """Whether a column can hold a value; most are the same in every session."""
    try:
        Result._meta.get_field(name).clean(value, None)
    except ValidationError:
        return False
    return True


def _strangers(change):
    """Drivers from outside the crew who are credited anew."""
    entry = change.line.entry
    news = [d for d in change.differences if d.field == DRIVERS and entry.pk]
    for difference in news:
        known = [*entry.whole_crew, *difference.old]
        for driver in difference.new:
            if driver not in known:
                sentence = _("%(driver)s is not in the crew of this car.")
                values = {"driver": driver.name}
                yield Problem(
                    change.result, DRIVERS, sentence % values, is_warning=True
                )


def _named_twice(change):
    named = list(change.line.drivers or ())
    for place, driver in enumerate(named):
        if driver in named[:place]:
            sentence = _("%(driver)s is named twice.") % {"driver": driver.name}
            yield Problem(change.result, DRIVERS, sentence)


# Saving


def save(plan: Plan, amendment: Amendment | None = None, reason: str | None = None):
    """Write what a plan says. Raises ValueError for one that must not be saved.

    `amendment` is unsaved and complete but for its session; needed exactly where the
    plan says so. `reason` goes into the history.
    """
    if plan.needs_amendment and amendment is None:
        raise ValueError(NO_AMENDMENT)
    with transaction.atomic():
        _write([plan], reason)
        if plan.needs_amendment:
            _record(plan, amendment, reason)


def save_all(plans: Sequence[Plan], reason: str | None = None):
    """Write plans of any number of sessions; none may need an amendment of its own.

    The number of queries grows with the rows by batches alone. Raises ValueError for
    a plan that must not be saved.
    """
    if any(plan.needs_amendment for plan in plans):
        raise ValueError(NO_AMENDMENT)
    _write(plans, reason)


def _write(plans, reason):
    if any(plan.refusals for plan in plans):
        raise ValueError("A plan with problems is not saved.")
    created = [change for plan in plans for change in plan.created]
    changed = [change for plan in plans for change in plan.changed]
    with transaction.atomic():
        _update(changed, reason)
        history.create([change.result for change in created], reason)
        _forget_credits(_credited(changed), reason)
        _credit(_credited([*created, *changed]), reason)


def _update(changed, reason):
    results = [
        change.result
        for change in changed
        if any(difference.field != DRIVERS for difference in change.differences)
    ]
    # Two cars may change places: nobody holds one while they do.
    for batch in history.batches([result.pk for result in results]):
        moved = Result.objects.filter(pk__in=batch)
        moved.update(position=None, class_position=None)
    fields = {d.field for c in changed for d in c.differences if d.field != DRIVERS}
    history.update(results, fields | {"position", "class_position"}, reason)


def _credited(changes):
    """Those of the changes that say who drove."""
    return [
        change
        for change in changes
        if any(difference.field == DRIVERS for difference in change.differences)
    ]


def _forget_credits(changes, reason):
    for batch in history.batches([change.result.pk for change in changes]):
        history.delete(list(ResultDriver.objects.filter(result__in=batch)), reason)


def _credit(changes, reason):
    """Credit the drivers that the lines name; nobody named is the whole crew."""
    credits = [
        ResultDriver(
            result=change.result,
            driver=driver,
            order=order,
            source=change.result.source,
        )
        for change in changes
        for order, driver in enumerate(change.line.drivers, start=1)
    ]
    history.create(credits, reason)


def _record(plan, amendment, reason):
    amendment.session = plan.session
    amendment._change_reason = reason
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
        if difference.is_on_record
    ]
    history.create(changes, reason)
    if plan.session.classification != AMENDED:
        plan.session.classification = AMENDED
        plan.session._change_reason = reason
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
