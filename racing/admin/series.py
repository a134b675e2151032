"""Series and their seasons."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from racing.adminsite import FOLDED_SOURCE, SOURCE, RecordAdmin, RecordRows
from racing.models import Season, Series


class SeasonInline(RecordRows):
    model = Season
    fieldsets = [
        (None, {"fields": [("year", "label", "rounds", "is_over")]}),
        FOLDED_SOURCE,
    ]
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
