"""Who may use the screen of a classification, what it costs, and two who save at once."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType

from events.models import Result, ResultDriver, Session
from tests import factories
from tests.adminpages import client_of, filled, page_of
from tests.events.grids import address, boxes, enter, opened, row, said, save
from tests.events.test_admin_fuzz import NASTY

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return factories.make_session(event=factories.make_event())


@pytest.fixture
def cars(session, drivers):
    return [make_car(session, number, drivers) for number in range(1, 4)]


def make_car(session, number, drivers):
    return factories.make_entry(
        event=session.event, number=str(number), drivers=drivers[:3]
    )


def staff_with(*codenames, username="cia"):
    user = factories.make_user(username=username, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return client_of(user)


# Who may


def test_whoever_may_only_look_sees_the_results_and_saves_nothing(
    officer, session, cars
):
    enter(officer, session, row(cars[0], position="3"))
    viewer = staff_with("view_result", "view_session")
    page = viewer.get(address(session))
    assert page.status_code == 200
    text = page.content.decode()
    assert text.count('<fieldset class="cars" disabled>') == 1
    assert text.count('name="_save"') == 0
    data = opened(officer, session) | row(cars[0], position="4")
    assert viewer.post(address(session), data).status_code == 403
    assert Result.objects.get().position == 3


@pytest.mark.parametrize(
    "missing",
    ["add_result", "change_result", "delete_result", "change_session", "add_amendment"],
)
def test_saving_needs_every_permission_of_it(officer, session, cars, missing):
    needed = {"add_result", "change_result", "delete_result"}
    needed |= {"change_session", "add_amendment", "view_result"}
    data = opened(officer, session) | row(cars[0], position="4")
    assert staff_with(*needed).post(address(session), data).status_code == 302
    Result.objects.all().delete()
    client = staff_with(*needed - {missing}, username="dan")
    assert client.post(address(session), data).status_code == 403
    assert not Result.objects.exists()


def test_the_screen_is_closed_to_those_who_may_not_see_results(client, session):
    assert staff_with("view_session").get(address(session)).status_code == 403
    assert client.get(address(session)).status_code == 302
    assert client.post(address(session)).status_code == 302


@pytest.mark.parametrize("key", ["abc", "9" * 30, "-1", "0", "4711"])
def test_sessions_that_are_none_are_not_found(officer, key):
    path = f"/admin/events/session/{key}/classification/"
    assert officer.get(path).status_code == 404
    assert officer.post(path).status_code == 404


# How it is reached


def test_a_session_leads_to_its_classification(officer, session):
    link = f'href="{address(session)}"'
    weekend = officer.get(page_of(session.event)).content.decode()
    assert weekend.count(link) == 1
    assert officer.get(page_of(session)).content.decode().count(link) == 1
    sessions = officer.get("/admin/events/session/").content.decode()
    assert sessions.count(link) == 1


def test_the_first_page_leads_to_the_sessions_of_the_latest_weekend(
    officer, session, travel
):
    travel("2022-05-13T09:00+02:00")
    event = session.event
    kept = {"season": event.season, "circuit": event.circuit, "last_day": None}
    for day, slug in (("2022-05-12", "before"), ("2022-05-14", "after")):
        other = factories.make_event(first_day=day, slug=slug, **kept)
        factories.make_session(event=other)
    first = officer.get("/admin/").content.decode()
    link = "/admin/events/session/?weekend=latest"
    assert first.count(f'<a href="{link}">Enter results</a>') == 1
    assert list(officer.get(link).context["cl"].result_list) == [session]


def test_the_history_of_a_session_tells_of_its_results(officer, session, cars):
    enter(officer, session, row(cars[0], position="3", drivers="Bea Berg"))
    enter(officer, session, row(cars[0], position="4", best_lap="1:47.095"))
    page = officer.get(page_of(session).replace("/change/", "/history/"))
    assert sorted(str(news) for news in page.context["row_news"]) == [
        "Credited driver “Bea Berg, #1” was added",
        "Result “#1” was added",
        "Result “#1”: Position: 3 → 4; Best lap: – → 1:47.095",
    ]


def test_what_was_saved_stands_in_the_log(officer, session, cars):
    enter(officer, session, row(cars[0], position="3"))
    page = officer.get("/admin/")
    (entry,) = page.context["user"].logentry_set.all()
    assert entry.get_change_message() == "Results: 1 new. They are provisional."
    assert entry.get_edited_object() == session


# Nonsense


@pytest.mark.parametrize("first", range(5))
def test_whatever_is_typed_the_screen_saves_it_or_comes_back(
    officer, session, cars, first
):
    enter(officer, session, row(cars[0], position="1"))
    data = opened(officer, session)
    for value in NASTY[first::5]:
        typed = dict.fromkeys(data.keys() - {"_version"}, value)
        assert save(officer, session, data | typed).status_code in (200, 302, 400)
        assert save(officer, session, typed).status_code in (200, 400)
        only = row(cars[1], drivers=value, note_sv=value, position="2")
        assert save(officer, session, data | only).status_code in (200, 302, 400)


def test_a_page_that_lacks_its_boxes_deletes_nothing(officer, session, cars):
    enter(officer, session, row(cars[0], position="1"))
    data = opened(officer, session)
    prefix = f"car-{cars[0].pk}-"
    data = {name: text for name, text in data.items() if not name.startswith(prefix)}
    assert list(said(save(officer, session, data))) == ["#1 position"]
    assert Result.objects.get().position == 1


# What it costs


def test_the_screen_takes_the_same_queries_for_one_car_and_for_thirty(
    officer, session, drivers, django_assert_num_queries
):
    tcr = factories.make_class()
    for number in range(30):
        car = make_car(session, number, drivers)
        car.racing_class = tcr
        car.save()
        factories.make_result(
            session=session, entry=car, drivers=drivers[:1], status="retired"
        )
        if number in (0, 29):
            with django_assert_num_queries(13):
                assert officer.get(address(session)).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_saving_takes_the_same_queries_for_one_car_and_for_thirty(
    officer, session, drivers, count, django_assert_num_queries
):
    ContentType.objects.get_for_model(Session)  # asked for once by every process
    cars = [make_car(session, number, drivers) for number in range(1, count + 1)]
    rows = [
        row(car, position=car.number, laps="20", drivers="Bea Berg") for car in cars
    ]
    data = opened(officer, session)
    with django_assert_num_queries(27):
        assert save(officer, session, data, *rows).status_code == 302
    assert session.results.count() == ResultDriver.objects.count() == count
    rows = [row(car, position="", status="Ret") for car in cars]
    data = opened(officer, session)
    with django_assert_num_queries(24):
        assert save(officer, session, data, *rows).status_code == 302


# Two editors


def told(response):
    """What the screen says on top to the second to save, without the hour."""
    sentences = list(response.context["screen"].conflict)
    return [sentence.partition(" on ")[0] for sentence in sentences[:1]] + sentences[1:]


def test_the_second_to_save_is_told_what_the_first_saved(anna, bo, session, cars):
    his = opened(bo, session)
    enter(
        anna,
        session,
        row(cars[0], position="1", drivers="Bea Berg"),
        row(cars[1], position="2"),
    )
    response = save(bo, session, his, row(cars[2], position="3"))
    assert told(response) == [
        "Anna Ek saved this page",
        "Result “#1” was added",
        "Result “#2” was added",
        "Credited driver “Bea Berg, #1” was added",
        "The results are now: provisional. Before they were: not told.",
    ]
    assert session.results.count() == 2


def test_what_was_typed_stays_and_what_was_not_shows_what_is_stored(
    anna, bo, session, cars
):
    rows = [row(cars[0], position="1", laps="20"), row(cars[1], position="2")]
    enter(anna, session, *rows)
    his = opened(bo, session)
    enter(anna, session, row(cars[0], position="9", laps="19", drivers="Bea Berg"))

    response = save(
        bo, session, his, row(cars[0], laps="18"), row(cars[2], position="DNS")
    )

    assert told(response)[1:] == [
        "Result “#1”: Position: 1 → 9; Laps: 20 → 19",
        "Credited driver “Bea Berg, #1” was added",
    ]
    shown = filled(response)
    assert boxes(shown, cars[0]) == {
        "position": "9",
        "laps": "18",
        "drivers": "Bea Berg",
    }
    assert boxes(shown, cars[2]) == {"position": "DNS"}
    assert save(bo, session, shown).status_code == 302
    first = session.results.get(entry=cars[0])
    assert (first.position, first.laps) == (9, 18)
    assert [credit.driver.first_name for credit in first.credits.all()] == ["Bea"]
    assert session.results.get(entry=cars[2]).status == "did_not_start"


def test_results_that_became_official_meanwhile_are_told_of(anna, bo, session, cars):
    enter(anna, session, row(cars[0], position="1"))
    his = opened(bo, session)
    enter(anna, session, {"classification": "official"})
    response = save(bo, session, his, row(cars[0], position="2"))
    assert told(response) == [
        "Somebody has changed this in the meantime, so nothing is saved yet. "
        "Everything you typed is still here; what you had not touched now shows what "
        "is stored. Read what has changed, then save again.",
        "The results are now: official. Before they were: provisional.",
    ]
    # The change needs a decision now.
    assert response.context["screen"].panel is not None
    assert Result.objects.get().position == 1


def test_a_result_that_another_deleted_is_told_of(anna, bo, session, cars):
    enter(anna, session, row(cars[0], position="1"), row(cars[1], position="2"))
    his = opened(bo, session)
    hers = opened(anna, session) | row(cars[0], position="")
    hers |= row(cars[0], delete="yes")
    assert save(anna, session, hers).status_code == 302
    response = save(bo, session, his, row(cars[1], position="1"))
    assert told(response)[1:] == ["Result “#1” was deleted"]
    shown = filled(response)
    assert boxes(shown, cars[0]) == {}
    assert save(bo, session, shown).status_code == 302
    assert Result.objects.get().position == 1


def test_saving_twice_oneself_is_no_conflict(anna, session, cars):
    assert enter(anna, session, row(cars[0], position="1")).status_code == 302
    assert enter(anna, session, row(cars[0], position="2")).status_code == 302


@pytest.mark.parametrize("version", ["", "nonsense", "result=x", "result=1&" * 9000])
def test_a_page_without_a_version_saves_nothing_at_first(bo, session, cars, version):
    enter(bo, session, row(cars[0], position="1"))
    data = opened(bo, session) | {"_version": version} | row(cars[0], position="2")
    response = save(bo, session, data)
    assert said(response) == {}
    assert Result.objects.get().position == 1
    assert save(bo, session, filled(response)).status_code == 302
    assert Result.objects.get().position == 2


def test_a_car_that_was_entered_meanwhile_stops_nobody(bo, session, cars, drivers):
    data = opened(bo, session)
    make_car(session, 99, drivers)
    assert save(bo, session, data, row(cars[0], position="1")).status_code == 302
