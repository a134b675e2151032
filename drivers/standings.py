"""The standings of a season as its organiser published them, table by table."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from drivers.models import StandingsLine, StandingsTable
from racing import formats
from racing.models import Season


@dataclass(frozen=True)
class Table:
    """One published table with its lines in order."""

    table: StandingsTable

    @cached_property
    def lines(self) -> list[StandingsLine]:
        return list(self.table.lines.all())

    @cached_property
    def columns(self) -> dict[str, bool]:
        """Which columns have something to show beside place and name."""
        return {
            "number": any(line.number for line in self.lines),
            # A team that stands in the table itself is the name of its line.
            "team": any(
                line.team and line.team != line.shown_name for line in self.lines
            ),
            "points": any(line.points is not None for line in self.lines),
        }

    @cached_property
    def ours(self) -> list[StandingsLine]:
        """The lines of drivers with a page of their own."""
        return [line for line in self.lines if line.driver and line.driver.has_page]


@dataclass(frozen=True)
class Championship:
    """The tables of one name: the newest, and those it replaced, the later first."""

    newest: Table
    earlier: tuple[Table, ...]

    @property
    def name(self):
        """What it is for in the reader's language; empty for the drivers' one."""
        return self.newest.table.name


def championships(season: Season, at=None) -> list[Championship]:
    """The drivers' championship and whatever else has tables: two queries.

    The main one comes first, the others by name.
    """
    lines = StandingsLine.objects.select_related("driver")
    published = StandingsTable.objects.published(at).filter(season=season)
    tables = published.latest_first().prefetch_related(Prefetch("lines", lines))
    by_name = {}
    for table in tables:
        table.season = season
        by_name.setdefault(table.name_sv, []).append(Table(table))
    return [
        Championship(newest, tuple(earlier))
        for _name, (newest, *earlier) in sorted(
            by_name.items(), key=lambda item: formats.sort_key(item[0])
        )
    ]
