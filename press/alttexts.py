"""What a photo shows, in one sentence of each language, as far as its tags tell it.

It is suggested, never taken by itself: who looks at the photo sees more than its tags.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import Truncator

from drivers.models import Driver
from events.models import Entry, Event
from racing import dates
from racing.models import LANGUAGES, Car, Photo, Team

LONGEST = Photo._meta.get_field("alt_sv").max_length
WORDS = {
    "sv": {"and": "och", "in": "i", "number": "nr"},
    "en": {"and": "and", "in": "in", "number": "no."},
}


@dataclass(frozen=True)
class Tags:
    """Whom and what a photo shows, where and when, as far as that is known.

    `entries` are those of the events, fetched with their crews. `place` and `taken_on`
    are the photo's own.
    """

    drivers: Sequence[Driver] = ()
    cars: Sequence[Car] = ()
    events: Sequence[Event] = ()
    teams: Sequence[Team] = ()
    entries: Sequence[Entry] = ()
    place: str = ""
    taken_on: date | None = None


def tags_of(photo: Photo) -> Tags:
    """The tags of a photo as they are saved: six queries at most."""
    return Tags(
        drivers=photo.drivers.in_order(),
        cars=photo.cars.all(),
        events=(events := photo.events.with_place()),
        teams=photo.teams.all(),
        entries=entries_of(events),
        place=photo.place,
        taken_on=photo.taken_on,
    )


def entries_of(events: Iterable[Event]) -> Sequence[Entry]:
    """The cars of race weekends with their crews, for `Tags.entries`."""
    return Entry.objects.filter(event__in=list(events)).with_crew()


def suggestion(tags: Tags) -> dict[str, str]:
    """{"sv": …, "en": …}: who in which car, where and when.

    "Andreas Bäckman i Audi RS 3 LMS TCR nr 120, Hockenheim, maj 2022". What is not
    known is left out; both are empty where nothing is.
    """
    return {language: _sentence(tags, language) for language in LANGUAGES}


def _sentence(tags, language):
    shown = _shown(tags, language)
    if not shown:
        return ""
    parts = [*shown, _place(tags), _when(tags, language)]
    return Truncator(", ".join(filter(None, parts))).chars(LONGEST)


# Whom and what it shows


def _shown(tags, language):
    """The first parts of the sentence: drivers and cars, else teams, else the event."""
    names = _listed([driver.name for driver in tags.drivers], language)
    cars = _listed([_car(tags, car, language) for car in tags.cars], language)
    if names and cars:
        if _sit_in_it(tags):
            return [f"{names} {WORDS[language]['in']} {cars}"]
        return [names, cars]
    if names or cars:
        return [names or cars]
    whole = tags.teams or tags.events
    return [_listed([thing.name for thing in whole], language)] if whole else []


def _sit_in_it(tags):
    """Whether the drivers drive the one car, as far as the entries tell."""
    if len(tags.cars) != 1:
        return False
    crews = [
        {driver.pk for driver in entry.crew_drivers}
        for entry in tags.entries
        if entry.car_id == tags.cars[0].pk
    ]
    shown = {driver.pk for driver in tags.drivers}
    return not any(crews) or any(shown <= crew for crew in crews)


def _car(tags, car, language):
    number = _number(tags, car)
    return f"{car.name} {WORDS[language]['number']} {number}" if number else car.name


def _number(tags, car):
    """The start number of a car, where one alone fits it and who drives it."""
    entries = [entry for entry in tags.entries if entry.car_id == car.pk]
    shown = {driver.pk for driver in tags.drivers}
    driven = [
        entry
        for entry in entries
        if shown & {driver.pk for driver in entry.crew_drivers}
    ]
    numbers = {entry.number for entry in driven or entries}
    return numbers.pop() if len(numbers) == 1 else ""


def _listed(names, language):
    *first, last = names or [""]
    return f"{', '.join(first)} {WORDS[language]['and']} {last}" if first else last


# Where and when


def _place(tags):
    """As typed, else where the events are run; their own name says it already."""
    if tags.place or not (tags.drivers or tags.cars or tags.teams):
        return tags.place
    places = {event.circuit.place or event.circuit.name for event in tags.events}
    return places.pop() if len(places) == 1 else ""


def _when(tags, language):
    if tags.taken_on:
        return dates.month_and_year(tags.taken_on, language)
    times = {
        dates.month_and_year(event.first_day, language)
        if event.first_day
        else str(event.season.year)
        for event in tags.events
    }
    return times.pop() if len(times) == 1 else ""
