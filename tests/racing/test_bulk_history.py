"""History of rows that are written in bulk: as if each had been saved by itself."""

import pytest
from simple_history.models import HistoricalRecords

from racing import history
from racing.models import Team
from tests.factories import make_staff, make_team

pytestmark = pytest.mark.django_db

ABOUT = ("history_id", "history_date")


def rows_of(team):
    """The history of a team, but for what tells two rows apart."""
    return [
        {name: value for name, value in row.items() if name not in ABOUT}
        for row in Team.history.filter(id=team.pk).order_by("history_id").values()
    ]


def saved_one_by_one(team):
    team._change_reason = "a test"
    team.save()
    team.short_name = "Changed"
    team.save()
    key = team.pk
    team.delete()
    return Team(pk=key)


def written_in_bulk(team):
    history.create([team], "a test")
    team.short_name = "Changed"
    history.update([team], ["short_name"], "a test")
    key = team.pk
    history.delete([team], "a test")
    return Team(pk=key)


def test_what_is_written_in_bulk_has_the_history_of_what_is_saved():
    values = {"name": "A Team", "slug": "a-team", "founded": 2004, "country": "SE"}
    one = rows_of(saved_one_by_one(Team(**values)))
    other = rows_of(written_in_bulk(Team(**values)))
    assert [row["history_type"] for row in other] == ["+", "~", "-"]
    for row in one + other:
        row.pop("id")
    assert other == one
    assert Team.objects.count() == 0


def test_history_is_dated_when_it_was_written():
    before = make_team(name="Before", slug="before").history.get().history_date
    team = Team(name="A Team", slug="a-team")
    history.create([team])
    after = make_team(name="After", slug="after").history.get().history_date
    assert before < team.history.get().history_date < after


def test_history_names_who_is_logged_in(rf):
    HistoricalRecords.context.request = rf.get("/")
    HistoricalRecords.context.request.user = make_staff()
    try:
        team = Team(name="A Team", slug="a-team")
        history.create([team])
    finally:
        del HistoricalRecords.context.request
    assert team.history.get().history_user.username == "chief"


def test_any_number_of_rows_is_written_by_batches(django_assert_num_queries):
    count = 2 * history.BATCH + 1
    teams = [Team(name=f"Team {n}", slug=f"team-{n}") for n in range(count)]
    history.create(teams)
    assert Team.history.count() == Team.objects.count() == count
    assert list(Team.history.order_by("history_id").values_list("id", flat=True)) == [
        team.pk for team in teams
    ]
    with django_assert_num_queries(3):
        history.record(teams, history.CHANGED)


def test_nothing_to_write_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        history.create([])
        history.update([], ["name"])
        history.delete([])
