from django.db.models import Exists, FilteredRelation, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from events import outcomes, schedule
from events.changes import changes_of
from events.jsonld import pages as jsonld
from events.jsonld.weekends import with_moves
from events.models import (
    DAYS,
    LIVE_TIMING,
    Entry,
    Event,
    Result,
    Session,
    is_hidden,
    may_tell,
)
from events.news.changes import with_news
from events.rulings import rulings
from events.timetable import timetable, with_outcome
from racing import clock, spoilers
from racing.sharing import share_picture

# Links of a whole weekend that tell of each of its sessions too.
TELLING_LINKS = (LIVE_TIMING, "results", "replay")


def event_list(request):
    this_year = clock.today().year
    years = list(_years())
    latest = min(this_year, years[0]) if years else this_year
    events = schedule.with_crews(
        Event.objects.published()
        .with_place()
        .by_day()
        .filter(Q(season__year__gte=latest) | Q(final_day__gte=clock.date_everywhere()))
    )
    coming = [event for event in events if not event.is_over()]
    over = [event for event in events if event.is_over()]
    return render(
        request,
        "events/event_list.html",
        {
            "coming": coming,
            "over": over[::-1],
            "year": latest,
            "years": years,
            "structured": jsonld.event_list,
        },
    )


def event_year(request, year):
    events = list(
        schedule.with_crews(
            Event.objects.published().with_place().in_year(year).reverse()
        )
    )
    if not events:
        raise Http404
    return render(
        request,
        "events/event_year.html",
        {
            "events": events,
            "year": year,
            "years": list(_years()),
            "structured": jsonld.event_year,
        },
    )


def event_detail(request, slug):
    at = clock.now()
    event, further_rounds = _with_further_rounds(slug)
    links = list(event.links.all())
    entries = list(Entry.objects.with_crew().filter(event=event))
    sessions = with_outcome(with_moves(event.sessions.all()))
    plan = timetable(event, sessions, links, at)
    parts = outcomes.by_session(event, entries, at)
    return render(
        request,
        "events/event_detail.html",
        {
            "event": event,
            "timetable": plan,
            "next_row": plan.next_row,
            "next_change": plan.next_change,
            "changes": changes_of(event, at),
            "watch_links": plan.all_watch,
            "timing_links": [link for link in links if link.kind == LIVE_TIMING],
            "other_links": [
                link
                for link in _not_to_watch(links)
                if link.kind != LIVE_TIMING and link not in plan.all_watch
            ],
            "entries": entries,
            "other_entries": [entry for entry in entries if not entry.is_ours],
            "classes": list(event.classes.select_related("racing_class")),
            "further_rounds": further_rounds,
            "lap_records": _lap_records(event),
            "photos": list(event.photos.publishable()),
            "results": [part for part in parts if part.results or part.is_hidden],
            "classified": {part.session.pk for part in parts},
            "has_calendar": any((event.first_day, event.last_day, *plan.known_days)),
            "hides_summary": may_tell(event, plan.sessions, at),
            "following": schedule.next_after(event, entries),
            "structured": jsonld.event_detail,
        },
    )


def session_detail(request, slug, pk):
    session = _session(slug, pk)
    event = session.event
    links = list(event.links.all())
    sessions = _sessions_with_results(event)
    plan = timetable(event, sessions, links)
    row = next(row for row in plan.rows if row.session == session)
    sheet = outcomes.sheet(session)
    before, after = _neighbours(session, [row.session for row in plan.rows])
    return render(
        request,
        "events/session_detail.html",
        {
            "session": session,
            "event": event,
            "row": row,
            "next_change": plan.next_change,
            "sheet": sheet,
            "is_hidden": is_hidden(session),
            "rulings": rulings(session, sheet.results) if sheet.results else [],
            "parts": [s for s in sessions if s.result_in_id == session.pk],
            "whole": next((s for s in sessions if s.pk == session.result_in_id), None),
            "links": [
                link for link in _links_of(session, links) if link not in row.watch
            ],
            "before": before,
            "after": after,
            "structured": jsonld.session_detail,
        },
    )


def event_share_picture(request, slug):
    event = get_object_or_404(Event.objects.published().with_place(), slug=slug)
    entries = Entry.objects.with_crew().filter(event=event)
    ours = next((entry for entry in entries if entry.is_ours), None)
    return share_picture(
        number=ours.number if ours else "",
        name=event.name,
        line=f"{event.circuit.name} {event.season.year}",
    )


def _years():
    """Years that have weekends, the latest first."""
    return (
        Event.objects.published()
        .order_by("-season__year")
        .values_list("season__year", flat=True)
        .distinct()
    )


def _with_further_rounds(slug):
    """A weekend and the further championships it counts for, in one query.

    One row a championship; a weekend that counts for none has a single row
    without `further`.
    """
    rows = list(
        with_news(with_moves(Event.objects.published(), DAYS))
        .filter(slug=slug)
        .annotate(further=FilteredRelation("rounds"))
        .with_place()
        .select_related("layout__circuit", "layout__picture", "further__season__series")
        .order_by("further__season__series__short_name", "further__pk")
    )
    if not rows:
        raise Http404
    return rows[0], [row.further for row in rows if hasattr(row, "further")]


def _lap_records(event):
    if event.layout is None:
        return []
    records = event.layout.lap_records.select_related("racing_class")
    return [record for record in records if not spoilers.is_of_latest(record.set_on)]


def _session(slug, pk):
    """A session the public may see, with its weekend, or 404."""
    return get_object_or_404(
        Session.objects.select_related("event__season__series", "event__circuit"),
        event__in=Event.objects.published(),
        event__slug=slug,
        pk=pk,
    )


def _sessions_with_results(event):
    """The sessions of a weekend; each says whether it `has_results`, if only hidden."""
    results = Result.objects.begun().filter(session=OuterRef("pk"), entry__event=event)
    sessions = with_outcome(with_moves(event.sessions.all()))
    sessions = list(sessions.annotate(has_results=Exists(results)))
    for session in sessions:
        session.event = event
    return sessions


def _neighbours(session, sessions):
    """The sessions with results before and after one, in the order of the timetable."""
    place = sessions.index(session)
    before = [s for s in sessions[:place] if s.has_results]
    after = [s for s in sessions[place + 1 :] if s.has_results]
    return next(reversed(before), None), next(iter(after), None)


def _links_of(session, links):
    """Besides what is to watch the session's own, then the weekend's that tell of it."""
    links = _not_to_watch(links)
    own = [link for link in links if link.session_id == session.pk]
    shared = [
        link for link in links if link.session_id is None and link.kind in TELLING_LINKS
    ]
    return own + shared


def _not_to_watch(links):
    return [link for link in links if not link.is_to_watch]
