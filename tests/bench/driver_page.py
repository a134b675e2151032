"""The page of a driver with 350 races, against the one of the demonstration's."""

from tests.bench.sites import FOLDER, queries, say, seconds, set_up

RACES = 350
GOAL = 1.5
TIMES = 20


def main():
    set_up()
    from django.core.management import call_command  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from drivers.models import Driver  # noqa: PLC0415
    from events.career import careers  # noqa: PLC0415
    from tests.events.championship import generate  # noqa: PLC0415

    call_command("demo", "archive", verbosity=0, stdout=(FOLDER / "out").open("w"))
    files = [str(path) for path in generate().write(FOLDER)]
    call_command("import_career", *files, "--drivers-with-pages", "--no-progress")

    def races(career):
        return len(career.races)

    found = careers(Driver.objects.all()).values()
    long = min((it for it in found if races(it) >= RACES), key=races)
    (demo,) = (it for it in found if it.driver.slug == "andreas-backman")
    client, took = Client(), {}
    for career in (demo, long):
        path = f"/sv/drivers/{career.driver.slug}/"
        size = len(client.get(path).content)
        asked = queries(lambda path=path: client.get(path))
        took[career.driver] = seconds(lambda path=path: client.get(path), times=TIMES)
        say(
            f"{career.driver.name}: {races(career)} races, {asked} queries, "
            f"{size / 1000:.0f} kB, {1000 * took[career.driver]:.1f} ms"
        )
    ratio = took[long.driver] / took[demo.driver]
    say(f"ratio {ratio:.2f}, the goal is {GOAL} at most")


if __name__ == "__main__":
    main()
