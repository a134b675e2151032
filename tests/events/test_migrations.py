"""Rows that were there before a rule was: events.migrations."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("events", "0001_initial")]
AFTER = [("events", "0002_amendments_and_ties")]
BEFORE_UIDS = [("events", "0004_poles_and_fastest_laps_by_session")]
WITH_UIDS = [("events", "0005_uids_and_revisions")]


def migrate(targets):
    """The models as they were after a migration, once the database stands there."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.fixture
def back_to_the_present():
    yield
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())


def creator(apps):
    def create(label, **fields):
        return apps.get_model(label).objects.create(**fields)

    return create


def make_event(create):
    series = create("racing.Series", name="STCC", short_name="STCC", slug="stcc")
    circuit = create(
        "racing.Circuit",
        name="Skellefteå",
        slug="skelleftea",
        country="SE",
        time_zone="Europe/Stockholm",
    )
    return create(
        "events.Event",
        season=create("racing.Season", series=series, year=2022),
        circuit=circuit,
        name="Skellefteå",
        slug="skelleftea-2022",
    )


RACE = {"kind": "race", "name_sv": "Race", "precision": "day_only"}


def make_session(apps):
    create = creator(apps)
    event = make_event(create)
    session = create("events.Session", event=event, **RACE)
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


def look_at_ties_and_sources(apps):
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


def make_past(apps):
    """Two sessions and one that is gone, with their histories."""
    create = creator(apps)
    event = apps.get_model("events.Event").objects.get()
    kept = [create("events.Session", event=event, **RACE).pk for _number in range(2)]
    entry = {"event": event, "history_date": datetime(2022, 5, 1, tzinfo=UTC), **RACE}
    for key, kinds in {kept[0]: "+~", kept[1]: "+", max(kept) + 1: "+-"}.items():
        for kind in kinds:
            create("events.HistoricalSession", id=key, history_type=kind, **entry)


def look_at_uids(apps):
    past = apps.get_model("events.HistoricalSession").objects.order_by("history_id")
    uids = {}
    for key, uid in past.values_list("id", "uid"):
        assert uids.setdefault(key, uid) == uid
    assert len(set(uids.values()) - {None}) == 3
    for session in apps.get_model("events.Session").objects.filter(pk__in=uids):
        assert session.uid == uids[session.pk]
        assert session.sequence == 0
    assert apps.get_model("events.Event").objects.get().uid is not None


@pytest.mark.usefixtures("back_to_the_present")
def test_rows_of_before_fit_the_rules_that_came_later():
    """Going back takes seconds: every migration that moves rows is looked at on the way."""
    make_session(migrate(BEFORE))
    look_at_ties_and_sources(migrate(AFTER))
    make_past(migrate(BEFORE_UIDS))
    look_at_uids(migrate(WITH_UIDS))
