"""The sweep: the pages of the site, in both languages, as a stranger sees them.

Two sites are walked: an empty one and the race week of the demonstration, of which a
few pages of each kind are seen. `.ci/run` walks every page of both scenes from
outside, with `tests.sweep`.
"""

import re
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import Resolver404, get_resolver, resolve
from django.utils.translation import override

from tests import factories, markup
from tests.sweep import EMBED, Reply, Walk

pytestmark = pytest.mark.django_db

MOMENT = datetime.fromisoformat("2022-05-12T12:00+02:00")
# Each site and the fewest pages that are seen of it.
SCENES = {"empty": 16, "race-week": 110}
MOST_OF_A_KIND = 4
IN_FRONT = "/events/hankook-12h-hockenheimring-2022/"
DEMOS = [scene for scene in SCENES if scene != "empty"]
CSS = Path(settings.BASE_DIR) / "racing" / "static" / "racing" / "css"
# What a stranger cannot walk to: it changes something, needs a basket, or is for editors.
UNREACHABLE = {"as_of", "spoilers", "photo_basket", "photo_basket_zip", "media"}


def stranger():
    """A function that fetches a path as someone who was never here."""
    client = Client(raise_request_exception=False)

    def fetch(path):
        client.cookies.clear()
        response = client.get(path)
        headers = {name.lower(): value for name, value in response.headers.items()}
        if response.cookies:
            headers["set-cookie"] = response.cookies.output(header="")
        return Reply(response.status_code, headers, response.getvalue())

    return fetch


class Sample:
    """Whether a walk goes to a path: to a few of each kind, each in both languages.

    And to all that the weekend in front has, which is all that a weekend can have.
    """

    def __init__(self):
        self.seen = defaultdict(set)

    def __call__(self, path):
        if path.startswith(settings.STATIC_URL) or IN_FRONT in path:
            return True
        _, _language, tail = f"{path}/".split("/", 2)
        of_its_kind = self.seen[self.kind(path)]
        if len(of_its_kind) < MOST_OF_A_KIND:
            of_its_kind.add(tail)
        return tail in of_its_kind

    def kind(self, path):
        """The name of the address, and what is asked of it."""
        try:
            return url_name(path), *parse_qs(urlsplit(path).query)
        except Resolver404:
            return path


@pytest.fixture(scope="module")
def walks(tmp_path_factory):
    """Walk a scene when it is first asked for, and only then: `walks("empty")`."""
    done = {}

    def walk(scene):
        if scene not in done:
            with (
                override_settings(
                    DEMO_NOW=MOMENT,
                    MEDIA_ROOT=tmp_path_factory.mktemp(scene),
                    WHITENOISE_USE_FINDERS=True,
                ),
                transaction.atomic(),
            ):
                if scene != "empty":
                    call_command("demo", scene, verbosity=0)
                done[scene] = Walk(settings.SITE_URL, stranger(), Sample()).run()
                transaction.set_rollback(True)
        return done[scene]

    return walk


@pytest.mark.parametrize("scene", SCENES)
def test_every_page_is_well(walks, scene):
    assert walks(scene).problems == []


@pytest.mark.parametrize("scene", SCENES)
def test_the_walk_saw_pages_of_every_kind_of_the_sitemap(walks, scene):
    pages = walks(scene).pages
    assert len(pages) >= SCENES[scene]
    assert set(map(url_name, walks(scene).sitemap)) <= set(map(url_name, pages))


@pytest.mark.parametrize("scene", DEMOS)
def test_the_walk_came_to_every_address_with_a_name(walks, scene):
    names = {key for key in get_resolver().reverse_dict if isinstance(key, str)}
    seen = {url_name(path) for path in walks(scene).replies}
    assert names - seen == UNREACHABLE


def url_name(path):
    """The name of an address in its own language; of a static file, nothing."""
    if path.startswith(settings.STATIC_URL):
        return None
    with override(path.split("/")[1] or settings.LANGUAGE_CODE):
        return resolve(path.split("?")[0]).url_name


@pytest.mark.parametrize("scene", SCENES)
def test_every_answer_carries_the_policy_of_the_settings(walks, scene):
    policy = "; ".join(
        f"{directive} {' '.join(sources)}"
        for directive, sources in settings.SECURE_CSP.items()
    )
    policies = {
        reply.headers["content-security-policy"]
        for path, reply in walks(scene).replies.items()
        if not path.startswith(EMBED)
    }
    assert policies == {policy}


# Style sheets


def pages_of(walk):
    """What came back for each page, by path."""
    return {path: walk.replies[path] for path in walk.pages}


def sheets_of(reply):
    """The style sheets of the site that a page loads, by name."""
    return re.findall(r'href="/static/racing/css/(\w+)\.\w*\.?css"', reply.text)


def classes_in(sheet):
    return set(re.findall(r"\.([a-z][\w-]*)", SHEETS[sheet]))


SHEETS = {
    path.stem: re.sub(r"/\*.*?\*/|url\([^)]*\)|\{[^{}]*\}", "", path.read_text())
    for path in CSS.glob("*.css")
    if path.stem != "admin"
}


@pytest.mark.parametrize("scene", SCENES)
def test_the_style_sheets_of_every_page_weigh_less_than_30_kb(walks, scene):
    sizes = {sheet: (CSS / f"{sheet}.css").stat().st_size for sheet in SHEETS}
    for reply in pages_of(walks(scene)).values():
        assert sum(sizes[sheet] for sheet in sheets_of(reply)) < 30_000


@pytest.mark.parametrize("scene", DEMOS)
def test_every_page_loads_the_style_sheets_that_it_needs(walks, scene):
    missing = set()
    for path, reply in pages_of(walks(scene)).items():
        loaded = sheets_of(reply)
        assert "site" in loaded
        used = {
            name
            for value in re.findall(r'class="([^"]*)"', reply.text)
            for name in value.split()
        }
        known = set().union(*map(classes_in, loaded))
        for sheet in SHEETS.keys() - set(loaded):
            missing |= {
                (url_name(path), sheet, name)
                for name in used & (classes_in(sheet) - known)
            }
    assert missing == set()


@pytest.mark.parametrize("path", ["/", "/admin/", "/en", "/sv/drivers"])
def test_a_short_address_leads_on(path):
    assert Client().get(path).status_code in (301, 302)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("team", [False, True])
def test_an_unknown_address_gets_a_page_of_the_site(language, team):
    if team:
        factories.make_home_team()
    response = Client().get(f"/{language}/drivers/no-such-driver/")
    page = markup.Page(response.content.decode())
    assert response.status_code == 404
    assert page.problems() == []
    assert page.language == language
    assert f"/{language}/drivers/" in page.links


def test_an_address_outside_both_languages_gets_a_page_of_the_site():
    response = Client().get("/no-such-page/")
    assert response.status_code == 404
    assert markup.problems(response.content.decode()) == []


def test_a_form_without_its_token_gets_a_page_of_the_site():
    response = Client(enforce_csrf_checks=True).post("/as-of/")
    assert response.status_code == 403
    assert markup.problems(response.content.decode()) == []


def test_an_address_that_cannot_be_gets_a_page_of_the_site():
    response = Client().get("/sv/", QUERY_STRING="q=%00")
    assert response.status_code == 400
    assert markup.problems(response.content.decode()) == []


def test_a_site_that_is_broken_says_so_without_a_database():
    response = get_resolver().resolve_error_handler(500)(None)
    assert response.status_code == 500
    assert markup.problems(response.content.decode()) == []
