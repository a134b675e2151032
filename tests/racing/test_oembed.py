"""What a site that is told an address of ours shows of it: racing.oembed."""

import html
import re
from urllib.parse import quote
from xml.etree import ElementTree

import html5lib
import pytest

from drivers.models import GUEST
from events.models import Event
from tests import markup
from tests.factories import make_driver, make_event, make_home_team, make_session

pytestmark = pytest.mark.django_db

EVENT = "events/hankook-12h-hockenheimring-2022/"
DRIVER = "drivers/andreas-backman/"
# With one day and one session.
HEIGHT = 485


@pytest.fixture(autouse=True)
def _a_weekend_and_a_driver():
    make_session(event=make_event())
    make_driver()
    make_driver(slug="guest", first_name="Guest", status=GUEST)


@pytest.fixture
def ask(client):
    def get(url, **query):
        return client.get("/oembed", {"url": url, **query})

    return get


def frame(answer):
    """The attributes of the frame in an answer."""
    (element,) = html5lib.parseFragment(answer["html"], namespaceHTMLElements=False)
    assert element.tag == "iframe"
    return dict(element.items())


def test_weekend_is_told_as_json(ask):
    make_home_team()
    response = ask(f"http://testserver/en/{EVENT}")
    answer = response.json()
    assert response.headers["Content-Type"] == "application/json"
    code = frame(answer)
    del answer["html"]
    assert answer == {
        "version": "1.0",
        "type": "rich",
        "title": "Hankook 12h Hockenheimring: timetable",
        "provider_name": "JA Bäckman Racing",
        "provider_url": "http://testserver",
        "cache_age": 86400,
        "width": 600,
        "height": HEIGHT,
    }
    assert code == {
        "src": f"http://testserver/embed/en/{EVENT}",
        "title": "Hankook 12h Hockenheimring: timetable",
        "width": "600",
        "height": str(HEIGHT),
        "style": "border:0;max-width:100%",
        "loading": "lazy",
        "sandbox": "allow-same-origin allow-popups allow-popups-to-escape-sandbox "
        "allow-top-navigation-by-user-activation",
    }


def test_driver_is_told_as_xml_and_says_the_same(ask):
    url = f"http://testserver/en/{DRIVER}"
    response = ask(url, format="xml")
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)  # noqa: S314 (the site's own)
    told = {element.tag: element.text for element in root}
    answer = ask(url, format="json").json()
    assert root.tag == "oembed"
    assert told == {name: str(value) for name, value in answer.items()}
    assert told["title"] == "Andreas Bäckman: next race weekend"
    assert told["provider_name"] == "Pitboard"
    assert frame(told)["src"] == f"http://testserver/embed/en/{DRIVER}next/"


@pytest.mark.parametrize(
    "url",
    [
        f"http://testserver/sv/{EVENT}",
        f"https://testserver/sv/{EVENT}",
        f"http://TestServer/sv/{EVENT}",
        f"http://testserver/sv/{EVENT}?utm_source=x&show=results",
        f"http://testserver/sv/{EVENT}#timetable",
    ],
)
def test_page_is_known_by_every_form_of_its_address(url, ask):
    response = ask(url)
    assert response.status_code == 200
    assert frame(response.json())["src"] == f"http://testserver/embed/sv/{EVENT}"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "http://[",
        "http://testserver",
        "http://testserver/sv/",
        "http://testserver/sv/events/",
        "http://testserver/sv/events/nowhere/",
        "http://testserver/sv/drivers/guest/",
        f"http://testserver/de/{EVENT}",
        f"http://testserver/embed/sv/{EVENT}",
        f"http://testserver/sv/{DRIVER}results/",
        f"/sv/{EVENT}",
        f"ftp://testserver/sv/{EVENT}",
        f"http://testserver:81/sv/{EVENT}",
        f"http://testserver@example.org/sv/{EVENT}",
        f"http://example.org/sv/{EVENT}",
        f"http://testserver.example.org/sv/{EVENT}",
        "http://testserver/sv/events/%00/",
    ],
)
@pytest.mark.parametrize("form", ["json", "xml"])
def test_any_other_address_is_not_found(url, form, client):
    # Not `ask`, whose client would refuse some of them itself.
    query = f"url={quote(quote(url, safe=':/?#[]@%'))}&format={form}"
    response = client.get("/oembed", QUERY_STRING=query)
    assert response.status_code in ((404, 400) if "%00" in url else (404,))


def test_address_is_needed_and_the_form_is_one_of_two(client, ask):
    assert client.get("/oembed").status_code == 404
    assert ask(f"http://testserver/sv/{EVENT}", format="yaml").status_code == 400
    assert client.post("/oembed").status_code == 405


@pytest.mark.parametrize(
    ("query", "size"),
    [
        ({"maxwidth": "300"}, (300, HEIGHT)),
        ({"maxheight": "200"}, (600, 200)),
        ({"maxwidth": "320", "maxheight": "240"}, (320, 240)),
        ({"maxwidth": "9000", "maxheight": "9000"}, (600, HEIGHT)),
        ({"maxwidth": "0", "maxheight": ""}, (600, HEIGHT)),
        ({"maxwidth": "-1", "maxheight": "wide"}, (600, HEIGHT)),
        ({"maxwidth": "²", "maxheight": "9" * 5000}, (600, HEIGHT)),
    ],
)
def test_frame_is_no_larger_than_asked_for(query, size, ask):
    answer = ask(f"http://testserver/sv/{EVENT}", **query).json()
    assert (answer["width"], answer["height"]) == size
    assert (frame(answer)["width"], frame(answer)["height"]) == tuple(map(str, size))


@pytest.mark.parametrize("query", [{}, {"format": "yaml"}, {"url": "x"}])
def test_scripts_of_any_site_may_ask(query, ask):
    url = query.pop("url", f"http://testserver/sv/{EVENT}")
    headers = ask(url, **query).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cache-Control"] == "public, no-cache"
    assert headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"


def test_frame_is_secure_where_the_asking_is(client):
    query = {"url": f"http://testserver/sv/{EVENT}"}
    answer = client.get("/oembed", query, secure=True).json()
    assert frame(answer)["src"].startswith("https://testserver/embed/")
    assert answer["provider_url"] == "https://testserver"


def test_names_with_signs_of_markup_stay_names(ask):
    name = 'R&D <script>’s\' "12h" 🏁'
    Event.objects.update(name=f"{name}\x0b")
    for form in ("json", "xml"):
        response = ask(f"http://testserver/en/{EVENT}", format=form)
        if form == "json":
            answer = response.json()
        else:
            root = ElementTree.fromstring(response.content)  # noqa: S314
            answer = {element.tag: element.text for element in root}
        assert answer["title"].replace("\x0b", "") == f"{name}: timetable"
        assert name in frame(answer)["title"].replace("\x0b", "")


@pytest.mark.parametrize(("path", "queries"), [(EVENT, 3), (DRIVER, 2)])
def test_answer_takes_few_queries(path, queries, ask, django_assert_num_queries):
    with django_assert_num_queries(queries):
        ask(f"http://testserver/sv/{path}")


# On the pages themselves


@pytest.mark.parametrize("path", [EVENT, DRIVER])
def test_page_says_how_it_is_shown_elsewhere(path, client):
    page = markup.Page(client.get(f"/en/{path}?utm_source=x").text)
    assert page.problems() == []
    answers = []
    for form in ("application/json", "text/xml"):
        address = page.link("alternate", type=f"{form}+oembed")
        assert address.startswith("http://testserver/oembed?url=http%3A%2F%2F")
        response = client.get(address.removeprefix("http://testserver"))
        assert response.headers["Content-Type"].split(";")[0] == form
        answers.append(response)
    (field,) = page.all("textarea")
    assert field.get("readonly") is not None
    code = frame({"html": field.text})
    told = frame(answers[0].json())
    assert {name for name in code if code[name] != told[name]} == {"title"}
    see = re.search(r'href="(/embed/[^"]*)"', client.get(f"/en/{path}").text)[1]
    assert html.unescape(code["src"]) == f"http://testserver{see}"
    assert client.get(see).status_code == 200
