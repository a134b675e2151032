"""Circuits, their layouts and lap records."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from racing import outlines, zones
from racing.models.base import YEAR_VALIDATORS, Record
from racing.models.cars import RacingClass
from racing.models.photos import Photo
from racing.translation import Translated

CLOCKWISE = "clockwise"
ANTICLOCKWISE = "anticlockwise"
DIRECTIONS = {CLOCKWISE: _("clockwise"), ANTICLOCKWISE: _("anticlockwise")}


def validate_time_zone(name):
    """Refuse what the IANA database does not know, in a sentence."""
    try:
        zones.zone(name)
    except ValueError as error:
        raise ValidationError(str(error)) from error


def validate_outline(text):
    """Refuse an outline that is not a list of `longitude,latitude` points."""
    try:
        outlines.from_text(text)
    except ValueError as error:
        raise ValidationError(str(error)) from error


class CircuitQuerySet(models.QuerySet):
    def published(self, at=None):
        """Circuits the public may see at a moment: all of them, so far."""
        return self.all()


class Circuit(Record):
    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    abbreviation = models.CharField(
        _("abbreviation"),
        max_length=4,
        blank=True,
        help_text=_("Three letters for narrow tables, for example “HOC”."),
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    region = models.CharField(_("region"), max_length=120, blank=True)
    country = CountryField(_("country"))
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        validators=[validate_time_zone],
        help_text=_(
            "Times of every session here are typed and shown in this zone, "
            "for example Europe/Berlin."
        ),
    )
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    site_url = models.URLField(_("website"), blank=True)
    description_sv = models.TextField(_("description in Swedish"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)
    photos = models.ManyToManyField(
        Photo, verbose_name=_("photos"), related_name="circuits", blank=True
    )

    objects = CircuitQuerySet.as_manager()

    description = Translated()

    class Meta:
        ordering = ["name"]
        verbose_name = _("circuit")
        verbose_name_plural = _("circuits")
        constraints = [
            models.CheckConstraint(
                name="a_circuit_lies_on_the_globe",
                condition=Q(
                    latitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__isnull=False,
                    longitude__range=(-180, 180),
                )
                | Q(latitude=None, longitude=None),
                violation_error_message=_(
                    "Give both latitude (−90 to 90) and longitude (−180 to 180), "
                    "or neither."
                ),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("circuit_detail", args=[self.slug])

    @property
    def zone(self):
        """The circuit's time zone as a `ZoneInfo`."""
        return zones.zone(self.time_zone)


class CircuitLayout(Record):
    circuit = models.ForeignKey(
        Circuit, models.CASCADE, verbose_name=_("circuit"), related_name="layouts"
    )
    name = models.CharField(
        _("name"),
        max_length=80,
        blank=True,
        help_text=_("For example “Grand Prix”. Empty where there is only one."),
    )
    length_m = models.PositiveIntegerField(
        _("length"),
        null=True,
        blank=True,
        validators=[MinValueValidator(100), MaxValueValidator(200_000)],
        help_text=_("As the source gives it, for example “4,574 km” or “4574 m”."),
    )
    corners = models.PositiveSmallIntegerField(
        _("corners"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    direction = models.CharField(
        _("direction"), max_length=15, choices=DIRECTIONS, blank=True
    )
    first_year = models.PositiveSmallIntegerField(
        _("used from"), null=True, blank=True, validators=YEAR_VALIDATORS
    )
    last_year = models.PositiveSmallIntegerField(
        _("used until"), null=True, blank=True, validators=YEAR_VALIDATORS
    )
    outline = models.TextField(
        _("outline"), blank=True, editable=False, validators=[validate_outline]
    )
    picture = models.ForeignKey(
        Photo,
        models.SET_NULL,
        verbose_name=_("picture of the layout"),
        related_name="+",
        null=True,
        blank=True,
        help_text=_("Shown where there is no outline to draw."),
    )
    source_note_sv = models.CharField(
        _("note on the source in Swedish"),
        max_length=250,
        blank=True,
        help_text=_(
            "Printed beside the figures, for example where sources count the "
            "corners differently."
        ),
    )
    source_note_en = models.CharField(
        _("note on the source in English"), max_length=250, blank=True
    )

    source_note = Translated()

    class Meta:
        ordering = ["circuit", F("first_year").desc(nulls_last=True), "name"]
        verbose_name = _("circuit layout")
        verbose_name_plural = _("circuit layouts")
        constraints = [
            models.UniqueConstraint(
                fields=["circuit", "name"],
                name="a_circuit_names_each_layout_once",
                violation_error_message=_("This circuit has a layout of that name."),
            ),
            models.CheckConstraint(
                name="a_layout_is_used_from_before_until",
                condition=Q(first_year=None)
                | Q(last_year=None)
                | Q(first_year__lte=F("last_year")),
                violation_error_message=_(
                    "The layout’s last year lies before its first."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.circuit}, {self.name}" if self.name else str(self.circuit)

    @property
    def drawing(self):
        """The outline as an `SvgOutline` to draw, or None where there is none."""
        if not self.outline:
            return None
        return outlines.svg_path(outlines.from_text(self.outline))

    @property
    def public_picture(self):
        """The picture of the layout while the public may see it, else None."""
        return self.picture if self.picture and self.picture.is_publishable() else None


class LapRecord(Record):
    layout = models.ForeignKey(
        CircuitLayout,
        models.CASCADE,
        verbose_name=_("layout"),
        related_name="lap_records",
    )
    racing_class = models.ForeignKey(
        RacingClass,
        models.PROTECT,
        verbose_name=_("class"),
        related_name="lap_records",
    )
    time_ms = models.PositiveIntegerField(
        _("time"),
        validators=[MinValueValidator(1000)],
        help_text=_("For example 1:47.095."),
    )
    driver = models.CharField(
        _("driver"), max_length=120, blank=True, help_text=_("Empty where not known.")
    )
    car = models.CharField(
        _("car"), max_length=120, blank=True, help_text=_("Empty where not known.")
    )
    set_on = models.DateField(_("set on"), null=True, blank=True)

    class Meta:
        ordering = ["layout", "racing_class"]
        verbose_name = _("lap record")
        verbose_name_plural = _("lap records")
        constraints = [
            models.UniqueConstraint(
                fields=["layout", "racing_class"],
                name="a_class_has_one_lap_record_on_a_layout",
                violation_error_message=_("This class has a lap record here already."),
            ),
        ]

    def __str__(self):
        return f"{self.layout}, {self.racing_class}"
