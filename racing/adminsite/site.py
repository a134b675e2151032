"""The admin as a whole: its first page says what waits to be looked at."""

from dataclasses import dataclass

from django.contrib import admin


@dataclass(frozen=True)
class Note:
    """A sentence on the first page, with the address that it leads to."""

    text: str
    address: str


class Site(admin.AdminSite):
    """Django's admin, whose pages may have a note for the first one.

    Such a page gives `note_on_index(request)`: a `Note`, or None where there is
    nothing to say.
    """

    site_header = site_title = "Pitboard"

    def index(self, request, extra_context=None):
        pages = self._registry.values()
        asked = [page for page in pages if hasattr(page, "note_on_index")]
        notes = [page.note_on_index(request) for page in asked]
        context = {"notes": [note for note in notes if note]}
        return super().index(request, context | (extra_context or {}))
