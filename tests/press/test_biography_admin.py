"""The screen of biographies in the admin: written, refused, saved, told of."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from drivers.models import Biography
from press.biographies.resolving import resolve
from press.biography_admin.previews import in_pieces
from racing.models import LANGUAGES, LENGTHS, TeamBiography
from tests import factories
from tests.adminpages import client_of, filled, opened, refused
from tests.press.biographies.people import andreas, facts, line

pytestmark = pytest.mark.django_db

# Of each page: the session, the user, the permissions (two) and what it shows.
QUERIES = {"screen": 15, "driver": 21, "list": 17, "chosen": 25, "index": 16}
TODAY = datetime(2022, 5, 12, 10, tzinfo=UTC)
BORN = date(1995, 8, 29)
UNKNOWN = "There is no token {winz}. Did you mean {wins}?"


@pytest.fixture
def driver(settings):
    """Aged 26, with two wins of one season."""
    settings.DEMO_NOW = TODAY
    driver = factories.make_driver(birth_date=BORN)
    season = factories.make_season(
        series=factories.make_series(short_name="TCR UK", slug="tcr-uk"), year=2018
    )
    factories.make_career_result(
        driver=driver, season=season, totals="typed", starts=13, wins=2, position=3
    )
    return driver


def write(driver, text, *, language="sv", length=60, **fields):
    return Biography.objects.create(
        driver=driver, text=text, language=language, length=length, **fields
    )


def address(driver, ending=""):
    return f"/admin/drivers/driver/{driver.pk}/biographies/{ending}"


def opened_screen(client, driver):
    return filled(client.get(address(driver)))


def cell(response, name):
    """A cell of the screen by its name: sv-60."""
    return next(c for c in response.context["grid"].cells if c.prefix == name)


def messages(response):
    return [str(message) for message in response.context["messages"]]


# As it is opened


def test_every_length_stands_in_both_languages_with_what_is_to_be_said(officer, driver):
    write(driver, "Har {wins}. Är {home_town}. Han är 33 år.")
    response = officer.get(address(driver))
    grid = response.context["grid"]
    assert [[c.prefix for c in cells] for _name, cells in grid.rows] == [
        [f"{language}-{length}" for language in LANGUAGES] for length in LENGTHS
    ]
    (pieces,) = cell(response, "sv-60").preview.paragraphs
    assert [(piece.text, piece.token) for piece in pieces] == [
        ("Har ", ""),
        ("två segrar", "{wins}"),
        (". Han är 33 år.", ""),
    ]
    page = response.content.decode()
    assert page.count('<mark title="{wins}">två segrar</mark>') == 1
    assert page.count("Not known now: {home_town}. This sentence is left out") == 1
    assert page.count("by the date of birth the age is 26") == 1
    assert page.count("7 of 60 words – too few") == 1
    assert page.count("0 of 60 words<") == 1
    # The menu, and the facts of a season.
    assert page.count('data-language="en" data-value="two wins"') == 1
    assert page.count("<code>{wins:tcr-uk-2018}</code>") == 1
    assert filled(response)["sv-60-text"] == "Har {wins}. Är {home_town}. Han är 33 år."


@pytest.mark.parametrize("count", [1, 8])
def test_the_pages_take_as_many_queries_for_eight_texts_as_for_one(
    officer, driver, count
):
    places = [(language, length) for length in LENGTHS for language in LANGUAGES]
    for language, length in places[:count]:
        write(driver, "Har {wins}.", language=language, length=length)
    pages = {
        "screen": address(driver),
        "driver": f"/admin/drivers/driver/{driver.pk}/change/",
        "list": "/admin/drivers/biography/",
        "chosen": "/admin/drivers/biography/?look=yes",
        "index": "/admin/",
    }
    queries = {}
    for name, page in pages.items():
        officer.get(page)
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(page).status_code == 200
        queries[name] = len(captured)
    assert queries == QUERIES


# Saving


def test_only_what_was_changed_is_saved_and_what_was_emptied_is_deleted(
    officer, driver
):
    left, changed, emptied = (
        write(driver, "Ett stycke.\n\nEtt till.", length=25),
        write(driver, "Var sexa."),
        write(driver, "Was sixth.", language="en"),
    )
    data = opened_screen(officer, driver) | {
        "sv-60-text": "Blev {position:tcr-uk-2018}.",
        "sv-60-reviewed_on": "2022-05-12",
        "en-60-text": " ",
        "en-0-text": "A new one.",
    }
    response = officer.post(address(driver), data | {"_continue": ""}, follow=True)
    assert response.redirect_chain == [(address(driver), 302)]
    assert messages(response) == ["Biographies: 1 new, 1 changed, 1 deleted."]
    texts = driver.biographies.order_by("pk").values_list("text", "reviewed_on")
    assert list(texts) == [
        ("Ett stycke.\n\nEtt till.", None),
        ("Blev {position:tcr-uk-2018}.", date(2022, 5, 12)),
        ("A new one.", None),
    ]
    assert left.history.count() == 1
    assert changed.history.count() == 2
    history = Biography.history.filter(id=emptied.pk).order_by("history_id")
    assert [(entry.history_type, entry.text) for entry in history] == [
        ("+", "Was sixth."),
        ("-", "Was sixth."),
    ]
    page = officer.get(f"/admin/drivers/driver/{driver.pk}/history/").content.decode()
    assert page.count("English, 60 words") == 2


def test_saving_untouched_changes_nothing_and_leads_to_the_driver(officer, driver):
    text = write(driver, "Ett stycke.\n\nEtt till.", reviewed_on=date(2022, 5, 1))
    data = opened_screen(officer, driver) | {"_save": ""}
    response = officer.post(address(driver), data, follow=True)
    assert response.redirect_chain == [
        (f"/admin/drivers/driver/{driver.pk}/change/", 302)
    ]
    assert messages(response) == ["Nothing was changed."]
    assert text.history.count() == 1


def test_what_a_page_did_not_have_is_left_alone(officer, driver):
    text = write(driver, "Var sexa.")
    data = opened_screen(officer, driver)
    del data["sv-60-text"], data["sv-60-reviewed_on"]
    officer.post(address(driver), data)
    assert list(driver.biographies.all()) == [text]


def test_an_unknown_token_is_refused_at_its_text_and_nothing_is_lost(officer, driver):
    stored = write(driver, "Var sexa.")
    typed = {
        "sv-60-text": "Har {winz}.",
        "en-25-text": "Won in {wins:tcr-uk-2081}.",
        "en-60-text": "All {wins} are well.",
        "en-150-reviewed_on": "2022-05-12",
        "sv-150-reviewed_on": "12 maj",
    }
    response = officer.post(address(driver), opened_screen(officer, driver) | typed)
    assert response.status_code == 200
    assert cell(response, "sv-60").faults[0] == UNKNOWN
    assert cell(response, "sv-60").faults[1].startswith("These are the tokens there")
    assert len(cell(response, "sv-60").faults) == 2
    assert cell(response, "en-25").faults == [
        "{wins:tcr-uk-2081}: there is no season “tcr-uk-2081” on this site."
    ]
    assert cell(response, "en-150").form.errors == {
        "reviewed_on": ["There is no text here to review yet."]
    }
    assert list(cell(response, "sv-150").form.errors) == ["reviewed_on"]
    names = [cell.name for cell in response.context["grid"].faulty]
    assert names == [
        "English, 25 words",
        "Swedish, 60 words",
        "Swedish, 150 words",
        "English, 150 words",
    ]
    again = filled(response)
    assert {name: again[name] for name in typed} == typed
    assert list(driver.biographies.values_list("pk", "text")) == [
        (stored.pk, "Var sexa.")
    ]


def test_a_text_that_is_far_too_long_is_refused(officer, driver):
    data = opened_screen(officer, driver) | {"en-0-text": "word " * 5_000}
    response = officer.post(address(driver), data)
    assert cell(response, "en-0").faults == [
        "The text is too long for this page: at most 20000 characters."
    ]


@pytest.mark.usefixtures("english")
def test_an_unknown_token_is_refused_wherever_a_biography_is_checked(officer, driver):
    text = write(driver, "Var sexa.")
    data = opened(officer, text)
    said = refused(officer, text, data, text="Har {winz}.")
    assert said["text"][0] == UNKNOWN
    for owner, model in (
        ({"driver": driver}, Biography),
        ({"team": factories.make_team()}, TeamBiography),
    ):
        text = model(text="Har {winz}.", language="en", length=60, **owner)
        with pytest.raises(ValidationError) as refusal:
            text.full_clean()
        assert refusal.value.message_dict["text"][0] == UNKNOWN
    # What is known of drivers is not of teams.
    text.text = "Is {age}."
    with pytest.raises(ValidationError):
        text.full_clean()


# Two editors


def told(response):
    """What the second to save is told, without the hour."""
    conflict = response.context["conflict"]
    return [conflict[0].partition(" on ")[0], *conflict[1:]]


def test_the_second_of_two_editors_is_told_and_loses_nothing(anna, bo, driver):
    write(driver, "Var sexa.")
    write(driver, "Was sixth.", language="en")
    write(driver, "Long.", language="en", length=0)
    data = opened_screen(bo, driver)
    first = opened_screen(anna, driver)
    changes = {"sv-60-text": "Var femma.", "en-60-text": "", "en-0-text": ""}
    anna.post(address(driver), first | changes)
    data |= {"sv-25-text": "Ny.", "en-0-text": "Longer."}
    response = bo.post(address(driver), data)
    assert told(response) == [
        "Anna Ek saved this page",
        "Biography “Swedish, 60 words”: Text: Var sexa. → Var femma.",
        "Biography “English, 60 words” was deleted",
        "Biography “English, long” was deleted",
    ]
    again = filled(response)
    assert again["sv-25-text"] == "Ny."
    assert again["sv-60-text"] == "Var femma."
    assert again["en-60-text"] == ""
    assert again["en-0-text"] == "Longer."
    assert bo.post(address(driver), again).status_code == 302
    texts = driver.biographies.order_by("language", "length", "pk")
    assert list(texts.values_list("text", flat=True)) == [
        "Longer.",
        "Ny.",
        "Var femma.",
    ]


def test_a_page_that_does_not_say_when_it_was_opened_is_shown_once_more(bo, driver):
    data = opened_screen(bo, driver) | {"sv-25-text": "Ny."}
    del data["_version"]
    response = bo.post(address(driver), data)
    assert told(response)[0].startswith("The page did not say when it was opened")
    assert filled(response)["sv-25-text"] == "Ny."
    assert not driver.biographies.exists()


# The live preview


def ask(client, driver, text="Har {wins}.", **asked):
    asked = {"language": "sv", "length": "60", "text": text} | asked
    return client.post(address(driver, "preview/"), asked)


def test_the_preview_answers_what_readers_get_and_what_is_wrong(officer, driver):
    write(driver, "Var sexa.")
    text = "{Wins} <b>{wins}</b>.\n\nHar {wins}. Han är 33 år."
    answer = ask(officer, driver, text, reviewed_on="2022-05-12").json()
    assert answer["faults"][0] == "There is no token {Wins}. Did you mean {wins}?"
    assert answer["paragraphs"] == [
        [
            {"text": "Har ", "token": ""},
            {"text": "två segrar", "token": "{wins}"},
            {"text": ". Han är 33 år.", "token": ""},
        ]
    ]
    assert answer["words"] == 7
    assert [warning["quote"] for warning in answer["warnings"]] == ["Han är 33 år.", ""]
    assert driver.biographies.get().text == "Var sexa."
    assert ask(officer, driver, "").json() == {
        "paragraphs": [],
        "words": 0,
        "faults": [],
        "warnings": [],
    }


def test_the_preview_holds_one_language_against_the_other(officer, driver):
    write(driver, "Var sexa.")
    texts = write(driver, "Was sixth.", language="en")
    texts.history.update(history_date="2022-01-01T12:00Z")
    said = [w["sentence"] for w in ask(officer, driver, "Sexa.").json()["warnings"]]
    assert [s for s in said if "the older one" in s] == []
    answer = ask(officer, driver, "Was sixth.", language="en").json()
    assert len([w for w in answer["warnings"] if "older one" in w["sentence"]]) == 1


def test_the_preview_refuses_what_it_cannot_answer(officer, driver):
    assert officer.get(address(driver, "preview/")).status_code == 405
    for wrong in ({"length": "61"}, {"language": "de"}, {"text": "a" * 20_001}):
        response = ask(officer, driver, **wrong)
        assert response.status_code == 400
        assert len(response.json()["faults"]) == 1
    assert ask(officer, driver, reviewed_on="12 maj").status_code == 200
    assert officer.post("/admin/drivers/driver/x/biographies/preview/").status_code == (
        404
    )


# Who may


def may(*names):
    user = factories.make_user(username="looker", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return client_of(user)


def test_who_may_look_only_looks(driver):
    write(driver, "Har {wins}.")
    looker = may("view_driver", "view_biography")
    page = looker.get(address(driver)).content.decode()
    assert page.count('<fieldset class="texts-grid" disabled>') == 1
    assert page.count('type="submit"') == page.count('name="_save"') + 2
    assert ask(looker, driver).status_code == 200
    assert looker.post(address(driver), {}).status_code == 403


def test_who_may_not_see_biographies_sees_none(driver):
    write(driver, "Har {wins}.")
    stranger = may("view_driver")
    assert stranger.get(address(driver)).status_code == 403
    assert ask(stranger, driver).status_code == 403
    page = stranger.get(f"/admin/drivers/driver/{driver.pk}/change/")
    assert page.content.decode().count("biographies/") == 0
    assert stranger.get("/admin/").context["notes"] == []
    assert Client().get(address(driver)).status_code == 302


# The way there


def test_the_way_leads_from_the_first_page_over_the_list_to_the_screen(officer, driver):
    wrong = write(driver, "Han är 33 år.")
    good = write(driver, "word " * 60, language="en")
    (note,) = officer.get("/admin/").context["notes"]
    assert note.text == "Biographies to look at: 1"
    for asked, texts in (("yes", [wrong]), ("no", [good]), ("x", [good, wrong])):
        response = officer.get(note.address.replace("yes", asked))
        assert list(response.context["cl"].result_list) == texts
    page = response.content.decode()
    assert page.count(f'href="{address(driver)}" aria-label="Write: {driver}"') == 2
    assert page.count('<td class="field-words">60</td>') == 1
    assert page.count('<td class="field-warnings">2</td>') == 1
    page = officer.get(f"/admin/drivers/driver/{driver.pk}/change/").content.decode()
    assert page.count(f'href="{address(driver)}"') == 2
    assert page.count("never reviewed") == 2
    assert page.count("2 warnings") == 1
    page = officer.get("/admin/drivers/driver/add/").content.decode()
    assert page.count("Biographies can be written once this is saved.") == 1


def test_the_texts_of_a_team_have_their_own_facts(officer):
    team = factories.make_team(founded=2010)
    factories.make_team_biography(team=team, text="Grundat {founded}. Har {age}.")
    screen = f"/admin/racing/team/{team.pk}/biographies/"
    response = officer.get(screen)
    assert [p.text for p in cell(response, "sv-60").preview.paragraphs[0]] == [
        *("Grundat ", "2010", "."),
    ]
    assert cell(response, "sv-60").faults[0] == (
        "There is no token {age}. Did you mean {name}?"
    )
    data = filled(response) | {"sv-60-text": "Grundat {founded}.", "_continue": ""}
    assert officer.post(screen, data).status_code == 302
    assert team.biographies.get().text == "Grundat {founded}."
    (note,) = officer.get("/admin/").context["notes"]
    assert note.text == "Biographies of teams to look at: 1"
    assert officer.get(note.address).context["cl"].result_count == 1


# The text in pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("{wins}.", [["*Två segrar", "."]]),
        (
            "Har {wins} och {wins}.",
            [["Har ", "*två segrar", " och ", "*två segrar", "."]],
        ),
        ("Är {club}.\n\nHar {wins}.", [["Har ", "*två segrar", "."]]),
        ("Är {club}. Har {wins}. Är {club}.", [["Har ", "*två segrar", "."]]),
        ("Ett.  {wins} här. Är {club}.", [["Ett.  ", "*Två segrar", " här."]]),
        (
            "Ett.\n\n\n {wins}.\n\nÄr {club}.\n\nTvå segrar {age}.",
            [["Ett."], ["*Två segrar", "."], ["Två segrar ", "*26", "."]],
        ),
        ("Är {club}.", []),
        ("{winz} { .", []),
    ],
)
def test_values_are_told_from_words_in_the_text(text, pieces):
    known = facts(line("TCR UK", 2018, wins=2), driver=andreas())
    found = in_pieces(text, resolve(text, known, "sv"))
    assert [
        [f"*{piece.text}" if piece.token else piece.text for piece in paragraph]
        for paragraph in found
    ] == pieces
