"""A whole site in the middle of a race weekend, for the tests of pages."""

from datetime import UTC, date, datetime, timedelta

from drivers.models import StandingsLine
from events.models import CLASSIFIED, OVERALL, EventRound
from tests.factories import (
    make_biography,
    make_car,
    make_career_result,
    make_circuit,
    make_class,
    make_driver,
    make_driver_link,
    make_entry,
    make_event,
    make_event_class,
    make_event_link,
    make_home_team,
    make_lap_record,
    make_layout,
    make_milestone,
    make_person,
    make_photo,
    make_result,
    make_result_change,
    make_season,
    make_series,
    make_session,
    make_standings,
    make_team,
)

# Sunday of the Hockenheim weekend: Saturday has results, a part is still to come.
SUNDAY = "2022-05-15T10:00+02:00"
OUTLINE = "8.56,49.32 8.57,49.32 8.57,49.33 8.56,49.33"


def make_world(count):
    """A site on which every list holds that many rows; stand at SUNDAY to see it."""
    team = make_home_team(boilerplate_sv="Ett team.", boilerplate_en="A team.")
    car = make_car()
    series = make_series()
    season = make_season(series=series, rounds=7)
    circuit = make_circuit(place="Hockenheim")
    layout = make_layout(circuit=circuit, outline=OUTLINE, length_m=4574)
    event = make_event(season=season, circuit=circuit, layout=layout, round="4")
    others = [_add_others(number, series) for number in range(count)]
    drivers = [_add_driver(number, season, team, car) for number in range(count)]
    entries = [
        _add_entry(event, number, [driver], others[number], team, car)
        for number, driver in enumerate(drivers)
    ]
    for number, other in enumerate(others):
        _fill_weekend(event, number, other, entries[number], drivers[number])
        make_lap_record(layout=layout, racing_class=other["racing_class"])
        make_person(team=team, name=f"Person {number}")
        _add_weekends(number, season, circuit, drivers[number], team, car)
    _amend_the_first_race(event, entries)
    _add_standings(season, drivers)
    photos = [make_photo(alt=f"Bild {number}") for number in range(count)]
    for owner in (team, car, circuit, event, *drivers[:1]):
        owner.photos.set(photos)


def _add_others(number, series):
    """One more of everything that has a list of its own."""
    make_team(name=f"Team {number}", slug=f"team-{number}")
    make_car(model=f"Car {number}", slug=f"car-{number}")
    circuit = make_circuit(name=f"Circuit {number}", slug=f"circuit-{number}")
    make_layout(circuit=circuit)
    other_series = make_series(short_name=f"Series {number}", slug=f"series-{number}")
    make_season(series=series, year=2021 - number)
    return {
        "racing_class": make_class(name=f"Class {number}"),
        "season": make_season(series=other_series, year=2022),
    }


def _add_driver(number, season, team, car):
    driver = make_driver(first_name=f"Driver {number}", slug=f"driver-{number}")
    for length in (60, 0):
        for language in ("sv", "en"):
            make_biography(driver=driver, language=language, length=length)
    make_driver_link(driver=driver)
    make_milestone(driver=driver)
    make_career_result(
        driver=driver, season=season, team=team, car=car, totals="counted"
    )
    return driver


def _add_entry(event, number, drivers, other, team, car):
    return make_entry(
        event=event,
        number=str(number),
        drivers=drivers,
        team=team,
        car=car,
        racing_class=other["racing_class"],
    )


def _fill_weekend(event, number, other, entry, driver):
    make_event_class(event=event, racing_class=other["racing_class"])
    EventRound.objects.create(event=event, season=other["season"], round="1")
    for kind in ("stream", "live_timing", "information"):
        make_event_link(event=event, kind=kind, url=f"https://x.se/{number}")
    saturday = datetime(2022, 5, 14, 11, 55, tzinfo=UTC) + timedelta(minutes=number)
    race = make_session(event=event, start=saturday, length_minutes=60)
    make_session(event=event, start=saturday + timedelta(days=1))
    make_result(
        session=race,
        entry=entry,
        drivers=[driver],
        status=CLASSIFIED,
        is_classified=True,
        position=1,
        pole=OVERALL,
    )


def _add_weekends(number, season, circuit, driver, team, car):
    """One weekend that is over and one to come, with the driver in the car."""
    for month in (3, 8):
        day = date(2022, month, number + 1)
        event = make_event(
            season=season,
            circuit=circuit,
            slug=f"weekend-{day}",
            first_day=day,
            last_day=day,
        )
        make_entry(event=event, drivers=[driver], team=team, car=car)


def _amend_the_first_race(event, entries):
    """A race with every car, and as many decisions about it."""
    race = event.sessions.filter(kind="race").earliest("start")
    race.classification = "amended"
    race.save()
    results = list(race.results.all())
    for place, entry in enumerate(entries[1:], start=2):
        facts = {"status": CLASSIFIED, "is_classified": True, "position": place}
        results.append(make_result(session=race, entry=entry, **facts))
    for result in results:
        change = make_result_change(result=result, field="points", old="1", new="2")
        make_result_change(
            result=results[0],
            amendment=change.amendment,
            field="laps",
            old="9",
            new="10",
        )


def _add_standings(season, drivers):
    """As many tables of the drivers' championship, and as many of others."""
    for number, _driver in enumerate(drivers, start=1):
        for name in ("", f"Cup {number}"):
            table = make_standings(season=season, after_round=number, name_sv=name)
            StandingsLine.objects.bulk_create(
                StandingsLine(table=table, position=place, driver=driver)
                for place, driver in enumerate(drivers, start=1)
            )
