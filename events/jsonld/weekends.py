"""Weekends, sessions and broadcasts as events of schema.org.

What Google asks of an event stands at
https://developers.google.com/search/docs/appearance/structured-data/event. An event
has a name, a start and a place, or it is left out; a time that is not known is a date;
what is called off keeps the time that it was to be at.

Nothing here tells of a result: some readers hide them.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from events.models import (
    CANCELLED,
    DAYS,
    FREE,
    POSTPONED,
    WHEN,
    Entry,
    Event,
    EventLink,
    TimetableChange,
    TimetableRelease,
)
from events.states import ends_at
from events.timetable import Row
from racing import dates, zones
from racing.jsonld import things
from racing.jsonld.graph import CONTEXT, Node, Page, node, refer

SCHEDULED = f"{CONTEXT}/EventScheduled"
RESCHEDULED = f"{CONTEXT}/EventRescheduled"
STATUSES = {
    CANCELLED: f"{CONTEXT}/EventCancelled",
    POSTPONED: f"{CONTEXT}/EventPostponed",
}
AT_THE_TRACK = f"{CONTEXT}/OfflineEventAttendanceMode"
ONLINE = f"{CONTEXT}/OnlineEventAttendanceMode"


# What was moved


def with_moves(lines, field=WHEN):
    """A queryset of sessions who know when they were to be, before they were moved.

    `moved_from` is what the latest published release that moved them calls `old` (its
    shapes: `TimetableChange`), None where none did. Of weekends the field is DAYS.
    """
    owner = {"session": OuterRef("pk")}
    if field == DAYS:
        owner = {"session": None, "release__event": OuterRef("pk")}
    changes = (
        TimetableChange.objects.filter(
            field=field, release__in=TimetableRelease.objects.published(), **owner
        )
        .order_by("-release__published_at", "-release_id")
        .values("old")
    )
    return lines.annotate(moved_from=Subquery(changes[:1]))


def _moved_from(line):
    """What `with_moves` has found, or nothing."""
    return vars(line).get("moved_from") or ""


# Weekends


def weekend(page: Page, event: Event, entries: Iterable[Entry], **facts) -> Node | None:
    """A weekend with its place, organiser and our cars, or None without a first day."""
    if event.first_day is None:
        return None
    start = event.first_day.isoformat()
    moved_from = _moved_from(event).partition("/")[0]
    common = _common(page, event) | {
        "superEvent": {"@id": season_id(page, event.season)},
        "competitor": competitors(page, entries),
    }
    return node(
        "SportsEvent",
        id=weekend_id(page, event),
        name=event.name,
        url=page.address_of(event),
        description=_told(event),
        startDate=start,
        endDate=event.last_day.isoformat() if event.last_day else None,
        **_status(event.status, start, moved_from),
        **(common | facts),
    )


def weekend_id(page: Page, event: Event) -> str:
    return f"{page.address_of(event)}#weekend"


def season_id(page: Page, season) -> str:
    return f"{page.address_of(season)}#season"


def _common(page, event):
    """What a weekend has in common with its sessions."""
    return {
        "location": things.place(page, event.circuit),
        "organizer": things.series(page, event.season.series),
        "eventAttendanceMode": AT_THE_TRACK,
        "image": picture(page, event),
        "sport": things.SPORT,
    }


def picture(page: Page, event: Event) -> str:
    """The drawn picture that stands for the weekend where its page is shared."""
    return page.absolute(reverse("event_share_picture", args=[event.slug]))


def _told(event, day=None):
    """``24H Series, 13–15 May 2022, Hockenheimring, Germany``; of a day if given.

    What editors write of a weekend may tell how it went: it stands on the page alone.
    """
    when = dates.date(day) if day else dates.date_range(event.first_day, event.last_day)
    where = [event.circuit.name, event.circuit.country.name]
    return ", ".join([event.season.series.short_name, *filter(None, [when]), *where])


def competitors(page: Page, entries: Iterable[Entry]) -> list[Node]:
    """The teams of our cars and everybody in their crews, each once."""
    ours = [entry for entry in entries if entry.is_ours]
    teams = dict.fromkeys(entry.team for entry in ours if entry.team)
    drivers = dict.fromkeys(driver for entry in ours for driver in entry.crew_drivers)
    return [
        *(things.team(page, team) for team in teams),
        *(things.person(page, driver) for driver in drivers),
    ]


def _status(status, start, moved_from):
    """Its status, and when it was to be first where it has been moved since.

    Who gives a former start says that the event is rescheduled, and nothing else.
    """
    if status in STATUSES:
        return {"eventStatus": STATUSES[status]}
    # A day that has got its time is the same day.
    if moved_from and moved_from != start[: len(moved_from)]:
        return {"eventStatus": RESCHEDULED, "previousStartDate": moved_from}
    return {"eventStatus": SCHEDULED}


# Sessions


def session(page: Page, event: Event, row: Row, url: str, **facts) -> Node | None:
    """A session, or None where nobody knows on which day it is.

    Such a session has no start that Google could be given, and the weekend's first day
    would be a guess. Where it had one, that is kept and it counts as postponed.
    """
    line = row.session
    moved_from = at_the_track(_moved_from(line), event)
    start, status = start_of(row), row.state
    if not start:
        start, status = moved_from, CANCELLED if row.state == CANCELLED else POSTPONED
    if not start:
        return None
    return node(
        "SportsEvent",
        id=session_id(page, event, line),
        name=f"{line.name}, {event.name}",
        url=url,
        description=". ".join(filter(None, [_told(event, _day(start)), line.note])),
        startDate=start,
        endDate=end_of(row),
        **_status(status, start, moved_from),
        **_common(page, event),
        **facts,
    )


def session_id(page: Page, event: Event, line) -> str:
    """The line of the timetable on the weekend's page, wherever else it is told of."""
    return f"{page.address_of(event)}#session-{line.pk}"


def start_of(row: Row) -> str:
    """The start with the offset at the track, to the second, else the day, else ""."""
    if row.start:
        return moment(row.start)
    return row.session.day.isoformat() if row.session.day else ""


def end_of(row: Row) -> str | None:
    """The end to the second, else the day on which it will have ended.

    Of a session of unknown length that is the day of its start, unless it may go on
    after midnight: then nothing is known.
    """
    if row.end:
        return moment(row.end)
    if row.start:
        latest = zones.local(ends_at(row.session), row.start.tzinfo).date()
        return latest.isoformat() if latest == row.start.date() else None
    return start_of(row) or None


def moment(when: dt.datetime) -> str:
    return when.isoformat(timespec="seconds")


def at_the_track(text: str, event: Event) -> str:
    """A moment as a release keeps it, in UTC, by the clock at the track; a date as is."""
    if "T" not in text:
        return text
    return moment(zones.local(dt.datetime.fromisoformat(text), event.circuit.zone))


def _day(text):
    """The date of what `start_of` wrote."""
    return dt.date.fromisoformat(text[: len("2022-05-14")])


# Broadcasts


def broadcasts(
    page: Page,
    event: Event,
    links: Iterable[EventLink],
    rows: Iterable[Row],
    performers: Iterable[Node],
) -> list[Node]:
    """The streams and channels of what is still to come or runs, each as an event.

    A link of the whole weekend is one broadcast, from its first day to its last.
    `performers` stand on the page already.
    """
    by_session = {row.session.pk: row for row in rows}
    rows_of = [(link, by_session.get(link.session_id)) for link in links]
    return things.known(
        *(
            _broadcast(page, event, link, row, performers)
            for link, row in rows_of
            if link.is_to_watch and _is_awaited(event, link, row)
        )
    )


def _is_awaited(event, link, row):
    if row is None:
        return link.session_id is None and not (event.is_off or event.is_over())
    return not (row.is_off or row.is_over)


def _broadcast(page, event, link, row, performers):
    """One broadcast, or None where nobody knows when it begins."""
    start, end, name = _span(event, row)
    if link.start:
        start = moment(zones.local(link.start, event.circuit.zone))
    if not start:
        return None
    is_of = session_id(page, event, row.session) if row else weekend_id(page, event)
    return node(
        "BroadcastEvent",
        id=f"{page.address_of(event)}#broadcast-{link.pk}",
        name=f"{link.text}: {name}",
        description=_told(event, _day(start) if row else None),
        startDate=start,
        endDate=end,
        eventStatus=SCHEDULED,
        eventAttendanceMode=ONLINE,
        isLiveBroadcast=True,
        isAccessibleForFree=link.access == FREE if link.access else None,
        inLanguage=link.language,
        location=node("VirtualLocation", name=link.text, url=link.url),
        image=picture(page, event),
        organizer=things.series(page, event.season.series),
        performer=[refer(one) for one in performers if "@id" in one],
        broadcastOfEvent={"@id": is_of},
        publishedOn=node(
            "BroadcastService",
            name=link.text,
            url=link.url,
            inLanguage=link.language,
            areaServed=link.territory,
        ),
    )


def _span(event, row):
    """Start, end and name of what a link shows: a session, or the weekend."""
    if row:
        return start_of(row), end_of(row), f"{row.session.name}, {event.name}"
    days = (event.first_day, event.last_day)
    return *(day.isoformat() if day else None for day in days), event.name
