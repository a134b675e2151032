"""Small pages that other sites show in a frame: a timetable, a driver's next race.

They need no script, read no cookie and are the same for everybody; the language is in
the address. They alone may be framed, and nothing else of the policy is laxer.
"""

from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from drivers.models import Driver
from events import schedule
from events.models import Event
from events.timetable import timetable, with_outcome
from racing import clock
from racing.context import address_of
from racing.middleware import policy
from racing.models import Team


def for_other_sites(view):
    """Make a page of what a view finds.

    `view(slug)` gives a template, the page of the site that it shows a part of, and
    the rest of its context. What is not there any more says so in the frame, and
    leads to the site.
    """

    @require_safe
    @xframe_options_exempt
    @wraps(view)
    def answer(request, language, slug):
        # Staff may look at the site as of another moment; nobody else's frame does.
        with translation.override(language), clock.as_of(None):
            try:
                template, whole, context = view(slug)
                status = 200
            except Http404:
                template, whole, context = "embed/gone.html", None, {}
                status = 404
            address = address_of(request)
            context |= {
                "LANGUAGE_CODE": language,
                "home_team": Team.objects.home(),
                "site_url": address,
                "page_url": whole and address + whole.get_absolute_url(),
                "site_now": timezone.localtime(clock.now()),
            }
            response = HttpResponse(render_to_string(template, context), status=status)
        response.headers["Content-Language"] = language
        response.headers["Content-Security-Policy"] = policy(frame_ancestors=["*"])
        response.headers["X-Robots-Tag"] = "noindex"
        response.is_for_everybody = True
        return response

    return answer


@for_other_sites
def event_embed(slug):
    """The timetable of a weekend, with both clocks and where to watch."""
    event = get_object_or_404(Event.objects.published().with_place(), slug=slug)
    links = list(event.links.all())
    plan = _plan(event, links)
    row = plan.next_row
    context = {
        "event": event,
        "timetable": plan,
        "next_row": row,
        "watch_links": row.watch if row else plan.watch,
        "timing_links": row.timing if row else (),
    }
    return "embed/event.html", event, context


@for_other_sites
def driver_embed(slug):
    """Where a driver races next, and when that begins."""
    driver = get_object_or_404(Driver.objects.published(), slug=slug)
    place = schedule.next_entries([driver]).get(driver.pk)
    context = {"driver": driver, "entry": None}
    if place:
        plan = _plan(place.entry.event)
        context = {
            "driver": driver,
            "entry": place.entry,
            "timetable": plan,
            "next_row": plan.next_row,
        }
    return "embed/driver.html", driver, context


def _plan(event, links=()):
    """The timetable of one weekend: one query."""
    return timetable(event, with_outcome(event.sessions.all()), links)
