"""Results out of a file, as the page “Paste results” of the admin takes them."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db import transaction

from events.admin.pasting import entered_in_words, moves
from events.imports import results
from events.imports.results import CHANGED, CREATED, LEFT, LEFT_OUT, Reading
from events.imports.sessions import drafts, names_sessions
from events.models import BEST, OFFICIAL, OVERALL, PROVISIONAL
from racing import history, progress
from racing.management import tablefiles
from racing.tables.columns import Fault

REASON = "import_results"
OUTCOMES = {
    CREATED: "created",
    CHANGED: "changed",
    LEFT: "left as they are",
    LEFT_OUT: "left out",
}


class Command(BaseCommand):
    help = (
        "Imports the results of a session, or of many, out of a CSV, TSV or XLSX file. "
        "With columns “event” and “session” the file says itself of which sessions it "
        "is. All of it is saved or nothing; the same file again changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="The table.")
        parser.add_argument(
            "--event", default="", help="The address of the weekend, as in its page's."
        )
        parser.add_argument(
            "--session", default="", help="The name of the session in either language."
        )
        parser.add_argument(
            "--positions",
            choices=list(BEST),
            default=OVERALL,
            help="What the positions count; overall unless you say otherwise.",
        )
        parser.add_argument("--source", default="", help="Where the table is from.")
        parser.add_argument(
            "--enter-cars",
            action="store_true",
            help="Also enter the cars that are not on the site yet, with their crews.",
        )
        parser.add_argument(
            "--official",
            action="store_true",
            help="The results are official; otherwise new ones are provisional.",
        )
        parser.add_argument(
            "--confirm",
            action="store_true",
            help="What only needs confirming is right, such as a driver who is not in "
            "the crew.",
        )
        tablefiles.add_options(parser)

    @no_translations
    def handle(self, *, file, dry_run, official, confirm, no_progress, **options):
        table = tablefiles.read(file)
        self.refuse_options(table, options)
        bar = progress.bar(sys.stderr, is_wanted=not no_progress)
        with transaction.atomic():
            found = drafts(
                table,
                Reading(
                    (),
                    options["positions"],
                    enters_cars=options["enter_cars"],
                    source=options["source"],
                ),
                event=options["event"],
                session=options["session"],
                progress=bar,
            )
            self.refuse(file, found, confirm=confirm)
            for draft in found.drafts:
                self.tell(draft, is_detailed=options["verbosity"] > 1)
            for sentence in entered_in_words(found.drafts):
                self.stdout.write(sentence)
            if not dry_run:
                save(found.drafts, official=official)
        self.stdout.write(tablefiles.outcome(is_dry_run=dry_run))

    def refuse_options(self, table, options):
        is_given = bool(options["event"] or options["session"])
        if names_sessions(table):
            if is_given:
                raise CommandError(
                    "The file names its sessions itself: leave out --event and --session."
                )
        elif not (options["event"] and options["session"]):
            raise CommandError(
                "Say of which session this is: --event SLUG --session NAME, or columns "
                "“event” and “session” in the file."
            )

    def refuse(self, file, found, *, confirm):
        """Write every fault and stop, where there is one."""
        faults = list(dict.fromkeys([*found.refusals, *rulings(found.drafts)]))
        doubts = [] if confirm else found.warnings
        for fault in [*faults, *doubts]:
            place = f"{file}, {fault.place[:1].lower()}{fault.place[1:]}".rstrip(", ")
            self.stderr.write(f"{place}: {fault.sentence}")
        if faults:
            raise tablefiles.refusal(len(faults))
        if doubts:
            raise CommandError(
                "Nothing is saved. If all of this is right, say so with --confirm."
            )

    def tell(self, draft, *, is_detailed):
        """What happens to one session: how many cars, and each that changes."""
        counts = ", ".join(
            f"{len(draft.having(outcome))} {words}"
            for outcome, words in OUTCOMES.items()
        )
        session = draft.session
        self.stdout.write(f"{session.event.slug}, {session.name}: {counts}.")
        for row in draft.rows:
            if row.outcome in (CREATED, CHANGED):
                told = "; ".join(
                    f"{move.name} {move.old} → {move.new}"
                    if move.old
                    else f"{move.name} {move.new}"
                    for move in moves(row)
                )
                self.stdout.write(
                    f"  Line {row.line}, {row.match.entry} {row.outcome}: {told}"
                )
            elif is_detailed:
                why = row.match.left_out or f"{row.match.entry} is left as it is."
                self.stdout.write(f"  Line {row.line}: {why}")


def rulings(drafts):
    """A fault for each session whose official results would change."""
    for draft in drafts:
        if draft.needs_amendment:
            sentence = (
                f"The results of {draft.session} are official. Paste the table in the "
                "admin, which asks for the decision behind the change."
            )
            yield Fault(sentence, draft.having(CHANGED)[0].line)


def save(drafts, *, official):
    """Write the drafts, and what their results are from now on."""
    results.save_all(drafts, REASON)
    moved = []
    for draft in drafts:
        state = OFFICIAL if official else draft.session.classification or PROVISIONAL
        if not draft.session.is_official and state != draft.session.classification:
            draft.session.classification = state
            moved.append(draft.session)
    history.update(moved, ["classification"], REASON)
