"""A look at every calendar of a running site, with two readers that are not ours.

`python -m tests.calendars http://127.0.0.1:8000 FOLDER` fetches each calendar that the
sitemap's pages have, in both languages, with and without what can be chosen, and holds
what `icalendar` reads against what `ical.js` does; FOLDER is where npm has put it. It
says how much it saw and ends with 1 and a list where something is wrong.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from shutil import which
from urllib.parse import urlsplit
from xml.etree import ElementTree

from icalendar import Calendar

from tests.sweep import LANGUAGES, PATIENCE, SITEMAP, Reply, ask, wait_for

SCRIPT = Path(__file__).with_name("icaljs.mjs")
OWNERS = re.compile(r"/\w+/(drivers|series|events)/(?!\d{4}/)[\w-]+/")
CHOICES = ("?alarm=30", "?kinds=qualifying,race", "?kinds=race&alarm=0")
FEWEST_EVENTS = 100
HEADERS = {
    "content-type": "text/calendar; charset=utf-8",
    "cache-control": "public, no-cache",
    "x-content-type-options": "nosniff",
}


class Look:
    """The look at the calendars of a site.

    `fetch` turns a path and headers into a Reply, `read_otherwise` a list of texts into
    what another reader makes of them, in the shape of `read`. Afterwards `calendars`
    holds what was read by path, and `problems` a sentence for each thing that is wrong.
    """

    def __init__(
        self,
        fetch: Callable[..., Reply],
        read_otherwise: Callable[[list[str]], list[dict]],
    ):
        self.fetch = fetch
        self.read_otherwise = read_otherwise
        self.texts: dict[str, str] = {}
        self.calendars: dict[str, dict] = {}
        self.problems: list[str] = []

    def run(self):
        for path in addresses(self.fetch("/sitemap.xml").text):
            self.visit(path)
        others = self.read_otherwise(list(self.texts.values()))
        for (path, text), other in zip(self.texts.items(), others, strict=True):
            self.calendars[path] = read(text)
            self.compare(path, self.calendars[path], other)
        self.compare_uids()
        return self

    def report(self, where, what):
        self.problems.append(f"{where}: {what}")

    def visit(self, path):
        reply = self.fetch(path)
        if reply.status != 200:
            self.report(path, f"answers {reply.status}")
            return
        for name, expected in HEADERS.items():
            if reply.headers.get(name) != expected:
                self.report(path, f"{name} is {reply.headers.get(name)}")
        self.check_lines(path, reply.body)
        if self.fetch(path).body != reply.body:
            self.report(path, "is another the second time")
        for asked, told in (
            ("If-None-Match", "etag"),
            ("If-Modified-Since", "last-modified"),
        ):
            again = self.fetch(path, **{asked: reply.headers.get(told, "")})
            if (again.status, again.body) != (304, b""):
                self.report(path, f"answers {again.status} to {asked}")
        self.texts[path] = reply.text

    def check_lines(self, path, body):
        lines = body.split(b"\r\n")
        if lines[-1] or b"\n" in body.replace(b"\r\n", b""):
            self.report(path, "has lines that do not end in CRLF")
        if long := [line for line in lines if len(line) > 75]:
            self.report(path, f"has lines of more than 75 octets: {long[0]}")

    def compare(self, path, ours, others):
        for name in ("uid", "name", "source"):
            if ours[name] != others[name]:
                self.report(path, f"{name} is {ours[name]} and {others[name]}")
        counts = len(ours["events"]), len(others["events"])
        if counts[0] != counts[1]:
            self.report(path, f"has {counts[0]} and {counts[1]} events")
        for one, other in zip(ours["events"], others["events"], strict=False):
            for name, value in one.items():
                if other.get(name) != value:
                    found = f"{value!r} and {other.get(name)!r}"
                    self.report(path, f"{name} of {one['uid']} is {found}")

    def compare_uids(self):
        """A session is the same in every calendar, a calendar has a UID of its own."""
        seen, uids = {}, {}
        for path, calendar in self.calendars.items():
            if (first := uids.setdefault(calendar["uid"], path)) != path:
                self.report(path, f"has the UID of {first}")
            for event in calendar["events"]:
                facts = [event[name] for name in ("start", "end", "sequence", "status")]
                if seen.setdefault(event["uid"], facts) != facts:
                    self.report(path, f"{event['uid']} is another one elsewhere")


def addresses(sitemap):
    """The paths of all calendars, by a sitemap."""
    root = ElementTree.fromstring(sitemap)  # noqa: S314 (the site's own)
    pages = [urlsplit(place.text).path for place in root.iter(f"{SITEMAP}loc")]
    owners = [page for page in pages if OWNERS.fullmatch(page)]
    for path in [*(f"/{language}/" for language in LANGUAGES), *owners]:
        yield f"{path}calendar.ics"
        if "/events/" not in path:
            yield from (f"{path}calendar.ics{choice}" for choice in CHOICES)


# Two readers


def read(text):
    """What `icalendar` makes of a calendar, in the shape of icaljs.mjs."""
    calendar = Calendar.from_ical(text)
    return {
        **{name: str(calendar[name]) for name in ("uid", "name", "source")},
        "events": [_event(event) for event in calendar.walk("VEVENT")],
    }


def _event(event):
    texts = ("uid", "summary", "description", "location", "status", "url", "transp")
    geo = event.get("GEO")
    return {
        **{name: str(event[name]) for name in texts},
        "sequence": event["SEQUENCE"],
        "start": _when(event["DTSTART"]),
        "end": _when(event["DTEND"]) if "DTEND" in event else None,
        "all_day": not isinstance(event["DTSTART"].dt, datetime),
        "geo": [geo.latitude, geo.longitude] if geo else None,
        "stamp": _when(event["DTSTAMP"]),
        "modified": _when(event["LAST-MODIFIED"]),
        "categories": [str(name) for name in event["CATEGORIES"].cats],
        "conferences": [_conference(it) for it in _several(event, "CONFERENCE")],
        "alarms": [_alarm(alarm) for alarm in event.walk("VALARM")],
    }


def _when(value):
    """As ical.js prints it: a date, or a moment with the name of its zone."""
    if not isinstance(value.dt, datetime):
        return value.dt.isoformat()
    zone = "UTC" if value.dt.tzinfo == UTC else str(value.dt.tzinfo)
    return f"{value.dt:%Y-%m-%dT%H:%M:%SZ} {zone}"


def _several(event, name):
    found = event.get(name, [])
    return found if isinstance(found, list) else [found]


def _conference(value):
    return [str(value), value.params["LABEL"], value.params.get("LANGUAGE", "")]


def _alarm(alarm):
    texts = [str(alarm[name]) for name in ("UID", "ACTION", "DESCRIPTION")]
    return [*texts, alarm["TRIGGER"].dt.total_seconds()]


def read_with_ical_js(folder):
    """A reader of lists of texts, with the package that is installed in a folder."""

    def reader(texts):
        answer = subprocess.run(  # noqa: S603 (our own script)
            [which("node"), SCRIPT, folder],
            input=json.dumps(texts),
            capture_output=True,
            check=True,
            text=True,
        )
        return json.loads(answer.stdout)

    return reader


def main(origin, folder):
    if not wait_for(origin):
        sys.stdout.write(f"{origin} did not answer within {PATIENCE} seconds.\n")
        return 1

    def fetch(path, **headers):
        return ask(origin, path, **headers)

    look = Look(fetch, read_with_ical_js(folder)).run()
    events = sum(len(calendar["events"]) for calendar in look.calendars.values())
    if events < FEWEST_EVENTS:
        look.report(origin, f"fewer than {FEWEST_EVENTS} events")
    count = len(look.problems) or "no"
    lines = [
        *look.problems,
        f"{len(look.calendars)} calendars with {events} events at {origin}, "
        f"read by icalendar and by ical.js: {count} problems.",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if look.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/"), sys.argv[2]))
