"""What the items of a calendar say, apart from how that is written.

Every session of a weekend is an item, and a weekend whose timetable is not known one
of its own. Nothing here hangs on the moment at which it is asked, and no result is
told: what someone keeps in a calendar must not give a race away.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from django.utils.text import capfirst

from events.calendars.weekends import Weekend
from events.calendars.words import Words
from events.models import CANCELLED, POSTPONED, PROVISIONAL, EventLink, Session
from events.states import COMING, DELAYED, OFF
from events.timetable import local_day
from events.watching import live_timing, where_to_watch
from racing import dates

ONE_DAY = dt.timedelta(days=1)


class Item(NamedTuple):
    """`start` and `end` are moments in UTC, or days of which the last is not in it.

    The end is None where it is not known. `place` is empty or latitude and longitude;
    `rings` says whether a reminder makes sense.
    """

    uid: UUID
    sequence: int
    revised_at: dt.datetime
    start: dt.datetime | dt.date
    end: dt.datetime | dt.date | None
    status: str
    summary: str
    description: str
    location: str
    place: tuple
    url: str
    categories: Sequence[str]
    watch: Sequence[EventLink]
    rings: bool


def items(
    weekends: Iterable[Weekend], kinds: Sequence[str], site: str
) -> Iterator[Item]:
    """The items in a fixed order; `kinds` of sessions, all without any.

    `site` is the address of the site, without a slash at its end.
    """
    words = Words()
    for weekend in weekends:
        teller = _Teller(weekend, site, words)
        if not weekend.sessions:
            yield from teller.weekend_itself()
        for session in weekend.sessions.values():
            if not kinds or session.kind in kinds:
                yield from teller.session(session)


class _Teller:
    """Tells of a weekend's sessions; what they share is said once."""

    def __init__(self, weekend, site, words):
        self.weekend, self.words = weekend, words
        self.event = event = weekend.event
        self.zone = event.circuit.zone
        self.days = _days(event)
        self.shared = _shared(event, f"{site}{event.get_absolute_url()}")
        self.crews = [words.crew(crew) for crew in weekend.crews.values()]

    def weekend_itself(self):
        """The days of a weekend without a timetable, as one item."""
        if not self.days:
            return
        event, words = self.event, self.words
        days = dates.date_range(event.first_day, event.last_day)
        lines = [capfirst(days), words.no_timetable[event.season.is_over]]
        yield Item(
            uid=event.uid,
            sequence=event.sequence,
            revised_at=event.revised_at,
            start=self.days[0],
            end=self.days[1],
            status=_status(event.status, is_open=event.status == PROVISIONAL),
            summary=words.named(event.status, event.name),
            description=self._description(lines),
            categories=[event.season.series.short_name],
            watch=(),
            rings=False,
            **self.shared,
        )

    def session(self, session):
        """The item of a session, or none where no day of it is known."""
        span = self._span(session)
        if span is None:
            return
        event, words = self.event, self.words
        state = _state(session)
        is_off = state in OFF
        is_open = not session.start or PROVISIONAL in (session.precision, event.status)
        watch = where_to_watch(
            self.weekend.links, session, words.language, state if is_off else COMING
        )
        links = watch if is_off else [*watch, *live_timing(self.weekend.links, session)]
        yield Item(
            uid=session.uid,
            sequence=session.sequence + event.sequence,
            revised_at=max(session.revised_at, event.revised_at),
            start=span[0],
            end=span[1],
            status=_status(state, is_open=is_open),
            summary=words.named(state, f"{session.name} · {event.name}"),
            description=self._description(
                self._lines(session), self._links(session, links)
            ),
            categories=[words.kinds[session.kind], event.season.series.short_name],
            watch=watch,
            rings=bool(session.start) and not is_off,
            **self.shared,
        )

    def _span(self, session):
        """When it begins and when it is over; None where not even a day is known."""
        if session.start:
            return session.start, session.end
        if session.day:
            return session.day, session.day + ONE_DAY
        return self.days

    def _lines(self, session):
        lines = [self._when(session)]
        if session.precision == PROVISIONAL:
            lines.append(self.words.is_provisional)
        lines.append(session.note)
        if whole := self.weekend.sessions.get(session.result_in_id):
            lines.append(self.words.result_in % {"name": whole.name})
        return lines

    def _when(self, session):
        if session.start:
            return self.words.clocks(session, self.zone)
        # Of races of a season that is over nothing more will be announced.
        unknown = self.words.no_time[self.event.season.is_over]
        if session.day:
            return f"{self.words.day(session.day)}. {unknown}"
        return unknown

    def _links(self, session, links):
        day = local_day(session, self.zone)
        return [self.words.link(link, self.zone, day) for link in links]

    def _description(self, lines, links=()):
        if self.event.status == PROVISIONAL:
            lines = [*lines, self.words.is_provisional_weekend]
        whole = (*lines, *self.crews, *links, self.shared["url"])
        return "\n".join(line for line in whole if line)


def _state(session: Session) -> str:
    """What a session's status and its weekend's come to: the worse of the two."""
    both = (session.event.status, session.status)
    for state in (CANCELLED, POSTPONED):
        if state in both:
            return state
    return session.status


def _status(state, *, is_open):
    """STATUS of RFC 5545, section 3.8.1.11."""
    if state == CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if is_open or state in (POSTPONED, DELAYED) else "CONFIRMED"


def _days(event):
    """The first day and the one after the last, or None where none is known."""
    first, last = event.first_day, event.last_day
    if first is None and last is None:
        return None
    return first or last, (last or first) + ONE_DAY


def _shared(event, url):
    circuit = event.circuit
    named = (circuit.name, circuit.place, circuit.country.name)
    known = circuit.latitude is not None
    return {
        "location": ", ".join(part for part in map(str, named) if part),
        "place": (circuit.latitude, circuit.longitude) if known else (),
        "url": url,
    }
