"""The press page and the press kits of drivers and teams."""

from django.http import Http404


def press(request):
    raise Http404


def driver_kit(request, slug):
    raise Http404


def driver_kit_zip(request, slug):
    raise Http404


def driver_document(request, slug, document, kind):
    raise Http404


def team_kit(request, slug):
    raise Http404


def team_kit_zip(request, slug):
    raise Http404


def team_document(request, slug, document, kind):
    raise Http404
