"""A session's page and a season's calendar in a browser, with a full field."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from drivers.models import GUEST
from events.models import AMENDED, CLASSIFIED, IN_CLASS, OVERALL, RETIRED
from tests import factories
from tests.browser.conftest import PATIENCE, Complaints
from tests.events.session_pages import address

pytestmark = pytest.mark.django_db(transaction=True)

IN_PLACE = {"status": CLASSIFIED, "is_classified": True}
CARS = 20
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
LOOKS = [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")]
TOO_WIDE = """() => document.scrollingElement.scrollWidth
    - document.documentElement.clientWidth"""
# Where the cells of a row stand, in pixels from the left of the window.
PLACES = """row => [...row.cells].map(cell => cell.getBoundingClientRect().left)"""


@pytest.fixture
def race(settings):
    """A race of two classes that was amended, with standings after it."""
    settings.DEMO_NOW = datetime.fromisoformat("2022-10-10T12:00+02:00")
    factories.make_home_team()
    season = factories.make_season(rounds=7)
    event = factories.make_event(season=season, round="4")
    race = factories.make_session(
        event=event, classification=AMENDED, name_sv="Lopp 1", name_en="Race 1"
    )
    table = factories.make_standings(season=season, after_round=4)
    earlier = factories.make_standings(season=season, after_round=3)
    for place in range(1, CARS + 1):
        driver = add_car(race, place)
        for standings in (table, earlier):
            factories.make_standings_line(
                table=standings, position=place, driver=driver, points=100 - place
            )
    ruling = factories.make_amendment(
        session=race, decided_on=date(2022, 9, 29), is_unresolved=True
    )
    for result in race.results.filter(position__lte=3):
        factories.make_result_change(
            amendment=ruling, result=result, field="position", old="9", new="1"
        )
    return race


def add_car(race, place):
    """A car in the place; the seventh is ours, the last one stopped. Its driver."""
    is_ours = place == 7
    driver = factories.make_driver(
        first_name="Andreas" if is_ours else f"Förnamn {place}",
        last_name="Bäckman" if is_ours else "Efternamn-Bindestreck",
        slug=f"driver-{place}",
        status="current" if is_ours else GUEST,
    )
    entry = factories.make_entry(
        event=race.event,
        number=str(place + 100),
        drivers=[driver],
        team=factories.make_team(name=f"Ett rätt långt namn {place}", slug=f"t{place}"),
        racing_class=factories.make_class(name="TCR" if place % 2 else "GT4"),
    )
    factories.make_result(
        session=race,
        entry=entry,
        **(IN_PLACE | {"status": RETIRED if place == CARS else CLASSIFIED}),
        position=place,
        class_position=(place + 1) // 2,
        laps=200 - place,
        time_ms=43_200_000 if place == 1 else None,
        gap="" if place == 1 else f"+{place} laps",
        best_lap_ms=107_000 + place,
        grid=place,
        points=Decimal("12.5"),
        pole=OVERALL if place == 1 else "",
        fastest_lap=IN_CLASS if is_ours else "",
    )
    return driver


@pytest.fixture
def page(race, live_server, browser):
    """A page of the site, which must not complain."""
    context = browser.new_context(base_url=live_server.url, locale="sv-SE")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    complaints = Complaints(page, live_server.url)
    yield page
    context.close()
    assert complaints == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_axe_finds_nothing_and_no_page_is_too_wide(page, race, axe, language):
    season = race.event.season
    for row in (race, race.event, season, season.series, race.event.circuit):
        page.goto(address(row, language))
        for size, scheme in LOOKS:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            assert axe(page) == [], (row, size, scheme)
            assert page.evaluate(TOO_WIDE) == 0, (row, size)


def test_place_and_number_stay_while_the_sheet_scrolls_on_a_phone(page, race):
    page.set_viewport_size(PHONE)
    page.goto(address(race, "sv"))
    box = page.locator(".scroll").filter(has=page.locator("table.cars"))
    row = box.locator("tr.ours")
    before = row.evaluate(PLACES)
    box.focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    expect(box).not_to_have_js_property("scrollLeft", 0)
    page.wait_for_function("box => box.scrollLeft > 150", arg=box.element_handle())
    after = row.evaluate(PLACES)
    assert after[:2] == pytest.approx(before[:2], abs=1)
    assert after[2] < before[2] - 100
    assert before[2] < 360 - 100


def test_row_of_the_sheet_copies_as_readable_text(page, race):
    page.goto(address(race, "en"))
    text = page.locator("tr.ours").inner_text()
    cells = [" ".join(cell.split()) for cell in text.split("\t")]
    assert cells[:5] == ["7", "107", "Our car: Andreas Bäckman", "TCR", "4"]
    assert cells[6:] == ["193", "+7 laps", "1:47.007", "7", "12.5", cells[-1]]
    assert "F" in cells[-1]


def test_each_race_of_the_calendar_leads_to_its_session(page, race, live_server):
    page.goto(address(race.event.season, "sv"))
    page.get_by_role("link", name="Lopp 1").click()
    expect(page).to_have_url(live_server.url + address(race, "sv"))
    page.goto(address(race.event.season, "sv"))
    page.get_by_role("link", name=race.event.name).click()
    expect(page).to_have_url(live_server.url + address(race.event, "sv"))


def test_earlier_standings_open_without_a_mouse(page, race):
    page.goto(address(race.event.season, "sv"))
    tables = page.locator("table.standings")
    expect(tables.nth(1)).to_be_hidden()
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(tables.nth(1)).to_be_visible()


def test_nothing_of_the_sheet_is_cut_off_on_paper(page, race):
    page.set_viewport_size({"width": 680, "height": 960})  # A4 between its margins
    page.emulate_media(media="print")
    page.goto(address(race, "sv"))
    box = page.locator(".scroll").filter(has=page.locator("table.cars"))
    assert box.evaluate("box => getComputedStyle(box).overflowX") == "visible"
    assert page.evaluate(TOO_WIDE) == 0
