"""What the history says in words, also of what is gone and of what was never told."""

from types import SimpleNamespace

import pytest

from drivers.models import Milestone
from events.models import DraftSession, ResultChange, TimetableChange
from racing.adminsite.changes import differing
from racing.models import Circuit, Team
from racing.permissions import press_officers
from tests import factories
from tests.adminpages import opened, page_of, save, told
from tests.racing.test_admin_lists import edited_models, make_rows

pytestmark = pytest.mark.django_db


def page_of_history(client, record):
    return client.get(page_of(record).replace("/change/", "/history/"))


def changes(client, record):
    """What the last entry of a record's history says."""
    last = page_of_history(client, record).context["page_obj"][0]
    return [str(change) for change in last.history_delta_changes]


def test_what_a_record_pointed_to_is_told_by_name(officer):
    first, second = factories.make_team(), factories.make_team(name="B", slug="b")
    person = factories.make_person(team=first)
    save(officer, person, opened(officer, person), team=str(second.pk))
    assert changes(officer, person) == ["Team: Lestrup Racing Team → B"]


def test_what_a_record_pointed_to_is_told_by_number_once_it_is_gone(officer):
    first, second = factories.make_team(), factories.make_team(name="B", slug="b")
    person = factories.make_person(team=first)
    save(officer, person, opened(officer, person), team=str(second.pk))
    key = first.pk
    first.delete()
    assert changes(officer, person) == [f"Team: #{key} → B"]


def test_a_row_whose_names_are_gone_is_told_by_number(officer):
    layout = factories.make_layout(circuit=factories.make_circuit())
    key = factories.make_lap_record(layout=layout).pk
    officer.post(page_of(layout).replace("/change/", "/delete/"), {"post": "yes"})
    found = page_of_history(officer, layout).context["row_news"]
    assert [str(news) for news in found] == [
        f"Lap record “#{key}” was deleted",
        f"Lap record “#{key}” was added",
    ]


def test_a_row_without_a_beginning_was_changed_somehow(officer):
    """Rows that a program wrote at once have no first entry."""
    driver = factories.make_driver()
    Milestone.objects.bulk_create(
        [Milestone(driver=driver, year=2018, text_sv="Första segern")]
    )
    milestone = Milestone.objects.get()
    data = opened(officer, driver)
    save(officer, milestone, opened(officer, milestone), text_sv="Andra segern")
    name = "2018: Andra segern"
    assert told(save(officer, driver, data)) == [
        "press saved this page",
        f"Milestone “{name}” was changed",
    ]
    found = page_of_history(officer, driver).context["row_news"]
    assert [str(news) for news in found] == [f"Milestone “{name}” was changed"]


def test_saves_that_changed_nothing_are_left_out_of_the_rows(officer):
    driver = factories.make_driver()
    biography = factories.make_biography(driver=driver)
    biography.save()
    found = page_of_history(officer, driver).context["row_news"]
    assert len(found) == 1


def test_a_record_that_a_program_wrote_at_once_can_be_saved(officer):
    Circuit.objects.bulk_create(
        [Circuit(name="A", slug="a", country="SE", time_zone="Europe/Stockholm")]
    )
    circuit = Circuit.objects.get()
    data = opened(officer, circuit)
    assert save(officer, circuit, data, place="Boden").status_code == 302
    assert told(save(officer, circuit, data))[0] == "press saved this page"


def test_a_long_text_is_told_in_short(officer):
    team = factories.make_team()
    save(officer, team, opened(officer, team), boilerplate_sv="ord " * 200)
    (said,) = changes(officer, team)
    assert said.startswith("About the team in Swedish: – → ord ord")
    assert len(said) < 160


def test_long_texts_are_told_from_where_they_differ(officer):
    same = "Syskonen Andreas och Jessica Bäckman började i gokart. "
    team = factories.make_team(boilerplate_sv=f"{same}Det var 2006.")
    data = opened(officer, team)
    save(officer, team, data, boilerplate_sv=f"{same}Det var 2005.")
    assert changes(officer, team) == [
        "About the team in Swedish: …gokart. Det var 2006. → …gokart. Det var 2005."
    ]


def test_what_was_added_to_a_long_text_is_told(officer):
    text = "Syskonen Andreas och Jessica Bäckman började i gokart. " * 5
    team = factories.make_team(boilerplate_sv=text.strip())
    data = opened(officer, team)
    save(officer, team, data, boilerplate_sv=f"{text}Det var 2006.")
    assert changes(officer, team) == [
        "About the team in Swedish: …an började i gokart. → …an började i gokart. Det "
        "var 2006."
    ]


def test_saving_any_record_untouched_changes_nothing(officer):
    make_rows(1)
    # What is written where it happened is not saved again.
    for model in set(edited_models()) - {ResultChange, DraftSession, TimetableChange}:
        record = model.objects.first()
        if hasattr(record, "source"):
            record.source = "One line.\nAnd another."
            record.save()
        response = save(officer, record, opened(officer, record))
        assert response.status_code == 302, model
        last, before = record.history.all()[:2]
        assert list(differing(before, last)) == [], model


def test_the_history_of_what_never_was_is_not_found(officer):
    team = Team(pk=4711)
    assert page_of_history(officer, team).status_code == 404


def test_a_site_without_accounts_has_no_press_officers():
    def get_model(app_label, name):
        raise LookupError

    assert press_officers(apps=SimpleNamespace(get_model=get_model)) is None


def test_thumbnails_are_not_for_staff_without_photos(client):
    photo = factories.make_photo()
    client.force_login(factories.make_user(is_staff=True))
    address = f"/admin/racing/photo/{photo.pk}/thumbnail/"
    assert client.get(address).status_code == 403
