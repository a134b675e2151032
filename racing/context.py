"""What every page of the site needs to know."""

from django.conf import settings
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from racing import clock, spoilers
from racing.middleware import chosen_moment, is_personal
from racing.models import Team


def site(request):
    """The home team, the page's address in each language, the site's own clock."""
    # No page at an address means none in the other language either: the front
    # page then, and no foreign host that a crooked path might name.
    path = request.path if request.resolver_match else reverse("home")
    in_language = {
        code: translate_url(path, code) for code, _name in settings.LANGUAGES
    }
    address = address_of(request)
    query = iri_to_uri(request.META.get("QUERY_STRING", ""))
    return {
        "home_team": Team.objects.home(),
        "site_url": address,
        "canonical_url": f"{address}{path}",
        "language_urls": {code: f"{address}{url}" for code, url in in_language.items()},
        # What was asked for goes along to the other language.
        "language_links": {
            code: f"{url}?{query}" if query else url
            for code, url in in_language.items()
        },
        "site_now": timezone.localtime(clock.now()),
        "clock_is_moved": clock.is_moved(),
        "as_of": chosen_moment(request),
        "hides_results": spoilers.is_chosen(request),
        "way_back": f"{path}?{query}" if query else path,
        "is_staff": is_personal(request) and request.user.is_staff,
    }


def address_of(request):
    """The site's address, with https where the visitor came over https."""
    if request.is_secure():
        return settings.SITE_URL.replace("http://", "https://", 1)
    return settings.SITE_URL
