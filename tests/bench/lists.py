"""Lists, search and admin lists with one season's first weekend, and with 77 seasons."""

from tests.bench.sites import FOLDER, queries, say, seconds, set_up

FEW = 60  # rows
TIMES = 3


def main():
    set_up()
    from django.core.management import call_command  # noqa: PLC0415

    from tests.adminpages import client_of  # noqa: PLC0415
    from tests.events.championship import LISTS, generate  # noqa: PLC0415
    from tests.factories import make_staff  # noqa: PLC0415

    championship = generate()
    client = client_of(make_staff())

    def measured(part):
        files = [str(path) for path in part.write(FOLDER)]
        call_command("import_career", *files, "--drivers-with-pages", "--no-progress")
        found = {}
        for path in LISTS:
            client.get(path)
            asked = queries(lambda path=path: client.get(path))
            took = seconds(lambda path=path: client.get(path), times=TIMES)
            found[path] = asked, took
        return found

    few, many = measured(championship.beginning(FEW)), measured(championship)
    say(f"{'':44} {'queries':>9} {'few':>8} {'many':>9}   ratio")
    for path, (asked, took) in few.items():
        asked_now, took_now = many[path]
        say(
            f"{path:44} {asked:3} → {asked_now:3} {1000 * took:5.0f} ms "
            f"{1000 * took_now:6.0f} ms {took_now / took:7.1f}"
        )


if __name__ == "__main__":
    main()
