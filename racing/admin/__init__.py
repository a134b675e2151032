"""The admin of the world the team races in, and of those who may log in."""

from racing.admin.accounts import UserAdmin
from racing.admin.cars import CarAdmin, RacingClassAdmin
from racing.admin.circuits import CircuitAdmin, CircuitLayoutAdmin, LapRecordAdmin
from racing.admin.photos import PhotoAdmin
from racing.admin.series import SeasonAdmin, SeriesAdmin
from racing.admin.teams import PersonAdmin, TeamAdmin

__all__ = [
    "CarAdmin",
    "CircuitAdmin",
    "CircuitLayoutAdmin",
    "LapRecordAdmin",
    "PersonAdmin",
    "PhotoAdmin",
    "RacingClassAdmin",
    "SeasonAdmin",
    "SeriesAdmin",
    "TeamAdmin",
    "UserAdmin",
]
