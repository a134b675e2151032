"""A driver and a team with all that a press kit may hold, for the tests of kits."""

import io
from datetime import UTC, date, datetime

from PIL import Image

from events.models import CLASSIFIED
from racing import darkroom
from tests.factories import (
    image_file,
    make_biography,
    make_car,
    make_career_result,
    make_circuit,
    make_contact,
    make_driver,
    make_entry,
    make_event,
    make_home_team,
    make_milestone,
    make_photo,
    make_result,
    make_season,
    make_series,
    make_session,
    make_team,
)

# The Thursday before the Hockenheim weekend.
THURSDAY = "2022-05-12T12:00+02:00"
KIT = "/{language}/drivers/andreas-backman/press-kit/"
TEAM_KIT = "/{language}/teams/ja-backman-racing/press-kit/"
IN_SWEDISH = "{name} är {age} år. I banken finns {wins}."
IN_ENGLISH = "{name} is {age} & fast. The record says {wins}."


def kit(path="", language="en"):
    """An address of the driver's kit."""
    return KIT.format(language=language) + path


def team_kit(path="", language="en"):
    return TEAM_KIT.format(language=language) + path


def make_developed(**fields):
    """A photo with its copies, large enough for a portrait."""
    photo = make_photo(
        image=image_file(size=(900, 1200), **fields.pop("file", {})), **fields
    )
    photo.developed = ""
    darkroom.develop(photo)
    return photo


def make_kit():
    """Andreas Bäckman with a season that is over, one that runs and a weekend to come."""
    home = make_home_team(
        boilerplate_sv="Ett team från Boden.", boilerplate_en="A team from Boden."
    )
    make_contact(
        team=home,
        name="Anna Ek",
        role_sv="pressansvarig",
        role_en="press officer",
        phone="+46 70 123 45 67",
        email="anna@example.com",
    )
    driver = make_driver(
        full_name="Jan Andreas William Bäckman",
        nationality="SE",
        birth_date=date(1995, 8, 29),
        birth_place="Boden",
        licence="silver",
    )
    make_biography(driver=driver, language="sv", length=60, text=IN_SWEDISH)
    make_biography(driver=driver, language="en", length=60, text=IN_ENGLISH)
    make_biography(driver=driver, language="en", length=0, text="First.\n\nSecond.")
    make_milestone(driver=driver, year=2018, text_sv="Seger", text_en="First win")
    team, car = make_team(), make_car(generation="2021", power_kw=250)
    tcr_uk = make_season(
        series=make_series(short_name="TCR UK", slug="tcr-uk"),
        year=2018,
        rounds=7,
        is_over=True,
    )
    make_career_result(
        driver=driver,
        season=tcr_uk,
        team=team,
        starts=14,
        podiums=6,
        position=3,
        points=408,
    )
    season = make_season(rounds=7)
    make_career_result(
        driver=driver, season=season, team=team, car=car, number="120", totals="counted"
    )
    circuit = make_circuit(place="Hockenheim")
    raced = make_event(
        season=season,
        circuit=circuit,
        slug="raced",
        first_day=date(2022, 3, 5),
        last_day=date(2022, 3, 6),
    )
    race = make_session(event=raced, start=datetime(2022, 3, 6, 11, tzinfo=UTC))
    entry = make_entry(event=raced, drivers=[driver], team=team, car=car)
    make_result(
        session=race, entry=entry, status=CLASSIFIED, is_classified=True, position=1
    )
    coming = make_event(season=season, circuit=circuit)
    make_entry(event=coming, drivers=[driver], team=team, car=car)
    return driver


def jpeg_size(content):
    with Image.open(io.BytesIO(content)) as image:
        return image.format, image.size
