"""The photo room in a browser: from a question to a ZIP, and how it looks."""

import re
import zipfile

import pytest
from playwright.sync_api import expect

from racing import darkroom
from tests.browser.conftest import PATIENCE, Complaints
from tests.factories import image_file, make_driver, make_home_team, make_photo

pytestmark = pytest.mark.django_db

ROOM = "/en/press/photos/"
NARROWEST = {"width": 320, "height": 700}
TOO_WIDE = """() => document.scrollingElement.scrollWidth
    - document.documentElement.clientWidth"""
SHEETS = [(1500, 1000), (1000, 1500), (1200, 1200), (2400, 800)]


@pytest.fixture
def room(live_server):
    """Four developed photos of Andreas and one of nobody; their numbers."""
    make_home_team()
    driver = make_driver()
    photos = []
    for number, size in enumerate([*SHEETS, (900, 600)]):
        photo = make_photo(
            alt=f"Bild {number}",
            alt_en=f"Picture {number}",
            caption_en="Out of the pits before Friday’s practice." * number,
            credit="Åsa Öst",
            rights_note_en="Name the photographer.",
            image=image_file(size=size, colour=f"#{number}0a0c0"),
            developed="",
        )
        darkroom.develop(photo)
        photos.append(photo)
    driver.photos.set(photos[:-1])
    return [photo.pk for photo in photos]


def visit(browser, live_server, **options):
    context = browser.new_context(
        base_url=live_server.url, locale="en-GB", accept_downloads=True, **options
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.complaints = Complaints(page, live_server.url)
    return page


def test_a_journalist_leaves_with_credit_and_photos(
    room, live_server, browser, tmp_path
):
    page = visit(browser, live_server)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(ROOM)
    photos = page.get_by_role("main").get_by_role("heading", level=3)
    expect(photos).to_have_count(5)
    page.get_by_label("Driver").select_option("andreas-backman")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Andreas Bäckman: 4 photos")).to_be_visible()
    expect(photos).to_have_count(4)
    photos.last.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Picture 0")
    page.get_by_role("button", name="Copy credit").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Photo: Åsa Öst"
    page.get_by_role("button", name="Add to basket").click()
    basket = page.get_by_role("region", name="Basket")
    expect(basket).to_contain_text("1 photo, ")
    page.go_back()
    page.go_back()
    page.reload()
    page.get_by_role("button", name="Add to basket").first.click()
    asked = "driver=andreas-backman&orientation=&q="
    expect(page).to_have_url(f"{live_server.url}{ROOM}?{asked}#photo-{room[3]}")
    expect(basket).to_contain_text("2 photos, ")
    with page.expect_download() as download:
        basket.get_by_role("link", name="Download as ZIP").click()
    assert download.value.suggested_filename == "photos.zip"
    path = tmp_path / "photos.zip"
    download.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "manifest.csv",
            "manifest.txt",
            f"bild-0-{room[0]}.jpg",
            f"bild-3-{room[3]}.jpg",
        ]
        assert "Name the photographer." in archive.read("manifest.txt").decode()
    basket.get_by_role("button", name="Empty the basket").click()
    expect(basket).to_contain_text("Empty.")
    page.context.close()
    assert page.complaints == []


def test_the_basket_needs_no_script(room, live_server, browser):
    page = visit(browser, live_server, java_script_enabled=False)
    page.goto(ROOM)
    expect(page.get_by_role("button", name="Copy credit")).to_have_count(0)
    page.get_by_role("button", name=re.compile("Add to basket.*Picture 4")).click()
    expect(page.get_by_role("region", name="Basket")).to_contain_text("1 photo, ")
    page.get_by_role("button", name=re.compile("Remove from basket.*Picture 4")).click()
    expect(page.get_by_role("region", name="Basket")).to_contain_text("Empty.")
    page.context.close()
    assert page.complaints == []


def test_axe_finds_nothing_and_nothing_is_too_wide(
    room, live_server, browser, axe_everywhere
):
    page = visit(browser, live_server)
    for chosen in ("", f"{room[0]}.{room[1]}.99"):
        if chosen:
            cookie = {"name": "basket", "value": chosen, "url": live_server.url}
            page.context.add_cookies([cookie])
        for path in (ROOM, f"{ROOM}{room[1]}/", f"{ROOM}?q=nothing"):
            assert axe_everywhere(page, path) == {}, (chosen, path)
            page.set_viewport_size(NARROWEST)
            assert page.evaluate(TOO_WIDE) <= 0, (chosen, path)
    page.context.close()
    assert page.complaints == []
