"""With JavaScript switched off the site says the same and leads everywhere."""

import pytest

from tests.browser.conftest import PATIENCE
from tests.browser.site import EVENT, PAGES, serve

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media_in_a_folder_of_its_own():
    """The pictures lie where the module's site keeps them."""


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    yield from serve(django_db_blocker, tmp_path_factory.mktemp("media"))


@pytest.fixture(scope="module")
def plain(browser, site):
    """A page that runs no script."""
    context = browser.new_context(
        base_url=site, locale="sv-SE", java_script_enabled=False
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def scripted(browser, site):
    """A page that does, beside it."""
    context = browser.new_context(base_url=site, locale="sv-SE")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_the_same_without_scripts(plain, scripted, name):
    scripted.goto(PAGES[name])
    plain.goto(PAGES[name])
    assert plain.locator("body").inner_text() == scripted.locator("body").inner_text()


def test_the_countdown_is_right_without_scripts(plain):
    """The page stands at noon on Thursday; the weekend's first session is named."""
    plain.goto("/en/")
    countdown = plain.locator("time[data-countdown]").first
    assert countdown.inner_text().startswith("in ")
    assert countdown.get_attribute("datetime").startswith("2022-05-1")


def test_the_whole_site_can_be_walked_without_scripts(plain, site):
    def at(path):
        assert plain.url == f"{site}{path}"
        assert plain.locator("h1").count() == 1

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
    assert plain.url == f"{site}/en/search/?q=backman"
    names = plain.get_by_role("main").get_by_role("link").all_inner_texts()
    assert "Andreas Bäckman" in " ".join(names)
