"""Which car a row of a timing table is, and who drove it.

By start number, then by the names of the drivers among the cars that no row names by
number. A car that is not entered is left out, or entered where that is asked for.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from drivers.models import Driver
from events.imports.cars import Site, Weekend
from events.models import Entry, validate_number
from racing import formats
from racing.formats import FormatError

_BEFORE_NUMBER = re.compile(r"\A(?:#|(?:no|nr|num|car|bil)\b\.?)\s*", re.IGNORECASE)


@dataclass
class Match:
    """The car of a row; without one `left_out` says why.

    `drivers` are as `classification.Line` wants them. `faults` are sentences by
    column, `doubts` those that may be confirmed, `notes` what is good to know.
    """

    entry: Entry | None = None
    drivers: tuple[Driver, ...] | None = None
    is_new: bool = False
    left_out: str = ""
    faults: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def number_in(text: str) -> str:
    """``120`` from ``#120``, ``Nr. 120`` or ``120``; 007 is not 7."""
    return _BEFORE_NUMBER.sub("", text).strip().upper()


class Matcher:
    """Finds the cars of one table, which is of one session.

    `taken` are the numbers in the table; `enters_cars` whether a car that is not
    entered becomes so.
    """

    def __init__(
        self,
        site: Site,
        weekend: Weekend,
        taken: Collection[str],
        *,
        enters_cars: bool = False,
    ):
        self.site = site
        self.weekend = weekend
        self.taken = {number_in(text) for text in taken if text}
        self.enters_cars = enters_cars

    def match(self, cells: Mapping[str, str]) -> Match:
        found = Match()
        number = number_in(cells.get("number", ""))
        names = cells.get("drivers", "")
        if not (number or names):
            found.left_out = _("The line names no car.")
            return found
        found.entry = self.weekend.by_number.get(number)
        if found.entry is None and names:
            found.entry = self._by_drivers(found, number, names)
        if found.entry is not None:
            self._credit(found, names)
            self._doubt_class(found, cells.get("racing_class", ""))
        elif self.enters_cars and not found.faults:
            self._enter(found, number, names, cells)
        elif not found.faults:
            found.left_out = (
                _("Car %(number)s is not entered here.") % {"number": number}
                if number
                else _("Nobody with these drivers is entered here.")
            )
        return found

    # By the drivers

    def _by_drivers(self, found, number, names):
        named = [drivers for _name, drivers in self.site.find_drivers(names)]
        cars = [
            car
            for car in self.weekend.with_drivers(named)
            if car.number not in self.taken
        ]
        if len(cars) > 1:
            sentence = _(
                "These drivers are in the crews of several cars: %(cars)s. Give the "
                "start number."
            )
            found.faults["drivers"] = sentence % {"cars": _listed(map(str, cars))}
            return None
        if not cars:
            return None
        if number and cars[0].number:
            sentence = _(
                "The table has number %(number)s; these drivers are entered with "
                "%(entered)s."
            )
            values = {"number": number, "entered": cars[0].number}
            found.doubts["number"] = sentence % values
        return cars[0]

    # Who drove

    def _credit(self, found, names):
        """Credit those a row names, where it is not simply the crew."""
        if not names:
            return
        crew = self.weekend.crew(found.entry)
        drivers = self._drivers(found, names, crew)
        if "drivers" not in found.faults:
            same = {_key(d) for d in drivers} == {_key(d) for d in crew}
            found.drivers = () if same else drivers

    def _drivers(self, found, names, crew=()):
        drivers = {}
        for name, meant in self.site.find_drivers(names, crew):
            try:
                driver = self._driver(name, meant)
            except FormatError as error:
                found.faults["drivers"] = str(error)
                continue
            if not driver.pk and not meant:
                sentence = _("%(driver)s becomes a guest on the site.")
                found.notes.append(sentence % {"driver": driver.name})
            drivers[_key(driver)] = driver
        return tuple(drivers.values())

    def _driver(self, name, meant):
        if len(meant) == 1:
            return meant[0]
        if meant:
            sentence = _("“%(name)s” may be %(drivers)s. Write the whole name.")
            names = _listed((driver.name for driver in meant), _("or"))
            values = {"name": formats.shown(name), "drivers": names}
            raise FormatError(sentence % values)
        if self.enters_cars:
            return self.site.guest(name)
        sentence = _(
            "“%(name)s” is nobody on the site. Correct the name, or let those who are "
            "new become guests by entering the cars that are not on the site yet."
        )
        raise FormatError(sentence % {"name": formats.shown(name)})

    def _doubt_class(self, found, text):
        entered = found.entry.racing_class
        printed = self.site.classes.get(formats.fold(text))
        if entered and printed and entered != printed:
            sentence = _("The car is entered in %(entered)s, and stays there.")
            found.doubts["racing_class"] = sentence % {"entered": entered}

    # Cars that are new

    def _enter(self, found, number, names, cells):
        entry = Entry(event=self.weekend.event, number=number)
        try:
            validate_number(number or "0")
        except ValidationError as error:
            found.faults["number"] = error.messages[0]
        if text := cells.get("racing_class", ""):
            entry.racing_class = self.site.classes.get(formats.fold(text))
            if entry.racing_class is None:
                sentence = _("There is no class “%(name)s” on the site. Add it first.")
                values = {"name": formats.shown(text)}
                found.faults["racing_class"] = sentence % values
        for column, known in (("team", self.site.teams), ("car", self.site.cars)):
            if text := cells.get(column, ""):
                setattr(entry, column, known.get(formats.fold(text)))
                if getattr(entry, column) is None:
                    sentence = _("“%(name)s” is not on the site and is left empty.")
                    found.notes.append(sentence % {"name": formats.shown(text)})
        crew = self._drivers(found, names)
        if not found.faults:
            found.entry, found.is_new, found.drivers = entry, True, ()
            self.weekend.add_new(entry, crew)


def _key(driver):
    return driver.pk or driver.slug


def _listed(words, last=None):
    return get_text_list(list(words), last or _("and"))
