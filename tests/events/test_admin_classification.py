"""The screen of a session's classification: typed car by car, saved all at once."""

from decimal import Decimal

import pytest

from events.models import Result, Session
from tests import factories
from tests.adminpages import filled
from tests.events.grids import (
    address,
    boxes,
    enter,
    message,
    opened,
    row,
    said,
    save,
)

pytestmark = pytest.mark.django_db


# What is entered


def test_a_race_is_entered_on_one_screen(officer, session, cars):
    response = enter(
        officer,
        session,
        row(
            cars["120"],
            position="=1",
            class_position="1",
            grid="3",
            laps="262",
            time="12:01:15.607",
            best_lap="1.47,095",
            points="12,5",
            pole="class",
            fastest_lap="overall",
            note_sv="Första segern",
            source="Tidtagningen",
        ),
        row(cars["7"], position="=1", time="+5.515"),
        row(cars["12"], position="DNF", laps="17"),
    )
    assert response.status_code == 302
    assert response["Location"] == address(session)
    results = {result.entry.number: result for result in Result.objects.all()}
    ours = results["120"]
    assert (ours.status, ours.is_classified) == ("classified", True)
    assert (ours.position, ours.is_tied) == (1, True)
    assert (ours.class_position, ours.is_tied_in_class) == (1, False)
    assert (ours.grid, ours.laps) == (3, 262)
    assert (ours.time_ms, ours.gap) == (43_275_607, "")
    assert (ours.best_lap_ms, ours.points) == (107_095, Decimal("12.5"))
    assert (ours.pole, ours.fastest_lap) == ("class", "overall")
    assert (ours.note_sv, ours.source) == ("Första segern", "Tidtagningen")
    assert results["7"].gap == "+5.515"
    assert results["7"].time_ms is None
    assert (results["12"].status, results["12"].position) == ("retired", None)
    assert results["12"].points is None
    assert message(officer, session) == ["Results: 3 new. They are provisional."]
    session.refresh_from_db()
    assert session.classification == "provisional"


def test_our_cars_stand_first_then_the_others_by_number(officer, session, cars):
    factories.make_entry(event=session.event, number="")
    factories.make_entry(event=session.event, number="007")
    page = officer.get(address(session))
    numbers = [each.entry.number for each in page.context["screen"].grid.rows]
    assert numbers == ["120", "007", "7", "12", ""]


def test_a_row_left_empty_is_no_result(officer, session, cars):
    enter(officer, session, row(cars["120"], position="24"))
    assert [result.entry.number for result in Result.objects.all()] == ["120"]


def test_the_screen_shows_what_is_stored(officer, session, cars):
    enter(
        officer,
        session,
        row(cars["120"], position="=3", class_position="2", time="+1 varv"),
        row(cars["7"], position="12†"),
        row(cars["12"], status="ej start"),
    )
    data = opened(officer, session)
    assert boxes(data, cars["120"]) == {
        "position": "=3",
        "class_position": "2",
        "time": "+1 lap",
    }
    assert boxes(data, cars["7"]) == {"position": "12†"}
    assert boxes(data, cars["12"]) == {"status": "DNS"}


def test_saving_untouched_changes_nothing(officer, session, cars):
    enter(officer, session, row(cars["120"], position="3", time="1:00:00.000"))
    Result.objects.update(gap="as nobody writes", time_ms=3_600_000)
    before = list(Result.objects.values())
    entries = Result.history.count()
    assert enter(officer, session).status_code == 302
    assert list(Result.objects.values()) == before
    assert Result.history.count() == entries
    assert message(officer, session) == ["Results: 1 left as it was."]


def test_only_what_is_touched_is_changed(officer, session, cars):
    rows = [row(car, position=number) for number, car in cars.items()]
    enter(officer, session, *rows)
    factories.make_result(
        session=factories.make_session(event=session.event, name_sv="Race 2"),
        entry=cars["7"],
    )
    assert enter(officer, session, row(cars["7"], laps="20")).status_code == 302
    assert message(officer, session) == [
        "Results: 1 changed, 2 left as they were.",
    ]
    result = session.results.get(entry=cars["7"])
    assert (result.position, result.laps) == (7, 20)
    assert str(result.history.first().history_user) == "press"


def test_two_cars_change_places(officer, session, cars):
    rows = [row(cars["7"], position="1"), row(cars["12"], position="2")]
    enter(officer, session, *rows)
    rows = [row(cars["7"], position="2"), row(cars["12"], position="1")]
    assert enter(officer, session, *rows).status_code == 302
    places = session.results.order_by("position").values_list("entry__number")
    assert [number for (number,) in places] == ["12", "7"]


def test_a_weekend_without_classes_asks_for_no_position_in_class(officer, session):
    entry = factories.make_entry(event=session.event)
    assert f"car-{entry.pk}-class_position" not in opened(officer, session)
    assert enter(officer, session, row(entry, position="3")).status_code == 302
    factories.make_event_class(event=session.event)
    assert f"car-{entry.pk}-class_position" in opened(officer, session)


def test_a_weekend_without_cars_leads_to_where_they_are_entered(officer, session):
    page = officer.get(address(session)).content.decode()
    assert page.count("No cars are entered for this weekend yet.") == 1
    assert page.count('id="classification"') == 0


def test_the_first_part_of_a_race_leads_to_where_its_result_is(officer, session):
    first = factories.make_session(
        event=session.event, name_sv="Del 1", result_in=session
    )
    page = officer.get(address(first)).content.decode()
    assert page.count(f'href="{address(session)}"') == 1


# What is refused, each at its box


def refusals(officer, session, *rows):
    """What is said of rows, none of which is saved."""
    found = said(enter(officer, session, *rows))
    assert not Result.objects.exists()
    return found


def test_what_cannot_be_read_is_refused_at_its_box(officer, session, cars):
    assert refusals(
        officer,
        session,
        row(cars["7"], position="x1", laps="many", drivers="\x00"),
        row(cars["12"], status="asleep", pole="third"),
    ) == {
        "#7 position": [
            "“x1” is neither a position nor a status. Write 3, =3 for a shared third "
            "place, 12† for a car that stopped and is classified, or a code such as "
            "Ret."
        ],
        "#7 laps": [
            "“many” is not a number of laps. Write a whole number such as 262."
        ],
        "#7 drivers": ["Null characters are not allowed."],
        "#12 status": [
            "“asleep” is not a status. Write one of NC, Ret, DSQ, DNS, DNQ, WD, EX, or "
            "† for a car that stopped and is classified."
        ],
        "#12 pole": [
            "Select a valid choice. third is not one of the available choices."
        ],
    }


def test_what_is_typed_stays_where_it_is_refused(officer, session, cars):
    typed = [
        row(cars["7"], position="x1", time="+5.515", note_sv="Regn"),
        row(cars["12"], position="2", drivers="Nobody"),
    ]
    data = opened(officer, session)
    shown = filled(save(officer, session, data, *typed))
    token = {"csrfmiddlewaretoken": shown["csrfmiddlewaretoken"]}
    assert shown == data | typed[0] | typed[1] | token


def test_a_sentence_is_tied_to_its_box(officer, session, cars):
    page = enter(officer, session, row(cars["7"], laps="many")).content.decode()
    box = f"id_car-{cars['7'].pk}-laps"
    assert page.count(f'aria-invalid="true" aria-describedby="{box}_error"') == 1
    assert page.count(f'<p class="problem" id="{box}_error">') == 1
    assert page.count(f'<li><a href="#{box}">#7, Laps</a></li>') == 1


def test_a_retired_car_has_no_position(officer, session, cars):
    sentence = (
        "Only a classified car has a position. Mark it as classified or clear the "
        "position."
    )
    assert refusals(officer, session, row(cars["7"], position="3", status="Ret")) == {
        "#7 position": [sentence]
    }
    dagger = row(cars["7"], position="3†", status="Ret")
    assert enter(officer, session, dagger).status_code == 302


def test_two_cars_on_one_position_must_be_tied(officer, session, cars):
    rows = [row(cars["7"], position="3"), row(cars["12"], position="=3")]
    assert refusals(officer, session, *rows) == {
        "#7 position": [
            "Car 12 has this position too. Mark both as tied (=), or correct one."
        ],
        "#12 position": [
            "Car 7 has this position too. Mark both as tied (=), or correct one."
        ],
    }
    rows = [row(cars["7"], position="=3"), row(cars["12"], position="=3")]
    assert enter(officer, session, *rows).status_code == 302


def test_a_position_that_a_stored_result_holds_is_refused(officer, session, cars):
    enter(officer, session, row(cars["7"], position="3"))
    found = said(enter(officer, session, row(cars["12"], position="3")))
    assert list(found) == ["#7 position", "#12 position"]


def test_a_class_position_fits_the_overall_one(officer, session, cars):
    assert refusals(
        officer, session, row(cars["7"], position="3", class_position="4")
    ) == {
        "#7 class_position": [
            "The position in class cannot be worse than the overall one."
        ]
    }
    assert refusals(
        officer,
        session,
        row(cars["7"], position="3", class_position="2"),
        row(cars["12"], position="9", class_position="1"),
    ) == {
        "#12 class_position": [
            "Car 7 is ahead overall (3) and behind in the class (2): one of the four "
            "positions is wrong."
        ]
    }


def test_one_car_has_the_pole_position(officer, session, cars):
    enter(officer, session, row(cars["7"], position="2", pole="overall"))
    found = said(enter(officer, session, row(cars["120"], pole="overall")))
    assert found == {
        "#7 pole": ["Car 120 has the pole position too."],
        "#120 pole": ["Car 7 has the pole position too."],
    }


def test_position_and_status_must_agree(officer, session, cars):
    sentence = "The position and the status do not agree: correct one."
    assert refusals(officer, session, row(cars["7"], position="Ret", status="DNS")) == {
        "#7 status": [sentence]
    }
    same = row(cars["7"], position="Ret", status="DNF")
    assert enter(officer, session, same).status_code == 302


# The state


def test_new_results_are_provisional_until_said_otherwise(officer, session, cars):
    assert opened(officer, session)["classification"] == "provisional"
    enter(officer, session, row(cars["7"], position="3"), {"classification": ""})
    assert opened(officer, session)["classification"] == ""
    enter(officer, session, {"classification": "official"})
    assert message(officer, session) == [
        "Results: 1 left as it was. They are official from now on."
    ]
    assert "classification" not in opened(officer, session)
    assert Session.objects.get(pk=session.pk).classification == "official"


def test_without_results_there_is_nothing_to_call_official(officer, session, cars):
    found = refusals(officer, session, {"classification": "official"})
    assert found == {
        "state": ["There are no results yet: type those of at least one car."]
    }


def test_official_results_stay_official(officer, session, cars):
    enter(
        officer, session, row(cars["7"], position="3"), {"classification": "official"}
    )
    found = said(enter(officer, session, {"classification": "provisional"}))
    assert list(found) == ["state"]
    assert Session.objects.get(pk=session.pk).classification == "official"


def test_nobody_chooses_that_results_are_amended(officer, session, cars):
    found = refusals(
        officer, session, row(cars["7"], position="3"), {"classification": "amended"}
    )
    assert list(found) == ["state"]
