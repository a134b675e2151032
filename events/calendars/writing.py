"""A calendar as a file: RFC 5545, with what RFC 7986 and RFC 9074 added.

The same items give the same octets, whoever asks and whenever.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language

from events.calendars import lines
from events.calendars.items import Item
from events.models import EventLink

# What the UIDs of calendars are made from, with their addresses. Never changes.
CALENDARS = UUID("6c1d9b3e-4f0a-5d27-9a51-0e7b2f8c4d63")
OFTEN = "PT1H"  # how often a calendar should look, as far as it listens
# VTIMEZONE of UTC: a calendar without any component is none (RFC 5545, section 3.4).
NOTHING = (
    *("BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
    *("TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE"),
)


@dataclass(frozen=True)
class Heading:
    """What a calendar says of itself.

    `path` and `address` are its own, without and with the host; `page` is the address
    of the page that it belongs to.
    """

    name: str
    description: str
    path: str
    address: str
    page: str


def written(heading: Heading, items: Iterable[Item], alarm: int | None = None) -> bytes:
    """The file. `alarm` is how many minutes before a session a reminder is given."""
    items = list(items)
    head = ["BEGIN:VCALENDAR", *_heading(heading, items)]
    told = [line for item in items for line in _item(item, alarm)]
    return lines.octets([*head, *(told or NOTHING), "END:VCALENDAR"])


def _heading(heading, items):
    """No METHOD: this is a calendar to look into, no invitation."""
    name, description = lines.text(heading.name), lines.text(heading.description)
    yield "VERSION:2.0"
    yield f"PRODID:-//Pitboard//Calendar//{(get_language() or 'sv').upper()}"
    yield "CALSCALE:GREGORIAN"
    yield f"UID:{uuid5(CALENDARS, heading.path)}"
    yield f"NAME:{name}"
    yield f"X-WR-CALNAME:{name}"
    yield f"DESCRIPTION:{description}"
    yield f"X-WR-CALDESC:{description}"
    yield f"URL:{heading.page}"
    yield f"SOURCE;VALUE=URI:{heading.address}"
    if items:
        yield f"LAST-MODIFIED:{_moment(max(item.revised_at for item in items))}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{OFTEN}"
    yield f"X-PUBLISHED-TTL:{OFTEN}"


def _item(item, alarm) -> Iterator[str]:
    revised, summary = _moment(item.revised_at), lines.text(item.summary)
    yield "BEGIN:VEVENT"
    yield f"UID:{item.uid}"
    yield f"DTSTAMP:{revised}"
    yield f"LAST-MODIFIED:{revised}"
    yield f"SEQUENCE:{item.sequence}"
    yield f"DTSTART{_when(item.start)}"
    if item.end is not None:
        yield f"DTEND{_when(item.end)}"
    yield f"SUMMARY:{summary}"
    yield f"STATUS:{item.status}"
    yield "TRANSP:TRANSPARENT"
    yield f"LOCATION:{lines.text(item.location)}"
    if item.place:
        latitude, longitude = item.place
        yield f"GEO:{latitude:f};{longitude:f}"
    yield f"URL:{item.url}"
    yield f"CATEGORIES:{','.join(map(lines.text, item.categories))}"
    yield f"DESCRIPTION:{lines.text(item.description)}"
    yield from map(_conference, item.watch)
    if alarm is not None and item.rings:
        yield from _alarm(item, summary, alarm)
    yield "END:VEVENT"


def _when(when):
    if isinstance(when, dt.datetime):
        return f":{_moment(when)}"
    return f";VALUE=DATE:{when:%Y%m%d}"


def _moment(moment):
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _conference(link: EventLink) -> str:
    """Where to watch (RFC 7986, section 5.11)."""
    parameters = {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": link.text}
    if link.language:
        parameters["LANGUAGE"] = link.language
    return lines.line("CONFERENCE", iri_to_uri(link.url), parameters)


def _alarm(item, summary, minutes):
    """A reminder, known by the same UID for as long as its session (RFC 9074)."""
    yield "BEGIN:VALARM"
    yield f"UID:{uuid5(item.uid, f'alarm {minutes}')}"
    yield "ACTION:DISPLAY"
    yield f"TRIGGER:{'-' if minutes else ''}PT{minutes}M"
    yield f"DESCRIPTION:{summary}"
    yield "END:VALARM"
