"""The calendar of 500 sessions: what it costs whole, and where nothing has changed.

The bound for the whole is 150 ms of the processor and 6 queries, for what has not
changed 2 queries. The weekends are as many and as full as asked; the second site has
all its sessions in weekends of their own, which costs most.
"""

import time
from datetime import UTC, datetime, timedelta

from tests.bench.sites import queries, say, set_up

SESSIONS = 500
BOUND = 0.150  # seconds of the processor
TIMES = 10
PATH = "/sv/calendar.ics"


def main():
    set_up()
    from django.db import transaction  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    client = Client()
    say(
        f"{'sessions':>20} {'queries':>9} {'304':>5} {'kB':>6} {'CPU':>9}   of the bound"
    )
    for weekends in (1, 100, 500):
        with transaction.atomic():
            make_weekends(weekends, SESSIONS // weekends)
            measure(client, weekends)
            transaction.set_rollback(True)


def measure(client, weekends):
    reply = client.get(PATH)
    assert reply.content.count(b"BEGIN:VEVENT") == SESSIONS
    kept = {"if-none-match": reply.headers["ETag"]}
    whole = queries(lambda: client.get(PATH))
    unchanged = queries(lambda: client.get(PATH, headers=kept))
    took = cpu(lambda: client.get(PATH))
    say(
        f"{SESSIONS} in {weekends:3} weekends {whole:9} {unchanged:5} "
        f"{len(reply.content) / 1000:6.0f} {1000 * took:6.0f} ms {took / BOUND:8.2f}"
    )


def cpu(do):
    """The least time of the processor that something took of several, in seconds."""
    least = float("inf")
    for _turn in range(TIMES):
        start = time.process_time()
        do()
        least = min(least, time.process_time() - start)
    return least


def make_weekends(weekends, sessions):
    """Weekends of as many sessions, each with two cars of ours and three links."""
    from tests import factories as make  # noqa: PLC0415

    season, circuit = make.make_season(), make.make_circuit(place="Hockenheim")
    car = make.make_car()
    drivers = [make.make_driver(slug=f"driver-{number}") for number in range(8)]
    for number in range(weekends):
        day = datetime(2022, 1, 1, 9, tzinfo=UTC) + timedelta(days=number)
        event = make.make_event(
            season=season,
            circuit=circuit,
            slug=f"weekend-{number}",
            first_day=day.date(),
            last_day=day.date() + timedelta(days=2),
        )
        make.make_entry(event=event, number="1", car=car, drivers=drivers[:4])
        make.make_entry(event=event, number="2", car=car, drivers=drivers[4:])
        for kind in ("stream", "tv", "live_timing"):
            make.make_event_link(
                event=event,
                kind=kind,
                url=f"https://example.com/{kind}",
                label_sv="24H Series på YouTube",
                language="en",
            )
        for part in range(sessions):
            make.make_session(
                event=event,
                name_sv=f"Tidskval {part}",
                start=day + timedelta(minutes=part),
                length_minutes=45,
                note_sv="Avgör startordningen",
            )


if __name__ == "__main__":
    main()
