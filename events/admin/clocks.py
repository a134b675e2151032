"""Times as the clock at the circuit shows them, and sessions to choose by them."""

import datetime as dt
from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _

from events.models import Event, Session, TimetableLine
from racing import dates, zones
from racing.formats import FormatError

NOON = dt.time(12)


def zone_of(event: Event | None) -> dt.tzinfo | None:
    """The time zone of a weekend's circuit, or None while it has none."""
    return event.circuit.zone if event is not None and event.circuit_id else None


def zone_in_words(zone: dt.tzinfo, day: dt.date | None = None) -> str:
    """``Europe/Berlin, CEST, UTC+2``: the zone's name and what it means on a day."""
    label = zone_on(day, zone)
    return f"{zone.key}, {label}" if label else zone.key


def zone_on(day: dt.date | None, zone: dt.tzinfo) -> str:
    """``CEST, UTC+2``: what a zone means on a day; empty without one."""
    try:
        noon = day and zones.to_utc(day, NOON, zone)
    except FormatError:  # a day that was left out, or before there were zones
        noon = None
    return dates.zone_label(zones.local(noon, zone)) if noon else ""


def moment(
    day: dt.date,
    time: dt.time,
    zone: dt.tzinfo,
    known: Iterable[dt.datetime | None] = (),
) -> dt.datetime:
    """What was typed, in UTC; one of those known where the wall shows the same.

    So a time that is left as it is keeps its moment, also in the hour that comes twice
    in autumn. Raises FormatError for a time that is none.
    """
    for stored in known:
        wall = stored and zones.local(stored, zone)
        if wall and (wall.date(), dates.clock(wall)) == (day, dates.clock(time)):
            return stored
    return zones.to_utc(day, time, zone)


def when_in_words(line: TimetableLine, zone: dt.tzinfo | None) -> str:
    """``Saturday 14 May 13:55``, ``Saturday 14 May``; empty where nothing is known."""
    if line.start and zone:
        start = zones.local(line.start, zone)
        return f"{dates.day(start)} {dates.clock(start)}"
    return dates.day(line.day) if line.day else ""


# Choosing a session


def session_label(line: TimetableLine, zone: dt.tzinfo | None) -> str:
    """``Race, del 1 (Saturday 14 May 13:55)``."""
    if line.start and zone:
        return f"{line.name} ({when_in_words(line, zone)})"
    return line.name


def sessions_of(event: Event | None) -> list[tuple[int, str]]:
    """The choice of a weekend's sessions: pairs of key and label, one query."""
    if event is None or event.pk is None:
        return []
    zone = zone_of(event)
    sessions = Session.objects.filter(event=event)
    return [(session.pk, session_label(session, zone)) for session in sessions]


def narrow(field, event, choices=None, *, but=None):
    """Let a field for a session take only those of one weekend, `but` the one with a key.

    `choices` are its sessions where they have been asked for.
    """
    choices = sessions_of(event) if choices is None else choices
    field.queryset = Session.objects.filter(event=event and event.pk)
    field.widget = forms.Select()
    field.widget.is_required = field.required
    offered = [choice for choice in choices if choice[0] != but]
    field.choices = [("", field.empty_label or "---------"), *offered]
    field.error_messages["invalid_choice"] = _("Choose a session of this weekend.")
    if event is None or event.pk is None:
        field.help_text = _("Sessions can be chosen once the weekend is saved.")
