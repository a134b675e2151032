"""What only a browser can tell of a driver's record: matrix, chart, list, filters."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, Complaints
from tests.browser.site import serve
from tests.seasons import make_long_career

pytestmark = pytest.mark.django_db

DEMO = "/en/drivers/andreas-backman/"
LONG = "/en/drivers/maja-lang/"  # two seasons of 40 races
SEASON = f"{LONG}results/?season=cup-of-maja-lang-2001"
PAGES = {
    "driver": DEMO,
    "long career": LONG,
    "list": f"{DEMO}results/",
    "list of a season": SEASON,
    "list of nothing": f"{DEMO}results/?team=nobody",
}

TOO_WIDE = """() => document.scrollingElement.scrollWidth
    - document.documentElement.clientWidth"""
# The text of the first so many rows of the matrix, as it is copied.
COPIED = """rows => {
    const all = document.querySelectorAll(".matrix tr");
    const range = document.createRange();
    range.setStartBefore(all[0]);
    range.setEndAfter(all[rows - 1]);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return getSelection().toString();
}"""
# How far the column of seasons is from the edge of its box, and whether the focused
# cell lies wholly in the box and beside that column.
STANDS = """() => {
    const box = document.querySelector(".scroll:has(> .matrix)").getBoundingClientRect();
    const column = document.querySelector(".matrix th").getBoundingClientRect();
    const cell = document.activeElement.getBoundingClientRect();
    const style = getComputedStyle(document.activeElement);
    return {
        moved: Math.round(column.left - box.left),
        seen: cell.left >= column.right && cell.right <= box.right + 1,
        ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    };
}"""


@pytest.fixture(autouse=True)
def _media_in_a_folder_of_its_own():
    """The pictures lie where the module's site keeps them."""


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    for address in serve(django_db_blocker, tmp_path_factory.mktemp("media")):
        make_long_career(80, a_season=40)
        yield address


@pytest.fixture(scope="module")
def context(browser, site):
    context = browser.new_context(base_url=site, reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context, site):
    page = context.new_page()
    complaints = Complaints(page, site)
    page.set_viewport_size({"width": 1280, "height": 900})
    yield page
    page.close()
    assert complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page, axe_everywhere, name):
    assert axe_everywhere(page, PAGES[name]) == {}


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_the_narrowest_phone(page, name):
    page.goto(PAGES[name])
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate(TOO_WIDE) <= 0, width


def test_forty_races_scroll_in_their_box_beside_the_season(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(LONG)
    row = page.locator(".matrix tr").first
    expect(row.locator("td")).to_have_count(40)
    row.locator("td a").last.focus()
    assert page.evaluate(STANDS) == {"moved": 0, "seen": True, "ring": True}
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(STANDS) == {"moved": 0, "seen": True, "ring": True}
    row.locator("td a").first.focus()
    assert page.evaluate(STANDS) == {"moved": 0, "seen": True, "ring": True}


def test_cell_has_a_name_in_words_and_leads_to_its_session(page):
    page.goto(DEMO)
    cell = page.get_by_role(
        "link", name="CRO 1 P: Race 1, Croft Circuit, 8–9 September 2018: first"
    )
    cell.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Race 1")
    expect(page).to_have_url(page.url)
    assert "/events/tcr-uk-croft-2018/sessions/" in page.url


def test_row_that_is_copied_is_readable(page):
    page.goto(LONG)
    copied = page.evaluate(COPIED, 2).strip("\n").split("\n")
    assert [len(row.split("\t")) for row in copied] == [41, 41]
    assert copied[0].startswith("2000 Cup\tKNU 1\tKNU 2\tKNU 3\tKNU 4\tKNU 5\tKNU 6\t")
    assert "\tKNU Ret\tKNU 8\t" in copied[0]
    page.goto(DEMO)
    text = page.evaluate(COPIED, 2).split("\n")[1]
    page.keyboard.press("Control+C")
    assert "\tCRO 1 P\tCRO 3\t" in text
    assert page.evaluate("() => navigator.clipboard.readText()").split("\n")[1] == text


def test_keyboard_gets_past_the_matrix(page):
    page.goto(LONG)
    past = page.get_by_role("link", name="Skip the table")
    past.focus()
    expect(past).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = "() => Boolean(document.activeElement.closest('.scroll'))"
    assert page.evaluate(inside) is False


def test_figure_leads_to_its_rows(page):
    page.goto(LONG)
    page.get_by_role("link", name="3 wins").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wins")
    expect(page.get_by_role("status")).to_have_text("Three wins.")
    expect(page.locator(".record > li")).to_have_count(3)


def test_charts_are_pictures_that_open(page):
    page.goto(SEASON)
    expect(page.locator(".chart svg")).to_be_visible()
    for kind in ("SVG", "PNG"):
        link = page.get_by_role("link", name=f"Download the chart as {kind}")
        with page.expect_download() as download:
            link.click()
        name = download.value.suggested_filename
        assert name == f"maja-lang-cup-of-maja-lang-2001.{kind.lower()}"
    page.goto(f"{LONG}chart.svg")
    expect(page.locator("svg text").first).to_be_visible()


def test_chart_has_its_data_in_a_table(page):
    page.goto(SEASON)
    page.get_by_text("The chart as a table").click()
    rows = page.locator(".chart tbody tr")
    expect(rows).to_have_count(40)
    expect(rows.first).to_be_visible()


# Without JavaScript


@pytest.fixture
def plain(browser, site):
    """A page that runs no script."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def test_filters_work_without_scripts(plain, site):
    plain.goto(f"{LONG}results/")
    expect(plain.locator(".record > li")).to_have_count(50)
    plain.get_by_label("Season", exact=True).select_option("Cup 2001")
    plain.get_by_label("Show", exact=True).select_option("Podiums")
    plain.get_by_role("button", name="Show").click()
    expect(plain.get_by_role("status")).to_have_text("Cup 2001: four podiums.")
    expect(plain.locator(".record > li")).to_have_count(4)
    plain.get_by_role("link", name="Show all races").click()
    expect(plain).to_have_url(f"{site}{LONG}results/")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_the_same_without_scripts(page, plain, name):
    page.goto(PAGES[name])
    plain.goto(PAGES[name])
    assert plain.locator("body").inner_text() == page.locator("body").inner_text()
