"""When the texts of biographies last changed, from their history."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Model, Q, Window
from django.db.models.functions import Lag
from simple_history.utils import get_history_manager_for_model


def texts_changed(biographies: Iterable[Model]) -> dict[Model, dt.datetime]:
    """When the text of each last changed, by the machine's time; new is changed too.

    One query for every model among them. What has no history is left out.
    """
    by_model = defaultdict(dict)
    for biography in biographies:
        by_model[type(biography)][biography.pk] = biography
    found = {}
    for model, asked in by_model.items():
        for key, changed_at in _changes(model, asked):
            found[asked[key]] = changed_at
    return found


def _changes(model, keys):
    """(key, moment) of every row of a history with another text than the one before."""
    past = get_history_manager_for_model(model).model
    name = model._meta.pk.name
    before = Window(
        Lag("text"), partition_by=F(name), order_by=["history_date", "history_id"]
    )
    return (
        past.objects.filter(**{f"{name}__in": keys})
        .exclude(history_type="-")
        .annotate(before=before)
        .filter(Q(before=None) | ~Q(before=F("text")))
        .order_by("history_date", "history_id")
        .values_list(name, "history_date")
    )
