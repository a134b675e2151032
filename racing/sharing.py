"""The picture that social networks show beside a link to a page."""

from functools import lru_cache

from django.http import HttpResponse

from racing import drawings
from racing.models import Team

DEFAULT_COLOUR = "#d3121b"
MOST_KEPT = 128  # pictures of about 25 kB


def share_picture(*, number, name, line):
    """A drawn panel of 1200 by 630 pixels as a PNG response."""
    team = Team.objects.home()
    colour = (team and team.colour) or DEFAULT_COLOUR
    return HttpResponse(_drawn(number, name, line, colour), content_type="image/png")


@lru_cache(maxsize=MOST_KEPT)
def _drawn(number, name, line, colour):
    """The same texts give the same picture, in both languages and for every network."""
    image = drawings.panel(number=number, name=name, line=line, colour=colour)
    return drawings.png(image)
