"""Sessions, and each result on a page of its own; decisions stand in `decisions`."""

from functools import partial
from operator import attrgetter

from django import forms
from django.contrib import admin
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin import classification, pasting, telling
from events.admin.crews import crew_in_words
from events.admin.telling import TIMES
from events.admin.timetable import SessionForm, zone_of
from events.admin.weekend import MORE, SessionWords
from events.models import CLASSIFIED, Event, Result, ResultDriver, Session
from racing import clock, dates, zones
from racing.adminsite import FOLDED_SOURCE, SOURCE, RecordAdmin, RecordRows
from racing.adminsite.changes import history_of_rows
from racing.adminsite.pages import MOST_ROW_NEWS

WHAT_CAME_OF_IT = [
    ("status", "is_classified"),
    ("position", "is_tied", "class_position", "is_tied_in_class", "grid"),
    ("laps", "time_ms", "gap", "best_lap_ms"),
    ("points", "pole", "fastest_lap"),
]


def link_to_classification(session, text):
    address = reverse("admin:events_session_classification", args=[session.pk])
    return format_html('<a href="{}">{}</a>', address, text)


# Sessions


class WeekendFilter(admin.SimpleListFilter):
    title = gettext_lazy("race weekend")
    parameter_name = "weekend"

    def lookups(self, request, model_admin):
        return [("latest", _("the latest that has started"))]

    def queryset(self, request, queryset):
        if self.value() != "latest":
            return queryset
        started = Event.objects.filter(first_day__lte=clock.today())
        latest = started.order_by("-first_day", "-pk").values("pk")[:1]
        return queryset.filter(event__in=latest)


@admin.register(Session)
class SessionAdmin(SessionWords, RecordAdmin):
    form = SessionForm
    list_display = ["name", "results", "event", "kind", "when", "length", "status"]
    list_filter = [
        WeekendFilter,
        *("kind", "status", "precision", "classification", "event__season__year"),
    ]
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

    def get_urls(self):
        pages = {"classification": classification.page, "paste": pasting.page}
        own = [
            path(
                f"<str:object_id>/{name}/",
                self.admin_site.admin_view(partial(page, self)),
                name=f"events_session_{name}",
            )
            for name, page in pages.items()
        ]
        return [*own, *super().get_urls()]

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

    @admin.display(
        description=gettext_lazy("classification"), ordering="classification"
    )
    def results(self, session):
        state = session.get_classification_display() or _("Enter results")
        return link_to_classification(session, capfirst(state))

    def _row_news(self, request, key):
        """With what happened to the results, which have a screen of their own."""
        found = super()._row_news(request, key)
        if session := Session.objects.filter(pk=key).first():
            for part in telling.parts(session):
                found += history_of_rows(part, key, MOST_ROW_NEWS)
        found.sort(key=lambda item: item.record.history_date, reverse=True)
        return found[:MOST_ROW_NEWS]


# Results


class ResultForm(forms.ModelForm):
    """A result; a car that is classified need not be marked as such once more."""

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("status") == CLASSIFIED:
            cleaned["is_classified"] = True
        return cleaned


class Kept:
    """Pages of rows that stay where they belong to official results."""

    path_to_session = "session"

    def session_of(self, row) -> Session:
        return attrgetter(self.path_to_session)(row)

    def has_delete_permission(self, request, obj=None):
        is_kept = obj is not None and self.session_of(obj).is_official
        return super().has_delete_permission(request, obj) and not is_kept

    def get_deleted_objects(self, objs, request):
        gone, counts, lacking, uses = super().get_deleted_objects(objs, request)
        kept = {self.session_of(row) for row in objs}
        kept = [session for session in kept if session.is_official]
        if kept:
            lacking = set()
            uses = [*uses, *map(self._official, kept)]
        return gone, counts, lacking, uses

    def _official(self, session):
        return link_to_classification(
            session, _("Official results: %(session)s") % {"session": session}
        )


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

    def has_add_permission(self, request, obj):
        return super().has_add_permission(request, obj) and not is_official(obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not is_official(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not is_official(obj)


def is_official(result):
    """Whether a result on its page, or none yet, changes by decisions alone."""
    return bool(result and result.session_id and result.session.is_official)


@admin.register(Result)
class ResultAdmin(Kept, RecordAdmin):
    form = ResultForm
    typed_as = TIMES
    list_display = [
        *("entry", "crew", "session", "status", "position", "class_position"),
        "classification",
    ]
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

    @admin.display(description=gettext_lazy("classification"))
    def classification(self, result):
        return link_to_classification(result.session, _("All cars"))


@admin.register(ResultDriver)
class ResultDriverAdmin(Kept, RecordAdmin):
    in_index = False
    list_display = ["driver", "result", "order"]
    list_select_related = ["driver", "result__entry__car", "result__session__event"]
    search_fields = ["driver__last_name", "driver__slug"]
    autocomplete_fields = ["result", "driver"]
    fieldsets = [(None, {"fields": ["result", ("driver", "order")]}), SOURCE]
    path_to_session = "result.session"
