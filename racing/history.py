"""Rows written in bulk, with their history.

`bulk_create` and `bulk_update` record nothing by themselves. What simple_history
offers for them builds every row of history in Python and sends it to the database
field by field, which takes longer than writing the rows. Here the database copies
what it has just written.
"""

from collections.abc import Iterable, Sequence

from django.db import connections, router, transaction
from django.db.models import Model
from django.utils import timezone
from simple_history.utils import get_history_manager_for_model

BATCH = 500  # below what any database takes as parameters of one query
CREATED, CHANGED, DELETED = "+", "~", "-"
# Values that SQLite takes as they are.
_PLAIN = (int, str, bool, type(None))


def create(objects: Sequence[Model], reason: str | None = None):
    """Insert objects of one model, each with the first row of its history.

    They get their keys, in the order in which they come.
    """
    if objects:
        model = type(objects[0])
        with _all_or_nothing(model):
            _insert(model, objects)
            record(objects, CREATED, reason)


def update(objects: Sequence[Model], fields: Iterable[str], reason: str | None = None):
    """Write fields of objects of one model, each with a row of its history."""
    if objects:
        model = type(objects[0])
        with _all_or_nothing(model):
            _update(
                model, objects, [model._meta.get_field(it) for it in sorted(fields)]
            )
            record(objects, CHANGED, reason)


def delete(objects: Sequence[Model], reason: str | None = None):
    """Delete objects of one model that nothing depends on, with a last row of history."""
    if objects:
        model = type(objects[0])
        with _all_or_nothing(model):
            record(objects, DELETED, reason)
            for batch in batches([item.pk for item in objects]):
                # Without signals, at which each would be recorded once more.
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
        "history_date": timezone.now(),
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


def _insert(model, objects):
    """Insert new rows; SQLite, which has one writer at a time, gives keys in a row.

    There `bulk_create` makes a text of its own out of every few rows and goes through
    every value's place in it; that is most of what it takes.
    """
    connection = connections[router.db_for_write(model)]
    if connection.vendor != "sqlite":
        model._base_manager.bulk_create(objects, batch_size=BATCH)
        return
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    columns = [quote(field.column) for field in fields]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} "  # noqa: S608 (see above)
            f"({', '.join(columns)}) VALUES ({_places(columns)})",
            [_values(item, fields, connection, add=True) for item in objects],
        )
        cursor.execute("SELECT last_insert_rowid()")
        (last,) = cursor.fetchone()
    for key, item in enumerate(objects, last - len(objects) + 1):
        item.pk = key
        item._state.adding, item._state.db = False, connection.alias


def _update(model, objects, fields):
    """Write some fields of rows, one query for all rows and not one text for each few."""
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(model._meta.db_table)} SET {columns} "  # noqa: S608
            f"WHERE {quote(model._meta.pk.column)} = %s",
            [
                [*_values(item, fields, connection, add=False), item.pk]
                for item in objects
            ],
        )


def _values(item, fields, connection, *, add):
    """What columns of a row hold; rows it refers to have their keys by now."""
    values = []
    for field in fields:
        if field.is_relation and getattr(item, field.attname) is None:
            _take_key(item, field)
        value = field.pre_save(item, add)
        if type(value) not in _PLAIN:
            value = field.get_db_prep_save(value, connection)
        values.append(value)
    return values


def _take_key(item, field):
    """Let a row refer to one that had no key yet when they met."""
    owner = field.get_cached_value(item, default=None)
    if owner is not None:
        setattr(item, field.attname, owner.pk)


def _places(values):
    return ", ".join(["%s"] * len(values))
