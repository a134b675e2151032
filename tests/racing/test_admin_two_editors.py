"""Two editors and one page: every page of the admin tells the second of the first."""

import pytest

from drivers.models import Driver
from racing.models import Circuit, Photo, Team, User
from tests import factories
from tests.adminpages import (
    add_row,
    client_of,
    filled,
    opened,
    save,
    told,
)

pytestmark = pytest.mark.django_db


def test_every_record_has_a_version_on_its_page(bo):
    records = [
        factories.make_team(),
        factories.make_driver(),
        factories.make_photo(),
        factories.make_circuit(),
    ]
    for record in records:
        assert "_version" in opened(bo, record), record


def test_the_second_to_save_a_driver_is_told(anna, bo):
    driver = factories.make_driver()
    his = opened(bo, driver)
    hers = opened(anna, driver)
    add_row(hers, "links", kind="website", url="a-backman.com", order="0")
    save(anna, driver, hers, nationality="SE", birth_date="1995-06-05")

    response = save(bo, driver, his, home_town="Boden")

    assert told(response) == [
        "Anna Ek saved this page",
        "Nationality: – → Sweden",
        "Born: – → 5 June 1995",
        "Link “a-backman.com” was added",
    ]
    assert save(bo, driver, filled(response)).status_code == 302
    driver.refresh_from_db()
    assert (driver.nationality.code, driver.home_town) == ("SE", "Boden")
    assert Driver.objects.get().links.get().url == "https://a-backman.com"


def test_a_box_that_was_not_ticked_shows_what_is_stored(anna, bo):
    team = factories.make_team()
    his = opened(bo, team)
    save(anna, team, opened(anna, team), is_home="on")
    shown = filled(save(bo, team, his, short_name="LRT"))
    assert shown["is_home"] == "on"
    assert save(bo, team, shown).status_code == 302
    assert Team.objects.values_list("is_home", "short_name").get() == (True, "LRT")


def test_the_second_to_save_a_photo_is_told(anna, bo):
    photo = factories.make_photo()
    his = opened(bo, photo)
    save(anna, photo, opened(anna, photo), rights="internal")
    response = save(bo, photo, his, credit="Bo")
    assert told(response)[1:] == ["Rights: free for editorial use → internal"]
    assert save(bo, photo, filled(response)).status_code == 302
    photo = Photo.objects.get()
    assert (photo.rights, photo.credit) == ("internal", "Bo")


def test_the_second_to_save_an_account_is_told():
    chief, deputy = factories.make_staff(), factories.make_staff(username="deputy")
    account = factories.make_user()
    his = opened(client_of(deputy), account)
    hers = opened(client_of(chief), account)
    assert save(client_of(chief), account, hers, last_name="Ek").status_code == 302

    response = save(client_of(deputy), account, his, first_name="Anna")

    assert told(response) == ["chief saved this page", "Changed Last name."]
    assert save(client_of(deputy), account, filled(response)).status_code == 302


def test_the_first_to_save_an_account_is_told_nothing():
    client, account = client_of(factories.make_staff()), factories.make_user()
    data = opened(client, account)
    assert save(client, account, data, first_name="Anna").status_code == 302
    assert User.objects.get(pk=account.pk).first_name == "Anna"


def test_a_change_by_a_program_is_told_of(bo):
    circuit = factories.make_circuit()
    his = opened(bo, circuit)
    stored = Circuit.objects.get()
    stored.place = "Hockenheim"
    stored.save()
    assert told(save(bo, circuit, his)) == [
        "A program saved this page",
        "Place: – → Hockenheim",
    ]
