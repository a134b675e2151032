"""Press officers: all that the work needs, nothing of accounts, groups or logs."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from events.models import (
    Amendment,
    DraftSession,
    ResultChange,
    Session,
    TimetableChange,
    TimetableRelease,
)
from racing.models import Series, User
from racing.permissions import press_officers
from tests import factories
from tests.adminpages import filled, press_officer
from tests.racing.test_admin_lists import edited_models, make_rows

pytestmark = pytest.mark.django_db

FORBIDDEN = [
    model
    for model in admin.site._registry
    if model._meta.app_label in ("auth", "axes") or model is User
]


# What a decision changed is a record of what happened: it is read, and it is written
# where the decision is entered. The decision goes with it: another one undoes it. What
# a timetable changed, and what is drafted of it, is written by its own screen as well.
READ_ONLY = {
    ResultChange: ("add", "delete", "simple_history"),
    Amendment: ("delete",),
    Session: ("add",),
    DraftSession: ("add", "delete", "simple_history"),
    TimetableRelease: ("add", "delete"),
    TimetableChange: ("add", "delete", "simple_history"),
}


def expected(model, page):
    """How a page answers a press officer."""
    return 403 if page in READ_ONLY.get(model, ()) else 200


def address(model, page, *args):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
    return reverse(name, args=args)


def held(group):
    return {
        (permission.content_type.model, permission.codename)
        for permission in group.permissions.select_related("content_type")
    }


def test_every_model_is_either_edited_or_forbidden():
    assert len(edited_models()) == 33
    assert len(FORBIDDEN) == 5
    assert set(admin.site._registry) == {*edited_models(), *FORBIDDEN}


def test_press_officers_may_do_everything_with_what_they_edit_and_nothing_else():
    names = [model._meta.model_name for model in edited_models()]
    assert held(Group.objects.get(name="Press officers")) == {
        (name, f"{verb}_{name}")
        for name in names
        for verb in ("add", "change", "delete", "view")
    }


def test_setting_the_permissions_again_changes_nothing():
    before = held(press_officers())
    assert held(press_officers()) == before
    assert Group.objects.count() == 1


def test_a_permission_too_many_is_taken_back_when_the_site_is_migrated():
    group = press_officers()
    before = held(group)
    group.permissions.add(Permission.objects.get(codename="change_user"))
    group.permissions.remove(Permission.objects.get(codename="view_driver"))
    call_command("migrate", verbosity=0)
    assert held(group) == before


@pytest.mark.parametrize("page", ["changelist", "add"])
@pytest.mark.parametrize("model", edited_models(), ids=lambda model: model.__name__)
def test_lists_and_empty_forms_open_for_a_press_officer(client, model, page):
    client.force_login(press_officer())
    assert client.get(address(model, page)).status_code == expected(model, page)


@pytest.mark.parametrize("page", ["change", "delete", "history"])
def test_every_page_of_every_record_opens_for_a_press_officer(client, page):
    client.force_login(press_officer())
    make_rows(1)
    for model in edited_models():
        row = model.objects.first()
        status = client.get(address(model, page, row.pk)).status_code
        assert status == expected(model, page), model


def test_what_a_record_was_opens_for_a_press_officer(client):
    client.force_login(press_officer())
    make_rows(1)
    for model in edited_models():
        entry = model.history.first()
        path = address(model, "simple_history", entry.id, entry.pk)
        assert client.get(path).status_code == 200, model


def test_what_a_record_was_can_be_brought_back_by_a_press_officer(client):
    client.force_login(press_officer())
    make_rows(1)
    for model in edited_models():
        entry = model.history.first()
        path = address(model, "simple_history", entry.id, entry.pk)
        response = client.post(path, filled(client.get(path)))
        if expected(model, "simple_history") == 403:
            assert response.status_code == 403, model
            continue
        assert response.status_code == 302, (model, response.context["errors"])
        assert model.history.filter(id=entry.id).count() == 2


def test_whoever_may_only_look_brings_nothing_back(client):
    user = factories.make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_series"))
    client.force_login(user)
    series = factories.make_series(short_name="First")
    entry = series.history.first()
    Series.objects.update(short_name="Second")
    path = address(Series, "simple_history", series.pk, entry.pk)
    page = client.get(path)
    assert page.status_code == 200
    data = {"name": "First", "short_name": "First", "slug": series.slug}
    assert client.post(path, filled(page) | data).status_code == 403
    assert Series.objects.get().short_name == "Second"


@pytest.mark.parametrize("model", FORBIDDEN, ids=lambda model: model.__name__)
def test_accounts_groups_and_logs_are_closed_to_a_press_officer(client, model):
    officer = press_officer()
    client.force_login(officer)
    key = officer.pk if model is User else 1
    pages = [
        address(model, "changelist"),
        address(model, "add"),
        address(model, "change", key),
        address(model, "delete", key),
    ]
    assert [client.get(page).status_code for page in pages] == [403] * 4


def test_the_log_of_an_account_is_closed_to_a_press_officer(client):
    officer = press_officer()
    client.force_login(officer)
    assert client.get(address(User, "history", officer.pk)).status_code == 403


def test_the_first_page_shows_a_press_officer_their_work_alone(client):
    client.force_login(press_officer())
    response = client.get(reverse("admin:index"))
    apps = [app["app_label"] for app in response.context["app_list"]]
    assert sorted(apps) == ["drivers", "events", "press", "racing"]


def test_accounts_are_closed_to_staff_who_hold_the_permissions(client):
    user = factories.make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__model="user"))
    client.force_login(user)
    assert client.get(address(User, "changelist")).status_code == 403
    assert client.get(address(User, "change", user.pk)).status_code == 403


def test_accounts_are_open_to_a_superuser(client):
    user = factories.make_staff()
    client.force_login(user)
    assert client.get(address(User, "changelist")).status_code == 200
    assert client.get(address(User, "add")).status_code == 200
    assert client.get(address(User, "change", user.pk)).status_code == 200


def test_suggestions_of_accounts_are_closed_to_a_press_officer(client):
    client.force_login(press_officer())
    query = {
        "app_label": "racing",
        "model_name": "historicalcar",
        "field_name": "history_user",
    }
    assert client.get(reverse("admin:autocomplete"), query).status_code == 403
