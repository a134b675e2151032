"""The demonstration's two scenes: what each holds, and that it is left alone."""

import datetime as dt
import re
from collections import Counter

import pytest
from django.core.management import CommandError
from django.urls import reverse

from drivers.models import GUEST, Biography, CareerResult, Driver
from events.career import careers
from events.models import RACE, Event, Result, Session
from racing.demo import loading
from racing.demo.loading import ARCHIVE
from racing.models import Photo, Team, User
from racing.permissions import PRESS_OFFICERS
from tests.demos import TABLES, demo, in_archive, in_race_week, rows_of

RACE_WEEK_DAY = dt.date(2022, 5, 12)


# The race week.


@in_race_week
def test_the_race_week_holds_nothing_that_became_known_later(filled, db):
    expected = {
        table.name: {
            row.key for row in rows_of(table.name) if row.known_from <= RACE_WEEK_DAY
        }
        for table in TABLES
    }
    for table in TABLES:
        assert table.model.objects.count() == len(expected[table.name]), table.name


@in_race_week
def test_the_race_week_has_no_future_result(filled, db):
    latest = Result.objects.exclude(session__day=None, session__start=None)
    days = {
        result.session.day or result.session.start.date()
        for result in latest.select_related("session")
    }
    assert max(days) == dt.date(2022, 4, 23)
    assert not Result.objects.filter(
        session__event__first_day__gt=RACE_WEEK_DAY
    ).exists()


@in_race_week
def test_the_race_week_knows_the_season_as_it_stood(filled, db):
    line = CareerResult.objects.get(
        driver__slug="andreas-backman", season__series__slug="stcc", season__year=2022
    )
    assert Event.objects.get(slug="hankook-24h-sebring-2022").status == "confirmed"
    assert (line.team.name, line.position, line.wins) == (
        "Lestrup Racing Team",
        None,
        None,
    )
    assert line.season.is_over is False
    assert line.season.rounds is None


@in_race_week
def test_the_hockenheim_timetable_is_stored_in_utc(filled, db):
    sessions = Session.objects.filter(event__slug="hankook-12h-hockenheimring-2022")
    assert [f"{session.start:%d %H:%M} {session.start:%Z}" for session in sessions] == [
        "13 14:20 UTC",
        "13 17:05 UTC",
        "14 11:55 UTC",
        "15 12:05 UTC",
    ]


@in_race_week
def test_the_two_parts_of_the_race_have_one_result(filled, db):
    first = Session.objects.get(name_sv="Race – del 1")
    assert first.result_in.name_sv == "Race – del 2"


@in_race_week
def test_the_first_corner_count_carries_its_conflict(filled, db):
    layout = Event.objects.get(slug="hankook-12h-hockenheimring-2022").layout
    assert (layout.length_m, layout.corners) == (4574, 16)
    assert layout.source_note_sv.endswith("Databasen F1DB räknar till 17.")


@in_race_week
def test_the_pictures_are_drawn_and_say_so(filled, db):
    photos = Photo.objects.all()
    assert {photo.credit_line for photo in photos} == {"Illustration: Pitboard"}
    assert {photo.image.name.rpartition(".")[2] for photo in photos} == {"jpg"}
    assert Driver.objects.filter(portrait=None).exclude(status=GUEST).count() == 0


@in_race_week
def test_the_history_names_the_scene(filled, db):
    reasons = set(Event.history.values_list("history_change_reason", flat=True))
    assert reasons == {"Demo: race-week"}


@in_race_week
def test_a_second_run_changes_nothing_and_says_so(filled, db):
    before = loading.contents(), Event.history.count(), User.objects.get().password
    again = demo()
    assert again.startswith("The site holds the scene race-week: nothing is changed.")
    assert "changepassword press" in again
    after = loading.contents(), Event.history.count(), User.objects.get().password
    assert after == before


@in_race_week
def test_what_was_edited_stays_as_it_is(filled, db):
    Team.objects.filter(is_home=True).update(short_name="Edited")
    demo("--if-empty")
    assert Team.objects.home().short_name == "Edited"


@in_race_week
def test_the_other_scene_is_refused(filled, db):
    with pytest.raises(CommandError, match="The site holds the scene race-week"):
        demo(ARCHIVE)


@in_race_week
def test_one_press_officer_is_made_and_no_superuser(filled, db):
    user = User.objects.get()
    password = re.search(r"with the password (\S+)", filled)[1]
    assert (user.username, user.is_staff, user.is_superuser) == ("press", True, False)
    assert [group.name for group in user.groups.all()] == [PRESS_OFFICERS]
    assert user.check_password(password)
    assert len(password) >= 16
    assert f"http://testserver{reverse('admin:index')}" in filled


@in_race_week
def test_the_password_is_printed_once(filled, db):
    assert "password" in filled
    assert "with the password" not in demo()


# The archive.


@in_archive
def test_the_archive_holds_every_key_of_every_file(filled, db):
    for table in TABLES:
        keys = {row.key for row in rows_of(table.name)}
        assert table.model.objects.count() == len(keys), table.name


@in_archive
def test_the_archive_has_a_result_for_each_that_is_sourced(filled, db):
    """107 races and qualifyings told of, and 35 grid-deciding positions beside them."""
    assert Result.objects.filter(session__kind="qualifying").count() == 37
    assert Result.objects.exclude(session__kind="qualifying").count() == 105
    assert Result.objects.count() == len({row.key for row in rows_of("results")})


@in_archive
def test_a_shared_car_credits_the_named_driver(filled, db):
    results = Result.objects.filter(
        session__event__slug="adac-gt4-germany-oschersleben-2023", session__kind=RACE
    )
    credited = [
        [place.driver.first_name for place in result.credits.all()]
        for result in results
    ]
    assert credited == [["Andreas"], ["Jessica"]]


@in_archive
def test_the_archive_knows_what_changed(filled, db):
    assert Event.objects.get(slug="hankook-24h-sebring-2022").status == "cancelled"
    assert (
        Event.objects.get(slug="stcc-ljungbyhed-2022").name
        == "STCC Campus Ljungbyhed Airport Race"
    )
    assert Biography.objects.filter(text__contains="PROsport").count() == 4


@in_archive
def test_a_cell_that_changed_keeps_all_its_sources(filled, db):
    source = Event.objects.get(slug="hankook-24h-sebring-2022").source
    assert "press release, May 2022" in source
    assert "speedwaydigest.com" in source


@in_archive
def test_a_season_has_no_fewer_wins_than_its_results_show(filled, db):
    drivers = list(Driver.objects.exclude(status=GUEST))
    published = {
        (line.record.driver_id, line.record.season_id): line.totals.wins
        for career in careers(drivers).values()
        for line in career.lines
    }
    wins = Counter(
        Result.objects.filter(session__kind=RACE, position=1)
        .filter(entry__crew__driver__in=drivers)
        .values_list("entry__crew__driver", "session__event__season")
    )
    assert wins.total() == 8  # two of them at Anderstorp, none at Skellefteå
    assert [key for key, count in wins.items() if published[key] < count] == []
