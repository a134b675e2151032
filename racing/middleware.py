"""What happens to every request and response, one small thing each."""

from datetime import datetime

from django.conf import settings
from django.http import HttpResponseBadRequest
from django.middleware.gzip import GZipMiddleware
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from racing import clock, spoilers

AS_OF_KEY = "as_of"
COMPRESSED_TYPES = (
    "text/",
    "image/svg+xml",
    "application/json",
    "application/xml",
    "application/atom+xml",
)


def policy(**changes):
    """The content security policy as a header, with other sources for some directives.

    `policy(frame_ancestors=["*"])`.
    """
    others = {name.replace("_", "-"): sources for name, sources in changes.items()}
    directives = settings.SECURE_CSP | others
    return "; ".join(f"{name} {' '.join(them)}" for name, them in directives.items())


def content_security_policy(get_response):
    """Send the policy of `settings.SECURE_CSP` with responses that have none."""
    usual = policy()

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", usual)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"
        )
        return response

    return middleware


def refuse_null_bytes(get_response):
    """Answer 400 to an address or a cookie with a NUL byte.

    PostgreSQL cannot be asked for one: the question fails and so would the page.
    """

    def middleware(request):
        query = request.META.get("QUERY_STRING", "")
        asked = (request.path, query, *request.COOKIES.values())
        if "%00" in query or any("\x00" in text for text in asked):
            return HttpResponseBadRequest(render_to_string("400.html"))
        return get_response(request)

    return middleware


def is_personal(request):
    """Whether the response may depend on who asks: they carry a session."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def cache_headers(get_response):
    """Let caches keep public pages but ask each time whether they still hold.

    A correction must show at once, so nothing is kept without asking; the ETag
    makes the asking cheap. What a logged-in person sees is kept by nobody, unless
    the view says that all see the same (`is_for_everybody`): it read no cookie and
    asked for no language.
    """

    def middleware(request):
        response = get_response(request)
        if getattr(response, "is_for_everybody", False):
            response.headers.setdefault("Cache-Control", "public, no-cache")
            response.headers.pop("Vary", None)
            return response
        if is_personal(request):
            response.headers["Cache-Control"] = "private, no-store"
        else:
            response.headers.setdefault("Cache-Control", "public, no-cache")
        patch_vary_headers(response, ["Cookie"])
        return response

    return middleware


class Compress(GZipMiddleware):
    """Gzip for public text. Pages with a secret (a CSRF token) stay as they are."""

    def process_response(self, request, response):
        kind = response.headers.get("Content-Type", "")
        if is_personal(request) or not kind.startswith(COMPRESSED_TYPES):
            return response
        return super().process_response(request, response)


def as_of(get_response):
    """Show a member of staff the site as of the moment they chose."""

    def middleware(request):
        moment = chosen_moment(request)
        if moment is None:
            return get_response(request)
        with clock.as_of(moment):
            return get_response(request)

    return middleware


def chosen_moment(request):
    """The aware moment a member of staff looks at the site as of, or None.

    Strangers have no session, and the question must not open one for them.
    """
    if not is_personal(request) or not request.user.is_staff:
        return None
    stored = request.session.get(AS_OF_KEY)
    return datetime.fromisoformat(stored) if stored else None


def hide_results(get_response):
    """Hide the latest results from readers who have chosen not to see them."""

    def middleware(request):
        with spoilers.hiding(hides=spoilers.are_hidden_from(request)):
            return get_response(request)

    return middleware
