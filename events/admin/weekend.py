"""The weekend on one screen, and its rows on pages of their own."""

from datetime import UTC

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.forms import Script
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.crews import PLACE_NAMES, EntryForm, EntryFormSet, crew_in_words
from events.admin.timetable import (
    EventLinkForm,
    EventLinkFormSet,
    SessionForm,
    SessionFormSet,
    zone_in_words,
    zone_of,
)
from events.models import (
    Entry,
    EntryDriver,
    Event,
    EventClass,
    EventLink,
    EventRound,
    Session,
)
from racing import dates, thumbnails
from racing.adminsite import (
    FOLDED_SOURCE,
    SOURCE,
    RecordAdmin,
    RecordRows,
    is_key,
)
from racing.adminsite.changes import InWords
from racing.forms import DurationField
from racing.models import Circuit

MORE = gettext_lazy("More")
MOST_DAYS = 60  # asked for at once by the page


class SessionWords(InWords):
    """Sessions tell their times as the clock at the circuit shows them."""

    typed_as = {"length_minutes": DurationField}

    def zone_of(self, record):
        return zone_of(Event.objects.filter(pk=record.event_id).first()) or UTC

    def label(self, record):
        return record.instance.name


class SessionInline(SessionWords, RecordRows):
    model = Session
    form = SessionForm
    formset = SessionFormSet
    template = "admin/events/sessions.html"
    list_select_related = ["event"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("kind", "name_sv", "name_en"),
                    ("day", "time", "length_minutes", "precision", "status"),
                ]
            },
        ),
        (
            MORE,
            {
                "classes": ["collapse"],
                "fields": [
                    ("note_sv", "note_en"),
                    ("result_in", "classification", "order"),
                    "source",
                ],
            },
        ),
    ]


class EventLinkInline(RecordRows):
    model = EventLink
    form = EventLinkForm
    formset = EventLinkFormSet
    fieldsets = [
        (None, {"fields": [("kind", "url", "session")]}),
        (
            MORE,
            {
                "classes": ["collapse"],
                "fields": [
                    ("label_sv", "label_en"),
                    ("language", "territory"),
                    "source",
                ],
            },
        ),
    ]


class EventClassInline(RecordRows):
    model = EventClass
    autocomplete_fields = ["racing_class"]
    list_select_related = ["racing_class"]
    fieldsets = [
        (None, {"fields": [("racing_class", "cars")]}),
        FOLDED_SOURCE,
    ]


class EntryInline(RecordRows):
    model = Entry
    form = EntryForm
    formset = EntryFormSet
    beside = [("crew", EntryDriver, "entry")]
    autocomplete_fields = ["racing_class", "team", "car"]
    list_select_related = ["car"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("number", "racing_class", "team", "car"),
                    tuple(PLACE_NAMES[:4]),
                ]
            },
        ),
        (
            gettext_lazy("More drivers"),
            {
                "classes": ["collapse"],
                "fields": [tuple(PLACE_NAMES[4:])],
            },
        ),
        FOLDED_SOURCE,
    ]


class EventRoundInline(RecordRows):
    model = EventRound
    autocomplete_fields = ["season"]
    list_select_related = ["season__series"]
    fieldsets = [
        (None, {"fields": [("season", "round")]}),
        FOLDED_SOURCE,
    ]


class TimeFilter(admin.SimpleListFilter):
    title = gettext_lazy("when")
    parameter_name = "when"

    def lookups(self, request, model_admin):
        return [("coming", _("coming")), ("over", _("over"))]

    def queryset(self, request, queryset):
        if self.value() == "coming":
            return queryset.filter(pk__in=Event.objects.coming().values("pk"))
        if self.value() == "over":
            return queryset.filter(pk__in=Event.objects.over().values("pk"))
        return queryset


@admin.register(Event)
class EventAdmin(RecordAdmin):
    list_display = [
        "name",
        "days",
        "championship",
        "circuit",
        "status",
        thumbnails.of_first,
    ]
    list_filter = [TimeFilter, "status", "season__series", "season__year"]
    list_select_related = ["season__series", "circuit"]
    list_prefetch_related = ["photos"]
    search_fields = [
        "name",
        "short_name",
        "slug",
        "circuit__name",
        "season__series__name",
        "season__series__short_name",
        "season__year",
    ]
    ordering = ["-first_day", "-pk"]
    autocomplete_fields = ["season", "circuit", "layout", "photos"]
    readonly_fields = ["track_time"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name", "short_name"),
                    "slug",
                    ("season", "round"),
                    ("circuit", "layout"),
                    "track_time",
                    ("first_day", "last_day", "status"),
                    ("format_sv", "format_en"),
                ]
            },
        ),
        (
            gettext_lazy("Texts and pictures"),
            {
                "classes": ["collapse"],
                "fields": [("summary_sv", "summary_en"), "photos"],
            },
        ),
        FOLDED_SOURCE,
    ]
    inlines = [
        SessionInline,
        EventLinkInline,
        EventClassInline,
        EntryInline,
        EventRoundInline,
    ]

    class Media:
        js = [
            "admin/js/urlify.js",
            Script("racing/js/admin-weekend.js", type="module"),
        ]

    def get_slug_source(self):
        return ["name", "first_day"]

    @admin.display(description=gettext_lazy("days"), ordering="first_day")
    def days(self, event):
        return dates.date_range(event.first_day, event.last_day) or "–"

    @admin.display(description=gettext_lazy("championship"), ordering="season")
    def championship(self, event):
        if not event.round:
            return event.season
        return _("%(season)s, round %(round)s") % {
            "season": event.season,
            "round": event.round,
        }

    @admin.display(description=gettext_lazy("times are typed in"))
    def track_time(self, event):
        zone = zone_of(event)
        name = zone_in_words(zone, event.first_day) if zone else ""
        return render_to_string("admin/events/track_time.html", {"name": name})

    # The page's own questions

    def get_urls(self):
        view = self.admin_site.admin_view(self.zone_view)
        return [path("zone/", view, name="events_event_zone"), *super().get_urls()]

    def zone_view(self, request):
        """A circuit's zone, and what it is called on the days that are asked for."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        key = request.GET.get("circuit", "")
        circuit = get_object_or_404(Circuit, pk=key if is_key(key) else None)
        asked = request.GET.getlist("day")[:MOST_DAYS]
        names = {day: zone_in_words(circuit.zone, read_day(day)) for day in asked}
        return JsonResponse({"zone": circuit.zone.key, "names": names})

    # Rows that know of each other

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        by_model = {formset.model: formset for formset in formsets}
        if EventLink in by_model:
            by_model[EventLink].timetable = by_model.get(Session)
        return formsets, inlines

    # Two editors and one page

    def state(self, obj):
        return super().state(obj) | {"zone": obj.circuit.time_zone}

    def state_in_words(self, name, before, now):
        if name != "zone":
            return super().state_in_words(name, before, now)
        sentence = _(
            "The times on this page are now read in the zone %(now)s; before it was "
            "%(before)s."
        )
        return sentence % {"now": now, "before": before}


def read_day(text):
    """A date from the page, or None for anything else."""
    try:
        return parse_date(text)
    except ValueError:
        return None


# Rows on pages of their own


@admin.register(EventRound)
class EventRoundAdmin(RecordAdmin):
    in_index = False
    list_display = ["event", "season", "round"]
    list_select_related = ["event", "season__series"]
    search_fields = ["event__name", "season__series__name", "season__year"]
    autocomplete_fields = ["event", "season"]
    fieldsets = [(None, {"fields": ["event", ("season", "round")]}), SOURCE]


@admin.register(EventClass)
class EventClassAdmin(RecordAdmin):
    in_index = False
    list_display = ["event", "racing_class", "cars"]
    list_filter = ["racing_class"]
    list_select_related = ["event", "racing_class"]
    search_fields = ["event__name", "racing_class__name"]
    autocomplete_fields = ["event", "racing_class"]
    fieldsets = [(None, {"fields": ["event", ("racing_class", "cars")]}), SOURCE]


@admin.register(EventLink)
class EventLinkAdmin(RecordAdmin):
    form = EventLinkForm
    list_display = ["text", "kind", "event", "language", "territory"]
    list_filter = ["kind", "language"]
    list_select_related = ["event"]
    search_fields = ["label_sv", "label_en", "url", "event__name"]
    autocomplete_fields = ["event"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "event",
                    ("kind", "url"),
                    "session",
                    ("label_sv", "label_en"),
                    ("language", "territory"),
                ]
            },
        ),
        SOURCE,
    ]


@admin.register(Entry)
class EntryAdmin(RecordAdmin):
    form = EntryForm
    beside = [("crew", EntryDriver, "entry")]
    list_display = ["__str__", "event", "racing_class", "team", "crew"]
    list_filter = ["racing_class", "team", "event__season__year"]
    list_select_related = ["event", "racing_class", "team", "car"]
    list_prefetch_related = ["crew__driver"]
    search_fields = [
        "number",
        "event__name",
        "event__slug",
        "car__model",
        "drivers__last_name",
        "drivers__slug",
    ]
    autocomplete_fields = ["event", "racing_class", "team", "car"]
    fieldsets = [
        (None, {"fields": ["event", ("number", "racing_class"), ("team", "car")]}),
        (
            gettext_lazy("Crew, in order"),
            {
                "fields": [
                    tuple(PLACE_NAMES[:4]),
                    tuple(PLACE_NAMES[4:]),
                ]
            },
        ),
        SOURCE,
    ]

    def as_use(self, entry):
        return f"{entry}, {entry.event}"

    @admin.display(description=gettext_lazy("crew"))
    def crew(self, entry):
        return crew_in_words(entry)


@admin.register(EntryDriver)
class EntryDriverAdmin(RecordAdmin):
    in_index = False
    list_display = ["driver", "entry", "order"]
    list_select_related = ["driver", "entry__car", "entry__event"]
    search_fields = ["driver__last_name", "driver__slug", "entry__number"]
    autocomplete_fields = ["entry", "driver"]
    fieldsets = [(None, {"fields": ["entry", ("driver", "order")]}), SOURCE]

    def as_use(self, place):
        return f"{place.driver}, {place.entry.event}"
