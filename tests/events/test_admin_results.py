"""Results on the page of their session, and the decisions that changed them."""

from decimal import Decimal

import pytest

from events.models import Amendment, Result
from tests import factories
from tests.adminpages import (
    add_row,
    errors,
    filled,
    opened,
    page_of,
    refused,
    save,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return factories.make_session(event=factories.make_event())


@pytest.fixture
def entry(session):
    return factories.make_entry(
        event=session.event,
        drivers=[factories.make_driver(), factories.make_driver(first_name="Jessica")],
        car=factories.make_car(),
    )


def with_result(client, session, **values):
    data = opened(client, session)
    add_row(data, "results", **values)
    return data


def test_a_result_is_entered_on_the_page_of_its_session(officer, session, entry):
    data = with_result(
        officer,
        session,
        entry=str(entry.pk),
        status="classified",
        position="24",
        class_position="3",
        laps="262",
        time_ms="12:01:15.607",
        best_lap_ms="1.47,095",
        points="12,5",
        gap="+5 laps",
    )
    assert save(officer, session, data).status_code == 302
    result = Result.objects.get()
    assert (result.position, result.class_position, result.laps) == (24, 3, 262)
    assert (result.time_ms, result.best_lap_ms) == (43_275_607, 107_095)
    assert result.points == Decimal("12.5")
    assert result.is_classified
    shown = opened(officer, session)
    assert shown["results-0-time_ms"] == "12:01:15.607"
    assert shown["results-0-points"] == "12.5"


def test_only_the_weekends_own_entries_are_offered(officer, session, entry):
    other = factories.make_event(
        season=session.event.season, circuit=session.event.circuit, slug="other-2022"
    )
    stranger = factories.make_entry(
        event=other, drivers=[factories.make_driver(slug="x")]
    )
    page = officer.get(page_of(session))
    form = page.context["inline_admin_formsets"][0].formset.empty_form
    assert list(form.fields["entry"].choices) == [
        ("", "---------"),
        (entry.pk, "#120 Audi RS 3 LMS TCR (Andreas Bäckman, Jessica Bäckman)"),
    ]
    data = with_result(officer, session, entry=str(stranger.pk), status="retired")
    assert refused(officer, session, data) == {
        "results-0-entry": ["This car is entered for another weekend."]
    }


def test_the_page_takes_the_same_queries_for_one_result_and_for_ten(
    officer, session, entry, django_assert_num_queries
):
    factories.make_result(session=session, entry=entry, status="retired")
    with django_assert_num_queries(14):
        officer.get(page_of(session))
    for number in range(9):
        other = factories.make_entry(
            event=session.event, drivers=entry.crew_drivers, number=str(number)
        )
        factories.make_result(session=session, entry=other, status="retired")
    with django_assert_num_queries(14):
        officer.get(page_of(session))


def test_the_same_car_twice_in_a_session_is_refused(officer, session, entry):
    data = with_result(officer, session, entry=str(entry.pk), status="retired")
    add_row(data, "results", entry=str(entry.pk), status="retired")
    assert list(refused(officer, session, data)) == ["results", "results-1"]


def test_a_position_needs_a_classified_car(officer, session, entry):
    data = with_result(
        officer, session, entry=str(entry.pk), status="retired", position="3"
    )
    assert refused(officer, session, data) == {
        "results-0-position": [
            "Only a classified car has a position. Mark it as classified or clear the "
            "position."
        ]
    }
    data["results-0-is_classified"] = "on"
    assert save(officer, session, data).status_code == 302


def test_a_car_that_did_not_start_is_not_classified(officer, session, entry):
    data = with_result(
        officer,
        session,
        entry=str(entry.pk),
        status="did_not_start",
        is_classified="on",
    )
    assert refused(officer, session, data) == {
        "results-0-is_classified": [
            "The status and the mark “classified” do not agree."
        ]
    }


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("time_ms", "1:75"),
        ("points", "-3"),
        ("best_lap_ms", "fast"),
        ("laps", "9" * 30),
    ],
)
def test_figures_that_are_none_are_refused_at_the_field(
    officer, session, entry, field, typed
):
    data = with_result(officer, session, entry=str(entry.pk), **{field: typed})
    assert list(refused(officer, session, data)) == [f"results-0-{field}"]


def test_a_result_names_who_drove(officer, session, entry):
    result = factories.make_result(session=session, entry=entry, status="retired")
    driver = entry.crew_drivers[1]
    data = opened(officer, result)
    add_row(data, "credits", driver=str(driver.pk))
    assert save(officer, result, data).status_code == 302
    assert list(result.drivers.all()) == [driver]


def test_a_result_of_a_car_from_another_weekend_is_refused_at_the_field(
    officer, session, entry
):
    other = factories.make_event(
        season=session.event.season, circuit=session.event.circuit, slug="other-2022"
    )
    result = factories.make_result(session=session, entry=entry, status="retired")
    strange = factories.make_session(event=other)
    said = refused(officer, result, opened(officer, result), session=str(strange.pk))
    assert said == {"entry": ["This car is entered for another weekend."]}


def test_a_decision_is_entered_with_what_it_changed(officer, session, entry):
    result = factories.make_result(session=session, entry=entry, status="retired")
    data = filled(officer.get("/admin/events/amendment/add/")) | {
        "session": str(session.pk),
        "decided_on": "2022-06-01",
        "body": "FIA",
        "reason_sv": "Motor",
        "source_url": "fia.com/decision",
    }
    add_row(data, "changes", result=str(result.pk), field="position", old="3", new="4")
    response = officer.post("/admin/events/amendment/add/", data)
    assert response.status_code == 302, errors(response)
    amendment = Amendment.objects.get()
    assert amendment.source_url == "https://fia.com/decision"
    assert str(amendment.changes.get()) == f"{result}: position"


def test_a_session_on_its_own_page_speaks_the_circuits_time(officer, session):
    data = opened(officer, session)
    assert (data["day"], data["time"]) == ("2022-05-14", "13:55")
    assert save(officer, session, data, time="14:15").status_code == 302
    session.refresh_from_db()
    assert session.start.isoformat() == "2022-05-14T12:15:00+00:00"
    said = refused(officer, session, opened(officer, session), day="2022-05-20")
    assert said == {
        "day": ["20 May 2022 is not one of the weekend’s days: 13–15 May 2022."]
    }


def test_the_history_of_a_session_speaks_the_circuits_time(officer, session):
    save(officer, session, opened(officer, session), time="14:15", length_minutes="6 h")
    page = officer.get(page_of(session).replace("/change/", "/history/"))
    last = page.context["page_obj"][0]
    assert [str(change) for change in last.history_delta_changes] == [
        "Start: 14 May 2022, 13:55 (CEST, UTC+2) → 14 May 2022, 14:15 (CEST, UTC+2)",
        "Length: – → 6 hours",
    ]
