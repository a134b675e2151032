"""Photos and what may be done with them."""

import hashlib
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from racing import clock, formats, spoilers
from racing.history import CREATED
from racing.models.base import Record, validate_has_come
from racing.pictures import reading
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


PORTRAIT, LANDSCAPE, SQUARE = "portrait", "landscape", "square"
ORIENTATIONS = {
    PORTRAIT: pgettext_lazy("orientation", "portrait"),
    LANDSCAPE: pgettext_lazy("orientation", "landscape"),
    SQUARE: pgettext_lazy("orientation", "square"),
}
LONGEST_FILE_NAME = 70


class PhotoQuerySet(models.QuerySet):
    def publishable(self, on=None):
        """Photos the public may see on a date (the site's own by default).

        Not before their copies are made, nor while a driver whom they show is to be
        announced. A reader who hides results sees none that may show who stood on the
        podium: one without a date was taken at the latest when it came to the site.
        """
        on, now = on or clock.today(), clock.now()
        public = (
            self.exclude(rights=INTERNAL)
            .exclude(developed="")
            .filter(Q(rights_end=None) | Q(rights_end__gte=on))
            .filter(Q(public_from=None) | Q(public_from__lte=now))
            .exclude(drivers__public_from__gt=now)
            .exclude(portrait_of__public_from__gt=now)
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
        validators=[validate_photo],
        help_text=_(
            "A JPEG, PNG, WebP or AVIF file of at most 30 MB and 60 megapixels."
        ),
    )
    # Upright, whichever way the camera was held.
    width = models.PositiveIntegerField(_("width"), editable=False, null=True)
    height = models.PositiveIntegerField(_("height"), editable=False, null=True)
    bytes = models.PositiveIntegerField(_("bytes"), editable=False, null=True)
    content_hash = models.CharField(
        _("hash of the content"), max_length=64, editable=False, blank=True
    )
    # What the copies were made of: hash and focal point, or nothing so far. Until when
    # somebody is making them. Both are the darkroom's: whoever saves facts leaves them.
    developed = models.CharField(
        _("developed"), max_length=40, editable=False, blank=True
    )
    in_darkroom_until = models.DateTimeField(
        _("in the darkroom until"), editable=False, null=True
    )
    alt_sv = models.CharField(
        _("alternative text in Swedish"),
        max_length=250,
        blank=True,
        help_text=_(
            "What the photo shows, in one sentence, for those who cannot see it. "
            "Needed in both languages before the photo can be shown."
        ),
    )
    alt_en = models.CharField(
        _("alternative text in English"), max_length=250, blank=True
    )
    caption_sv = models.TextField(_("caption in Swedish"), blank=True)
    caption_en = models.TextField(_("caption in English"), blank=True)
    place = models.CharField(
        _("place"),
        max_length=120,
        blank=True,
        help_text=_("Where it was taken, for example “Hockenheim”."),
    )
    photographer = models.CharField(
        _("photographer"),
        max_length=150,
        blank=True,
        help_text=_("If the credit below does not name the person."),
    )
    credit = models.CharField(
        _("photographer or credit"),
        max_length=150,
        blank=True,
        help_text=_("Printed after “Photo:” wherever the photo is shown."),
    )
    copyright_notice = models.CharField(
        _("copyright notice"),
        max_length=150,
        blank=True,
        help_text=_("As the photographer writes it, for example “© 2022 NN”."),
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
    public_from = models.DateTimeField(
        _("public from"),
        null=True,
        blank=True,
        help_text=_("An embargo: until then nobody but editors sees the photo."),
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
                name="a_photo_that_may_be_shown_has_a_credit",
                condition=Q(rights=INTERNAL) | ~Q(credit__regex=r"^\s*$"),
                violation_error_message=_(
                    "Write whom to credit for the photo, or keep it internal."
                ),
            ),
            models.CheckConstraint(
                name="a_photo_that_may_be_shown_has_alternative_texts",
                condition=Q(rights=INTERNAL) | ~Q(alt_sv="") & ~Q(alt_en=""),
                violation_error_message=_(
                    "Write what the photo shows in both languages, or keep it internal."
                ),
            ),
            models.UniqueConstraint(
                fields=["content_hash"],
                condition=~Q(content_hash=""),
                name="a_photo_is_here_once",
                violation_error_message=_("This photo is here already."),
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
        return self.alt or Path(self.image.name or "").name

    def clean(self):
        super().clean()
        try:
            self.measure()
        except (OSError, ValueError):
            return  # the validator of the field says what is wrong with it
        if twin := self.twin():
            raise ValidationError(
                {"image": gettext("This photo is here already: “%s”.") % twin}
            )

    def save(self, *args, **kwargs):
        self.measure()
        self._leave_to_the_darkroom()
        super().save(*args, **kwargs)

    def _leave_to_the_darkroom(self):
        """Take over what it has done meanwhile, unless the picture is another one.

        Who saves may hold a photo that was read before its copies were made, or an
        older version of it.
        """
        others = type(self)._default_manager.filter(pk=self.pk) if self.pk else None
        stored = others and others.only("content_hash", "developed").first()
        if stored:
            same = stored.content_hash == self.content_hash
            self.developed = stored.developed if same else ""

    def validate_constraints(self, exclude=None):
        # What was said at the picture need not be said again of its hash.
        excluded = set(exclude or ())
        super().validate_constraints(
            excluded | {"content_hash"} if "image" in excluded else excluded
        )

    # The file

    def measure(self):
        """Take hash, size and bytes of a file that is not stored yet.

        Raises OSError or ValueError for what is no image.
        """
        if self.image and not self.image._committed:
            self._measure(self.image.file, self.image.size)

    def measure_stored(self):
        """The same for a file that is stored already. Raises OSError where it is lost."""
        with self.image.storage.open(self.image.name) as file:
            self._measure(file, file.size)

    def _measure(self, file, size):
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != self.content_hash:
            self.width, self.height = reading.upright_size(file)
            self.content_hash, self.bytes = digest, size
        file.seek(0)

    def twin(self):
        """Another photo of the very same content, or None."""
        if not self.content_hash:
            return None
        others = type(self)._default_manager.exclude(pk=self.pk)
        return others.filter(content_hash=self.content_hash).first()

    @property
    def wanted(self):
        """What its copies should be made of: `developed` once they are."""
        focus = f"{_hundredths(self.focal_x)}{_hundredths(self.focal_y)}"
        return f"{self.content_hash[:24]}-{focus}"

    @property
    def orientation(self):
        """One of ORIENTATIONS, or an empty text where the size is not known."""
        if not self.width or not self.height:
            return ""
        if self.width == self.height:
            return SQUARE
        return LANDSCAPE if self.width > self.height else PORTRAIT

    @property
    def suffix(self):
        """How the name of the original ends: ".jpg"."""
        return Path(self.image.name).suffix.lower()

    @property
    def stem(self):
        """A name for files of it, in ASCII: what it shows, and its number."""
        words = formats.slug(self.alt_sv)[:LONGEST_FILE_NAME].strip("-")
        return f"{words}-{self.pk}" if words else f"photo-{self.pk}"

    # Whom to thank

    @property
    def credit_line(self):
        """Whom to thank, as it is printed: "Photo: NN", "Illustration: NN"."""
        line = _("Illustration: %s") if self.is_drawn else _("Photo: %s")
        return line % self.credit

    @property
    def copyright_line(self):
        """The notice as it is written, else by whom it is made: "© NN"."""
        return self.copyright_notice or f"© {self.creator}"

    @property
    def creator(self):
        """Who made it, as far as that is known."""
        return self.photographer or self.credit

    def is_publishable(self, on=None):
        """`PhotoQuerySet.publishable` for a row already in hand that shows nobody."""
        on = on or clock.today()
        return (
            self.rights != INTERNAL
            and self.developed != ""
            and (self.rights_end is None or self.rights_end >= on)
            and (self.public_from is None or self.public_from <= clock.now())
        )


def _hundredths(share):
    return f"{round(float(share) * 100):03}"
