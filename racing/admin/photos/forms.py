"""The form of a photo."""

import datetime as dt
from collections.abc import Callable
from functools import cached_property

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from press import alttexts
from racing import zones
from racing.admin.photos import rights, tags
from racing.formats import FormatError
from racing.forms import Framed, TypedField
from racing.models import INTERNAL, LANGUAGES, Photo


class MomentInput(forms.DateTimeInput):
    """A day and a time of day in one box: the device's own calendar and clock."""

    input_type = "datetime-local"


class MomentField(TypedField):
    """A moment, typed as the clock of the site's own time zone shows it."""

    widget = MomentInput

    @classmethod
    def for_column(cls, column):
        field = super().for_column(column)
        names = {"name": capfirst(column.verbose_name), "zone": settings.TIME_ZONE}
        field.label = _("%(name)s (time in %(zone)s)") % names
        return field

    @staticmethod
    def parse(text):
        try:
            wall = dt.datetime.fromisoformat(text.strip()).replace(tzinfo=None)
        except ValueError as error:
            sentence = _("Write day and time as 2022-05-14 16:20.")
            raise FormatError(sentence) from error
        zone = timezone.get_default_timezone()
        return zones.to_utc(wall.date(), wall.time(), zone, fold=wall.fold)

    @staticmethod
    def show(value):
        local = timezone.localtime(value, timezone.get_default_timezone())
        return local.strftime("%Y-%m-%dT%H:%M")

    def has_changed(self, initial, data):
        """Seconds are not shown and so not changed."""
        shown = initial and self.show(initial)
        return shown != data and super().has_changed(initial, data)


class SuggestedInput(Framed, forms.Textarea):
    """A box for what a photo shows, with what its tags suggest beside it."""

    frame = "admin/widgets/suggested.html"

    def __init__(self, language: str, suggest: Callable[[], str], attrs=None):
        super().__init__({"rows": 2} | (attrs or {}))
        self.language, self.suggest = language, suggest

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["language"] = self.language
        context["widget"]["suggestion"] = self.suggest()
        return context


class PhotoForm(tags.TagsForm, forms.ModelForm):
    """A photo with its tags; a file that is stored already was looked at when it came."""

    def __init__(self, *args, instance=None, initial=None, **kwargs):
        stored = tags.keys_of(instance) if instance and instance.pk else {}
        super().__init__(
            *args, instance=instance, initial=stored | (initial or {}), **kwargs
        )
        for language in LANGUAGES:
            if field := self.fields.get(f"alt_{language}"):
                field.widget = SuggestedInput(
                    language,
                    lambda code=language: self.suggestions[code],
                    field.widget.attrs,
                )

    @cached_property
    def suggestions(self):
        """What the tags suggest that it shows, as they are saved, by language."""
        if not self.instance.pk:
            return dict.fromkeys(LANGUAGES, "")
        return alttexts.suggestion(alttexts.tags_of(self.instance))

    def clean(self):
        cleaned = super().clean()
        for name in (f"alt_{language}" for language in LANGUAGES):
            if name in cleaned:
                cleaned[name] = " ".join(cleaned[name].split())
        if cleaned.get("rights", INTERNAL) != INTERNAL:
            for name in rights.NEEDED:
                if name in cleaned and not cleaned[name].strip():
                    self.add_error(name, rights.sentence_on(name))
        return cleaned

    def _get_validation_exclusions(self):
        stored = set() if "image" in self.changed_data else {"image"}
        return super()._get_validation_exclusions() | stored

    def _update_errors(self, errors):
        """The sentence on a twin leads to it."""
        twin = (
            self.instance.twin()
            if "image" in getattr(errors, "error_dict", {})
            else None
        )
        if twin:
            errors.error_dict["image"] = ValidationError(here_already(twin)).error_list
        super()._update_errors(errors)

    def _save_m2m(self):
        super()._save_m2m()
        for name, chosen in self.tags().items():
            if name in self.changed_data:
                getattr(self.instance, name).set(chosen)


def here_already(twin: Photo) -> str:
    """That a photo is here, with a link to it."""
    link = format_html(
        '<a href="{}">{}</a>',
        reverse("admin:racing_photo_change", args=[twin.pk]),
        twin,
    )
    return format_html(_("This photo is here already: “{}”."), link)
