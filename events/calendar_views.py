"""Calendars to subscribe to, and the page where a reader puts one together."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from drivers.models import Driver
from events.calendars import feeds
from events.calendars.choices import Choice, ChoiceError
from events.calendars.forms import CalendarForm
from events.jsonld import pages as jsonld
from events.models import Event
from racing.context import address_of
from racing.models import Series, Team
from racing.state import unless_unchanged


@require_safe
def all_calendar(request):
    return _answer(request, feeds.of_all())


@require_safe
def driver_calendar(request, slug):
    driver = get_object_or_404(Driver.objects.published(), slug=slug)
    return _answer(request, feeds.of_driver(driver))


@require_safe
def series_calendar(request, slug):
    series = get_object_or_404(Series.objects.published(), slug=slug)
    return _answer(request, feeds.of_series(series))


@require_safe
def event_calendar(request, slug):
    event = get_object_or_404(Event.objects.published(), slug=slug)
    return _answer(request, feeds.of_weekend(event))


@require_safe
def calendar(request):
    """How to subscribe to what the reader chooses."""
    form = CalendarForm(request.GET)
    shown = {}
    if form.is_valid():
        feed, choice = form.feed, form.choice
        team = None if feed.name else Team.objects.home()
        path = feed.path + choice.query
        address = address_of(request) + path
        shown = {
            "feed": feed,
            "name": feed.named(choice, team),
            "path": path,
            "address": address,
            "webcal": feeds.webcal(address),
            "google": feeds.in_google(address),
            "outlook": feeds.in_outlook(address, feed.named(choice, team)),
        }
    return render(
        request,
        "events/calendar.html",
        {"form": form, **shown, "structured": jsonld.calendar},
    )


def _answer(request, feed):
    """The calendar, 304 to who has it already, or what is wrong with the address.

    Whose it is has been asked before, so that what is not there is never unchanged.
    """
    try:
        choice = Choice.read(request.GET)
    except ChoiceError as error:
        return HttpResponse(
            f"{error}\n", content_type="text/plain; charset=utf-8", status=400
        )
    return _file(request, feed, choice)


@unless_unchanged(address_of)
def _file(request, feed, choice):
    team = None if feed.name else Team.objects.home()
    return HttpResponse(
        feed.written(choice, address_of(request), team),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{feed.file}.ics"'},
    )
