"""The admin of race weekends: one screen for what is planned, one for what came of it."""

from events.admin.decisions import AmendmentAdmin, ResultChangeAdmin
from events.admin.results import ResultAdmin, ResultDriverAdmin, SessionAdmin
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
