"""How facts are printed on the pages: thin filters over `racing.formats` and
`racing.dates`, and the small pieces of HTML that go with them.

Nothing here asks the database or the clock. What is not known is None or an empty
text and prints as an en dash with hidden words, never as 0.
"""

import json
from datetime import timedelta
from functools import wraps

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from racing import dates, formats

register = template.Library()

UNKNOWN = ("", None)


def unknown():
    """An en dash for the eye, words for who listens."""
    return format_html(
        '<span aria-hidden="true">–</span><span class="visually-hidden">{}</span>',
        _("not known"),
    )


def printed(function):
    """Register a function of one known value as a filter that also takes unknown."""

    @register.filter(name=function.__name__)
    @wraps(function)
    def filtered(value, *args):
        return unknown() if value in UNKNOWN else function(value, *args)

    return filtered


@printed
def or_unknown(value):
    """The value as it is, or the dash."""
    return value


@printed
def lap_time(ms):
    """``1:47.095`` from milliseconds."""
    return formats.lap_time(ms)


@printed
def points(value):
    """``12.5``, in Swedish ``12,5``."""
    return formats.points(value)


@printed
def circuit_length(metres):
    """``4.574 km``, in Swedish ``4,574 km``."""
    return formats.length(metres)


@printed
def whole(number):
    """``12,345``, in Swedish ``12 345``."""
    return formats.whole(number)


@printed
def ordinal(number):
    """``3rd``, in Swedish ``3:e``."""
    return formats.ordinal(number)


@register.filter
def date_range(first, last):
    """``13–15 May 2022`` from a first and a last day; either may be unknown."""
    return dates.date_range(first, last) or ""


@register.filter
def short_date_range(first, last):
    """``13–15 May``: where the year is said elsewhere."""
    if first and last:
        return dates.short_date_range(first, last)
    return dates.date_range(first, last) or ""


@printed
def long_date(day):
    """``13 May 2022``."""
    return dates.date(day)


@printed
def weekday_date(day):
    """``Friday 13 May``."""
    return dates.day(day)


@register.filter
def duration(minutes):
    """``6 hours``, ``45 min``."""
    return dates.duration(minutes)


@register.filter
def clock_text(moment):
    """``16:20`` as text, for a sentence."""
    return dates.clock(moment)


@register.filter
def zone_label(moment):
    """``CEST, UTC+2``, in the zone that the moment is in."""
    return dates.zone_label(moment)


@register.filter
def zone_name(moment):
    """``Swedish time`` in Stockholm's zone, ``local time`` elsewhere."""
    return dates.zone_name(moment)


@register.filter
def at_home(moment):
    """The same moment by the site's own clock."""
    return timezone.localtime(moment, timezone.get_default_timezone())


@register.filter
def bare_url(url):
    """``24hseries.com`` from ``https://www.24hseries.com/``."""
    return formats.bare_url(url)


@register.filter
def degrees(value, signs):
    """``49.3278° N``, in Swedish ``49,3278° N``; signs for above and below zero."""
    sign = signs[0] if value >= 0 else signs[1]
    return f"{formats.points(round(abs(value), 4))}° {sign}"


@register.filter
def paragraphs(text):
    """The paragraphs of a text that keeps an empty line between them."""
    return formats.paragraphs(text)


# Pieces of HTML


@register.simple_tag
def clock(moment):
    """``<time>16:20</time>``, in the zone that the moment is in."""
    return _time(moment, dates.clock(moment))


@register.simple_tag
def day_and_clock(moment):
    """``<time>Friday 13 May 16:20</time>``, in the zone that the moment is in."""
    return _time(moment, f"{dates.day(moment)} {dates.clock(moment)}")


@register.simple_tag
def day(date):
    """``<time>13 May 2022</time>``."""
    return _time(date, dates.date(date))


def _time(moment, text):
    return format_html('<time datetime="{}">{}</time>', machine_form(moment), text)


def machine_form(moment):
    """ISO 8601 for `datetime`: a moment with its offset, or a bare date.

    To the minute, and to the second where there are seconds.
    """
    if hasattr(moment, "hour"):
        return moment.isoformat(timespec="seconds" if moment.second else "minutes")
    return moment.isoformat()


@register.inclusion_tag("includes/countdown.html")
def countdown(moment, now):
    """The time left until a moment by the site's clock, ticking where scripts run."""
    return {
        "moment": moment.isoformat(timespec="seconds"),
        "now": now.isoformat(timespec="seconds"),
        "text": dates.countdown(moment - now) or _("now"),
        "words": json.dumps(_countdown_words(), ensure_ascii=False),
    }


def _countdown_words():
    """What the script needs to count on, taken from what `dates.countdown` prints."""

    def last_word(**left):
        return dates.countdown(timedelta(**left)).split()[-1]

    start, less = dates.countdown(timedelta(seconds=1)).split(maxsplit=1)
    return {
        "in": start,
        "day": last_word(days=1),
        "days": last_word(days=2),
        "hours": last_word(hours=1),
        "minutes": last_word(minutes=1),
        "less": less,
        "over": _("now"),
    }
