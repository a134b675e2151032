"""Photos and what may be done with them."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from racing import clock, thumbnails
from racing.adminsite import SOURCE, RecordAdmin
from racing.forms import PhotoField
from racing.models import INTERNAL, Photo


class RightsFilter(admin.SimpleListFilter):
    title = gettext_lazy("visibility")
    parameter_name = "shown"

    def lookups(self, request, model_admin):
        return [
            ("download", _("shown and free to download")),
            ("site", _("shown")),
            ("never", _("not shown: internal")),
            ("over", _("not shown: the rights have ended")),
        ]

    def queryset(self, request, queryset):
        today = clock.today()
        return {
            "download": queryset.downloadable(today),
            "site": queryset.publishable(today),
            "never": queryset.filter(rights=INTERNAL),
            "over": queryset.filter(rights_end__lt=today),
        }.get(self.value(), queryset)


class PhotoForm(forms.ModelForm):
    """A photo; a file that is stored already was looked at when it came."""

    def _get_validation_exclusions(self):
        stored = set() if "image" in self.changed_data else {"image"}
        return super()._get_validation_exclusions() | stored


@admin.register(Photo)
class PhotoAdmin(RecordAdmin):
    form = PhotoForm
    formfield_overrides = RecordAdmin.formfield_overrides | {
        models.ImageField: {"form_class": PhotoField}
    }
    list_display = ["thumbnail", "alt", "credit", "rights", "rights_end", "taken_on"]
    list_display_links = ["thumbnail", "alt"]
    list_filter = [RightsFilter, "rights", "credit"]
    search_fields = ["alt_sv", "alt_en", "caption_sv", "caption_en", "credit"]
    ordering = ["-taken_on", "-pk"]
    readonly_fields = ["thumbnail"]
    fieldsets = [
        (None, {"fields": ["image", "thumbnail", "alt_sv", "alt_en"]}),
        (
            gettext_lazy("Rights"),
            {
                "fields": [
                    ("credit", "is_drawn"),
                    "rights",
                    "rights_end",
                    ("rights_note_sv", "rights_note_en"),
                    "licence_url",
                ]
            },
        ),
        (
            gettext_lazy("Caption"),
            {"fields": ["caption_sv", "caption_en", "taken_on"]},
        ),
        (gettext_lazy("Crop"), {"fields": [("focal_x", "focal_y")]}),
        SOURCE,
    ]

    def get_urls(self):
        view = self.admin_site.admin_view(self.thumbnail_view)
        name = "racing_photo_thumbnail"
        return [path("<int:key>/thumbnail/", view, name=name), *super().get_urls()]

    def thumbnail_view(self, request, key):
        """The small picture, for photos too that the public may not see."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return thumbnails.response(get_object_or_404(Photo, pk=key))

    @admin.display(description=gettext_lazy("photo"))
    def thumbnail(self, photo):
        return thumbnails.tag(photo, photo.alt)

    @admin.display(description=gettext_lazy("shows"), ordering="alt_sv")
    def alt(self, photo):
        return photo.alt
