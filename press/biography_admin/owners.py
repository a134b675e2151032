"""What the admin's page of a driver or a team has of their biographies."""

from functools import partial

from django.urls import path

from press.biography_admin import pages
from press.biography_admin.cells import part_of
from press.biography_admin.previews import owner_name, previews
from racing.adminsite.changes import history_of_rows
from racing.adminsite.pages import MOST_ROW_NEWS
from racing.models import LANGUAGES, LENGTHS, Text


class HasBiographies:
    """A page of the admin with the way to its biographies; a mixin of RecordAdmin."""

    biography_model: type[Text]
    change_form_template = "admin/press/change_form_with_biographies.html"

    def get_urls(self):
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        screens = {
            "biographies": (pages.page, "biographies/"),
            "biographies_preview": (pages.preview_page, "biographies/preview/"),
        }
        own = [
            path(
                f"<str:object_id>/{ending}",
                self.admin_site.admin_view(partial(screen, self)),
                name=f"{prefix}_{name}",
            )
            for name, (screen, ending) in screens.items()
        ]
        return [*own, *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        needed = pages.permissions(self.biography_model, "view")
        if request.user.has_perms(needed):
            context["shows_biographies"] = True
            if obj is not None:
                context["biographies_page"] = pages.address(obj)
                context["biographies"] = overview(obj, self.biography_model)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _row_news(self, request, key):
        """With what happened to the biographies."""
        found = super()._row_news(request, key)
        found += history_of_rows(part_of(self.biography_model), key, MOST_ROW_NEWS)
        found.sort(key=lambda item: item.record.history_date, reverse=True)
        return found[:MOST_ROW_NEWS]


def overview(owner, model) -> dict:
    """The lengths of an owner's texts with what is to be said of each.

    `languages` are the columns; `rows` have the name of a length and (text, preview)
    for each language, without either where there is none.
    """
    texts = model.objects.filter(**{owner_name(model): owner})
    for text in texts:
        setattr(text, owner_name(model), owner)
    found = previews(texts)
    by_place = {(text.length, text.language): (text, found[text]) for text in texts}
    nothing = (None, None)
    return {
        "languages": list(LANGUAGES.values()),
        "rows": [
            (
                name,
                [by_place.get((length, language), nothing) for language in LANGUAGES],
            )
            for length, name in LENGTHS.items()
        ]
        if by_place
        else [],
    }
