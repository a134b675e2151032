"""Writing biographies in a browser: by keyboard, with a preview, and with nothing lost."""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from drivers.models import Biography
from tests import factories
from tests.browser.conftest import WIDTHS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def driver(settings):
    """Aged 26, with two wins."""
    settings.DEMO_NOW = datetime(2022, 5, 12, 10, tzinfo=UTC)
    driver = factories.make_driver(birth_date=date(1995, 8, 29))
    factories.make_career_result(
        driver=driver, season=factories.make_season(), totals="typed", starts=9, wins=2
    )
    factories.make_biography(driver=driver, text="Har {wins}. Är {club}.")
    return driver


def address(driver):
    return f"/admin/drivers/driver/{driver.pk}/biographies/"


def cell(page, name):
    language, length = name.split("-")
    return page.locator(f"[data-language={language}][data-length='{length}'].text-cell")


def test_a_fact_is_inserted_by_keyboard_and_shown_as_readers_get_it(screen, driver):
    screen.goto(f"/admin/drivers/driver/{driver.pk}/change/")
    screen.get_by_role("link", name="Write the biographies").click()
    english = cell(screen, "en-60")
    box = screen.get_by_label("English, 60 words", exact=True)
    box.fill("He has  behind him.")
    expect(english.locator(".count")).to_have_text("4 of 60 words – too few")
    expect(english.locator(".preview-text")).to_have_text("He has  behind him.")
    box.focus()
    box.press("Home")
    for _letter in "He has ":
        box.press("ArrowRight")
    box.press("Shift+Tab")
    screen.keyboard.press("Enter")
    search = screen.get_by_role("combobox", name="Search")
    expect(search).to_be_focused()
    search.press_sequentially("win")
    chosen = screen.get_by_role("option", selected=True)
    expect(chosen).to_contain_text("{wins}")
    search.press("ArrowDown")
    expect(chosen).to_contain_text("{class_wins}")
    expect(chosen).to_contain_text("not known")
    search.press("ArrowUp")
    expect(chosen).to_contain_text("two wins")
    search.press("Enter")
    expect(box).to_be_focused()
    expect(box).to_have_value("He has {wins} behind him.")
    expect(english.locator("mark")).to_have_text("two wins")
    expect(english.locator(".count")).to_have_text("6 of 60 words – too few")
    english.get_by_role("button", name="Reviewed today").click()
    screen.get_by_role("button", name="Save and stay").click()
    expect(screen.locator(".messagelist .success")).to_have_text("Biographies: 1 new.")
    text = Biography.objects.get(language="en")
    assert text.text == "He has {wins} behind him."
    assert text.reviewed_on == date(2022, 5, 12)


def test_what_is_wrong_is_said_as_one_types_and_nothing_is_lost(screen, driver):
    screen.goto(address(driver))
    swedish = cell(screen, "sv-60")
    expect(swedish.locator(".text-warnings")).to_contain_text("Not known now: {club}.")
    expect(swedish.locator(".count")).to_have_text("3 of 60 words – too few")
    box = swedish.locator("textarea")
    box.fill("Har {winz}. Andreas är 33 år.")
    fault = "There is no token {winz}. Did you mean {wins}?"
    expect(swedish.locator(".faults")).to_contain_text(fault)
    expect(swedish.locator(".text-warnings")).to_contain_text("the age is 26")
    expect(swedish.locator(".text-warnings q")).to_have_text("Andreas är 33 år.")
    cell(screen, "en-25").locator("textarea").fill("Something else.")
    screen.get_by_role("button", name="Save", exact=True).click()
    expect(screen.locator(".errornote")).to_contain_text("Nothing is saved yet.")
    expect(box).to_be_focused()
    expect(box).to_have_value("Har {winz}. Andreas är 33 år.")
    expect(cell(screen, "en-25").locator("textarea")).to_have_value("Something else.")
    assert Biography.objects.get().text == "Har {wins}. Är {club}."
    box.fill("Har {wins}.")
    expect(swedish.locator(".faults li")).to_have_count(0)
    expect(box).not_to_have_attribute("aria-invalid", "true")
    screen.get_by_role("button", name="Save and stay").click()
    expect(screen.locator(".messagelist .success")).to_have_text(
        "Biographies: 1 new, 1 changed."
    )
    box.fill("")
    expect(swedish.locator(".deletes")).to_be_visible()
    expect(swedish.locator(".preview")).to_be_hidden()
    expect(swedish.locator(".count")).to_have_text("0 of 60 words")


def test_a_late_answer_and_a_server_that_is_away_lose_nothing(officer, driver):
    page = officer.new_page()
    page.goto(address(driver))
    swedish = cell(page, "sv-60")
    box, preview = swedish.locator("textarea"), swedish.locator(".preview-text")
    held = []
    page.route(
        "**/preview/",
        lambda route: route.continue_() if held else held.append(route),
    )
    with page.expect_request("**/preview/"):
        box.fill("Ett.")
    with page.expect_response("**/preview/"):
        box.fill("Två.")
    expect(preview).to_have_text("Två.")
    with page.expect_response("**/preview/"):
        held[0].continue_()
    page.wait_for_load_state("networkidle")
    expect(preview).to_have_text("Två.")
    page.unroute("**/preview/")

    page.route("**/preview/", lambda route: route.abort())
    box.fill("Tre.")
    expect(swedish.locator(".state")).to_contain_text("The server does not answer")
    expect(box).to_have_value("Tre.")
    expect(preview).to_have_text("Två.")
    page.unroute("**/preview/")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(preview).to_have_text("Tre.")
    expect(swedish.locator(".state")).to_be_hidden()


DARK = ("dark", ["color-contrast"])


def states(page, driver):
    """The screen as opened, with the facts, with the menu, and refused."""
    page.goto(address(driver))
    page.locator("#facts summary").click()
    yield "opened"
    cell(page, "en-60").get_by_role("button", name="Insert a fact").click()
    yield "menu"
    page.get_by_role("combobox").press_sequentially("zz")
    yield "nothing found"
    page.keyboard.press("Escape")
    cell(page, "en-60").locator("textarea").fill("Has {winz}. He is 33 years old.")
    cell(page, "en-25").locator("[type=date]").fill("2022-05-12")
    cell(page, "sv-60").locator("textarea").fill("")
    page.get_by_role("button", name="Save and stay").click()
    page.locator(".errornote").wait_for()
    yield "refused"
    page.goto(f"/admin/drivers/driver/{driver.pk}/change/")
    yield "the driver"
    page.goto("/admin/drivers/biography/?look=yes")
    yield "the list"
    page.goto("/admin/")
    yield "the first page"


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(screen, axe_in_admin, driver, width):
    across, down = WIDTHS[width]
    screen.set_viewport_size({"width": across, "height": down})
    # What only colours can break in the dark is the same in both widths.
    looks = {"phone": [("light", None)], "desk": [("light", None), DARK]}[width]
    found = {}
    for state in states(screen, driver):
        for scheme, rules in looks:
            screen.emulate_media(color_scheme=scheme)
            found[state, scheme] = axe_in_admin(screen, rules)
        page_width = screen.evaluate("document.documentElement.scrollWidth")
        assert page_width == across, state
    assert len(found) == 7 * len(looks)
    assert {place: faults for place, faults in found.items() if faults} == {}


def test_both_languages_stand_side_by_side_at_a_desk_alone(screen, driver):
    screen.goto(address(driver))
    boxes = [cell(screen, name).locator("textarea") for name in ("sv-60", "en-60")]
    swedish, english = (box.bounding_box() for box in boxes)
    assert swedish["y"] == english["y"]
    assert swedish["x"] + swedish["width"] < english["x"]
    screen.set_viewport_size({"width": 360, "height": 740})
    swedish, english = (box.bounding_box() for box in boxes)
    assert swedish["x"] == english["x"]
    assert swedish["y"] + swedish["height"] < english["y"]


def test_the_screen_is_a_plain_form_without_scripts(
    live_server, browser, officer, driver
):
    context = browser.new_context(
        base_url=live_server.url, locale="en-GB", java_script_enabled=False
    )
    context.add_cookies(officer.cookies())
    page = context.new_page()
    page.goto(address(driver))
    expect(page.get_by_role("button", name="Insert a fact").first).to_be_hidden()
    page.locator("#facts summary").click()
    expect(page.locator("#facts tr[data-token='{wins}']")).to_contain_text("two wins")
    cell(page, "en-60").locator("textarea").fill("Has {wins}.")
    page.get_by_role("button", name="Save and stay").click()
    expect(cell(page, "en-60").locator("mark")).to_have_text("two wins")
    context.close()
