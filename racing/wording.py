"""Texts of Django's that read badly in Swedish.

Named here they come into the project's own catalogue, which goes before Django's.
"""

from django.utils.translation import gettext_noop as _

REWORDED = [
    _("%(model_name)s with this %(field_label)s already exists."),
    _("%(model_name)s with this %(field_labels)s already exists."),
    _("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
]
