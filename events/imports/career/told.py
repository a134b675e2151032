"""What rows tell of one thing: the first that says something is believed, the others
must say the same; and nothing that the site knows already is overwritten."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from events.imports.career.rows import Faults, Row
from events.models import UNKNOWN
from racing import formats


class Told:
    """A row of the database, stored or to be, and which line said what of it.

    `filled` are the fields of a stored one that were empty and are no longer.
    """

    __slots__ = ("filled", "instance", "is_new", "said")

    def __init__(self, instance: Model):
        self.instance = instance
        self.is_new = instance.pk is None
        self.said: dict[str, tuple[Any, Row, str]] = {}
        self.filled: set[str] = set()

    def tell(self, faults: Faults, row: Row, column: str, field: str, value: Any):
        """Let a row say that a field holds a value."""
        if field in self.said:
            self.agree(faults, row, column, field, value)
            return
        self.said[field] = value, row, column
        stored = getattr(self.instance, field)
        if stored == value:
            return
        if not self.is_new and stored not in UNKNOWN:
            faults.add(row, column, otherwise(stored))
            return
        setattr(self.instance, field, value)
        if not self.is_new:
            self.filled.add(field)

    def agree(self, faults, row, column, field, value):
        """Refuse a row that says something else than an earlier one."""
        known, other, elsewhere = self.said[field]
        if known != value:
            sentence = f"{other.place(elsewhere)} says {quoted(known)} instead."
            faults.add(row, column, sentence)


def otherwise(stored: object) -> str:
    """Why a row may not say something else than the site."""
    return (
        f"The site has {quoted(stored)}. What it knows is not overwritten: change it "
        "there, or leave the cell empty."
    )


def quoted(value: object) -> str:
    if isinstance(value, (tuple, list)):
        return f"“{'; '.join(map(str, value))}”"
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, (int, dt.date, dt.time)):
        return str(value)
    return f"“{formats.shown(str(value))}”"


class Lookup:
    """The rows of a model by every way of writing their names, those to come too."""

    def __init__(
        self, objects: Iterable[Model], spellings: Callable[[Model], Iterable]
    ):
        self.by_key = {item.pk: item for item in objects}
        self.new: list[Model] = []
        self._spellings = spellings
        self._spelled = defaultdict(list)
        self._folded: dict[str, str] = {}
        for item in self.by_key.values():
            self._spell(item)

    def find(self, text: str) -> list[Model]:
        """Those that a name may mean: one where it is clear, none where unknown."""
        if text not in self._folded:
            self._folded[text] = formats.fold(text)
        return self._spelled.get(self._folded[text], [])

    def add(self, item: Model):
        """Know one that is to be made."""
        self.new.append(item)
        self._spell(item)

    def _spell(self, item):
        for spelling in dict.fromkeys(map(formats.fold, self._spellings(item))):
            if spelling:
                self._spelled[spelling].append(item)


class Slugs:
    """Addresses of a model, and new ones beside them."""

    def __init__(self, model: type[Model], otherwise: str):
        self._taken = set(model._base_manager.values_list("slug", flat=True))
        self._longest = model._meta.get_field("slug").max_length - len("-999")
        self._otherwise = otherwise

    def make(self, text: str) -> str:
        """An address that nothing has: ``anna-berg``, ``anna-berg-2``."""
        bare = formats.slug(text)[: self._longest].strip("-") or self._otherwise
        slug, number = bare, 1
        while slug in self._taken:
            number += 1
            slug = f"{bare}-{number}"
        self._taken.add(slug)
        return slug

    def take(self, slug: str):
        self._taken.add(slug)


def check(instance: Model, faults: Faults, row: Row, columns: dict[str, str]) -> bool:
    """Whether the fields of a new row hold what they may; else faults at the columns.

    `columns` names the column of each field that has one. Nothing is asked of the
    database: what the row refers to was found there or is checked itself.
    """
    related = [field.name for field in instance._meta.fields if field.is_relation]
    try:
        instance.clean_fields(exclude=related)
        instance.clean()
    except ValidationError as error:
        for field, problems in error.error_dict.items():
            messages = [text for problem in problems for text in problem.messages]
            faults.add(row, columns.get(field, ""), " ".join(messages))
        return False
    return True
