"""Photos and what may be done with them."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from racing import clock, spoilers
from racing.history import CREATED
from racing.models.base import Record, validate_has_come
from racing.translation import Translated
from racing.uploads import validate_photo

FREE = "free"
SITE_ONLY = "site"
INTERNAL = "internal"
RIGHTS = {
    FREE: _("free for editorial use"),
    SITE_ONLY: _("this site only"),
    INTERNAL: _("internal"),
}


class PhotoQuerySet(models.QuerySet):
    def publishable(self, on=None):
        """Photos the public may see on a date (the site's own by default).

        A reader who hides results sees none that may show who stood on the podium: one
        without a date was taken at the latest when it came to the site.
        """
        on = on or clock.today()
        public = self.exclude(rights=INTERNAL).filter(
            Q(rights_end=None) | Q(rights_end__gte=on)
        )
        if not spoilers.are_hidden():
            return public
        came = self.model.history.filter(
            id=OuterRef("pk"),
            history_type=CREATED,
            history_date__gte=spoilers.new_since(),
        )
        return public.exclude(taken_on__gte=spoilers.first_hidden_day()).exclude(
            Exists(came), taken_on=None, is_drawn=False
        )

    def downloadable(self, on=None):
        """Photos the media may take away on a date."""
        return self.publishable(on).filter(rights=FREE)


class Photo(Record):
    image = models.ImageField(
        _("image"),
        upload_to="photos/",
        width_field="width",
        height_field="height",
        validators=[validate_photo],
        help_text=_("A JPEG, PNG or WebP file of at most 30 MB and 60 megapixels."),
    )
    width = models.PositiveIntegerField(_("width"), editable=False, null=True)
    height = models.PositiveIntegerField(_("height"), editable=False, null=True)
    alt_sv = models.CharField(
        _("alternative text in Swedish"),
        max_length=250,
        help_text=_(
            "What the photo shows, in one sentence, for those who cannot see it."
        ),
    )
    alt_en = models.CharField(_("alternative text in English"), max_length=250)
    caption_sv = models.TextField(_("caption in Swedish"), blank=True)
    caption_en = models.TextField(_("caption in English"), blank=True)
    credit = models.CharField(
        _("photographer or credit"),
        max_length=150,
        help_text=_("Printed after “Photo:” wherever the photo is shown."),
    )
    is_drawn = models.BooleanField(
        _("drawn"),
        default=False,
        help_text=_("Not a photograph: “Illustration:” is printed before the credit."),
    )
    rights = models.CharField(
        _("rights"),
        max_length=10,
        choices=RIGHTS,
        default=INTERNAL,
        help_text=_(
            "Only photos that are free for editorial use can be downloaded. "
            "Internal photos are never shown to the public."
        ),
    )
    rights_note_sv = models.CharField(
        _("terms of use in Swedish"), max_length=250, blank=True
    )
    rights_note_en = models.CharField(
        _("terms of use in English"), max_length=250, blank=True
    )
    licence_url = models.URLField(_("address of the licence"), blank=True)
    rights_end = models.DateField(
        _("last day of the rights"),
        null=True,
        blank=True,
        help_text=_(
            "The photo is taken off every page after this day. Empty: no end date."
        ),
    )
    taken_on = models.DateField(
        _("taken on"), null=True, blank=True, validators=[validate_has_come]
    )
    focal_x = models.DecimalField(
        _("focal point from the left"),
        max_digits=3,
        decimal_places=2,
        default="0.50",
        help_text=_("0 is the left edge, 1 the right: what a crop keeps in view."),
    )
    focal_y = models.DecimalField(
        _("focal point from the top"),
        max_digits=3,
        decimal_places=2,
        default="0.50",
        help_text=_("0 is the top edge, 1 the bottom."),
    )

    objects = PhotoQuerySet.as_manager()

    alt = Translated()
    caption = Translated()
    rights_note = Translated()

    class Meta:
        ordering = [F("taken_on").desc(nulls_last=True), "-pk"]
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints = [
            models.CheckConstraint(
                name="a_photo_has_a_credit",
                condition=~Q(credit__regex=r"^\s*$"),
                violation_error_message=_("Write whom to credit for the photo."),
            ),
            models.CheckConstraint(
                name="a_photo_has_alternative_texts",
                condition=~Q(alt_sv="") & ~Q(alt_en=""),
            ),
            models.CheckConstraint(
                name="a_focal_point_lies_in_the_photo",
                condition=Q(focal_x__range=(0, 1)) & Q(focal_y__range=(0, 1)),
                violation_error_message=_(
                    "The focal point lies outside the photo: use numbers from 0 to 1."
                ),
            ),
        ]

    def __str__(self):
        return self.alt

    @property
    def credit_line(self):
        """Whom to thank, as it is printed: "Photo: NN", "Illustration: NN"."""
        line = _("Illustration: %s") if self.is_drawn else _("Photo: %s")
        return line % self.credit

    def is_publishable(self, on=None):
        """`PhotoQuerySet.publishable` for a row already in hand."""
        on = on or clock.today()
        return self.rights != INTERNAL and (
            self.rights_end is None or self.rights_end >= on
        )
