"""What a press officer may do: everything about the team, nothing about accounts."""

from django.apps import apps as global_apps
from django.contrib.auth.management import create_permissions
from django.db import DEFAULT_DB_ALIAS
from simple_history.models import HistoricalChanges

from racing.models import User

PRESS_OFFICERS = "Press officers"
APPS = ("racing", "drivers", "events", "press")


def press_officers(using=DEFAULT_DB_ALIAS, apps=global_apps):
    """The group of press officers with exactly the permissions of their work.

    Makes it where it is missing and sets it right where it is not; returns it, or
    None where the tables of accounts are not there (yet).
    """
    try:
        group_model = apps.get_model("auth", "Group")
        permission_model = apps.get_model("auth", "Permission")
    except LookupError:
        return None
    group, _created = group_model.objects.using(using).get_or_create(
        name=PRESS_OFFICERS
    )
    permissions = permission_model.objects.using(using)
    wanted = permissions.none()
    for label in APPS:
        wanted |= permissions.filter(
            content_type__app_label=label,
            content_type__model__in=[model._meta.model_name for model in edited(label)],
            codename__regex=r"^(add|change|delete|view)_",
        )
    group.permissions.set(wanted)
    return group


def edited(label):
    """The models of an app that press officers edit: all but accounts and history."""
    return [
        model
        for model in global_apps.get_app_config(label).get_models()
        if model is not User and not issubclass(model, HistoricalChanges)
    ]


def after_migrate(*, using, apps=global_apps, **kwargs):
    """Set the group right after every migration, which may have added models."""
    for label in APPS:
        config = global_apps.get_app_config(label)
        create_permissions(config, verbosity=0, using=using, apps=apps)
    press_officers(using, apps)
