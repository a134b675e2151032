"""Championships and their seasons."""

from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from racing.models.base import YEAR_VALIDATORS, Record
from racing.translation import Translated


class SeriesQuerySet(models.QuerySet):
    def published(self, at=None):
        """Series the public may see at a moment: all of them, so far."""
        return self.all()


class Series(Record):
    name = models.CharField(_("name"), max_length=150, unique=True)
    short_name = models.CharField(_("short name"), max_length=40)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    organiser = models.CharField(_("organiser"), max_length=150, blank=True)
    sanction = models.CharField(
        _("sanctioned by"),
        max_length=150,
        blank=True,
        help_text=_("The federation under whose rules the series runs."),
    )
    site_url = models.URLField(_("website"), blank=True)
    description_sv = models.TextField(
        _("description in Swedish"),
        blank=True,
        help_text=_("One or two sentences for a reader who does not know the series."),
    )
    description_en = models.TextField(_("description in English"), blank=True)

    objects = SeriesQuerySet.as_manager()

    description = Translated()

    class Meta:
        ordering = ["short_name"]
        verbose_name = _("series")
        verbose_name_plural = pgettext_lazy("several", "series")

    def __str__(self):
        return self.short_name

    def get_absolute_url(self):
        return reverse("series_detail", args=[self.slug])


class Season(Record):
    series = models.ForeignKey(
        Series, models.PROTECT, verbose_name=_("series"), related_name="seasons"
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=YEAR_VALIDATORS)
    label = models.CharField(
        _("name that year"),
        max_length=150,
        blank=True,
        help_text=_("The name the series went by that year, where it differs."),
    )
    rounds = models.PositiveSmallIntegerField(
        _("number of rounds"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("As planned or as run. Printed as “round 4 of 7”."),
    )
    is_over = models.BooleanField(
        _("over"),
        default=False,
        help_text=_(
            "Tick this when the last round has been run: only then does first place "
            "count as a title."
        ),
    )

    class Meta:
        ordering = ["-year", "series"]
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year"],
                name="a_series_has_one_season_a_year",
                violation_error_message=_("This series has a season of that year."),
            ),
        ]

    def __str__(self):
        return f"{self.series.short_name} {self.year}"

    def get_absolute_url(self):
        return reverse("season_detail", args=[self.series.slug, self.year])
