"""The admin of the drivers: who they are, and their seasons as published."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy

from drivers.models import Biography, CareerResult, Driver, DriverLink, Milestone
from racing import formats, thumbnails
from racing.adminsite import FOLDED_SOURCE, SOURCE, RecordAdmin, RecordRows
from racing.forms import PointsField


class BiographyInline(RecordRows):
    model = Biography
    fieldsets = [
        (None, {"fields": [("language", "length", "reviewed_on"), "text"]}),
        FOLDED_SOURCE,
    ]


class DriverLinkInline(RecordRows):
    model = DriverLink
    fieldsets = [(None, {"fields": [("kind", "url", "label", "order")]}), FOLDED_SOURCE]


class MilestoneInline(RecordRows):
    model = Milestone
    classes = ["collapse"]
    fieldsets = [
        (None, {"fields": [("year", "date", "kind", "order"), ("text_sv", "text_en")]}),
        FOLDED_SOURCE,
    ]


@admin.register(Driver)
class DriverAdmin(RecordAdmin):
    list_display = ["portrait_photo", "name", "status", "nationality", "order"]
    list_display_links = ["name"]
    list_filter = ["status", "licence"]
    list_select_related = ["portrait"]
    search_fields = ["first_name", "last_name", "full_name", "slug"]
    ordering = ["order", "last_name", "first_name"]
    prepopulated_fields = {"slug": ["first_name", "last_name"]}
    autocomplete_fields = ["portrait", "photos"]
    readonly_fields = ["portrait_photo", "seasons"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("first_name", "last_name", "full_name"),
                    "slug",
                    ("status", "order"),
                    "seasons",
                ]
            },
        ),
        (
            gettext_lazy("Facts"),
            {
                "fields": [
                    ("nationality", "home_town"),
                    ("birth_date", "birth_place"),
                    ("licence", "club"),
                ]
            },
        ),
        (
            gettext_lazy("Pictures"),
            {"fields": ["portrait", "portrait_photo", "photos"]},
        ),
        SOURCE,
    ]
    inlines = [BiographyInline, MilestoneInline, DriverLinkInline]

    def get_view_on_site_url(self, obj=None):
        return super().get_view_on_site_url(obj) if obj and obj.has_page else None

    @admin.display(description=gettext_lazy("portrait"))
    def portrait_photo(self, driver):
        return thumbnails.tag(driver.portrait)

    @admin.display(description=gettext_lazy("driver"), ordering="last_name")
    def name(self, driver):
        return driver.name

    @admin.display(description=gettext_lazy("career"))
    def seasons(self, driver):
        return render_to_string("admin/widgets/seasons.html", {"driver": driver})


@admin.register(Biography)
class BiographyAdmin(RecordAdmin):
    list_display = ["driver", "language", "length", "reviewed_on"]
    list_filter = ["driver", "language", "length"]
    list_select_related = ["driver"]
    search_fields = ["driver__first_name", "driver__last_name", "driver__slug", "text"]
    autocomplete_fields = ["driver"]
    fieldsets = [
        (
            None,
            {"fields": ["driver", ("language", "length"), "text", "reviewed_on"]},
        ),
        SOURCE,
    ]


@admin.register(DriverLink)
class DriverLinkAdmin(RecordAdmin):
    in_index = False
    list_display = ["driver", "kind", "url", "order"]
    list_filter = ["driver", "kind"]
    list_select_related = ["driver"]
    search_fields = ["driver__first_name", "driver__last_name", "driver__slug", "url"]
    autocomplete_fields = ["driver"]
    fieldsets = [
        (None, {"fields": ["driver", "kind", "url", "label", "order"]}),
        SOURCE,
    ]


@admin.register(Milestone)
class MilestoneAdmin(RecordAdmin):
    list_display = ["year", "driver", "text", "kind"]
    list_display_links = ["text"]
    list_filter = ["driver", "kind"]
    list_select_related = ["driver"]
    search_fields = ["driver__last_name", "driver__slug", "text_sv", "text_en"]
    autocomplete_fields = ["driver"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "driver",
                    ("year", "date"),
                    "kind",
                    ("text_sv", "text_en"),
                    "order",
                ]
            },
        ),
        SOURCE,
    ]

    @admin.display(description=gettext_lazy("text"), ordering="text_sv")
    def text(self, milestone):
        return milestone.text


@admin.register(CareerResult)
class CareerResultAdmin(RecordAdmin):
    typed_as = {"points": PointsField}
    list_display = ["driver", "season", "team", "standing", "printed_points", "totals"]
    list_display_links = ["driver", "season"]
    list_filter = ["driver", "season__year", "season__series", "totals"]
    list_select_related = ["driver", "season__series", "team", "car"]
    search_fields = [
        "driver__first_name",
        "driver__last_name",
        "driver__slug",
        "season__series__name",
        "season__series__short_name",
        "season__year",
    ]
    ordering = ["driver__last_name", "-season__year"]
    autocomplete_fields = ["driver", "season", "team", "car"]
    fieldsets = [
        (
            None,
            {"fields": [("driver", "season"), ("team", "car"), ("number", "rounds")]},
        ),
        (
            gettext_lazy("Championship"),
            {"fields": [("position", "points", "after_round")]},
        ),
        (
            gettext_lazy("Totals"),
            {
                "fields": [
                    "totals",
                    ("starts", "wins", "class_wins"),
                    ("podiums", "poles", "fastest_laps"),
                ]
            },
        ),
        (gettext_lazy("Notes"), {"fields": ["note_sv", "note_en"]}),
        SOURCE,
    ]

    @admin.display(description=gettext_lazy("position"), ordering="position")
    def standing(self, result):
        return formats.ordinal(result.position) if result.position else "–"

    @admin.display(description=gettext_lazy("points"), ordering="points")
    def printed_points(self, result):
        return "–" if result.points is None else formats.points(result.points)
