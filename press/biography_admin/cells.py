"""The texts of one driver or team side by side: a cell for each language and length.

A cell left empty is a biography that there is not. What is typed into it becomes one,
and a stored one that is emptied is deleted.
"""

import json
from functools import cached_property

from django import forms
from django.contrib.admin.models import ADDITION, CHANGE, DELETION
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from press.biographies.changes import texts_changed
from press.biographies.facts import Facts, facts_of
from press.biographies.resolving import seasons_among
from press.biography_admin.previews import (
    Limits,
    Owner,
    Preview,
    owner_name,
    previews,
)
from racing import clock, tokens
from racing.adminsite import concurrency
from racing.adminsite.changes import InWords, Part, news
from racing.forms import DateInput, LongTextField
from racing.models import LANGUAGES, LENGTHS, LONG, Text

LONGEST_TEXT = 20_000  # characters, some three thousand words
ROWS = {25: 4, 60: 7, 150: 14, LONG: 20}  # lines of the box at first


def text_field():
    return LongTextField(
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        error_messages={
            "max_length": gettext_lazy(
                "The text is too long for this page: at most %(limit_value)s "
                "characters."
            )
        },
    )


class TextForm(forms.ModelForm):
    """What is typed of one text; `seasons` are those that its tokens may name."""

    class Meta:
        fields = ("text", "reviewed_on")
        widgets = {"reviewed_on": DateInput}

    text = text_field()

    def __init__(self, *args, seasons, **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.seasons = seasons
        for field in self.fields.values():
            field.help_text = ""  # the page explains them once
            field.widget.attrs["autocomplete"] = "off"

    def clean_text(self):
        text, known = self.cleaned_data["text"], self.instance.known_tokens
        try:
            tokens.validate(text, known, has_season=self.seasons.__contains__)
        except ValidationError:
            # The model would repeat what is wrong with the text that was stored.
            self.instance.text = ""
            raise
        return text

    def clean(self):
        cleaned = super().clean()
        is_empty = "text" in cleaned and not cleaned["text"]
        if is_empty and cleaned.get("reviewed_on") and self.instance.pk is None:
            self.add_error("reviewed_on", _("There is no text here to review yet."))
        return cleaned


def in_words(language, length):
    """``Swedish, 60 words``."""
    return f"{language}, {length}"


class Cell:
    """A text of an owner in one language and length, as stored and as typed.

    `place` is its place on the page, from 1.
    """

    def __init__(self, grid, language, length, place):
        self.grid, self.language, self.length = grid, language, length
        self.stored = grid.stored.get((language, length))
        self.prefix = f"{language}-{length}"
        # Texts are told apart by their keys: what no row has yet takes one of no row.
        self._key = self.stored.pk if self.stored else -place
        self.form = self.make_form(grid.data, self.stored)

    def make_form(self, data, text: Text | None):
        """The form for what is posted to the cell, or for a text as it is."""
        # A cell that the page did not have says nothing.
        is_posted = data is not None and f"{self.prefix}-text" in data
        form = self.grid.form_class(
            data if is_posted else None,
            instance=text or self.grid.blank(self.language, self.length),
            prefix=self.prefix,
            seasons=self.grid.seasons,
        )
        ids = [f"{form[name].auto_id}_faults" for name in ("text", "reviewed_on")]
        form.fields["text"].widget.attrs |= {
            "lang": self.language,
            "rows": ROWS[self.length],
            "placeholder": _("No biography of this length"),
            "aria-describedby": f"{ids[0]} {form['text'].auto_id}_count",
        }
        form.fields["reviewed_on"].widget.attrs["aria-describedby"] = ids[1]
        return form

    @property
    def name(self):
        return capfirst(in_words(LANGUAGES[self.language], LENGTHS[self.length]))

    @property
    def language_name(self):
        return LANGUAGES[self.language]

    @property
    def text(self):
        return self.form["text"]

    @property
    def reviewed_on(self):
        return self.form["reviewed_on"]

    @property
    def limits(self):
        return Limits(self.length)

    @property
    def limits_as_json(self):
        return json.dumps(self.limits.as_data())

    @property
    def count(self):
        return self.limits.told(self.preview.words)

    @property
    def verdict(self):
        return self.limits.verdict(self.preview.words)

    @property
    def preview(self):
        return self.grid.previews.get(self.draft, Preview())

    @property
    def faults(self):
        """Why the text cannot be saved: what was typed, or what is stored."""
        return self.form.errors.get("text") or self.preview.faults

    @cached_property
    def draft(self) -> Text:
        """The text as the cell shows it, for a look at it; never saved."""
        draft = self.grid.blank(self.language, self.length)
        draft.pk = self._key
        draft.text = self.form.fields["text"].to_python(self.text.value() or "")
        try:
            day = self.reviewed_on.value()
            draft.reviewed_on = self.form.fields["reviewed_on"].to_python(day)
        except ValidationError:
            draft.reviewed_on = None
        return draft

    # Saving

    @property
    def is_touched(self):
        return self.form.is_bound and self.form.has_changed()

    @cached_property
    def is_valid(self):
        return not self.is_touched or self.form.is_valid()

    def save(self) -> int | None:
        """Keep what was typed; which of the log's actions that was, if any."""
        if not self.is_touched:
            return None
        text = self.form.instance
        if not self.form.cleaned_data["text"]:
            # From the database: its history keeps the text that it had.
            gone = self.grid.model.objects.filter(pk=text.pk)
            return DELETION if gone.delete()[0] else None
        text.save()
        return CHANGE if self.stored else ADDITION


class Grid:
    """All texts of a driver or team: a row for each length, a cell a language."""

    def __init__(self, owner: Owner, model: type[Text], data=None):
        self.owner, self.model, self.data = owner, model, data
        self.form_class = forms.modelform_factory(model, form=TextForm)
        texts = model.objects.filter(**{owner_name(model): owner})
        self.stored = {(text.language, text.length): text for text in texts}
        places = [(length, language) for length in LENGTHS for language in LANGUAGES]
        self.seasons = self._seasons(places)
        self.cells = [
            Cell(self, language, length, place)
            for place, (length, language) in enumerate(places, start=1)
        ]

    def _seasons(self, places):
        """The seasons that the posted texts name, as far as there are any."""
        if self.data is None:
            return frozenset()
        texts = [self.data.get(f"{lang}-{length}-text", "") for length, lang in places]
        named = {token.season for text in texts for token in tokens.parse(text)}
        return seasons_among(named - {""})

    def blank(self, language, length) -> Text:
        owner = {owner_name(self.model): self.owner}
        return self.model(language=language, length=length, **owner)

    @property
    def rows(self):
        """(name of a length, its cells)."""
        return [
            (name, [cell for cell in self.cells if cell.length == length])
            for length, name in LENGTHS.items()
        ]

    def cell(self, language, length) -> Cell:
        return next(c for c in self.cells if c.prefix == f"{language}-{length}")

    @cached_property
    def facts(self) -> Facts:
        return facts_of([self.owner])[self.owner]

    @cached_property
    def previews(self) -> dict[Text, Preview]:
        """What is to be said of every text that the cells show."""
        shown = [cell for cell in self.cells if cell.draft.text]
        changed = texts_changed(self.stored.values())
        for cell in shown:
            if cell.is_touched and "text" in cell.form.changed_data:
                changed[cell.draft] = clock.machine_now()
        facts = {self.owner: self.facts}
        return previews([cell.draft for cell in shown], facts, changed)

    @property
    def faulty(self):
        return [cell for cell in self.cells if not cell.is_valid]

    def save(self) -> list[int]:
        """Keep what was typed; the log's action of each text that changed."""
        done = [cell.save() for cell in self.cells]
        return [action for action in done if action is not None]


# Two editors


class TextWords(InWords):
    """Biographies on their owner's screen are told by language and length alone."""

    def label(self, record):
        return in_words(record.get_language_display(), record.get_length_display())


def part_of(model: type[Text]) -> Part:
    """The biographies of an owner, as a part of a page."""
    return Part(model._meta.model_name, model, owner_name(model), TextWords())


def told_since(owner: Owner, model: type[Text], seen: dict) -> list[str]:
    """What others did since the posted page was opened, in sentences."""
    if not seen:
        return concurrency.sentences_on_no_version()
    part = part_of(model)
    since = concurrency.number_in(seen, part.name)
    return concurrency.sentences(news(part, owner.pk, since), [])


def merged(data, grid: Grid, seen: dict):
    """The posted data, with what is stored now in every box left as it was opened.

    `grid` is what is stored, unbound. A biography that is gone comes back as a new one
    where something was typed into it.
    """
    data = data.copy()
    part = part_of(grid.model)
    entries = part.as_of(grid.owner.pk, concurrency.number_in(seen, part.name))
    before = {
        (entry.language, entry.length): entry.instance
        for entry in entries.values()
        if entry.history_type != "-"
    }
    for cell in grid.cells:
        if f"{cell.prefix}-text" in data:
            as_seen = cell.make_form(data, before.get((cell.language, cell.length)))
            concurrency.carry_over(data, as_seen, cell.form)
    return data


# One text that is being typed


class PreviewForm(forms.Form):
    """What a page asks a preview of."""

    text = text_field()
    language = forms.ChoiceField(choices=LANGUAGES)
    length = forms.TypedChoiceField(choices=LENGTHS, coerce=int)
    reviewed_on = forms.CharField(required=False, max_length=10)


def preview_of(owner: Owner, model: type[Text], asked: dict) -> dict:
    """What is to be said of a text that is being typed, as JSON can tell it.

    `asked` is what a valid `PreviewForm` holds.
    """
    prefix = f"{asked['language']}-{asked['length']}"
    data = {f"{prefix}-{name}": asked[name] for name in ("text", "reviewed_on")}
    cell = Grid(owner, model, data).cell(asked["language"], asked["length"])
    return cell.preview.as_data() | {"faults": list(cell.faults)}
