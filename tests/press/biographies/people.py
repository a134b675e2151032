"""Drivers and careers that no database knows, for tests of what texts say of them."""

from datetime import date
from decimal import Decimal

from drivers.models import CareerResult, Driver
from events.career import Career, SeasonLine
from events.models import Entry, Event
from press.biographies.facts import DriverFacts
from racing.models import Car, Circuit, RacingClass, Season, Series, Team

TODAY = date(2022, 5, 12)
TCR = RacingClass(pk=1, name="TCR")

_KEYS = {}


def key(thing):
    """A primary key for what has this name, the same every time."""
    return _KEYS.setdefault(thing, len(_KEYS) + 1)


def series(short_name):
    slug = short_name.lower().replace(" ", "-")
    return Series(pk=key(slug), name=short_name, short_name=short_name, slug=slug)


def season(short_name, year, **fields):
    return Season(
        pk=key((short_name, year)), series=series(short_name), year=year, **fields
    )


def team(name):
    return Team(pk=key(name), name=name)


def car(name):
    make, _space, model = name.partition(" ")
    return Car(pk=key(name), make=make, model=model, racing_class_id=TCR.pk)


def line(short_name, year, *, is_over=True, rounds=7, **record):
    """A season of a career; a team and a car are named."""
    if "team" in record:
        record["team"] = team(record["team"])
    if "car" in record:
        record["car"] = car(record["car"])
    if "points" in record:
        record["points"] = Decimal(record["points"])
    return SeasonLine(
        CareerResult(
            driver=andreas(),
            season=season(short_name, year, is_over=is_over, rounds=rounds),
            **record,
        )
    )


def andreas(**fields):
    fields = {"birth_date": date(1995, 8, 29), "birth_place": "Boden"} | fields
    return Driver(
        pk=1,
        first_name="Andreas",
        last_name="Bäckman",
        slug="andreas-backman",
        nationality="SE",
        **fields,
    )


def entry(short_name, year, *, name="Hankook 12h Hockenheimring", **fields):
    """The next race; its days are those in Hockenheim unless they are given."""
    days = {"first_day": date(2022, 5, 13), "last_day": date(2022, 5, 15)}
    event = {field: fields.pop(field, day) for field, day in days.items()}
    circuit = Circuit(name="Hockenheimring", time_zone="Europe/Berlin")
    return Entry(
        event=Event(
            season=season(short_name, year), circuit=circuit, name=name, **event
        ),
        team=team(fields.pop("team", "Lestrup Racing Team")),
        car=car(fields.pop("car", "Audi RS 3 LMS TCR")),
        **fields,
    )


def facts(*lines, driver=None, next_entry=None, today=TODAY, **fields):
    """What is known of a driver with these seasons, the latest first."""
    driver = driver or andreas()
    return DriverFacts(
        driver=driver,
        career=Career(driver, list(lines)),
        next_entry=next_entry,
        today=today,
        classes={TCR.pk: TCR},
        **fields,
    )
