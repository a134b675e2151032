from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from events import schedule
from events.models import LIVE_TIMING, STREAM, TV, Entry, Event, Result, Session
from events.timetable import timetable
from racing import clock
from racing.models import Photo
from racing.sharing import share_picture


@dataclass(frozen=True)
class SessionResults:
    """A session and what our cars did in it."""

    session: Session
    results: list[Result]


def event_list(request):
    today = clock.today()
    years = list(_years())
    latest = min(today.year, years[0]) if years else today.year
    events = schedule.with_crews(
        Event.objects.published()
        .with_place()
        .by_day()
        .filter(Q(season__year__gte=latest) | Q(final_day__gte=today))
    )
    coming = [event for event in events if not event.is_over(today)]
    over = [event for event in events if event.is_over(today)]
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
    event = get_object_or_404(
        Event.objects.published().with_place().select_related("layout__picture"),
        slug=slug,
    )
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
            "watch_links": [link for link in links if link.kind in (STREAM, TV)],
            "timing_links": [link for link in links if link.kind == LIVE_TIMING],
            "other_links": [
                link for link in links if link.kind not in (STREAM, TV, LIVE_TIMING)
            ],
            "entries": entries,
            "classes": list(event.classes.select_related("racing_class")),
            "further_rounds": list(event.rounds.select_related("season__series")),
            "lap_records": _lap_records(event),
            "photos": list(Photo.objects.publishable().filter(events=event)),
            "results": _results(event, entries),
            "following": schedule.next_after(event, entries),
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
        .filter(session__event=event)
        .select_related("session")
        .prefetch_related("credits__driver")
        .order_by("session__start", "session__day", "session__order", "session", "pk")
    )
    for result in results:
        result.entry = by_key[result.entry_id]
        if result.entry.is_ours:
            sessions.setdefault(result.session, []).append(result)
    return [SessionResults(session, rows) for session, rows in sessions.items()]
