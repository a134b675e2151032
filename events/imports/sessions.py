"""A table of the results of many sessions, which its own columns may name.

Beside what a timing table holds, a column “event” gives the address of the weekend
(the last part of its page's) and a column “session” the name of the session.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from events import classification
from events.imports import results
from events.imports.cars import Site, weekends
from events.imports.headings import headed, recognise
from events.imports.results import Draft, Reading
from events.models import Event, Session
from racing import formats
from racing.progress import Progress, quietly
from racing.tables.columns import Fault
from racing.tables.reading import Table, TableRow

EVENT, SESSION = "event", "session"
HEADINGS = {
    EVENT: {"event", "weekend", "race weekend", "tavlingshelg", "veranstaltung"},
    SESSION: {"session", "pass", "sitzung"},
}


@dataclass
class Drafts:
    """What a table would do to each of its sessions, and what is wrong with it."""

    drafts: list[Draft]
    faults: list[Fault]

    @property
    def refusals(self):
        own = (fault for fault in self.faults if not fault.is_warning)
        return [*own, *(fault for draft in self.drafts for fault in draft.refusals)]

    @property
    def warnings(self):
        return [fault for draft in self.drafts for fault in draft.warnings]


def drafts(
    table: Table,
    reading: Reading,
    *,
    event: str = "",
    session: str = "",
    progress: Progress = quietly,
) -> Drafts:
    """What saving the table would do; as many queries for any number of sessions.

    `event` and `session` name the session where the table does not. The columns of
    `reading` are recognised here.
    """
    table = headed(table)
    named = _columns_that_name(table)
    groups = _groups(table.rows, named, {EVENT: event, SESSION: session})
    found, faults = _sessions(groups, named)
    names = [
        "" if column in named.values() else name
        for column, name in enumerate(recognise(table))
    ]
    site = Site()
    cars = weekends({session.event for session, _rows in found})
    stored = classification.stored_results([session for session, _rows in found])
    drafted = [
        results.draft(
            session,
            replace(table, rows=rows),
            replace(reading, columns=results.fit_for(session, names)),
            site,
            cars[session.event_id],
            stored[session.pk],
        )
        for session, rows in progress("Reading", found)
    ]
    return Drafts(drafted, faults)


def names_sessions(table: Table) -> bool:
    """Whether the table says itself of which sessions it is."""
    return bool(_columns_that_name(headed(table)))


def _columns_that_name(table):
    """{EVENT: column, SESSION: column}, from 0, of those there are."""
    keys = [formats.fold(heading) for heading in table.header]
    return {
        name: next(place for place, key in enumerate(keys) if key in headings)
        for name, headings in HEADINGS.items()
        if headings & set(keys)
    }


def _groups(rows, named, given):
    """{(address of the weekend, name of the session): rows}, in their order."""
    groups = {}
    for row in rows:
        said = given | {name: row.cells[place] for name, place in named.items()}
        groups.setdefault((said[EVENT], said[SESSION]), []).append(row)
    return groups


def _sessions(groups, named) -> tuple[list[tuple[Session, list[TableRow]]], list]:
    """The session of each group with its rows, and what is wrong with the names."""
    slugs = {slug for slug, _name in groups}
    by_key = {event.pk: event for event in _events(slugs)}
    events = {event.slug: event for event in by_key.values()}
    sessions = {}
    for session in Session.objects.filter(event__in=by_key):
        session.event = by_key[session.event_id]
        for name in {formats.fold(session.name_sv), formats.fold(session.name_en)}:
            sessions.setdefault((session.event.slug, name), []).append(session)
    found, faults = {}, []
    for (slug, name), rows in groups.items():
        meant = sessions.get((slug, formats.fold(name)), []) if name else []
        sentence = _why_none(slug, name, events, meant)
        if sentence:
            column = SESSION if slug in events else EVENT
            place = named.get(column)
            faults.append(
                Fault(sentence, rows[0].line, None if place is None else place + 1)
            )
        else:
            kept = found.setdefault(meant[0].pk, (meant[0], []))
            kept[1].extend(rows)
    return list(found.values()), faults


def _events(slugs: Iterable[str]) -> Sequence[Event]:
    return Event.objects.filter(slug__in=slugs).select_related(
        "circuit", "season__series"
    )


def _why_none(slug, name, events, meant):
    if not slug:
        return _("It is not said of which weekend this is.")
    if slug not in events:
        sentence = _("There is no race weekend “%(slug)s” on the site.")
        return sentence % {"slug": formats.shown(slug)}
    values = {"event": events[slug].name, "session": formats.shown(name)}
    if not name:
        return _("It is not said of which session of %(event)s this is.") % values
    if not meant:
        return _("%(event)s has no session “%(session)s”.") % values
    if len(meant) > 1:
        return _("%(event)s has several sessions “%(session)s”.") % values
    return ""
