"""Deleting what others use is refused, with the list of uses."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.html import strip_tags

from events.models import (
    DraftSession,
    Entry,
    Event,
    EventLink,
    Session,
    TimetableChange,
)
from tests import factories
from tests.adminpages import client_of, page_of

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def weekend():
    """A weekend with all that belongs to it, by name."""
    circuit = factories.make_circuit()
    layout = factories.make_layout(circuit=circuit)
    season = factories.make_season()
    event = factories.make_event(season=season, circuit=circuit, layout=layout)
    driver, team = factories.make_driver(), factories.make_team()
    car = factories.make_car(racing_class=factories.make_class())
    entry = factories.make_entry(event=event, drivers=[driver], team=team, car=car)
    session = factories.make_session(event=event)
    factories.make_event_link(event=event, session=session)
    factories.make_draft(event=event, session=session)
    release = factories.make_release(event=event)
    factories.make_timetable_change(release=release, session=session)
    return {
        "circuit": circuit,
        "layout": layout,
        "season": season,
        "event": event,
        "driver": driver,
        "team": team,
        "car": car,
        "entry": entry,
        "session": session,
    }


def delete(client, record):
    return client.post(page_of(record).replace("/change/", "/delete/"), {"post": "yes"})


def delete_from_the_list(client, *records):
    opts = records[0]._meta
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    keys = [str(record.pk) for record in records]
    data = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
    return client.post(address, data)


def uses(response):
    """The list of uses on the page that refuses."""
    assert response.status_code == 200
    return [strip_tags(use) for use in response.context["protected"]]


def is_there(record):
    return type(record).objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize("delete", [delete, delete_from_the_list])
@pytest.mark.parametrize(
    ("name", "users"),
    [
        ("circuit", ["Race weekend: Hankook 12h Hockenheimring"]),
        ("layout", ["Race weekend: Hankook 12h Hockenheimring"]),
        ("season", ["Race weekend: Hankook 12h Hockenheimring"]),
        ("team", ["Entry: #120 Audi RS 3 LMS TCR, Hankook 12h Hockenheimring"]),
        ("car", ["Entry: #120 Audi RS 3 LMS TCR, Hankook 12h Hockenheimring"]),
        ("driver", ["Driver in the crew: Andreas Bäckman, Hankook 12h Hockenheimring"]),
    ],
)
def test_what_a_weekend_uses_is_not_deleted(officer, weekend, delete, name, users):
    assert uses(delete(officer, weekend[name])) == users
    assert is_there(weekend[name])


@pytest.mark.parametrize("delete", [delete, delete_from_the_list])
@pytest.mark.parametrize("name", ["session", "entry", "event"])
def test_what_has_results_is_not_deleted(officer, weekend, delete, name):
    factories.make_result(session=weekend["session"], entry=weekend["entry"])
    assert uses(delete(officer, weekend[name])) == [
        "Result: #120 Audi RS 3 LMS TCR, Race, Hankook 12h Hockenheimring"
    ]
    assert is_there(weekend[name])


def test_a_driver_with_a_career_is_not_deleted(officer):
    driver = factories.make_driver()
    factories.make_career_result(driver=driver, season=factories.make_season())
    assert uses(delete(officer, driver)) == [
        "Season of a career: Andreas Bäckman, 24H Series 2022"
    ]
    assert is_there(driver)


@pytest.mark.parametrize("delete", [delete, delete_from_the_list])
def test_a_photo_that_is_shown_anywhere_is_not_deleted(officer, delete):
    photo = factories.make_photo()
    factories.make_driver(portrait=photo)
    factories.make_layout(circuit=factories.make_circuit(), picture=photo)
    factories.make_team().photos.add(photo)
    assert sorted(uses(delete(officer, photo))) == [
        "Circuit layout: Hockenheimring",
        "Driver: Andreas Bäckman",
        "Team: Lestrup Racing Team",
    ]
    assert is_there(photo)


def test_a_use_leads_to_its_page(officer):
    photo = factories.make_photo()
    driver = factories.make_driver(portrait=photo)
    assert delete(officer, photo).context["protected"] == [
        f'Driver: <a href="{page_of(driver)}">Andreas Bäckman</a>'
    ]


def test_a_name_in_the_list_of_uses_is_escaped(officer):
    photo = factories.make_photo()
    driver = factories.make_driver(first_name="<b>", slug="b", portrait=photo)
    assert delete(officer, photo).context["protected"] == [
        f'Driver: <a href="{page_of(driver)}">&lt;b&gt; Bäckman</a>'
    ]


def test_the_part_of_a_race_that_has_its_result_is_not_deleted(officer, weekend):
    first = factories.make_session(
        event=weekend["event"],
        name_sv="Del 1",
        start=datetime(2022, 5, 13, 12, tzinfo=UTC),
        result_in=weekend["session"],
    )
    assert uses(delete(officer, weekend["session"])) == [
        "Session: Del 1, Hankook 12h Hockenheimring"
    ]
    # Both at once leave nothing behind that points to nowhere.
    response = delete_from_the_list(officer, first, weekend["session"])
    assert response.status_code == 302
    assert not Session.objects.exists()


@pytest.mark.parametrize("delete", [delete, delete_from_the_list])
def test_a_weekend_goes_with_all_that_is_its_own(officer, weekend, delete):
    assert delete(officer, weekend["event"]).status_code == 302
    for model in (Event, Session, Entry, EventLink, DraftSession, TimetableChange):
        assert not model.objects.exists()
    for name in ("circuit", "layout", "season", "driver", "team", "car"):
        assert is_there(weekend[name])


def test_what_goes_with_a_weekend_needs_the_permission_of_its_own(weekend):
    user = factories.make_user(is_staff=True)
    group = Group.objects.get(name="Press officers")
    needed = group.permissions.exclude(codename="delete_timetablerelease")
    user.user_permissions.set(needed)
    client = client_of(user)
    assert delete(client, weekend["event"]).status_code == 403
    assert is_there(weekend["event"])


def test_what_nobody_uses_is_deleted_and_remembered(officer):
    photo = factories.make_photo()
    assert delete(officer, photo).status_code == 302
    assert not is_there(photo)
    assert photo.history.first().history_type == "-"
    assert str(photo.history.first().history_user) == "press"


IN_CALENDARS = "vanishes from them without a word"


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("name", "warns"), [("session", 1), ("event", 1), ("entry", 0)]
)
def test_who_deletes_what_stands_in_calendars_is_warned(officer, weekend, name, warns):
    record = weekend[name]
    page = officer.get(page_of(record).replace("/change/", "/delete/"), headers=ENGLISH)
    assert page.text.count(IN_CALENDARS) == warns
    listed = reverse(f"admin:events_{name}_changelist")
    asked = {"action": "delete_selected", "_selected_action": [str(record.pk)]}
    page = officer.post(listed, asked, headers=ENGLISH)
    assert page.status_code == 200
    assert page.text.count(IN_CALENDARS) == warns
    assert is_there(record)
