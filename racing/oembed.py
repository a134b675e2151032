"""How other sites show a part of ours: oEmbed 1.0 (https://oembed.com).

Whoever pastes the address of a weekend or a driver into a site that knows oEmbed gets
the frame of `events.embeds` there.
"""

from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from drivers.models import Driver
from events.models import Event
from events.timetable import timetable
from racing.context import address_of
from racing.feeds import NOT_IN_XML
from racing.frames import DRIVER_HEIGHT, WIDTH, frame, weekend_height
from racing.models import Team

KEPT_FOR = 86_400  # seconds that a copy of an answer is good for
# What can be shown elsewhere: the page's name, and that of the frame's address.
SHOWN = {"event_detail": "event_embed", "driver_detail": "driver_embed"}


@require_safe
def oembed(request):
    """What to show for a page of ours, as JSON or XML; 404 for anything else.

    For another format oEmbed has 501, as if something were wrong with the site; nobody
    who knows oEmbed asks for one, and it is answered as any wrong parameter.
    """
    write = WRITERS.get(request.GET.get("format", "json"))
    if write is None:
        response = HttpResponse(status=400)
    else:
        try:
            response = write(_answer(request))
        except Http404:
            response = HttpResponse(status=404)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.is_for_everybody = True
    return response


def _answer(request):
    name, slug, language = _page(request.GET.get("url", ""))
    with override(language):
        tell = _weekend if name == "event_detail" else _driver
        title, usual_height = tell(slug)
        path = reverse(SHOWN[name], args=[language, slug])
    address = address_of(request)
    width = _at_most(request.GET.get("maxwidth"), WIDTH)
    height = _at_most(request.GET.get("maxheight"), usual_height)
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": str(Team.objects.home() or "Pitboard"),
        "provider_url": address,
        "cache_age": KEPT_FOR,
        "html": frame(address + path, title, width, height),
        "width": width,
        "height": height,
    }


def _weekend(slug):
    """(title, height in pixels) of a timetable in a frame."""
    event = get_object_or_404(Event.objects.published().with_place(), slug=slug)
    plan = timetable(event, event.sessions.all(), links=[])
    title = _("%(name)s: timetable") % {"name": event.name}
    return title, weekend_height(len(plan.days), len(plan.rows))


def _driver(slug):
    """The same of a driver's next race."""
    driver = get_object_or_404(Driver.objects.published(), slug=slug)
    return _("%(name)s: next race weekend") % {"name": driver.name}, DRIVER_HEIGHT


def _page(url):
    """(name, slug, language) of a page of this site; raises Http404 for any other.

    It may be asked for over http or https, and with a query.
    """
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise Http404 from error
    own = urlsplit(settings.SITE_URL).netloc
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != own.lower():
        raise Http404
    language = get_language_from_path(parts.path)
    with override(language):
        try:
            match = resolve(parts.path)
        except Resolver404 as error:
            raise Http404 from error
    if match.url_name not in SHOWN:
        raise Http404
    return match.url_name, match.kwargs["slug"], language


def _at_most(limit, usual):
    """The usual number of pixels, or what whoever asks has room for."""
    if limit and limit.isascii() and limit.isdigit() and len(limit) < 9:
        return min(int(limit) or usual, usual)
    return usual


def _xml(answer):
    root = ElementTree.Element("oembed")
    for name, value in answer.items():
        ElementTree.SubElement(root, name).text = NOT_IN_XML.sub("", str(value))
    text = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(text, content_type="text/xml; charset=utf-8")


WRITERS = {"json": JsonResponse, "xml": _xml}
