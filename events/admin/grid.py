"""The grid of a classification: a row a car, a box a fact, each read where it stands.

A row keeps what was typed as it was typed. Its `line` holds what that means for the
boxes that were touched; what nobody touched is left as it is stored.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drivers.models import Driver
from events import classification
from events.admin import cells
from events.classification import FREE, Line, Plan
from events.driver_names import Names
from events.models import BEST, CLASSIFIED, RETIRED, Entry, ResultChange, Session
from racing import formats
from racing.formats import FormatError
from racing.forms import LongTextField

# The boxes of a row in the order of the tab key; what is folded away comes last.
FOLDED = ("note_sv", "note_en", "source")
LONGEST_NAMES = ResultChange._meta.get_field("new").max_length


def box(label, *, size, **attrs):
    """A text box in a column of the grid, in which the arrow keys lead on."""
    plain = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
    widget = forms.TextInput(attrs=plain | {"size": size} | attrs)
    return forms.CharField(label=label, required=False, widget=widget)


def best(label):
    return forms.ChoiceField(
        label=label, required=False, choices=[("", "–"), *BEST.items()]
    )


@dataclass(frozen=True)
class Question:
    """Something that is saved only once it is confirmed: a box to tick at its row."""

    name: str
    value: str
    text: str
    is_answered: bool


class RowForm(forms.Form):
    """What one car did in the session, as it is typed."""

    position = box(gettext_lazy("Position"), size=4)
    class_position = box(gettext_lazy("In class"), size=4)
    status = box(gettext_lazy("Status"), size=5)
    grid = box(gettext_lazy("Grid"), size=3, inputmode="numeric")
    laps = box(gettext_lazy("Laps"), size=4, inputmode="numeric")
    time = box(gettext_lazy("Time or gap"), size=11)
    best_lap = box(gettext_lazy("Best lap"), size=8)
    points = box(gettext_lazy("Points"), size=5, inputmode="decimal")
    pole = best(gettext_lazy("Pole"))
    fastest_lap = best(gettext_lazy("Fastest lap"))
    drivers = box(gettext_lazy("Drivers"), size=22)
    note_sv = LongTextField(
        label=gettext_lazy("Note in Swedish"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note_en = LongTextField(
        label=gettext_lazy("Note in English"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    source = LongTextField(
        label=gettext_lazy("Source"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data=None,
        *,
        entry: Entry,
        session: Session,
        result=None,
        names: Callable[[], Names],
        has_classes=True,
    ):
        credits = result.credits.all() if result else ()
        super().__init__(
            data,
            prefix=f"car-{entry.pk}",
            initial=cells.texts(result, [credit.driver for credit in credits]),
        )
        self.entry, self.session, self.result = entry, session, result
        self.names = names
        self.facts, self.drivers, self.questions = {}, None, []
        crew = ", ".join(driver.name for driver in entry.whole_crew)
        self.fields["drivers"].widget.attrs["placeholder"] = crew
        if not has_classes:
            del self.fields["class_position"]
        for name, field in self.fields.items():
            if name not in FOLDED:
                field.widget.attrs["data-box"] = name
        if self.is_bound:
            self.full_clean()

    @property
    def name(self):
        """What the car is called in sentences: ``#120``, or its make."""
        number = self.entry.number
        return f"#{number}" if number else str(self.entry)

    @property
    def crew(self):
        """The surnames of the crew; the whole names stand in the box for drivers."""
        return ", ".join(driver.last_name for driver in self.entry.whole_crew)

    # What the row is

    @cached_property
    def is_empty(self):
        """Whether nothing is typed in it."""
        return not any(
            self.data.get(self.add_prefix(name), "").strip() for name in self.fields
        )

    @property
    def is_leaving(self):
        """Whether a stored result has been cleared from every box."""
        return self.is_bound and bool(
            self.result and self.is_empty and self.has_changed()
        )

    @property
    def is_kept(self):
        """Whether the car has a result, or gets one."""
        return bool(self.result or not self.is_empty) and not self.is_leaving

    @property
    def line(self) -> Line:
        return Line(self.entry, self.facts, self.drivers)

    # Reading

    def clean(self):
        if self.is_leaving:
            self._let_go()
            return
        changed = set(self.changed_data)
        if changed & set(cells.PLACE):
            self._read_place()
        for name in changed & set(cells.READERS):
            self.facts |= self._read(name, lambda text, n=name: cells.read(n, text), {})
        for name in changed & {"pole", "fastest_lap", *FREE}:
            self.facts[name] = self.cleaned_data.get(name, "")
        if "drivers" in changed:
            self.drivers = self._read("drivers", self._find_drivers, None)

    def _read(self, name, reader, otherwise):
        """What a box says, or a problem told at it."""
        try:
            return reader(self.cleaned_data.get(name, ""))
        except FormatError as error:
            self.add_error(name, str(error))
            return otherwise

    def _read_place(self):
        nothing = (None, False, None)
        position, tied, first = self._read("position", cells.read_position, nothing)
        in_class, tied_in_class, second = nothing
        if "class_position" in self.fields:
            in_class, tied_in_class, second = self._read(
                "class_position", cells.read_position, nothing
            )
        third = self._read("status", cells.read_status, None)
        if self.errors.keys() & set(cells.PLACE):
            return
        status, is_classified = self._outcome(
            [said for said in (first, second, third) if said],
            is_placed=position is not None or in_class is not None,
        )
        self.facts |= {
            "status": status,
            "is_classified": is_classified,
            "position": position,
            "is_tied": tied,
            "class_position": in_class,
            "is_tied_in_class": tied_in_class,
        }

    def _outcome(self, said, *, is_placed):
        """What became of the car, which up to three boxes may have told."""
        if (RETIRED, True) in said:  # † is the more exact way to say Ret
            said = [outcome for outcome in said if outcome != (RETIRED, False)]
        if len(set(said)) > 1:
            sentence = _("The position and the status do not agree: correct one.")
            self.add_error("status", sentence)
        if said:
            return said[-1]
        return (CLASSIFIED, True) if is_placed else ("", False)

    def _find_drivers(self, text):
        """The drivers whose names are typed. Raises FormatError for another name."""
        found = []
        for name, drivers in self.names().find_all(text, self.entry.whole_crew):
            if len(drivers) != 1:
                raise FormatError(unclear_name(name, drivers))
            if drivers[0] in found:
                sentence = _("%(driver)s is named twice.")
                raise FormatError(sentence % {"driver": drivers[0].name})
            found += drivers
        if len(", ".join(driver.name for driver in found)) > LONGEST_NAMES:
            raise FormatError(_("These are more drivers than a car can have."))
        return tuple(found)

    # What must be confirmed

    def _let_go(self):
        if self.session.is_official:
            sentence = _(
                "The result of car %(car)s is official and is not deleted. Type it "
                "again, or mark the car as withdrawn (WD) or disqualified (DSQ)."
            )
            self.add_error("position", sentence % {"car": self.name})
            return
        self._ask(
            "position",
            Question(
                name=self.add_prefix("delete"),
                value="yes",
                text=_("Delete the result of car %(car)s") % {"car": self.name},
                is_answered=self.data.get(self.add_prefix("delete")) == "yes",
            ),
            _("Every box of this row is empty. Tick the box to delete the result."),
        )

    def ask_about(self, strangers: list[str]):
        """Let somebody confirm that drivers from outside the crew are credited."""
        keys = [driver.pk for driver in self.drivers or ()]
        value = "-".join(map(str, keys))
        names = get_text_list(
            [d.name for d in self.drivers if d not in self.entry.whole_crew], _("and")
        )
        text = _("Credit %(drivers)s, outside the crew of this car")
        self._ask(
            "drivers",
            Question(
                name=self.add_prefix("strangers"),
                value=value,
                text=text % {"drivers": names},
                is_answered=self.data.get(self.add_prefix("strangers")) == value,
            ),
            *strangers,
        )

    def _ask(self, cell, question, *sentences):
        self.questions.append(question)
        if not question.is_answered:
            for sentence in sentences:
                self.add_error(cell, sentence)

    # For the page

    @property
    def boxes(self):
        return [self[name] for name in self.fields if name not in FOLDED]

    @property
    def folded(self):
        return [self[name] for name in FOLDED]

    @property
    def has_notes(self):
        return any(field.value() for field in self.folded)

    @property
    def has_faulty_notes(self):
        return any(field.errors for field in self.folded)

    @property
    def faulty(self):
        """The boxes that something is wrong with."""
        return [self[name] for name in self.fields if name in self.errors]


def unclear_name(name, drivers):
    """What to say of a name that means nobody, or more than one."""
    if not drivers:
        sentence = _(
            "There is no driver “%(typed)s” on the site. Correct the name, or add the "
            "driver first."
        )
        return sentence % {"typed": formats.shown(name)}
    names = [driver.name for driver in drivers]
    if len(set(names)) < len(names):
        names = [f"{driver.name} ({driver.slug})" for driver in drivers]
        sentence = _(
            "“%(typed)s” may be %(drivers)s. Write what stands in brackets instead."
        )
    else:
        sentence = _("“%(typed)s” may be %(drivers)s. Write the whole name.")
    values = {"typed": formats.shown(name), "drivers": get_text_list(names, _("or"))}
    return sentence % values


class Grid:
    """The rows of one session: every car of the weekend, ours first."""

    def __init__(self, session: Session, data=None):
        self.session = session
        stored = classification.stored_results([session])[session.pk]
        self.stored = {result.entry_id: result for result in stored}
        entries = Entry.objects.filter(event=session.event_id).with_crew()
        self.entries = sorted(entries, key=in_order)
        self.rows = [
            RowForm(
                data,
                entry=entry,
                session=session,
                result=self.stored.get(entry.pk),
                names=lambda: self.names,
                has_classes=self.has_classes,
            )
            for entry in self.entries
        ]

    @cached_property
    def has_classes(self):
        """Whether there are positions in class to tell."""
        return (
            any(entry.racing_class_id for entry in self.entries)
            or any(result.class_position for result in self.stored.values())
            or self.session.event.classes.exists()
        )

    @cached_property
    def names(self):
        """Everybody the site knows, asked for where a name is typed."""
        return Names(Driver.objects.all())

    @property
    def columns(self):
        return self.rows[0].boxes if self.rows else []

    @property
    def width(self):
        """How many columns the table has, with the car and the notes."""
        return len(self.columns) + 2

    @property
    def leaving(self):
        return [row for row in self.rows if row.is_leaving]

    @property
    def is_valid(self):
        return all(row.is_valid() for row in self.rows)

    @property
    def faulty(self):
        return [row for row in self.rows if row.errors]

    def plan(self) -> Plan:
        """What saving would do; each problem is told at the box it is about."""
        kept = [row for row in self.rows if row.is_kept]
        leaving = {row.entry.pk for row in self.leaving}
        stored = [result for key, result in self.stored.items() if key not in leaving]
        plan = classification.plan(self.session, [row.line for row in kept], stored)
        rows = {row.entry.pk: row for row in kept}
        self._tell(plan, rows)
        return plan

    def _tell(self, plan, rows):
        strangers = {}
        unread = {row: set(row.errors) for row in rows.values()}
        for problem in plan.problems:
            row = rows[problem.row.entry_id]
            cell = cells.BOXES.get(problem.field, problem.field)
            if problem.is_warning:
                strangers.setdefault(row, []).append(problem.sentence)
            elif cell not in unread[row]:
                row.add_error(cell, problem.sentence)
        for row, sentences in strangers.items():
            row.ask_about(sentences)


def in_order(entry):
    """Our cars first, then by number: 007 before 12, those without one last."""
    digits = re.match(r"\d*", entry.number)[0]
    return (
        not entry.is_ours,
        not entry.number,
        int(digits or 10_000),
        entry.number,
        entry.pk,
    )
