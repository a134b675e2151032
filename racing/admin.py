"""The admin of the world the team races in, and of those who may log in."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as AccountAdmin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from racing import clock, dates, formats, thumbnails
from racing.adminsite import (
    RecordAdmin,
    RecordRows,
    TellsFromLog,
    is_key,
)
from racing.forms import (
    ColourField,
    LapTimeField,
    OutlineField,
    PhotoField,
    TimeZoneField,
    TrackLengthField,
)
from racing.models import (
    INTERNAL,
    Car,
    Circuit,
    CircuitLayout,
    LapRecord,
    Person,
    Photo,
    RacingClass,
    Season,
    Series,
    Team,
    User,
)

SOURCE = (gettext_lazy("Source"), {"fields": ["source"]})


@admin.display(description="", empty_value="")
def first_photo(obj):
    """The first photo of an object whose photos are fetched already."""
    photos = obj.photos.all()
    return thumbnails.tag(photos[0] if photos else None)


# Who may log in


@admin.register(User)
class UserAdmin(TellsFromLog, AccountAdmin):
    """Accounts are a matter for superusers, whatever permissions others hold."""

    def has_module_permission(self, request):
        return request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    has_change_permission = has_delete_permission = has_view_permission

    def has_add_permission(self, request):
        return request.user.is_superuser


# Photos


class RightsFilter(admin.SimpleListFilter):
    title = gettext_lazy("visibility")
    parameter_name = "shown"

    def lookups(self, request, model_admin):
        return [
            ("download", _("shown and free to download")),
            ("site", _("shown")),
            ("never", _("not shown: internal")),
            ("over", _("not shown: the rights have ended")),
        ]

    def queryset(self, request, queryset):
        today = clock.today()
        return {
            "download": queryset.downloadable(today),
            "site": queryset.publishable(today),
            "never": queryset.filter(rights=INTERNAL),
            "over": queryset.filter(rights_end__lt=today),
        }.get(self.value(), queryset)


class PhotoForm(forms.ModelForm):
    """A photo; a file that is stored already was looked at when it came."""

    def _get_validation_exclusions(self):
        stored = set() if "image" in self.changed_data else {"image"}
        return super()._get_validation_exclusions() | stored


@admin.register(Photo)
class PhotoAdmin(RecordAdmin):
    form = PhotoForm
    formfield_overrides = RecordAdmin.formfield_overrides | {
        models.ImageField: {"form_class": PhotoField}
    }
    list_display = ["thumbnail", "alt", "credit", "rights", "rights_end", "taken_on"]
    list_display_links = ["thumbnail", "alt"]
    list_filter = [RightsFilter, "rights", "credit"]
    search_fields = ["alt_sv", "alt_en", "caption_sv", "caption_en", "credit"]
    ordering = ["-taken_on", "-pk"]
    readonly_fields = ["thumbnail"]
    fieldsets = [
        (None, {"fields": ["image", "thumbnail", "alt_sv", "alt_en"]}),
        (
            gettext_lazy("Rights"),
            {
                "fields": [
                    "credit",
                    "rights",
                    "rights_end",
                    ("rights_note_sv", "rights_note_en"),
                    "licence_url",
                ]
            },
        ),
        (
            gettext_lazy("Caption"),
            {"fields": ["caption_sv", "caption_en", "taken_on"]},
        ),
        (gettext_lazy("Crop"), {"fields": [("focal_x", "focal_y")]}),
        SOURCE,
    ]

    def get_urls(self):
        view = self.admin_site.admin_view(self.thumbnail_view)
        name = "racing_photo_thumbnail"
        return [path("<int:key>/thumbnail/", view, name=name), *super().get_urls()]

    def thumbnail_view(self, request, key):
        """The small picture, for photos too that the public may not see."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return thumbnails.response(get_object_or_404(Photo, pk=key))

    @admin.display(description=gettext_lazy("photo"))
    def thumbnail(self, photo):
        return thumbnails.tag(photo)

    @admin.display(description=gettext_lazy("shows"), ordering="alt_sv")
    def alt(self, photo):
        return photo.alt


# Teams


class PersonInline(RecordRows):
    model = Person
    fields = [("name", "role_sv", "role_en", "order"), "source"]


@admin.register(Team)
class TeamAdmin(RecordAdmin):
    typed_as = {"colour": ColourField}
    list_display = [first_photo, "name", "country", "is_home", "swatch"]
    list_display_links = ["name"]
    list_filter = ["is_home"]
    list_prefetch_related = ["photos"]
    search_fields = ["name", "short_name", "slug", "people__name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["photos"]
    fieldsets = [
        (
            None,
            {"fields": ["name", "short_name", "slug", "is_home", "colour"]},
        ),
        (
            gettext_lazy("About the team"),
            {
                "fields": [
                    "boilerplate_sv",
                    "boilerplate_en",
                    ("country", "base", "founded"),
                    "site_url",
                    "photos",
                ]
            },
        ),
        SOURCE,
    ]
    inlines = [PersonInline]

    @admin.display(description=gettext_lazy("colour"), ordering="colour")
    def swatch(self, team):
        if not team.colour:
            return ""
        return format_html(
            '<svg class="swatch" width="24" height="24" viewBox="0 0 24 24" '
            'role="img" aria-label="{0}"><rect width="24" height="24" rx="4" '
            'fill="{0}"/></svg>',
            team.colour,
        )


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    list_display = ["name", "role", "team", "order"]
    list_filter = ["team"]
    list_select_related = ["team"]
    search_fields = ["name", "team__name", "role_sv", "role_en"]
    autocomplete_fields = ["team"]
    fieldsets = [
        (None, {"fields": ["name", "team", ("role_sv", "role_en"), "order"]}),
        SOURCE,
    ]

    @admin.display(description=gettext_lazy("role"), ordering="role_sv")
    def role(self, person):
        return person.role


# Cars


@admin.register(RacingClass)
class RacingClassAdmin(RecordAdmin):
    list_display = ["name", "description"]
    search_fields = ["name"]
    fieldsets = [
        (None, {"fields": ["name", "description_sv", "description_en"]}),
        SOURCE,
    ]

    @admin.display(description=gettext_lazy("description"))
    def description(self, racing_class):
        return racing_class.description


@admin.register(Car)
class CarAdmin(RecordAdmin):
    list_display = [first_photo, "name", "generation", "racing_class", "power_kw"]
    list_display_links = ["name"]
    list_filter = ["racing_class", "make"]
    list_select_related = ["racing_class"]
    list_prefetch_related = ["photos"]
    search_fields = ["make", "model", "generation", "slug"]
    prepopulated_fields = {"slug": ["make", "model", "generation"]}
    autocomplete_fields = ["racing_class", "photos"]
    fieldsets = [
        (
            None,
            {"fields": [("make", "model", "generation"), "slug", "racing_class"]},
        ),
        (
            gettext_lazy("Figures"),
            {
                "fields": [
                    "engine",
                    ("displacement_cc", "power_kw", "torque_nm"),
                    ("gearbox", "drive"),
                    ("weight_kg", "length_mm", "width_mm"),
                    ("height_mm", "wheelbase_mm"),
                ]
            },
        ),
        (
            gettext_lazy("Texts and pictures"),
            {"fields": ["note_sv", "note_en", "photos"]},
        ),
        SOURCE,
    ]

    @admin.display(description=gettext_lazy("car"), ordering=("make", "model"))
    def name(self, car):
        return car.name


# Series


class SeasonInline(RecordRows):
    model = Season
    fields = [("year", "label", "rounds", "is_over"), "source"]
    list_select_related = ["series"]


@admin.register(Series)
class SeriesAdmin(RecordAdmin):
    list_display = ["short_name", "name", "organiser"]
    search_fields = ["name", "short_name", "slug"]
    prepopulated_fields = {"slug": ["short_name"]}
    fieldsets = [
        (None, {"fields": ["name", "short_name", "slug"]}),
        (
            gettext_lazy("About the series"),
            {
                "fields": [
                    ("organiser", "sanction"),
                    "site_url",
                    "description_sv",
                    "description_en",
                ]
            },
        ),
        SOURCE,
    ]
    inlines = [SeasonInline]


@admin.register(Season)
class SeasonAdmin(RecordAdmin):
    list_display = ["__str__", "label", "rounds", "is_over"]
    list_filter = ["series", "is_over", "year"]
    list_select_related = ["series"]
    search_fields = ["series__name", "series__short_name", "label", "year"]
    autocomplete_fields = ["series"]
    fieldsets = [
        (None, {"fields": [("series", "year"), "label", "rounds", "is_over"]}),
        SOURCE,
    ]


# Circuits


class LayoutInline(RecordRows):
    """The figures of a layout; its outline and lap records stand on its own page."""

    model = CircuitLayout
    typed_as = {"length_m": TrackLengthField}
    list_select_related = ["circuit"]
    fields = [
        ("name", "length_m", "corners", "direction"),
        ("first_year", "last_year"),
        "source",
    ]


@admin.register(Circuit)
class CircuitAdmin(RecordAdmin):
    typed_as = {"time_zone": TimeZoneField}
    list_display = [first_photo, "name", "place", "country", "time_zone"]
    list_display_links = ["name"]
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
    fields = [("racing_class", "time_ms", "set_on"), ("driver", "car"), "source"]


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
