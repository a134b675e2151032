"""Cars and their classes."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from racing import thumbnails
from racing.adminsite import SOURCE, RecordAdmin
from racing.models import Car, RacingClass


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


class MakeFilter(admin.AllValuesFieldListFilter):
    """The makes that cars have; a car whose builder is not known has none."""

    def choices(self, changelist):
        for choice in super().choices(changelist):
            yield choice | {"display": choice["display"] or _("not known")}


@admin.register(Car)
class CarAdmin(RecordAdmin):
    list_display = [
        "name",
        "generation",
        "racing_class",
        "power_kw",
        thumbnails.of_first,
    ]
    list_filter = ["racing_class", ("make", MakeFilter)]
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
