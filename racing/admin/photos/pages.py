"""The list of photos and the page of one."""

from functools import partial

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F
from django.forms import Script
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from press import alttexts
from racing import darkroom, dates, thumbnails
from racing.admin.photos import actions, developing, preview, rights, tags, upload
from racing.admin.photos.filters import CreditFilter, EndFilter, VisibilityFilter
from racing.admin.photos.forms import MomentField, PhotoForm
from racing.adminsite import SOURCE, RecordAdmin
from racing.adminsite.site import Note
from racing.forms import PhotoField
from racing.models import Photo

BY_DATE = [F("taken_on").desc(nulls_last=True), "-pk"]
BY_END = ["rights_end", "-pk"]


@admin.register(Photo)
class PhotoAdmin(RecordAdmin):
    form = PhotoForm
    formfield_overrides = RecordAdmin.formfield_overrides | {
        models.ImageField: {"form_class": PhotoField}
    }
    list_display = [
        "thumbnail",
        "shows",
        "visibility",
        "thanks",
        "may",
        "tagged",
        "day",
    ]
    list_display_links = ["thumbnail", "shows"]
    list_filter = [
        VisibilityFilter,
        EndFilter,
        "rights",
        *((name, admin.RelatedOnlyFieldListFilter) for name in tags.TAGGED),
        ("credit", CreditFilter),
    ]
    list_prefetch_related = [*tags.TAGGED, "portrait_of"]
    search_fields = [
        *("alt_sv", "alt_en", "caption_sv", "caption_en", "image"),
        *("credit", "photographer", "place"),
    ]
    actions = [actions.make_internal, actions.make_free]
    readonly_fields = ["picture", "tags_in_words"]
    fieldsets = [
        (None, {"fields": ["picture", ("focal_x", "focal_y"), "image"]}),
        (
            gettext_lazy("Whom and what it shows"),
            {
                "fields": [
                    ("drivers", "cars"),
                    ("events", "teams"),
                    ("place", "taken_on"),
                ]
            },
        ),
        (
            gettext_lazy("Words"),
            {"fields": [("alt_sv", "alt_en"), ("caption_sv", "caption_en")]},
        ),
        (
            gettext_lazy("Rights"),
            {
                "description": gettext_lazy(
                    "Free for editorial use: on the site, and the media may download "
                    "it. This site only: shown here, not handed out. Internal: seen by "
                    "editors alone."
                ),
                "fields": [
                    ("photographer", "credit"),
                    ("copyright_notice", "is_drawn"),
                    ("rights", "public_from", "rights_end"),
                    ("rights_note_sv", "rights_note_en"),
                    "licence_url",
                ],
            },
        ),
        SOURCE,
    ]

    class Media:
        js = [Script("racing/js/admin-photos.js", type="module")]

    def note_on_index(self, request) -> Note | None:
        """How many photos there are whose rights end soon, for the first page."""
        if not self.has_view_permission(request):
            return None
        count = rights.ending_soon(Photo.objects.all()).count()
        if not count:
            return None
        words = ngettext(
            "%(count)s photo: the rights end within 30 days",
            "%(count)s photos: the rights end within 30 days",
            count,
        )
        return Note(
            words % {"count": count},
            f"{reverse('admin:racing_photo_changelist')}?{EndFilter.parameter_name}=soon",
        )

    # The list

    def get_ordering(self, request):
        return BY_END if request.GET.get(EndFilter.parameter_name) else BY_DATE

    @admin.display(description=gettext_lazy("photo"))
    def thumbnail(self, photo):
        return thumbnails.tag(photo, photo.alt or str(photo))

    @admin.display(description=gettext_lazy("shows"), ordering="alt_sv")
    def shows(self, photo):
        return str(photo)

    @admin.display(description=gettext_lazy("credit"), ordering="credit")
    def thanks(self, photo):
        return photo.credit or "–"

    @admin.display(description=gettext_lazy("rights"), ordering="rights")
    def may(self, photo):
        return capfirst(photo.get_rights_display())

    @admin.display(description=gettext_lazy("visibility"), ordering="rights_end")
    def visibility(self, photo):
        words = {"words": rights.in_words(photo)}
        return render_to_string("admin/racing/photo/state.html", words)

    @admin.display(description=gettext_lazy("tags"))
    def tagged(self, photo):
        return sum(len(getattr(photo, name).all()) for name in tags.TAGGED) or "–"

    @admin.display(description=gettext_lazy("taken on"), ordering="taken_on")
    def day(self, photo):
        return dates.date(photo.taken_on) if photo.taken_on else "–"

    # The page

    @admin.display(description=gettext_lazy("picture"))
    def picture(self, photo):
        return preview.drawn(photo)

    @admin.display(description=gettext_lazy("tags"))
    def tags_in_words(self, photo):
        """For those who may only look."""
        things = (thing for name in tags.TAGGED for thing in getattr(photo, name).all())
        return ", ".join(map(str, things)) or "–"

    def get_fieldsets(self, request, obj=None):
        """Without a picture of what is new; tags in words for who may only look."""
        (top, picture), (shown, boxes), *rest = super().get_fieldsets(request, obj)
        if obj is None:
            picture = {"fields": picture["fields"][1:]}
        elif not self.has_change_permission(request, obj):
            boxes = {"fields": ["tags_in_words", *boxes["fields"][-1:]]}
        return [(top, picture), (shown, boxes), *rest]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "public_from":
            return MomentField.for_column(db_field)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def lists(self, obj):
        return super().lists(obj) | tags.keys_of(obj)

    def state_in_words(self, name, before, now):
        if name not in tags.TAGGED:
            return super().state_in_words(name, before, now)
        return _("%(list)s: the selection was changed") % {"list": tags.LABELS[name]}

    # What happens to the files

    def save_model(self, request, obj, form, change):
        stored = Photo.objects.filter(pk=obj.pk).first() if change else None
        super().save_model(request, obj, form, change)
        old = stored.developed if stored else ""
        transaction.on_commit(partial(developing.after_save, request, obj.pk, old))

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        transaction.on_commit(partial(darkroom.remove, obj))

    def delete_queryset(self, request, queryset):
        photos = list(queryset)
        super().delete_queryset(request, queryset)
        for photo in photos:
            transaction.on_commit(partial(darkroom.remove, photo))

    # More addresses

    def get_urls(self):
        see, own = self.admin_site.admin_view, "racing_photo"
        return [
            path("upload/", see(self.upload_view), name=f"{own}_upload"),
            path("suggestion/", see(self.suggestion_view), name=f"{own}_suggestion"),
            path(
                "<int:key>/thumbnail/",
                see(self.thumbnail_view),
                name=f"{own}_thumbnail",
            ),
            *super().get_urls(),
        ]

    def thumbnail_view(self, request, key):
        """The small picture, for photos too that the public may not see."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return thumbnails.response(get_object_or_404(Photo, pk=key))

    def suggestion_view(self, request):
        """What the tags of a question suggest that a photo shows: {"sv": …, "en": …}."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return JsonResponse(alttexts.suggestion(tags.asked_for(request.GET)))

    def upload_view(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        return upload.respond(self, request)
