"""The picture that social networks show beside a link to a page."""

from django.http import HttpResponse

from racing import drawings
from racing.models import Team

DEFAULT_COLOUR = "#d3121b"


def share_picture(*, number, name, line):
    """A drawn panel of 1200 by 630 pixels as a PNG response."""
    team = Team.objects.home()
    colour = (team and team.colour) or DEFAULT_COLOUR
    image = drawings.panel(number=number, name=name, line=line, colour=colour)
    return HttpResponse(drawings.png(image), content_type="image/png")
