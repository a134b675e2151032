"""Each result on a page of its own; decisions stand in `decisions`."""

from operator import attrgetter

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.crews import crew_in_words
from events.admin.sessions import link_to_classification
from events.admin.telling import TIMES
from events.models import CLASSIFIED, Result, ResultDriver, Session
from racing.adminsite import FOLDED_SOURCE, SOURCE, RecordAdmin, RecordRows

WHAT_CAME_OF_IT = [
    ("status", "is_classified"),
    ("position", "is_tied", "class_position", "is_tied_in_class", "grid"),
    ("laps", "time_ms", "gap", "best_lap_ms"),
    ("points", "pole", "fastest_lap"),
]


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
