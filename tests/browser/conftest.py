"""Chromium for the browser tests: the machine's own, found or said to be missing.

`CHROMIUM` names it where it is not on the path. Where there is none the tests
are skipped and counted as such; with `REQUIRE_BROWSER=1` they fail.
"""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
PATIENCE = 10_000  # milliseconds

RUN_AXE = """rules => axe.run(
    document, {resultTypes: ["violations"], ...(rules && {runOnly: rules})}
).then(found => found.violations.flatMap(({id, nodes}) =>
    nodes.map(node => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`)))"""

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
