"""What all models share: the user, a fact with its source and history."""

from django.contrib.auth.models import AbstractUser
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

FIRST_RACING_YEAR = 1894
LAST_RACING_YEAR = 2200
YEAR_VALIDATORS = [
    MinValueValidator(FIRST_RACING_YEAR),
    MaxValueValidator(LAST_RACING_YEAR),
]

validate_slug_has_a_letter = RegexValidator(
    r"[a-z]", _("The address needs at least one letter: digits alone mean a year.")
)


class User(AbstractUser):
    """Whoever logs in: our own from day one, so that it can grow."""


class Record(models.Model):
    """A fact with its source and with the history of who changed it when."""

    source = models.TextField(
        _("source"),
        blank=True,
        help_text=_(
            "Where this is known from: an address, a document, a person. "
            "Shown to editors only, unless the page says otherwise."
        ),
    )

    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True
