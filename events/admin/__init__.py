"""The admin of race weekends: what is planned, what is published, what came of it."""

from events.admin.decisions import AmendmentAdmin, ResultChangeAdmin
from events.admin.links import EventLinkAdmin
from events.admin.releases import (
    DraftSessionAdmin,
    TimetableChangeAdmin,
    TimetableReleaseAdmin,
)
from events.admin.results import ResultAdmin, ResultDriverAdmin
from events.admin.sessions import SessionAdmin
from events.admin.weekend import (
    EntryAdmin,
    EntryDriverAdmin,
    EventAdmin,
    EventClassAdmin,
    EventRoundAdmin,
)

__all__ = [
    "AmendmentAdmin",
    "DraftSessionAdmin",
    "EntryAdmin",
    "EntryDriverAdmin",
    "EventAdmin",
    "EventClassAdmin",
    "EventLinkAdmin",
    "EventRoundAdmin",
    "ResultAdmin",
    "ResultChangeAdmin",
    "ResultDriverAdmin",
    "SessionAdmin",
    "TimetableChangeAdmin",
    "TimetableReleaseAdmin",
]
