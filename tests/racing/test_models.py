"""Teams, people, cars, series, circuits, photos: racing.models."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db.models import ProtectedError
from django.utils import translation

from racing.models import (
    FREE,
    INTERNAL,
    SITE_ONLY,
    Car,
    Circuit,
    CircuitLayout,
    LapRecord,
    Photo,
    Series,
    Team,
    User,
)
from tests.constraints import sentences
from tests.factories import (
    image_file,
    make_car,
    make_circuit,
    make_class,
    make_driver,
    make_event,
    make_home_team,
    make_lap_record,
    make_layout,
    make_person,
    make_photo,
    make_season,
    make_series,
    make_team,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


# Days that must have come


@pytest.mark.parametrize(
    ("moment", "day", "said"),
    [
        ("2026-11-22T09:00Z", date(2026, 11, 22), []),
        # It is tomorrow already in Kiribati.
        ("2026-11-22T10:00Z", date(2026, 11, 23), []),
        ("2026-11-22T09:00Z", date(2026, 11, 23), ["This day has not come yet."]),
    ],
)
def test_photo_is_not_taken_on_a_day_to_come(moment, day, said):
    with time_machine.travel(moment, tick=False):
        assert sentences(make_photo(taken_on=day)) == said


def test_a_day_has_come_by_the_machines_clock_and_not_the_demonstrations(travel):
    travel("1990-01-01T12:00Z")
    assert sentences(make_driver(birth_date=date(1995, 8, 29))) == []


# What is deleted with what


def car_with_an_event():
    entry_event = make_event()
    car = make_car()
    entry_event.entries.create(number="1", car=car)
    return car


PROTECTED = {
    "a circuit with a weekend": lambda: make_event().circuit,
    "a season with a weekend": lambda: make_event().season,
    "a series with a season": lambda: make_season().series,
    "a team with people": lambda: make_person(team=make_team()).team,
    "a car that was entered": car_with_an_event,
    "a class with a lap record": lambda: (
        make_lap_record(layout=make_layout(circuit=make_circuit())).racing_class
    ),
    "a class with a car": lambda: make_car(racing_class=make_class()).racing_class,
}


@pytest.mark.parametrize("make", PROTECTED.values(), ids=PROTECTED)
def test_what_others_are_about_cannot_be_deleted(make):
    row = make()
    with pytest.raises(ProtectedError):
        row.delete()


def test_deleting_a_circuit_takes_its_layouts_and_records_along():
    circuit = make_circuit()
    make_lap_record(layout=make_layout(circuit=circuit))
    circuit.delete()
    assert (CircuitLayout.objects.count(), LapRecord.objects.count()) == (0, 0)


def test_deleting_a_photo_keeps_what_it_decorates():
    picture = make_photo()
    layout = make_layout(circuit=make_circuit(), picture=picture)
    driver = make_driver(portrait=picture)
    picture.delete()
    layout.refresh_from_db()
    driver.refresh_from_db()
    assert (layout.picture, driver.portrait) == (None, None)


# Texts in two languages


@pytest.mark.parametrize(
    ("language", "texts", "read"),
    [
        ("sv", {"caption_sv": "Mållinjen", "caption_en": "The line"}, "Mållinjen"),
        ("en", {"caption_sv": "Mållinjen", "caption_en": "The line"}, "The line"),
        ("en", {"caption_sv": "Mållinjen"}, "Mållinjen"),
        ("sv", {"caption_en": "The line"}, "The line"),
        ("sv", {}, ""),
    ],
)
def test_texts_follow_the_language_and_fall_back_to_the_other(language, texts, read):
    with translation.override(language):
        assert Photo(**texts).caption == read


# How rows are named, and where they are read


@pytest.mark.parametrize(
    ("make", "name", "address"),
    [
        (make_home_team, "JA Bäckman Racing", "/en/teams/ja-backman-racing/"),
        (
            lambda: make_car(generation="2021"),
            "Audi RS 3 LMS TCR (2021)",
            "/en/cars/audi-rs-3-lms-tcr/",
        ),
        (make_car, "Audi RS 3 LMS TCR", "/en/cars/audi-rs-3-lms-tcr/"),
        (
            lambda: make_car(make="", model="Supercar Lites"),
            "Supercar Lites",
            "/en/cars/audi-rs-3-lms-tcr/",
        ),
        (make_series, "24H Series", "/en/series/24h-series/"),
        (make_season, "24H Series 2022", "/en/series/24h-series/2022/"),
        (make_circuit, "Hockenheimring", "/en/circuits/hockenheimring/"),
    ],
)
def test_rows_say_their_name_and_their_address(make, name, address):
    row = make()
    assert (str(row), row.get_absolute_url()) == (name, address)


def test_rows_without_a_page_say_their_name():
    layout = make_layout(circuit=make_circuit(), name="Grand Prix")
    nameless = make_layout(circuit=layout.circuit)
    assert [
        str(layout),
        str(nameless),
        str(make_lap_record(layout=layout)),
        str(make_person(team=make_team())),
        str(make_class()),
        str(make_photo(alt="En bil", alt_en="A car")),
        str(make_user()),
    ] == [
        "Hockenheimring, Grand Prix",
        "Hockenheimring",
        "Hockenheimring, Grand Prix, TCR",
        "Fredrik Lestrup",
        "TCR",
        "A car",
        "anna",
    ]


def test_circuit_knows_its_zone():
    assert make_circuit(time_zone="Asia/Dubai").zone == ZoneInfo("Asia/Dubai")


# Who may be seen


def test_home_team_is_the_marked_one():
    make_team()
    home = make_home_team()
    assert Team.objects.home() == home


def test_empty_site_has_no_home_team():
    make_team()
    assert Team.objects.home() is None


TODAY = date(2022, 5, 12)
PHOTOS = [
    # rights, last day of the rights, shown, given away
    (FREE, None, True, True),
    (FREE, date(2022, 5, 12), True, True),
    (FREE, date(2022, 5, 11), False, False),
    (SITE_ONLY, None, True, False),
    (SITE_ONLY, date(2022, 5, 11), False, False),
    (INTERNAL, None, False, False),
    (INTERNAL, date(2030, 1, 1), False, False),
]


@pytest.mark.parametrize(("rights", "end", "shown", "given"), PHOTOS)
def test_photo_is_shown_and_given_away_as_its_rights_say(rights, end, shown, given):
    picture = make_photo(rights=rights, rights_end=end)
    assert Photo.objects.publishable(TODAY).exists() is shown
    assert picture.is_publishable(TODAY) is shown
    assert Photo.objects.downloadable(TODAY).exists() is given


def test_photo_leaves_when_its_last_day_is_over_by_the_site_clock(travel):
    picture = make_photo(rights_end=TODAY)
    travel("2022-05-12T23:59+02:00")
    assert Photo.objects.publishable().get() == picture
    assert Photo.objects.downloadable().get() == picture
    assert picture.is_publishable()
    travel("2022-05-13T00:00+02:00")
    assert not Photo.objects.publishable().exists()
    assert not Photo.objects.downloadable().exists()
    assert not picture.is_publishable()


def test_new_photo_is_internal():
    picture = Photo.objects.create(
        image=image_file(), alt_sv="En bil", alt_en="A car", credit="Privat"
    )
    assert picture.rights == INTERNAL


def test_photo_measures_itself():
    picture = make_photo(image=image_file(size=(64, 48)))
    assert (picture.width, picture.height) == (64, 48)


def test_layout_shows_its_picture_while_it_may():
    circuit = make_circuit()
    shown = make_layout(circuit=circuit, name="A", picture=make_photo())
    hidden = make_layout(circuit=circuit, name="B", picture=make_photo(rights=INTERNAL))
    bare = make_layout(circuit=circuit, name="C")
    assert shown.public_picture == shown.picture
    assert (hidden.public_picture, bare.public_picture) == (None, None)


@pytest.mark.parametrize(
    ("model", "make"),
    [
        (Car, make_car),
        (Circuit, make_circuit),
        (Series, make_series),
        (Team, make_team),
    ],
)
def test_published_holds_what_has_a_page(model, make):
    row = make()
    assert list(model.objects.published()) == [row]


# Outlines


def test_layout_with_an_outline_is_drawn():
    layout = make_layout(
        circuit=make_circuit(), outline="8.56,49.32 8.57,49.32 8.57,49.33 8.56,49.33"
    )
    assert sentences(layout) == []
    assert layout.drawing.view_box == "0 0 320 210"


def test_layout_without_an_outline_has_no_drawing():
    assert make_layout(circuit=make_circuit()).drawing is None


# Order


def test_layouts_stand_by_age_the_newest_first_and_the_unknown_last():
    circuit = make_circuit()
    unknown = make_layout(circuit=circuit, name="Unknown")
    old = make_layout(circuit=circuit, name="Old", first_year=1932)
    new = make_layout(circuit=circuit, name="New", first_year=2002)
    assert list(circuit.layouts.all()) == [new, old, unknown]


def test_photos_stand_by_date_the_latest_first_and_the_unknown_last():
    unknown = make_photo()
    old = make_photo(taken_on=date(2018, 4, 1))
    new = make_photo(taken_on=date(2022, 5, 12))
    assert list(Photo.objects.all()) == [new, old, unknown]


def test_people_stand_in_the_order_the_editor_gave():
    team = make_team()
    second = make_person(team=team, name="Anna", order=2)
    first = make_person(team=team, name="Berit", order=1)
    assert list(team.people.all()) == [first, second]


# Who changed what


@pytest.mark.parametrize(
    ("make", "field", "before", "after"),
    [
        (make_team, "base", "", "Boden"),
        (make_car, "engine", "", "2.0 l"),
        (make_series, "organiser", "", "CREVENTIC"),
        (make_season, "rounds", None, 7),
        (make_circuit, "place", "", "Hockenheim"),
        (make_class, "description_sv", "", "Turbomatade framhjulsdrivna bilar."),
        (make_photo, "caption_sv", "", "Mållinjen"),
        (lambda: make_person(team=make_team()), "role_sv", "", "delägare"),
        (lambda: make_layout(circuit=make_circuit()), "corners", None, 16),
        (
            lambda: make_lap_record(layout=make_layout(circuit=make_circuit())),
            "driver",
            "",
            "Okänd",
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


def test_a_deletion_is_recorded():
    team = make_team()
    team.delete()
    assert Team.history.first().history_type == "-"


def test_user_is_our_own():
    assert isinstance(make_user(), User)
