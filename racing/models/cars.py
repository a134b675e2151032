"""Cars and the classes they race in."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from racing.models.base import Record
from racing.models.photos import Photo
from racing.translation import Translated

FRONT, REAR, FOUR = "front", "rear", "four"
DRIVES = [
    (FRONT, _("front-wheel drive")),
    (REAR, _("rear-wheel drive")),
    (FOUR, _("four-wheel drive")),
]


class RacingClass(Record):
    """A class of cars such as TCR or GT4, the same in every series."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    description_sv = models.TextField(_("description in Swedish"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)

    description = Translated()

    class Meta:
        ordering = ["name"]
        verbose_name = _("class")
        verbose_name_plural = _("classes")

    def __str__(self):
        return self.name


class CarQuerySet(models.QuerySet):
    def published(self, at=None):
        """Cars the public may see at a moment: all of them, so far."""
        return self.all()


class Car(Record):
    make = models.CharField(
        _("make"),
        max_length=60,
        blank=True,
        help_text=_("For example “Audi”. Empty where the builder is not known."),
    )
    model = models.CharField(
        _("model"), max_length=80, help_text=_("For example “RS 3 LMS TCR”.")
    )
    generation = models.CharField(
        _("generation"),
        max_length=40,
        blank=True,
        help_text=_(
            "What tells it apart from another car of the same model, such as “2021”."
        ),
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    racing_class = models.ForeignKey(
        RacingClass,
        models.PROTECT,
        verbose_name=_("class"),
        related_name="cars",
        null=True,
        blank=True,
    )
    engine = models.CharField(_("engine"), max_length=120, blank=True)
    displacement_cc = models.PositiveIntegerField(
        _("displacement (cc)"), null=True, blank=True
    )
    power_kw = models.PositiveSmallIntegerField(_("power (kW)"), null=True, blank=True)
    torque_nm = models.PositiveSmallIntegerField(
        _("torque (Nm)"), null=True, blank=True
    )
    gearbox = models.CharField(_("gearbox"), max_length=120, blank=True)
    drive = models.CharField(_("drive"), max_length=5, choices=DRIVES, blank=True)
    weight_kg = models.PositiveSmallIntegerField(
        _("weight (kg)"), null=True, blank=True
    )
    length_mm = models.PositiveSmallIntegerField(
        _("length (mm)"), null=True, blank=True
    )
    width_mm = models.PositiveSmallIntegerField(_("width (mm)"), null=True, blank=True)
    height_mm = models.PositiveSmallIntegerField(
        _("height (mm)"), null=True, blank=True
    )
    wheelbase_mm = models.PositiveSmallIntegerField(
        _("wheelbase (mm)"), null=True, blank=True
    )
    note_sv = models.TextField(_("note in Swedish"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)
    photos = models.ManyToManyField(
        Photo, verbose_name=_("photos"), related_name="cars", blank=True
    )

    objects = CarQuerySet.as_manager()

    note = Translated()

    class Meta:
        ordering = ["make", "model", "generation"]
        verbose_name = _("car")
        verbose_name_plural = _("cars")
        constraints = [
            models.UniqueConstraint(
                fields=["make", "model", "generation"],
                name="a_car_has_one_make_model_and_generation",
                violation_error_message=_("This car exists already."),
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.generation})" if self.generation else self.name

    def get_absolute_url(self):
        return reverse("car_detail", args=[self.slug])

    @property
    def name(self):
        """Make and model as one name: "Audi RS 3 LMS TCR"."""
        return f"{self.make} {self.model}".strip()
