"""What each data file holds: its model, the keys it refers to, its own columns.

A column is a field of the model unless `references`, `lists` or `prepare` say
otherwise. The files are loaded in the order of `TABLES`; then those of `IMPORTED`,
in the columns of docs/import.md, and what later decisions changed of them.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.db.models import Model

from drivers.models import (
    Biography,
    CareerResult,
    Driver,
    DriverLink,
    Milestone,
    StandingsLine,
    StandingsTable,
)
from events.imports.career.columns import COLUMNS
from events.imports.facts import SAYING
from events.models import (
    DAY_ONLY,
    Amendment,
    Entry,
    EntryDriver,
    Event,
    EventClass,
    EventLink,
    EventRound,
    Result,
    Session,
)
from press.models import Contact
from racing import drawings, formats, zones
from racing.demo.files import Fact
from racing.models import (
    Car,
    Circuit,
    CircuitLayout,
    LapRecord,
    Person,
    Photo,
    RacingClass,
    Season,
    Series,
    Team,
    TeamBiography,
)


@dataclass(frozen=True)
class Table:
    """One data file.

    `references` are columns that hold a key of another file. `lists` are columns
    that hold several, apart by semicolons: the value is that file and, where the
    order counts, the model that keeps it with the two names of its ends.
    `prepare` turns the columns named in `prepared` into values of fields.
    """

    name: str
    model: type[Model]
    references: dict[str, str] = field(default_factory=dict)
    lists: dict[str, "List"] = field(default_factory=dict)
    prepared: tuple[str, ...] = ()
    prepare: Callable[[Fact, "Loaded"], dict] | None = None

    @property
    def columns(self) -> set[str]:
        """All columns that the file may have."""
        fields = {field.name for field in self.model._meta.concrete_fields}
        return fields | {*self.references, *self.lists, *self.prepared}


@dataclass(frozen=True)
class Imported:
    """A data file in columns of the import, one row a result or a season."""

    name: str
    model: type[Model] | None
    columns: frozenset[str] = frozenset(COLUMNS)


@dataclass(frozen=True)
class List:
    """A column of keys; `through` is the model that keeps their order, if any."""

    of: str
    through: type[Model] | None = None
    owner: str = ""
    member: str = ""


Loaded = dict[str, dict[str, Model]]


def session_times(fact: Fact, loaded: Loaded) -> dict:
    """Day, wall time and zone of a session as its start in UTC.

    Without a time the session has a day, or nothing: then it is day-only.
    """
    day = fact.parsed("day", dt.date.fromisoformat)
    time = fact.parsed("time", dt.time.fromisoformat)
    zone = fact.parsed("zone", zones.zone)
    if time is None:
        return {"day": day, "precision": DAY_ONLY}
    if day is None or zone is None:
        raise fact.error("A time needs a day and a zone.", "time")
    return {"start": fact.parsed("time", lambda _text: zones.to_utc(day, time, zone))}


def lap_time(fact: Fact, loaded: Loaded) -> dict:
    """A lap record's time in milliseconds."""
    return {"time_ms": fact.parsed("time", formats.parse_lap_time)}


SIZES = {"portrait": drawings.PORTRAIT, "landscape": drawings.LANDSCAPE}


def drawn_photo(fact: Fact, loaded: Loaded) -> dict:
    """A picture that the project draws, in the home team's colour."""
    (home,) = (team for team in loaded["teams"].values() if team.is_home)
    if fact.cells.get("size") not in SIZES:
        raise fact.error(f"The size is one of: {', '.join(SIZES)}.", "size")
    texts = [fact.cells.get(column, "") for column in ("number", "name", "line")]
    image = drawings.panel(*texts, home.colour, SIZES[fact.cells["size"]])
    file = ContentFile(drawings.jpeg(image), name=f"{fact.key}.jpg")
    return {"image": file, "is_drawn": True}


TABLES = (
    Table("classes", RacingClass),
    Table("series", Series),
    Table("seasons", Season, {"series": "series"}),
    Table("teams", Team),
    Table("people", Person, {"team": "teams"}),
    Table("team_biographies", TeamBiography, {"team": "teams"}),
    Table("contacts", Contact, {"team": "teams"}),
    Table(
        "photos",
        Photo,
        prepared=("number", "name", "line", "size"),
        prepare=drawn_photo,
    ),
    Table(
        "cars",
        Car,
        {"racing_class": "classes"},
        lists={"photos": List("photos")},
    ),
    Table("circuits", Circuit),
    Table("layouts", CircuitLayout, {"circuit": "circuits"}),
    Table(
        "lap_records",
        LapRecord,
        {"layout": "layouts", "racing_class": "classes"},
        prepared=("time",),
        prepare=lap_time,
    ),
    Table("drivers", Driver, {"portrait": "photos"}),
    Table("driver_links", DriverLink, {"driver": "drivers"}),
    Table("milestones", Milestone, {"driver": "drivers"}),
    Table("biographies", Biography, {"driver": "drivers"}),
    Table("standings", StandingsTable, {"season": "seasons"}),
    Table(
        "standings_lines",
        StandingsLine,
        {"table": "standings", "driver": "drivers"},
    ),
    Table(
        "events",
        Event,
        {"season": "seasons", "circuit": "circuits", "layout": "layouts"},
        lists={"photos": List("photos")},
    ),
    Table("event_rounds", EventRound, {"event": "events", "season": "seasons"}),
    Table(
        "event_classes",
        EventClass,
        {"event": "events", "racing_class": "classes"},
    ),
    Table(
        "sessions",
        Session,
        {"event": "events", "result_in": "sessions"},
        prepared=("day", "time", "zone"),
        prepare=session_times,
    ),
    Table("event_links", EventLink, {"event": "events", "session": "sessions"}),
    Table(
        "entries",
        Entry,
        {
            "event": "events",
            "racing_class": "classes",
            "team": "teams",
            "car": "cars",
        },
        lists={"drivers": List("drivers", EntryDriver, "entry", "driver")},
    ),
)
IMPORTED = (Imported("career", CareerResult), Imported("results", Result))
AMENDMENTS = Table("amendments", Amendment, {"session": "sessions"})
# What a decision says of a result: its key, and the columns that it changes.
RESULT_CHANGES = Imported(
    "result_changes", None, frozenset({"amendment", "result", *SAYING})
)
FILES = (*TABLES, *IMPORTED, AMENDMENTS, RESULT_CHANGES)
