"""Teams, and the people who speak for them."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from racing.models.base import YEAR_VALIDATORS, Record
from racing.models.photos import Photo
from racing.models.texts import Text
from racing.tokens import TEAM_TOKENS
from racing.translation import Translated

validate_colour = RegexValidator(
    r"\A#[0-9a-fA-F]{6}\Z", _("Write the colour as # and six digits, such as #d3121b.")
)


class TeamQuerySet(models.QuerySet):
    def published(self, at=None):
        """Teams the public may see at a moment: all of them, so far."""
        return self.all()

    def home(self):
        """The team whose site this is, or None on an empty site."""
        return self.filter(is_home=True).first()


class Team(Record):
    name = models.CharField(_("name"), max_length=120, unique=True)
    short_name = models.CharField(
        _("short name"),
        max_length=40,
        blank=True,
        help_text=_("Used where space is short; for the home team in the masthead."),
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    is_home = models.BooleanField(
        _("home team"),
        default=False,
        help_text=_(
            "The team this site belongs to. Only one team can be the home team."
        ),
    )
    country = CountryField(_("country"), blank=True)
    base = models.CharField(_("base"), max_length=120, blank=True)
    founded = models.PositiveSmallIntegerField(
        _("founded"), null=True, blank=True, validators=YEAR_VALIDATORS
    )
    site_url = models.URLField(_("website"), blank=True)
    colour = models.CharField(
        _("colour"),
        max_length=7,
        blank=True,
        validators=[validate_colour],
        help_text=_(
            "The home team’s colour becomes the accent of the whole site, for example "
            "#d3121b."
        ),
    )
    boilerplate_sv = models.TextField(
        _("about the team in Swedish"),
        blank=True,
        help_text=_(
            "A few sentences. Shown on the team’s page and, for the home team, on the "
            "front page."
        ),
    )
    boilerplate_en = models.TextField(_("about the team in English"), blank=True)
    photos = models.ManyToManyField(
        Photo, verbose_name=_("photos"), related_name="teams", blank=True
    )

    objects = TeamQuerySet.as_manager()

    boilerplate = Translated()

    class Meta:
        ordering = ["name"]
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        constraints = [
            models.UniqueConstraint(
                "is_home",
                name="only_one_team_is_the_home_team",
                condition=Q(is_home=True),
                violation_error_message=_(
                    "Another team is the home team already; untick it there first."
                ),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("team_detail", args=[self.slug])


class TeamBiography(Text):
    known_tokens = TEAM_TOKENS

    team = models.ForeignKey(
        Team, models.CASCADE, verbose_name=_("team"), related_name="biographies"
    )

    class Meta:
        ordering = ["team", "language", "length"]
        verbose_name = _("team biography")
        verbose_name_plural = _("team biographies")
        constraints = [
            models.UniqueConstraint(
                fields=["team", "language", "length"],
                name="a_team_has_one_biography_a_language_and_length",
                violation_error_message=_(
                    "There is a biography of that length in that language already."
                ),
            ),
        ]

    @property
    def owner(self):
        return self.team


class Person(Record):
    """Someone who speaks for a team but does not drive."""

    name = models.CharField(_("name"), max_length=120)
    team = models.ForeignKey(
        Team, models.PROTECT, verbose_name=_("team"), related_name="people"
    )
    role_sv = models.CharField(
        _("role in Swedish"),
        max_length=120,
        blank=True,
        help_text=_("Printed after the name, for example “delägare”."),
    )
    role_en = models.CharField(_("role in English"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    role = Translated()

    class Meta:
        ordering = ["team", "order", "name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                fields=["team", "name"], name="a_person_stands_once_in_a_team"
            ),
        ]

    def __str__(self):
        return self.name
