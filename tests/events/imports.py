"""What tests of the import of careers ask with."""

import csv
from io import StringIO

from events.imports.career.importing import import_tables
from events.imports.career.rows import RefusedError
from events.imports.career.site import Options
from racing.tables.reading import read_text

# A result that makes everything it names.
RESULT = {
    "series": "TCR Cup",
    "year": "2018",
    "event": "Croft",
    "circuit": "Croft Circuit",
    "country": "GB",
    "time_zone": "Europe/London",
    "first_day": "2018-09-08",
    "last_day": "2018-09-09",
    "session": "Race 1",
    "number": "19",
    "drivers": "Anna Berg",
    "position": "1",
}
SEASON = {"series": "TCR Cup", "year": "2018", "driver": "Anna Berg"}


def table(*rows):
    """Rows as a table, each under the headings of all of them."""
    out = StringIO()
    columns = list(dict.fromkeys(column for row in rows for column in row))
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return read_text(out.getvalue())


def imported(*rows, is_dry_run=False, **options):
    """Import rows as one file; the report of it."""
    tables = [("results.csv", table(*rows))]
    return import_tables(
        tables, Options(reason="a test", **options), is_dry_run=is_dry_run
    )


def made(report):
    """How many of what an import made, by the names of the models."""
    return {model.__name__: count for model, count in (+report.created).items()}


def refusal(*rows, **options):
    """What an import of rows is refused with, a sentence a line."""
    try:
        imported(*rows, **options)
    except RefusedError as error:
        return str(error).splitlines()
    raise AssertionError("The import was not refused.")
