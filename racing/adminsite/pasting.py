"""Pasting a table into the admin: its text, what each column is, a preview, saving.

Nothing is kept between the steps but in the page itself: the table goes along as text.
What is saved is what the preview showed: the page carries a fingerprint of it, and
where that no longer fits, the preview is shown anew and nothing is saved.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django import forms
from django.contrib.admin import helpers
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from racing import formats
from racing.forms import LongTextField
from racing.tables.columns import Fault
from racing.tables.reading import (
    KINDS,
    Table,
    TableError,
    as_text,
    read_file,
    read_text,
)

LONGEST_TEXT = 500_000  # characters that a page carries along
MOST_COLUMNS = 60

CREATED, CHANGED, LEFT, LEFT_OUT = "created", "changed", "left", "left_out"


# The table


class TableForm(forms.Form):
    """A table as pasted text or as a file; `table` once it is valid."""

    text = LongTextField(
        label=gettext_lazy("Pasted table"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "wrap": "off"}),
        help_text=gettext_lazy(
            "Copy the table with its headings from the timing page, the PDF or the "
            "spreadsheet and paste it here."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
        help_text=gettext_lazy("CSV, TSV or an Excel workbook (.xlsx)."),
    )

    def clean(self):
        cleaned = super().clean()
        text, file = cleaned.get("text", ""), cleaned.get("file")
        if self.errors:
            return cleaned
        if file and text.strip():
            self.add_error("file", _("Paste a table or choose a file, not both."))
        elif file:
            self._read("file", lambda: read_file(file.name, file))
        elif text.strip():
            self._read("text", lambda: read_text(text))
        else:
            self.add_error("text", _("Paste a table or choose a file."))
        return cleaned

    def _read(self, name, read):
        try:
            self.table = read()
            if name == "file":
                self.cleaned_data["text"] = as_text(self.table)
            self._refuse_size()
        except TableError as error:
            self.add_error(name, str(error))

    def _refuse_size(self):
        columns = len(self.table.header)
        if columns > MOST_COLUMNS:
            sentence = _(
                "The table has %(columns)s columns; here at most %(most)s fit."
            )
            values = {"columns": columns, "most": MOST_COLUMNS}
            raise TableError(sentence % values)
        if len(self.cleaned_data["text"]) > LONGEST_TEXT:
            sentence = _(
                "The table is too long for this page: at most %(most)s characters."
            )
            raise TableError(sentence % {"most": formats.whole(LONGEST_TEXT)})


class ColumnsForm(forms.Form):
    """A choice above each column: what it is."""

    def __init__(
        self, table: Table, names: Sequence[str], labels: Mapping[str, object]
    ):
        super().__init__()
        for number, heading in enumerate(table.header, start=1):
            name = names[number - 1]
            choices = [(key, capfirst(label)) for key, label in labels.items()]
            if not name:
                choices.insert(0, ("", _("Not recognised")))
            label = heading or _("Column %(number)s") % {"number": number}
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=label, choices=choices, initial=name, required=False
            )


def chosen_columns(data, count: int, labels: Mapping[str, object]):
    """What the page says each column is, or None where it does not say so of all."""
    names = [data.get(f"column_{number}") for number in range(1, count + 1)]
    if None in names or f"column_{count + 1}" in data:
        return None
    return tuple(name if name in labels else "" for name in names)


# The preview


@dataclass(frozen=True)
class Move:
    """One field with what it holds and what it will hold, in words."""

    name: str
    old: str
    new: str


@dataclass
class PreviewRow:
    """One row of the table with what happens to it.

    `outcome` is CREATED, CHANGED, LEFT or LEFT_OUT; empty where nothing is known
    yet. `about` says whom or what it is about, `why` why it is left out.
    """

    line: int
    cells: Sequence[str]
    outcome: str = ""
    about: str = ""
    why: str = ""
    moves: Sequence[Move] = ()
    notes: Sequence[str] = ()
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_refused(self):
        return any(not fault.is_warning for fault in self.faults)

    @property
    def marked_cells(self):
        """(cell, “wrong”, “doubtful” or nothing)."""
        marks = {}
        for fault in self.faults:
            mark = "doubtful" if fault.is_warning else "wrong"
            if marks.get(fault.column) != "wrong":
                marks[fault.column] = mark
        return [
            (cell, marks.get(place, "")) for place, cell in enumerate(self.cells, 1)
        ]


class Preview:
    """The rows of a table, and every fault at its row and on the list on top."""

    def __init__(
        self,
        rows: Sequence[PreviewRow],
        faults: Iterable[Fault],
        *,
        is_known: bool,
        removed: int = 0,
    ):
        """`is_known`: whether the rows could be read at all; `removed`: how many go."""
        self.rows = rows
        self.faults = list(faults)
        self.is_known = is_known
        self.removed = removed
        by_line = {row.line: row for row in rows}
        for fault in self.faults:
            if fault.line in by_line:
                by_line[fault.line].faults.append(fault)

    @property
    def refusals(self):
        return [fault for fault in self.faults if not fault.is_warning]

    @property
    def warnings(self):
        return [fault for fault in self.faults if fault.is_warning]

    @property
    def here(self):
        """The rows that something is said of here."""
        return [row for row in self.rows if row.outcome != LEFT_OUT or row.faults]

    @property
    def left_out(self):
        here = {id(row) for row in self.here}
        return [row for row in self.rows if id(row) not in here]

    @property
    def counts(self):
        """How many rows of each outcome there are, by its name."""
        names = (CREATED, CHANGED, LEFT, LEFT_OUT)
        outcomes = [row.outcome for row in self.rows]
        return {name: outcomes.count(name) for name in names}

    @property
    def says_nothing_new(self):
        counts = self.counts
        return not (counts[CREATED] or counts[CHANGED] or self.removed)

    @property
    def width(self):
        """Columns of the table with those that say what happens."""
        return 2 + max((len(row.cells) for row in self.rows), default=0)


def fingerprint(*parts: object) -> str:
    """The same for the same parts, which JSON must be able to tell."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


class Pasting:
    """One request on its way from a pasted table to what is saved.

    A kind of it gives `labels` (what a column may be), the templates of the two pages,
    and, in the order in which they are asked:

    - `make_forms()`: the forms beside the table, by name;
    - `recognise(table)`: the table with its headings settled, what each column seems
      to be;
    - `make_draft()`: what saving would do, of `self.table` and `self.columns`; what it
      is about stays locked until it is saved;
    - `make_preview()`: a `Preview` of that draft;
    - `seen()` and `choices()`: a fingerprint of the draft, and what was chosen besides
      the columns, as JSON can tell it;
    - `is_complete()`: whether the forms allow saving; they show what they lack;
    - `save()`: saves the draft and gives the response;
    - `fieldsets(is_first=...)` and `context()`: what the pages show.
    """

    labels: Mapping[str, object] = {}
    first_template = ""
    preview_template = ""

    def __init__(self, model_admin, request):
        self.model_admin = model_admin
        self.request = request
        self.data = request.POST if request.method == "POST" else None
        self.comes_from_preview = self.data is not None and "seen" in self.data
        # Why a page that was to be saved is shown once more.
        self.told = []

    # The way

    def respond(self):
        table_form = TableForm(self.data, self.request.FILES or None)
        self.forms = self.make_forms()
        if self.data is None:
            return self.first_page(table_form)
        with transaction.atomic():
            if not self.may_be_read(table_form):
                return self.first_page(table_form)
            self.text = table_form.cleaned_data["text"]
            self.table, self.columns = self.recognise(table_form.table)
            if self.comes_from_preview:
                chosen = chosen_columns(self.data, len(self.table.header), self.labels)
                self.columns = chosen or self.columns
            self.draft = self.make_draft()
            self.preview = self.make_preview()
            if "save" in self.data and self.may_be_saved():
                return self.save()
        return self.preview_page()

    def may_be_read(self, table_form):
        return table_form.is_valid()

    def may_be_saved(self):
        """Whether this is what the preview showed, and nothing stands in the way."""
        if self.preview.refusals:
            return False
        if self.data.get("chosen") != self.chosen():
            self.told.append(
                _(
                    "You changed the table or how it is read. This is what would be "
                    "saved now; nothing is saved yet."
                )
            )
        elif self.data.get("seen") != self.seen():
            self.told.append(
                _(
                    "Somebody has changed something in the meantime. This is what "
                    "would be saved now; nothing is saved yet."
                )
            )
        elif self.preview.warnings and not self.data.get("confirmed"):
            self.told.append(
                _("Read the doubts and confirm them; nothing is saved yet.")
            )
        else:
            return self.is_complete()
        return False

    def chosen(self):
        return fingerprint(self.text, self.columns, *self.choices())

    def first_page(self, table_form):
        return self.page(
            self.first_template,
            table_fields=in_fieldsets(table_form, "text", "file"),
            more_fields=self.fieldsets(is_first=True),
            has_errors=table_form.is_bound,
        )

    def preview_page(self):
        form = TableForm(initial={"text": self.text})
        form.fields["text"].help_text = ""  # the page has words of its own for it
        return self.page(
            self.preview_template,
            columns=ColumnsForm(self.table, self.columns, self.labels),
            preview=self.preview,
            notes=self.table.notes,
            text=form["text"],
            told=self.told,
            seen=self.seen(),
            chosen=self.chosen(),
            more_fields=self.fieldsets(is_first=False),
            may_save=self.preview.is_known and not self.preview.refusals,
        )

    def page(self, template, **context):
        site = self.model_admin.admin_site
        context |= site.each_context(self.request) | self.context()
        context |= {"opts": self.model_admin.opts}
        self.request.current_app = site.name
        return TemplateResponse(self.request, template, context)


def in_fieldsets(form, *lines, name=None):
    """A form as the admin draws it: each line a field, or several side by side."""
    return helpers.AdminForm(form, [(name, {"fields": lines})], {})
