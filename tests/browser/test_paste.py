"""Timing tables pasted in a browser, in three languages, to the weekend's own page."""

import pytest
from playwright.sync_api import expect

from drivers.models import GUEST, StandingsTable
from events.models import Result
from tests import factories
from tests.browser.conftest import WIDTHS
from tests.pasting import address, table

pytestmark = pytest.mark.django_db(transaction=True)

TABLES = {
    # With tabs, from a web page: class by class, the crew in one cell.
    "Swedish": table(
        "Hankook 12h Hockenheimring, race, del 2",
        "Pl.  Startnr  Förare                          Klass  Pl i klass  Varv  Tid           Diff     Bästa varv  Poäng",
        "1    11       Ebba Ekdal / Frans Fors         GT4    1           281   12:00:15.607  -        1:42,511    30",
        "2    12       Gösta Grön / Hedda Hök          GT4    2           281   -             +5,515   1:42,900    27",
        "3    120      A. Bäckman / J. Bäckman         TCR    1           262   -             19 varv  1.47,095    12,5",
        "Bröt 7        Ida Isaksson / Åke Öst          TCR    -           20    -             -        1:49,001    0",
    ).replace("Bröt 7", "Bröt\t7"),
    # With semicolons, as a spreadsheet saves it: names by capital surnames.
    "English": """Pos;No;Class;PIC;Drivers;Team;Car;Laps;Time;Gap;Best Lap;Pts;Status
1;11;GT4;1;Ebba EKDAL, Frans FORS;Team Ett;;281;12:00:15.607;;1:42.511;30;Finished
2;12;GT4;2;Gösta GRÖN, Hedda HÖK;Team Två;;281;;+5.515;1:42.900;27;Finished
3;120;TCR;1;Andreas BÄCKMAN, Jessica BÄCKMAN;Lestrup;;262;;+19 Laps;1:47.095;12.5;Finished
;7;TCR;;Ida ISAKSSON, Åke ÖST;Team Sju;;20;;;1:49.001;0;DNF
""",
    # Set apart by blanks, as copied from a PDF: dashes where there is nothing.
    "German": """Pl.  Nr.   Fahrer                             Klasse  Pl. Kl.  Runden  Gesamtzeit    Rückstand   Beste Zeit  Punkte
1.   11    EKDAL Ebba / FORS Frans            GT4     1.       281     12:00:15.607  -           1:42.511    30
2.   12    GRÖN Gösta / HÖK Hedda             GT4     2.       281     -             5,515       1:42.900    27
3.   120   BÄCKMAN A. / BACKMAN Jessica       TCR     1.       262     -             19 Runden   1:47.095    12,5
DNF  7     ISAKSSON Ida / ÖST Ake             TCR     -        20      -             -           1:49.001    0
""",
}


@pytest.fixture
def session():
    return factories.make_session(
        event=factories.make_event(layout=None), name_en="Race"
    )


@pytest.fixture
def cars(session):
    """Ours, and one that a guest drives; the GT4 cars are not entered."""
    tcr = factories.make_class()
    ours = [
        factories.make_driver(),
        factories.make_driver(first_name="Jessica", slug="jessica-backman"),
    ]
    guests = [
        factories.make_driver(first_name=first, last_name=last, slug=slug, status=GUEST)
        for first, last, slug in (("Ida", "Isaksson", "ida"), ("Åke", "Öst", "ake"))
    ]
    for number, crew in (("120", ours), ("7", guests)):
        factories.make_entry(
            event=session.event, number=number, drivers=crew, racing_class=tcr
        )


def paste(page, path, text):
    """Paste a text on the first page; the preview."""
    page.goto(path)
    page.locator("#id_text").fill(text)
    page.locator("[name=preview]").click()
    expect(page.locator("#summary")).to_be_visible()


def counts(page):
    return page.locator(".paste-counts li").all_inner_texts()


@pytest.mark.parametrize("language", TABLES)
def test_a_timing_table_is_pasted_and_read_on_the_site(screen, session, cars, language):
    paste(screen, address(session), TABLES[language])
    assert counts(screen) == [
        *("2 new", "0 changed", "0 left as they are", "2 left out"),
    ]
    assert screen.locator(".paste-faults").count() == 0
    unknown = screen.locator(".paste-table select", has_text="Not recognised")
    assert unknown.count() == 0

    screen.locator("[name=save]").click()
    expect(screen.locator(".messagelist .success")).to_have_text(
        "Results: 2 new. They are provisional."
    )

    screen.goto(f"/en/events/{session.event.slug}/")
    ours = screen.locator("ol.results li", has_text="#120").first
    expect(ours).to_contain_text("Andreas Bäckman")
    expect(ours).to_contain_text("Jessica Bäckman")
    for fact in ("262 laps", "+19 laps", "1:47.095", "12.5 points"):
        expect(ours).to_contain_text(fact)
    stored = Result.objects.get(entry__number="120")
    assert (stored.position, stored.class_position) == (3, 1)
    assert Result.objects.get(entry__number="7").status == "retired"


def test_cars_that_are_new_are_entered_on_the_way(screen, session, cars):
    factories.make_class(name="GT4")
    paste(screen, address(session), TABLES["English"])
    screen.get_by_label("Also enter the cars").check()
    screen.locator("[name=preview]").click()
    expect(screen.locator(".paste-counts li").first).to_have_text("4 new")
    screen.locator("[name=save]").click()
    expect(screen.locator(".messagelist .success")).to_have_text(
        "Results: 4 new. Entered: #11 and #12. New guests: Ebba Ekdal, Frans Fors, "
        "Gösta Grön and Hedda Hök. They are provisional."
    )
    winner = Result.objects.get(position=1)
    assert winner.time_ms == 43_215_607
    assert [str(driver) for driver in winner.credited_drivers] == [
        "Ebba Ekdal",
        "Frans Fors",
    ]


def test_a_misread_column_and_a_misprint_are_corrected(screen, session, cars):
    text = table("Resultat  Nr  Varv  Bästa varv", "3  120  262  fort")
    paste(screen, address(session), text)
    fault = screen.locator(".paste-faults a")
    expect(fault).to_have_text("Line 2, column 4")
    fault.click()
    expect(screen.locator("#line-2")).to_be_in_viewport()
    expect(screen.locator("[name=save]")).to_have_count(0)
    box = screen.locator("#id_text")
    box.fill(box.input_value().replace("fort", "1:47.095"))
    screen.get_by_label("Resultat").select_option("class_position")
    screen.locator("[name=preview]").click()
    expect(screen.locator(".paste-faults")).to_have_count(0)
    screen.locator("[name=save]").click()
    expect(screen.locator(".messagelist .success")).to_be_visible()
    stored = Result.objects.get()
    assert (stored.position, stored.class_position) == (None, 3)
    assert stored.best_lap_ms == 107_095


def test_standings_are_pasted(screen, session, cars):
    season = session.event.season
    screen.goto(f"/admin/drivers/standingstable/paste/?season={season.pk}")
    screen.get_by_label("After round").fill("3")
    screen.locator("#id_text").fill(
        table(
            "Pos  Förare            Poäng",
            "1    Ebba Ekdal        120",
            "2    Bäckman Andreas   95,5",
        )
    )
    screen.locator("[name=preview]").click()
    expect(screen.locator(".paste-counts li").first).to_have_text("2 new")
    screen.locator("[name=save]").click()
    expect(screen.locator(".messagelist .success")).to_have_text("Standings: 2 new.")
    stored = StandingsTable.objects.get()
    assert [str(line) for line in stored.lines.all()] == [
        "Ebba Ekdal",
        "Andreas Bäckman",
    ]


# What is the matter with a page


def turn(page, scheme):
    """Change the colours and wait until the links have theirs."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate(
        "Promise.all(document.getAnimations().map(change => change.finished))"
    )


def look(page, axe, width):
    """What axe finds here in the light and in the dark, and how wide the page is."""
    found = list(axe(page))
    turn(page, "dark")
    found += axe(page, ["color-contrast"])
    turn(page, "light")
    across = page.evaluate("document.documentElement.scrollWidth")
    return found if across <= width else [*found, f"{across} wide"]


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(screen, session, cars, axe_in_admin, width):
    across, down = WIDTHS[width]
    screen.set_viewport_size({"width": across, "height": down})
    found = {}
    screen.goto(address(session))
    found["first"] = look(screen, axe_in_admin, across)
    screen.locator("[name=preview]").click()
    found["refused"] = look(screen, axe_in_admin, across)
    paste(screen, address(session), TABLES["German"])
    found["preview"] = look(screen, axe_in_admin, across)
    paste(screen, address(session), TABLES["German"].replace("1:47.095", "fort"))
    found["faults"] = look(screen, axe_in_admin, across)
    standings = "/admin/drivers/standingstable/paste/"
    screen.goto(standings)
    found["standings"] = look(screen, axe_in_admin, across)
    season = session.event.season
    text = table("Pos  Förare", "1  Ebba Ekdal", "2  A. Bäckman")
    screen.locator("#id_season").select_option(str(season.pk))
    screen.locator("#id_text").fill(text)
    screen.locator("[name=preview]").click()
    expect(screen.locator("#summary")).to_be_visible()
    found["standings preview"] = look(screen, axe_in_admin, across)
    assert {page: faults for page, faults in found.items() if faults} == {}
