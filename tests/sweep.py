"""A walk over the whole site: every page, every link, every file, each once.

`python -m tests.sweep http://127.0.0.1:8000` walks a running site from outside,
says how much it saw and ends with 1 and a list where something is wrong.
tests/test_pages.py walks the same way inside the test suite, a few pages of each kind.
"""

import gzip
import re
import struct
import sys
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from io import BytesIO
from urllib.error import HTTPError, URLError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener
from xml.etree import ElementTree

from PIL import Image

from tests import markup

LANGUAGES = ("sv", "en")
STARTS = ["/", "/robots.txt", "/.well-known/security.txt", "/healthz"]
FEWEST_PAGES = 500
PATIENCE = 60  # seconds until a site that is starting must answer

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
ATOM = "{http://www.w3.org/2005/Atom}"
EMBED = "/embed/"  # the pages that other sites may frame
PNG_HEADER = struct.Struct(">8s8xII")
SHARED_SIZE = (1200, 630)
PAGE_HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cache-control": "public, no-cache",
}
HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")
FAR_FUTURE = re.compile(r"max-age=\d{8,}.*immutable")


@dataclass(frozen=True)
class Reply:
    """What came back for a path: `headers` by lower-case name, `body` in bytes."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def kind(self):
        return self.headers.get("content-type", "").split(";")[0]

    @property
    def text(self):
        return self.body.decode()


class Walk:
    """The walk of a stranger over the site at `origin`, path by path.

    `fetch` turns a path into a Reply and follows no redirect; `wanted` says of a path
    whether to go there, every one without it. Afterwards
    `replies` holds what was seen, `pages` what could be read, `sitemap` the paths the
    site says it has with their twins by language, and `problems` a sentence for each
    thing that is wrong.
    """

    def __init__(
        self,
        origin: str,
        fetch: Callable[[str], Reply],
        wanted: Callable[[str], bool] = lambda path: True,
    ):
        self.origin = origin.rstrip("/")
        self.fetch = fetch
        self.wanted = wanted
        self.replies: dict[str, Reply] = {}
        self.pages: dict[str, markup.Page] = {}
        self.sitemap: dict[str, dict[str, str]] = {}
        self.problems: list[str] = []
        self.fragments: set[tuple[str, str, str]] = set()
        self.queue = deque((path, "the start") for path in STARTS)

    def run(self):
        self.read_sitemap()
        while self.queue:
            path, source = self.queue.popleft()
            if path not in self.replies:
                self.visit(path, source)
        self.compare_titles()
        self.compare_languages()
        self.compare_sitemap()
        self.check_fragments()
        return self

    def report(self, where, what):
        self.problems.append(f"{where}: {what}")

    def local(self, address, base="/"):
        """The path of an address on this site, or None where it leads away."""
        whole, fragment = urldefrag(urljoin(self.origin + base, address))
        if not f"{whole}/".startswith(f"{self.origin}/"):
            return None
        path = whole[len(self.origin) :] or "/"
        if fragment:
            self.fragments.add((base, path, fragment))
        return path

    def follow(self, address, source):
        """Put an address of this site on the list of what is still to be seen."""
        path = self.local(address, source)
        if path is not None and self.wanted(path):
            self.queue.append((path, source))

    def read_sitemap(self):
        reply = self.fetch("/sitemap.xml")
        self.replies["/sitemap.xml"] = reply
        if reply.status != 200:
            self.report("/sitemap.xml", f"answers {reply.status}")
            return
        root = ElementTree.fromstring(reply.text)  # noqa: S314 (the site's own)
        for entry in root.iter(f"{SITEMAP}url"):
            address = entry.findtext(f"{SITEMAP}loc")
            path = self.local(address)
            if path is None:
                self.report("/sitemap.xml", f"{address} is not on this site")
            elif path in self.sitemap:
                self.report("/sitemap.xml", f"{path} stands there more than once")
            else:
                self.follow(address, "/sitemap.xml")
                self.sitemap[path] = {
                    link.get("hreflang"): link.get("href")
                    for link in entry.iter(f"{XHTML}link")
                }

    def visit(self, path, source):
        reply = self.replies[path] = self.fetch(path)
        if "set-cookie" in reply.headers:
            self.report(path, "sets a cookie")
        self.check_policy(path, reply)
        if reply.status == 302:
            self.follow(reply.headers["location"], path)
        elif reply.status != 200:
            self.report(path, f"answers {reply.status}, linked from {source}")
        else:
            self.read(path, reply)

    def read(self, path, reply):
        if path.startswith(EMBED):
            self.read_embed(path, reply)
        elif reply.kind == "text/html":
            self.read_page(path, reply)
        elif reply.kind == "application/atom+xml":
            self.read_feed(path, reply)
        elif reply.kind == "text/css":
            for address in re.findall(r"url\([\"']?([^\"')]+)", reply.text):
                self.load(address, path)
        elif reply.kind == "text/javascript":
            for address in re.findall(r"^import .*[\"'](.+)[\"']", reply.text, re.M):
                self.load(address, path)

    def load(self, address, source):
        """Follow what the browser loads; nothing comes from another host."""
        if not address.startswith("data:") and self.local(address, source) is None:
            self.report(source, f"loads {address} from another host")
        self.follow(address, source)

    def check_policy(self, path, reply):
        policy = reply.headers.get("content-security-policy", "")
        if not policy.startswith("default-src 'none';") or "unsafe" in policy:
            self.report(path, f"has the content security policy “{policy}”")
        if path.startswith(EMBED):
            policy = policy.removesuffix("; frame-ancestors *")
        if re.search(r"https?:|\*", policy):
            self.report(path, f"allows other hosts: “{policy}”")

    def read_page(self, path, reply):
        page = self.pages[path] = markup.Page(reply.text)
        for problem in page.problems():
            self.report(path, problem)
        for name, expected in PAGE_HEADERS.items():
            if reply.headers.get(name) != expected:
                self.report(path, f"{name} is {reply.headers.get(name)}")
        language = path.split("/")[1]
        for where, found in {
            "lang": page.language,
            "Content-Language": reply.headers.get("content-language"),
        }.items():
            if found != language:
                self.report(path, f"{where} is {found}")
        self.check_addresses(path, page)
        self.check_share_picture(path, page)
        if len(page.meta("description")) < 20:
            self.report(path, f"the description is “{page.meta('description')}”")
        for address in page.resources:
            self.load(address, path)
        for address in [*page.links, *self.other_forms(page)]:
            self.follow(address, path)

    def other_forms(self, page):
        """What the head says is the same in another form: feeds, frames."""
        for link in page.all("link"):
            if link.get("rel") == "alternate" and link.get("type"):
                yield link.get("href")

    def read_feed(self, path, reply):
        root = ElementTree.fromstring(reply.body)  # noqa: S314 (the site's own)
        for link in root.iter(f"{ATOM}link"):
            own = self.local(link.get("href"), path)
            if own is None or (link.get("rel") == "self" and own != path):
                self.report(path, f"has the {link.get('rel')} link {link.get('href')}")
            self.follow(link.get("href"), path)

    def read_embed(self, path, reply):
        """A page for frames of other sites: no script, and not for search engines."""
        page = markup.Page(reply.text)
        for problem in page.problems():
            self.report(path, problem)
        if "x-frame-options" in reply.headers:
            self.report(path, "cannot be framed")
        if "cookie" in reply.headers.get("vary", "").lower():
            self.report(path, "is not the same for everybody")
        if page.all("script"):
            self.report(path, "has a script")
        if page.meta("robots") != "noindex":
            self.report(path, "is for search engines")
        if page.language != path.split("/")[2]:
            self.report(path, f"lang is {page.language}")
        for address in page.resources:
            self.load(address, path)
        for address in [*page.links, page.link("canonical")]:
            self.follow(address, path)

    def check_addresses(self, path, page):
        """The page names itself, and its twin in each language."""
        bare = urlsplit(path).path
        if page.link("canonical") != self.origin + bare:
            self.report(path, f"canonical is {page.link('canonical')}")
        for name in (*LANGUAGES, "x-default"):
            language = LANGUAGES[0] if name == "x-default" else name
            expected = f"{self.origin}/{language}/{bare.split('/', 2)[2]}"
            found = page.link("alternate", hreflang=name)
            if found != expected:
                self.report(path, f"the alternate for {name} is {found}")
            self.follow(expected, path)

    def check_share_picture(self, path, page):
        picture = self.local(page.meta("og:image") or "none:", path)
        if picture is None:
            self.report(path, f"og:image is “{page.meta('og:image')}”")
            return
        if picture in self.replies:
            return
        self.visit(picture, path)
        reply = self.replies[picture]
        if reply.status == 200:
            sides = [page.meta(f"og:image:{side}") for side in ("width", "height")]
            told = tuple(map(int, filter(None, sides))) or SHARED_SIZE
            if picture_size(reply) != told:
                what = f"{reply.kind}, {picture_size(reply)}"
                self.report(picture, f"is no picture of {told} but {what}")

    def compare_titles(self):
        """Two pages of one language that have the same title are one too many."""
        titles = defaultdict(list)
        for path, page in self.pages.items():
            if "?" not in path:
                titles[page.language, page.title].append(path)
        for (_language, title), paths in titles.items():
            if len(paths) > 1:
                self.report(" and ".join(paths), f"have the title “{title}”")

    def compare_languages(self):
        """Each page stands in both languages."""
        tails = defaultdict(set)
        for path in self.pages:
            _, language, tail = path.split("/", 2)
            tails[tail].add(language)
        for tail, languages in tails.items():
            if languages != set(LANGUAGES):
                self.report(f"/…/{tail}", f"exists only in {sorted(languages)}")

    def compare_sitemap(self):
        """What can be reached is in the sitemap, search aside, and says the same.

        A list that is asked for a part of itself stands there as the whole list.
        """
        for path, page in self.pages.items():
            whole = urlsplit(path).path
            if whole not in self.sitemap and path.split("/")[2] != "search":
                self.report(path, "is not in the sitemap")
            for name, address in self.sitemap.get(path, {}).items():
                if page.link("alternate", hreflang=name) != address:
                    self.report(path, f"the sitemap has {address} for {name}")

    def check_fragments(self):
        for source, path, fragment in sorted(self.fragments):
            if path in self.pages and fragment not in self.pages[path].ids:
                self.report(source, f"links to {path}, which has no #{fragment}")


def picture_size(reply):
    """Width and height of a drawing or, in its copy for sharing, of a photo."""
    if reply.kind == "image/jpeg":
        with Image.open(BytesIO(reply.body)) as image:
            return image.size
    _magic, *size = PNG_HEADER.unpack_from(reply.body.ljust(PNG_HEADER.size))
    return tuple(size) if reply.kind == "image/png" else None


# From outside


class Stay(HTTPRedirectHandler):
    """Take a redirect as an answer."""

    def redirect_request(self, *args):
        return None


OPENER = build_opener(Stay)


def ask(origin, path, **headers):
    """The reply of a running site; unpacked where it came packed."""
    request = Request(origin + path, headers={"Accept-Encoding": "gzip", **headers})  # noqa: S310
    try:
        response = OPENER.open(request, timeout=30)
    except HTTPError as error:
        response = error
    with response:
        body = response.read()
        headers = {name.lower(): value for name, value in response.headers.items()}
        if headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        return Reply(response.status, headers, body)


def wait_for(origin):
    """Wait until the site says it is well; False where it never does."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if ask(origin, "/healthz").status == 200:
                return True
        except (URLError, HTTPException, OSError):
            pass
        time.sleep(0.25)
    return False


def check_server(origin, walk):
    """What only a running server can get wrong: packing, hashed names, 304, 404."""
    for path, reply in walk.replies.items():
        if path.startswith("/static/"):
            if not HASHED.search(path):
                walk.report(path, "has no hash in its name")
            if not FAR_FUTURE.search(reply.headers.get("cache-control", "")):
                walk.report(path, "may not be kept for ever")
        text = reply.kind in ("text/html", "text/css", "text/javascript")
        if text and len(reply.body) > 1000 and "content-encoding" not in reply.headers:
            walk.report(path, "is not compressed")
    home = walk.replies.get("/sv/")
    if home and home.headers.get("etag"):
        again = ask(origin, "/sv/", **{"If-None-Match": home.headers["etag"]})
        if again.status != 304:
            walk.report("/sv/", f"answers {again.status} to who has it already")
    else:
        walk.report("/sv/", "has no ETag")
    expected = {"/admin/login/": 200, "/sv/no-such-page/": 404, "/theme.css": 200}
    for path, status in expected.items():
        if ask(origin, path).status != status:
            walk.report(path, f"does not answer {status}")


def main(origin):
    if not wait_for(origin):
        sys.stdout.write(f"{origin} did not answer within {PATIENCE} seconds.\n")
        return 1
    walk = Walk(origin, lambda path: ask(origin, path)).run()
    check_server(origin, walk)
    if len(walk.pages) < FEWEST_PAGES:
        walk.report(origin, f"fewer than {FEWEST_PAGES} pages")
    lines = [*walk.problems]
    lines.append(
        f"{len(walk.pages)} pages and {len(walk.replies) - len(walk.pages)} other "
        f"addresses at {origin}: {len(walk.problems) or 'no'} problems."
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if walk.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/")))
