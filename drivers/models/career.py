"""A driver's seasons and the standings of a championship, as published."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from drivers.models.people import Driver
from racing.models import Car, Record, Season, Team, validate_has_come
from racing.translation import Translated

COUNTED = "counted"
TYPED = "typed"
TOTALS = {
    COUNTED: _("counted from the results on the site"),
    TYPED: _("typed below, as published"),
}


class CareerResult(Record):
    """A driver's season in one series as the organiser published it.

    Empty means unknown and is never shown as 0.
    """

    driver = models.ForeignKey(
        Driver, models.PROTECT, verbose_name=_("driver"), related_name="career"
    )
    season = models.ForeignKey(
        Season, models.PROTECT, verbose_name=_("season"), related_name="career_results"
    )
    team = models.ForeignKey(
        Team,
        models.PROTECT,
        verbose_name=_("team"),
        related_name="career_results",
        null=True,
        blank=True,
    )
    car = models.ForeignKey(
        Car,
        models.PROTECT,
        verbose_name=_("car"),
        related_name="career_results",
        null=True,
        blank=True,
    )
    number = models.CharField(_("start number"), max_length=6, blank=True)
    rounds = models.CharField(
        _("rounds"),
        max_length=60,
        blank=True,
        help_text=_("Which rounds the driver took part in, for example “1–4, 6”."),
    )
    position = models.PositiveSmallIntegerField(
        _("championship position"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
    )
    points = models.DecimalField(
        _("points"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    after_round = models.PositiveSmallIntegerField(
        _("as of round"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_(
            "While the season is running: the round after which the position and "
            "points stood like this."
        ),
    )
    totals = models.CharField(
        _("totals"),
        max_length=10,
        choices=TOTALS,
        default=TYPED,
        help_text=_(
            "Counted totals follow every correction of a result. "
            "Typed ones are shown as they stand and replace the counted ones."
        ),
    )
    starts = models.PositiveSmallIntegerField(_("races"), null=True, blank=True)
    wins = models.PositiveSmallIntegerField(_("wins"), null=True, blank=True)
    class_wins = models.PositiveSmallIntegerField(
        _("class wins"),
        null=True,
        blank=True,
        help_text=_("Shown beside the wins and never added to them."),
    )
    podiums = models.PositiveSmallIntegerField(_("podiums"), null=True, blank=True)
    poles = models.PositiveSmallIntegerField(_("pole positions"), null=True, blank=True)
    fastest_laps = models.PositiveSmallIntegerField(
        _("fastest laps"), null=True, blank=True
    )
    note_sv = models.TextField(_("note in Swedish"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)

    note = Translated()

    class Meta:
        ordering = ["driver", "-season__year", "season__series"]
        verbose_name = _("season of a career")
        verbose_name_plural = _("seasons of careers")
        constraints = [
            models.UniqueConstraint(
                fields=["driver", "season"],
                name="a_driver_has_one_line_a_season",
                violation_error_message=_(
                    "This driver has a line for that season already."
                ),
            ),
            models.CheckConstraint(
                name="counted_totals_are_not_typed_too",
                condition=~Q(totals=COUNTED)
                | Q(
                    starts=None,
                    wins=None,
                    class_wins=None,
                    podiums=None,
                    poles=None,
                    fastest_laps=None,
                ),
                violation_error_message=_(
                    "Totals are either counted or typed: clear the typed ones, "
                    "or choose typed totals."
                ),
            ),
            *(
                models.CheckConstraint(
                    name=f"{few}_are_no_more_than_{many}",
                    condition=Q(**{few: None})
                    | Q(**{many: None})
                    | Q(**{f"{few}__lte": F(many)}),
                    violation_error_message=message,
                )
                for few, many, message in (
                    ("wins", "podiums", _("There are more wins than podiums.")),
                    ("podiums", "starts", _("There are more podiums than races.")),
                    ("poles", "starts", _("There are more pole positions than races.")),
                    (
                        "fastest_laps",
                        "starts",
                        _("There are more fastest laps than races."),
                    ),
                )
            ),
        ]

    def __str__(self):
        return f"{self.driver}, {self.season}"


class StandingsTableQuerySet(models.QuerySet):
    def published(self, at=None):
        """Tables the public may see at a moment: all of them, so far."""
        return self.all()

    def latest_first(self):
        """The table as it stood last before the earlier ones, a season's tables apart.

        One without a round is the final one.
        """
        return self.order_by(
            "season", "name_sv", F("after_round").desc(nulls_first=True), "-pk"
        )


class StandingsTable(Record):
    """A table of a championship as its organiser published it, after a round."""

    season = models.ForeignKey(
        Season, models.CASCADE, verbose_name=_("season"), related_name="standings"
    )
    name_sv = models.CharField(
        _("name in Swedish"),
        max_length=80,
        blank=True,
        help_text=_(
            "Empty for the drivers’ championship. Else what the table is for, such "
            "as “Team” or “Junior”."
        ),
    )
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    after_round = models.PositiveSmallIntegerField(
        _("after round"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: the final table of the season."),
    )
    published_on = models.DateField(
        _("published on"), null=True, blank=True, validators=[validate_has_come]
    )
    source_url = models.URLField(
        _("address of the table"),
        blank=True,
        help_text=_("Where the organiser published it; the page leads there."),
    )

    objects = StandingsTableQuerySet.as_manager()

    name = Translated()

    class Meta:
        ordering = ["-season__year", "season", "name_sv", "-after_round", "pk"]
        verbose_name = _("standings")
        verbose_name_plural = _("standings")
        constraints = [
            models.UniqueConstraint(
                fields=["season", "name_sv", "after_round"],
                name="a_season_has_one_table_of_a_name_after_each_round",
                violation_error_message=_(
                    "The season has this table after that round already."
                ),
            ),
            models.UniqueConstraint(
                fields=["season", "name_sv"],
                condition=Q(after_round=None),
                name="a_season_has_one_final_table_of_a_name",
                violation_error_message=_("The season has its final table already."),
            ),
        ]

    def __str__(self):
        name = f" ({self.name})" if self.name else ""
        if self.after_round is None:
            return f"{self.season}{name}"
        after = _("after round %(round)s") % {"round": self.after_round}
        return f"{self.season}{name}, {after}"

    def get_absolute_url(self):
        return f"{self.season.get_absolute_url()}#standings"


class StandingsLine(Record):
    """One line of a table: a driver of the site, or a name as printed."""

    table = models.ForeignKey(
        StandingsTable,
        models.CASCADE,
        verbose_name=_("standings"),
        related_name="lines",
    )
    position = models.PositiveSmallIntegerField(
        _("position"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    is_tied = models.BooleanField(
        _("tied"), default=False, help_text=_("Another line has the same position.")
    )
    driver = models.ForeignKey(
        Driver,
        models.PROTECT,
        verbose_name=_("driver"),
        related_name="standings",
        null=True,
        blank=True,
        help_text=_("A driver of this site; the season in the career follows."),
    )
    name = models.CharField(
        _("name"),
        max_length=120,
        blank=True,
        help_text=_("As printed, for who is not on this site."),
    )
    number = models.CharField(_("start number"), max_length=6, blank=True)
    team = models.CharField(
        _("team"), max_length=120, blank=True, help_text=_("As printed.")
    )
    points = models.DecimalField(
        _("points"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )

    class Meta:
        ordering = ["table", F("position").asc(nulls_last=True), "pk"]
        verbose_name = _("line of the standings")
        verbose_name_plural = _("lines of the standings")
        constraints = [
            models.UniqueConstraint(
                fields=["table", "driver"],
                name="a_driver_stands_once_in_a_table",
                violation_error_message=_("This driver stands in the table already."),
            ),
            models.UniqueConstraint(
                fields=["table", "position"],
                condition=Q(is_tied=False, position__isnull=False),
                name="a_place_in_the_standings_is_held_by_one_unless_tied",
                violation_error_message=_(
                    "Another line has this position. Mark both as tied, or correct one."
                ),
            ),
            models.CheckConstraint(
                name="a_line_of_the_standings_names_somebody",
                condition=Q(driver__isnull=False) | ~Q(name="") | ~Q(team=""),
                violation_error_message=_("Choose a driver or write a name."),
            ),
        ]

    def __str__(self):
        return self.shown_name

    @property
    def shown_name(self):
        """Who it is: the driver's own name, else as printed, else the team."""
        if self.driver and self.driver.is_announced:
            return self.driver.name
        return self.name or self.team
