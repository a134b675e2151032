"""Parts of the site in frames of other sites."""

from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from events.models import CANCELLED
from tests import factories
from tests.browser.conftest import PATIENCE, Complaints

pytestmark = pytest.mark.django_db(transaction=True)

WEEKEND = "events/hankook-12h-hockenheimring-2022/"
DRIVER = "drivers/andreas-backman/"
NARROW = {"width": 320, "height": 640}
WIDE = """() => document.scrollingElement.scrollWidth - innerWidth"""


@pytest.fixture
def site(settings, live_server):
    """A weekend in Dubai with a driver of ours, and where the site is."""
    settings.SITE_URL = live_server.url
    settings.DEMO_NOW = datetime(2022, 5, 14, 12, tzinfo=UTC)
    factories.make_home_team()
    circuit = factories.make_circuit(
        name="Dubai Autodrome", country="AE", time_zone="Asia/Dubai"
    )
    event = factories.make_event(circuit=circuit)
    factories.make_session(event=event, length_minutes=360)
    for name, facts in {
        "Warm-up": {"status": CANCELLED},
        "Race 2": {"start": datetime(2022, 5, 14, 21, tzinfo=UTC)},
    }.items():
        factories.make_session(event=event, name_sv=name, **facts)
    factories.make_event_link(event=event, label_sv="24H Series på YouTube")
    factories.make_entry(
        event=event, drivers=[factories.make_driver()], car=factories.make_car()
    )
    return live_server.url


@pytest.fixture
def page(browser, site):
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


class News(BaseHTTPRequestHandler):
    """Another site: every address is a page with what a test puts there."""

    body = ""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f"<!doctype html><title>News</title>{self.body}".encode())

    def log_message(self, *args):
        """Says nothing."""


@pytest.fixture
def show(page):
    """Open a page of another site with that in its body: `show(html)`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), News)
    thread = Thread(target=server.serve_forever)
    thread.start()

    def go(body):
        News.body = body
        page.goto(f"http://127.0.0.1:{server.server_port}/")

    yield go
    server.shutdown()
    thread.join()
    server.server_close()


def test_another_site_can_frame_the_embeds_and_no_page(page, site, show):
    for path in (WEEKEND, f"{DRIVER}next/"):
        show(f'<iframe src="{site}/embed/en/{path}"></iframe>')
        framed = page.frame_locator("iframe").locator("h1")
        expect(framed).to_have_text("Hankook 12h Hockenheimring")
    for path in (WEEKEND, DRIVER, ""):
        with page.expect_console_message(is_refusal):
            show(f'<iframe src="{site}/en/{path}"></iframe>')
        expect(page.frame_locator("iframe").locator("main")).to_have_count(0)


def is_refusal(message):
    return message.type == "error" and "frame-ancestors 'none'" in message.text


def test_frame_that_the_site_offers_works_without_scripts_and_leads_there(
    page, site, show
):
    answer = page.request.get(f"{site}/oembed?url={site}/en/{WEEKEND}").json()
    complaints = Complaints(page, "http://")
    show(answer["html"])
    frame = page.frame_locator("iframe")
    expect(frame.locator(".strip")).to_contain_text("On track now")
    expect(frame.locator("tr.live .t")).to_contain_text("15:55")
    expect(frame.locator("tr.live .t small")).to_have_text("13:55 Swedish time")
    fonts = frame.locator("h1").evaluate(
        "async el => (await document.fonts.ready, document.fonts.check('700 1em Barlow Condensed'))"
    )
    assert fonts
    frame.get_by_text("All about the weekend").click()
    page.wait_for_url(f"{site}/en/{WEEKEND}")
    # The frame refuses the scripts of the browser's remote control too, and says so.
    assert [said for said in complaints if "'allow-scripts'" not in said] == []


@pytest.mark.parametrize("path", [WEEKEND, f"{DRIVER}next/", "events/gone/"])
def test_embed_is_for_everybody_on_320_pixels(path, page, site, axe):
    page.set_viewport_size(NARROW)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{site}/embed/en/{path}")
        assert axe(page) == []
        assert page.evaluate(WIDE) <= 0
