"""Pasting the standings of a championship: the table, what it would change, saving."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from drivers import imports
from drivers.models import Driver, StandingsLine, StandingsTable
from events.driver_names import Names, split_names
from events.imports.headings import FIELDS, IGNORE, headed, recognise
from racing import dates, formats
from racing.adminsite import is_key
from racing.adminsite.changes import NOTHING
from racing.adminsite.pasting import (
    Move,
    Pasting,
    Preview,
    PreviewRow,
    fingerprint,
    in_fieldsets,
)
from racing.forms import DateInput, LongTextField
from racing.models import Season

REASON = "Pasted"
NEEDED = [
    f"drivers.{action}_{model}"
    for action in ("add", "change", "delete")
    for model in ("standingstable", "standingsline")
]
# Which table it is, and what is known about it.
KEY = ("season", "name_sv", "after_round")
ABOUT = ("name_en", "published_on", "source_url", "source")
# The fields of its page, those of a line side by side.
LINES = [
    ("season", "after_round"),
    ("name_sv", "name_en"),
    ("published_on", "source_url"),
    "source",
]


class HeadForm(forms.ModelForm):
    """Which table of which season it is; one that there is already is changed.

    What is left empty about a table that there is stays as it is.
    """

    class Meta:
        model = StandingsTable
        fields = (*KEY, *ABOUT)
        widgets = {"published_on": DateInput}
        field_classes = {"source": LongTextField}

    source_url = forms.URLField(
        label=gettext_lazy("Address of the table"),
        required=False,
        max_length=StandingsTable._meta.get_field("source_url").max_length,
        assume_scheme="https",
        help_text=StandingsTable._meta.get_field("source_url").help_text,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.before = {}
        seasons = Season.objects.select_related("series").order_by(
            "-year", "series__short_name"
        )
        self.fields["season"].queryset = seasons
        self.fields["source"].widget.attrs["rows"] = 2

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        key = {name: cleaned[name] for name in KEY}
        # Whoever saves the same at the same time waits here for the first.
        Season.objects.select_for_update().filter(pk=cleaned["season"].pk).first()
        if stored := StandingsTable.objects.filter(**key).first():
            self.instance = stored
            self.before = {name: getattr(stored, name) for name in ABOUT}
            for name in ABOUT:
                cleaned[name] = cleaned[name] or self.before[name]
        return cleaned

    @property
    def moves(self):
        """What becomes known about a table that there is."""
        return [
            Move(
                label_of(StandingsTable, name), in_words(name, old), in_words(name, new)
            )
            for name, old in self.before.items()
            if (new := getattr(self.instance, name)) != old
        ]


class StandingsPaste(Pasting):
    """A table pasted for one season."""

    labels = {name: FIELDS[name] for name in (*imports.COLUMNS, IGNORE)}
    first_template = "admin/drivers/paste.html"
    preview_template = "admin/drivers/paste_preview.html"

    def make_forms(self):
        return {"head": HeadForm(self.data, initial=self.asked_for())}

    def asked_for(self):
        """The table that the address names, or its season, to begin with."""
        key = self.request.GET.get("table", "")
        if key:
            table = get_object_or_404(StandingsTable, pk=key if is_key(key) else None)
            return {name: getattr(table, name) for name in (*KEY, *ABOUT)}
        season = self.request.GET.get("season", "")
        return {"season": season} if is_key(season) else {}

    def may_be_read(self, table_form):
        # Both tell what they lack at once.
        return all([self.forms["head"].is_valid(), super().may_be_read(table_form)])

    def recognise(self, table):
        table = headed(table)
        names = recognise(table)
        return table, tuple(name if name in self.labels else IGNORE for name in names)

    @property
    def removes_missing(self):
        return self.comes_from_preview and "removes_missing" in self.data

    def choices(self):
        head = self.forms["head"].cleaned_data
        return [self.removes_missing, *(str(head[name]) for name in (*KEY, *ABOUT))]

    # What it would do

    def make_draft(self):
        return imports.draft(
            self.forms["head"].instance,
            self.table.rows,
            self.columns,
            self.labels,
            self.find,
            removes_missing=self.removes_missing,
        )

    @cached_property
    def names(self):
        """Everybody the site knows, asked for once."""
        return Names(Driver.objects.all())

    def find(self, text):
        """The names in a cell; “Berg, Bo” is one person, as tables print it."""
        return [(name, self.names.find(name)) for name in split_names(text)]

    def make_preview(self):
        draft = self.draft
        if draft.is_known:
            rows = [preview_row(row) for row in draft.rows]
        else:
            rows = [PreviewRow(row.line, row.cells) for row in self.table.rows]
        removed = len(draft.removed)
        return Preview(rows, draft.faults, is_known=draft.is_known, removed=removed)

    def seen(self):
        rows = [
            [row.line, row.outcome, row.about, [str(move) for move in row.moves]]
            for row in self.preview.rows
        ]
        table, faults = self.draft.table, map(str, self.draft.faults)
        missing = [line.pk for line in self.draft.missing]
        head = [str(move) for move in self.forms["head"].moves]
        return fingerprint(table.pk, rows, missing, head, *faults)

    def context(self):
        head = self.forms["head"]
        draft = getattr(self, "draft", None)
        return {
            "title": _("Paste standings"),
            "draft": draft,
            "table": head.instance if draft else None,
            "head_moves": head.moves if draft else [],
        }

    def fieldsets(self, *, is_first):
        return in_fieldsets(self.forms["head"], *LINES, name=_("The table"))

    # Saving

    def is_complete(self):
        return True

    def save(self):
        draft, head = self.draft, self.forms["head"]
        if draft.table.pk and head.moves:
            draft.table._change_reason = REASON
            draft.table.save()
        said = in_short(draft)
        imports.save(draft, REASON)
        self.model_admin.log_change(self.request, draft.table, said)
        self.model_admin.message_user(self.request, said, messages.SUCCESS)
        name = f"{self.model_admin.admin_site.name}:drivers_standingstable_change"
        return HttpResponseRedirect(reverse(name, args=[draft.table.pk]))


# In words


def preview_row(row: imports.Row) -> PreviewRow:
    """A row as the preview shows it."""
    line = row.becomes
    notes = []
    if line and line.driver is None and line.name:
        notes.append(_("Not on the site: kept as printed."))
    return PreviewRow(
        line=row.line,
        cells=row.cells,
        outcome=row.outcome,
        about=line.shown_name if line else "",
        why=row.left_out,
        moves=list(moves(row)),
        notes=notes,
    )


def moves(row: imports.Row):
    """What becomes of a line, field by field; a place with the mark of a tie."""
    for difference in row.differences:
        name, old, new = difference.field, difference.old, difference.new
        if name == "is_tied" and _is_told(row, "position"):
            continue
        old, new = in_words(name, old), in_words(name, new)
        if name == "position" and row.becomes.position:
            new = formats.position(row.becomes.position, tied=row.becomes.is_tied)
        if old != new:
            yield Move(label_of(StandingsLine, name), old, new)


def _is_told(row, name):
    return any(difference.field == name for difference in row.differences)


def label_of(model, name):
    return capfirst(model._meta.get_field(name).verbose_name)


def in_words(name, value):
    """A value of a table or of one of its lines; nothing where it is empty."""
    if value in (None, ""):
        return ""
    if name == "points":
        return formats.points(value)
    if name == "published_on":
        return dates.date(value)
    if name == "is_tied":
        return _("yes") if value else ""
    return str(value)


def in_short(draft: imports.Draft) -> str:
    """``Standings: 12 new, 3 changed, 1 removed.``"""
    new, changed = (
        len(draft.having(imports.CREATED)),
        len(draft.having(imports.CHANGED)),
    )
    left, removed = len(draft.having(imports.LEFT)), len(draft.removed)
    counts = {
        ngettext("%(count)s new", "%(count)s new", new): new,
        ngettext("%(count)s changed", "%(count)s changed", changed): changed,
        ngettext("%(count)s removed", "%(count)s removed", removed): removed,
        ngettext("%(count)s left as it was", "%(count)s left as they were", left): left,
    }
    told = [text % {"count": count} for text, count in counts.items() if count]
    return _("Standings: %(counts)s.") % {"counts": ", ".join(told) or NOTHING}


# The page


def urls(options):
    """The address of the page, for the admin of standings."""

    def view(request):
        if not request.user.has_perms(NEEDED):
            raise PermissionDenied
        return StandingsPaste(options, request).respond()

    return [
        path(
            "paste/",
            options.admin_site.admin_view(view),
            name="drivers_standingstable_paste",
        )
    ]
