"""What came of it: results, and the decisions that changed them."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from drivers.models import Driver
from events.models.entries import Entry, EntryDriver
from events.models.sessions import Session
from racing import clock
from racing.models import Record, validate_has_come
from racing.translation import Translated

CLASSIFIED = "classified"
NOT_CLASSIFIED = "not_classified"
RETIRED = "retired"
DISQUALIFIED = "disqualified"
DID_NOT_START = "did_not_start"
DID_NOT_QUALIFY = "did_not_qualify"
WITHDRAWN = "withdrawn"
EXCLUDED = "excluded"
RESULT_STATUSES = {
    CLASSIFIED: _("classified"),
    NOT_CLASSIFIED: _("not classified"),
    RETIRED: _("retired"),
    DISQUALIFIED: _("disqualified"),
    DID_NOT_START: _("did not start"),
    DID_NOT_QUALIFY: _("did not qualify"),
    WITHDRAWN: _("withdrawn"),
    EXCLUDED: _("excluded"),
}

OVERALL = "overall"
IN_CLASS = "class"
BEST = {OVERALL: _("overall"), IN_CLASS: _("in class")}


class ResultQuerySet(models.QuerySet):
    def published(self, at=None):
        """Results the public may see at a moment.

        A result never shows before its session's start; where only the day is
        known, not before that day; where nothing is, not before the weekend.
        """
        at = at or clock.now()
        day = clock.date_everywhere(at)
        event = "session__event__"
        unknown = {"session__start": None, "session__day": None}
        undated = {f"{event}first_day": None, f"{event}last_day": None}
        return self.filter(
            Q(session__start__lte=at)
            | Q(session__start=None, session__day__lte=day)
            | Q(**{f"{event}first_day__lte": day}, **unknown)
            | Q(**{f"{event}first_day": None, f"{event}last_day__lte": day}, **unknown)
            | Q(**{f"{event}season__year__lte": day.year}, **undated, **unknown)
        )

    def with_credits(self):
        """With session, weekend, entry, crew and credited drivers: three queries."""
        return self.select_related(
            "session__event__season__series",
            "session__event__circuit",
            "entry__car",
            "entry__team",
            "entry__racing_class",
        ).prefetch_related(
            models.Prefetch("credits", ResultDriver.objects.select_related("driver")),
            models.Prefetch(
                "entry__crew", EntryDriver.objects.select_related("driver")
            ),
        )


class Result(Record):
    """What one car did in one session, as the organiser published it."""

    session = models.ForeignKey(
        Session, models.PROTECT, verbose_name=_("session"), related_name="results"
    )
    entry = models.ForeignKey(
        Entry, models.PROTECT, verbose_name=_("entry"), related_name="results"
    )
    drivers = models.ManyToManyField(
        Driver,
        verbose_name=_("credited drivers"),
        related_name="results",
        through="ResultDriver",
        help_text=_("Who drove, where it is not the whole crew of the entry."),
    )
    status = models.CharField(
        _("status"),
        max_length=15,
        choices=RESULT_STATUSES,
        blank=True,
        help_text=_("Empty where not known."),
    )
    is_classified = models.BooleanField(
        _("classified"),
        default=False,
        help_text=_(
            "A car that retired late can still be classified; it is shown with †."
        ),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    is_tied = models.BooleanField(
        _("tied"), default=False, help_text=_("Another car has the same position.")
    )
    class_position = models.PositiveSmallIntegerField(
        _("class position"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    grid = models.PositiveSmallIntegerField(
        _("grid"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    laps = models.PositiveSmallIntegerField(_("laps"), null=True, blank=True)
    time_ms = models.PositiveIntegerField(_("time"), null=True, blank=True)
    gap = models.CharField(
        _("gap"),
        max_length=20,
        blank=True,
        help_text=_("As printed: +5.515 or +1 lap."),
    )
    best_lap_ms = models.PositiveIntegerField(_("best lap"), null=True, blank=True)
    points = models.DecimalField(
        _("points"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    pole = models.CharField(_("pole position"), max_length=8, choices=BEST, blank=True)
    fastest_lap = models.CharField(
        _("fastest lap"), max_length=8, choices=BEST, blank=True
    )
    note_sv = models.TextField(_("note in Swedish"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)

    objects = ResultQuerySet.as_manager()

    note = Translated()

    class Meta:
        ordering = ["session", F("position").asc(nulls_last=True), "pk"]
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "entry"],
                name="an_entry_has_one_result_a_session",
                violation_error_message=_("This car has a result in the session."),
            ),
            models.CheckConstraint(
                name="only_classified_cars_have_a_position",
                condition=Q(is_classified=True) | Q(position=None, class_position=None),
                violation_error_message=_(
                    "Only a classified car has a position. Mark it as classified "
                    "or clear the position."
                ),
            ),
            models.CheckConstraint(
                name="the_status_agrees_with_being_classified",
                condition=Q(status=CLASSIFIED, is_classified=True)
                | Q(status=RETIRED)
                | ~Q(status__in=[CLASSIFIED, RETIRED]) & Q(is_classified=False),
                violation_error_message=_(
                    "The status and the mark “classified” do not agree."
                ),
            ),
            models.CheckConstraint(
                name="a_class_position_is_no_worse_than_the_overall_one",
                condition=Q(position=None)
                | Q(class_position=None)
                | Q(class_position__lte=F("position")),
                violation_error_message=_(
                    "The position in class cannot be worse than the overall one."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.entry}, {self.session}"

    def clean(self):
        if not self.entry_id or not self.session_id:
            return  # the form refuses what is missing
        if self.entry.event_id != self.session.event_id:
            raise ValidationError(
                {"entry": _("This car is entered for another weekend.")}
            )

    @property
    def credited_drivers(self):
        """Who the result counts for: those it names, else the whole crew."""
        named = [credit.driver for credit in self.credits.all()]
        return named or self.entry.crew_drivers

    @property
    def was_running(self):
        """False for a classified car that had stopped before the flag (†)."""
        return self.status != RETIRED


class ResultDriver(Record):
    """A driver credited with a result."""

    result = models.ForeignKey(
        Result, models.CASCADE, verbose_name=_("result"), related_name="credits"
    )
    driver = models.ForeignKey(
        Driver, models.PROTECT, verbose_name=_("driver"), related_name="credits"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        ordering = ["result", "order", "pk"]
        verbose_name = _("credited driver")
        verbose_name_plural = _("credited drivers")
        constraints = [
            models.UniqueConstraint(
                fields=["result", "driver"],
                name="a_driver_is_credited_once_with_a_result",
                violation_error_message=_("This driver is credited already."),
            ),
        ]

    def __str__(self):
        return str(self.driver)


class Amendment(models.Model):
    """A decision that changed results which were official."""

    session = models.ForeignKey(
        Session, models.PROTECT, verbose_name=_("session"), related_name="amendments"
    )
    decided_on = models.DateField(_("decided on"), validators=[validate_has_come])
    body = models.CharField(
        _("decided by"),
        max_length=150,
        help_text=_("The stewards or the court that took the decision."),
    )
    reason_sv = models.TextField(_("reason in Swedish"))
    reason_en = models.TextField(_("reason in English"), blank=True)
    source_url = models.URLField(_("address of the decision"), blank=True)

    history = HistoricalRecords()

    reason = Translated()

    class Meta:
        ordering = ["session", "decided_on", "pk"]
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")

    def __str__(self):
        return f"{self.session}, {self.decided_on}"


class ResultChange(models.Model):
    """One field of one result that an amendment changed."""

    amendment = models.ForeignKey(
        Amendment, models.CASCADE, verbose_name=_("amendment"), related_name="changes"
    )
    result = models.ForeignKey(
        Result, models.PROTECT, verbose_name=_("result"), related_name="changes"
    )
    field = models.CharField(_("field"), max_length=30)
    old = models.CharField(_("before"), max_length=250, blank=True)
    new = models.CharField(_("after"), max_length=250, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["amendment", "result", "field"]
        verbose_name = _("changed result")
        verbose_name_plural = _("changed results")
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "result", "field"],
                name="an_amendment_changes_a_field_once",
            ),
        ]

    def __str__(self):
        return f"{self.result}: {self.field}"
