"""A championship of 77 seasons: imported, and every total of every driver recounted."""

from collections import Counter
from dataclasses import asdict

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from drivers.models import Driver
from events.career import careers
from events.models import (
    DID_NOT_START,
    DISQUALIFIED,
    IN_CLASS,
    RETIRED,
    Entry,
    EntryDriver,
    Event,
    EventRound,
    Result,
    ResultDriver,
    Session,
)
from racing.models import Season
from tests.adminpages import client_of
from tests.events.championship import (
    DRIVERS,
    LISTS,
    RESULTS,
    SEASONS,
    WEEKENDS,
    generate,
)
from tests.events.recount import FIGURES, recount
from tests.factories import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def championship():
    return generate()


@pytest.fixture(scope="module")
def files(championship, tmp_path_factory):
    return championship.write(tmp_path_factory.mktemp("championship"))


def queries_of(client, path):
    """How many queries a page asks."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(path)
    assert response.status_code == 200, path
    return len(asked)


@pytest.fixture(scope="module")
def asked_of_few(championship, tmp_path_factory, django_db_setup, django_db_blocker):
    """{path: queries} of LISTS on a site that holds the first few rows alone."""
    files = championship.beginning(60).write(tmp_path_factory.mktemp("few"))
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("import_career", *map(str, files), "--drivers-with-pages")
        client = client_of(make_staff())
        for path in LISTS:
            client.get(path)  # what the process keeps is kept from now on
        asked = {path: queries_of(client, path) for path in LISTS}
        transaction.set_rollback(True)
    return asked


@pytest.fixture(scope="module")
def site(files, asked_of_few, django_db_setup, django_db_blocker):
    """A site that holds the whole championship, once for all tests of it."""
    with django_db_blocker.unblock():
        everything = transaction.atomic()
        everything.__enter__()
        call_command("import_career", *map(str, files), "--drivers-with-pages")
        # Else every test that ends would have PostgreSQL check all of it again.
        connection.check_constraints()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        everything.__exit__(None, None, None)


# What is made up


def test_it_is_the_same_every_time(championship):
    again = generate()
    assert again.results == championship.results
    assert again.seasons == championship.seasons
    assert generate(seed=1).results != championship.results


def test_it_is_as_large_as_the_largest(championship):
    rows = championship.results
    assert len(rows) == RESULTS
    assert len({(row["series"], row["year"]) for row in rows}) == SEASONS
    weekends = {(row["series"], row["year"], row["round"]) for row in rows}
    assert len(weekends) == WEEKENDS
    crews = {name for row in rows for name in row["drivers"].split("; ")}
    assert len(crews) == DRIVERS


def test_everything_happens_that_is_hard_to_count(site):
    results = Result.objects.all()
    happened = {
        "ties": results.filter(is_tied=True),
        "ties in class": results.filter(is_tied_in_class=True),
        "half points": results.filter(points=7.5),
        "disqualified": results.filter(status=DISQUALIFIED),
        "did not start": results.filter(status=DID_NOT_START),
        "retired and classified": results.filter(status=RETIRED, is_classified=True),
        "nobody knows": results.filter(status=""),
        "a place that is not known": results.filter(is_classified=True, position=None),
        "class wins": results.filter(class_position=1, position__gt=1),
        "poles in class": results.filter(pole=IN_CLASS),
        "races in two parts": Session.objects.exclude(result_in=None),
        "results of first parts": results.exclude(session__result_in=None),
        "qualifying": results.filter(session__kind="qualifying"),
        "several championships": EventRound.objects.all(),
        "credited": ResultDriver.objects.all(),
        "seconds in a crew": EntryDriver.objects.filter(order=2),
        "typed seasons": Driver.objects.filter(career__totals="typed"),
        "counted seasons": Driver.objects.filter(career__totals="counted"),
        "seasons that run": Season.objects.filter(is_over=False),
    }
    rare = {what: rows.count() for what, rows in happened.items() if rows.count() < 15}
    assert rare == {"seasons that run": 2}


# What the import makes of it


def test_every_row_is_imported(site, championship):
    assert Result.objects.count() == Result.history.count() == RESULTS
    assert (Season.objects.count(), Event.objects.count()) == (SEASONS, WEEKENDS)
    assert Driver.objects.count() == DRIVERS
    for model in (Season, Event, Session, Entry, EntryDriver, ResultDriver, Driver):
        assert model.objects.count() == model.history.count(), model


def test_every_place_is_as_it_was_written(site, championship):
    """(season, weekend, session, number) of every car that has a place."""
    written = Counter(
        (
            *(row["series"], int(row["year"]), row["event"], row["session"]),
            *(row["number"], int(row["position"].removeprefix("="))),
        )
        for row in championship.results
        if row.get("position")
    )
    season = "session__event__season"
    stored = Result.objects.exclude(position=None).values_list(
        *(f"{season}__series__short_name", f"{season}__year", "session__event__name"),
        *("session__name_sv", "entry__number", "position"),
    )
    assert Counter(stored) == written


def test_every_total_of_every_driver_equals_the_recount(site, championship):
    """By season and for the whole career, titles too."""
    expected = recount(championship.results, championship.seasons)
    drivers = list(Driver.objects.all())
    assert {driver.name for driver in drivers} == expected.keys()
    found = careers(drivers)
    wrong = {}
    for driver in drivers:
        career = found[driver.pk]
        seasons = {
            (str(line.season.series), line.season.year): asdict(line.totals)
            for line in career.lines
        }
        whole = {
            name: (figure.value, figure.is_at_least)
            for name, figure in career.figures.items()
        }
        counted = expected[driver.name]
        if (seasons, whole) != (counted.seasons, counted.career):
            wrong[driver.name] = seasons, whole, counted
    assert wrong == {}


def test_the_recount_is_not_of_nothing(championship):
    """Most figures are known, and some are not: the two could differ."""
    counted = recount(championship.results, championship.seasons).values()
    for figure in FIGURES:
        figures = [totals[figure] for one in counted for totals in one.seasons.values()]
        assert sum(figure is not None for figure in figures) > 1_500, figure
        assert figures.count(None) > 100, figure
    assert sum(one.career["titles"][0] or 0 for one in counted) > 20


# The pages


@pytest.fixture
def veteran(championship):
    first, last = championship.veteran.split(" ", 1)
    return Driver.objects.get(first_name=first, last_name=last)


def test_the_page_of_a_driver_with_350_races_asks_at_most_14_times(site, veteran):
    assert len(careers([veteran])[veteran.pk].races) >= 350
    assert queries_of(Client(), f"/sv{veteran.get_absolute_url()[3:]}") <= 14


@pytest.mark.parametrize("path", LISTS)
def test_a_list_asks_no_more_of_a_championship_than_of_a_weekend(
    site, asked_of_few, path
):
    assert queries_of(client_of(make_staff()), path) == asked_of_few[path]
