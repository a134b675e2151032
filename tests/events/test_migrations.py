"""Rows that were there before a rule was: events.migrations."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("events", "0001_initial")]
AFTER = [("events", "0002_amendments_and_ties")]


def migrate(targets):
    """The models as they were after a migration, once the database stands there."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.fixture
def back_to_the_present():
    yield
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())


def make_session(apps):
    def create(label, **fields):
        return apps.get_model(label).objects.create(**fields)

    series = create("racing.Series", name="STCC", short_name="STCC", slug="stcc")
    event = create(
        "events.Event",
        season=create("racing.Season", series=series, year=2022),
        circuit=create(
            "racing.Circuit",
            name="Skellefteå",
            slug="skelleftea",
            country="SE",
            time_zone="Europe/Stockholm",
        ),
        name="Skellefteå",
        slug="skelleftea-2022",
    )
    session = create(
        "events.Session", event=event, kind="race", name_sv="Race", precision="day_only"
    )
    for number, position in enumerate([1, 2, 2, None, None], start=1):
        create(
            "events.Result",
            session=session,
            entry=create("events.Entry", event=event, number=str(number)),
            status="classified",
            is_classified=True,
            position=position,
        )
    create(
        "events.Amendment",
        session=session,
        decided_on=date(2022, 9, 2),
        body="SBF",
        reason_sv="Kontakt",
    )


@pytest.mark.usefixtures("back_to_the_present")
def test_rows_of_before_fit_the_rules_of_ties_and_of_sources():
    make_session(migrate(BEFORE))
    apps = migrate(AFTER)
    results = apps.get_model("events.Result").objects.order_by("pk")
    assert [(result.position, result.is_tied) for result in results] == [
        (1, False),
        (2, True),
        (2, True),
        (None, False),
        (None, False),
    ]
    amendment = apps.get_model("events.Amendment").objects.get()
    assert (amendment.body_sv, amendment.body_en, amendment.source) == ("SBF", "", "–")
