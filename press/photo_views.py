"""The photo room: what the media may take away."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import (
    content_disposition_header,
    url_has_allowed_host_and_scheme,
    urlencode,
)
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from drivers.models import Driver, announced
from events.models import Event
from press import basket as baskets
from press.photo_room import Question, Room, RoomForm, cards
from racing.jsonld import photos as jsonld
from racing.models import Car, Team
from racing.pictures.renditions import SOCIAL, renditions

PHOTOS_A_PAGE = 48


@require_safe
@baskets.personal
def photo_room(request):
    room, question = Room(), Question.read(request.GET)
    found = room.find(question)
    page = Paginator(found, PHOTOS_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "press/photo_room.html",
        {
            "room": room,
            "question": question,
            "query": urlencode(question.parameters),
            "form": RoomForm(room, question),
            "asked": room.named(question),
            "total": len(found),
            "page": page,
            "cards": cards(page.object_list),
            "basket": baskets.of(request),
            "structured": jsonld.photo_room,
        },
    )


@require_safe
@baskets.personal
def photo_detail(request, pk):
    card = next(iter(cards([pk])), None)
    if card is None:
        raise Http404
    photo = card.photo
    (shared,) = renditions(photo.width, photo.height, SOCIAL, "jpeg")
    shown = Q(photos=photo) | Q(portrait=photo)
    return render(
        request,
        "press/photo_detail.html",
        {
            "card": card,
            "photo": photo,
            "shared": shared,
            "drivers": Driver.objects.filter(shown, announced()).distinct().in_order(),
            "events": list(Event.objects.published().with_place().filter(photos=photo)),
            "cars": list(Car.objects.published().filter(photos=photo)),
            "teams": list(Team.objects.published().filter(photos=photo)),
            "basket": baskets.of(request),
            "structured": jsonld.photo_detail,
        },
    )


# Public pages are kept by caches and hold no token. What a stranger's page could do
# here is to put public photos into somebody's basket, or empty it: nobody is harmed.
@csrf_exempt
@require_POST
@cache_control(private=True, no_store=True)
def basket(request):
    """Put a photo into the basket, take one out, or empty it."""
    keys = baskets.changed(baskets.chosen(request), request.POST)
    response = HttpResponseRedirect(_way_back(request))
    baskets.keep(response, baskets.filled(keys), secure=request.is_secure())
    return response


@require_safe
@cache_control(private=True, no_store=True)
def basket_zip(request):
    """All photos of the basket with a list of them, sent while it is made."""
    chosen = baskets.of(request)
    if not chosen.photos:
        return HttpResponseRedirect(f"{reverse('photo_room')}#basket")
    response = StreamingHttpResponse(
        baskets.packed(chosen, get_language()), content_type="application/zip"
    )
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=_("photos.zip")
    )
    return response


def _way_back(request):
    """The page of this site that a form was sent from, else the photo room."""
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return back
    return reverse("photo_room")
