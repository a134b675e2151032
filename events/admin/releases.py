"""Drafted sessions and what each release told: to be read, and their words corrected."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin import timetable
from events.admin.sessions import InTimetable
from events.models import DraftSession, TimetableChange, TimetableRelease
from racing.adminsite import SOURCE, RecordAdmin
from racing.adminsite.changes import moment


class LookOnly:
    """Records that the screen of a timetable writes; they go with what they belong to."""

    in_index = False
    goes_with_owner = True

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(DraftSession)
class DraftSessionAdmin(LookOnly, InTimetable, RecordAdmin):
    list_display = ["name", "event", "kind", "when", "length", "status", "screen"]
    list_select_related = ["event__circuit"]
    search_fields = ["name_sv", "name_en", "event__name", "event__slug"]
    readonly_fields = ["when", "length"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("event", "session"),
                    ("kind", "name_sv", "name_en"),
                    ("when", "length", "precision", "status"),
                    ("note_sv", "note_en", "order"),
                ]
            },
        ),
        SOURCE,
    ]

    @admin.display(description=gettext_lazy("timetable"))
    def screen(self, draft):
        address = timetable.address(draft.event)
        return format_html('<a href="{}">{}</a>', address, _("Edit the timetable"))


@admin.register(TimetableRelease)
class TimetableReleaseAdmin(RecordAdmin):
    """Why it was is corrected here; what was told stays told."""

    goes_with_owner = True
    list_display = ["published", "event", "reason_sv", "reason_en"]
    list_select_related = ["event__circuit"]
    search_fields = ["event__name", "event__slug", "reason_sv", "reason_en"]
    readonly_fields = ["event", "published", "told"]
    fieldsets = [
        (None, {"fields": [("event", "published"), "told"]}),
        (gettext_lazy("Why"), {"fields": [("reason_sv", "reason_en")]}),
        SOURCE,
    ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("published"), ordering="published_at")
    def published(self, release):
        return moment(release.published_at.astimezone(release.event.circuit.zone))

    @admin.display(description=gettext_lazy("told"))
    def told(self, release):
        sentences = timetable.sentences_of(release)
        template = "admin/events/told_sentences.html"
        return render_to_string(template, {"sentences": sentences})


@admin.register(TimetableChange)
class TimetableChangeAdmin(LookOnly, RecordAdmin):
    list_display = ["release", "session", "field", "old", "new"]
    list_select_related = ["release__event__circuit", "session__event"]
    search_fields = ["release__event__name", "session__name_sv"]
    fieldsets = [
        (None, {"fields": [("release", "session"), ("field", "old", "new")]}),
        SOURCE,
    ]
