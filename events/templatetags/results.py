"""How results are printed: thin filters over `events.signs`, `events.outcomes`,
`racing.words` and `racing.formats`.

Nothing here asks the database or the clock.
"""

from types import SimpleNamespace

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from events import outcomes, signs
from events.models import RACE
from racing import formats, words
from racing.templatetags.formats import unknown

register = template.Library()

# What `events.signs` asks of a result.
SIGNED = (
    *("status", "is_classified", "position", "is_tied"),
    *("class_position", "is_tied_in_class", "points"),
)


# Signs


@register.filter
def result_code(result):
    """``3``, ``=3``, ``12†`` or ``Ret``: the place in class, else the overall one."""
    return signs.sign(result) or unknown()


@register.filter
def result_fill(result):
    """The CSS class for the ground of a result's code; medals are for races."""
    return signs.fill(result) if result.session.kind == RACE else signs.PLAIN


@register.filter
def overall_code(result):
    """As `result_code`, of the overall place alone."""
    return result_code(_overall(result))


@register.filter
def overall_fill(result):
    """As `result_fill`, for the overall place alone."""
    return result_fill(_overall(result))


def _overall(result):
    """What a result says without its place in class."""
    fields = {name: getattr(result, name) for name in (*SIGNED, "session")}
    return SimpleNamespace(**fields | {"class_position": None})


@register.filter
def class_code(result):
    """``2`` or ``=2``: the place in class; nothing for a car that is not classified."""
    if not result.is_classified:
        return ""
    place, tied = result.class_position, result.is_tied_in_class
    return formats.position(place, tied=tied) if place else unknown()


@register.filter
def class_fill(result):
    """The CSS class for the ground of a place in class: a medal, or none."""
    is_race = result.session.kind == RACE
    return signs.MEDALS.get(result.class_position, signs.PLAIN) if is_race else ""


@register.filter
def championship_place(line):
    """``3`` or ``=3`` of a line that has a position and may be tied."""
    if line.position is None:
        return unknown()
    return formats.position(line.position, tied=line.is_tied)


# Figures


@register.filter
def gap(text):
    """``+1 lap``, in Swedish ``+1 varv``."""
    return formats.printed_gap(text)


@register.filter
def time_or_gap(result):
    """The winner's time, and for the others how far behind they were, if known."""
    if result.time_ms and (result.position == 1 or not result.gap):
        return formats.lap_time(result.time_ms)
    return gap(result.gap) if result.gap else unknown()


@register.filter
def or_nothing(text):
    """A text as it is; for an empty one a dash with hidden words."""
    return text or format_html(
        '<span aria-hidden="true">–</span><span class="visually-hidden">{}</span>',
        _("nothing"),
    )


# Words


@register.filter
def names(drivers):
    """``Andreas Bäckman, Jessica Bäckman`` as text."""
    return ", ".join(driver.name for driver in drivers)


@register.filter
def result_who(result):
    """``#19 Andreas Bäckman``: number and drivers, else the car, as far as known."""
    return outcomes.who(result)


@register.filter
def result_in_words(result):
    """``third``, ``third in TCR, 24th overall``, ``retired``; empty if not known."""
    return outcomes.in_words(result)


@register.filter
def result_words(result):
    """As `result_in_words`, where that says more than the code does."""
    if result.is_classified and result.class_position is None and result.was_running:
        return ""
    return outcomes.in_words(result)


@register.filter
def result_told(result):
    """``Andreas Bäckman, Jessica Bäckman: third``."""
    return outcomes.told(result)


@register.filter
def standing_words(line):
    """``fourth after three of seven rounds, 38 points`` of a line of the standings."""
    table = line.table
    place = words.standing(
        line.position,
        table.after_round,
        table.season.rounds,
        tied=line.is_tied,
        is_over=table.after_round is None,
    )
    points = None if line.points is None else words.count(line.points, "points")
    return ", ".join(filter(None, [place, points]))
