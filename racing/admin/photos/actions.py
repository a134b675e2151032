"""What is done with several photos of the list at once."""

from django.contrib import admin, messages
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from racing import history
from racing.admin.photos import rights
from racing.models import FREE, INTERNAL

MOST_TOLD = 20  # sentences on photos that stay as they are


@admin.action(
    description=gettext_lazy("Make the selected photos internal"),
    permissions=["change"],
)
def make_internal(page, request, queryset):
    count = _give(queryset, INTERNAL)
    sentence = ngettext(
        "%(count)s photo is now internal.", "%(count)s photos are now internal.", count
    )
    messages.success(request, sentence % {"count": count})


@admin.action(
    description=gettext_lazy("Free the selected photos for editorial use"),
    permissions=["change"],
)
def make_free(page, request, queryset):
    lacking = {
        photo.pk: photo for photo in queryset.order_by("pk") if rights.lacking(photo)
    }
    count = _give(queryset.exclude(pk__in=lacking), FREE)
    sentence = ngettext(
        "%(count)s photo is now free for editorial use.",
        "%(count)s photos are now free for editorial use.",
        count,
    )
    if count:
        messages.success(request, sentence % {"count": count})
    for photo in list(lacking.values())[:MOST_TOLD]:
        messages.error(request, _refusal(photo))
    if len(lacking) > MOST_TOLD:
        more = len(lacking) - MOST_TOLD
        sentence = ngettext(
            "%(count)s more photo lacks words or a credit.",
            "%(count)s more photos lack words or a credit.",
            more,
        )
        messages.error(request, sentence % {"count": more})


def _refusal(photo):
    sentence = _("“%(photo)s” stays as it is: %(lacking)s.")
    lacking = ", ".join(rights.lacking_in_words(photo))
    return sentence % {"photo": capfirst(str(photo)), "lacking": lacking}


def _give(queryset, wanted):
    """Give photos those rights, with a row of history each; how many had others."""
    with transaction.atomic():
        # The list is fetched with what it shows beside the photos: that is not locked.
        keys = list(queryset.values_list("pk", flat=True))
        rows = queryset.model.objects.select_for_update().filter(pk__in=keys)
        photos = list(rows.exclude(rights=wanted))
        for photo in photos:
            photo.rights = wanted
        history.update(photos, ["rights"])
    return len(photos)
