"""Whom a journalist may call."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from racing import formats
from racing.models import Record, Team
from racing.translation import Translated

validate_phone = RegexValidator(
    r"\A\+?[0-9][0-9 ()-]{4,28}\Z",
    _("Write the number with its country code, for example +46 70 123 45 67."),
)


class ContactQuerySet(models.QuerySet):
    def published(self, at=None):
        """Contacts the public may see at a moment: all of them, so far."""
        return self.all()

    def of(self, team):
        """Those who answer for a team, in order; the home team's for none."""
        if team is None:
            return self.filter(team__is_home=True)
        return self.filter(team=team)


class Contact(Record):
    """Who answers the press for a team, and how to reach them."""

    team = models.ForeignKey(
        Team, models.CASCADE, verbose_name=_("team"), related_name="contacts"
    )
    name = models.CharField(
        _("name"), max_length=120, help_text=_("A person, or an office.")
    )
    role_sv = models.CharField(
        _("role in Swedish"),
        max_length=120,
        blank=True,
        help_text=_("Printed after the name, for example “pressansvarig”."),
    )
    role_en = models.CharField(_("role in English"), max_length=120, blank=True)
    phone = models.CharField(
        _("telephone"), max_length=30, blank=True, validators=[validate_phone]
    )
    email = models.EmailField(_("e-mail"), blank=True)
    url = models.URLField(_("address of a page"), blank=True)
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Lower numbers come first in the list.")
    )

    objects = ContactQuerySet.as_manager()

    role = Translated()

    class Meta:
        ordering = ["team", "order", "name"]
        verbose_name = _("press contact")
        verbose_name_plural = _("press contacts")
        constraints = [
            models.CheckConstraint(
                name="a_contact_can_be_reached",
                condition=~Q(phone="") | ~Q(email="") | ~Q(url=""),
                violation_error_message=_(
                    "Write a telephone number, an e-mail address or the address of a page."
                ),
            ),
            models.UniqueConstraint(
                fields=["team", "name"],
                name="a_contact_stands_once_in_a_team",
                violation_error_message=_("The team has this contact already."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def phone_url(self):
        """The number as a link: "tel:+46701234567"."""
        kept = "".join(c for c in self.phone if c.isdigit() or c == "+")
        return f"tel:{kept}"

    @property
    def page(self):
        """The address as people print it."""
        return formats.bare_url(self.url)
