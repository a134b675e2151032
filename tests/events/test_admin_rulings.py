"""Official results change by a decision, which is asked for, recorded and undone."""

from datetime import date
from decimal import Decimal

import pytest

from events.models import Amendment, Result, ResultChange, Session
from tests import factories
from tests.adminpages import errors, filled, page_of
from tests.adminpages import opened as page_opened
from tests.adminpages import save as save_page
from tests.events.grids import (
    address,
    asked,
    boxes,
    enter,
    message,
    moves,
    opened,
    row,
    said,
    save,
)

pytestmark = pytest.mark.django_db

DECISION = {
    "ruling-decided_on": "2022-09-02",
    "ruling-body_sv": "SBF:s domstol",
    "ruling-body_en": "The court of the SBF",
    "ruling-reason_sv": "Bränslet",
    "ruling-reason_en": "The fuel",
    "ruling-source_url": "sbf.se/beslut",
}


@pytest.fixture
def session():
    return factories.make_session(
        event=factories.make_event(), classification="official"
    )


@pytest.fixture
def cars(session, drivers):
    """Two cars that came first and second, officially."""
    cars = [
        factories.make_entry(
            event=session.event, number=number, drivers=drivers[at : at + 2]
        )
        for at, number in enumerate(("7", "120"))
    ]
    placed = {"status": "classified", "is_classified": True}
    for place, (car, points) in enumerate(zip(cars, (25, 0), strict=True), start=1):
        factories.make_result(
            session=session, entry=car, position=place, points=points, **placed
        )
    return cars


def disqualify(client, session, cars):
    """The winner is disqualified, the second wins; the screen asks why."""
    return enter(
        client,
        session,
        row(cars[0], position="DSQ", points="0"),
        row(cars[1], position="1", points="25"),
    )


def decide(client, session, response, **answers):
    answers = {f"ruling-{name}": text for name, text in answers.items()}
    return save(client, session, filled(response), DECISION | answers)


# Asking


def test_a_change_of_official_results_asks_for_the_decision(officer, session, cars):
    response = disqualify(officer, session, cars)
    assert said(response) == {}
    assert asked(response) == {}
    assert moves(response) == [
        "#7: Position 1 → disqualified",
        "#7: Points 25 → 0",
        "#120: Position 2 → 1",
        "#120: Points 0 → 25",
    ]
    page = response.content.decode()
    assert page.count("These results are official") == 1
    assert page.count('value="Save with this decision"') == 1
    assert not Amendment.objects.exists()
    assert session.results.get(entry=cars[0]).position == 1
    # What was typed is still there.
    assert boxes(filled(response), cars[0]) == {"position": "DSQ", "points": "0"}


def test_each_answer_that_is_missing_is_asked_for_in_a_sentence(officer, session, cars):
    response = disqualify(officer, session, cars)
    response = save(officer, session, filled(response))
    assert asked(response) == {
        "decided_on": ["Give the day of the decision."],
        "body_sv": ["Say who decided."],
        "reason_sv": ["Give the reason, as the decision does."],
        "source_url": [
            "Say where the decision is known from: an address or a document."
        ],
    }
    assert not Amendment.objects.exists()


def test_answers_stay_while_a_row_is_wrong(officer, session, cars):
    response = disqualify(officer, session, cars)
    response = save(
        officer, session, filled(response), DECISION, row(cars[0], laps="many")
    )
    assert list(said(response)) == ["#7 laps"]
    assert filled(response)["ruling-reason_sv"] == "Bränslet"
    response = save(officer, session, filled(response), row(cars[0], laps=""))
    assert response.status_code == 302
    assert Amendment.objects.get().reason_sv == "Bränslet"


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("decided_on", "2099-01-01", "This day has not come yet."),
        ("decided_on", "soon", "Enter a valid date."),
        ("source_url", "not an address", "Enter a valid URL."),
    ],
)
def test_an_answer_that_is_none_is_refused(
    officer, session, cars, name, typed, sentence
):
    response = disqualify(officer, session, cars)
    response = decide(officer, session, response, **{name: typed})
    assert asked(response)[name] == [sentence]
    assert not Amendment.objects.exists()


def test_filling_in_what_was_not_known_asks_nothing(officer, session, cars):
    typed = row(cars[0], laps="20", best_lap="1:47.095", note_sv="Regn")
    assert enter(officer, session, typed).status_code == 302
    assert not Amendment.objects.exists()
    assert Session.objects.get(pk=session.pk).classification == "official"


def test_a_car_that_had_no_result_is_filled_in_too(officer, session, cars, drivers):
    third = factories.make_entry(event=session.event, number="9", drivers=drivers[4:5])
    assert enter(officer, session, row(third, position="3")).status_code == 302
    assert session.results.count() == 3


def test_no_points_are_points_that_are_known(officer, session, cars):
    response = enter(officer, session, row(cars[1], points="18"))
    assert moves(response) == ["#120: Points 0 → 18"]


def test_who_drove_is_changed_by_a_decision(officer, session, cars):
    response = enter(officer, session, row(cars[0], drivers="Bea Berg"))
    assert moves(response) == ["#7: Credited drivers Ada Berg, Bea Berg → Bea Berg"]
    assert decide(officer, session, response).status_code == 302
    change = ResultChange.objects.get()
    assert (change.field, change.old, change.new) == (
        "drivers",
        "Ada Berg, Bea Berg",
        "Bea Berg",
    )


# Recording


def test_a_decision_is_recorded_with_each_changed_fact(officer, session, cars):
    response = decide(officer, session, disqualify(officer, session, cars))
    assert response.status_code == 302
    assert message(officer, session) == [
        "Results: 2 changed. The decision is recorded."
    ]
    amendment = Amendment.objects.get()
    assert (amendment.session, amendment.decided_on) == (session, date(2022, 9, 2))
    assert (amendment.body_sv, amendment.reason_en) == ("SBF:s domstol", "The fuel")
    assert amendment.source_url == "https://sbf.se/beslut"
    assert [
        (change.result.entry.number, change.field, change.old, change.new)
        for change in amendment.changes.order_by("pk")
    ] == [
        ("7", "status", "classified", "disqualified"),
        ("7", "is_classified", "yes", ""),
        ("7", "position", "1", ""),
        ("7", "points", "25", "0"),
        ("120", "position", "2", "1"),
        ("120", "points", "0", "25"),
    ]
    assert Session.objects.get(pk=session.pk).classification == "amended"
    winner = session.results.get(position=1)
    assert (winner.entry, winner.points) == (cars[1], Decimal(25))


def test_the_document_alone_is_source_enough_and_a_month_date_enough(
    officer, session, cars
):
    response = disqualify(officer, session, cars)
    answers = {"source_url": "", "source": "Protokoll 7", "is_month_only": "on"}
    response = decide(officer, session, response, is_unresolved="on", **answers)
    assert response.status_code == 302
    amendment = Amendment.objects.get()
    assert (amendment.source, amendment.source_url) == ("Protokoll 7", "")
    assert (amendment.is_month_only, amendment.is_unresolved) == (True, True)


def test_changes_that_were_not_read_are_read_first(officer, session, cars):
    response = disqualify(officer, session, cars)
    data = filled(response) | DECISION
    response = save(officer, session, data, row(cars[1], points="18"))
    assert response.context["screen"].panel.is_outdated
    assert moves(response)[-1] == "#120: Points 0 → 18"
    assert filled(response)["ruling-body_sv"] == "SBF:s domstol"
    assert not Amendment.objects.exists()
    assert save(officer, session, filled(response)).status_code == 302
    assert session.results.get(position=1).points == Decimal(18)


def test_a_change_that_is_taken_back_asks_nothing_any_more(officer, session, cars):
    data = opened(officer, session)
    response = disqualify(officer, session, cars)
    data |= {"ruling-changes": filled(response)["ruling-changes"]} | DECISION
    assert save(officer, session, data).status_code == 302
    assert not Amendment.objects.exists()


def test_rows_are_still_held_to_the_rules(officer, session, cars):
    response = enter(officer, session, row(cars[1], position="1"))
    assert list(said(response)) == ["#7 position", "#120 position"]
    response = decide(officer, session, response)
    assert response.status_code == 200
    assert not Amendment.objects.exists()


def test_amended_results_change_by_another_decision(officer, session, cars):
    decide(officer, session, disqualify(officer, session, cars))
    response = enter(officer, session, row(cars[1], points="12,5"))
    assert decide(officer, session, response).status_code == 302
    assert session.amendments.count() == 2


# Undoing


def undo(client, session, amendment):
    return client.get(f"{address(session)}?undo={amendment.pk}")


def test_a_decision_leads_to_its_undoing(officer, session, cars):
    decide(officer, session, disqualify(officer, session, cars))
    amendment = Amendment.objects.get()
    page = officer.get(page_of(amendment)).content.decode()
    link = f'<a href="{address(session)}?undo={amendment.pk}" class="main-tool">'
    assert page.count(link) == 1


def test_undoing_is_another_decision(officer, session, cars):
    decide(officer, session, disqualify(officer, session, cars))
    first = Amendment.objects.get()
    response = undo(officer, session, first)
    assert moves(response) == [
        "#7: Position disqualified → 1",
        "#7: Points 0 → 25",
        "#120: Position 1 → 2",
        "#120: Points 25 → 0",
    ]
    assert asked(response) == {}
    assert not session.results.filter(entry=cars[0], position=1).exists()

    answers = {"decided_on": "2022-10-01", "reason_sv": "Domen rivs upp"}
    assert decide(officer, session, response, **answers).status_code == 302
    results = session.results.order_by("position").values_list(
        "entry__number", "status", "points"
    )
    assert list(results) == [
        ("7", "classified", Decimal(25)),
        ("120", "classified", Decimal(0)),
    ]
    reasons = session.amendments.values_list("reason_sv", flat=True)
    assert list(reasons) == ["Bränslet", "Domen rivs upp"]
    assert session.amendments.last().changes.count() == 6


def test_undoing_brings_back_who_drove(officer, session, cars):
    response = enter(officer, session, row(cars[0], drivers="Bea Berg"))
    decide(officer, session, response)
    response = undo(officer, session, Amendment.objects.get())
    assert boxes(filled(response), cars[0])["drivers"] == "Ada Berg, Bea Berg"
    assert moves(response) == ["#7: Credited drivers Bea Berg → Ada Berg, Bea Berg"]
    assert decide(officer, session, response).status_code == 302
    result = Result.objects.with_credits().get(entry=cars[0])
    assert [driver.first_name for driver in result.credited_drivers] == ["Ada", "Bea"]


def test_what_is_undone_already_needs_no_undoing(officer, session, cars):
    decide(officer, session, disqualify(officer, session, cars))
    first = Amendment.objects.get()
    decide(officer, session, undo(officer, session, first))
    response = undo(officer, session, first)
    assert response.context["screen"].panel is None
    assert [str(said) for said in response.context["messages"]][-1] == (
        "What this decision changed is as it was before it: nothing to undo."
    )


@pytest.mark.parametrize("key", ["abc", "9" * 30, "0", ""])
def test_a_decision_that_is_none_cannot_be_undone(officer, session, cars, key):
    assert undo(officer, session, Amendment(pk=key)).status_code == 404


def test_a_decision_on_another_session_is_not_undone_here(officer, session, cars):
    other = factories.make_session(event=session.event, name_sv="Race 2")
    amendment = factories.make_amendment(session=other)
    assert undo(officer, session, amendment).status_code == 404


# Decisions on record


@pytest.fixture
def amendment(officer, session, cars):
    decide(officer, session, disqualify(officer, session, cars))
    return Amendment.objects.get()


def listed(client):
    """(decided on, decided by, not settled) of each row of the list of decisions."""
    page = client.get("/admin/events/amendment/")
    options = page.context["cl"].model_admin
    return [
        (options.decided(row), options.body(row), row.is_unresolved)
        for row in page.context["cl"].result_list
    ]


def test_the_list_of_decisions_says_when_and_by_whom(officer, amendment):
    assert listed(officer) == [("2 September 2022", "The court of the SBF", False)]
    amendment.is_month_only = amendment.is_unresolved = True
    amendment.save()
    assert listed(officer) == [("September 2022", "The court of the SBF", True)]
    Amendment.objects.update(
        decided_on=None, is_month_only=False, body_sv="", body_en=""
    )
    assert listed(officer) == [("–", "–", True)]


def test_what_a_decision_changed_is_told_in_words(officer, session, cars, amendment):
    factories.make_result_change(
        amendment=amendment,
        result=session.results.first(),
        field="best_lap_ms",
        old="107095",
        new="",
    )
    page = officer.get("/admin/events/resultchange/")
    options = page.context["cl"].model_admin
    assert [
        (options.what(change), options.before(change), options.after(change))
        for change in page.context["cl"].result_list.order_by("pk")
    ] == [
        ("Status", "classified", "DSQ"),
        ("Classified", "yes", "no"),
        ("Position", "1", "–"),
        ("Points", "25", "0"),
        ("Position", "2", "1"),
        ("Points", "0", "25"),
        ("Best lap", "1:47.095", "–"),
    ]
    page = officer.get(page_of(amendment)).content.decode()
    assert page.count("<td>1:47.095</td>") == 1


def test_the_words_of_a_decision_are_corrected_and_its_changes_are_not(
    officer, amendment
):
    data = page_opened(officer, amendment)
    assert not {"session", "changes-0-old", "changes-0-new"} & data.keys()
    forged = {"reason_en": "The fuel, again", "changes-0-old": "9"}
    assert save_page(officer, amendment, data, **forged).status_code == 302
    amendment.refresh_from_db()
    assert amendment.reason_en == "The fuel, again"
    assert not amendment.changes.filter(old="9").exists()


def test_a_decision_that_changed_results_is_not_deleted(officer, amendment):
    address = page_of(amendment).replace("/change/", "/delete/")
    assert officer.post(address, {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [amendment.pk]}
    response = officer.post("/admin/events/amendment/", chosen | {"post": "yes"})
    assert response.status_code in (200, 403)
    assert Amendment.objects.exists()


def test_a_decision_that_changed_nothing_is_entered_and_deleted(officer, session):
    page = "/admin/events/amendment/add/"
    data = filled(officer.get(page)) | {
        "session": str(session.pk),
        "decided_on": "2022-06-01",
        "reason_sv": "Friades",
        "source": "Protokoll 7",
    }
    response = officer.post(page, data)
    assert response.status_code == 302, errors(response)
    amendment = Amendment.objects.get()
    address = page_of(amendment).replace("/change/", "/delete/")
    assert officer.post(address, {"post": "yes"}).status_code == 302
    assert not Amendment.objects.exists()
