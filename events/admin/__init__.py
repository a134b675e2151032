"""The admin of race weekends: one screen for what is planned, one for what came of it."""

from events.admin.results import (
    AmendmentAdmin,
    ResultAdmin,
    ResultChangeAdmin,
    ResultDriverAdmin,
    SessionAdmin,
)
from events.admin.weekend import (
    EntryAdmin,
    EntryDriverAdmin,
    EventAdmin,
    EventClassAdmin,
    EventLinkAdmin,
    EventRoundAdmin,
)

__all__ = [
    "AmendmentAdmin",
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
]
