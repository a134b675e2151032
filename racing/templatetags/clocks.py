"""Clocks on a page: the track's, the site's own, and what a script needs to put the
reader's own in its place.

Nothing here asks the database or the clock.
"""

import json
from datetime import date

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from racing import dates, zones
from racing.templatetags.formats import clock

register = template.Library()


@register.filter
def milliseconds(moment):
    """``1652349600000``: a moment as scripts reckon, from the beginning of 1970."""
    return round(moment.timestamp() * 1000)


@register.filter
def in_zone(moment, zone):
    """The same moment on the wall of a zone."""
    return zones.local(moment, zone)


@register.simple_tag
def own_clock(home, track):
    """``11:00 Swedish time +1 day``: the site's own clock, as far from the track's.

    Nothing where both show the same and `home` is None.
    """
    if home is None:
        return ""
    shift = dates.day_shift(track.date(), home.date())
    name = f"{dates.zone_name(home)} " if shift else dates.zone_name(home)
    shift = shift and format_html('<span class="keep">{}</span>', shift)
    return format_html("{} {}{}", clock(home), name, shift)


@register.simple_tag
def clock_words():
    """What js/clocks.js knows of the page's language, and whose clock it need not set."""
    first = date(2000, 1, 1)

    def last_word(day):
        return dates.day_shift(first, first.replace(day=day)).split()[-1]

    words = {
        "zone": timezone.get_default_timezone_name(),
        "name": _("your time"),
        "day": last_word(2),
    }
    return json.dumps(words, ensure_ascii=False)


@register.inclusion_tag("includes/zone_note.html")
def zone_note(timetable, now):
    """Whose clocks a timetable shows; `now` is a moment in the site's own zone."""
    name, home = dates.zone_name(now), " / ".join(timetable.home_labels)
    zone = " / ".join(timetable.zone_labels)
    said = _one_clock(zone, name) if timetable.is_home_time else _both(zone, name, home)
    to_fill_in = {"same": _one_clock(zone, "{name}"), "differs": _both(zone, *FIELDS)}
    return {
        "text": said if zone else "",
        "words": json.dumps(to_fill_in, ensure_ascii=False),
    }


# What the script puts the reader's own in place of.
FIELDS = ("{name}", "{home}")


def _one_clock(zone, name):
    return _("All times are %(name)s, the same as at the track (%(zone)s).") % {
        "name": name,
        "zone": zone,
    }


def _both(zone, name, home):
    return _(
        "The times are the track’s (%(zone)s); %(name)s (%(home)s) stands beside them."
    ) % {"zone": zone, "name": name, "home": home}


@register.inclusion_tag("includes/broadcast.html")
def broadcast(link, zone, day=None):
    """When a broadcast begins, where it has a start of its own.

    In the circuit's `zone` and by the site's clock where that differs; with its date
    where that is another `day` than the one it stands at.
    """
    if link.start is None:
        return {}
    start = zones.local(link.start, zone)
    home = timezone.localtime(link.start, timezone.get_default_timezone())
    differs = start.utcoffset() != home.utcoffset()
    return {
        "start": start,
        "is_dated": start.date() != day,
        "home": home if differs else None,
    }
