"""What the items of a calendar say in words, each sentence translated once.

A calendar may have hundreds of sessions: to ask for the same translation for each
would take longer than all the rest.
"""

import datetime as dt

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.calendars.weekends import Crew
from events.models import (
    CANCELLED,
    LINK_ACCESS,
    LINK_KINDS,
    LINK_LANGUAGES,
    POSTPONED,
    SESSION_KINDS,
    EventLink,
    Session,
)
from events.states import DELAYED
from racing import dates, zones


def _labels(choices):
    return {key: capfirst(str(name)) for key, name in choices.items()}


class Words:
    """The words of the current language."""

    def __init__(self):
        self.language = get_language() or "sv"
        self.kinds = _labels(SESSION_KINDS)
        self.states = {
            CANCELLED: _("Cancelled: %(name)s"),
            POSTPONED: _("Postponed: %(name)s"),
            DELAYED: _("Delayed: %(name)s"),
        }
        self.is_provisional = _("The time is provisional.")
        self.is_provisional_weekend = _("The weekend is provisional.")
        self.no_timetable = {
            False: _("The timetable is not known yet."),
            True: _("The timetable is not known."),
        }
        self.no_time = {
            False: _("Time to be announced"),
            True: _("Time not known"),
        }
        self.result_in = _("The result comes with %(name)s.")
        self.at = _("%(day)s, %(start)s at the track (%(zone)s)")
        self.from_to = _("%(day)s, %(start)s–%(end)s at the track (%(zone)s)")
        self.over_a_change = _(
            "%(day)s, %(start)s (%(zone)s) to %(end)s (%(end_zone)s) at the track"
        )
        self.broadcast = _("the broadcast begins %(time)s (%(zone)s)")
        self.link_kinds = _labels(LINK_KINDS)
        self.languages = {code: str(name) for code, name in LINK_LANGUAGES.items()}
        self.access = {code: str(name) for code, name in LINK_ACCESS.items()}

    def named(self, state: str, name: str) -> str:
        """``Cancelled: Qualifying``: a label, so that no gender has to agree."""
        return self.states[state] % {"name": name} if state in self.states else name

    def day(self, day: dt.date) -> str:
        return capfirst(dates.day(day, self.language))

    def clocks(self, session: Session, zone: dt.tzinfo) -> str:
        """``Friday 13 May, 16:20–17:20 at the track (CEST, UTC+2)``.

        Where the clocks change meanwhile each time has its own zone.
        """
        start = zones.local(session.start, zone)
        values = {
            "day": self.day(start.date()),
            "start": dates.clock(start),
            "zone": dates.zone_label(start),
        }
        if session.end is None:
            return self.at % values
        end = zones.local(session.end, zone)
        shift = dates.day_shift(start.date(), end.date(), self.language)
        values |= {
            "end": f"{dates.clock(end)} {shift}".strip(),
            "end_zone": dates.zone_label(end),
        }
        is_same = values["zone"] == values["end_zone"]
        return (self.from_to if is_same else self.over_a_change) % values

    def crew(self, crew: Crew) -> str:
        """``#120 Andreas Bäckman, Marcus Fluch · Audi RS 3 LMS TCR``."""
        number = f"#{crew.number} " if crew.number else ""
        told = f"{number}{', '.join(crew.drivers)}"
        return f"{told} · {crew.car}" if crew.car else told

    def link(self, link: EventLink, zone: dt.tzinfo, day: dt.date | None) -> str:
        """``Stream: 24H Series (English, free), https://…``.

        `day` is the session's: the broadcast names its own only where it is another.
        """
        known = (
            link.territory,
            self.languages.get(link.language),
            self.access.get(link.access),
        )
        details = ", ".join(part for part in known if part)
        named = link.label or (link.text if details else "")
        if details:
            named = f"{named} ({details})"
        begins = self._begins(link.start, zone, day) if link.start else ""
        told = ", ".join(part for part in (named, begins, link.url) if part)
        return f"{self.link_kinds[link.kind]}: {told}"

    def _begins(self, moment, zone, day):
        start = zones.local(moment, zone)
        time = dates.clock(start)
        if start.date() != day:
            time = f"{dates.day(start.date(), self.language)} {time}"
        return self.broadcast % {"time": time, "zone": dates.zone_label(start)}
