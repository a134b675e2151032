"""History of rows that are written in bulk: as if each had been saved by itself."""

import pytest
from simple_history.models import HistoricalRecords

from racing import history
from racing.models import Person, Team
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


MANY = 2 * history.BATCH + 1


def stored_teams():
    return list(Team.objects.order_by("pk").values("pk", "name", "founded", "country"))


def test_many_rows_get_their_keys_in_order_and_each_its_history():
    make_team(name="Before", slug="before").delete()
    teams = [
        Team(name=f"Team {n}", slug=f"team-{n}", country="SE") for n in range(MANY)
    ]
    history.create(teams)
    assert stored_teams() == [
        {"pk": team.pk, "name": team.name, "founded": None, "country": "SE"}
        for team in teams
    ]
    recorded = Team.history.filter(name__startswith="Team").order_by("history_id")
    assert list(recorded.values_list("id", "history_type")) == [
        (team.pk, "+") for team in teams
    ]
    before = Team.history.exclude(name__startswith="Team").values_list("id", flat=True)
    assert set(before).isdisjoint(team.pk for team in teams)


def test_many_rows_are_changed_each_with_its_history():
    teams = [Team(name=f"Team {n}", slug=f"team-{n}") for n in range(MANY)]
    history.create(teams)
    for year, team in enumerate(teams, start=1900):
        team.founded = year if year < 2200 else None
    history.update(teams, ["founded"], "a test")
    assert stored_teams() == [
        {"pk": team.pk, "name": team.name, "founded": team.founded, "country": ""}
        for team in teams
    ]
    changes = Team.history.filter(history_type="~", history_change_reason="a test")
    assert list(changes.order_by("history_id").values_list("founded", flat=True)) == [
        team.founded for team in teams
    ]


@pytest.mark.parametrize("count", [1, MANY])
def test_rows_refer_to_those_that_got_their_keys_after_them(count):
    team = Team(name="A Team", slug="a-team")
    people = [Person(team=team, name=f"Person {n}") for n in range(count)]
    history.create([team])
    history.create(people)
    assert {person.team for person in Person.objects.all()} == {team}


def test_history_is_written_by_batches(django_assert_num_queries):
    teams = [Team(name=f"Team {n}", slug=f"team-{n}") for n in range(MANY)]
    history.create(teams)
    with django_assert_num_queries(3):
        history.record(teams, history.CHANGED)


@pytest.mark.parametrize("count", [1, 30])
def test_few_rows_take_two_queries(count, django_assert_num_queries):
    teams = [Team(name=f"Team {n}", slug=f"team-{n}") for n in range(count)]
    with django_assert_num_queries(2):
        history.create(teams)
    with django_assert_num_queries(2):
        history.update(teams, ["name"])
    with django_assert_num_queries(2):
        history.delete(teams)


def test_nothing_to_write_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        history.create([])
        history.update([], ["name"])
        history.delete([])
