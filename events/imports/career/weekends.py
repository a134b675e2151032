"""The race weekends that rows tell of, with their sessions and cars."""

from collections.abc import Iterable

from drivers.models import Driver
from events.imports.career.drafts import Car, Part, Weekend, key_of
from events.imports.career.rows import Faults, Row
from events.imports.career.site import Site
from events.imports.career.told import Slugs, Told, check, otherwise
from events.models import (
    CONFIRMED,
    DAY_ONLY,
    RACE,
    Entry,
    EntryDriver,
    Event,
    EventRound,
    Session,
)
from racing import formats, zones
from racing.history import batches

ROUNDS, CREW, WHEN = "also_counts_for", "crew", "when"


class Weekends:
    """Finds the weekend, session and car of a row; what is not there yet is made."""

    def __init__(self, faults: Faults, site: Site):
        self.faults = faults
        self.site = site
        self.all: list[Weekend] = []
        self._by_slug: dict[str, Weekend] = {}
        self._by_name: dict[tuple[str, int, str], Weekend] = {}
        self._slugs = Slugs(Event, "weekend")
        self._folded: dict[str, str] = {}
        self._refused: set[tuple] = set()

    # What is stored

    def load(self, seasons: Iterable[Told], slugs: Iterable[str]):
        """Know the weekends of seasons and those at addresses, with all they hold.

        Seven queries, and more only by batches of weekends.
        """
        keys = [told.instance.pk for told in seasons if not told.is_new]
        events = {}
        for batch in batches(keys):
            events |= Event.objects.filter(season__in=batch).in_bulk()
        for batch in batches(list(dict.fromkeys(slugs))):
            events |= Event.objects.filter(slug__in=batch).in_bulk()
        by_key = {
            told.instance.pk: told.instance for told in self.site.seasons.values()
        }
        found = {}
        for key, event in sorted(events.items()):
            event.season = by_key[event.season_id]
            event.circuit = self.site.circuits.by_key[event.circuit_id]
            found[key] = Weekend(Told(event))
            self._add(found[key])
        for batch in batches(list(found)):
            self._load_parts(batch, found)

    def _load_parts(self, keys, found):
        rounds = EventRound.objects.filter(event__in=keys)
        for item in rounds.select_related("season__series"):
            season = item.season
            found[item.event_id].rounds[season.series.slug, season.year] = item
        for session in Session.objects.filter(event__in=keys).order_by("pk"):
            weekend = found[session.event_id]
            session.event = weekend.event
            part = Part(Told(session))
            for name in (session.name_sv, session.name_en):
                if name:
                    weekend.sessions.setdefault(self._fold(name), part)
        crews: dict[int, list[Driver]] = {}
        places = EntryDriver.objects.filter(entry__event__in=keys)
        for entry, driver in places.values_list("entry", "driver"):
            crews.setdefault(entry, []).append(self.site.people.by_key[driver])
        for entry in Entry.objects.filter(event__in=keys).order_by("pk"):
            self._load_entry(entry, found[entry.event_id], crews.get(entry.pk, ()))

    def _load_entry(self, entry, weekend, crew):
        entry.event = weekend.event
        lookups = {
            "team": self.site.teams,
            "car": self.site.cars,
            "racing_class": self.site.classes,
        }
        for name, lookup in lookups.items():
            if key := getattr(entry, f"{name}_id"):
                setattr(entry, name, lookup.by_key[key])
        weekend.add(Car(Told(entry), tuple(crew)))

    def _add(self, weekend):
        event = weekend.event
        self.all.append(weekend)
        self._by_slug[event.slug] = weekend
        season = event.season.series.slug, event.season.year
        for name in (event.name, event.short_name):
            if name:
                self._by_name.setdefault((*season, self._fold(name)), weekend)

    def _fold(self, text):
        if text not in self._folded:
            self._folded[text] = formats.fold(text)
        return self._folded[text]

    # The weekend

    def weekend(self, row: Row, season: Told) -> Weekend | None:
        """The weekend of a row, told what the row says of it; None where refused."""
        name, slug = row.values.get("event", ""), row.values.get("event_slug", "")
        year = season.instance.series.slug, season.instance.year
        named = (*year, self._fold(name))
        weekend = self._by_slug.get(slug) if slug else self._by_name.get(named)
        if weekend is None:
            if (named, slug) in self._refused:
                return None
            weekend = self._new_weekend(row, season, name, slug)
            if weekend is None:
                self._refused.add((named, slug))
                return None
        elif weekend.event.season is not season.instance:
            sentence = f"The weekend is one of {weekend.event.season}."
            self.faults.add(row, "event_slug" if slug else "event", sentence)
            return None
        self._tell_weekend(row, weekend)
        return weekend

    def _new_weekend(self, row, season, name, slug):
        if not self.site.may_create:
            column = "event_slug" if slug else "event"
            typed = formats.shown(slug or name)
            self.faults.add(row, column, f"There is no weekend “{typed}”.")
            return None
        for column in ("event", "circuit"):
            if column not in row.values:
                if column not in row.cells:
                    sentence = (
                        "The cell is empty; a new weekend needs name and circuit."
                    )
                    self.faults.add(row, column, sentence)
                return None
        circuit = self.site.circuit(row)
        if circuit is None:
            return None
        event = Event(season=season.instance, circuit=circuit, name=name, slug=slug)
        if slug:
            self._slugs.take(slug)
        else:
            year = str(season.instance.year)
            event.slug = self._slugs.make(name if year in name else f"{name} {year}")
        weekend = Weekend(Told(event))
        self._tell_weekend(row, weekend)
        columns = {"slug": "event_slug", "name": "event"}
        if not check(event, self.faults, row, columns):
            return None
        self._add(weekend)
        return weekend

    def _tell_weekend(self, row, weekend):
        values, told = row.values, weekend.told
        for column in ("round", "first_day", "last_day"):
            if column in values:
                told.tell(self.faults, row, column, column, values[column])
        if "circuit" in values and (circuit := self.site.circuit(row)):
            told.tell(self.faults, row, "circuit", "circuit", circuit)
        first, last = weekend.event.first_day, weekend.event.last_day
        if first and last and first > last:
            self.faults.add(row, "last_day", "The last day lies before the first day.")
        if ROUNDS in values:
            self._tell_rounds(row, weekend)

    def _tell_rounds(self, row, weekend):
        """Further championships; a row adds to what the site has."""
        names = values = tuple(row.values[ROUNDS])
        if ROUNDS in weekend.told.said:
            weekend.told.agree(self.faults, row, ROUNDS, ROUNDS, values)
            return
        weekend.told.said[ROUNDS] = values, row, ROUNDS
        for name in names:
            season = self.site.further_season(row, ROUNDS, name)
            if season is None:
                continue
            key = season.instance.series.slug, season.instance.year
            if season.instance is weekend.event.season:
                sentence = f"“{formats.shown(name)}” is the weekend’s own championship."
                self.faults.add(row, ROUNDS, sentence)
            elif key not in weekend.rounds:
                item = EventRound(event=weekend.event, season=season.instance)
                weekend.rounds[key] = item

    # The session

    def part(self, row: Row, weekend: Weekend) -> Part | None:
        """The session of a row, told what the row says of it; None where refused."""
        name = row.values.get("session")
        if name is None:
            return None
        part = weekend.sessions.get(self._fold(name))
        if part is None:
            if "first_part" in row.values:
                self._first_part(row, weekend)
            part = self._new_part(row, weekend, name, row.values.get("session_en", ""))
            if part is None:
                return None
        elif "session_en" in row.values:
            english = row.values["session_en"]
            part.told.tell(self.faults, row, "session_en", "name_en", english)
        if "kind" in row.values:
            part.told.tell(self.faults, row, "kind", "kind", row.values["kind"])
        self._tell_when(row, weekend, part)
        if "first_part" in row.values:
            self._join(row, self._first_part(row, weekend), part)
        return part

    def _new_part(self, row, weekend, name, english=""):
        if not self.site.may_create:
            sentence = f"The weekend has no session “{formats.shown(name)}”."
            self.faults.add(row, "session", sentence)
            return None
        session = Session(
            event=weekend.event,
            name_sv=name,
            name_en=english,
            kind=row.values.get("kind", RACE),
            precision=DAY_ONLY,
            order=len(weekend.parts()) + 1,
        )
        part = Part(Told(session))
        weekend.sessions[self._fold(name)] = part
        if english:
            weekend.sessions.setdefault(self._fold(english), part)
        return part

    def _first_part(self, row, weekend):
        name = row.values["first_part"]
        part = weekend.sessions.get(self._fold(name))
        return part or self._new_part(row, weekend, name)

    def _join(self, row, first, part):
        """Let the first part of a race have its result in the other."""
        if first is None or first.result_in is part:
            return
        stored = first.session.result_in_id
        if first is part or first.result_in or stored not in (None, part.session.pk):
            sentence = f"“{first.session.name_sv}” has its result in another session."
            self.faults.add(row, "first_part", sentence)
            return
        first.result_in = part
        if stored is None and not first.told.is_new:
            first.told.filled.add("result_in")

    def _tell_when(self, row, weekend, part):
        day, time = row.values.get("day"), row.values.get("start")
        if day is None:
            if time is not None and WHEN not in part.told.said:
                sentence = "A time needs a day: fill the column day too."
                self.faults.add(row, "start", sentence)
            return
        when = f"{day} {time:%H:%M}" if time else str(day)
        if WHEN in part.told.said:
            part.told.agree(self.faults, row, "day", WHEN, when)
            return
        part.told.said[WHEN] = when, row, "day"
        try:
            self._set_when(row, weekend.event.circuit.zone, part, day, time)
        except formats.FormatError as error:
            self.faults.add(row, "start", str(error))
            return
        if part.told.is_new or part.told.filled:
            check(part.session, self.faults, row, {"name_sv": "session", "day": "day"})

    def _set_when(self, row, zone, part, day, time):
        """Keep day and time of a session; what the site knows must not differ."""
        session, told = part.session, part.told
        start = zones.to_utc(day, time, zone) if time else None
        known = zones.local(session.start, zone) if session.start else None
        if known and (known.date() != day or start not in (None, session.start)):
            self.faults.add(row, "day", otherwise(known.replace(tzinfo=None)))
        elif session.day not in (None, day):
            self.faults.add(row, "day", otherwise(session.day))
        elif start and not known:
            session.start, session.day, session.precision = start, None, CONFIRMED
            told.filled |= {"start", "day", "precision"}
        elif not known and session.day is None:
            session.day = day
            told.filled.add("day")

    # The car

    def car(self, row: Row, weekend: Weekend) -> Car | None:
        """The car of a row, told what the row says of it; None where refused."""
        crew, number = (), row.values.get("number", "")
        if "drivers" in row.values:
            names = row.values["drivers"]
            crew = self.site.people.find_all(row, "drivers", names)
            if crew is None:
                return None
        if not number and not crew:
            if not row.cells.keys() & {"number", "drivers"}:
                sentence = "Give the start number of the car, or its drivers."
                self.faults.add(row, "number", sentence)
            return None
        cars = self._find_cars(weekend, number, crew)
        if len(cars) > 1:
            sentence = "They have several cars this weekend: give the start number."
            self.faults.add(row, "drivers", sentence)
            return None
        car = cars[0] if cars else None
        if car is None:
            car = self._new_car(row, weekend, number)
            if car is None:
                return None
        self._tell_car(row, weekend, car, crew)
        return car

    def _find_cars(self, weekend, number, crew):
        if number in weekend.by_number:
            return [weekend.by_number[number]]
        cars = weekend.by_crew.get(key_of(crew), []) if crew else []
        # A car whose number was not known is told it; another number, another car.
        return [car for car in cars if not car.entry.number] if number else cars

    def _new_car(self, row, weekend, number):
        if not self.site.may_create:
            column = "number" if number else "drivers"
            self.faults.add(row, column, "The weekend has no such car.")
            return None
        car = Car(Told(Entry(event=weekend.event, number=number)))
        weekend.cars.append(car)
        return car

    def _tell_car(self, row, weekend, car, crew):
        told, values = car.told, row.values
        if "number" in values:
            told.tell(self.faults, row, "number", "number", values["number"])
        for column, name, find in (
            ("class", "racing_class", self.site.racing_class),
            ("team", "team", self.site.team),
            ("car", "car", self.site.car),
        ):
            if column in values and (found := find(row)):
                told.tell(self.faults, row, column, name, found)
        if crew:
            self._tell_crew(row, car, crew)
        weekend.know(car)

    def _tell_crew(self, row, car, crew):
        if CREW in car.told.said:
            if key_of(car.crew) != key_of(crew):
                _crew, other, column = car.told.said[CREW]
                sentence = f"{other.place(column)} names another crew for this car."
                self.faults.add(row, "drivers", sentence)
            return
        car.told.said[CREW] = crew, row, "drivers"
        if not car.crew:
            car.crew, car.is_crew_new = crew, True
        elif key_of(car.crew) != key_of(crew):
            self.faults.add(row, "drivers", otherwise(car.crew))
