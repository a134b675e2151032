"""What the site knows of the cars of weekends, and the cars that it is to know.

Asked for once, for any number of weekends and rows; new cars and their guests are
kept here until they are saved.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from drivers.models import GUEST, Driver
from events.driver_names import Names
from events.models import Entry, EntryDriver, Event
from racing import formats, history
from racing.formats import FormatError
from racing.models import Car, RacingClass, Team

LONGEST_NAME = 60  # characters of a first name, and of a surname
# Words that belong to the surname: Max van Berg, Otto von der Mark.
_PARTICLES = {"van", "von", "de", "der", "den", "di", "da", "du", "af", "la", "le"}


class Site:
    """Drivers, classes, teams and cars by name, and guests that are new: four queries."""

    def __init__(self):
        drivers = list(Driver.objects.all())
        self.names = Names(drivers)
        self.classes = _by_name(RacingClass.objects.all(), "name")
        self.teams = _by_name(Team.objects.all(), "name", "short_name")
        self.cars = {formats.fold(str(car)): car for car in Car.objects.all()}
        self.guests = {}
        self._slugs = {driver.slug for driver in drivers}

    def find_drivers(self, text: str, crew=()) -> list[tuple[str, list[Driver]]]:
        """Each name of a cell with whom it may mean, new guests among them."""
        return [
            (name, found or self._known_guest(name))
            for name, found in self.names.find_all(text, crew)
        ]

    def _known_guest(self, name):
        guest = self.guests.get(_name_key(name))
        return [guest] if guest else []

    def guest(self, name: str) -> Driver:
        """A co-driver who is not on the site yet, unsaved, the same for every row.

        Raises FormatError where the name has not two parts.
        """
        first, last = split_name(name)
        key = _name_key(name)
        if key not in self.guests:
            slug = self._free_slug(f"{first} {last}")
            self.guests[key] = Driver(
                first_name=first, last_name=last, slug=slug, status=GUEST
            )
        return self.guests[key]

    def _free_slug(self, name):
        slug = stem = formats.slug(name)[:70].strip("-") or GUEST
        number = 1
        while slug in self._slugs:
            number += 1
            slug = f"{stem}-{number}"
        self._slugs.add(slug)
        return slug


def _by_name(rows, *columns):
    return {
        formats.fold(getattr(row, column)): row
        for column in reversed(columns)
        for row in rows
        if getattr(row, column)
    }


def weekends(events: Iterable[Event]) -> dict[int, "Weekend"]:
    """The cars of weekends, by the weekend's key: two queries."""
    found = {event.pk: Weekend(event) for event in events}
    for entry in Entry.objects.filter(event__in=found).with_crew():
        found[entry.event_id].add(entry, entry.whole_crew)
    return found


class Weekend:
    """The cars of one weekend by number and by driver; `new` are not saved yet."""

    def __init__(self, event: Event):
        self.event = event
        self.by_number = {}
        self.new = []
        self._by_driver = defaultdict(dict)
        self._crews = {}

    def add(self, entry: Entry, crew: Iterable[Driver]):
        self._crews[id(entry)] = tuple(crew)
        if entry.number:
            self.by_number[entry.number] = entry
        for driver in self.crew(entry):
            self._by_driver[_driver_key(driver)][id(entry)] = entry

    def add_new(self, entry: Entry, crew: Iterable[Driver]):
        self.add(entry, crew)
        self.new.append(entry)

    def crew(self, entry: Entry) -> tuple[Driver, ...]:
        """Who is entered with a car, saved or not."""
        return self._crews[id(entry)]

    def with_drivers(self, named: Iterable[list[Driver]]) -> list[Entry]:
        """The cars in whose crew everybody is who is named, by whom they may mean."""
        found = None
        for drivers in named:
            cars = {}
            for driver in drivers:
                cars |= self._by_driver.get(_driver_key(driver), {})
            if found is not None:
                cars = {key: car for key, car in cars.items() if key in found}
            found = cars
        return list((found or {}).values())


def _driver_key(driver):
    return driver.pk or driver.slug


# Names of people who are new


def split_name(text: str) -> tuple[str, str]:
    """(first name, surname) from ``Bo Berg``, ``BERG Bo``, ``Berg, Bo``, ``B. Berg``.

    Raises FormatError for a single word and for what is too long.
    """
    first, last = _parts(" ".join(text.split()))
    if not (first and last) or max(len(first), len(last)) > LONGEST_NAME:
        sentence = _(
            "“%(typed)s” is nobody on the site. A new guest needs first name and surname."
        )
        raise FormatError(sentence % {"typed": formats.shown(text)})
    return first, last


def _parts(name):
    if "," in name:
        last, _comma, first = name.partition(",")
        return _cased(first.strip()), _cased(last.strip())
    words = name.split()
    loud = [word for word in words if word.isupper() and len(word.strip(".")) > 1]
    if loud and len(loud) < len(words):
        quiet = [word for word in words if word not in loud]
        return " ".join(quiet), _cased(" ".join(loud))
    start = max(len(words) - 1, 0)
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return _cased(" ".join(words[:start])), _cased(" ".join(words[start:]))


def _cased(name):
    """``ANNA-LENA`` as ``Anna-Lena``; what is not all capitals stays."""
    if not name.isupper() or len(name.strip(". ")) < 2:
        return name
    return re.sub(r"\w+", lambda word: word[0].capitalize(), name)


def _name_key(name):
    return formats.fold(" ".join(_parts(" ".join(name.split()))))


# Saving what is new


def save_new(site: Site, weekends: Iterable[Weekend], reason: str | None):
    """Save new guests, entries and crews with their history, whatever their number."""
    history.create([*site.guests.values()], reason)
    weekends = [weekend for weekend in weekends if weekend.new]
    history.create([entry for weekend in weekends for entry in weekend.new], reason)
    places = [
        EntryDriver(entry=entry, driver=driver, order=order)
        for weekend in weekends
        for entry in weekend.new
        for order, driver in enumerate(weekend.crew(entry), start=1)
    ]
    history.create(places, reason)
