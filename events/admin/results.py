"""A session with its results, and the decisions that changed them."""

from django import forms
from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy

from events.admin.crews import crew_in_words
from events.admin.timetable import SessionForm, zone_of
from events.admin.weekend import MORE, SessionWords
from events.models import (
    CLASSIFIED,
    Amendment,
    Entry,
    Result,
    ResultChange,
    ResultDriver,
    Session,
)
from racing import dates, zones
from racing.adminsite import FOLDED_SOURCE, SOURCE, RecordAdmin, RecordRows
from racing.forms import LapTimeField, PointsField

TIMES = {"time_ms": LapTimeField, "best_lap_ms": LapTimeField, "points": PointsField}
WHAT_CAME_OF_IT = [
    ("status", "is_classified"),
    ("position", "is_tied", "class_position", "grid"),
    ("laps", "time_ms", "gap", "best_lap_ms"),
    ("points", "pole", "fastest_lap"),
]


class ResultForm(forms.ModelForm):
    """A result; a car that is classified need not be marked as such once more."""

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("status") == CLASSIFIED:
            cleaned["is_classified"] = True
        return cleaned


class SessionResultForm(ResultForm):
    """A result on the page of its session: one of the weekend's entries."""

    def __init__(self, *args, entries=(), **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["entry"]
        field.widget = forms.Select()
        field.widget.is_required = True
        field.choices = [("", field.empty_label), *entries]


class SessionResultFormSet(BaseInlineFormSet):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        entries = Entry.objects.filter(event=self.instance.event_id)
        self.entries = [
            (entry.pk, entry_label(entry))
            for entry in entries.select_related("car").prefetch_related("crew__driver")
        ]

    def get_form_kwargs(self, index):
        return super().get_form_kwargs(index) | {"entries": self.entries}


def entry_label(entry):
    """``#120 Audi RS 3 LMS TCR (Andreas Bäckman, Jessica Bäckman)``."""
    crew = crew_in_words(entry)
    return f"{entry} ({crew})" if crew else str(entry)


class ResultInline(RecordRows):
    model = Result
    form = SessionResultForm
    formset = SessionResultFormSet
    typed_as = TIMES
    list_select_related = ["session__event", "entry__car"]
    fieldsets = [
        (None, {"fields": ["entry", *WHAT_CAME_OF_IT]}),
        (
            MORE,
            {"classes": ["collapse"], "fields": [("note_sv", "note_en"), "source"]},
        ),
    ]


@admin.register(Session)
class SessionAdmin(SessionWords, RecordAdmin):
    form = SessionForm
    list_display = ["name", "event", "kind", "when", "length", "status"]
    list_filter = ["kind", "status", "precision", "event__season__year"]
    list_select_related = ["event__circuit"]
    search_fields = ["name_sv", "name_en", "event__name", "event__slug"]
    ordering = ["-event__first_day", "event", "start", "day", "order", "pk"]
    autocomplete_fields = ["event"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "event",
                    ("kind", "name_sv", "name_en"),
                    ("day", "time", "length_minutes"),
                    ("precision", "status"),
                    ("result_in", "classification"),
                ]
            },
        ),
        (MORE, {"classes": ["collapse"], "fields": [("note_sv", "note_en"), "order"]}),
        FOLDED_SOURCE,
    ]
    inlines = [ResultInline]

    @admin.display(description=gettext_lazy("session"), ordering="name_sv")
    def name(self, session):
        return session.name

    @admin.display(description=gettext_lazy("at the circuit"), ordering="start")
    def when(self, session):
        if session.start is None:
            return dates.date(session.day) if session.day else "–"
        start = zones.local(session.start, zone_of(session.event))
        return f"{dates.date(start)}, {dates.clock(start)} ({dates.zone_label(start)})"

    @admin.display(description=gettext_lazy("length"), ordering="length_minutes")
    def length(self, session):
        minutes = session.length_minutes
        return dates.duration(minutes) if minutes else "–"


class ResultDriverInline(RecordRows):
    model = ResultDriver
    verbose_name_plural = gettext_lazy(
        "credited drivers, where it is not the whole crew of the entry"
    )
    autocomplete_fields = ["driver"]
    list_select_related = ["driver"]
    fieldsets = [
        (None, {"fields": [("driver", "order")]}),
        FOLDED_SOURCE,
    ]


@admin.register(Result)
class ResultAdmin(RecordAdmin):
    form = ResultForm
    typed_as = TIMES
    list_display = ["entry", "crew", "session", "status", "position", "class_position"]
    list_filter = ["status", "session__kind", "entry__team"]
    list_select_related = ["entry__car", "session__event"]
    list_prefetch_related = ["entry__crew__driver"]
    search_fields = [
        "entry__number",
        "entry__drivers__last_name",
        "entry__drivers__slug",
        "session__event__name",
        "session__name_sv",
    ]
    autocomplete_fields = ["session", "entry"]
    fieldsets = [
        (None, {"fields": [("session", "entry"), *WHAT_CAME_OF_IT]}),
        (gettext_lazy("Notes"), {"fields": [("note_sv", "note_en")]}),
        SOURCE,
    ]
    inlines = [ResultDriverInline]

    @admin.display(description=gettext_lazy("crew"))
    def crew(self, result):
        return crew_in_words(result.entry)


@admin.register(ResultDriver)
class ResultDriverAdmin(RecordAdmin):
    in_index = False
    list_display = ["driver", "result", "order"]
    list_select_related = ["driver", "result__entry__car", "result__session__event"]
    search_fields = ["driver__last_name", "driver__slug"]
    autocomplete_fields = ["result", "driver"]
    fieldsets = [(None, {"fields": ["result", ("driver", "order")]}), SOURCE]


class ResultChangeInline(RecordRows):
    model = ResultChange
    autocomplete_fields = ["result"]
    list_select_related = ["result__entry__car", "result__session__event"]
    fields = ["result", ("field", "old", "new")]


@admin.register(Amendment)
class AmendmentAdmin(RecordAdmin):
    list_display = ["session", "decided", "body_sv"]
    list_select_related = ["session__event"]
    search_fields = ["session__event__name", "session__name_sv", "body_sv"]
    autocomplete_fields = ["session"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "session",
                    ("decided_on", "is_month_only"),
                    ("body_sv", "body_en"),
                    ("reason_sv", "reason_en"),
                    ("source_url", "is_unresolved"),
                ]
            },
        ),
        SOURCE,
    ]
    inlines = [ResultChangeInline]

    @admin.display(description=gettext_lazy("decided on"), ordering="decided_on")
    def decided(self, amendment):
        return dates.date(amendment.decided_on)


@admin.register(ResultChange)
class ResultChangeAdmin(RecordAdmin):
    in_index = False
    list_display = ["result", "field", "old", "new"]
    list_select_related = [
        "amendment__session__event",
        "result__entry__car",
        "result__session__event",
    ]
    search_fields = ["field", "result__entry__number", "result__session__event__name"]
    autocomplete_fields = ["amendment", "result"]
    fieldsets = [
        (None, {"fields": ["amendment", "result", ("field", "old", "new")]}),
    ]
