"""What stands in people’s calendars: its UID stays, its revision follows its facts."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from events.models import Event, Session
from tests import factories
from tests.events.imports import RESULT, imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def race(event):
    return factories.make_session(event=event)


def changed(row, **facts):
    """The row saved with other facts: (revision, whether it is dated anew, its UID)."""
    before = type(row).objects.get(pk=row.pk)
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    row.refresh_from_db()
    return row.sequence, row.revised_at > before.revised_at, row.uid == before.uid


def test_every_session_and_every_weekend_has_a_uid_of_its_own(event, race):
    other = factories.make_session(event=event)
    assert isinstance(race.uid, UUID)
    assert len({race.uid, other.uid, event.uid}) == 3
    assert (race.sequence, event.sequence) == (0, 0)


@pytest.mark.parametrize(
    "facts",
    [
        {"name_sv": "Lopp"},
        {"name_en": "Race one"},
        {"start": datetime(2022, 5, 14, 12, 15, tzinfo=UTC)},
        {"start": None, "day": date(2022, 5, 14), "precision": "day_only"},
        {"precision": "provisional"},
        {"length_minutes": 45},
        {"status": "cancelled"},
    ],
)
def test_a_fact_of_the_calendar_is_a_revision_of_a_session(race, facts):
    assert changed(race, **facts) == (1, True, True)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"kind": "practice"},
        {"note_sv": "Regn"},
        {"order": 2},
        {"source": "Bulletin"},
        {"classification": "provisional"},
    ],
)
def test_other_facts_are_no_revision_of_a_session(race, facts):
    assert changed(race, **facts) == (0, False, True)


def test_a_weekend_is_revised_by_its_name_place_days_and_status(event):
    other = factories.make_circuit(name="Nürburgring", slug="nurburgring")
    for number, facts in enumerate(
        [
            {"name": "Loppet"},
            {"circuit": other},
            {"first_day": date(2022, 5, 12)},
            {"last_day": date(2022, 5, 16)},
            {"status": "cancelled"},
        ],
        start=1,
    ):
        assert changed(event, **facts) == (number, True, True)
    assert changed(event, round="4", summary_sv="Regn") == (5, False, True)


def test_what_is_moved_twice_cancelled_and_renamed_keeps_its_uid(race):
    for number, facts in enumerate(
        [
            {"start": datetime(2022, 5, 14, 12, 15, tzinfo=UTC)},
            {"start": datetime(2022, 5, 15, 8, 0, tzinfo=UTC)},
            {"status": "cancelled"},
            {"name_sv": "Lopp 1"},
        ],
        start=1,
    ):
        assert changed(race, **facts) == (number, True, True)


@pytest.mark.parametrize(
    "bring_back",
    [
        pytest.param(lambda old: old.save(), id="the whole row"),
        pytest.param(lambda old: old.save(update_fields=["start"]), id="one column"),
    ],
)
def test_bringing_back_an_older_version_is_one_more_revision(race, bring_back):
    first, uid = race.start, race.uid
    changed(race, start=datetime(2022, 5, 14, 12, 15, tzinfo=UTC))
    changed(race, start=datetime(2022, 5, 14, 13, 15, tzinfo=UTC))
    bring_back(race.history.last().instance)
    race.refresh_from_db()
    assert (race.start, race.sequence, race.uid) == (first, 3, uid)


def test_a_row_that_was_read_before_does_not_set_the_revision_back(race):
    stale = Session.objects.get(pk=race.pk)
    changed(race, start=datetime(2022, 5, 14, 12, 15, tzinfo=UTC))
    stale.start = race.start
    stale.note_sv = "Regn"
    stale.save()
    race.refresh_from_db()
    assert (race.sequence, race.note_sv) == (1, "Regn")


def test_saving_another_column_alone_leaves_the_revision(event):
    event.round = "4"
    event.save(update_fields=["round"])
    assert Event.objects.get().sequence == 0
    event.name = "Loppet"
    event.save(update_fields=["name"])
    assert Event.objects.get().sequence == 1


def test_the_history_keeps_each_revision(race):
    changed(race, status="delayed")
    changed(race, status="cancelled")
    past = race.history.order_by("history_id").values_list("sequence", "uid")
    assert list(past) == [(number, race.uid) for number in range(3)]


def test_an_import_that_fills_in_what_was_missing_is_a_revision(db):
    imported(RESULT)
    before = Session.objects.get()
    imported(RESULT | {"day": "2018-09-08", "start": "14:15"})
    after = Session.objects.get()
    assert (after.start is None, before.start) == (False, None)
    assert (after.uid, after.sequence) == (before.uid, 1)
    assert after.revised_at > before.revised_at
    imported(RESULT | {"day": "2018-09-08", "start": "14:15"})
    assert Session.objects.get().sequence == 1
