"""What the site knows of championships, circuits, teams, cars and classes by name."""

import re
from dataclasses import dataclass

from events.imports.career.people import People
from events.imports.career.rows import Faults, Row
from events.imports.career.told import Lookup, Slugs, Told, check
from racing import formats
from racing.models import Car, Circuit, RacingClass, Season, Series, Team

# The column of each field of what is made, beside its name.
_COLUMNS = {
    "short_name": "series",
    "model": "car",
    "make": "make",
    "country": "country",
    "time_zone": "time_zone",
}
_WITH_A_YEAR = re.compile(r"(?P<series>.+?)(?:\s+(?P<year>\d{4}))?", re.ASCII)


@dataclass(frozen=True)
class Options:
    """What an import may do beside writing results and seasons of careers.

    `may_create`: make what the site does not know. `have_pages`: drivers made have
    pages. `are_official`: the classifications become official. `reason` goes into
    the history.
    """

    may_create: bool = True
    have_pages: bool = False
    are_official: bool = False
    reason: str | None = None


class Site:
    """Finds what rows name; what is not there yet is made, but not saved."""

    def __init__(self, faults: Faults, options: Options):
        self.faults = faults
        self.may_create = options.may_create
        self.people = People(
            faults, may_create=options.may_create, have_pages=options.have_pages
        )
        self.series = Lookup(
            Series.objects.all(), lambda it: (it.short_name, it.name, it.slug)
        )
        self.circuits = Lookup(Circuit.objects.all(), lambda it: (it.name, it.slug))
        self.teams = Lookup(
            Team.objects.all(), lambda it: (it.name, it.short_name, it.slug)
        )
        self.cars = Lookup(
            Car.objects.all(), lambda it: (str(it), it.name, it.model, it.slug)
        )
        self.classes = Lookup(RacingClass.objects.all(), lambda it: (it.name,))
        self.seasons: dict[tuple[str, int], Told] = {}
        for season in Season.objects.all():
            season.series = self.series.by_key[season.series_id]
            self.seasons[season.series.slug, season.year] = Told(season)
        self._whole_names: dict[tuple[str, str], str] = {}
        self._refused: set[tuple[int, str]] = set()
        self._slugs = {
            Series: Slugs(Series, "series"),
            Circuit: Slugs(Circuit, "circuit"),
            Team: Slugs(Team, "team"),
            Car: Slugs(Car, "car"),
        }

    # The season

    def season(self, row: Row) -> Told | None:
        """The season of a row, told what the row says of it; None where refused."""
        name, year = row.values.get("series"), row.values.get("year")
        for column, value in (("series", name), ("year", year)):
            if value is None:
                if column not in row.cells:
                    self.faults.add(row, column, "The cell is empty.")
                return None
        series = self._series(row, "series", name)
        told = series and self._season(row, series, year)
        if told:
            for column, field in (("season_rounds", "rounds"), ("is_over", "is_over")):
                if column in row.values:
                    told.tell(self.faults, row, column, field, row.values[column])
        return told

    def further_season(self, row: Row, column: str, name: str) -> Told | None:
        """The season of another championship: its name, and a year if not the row's."""
        match = _WITH_A_YEAR.fullmatch(name)
        known = self.series.find(name) or not match["year"]
        series = self._series(row, column, name if known else match["series"])
        year = row.values["year"] if known else int(match["year"])
        return series and self._season(row, series, year)

    def _series(self, row, column, name):
        def make():
            slug = self._slugs[Series].make(name)
            return Series(name=name, short_name=name, slug=slug)

        return self._one(self.series, row, column, name, make)

    def _season(self, row, series, year):
        key = series.slug, year
        if key not in self.seasons:
            if not self.may_create:
                sentence = f"There is no season {year} of “{series}”."
                self.faults.add(row, "year", sentence)
                return None
            self.seasons[key] = Told(Season(series=series, year=year))
        return self.seasons[key]

    # What has a name

    def circuit(self, row: Row) -> Circuit | None:
        def make():
            for column in ("country", "time_zone"):
                if column not in row.cells:
                    sentence = (
                        f"There is no circuit “{formats.shown(name)}”. Give its "
                        "country and time zone too, and it is made."
                    )
                    self.faults.add(row, column, sentence)
                if column not in row.values:
                    return None
            slug = self._slugs[Circuit].make(name)
            country, zone = row.values["country"], row.values["time_zone"]
            return Circuit(name=name, slug=slug, country=country, time_zone=zone)

        name = row.values["circuit"]
        return self._one(self.circuits, row, "circuit", name, make)

    def team(self, row: Row) -> Team | None:
        def make():
            return Team(name=name, slug=self._slugs[Team].make(name))

        name = row.values["team"]
        return self._one(self.teams, row, "team", name, make)

    def racing_class(self, row: Row) -> RacingClass | None:
        name = row.values["class"]
        return self._one(
            self.classes, row, "class", name, lambda: RacingClass(name=name)
        )

    def car(self, row: Row) -> Car | None:
        """The car by name, with its make where the model alone is written."""

        def make():
            if not builder:
                sentence = (
                    f"There is no car “{formats.shown(name)}”. Give its make too, and "
                    "it is made."
                )
                self.faults.add(row, "make", sentence)
                return None
            model = whole.removeprefix(builder).strip()
            slug = self._slugs[Car].make(whole)
            return Car(make=builder, model=model, slug=slug)

        name, builder = row.values["car"], row.values.get("make", "")
        whole = self._whole_name(builder, name)
        return self._one(self.cars, row, "car", whole, make)

    def _whole_name(self, builder, name):
        """Make and model as one name, in which the make stands once."""
        key = builder, name
        if key not in self._whole_names:
            is_whole = formats.fold(name).startswith(formats.fold(builder))
            self._whole_names[key] = name if is_whole else f"{builder} {name}"
        return self._whole_names[key]

    def _one(self, lookup, row, column, name, make):
        """The one that a name means, or a new one; None where that is refused.

        What is wrong with a name is told where it stands first.
        """
        found = lookup.find(name)
        if len(found) == 1:
            return found[0]
        if (id(lookup), name) in self._refused:
            return None
        item = self._new(row, column, name, found, make)
        if item is None:
            self._refused.add((id(lookup), name))
        else:
            lookup.add(item)
        return item

    def _new(self, row, column, name, found, make):
        typed = formats.shown(name)
        if found:
            several = ", ".join(sorted(str(item) for item in found))
            self.faults.add(row, column, f"“{typed}” may be any of: {several}.")
            return None
        if not self.may_create:
            self.faults.add(row, column, f"The site knows nothing named “{typed}”.")
            return None
        item = make()
        if item is None or not check(
            item, self.faults, row, _COLUMNS | {"name": column}
        ):
            return None
        return item
