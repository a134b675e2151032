"""What a photo lacks before the public may see it, and what else keeps it back."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from racing import clock, dates
from racing.models import INTERNAL, Photo

SOON = timedelta(days=30)
# The rule of the model that each field is needed for.
NEEDED = {
    "alt_sv": "a_photo_that_may_be_shown_has_alternative_texts",
    "alt_en": "a_photo_that_may_be_shown_has_alternative_texts",
    "credit": "a_photo_that_may_be_shown_has_a_credit",
}


def lacking(photo: Photo) -> list[str]:
    """The fields that have to be filled in before a photo may be shown."""
    return [name for name in NEEDED if not getattr(photo, name).strip()]


def sentence_on(name: str) -> str:
    """What the model says where such a field is empty."""
    sentences = {
        rule.name: rule.violation_error_message for rule in Photo._meta.constraints
    }
    return str(sentences[NEEDED[name]])


def lacking_in_words(photo: Photo) -> list[str]:
    words = {
        "alt_sv": _("no alternative text in Swedish"),
        "alt_en": _("no alternative text in English"),
        "credit": _("no credit"),
    }
    return [words[name] for name in lacking(photo)]


def hindrances(photo: Photo) -> list[str]:
    """Everything that keeps a photo from the public, in words; needs its drivers."""
    found = [_("internal")] if photo.rights == INTERNAL else []
    if lacking := lacking_in_words(photo):
        found.append(", ".join(lacking))
    if photo.rights_end and photo.rights_end < clock.today():
        found.append(
            _("the rights ended on %(date)s") % {"date": dates.date(photo.rights_end)}
        )
    if photo.public_from and photo.public_from > clock.now():
        found.append(
            _("under embargo until %(moment)s") % {"moment": moment(photo.public_from)}
        )
    if not photo.developed:
        found.append(_("copies are being made"))
    if not all(driver.is_announced for driver in shown_drivers(photo)):
        found.append(_("shows a driver who is to be announced"))
    return found


def in_words(photo: Photo) -> list[str]:
    """Whether the public sees a photo, what keeps it back, until when it may be shown."""
    first, *more = hindrances(photo) or [""]
    if first:
        told = [_("Not public: %(reason)s") % {"reason": first}, *more]
    else:
        told = [_("Public: %(rights)s") % {"rights": photo.get_rights_display()}]
    if photo.rights_end and photo.rights_end >= clock.today():
        told.append(
            _("the rights end on %(date)s") % {"date": dates.date(photo.rights_end)}
        )
    return [capfirst(words) for words in told]


def shown_drivers(photo):
    """Whom it shows; nobody while it is not saved."""
    return [*photo.drivers.all(), *photo.portrait_of.all()] if photo.pk else []


def moment(at: datetime) -> str:
    """``14 May 2022, 12:00 (CEST, UTC+2)``, on the site's own clock."""
    local = timezone.localtime(at)
    return f"{dates.date(local)}, {dates.clock(local)} ({dates.zone_label(local)})"


# Rights that end


def ending_soon(photos):
    """Those of photos (a QuerySet) whose last day comes within thirty days."""
    today = clock.today()
    return photos.filter(rights_end__range=(today, today + SOON))


def ended(photos):
    return photos.filter(rights_end__lt=clock.today())
