"""How a press kit is printed on its page: the same texts that its documents have.

Nothing here asks the database or the clock.
"""

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join

from press.documents.tree import Link
from press.kits.printed import HIDDEN, UNKNOWN
from racing import photo_files
from racing.templatetags.formats import unknown

register = template.Library()

# What stands in a table in place of a fact, and whoever listens hears in words.
SIGNS = {
    UNKNOWN: unknown,
    HIDDEN: lambda: render_to_string("includes/hidden_figure.html"),
}


@register.filter
def kind_of(block):
    """``facts``, ``table``, ``heading``, ``paragraph``: what a block of a tree is."""
    return type(block).__name__.lower()


@register.filter
def said(runs):
    """The words of a block with their links; signs with what they mean."""
    if len(runs) == 1 and runs[0] in SIGNS:
        return SIGNS[runs[0]]()
    return format_html_join("", "{}", ((_part(part),) for part in runs))


def _part(part):
    if isinstance(part, Link):
        return format_html('<a href="{}">{}</a>', part.url, part.text)
    return conditional_escape(part)


@register.filter
def terms(photo):
    """What may be done with a photo, in words."""
    return photo_files.terms(photo)
