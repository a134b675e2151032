"""The admin's list of seasons that the rest of the site does not bear out."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drivers.models import CareerResult
from events.disagreements import (
    POINTS,
    ROWS_MISSING,
    ROWS_SHOW_FEWER,
    ROWS_SHOW_MORE,
    TABLE_DIFFERS,
    Disagreement,
    disagreements,
)
from events.record import season_key
from racing import formats

TEMPLATE = "admin/drivers/disagreements.html"
MEANINGS = {
    ROWS_MISSING: gettext_lazy("Rows are missing: not all races are on the site."),
    ROWS_SHOW_MORE: gettext_lazy("The rows show more: correct the one or the other."),
    ROWS_SHOW_FEWER: gettext_lazy(
        "All races are on the site and show fewer: correct the one or the other."
    ),
    TABLE_DIFFERS: gettext_lazy("The final standings say otherwise."),
}


@dataclass(frozen=True)
class Row:
    """A disagreement in words, with where to look and where to correct it."""

    disagreement: Disagreement

    @property
    def line(self):
        return self.disagreement.line

    @property
    def figure(self):
        column = CareerResult._meta.get_field(self.disagreement.figure)
        return capfirst(column.verbose_name)

    @property
    def typed(self):
        return self._printed(self.disagreement.typed)

    @property
    def found(self):
        return self._printed(self.disagreement.found)

    def _printed(self, value):
        is_points = self.disagreement.figure == POINTS
        return formats.points(value) if is_points else str(value)

    @property
    def meaning(self):
        return MEANINGS[self.disagreement.meaning]

    @property
    def evidence(self):
        """Where the site says so, or None for somebody without a page."""
        if self.disagreement.meaning == TABLE_DIFFERS:
            return self.line.standing.table.get_absolute_url()
        if not self.line.driver.has_page:
            return None
        asked = {"season": season_key(self.line.season)}
        page = reverse("driver_results", args=[self.line.driver.slug])
        return f"{page}?{urlencode(asked)}"


def urls(options):
    """The address of the list, for the admin of seasons."""

    def view(request):
        return page(options, request)

    return [
        path(
            "disagreements/",
            options.admin_site.admin_view(view),
            name="drivers_careerresult_disagreements",
        )
    ]


def page(options, request):
    if not options.has_view_permission(request):
        raise PermissionDenied
    context = options.admin_site.each_context(request) | {
        "title": _("Seasons that disagree with the site"),
        "opts": options.opts,
        "rows": [Row(disagreement) for disagreement in disagreements()],
    }
    return TemplateResponse(request, TEMPLATE, context)
