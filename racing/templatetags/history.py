"""How the pages of a record's history say who saved."""

from django import template

from racing.adminsite import changes

register = template.Library()
register.filter("who", changes.who)
