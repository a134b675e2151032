"""The import of 30,000 results with their history, and what it costs a row."""

from tests.bench.sites import FOLDER, say, seconds, set_up

LIMIT = 10  # seconds


def main():
    set_up()
    from django.core.management import call_command  # noqa: PLC0415

    from tests.events.championship import generate  # noqa: PLC0415

    championship = generate()
    files = [str(path) for path in championship.write(FOLDER)]
    rows = len(championship.results) + len(championship.seasons)

    def import_files(*options):
        call_command("import_career", *files, "--no-progress", *options)

    dry = seconds(lambda: import_files("--dry-run"), times=2)
    first = seconds(import_files)
    again = seconds(import_files, times=2)
    say(
        f"{rows} rows, {len(championship.results)} of them results",
        f"dry run   {dry:6.2f} s",
        f"import    {first:6.2f} s   {first / LIMIT:.2f} of {LIMIT} s, "
        f"{1e6 * first / rows:.0f} µs a row",
        f"again     {again:6.2f} s   {again / first:.2f} of the import",
    )


if __name__ == "__main__":
    main()
