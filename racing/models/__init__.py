"""The world the team races in: teams, people, cars, series, circuits, photos."""

from racing.models.base import (
    FIRST_RACING_YEAR,
    LAST_RACING_YEAR,
    YEAR_VALIDATORS,
    Record,
    User,
    validate_has_come,
    validate_slug_has_a_letter,
)
from racing.models.cars import Car, CarQuerySet, RacingClass
from racing.models.circuits import (
    ANTICLOCKWISE,
    CLOCKWISE,
    DIRECTIONS,
    Circuit,
    CircuitLayout,
    CircuitQuerySet,
    LapRecord,
    validate_outline,
    validate_time_zone,
)
from racing.models.photos import (
    FREE,
    INTERNAL,
    ORIENTATIONS,
    RIGHTS,
    SITE_ONLY,
    Photo,
    PhotoQuerySet,
)
from racing.models.series import Season, Series, SeriesQuerySet
from racing.models.teams import (
    Person,
    Team,
    TeamBiography,
    TeamQuerySet,
    validate_colour,
)
from racing.models.texts import LANGUAGES, LENGTHS, LONG, Text

__all__ = [
    "ANTICLOCKWISE",
    "CLOCKWISE",
    "DIRECTIONS",
    "FIRST_RACING_YEAR",
    "FREE",
    "INTERNAL",
    "LANGUAGES",
    "LAST_RACING_YEAR",
    "LENGTHS",
    "LONG",
    "ORIENTATIONS",
    "RIGHTS",
    "SITE_ONLY",
    "YEAR_VALIDATORS",
    "Car",
    "CarQuerySet",
    "Circuit",
    "CircuitLayout",
    "CircuitQuerySet",
    "LapRecord",
    "Person",
    "Photo",
    "PhotoQuerySet",
    "RacingClass",
    "Record",
    "Season",
    "Series",
    "SeriesQuerySet",
    "Team",
    "TeamBiography",
    "TeamQuerySet",
    "Text",
    "User",
    "validate_colour",
    "validate_has_come",
    "validate_outline",
    "validate_slug_has_a_letter",
    "validate_time_zone",
]
