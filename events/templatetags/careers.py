"""How careers are printed: the little that their pages ask for.

Nothing here asks the database or the clock.
"""

from functools import cache, lru_cache

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join

from events import matrix, record

register = template.Library()

# The columns of a career, in the order of the field.
COLUMNS = ("starts", "wins", "poles", "fastest_laps", "podiums")


@register.filter
def season_key(season):
    """``tcr-uk-2018``: how the pages of a record are asked for a season."""
    return record.season_key(season)


@register.filter
def totals_in_order(line):
    """(figure, total or None) of each column of a season's line."""
    return [(column, getattr(line.totals, column)) for column in COLUMNS]


# Pieces of HTML

CELL = '<td{}><a href="{}" aria-label="{}" title="{}">{} <b>{}{}</b></a></td>'


@register.simple_tag
def matrix_cells(row):
    """``<td class="result gold"><a …>SIL <b>1 <sup>P</sup></b></a></td>`` of each race.

    Not a loop of a template: with hundreds of cells that is a tenth of the page's time.
    """
    return format_html_join("\n", "{}", ((_cell(cell),) for cell in row.cells))


@lru_cache(maxsize=matrix.KEPT)
def _cell(cell):
    words = conditional_escape(cell.words)
    ground, marks = _ground(cell.fill), _marks(cell.marks)
    return format_html(
        CELL, ground, cell.url, words, words, cell.circuit, cell.sign, marks
    )


@cache
def _ground(fill):
    return format_html(' class="result {}"', fill) if fill else ""


@cache
def _marks(marks):
    return format_html(" <sup>{}</sup>", marks) if marks else ""
