"""A journalist who has never seen the site, in a browser, over the race week's demo."""

import io
import re
from datetime import datetime

import docx
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, Complaints
from tests.browser.site import serve

pytestmark = pytest.mark.django_db

MOST_CLICKS = 5
PAGES = (
    "/sv/press/",
    "/en/drivers/andreas-backman/press-kit/",
    "/sv/drivers/jessica-backman/press-kit/",
    "/en/teams/ja-backman-racing/press-kit/",
)
TOO_WIDE = """() => document.scrollingElement.scrollWidth
    - document.documentElement.clientWidth"""


@pytest.fixture(autouse=True)
def _media_in_a_folder_of_its_own():
    """The pictures lie where the module's site keeps them."""


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    yield from serve(django_db_blocker, tmp_path_factory.mktemp("media"))


@pytest.fixture
def page(browser, site, settings):
    settings.DEMO_NOW = datetime.fromisoformat("2022-05-12T12:00+02:00")
    context = browser.new_context(
        base_url=site,
        locale="sv-SE",
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    complaints = Complaints(page, site)
    yield page
    context.close()
    assert complaints == []


class Journey:
    """A way through the site that counts its clicks."""

    def __init__(self, page, start):
        self.page, self.clicks = page, 0
        page.goto(start)

    def click(self, name, **options):
        self.page.get_by_role("link", name=name, **options).first.click()
        self.clicks += 1

    def take(self, name):
        """The name and the content of the file that a link leads to."""
        with self.page.expect_download() as taken:
            self.click(name)
        download = taken.value
        return download.suggested_filename, download.path().read_bytes()


def test_journalist_finds_the_biography_as_word_and_the_portrait_in_five_clicks(page):
    journey = Journey(page, "/sv/")
    journey.click("Press", exact=True)
    journey.click("Andreas Bäckman", exact=True)
    journey.click("Press kit in English")
    name, content = journey.take(re.compile(r"Word.*60\swords"))
    assert name == "andreas-backman-biography-60-en.docx"
    paragraphs = [one.text for one in docx.Document(io.BytesIO(content)).paragraphs]
    cells = docx.Document(io.BytesIO(content)).tables
    texts = paragraphs + [
        cell.text for table in cells for row in table.rows for cell in row.cells
    ]
    assert any(text.startswith("Andreas Bäckman, born in Boden") for text in texts)
    _name, content = journey.take("Full size")
    with Image.open(io.BytesIO(content)) as portrait:
        assert (portrait.format, portrait.size) == ("JPEG", (800, 1000))
    assert b"Pitboard" in content  # the credit, within the file
    assert journey.clicks <= MOST_CLICKS


def test_text_is_copied_as_it_reads(page):
    page.goto("/en/drivers/andreas-backman/press-kit/")
    text = page.locator("#text-biography-long")
    button = page.locator("article", has=text).get_by_role("button")
    button.click()
    expect(button).to_have_value("Copied")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    paragraphs = text.locator("p").all_inner_texts()
    assert len(paragraphs) > 1
    assert copied.split("\n\n") == paragraphs


@pytest.mark.parametrize("path", PAGES)
def test_kits_have_no_fault_and_fit_the_narrowest_phone(path, page, axe_everywhere):
    assert axe_everywhere(page, path) == {}
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(TOO_WIDE) == 0


def test_masthead_takes_two_lines_on_a_phone(page):
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 740})
        for language in ("sv", "en"):
            page.goto(f"/{language}/press/")
            menu = page.locator(".mast nav").bounding_box()
            other = page.locator(".mast > .language").bounding_box()
            assert abs(menu["y"] - other["y"]) < menu["height"] / 2, (width, language)
