"""Rows written in bulk, with their history.

`bulk_create` and `bulk_update` record nothing by themselves. What simple_history
offers for them builds every row of history in Python and sends it to the database
field by field, which takes longer than writing the rows. Here the database copies
what it has just written.
"""

from collections.abc import Iterable, Sequence

from django.db import connections, router, transaction
from django.db.models import Model
from simple_history.utils import get_history_manager_for_model

from racing import clock

BATCH = 500  # below what any database takes as parameters of one query
CREATED, CHANGED, DELETED = "+", "~", "-"


def create(objects: Sequence[Model], reason: str | None = None):
    """Insert objects of one model, each with the first row of its history.

    They get their keys, in the order in which they come.
    """
    if objects:
        model = type(objects[0])
        with _all_or_nothing(model):
            model._base_manager.bulk_create(objects, batch_size=BATCH)
            record(objects, CREATED, reason)


def update(objects: Sequence[Model], fields: Iterable[str], reason: str | None = None):
    """Write fields of objects of one model, each with a row of its history."""
    if objects:
        model = type(objects[0])
        with _all_or_nothing(model):
            model._base_manager.bulk_update(objects, sorted(fields), batch_size=BATCH)
            record(objects, CHANGED, reason)


def delete(objects: Sequence[Model], reason: str | None = None):
    """Delete objects of one model that nothing depends on, with a last row of history."""
    if objects:
        model = type(objects[0])
        with _all_or_nothing(model):
            record(objects, DELETED, reason)
            for batch in batches([item.pk for item in objects]):
                # Quietly: Django would tell simple_history, which recorded them again.
                old = model._base_manager.filter(pk__in=batch)
                old._raw_delete(router.db_for_write(model))


def record(objects: Sequence[Model], kind: str, reason: str | None = None):
    """Copy objects of one model, as they stand in the database, into its history.

    `kind` is CREATED, CHANGED or DELETED. One query for every BATCH of them.
    """
    model = type(objects[0])
    past = get_history_manager_for_model(model).model
    user = past.get_default_history_user(objects[0])
    about = {
        "history_date": clock.machine_now(),
        "history_type": kind,
        "history_change_reason": reason,
        "history_user_id": user.pk if user else None,
    }
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    copied = ", ".join(quote(field.column) for field in past.tracked_fields)
    values = [
        past._meta.get_field(name).get_db_prep_save(value, connection)
        for name, value in about.items()
    ]
    with connection.cursor() as cursor:
        for batch in batches([item.pk for item in objects]):
            # Nothing but names of our own tables and columns goes into the text.
            cursor.execute(
                f"INSERT INTO {quote(past._meta.db_table)} "  # noqa: S608
                f"({copied}, {', '.join(map(quote, about))}) "
                f"SELECT {copied}, {_places(values)} "
                f"FROM {quote(model._meta.db_table)} "
                f"WHERE {quote(model._meta.pk.column)} IN ({_places(batch)}) "
                f"ORDER BY {quote(model._meta.pk.column)}",
                [*values, *batch],
            )


def analyse(models: Iterable[type[Model]]):
    """Let the database learn how many rows there are of models and their histories.

    PostgreSQL plans by it and counts by itself only a minute after much was written;
    until then every page would be slow.
    """
    for model in models:
        connection = connections[router.db_for_write(model)]
        if connection.vendor == "postgresql":
            past = get_history_manager_for_model(model).model
            tables = (model._meta.db_table, past._meta.db_table)
            with connection.cursor() as cursor:
                cursor.execute(
                    f"ANALYZE {', '.join(map(connection.ops.quote_name, tables))}"
                )


def batches(items: Sequence) -> Iterable[Sequence]:
    """The items in parts of at most BATCH."""
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))


def _all_or_nothing(model):
    return transaction.atomic(router.db_for_write(model), savepoint=False)


def _places(values):
    return ", ".join(["%s"] * len(values))
