"""The second to save is told who saved before, and loses nothing of what was typed.

A page of the admin carries, in a hidden field, how far the history of everything it
edits had come when it was opened. Where the history has gone on since, nothing is
saved: the editor is told who changed what, the page comes back with all that was
typed, and what the editor had not touched shows what is stored now. Saving that page
goes through.

The hidden field is a query string: for the record and for each kind of row on the
page the number of the last entry of its history; for lists of keys, such as photos,
the keys themselves, since their history is not kept.
"""

import re
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from racing.adminsite import changes

FIELD = "_version"
DELETED = "deleted"
LONGEST_VERSION = 10_000  # characters


# What an editor has seen


def version(parts, pk, state) -> str:
    """How far everything on a page has come: its parts and what else it shows."""
    numbers = {part.name: part.newest(pk) for part in parts}
    return urlencode(numbers | state)


def version_of_deleted(entry) -> str:
    """The state of the page of a record that is gone: the last entry of its history."""
    return urlencode({DELETED: entry.history_id})


def seen_in(data) -> dict[str, str]:
    """What the posted page had shown; empty where it does not say so."""
    text = data.get(FIELD, "")
    if len(text) > LONGEST_VERSION:
        return {}
    return dict(parse_qsl(text, keep_blank_values=True))


def number_in(seen, name) -> int:
    """The number of an entry of a history that the page had shown, or 0."""
    text = seen.get(name, "")
    return int(text) if re.fullmatch(r"\d{1,15}", text, re.ASCII) else 0


def rows_as_seen(options, pk, seen) -> dict:
    """The rows that a part of the page had shown, by their key.

    What is edited through fields of a row, such as the crew of an entry, stands in
    its attribute of that name after "seen_".
    """
    part, *beside = options.parts()
    rows = _instances(part, pk, seen)
    for (name, _model, owner), other in zip(options.beside, beside, strict=True):
        for row in rows.values():
            setattr(row, f"seen_{name}", [])
        for instance in _instances(other, pk, seen).values():
            if row := rows.get(getattr(instance, f"{owner}_id")):
                getattr(row, f"seen_{name}").append(instance)
    return rows


def _instances(part, pk, seen):
    entries = part.as_of(pk, number_in(seen, part.name))
    return {
        key: entry.instance
        for key, entry in entries.items()
        if entry.history_type != "-"
    }


# What has happened since


def sentences(found, others) -> list[str]:
    """What to tell the second to save; empty where nothing has happened.

    `found` is the news of the page's rows, `others` sentences on what has no history.
    """
    if not found and not others:
        return []
    own = [str(c) for news in found if news.part.path == "id" for c in news.changes]
    rows = [str(news) for news in found if news.part.path != "id"]
    return [_headline(found), *own, *rows, *others]


def sentences_on_no_version() -> list[str]:
    sentence = _("The page did not say when it was opened, so nothing is saved yet.")
    return [f"{sentence} {_reassurance()}"]


def sentences_on_deletion(entry) -> list[str]:
    """What to tell an editor whose record is gone; `entry` is its history's last."""
    sentence = _(
        "%(who)s deleted this on %(when)s, after you had opened it. Everything you "
        "typed is still here: save again to enter it anew."
    )
    return [sentence % _who_and_when([entry])]


def _headline(found):
    if found:
        sentence = _(
            "%(who)s saved this page on %(when)s, after you had opened it, so nothing "
            "is saved yet."
        ) % _who_and_when([news.record for news in found])
    else:
        sentence = _(
            "Somebody has changed this in the meantime, so nothing is saved yet."
        )
    return f"{sentence} {_reassurance()}"


def _who_and_when(entries):
    entries = sorted(entries, key=lambda entry: entry.history_date)
    names = dict.fromkeys(changes.who(entry.history_user) for entry in entries)
    return {
        "who": get_text_list(list(names), _("and")),
        "when": changes.when(entries[-1].history_date),
    }


def _reassurance():
    return _(
        "Everything you typed is still here; what you had not touched now shows what "
        "is stored. Read what has changed, then save again."
    )


# What was typed, on top of what is stored now


def carry_over(data, as_seen, as_stored):
    """Let posted data hold what is stored, but for what the editor has changed.

    `as_seen` is the form as the editor got it, bound to the data; `as_stored` the
    form as it is now, unbound. Files are left alone.
    """
    fill(data, as_stored, leaving=as_seen.changed_data)


def fill(data, form, *, leaving=()):
    """Write into posted data what a browser would send for a form left as it is."""
    for name, field in form.fields.items():
        if name not in leaving and not isinstance(field, forms.FileField):
            data.pop(form.add_prefix(name), None)
            if values := _as_posted(form[name]):
                data.setlist(form.add_prefix(name), values)


def _as_posted(bound_field):
    field, value = bound_field.field, bound_field.value()
    widget = getattr(field.widget, "widget", field.widget)  # without the “+” around it
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    if isinstance(widget, forms.SelectMultiple):
        return [str(key) for key in value or []]
    shown = widget.format_value(value)
    if isinstance(shown, list):
        shown = shown[0] if shown else ""
    return [shown or ""]


def as_new(data, formsets):
    """Let the rows of a record that is gone be new ones."""
    for formset in formsets:
        data[f"{formset.prefix}-INITIAL_FORMS"] = "0"
        own_keys = rf"{formset.prefix}-\d+-(id|{formset.fk.name})"
        for name in [name for name in data if re.fullmatch(own_keys, name)]:
            data[name] = ""


class Rows:
    """The posted rows of one formset, put together anew with those that are stored.

    Stored rows come first and in their own order, as the pages of the admin expect;
    then those that are new.
    """

    def __init__(self, formset, data):
        self.formset, self.data = formset, data
        self.stored = {row.pk: row for row in formset.get_queryset()}
        self.posted, self.added = {}, []
        self.count = 0
        initial = formset.initial_form_count()
        for index, values in sorted(self._taken_out().items()):
            key = values.get("id", [""])[0]
            if index < initial and re.fullmatch(r"\d{1,18}", key, re.ASCII):
                self.posted[int(key)] = values
            else:
                self.added.append(values)

    def put_together(self, seen):
        """Write the rows into the data; `seen` are those of `rows_as_seen`."""
        for key, row in self.stored.items():
            if key in self.posted:
                self._write(self.posted[key])
                carry_over(
                    self.data,
                    self._form(seen.get(key, row)),
                    self._form(row, bound=False),
                )
            else:
                self._write({"id": [str(key)]})
                fill(self.data, self._form(row, bound=False))
            self.count += 1
        for key in self.posted:
            if key not in self.stored:
                self._bring_back(key, seen)
        for values in self.added:
            self._write(values)
            self.count += 1
        self.data[f"{self.formset.prefix}-INITIAL_FORMS"] = str(len(self.stored))
        self.data[f"{self.formset.prefix}-TOTAL_FORMS"] = str(self.count)

    def _bring_back(self, key, seen):
        """A row that is gone returns as a new one where the editor had changed it."""
        self._write(self.posted[key] | {"id": [""]})
        if key in seen and not self._form(seen[key]).changed_data:
            self._taken_out(self.count)
        else:
            self.count += 1

    def _form(self, row, *, bound=True):
        return self.formset.form(
            self.data if bound else None,
            instance=row,
            prefix=self.formset.add_prefix(self.count),
            **self.formset.get_form_kwargs(self.count),
        )

    def _write(self, values):
        for name, value in values.items():
            self.data.setlist(f"{self.formset.add_prefix(self.count)}-{name}", value)

    def _taken_out(self, index=r"\d{1,4}"):
        """The rows, or one of them, by index; they leave the data."""
        pattern = re.compile(rf"{self.formset.prefix}-({index})-(.+)", re.ASCII)
        rows = {}
        for name in list(self.data):
            if match := pattern.fullmatch(name):
                rows.setdefault(int(match[1]), {})[match[2]] = self.data.pop(name)
        return rows
