"""Chromium for the browser tests: the machine's own, found or said to be missing.

The one without a window comes first: it is the same engine and much quicker.
`CHROMIUM` names it where it is not on the path. Where there is none the tests
are skipped and counted as such; with `REQUIRE_BROWSER=1` they fail.
"""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from tests.adminpages import press_officer

NAMES = (
    *("chromium-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "chrome"),
)
PATIENCE = 10_000  # milliseconds
WIDTHS = {"phone": (360, 740), "desk": (1280, 900)}

RUN_AXE = """rules => axe.run(
    document, {resultTypes: ["violations"], ...(rules && {runOnly: rules})}
).then(found => found.violations.flatMap(({id, nodes}) =>
    nodes.map(node => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`)))"""

# In the admin without its own look at style sheets, which breaks the page's policy,
# and once the links, which fade into another colour, have it.
RUN_AXE_IN_ADMIN = """rules => Promise.allSettled(
    document.getAnimations().map(({finished}) => finished)
).then(() => axe.run(
    document,
    {preload: false, resultTypes: ["violations"], ...(rules && {runOnly: rules})}
)).then(found => found.violations.flatMap(({id, nodes}) =>
    nodes.map(node => `${id}: ${node.html}`)))"""

expect.set_options(timeout=PATIENCE)
# Playwright runs an event loop of its own beside Django.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture(scope="session")
def browser_type_launch_args():
    path = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, NAMES)), ""
    )
    if not path:
        missing = "Chromium is missing: install it, or name it in CHROMIUM."
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(missing)
        pytest.skip(missing)
    return {
        "executable_path": path,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-software-rasterizer",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    }


@pytest.fixture
def axe():
    """What axe finds on a page, a sentence for each fault: `axe(page)`.

    With `rules` it looks for those alone.
    """

    def run(page, rules=None):
        if page.evaluate("() => typeof axe") == "undefined":
            page.evaluate(Axe().axe_script)
        return page.evaluate(RUN_AXE, rules)

    return run


@pytest.fixture
def axe_everywhere(axe):
    """What axe finds on a page in both widths and schemes, by those with faults."""

    def run(page, address):
        page.goto(address)
        found = {}
        for width, (across, down) in WIDTHS.items():
            page.set_viewport_size({"width": across, "height": down})
            for scheme, rules in (("light", None), ("dark", ["color-contrast"])):
                page.emulate_media(color_scheme=scheme)
                found[width, scheme] = axe(page, rules)
        return {place: faults for place, faults in found.items() if faults}

    return run


@pytest.fixture
def axe_in_admin():
    """What axe finds on a page of the admin: `axe_in_admin(page)`."""

    def run(page, rules=None):
        page.evaluate(Axe().axe_script)
        return page.evaluate(RUN_AXE_IN_ADMIN, rules)

    return run


class Complaints(list):
    """What a page says or does that it should not, gathered while it is open.

    Messages of the console (a breach of the content security policy is one),
    scripts that fail, files that are missing, requests to other hosts.
    """

    def __init__(self, page, origin, *, missing=()):
        """`missing`: paths that are meant to be missing."""
        self.origin = origin
        self.missing = missing
        page.on("console", self.on_console)
        page.on("pageerror", lambda error: self.append(f"error: {error}"))
        page.on("request", self.on_request)
        page.on("response", self.on_response)

    def on_console(self, message):
        # The browser repeats an unwanted status, which on_response tells better.
        if message.type in ("error", "warning") and "status of" not in message.text:
            self.append(f"{message.type}: {message.text}")

    def on_request(self, request):
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.append(f"{request.url} is asked for")

    def on_response(self, response):
        path = response.url.removeprefix(self.origin)
        if response.status >= 400 and path not in self.missing:
            self.append(f"{path} answers {response.status}")


# The admin


@pytest.fixture
def officer(live_server, browser):
    """A browser with a press officer logged in, who reads English."""
    client = Client()
    client.force_login(press_officer())
    context = browser.new_context(base_url=live_server.url, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    context.add_cookies([cookie])
    yield context
    context.close()


@pytest.fixture
def screen(officer, live_server):
    """A page of that browser, which must not complain."""
    complaints = []

    def listen(page):
        complaints.append(Complaints(page, live_server.url))

    officer.on("page", listen)
    page = officer.new_page()
    yield page
    assert [said for complaint in complaints for said in complaint] == []
