"""The address of a calendar as a calendar opens it."""

from django import template

from events.calendars import feeds

register = template.Library()


@register.filter
def webcal(address):
    """``webcal://host/path`` from ``https://host/path``."""
    return feeds.webcal(address)
