"""Circuits, their layouts and lap records."""

from django import forms
from django.contrib import admin, messages
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from racing import dates, formats, thumbnails
from racing.adminsite import FOLDED_SOURCE, SOURCE, RecordAdmin, RecordRows, is_key
from racing.forms import LapTimeField, OutlineField, TimeZoneField, TrackLengthField
from racing.models import Circuit, CircuitLayout, LapRecord


class LayoutInline(RecordRows):
    """The figures of a layout; its outline and lap records stand on its own page."""

    model = CircuitLayout
    typed_as = {"length_m": TrackLengthField}
    edited_otherwise = ["outline"]
    list_select_related = ["circuit"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name", "length_m", "corners", "direction"),
                    ("first_year", "last_year"),
                ]
            },
        ),
        FOLDED_SOURCE,
    ]


@admin.register(Circuit)
class CircuitAdmin(RecordAdmin):
    typed_as = {"time_zone": TimeZoneField}
    list_display = ["name", "place", "country", "time_zone", thumbnails.of_first]
    list_filter = ["country"]
    list_prefetch_related = ["photos"]
    search_fields = ["name", "slug", "place", "region", "abbreviation"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["photos"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name", "abbreviation"),
                    "slug",
                    ("place", "region"),
                    "country",
                    "time_zone",
                ]
            },
        ),
        (
            gettext_lazy("More about the circuit"),
            {
                "fields": [
                    ("latitude", "longitude"),
                    "site_url",
                    "description_sv",
                    "description_en",
                    "photos",
                ]
            },
        ),
        SOURCE,
    ]
    inlines = [LayoutInline]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "time_zone" in form.changed_data:
            self._warn_of_moved_sessions(request, obj)

    def _warn_of_moved_sessions(self, request, circuit):
        """Moments stay what they are; the clock on the wall is now another."""
        events = circuit.events.exclude(sessions__start=None).distinct()
        names = ", ".join(map(str, events))
        if names:
            sentence = _(
                "The sessions here keep their moment, so they now read as another time "
                "at the circuit. Look through the timetable of: %(events)s."
            )
            messages.warning(request, sentence % {"events": names})


class LapRecordInline(RecordRows):
    model = LapRecord
    typed_as = {"time_ms": LapTimeField}
    autocomplete_fields = ["racing_class"]
    list_select_related = ["layout__circuit", "racing_class"]
    fieldsets = [
        (
            None,
            {"fields": [("racing_class", "time_ms", "set_on"), ("driver", "car")]},
        ),
        FOLDED_SOURCE,
    ]


class LayoutForm(forms.ModelForm):
    new_outline = OutlineField(
        label=gettext_lazy("New outline"),
        required=False,
        help_text=gettext_lazy(
            "A GeoJSON file with the circuit as one line, at most 1 MB. It replaces "
            "the outline that is there."
        ),
    )
    remove_outline = forms.BooleanField(
        label=gettext_lazy("Remove the outline"), required=False
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("new_outline"):
            self.instance.outline = cleaned["new_outline"]
        elif cleaned.get("remove_outline"):
            self.instance.outline = ""
        return cleaned


@admin.register(CircuitLayout)
class CircuitLayoutAdmin(RecordAdmin):
    form = LayoutForm
    typed_as = {"length_m": TrackLengthField}
    edited_otherwise = ["outline"]
    list_display = ["drawing", "__str__", "length", "corners", "first_year"]
    list_display_links = ["__str__"]
    list_filter = ["circuit"]
    list_select_related = ["circuit"]
    search_fields = ["circuit__name", "circuit__slug", "name"]
    autocomplete_fields = ["circuit", "picture"]
    readonly_fields = ["drawing"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "circuit",
                    "name",
                    ("length_m", "corners", "direction"),
                    ("first_year", "last_year"),
                ]
            },
        ),
        (
            gettext_lazy("Drawing"),
            {"fields": ["drawing", "new_outline", "remove_outline", "picture"]},
        ),
        (
            gettext_lazy("Source"),
            {"fields": [("source_note_sv", "source_note_en"), "source"]},
        ),
    ]
    inlines = [LapRecordInline]

    @admin.display(description=gettext_lazy("outline"))
    def drawing(self, layout):
        if layout.drawing is None:
            return "–"
        return render_to_string(
            "admin/widgets/outline.html", {"outline": layout.drawing}
        )

    @admin.display(description=gettext_lazy("length"), ordering="length_m")
    def length(self, layout):
        return formats.length(layout.length_m) if layout.length_m else "–"

    def get_search_results(self, request, queryset, search_term):
        """Only the layouts of one circuit, where the page asks for its."""
        circuit = request.GET.get("circuit", "")
        if is_key(circuit):
            queryset = queryset.filter(circuit=circuit)
        return super().get_search_results(request, queryset, search_term)


@admin.register(LapRecord)
class LapRecordAdmin(RecordAdmin):
    typed_as = {"time_ms": LapTimeField}
    list_display = ["layout", "racing_class", "time", "driver", "car", "day"]
    list_display_links = ["layout"]
    list_filter = ["racing_class", "layout__circuit"]
    list_select_related = ["layout__circuit", "racing_class"]
    search_fields = ["layout__circuit__name", "racing_class__name", "driver", "car"]
    autocomplete_fields = ["layout", "racing_class"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("layout", "racing_class"),
                    ("time_ms", "set_on"),
                    ("driver", "car"),
                ]
            },
        ),
        SOURCE,
    ]

    @admin.display(description=gettext_lazy("time"), ordering="time_ms")
    def time(self, record):
        return formats.lap_time(record.time_ms)

    @admin.display(description=gettext_lazy("set on"), ordering="set_on")
    def day(self, record):
        return dates.date(record.set_on) if record.set_on else "–"
