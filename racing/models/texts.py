"""What is written about drivers and teams for the press: by language and length."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from racing import tokens
from racing.models.base import Record, validate_has_come

LANGUAGES = {"sv": _("Swedish"), "en": _("English")}

LONG = 0
LENGTHS = {
    25: _("25 words"),
    60: _("60 words"),
    150: _("150 words"),
    LONG: _("long"),
}


class Text(Record):
    """A biography, whoever it is of; facts stand in it as tokens (`racing.tokens`).

    Each kind says whom it is of as its `owner`.
    """

    known_tokens: Mapping[str, tokens.Known] = {}  # those that may stand in it

    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    length = models.PositiveSmallIntegerField(_("length"), choices=LENGTHS)
    text = models.TextField(
        _("text"),
        help_text=_("Leave an empty line between paragraphs."),
    )
    reviewed_on = models.DateField(
        _("reviewed on"),
        null=True,
        blank=True,
        validators=[validate_has_come],
        help_text=_("The last day someone read it and found every fact still true."),
    )

    class Meta:
        abstract = True

    def __str__(self):
        return (
            f"{self.owner}, {self.get_language_display()}, {self.get_length_display()}"
        )

    def clean(self):
        """Refuse a token that there is not, in a sentence that names those there are."""
        super().clean()
        try:
            tokens.validate(self.text, self.known_tokens)
        except ValidationError as error:
            raise ValidationError({"text": error}) from None
