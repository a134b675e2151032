"""“Paste results”: a table, what each line would change, and saving just that."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile

from drivers.models import Driver
from events.models import Amendment, Entry, Result, Session
from tests import factories, markup
from tests.adminpages import client_of, filled
from tests.pasting import (
    address,
    again,
    confirm,
    moves,
    outcomes,
    pasted,
    preview,
    said,
    table,
    texts,
    told,
)

pytestmark = pytest.mark.django_db

SWEDISH = table(
    "Pos  Nr   Förare                   Klass  Varv  Tid           Diff    Bästa varv  Poäng",
    "1    1    A. Ekdal / B. Almgren    GT4    265   12:00:15.607  -       1:45,123    25",
    "24   120  A. Bäckman / J. BÄCKMAN  TCR    262   -             3 varv  1.47,095    12,5",
    "DNF  7    Cia Dahl                 TCR    20    -             -       1:49.001    -",
)


@pytest.fixture
def session():
    return factories.make_session(event=factories.make_event())


@pytest.fixture
def andreas():
    return factories.make_driver()


@pytest.fixture
def jessica():
    return factories.make_driver(first_name="Jessica", slug="jessica-backman")


@pytest.fixture
def entry(session, andreas, jessica):
    return factories.make_entry(
        event=session.event,
        drivers=[andreas, jessica],
        racing_class=factories.make_class(),
    )


def another(session, number, name="Cia Dahl", **fields):
    """One more car of the weekend, with a crew of one."""
    first, last = name.split()
    driver = factories.make_driver(first_name=first, last_name=last, slug=f"d{number}")
    return factories.make_entry(
        event=session.event, drivers=[driver], number=number, **fields
    )


# Two steps


def test_a_pasted_table_is_shown_before_anything_is_saved(officer, session, entry):
    page = preview(officer, session, SWEDISH)
    assert outcomes(page) == {2: "left_out", 3: "created", 4: "left_out"}
    assert moves(page, 3) == {
        "Position": ("", "24"),
        "Laps": ("", "262"),
        "Gap": ("", "+3 laps"),
        "Best lap": ("", "1:47.095"),
        "Points": ("", "12.5"),
    }
    assert told(page) == []
    assert Result.objects.count() == 0


def test_what_was_shown_is_saved(officer, session, entry):
    assert pasted(officer, session, SWEDISH) == (
        "Results: 1 new. They are provisional."
    )
    result = Result.objects.get()
    assert (result.entry, result.position, result.laps) == (entry, 24, 262)
    assert (result.status, result.is_classified) == ("classified", True)
    assert (result.gap, result.best_lap_ms) == ("+3 laps", 107_095)
    assert result.points == Decimal("12.5")
    assert list(result.credits.all()) == []
    session.refresh_from_db()
    assert session.classification == "provisional"
    entry = result.history.get()
    assert (entry.history_type, entry.history_user.username) == ("+", "press")


def test_the_same_table_again_changes_nothing_and_says_so(officer, session, entry):
    pasted(officer, session, SWEDISH)
    page = preview(officer, session, SWEDISH)
    assert outcomes(page)[3] == "left"
    assert "The table says nothing new" in texts(page)
    assert said(officer, confirm(officer, page)) == "Results: 1 left as it was."
    assert Result.history.count() == 1


def test_each_language_says_the_same_and_changes_nothing(officer, session, entry):
    """The gap that one sheet calls laps and another Runden is one."""
    pasted(officer, session, SWEDISH)
    english = table(
        "Pos  No  Driver           Laps  Gap", "24  120  A BACKMAN  262  +3 Laps"
    )
    german = table(
        "Pl.  Startnr  Fahrer  Runden  Rückstand", "24.  #120  -  262  3 Runden"
    )
    page = preview(officer, session, german)
    assert (told(page), outcomes(page)) == ([], {2: "left"})
    page = preview(officer, session, english)
    assert moves(page, 2) == {
        "Credited drivers": ("Andreas Bäckman, Jessica Bäckman", "Andreas Bäckman")
    }


def test_a_file_does_as_well(officer, session, entry):
    file = SimpleUploadedFile("race.csv", SWEDISH.replace("\t", ";").encode())
    page = preview(officer, session, "", file=file)
    assert outcomes(page)[3] == "created"
    assert confirm(officer, page).status_code == 302
    assert Result.objects.get().position == 24


def test_a_column_can_be_corrected(officer, session, entry):
    """“Resultat” is the place, until somebody says that it is the grid."""
    text = table("Resultat  Nr  Varv", "24  120  262")
    page = again(officer, preview(officer, session, text), column_1="grid")
    assert moves(page, 2) == {"Grid": ("", "24"), "Laps": ("", "262")}
    page = again(officer, page, column_3="ignore")
    assert moves(page, 2) == {"Grid": ("", "24")}
    confirm(officer, page)
    assert Result.objects.values_list("grid", "laps").get() == (24, None)


def test_the_text_can_be_corrected_on_the_preview(officer, session, entry):
    page = preview(officer, session, table("Pos  Nr  Bästa varv", "24  120  fort"))
    assert told(page) == [
        "Line 2, column 3: “fort” is not a lap time. Write minutes, seconds and "
        "thousandths, for example 1:47.095."
    ]
    page = again(officer, page, text=table("Pos  Nr  Bästa varv", "24  120  1:47.1"))
    assert moves(page, 2)["Best lap"] == ("", "1:47.100")


def test_other_columns_in_a_corrected_text_are_recognised_anew(officer, session, entry):
    page = preview(officer, session, table("Pos  Nr  Bästa varv", "24  120  1:47.1"))
    page = again(officer, page, text=table("Nr  Pos", "120  23"))
    assert moves(page, 2) == {"Position": ("", "23")}


def test_a_change_is_told_with_what_was_there(officer, session, entry):
    factories.make_result(
        session=session,
        entry=entry,
        status="classified",
        is_classified=True,
        position=23,
        points=Decimal(13),
    )
    page = preview(officer, session, SWEDISH)
    assert outcomes(page)[3] == "changed"
    changes = moves(page, 3)
    assert (changes["Position"], changes["Points"]) == (("23", "24"), ("13", "12.5"))
    assert said(officer, confirm(officer, page)) == (
        "Results: 1 changed. They are provisional."
    )
    assert Result.objects.get().position == 24


def test_two_cars_can_change_places(officer, session, entry):
    other = another(session, "7")
    pasted(officer, session, table("Pos  Nr", "1  120", "2  7"))
    pasted(officer, session, table("Pos  Nr", "1  7", "2  120"))
    places = dict(Result.objects.values_list("entry__number", "position"))
    assert places == {"120": 2, other.number: 1}


def test_cells_that_say_nothing_leave_what_is_stored(officer, session, entry):
    pasted(officer, session, SWEDISH)
    page = preview(officer, session, table("Pos  Nr  Poäng", "24  120  –"))
    assert outcomes(page) == {2: "left"}


def test_a_car_that_is_disqualified_loses_its_place(officer, session, entry):
    pasted(officer, session, SWEDISH)
    page = preview(officer, session, table("Pos  Nr", "DSQ  120"))
    assert moves(page, 2) == {"Position": ("24", "disqualified")}
    confirm(officer, page)
    result = Result.objects.get()
    assert (result.status, result.is_classified) == ("disqualified", False)
    assert (result.position, result.points) == (None, Decimal("12.5"))


# Positions


def test_positions_may_count_the_class(officer, session, entry):
    page = preview(officer, session, table("Pos  Nr  Klass", "3  120  TCR"))
    assert moves(page, 2) == {"Position": ("", "3")}
    page = again(officer, page, positions="class")
    assert moves(page, 2)["Class position"] == ("", "3")
    confirm(officer, page)
    result = Result.objects.get()
    assert (result.position, result.class_position) == (None, 3)


def test_each_class_may_begin_at_one(officer, session, entry):
    another(session, "7", racing_class=factories.make_class(name="GT4"))
    text = table("Pos  Nr  Klass", "1  7  GT4", "1  120  TCR")
    page = preview(officer, session, text)
    assert len(page.context["preview"].refusals) == 2
    page = again(officer, page, positions="class")
    assert told(page) == []
    confirm(officer, page)
    places = Result.objects.values_list("position", "class_position")
    assert list(places) == [(None, 1), (None, 1)]


def test_no_choice_is_asked_where_both_positions_are_told(officer, session, entry):
    page = preview(officer, session, table("Pos  Nr  Klass  PIC", "24  120  TCR  3"))
    assert "positions" not in filled(page)
    assert moves(page, 2)["Class position"] == ("", "3")


def test_positions_in_class_are_not_worked_out(officer, session, entry):
    pasted(officer, session, SWEDISH)
    assert Result.objects.get().class_position is None


def test_a_dead_heat_is_read(officer, session, entry):
    another(session, "7")
    pasted(officer, session, table("Pos  Nr", "=3  120", "=3  7"))
    ties = Result.objects.values_list("position", "is_tied")
    assert list(ties) == [(3, True), (3, True)]


# Cars that are new


NEW = table(
    "Pos  Nr   Förare                 Klass  Team      Varv",
    "1    7    A. Ekdal / Cia DAHL    TCR    Team Sju  265",
    "24   120  A. Bäckman/J. Bäckman  TCR    -         262",
)


def test_cars_that_are_new_are_entered_where_that_is_asked_for(officer, session, entry):
    team = factories.make_team(name="Team Sju", slug="team-sju")
    cia = factories.make_driver(first_name="Cia", last_name="Dahl", slug="cia")
    page = again(officer, preview(officer, session, NEW), enters_cars="on")
    assert outcomes(page) == {2: "created", 3: "created"}
    assert "The car is entered: #7, TCR, Team Sju." in texts(page)
    assert "A. Ekdal becomes a guest on the site." in texts(page)
    assert Entry.objects.count() == 1
    assert said(officer, confirm(officer, page)) == (
        "Results: 2 new. Entered: #7. New guests: A. Ekdal. They are provisional."
    )
    new = Entry.objects.get(number="7")
    assert (new.team, new.racing_class.name) == (team, "TCR")
    assert [driver.name for driver in new.crew_drivers] == ["A. Ekdal", "Cia Dahl"]
    assert new.crew_drivers[1] == cia
    assert Driver.objects.get(last_name="Ekdal").status == "guest"
    assert Result.objects.get(entry=new).position == 1
    assert new.history.count() == new.crew.first().history.count() == 1


def test_new_cars_are_known_the_next_time(officer, session, entry):
    page = again(officer, preview(officer, session, NEW), enters_cars="on")
    confirm(officer, page)
    page = again(officer, preview(officer, session, NEW), enters_cars="on")
    assert outcomes(page) == {2: "left", 3: "left"}
    assert Entry.objects.count() == 2


def test_what_is_not_on_the_site_about_a_new_car_is_said(officer, session, entry):
    page = again(officer, preview(officer, session, NEW), enters_cars="on")
    assert "“Team Sju” is not on the site and is left empty." in texts(page)
    text = NEW.replace("TCR\tTeam", "GT4\tTeam")
    page = again(officer, preview(officer, session, text), enters_cars="on")
    assert told(page) == [
        "Line 2, column 4: There is no class “GT4” on the site. Add it first."
    ]


def test_without_the_box_a_car_that_is_not_entered_is_left_out(officer, session, entry):
    page = preview(officer, session, NEW)
    assert "Car 7 is not entered here." in texts(page)
    confirm(officer, page)
    assert (Entry.objects.count(), Result.objects.count()) == (1, 1)


# Who drove


def test_a_driver_outside_the_crew_is_confirmed(officer, session, entry):
    another(session, "7")
    text = table("Pos  Nr  Förare", "24  120  A. Bäckman / Cia Dahl")
    page = preview(officer, session, text)
    assert told(page) == ["Line 2, column 3: Cia Dahl is not in the crew of this car."]
    page = confirm(officer, page)
    assert "Read the doubts and confirm them; nothing is saved yet." in texts(page)
    assert confirm(officer, page, confirmed="yes").status_code == 302
    credited = [driver.name for driver in Result.objects.get().credited_drivers]
    assert credited == ["Andreas Bäckman", "Cia Dahl"]


def test_one_of_the_crew_may_have_driven_alone(officer, session, entry, jessica):
    pasted(officer, session, table("Pos  Nr  Förare", "24  120  J. Bäckman"))
    assert Result.objects.get().credited_drivers == [jessica]
    pasted(officer, session, table("Pos  Nr  Förare", "24  120  Bäckman J / Bäckman A"))
    assert list(Result.objects.get().credits.all()) == []


# Official results


@pytest.fixture
def official(officer, session, entry):
    pasted(officer, session, SWEDISH, classification="official")
    session.refresh_from_db()
    return session


DECISION = {
    "ruling-decided_on": "2022-05-20",
    "ruling-body_sv": "SBF",
    "ruling-reason_sv": "Teknisk kontroll",
    "ruling-source_url": "https://sbf.se/beslut",
}


def test_a_paste_can_make_the_results_official(official):
    assert official.classification == "official"


def test_a_change_of_official_results_asks_for_the_decision(officer, official):
    page = preview(officer, official, table("Pos  Nr", "23  120"))
    assert "These results are official" in texts(page)
    page = confirm(officer, page)
    assert page.status_code == 200
    assert "Say who decided." in texts(page)
    assert Result.objects.get().position == 24
    saved = confirm(officer, page, **DECISION)
    assert said(officer, saved) == "Results: 1 changed. The decision is recorded."
    assert Result.objects.get().position == 23
    change = Amendment.objects.get().changes.get()
    assert (change.field, change.old, change.new) == ("position", "24", "23")
    official.refresh_from_db()
    assert official.classification == "amended"


def test_what_was_not_known_of_official_results_is_filled_in(officer, official):
    page = preview(officer, official, table("Pos  Nr  Startplats", "24  120  30"))
    assert "These results are official" not in texts(page)
    assert said(officer, confirm(officer, page)) == "Results: 1 changed."
    assert Amendment.objects.count() == 0


def test_official_results_do_not_become_provisional(officer, official):
    page = preview(officer, official, table("Pos  Nr  Startplats", "24  120  30"))
    confirm(officer, page, classification="provisional")
    official.refresh_from_db()
    assert official.classification == "official"


# What was shown is what is saved


def test_nothing_is_saved_when_the_site_has_changed_since(officer, session, entry):
    page = preview(officer, session, SWEDISH)
    factories.make_result(session=session, entry=entry, status="retired")
    page = confirm(officer, page)
    assert "Somebody has changed something in the meantime." in texts(page)
    assert outcomes(page)[3] == "changed"
    assert Result.objects.get().status == "retired"
    assert confirm(officer, page).status_code == 302


def test_nothing_is_saved_that_was_not_previewed(officer, session, entry):
    page = preview(officer, session, SWEDISH)
    page = confirm(officer, page, column_1="grid")
    assert "You changed the table or how it is read." in texts(page)
    assert Result.objects.count() == 0
    assert confirm(officer, page).status_code == 302
    assert Result.objects.get().grid == 24


def test_the_source_is_kept_with_what_changes(officer, session, entry):
    page = again(
        officer, preview(officer, session, SWEDISH), source="https://24hseries.com/r"
    )
    confirm(officer, page)
    assert Result.objects.get().source == "https://24hseries.com/r"
    page = again(officer, preview(officer, session, SWEDISH), source="elsewhere")
    assert outcomes(page)[3] == "left"


def test_practice_times_are_best_laps(officer, session, entry):
    session.kind = "qualifying"
    session.save()
    pasted(officer, session, table("Pos  Nr  Tid", "3  120  1:47.095"))
    assert Result.objects.get().best_lap_ms == 107_095
    assert Result.objects.get().time_ms is None


# Who may


def test_only_editors_paste(client, session):
    assert client.get(address(session)).status_code == 302
    reader = factories.make_user(is_staff=True)
    assert client_of(reader).get(address(session)).status_code == 403


def with_permissions(*names):
    """Somebody who may do just that."""
    user = factories.make_user(username="-".join(names), is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return client_of(user)


def test_whoever_may_not_enter_cars_is_not_offered_to(session, entry):
    client = with_permissions("add_result", "change_result", "change_session")
    page = again(client, preview(client, session, NEW), enters_cars="on")
    assert "enters_cars" not in filled(page)
    assert outcomes(page) == {2: "left_out", 3: "created"}


def test_whoever_may_not_record_decisions_changes_no_official_results(official):
    client = with_permissions("add_result", "change_result", "change_session")
    page = preview(client, official, table("Pos  Nr", "23  120"))
    assert confirm(client, page, **DECISION).status_code == 403
    assert Result.objects.get().position == 24


@pytest.mark.parametrize("key", ["0", "999", "x", "9" * 30])
def test_there_is_no_page_for_a_session_that_is_not_there(officer, key):
    assert officer.get(f"/admin/events/session/{key}/paste/").status_code == 404


# The pages


def test_the_pages_are_sound_html(officer, official):
    ruling = table("Pos  Nr  Förare", "23  120  A. Bäckman")
    pages = [
        officer.get(address(official)),
        preview(officer, official, ""),
        preview(officer, official, SWEDISH),
        preview(officer, official, SWEDISH.replace("1.47,095", "fort")),
        preview(officer, official, ruling),
        confirm(officer, preview(officer, official, ruling)),
    ]
    assert [markup.problems(page.content.decode()) for page in pages] == [[]] * 6


# Queries


def rows_of(session, count):
    """A table of so many cars, every second entered already."""
    lines = ["Pos  Nr  Förare  Klass  Team  Varv"]
    for number in range(1, count + 1):
        if number % 2:
            another(session, str(number), name=f"Ida Nr{number}")
        lines.append(f"{number}  {number}  Ida Nr{number}  TCR  Team  20")
    return table(*lines)


@pytest.mark.parametrize("count", [2, 30])
def test_previewing_and_saving_take_the_same_queries_for_any_rows(
    officer, session, entry, count, django_assert_num_queries
):
    ContentType.objects.get_for_model(Session)  # asked for once by every process
    text = rows_of(session, count)
    with django_assert_num_queries(17):
        page = preview(officer, session, text)
    page = again(officer, page, enters_cars="on")
    assert outcomes(page) == dict.fromkeys(range(2, count + 2), "created")
    with django_assert_num_queries(34):
        assert confirm(officer, page).status_code == 302
    assert Session.objects.get().results.count() == count
