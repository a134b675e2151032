"""Teams, and the people who speak for them."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from press.biography_admin import HasBiographies, TextAdmin
from racing import thumbnails
from racing.adminsite import FOLDED_SOURCE, SOURCE, RecordAdmin, RecordRows
from racing.forms import ColourField
from racing.models import Person, Team, TeamBiography


class PersonInline(RecordRows):
    model = Person
    fieldsets = [
        (None, {"fields": [("name", "role_sv", "role_en", "order")]}),
        FOLDED_SOURCE,
    ]


@admin.register(Team)
class TeamAdmin(HasBiographies, RecordAdmin):
    biography_model = TeamBiography
    typed_as = {"colour": ColourField}
    list_display = ["name", "country", "is_home", "swatch", thumbnails.of_first]
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


@admin.register(TeamBiography)
class TeamBiographyAdmin(TextAdmin):
    note = gettext_lazy("Biographies of teams to look at: %(count)s")
    owner = "team"
    list_display = ["team", *TextAdmin.columns]
    list_filter = ["team", *TextAdmin.filters]
    list_select_related = ["team"]
    search_fields = ["team__name", "team__short_name", "team__slug", "text"]
    autocomplete_fields = ["team"]
    fieldsets = [(None, {"fields": ["team", *TextAdmin.fields_of_text]}), SOURCE]


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
