"""What has changed lately: the releases of a weekend's timetable as pages tell them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from events.models import WHEN, Event, Session
from events.releases import Released, released

# How long a session with another time is marked in the timetable.
NEWS_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Changes:
    """What was changed after the first timetable, the latest first; maybe nothing."""

    releases: tuple[Released, ...]
    at: datetime

    @property
    def latest(self) -> Released | None:
        return next(iter(self.releases), None)

    @property
    def earlier(self) -> tuple[Released, ...]:
        return self.releases[1:]

    @property
    def retimed(self) -> set[int]:
        """Keys of the sessions that the latest change moved, as long as that is news."""
        if not self.latest or self.at - self.latest.release.published_at > NEWS_FOR:
            return set()
        return {
            difference.line.pk
            for difference in self.latest.differences
            if isinstance(difference.line, Session)
            and any(change.field == WHEN for change in difference.changes)
        }


def changes_of(event: Event, at: datetime) -> Changes:
    """What the public was told of a weekend by a moment: two queries at the most."""
    told = [
        entry
        for entry in released(event, at)
        if entry.sentences and not entry.release.is_first
    ]
    return Changes(tuple(told), at)
