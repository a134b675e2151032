"""Hiding results in a browser: the switch, what stands in their place, one shown."""

from datetime import datetime

import pytest
from playwright.sync_api import expect

from racing import darkroom
from tests.browser.conftest import PATIENCE, Complaints
from tests.events.session_pages import address
from tests.events.spoilers import NOW, TELLING, World

pytestmark = pytest.mark.django_db

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
LOOKS = [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")]
TOO_WIDE = """() => document.scrollingElement.scrollWidth
    - document.documentElement.clientWidth"""
HIDE = "Hide results of the last 48 hours"


@pytest.fixture
def world(settings, english):
    settings.DEMO_NOW = datetime.fromisoformat(NOW)
    world = World()
    darkroom.develop(world.photo)
    return world


@pytest.fixture
def page(world, live_server, browser):
    """A page on a phone, without scripts, which must not complain."""
    context = browser.new_context(
        base_url=live_server.url,
        locale="en-GB",
        viewport=PHONE,
        java_script_enabled=False,
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    complaints = Complaints(page, live_server.url)
    yield page
    context.close()
    assert complaints == []


def test_reader_hides_results_shows_one_and_sees_all_again(page, world):
    weekend = address(world.event)
    page.goto(weekend)
    results = page.get_by_role("region", name="Results")
    expect(results).to_contain_text("26.5 points")
    results.get_by_role("button", name=HIDE).click()
    expect(page).to_have_url(weekend)
    expect(results).not_to_contain_text("26.5 points")
    expect(results.get_by_text("Results are in – show result")).to_have_count(2)
    for told in TELLING:
        expect(page.get_by_text(told)).to_have_count(0)
    results.get_by_role("link", name="show result").last.click()
    expect(page).to_have_url(f"{address(world.race)}?show=results")
    expect(page.locator("table.cars")).to_contain_text("1:33:15.607")
    page.goto(address(world.race))
    expect(page.locator("table.cars")).to_have_count(0)
    page.get_by_role("contentinfo").get_by_role("button").click()
    expect(page).to_have_url(address(world.race))
    expect(page.locator("table.cars")).to_contain_text("1:33:15.607")
    expect(page.get_by_role("button", name=HIDE)).to_have_count(1)


def test_axe_finds_nothing_where_results_are_hidden(world, live_server, browser, axe):
    context = browser.new_context(base_url=live_server.url)
    cookie = {"name": "results", "value": "hidden", "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()
    complaints = Complaints(page, live_server.url)
    driver, race = world.drivers[1], world.race
    rows = (driver, world.event, race, world.circuit, world.season)
    for path in ("/en/", f"{address(driver)}results/", *map(address, rows)):
        page.goto(path)
        for size, scheme in LOOKS:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            assert axe(page) == [], (path, size, scheme)
            assert page.evaluate(TOO_WIDE) <= 0, (path, size)
    context.close()
    assert complaints == []
