"""A result on a page of its own, a session on its own, and what stays as it is."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from events.models import DraftSession, Result, ResultDriver
from events.models.results import ruling_needed
from tests import factories
from tests.adminpages import add_row, filled, opened, page_of, refused, save
from tests.events import timetables
from tests.events.grids import address

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


@pytest.fixture
def result(session, entry):
    return factories.make_result(session=session, entry=entry, status="retired")


def test_a_result_names_who_drove(officer, result, entry):
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


# A result on its own page


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("time_ms", "1:75"),
        ("points", "-3"),
        ("best_lap_ms", "fast"),
        ("laps", "9" * 30),
    ],
)
def test_figures_that_are_none_are_refused_at_the_field(officer, result, field, typed):
    data = opened(officer, result)
    assert list(refused(officer, result, data, **{field: typed})) == [field]


def test_a_result_that_the_rules_refuse_is_refused_at_the_field(officer, result):
    said = refused(officer, result, opened(officer, result), position="3")
    assert said == {
        "position": [
            "Only a classified car has a position. Mark it as classified or clear the "
            "position."
        ]
    }


def test_a_result_leads_to_all_cars_of_its_session(officer, result):
    link = f'href="{address(result.session)}"'
    assert officer.get(page_of(result)).content.decode().count(link) == 1
    listed = officer.get("/admin/events/result/").content.decode()
    assert listed.count(link) == 1


# Official results


@pytest.fixture
def official(result):
    """A result that is official, with a driver who is credited with it."""
    driver = result.entry.crew_drivers[0]
    ResultDriver.objects.create(result=result, driver=driver)
    result.session.classification = "official"
    result.session.save()
    return result


def test_an_official_result_is_not_changed_on_its_own_page(officer, official):
    data = opened(officer, official)
    said = refused(officer, official, data, status="disqualified")
    assert said == {"": [str(ruling_needed())]}
    assert save(officer, official, data, note_en="Engine").status_code == 302
    official.refresh_from_db()
    assert (official.status, official.note_en) == ("retired", "Engine")


def test_who_drove_is_only_shown_with_an_official_result(officer, official):
    data = opened(officer, official)
    assert "credits-0-driver" not in data
    add_row(data, "credits", driver=str(official.entry.crew_drivers[1].pk))
    save(officer, official, data)
    assert official.credits.count() == 1


def test_what_an_official_result_was_is_not_brought_back(officer, official):
    first = official.history.last()
    Result.objects.filter(pk=official.pk).update(status="disqualified")
    path = reverse("admin:events_result_simple_history", args=[official.pk, first.pk])
    response = officer.post(path, filled(officer.get(path)))
    assert response.status_code == 200
    assert list(response.context["errors"]) == [[str(ruling_needed())]]
    official.refresh_from_db()
    assert official.status == "disqualified"


def test_a_session_does_not_go_back_to_what_it_was_before_it_was_official(
    officer, official
):
    session = official.session
    first = session.history.last()
    path = reverse("admin:events_session_simple_history", args=[session.pk, first.pk])
    response = officer.post(path, filled(officer.get(path)))
    assert list(response.context["adminform"].form.errors) == ["classification"]
    session.refresh_from_db()
    assert session.classification == "official"


def delete(client, record):
    return client.post(page_of(record).replace("/change/", "/delete/"), {"post": "yes"})


def delete_from_the_list(client, record):
    data = {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"}
    return client.post(f"/admin/events/{record._meta.model_name}/", data)


def test_an_official_result_is_not_deleted(officer, official):
    for record in (official, official.credits.get()):
        assert delete(officer, record).status_code == 403
        response = delete_from_the_list(officer, record)
        assert [strip_tags(use) for use in response.context["protected"]] == [
            "Official results: Race, Hankook 12h Hockenheimring"
        ]
    assert Result.objects.count() == ResultDriver.objects.count() == 1


def test_a_provisional_result_is_deleted(officer, result):
    assert delete_from_the_list(officer, result).status_code == 302
    assert not Result.objects.exists()


# Sessions


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        ("", ["", "provisional", "official"]),
        ("provisional", ["", "provisional", "official"]),
        ("official", ["official"]),
        ("amended", ["amended"]),
    ],
)
def test_the_page_of_a_session_offers_the_states_that_may_follow(
    officer, session, state, offered
):
    session.classification = state
    session.save()
    form = officer.get(page_of(session)).context["adminform"].form
    assert [key for key, _name in form.fields["classification"].choices] == offered
    assert save(officer, session, opened(officer, session)).status_code == 302


def test_the_page_of_a_session_only_shows_what_the_timetable_tells(officer, session):
    page = officer.get(page_of(session))
    link = f'href="{timetables.address(session.event)}"'
    assert page.content.decode().count(link) == 1
    assert page.content.decode().count("14 May 2022, 13:55 (CEST, UTC+2)") == 1
    data = filled(page)
    assert set(data) - {"csrfmiddlewaretoken", "_version"} == {
        *("result_in", "classification", "source")
    }
    typed = {"name_sv": "Lopp", "day": "2022-05-15", "start": "2022-05-15 10:00"}
    assert save(officer, session, data | typed, source="Sheet").status_code == 302
    before = session.start
    session.refresh_from_db()
    assert (session.name_sv, session.start, session.source) == ("Race", before, "Sheet")
    assert officer.get("/admin/events/session/add/").status_code == 403


def test_a_result_can_only_be_in_a_session_of_the_same_weekend(officer, session):
    event = session.event
    other = factories.make_event(
        season=event.season, circuit=event.circuit, slug="other-2022"
    )
    strange = factories.make_session(event=other)
    sunday = datetime(2022, 5, 15, 12, tzinfo=UTC)
    part = factories.make_session(event=event, name_sv="Del 2", start=sunday)
    page = officer.get(page_of(session))
    field = page.context["adminform"].form.fields["result_in"]
    assert list(field.choices) == [
        ("", "---------"),
        (part.pk, "Del 2 (Sunday 15 May 14:00)"),
    ]
    data = filled(page)
    assert refused(officer, session, data, result_in=str(strange.pk)) == {
        "result_in": ["Choose a session of this weekend."]
    }
    assert save(officer, session, data, result_in=str(part.pk)).status_code == 302
    session.refresh_from_db()
    assert session.result_in == part


def test_the_history_of_a_session_speaks_the_circuits_time(officer, session):
    session.start = datetime(2022, 5, 14, 12, 15, tzinfo=UTC)
    session.length_minutes = 360
    session.save()
    page = officer.get(page_of(session).replace("/change/", "/history/"))
    last = page.context["page_obj"][0]
    assert [str(change) for change in last.history_delta_changes] == [
        "Start: 14 May 2022, 13:55 (CEST, UTC+2) → 14 May 2022, 14:15 (CEST, UTC+2)",
        "Length: – → 6 hours",
    ]


def test_what_a_session_told_comes_back_as_a_draft(officer, session):
    first, uid = session.history.last(), session.uid
    moved = datetime(2022, 5, 14, 12, 15, tzinfo=UTC)
    session.start, session.source = moved, "Bulletin"
    session.save()
    path = reverse("admin:events_session_simple_history", args=[session.pk, first.pk])
    assert officer.post(path, filled(officer.get(path))).status_code == 302
    session.refresh_from_db()
    assert (session.start, session.source, session.uid) == (moved, "", uid)
    assert session.sequence == 1
    assert DraftSession.objects.get().session == session
    assert timetables.shown(officer, session.event) == [
        "Race moved from 14:15 to 13:55"
    ]
