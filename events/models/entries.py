"""Who is entered: cars and their crews."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from drivers.models import Driver
from events.models.weekend import Event
from racing.models import Car, RacingClass, Record, Team

validate_number = RegexValidator(
    r"\A[0-9A-Z]{1,4}\Z",
    _("A start number has one to four digits or capital letters, such as 120 or 007."),
)


class EntryQuerySet(models.QuerySet):
    def with_crew(self):
        """With team, car, class and the crew in order: two queries in all."""
        return self.select_related("team", "car", "racing_class").prefetch_related(
            models.Prefetch("crew", EntryDriver.objects.select_related("driver"))
        )


class Entry(Record):
    """A car entered for a weekend, with its crew."""

    event = models.ForeignKey(
        Event, models.CASCADE, verbose_name=_("race weekend"), related_name="entries"
    )
    number = models.CharField(
        _("start number"),
        max_length=4,
        blank=True,
        validators=[validate_number],
        help_text=_("As painted on the car: 007 is not 7. Empty where not known."),
    )
    racing_class = models.ForeignKey(
        RacingClass,
        models.PROTECT,
        verbose_name=_("class"),
        related_name="entries",
        null=True,
        blank=True,
    )
    team = models.ForeignKey(
        Team,
        models.PROTECT,
        verbose_name=_("team"),
        related_name="entries",
        null=True,
        blank=True,
    )
    car = models.ForeignKey(
        Car,
        models.PROTECT,
        verbose_name=_("car"),
        related_name="entries",
        null=True,
        blank=True,
    )
    drivers = models.ManyToManyField(
        Driver, verbose_name=_("drivers"), related_name="entries", through="EntryDriver"
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["event", "number", "pk"]
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"],
                condition=~Q(number=""),
                name="a_start_number_stands_once_in_a_weekend",
                violation_error_message=_(
                    "Another entry of this weekend has that start number."
                ),
            ),
        ]

    def __str__(self):
        number = f"#{self.number}" if self.number else ""
        return f"{number} {self.car or ''}".strip() or f"{_('entry')} {self.pk}"

    @property
    def whole_crew(self):
        """The drivers in the order of the crew; needs `with_crew` to cost nothing.

        Nobody while the entry is not saved. Those who are to be announced are among
        them: the public is told of `crew_drivers`.
        """
        return [place.driver for place in self.crew.all()] if self.pk else []

    @property
    def crew_drivers(self):
        """The crew as far as the public may know it."""
        return [driver for driver in self.whole_crew if driver.is_announced]

    @property
    def is_ours(self):
        """Whether a driver with a page of their own is in the crew."""
        return any(driver.has_page for driver in self.crew_drivers)


class EntryDriver(Record):
    """A place in the crew of an entry."""

    entry = models.ForeignKey(
        Entry, models.CASCADE, verbose_name=_("entry"), related_name="crew"
    )
    driver = models.ForeignKey(
        Driver, models.PROTECT, verbose_name=_("driver"), related_name="crew_places"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        ordering = ["entry", "order", "pk"]
        verbose_name = _("driver in the crew")
        verbose_name_plural = _("crew")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "driver"],
                name="a_driver_stands_once_in_a_crew",
                violation_error_message=_("This driver is in the crew already."),
            ),
        ]

    def __str__(self):
        return str(self.driver)
