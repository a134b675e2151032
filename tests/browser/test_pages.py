"""What only a browser can tell of the public pages, over the race week's demo."""

from datetime import datetime

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, WIDTHS, Complaints
from tests.browser.site import EVENT, PAGES, event_path, serve

pytestmark = pytest.mark.django_db

NARROWEST = 320
# Pages to walk through with the tab key, one with each kind of control; on the
# phone a wide table scrolls in its box, which is a stop on the way.
TABBED = [
    *(("home", "desk"), ("event", "desk"), ("search", "desk"), ("driver", "desk")),
    *(("driver", "phone"), ("nothing found", "phone")),
]

SETTLED = """() => new Promise(
    done => requestAnimationFrame(() => requestAnimationFrame(done)))"""
TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    const wide = document.scrollingElement.scrollWidth;
    if (wide <= width) return [];
    return [`${wide} pixels`, ...[...document.body.querySelectorAll("*")]
        .filter(element => element.getBoundingClientRect().right > width + 0.5)
        .map(element => element.outerHTML.slice(0, 120))];
}"""
# Which controls there are, in the order of the document.
CONTROLS = """() => [...document.querySelectorAll(
        "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
    )].filter(el => el.checkVisibility() && !el.disabled).map(el => el.outerHTML.slice(0, 120))"""
FOCUSED = """() => {
    const element = document.activeElement;
    if (element === document.body || element === document.documentElement) return null;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return {
        html: element.outerHTML.slice(0, 120),
        ring: ring || style.boxShadow !== "none",
        seen: box.width > 1 && box.height > 1 && box.bottom > 0
            && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
}"""


@pytest.fixture(autouse=True)
def _media_in_a_folder_of_its_own():
    """The pictures lie where the module's site keeps them."""


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    yield from serve(django_db_blocker, tmp_path_factory.mktemp("media"))


@pytest.fixture(scope="module")
def context(browser, site):
    context = browser.new_context(
        base_url=site,
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture(scope="module")
def tab(context, site):
    """One tab for all who leave it as they found it: a new one takes its time."""
    tab = context.new_page()
    tab.complaints = Complaints(tab, site, missing=[PAGES["nowhere"]])
    return tab


@pytest.fixture
def page(tab):
    tab.complaints.clear()
    tab.emulate_media(color_scheme="light")
    tab.set_viewport_size({"width": 1280, "height": 900})
    yield tab
    assert tab.complaints == []


@pytest.fixture
def new_page(context, site):
    """A tab of its own, for what stays in it."""
    page = context.new_page()
    page.complaints = Complaints(page, site, missing=[PAGES["nowhere"]])
    yield page
    page.close()
    assert page.complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page, axe_everywhere, name):
    assert axe_everywhere(page, PAGES[name]) == {}


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_the_narrowest_phone(page, name):
    page.goto(PAGES[name])
    for width in (NARROWEST, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate(TOO_WIDE) == [], width


@pytest.mark.parametrize(("name", "width"), TABBED)
def test_the_tab_key_goes_through_every_control_in_order(new_page, name, width):
    across, down = WIDTHS[width]
    new_page.set_viewport_size({"width": across, "height": down})
    new_page.goto(PAGES[name])
    new_page.evaluate(SETTLED)
    controls = new_page.evaluate(CONTROLS)
    stops = []
    while len(stops) <= len(controls):
        new_page.keyboard.press("Tab")
        stop = new_page.evaluate(FOCUSED)
        if stop is None:
            break
        stops.append(stop)
    assert [stop["html"] for stop in stops] == controls
    assert [stop["html"] for stop in stops if not stop["ring"]] == []
    assert [stop["html"] for stop in stops if not stop["seen"]] == []


def test_the_skip_link_leads_past_the_menu(new_page):
    new_page.goto(PAGES["event"])
    new_page.keyboard.press("Tab")
    assert new_page.evaluate("() => document.activeElement.className") == "skip"
    assert new_page.evaluate(FOCUSED)["seen"] is True
    new_page.keyboard.press("Enter")
    expect(new_page.locator("#main")).to_be_focused()


def test_the_language_link_keeps_the_page(page, site):
    page.goto("/sv/drivers/andreas-backman/")
    page.get_by_role("banner").get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{site}/en/drivers/andreas-backman/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("banner").get_by_role("link", name="Svenska").click()
    expect(page).to_have_url(f"{site}/sv/drivers/andreas-backman/")


def test_the_countdown_ticks_by_the_sites_own_clock(new_page):
    new_page.clock.install(time="2030-01-01T12:00:00Z")
    new_page.goto("/en/")
    countdown = new_page.locator("time[data-countdown]").first
    moment = datetime.fromisoformat(countdown.get_attribute("datetime"))
    left = moment - datetime.fromisoformat(countdown.get_attribute("data-now"))
    assert left.total_seconds() > 0
    before = countdown.inner_text()
    new_page.clock.fast_forward("01:00:30")
    assert countdown.inner_text() != before
    new_page.clock.fast_forward(int(left.total_seconds()) * 1000)
    assert countdown.inner_text() == "now"


def test_the_address_of_a_calendar_is_copied(new_page, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    new_page.goto("/sv/calendar/")
    new_page.get_by_label("Vems tävlingar").select_option("drivers/andreas-backman")
    new_page.get_by_label("Tidskval").check()
    new_page.get_by_role("button", name="Visa").click()
    new_page.get_by_role("button", name="Kopiera").click()
    expect(new_page.get_by_role("status")).to_have_text("Kopierad")
    copied = new_page.evaluate("navigator.clipboard.readText()")
    path = "/sv/drivers/andreas-backman/calendar.ics?kinds=qualifying"
    assert copied.endswith(path)
    expect(new_page.get_by_role("button", name="Kopiera")).to_be_visible()


def test_the_page_follows_the_readers_colours(page):
    page.goto("/sv/")
    paper = "() => getComputedStyle(document.body).backgroundColor"
    page.emulate_media(color_scheme="light")
    light = page.evaluate(paper)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(paper) != light


def test_no_line_moves_while_the_page_loads(new_page):
    new_page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => {"
        " for (const shift of list.getEntries()) window.moved += shift.value;"
        "}).observe({type: 'layout-shift', buffered: true})"
    )
    for path in ("/sv/", event_path("sv")):
        new_page.goto(path)
        new_page.evaluate("() => document.fonts.ready")
        assert new_page.evaluate("() => window.moved") < 0.02


# With JavaScript switched off the site says the same and leads everywhere.


@pytest.fixture(scope="module")
def plain(browser, site):
    """A page that runs no script."""
    context = browser.new_context(
        base_url=site, locale="sv-SE", java_script_enabled=False
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_the_same_without_scripts(page, plain, name):
    page.goto(PAGES[name])
    plain.goto(PAGES[name])
    assert plain.locator("body").inner_text() == page.locator("body").inner_text()


def test_the_countdown_is_right_without_scripts(plain):
    """The page stands at noon on Thursday; the weekend's first session is named."""
    plain.goto("/en/")
    countdown = plain.locator("time[data-countdown]").first
    assert countdown.inner_text().startswith("in ")
    assert countdown.get_attribute("datetime").startswith("2022-05-1")


def test_the_whole_site_can_be_walked_without_scripts(plain, site):
    def at(path):
        expect(plain).to_have_url(f"{site}{path}")
        expect(plain.locator("h1")).to_have_count(1)

    plain.goto("/")
    at("/sv/")
    menu = plain.get_by_role("navigation", name="Huvudmeny")
    menu.get_by_role("link", name="Förare").click()
    at("/sv/drivers/")
    plain.get_by_role("main").get_by_role("link", name="Andreas Bäckman").click()
    at("/sv/drivers/andreas-backman/")
    plain.get_by_role("banner").get_by_role("link", name="English").click()
    at("/en/drivers/andreas-backman/")
    plain.get_by_role("navigation", name="Main menu").get_by_role(
        "link", name="Events"
    ).click()
    at("/en/events/")
    plain.get_by_role("main").get_by_role("link", name="Hankook").first.click()
    at(f"/en/events/{EVENT}/")
    plain.get_by_role("main").get_by_role("link", name="Hockenheimring").first.click()
    at("/en/circuits/hockenheimring/")
    plain.get_by_role("banner").get_by_role("link").first.click()
    at("/en/")


def test_search_works_without_scripts(plain, site):
    plain.goto("/en/search/")
    field = plain.get_by_role("main").get_by_role("searchbox")
    field.fill("backman")
    field.press("Enter")
    expect(plain).to_have_url(f"{site}/en/search/?q=backman")
    found = plain.get_by_role("main").get_by_role("link", name="Andreas Bäckman")
    expect(found.first).to_be_visible()
