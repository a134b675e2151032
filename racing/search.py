"""Search over the names of the site, deaf to accents and capitals.

The names are folded here and not in the database, so that SQLite and
PostgreSQL find the same. One query fetches them all; a team's site has a few
thousand.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django import forms
from django.db.models import CharField, F, TextField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from drivers.models import Driver, announced
from events.models import Event
from racing import formats
from racing.models import Car, Circuit, Team

KINDS = ("driver", "event", "team", "car", "circuit")
LONGEST_QUERY = 100
MOST_HITS = 200


class SearchForm(forms.Form):
    q = forms.CharField(max_length=LONGEST_QUERY, required=False)


@dataclass
class Hit:
    """A page that was found: `kind` is one of KINDS, `detail` a line beside it.

    `found_by` are further names that hold what title and detail do not: why a
    weekend is found by a guest of the crew.
    """

    kind: str
    slug: str
    title: str
    detail: str
    names: set[str] = field(default_factory=set)
    found_by: list[str] = field(default_factory=list)

    @property
    def url(self):
        return reverse(f"{self.kind}_detail", args=[self.slug])

    def has(self, terms: Iterable[str]) -> bool:
        """Whether each folded term stands somewhere in the names."""
        text = formats.fold(" ".join([self.title, self.detail, *self.names]))
        return all(term in text for term in terms)

    def explain(self, terms: Iterable[str]):
        """Fill in `found_by`."""
        shown = formats.fold(f"{self.title} {self.detail}")
        unseen = [term for term in terms if term not in shown]
        self.found_by = sorted(
            name
            for name in self.names
            if any(term in formats.fold(name) for term in unseen)
        )


def search(query: str) -> list[Hit]:
    """Pages whose names hold every word of the query, by kind and then by name."""
    terms = formats.fold(query[:LONGEST_QUERY]).split()
    if not terms:
        return []
    hits = [hit for hit in _pages() if hit.has(terms)]
    hits.sort(key=lambda hit: (KINDS.index(hit.kind), formats.sort_key(hit.title)))
    del hits[MOST_HITS:]
    for hit in hits:
        hit.explain(terms)
    return hits


def _pages():
    """Every page that can be found, with its names, in one query."""
    pages = {}
    for kind, slug, title, detail, name in _rows():
        hit = pages.setdefault((kind, slug), Hit(kind, slug, title, detail))
        hit.names.add(name)
    return pages.values()


def _rows():
    """Rows of (kind, slug, title, detail, further name); a page may have several."""
    crew = Concat(
        "entries__drivers__first_name", Value(" "), "entries__drivers__last_name"
    )
    events = Event.objects.published()
    named = events.filter(announced(driver="entries__drivers__"))
    year = Concat(
        "season__series__short_name", Value(" "), Cast("season__year", CharField())
    )
    return _row(
        Driver.objects.published(), "driver", _driver_name(), "club", "full_name"
    ).union(
        _row(named, "event", "name", year, crew),
        _row(events, "event", "name", year, F("circuit__name")),
        _row(Team.objects.published(), "team", "name", "base", "short_name"),
        _row(Car.objects.published(), "car", _car_name(), "generation", "model"),
        _row(Circuit.objects.published(), "circuit", "name", "place", "region"),
    )


def _driver_name():
    return Concat("first_name", Value(" "), "last_name")


def _car_name():
    return Concat("make", Value(" "), "model")


def _row(queryset, kind, title, detail, name):
    def text(expression):
        return Cast(expression, TextField())

    return queryset.order_by().values_list(
        text(Value(kind)), text(F("slug")), text(title), text(detail), text(name)
    )
