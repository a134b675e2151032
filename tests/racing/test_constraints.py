"""What the database refuses of teams, cars, circuits and photos, and in which words."""

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from racing.models import (
    FREE,
    Car,
    Circuit,
    CircuitLayout,
    LapRecord,
    Person,
    Photo,
    RacingClass,
    Season,
    Team,
    TeamBiography,
)
from tests.constraints import assert_database_refuses, constraint_names, sentences
from tests.factories import (
    image_file,
    make_car,
    make_circuit,
    make_class,
    make_home_team,
    make_lap_record,
    make_layout,
    make_person,
    make_photo,
    make_season,
    make_series,
    make_team,
    make_team_biography,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def second_home_team():
    make_home_team()
    return Team(name="Other", slug="other", is_home=True)


def person_named_twice():
    person = make_person(team=make_team())
    return Person(team=person.team, name=person.name)


def car_entered_twice():
    car = make_car(generation="2021")
    return Car(make=car.make, model=car.model, generation="2021", slug="other")


def second_season_of_a_year():
    season = make_season()
    return Season(series=season.series, year=season.year)


def circuit_at(latitude, longitude):
    return lambda: Circuit(
        name="Here",
        slug="here",
        country="SE",
        time_zone="Europe/Stockholm",
        latitude=latitude,
        longitude=longitude,
    )


def layout_named_twice():
    layout = make_layout(circuit=make_circuit(), name="Grand Prix")
    return CircuitLayout(circuit=layout.circuit, name="Grand Prix")


def layout_left_before_it_was_built():
    return CircuitLayout(circuit=make_circuit(), first_year=2003, last_year=2002)


def second_lap_record_of_a_class():
    record = make_lap_record(layout=make_layout(circuit=make_circuit()))
    return LapRecord(
        layout=record.layout, racing_class=record.racing_class, time_ms=106_000
    )


def photo(**fields):
    facts = {"alt_sv": "En bil", "alt_en": "A car", "credit": "Privat", "rights": FREE}
    return lambda: Photo(image=image_file(), **facts | fields)


def second_photo_of_a_picture():
    make_photo(image=image_file())
    return photo()()


def second_biography_of_a_team():
    first = make_team_biography(team=make_team())
    return TeamBiography(
        team=first.team, language="sv", length=60, text="En gång till."
    )


GLOBE = "Give both latitude (−90 to 90) and longitude (−180 to 180), or neither."
FOCUS = "The focal point lies outside the photo: use numbers from 0 to 1."
CREDIT = "Write whom to credit for the photo, or keep it internal."
ALT = "Write what the photo shows in both languages, or keep it internal."
TWIN = "This photo is here already: “En bil på banan”."

REFUSED = [
    (
        "only_one_team_is_the_home_team",
        second_home_team,
        "Another team is the home team already; untick it there first.",
    ),
    (
        "a_person_stands_once_in_a_team",
        person_named_twice,
        "Person with this Team and Name already exists.",
    ),
    (
        "a_car_has_one_make_model_and_generation",
        car_entered_twice,
        "This car exists already.",
    ),
    (
        "a_series_has_one_season_a_year",
        second_season_of_a_year,
        "This series has a season of that year.",
    ),
    ("a_circuit_lies_on_the_globe", circuit_at("90.1", "0"), GLOBE),
    ("a_circuit_lies_on_the_globe", circuit_at("0", "-180.1"), GLOBE),
    ("a_circuit_lies_on_the_globe", circuit_at("49.3", None), GLOBE),
    ("a_circuit_lies_on_the_globe", circuit_at(None, "8.5"), GLOBE),
    (
        "a_circuit_names_each_layout_once",
        layout_named_twice,
        "This circuit has a layout of that name.",
    ),
    (
        "a_layout_is_used_from_before_until",
        layout_left_before_it_was_built,
        "The layout’s last year lies before its first.",
    ),
    (
        "a_class_has_one_lap_record_on_a_layout",
        second_lap_record_of_a_class,
        "This class has a lap record here already.",
    ),
    ("a_photo_that_may_be_shown_has_a_credit", photo(credit=" "), CREDIT),
    ("a_photo_that_may_be_shown_has_alternative_texts", photo(alt_sv=""), ALT),
    ("a_photo_that_may_be_shown_has_alternative_texts", photo(alt_en=""), ALT),
    ("a_photo_is_here_once", second_photo_of_a_picture, TWIN),
    (
        "a_team_has_one_biography_a_language_and_length",
        second_biography_of_a_team,
        "There is a biography of that length in that language already.",
    ),
    ("a_focal_point_lies_in_the_photo", photo(focal_x="1.01"), FOCUS),
    ("a_focal_point_lies_in_the_photo", photo(focal_y="-0.01"), FOCUS),
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
    assert {name for name, _make, _sentence in REFUSED} == constraint_names("racing")


@pytest.mark.parametrize(
    ("make", "taken"),
    [
        (make_team, {"name": "Other"}),
        (make_team, {"slug": "other"}),
        (make_car, {"model": "Other"}),
        (make_series, {"name": "Other"}),
        (make_series, {"slug": "other"}),
        (make_circuit, {"name": "Other"}),
        (make_circuit, {"slug": "other"}),
    ],
)
def test_names_and_addresses_are_taken_once(make, taken):
    make()
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**taken)


def test_class_name_is_taken_once():
    make_class(name="TCR")
    with pytest.raises(IntegrityError), transaction.atomic():
        RacingClass.objects.create(name="TCR")


@pytest.mark.parametrize(
    ("make", "fields", "sentence"),
    [
        (
            make_team,
            {"colour": "red"},
            "Write the colour as # and six digits, such as #d3121b.",
        ),
        (
            make_team,
            {"colour": "#d3121g"},
            "Write the colour as # and six digits, such as #d3121b.",
        ),
        (
            make_circuit,
            {"time_zone": "Mars/Olympus"},
            "“Mars/Olympus” is not a time zone. Write an area and a city, for "
            "example Europe/Stockholm.",
        ),
        (
            make_season,
            {"year": 1893},
            "Ensure this value is greater than or equal to 1894.",
        ),
        (
            make_season,
            {"rounds": 0},
            "Ensure this value is greater than or equal to 1.",
        ),
        (
            make_car,
            {"slug": "åäö"},
            "Enter a valid “slug” consisting of letters, numbers, underscores or "
            "hyphens.",
        ),
    ],
)
def test_wrong_values_are_refused_in_words(make, fields, sentence):
    assert sentences(make(**fields)) == [sentence]


def test_layout_with_a_broken_outline_is_refused_in_words():
    layout = make_layout(circuit=make_circuit(), outline="8.5,49.3 here")
    assert len(sentences(layout)) == 1


def test_file_that_is_no_picture_is_refused_in_one_sentence():
    broken = ContentFile(b"no picture", name="photo.jpg")
    refused = Photo(image=broken, alt_sv="En bil", alt_en="A car", credit="Privat")
    assert sentences(refused) == [
        "The file is not a JPEG, PNG, WebP or AVIF image that can be read."
    ]
