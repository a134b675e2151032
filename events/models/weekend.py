"""The race weekend: when, where, for which championship."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.models.revisions import Revised
from racing import clock
from racing.models import (
    Circuit,
    CircuitLayout,
    Photo,
    RacingClass,
    Record,
    Season,
    validate_slug_has_a_letter,
)
from racing.translation import Translated

CONFIRMED = "confirmed"
PROVISIONAL = "provisional"
POSTPONED = "postponed"
CANCELLED = "cancelled"
EVENT_STATUSES = {
    CONFIRMED: _("confirmed"),
    PROVISIONAL: _("provisional"),
    POSTPONED: _("postponed"),
    CANCELLED: _("cancelled"),
}
validate_round = RegexValidator(
    r"\A[\w.,–/ -]+\Z", _("Write the round as the series does, such as 4 or 4–5.")
)


class EventQuerySet(models.QuerySet):
    def published(self, at=None):
        """Weekends the public may see at a moment: all of them, so far."""
        return self.all()

    def with_place(self):
        """With what a line about the weekend prints, in the same query."""
        return self.select_related("season__series", "circuit")

    def coming(self, on=None):
        """Weekends not yet over on a date, the first one first.

        A weekend counts to the end of its last day. One without dates is coming
        while its season's year is not past.
        """
        on = on or clock.today()
        return self.by_day().filter(
            Q(final_day__gte=on)
            | Q(final_day=None, season__year__gte=on.year, season__is_over=False)
        )

    def over(self, on=None):
        """Weekends that were over on a date, the latest first."""
        on = on or clock.today()
        return (
            self.by_day()
            .filter(
                Q(final_day__lt=on)
                | Q(final_day=None)
                & (Q(season__year__lt=on.year) | Q(season__is_over=True))
            )
            .reverse()
        )

    def by_day(self):
        """In the order they are run; those without dates last in their year."""
        return self.annotate(final_day=Coalesce("last_day", "first_day")).order_by(
            "season__year",
            F("final_day").asc(nulls_last=True),
            "round",
            "pk",
        )

    def in_year(self, year):
        """Weekends of the seasons of a year, in the order they are run."""
        return self.by_day().filter(season__year=year)


class Event(Revised, Record):
    """A race weekend."""

    calendar_facts = ("name", "circuit_id", "first_day", "last_day", "status")

    season = models.ForeignKey(
        Season,
        models.PROTECT,
        verbose_name=_("season"),
        related_name="events",
        help_text=_("The championship and year the weekend belongs to."),
    )
    round = models.CharField(
        _("round"),
        max_length=10,
        blank=True,
        validators=[validate_round],
        help_text=_("As the series writes it. Empty where it counts for no round."),
    )
    name = models.CharField(
        _("official name"),
        max_length=150,
        help_text=_("As the organiser writes it: “Hankook 12h Hockenheimring”."),
    )
    short_name = models.CharField(
        _("short name"),
        max_length=60,
        blank=True,
        help_text=_("For narrow lists. Empty: the official name."),
    )
    slug = models.SlugField(
        _("address"),
        max_length=100,
        unique=True,
        validators=[validate_slug_has_a_letter],
        help_text=_(
            "The last part of the page’s address. Do not change it once the page is "
            "known: links to it would break."
        ),
    )
    circuit = models.ForeignKey(
        Circuit,
        models.PROTECT,
        verbose_name=_("circuit"),
        related_name="events",
        help_text=_("All times below are typed in the circuit’s time zone."),
    )
    layout = models.ForeignKey(
        CircuitLayout,
        models.PROTECT,
        verbose_name=_("layout"),
        related_name="events",
        null=True,
        blank=True,
        help_text=_("Which track of the circuit is used. Empty: not known."),
    )
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(
        _("last day"),
        null=True,
        blank=True,
        help_text=_("Leave the days empty where they are not known."),
    )
    format_sv = models.CharField(
        _("format in Swedish"),
        max_length=120,
        blank=True,
        help_text=_("For example “12 timmar i två delar”."),
    )
    format_en = models.CharField(
        _("format in English"),
        max_length=120,
        blank=True,
        help_text=_("For example “12 hours in two parts”."),
    )
    status = models.CharField(
        _("status"), max_length=15, choices=EVENT_STATUSES, default=CONFIRMED
    )
    summary_sv = models.TextField(
        _("summary in Swedish"),
        blank=True,
        help_text=_("What the weekend means for the team, in a few sentences."),
    )
    summary_en = models.TextField(_("summary in English"), blank=True)
    photos = models.ManyToManyField(
        Photo, verbose_name=_("photos"), related_name="events", blank=True
    )
    other_seasons = models.ManyToManyField(
        Season,
        verbose_name=_("also counts for"),
        related_name="other_events",
        through="EventRound",
        blank=True,
    )

    objects = EventQuerySet.as_manager()

    format = Translated()
    summary = Translated()

    class Meta:
        ordering = [F("first_day").desc(nulls_last=True), "-pk"]
        verbose_name = _("race weekend")
        verbose_name_plural = _("race weekends")
        constraints = [
            models.CheckConstraint(
                name="a_weekend_ends_after_it_begins",
                condition=Q(first_day=None)
                | Q(last_day=None)
                | Q(first_day__lte=F("last_day")),
                violation_error_message=_("The last day lies before the first day."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("event_detail", args=[self.slug])

    def clean(self):
        if not self.circuit_id:
            return  # the form refuses what is missing
        if self.layout and self.layout.circuit_id != self.circuit_id:
            sentence = _("“%(layout)s” is a layout of another circuit.")
            raise ValidationError({"layout": sentence % {"layout": self.layout}})

    @property
    def brief_name(self):
        """The short name where there is one."""
        return self.short_name or self.name

    @property
    def our_entries(self):
        """Entries with a driver of ours; needs `schedule.with_crews` to cost nothing."""
        return [entry for entry in self.entries.all() if entry.is_ours]

    @property
    def is_off(self):
        """Whether the weekend will not be run as planned."""
        return self.status in (POSTPONED, CANCELLED)

    def is_over(self, on=None):
        """`EventQuerySet.over` for a row in hand, by default on today's date there."""
        on = on or clock.today(self.circuit.zone)
        final_day = self.last_day or self.first_day
        if final_day:
            return final_day < on
        return self.season.is_over or self.season.year < on.year

    def holds(self, day):
        """Whether a date may be one of the weekend's days, as far as they are known."""
        first = self.first_day or day
        last = self.last_day or day
        if self.first_day and self.last_day and first > last:
            # Days in the wrong order are refused themselves and refuse nothing else.
            return True
        return first <= day <= last


class EventRound(Record):
    """A further championship that the weekend counts for."""

    event = models.ForeignKey(
        Event, models.CASCADE, verbose_name=_("race weekend"), related_name="rounds"
    )
    season = models.ForeignKey(
        Season, models.PROTECT, verbose_name=_("season"), related_name="rounds_run"
    )
    round = models.CharField(
        _("round"), max_length=10, blank=True, validators=[validate_round]
    )

    class Meta:
        ordering = ["event", "season"]
        verbose_name = _("further championship")
        verbose_name_plural = _("further championships")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "season"],
                name="a_weekend_counts_once_for_a_season",
                violation_error_message=_("The weekend counts for it already."),
            ),
        ]

    def __str__(self):
        return str(self.season)


class EventClass(Record):
    """A class that takes part in a weekend."""

    event = models.ForeignKey(
        Event, models.CASCADE, verbose_name=_("race weekend"), related_name="classes"
    )
    racing_class = models.ForeignKey(
        RacingClass,
        models.PROTECT,
        verbose_name=_("class"),
        related_name="event_classes",
    )
    cars = models.PositiveSmallIntegerField(
        _("cars entered"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty where not known."),
    )

    class Meta:
        ordering = ["event", "racing_class"]
        verbose_name = _("class at the weekend")
        verbose_name_plural = _("classes at the weekend")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "racing_class"],
                name="a_class_stands_once_in_a_weekend",
                violation_error_message=_("This class is there already."),
            ),
        ]

    def __str__(self):
        return str(self.racing_class)
