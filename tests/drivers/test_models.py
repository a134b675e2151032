"""Drivers, their texts and their seasons: drivers.models."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from drivers.models import (
    COUNTED,
    CURRENT,
    FORMER,
    GUEST,
    Biography,
    CareerResult,
    Driver,
    DriverLink,
    Milestone,
    StandingsLine,
    StandingsTable,
)
from racing.models import INTERNAL, LONG
from tests.constraints import assert_database_refuses, constraint_names, sentences
from tests.factories import (
    make_biography,
    make_car,
    make_career_result,
    make_driver,
    make_driver_link,
    make_entry,
    make_event,
    make_milestone,
    make_photo,
    make_result,
    make_season,
    make_session,
    make_standings,
    make_standings_line,
    make_team,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


# What the database refuses, and in which words


def second_biography_of_a_length():
    text = make_biography(driver=make_driver())
    return Biography(
        driver=text.driver, language=text.language, length=text.length, text="En till."
    )


def link_given_twice():
    link = make_driver_link(driver=make_driver())
    return DriverLink(driver=link.driver, kind="other", url=link.url)


def milestone_of_another_year():
    return Milestone(
        driver=make_driver(), year=2018, date=date(2019, 1, 1), text_sv="Segern"
    )


def second_line_of_a_season():
    line = make_career_result(driver=make_driver(), season=make_season())
    return CareerResult(driver=line.driver, season=line.season)


def season_line(**fields):
    return lambda: CareerResult(driver=make_driver(), season=make_season(), **fields)


def table_of_a_round(after_round):
    def make():
        season = make_season()
        make_standings(season=season, after_round=after_round)
        return StandingsTable(season=season, after_round=after_round)

    return make


def driver_twice_in_a_table():
    table, driver = make_standings(season=make_season()), make_driver()
    make_standings_line(table=table, driver=driver, position=1)
    return StandingsLine(table=table, driver=driver, position=2)


def second_line_on_a_place(**fields):
    def make():
        table = make_standings(season=make_season())
        is_tied = fields.get("is_tied", False)
        make_standings_line(table=table, name="Bo Ek", position=3, is_tied=is_tied)
        return StandingsLine(table=table, name="Ida Lund", **({"position": 3} | fields))

    return make


def line_of_a_table(**fields):
    return lambda: StandingsLine(
        table=make_standings(season=make_season()), position=3, **fields
    )


EITHER = (
    "Totals are either counted or typed: clear the typed ones, or choose typed totals."
)

REFUSED = [
    (
        "a_driver_has_one_biography_a_language_and_length",
        second_biography_of_a_length,
        "There is a biography of that length in that language already.",
    ),
    (
        "a_driver_has_each_link_once",
        link_given_twice,
        "The driver has this link already.",
    ),
    (
        "a_milestone_is_dated_in_its_year",
        milestone_of_another_year,
        "The date lies in another year.",
    ),
    (
        "a_driver_has_one_line_a_season",
        second_line_of_a_season,
        "This driver has a line for that season already.",
    ),
    *(
        (
            "counted_totals_are_not_typed_too",
            season_line(totals=COUNTED, **{figure: 0}),
            EITHER,
        )
        for figure in (
            "starts",
            "wins",
            "class_wins",
            "podiums",
            "poles",
            "fastest_laps",
        )
    ),
    (
        "wins_are_no_more_than_podiums",
        season_line(wins=2, podiums=1),
        "There are more wins than podiums.",
    ),
    (
        "podiums_are_no_more_than_starts",
        season_line(podiums=2, starts=1),
        "There are more podiums than races.",
    ),
    (
        "poles_are_no_more_than_starts",
        season_line(poles=2, starts=1),
        "There are more pole positions than races.",
    ),
    (
        "fastest_laps_are_no_more_than_starts",
        season_line(fastest_laps=2, starts=1),
        "There are more fastest laps than races.",
    ),
]

REFUSED += [
    (
        "a_season_has_one_table_of_a_name_after_each_round",
        table_of_a_round(3),
        "The season has this table after that round already.",
    ),
    (
        "a_season_has_one_final_table_of_a_name",
        table_of_a_round(None),
        "The season has its final table already.",
    ),
    (
        "a_driver_stands_once_in_a_table",
        driver_twice_in_a_table,
        "This driver stands in the table already.",
    ),
    (
        "a_place_in_the_standings_is_held_by_one_unless_tied",
        second_line_on_a_place(),
        "Another line has this position. Mark both as tied, or correct one.",
    ),
    (
        "a_line_of_the_standings_names_somebody",
        line_of_a_table(),
        "Choose a driver or write a name.",
    ),
]

REFUSALS = pytest.mark.parametrize(
    ("constraint", "make", "sentence"), REFUSED, ids=[row[0] for row in REFUSED]
)


@REFUSALS
def test_database_refuses_what_breaks_a_rule(constraint, make, sentence):
    assert_database_refuses(make(), constraint)


@REFUSALS
def test_editor_reads_why_a_row_is_refused(constraint, make, sentence):
    assert sentences(make()) == [sentence]


def test_every_constraint_of_the_app_is_tested_here():
    assert {name for name, _make, _sentence in REFUSED} == constraint_names("drivers")


@pytest.mark.parametrize(
    "make",
    [
        season_line(wins=3),
        season_line(wins=1, podiums=1, starts=1, poles=1, fastest_laps=1),
        season_line(podiums=None, wins=1, starts=14),
        season_line(totals=COUNTED, position=1, points="408", number="19"),
        season_line(starts=0, wins=0, podiums=0),
    ],
)
def test_season_with_unknown_totals_is_accepted(make):
    row = make()
    assert sentences(row) == []
    row.save()


def line_of_a_driver():
    return StandingsLine(
        table=make_standings(season=make_season()), driver=make_driver()
    )


def table_of_another_name():
    table = make_standings(season=make_season())
    return StandingsTable(season=table.season, name_sv="Junior")


def table_of_another_round():
    table = make_standings(season=make_season(), after_round=3)
    return StandingsTable(season=table.season)


@pytest.mark.parametrize(
    "make",
    [
        table_of_another_name,
        table_of_another_round,
        second_line_on_a_place(is_tied=True),
        second_line_on_a_place(position=4),
        second_line_on_a_place(position=None),
        line_of_a_table(name="Bo Ek"),
        line_of_a_table(team="Lestrup Racing Team"),
        line_of_a_driver,
    ],
)
def test_standings_say_as_much_as_was_published(make):
    row = make()
    assert sentences(row) == []
    row.save()


@pytest.mark.parametrize("day", [None, date(2018, 1, 1), date(2018, 12, 31)])
def test_milestone_dated_in_its_year_is_accepted(day):
    milestone = Milestone(
        driver=make_driver(), year=2018, date=day, text_sv="Segern", kind="win"
    )
    assert sentences(milestone) == []
    milestone.save()


def test_driver_address_is_taken_once():
    make_driver()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_driver(first_name="Andreas Två", slug="andreas-backman")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"position": 0}, "Ensure this value is greater than or equal to 1."),
        ({"points": "-1"}, "Ensure this value is greater than or equal to 0."),
        ({"after_round": 0}, "Ensure this value is greater than or equal to 1."),
        (
            {"points": "1.005"},
            "Ensure that there are no more than 2 decimal places.",
        ),
    ],
)
def test_impossible_standings_are_refused_in_words(fields, sentence):
    assert sentences(season_line(**fields)()) == [sentence]


# What is deleted with what


PROTECTED = {
    "with a season": lambda driver: make_career_result(
        driver=driver, season=make_season()
    ),
    "in a crew": lambda driver: make_entry(event=make_event(), drivers=[driver]),
    "credited with a result": lambda driver: make_result(
        session=make_session(event=(event := make_event())),
        entry=make_entry(event=event),
        drivers=[driver],
    ),
}


@pytest.mark.parametrize("use", PROTECTED.values(), ids=PROTECTED)
def test_driver_who_raced_cannot_be_deleted(use):
    driver = make_driver()
    use(driver)
    with pytest.raises(ProtectedError):
        driver.delete()


@pytest.mark.parametrize("field", ["season", "team", "car"])
def test_what_a_season_was_driven_in_and_with_cannot_be_deleted(field):
    line = make_career_result(
        driver=make_driver(), season=make_season(), team=make_team(), car=make_car()
    )
    with pytest.raises(ProtectedError):
        getattr(line, field).delete()


def test_deleting_a_driver_takes_their_own_texts_along():
    driver = make_driver()
    make_biography(driver=driver)
    make_driver_link(driver=driver)
    make_milestone(driver=driver)
    driver.delete()
    assert [model.objects.count() for model in (Biography, DriverLink, Milestone)] == [
        0,
        0,
        0,
    ]


# Names, addresses, order


def test_rows_say_what_they_are():
    driver = make_driver()
    assert [
        str(driver),
        str(make_biography(driver=driver)),
        str(make_biography(driver=driver, language="en", length=LONG)),
        str(make_driver_link(driver=driver, url="https://www.a-backman.com/")),
        str(make_driver_link(driver=driver, url="https://x.se/1", label="Bilder")),
        str(make_milestone(driver=driver, text_en="First win")),
        str(make_career_result(driver=driver, season=make_season())),
    ] == [
        "Andreas Bäckman",
        "Andreas Bäckman, Swedish, 60 words",
        "Andreas Bäckman, English, long",
        "a-backman.com",
        "Bilder",
        "2018: First win",
        "Andreas Bäckman, 24H Series 2022",
    ]


def test_driver_is_read_at_an_address_of_plain_letters():
    assert make_driver().get_absolute_url() == "/en/drivers/andreas-backman/"


def test_drivers_stand_in_the_order_of_the_team_then_by_surname():
    make_driver(last_name="Öberg", slug="oberg")
    make_driver(last_name="Zetterberg", slug="zetterberg")
    make_driver(last_name="Åkesson", slug="akesson")
    make_driver(first_name="Berit", last_name="Ödman", slug="odman-berit")
    make_driver(first_name="Anna", last_name="Ödman", slug="odman-anna")
    make_driver(last_name="Lundin", slug="lundin", order=1)
    make_driver(last_name="Ärlig", slug="arlig")
    assert [driver.slug for driver in Driver.objects.in_order()] == [
        "zetterberg",
        "akesson",
        "arlig",
        "oberg",
        "odman-anna",
        "odman-berit",
        "lundin",
    ]


def test_milestones_stand_by_year_then_as_ordered():
    driver = make_driver()
    last = make_milestone(driver=driver, year=2019, text_sv="C")
    second = make_milestone(driver=driver, year=2018, text_sv="B", order=2)
    first = make_milestone(driver=driver, year=2018, text_sv="A", order=1)
    assert list(driver.milestones.all()) == [first, second, last]


def test_milestones_of_a_year_stand_by_day_and_the_undated_last():
    driver = make_driver()
    undated = make_milestone(driver=driver)
    late = make_milestone(driver=driver, date=date(2018, 9, 22))
    early = make_milestone(driver=driver, date=date(2018, 4, 1))
    assert list(driver.milestones.all()) == [early, late, undated]


# Who has a page


@pytest.mark.parametrize(
    ("status", "has_page"), [(CURRENT, True), (FORMER, True), (GUEST, False)]
)
def test_guests_have_no_page(status, has_page):
    driver = make_driver(status=status)
    assert driver.has_page is has_page
    assert Driver.objects.published().exists() is has_page


def public_portrait(driver):
    return Driver.objects.with_portrait().get(pk=driver.pk).public_portrait


def test_driver_shows_a_portrait_while_the_public_may_see_it(travel):
    driver = make_driver(portrait=make_photo(rights_end=date(2022, 5, 12)))
    travel("2022-05-12T23:59+02:00")
    assert public_portrait(driver) == driver.portrait
    travel("2022-05-13T00:00+02:00")
    assert public_portrait(driver) is None


def test_driver_shows_no_internal_portrait():
    assert public_portrait(make_driver(portrait=make_photo(rights=INTERNAL))) is None
    assert public_portrait(make_driver(slug="emil")) is None


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(1995, 8, 29), date(2022, 8, 28), 26),
        (date(1995, 8, 29), date(2022, 8, 29), 27),
        (date(1996, 2, 29), date(2022, 2, 28), 25),
        (date(1996, 2, 29), date(2022, 3, 1), 26),
        (date(1995, 8, 29), date(1995, 8, 29), 0),
        (date(1995, 8, 29), date(1995, 8, 28), None),
        (None, date(2022, 5, 12), None),
    ],
)
def test_driver_is_as_old_as_the_last_birthday_says(born, on, age):
    assert Driver(birth_date=born).age(on) == age


# Who changed what


@pytest.mark.parametrize(
    ("make", "field", "before", "after"),
    [
        (make_driver, "club", "", "Boden RCS"),
        (lambda: make_biography(driver=make_driver()), "text", "En förare.", "Ny."),
        (lambda: make_driver_link(driver=make_driver()), "label", "", "Webb"),
        (lambda: make_milestone(driver=make_driver()), "text_en", "", "First win"),
        (
            lambda: make_career_result(driver=make_driver(), season=make_season()),
            "position",
            None,
            4,
        ),
    ],
)
def test_every_save_is_recorded(make, field, before, after):
    row = make()
    setattr(row, field, after)
    row.save()
    assert [
        (past.history_type, getattr(past, field)) for past in row.history.all()
    ] == [("~", after), ("+", before)]
