"""The drivers: who they are, in facts, texts, links and milestones."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from racing import clock, formats
from racing.models import YEAR_VALIDATORS, Photo, Record, Text, validate_has_come
from racing.tokens import DRIVER_TOKENS
from racing.translation import Translated

CURRENT = "current"
FORMER = "former"
GUEST = "guest"
STATUSES = {
    CURRENT: _("current driver"),
    FORMER: _("former driver"),
    GUEST: _("guest: a co-driver without a page"),
}

# The four grades of the FIA's driver categorisation.
LICENCES = {
    "platinum": _("FIA Platinum"),
    "gold": _("FIA Gold"),
    "silver": _("FIA Silver"),
    "bronze": _("FIA Bronze"),
}

LINK_KINDS = {
    "website": _("website"),
    "newsroom": _("newsroom"),
    "photos": _("press photos"),
    "results": _("results"),
    "instagram": "Instagram",
    "facebook": "Facebook",
    "youtube": "YouTube",
    "linkedin": "LinkedIn",
    "other": _("other"),
}

MILESTONE_KINDS = {
    "debut": _("debut"),
    "first": _("a first"),
    "title": _("title"),
    "win": _("win"),
    "award": _("award"),
    "other": _("other"),
}


def announced(at=None, driver=""):
    """A condition on rows that lead to drivers: those who may be named at a moment.

    Guests are among them: they are named in crews.
    """
    at = at or clock.now()
    return Q(**{f"{driver}public_from": None}) | Q(**{f"{driver}public_from__lte": at})


def with_page(at=None, driver=""):
    """A condition on such rows: those of drivers who have a page by then."""
    return announced(at, driver) & ~Q(**{f"{driver}status": GUEST})


class DriverQuerySet(models.QuerySet):
    def published(self, at=None):
        """Drivers with a page the public may see at a moment."""
        return self.filter(with_page(at))

    def with_portrait(self):
        """With the portrait and whether the public may see it, in the same query."""
        portrait = Photo.objects.publishable().filter(pk=OuterRef("portrait"))
        return self.select_related("portrait").annotate(
            portrait_is_public=Exists(portrait)
        )

    def in_order(self):
        """A list in the team's own order, then by surname in Swedish order.

        Sorted here and not by the database: collations differ between
        databases, and å ä ö come last in Swedish.
        """
        return sorted(self, key=Driver.sort_key)


class Driver(Record):
    first_name = models.CharField(_("first name"), max_length=60)
    last_name = models.CharField(_("surname"), max_length=60)
    full_name = models.CharField(
        _("full name"),
        max_length=150,
        blank=True,
        help_text=_("As in the passport, if it is longer than the names above."),
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=STATUSES,
        default=CURRENT,
        help_text=_("Guests are named in crews but have no page of their own."),
    )
    public_from = models.DateTimeField(
        _("public from"),
        null=True,
        blank=True,
        help_text=_(
            "For a driver who is to be announced: until then the name, the page and "
            "the photos are shown nowhere. Empty: public at once."
        ),
    )
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Lower numbers come first in the list.")
    )
    nationality = CountryField(_("nationality"), blank=True)
    birth_date = models.DateField(
        _("born"), null=True, blank=True, validators=[validate_has_come]
    )
    birth_place = models.CharField(_("place of birth"), max_length=120, blank=True)
    home_town = models.CharField(_("home town"), max_length=120, blank=True)
    licence = models.CharField(
        _("licence grade"), max_length=10, choices=LICENCES, blank=True
    )
    club = models.CharField(_("club"), max_length=120, blank=True)
    portrait = models.ForeignKey(
        Photo,
        models.SET_NULL,
        verbose_name=_("portrait"),
        related_name="portrait_of",
        null=True,
        blank=True,
        help_text=_("Without one the page shows a drawn panel with number and name."),
    )
    photos = models.ManyToManyField(
        Photo, verbose_name=_("photos"), related_name="drivers", blank=True
    )

    objects = DriverQuerySet.as_manager()

    class Meta:
        ordering = ["last_name", "first_name"]
        verbose_name = _("driver")
        verbose_name_plural = _("drivers")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("driver_detail", args=[self.slug])

    @property
    def name(self):
        """The name as it is known: "Andreas Bäckman"."""
        return f"{self.first_name} {self.last_name}"

    @property
    def has_page(self):
        """Whether the driver's name leads to a page."""
        return self.status != GUEST and self.is_announced

    @property
    def is_announced(self):
        """`announced` for a row in hand."""
        return self.public_from is None or self.public_from <= clock.now()

    @property
    def public_portrait(self):
        """The portrait while the public may see it, else None; needs `with_portrait`."""
        return self.portrait if self.portrait_is_public else None

    def age(self, on):
        """Whole years on a date, or None where the birth date is not known."""
        born = self.birth_date
        if born is None or born > on:
            return None
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    def sort_key(self):
        """Key of the team's own order, then surname and first name in Swedish order."""
        return (
            self.order,
            formats.sort_key(self.last_name),
            formats.sort_key(self.first_name),
        )


class Biography(Text):
    known_tokens = DRIVER_TOKENS

    driver = models.ForeignKey(
        Driver, models.CASCADE, verbose_name=_("driver"), related_name="biographies"
    )

    class Meta:
        ordering = ["driver", "language", "length"]
        verbose_name = _("biography")
        verbose_name_plural = _("biographies")
        constraints = [
            models.UniqueConstraint(
                fields=["driver", "language", "length"],
                name="a_driver_has_one_biography_a_language_and_length",
                violation_error_message=_(
                    "There is a biography of that length in that language already."
                ),
            ),
        ]

    @property
    def owner(self):
        return self.driver


class DriverLink(Record):
    driver = models.ForeignKey(
        Driver, models.CASCADE, verbose_name=_("driver"), related_name="links"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=LINK_KINDS)
    label = models.CharField(
        _("text"),
        max_length=80,
        blank=True,
        help_text=_("What the link says. Empty: the address without its https://."),
    )
    url = models.URLField(_("address"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["driver", "order", "pk"]
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint(
                fields=["driver", "url"],
                name="a_driver_has_each_link_once",
                violation_error_message=_("The driver has this link already."),
            ),
        ]

    def __str__(self):
        return self.label or formats.bare_url(self.url)


class Milestone(Record):
    driver = models.ForeignKey(
        Driver, models.CASCADE, verbose_name=_("driver"), related_name="milestones"
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=YEAR_VALIDATORS)
    date = models.DateField(
        _("date"), null=True, blank=True, help_text=_("If the day is known.")
    )
    kind = models.CharField(
        _("kind"), max_length=10, choices=MILESTONE_KINDS, default="other"
    )
    text_sv = models.CharField(_("text in Swedish"), max_length=250)
    text_en = models.CharField(_("text in English"), max_length=250, blank=True)
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("The order within the year.")
    )

    text = Translated()

    class Meta:
        ordering = [
            "driver",
            "year",
            "order",
            models.F("date").asc(nulls_last=True),
            "pk",
        ]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            models.CheckConstraint(
                name="a_milestone_is_dated_in_its_year",
                condition=Q(date=None) | Q(date__year=models.F("year")),
                violation_error_message=_("The date lies in another year."),
            ),
        ]

    def __str__(self):
        return f"{self.year}: {self.text}"
