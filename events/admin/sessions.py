"""Sessions as they are published: their results, and what the timetable tells of them."""

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import releases
from events.admin import classification, clocks, pasting, telling
from events.admin.lines import keep_as_draft
from events.models import Event, Session
from racing import clock, dates, zones
from racing.adminsite import FOLDED_SOURCE, RecordAdmin
from racing.adminsite.changes import history_of_rows
from racing.adminsite.pages import MOST_ROW_NEWS
from racing.forms import DurationField


def link_to_classification(session, text):
    address = reverse("admin:events_session_classification", args=[session.pk])
    return format_html('<a href="{}">{}</a>', address, text)


class SessionForm(forms.ModelForm):
    """What is no part of the timetable: the results of a session."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "result_in" in self.fields:
            event = self.instance.event
            clocks.narrow(self.fields["result_in"], event, but=self.instance.pk)
        if "classification" in self.fields:
            states = classification.offered_states(self.instance)
            self.fields["classification"].choices = states


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


class InTimetable:
    """Lines of a timetable in lists and on pages that only show them."""

    typed_as = {"length_minutes": DurationField}

    def zone_of(self, record):
        event = Event.objects.filter(pk=record.event_id).first()
        return clocks.zone_of(event) or super().zone_of(record)

    def label(self, record):
        return record.instance.name

    @admin.display(description=gettext_lazy("session"), ordering="name_sv")
    def name(self, line):
        return line.name

    @admin.display(description=gettext_lazy("at the circuit"), ordering="start")
    def when(self, line):
        if line.start is None:
            return dates.date(line.day) if line.day else "–"
        start = zones.local(line.start, clocks.zone_of(line.event))
        return f"{dates.date(start)}, {dates.clock(start)} ({dates.zone_label(start)})"

    @admin.display(description=gettext_lazy("length"), ordering="length_minutes")
    def length(self, line):
        return dates.duration(line.length_minutes) if line.length_minutes else "–"


@admin.register(Session)
class SessionAdmin(InTimetable, RecordAdmin):
    form = SessionForm
    delete_confirmation_template = "admin/events/delete_from_calendars.html"
    delete_selected_confirmation_template = (
        "admin/events/delete_selected_from_calendars.html"
    )
    list_display = ["name", "results", "event", "kind", "when", "length", "status"]
    list_filter = [
        WeekendFilter,
        *("kind", "status", "precision", "classification", "event__season__year"),
    ]
    list_select_related = ["event__circuit"]
    search_fields = ["name_sv", "name_en", "event__name", "event__slug"]
    ordering = ["-event__first_day", "event", "start", "day", "order", "pk"]
    readonly_fields = [
        *("event", "kind", "name_sv", "name_en", "when", "length", "precision"),
        *("status", "note_sv", "note_en", "order"),
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "event",
                    ("result_in", "classification"),
                ]
            },
        ),
        (
            gettext_lazy("In the timetable"),
            {
                "description": gettext_lazy(
                    "What is told here changes in the timetable of the weekend, once "
                    "it is published."
                ),
                "fields": [
                    ("kind", "name_sv", "name_en"),
                    ("when", "length", "precision", "status"),
                    ("note_sv", "note_en", "order"),
                ],
            },
        ),
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

    def has_add_permission(self, request):
        """New ones come by publishing a timetable."""
        return False

    def save_model(self, request, obj, form, change):
        """Bring back what an older version told as a draft: publishing tells it."""
        stored = Session.objects.select_related("event").get(pk=obj.pk)
        names = releases.COLUMNS
        if any(getattr(stored, name) != getattr(obj, name) for name in names):
            keep_as_draft(obj, event=stored.event, session=stored)
            for name in names:
                setattr(obj, name, getattr(stored, name))
            self._say_what_is_drafted(request, stored.event)
        obj.event = stored.event
        super().save_model(request, obj, form, change)

    def _say_what_is_drafted(self, request, event):
        sentence = _(
            "What it told in the timetable is brought back as a draft. Publish it for "
            "others to see."
        )
        address = reverse("admin:events_event_timetable", args=[event.pk])
        link = format_html('{} <a href="{}">{}</a>', sentence, address, _("Timetable"))
        self.message_user(request, link, messages.WARNING)

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
