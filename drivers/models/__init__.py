"""The drivers, their seasons as published, and the standings they stand in."""

from drivers.models.career import (
    COUNTED,
    TOTALS,
    TYPED,
    CareerResult,
    StandingsLine,
    StandingsTable,
    StandingsTableQuerySet,
)
from drivers.models.people import (
    CURRENT,
    FORMER,
    GUEST,
    LICENCES,
    LINK_KINDS,
    MILESTONE_KINDS,
    STATUSES,
    Biography,
    Driver,
    DriverLink,
    DriverQuerySet,
    Milestone,
    announced,
)

__all__ = [
    "COUNTED",
    "CURRENT",
    "FORMER",
    "GUEST",
    "LICENCES",
    "LINK_KINDS",
    "MILESTONE_KINDS",
    "STATUSES",
    "TOTALS",
    "TYPED",
    "Biography",
    "CareerResult",
    "Driver",
    "DriverLink",
    "DriverQuerySet",
    "Milestone",
    "StandingsLine",
    "StandingsTable",
    "StandingsTableQuerySet",
    "announced",
]
