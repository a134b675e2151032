"""The list of biographies in the admin, and what it says on the admin's first page."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from press.biography_admin.pages import address
from press.biography_admin.previews import owner_name, previews
from racing.adminsite import RecordAdmin
from racing.adminsite.site import Note

LOOK = "look"
TO_LOOK_AT = {"yes": gettext_lazy("To look at"), "no": gettext_lazy("In order")}


class ToLookAt(admin.SimpleListFilter):
    """Whether the facts say anything against a biography."""

    title = gettext_lazy("warnings")
    parameter_name = LOOK

    def lookups(self, request, model_admin):
        return list(TO_LOOK_AT.items())

    def queryset(self, request, queryset):
        if self.value() not in TO_LOOK_AT:
            return queryset
        keys = warned_of(queryset.model)
        if self.value() == "yes":
            return queryset.filter(pk__in=keys)
        return queryset.exclude(pk__in=keys)


def warned_of(model) -> list[int]:
    """The keys of the biographies that the facts say anything against."""
    found = previews(model.objects.select_related(owner_name(model)))
    return [text.pk for text, preview in found.items() if preview.warnings]


class TextAdmin(RecordAdmin):
    """The biographies of all drivers, or of all teams."""

    note = ""  # for the first page; with %(count)s
    owner = ""  # what the model calls whom a text is about
    columns = ("screen", "language", "length", "words", "warnings", "reviewed_on")
    filters = (ToLookAt, "language", "length")
    fields_of_text = (("language", "length"), "text", "reviewed_on")

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        self._look_at(list(changelist.result_list))
        return changelist

    def _look_at(self, listed):
        """Lay what is to be said of each text beside it.

        With the other texts of the same owners, for one language is held against the
        other.
        """
        owners = {getattr(text, f"{self.owner}_id") for text in listed}
        texts = self.model.objects.filter(**{f"{self.owner}__in": owners})
        found = previews(texts.select_related(self.owner))
        for text in listed:
            text.preview = found[text]

    @admin.display(description=gettext_lazy("words"))
    def words(self, text):
        return text.preview.words

    @admin.display(description=gettext_lazy("warnings"))
    def warnings(self, text):
        return len(text.preview.warnings) or "–"

    @admin.display(description=gettext_lazy("side by side"))
    def screen(self, text):
        return format_html(
            '<a href="{}" aria-label="{}">{}</a>',
            address(text.owner),
            _("Write: %(name)s") % {"name": text.owner},
            _("Write"),
        )

    def note_on_index(self, request) -> Note | None:
        """How many there are to look at, for the admin's first page."""
        if not self.has_view_permission(request):
            return None
        count = len(warned_of(self.model))
        if not count:
            return None
        page = f"{self.opts.app_label}_{self.opts.model_name}_changelist"
        return Note(
            self.note % {"count": count},
            f"{reverse(f'{self.admin_site.name}:{page}')}?{LOOK}=yes",
        )
