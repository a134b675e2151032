"""Standings in the admin: entered line by line, and pasted as a table."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from drivers import imports
from drivers.models import StandingsLine, StandingsTable
from events.career import careers
from events.imports.headings import FIELDS
from tests import badtables, factories, markup
from tests.adminpages import add_row, client_of, filled, opened, page_of, refused, save
from tests.pasting import again, confirm, moves, outcomes, said, table, texts, told

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/drivers/standingstable/paste/"
TABLE = table(
    "Pl.  Startnr  Fahrer           Team        Punkte",
    "1.   2        Ebba Ekdal       Team Ett    120",
    "=2   19       Andreas Backman  Lestrup RT  95,5",
    "=2   3        Bo Berg          Team Två    95,5",
    "4.   26       BÄCKMAN, Jessica Lestrup RT  80",
)
TABLE = TABLE.replace("BÄCKMAN, Jessica Lestrup", "BÄCKMAN, Jessica\tLestrup")


@pytest.fixture
def season():
    return factories.make_season(rounds=7)


@pytest.fixture
def andreas():
    return factories.make_driver()


@pytest.fixture
def jessica():
    return factories.make_driver(first_name="Jessica", slug="jessica-backman")


def preview(client, season, text=TABLE, **fields):
    data = {"season": season.pk, "after_round": "3", "text": text}
    return client.post(ADDRESS, data | fields)


def lines():
    return [
        (line.position, line.shown_name, line.points)
        for line in StandingsLine.objects.all()
    ]


# Pasting


def test_a_pasted_table_is_shown_before_anything_is_saved(
    officer, season, andreas, jessica
):
    page = preview(officer, season)
    assert outcomes(page) == dict.fromkeys((2, 3, 4, 5), "created")
    assert moves(page, 3) == {
        "Position": ("", "=2"),
        "Driver": ("", "Andreas Bäckman"),
        "Start number": ("", "19"),
        "Team": ("", "Lestrup RT"),
        "Points": ("", "95.5"),
    }
    assert moves(page, 4)["Name"] == ("", "Bo Berg")
    assert texts(page).count("Not on the site: kept as printed.") == 2
    assert StandingsTable.objects.count() == 0


def test_what_was_shown_is_saved_and_the_season_follows(
    officer, season, andreas, jessica, travel
):
    travel("2022-08-01T12:00+02:00")
    page = preview(
        officer,
        season,
        published_on="2022-07-25",
        source_url="24hseries.com/standings",
        source="Webben",
    )
    assert said(officer, confirm(officer, page)) == "Standings: 4 new."
    stored = StandingsTable.objects.get()
    assert (stored.season, stored.after_round) == (season, 3)
    assert stored.published_on == date(2022, 7, 25)
    assert stored.source_url == "https://24hseries.com/standings"
    assert lines() == [
        (1, "Ebba Ekdal", Decimal(120)),
        (2, "Andreas Bäckman", Decimal("95.5")),
        (2, "Bo Berg", Decimal("95.5")),
        (4, "Jessica Bäckman", Decimal(80)),
    ]
    assert StandingsLine.objects.filter(is_tied=True).count() == 2
    assert StandingsLine.history.filter(history_type="+").count() == 4


def test_the_position_and_points_of_a_season_follow(officer, season, andreas, jessica):
    factories.make_career_result(driver=jessica, season=season)
    confirm(officer, preview(officer, season))
    (line,) = careers([jessica])[jessica.pk].lines
    assert (line.position, line.points) == (4, Decimal(80))


def test_the_same_table_again_changes_nothing_and_says_so(
    officer, season, andreas, jessica
):
    confirm(officer, preview(officer, season))
    page = preview(officer, season)
    assert outcomes(page) == dict.fromkeys((2, 3, 4, 5), "left")
    assert "The table says nothing new" in texts(page)
    assert said(officer, confirm(officer, page)) == "Standings: 4 left as they were."
    assert StandingsTable.history.count() == 1
    assert StandingsLine.history.count() == 4


def test_another_round_is_another_table(officer, season, andreas):
    confirm(officer, preview(officer, season))
    confirm(officer, preview(officer, season, after_round="4"))
    confirm(officer, preview(officer, season, after_round=""))
    rounds = StandingsTable.objects.values_list("after_round", flat=True)
    assert set(rounds) == {3, 4, None}


def test_two_lines_can_change_places(officer, season):
    confirm(
        officer, preview(officer, season, table("Pos  Namn", "1  Bo Ek", "2  Al Dahl"))
    )
    page = preview(officer, season, table("Pos  Namn", "1  Al Dahl", "2  BO EK"))
    assert moves(page, 2) == {"Position": ("2", "1")}
    assert moves(page, 3) == {"Position": ("1", "2"), "Name": ("Bo Ek", "BO EK")}
    confirm(officer, page)
    assert [name for _position, name, _points in lines()] == ["Al Dahl", "BO EK"]


def test_a_name_that_is_on_the_site_by_now_becomes_the_driver(officer, season):
    confirm(officer, preview(officer, season))
    jessica = factories.make_driver(first_name="Jessica", slug="jessica")
    page = preview(officer, season)
    assert moves(page, 5) == {
        "Driver": ("", "Jessica Bäckman"),
        "Name": ("BÄCKMAN, Jessica", ""),
    }
    confirm(officer, page)
    assert StandingsLine.objects.get(driver=jessica).position == 4
    assert StandingsLine.objects.count() == 4


def test_lines_that_are_not_pasted_stay_unless_they_are_to_go(officer, season):
    confirm(officer, preview(officer, season))
    text = table("Pos  Namn  Poäng", "1  Ebba Ekdal  121")
    page = preview(officer, season, text)
    assert [line.name for line in page.context["draft"].missing] == [
        "Andreas Backman",
        "Bo Berg",
        "BÄCKMAN, Jessica",
    ]
    assert said(officer, confirm(officer, page)) == "Standings: 1 changed."
    assert len(lines()) == 4
    page = again(officer, preview(officer, season, text), removes_missing="yes")
    assert said(officer, confirm(officer, page)) == (
        "Standings: 3 removed, 1 left as it was."
    )
    assert lines() == [(1, "Ebba Ekdal", Decimal(121))]
    assert StandingsLine.history.filter(history_type="-").count() == 3


def test_what_is_known_of_a_table_is_filled_in(officer, season):
    confirm(officer, preview(officer, season, source="Tidningen"))
    page = preview(officer, season, published_on="2022-07-25")
    assert "Published on: 25 July 2022" in texts(page)
    confirm(officer, page)
    stored = StandingsTable.objects.get()
    assert (stored.source, stored.published_on) == ("Tidningen", date(2022, 7, 25))


def test_the_page_begins_with_the_table_that_it_is_opened_from(officer, season):
    stored = factories.make_standings(season=season, after_round=3, source="Tidningen")
    data = filled(officer.get(f"{ADDRESS}?table={stored.pk}"))
    assert (data["season"], data["after_round"]) == (str(season.pk), "3")
    assert data["source"] == "Tidningen"
    data = filled(officer.get(f"{ADDRESS}?season={season.pk}"))
    assert data["season"] == str(season.pk)
    assert officer.get(f"{ADDRESS}?table=999").status_code == 404
    assert officer.get(f"{ADDRESS}?table=x&season=y").status_code == 404


def test_the_pages_of_standings_lead_to_pasting(officer, season):
    stored = factories.make_standings(season=season)
    for page, address in (
        (reverse("admin:drivers_standingstable_changelist"), ADDRESS),
        (page_of(stored), f"{ADDRESS}?table={stored.pk}"),
    ):
        assert f'href="{address}"' in officer.get(page).content.decode()


def test_nothing_is_saved_that_was_not_previewed(officer, season):
    page = confirm(officer, preview(officer, season), after_round="4")
    assert "You changed the table or how it is read." in texts(page)
    assert StandingsTable.objects.count() == 0
    page = preview(officer, season)
    factories.make_standings(season=season, after_round=3)
    page = confirm(officer, page)
    assert "Somebody has changed something in the meantime." in texts(page)
    assert lines() == []


def test_only_editors_paste(client):
    assert client.get(ADDRESS).status_code == 302
    reader = factories.make_user(is_staff=True)
    assert client_of(reader).get(ADDRESS).status_code == 403


def test_the_pages_are_sound_html(officer, season, andreas):
    confirm(officer, preview(officer, season))
    pages = [
        officer.get(ADDRESS),
        preview(officer, season, ""),
        preview(officer, season, table("Pos  Namn", "2  A. Bäckman", "x  Bo")),
    ]
    assert [markup.problems(page.content.decode()) for page in pages] == [[]] * 3


# What is refused


@pytest.mark.parametrize(
    ("rows", "sentences"),
    [
        (
            ("Pos  Driver", "1  Bo Berg", "2  Bo Berg"),
            ["Line 3, column 2: Bo Berg stands in line 2 already."],
        ),
        (
            ("Pos  Driver", "1  Andreas Bäckman", "2  A. Bäckman"),
            ["Line 3, column 2: Andreas Bäckman stands in line 2 already."],
        ),
        (
            ("Pos  Driver", "1  Bo Berg", "1  Al Dahl"),
            [
                "Line 2, column 1: Al Dahl has this position too. Mark both as tied "
                "(=), or correct one.",
                "Line 3, column 1: Bo Berg has this position too. Mark both as tied "
                "(=), or correct one.",
            ],
        ),
        (
            ("Pos  Driver", "DNF  Bo Berg"),
            [
                "Line 2, column 1: “DNF” is not a position. Write a number from 1 to "
                "999, or =3 for a shared third place."
            ],
        ),
        (
            ("Pos  Driver  Points", "1  Bo Berg  many"),
            [
                "Line 2, column 3: “many” is not a number of points. Write a number "
                "from 0 to 9999.99 with at most two decimals, for example 12.5."
            ],
        ),
        (
            ("Pos  Driver", "1  Bäckman"),
            [
                "Line 2, column 2: “Bäckman” may be Andreas Bäckman, Jessica Bäckman. "
                "Write the whole name."
            ],
        ),
        (
            ("Pos  Driver  Nr", "1  Bo Berg  1234567"),
            ["Line 2, column 3: “1234567” is longer than 6 characters."],
        ),
        (
            ("Pos  Points", "1  12"),
            ["No column says who it is: choose the drivers or the team."],
        ),
        (
            ("Driver  Nr", "Bo Berg  12"),
            ["No column says how they stand: choose the position or points."],
        ),
    ],
)
def test_standings_that_cannot_be_are_refused_with_line_and_column(
    officer, season, andreas, jessica, rows, sentences
):
    page = preview(officer, season, table(*rows))
    assert told(page) == sentences
    assert confirm(officer, page).status_code == 200
    assert StandingsTable.objects.count() == 0


def test_a_place_that_a_line_of_the_site_has_is_refused(officer, season):
    confirm(officer, preview(officer, season))
    page = preview(officer, season, table("Pos  Namn", "1  Al Dahl"))
    assert told(page) == [
        "Line 2, column 1: Ebba Ekdal has this position too. Mark both as tied (=), or "
        "correct one."
    ]
    page = again(officer, page, removes_missing="yes")
    assert told(page) == []


def test_a_line_that_drivers_share_is_kept_as_printed(officer, season, andreas):
    text = table("Pos  Driver", "1  A. Bäckman / Bo Berg", "-  -")
    page = preview(officer, season, text)
    assert told(page) == [
        "Line 2, column 2: Several drivers share this line: it is kept as printed, and "
        "no season of a driver follows it."
    ]
    assert outcomes(page)[2] == "created"
    assert confirm(officer, page, confirmed="yes").status_code == 302
    assert lines() == [(1, "A. Bäckman / Bo Berg", None)]


def test_a_table_of_teams_names_teams(officer, season):
    text = table("Pos  Team  Points", "1  Team Ett  120", "2  Team Två  95,5")
    confirm(officer, preview(officer, season, text, name_sv="Team"))
    stored = StandingsTable.objects.get()
    assert stored.name_sv == "Team"
    assert [line.shown_name for line in stored.lines.all()] == ["Team Ett", "Team Två"]


@pytest.mark.parametrize(
    "make",
    [badtables.wrong_encoding, badtables.formula, badtables.cut_off],
    ids=lambda make: make.__name__,
)
def test_a_file_that_is_no_table_is_refused(officer, season, make):
    bad = make()
    file = SimpleUploadedFile(bad.name, bad.data)
    page = preview(officer, season, "", file=file)
    form = page.context["table_fields"].form
    assert form.errors == {"file": [bad.sentence]}


def test_a_table_needs_a_season(officer, season):
    page = officer.post(ADDRESS, {"text": TABLE})
    assert page.context["more_fields"].form.errors == {
        "season": ["This field is required."]
    }


def test_a_day_to_come_is_refused_on_either_page(officer, season):
    sentence = ["This day has not come yet."]
    page = preview(officer, season, published_on="2199-01-01")
    assert page.context["more_fields"].form.errors == {"published_on": sentence}
    page = confirm(officer, preview(officer, season), published_on="2199-01-01")
    assert page.context["more_fields"].form.errors == {"published_on": sentence}


def test_more_lines_than_a_page_holds_are_refused(officer, season):
    text = "Pos;Namn\n" + "".join(f"{n};Namn {n}\n" for n in range(1, 202))
    assert told(preview(officer, season, text)) == [
        "Standings have no more than 200 lines here, not 201."
    ]


def test_standings_with_faults_are_never_saved(season):
    stored = factories.make_standings(season=season)
    draft = imports.draft(stored, [], ("position",), FIELDS, lambda text: [])
    with pytest.raises(ValueError, match="Standings with faults are not saved"):
        imports.save(draft)


# By hand


def test_the_lists_name_tables_and_lines(officer, season, andreas):
    stored = factories.make_standings(season=season, after_round=3)
    factories.make_standings_line(table=stored, driver=andreas, points=Decimal("9.50"))
    factories.make_standings_line(table=stored, name="Bo Berg")
    lists = [
        reverse(f"admin:drivers_{model}_changelist")
        for model in ("standingstable", "standingsline")
    ]
    tables, rows = (texts(officer.get(address)) for address in lists)
    assert "Drivers’ championship" in tables
    assert "Andreas Bäckman 24H Series 2022, after round 3 - 9.5" in rows
    assert "Bo Berg 24H Series 2022, after round 3 - –" in rows
    index = officer.get("/admin/").content.decode()
    assert (index.count(lists[0]) > 0, index.count(lists[1])) == (True, 0)


def test_a_driver_who_stands_in_a_table_is_not_deleted(officer, season, andreas):
    stored = factories.make_standings(season=season)
    factories.make_standings_line(table=stored, position=1, driver=andreas)
    page = officer.get(page_of(andreas).replace("change", "delete"))
    assert "Line of the standings: Andreas Bäckman, 24H Series 2022" in texts(page)


def test_standings_are_entered_line_by_line(officer, season, andreas):
    stored = factories.make_standings(season=season, after_round=3)
    data = opened(officer, stored)
    add_row(data, "lines", position="1", driver=str(andreas.pk), points="95,5")
    add_row(data, "lines", position="2", name="Bo Berg", team="Team Två", points="80")
    assert save(officer, stored, data).status_code == 302
    assert lines() == [
        (1, "Andreas Bäckman", Decimal("95.5")),
        (2, "Bo Berg", Decimal(80)),
    ]
    shown = opened(officer, stored)
    assert (shown["lines-0-driver"], shown["lines-0-points"]) == (
        str(andreas.pk),
        "95.5",
    )


def test_a_line_names_somebody_and_a_place_is_held_once(officer, season):
    stored = factories.make_standings(season=season)
    factories.make_standings_line(table=stored, position=1, name="Bo Berg")
    data = opened(officer, stored)
    add_row(data, "lines", position="1", name="Al Dahl")
    add_row(data, "lines", position="3")
    taken = ["Another line has this position. Mark both as tied, or correct one."]
    assert refused(officer, stored, data) == {
        "lines-0-position": taken,
        "lines-1-position": taken,
        "lines-2-team": ["Choose a driver or write a name."],
    }
    data |= {"lines-2-name": "Cia Ek", "lines-0-is_tied": "on", "lines-1-is_tied": "on"}
    assert save(officer, stored, data).status_code == 302
    assert lines() == [(1, "Bo Berg", None), (1, "Al Dahl", None), (3, "Cia Ek", None)]


def test_two_lines_change_places_by_hand(officer, season):
    stored = factories.make_standings(season=season)
    for position, name in ((1, "Bo Berg"), (2, "Al Dahl"), (3, "Cia Ek")):
        factories.make_standings_line(table=stored, position=position, name=name)
    data = opened(officer, stored)
    data |= {"lines-0-position": "2", "lines-1-position": "1", "lines-2-DELETE": "on"}
    assert save(officer, stored, data).status_code == 302
    assert lines() == [(1, "Al Dahl", None), (2, "Bo Berg", None)]


def test_a_driver_stands_once_in_a_table_by_hand(officer, season, andreas):
    stored = factories.make_standings(season=season)
    factories.make_standings_line(table=stored, position=1, driver=andreas)
    data = opened(officer, stored)
    add_row(data, "lines", position="2", driver=str(andreas.pk))
    assert list(refused(officer, stored, data)) == ["lines", "lines-1"]


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_a_table_takes_the_same_queries_for_any_lines(
    officer, season, count, django_assert_num_queries
):
    stored = factories.make_standings(season=season)
    for number in range(1, count + 1):
        driver = factories.make_driver(slug=f"d{number}")
        factories.make_standings_line(table=stored, position=number, driver=driver)
    with django_assert_num_queries(10):
        officer.get(page_of(stored))


def test_one_person_may_be_printed_surname_first(officer, season, andreas):
    page = preview(officer, season, table("Pos  Namn", "1  BÄCKMAN, Nils"))
    assert moves(page, 2)["Name"] == ("", "BÄCKMAN, Nils")


@pytest.mark.parametrize("count", [2, 30])
def test_previewing_and_saving_take_the_same_queries_for_any_lines(
    officer, season, count, django_assert_num_queries
):
    stored = factories.make_standings(season=season, after_round=3)
    rows = []
    for number in range(1, count + 1):
        if number % 2:
            factories.make_standings_line(
                table=stored, position=number, name=f"Ida Nr{number}"
            )
        rows.append(f"{number}  Ida Nr{number}  {number}")
    text = table("Pos  Namn  Poäng", *rows)
    with django_assert_num_queries(17):
        page = preview(officer, season, text)
    with django_assert_num_queries(23):
        assert confirm(officer, page).status_code == 302
    assert StandingsLine.objects.exclude(points=None).count() == count
