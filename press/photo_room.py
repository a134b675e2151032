"""The photo room: which photos the media may see, and how they are found.

Names and texts are compared here and not in the database, so that SQLite and
PostgreSQL find the same, deaf to accents. A fixed number of queries fetches what there
is to look through; a team's room has a few thousand photos.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from django import forms
from django.db.models import CharField, Exists, OuterRef, Value
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from drivers.models import Driver
from events.models import Event
from racing import formats, photo_files
from racing.models import Car, Photo, Team
from racing.models.photos import ORIENTATIONS

# Each is a parameter of the address; the value is a slug, a year or an orientation.
FILTERS = ("driver", "event", "car", "team", "season", "orientation")
LONGEST_QUERY = 100
MOST_FOLDED = 4096  # texts of photos; some kilobytes each

TEXTS = (
    *("alt_sv", "alt_en", "caption_sv", "caption_en"),
    *("credit", "photographer", "place"),
)


@dataclass(frozen=True)
class Question:
    """What is looked for: words, and the FILTERS that are set with their values."""

    words: str
    filters: dict[str, str]

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Question":
        """From the parameters of an address; those it does not know are left."""
        typed = {name: query.get(name, "").strip() for name in FILTERS}
        filters = {name: value for name, value in typed.items() if value}
        return cls(query.get("q", "").strip()[:LONGEST_QUERY], filters)

    @property
    def parameters(self) -> dict[str, str]:
        """What was read, without what was empty."""
        return self.filters | ({"q": self.words} if self.words else {})

    def without(self, name: str) -> "Question":
        others = {key: value for key, value in self.filters.items() if key != name}
        return Question(self.words, others)


@dataclass
class Listed:
    """A photo of the room: its key, the values of FILTERS that find it, its words."""

    pk: int
    texts: list[str]
    keys: dict[str, set[str]] = field(
        default_factory=lambda: {name: set() for name in FILTERS}
    )

    def answers(self, filters: Mapping[str, str]) -> bool:
        return all(value in self.keys[name] for name, value in filters.items())

    def has(self, terms: Iterable[str]) -> bool:
        """Whether each folded term stands somewhere in its words."""
        text = _folded(" ".join(self.texts))
        return all(term in text for term in terms)


@lru_cache(maxsize=MOST_FOLDED)
def _folded(text):
    """Folding takes its time, and what photos say rarely changes."""
    return formats.fold(text)


class Tag(NamedTuple):
    """Somebody or something that a photo shows: `kind` is one of FILTERS."""

    kind: str
    value: str
    name: str
    texts: list[str]
    years: set[str]


class Room:
    """Every photo that the public may see, the latest first, with what it shows.

    `names` has the values of each filter with their names, in the order of a list.
    """

    def __init__(self):
        self.photos: dict[int, Listed] = {}
        self.names: dict[str, dict[str, str]] = {name: {} for name in FILTERS}
        self._by_words: dict[str, list[Listed]] = {}
        self._hang_photos()
        self._tag_photos()
        self._name_the_rest()

    def _hang_photos(self):
        facts = ("taken_on", "width", "height", *TEXTS)
        for photo in Photo.objects.publishable().only(*facts):
            listed = Listed(photo.pk, [getattr(photo, name) for name in TEXTS])
            listed.keys["orientation"] = {photo.orientation} - {""}
            listed.keys["season"] = {
                str(day.year) for day in [photo.taken_on] if day is not None
            }
            self.photos[photo.pk] = listed

    def _tag_photos(self):
        shown = defaultdict(list)
        for pk, kind, thing in _links():
            if pk in self.photos:
                shown[kind, thing].append(self.photos[pk])
        for key, tag in _tags(shown):
            self.names[tag.kind][tag.value] = tag.name
            for listed in shown[key]:
                listed.keys[tag.kind].add(tag.value)
                listed.keys["season"] |= tag.years
                listed.texts += tag.texts

    def _name_the_rest(self):
        years = set().union(*(one.keys["season"] for one in self.photos.values()))
        self.names["season"] = {year: year for year in sorted(years, reverse=True)}
        self.names["orientation"] = {
            value: capfirst(name) for value, name in ORIENTATIONS.items()
        }

    def find(self, question: Question) -> list[int]:
        """Keys of the photos that are asked for, the latest first."""
        return [listed.pk for listed in self._found(question)]

    def _found(self, question):
        return [
            listed
            for listed in self._worded(question.words)
            if listed.answers(question.filters)
        ]

    def _worded(self, words):
        """The photos whose words hold all that is looked for, found once a room."""
        if words not in self._by_words:
            terms = formats.fold(words).split()
            self._by_words[words] = [
                listed
                for listed in self.photos.values()
                if not terms or listed.has(terms)
            ]
        return self._by_words[words]

    def choices(self, name: str, question: Question) -> list[tuple[str, str]]:
        """The values of a filter that find something, with name and number of photos.

        Beside what is asked for by the words and the other filters. The value that is
        set stays, so that the form says what is asked for.
        """
        found = self._found(question.without(name))
        numbers = Counter(value for listed in found for value in listed.keys[name])
        return [
            (value, f"{called} ({numbers[value]})")
            for value, called in self.names[name].items()
            if numbers[value] or value == question.filters.get(name)
        ]

    def named(self, question: Question) -> list[str]:
        """What is asked for as people call it, as far as the room knows it."""
        called = [
            self.names[name][value]
            for name, value in question.filters.items()
            if value in self.names[name]
        ]
        return called + ([_("“%s”") % question.words] if question.words else [])


# What photos show


def _links():
    """Rows of (photo's key, kind, key of what it shows): one query."""
    kinds = {"driver": Driver, "event": Event, "car": Car, "team": Team}
    portraits, *tags = [
        _link(Driver.objects.exclude(portrait=None), "portrait_id", "driver", "pk"),
        *(
            _link(model.photos.through.objects, "photo_id", kind, f"{kind}_id")
            for kind, model in kinds.items()
        ),
    ]
    return portraits.union(*tags)


def _link(rows, photo, kind, thing):
    return rows.order_by().values_list(photo, Value(kind, CharField()), thing)


def _tags(shown: Iterable[tuple[str, int]]):
    """(kind, key) and its Tag for all that is shown, in order: one query a kind."""
    keys = defaultdict(set)
    for kind, thing in shown:
        keys[kind].add(thing)
    events = Event.objects.filter(pk__in=keys["event"])
    for driver in Driver.objects.filter(pk__in=keys["driver"]).in_order():
        yield ("driver", driver.pk), _tag("driver", driver, driver.full_name)
    for event in events.select_related("season", "circuit"):
        yield ("event", event.pk), _tag_of_event(event)
    for kind, model in {"car": Car, "team": Team}.items():
        things = model.objects.filter(pk__in=keys[kind])
        for thing in sorted(things, key=lambda one: formats.sort_key(str(one))):
            yield (kind, thing.pk), _tag(kind, thing, getattr(thing, "short_name", ""))


def _tag(kind, thing, *further):
    return Tag(kind, thing.slug, str(thing), [str(thing), *further], set())


def _tag_of_event(event):
    year = str(event.season.year)
    texts = [event.name, event.short_name, event.circuit.name, year]
    return Tag("event", event.slug, f"{event.name} {year}", texts, {year})


# What is shown of a photo


class Card(NamedTuple):
    """A photo with what may be done with it, in the reader's language."""

    photo: Photo
    terms: str
    orientation: str
    is_downloadable: bool

    @property
    def anchor(self) -> str:
        """Where it stands on a page of the room."""
        return f"#photo-{self.photo.pk}"


def cards(keys: Iterable[int]) -> list[Card]:
    """The cards of photos that the public may see, in the order given: one query."""
    free = Photo.objects.downloadable().filter(pk=OuterRef("pk"))
    photos = Photo.objects.publishable().annotate(is_free=Exists(free))
    found = {photo.pk: photo for photo in photos.filter(pk__in=keys)}
    return [_card(found[key]) for key in keys if key in found]


def _card(photo):
    orientation = str(ORIENTATIONS.get(photo.orientation, ""))
    return Card(photo, photo_files.terms(photo), orientation, photo.is_free)


# The form


class RoomForm(forms.Form):
    """Selects of what there is to find and a field for words; it needs no script.

    A filter without values is left out.
    """

    def __init__(self, room: Room, question: Question):
        initial = question.parameters
        super().__init__(initial=initial, label_suffix="")
        labels = {
            "driver": (_("Driver"), _("All drivers")),
            "event": (_("Race weekend"), _("All race weekends")),
            "car": (_("Car"), _("All cars")),
            "team": (_("Team"), _("All teams")),
            "season": (_("Season"), _("All seasons")),
            "orientation": (_("Orientation"), _("All orientations")),
        }
        for name, (label, everything) in labels.items():
            if choices := room.choices(name, question):
                self.fields[name] = forms.ChoiceField(
                    label=label, choices=[("", everything), *choices], required=False
                )
        self.fields["q"] = forms.CharField(
            label=_("Search words"),
            max_length=LONGEST_QUERY,
            required=False,
            widget=forms.TextInput({"type": "search", "enterkeyhint": "search"}),
        )
