"""What machines ask the site for, and the pages of errors."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.views.decorators import staff_member_required
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import Error, connection
from django.http import (
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_request, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from racing import clock, colours, spoilers
from racing.middleware import AS_OF_KEY
from racing.models import FIRST_RACING_YEAR, LAST_RACING_YEAR, Team
from racing.sharing import DEFAULT_COLOUR

PLAIN_TEXT = "text/plain; charset=utf-8"


class AsOfForm(forms.Form):
    moment = forms.DateTimeField(
        label=gettext_lazy("See the site as of"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        validators=[
            MinValueValidator(datetime(FIRST_RACING_YEAR, 1, 1, tzinfo=UTC)),
            MaxValueValidator(datetime(LAST_RACING_YEAR, 12, 31, tzinfo=UTC)),
        ],
    )


@vary_on_headers("Accept-Language", "Cookie")
def front_door(request):
    """Lead a visitor without a language to the one their browser asks for."""
    with override(get_language_from_request(request)):
        return redirect("home")


@require_POST
@staff_member_required
def as_of(request):
    """Let a member of staff see the public site as of another moment, or not."""
    form = AsOfForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the moment as a date and a time."))
    elif moment := form.cleaned_data["moment"]:
        request.session[AS_OF_KEY] = moment.isoformat()
    else:
        request.session.pop(AS_OF_KEY, None)
    return HttpResponseRedirect(_way_back(request))


# Public pages are kept by caches and hold no token. What a stranger's page could do
# here is to make somebody hide results, or see them again: nobody is harmed.
@csrf_exempt
@require_POST
@cache_control(no_store=True)
def hide_results(request):
    """Remember that a reader hides the latest results, or forget it."""
    response = HttpResponseRedirect(_without_shown(_way_back(request)))
    if request.POST.get(spoilers.COOKIE) == spoilers.HIDDEN:
        response.set_cookie(
            spoilers.COOKIE,
            spoilers.HIDDEN,
            max_age=spoilers.REMEMBERED_FOR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(spoilers.COOKIE, samesite="Lax")
    return response


def _way_back(request):
    """The page of this site that a form was sent from, else the front page."""
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return back
    return reverse("home")


def _without_shown(address):
    """An address that does not ask to be shown results for once."""
    parts = urlsplit(address)
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [pair for pair in query if pair != (spoilers.SHOW, spoilers.RESULTS)]
    if kept == query:
        return address
    return urlunsplit(parts._replace(query=urlencode(kept)))


@require_safe
def theme(request):
    """The home team's colours as custom properties, in a stylesheet of their own."""
    team = Team.objects.home()
    accent = colours.accent((team and team.colour) or DEFAULT_COLOUR)
    return render(
        request, "racing/theme.css", {"accent": accent}, content_type="text/css"
    )


@require_safe
def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Allow: /",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=PLAIN_TEXT)


@require_safe
def security_txt(request):
    """Whom to tell of a hole in the site (RFC 9116), good for half a year."""
    expires = (clock.machine_now() + timedelta(days=182)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: sv, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=PLAIN_TEXT)


@require_safe
@cache_control(no_store=True)
def healthz(request):
    """Whether the site can serve: its database answers. Says nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return JsonResponse({"status": "unavailable"}, status=503)
    return JsonResponse({"status": "ok"})


def bad_request(request, exception=None):
    """400 without a context: what is wrong with the request may be in its data."""
    return HttpResponse(render_to_string("400.html"), status=400)


def csrf_failure(request, reason=""):
    return render(request, "403.html", {"csrf": True}, status=403)


def server_error(request):
    """500 without a context or a database: either may be what is broken."""
    return HttpResponse(render_to_string("500.html"), status=500)
