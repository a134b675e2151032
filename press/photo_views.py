"""The photo room: what the media may take away."""

from django.http import Http404


def photo_room(request):
    raise Http404


def photo_detail(request, pk):
    raise Http404


def basket(request):
    raise Http404


def basket_zip(request):
    raise Http404
