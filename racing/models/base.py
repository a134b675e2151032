"""What all models share: the user, a fact with its source and history."""

from datetime import timedelta

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, router
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from racing import clock

EARLIEST_ZONE = timedelta(hours=14)  # where a day begins first, ahead of UTC
FIRST_RACING_YEAR = 1894
LAST_RACING_YEAR = 2200
YEAR_VALIDATORS = [
    MinValueValidator(FIRST_RACING_YEAR),
    MaxValueValidator(LAST_RACING_YEAR),
]

validate_slug_has_a_letter = RegexValidator(
    r"[a-z]", _("The address needs at least one letter: digits alone mean a year.")
)


def validate_has_come(day):
    """Refuse a day that has begun nowhere on earth, by the machine's own clock."""
    if day > (clock.machine_now() + EARLIEST_ZONE).date():
        raise ValidationError(_("This day has not come yet."))


class User(AbstractUser):
    """Whoever logs in: our own from day one, so that it can grow."""


class Record(models.Model):
    """A fact with its source and with the history of who changed it when."""

    is_draft = False  # whether editors alone see it
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

    def validate_constraints(self, exclude=None):
        """As Django does, each sentence at the last filled-in field it speaks of."""
        errors = {}
        using = router.db_for_write(type(self), instance=self)
        for model, constraints in self.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(model, self, exclude=exclude, using=using)
                except ValidationError as error:
                    place = self._last_field_of(constraint, exclude or ())
                    errors.setdefault(place, []).extend(error.error_list)
        if errors:
            raise ValidationError(errors)

    def _last_field_of(self, constraint, exclude):
        names = set(getattr(constraint, "fields", ()))
        if isinstance(constraint, models.CheckConstraint):
            names = constraint.condition.referenced_base_fields
        fields = [field.name for field in self._meta.fields if field.name in names]
        asked = [name for name in fields if name not in exclude]
        filled = [name for name in asked if getattr(self, name) not in (None, "")]
        return [NON_FIELD_ERRORS, *asked, *filled][-1]
