"""Decisions that change official results: asked for, shown, and taken back."""

import hashlib
from dataclasses import dataclass

from django import forms
from django.contrib import admin
from django.contrib.admin import helpers
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import rulings
from events.admin.telling import TIMES
from events.classification import DRIVERS, Change, Plan, as_text, from_text
from events.models import (
    BEST,
    FACTS,
    RESULT_STATUSES,
    Amendment,
    Result,
    ResultChange,
)
from events.statuses import code
from racing import dates, formats
from racing.adminsite import SOURCE, RecordAdmin, RecordRows
from racing.adminsite.changes import NOTHING
from racing.forms import DateInput, LongTextField

# What is asked of a decision, in the order of the form.
QUESTIONS = [
    ("decided_on", "is_month_only", "is_unresolved"),
    ("body_sv", "body_en"),
    ("reason_sv", "reason_en"),
    ("source_url", "source"),
]
ANSWERS = [name for line in QUESTIONS for name in line]


# Asking for a decision


class RulingForm(forms.ModelForm):
    """The decision behind a change; what an old one may leave open is asked here."""

    class Meta:
        model = Amendment
        fields = ANSWERS
        widgets = {"decided_on": DateInput}
        field_classes = dict.fromkeys(
            ("reason_sv", "reason_en", "source"), LongTextField
        )
        labels = {"source": gettext_lazy("Or the document it is known from")}
        help_texts = {
            "decided_on": gettext_lazy("Any day of the month where no more is known."),
            "is_month_only": "",
            "body_sv": gettext_lazy("The stewards or the court, by name."),
            "source": "",
            "source_url": "",
        }

    source_url = forms.URLField(
        label=gettext_lazy("Address of the decision"),
        required=False,
        max_length=Amendment._meta.get_field("source_url").max_length,
        assume_scheme="https",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        needed = {
            "decided_on": _("Give the day of the decision."),
            "body_sv": _("Say who decided."),
            "reason_sv": _("Give the reason, as the decision does."),
        }
        for name, sentence in needed.items():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = sentence
        for name in ("reason_sv", "reason_en", "source"):
            self.fields[name].widget.attrs["rows"] = 2


@dataclass(frozen=True)
class MovedCar:
    """A car with what would change of it, in words."""

    name: str
    moves: list[rulings.Move]


class Panel:
    """What the screen asks where official results would change.

    `data` is what was posted; the form is unbound until the panel has been seen.
    """

    PREFIX = "ruling"
    SEEN = "ruling-changes"

    def __init__(self, plan: Plan, data):
        self.cars = [
            MovedCar(str(change.line.entry), moves)
            for change in plan.changed
            if (moves := moves_of(change))
        ]
        self.seen = data.get(self.SEEN, "")
        self.form = RulingForm(data if self.seen else None, prefix=self.PREFIX)

    @property
    def fieldsets(self):
        fieldsets = [(None, {"fields": QUESTIONS})]
        return helpers.AdminForm(self.form, fieldsets, {})

    @property
    def digest(self):
        """A text that is another one when the changes are others."""
        told = repr([(car.name, car.moves) for car in self.cars])
        return hashlib.sha256(told.encode()).hexdigest()[:20]

    @property
    def is_outdated(self):
        """Whether the changes are no longer those that the officer has read."""
        return bool(self.seen) and self.seen != self.digest

    @property
    def is_ready(self):
        return self.seen == self.digest and self.form.is_valid()


def moves_of(change: Change) -> list[rulings.Move]:
    """What becomes of one car, as its page will tell it."""
    crew = as_text(change.line.entry.whole_crew)
    differences = {
        difference.field: difference
        for difference in change.differences
        if difference.field in (*FACTS, DRIVERS)
    }
    after = {fact: getattr(change.result, fact) for fact in FACTS}
    before = after | {name: d.old for name, d in differences.items()}
    if credited := differences.get(DRIVERS):
        after[DRIVERS] = as_text(credited.new) or crew
        before[DRIVERS] = as_text(credited.old)
    names = {rulings.TOLD_WITH.get(name, name) for name in differences}
    moves = [
        rulings.Move(field_in_words(name), shown(before), shown(after))
        for name, shown in rulings.SHOWN.items()
        if name in names
    ]
    return [move for move in moves if move.old != move.new]


# Decisions on record


def field_in_words(name: str) -> str:
    """What a fact is called: ``Class position``."""
    if name not in (*FACTS, DRIVERS):
        return name
    return capfirst(Result._meta.get_field(name).verbose_name)


def value_in_words(name: str, text: str) -> str:
    """A fact as an amendment keeps it, in words: ``Ret``, ``1:47.095``, ``yes``."""
    if name not in FACTS:
        return text or NOTHING
    value = from_text(name, text)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in ("", None):
        return NOTHING
    if name == "status":
        return code(value) or str(RESULT_STATUSES[value])
    if typed := TIMES.get(name):
        return typed.show(value)
    if name == "gap":
        return formats.printed_gap(value)
    return str(BEST.get(value, value))


class ToldInWords:
    """A changed fact as it is read; nobody writes one by hand."""

    list_select_related = [
        "amendment__session__event",
        "result__entry__car",
        "result__session__event",
    ]

    @admin.display(description=gettext_lazy("car"))
    def car(self, change):
        return str(change.result.entry)

    @admin.display(description=gettext_lazy("field"), ordering="field")
    def what(self, change):
        return field_in_words(change.field)

    @admin.display(description=gettext_lazy("before"))
    def before(self, change):
        return value_in_words(change.field, change.old)

    @admin.display(description=gettext_lazy("after"))
    def after(self, change):
        return value_in_words(change.field, change.new)

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ResultChangeInline(ToldInWords, RecordRows):
    model = ResultChange
    template = "admin/events/result_changes.html"
    readonly_fields = ["car", "what", "before", "after"]
    fields = ["car", "what", "before", "after"]


@admin.register(ResultChange)
class ResultChangeAdmin(ToldInWords, RecordAdmin):
    in_index = False
    list_display = ["result", "what", "before", "after"]
    search_fields = ["field", "result__entry__number", "result__session__event__name"]
    readonly_fields = ["what", "before", "after"]
    fieldsets = [
        (None, {"fields": ["amendment", "result", ("what", "before", "after")]})
    ]

    def has_add_permission(self, request):
        return False


@admin.register(Amendment)
class AmendmentAdmin(RecordAdmin):
    list_display = ["session", "decided", "body", "is_unresolved"]
    list_select_related = ["session__event"]
    search_fields = ["session__event__name", "session__name_sv", "body_sv"]
    autocomplete_fields = ["session"]
    fieldsets = [
        (
            None,
            {
                "description": gettext_lazy(
                    "Here the words of a decision are corrected. A decision that "
                    "changes results is entered on the page “Classification” of its "
                    "session, which records what it changed."
                ),
                "fields": ["session", *QUESTIONS[:3], "source_url"],
            },
        ),
        SOURCE,
    ]
    inlines = [ResultChangeInline]

    @admin.display(description=gettext_lazy("decided on"), ordering="decided_on")
    def decided(self, amendment):
        if amendment.decided_on is None:
            return NOTHING
        if amendment.is_month_only:
            return dates.month_and_year(amendment.decided_on)
        return dates.date(amendment.decided_on)

    @admin.display(description=gettext_lazy("decided by"), ordering="body_sv")
    def body(self, amendment):
        return amendment.body or NOTHING

    # What a decision changed is history

    def get_readonly_fields(self, request, obj=None):
        """A decision stays with the session whose results it changed."""
        return ["session"] if changed_something(obj) else []

    def has_delete_permission(self, request, obj=None):
        """A decision that changed results is undone by another one."""
        return super().has_delete_permission(request) and not changed_something(obj)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if changed_something(obj):
            address = reverse(
                f"{self.admin_site.name}:events_session_classification",
                args=[obj.session_id],
            )
            context["undo"] = f"{address}?undo={obj.pk}"
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def changed_something(amendment):
    return amendment is not None and amendment.changes.exists()
