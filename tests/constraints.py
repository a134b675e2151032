"""How tests ask whether a row is refused: by the database, and in words."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction


def assert_database_refuses(row, constraint):
    """Saving the row breaks that constraint, whatever the forms would have said."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        row.save()
    # SQLite names the columns of a unique constraint, PostgreSQL the constraint.
    assert constraint in str(refusal.value) or "UNIQUE" in str(refusal.value)


def sentences(row):
    """What `full_clean` says about the row, a list; empty when it says nothing."""
    try:
        row.full_clean()
    except ValidationError as error:
        return error.messages
    return []


def constraint_names(app_label):
    """Names of the constraints of an app's own models, without their histories."""
    return {
        constraint.name
        for model in apps.get_app_config(app_label).get_models()
        for constraint in model._meta.constraints
    }
