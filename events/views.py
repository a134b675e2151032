from dataclasses import dataclass

from django.db.models import F, FilteredRelation, Prefetch, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from events import schedule
from events.models import (
    LIVE_TIMING,
    Entry,
    Event,
    Result,
    ResultDriver,
    Session,
)
from events.timetable import timetable
from racing import clock
from racing.sharing import share_picture


@dataclass(frozen=True)
class SessionResults:
    """A session and what our cars did in it."""

    session: Session
    results: list[Result]


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
        {"coming": coming, "over": over[::-1], "year": latest, "years": years},
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
        {"events": events, "year": year, "years": list(_years())},
    )


def event_detail(request, slug):
    event, further_rounds = _with_further_rounds(slug)
    links = list(event.links.all())
    entries = list(Entry.objects.with_crew().filter(event=event))
    plan = timetable(event, event.sessions.all(), links)
    return render(
        request,
        "events/event_detail.html",
        {
            "event": event,
            "timetable": plan,
            "next_row": plan.next_row,
            "watch_links": [link for link in links if link.is_to_watch],
            "timing_links": [link for link in links if link.kind == LIVE_TIMING],
            "other_links": [
                link
                for link in links
                if not link.is_to_watch and link.kind != LIVE_TIMING
            ],
            "entries": entries,
            "classes": list(event.classes.select_related("racing_class")),
            "further_rounds": further_rounds,
            "lap_records": _lap_records(event),
            "photos": list(event.photos.publishable()),
            "results": _results(event, entries),
            "following": schedule.next_after(event, entries),
        },
    )


def session_detail(request, slug, pk):
    session = get_object_or_404(
        Session.objects.select_related("event__season__series", "event__circuit"),
        event__in=Event.objects.published(),
        event__slug=slug,
        pk=pk,
    )
    results = Result.objects.published().filter(session=session).with_credits()
    return render(
        request,
        "events/session_detail.html",
        {"session": session, "event": session.event, "results": list(results)},
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
        Event.objects.published()
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
    return list(event.layout.lap_records.select_related("racing_class"))


def _results(event, entries):
    """What our cars did, session by session; entries are the weekend's own."""
    by_key = {entry.pk: entry for entry in entries}
    sessions = {}
    results = (
        Result.objects.published()
        .filter(session__event=event, entry__event=event)
        .select_related("session")
        .prefetch_related(
            Prefetch("credits", ResultDriver.objects.select_related("driver"))
        )
        .order_by(
            F("session__start").asc(nulls_last=True),
            F("session__day").asc(nulls_last=True),
            "session__order",
            "session_id",
            F("position").asc(nulls_last=True),
            "pk",
        )
    )
    for result in results:
        result.entry = by_key[result.entry_id]
        if result.entry.is_ours:
            sessions.setdefault(result.session, []).append(result)
    return [SessionResults(session, rows) for session, rows in sessions.items()]
