"""The admin of race weekends: one screen for what is planned, one for what came of it."""

from events.admin.entries import EntryAdmin, EntryDriverAdmin
from events.admin.results import (
    AmendmentAdmin,
    ResultAdmin,
    ResultChangeAdmin,
    ResultDriverAdmin,
)
from events.admin.sessions import EventLinkAdmin, SessionAdmin
from events.admin.weekend import EventAdmin, EventClassAdmin, EventRoundAdmin

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
