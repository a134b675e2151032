"""Careers and championships out of tables: what is found, made, changed and left."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drivers.models import FORMER, GUEST, CareerResult, Driver
from events.career import careers
from events.imports.career.columns import COLUMNS
from events.models import (
    CLASSIFIED,
    DAY_ONLY,
    DISQUALIFIED,
    IN_CLASS,
    OVERALL,
    RETIRED,
    Entry,
    EntryDriver,
    Event,
    EventRound,
    Result,
    Session,
)
from racing.models import Circuit, Season, Series, Team
from tests.events.imports import RESULT, SEASON, imported, made
from tests.factories import (
    make_car,
    make_circuit,
    make_driver,
    make_entry,
    make_event,
    make_result,
    make_season,
    make_series,
    make_session,
    make_team,
)

pytestmark = pytest.mark.django_db


def test_the_document_tells_every_column():
    text = (Path(settings.BASE_DIR) / "docs" / "import.md").read_text(encoding="utf-8")
    told = {
        name
        for line in text.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`([a-z_]+)`", line.split("|")[1])
    }
    assert told == set(COLUMNS)


# What a row makes


def test_a_result_makes_all_that_it_names():
    report = imported(
        RESULT
        | {
            "season_rounds": "7",
            "is_over": "1",
            "round": "6",
            "session_en": "Race one",
            "day": "2018-09-09",
            "start": "13:55",
            "class": "TCR",
            "team": "WestCoast Racing",
            "make": "Honda",
            "car": "Civic Type R TCR",
            "class_position": "1",
            "grid": "2",
            "laps": "17",
            "time": "33:12.345",
            "best_lap": "1:24.5",
            "points": "12,5",
            "pole": "class",
            "fastest_lap": "1",
            "note_sv": "Hennes första seger.",
            "note_en": "Her first win.",
            "source": "a newspaper",
        }
    )
    (result,) = Result.objects.with_credits()
    session, event, entry = result.session, result.session.event, result.entry
    season = event.season
    assert made(report) == dict.fromkeys(
        (
            *("RacingClass", "Series", "Team", "Circuit", "Car", "Driver", "Season"),
            *("Event", "Session", "Entry", "EntryDriver", "Result"),
        ),
        1,
    )
    assert (str(season), season.rounds, season.is_over) == ("TCR Cup 2018", 7, True)
    assert (event.name, event.slug, event.round) == ("Croft", "croft-2018", "6")
    assert (event.first_day, event.last_day) == (date(2018, 9, 8), date(2018, 9, 9))
    circuit = event.circuit
    assert (circuit.slug, circuit.country, circuit.time_zone) == (
        *("croft-circuit", "GB"),
        "Europe/London",
    )
    assert session.start == datetime(2018, 9, 9, 12, 55, tzinfo=UTC)
    assert (session.name_sv, session.name_en) == ("Race 1", "Race one")
    assert (session.kind, session.classification) == ("race", "")
    assert (entry.number, entry.racing_class.name) == ("19", "TCR")
    assert (entry.team.name, str(entry.car)) == (
        *("WestCoast Racing",),
        "Honda Civic Type R TCR",
    )
    assert [driver.name for driver in entry.crew_drivers] == ["Anna Berg"]
    assert (result.status, result.is_classified) == (CLASSIFIED, True)
    assert (result.position, result.class_position, result.grid) == (1, 1, 2)
    assert (result.laps, result.time_ms, result.best_lap_ms) == (17, 1_992_345, 84_500)
    assert result.points == Decimal("12.5")
    assert (result.pole, result.fastest_lap) == (IN_CLASS, OVERALL)
    assert (result.note_sv, result.note_en) == (
        "Hennes första seger.",
        "Her first win.",
    )
    assert result.source == "a newspaper"


def test_everything_made_has_the_first_row_of_its_history():
    imported(RESULT | {"team": "A Team", "credited": "Anna Berg"}, SEASON)
    for model in (
        *(Series, Season, Circuit, Team, Driver, Event, Session, Entry, EntryDriver),
        *(Result, CareerResult),
    ):
        (row,) = model.history.all()
        said = (row.history_type, row.history_change_reason, row.history_user)
        assert said == ("+", "a test", None), model
        assert row.instance == model.objects.get(), model


def test_what_the_site_knows_is_found_whatever_the_spelling():
    series = make_series(short_name="TCR Cup", slug="tcr-cup")
    season = make_season(series=series, year=2018)
    circuit = make_circuit(name="Ring Knutstorp", slug="ring-knutstorp")
    event = make_event(
        season=season, circuit=circuit, first_day=None, last_day=None, name="Sommar"
    )
    session = make_session(event=event, name_sv="Lopp ett", name_en="Race one")
    team = make_team(name="Åbergs Stall", short_name="Åberg")
    car = make_car(make="Audi", model="RS 3 LMS TCR", generation="2021")
    driver = make_driver(first_name="Märta", last_name="Müller", slug="marta-muller")
    entry = make_entry(event=event, number="19", drivers=[driver])
    report = imported(
        {
            "series": "tcr-cup",
            "year": "2018",
            "event": "SOMMAR",
            "circuit": "ring knutstorp",
            "session": "race one",
            "number": "19",
            "team": "abergs stall",
            "car": "Audi RS 3 LMS TCR (2021)",
            "drivers": "muller, marta",
            "position": "3",
        }
    )
    assert made(report) == {"Result": 1}
    result = Result.objects.get()
    assert (result.session, result.entry, result.position) == (session, entry, 3)
    entry.refresh_from_db()
    assert (entry.team, entry.car) == (team, car)


def test_a_car_without_a_number_is_found_by_its_crew():
    event = make_event(season=make_season(year=2018))
    ada, bo = make_driver(first_name="Ada"), make_driver(first_name="Bo")
    entry = make_entry(event=event, number="", drivers=[ada, bo])
    session = make_session(event=event)
    row = {
        "series": "24h-series",
        "year": "2018",
        "event_slug": event.slug,
        "session": "Race",
        "drivers": "Bo Bäckman; Ada Bäckman",
        "position": "2",
    }
    assert made(imported(row)) == {"Result": 1}
    assert (session.results.get().entry, session.results.get().position) == (entry, 2)


def test_a_number_that_was_not_known_is_filled_in():
    event = make_event(season=make_season(year=2018))
    entry = make_entry(event=event, number="", drivers=[make_driver()])
    imported(
        {
            "series": "24h-series",
            "year": "2018",
            "event_slug": event.slug,
            "session": "Race",
            "number": "007",
            "drivers": "Andreas Bäckman",
            "position": "2",
        }
    )
    entry.refresh_from_db()
    assert entry.number == "007"
    assert Entry.objects.count() == 1


def test_a_car_is_told_of_by_any_of_its_rows():
    one = RESULT | {"class": "TCR"}
    two = RESULT | {"session": "Race 2", "team": "A Team", "drivers": ""}
    imported(one, two)
    entry = Entry.objects.get()
    assert (entry.racing_class.name, entry.team.name) == ("TCR", "A Team")
    assert Session.objects.count() == 2


def test_the_same_car_at_two_weekends_is_entered_twice():
    imported(RESULT, RESULT | {"event": "Donington"})
    assert [event.slug for event in Event.objects.order_by("slug")] == [
        "croft-2018",
        "donington-2018",
    ]
    assert Entry.objects.count() == 2


def test_addresses_that_are_taken_get_a_number():
    imported(
        RESULT,
        RESULT | {"series": "GT Cup"},
        RESULT | {"event": "Croft 2018 final"},
    )
    assert [event.slug for event in Event.objects.order_by("pk")] == [
        "croft-2018",
        "croft-2018-2",
        "croft-2018-final",
    ]


def test_a_session_without_a_time_has_its_day_or_nothing():
    rows = [RESULT | {"day": "2018-09-08"}, RESULT | {"session": "Race 2"}]
    imported(*rows)
    first, second = Session.objects.order_by("order")
    assert (first.day, first.start, first.precision) == (
        *(date(2018, 9, 8), None),
        DAY_ONLY,
    )
    assert (second.day, second.precision) == (None, DAY_ONLY)


def test_sessions_keep_the_order_of_the_file():
    names = ["Tidskval", "Race 2", "Race 1"]
    imported(*(RESULT | {"session": name} for name in names))
    assert [session.name_sv for session in Session.objects.all()] == names


# Drivers


def names_made(*written, **options):
    """The names of drivers made out of rows, each the only driver of a car."""
    imported(
        *(
            RESULT | {"number": str(number), "drivers": name, "position": ""}
            for number, name in enumerate(written)
        ),
        **options,
    )
    return {
        (driver.first_name, driver.last_name, driver.slug)
        for driver in Driver.objects.all()
    }


def test_names_are_taken_apart_at_the_comma_or_before_the_surname():
    assert names_made("Anna Berg", "van der Berg, Bo", "Cia von der Lund") == {
        ("Anna", "Berg", "anna-berg"),
        ("Bo", "van der Berg", "bo-van-der-berg"),
        ("Cia", "von der Lund", "cia-von-der-lund"),
    }


def test_somebody_new_is_one_person_however_the_name_is_written():
    written = ("B. Müller", "Bo Müller", "Müller, Bo", "Bo MULLER", "bo muller")
    assert names_made(*written) == {("Bo", "Müller", "bo-muller")}


def test_new_drivers_are_guests_or_have_pages_as_former_drivers():
    imported(RESULT)
    assert Driver.objects.get().status == GUEST
    imported(
        RESULT | {"number": "2", "drivers": "Bo Ek", "position": "2"}, have_pages=True
    )
    assert Driver.objects.get(last_name="Ek").status == FORMER


def test_a_crew_stands_in_order_and_who_drove_is_credited():
    imported(
        RESULT
        | {"drivers": "Anna Berg; Bo Ek; Cia Lund", "credited": "Cia Lund; Bo Ek"}
    )
    result = Result.objects.with_credits().get()
    crew = [driver.first_name for driver in result.entry.crew_drivers]
    assert crew == ["Anna", "Bo", "Cia"]
    assert [driver.first_name for driver in result.credited_drivers] == ["Cia", "Bo"]


# What becomes of cars


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"position": "3"}, (CLASSIFIED, True, 3, False)),
        ({"position": "=3"}, (CLASSIFIED, True, 3, True)),
        ({"position": "", "status": "Ret"}, (RETIRED, False, None, False)),
        ({"position": "9", "status": "†"}, (RETIRED, True, 9, False)),
        ({"position": "DSQ"}, (DISQUALIFIED, False, None, False)),
        ({"position": "", "status": "classified"}, (CLASSIFIED, True, None, False)),
        ({"position": "", "time": "DNF"}, (RETIRED, False, None, False)),
        ({"position": "–"}, ("", False, None, False)),
    ],
)
def test_status_and_position_go_together(cells, expected):
    imported(RESULT | cells)
    result = Result.objects.get()
    assert (
        *(result.status, result.is_classified),
        *(result.position, result.is_tied),
    ) == expected


def test_a_race_in_two_parts_is_one_start():
    parts = {"session": "Race, part 2", "first_part": "Race, part 1"}
    imported(
        RESULT | {"session": "Race, part 1", "position": "2"},
        RESULT | parts,
    )
    first, second = Session.objects.order_by("order")
    assert (first.name_sv, first.result_in) == ("Race, part 1", second)
    driver = Driver.objects.get()
    (line,) = careers([driver])[driver.pk].lines
    assert (line.totals.starts, line.totals.wins, line.totals.podiums) == (1, 1, 1)


def test_a_first_part_without_results_is_made_too():
    imported(RESULT | {"session": "Part 2", "first_part": "Part 1"})
    assert [
        (session.name_sv, session.results.count()) for session in Session.objects.all()
    ] == [("Part 1", 0), ("Part 2", 1)]


def test_a_weekend_counts_for_further_championships():
    imported(RESULT | {"also_counts_for": "Baltic Trophy; TCR Cup 2019"})
    rounds = EventRound.objects.order_by("season__year")
    assert [str(item.season) for item in rounds] == [
        "Baltic Trophy 2018",
        "TCR Cup 2019",
    ]
    imported(RESULT | {"also_counts_for": "Baltic Trophy"})
    assert EventRound.objects.count() == 2


# How it is done


def queries_for(weekends, year):
    """How many queries an import of so many weekends of a new season asks."""
    rows = [
        RESULT
        | {"year": year, "event": f"Round {weekend}", "first_day": "", "last_day": ""}
        | {"number": str(place), "position": str(place), "drivers": f"{name}a Berg"}
        for weekend in range(weekends)
        for place, name in enumerate("ABCDE", start=1)
    ]
    with CaptureQueriesContext(connection) as asked:
        imported(*rows)
    return len(asked)


def test_the_number_of_queries_does_not_hang_on_the_rows():
    imported(RESULT)
    queries_for(1, "2019")  # who is new is made
    assert queries_for(1, "2020") == queries_for(8, "2021")
    assert Result.objects.count() == 1 + 5 * 10


def test_a_stored_result_that_the_file_does_not_name_is_left_alone():
    event = make_event(season=make_season(year=2018))
    session = make_session(event=event)
    other = make_result(
        session=session,
        entry=make_entry(event=event, number="99"),
        status=CLASSIFIED,
        is_classified=True,
        position=2,
    )
    imported(
        {"series": "24h-series", "year": "2018", "event_slug": event.slug}
        | {"session": "Race", "number": "1", "position": "1"}
    )
    other.refresh_from_db()
    assert other.position == 2
    assert session.results.count() == 2
