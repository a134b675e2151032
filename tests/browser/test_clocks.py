"""Clocks in a browser: a reader far away, whose own clock is wrong, with a tab left open."""

from datetime import datetime, timedelta

import pytest
from django.utils import translation
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, Complaints
from tests.events.session_pages import address
from tests.factories import (
    make_circuit,
    make_driver,
    make_entry,
    make_event,
    make_event_link,
    make_home_team,
    make_release,
    make_result,
    make_session,
    make_timetable_change,
)

pytestmark = pytest.mark.django_db

START = datetime.fromisoformat("2022-05-14T13:55+02:00")
JUST_BEFORE = START - timedelta(seconds=2)
NIGHT = datetime.fromisoformat("2022-05-14T01:30+02:00")

# Nobody waits for a random while.
IMPATIENT = "Math.random = () => 0;"
# A clock that is an hour fast, or more once `window.fast` says so.
WRONG_CLOCK = f"""
    {IMPATIENT}
    window.fast = 3_600_000;
    const Right = Date;
    window.Date = class extends Right {{
        constructor(...given) {{
            if (given.length) super(...given);
            else super(Right.now() + window.fast);
        }}
        static now() {{ return Right.now() + window.fast; }}
    }};
"""


class World:
    """A weekend with a practice in the night, a race, and a timetable that changed."""

    def __init__(self, zone="Europe/Berlin"):
        make_home_team()
        self.event = event = make_event(circuit=make_circuit(time_zone=zone))
        self.entry = make_entry(event=event, number="120", drivers=[make_driver()])
        self.practice = make_session(
            event=event,
            kind="practice",
            name_sv="Träning",
            name_en="Practice",
            start=NIGHT,
            length_minutes=60,
        )
        self.race = make_session(event=event, start=START, length_minutes=60)
        make_event_link(
            event=event,
            session=self.race,
            start=START - timedelta(minutes=25),
            label_sv="Serien",
            url="https://x.se/watch",
        )
        make_event_link(event=event, kind="live_timing", url="https://x.se/times")
        for day in (11, 12):
            release = make_release(event=event, published_at=START.replace(day=day))
            make_timetable_change(
                release=release,
                session=self.race,
                field="when",
                old="2022-05-14T11:35:00+00:00",
                new="2022-05-14T11:55:00+00:00",
            )
        make_result(session=self.practice, entry=self.entry, status="retired")


@pytest.fixture
def open_site(settings, live_server, browser):
    """A page of a reader somewhere: `open_site(zone)`, which must not complain."""
    opened, complaints = [], []

    def open_page(zone, *, script="", missing=(), **options):
        context = browser.new_context(
            base_url=live_server.url, locale="en-GB", timezone_id=zone, **options
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        complaints.append(Complaints(page, live_server.url, missing=missing))
        return page

    settings.DEMO_NOW = JUST_BEFORE
    with translation.override("en"):
        yield open_page
    for context in opened:
        context.close()
    assert [said for complaint in complaints for said in complaint] == []


def told(page, selector):
    return " ".join(page.locator(selector).inner_text().split())


def test_open_tab_far_away_goes_live_by_the_sites_clock(open_site, settings):
    world = World()
    page = open_site("America/New_York", script=WRONG_CLOCK)
    page.goto(address(world.event))
    strip = page.locator("p.strip")
    assert told(page, "p.strip").upper() == (
        "NEXT ON TRACK RACE · SATURDAY 14 MAY 13:55 (CEST, UTC+2) · 07:55 YOUR TIME "
        "(NEW YORK) IN LESS THAN 1 MIN"
    )
    practice, race = (
        told(page, f"#session-{session.pk} .t")
        for session in (world.practice, world.race)
    )
    assert (practice, race) == ("01:30 19:30 your time −1 day", "13:55 07:55 your time")
    own = page.locator(f"#session-{world.practice.pk} [data-own] time")
    assert own.get_attribute("datetime") == "2022-05-13T19:30-04:00"
    assert "broadcast from 13:30 (07:30 your time)" in told(
        page, f"#session-{world.race.pk}"
    )
    assert told(page, "[data-zones]") == (
        "The times are the track’s (CEST, UTC+2); your time (New York, EDT, UTC−4) "
        "stands beside them."
    )
    # What the reader is at stays when the page is set anew.
    page.locator("#changed + ol + details summary").click()
    link = page.locator(f"#session-{world.race.pk} a.chip")
    link.focus()
    scrolled = page.evaluate("() => Math.round(scrollY)")
    assert scrolled > 0
    settings.DEMO_NOW = START + timedelta(seconds=1)
    expect(strip).to_contain_text("On track now")
    expect(strip).to_contain_text("07:55 your time (New York)")
    expect(page.locator("ul.strip a")).to_have_text(["Serien", "Live timing"])
    expect(page.locator("details[open] summary")).to_have_text("Earlier changes")
    expect(link).to_be_focused()
    place = "element => element.getBoundingClientRect().top"
    assert 0 <= link.evaluate(place) <= page.viewport_size["height"]


def test_tab_that_has_slept_asks_again(open_site, settings):
    world = World()
    page = open_site("Europe/Stockholm", script=WRONG_CLOCK)
    page.goto("/en/")
    strip = page.locator("p.strip")
    expect(strip).to_contain_text("Next on track")
    # The race is over when the machine wakes up, by a clock that nobody else sees.
    make_result(session=world.race, entry=world.entry, status="retired")
    settings.DEMO_NOW = START + timedelta(hours=1)
    page.evaluate("window.fast += 3_600_000")
    expect(page.locator("p.strip")).to_have_count(0)
    expect(page.locator("h2").first).to_have_text("Results so far")


def test_tab_that_cannot_reach_the_site_tries_again_later(open_site, settings):
    world = World()
    path = address(world.event)
    page = open_site("Europe/Stockholm", script=IMPATIENT, missing=[path])
    page.clock.install(time=START)
    page.goto(path)
    strip = page.locator("p.strip")

    def ask_again(seconds):
        """Let that much time pass for the page, in which it asks."""
        with page.expect_response(f"**{path}"):
            for _second in range(seconds):
                page.clock.run_for(1_000)

    page.route(f"**{path}", lambda route: route.fulfill(status=503, body="<main>"))
    ask_again(4)
    expect(strip).to_contain_text("Next on track")
    page.unroute(f"**{path}")
    # What comes is as old as what is there: the site is not ready yet.
    ask_again(8)
    expect(strip).to_contain_text("Next on track")
    expect(page.locator("[data-countdown]")).to_have_text("now")
    settings.DEMO_NOW = START
    ask_again(14)
    expect(strip).to_contain_text("On track now")


def test_reader_at_home_sees_what_the_server_wrote(open_site):
    """One clock at Hockenheim, the Swedish one beside Dubai's, with scripts or without."""
    world = World()
    scripted = open_site("Europe/Stockholm")
    plain = open_site("Europe/Stockholm", java_script_enabled=False)
    texts = {"Europe/Berlin": "13:55", "Asia/Dubai": "15:55 13:55 Swedish time"}
    for zone, time in texts.items():
        world.event.circuit.time_zone = zone
        world.event.circuit.save()
        for page in (scripted, plain):
            page.goto(address(world.event))
            assert told(page, f"#session-{world.race.pk} .t") == time
        assert told(scripted, "main") == told(plain, "main")


def test_reader_at_the_track_sees_one_clock(open_site):
    """Where the server showed the Swedish one beside it."""
    world = World("Asia/Dubai")
    page = open_site("Asia/Dubai")
    page.goto(address(world.event))
    assert told(page, f"#session-{world.race.pk} .t") == "15:55"
    assert "15:55 your time (Dubai)" in told(page, "p.strip")
    assert told(page, "[data-zones]") == (
        "All times are your time (Dubai), the same as at the track (UTC+4)."
    )


def test_axe_finds_nothing_in_any_state(open_site, settings, axe_everywhere):
    world = World()
    page = open_site("America/New_York")
    weekend = address(world.event)
    settings.DEMO_NOW = START
    assert axe_everywhere(page, weekend) == {}
    assert axe_everywhere(page, "/en/") == {}
    settings.DEMO_NOW = START + timedelta(days=1, hours=11)
    assert axe_everywhere(page, "/en/") == {}
    world.event.status = "postponed"
    world.event.save()
    assert axe_everywhere(page, weekend) == {}
