"""A long championship, made up: 77 seasons, 1,200 weekends, 900 drivers, 30,000 results.

Everything that makes counting hard happens in it: ties, half points, cars that are
shared and driven in turns, cars that retire and are classified, races in two parts,
weekends that count for two championships, seasons with typed totals, places and poles
that nobody knows. It is drawn from a seed and always the same; the rows are in the
columns of docs/import.md, all texts.
"""

import csv
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

SEED = 1946
CUP, TROPHY = "Northern Cup", "Baltic Trophy"
CUP_YEARS, TROPHY_YEARS = range(1946, 2006), range(1989, 2006)
SEASONS, WEEKENDS, DRIVERS, RESULTS = 77, 1_200, 900, 30_000
FIRST_FIELD = 60  # drivers who are there from the first season
RUNNING = 2005  # the one year of which the seasons are not over
ROUNDS = {CUP: (18, 44), TROPHY: (8, 17)}  # weekends a season, in the first so many
CLASSES = ("Super", "Touring")
POINTS = (25, 18, 15, 12, 10, 8, 6, 4, 2, 1)
FIRST = (
    *("Anna", "Bo", "Cecilia", "Dag", "Eva", "Folke", "Görel", "Håkan", "Inga"),
    *("Jarl", "Karin", "Leif", "Märta", "Nils", "Olga", "Pär", "Rut", "Sven"),
    *("Tove", "Ulf", "Vera", "Åke", "Ärla", "Östen", "Jean-Luc", "Mary Ann"),
)
LAST = (
    *("Berg", "Dahl", "Ek", "Fors", "Gran", "Hägg", "Kull", "Lund", "Mård", "Nord"),
    *("Palm", "Rask", "Sjö", "Torn", "Vik", "Åberg", "Ödman", "van der Berg"),
    *("de la Gardie", "von Rosen", "O’Hara", "Müller", "Øst", "Ibáñez", "Černý"),
    *("Sandström", "Grönlund", "Löfgren", "Åkerhielm", "Wallén", "Quist", "Zetter"),
    *("Almqvist", "Brolin", "Dufva", "Elfving"),
)
CODES = {
    "classified": 76,
    "†": 4,
    "Ret": 9,
    "DSQ": 2,
    "NC": 2,
    "DNS": 2,
    "DNQ": 1,
    "WD": 1,
    "EX": 1,
    "": 2,  # nobody knows
}
Row = dict[str, str]
# Pages that list what there is, the public's and the editors'.
LISTS = (
    *("/sv/", "/sv/drivers/", "/sv/events/", "/sv/circuits/", "/sv/cars/"),
    *("/sv/teams/", "/sv/series/", "/sv/series/northern-cup/"),
    *("/sv/series/northern-cup/1946/", "/sv/events/1946/", "/sv/teams/team-1/"),
    *("/sv/search/?q=berg", "/sv/circuits/circuit-26/"),
    *("/admin/drivers/driver/", "/admin/drivers/driver/?q=berg"),
    *("/admin/drivers/careerresult/", "/admin/events/event/"),
    "/admin/events/event/?q=round",
)


@dataclass
class Person:
    """A driver: as tables write the name, and the years in which they race."""

    name: str
    written: str
    years: range


@dataclass
class Championship:
    """The rows of results and of seasons, and everybody who drives in them."""

    results: list[Row] = field(default_factory=list)
    seasons: list[Row] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)

    @property
    def veteran(self):
        """Who has driven more races than anybody, alone in the car."""
        return self.people[0].name

    def beginning(self, count: int):
        """The first so many results, with the seasons of those who drive in them."""
        results = self.results[:count]
        named = {name for row in results for name in row["drivers"].split("; ")}
        year = results[0]["year"]
        seasons = [
            row
            for row in self.seasons
            if row["year"] == year and row["driver"] in named
        ]
        return Championship(results, seasons, self.people)

    def write(self, folder: Path) -> list[Path]:
        """The rows as files for the import, the results in two."""
        half = len(self.results) // 2
        parts = {
            "results-1.csv": self.results[:half],
            "results-2.csv": self.results[half:],
            "seasons.csv": self.seasons,
        }
        for name, rows in parts.items():
            columns = list(dict.fromkeys(column for row in rows for column in row))
            with (folder / name).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns, restval="")
                writer.writeheader()
                writer.writerows(rows)
        return [folder / name for name in parts]


def generate(seed: int = SEED) -> Championship:
    """The championship of a seed."""
    return _Generator(random.Random(seed)).run()  # noqa: S311 (made up, not secret)


class _Generator:
    def __init__(self, draw: random.Random):
        self.draw = draw
        self.made = Championship()
        self.weekends = 0

    def run(self) -> Championship:
        self.made.people = list(self.people())
        for year in CUP_YEARS:
            self.season(CUP, year)
            if year in TROPHY_YEARS:
                self.season(TROPHY, year)
        return self.made

    def people(self) -> Iterator[Person]:
        """900 drivers, of whom the first drives for a quarter of a century."""
        names = [(first, last) for first in FIRST for last in LAST]
        self.draw.shuffle(names)
        for number, (first, last) in enumerate(names[:DRIVERS]):
            later = max(number - FIRST_FIELD, 0) / (DRIVERS - FIRST_FIELD)
            debut = CUP_YEARS[int(later * len(CUP_YEARS))]
            length = min(1 + int(self.draw.expovariate(1 / 4)), 18)
            years = range(debut, debut + (17 if number == 0 else length))
            turned = f"{last}, {first}" if number % 7 == 0 else f"{first} {last}"
            yield Person(f"{first} {last}", turned, years)

    def season(self, series, year):
        most, full = ROUNDS[series]
        years = CUP_YEARS if series == CUP else TROPHY_YEARS
        rounds = most if years.index(year) < full else most - 1
        active = [person for person in self.made.people if year in person.years]
        regulars, rest = active[:8], active[8:]
        drove = {person.written: [] for person in active}
        for number in range(1, rounds + 1):
            # The seats that are left go to those who have driven least.
            rest.sort(key=lambda person: len(drove[person.written]))
            for row in self.weekend(series, year, number, rounds, regulars + rest):
                self.made.results.append(row)
                for name in (row.get("credited") or row["drivers"]).split("; "):
                    drove[name].append(row)
        self.made.seasons += self.lines(series, year, rounds, drove)

    # The weekend

    def weekend(self, series, year, number, rounds, field):
        self.weekends += 1
        wanted = RESULTS * self.weekends // WEEKENDS - len(self.made.results)
        sessions = self.sessions()
        cars = self.cars(field, wanted // len(sessions))
        first = date(year, 3, 1) + timedelta(days=10 * number)
        last = first + timedelta(days=1)
        common = {
            "series": series,
            "year": str(year),
            "season_rounds": str(rounds),
            "is_over": "" if year == RUNNING else "1",
            "round": str(number),
            "event": f"{series} round {number}",
            "circuit": f"Circuit {(number * 7 + year) % 41}",
            "country": "SE",
            "time_zone": "Europe/Stockholm",
            "first_day": str(first),
            "last_day": str(last),
        }
        if year in TROPHY_YEARS and number % 4 == 1:
            common["also_counts_for"] = TROPHY if series == CUP else f"{CUP} {year}"
        for session in sessions:
            day = {"day": str(last if session["kind"] == "race" else first)}
            yield from self.session(common | session | day, cars)

    def sessions(self):
        """What is run, each with the same cars."""
        race = {"session": "Race", "kind": "race"}
        if self.weekends % 5 < 2:
            return [race]
        if self.weekends % 5 == 2:
            return [{"session": f"Race {n}", "kind": "race"} for n in (1, 2)]
        if self.weekends % 5 == 3:
            return [{"session": "Qualifying", "kind": "qualifying"}, race]
        second = {"session": "Race, part 2", "first_part": "Race, part 1"}
        if self.weekends % 2:
            return [race | second]
        return [{"session": "Race, part 1", "kind": "race"}, race | second]

    def cars(self, field, wanted):
        """The cars of a weekend, some with a crew of two or three."""
        seats = iter(field)
        cars = []
        while len(cars) < wanted:
            size = self.draw.choices((1, 2, 3), (90, 7, 3))[0] if cars else 1
            crew = [person.written for person in itertools.islice(seats, size)]
            if not crew:
                raise ValueError("There are fewer drivers than seats.")
            number = len(cars) + 1
            name = CLASSES[number % 3 == 0]
            car = {
                "number": "007" if number == 7 else str(number),
                "class": name,
                "team": f"Team {(number + 1) // 2}",
                "make": "Make",
                "car": f"{name} Car",
                "drivers": "; ".join(crew),
            }
            cars.append(car)
        return cars

    def session(self, common, cars):
        """The rows of a session, each car with what became of it."""
        order = list(cars)
        self.draw.shuffle(order)
        outcomes = self.draw.choices(list(CODES), list(CODES.values()), k=len(order))
        rows = [
            common | car | {"status": status}
            for car, status in zip(order, outcomes, strict=True)
        ]
        self.place([row for row in rows if row["status"] in ("classified", "†")])
        if common["kind"] == "race":
            self.honour(rows)
        for row in rows:
            crew = row["drivers"].split("; ")
            if len(crew) > 1 and self.draw.random() < 0.6:
                # In turns, or somebody of the crew did not drive.
                turn = common["session"][-1] == "2"
                row["credited"] = crew[1] if turn else crew[0]
            if row["status"] == "" and self.draw.random() < 0.5:
                row["laps"] = str(self.draw.randint(1, 30))  # it has run, at least
        return rows

    def place(self, classified):
        """Positions overall and in class; some are shared, some are not known."""
        place, groups = 0, dict.fromkeys(CLASSES, (0, 0, 0))
        half = self.draw.random() < 0.05
        for count, row in enumerate(classified, start=1):
            is_tied = place and self.draw.random() < 0.03
            place = place if is_tied else count
            cars, in_class, overall = groups[row["class"]]
            in_class = in_class if overall == place else cars + 1
            groups[row["class"]] = cars + 1, in_class, place
            row |= {"position": str(place), "class_position": str(in_class)}
            row["laps"] = str(40 - count // 5)
            row["best_lap"] = (
                f"1:{self.draw.randint(30, 45)}.{self.draw.randint(0, 999):03}"
            )
            if place == 1:
                row["time"] = f"{self.draw.randint(30, 50)}:12.345"
            if place <= len(POINTS):
                points = POINTS[place - 1]
                row["points"] = f"{points / 2:g}" if half else str(points)
        for kind in ("position", "class_position"):
            _mark_ties(classified, kind)
        for row in classified:
            if self.draw.random() < 0.01:
                del row["position"]

    def honour(self, rows):
        """Pole position and fastest lap, overall and in the other class."""
        for name, known in (("pole", 0.9), ("fastest_lap", 0.8)):
            if self.draw.random() < known:
                best = self.draw.choice(rows)
                best[name] = "overall"
                others = [row for row in rows if row["class"] != best["class"]]
                if others:
                    self.draw.choice(others)[name] = "class"

    # Seasons of careers

    def lines(self, series, year, rounds, drove):
        """A line for some: counted, or typed with what somebody has published."""
        shared = series == TROPHY
        drove = {written: races for written, races in drove.items() if races}
        for place, (written, races) in enumerate(sorted(drove.items()), start=1):
            kind = self.draw.choices(("", "counted", "typed"), (60, 25, 15))[0]
            if not kind and not (shared and place == 1):
                continue
            line = {
                "series": series,
                "year": str(year),
                "driver": written,
                "team": races[-1]["team"],
                "car": races[-1]["car"],
                "number": races[-1]["number"],
                "rounds": f"1–{rounds}",
                "championship_position": str(place),
                "championship_points": f"{self.draw.randint(0, 800) / 2:g}",
                "totals": kind or "counted",
            }
            if year == RUNNING:
                line["after_round"] = str(rounds - 1)
            yield line | (self.typed() if kind == "typed" else {})

    def typed(self):
        """Totals as an encyclopedia has them, some of them unknown."""
        podiums = self.draw.randint(0, 9)
        figures = {
            "starts": podiums + 9,
            "wins": self.draw.randint(0, podiums),
            "class_wins": self.draw.randint(0, 3),
            "podiums": podiums,
            "poles": self.draw.randint(0, 9),
            "fastest_laps": self.draw.randint(0, 9),
        }
        return {
            name: str(value)
            for name, value in figures.items()
            if self.draw.random() < 0.8
        }


def _mark_ties(rows, column):
    """Places that several of a class, or of all, hold are written =3."""
    held = {}
    for row in rows:
        group = row["class"] if column == "class_position" else ""
        held.setdefault((group, row[column]), []).append(row)
    for cars in held.values():
        if len(cars) > 1:
            for row in cars:
                row[column] = f"={row[column]}"
