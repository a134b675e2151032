"""Where an editor writes the biographies of a driver or a team, and is warned."""

from press.biography_admin.lists import TextAdmin
from press.biography_admin.owners import HasBiographies

__all__ = ["HasBiographies", "TextAdmin"]
