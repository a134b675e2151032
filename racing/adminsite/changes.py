"""What the history of a record says, in words that an editor understands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from racing import dates

NOTHING = "–"
LONGEST_VALUE = 120  # characters of an old or a new value
LONGEST_BEGINNING = 40  # characters that both have in common


@dataclass(frozen=True)
class Change:
    """One field with what it held before and after, as text."""

    field: str
    old: str
    new: str

    def __str__(self):
        return f"{self.field}: {self.old} → {self.new}"


class InWords:
    """How one model's values are told; a mixin of its page of the admin."""

    typed_as = {}
    # Facts that have no box of their own, but are edited all the same.
    edited_otherwise = ()

    def zone_of(self, record):
        """The time zone in which the record's moments are told."""
        return timezone.get_default_timezone()

    def label(self, record) -> str:
        """What the record of an entry of a history is called."""
        try:
            return str(record.instance)
        except ObjectDoesNotExist:
            return f"#{record.instance.pk}"

    def tells(self, field) -> bool:
        """Whether a field is worth telling: not what the site keeps for itself."""
        return field.editable or field.name in self.edited_otherwise

    def changes(self, old, new) -> list[Change]:
        """The fields in which two entries of a history differ."""
        return [
            Change(
                capfirst(field.verbose_name),
                *in_short(
                    self.value_in_words(old, field), self.value_in_words(new, field)
                ),
            )
            for field in differing(old, new)
            if self.tells(field)
        ]

    def value_in_words(self, record, field) -> str:
        """What a field of an entry of a history held, as text."""
        value = getattr(record, field.attname)
        if value in (None, ""):
            return NOTHING
        if field.name in self.typed_as:
            return self.typed_as[field.name].show(value)
        if isinstance(field, models.ForeignKey):
            return name_of_other(record, field)
        if field.choices:
            value = dict(field.flatchoices).get(value, value)
        elif isinstance(value, bool):
            value = _("yes") if value else _("no")
        elif isinstance(value, datetime):
            local = value.astimezone(self.zone_of(record))
            value = f"{moment(local)} ({dates.zone_label(local)})"
        elif isinstance(value, date):
            value = dates.date(value)
        return str(value)


@dataclass(frozen=True)
class Part:
    """Rows that one page edits: the record itself, or rows that hang on it.

    `path` leads from such a row to the record: "id" for the record itself, "event"
    for its sessions, "entry__event" for the crews of its entries.
    """

    name: str
    model: type[models.Model]
    path: str
    words: InWords

    def history(self, pk):
        """The entries of the history of these rows, the oldest first."""
        return (
            self.model.history.filter(**{self.path: pk})
            .select_related("history_user")
            .order_by("history_id")
        )

    def newest(self, pk) -> int:
        """The number of the last entry of their history, 0 without one."""
        return (
            self.history(pk).aggregate(newest=models.Max("history_id"))["newest"] or 0
        )

    def as_of(self, pk, number: int) -> dict:
        """The last entry of each row up to a number, by the row's own key."""
        entries = self.history(pk).filter(history_id__lte=number)
        return {entry.id: entry for entry in entries}


@dataclass(frozen=True)
class News:
    """What happened to one row: added, changed or deleted, by whom and when."""

    part: Part
    record: models.Model  # the last entry of its history
    changes: list[Change]

    @property
    def label(self):
        return self.part.words.label(self.record)

    @property
    def opts(self):
        return self.part.model._meta

    @property
    def is_deletion(self):
        return self.record.history_type == "-"

    @property
    def is_addition(self):
        return self.record.history_type == "+"

    def __str__(self):
        if self.is_deletion:
            sentence = _("%(kind)s “%(name)s” was deleted")
        elif self.is_addition:
            sentence = _("%(kind)s “%(name)s” was added")
        elif not self.changes:
            sentence = _("%(kind)s “%(name)s” was changed")
        else:
            sentence = _("%(kind)s “%(name)s”: %(changes)s")
        return sentence % {
            "kind": capfirst(self.part.model._meta.verbose_name),
            "name": self.label,
            "changes": "; ".join(map(str, self.changes)),
        }


def news(part: Part, pk, since: int) -> list[News]:
    """What happened to the rows after an entry of their history, one item a row.

    A save that left every field as it was is no news, and neither is a row that
    came and went again.
    """
    latest = {}
    for record in part.history(pk).filter(history_id__gt=since):
        latest[record.id] = record
    before = part.as_of(pk, since) if latest else {}
    found = []
    for key, record in latest.items():
        old = before.get(key)
        changes = part.words.changes(old, record) if old else []
        is_gone = record.history_type == "-"
        if (old is not None) if is_gone else (changes or old is None):
            found.append(News(part, record, changes))
    return found


def history_of_rows(part: Part, pk, most: int) -> list[News]:
    """The last entries of the rows' history, the oldest first, each against the last.

    At most so many; saves that changed nothing are left out.
    """
    before, found = {}, []
    for record in reversed(part.history(pk).reverse()[:most]):
        old = before.get(record.id)
        changes = part.words.changes(old, record) if old else []
        if changes or old is None or record.history_type != "~":
            found.append(News(part, record, changes))
        before[record.id] = record
    return found


def in_short(old: str, new: str) -> tuple[str, str]:
    """Two texts, of long ones the part in which they begin to differ."""
    pairs = enumerate(zip(old, new, strict=False))
    shorter = min(len(old), len(new))
    same = next((n for n, (one, other) in pairs if one != other), shorter)
    if same > LONGEST_BEGINNING:
        start = same - LONGEST_BEGINNING // 2
        old, new = f"…{old[start:].lstrip()}", f"…{new[start:].lstrip()}"
    return (
        Truncator(old).chars(LONGEST_VALUE),
        Truncator(new).chars(LONGEST_VALUE),
    )


def differing(old, new) -> Iterator[models.Field]:
    """The fields that two entries of one model's history hold differently."""
    for field in new.tracked_fields:
        if getattr(old, field.attname) != getattr(new, field.attname):
            yield field


def name_of_other(record, field):
    """The name of what a record points to, or its number where it is gone."""
    try:
        other = getattr(record, field.name)
    except ObjectDoesNotExist:
        other = None
    return f"#{getattr(record, field.attname)}" if other is None else str(other)


def moment(local: datetime) -> str:
    """``14 May 2022, 13:55``."""
    return f"{dates.date(local)}, {dates.clock(local)}"


def who(user) -> str:
    """Who saved, by name where we have one."""
    if user is None:
        return _("A program")
    return user.get_full_name() or user.get_username()


def when(moment_saved: datetime) -> str:
    """When that was, on the site's own clock."""
    return moment(timezone.localtime(moment_saved))
