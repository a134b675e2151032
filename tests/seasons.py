"""Seasons race by race, for the tests of pages that show them."""

from datetime import date, timedelta

from events.models import CLASSIFIED, DAY_ONLY
from tests.factories import (
    make_career_result,
    make_circuit,
    make_driver,
    make_entry,
    make_event,
    make_result,
    make_season,
    make_series,
    make_session,
)


def make_weekend(*, season, number=1, circuit, first_day=None, **fields):
    """A weekend of a season by its number: the rounds are a week apart from May."""
    day = first_day or date(season.year, 5, 1) + timedelta(weeks=number)
    key = f"{season.series.slug}-{season.year}-{number}"
    fields = {"round": str(number), "last_day": day + timedelta(days=1)} | fields
    return make_event(
        season=season,
        circuit=circuit,
        slug=key,
        name=f"Weekend {number}",
        first_day=day,
        **fields,
    )


def make_race(*, event, name="Race 1", day=None, order=1, **fields):
    """A race on a day of the weekend, the first one unless it is said."""
    if "start" not in fields:
        fields |= {
            "start": None,
            "precision": DAY_ONLY,
            "day": day or event.first_day,
        }
    return make_session(event=event, name_sv=name, order=order, **fields)


def finish(session, entry, position=None, *, drivers=(), **fields):
    """A result; with a place the car is classified."""
    if position or fields.get("class_position"):
        fields = {"status": CLASSIFIED, "is_classified": True} | fields
    return make_result(
        session=session, entry=entry, drivers=drivers, position=position, **fields
    )


def make_long_career(races, *, a_season=20, slug="maja-lang", circuit=None):
    """A driver with so many races, counted, in as many seasons as it takes.

    Two races a weekend, the places 1 to 20 in turn, every seventh a retirement.
    """
    driver = make_driver(first_name="Maja", last_name="Lång", slug=slug)
    series = make_series(short_name="Cup", slug=f"cup-of-{slug}")
    circuit = circuit or make_circuit(name="Knutstorp", slug=f"knutstorp-{slug}")
    for number in range(races):
        of_season, of_weekend = number % a_season, number % 2
        if of_season == 0:
            season = make_season(
                series=series, year=2000 + number // a_season, is_over=True
            )
            make_career_result(
                driver=driver, season=season, totals="counted", position=3
            )
        if of_weekend == 0 or of_season == 0:
            event = make_weekend(season=season, number=of_season + 1, circuit=circuit)
            entry = make_entry(event=event, drivers=[driver], number="7")
        race = make_race(event=event, name=f"Race {of_weekend + 1}", order=of_weekend)
        if number % 7 == 6:
            finish(race, entry, status="retired")
        else:
            finish(race, entry, number % 20 + 1, points=number % 3)
    return driver
