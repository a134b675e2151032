"""What came of it: results, and the decisions that changed them."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from drivers.models import Driver
from events.models.entries import Entry, EntryDriver
from events.models.sessions import Session
from events.models.visibility import has_begun, is_recent
from events.rules import (
    NO_AGREEMENT,
    NO_POSITION,
    POSITION_TAKEN,
    WORSE_IN_CLASS,
    problems,
)
from events.statuses import CLASSIFIED, RESULT_STATUSES, RETIRED
from racing import clock, spoilers
from racing.models import Record, validate_has_come
from racing.translation import Translated

OVERALL = "overall"
IN_CLASS = "class"
BEST = {OVERALL: _("overall"), IN_CLASS: _("in class")}


# What an amendment may change: notes and sources are ours and change freely.
FACTS = (
    *("status", "is_classified", "position", "is_tied"),
    *("class_position", "is_tied_in_class", "grid", "laps", "time_ms", "gap"),
    *("best_lap_ms", "points", "pole", "fastest_lap"),
)
UNKNOWN = ("", None, False)
# A mark that is not set says something where this is known.
MARKS = {
    "is_classified": "status",
    "is_tied": "position",
    "is_tied_in_class": "class_position",
}


def is_known(value):
    """Whether a fact says something: 0 does, a mark that is not set does not."""
    return value is not False and value not in ("", None)


class ResultQuerySet(models.QuerySet):
    def published(self, at=None):
        """Results this reader may see at a moment.

        A result never shows before its session's start, and to a reader who hides
        the latest not before its session has been over for 48 hours.
        """
        at = at or clock.now()
        begun = self.begun(at)
        return begun.exclude(is_recent(at)) if spoilers.are_hidden() else begun

    def begun(self, at=None):
        """Results the public may see, those that this reader hides among them.

        Whoever asks for these shows of a session that `is_hidden` only that there is
        a result.
        """
        return self.filter(has_begun(at or clock.now()))

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
    is_tied_in_class = models.BooleanField(
        _("tied in class"),
        default=False,
        help_text=_("Another car has the same position in class."),
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
                violation_error_message=NO_POSITION,
            ),
            models.CheckConstraint(
                name="the_status_agrees_with_being_classified",
                condition=Q(status=CLASSIFIED, is_classified=True)
                | Q(status=RETIRED)
                | ~Q(status__in=[CLASSIFIED, RETIRED]) & Q(is_classified=False),
                violation_error_message=NO_AGREEMENT,
            ),
            models.CheckConstraint(
                name="a_class_position_is_no_worse_than_the_overall_one",
                condition=Q(position=None)
                | Q(class_position=None)
                | Q(class_position__lte=F("position")),
                violation_error_message=WORSE_IN_CLASS,
            ),
            models.UniqueConstraint(
                fields=["session", "position"],
                condition=Q(is_tied=False, position__isnull=False),
                name="a_position_is_held_by_one_car_unless_tied",
                violation_error_message=POSITION_TAKEN,
            ),
        ]
        # Whoever counts a career asks of every race of it whether these are known.
        indexes = [
            models.Index(
                fields=["session"], condition=Q(pole=OVERALL), name="pole_of_a_session"
            ),
            models.Index(
                fields=["session"],
                condition=Q(fastest_lap=OVERALL),
                name="fastest_lap_of_a_session",
            ),
        ]

    def __str__(self):
        return f"{self.entry}, {self.session}"

    def clean(self):
        """Refuse another weekend's car, impossible rows and a ruling without reasons."""
        if not self.entry_id or not self.session_id:
            return  # the form refuses what is missing
        if self.entry.event_id != self.session.event_id:
            raise ValidationError(
                {"entry": _("This car is entered for another weekend.")}
            )
        stored = Result.objects.filter(pk=self.pk).select_related("session").first()
        if stored and stored.session.is_official and self.rulings(stored):
            raise ValidationError(ruling_needed())
        others = self.session.results.exclude(pk=self.pk).select_related("entry")
        errors = defaultdict(list)
        for problem in problems([*others, self], at=[self]):
            errors[problem.field].append(problem.sentence)
        if errors:
            raise ValidationError(errors)

    def rulings(self, stored):
        """Names of the facts that were known and are others now.

        What was not known is only filled in.
        """
        moved = {"session_id": stored.session_id, "entry_id": stored.entry_id}
        before = moved | {fact: getattr(stored, fact) for fact in FACTS}
        return [
            name
            for name, value in before.items()
            if value != getattr(self, name)
            and (is_known(value) or is_known(getattr(stored, MARKS.get(name, name))))
        ]

    @property
    def all_credited(self):
        """Who the result counts for: those it names, else the whole crew."""
        named = [credit.driver for credit in self.credits.all()]
        return named or self.entry.whole_crew

    @property
    def credited_drivers(self):
        """Who it counts for, as far as the public may know it."""
        return [driver for driver in self.all_credited if driver.is_announced]

    @property
    def was_running(self):
        """False for a classified car that had stopped before the flag (†)."""
        return self.status != RETIRED


def ruling_needed():
    """What to say to somebody who changes official results on their own page."""
    return _(
        "These results are official. Change them on the page “Classification” of the "
        "session, which asks for the decision behind the change."
    )


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

    def clean(self):
        """Who is credited with an official result is changed by an amendment."""
        if not self.result_id or not self.driver_id:
            return  # the form refuses what is missing
        stored = ResultDriver.objects.filter(pk=self.pk).first()
        same = stored and (stored.result_id, stored.driver_id) == (
            self.result_id,
            self.driver_id,
        )
        if self.result.session.is_official and not same:
            raise ValidationError(ruling_needed())


class Amendment(Record):
    """A decision that changed results which were official.

    Those of a session stand in the order in which they were recorded: each one's
    new values are what the next one found.
    """

    session = models.ForeignKey(
        Session, models.PROTECT, verbose_name=_("session"), related_name="amendments"
    )
    decided_on = models.DateField(
        _("decided on"),
        null=True,
        blank=True,
        validators=[validate_has_come],
        help_text=_("The day of the decision. Empty where it is not known."),
    )
    is_month_only = models.BooleanField(
        _("only the month is known"),
        default=False,
        help_text=_("The page then names month and year and no day."),
    )
    body_sv = models.CharField(
        _("decided by, in Swedish"),
        max_length=150,
        blank=True,
        help_text=_(
            "The stewards or the court that took the decision. Empty where not known."
        ),
    )
    body_en = models.CharField(_("decided by, in English"), max_length=150, blank=True)
    reason_sv = models.TextField(_("reason in Swedish"))
    reason_en = models.TextField(_("reason in English"), blank=True)
    source_url = models.URLField(
        _("address of the decision"),
        blank=True,
        help_text=_("The page leads there."),
    )
    is_unresolved = models.BooleanField(
        _("not settled"),
        default=False,
        help_text=_(
            "The matter is still open, for example under appeal. The page says so "
            "while this is the last decision."
        ),
    )

    body = Translated()
    reason = Translated()

    class Meta:
        ordering = ["session", "pk"]
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        constraints = [
            models.CheckConstraint(
                name="an_amendment_names_its_source",
                condition=~Q(source="") | ~Q(source_url=""),
                violation_error_message=_(
                    "Say where the decision is known from: an address or a document."
                ),
            ),
            models.CheckConstraint(
                name="only_a_dated_amendment_is_known_to_the_month",
                condition=Q(is_month_only=False) | Q(decided_on__isnull=False),
                violation_error_message=_("Give a day of the month that is known."),
            ),
        ]

    def __str__(self):
        if self.decided_on is None:
            return str(self.session)
        return f"{self.session}, {self.decided_on}"


class ResultChange(Record):
    """One fact of one result that an amendment changed.

    `field` is one of FACTS or "drivers"; `old` and `new` are texts as
    `events.classification.as_text` writes them, empty for nothing.
    """

    amendment = models.ForeignKey(
        Amendment, models.CASCADE, verbose_name=_("amendment"), related_name="changes"
    )
    result = models.ForeignKey(
        Result, models.PROTECT, verbose_name=_("result"), related_name="changes"
    )
    field = models.CharField(_("field"), max_length=30)
    old = models.CharField(_("before"), max_length=500, blank=True)
    new = models.CharField(_("after"), max_length=500, blank=True)

    class Meta:
        ordering = ["amendment", "result", "pk"]
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
