"""A ruling months later, set in the admin, is right on every page at once.

The real case of the archive: Skellefteå, race 1 of 18 June 2022.
"""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from drivers.models import COUNTED, CareerResult
from events.models import Session

pytestmark = pytest.mark.django_db(transaction=True)

DRIVER = "/en/drivers/andreas-backman/"
REASON = "Dahlgren utesluts på nytt"
# How a place is told of in signs and in words.
SECOND = re.compile(r"\b(2|2nd|second|tvåa)\b", re.IGNORECASE)
FIRST = re.compile(r"\b(1|1st|first|etta)\b", re.IGNORECASE)


@pytest.fixture
def session():
    """The race, in the archive; the driver's season is counted from its results."""
    call_command("demo", "archive", verbosity=0)
    line = CareerResult.objects.get(
        driver__slug="andreas-backman", season__series__slug="stcc", season__year=2022
    )
    line.totals = COUNTED
    for figure in ("starts", "wins", "class_wins", "podiums", "poles", "fastest_laps"):
        setattr(line, figure, None)
    line.save()
    return Session.objects.get(event__slug="stcc-skelleftea-2022", name_sv="Race 1")


def public_pages():
    """The paths of the sitemap in English, and the driver's record as it is asked."""
    listed = Client().get("/sitemap.xml").content.decode()
    paths = re.findall(r"<loc>https?://[^/]+(/en/[^<]*)</loc>", listed)
    assert len(paths) > 200
    return paths + [f"{DRIVER}results/?what={what}" for what in ("wins", "podiums")]


def words(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def places_told(address: str, paths: Iterable[str]) -> dict[str, set[str]]:
    """What pages say of a session in the item or cell that leads to it."""
    client, found = Client(), {}
    for path in paths:
        response = client.get(path)
        assert response.status_code == 200
        if address[3:] not in response.text:
            continue
        page = html5lib.parse(response.content, namespaceHTMLElements=False)
        told = {
            words(item).replace("Race 1", "")
            for item in page.iter()
            if item.tag in ("li", "td")
            for link in item.iter("a")
            if link.get("href", "")[3:] == address[3:]
        }
        if told:
            found[path] = told
    return found


def test_a_ruling_is_right_on_every_page_at_once(screen, session):
    address = session.get_absolute_url()
    before = places_told(address, public_pages())
    stale = {text for texts in before.values() for text in texts if SECOND.search(text)}
    assert len([path for path in before if before[path] & stale]) >= 5
    screen.goto(DRIVER)
    expect(screen.locator(".matrix").get_by_role("link", name="SKE 2")).to_be_visible()
    expect(wins(screen)).to_have_text("at least 5")

    decide(screen, session)

    screen.goto(DRIVER)
    expect(screen.locator(".matrix").get_by_role("link", name="SKE 1")).to_be_visible()
    expect(wins(screen)).to_have_text("at least 6")
    wins(screen).click()
    expect(screen.locator(".record").first).to_contain_text("Skellefteå")
    screen.goto(address)
    expect(screen.locator(".rulings > li").first).to_contain_text(REASON)
    screen.goto("/sv/series/stcc/2022/")
    cell = screen.locator(f".races a[href='{address}']")
    expect(cell).to_have_text(FIRST)
    data = Client().get(f"{DRIVER}results.json").json()
    (race,) = [
        race
        for race in data["results"]
        if race["session"]["page"]["sv"].endswith(address)
    ]
    assert (race["position"], race["amendments"][-1]["reason"]) == (1, REASON)

    # A place is stale where the page still says what it said before.
    after = places_told(address, before)
    assert after.keys() == before.keys()
    assert {path: texts & stale for path, texts in after.items() if texts & stale} == {}


def wins(screen):
    return screen.locator(".figures a", has_text="win").first.locator("b")


def decide(screen, session):
    """The press officer's work: the place, then the decision behind it."""
    screen.goto(reverse("admin:events_session_classification", args=[session.pk]))
    screen.get_by_label("Position").first.fill("1")
    screen.locator("[name=_save]").click()
    ruling = screen.get_by_role("region", name="These results are official")
    ruling.get_by_label("Decided on").fill("2022-12-12")
    ruling.get_by_label("Decided by, in Swedish").fill("SBF:s disciplinnämnd")
    ruling.get_by_label("Reason in Swedish").fill(REASON)
    ruling.get_by_label("Address of the decision").fill("https://sbf.se/beslut")
    screen.locator("[name=_save]").click()
    expect(screen.locator(".messagelist .success")).to_contain_text("is recorded")
