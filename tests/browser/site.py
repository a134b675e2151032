"""The race week's demonstration on a server of its own, filled once for a module."""

import threading
from datetime import datetime

from django.core.management import call_command
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

NOW = datetime.fromisoformat("2022-05-12T12:00+02:00")
EVENT = "hankook-12h-hockenheimring-2022"


def event_path(language):
    return f"/{language}/events/{EVENT}/"


# One page of each kind, with what is known of it.
PAGES = {
    "home": "/sv/",
    "drivers": "/sv/drivers/",
    "driver": "/sv/drivers/andreas-backman/",
    "driver in English": "/en/drivers/jessica-backman/",
    "events": "/sv/events/",
    "year": "/sv/events/2019/",
    "event": event_path("sv"),
    "event with results": "/sv/events/tcr-europe-oschersleben-2019/",
    "calendar": "/sv/calendar/",
    "circuits": "/sv/circuits/",
    "circuit": "/sv/circuits/hockenheimring/",
    "cars": "/sv/cars/",
    "car": "/sv/cars/audi-rs-3-lms-tcr-2021/",
    "teams": "/sv/teams/",
    "team": "/sv/teams/lestrup-racing-team/",
    "all series": "/sv/series/",
    "series": "/sv/series/24h-series/",
    "season": "/sv/series/24h-series/2022/",
    "search": "/sv/search/?q=backman",
    "nothing found": "/sv/search/?q=zzzz",
    "nowhere": "/sv/drivers/no-such-driver/",
}


def serve(blocker, media):
    """A fixture's generator: the address of the site, which goes when it is done."""
    with (
        blocker.unblock(),
        override_settings(DEMO_NOW=NOW, MEDIA_ROOT=media, ALLOWED_HOSTS=["*"]),
    ):
        call_command("demo", "race-week", verbosity=0)
        server = LiveServer("localhost")
        yield server.url
        let_connections_end()
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


def let_connections_end():
    """Wait for the threads that hold a connection the browser has just closed.

    They share the tests' own database in memory, which a server that has
    stopped no longer lets them touch.
    """
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=5)
