"""A press officer's work in a browser: a whole weekend by hand, and what axe says."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from events.models import Event
from racing.models import Circuit
from tests import factories
from tests.adminpages import page_of
from tests.browser.conftest import WIDTHS

pytestmark = pytest.mark.django_db(transaction=True)

ADD = "/admin/events/event/add/"
SESSIONS = [
    ("practice", "Fri träning", "2023-01-12", "1000", "1:30"),
    ("qualifying", "Tidskval", "2023-01-12", "15.30", "45 min"),
    ("practice", "Nattträning", "2023-01-12", "19:00", "90"),
    ("other", "Uppvärmning", "2023-01-14", "930", "20 min"),
    ("race", "Race", "2023-01-14", "14:00", "24 h"),
]
# Phone and desk: the weekend has to be usable at the track.
# Everything on a phone; what only colours can break in the dark at a desk.
DARK = ("index", "weekends", "weekend", "history", "version", "refused", "photo")
LOOKS = [("light", None, "phone"), ("dark", ["color-contrast"], "desk")]


def choose(page, field, words):
    """Choose from a list that is searched, as one does: open it, type, click."""
    page.locator(f"#id_{field} + .select2").click()
    page.locator(".select2-search__field").last.fill(words)
    page.locator(".select2-results__option--highlighted", has_text=words).click()


def add_row(page, prefix):
    """One more row of a kind; the row."""
    rows = page.locator(f".dynamic-{prefix}")
    count = rows.count()
    page.locator(f"#{prefix}-group .add-row a").click()
    return rows.nth(count)


def fill(row, **values):
    for name, value in values.items():
        field = row.locator(f"[name$='-{name}']")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def add_circuit(page):
    """A new circuit in Dubai, from the plus beside the field."""
    with page.expect_popup() as opened:
        page.locator("#add_id_circuit").click()
    popup = opened.value
    popup.locator("#id_name").fill("Dubai Autodrome")
    popup.locator("#id_country").select_option("AE")
    popup.locator("#id_time_zone").fill("asia/dubai")
    with popup.expect_event("close"):
        popup.locator("[name=_save]").click()


def enter_weekend(page):
    """A complete new weekend, on one screen."""
    page.goto(ADD)
    page.locator("#id_name").press_sequentially("Hankook 24h Dubai")
    choose(page, "season", "24H Series")
    page.locator("#id_round").fill("1")
    add_circuit(page)
    page.locator("#id_first_day").fill("2023-01-12")
    page.locator("#id_last_day").fill("2023-01-15")
    for kind, url in (
        ("stream", "youtube.com/24HSeries"),
        ("information", "24hseries.com"),
    ):
        fill(add_row(page, "links"), kind=kind, url=url)
    for car, crew in enumerate((["Ada", "Bea", "Cia"], ["Dora", "Elsa", "Fia"])):
        fill(add_row(page, "entries"), number=f"{car + 1}20")
        for place, name in enumerate(crew, start=1):
            choose(page, f"entries-{car}-driver_{place}", name)


def enter_sessions(page):
    """Its timetable, on the screen that the page of the saved weekend leads to."""
    page.locator(".messagelist").get_by_role("link", name="Edit the timetable").click()
    for number, (kind, name, day, time, length) in enumerate(SESSIONS):
        if number:
            page.get_by_role("button", name="Add another session").click()
        row = page.locator(f".line:has([name='new-{number}-kind'])")
        fill(row, kind=kind, name_sv=name, day=day, time=time, length_minutes=length)
    expect(page.locator(".line.empty:visible .zone-name")).to_have_text(["UTC+4"] * 5)
    page.get_by_role("button", name="Save and go on to publishing").click()
    page.get_by_role("button", name="Publish").click()
    page.locator(".messagelist", has_text="The timetable is published.").wait_for()


def save(page):
    page.locator("[name=_save]").click()
    page.wait_for_url("**/admin/events/event/")


def test_a_whole_weekend_is_entered_by_hand(screen):
    factories.make_season(year=2023)
    for name in ("Ada", "Bea", "Cia", "Dora", "Elsa", "Fia"):
        factories.make_driver(first_name=name, last_name="Berg", slug=name.lower())

    enter_weekend(screen)

    assert screen.locator("#id_slug").input_value() == "hankook-24h-dubai-2023"
    assert screen.locator("#track-time").inner_text() == "Asia/Dubai, UTC+4"
    zones = screen.locator(".dynamic-links .zone-name").all_text_contents()
    assert zones == ["Asia/Dubai, UTC+4"] * 2
    save(screen)
    enter_sessions(screen)

    event = Event.objects.get()
    assert event.circuit == Circuit.objects.get(name="Dubai Autodrome")
    assert [
        (session.name_sv, f"{session.start:%d %H:%M}", session.length_minutes)
        for session in event.sessions.all()
    ] == [
        ("Fri träning", "12 06:00", 90),
        ("Tidskval", "12 11:30", 45),
        ("Nattträning", "12 15:00", 90),
        ("Uppvärmning", "14 05:30", 20),
        ("Race", "14 10:00", 1440),
    ]
    assert [link.url for link in event.links.all()] == [
        "https://youtube.com/24HSeries",
        "https://24hseries.com",
    ]
    assert [
        (entry.number, [driver.first_name for driver in entry.crew_drivers])
        for entry in event.entries.all()
    ] == [("120", ["Ada", "Bea", "Cia"]), ("220", ["Dora", "Elsa", "Fia"])]
    assert read_the_page(screen, event) == [
        *(("10:00", "07:00"), ("15:30", "12:30"), ("19:00", "16:00")),
        *(("09:30", "06:30"), ("14:00", "11:00")),
    ]


def read_the_page(page, event):
    """(track time, Swedish time) of each session on the weekend's public page."""
    page.goto(f"/sv/events/{event.slug}/")
    clocks = re.compile(r"\b\d\d:\d\d\b")
    times = page.locator("table.sheet td.t").all_inner_texts()
    return [tuple(clocks.findall(time)) for time in times]


def test_only_layouts_of_the_chosen_circuit_are_offered(screen):
    circuit = factories.make_circuit()
    factories.make_layout(circuit=circuit, name="Grand Prix")
    other = factories.make_circuit(name="Zandvoort", slug="zandvoort")
    factories.make_layout(circuit=other)
    screen.goto(page_of(factories.make_event(circuit=circuit)))
    screen.locator("#id_layout + .select2").click()
    offered = screen.locator(".select2-results__option[role=option]")
    expect(offered).to_have_text(["Hockenheimring, Grand Prix"])


def test_an_address_that_was_typed_is_left_alone(screen):
    screen.goto(ADD)
    screen.locator("#id_slug").fill("dubai")
    screen.locator("#id_name").press_sequentially("Hankook 24h Dubai")
    assert screen.locator("#id_slug").input_value() == "dubai"


def test_a_driver_can_be_added_on_the_way(screen):
    event = factories.make_event()
    screen.goto(page_of(event))
    add_row(screen, "entries")
    with screen.expect_popup() as opened:
        screen.locator("#add_id_entries-0-driver_1").click()
    popup = opened.value
    popup.locator("#id_first_name").press_sequentially("Andreas")
    popup.locator("#id_last_name").press_sequentially("Bäckman")
    assert popup.locator("#id_slug").input_value() == "andreas-backman"
    with popup.expect_event("close"):
        popup.locator("[name=_save]").click()
    screen.locator(
        "#select2-id_entries-0-driver_1-container", has_text="Andreas Bäckman"
    ).wait_for()
    save(screen)
    assert [str(driver) for driver in event.entries.get().crew_drivers] == [
        "Andreas Bäckman"
    ]


def test_the_second_to_save_reads_who_was_first(screen):
    event = factories.make_event()
    screen.goto(page_of(event))
    event.round = "4"
    event.save()
    screen.locator("#id_format_sv").fill("12 timmar")
    screen.locator("[name=_save]").click()
    sentences = screen.locator(".errorlist.nonfield li")
    sentences.nth(1).wait_for()
    told = sentences.all_inner_texts()
    assert told[1:] == ["Round: – → 4"]
    assert screen.locator("#id_round").input_value() == "4"
    assert screen.locator("#id_format_sv").input_value() == "12 timmar"
    save(screen)


def test_a_colour_is_shown_while_it_is_typed(screen):
    screen.goto(page_of(factories.make_team()))
    swatch = screen.locator(".colour-box rect")
    assert swatch.get_attribute("fill") == "none"
    screen.locator("#id_colour").fill("#d3121b")
    assert swatch.get_attribute("fill") == "#d3121b"


# What is the matter with a page


def pages():
    """The main pages of the admin, with a row of everything on them."""
    photo = factories.make_photo(developed="")
    driver = factories.make_driver(portrait=photo)
    factories.make_biography(driver=driver)
    circuit = factories.make_circuit()
    layout = factories.make_layout(circuit=circuit)
    factories.make_lap_record(layout=layout)
    event = factories.make_event(circuit=circuit, layout=layout)
    session = factories.make_session(event=event)
    factories.make_event_link(event=event, session=session)
    factories.make_draft(event=event, session=session)
    factories.make_draft(event=event, name_sv="Race 2")
    release = factories.make_release(event=event)
    factories.make_timetable_change(release=release, session=session)
    entry = factories.make_entry(event=event, drivers=[driver])
    factories.make_result(session=session, entry=entry, status="retired")
    team = factories.make_home_team()
    factories.make_car(make="", model="Supercar Lites", slug="lites")
    return {
        "index": "/admin/",
        "weekends": reverse("admin:events_event_changelist"),
        "searched": reverse("admin:events_event_changelist") + "?q=hockenheim",
        "cars": reverse("admin:racing_car_changelist"),
        "new weekend": ADD,
        "weekend": page_of(event),
        "session": page_of(session),
        "release": page_of(release),
        "history": page_of(event).replace("change", "history"),
        "version": reverse(
            "admin:events_event_simple_history",
            args=[event.pk, event.history.first().pk],
        ),
        "refused": page_of(circuit).replace("change", "delete"),
        "photos": reverse("admin:racing_photo_changelist"),
        "photo": page_of(photo),
        "driver": page_of(driver),
        "team": page_of(team),
        "circuit": page_of(circuit),
        "layout": page_of(layout),
    }


def test_axe_finds_nothing(screen, axe_in_admin):
    found = {}
    addresses = pages()
    for scheme, rules, width in LOOKS:
        across, down = WIDTHS[width]
        screen.set_viewport_size({"width": across, "height": down})
        screen.emulate_media(color_scheme=scheme)
        for name, path in addresses.items():
            if scheme == "dark" and name not in DARK:
                continue
            screen.goto(path)
            found[name, width, scheme] = axe_in_admin(screen, rules)
    assert {place: faults for place, faults in found.items() if faults} == {}


def test_nothing_is_wider_than_a_phone(screen):
    screen.set_viewport_size({"width": 360, "height": 740})
    wide = {}
    for name, path in pages().items():
        screen.goto(path)
        width = screen.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            wide[name] = width
    assert wide == {}
