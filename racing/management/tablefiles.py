"""What the commands that import tables have in common: options, reading, words."""

from pathlib import Path

from django.core.management.base import CommandError, CommandParser

from racing.tables.reading import Table, TableError, read_file


def add_options(parser: CommandParser):
    """The options of every import."""
    parser.add_argument(
        "--dry-run", action="store_true", help="Say what would happen, save nothing."
    )
    parser.add_argument(
        "--no-progress", action="store_true", help="Show no bar on a terminal."
    )


def read(file: Path) -> Table:
    """The table in a file. Raises CommandError with the reason why it is none."""
    try:
        with file.open("rb") as opened:
            return read_file(file.name, opened)
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}.") from error
    except TableError as error:
        raise CommandError(f"{file}: {error} Nothing is saved.") from error


def refusal(faults: int) -> CommandError:
    """``3 problems. Nothing is saved.``"""
    count = "1 problem" if faults == 1 else f"{faults} problems"
    return CommandError(f"{count}. Nothing is saved.")


def outcome(*, is_dry_run: bool) -> str:
    """The last word of an import."""
    return "Nothing is saved: a dry run." if is_dry_run else "Saved."
