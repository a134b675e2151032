"""What tests of a driver's pages begin with: a season, its weekend, an entry."""

import pytest

from tests.factories import (
    make_car,
    make_circuit,
    make_class,
    make_driver,
    make_entry,
    make_season,
    make_series,
    make_team,
)
from tests.seasons import make_weekend


@pytest.fixture
def after_the_season(travel):
    travel("2023-01-01T12:00+01:00")


@pytest.fixture
def driver(db):
    return make_driver()


@pytest.fixture
def season(db):
    series = make_series(short_name="TCR UK", slug="tcr-uk")
    return make_season(series=series, year=2018, is_over=True)


@pytest.fixture
def event(season):
    return make_weekend(season=season, circuit=make_circuit(abbreviation="HOC"))


@pytest.fixture
def entry(event, driver):
    return make_entry(
        event=event,
        number="19",
        drivers=[driver],
        team=make_team(),
        car=make_car(),
        racing_class=make_class(),
    )
