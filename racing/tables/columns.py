"""A table whose columns are known: cells by what they say, faults by where they are.

What reads such a table into facts stands above (results of a session, standings of a
championship); here is what those have in common.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

LEFT_OUT = ("", "ignore")
# What a sheet prints where there is nothing to print.
NOTHING = frozenset({"", "-", "--", "---", "–", "—", "_", "."})


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: a sentence with its line and column, both from 1.

    Without a line it concerns the whole table, without a column the whole line. A
    warning may be confirmed; anything else is refused.
    """

    sentence: str
    line: int | None = None
    column: int | None = None
    is_warning: bool = False

    @property
    def place(self) -> str:
        """``Line 7, column 3``; nothing for the whole table."""
        if self.line is None:
            return ""
        values = {"line": self.line, "column": self.column}
        if self.column is None:
            return _("Line %(line)s") % values
        return _("Line %(line)s, column %(column)s") % values

    def __str__(self):
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


class Columns:
    """What each column of a table is: a name of a field, or one of LEFT_OUT."""

    def __init__(self, names: Sequence[str]):
        self.names = tuple(names)
        self._places = {}
        for place, name in enumerate(self.names):
            if name not in LEFT_OUT:
                self._places.setdefault(name, []).append(place)

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """The cells of a row by what they are; several columns of one kind joined.

        A cell that says nothing is empty.
        """
        found = {}
        for name, places in self._places.items():
            said = (row[place] for place in places if place < len(row))
            found[name] = " / ".join(cell for cell in said if cell not in NOTHING)
        return found

    def column(self, *names: str) -> int | None:
        """The column, from 1, that is the first of these there is."""
        places = (self._places[name][0] for name in names if name in self._places)
        place = next(places, None)
        return None if place is None else place + 1

    def faults(self, labels: Mapping[str, object], several=()) -> Iterator[Fault]:
        """What is chosen twice, but for the names in `several`; `labels` are words."""
        for name, places in self._places.items():
            if len(places) > 1 and name not in several:
                sentence = _(
                    "Columns %(one)s and %(other)s are both “%(name)s”. Leave one out."
                )
                one, other = places[0] + 1, places[1] + 1
                values = {"one": one, "other": other, "name": labels[name]}
                yield Fault(sentence % values)
