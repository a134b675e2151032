"""Press contacts: who enters them, and where they stand."""

import pytest
from django.utils import translation

from press.models import Contact
from racing.models import Team
from tests.adminpages import errors, filled
from tests.constraints import assert_database_refuses, constraint_names, sentences
from tests.factories import make_contact, make_home_team, make_team
from tests.press.kits import THURSDAY, kit, make_kit, team_kit

pytestmark = pytest.mark.django_db


def page_of(contact):
    return f"/admin/press/contact/{contact.pk}/change/"


def test_press_officer_enters_a_contact_that_stands_everywhere(officer, client, travel):
    make_kit()
    travel(THURSDAY)
    form = page_of(Contact.objects.get())
    sent = filled(officer.get(form)) | {"name": "Bo Ek"}
    assert officer.post(form, sent).status_code == 302
    for path in (
        *("/sv/press/", kit(), kit("fact-sheet.txt")),
        *(team_kit(), team_kit("fact-sheet.txt")),
    ):
        assert "Bo Ek" in client.get(path).text, path
    listed = officer.get("/admin/press/contact/?q=bo+ek").text
    assert "Bo Ek" in listed
    assert "press officer" in listed


def test_contact_that_cannot_be_reached_is_refused_in_words(officer):
    make_kit()
    form = page_of(Contact.objects.get())
    sent = filled(officer.get(form))
    nobody = officer.post(form, sent | {"phone": "", "email": ""})
    assert errors(nobody) != {}
    crooked = officer.post(form, sent | {"phone": "ring mig"})
    assert list(errors(crooked)) == ["phone"]
    assert Contact.objects.get().phone == "+46 70 123 45 67"


def test_contact_of_a_team_stands_in_its_kit_alone(client, travel):
    make_kit()
    team = Team.objects.get(slug="lestrup-racing-team")
    make_contact(team=team, name="Deras Press", url="ftp://example.com/press")
    travel(THURSDAY)
    theirs = "/en/teams/lestrup-racing-team/press-kit/"
    for path in (theirs, f"{theirs}fact-sheet.txt"):
        text = client.get(path).text
        assert "Deras Press" in text
        assert "Anna Ek" not in text
    assert client.get(f"{theirs}fact-sheet.pdf").status_code == 200
    for path in ("/en/press/", kit(), team_kit("fact-sheet.txt")):
        text = client.get(path).text
        assert "Deras Press" not in text
        assert "Anna Ek" in text


def test_without_contacts_nothing_is_said_of_any(client, travel):
    make_kit()
    Contact.objects.all().delete()
    travel(THURSDAY)
    for path in ("/en/press/", kit(), kit("biography-60.txt"), team_kit()):
        assert "Press contact" not in client.get(path).text, path


# What the database refuses


def test_every_rule_of_the_press_office_is_among_these():
    assert constraint_names("press") == {
        "a_contact_can_be_reached",
        "a_contact_stands_once_in_a_team",
    }


def test_contact_without_a_way_to_reach_them_is_refused():
    contact = Contact(team=make_home_team(), name="Anna Ek")
    assert_database_refuses(contact, "a_contact_can_be_reached")
    with translation.override("en"):
        assert sentences(contact) == [
            "Write a telephone number, an e-mail address or the address of a page."
        ]


def test_contact_stands_once_in_a_team():
    team = make_home_team()
    make_contact(team=team)
    again = Contact(team=team, name="Pressrummet", email="other@example.com")
    assert_database_refuses(again, "a_contact_stands_once_in_a_team")
    with translation.override("en"):
        assert sentences(again) == ["The team has this contact already."]
    make_contact(team=make_team())
