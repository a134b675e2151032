"""The weekend on one screen, and its rows on pages of their own."""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms import Script
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import releases
from events.admin import drafting, timetable
from events.admin.clocks import zone_in_words, zone_of
from events.admin.crews import PLACE_NAMES, EntryForm, EntryFormSet, crew_in_words
from events.admin.links import EventLinkInline
from events.models import Entry, EntryDriver, Event, EventClass, EventRound
from racing import dates, thumbnails
from racing.adminsite import (
    FOLDED_SOURCE,
    SOURCE,
    RecordAdmin,
    RecordRows,
    is_key,
)
from racing.adminsite.changes import history_of_rows
from racing.adminsite.pages import MOST_ROW_NEWS
from racing.models import Circuit

MOST_DAYS = 60  # asked for at once by the page


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
    delete_confirmation_template = "admin/events/delete_from_calendars.html"
    delete_selected_confirmation_template = (
        "admin/events/delete_selected_from_calendars.html"
    )
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
        EventLinkInline,
        EventClassInline,
        EntryInline,
        EventRoundInline,
    ]

    class Media:
        js = [
            "admin/js/urlify.js",
            Script("racing/js/admin-zones.js", type="module"),
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
        zone = self.admin_site.admin_view(self.zone_view)
        pages = {
            "timetable": (timetable.page, "timetable/"),
            "publish": (timetable.publish_page, "timetable/publish/"),
        }
        own = [
            path(
                f"<str:object_id>/{ending}",
                self.admin_site.admin_view(partial(page, self)),
                name=f"events_event_{name}",
            )
            for name, (page, ending) in pages.items()
        ]
        return [
            path("zone/", zone, name="events_event_zone"),
            *own,
            *super().get_urls(),
        ]

    def zone_view(self, request):
        """A circuit's zone, and what it is called on the days that are asked for."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        key = request.GET.get("circuit", "")
        circuit = get_object_or_404(Circuit, pk=key if is_key(key) else None)
        asked = request.GET.getlist("day")[:MOST_DAYS]
        names = {day: zone_in_words(circuit.zone, read_day(day)) for day in asked}
        return JsonResponse({"zone": circuit.zone.key, "names": names})

    # The timetable, which has a screen of its own

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context["timetable"] = drafting.overview(obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _row_news(self, request, key):
        """With what happened to the timetable."""
        found = super()._row_news(request, key)
        if event := Event.objects.filter(pk=key).first():
            for part in drafting.parts(event):
                found += history_of_rows(part, key, MOST_ROW_NEWS)
        found.sort(key=lambda item: item.record.history_date, reverse=True)
        return found[:MOST_ROW_NEWS]

    # Telling the public

    def save_model(self, request, obj, form, change):
        before = Event.objects.filter(pk=obj.pk).first() if change else None
        super().save_model(request, obj, form, change)
        if before is None:
            said = _("Its sessions are entered in the timetable.")
            self._say(request, said, timetable.address(obj), _("Edit the timetable"))
            return
        if release := releases.tell_of_weekend(before, obj):
            changes = "; ".join(timetable.sentences_of(release))
            said = _("The public is told: %(changes)s.") % {"changes": changes}
            page = reverse("admin:events_timetablerelease_change", args=[release.pk])
            self._say(request, said, page, _("Say why"))
        if _times_are_in_doubt(before, obj):
            said = _(
                "The sessions keep their moment: their times and days at the circuit "
                "may be others now. Look through the timetable."
            )
            page, level = timetable.address(obj), messages.WARNING
            self._say(request, said, page, _("Edit the timetable"), level)

    def _say(self, request, sentence, address, text, level=messages.INFO):
        """A sentence with a link to where it leads on."""
        link = format_html('{} <a href="{}">{}</a>', sentence, address, text)
        self.message_user(request, link, level)

    # Two editors and one page

    def state(self, obj):
        return super().state(obj) | {"zone": obj.circuit.time_zone}

    def state_in_words(self, name, before, now):
        if name != "zone":
            return super().state_in_words(name, before, now)
        return drafting.zone_in_words(before=before, now=now)


def _times_are_in_doubt(before, event):
    """Whether sessions now read as other times, or stand on days of no weekend."""
    if not event.sessions.exists():
        return False
    days = ("first_day", "last_day")
    is_other_zone = before.circuit.time_zone != event.circuit.time_zone
    return is_other_zone or any(
        getattr(before, day) != getattr(event, day) for day in days
    )


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
