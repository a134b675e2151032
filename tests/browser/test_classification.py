"""Results entered in a browser: with the keys alone, on a phone, against a decision."""

from decimal import Decimal

import pytest
from django.conf import settings
from playwright.sync_api import expect

from drivers.models import GUEST
from events.models import Amendment
from tests import factories
from tests.adminpages import page_of
from tests.browser.conftest import PATIENCE, WIDTHS
from tests.events.grids import address

pytestmark = pytest.mark.django_db(transaction=True)

SAVED = ".messagelist .success"


@pytest.fixture
def session():
    return factories.make_session(event=factories.make_event())


@pytest.fixture
def cars(session):
    tcr = factories.make_class()
    crews = {"7": "Ada", "12": "Bea", "120": "Cia"}
    return {
        number: factories.make_entry(
            event=session.event,
            number=number,
            racing_class=tcr,
            drivers=[
                factories.make_driver(first_name=name, last_name="Berg", status=GUEST),
                factories.make_driver(first_name=name, last_name="Dahl", status=GUEST),
            ],
        )
        for number, name in crews.items()
    }


def box(page, entry, name):
    return page.locator(f"#id_car-{entry.pk}-{name}")


def has_focus(page, entry, name):
    expect(box(page, entry, name)).to_be_focused()


def put(page, entry, **typed):
    for name, text in typed.items():
        box(page, entry, name).fill(text)


def save(page):
    page.locator("[name=_save]").click()


# The keys


def test_a_race_is_entered_without_a_mouse(screen, session, cars):
    keys = screen.keyboard
    screen.goto(address(session))
    has_focus(screen, cars["7"], "position")
    # Down the positions, then the positions in class.
    for position in ("1", "=2", "Ret"):
        keys.type(position)
        keys.press("Enter")
    has_focus(screen, cars["120"], "position")
    keys.press("Tab")
    keys.press("ArrowUp")
    keys.press("ArrowUp")
    has_focus(screen, cars["7"], "class_position")
    keys.type("1")
    keys.press("ArrowDown")
    keys.type("2")
    # What was a code has gone to where codes stand.
    expect(box(screen, cars["120"], "status")).to_have_value("Ret")
    expect(box(screen, cars["120"], "position")).to_have_value("")
    # Along a row, from box to box.
    keys.press("ArrowUp")
    keys.press("Tab")
    for text in ("", "3", "262", "12:01:15.607", "1.47,095", "12,5"):
        keys.type(text)
        keys.press("Tab")
    has_focus(screen, cars["7"], "pole")
    keys.press("ArrowDown")  # a list keeps its own keys
    keys.press("Tab")
    keys.type("in")
    keys.press("Tab")
    keys.type("Ada Dahl")
    keys.press("Tab")
    keys.press("Enter")  # opens the notes, and the tie is alone on its place
    expect(box(screen, cars["7"], "note_sv")).to_be_visible()
    keys.press("Tab")
    has_focus(screen, cars["7"], "note_sv")
    keys.type("Seger")
    for _tab in range(3):
        keys.press("Tab")
    has_focus(screen, cars["12"], "position")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(screen.locator("[name=_save]")).to_be_focused()
    keys.press("Enter")
    expect(screen.locator(SAVED)).to_have_text("Results: 3 new. They are provisional.")
    winner, second, third = (
        session.results.get(entry=cars[number]) for number in ("7", "12", "120")
    )
    assert (winner.position, winner.class_position, winner.grid) == (1, 1, 3)
    assert (winner.laps, winner.time_ms, winner.best_lap_ms) == (
        *(262, 43_275_607),
        107_095,
    )
    assert (winner.points, winner.pole) == (Decimal("12.5"), "overall")
    assert (winner.fastest_lap, winner.note_sv) == ("class", "Seger")
    assert [str(credit) for credit in winner.credits.all()] == ["Ada Dahl"]
    assert (second.position, second.is_tied, second.class_position) == (2, True, 2)
    assert (third.status, third.position) == ("retired", None)


def test_whoever_comes_back_is_led_to_what_is_wrong(screen, session, cars):
    screen.goto(address(session))
    put(screen, cars["7"], position="1")
    put(screen, cars["12"], position="1", laps="many")
    save(screen)
    has_focus(screen, cars["7"], "position")
    laps = box(screen, cars["12"], "laps")
    expect(laps).to_have_accessible_description(
        "Laps: “many” is not a number of laps. Write a whole number such as 262."
    )
    expect(laps).to_have_accessible_name("Laps #12")
    expect(laps).to_have_value("many")
    put(screen, cars["12"], position="2", laps="20")
    save(screen)
    expect(screen.locator(SAVED)).to_contain_text("2 new")


def test_a_stranger_is_credited_by_a_tick(screen, session, cars):
    screen.goto(address(session))
    put(screen, cars["7"], position="1", drivers="Cia Berg")
    save(screen)
    screen.get_by_label("Credit Cia Berg, outside the crew of this car").check()
    save(screen)
    expect(screen.locator(SAVED)).to_contain_text("1 new")


@pytest.fixture
def plain(officer, browser, live_server):
    """A page of the press officer's browser with JavaScript switched off."""
    context = browser.new_context(
        base_url=live_server.url, locale="en-GB", java_script_enabled=False
    )
    context.set_default_timeout(PATIENCE)
    context.add_cookies(
        [c for c in officer.cookies() if c["name"] == settings.SESSION_COOKIE_NAME]
    )
    yield context.new_page()
    context.close()


def test_the_screen_is_a_plain_form_without_scripts(plain, session, cars):
    plain.goto(address(session))
    put(plain, cars["7"], position="1")
    box(plain, cars["7"], "position").press("Enter")  # saves nothing by accident
    expect(box(plain, cars["7"], "position")).to_have_value("1")
    assert not session.results.exists()
    plain.locator("summary", has_text="#7").click()
    put(plain, cars["7"], note_en="A win")
    save(plain)
    expect(plain.locator(SAVED)).to_have_text("Results: 1 new. They are provisional.")
    assert session.results.get().note_en == "A win"


# A decision


def test_a_decision_on_official_results_is_asked_for_recorded_and_undone(
    screen, session, cars
):
    placed = {"status": "classified", "is_classified": True}
    for place, number in enumerate(("7", "12"), start=1):
        factories.make_result(
            session=session, entry=cars[number], position=place, **placed
        )
    session.classification = "official"
    session.save()
    screen.goto(address(session))
    expect(screen.locator(".state")).to_have_text("The results are official")
    put(screen, cars["7"], position="", status="DSQ")
    put(screen, cars["12"], position="1")
    save(screen)

    ruling = screen.get_by_role("region", name="These results are official")
    expect(ruling).to_be_focused()
    expect(ruling.locator(".moves li")).to_have_text(
        ["#7: Position 1 → disqualified", "#12: Position 2 → 1"]
    )
    screen.keyboard.press("Tab")
    expect(ruling.get_by_label("Decided on")).to_be_focused()
    save(screen)
    expect(ruling.get_by_text("Say who decided.")).to_be_visible()
    decide(ruling, "2022-09-02", "Bränslet")
    save(screen)
    expect(screen.locator(SAVED)).to_have_text(
        "Results: 2 changed. The decision is recorded."
    )

    amendment = Amendment.objects.get()
    screen.goto(page_of(amendment))
    screen.get_by_role("link", name="Undo this decision").click()
    expect(box(screen, cars["7"], "position")).to_have_value("1")
    decide(ruling, "2022-10-01", "Domen rivs upp")
    save(screen)
    expect(screen.locator(SAVED)).to_contain_text("The decision is recorded.")
    winner = session.results.get(position=1)
    assert winner.entry == cars["7"]
    assert [
        (f"{each.decided_on}", each.reason_sv) for each in session.amendments.all()
    ] == [("2022-09-02", "Bränslet"), ("2022-10-01", "Domen rivs upp")]


def decide(ruling, day, reason):
    ruling.get_by_label("Decided on").fill(day)
    ruling.get_by_label("Decided by, in Swedish").fill("SBF:s domstol")
    ruling.get_by_label("Reason in Swedish").fill(reason)
    ruling.get_by_label("Address of the decision").fill("sbf.se/beslut")


# What is the matter with the screen


def states(page, session, cars):
    """The screen as it is opened, with everything wrong, and with a decision asked."""
    page.goto(address(session))
    yield "opened"
    put(page, cars["7"], position="1", laps="many", drivers="Cia Berg")
    put(page, cars["12"], position="1", status="DNS")
    page.get_by_text("#12 Notes", exact=True).click()
    page.locator("summary", has_text="What to type").click()
    save(page)
    page.locator(".errornote").wait_for()
    page.get_by_text("#7 Notes", exact=True).click()
    yield "refused"
    session.results.all().delete()
    factories.make_result(
        session=session,
        entry=cars["7"],
        position=1,
        status="classified",
        is_classified=True,
    )
    session.classification = "official"
    session.save()
    page.goto(address(session))
    put(page, cars["7"], position="2")
    save(page)
    page.locator("#ruling").wait_for()
    save(page)
    page.locator("#ruling .errorlist").first.wait_for()
    yield "decided"


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(screen, axe_in_admin, session, cars, width):
    across, down = WIDTHS[width]
    screen.set_viewport_size({"width": across, "height": down})
    found = {}
    for state in states(screen, session, cars):
        for scheme, rules in (("light", None), ("dark", ["color-contrast"])):
            screen.emulate_media(color_scheme=scheme)
            found[state, scheme] = axe_in_admin(screen, rules)
        page_width = screen.evaluate("document.documentElement.scrollWidth")
        assert page_width == across, state
    assert len(found) == 6
    assert {place: faults for place, faults in found.items() if faults} == {}


def test_the_car_stays_in_sight_while_the_boxes_scroll(screen, session, cars):
    screen.set_viewport_size({"width": 800, "height": 600})
    screen.goto(address(session))
    car = screen.locator("th[scope=row]").first
    before = car.bounding_box()["x"]
    last = box(screen, cars["7"], "drivers")
    last.focus()
    assert screen.locator(".cars-box").evaluate("box => box.scrollLeft") > 0
    assert car.bounding_box()["x"] == before
    assert last.bounding_box()["x"] + last.bounding_box()["width"] <= 800


def test_on_a_phone_each_car_is_a_block_with_named_boxes(screen, session, cars):
    screen.set_viewport_size({"width": 360, "height": 740})
    screen.goto(address(session))
    places = {
        name: box(screen, cars["7"], name).bounding_box()
        for name in ("position", "laps", "time", "drivers")
    }
    assert places["position"]["y"] < places["laps"]["y"] < places["drivers"]["y"]
    assert all(place["height"] >= 44 for place in places.values())
    assert all(place["x"] + place["width"] <= 360 for place in places.values())
    first = screen.locator("tbody.car").first
    expect(first.get_by_text("Time or gap")).to_be_visible()
    note = box(screen, cars["7"], "note_sv")
    expect(note).to_be_hidden()
    screen.get_by_text("#7 Notes", exact=True).click()
    expect(note).to_be_visible()
