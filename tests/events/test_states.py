"""What the pages say while a weekend goes by: six weekends, each at many moments.

The times on the pages are compared with ones that are worked out here, from the time
on the wall at the track and zoneinfo alone.
"""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.models import (
    CLASSIFIED,
    PRACTICE,
    QUALIFYING,
)
from tests import markup
from tests.events.session_pages import text_of
from tests.factories import (
    make_circuit,
    make_driver,
    make_entry,
    make_event,
    make_event_link,
    make_result,
    make_session,
)

pytestmark = pytest.mark.django_db

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SECOND = timedelta(seconds=1)
LINKS = ("https://x.se/live", "https://x.se/times")

# Name, zone, offset from Sweden in hours, and three sessions: kind, wall, minutes.
WEEKENDS = {
    "Hockenheim": (
        "Europe/Berlin",
        [0, 0, 0],
        [
            (PRACTICE, "2022-05-13T16:20", 60),
            (QUALIFYING, "2022-05-13T19:05", None),
            ("race", "2022-05-14T13:55", 360),
        ],
    ),
    # A race of 24 hours, in a zone without summer time.
    "Dubai": (
        "Asia/Dubai",
        [3, 3, 3],
        [
            (PRACTICE, "2022-01-13T09:30", 90),
            (QUALIFYING, "2022-01-13T15:00", 60),
            ("race", "2022-01-14T15:00", 1440),
        ],
    ),
    "Silverstone": (
        "Europe/London",
        [-1, -1, -1],
        [
            (PRACTICE, "2022-07-01T13:00", 60),
            (QUALIFYING, "2022-07-02T15:00", None),
            ("race", "2022-07-03T15:00", None),
        ],
    ),
    "Portimão": (
        "Europe/Lisbon",
        [-1, -1, -1],
        [
            (PRACTICE, "2022-07-08T10:00", 45),
            (QUALIFYING, "2022-07-08T18:40", 55),
            ("race", "2022-07-09T23:30", 120),
        ],
    ),
    # Summer time has begun there and not yet in Europe.
    "Sebring": (
        "America/New_York",
        [-5, -5, -5],
        [
            (PRACTICE, "2022-03-17T09:00", 60),
            (QUALIFYING, "2022-03-17T20:10", 90),
            ("race", "2022-03-18T12:00", 480),
        ],
    ),
    # The hour from two to three comes twice, in a zone an hour from Sweden's.
    "Silverstone in autumn": (
        "Europe/London",
        [-1, -1, -1],
        [
            (PRACTICE, "2022-10-29T10:00", 60),
            (QUALIFYING, "2022-10-29T16:00", 30),
            ("race", "2022-10-29T22:00", 480),
        ],
    ),
}


class Weekend:
    """A weekend as it is stored, and as it was worked out here."""

    def __init__(self, zone, sessions):
        self.zone = ZoneInfo(zone)
        self.starts = [
            datetime.fromisoformat(wall).replace(tzinfo=self.zone)
            for _kind, wall, _minutes in sessions
        ]
        days = [start.date() for start in self.starts]
        self.event = make_event(
            circuit=make_circuit(time_zone=zone),
            first_day=min(days),
            last_day=max(days),
        )
        self.sessions = [
            make_session(
                event=self.event,
                kind=kind,
                name_sv=kind,
                start=start.astimezone(UTC),
                length_minutes=minutes,
            )
            for (kind, _wall, minutes), start in zip(sessions, self.starts, strict=True)
        ]
        self.lengths = [minutes for _kind, _wall, minutes in sessions]
        entry = make_entry(event=self.event, number="120", drivers=[make_driver()])
        make_result(
            session=self.sessions[0],
            entry=entry,
            status=CLASSIFIED,
            is_classified=True,
            position=3,
        )
        for kind, url in zip(("stream", "live_timing"), LINKS, strict=True):
            make_event_link(event=self.event, kind=kind, url=url)

    def ends(self):
        """When each session is over (UTC): by its length, else generously."""
        for start, minutes, kind in zip(
            self.starts, self.lengths, (2, 2, 3), strict=True
        ):
            length = timedelta(minutes=minutes) if minutes else timedelta(hours=kind)
            yield start.astimezone(UTC) + length


@pytest.fixture(params=WEEKENDS)
def weekend(request):
    zone, _hours, sessions = WEEKENDS[request.param]
    return Weekend(zone, sessions)


@pytest.fixture
def at(client, travel):
    """The pages as they are at a moment: `at(moment, path)`."""

    def get(moment, path):
        travel(moment.isoformat())
        return Read(client.get(path).text)

    return get


def parsed(page):
    """A page as `markup` sees it, without faults."""
    found = markup.Page(page.text)
    assert found.problems() == []
    return found


def address(event, language="en"):
    return f"/{language}/events/{event.slug}/"


def moments(within):
    """Every `<time>` with an hour in an element, as a moment and as it is written."""
    times = [time for time in within.iter("time") if "T" in time.get("datetime")]
    return [(datetime.fromisoformat(time.get("datetime")), time.text) for time in times]


# Both clocks


@pytest.mark.parametrize("name", WEEKENDS)
def test_times_are_right_to_the_second_by_both_clocks(name, at):
    zone, hours, sessions = WEEKENDS[name]
    weekend = Weekend(zone, sessions)
    page = parsed(at(weekend.starts[0] - timedelta(days=1), address(weekend.event)))
    for session, start, minutes, apart in zip(
        weekend.sessions, weekend.starts, weekend.lengths, hours, strict=True
    ):
        (row,) = [
            el for el in page.all("tr") if el.get("id") == f"session-{session.pk}"
        ]
        told = moments(row)
        expected = [(start, f"{start:%H:%M}")]
        if apart:
            home = start.astimezone(STOCKHOLM)
            expected.append((home, f"{home:%H:%M}"))
            shown = home.replace(tzinfo=None) - start.replace(tzinfo=None)
            assert shown == timedelta(hours=-apart)
        if minutes:
            end = start.astimezone(UTC) + timedelta(minutes=minutes)
            end = end.astimezone(weekend.zone)
            expected.append((end, f"{end:%H:%M}"))
            if end.date() != start.date():
                # Both days in words: that of the start is the heading's.
                expected[-1] = (end, f"{end:%A} {end.day} {end:%B} {end:%H:%M}")
        assert told == expected
        assert [moment.utcoffset() for moment, _text in told] == [
            moment.utcoffset() for moment, _text in expected
        ]


def test_hour_that_comes_twice_is_told_apart(at):
    zone, _hours, sessions = WEEKENDS["Silverstone in autumn"]
    weekend = Weekend(zone, sessions)
    race = weekend.sessions[-1]
    for fold in (0, 1):
        wall = datetime(2022, 10, 30, 1, 30, tzinfo=weekend.zone, fold=fold)
        make_session(event=weekend.event, start=wall.astimezone(UTC), order=fold)
    page = parsed(at(weekend.starts[0], address(weekend.event)))
    rows = {
        el.get("id"): " ".join("".join(el.itertext()).split())
        for el in page.all("tr")
        if el.get("id")
    }
    assert "until Sunday 30 October 05:00 (GMT, UTC+0)" in rows[f"session-{race.pk}"]
    early, late = list(rows.values())[-2:]
    assert "01:30 BST, UTC+1" in early
    assert "01:30 GMT, UTC+0" in late
    assert text_of(page, "p", "note")[-1] == (
        "The times are the track’s (BST, UTC+1 / GMT, UTC+0); Swedish time "
        "(CEST, UTC+2 / CET, UTC+1) stands beside them."
    )


# States


def test_weekend_page_follows_the_clock(weekend, at):
    ends = list(weekend.ends())
    path = address(weekend.event)
    for session, local, end in zip(weekend.sessions, weekend.starts, ends, strict=True):
        start = local.astimezone(UTC)
        for moment, is_live in (
            (start - SECOND, False),
            (start, True),
            (end - SECOND, True),
        ):
            page = at(moment, path)
            what = "On track now" if is_live else "Next on track"
            assert strip(page)[0].startswith(f"{what} {session.name} · ")
            # Where to watch stands in the strip while it runs, the countdown before.
            assert [link in page.strips for link in LINKS] == [is_live, is_live]
            assert ("in less than 1\u00a0min" in page.strips) != is_live
    page = at(ends[-1], path)
    assert page.strips == ""
    assert headings(page)[:2] == ["Results", "Timetable"]


def test_front_page_follows_the_weekend_to_its_results(weekend, at):
    (_one, two, end) = weekend.ends()
    before = at(weekend.starts[0] - timedelta(days=3), "/en/")
    assert eyebrow(before) == "Next race weekend"
    assert headings(before)[0] == "The weekend in short"
    between = at(two, "/en/")
    assert eyebrow(between) == "Race weekend now"
    assert strip(between)[0].startswith("Next on track race · ")
    assert headings(between)[:2] == ["Results so far", "The weekend in short"]
    live = at(end - SECOND, "/en/")
    assert strip(live)[0].startswith("On track now race · ")
    assert all(link in live.strips for link in LINKS)
    for moment in (end, end + timedelta(hours=48) - SECOND):
        over = at(moment, "/en/")
        assert (eyebrow(over), over.strips) == ("Latest race weekend", "")
        assert headings(over)[:2] == ["Results", "The weekend in short"]
        assert LINKS[0] not in over.text
    gone = at(end + timedelta(hours=48), "/en/")
    assert "No race weekend is planned yet." in gone.text
    assert "The weekend in short" not in headings(gone)


def test_page_names_the_moment_of_its_next_change(weekend, at):
    """In milliseconds, by the site's clock: from then on the page would be wrong."""
    start = weekend.starts[0].astimezone(UTC)
    end = next(weekend.ends())
    for moment, change in ((start - SECOND, start), (start, end)):
        for path in ("/en/", address(weekend.event, "sv")):
            page = at(moment, path)
            assert page.data("now") == moment.timestamp() * 1000
            assert page.data("next") == change.timestamp() * 1000
    over = at(end + timedelta(days=60), address(weekend.event))
    assert "data-next" not in over.text


class Read:
    """A page as text, with what the tests look for in it."""

    def __init__(self, text):
        self.text = text
        strips = r'<(p|ul) class="strip[^"]*">.*?</\1>'
        self.strips = "".join(
            found[0] for found in re.finditer(strips, text, re.DOTALL)
        )

    def data(self, name):
        return int(re.search(rf'<main[^>]*\sdata-{name}="(\d+)"', self.text)[1])


def plain(html):
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def strip(page):
    return [plain(found) for found in page.strips.split("</p>")]


def headings(page):
    return [plain(text) for text in re.findall(r"<h2[^>]*>.*?</h2>", page.text)]


def eyebrow(page):
    (text,) = re.findall(r'<p class="eyebrow">(.*?)</p>', page.text, re.DOTALL)
    return plain(text).split(" · ")[0]
