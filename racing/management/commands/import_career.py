"""Seasons and results of a whole career or championship out of files."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, no_translations

from events.imports.career.importing import import_tables
from events.imports.career.rows import RefusedError
from events.imports.career.site import Options
from racing import progress
from racing.management import tablefiles
from racing.management.commands.demo import listed

REASON = "import_career"
MOST_FAULTS = 100  # nobody mends more of them before trying again


class Command(BaseCommand):
    help = (
        "Imports seasons and results of a whole career or championship out of CSV, TSV "
        "or XLSX files: one row a result, or a driver's season. docs/import.md tells "
        "the columns. All of it is saved or nothing; the same files again change "
        "nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", type=Path, nargs="+", help="The tables.")
        parser.add_argument(
            "--official",
            action="store_true",
            help="The results are official: from now on every change is an amendment.",
        )
        parser.add_argument(
            "--drivers-with-pages",
            action="store_true",
            help="Drivers that are new get pages, as former drivers; otherwise they "
            "are guests.",
        )
        tablefiles.add_options(parser)

    @no_translations
    def handle(self, *, files, official, dry_run, no_progress, **options):
        tables = ((str(file), self.read(file)) for file in files)
        wanted = Options(
            have_pages=options["drivers_with_pages"],
            are_official=official,
            reason=REASON,
        )
        bar = progress.bar(sys.stderr, is_wanted=not no_progress)
        try:
            report = import_tables(tables, wanted, bar, is_dry_run=dry_run)
        except RefusedError as error:
            self.refuse(error.faults)
        for verb, counts in (("Created", report.created), ("Changed", report.changed)):
            if counts.total():
                self.stdout.write(f"{verb}: {listed(+counts)}.")
        if report.left:
            self.stdout.write(f"Left as they are: {report.left} rows.")
        self.stdout.write(tablefiles.outcome(is_dry_run=dry_run))

    def refuse(self, faults):
        """Write what is wrong, and stop."""
        for fault in faults[:MOST_FAULTS]:
            self.stderr.write(str(fault))
        if more := len(faults[MOST_FAULTS:]):
            self.stderr.write(f"… and {more} more.")
        raise tablefiles.refusal(len(faults))

    def read(self, file):
        """The table in a file, with a word on what is left out of it."""
        table = tablefiles.read(file)
        for note in table.notes:
            self.stdout.write(f"{file}: {note}")
        return table
