"""The press page, the press kits of drivers and teams, and the files of those.

A page follows the reader who hides results. The files are the same for everybody and
hold the latest: whoever takes them away asks for the facts.
"""

from functools import wraps

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import require_safe

from drivers.models import FORMER, Driver
from events.lineup import lineups
from press import jsonld
from press.kits import drivers, files, teams
from press.models import Contact
from racing import spoilers
from racing.context import address_of
from racing.models import Team


def _the_same_for_everybody(view):
    """A view that hides no results, whatever the reader has chosen."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        with spoilers.hiding(hides=False):
            return view(request, *args, **kwargs)

    return answer


@require_safe
def press(request):
    """Everything for the media, and how to reach whom."""
    found = Driver.objects.published().with_portrait().in_order()
    found.sort(key=lambda driver: driver.status == FORMER)
    return render(
        request,
        "press/press.html",
        {
            "lineups": lineups(found),
            "contacts": list(Contact.objects.published().of(None)),
            "structured": jsonld.press,
        },
    )


@require_safe
def driver_kit(request, slug):
    driver = _driver(slug)
    return render(
        request,
        "press/driver_kit.html",
        {
            "driver": driver,
            "kit": drivers.kit_of(driver, address_of(request)),
            "structured": jsonld.driver_kit,
        },
    )


@require_safe
@_the_same_for_everybody
def driver_kit_zip(request, slug):
    return _zip(request, drivers.kit_of(_driver(slug), address_of(request)))


@require_safe
@_the_same_for_everybody
def driver_document(request, slug, document, kind):
    kit = drivers.kit_of(_driver(slug), address_of(request))
    return _document(request, kit, document, kind)


@require_safe
def team_kit(request, slug):
    team = _team(slug)
    return render(
        request,
        "press/team_kit.html",
        {
            "team": team,
            "kit": teams.kit_of(team, address_of(request)),
            "structured": jsonld.team_kit,
        },
    )


@require_safe
@_the_same_for_everybody
def team_kit_zip(request, slug):
    return _zip(request, teams.kit_of(_team(slug), address_of(request)))


@require_safe
@_the_same_for_everybody
def team_document(request, slug, document, kind):
    kit = teams.kit_of(_team(slug), address_of(request))
    return _document(request, kit, document, kind)


def _driver(slug):
    return get_object_or_404(Driver.objects.published(), slug=slug)


def _team(slug):
    return get_object_or_404(Team.objects.published(), slug=slug)


# Files


def _document(request, kit, name, kind):
    file = files.file_of(kit, name, kind, Team.objects.home())
    if file is None:
        raise Http404
    return _answer(
        request,
        kit,
        file,
        lambda: HttpResponse(file.content(), content_type=file.content_type),
    )


def _zip(request, kit):
    archive = files.archive_of(kit, Team.objects.home())
    return _answer(
        request,
        kit,
        archive,
        lambda: StreamingHttpResponse(archive.chunks(), content_type=files.ZIP),
    )


def _answer(request, kit, file, make):
    """A file to take away, or 304 to who has it already: nothing is written for them.

    Its tag alone tells: photos, contacts and names have no part in its date.
    """
    response = get_conditional_response(request, etag=file.etag)
    if response is None:
        response = make()
        response.headers["Content-Disposition"] = content_disposition_header(
            as_attachment=True, filename=file.file_name
        )
    response.headers["ETag"] = file.etag
    response.headers["Last-Modified"] = http_date(kit.changed_at.timestamp())
    return response
