"""The admin of the drivers: who they are, and their seasons as published."""

from collections import defaultdict

from django import forms
from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drivers import disagreements, pasting
from drivers.models import (
    Biography,
    CareerResult,
    Driver,
    DriverLink,
    Milestone,
    StandingsLine,
    StandingsTable,
)
from press.biography_admin import HasBiographies, TextAdmin
from racing import formats, thumbnails
from racing.adminsite import (
    FOLDED_SOURCE,
    SOURCE,
    RecordAdmin,
    RecordRows,
    SearchSelect,
)
from racing.forms import PointsField


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
class DriverAdmin(HasBiographies, RecordAdmin):
    biography_model = Biography
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
    inlines = [MilestoneInline, DriverLinkInline]

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
class BiographyAdmin(TextAdmin):
    note = gettext_lazy("Biographies to look at: %(count)s")
    owner = "driver"
    list_display = ["driver", *TextAdmin.columns]
    list_filter = ["driver", *TextAdmin.filters]
    list_select_related = ["driver"]
    search_fields = ["driver__first_name", "driver__last_name", "driver__slug", "text"]
    autocomplete_fields = ["driver"]
    fieldsets = [(None, {"fields": ["driver", *TextAdmin.fields_of_text]}), SOURCE]


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

    def get_urls(self):
        return [*disagreements.urls(self), *super().get_urls()]

    @admin.display(description=gettext_lazy("position"), ordering="position")
    def standing(self, result):
        return formats.ordinal(result.position) if result.position else "–"

    @admin.display(description=gettext_lazy("points"), ordering="points")
    def printed_points(self, result):
        return "–" if result.points is None else formats.points(result.points)


# Standings


class KnownDriver(SearchSelect):
    """Choosing a driver by searching; the one who is chosen is known already."""

    known = None

    def optgroups(self, name, value, attrs=None):
        if self.known is None or value != [str(self.known.pk)]:
            return super().optgroups(name, value, attrs)
        option = self.create_option(name, self.known.pk, str(self.known), value, 1)
        empty = self.create_option(name, "", "", False, 0)
        return [(None, [empty, option], 0)]


class StandingsLineForm(forms.ModelForm):
    """A line on the page of its table: its driver is asked for with the lines."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["driver"].widget.widget.known = self.instance.driver


class StandingsLineFormSet(BaseInlineFormSet):
    """The lines of one table, in which a place is held by one unless it is shared."""

    def clean(self):
        super().clean()
        held = defaultdict(list)
        for form in self.forms:
            position = getattr(form, "cleaned_data", {}).get("position")
            if position and not self._should_delete_form(form):
                held[position].append(form)
        for forms_there in held.values():
            tied = all(form.cleaned_data["is_tied"] for form in forms_there)
            if len(forms_there) > 1 and not tied:
                for form in forms_there:
                    form.add_error("position", place_taken())

    def save(self, commit=True):  # noqa: FBT002, Django's own
        # Two lines may change places: nobody holds one while they do.
        moved = [form.instance.pk for form in self.initial_forms if form.has_changed()]
        StandingsLine.objects.filter(pk__in=moved).update(position=None)
        return super().save(commit)


def place_taken():
    return _("Another line has this position. Mark both as tied, or correct one.")


class StandingsLineInline(RecordRows):
    model = StandingsLine
    form = StandingsLineForm
    formset = StandingsLineFormSet
    typed_as = {"points": PointsField}
    autocomplete_fields = ["driver"]
    list_select_related = ["driver"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("position", "is_tied", "driver", "name"),
                    ("number", "team", "points"),
                ]
            },
        ),
        FOLDED_SOURCE,
    ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "driver":
            kwargs["widget"] = KnownDriver(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(StandingsTable)
class StandingsTableAdmin(RecordAdmin):
    list_display = ["season", "table", "after_round", "published_on"]
    list_display_links = ["season", "table"]
    list_filter = ["season__year", "season__series"]
    list_select_related = ["season__series"]
    search_fields = [
        "season__series__name",
        "season__series__short_name",
        "season__year",
        "name_sv",
        "name_en",
    ]
    ordering = ["-season__year", "season", "name_sv", "-after_round", "pk"]
    autocomplete_fields = ["season"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("season", "after_round"),
                    ("name_sv", "name_en"),
                    ("published_on", "source_url"),
                ]
            },
        ),
        SOURCE,
    ]
    inlines = [StandingsLineInline]

    def get_urls(self):
        return [*pasting.urls(self), *super().get_urls()]

    @admin.display(description=gettext_lazy("table"), ordering="name_sv")
    def table(self, table):
        return table.name or _("Drivers’ championship")


@admin.register(StandingsLine)
class StandingsLineAdmin(RecordAdmin):
    in_index = False
    typed_as = {"points": PointsField}
    list_display = ["shown_name", "table", "position", "printed_points"]
    list_filter = ["table__season__year", "table__season__series"]
    list_select_related = ["driver", "table__season__series"]
    search_fields = ["name", "team", "driver__last_name", "driver__slug"]
    autocomplete_fields = ["table", "driver"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "table",
                    ("position", "is_tied", "driver", "name"),
                    ("number", "team", "points"),
                ]
            },
        ),
        SOURCE,
    ]

    def as_use(self, line):
        return f"{line}, {line.table}"

    @admin.display(description=gettext_lazy("name"), ordering="name")
    def shown_name(self, line):
        return line.shown_name

    @admin.display(description=gettext_lazy("points"), ordering="points")
    def printed_points(self, line):
        return "–" if line.points is None else formats.points(line.points)
