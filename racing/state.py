"""Which state the facts of the site are in: whoever keeps a copy asks whether it holds.

Every change of a fact adds to a history, also what is written in bulk. How many
entries the histories have, and when the last was written, tells one state from
another, in one query and without a second truth that could be forgotten. Keys alone
would not do: a transaction may end after one that began later.

Lists of keys, such as the photos of a page, have no history: what shows those needs
another way.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from functools import cache, wraps
from pathlib import Path
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language

from racing import clock, spoilers
from racing.models import Record

CODE = ("*.py", "*.html", "*.mo", "*.typ", "*.xml")
ONE_SECOND = timedelta(seconds=1)


class State(NamedTuple):
    """The number of changes by kind of fact, and the moment of the last one (UTC)."""

    counts: tuple[int, ...]
    changed_at: datetime | None


def of_facts() -> State:
    """The present state of all facts: one query."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            _question(connection.vendor),
            [connection.ops.adapt_datetimefield_value(now)] * len(_held_back()),
        )
        rows = sorted(cursor.fetchall())
    moments = [_moment(last) for _number, _count, last in rows if last]
    return State(tuple(row[1] for row in rows), max(moments, default=None))


@cache
def _question(_vendor):
    """One SELECT a history; the ORM would take longer than the database."""
    quote = connection.ops.quote_name
    histories, held_back = _histories(), _held_back()
    # Nothing but names of our own tables goes into the text.
    changed = [
        f"SELECT {number}, COUNT(*), MAX(history_date) FROM {quote(table)}"  # noqa: S608
        for number, table in enumerate(histories)
    ]
    come = [
        f"SELECT {number}, COUNT(*), MAX(public_from) FROM {quote(table)} "  # noqa: S608
        "WHERE public_from <= %s"
        for number, table in enumerate(held_back, start=len(histories))
    ]
    return " UNION ALL ".join([*changed, *come])


def _histories():
    """The tables of all histories but those of drafts, which nobody may notice."""
    models = (model for model in apps.get_models() if issubclass(model, Record))
    return sorted(
        model.history.model._meta.db_table for model in models if not model.is_draft
    )


@cache
def _held_back():
    """The tables of what is shown from a moment on: that it has come is a change too."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, Record)
        and any(field.name == "public_from" for field in model._meta.fields)
    )


def _moment(last):
    """SQLite keeps moments as text, in UTC and without saying so."""
    if isinstance(last, str):
        last = datetime.fromisoformat(last)
    return last if last.tzinfo else last.replace(tzinfo=UTC)


@cache
def of_code() -> str:
    """What tells one version of the site's code from another, read once a process."""
    digest = hashlib.sha256()
    for app in ("racing", "drivers", "events", "press", "templates"):
        for pattern in CODE:
            for path in sorted(Path(settings.BASE_DIR, app).rglob(pattern)):
                digest.update(path.read_bytes())
    return digest.hexdigest()


def unless_unchanged(*also):
    """Answer 304 from the state of the facts, without making the response.

    For views that show nothing but facts and depend on nothing else than the address,
    the language and what the functions `also` return for a request. One query; the
    response says from when its facts are. It is the same for who hides results.
    """

    def decorate(view):
        @wraps(view)
        def answer(request, *args, **kwargs):
            facts = of_facts()
            parts = [request.get_full_path(), get_language()]
            parts += [tell(request) for tell in also]
            tag = _etag(facts, parts)
            changed = _last_modified(facts)
            response = get_conditional_response(
                request, etag=tag, last_modified=changed
            )
            if response is None:
                with spoilers.hiding(hides=False):
                    response = view(request, *args, **kwargs)
            if response.status_code in (200, 304):
                response.headers["ETag"] = tag
                if changed:
                    response.headers["Last-Modified"] = http_date(changed)
            return response

        return answer

    return decorate


def _last_modified(facts):
    """Whole seconds since 1970, or None where nothing is known or told.

    The header knows no parts of a second: one that is not over may bring another
    change, which who was told of this second would never hear of.
    """
    changed = facts.changed_at
    if changed is None or clock.machine_now() - changed < ONE_SECOND:
        return None
    return int(changed.timestamp())


def _etag(facts, parts):
    # With the moment: a database that was restored may count as many changes again.
    text = repr((facts, of_code(), settings.SITE_URL, parts))
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
