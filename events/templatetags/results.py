"""How results are printed: thin filters over `events.signs` and `racing.formats`.

Nothing here asks the database or the clock.
"""

from django import template
from django.utils.translation import gettext as _

from events import signs
from events.models import RACE
from racing import formats
from racing.templatetags.formats import unknown

register = template.Library()


@register.filter
def result_code(result):
    """``3``, ``=3``, ``12†`` or ``Ret``: the place in class, else the overall one."""
    return signs.sign(result) or unknown()


@register.filter
def result_fill(result):
    """The CSS class for the ground of a result's code; medals are for races."""
    return signs.fill(result) if result.session.kind == RACE else signs.PLAIN


@register.filter
def result_words(result):
    """``3rd in TCR (24th overall)``, ``retired``: what a code alone does not say."""
    if not result.is_classified:
        return result.get_status_display()
    parts = []
    if result.class_position:
        parts.append(
            formats.position_in_words(
                result.position,
                str(result.entry.racing_class or ""),
                result.class_position,
                tied=result.is_tied,
                class_tied=result.is_tied_in_class,
            )
        )
    if not result.was_running:
        parts.append(_("not running at the flag"))
    return ", ".join(parts)
