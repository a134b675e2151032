"""The officer's timetable in a browser: drafted, looked at, published, and then told."""

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import expect

from events.models import DraftSession
from tests import factories
from tests.browser.conftest import PATIENCE, WIDTHS
from tests.events.timetables import address

pytestmark = pytest.mark.django_db(transaction=True)

PUBLIC = ("/en/events/{slug}/", "/en/calendar.ics", "/en/changes.atom")
MOVED = "Qualifying moved from 19:05 to 19:25"
CANCELLED = "Practice cancelled"
ADDED = "Race 2 added: Sunday 15 May 10:00"


@pytest.fixture
def event(settings):
    """A weekend in Hockenheim, on the Thursday before it."""
    settings.DEMO_NOW = datetime(2022, 5, 12, 10, tzinfo=UTC)
    event = factories.make_event()
    for kind, name, day, hour, minute in (
        ("practice", "Practice", 13, 14, 20),
        ("qualifying", "Qualifying", 13, 17, 5),
        ("race", "Race", 14, 11, 55),
    ):
        factories.make_session(
            event=event,
            kind=kind,
            name_sv=f"{name} (sv)",
            name_en=name,
            start=datetime(2022, 5, day, hour, minute, tzinfo=UTC),
            length_minutes=45,
        )
    return event


def line(page, name):
    """The row of a session, by its English name."""
    return page.locator(f".line:has([name$='-name_en'][value='{name}'])")


def box(row, name):
    return row.locator(f"[name$='-{name}']")


def public(event):
    """What everybody reads: the weekend’s page, the calendar, the feed of changes."""
    return [
        Client().get(path.format(slug=event.slug)).text.replace("\r\n ", "")
        for path in PUBLIC
    ]


def test_what_is_published_is_told_everywhere_and_nothing_before(screen, event):
    screen.goto(f"/admin/events/event/{event.pk}/change/")
    screen.get_by_role("link", name="Edit the timetable").click()
    screen.wait_for_load_state()
    box(line(screen, "Qualifying"), "time").fill("25:00")
    box(line(screen, "Practice"), "status").select_option("cancelled")
    new = screen.locator(".line.empty").first
    box(new, "kind").select_option("race")
    # A new session is on the day of the one before, on the clock of that day.
    expect(box(new, "day")).to_have_value("2022-05-14")
    expect(new.locator(".zone-name")).to_have_text("CEST, UTC+2")
    box(new, "name_sv").fill("Race 2 (sv)")
    box(new, "name_en").fill("Race 2")
    box(new, "day").fill("2022-05-15")
    box(new, "time").fill("1000")
    screen.get_by_role("button", name="Save the draft").click()

    # What is wrong is led to, and nothing that was typed is gone.
    time = box(line(screen, "Qualifying"), "time")
    expect(time).to_be_focused()
    expect(time).to_have_accessible_description(
        "Time: Write the time as on a 24-hour clock, such as 16:20."
    )
    expect(box(line(screen, "Race 2"), "time")).to_have_value("1000")
    before = public(event)
    time.fill("19.25")
    screen.get_by_role("button", name="Save and go on to publishing").click()

    told = screen.locator(".told li strong")
    expect(told).to_have_text([CANCELLED, MOVED, ADDED])
    assert public(event) == before
    weekend, calendar, changes = before
    assert "19:25" not in weekend
    assert "T172500Z" not in calendar
    assert "<entry>" not in changes

    screen.get_by_label("Why, in English").fill("fog")
    screen.get_by_role("button", name="Publish").click()
    expect(screen.locator(".messagelist .success")).to_contain_text(
        f"Published: {CANCELLED}; {MOVED}; {ADDED}."
    )
    expect(screen.locator(".differences")).to_contain_text("Nothing")
    weekend, calendar, changes = public(event)
    for sentence in (CANCELLED, MOVED, ADDED):
        assert sentence in weekend
        assert sentence in changes
    assert "fog" in weekend.lower()
    assert "fog" in changes.lower()
    assert calendar.count("STATUS:CANCELLED") == 1
    assert calendar.count("T172500Z") >= 1
    assert "T170500Z" not in calendar
    assert "Race 2" in calendar


def test_rows_come_one_by_one_and_the_zone_follows_the_day(screen, event):
    event.last_day = None
    event.save()
    screen.goto(address(event))
    empties = screen.locator(".line.empty:visible")
    expect(empties).to_have_count(1)
    add = screen.get_by_role("button", name="Add another session")
    for count in range(2, 6):
        add.click()
        expect(empties).to_have_count(count)
        expect(box(empties.nth(count - 1), "kind")).to_be_focused()
    last = empties.last
    box(last, "name_sv").fill("Race")
    box(last, "kind").select_option("race")
    box(last, "day").fill("2022-12-01")
    box(last, "time").fill("10:00")
    expect(last.locator(".zone-name")).to_have_text("CET, UTC+1")
    screen.get_by_role("button", name="Save the draft").click()
    expect(screen.locator(".messagelist .success")).to_contain_text("1 row changed")
    assert DraftSession.objects.get().start == datetime(2022, 12, 1, 9, tzinfo=UTC)


@pytest.fixture
def plain(officer, browser, live_server):
    """A page of the press officer's browser with JavaScript switched off."""
    context = browser.new_context(
        base_url=live_server.url, locale="en-GB", java_script_enabled=False
    )
    context.set_default_timeout(PATIENCE)
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([c for c in officer.cookies() if c["name"] == name])
    yield context.new_page()
    context.close()


def test_a_late_answer_does_not_take_the_zone_away(screen, event):
    event.last_day = None
    event.save()
    screen.goto(address(event))
    screen.wait_for_load_state("networkidle")
    held = []
    screen.route(
        re.compile(r"[?&]circuit="),
        lambda route: route.continue_() if held else held.append(route),
    )
    row = screen.locator(".line").first
    box(row, "day").fill("2022-05-14")
    box(row, "day").fill("2022-12-01")
    expect(row.locator(".zone-name")).to_have_text("CET, UTC+1")
    with screen.expect_response(held[0].request.url):
        held[0].continue_()
    screen.wait_for_load_state("networkidle")
    expect(row.locator(".zone-name")).to_have_text("CET, UTC+1")


def test_the_screen_is_a_plain_form_without_scripts(plain, event):
    plain.goto(address(event))
    race = line(plain, "Race")
    box(race, "time").fill("14:15")
    box(race, "time").press("Enter")  # saves nothing by accident
    assert not DraftSession.objects.exists()
    race.locator("summary").click()
    box(race, "note_en").fill("Wet")
    new = plain.locator(".line.empty").nth(2)
    box(new, "kind").select_option("race")
    box(new, "name_sv").fill("Race 2")
    plain.get_by_role("button", name="Save the draft").click()
    drafts = DraftSession.objects.order_by("pk").values_list("name_sv", "note_en")
    assert list(drafts) == [("Race (sv)", "Wet"), ("Race 2", "")]


# What is the matter with the screens

DARK = ("dark", ["color-contrast"])


def states(page, event):
    """The screen as it is opened, with everything wrong, drafted, and to publish."""
    page.goto(address(event))
    page.locator("summary", has_text="What to type").click()
    yield "opened"
    for name in ("Practice", "Qualifying", "Race"):
        box(line(page, name), "time").fill("25:00")
        box(line(page, name), "length_minutes").fill("many")
    box(line(page, "Race"), "order").evaluate("box => { box.value = '' }")
    page.get_by_role("button", name="Save the draft").click()
    page.locator(".errornote").wait_for()
    line(page, "Practice").locator("summary").click()
    yield "refused"
    page.goto(address(event))
    box(line(page, "Race"), "status").select_option("cancelled")
    box(line(page, "Practice"), "note_en").evaluate("box => { box.value = 'Wet' }")
    new = page.locator(".line.empty:visible").first
    box(new, "kind").select_option("race")
    box(new, "name_sv").fill("Race 2")
    page.get_by_role("button", name="Save the draft").click()
    page.locator(".messagelist .success").wait_for()
    page.locator(".line.drafted summary").last.click()
    yield "drafted"
    page.goto(address(event, "publish"))
    yield "to publish"


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(screen, axe_in_admin, event, width):
    across, down = WIDTHS[width]
    screen.set_viewport_size({"width": across, "height": down})
    # What only colours can break in the dark is the same in both widths.
    looks = {"phone": [("light", None)], "desk": [("light", None), DARK]}[width]
    found = {}
    for state in states(screen, event):
        for scheme, rules in looks:
            screen.emulate_media(color_scheme=scheme)
            found[state, scheme] = axe_in_admin(screen, rules)
        page_width = screen.evaluate("document.documentElement.scrollWidth")
        assert page_width == across, state
    assert len(found) == 4 * len(looks)
    assert {place: faults for place, faults in found.items() if faults} == {}


def test_a_session_is_one_line_at_a_desk_and_a_block_on_a_phone(screen, event):
    names = ("kind", "name_sv", "day", "time", "length_minutes", "status")
    screen.goto(address(event))
    race = line(screen, "Race")

    def places():
        return [box(race, name).bounding_box() for name in names]

    assert len({place["y"] for place in places()}) == 1
    screen.set_viewport_size({"width": 360, "height": 740})
    assert len({place["y"] for place in places()}) > 2
    assert all(place["x"] + place["width"] <= 360 for place in places())
    assert all(place["height"] >= 44 for place in places())
    expect(race.get_by_text("Length").first).to_be_visible()
