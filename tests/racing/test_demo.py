"""The demonstration: what its two scenes hold, and what its loading refuses."""

import csv
import datetime as dt
import re
import shutil
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.urls import reverse
from django.utils import translation

from drivers.models import GUEST, Biography, CareerResult, Driver
from events.career import careers
from events.models import OVERALL, RACE, Event, Result, Session
from racing.demo import files, loading
from racing.demo.files import FOLDER, DataError
from racing.demo.loading import ARCHIVE, RACE_WEEK
from racing.demo.tables import TABLES
from racing.models import Photo, Team, User
from racing.permissions import PRESS_OFFICERS
from tests.factories import make_circuit

RACE_WEEK_DAY = dt.date(2022, 5, 12)


def demo(*arguments):
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def rows_of(name):
    (table,) = (table for table in TABLES if table.name == name)
    return files.read(name, table.columns)


def all_rows():
    return [row for table in TABLES for row in files.read(table.name, table.columns)]


@pytest.fixture(scope="module")
def filled(request, django_db_setup, django_db_blocker, tmp_path_factory):
    """A site filled with a scene once for all tests of it; what the loading said.

    Each test runs in a savepoint of its own. Tests of an empty site stand above.
    """
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock():
        everything = transaction.atomic()
        everything.__enter__()
        with media:
            said = demo(request.param)
    yield said
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        everything.__exit__(None, None, None)


in_race_week = pytest.mark.parametrize("filled", [RACE_WEEK], indirect=True)
in_archive = pytest.mark.parametrize("filled", [ARCHIVE], indirect=True)


@pytest.fixture
def folder(tmp_path):
    """A copy of the data files, to be spoilt."""
    copy = tmp_path / "demo"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


def spoil(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# The files.


def test_every_row_has_a_source_and_the_day_it_became_known():
    rows = all_rows()
    assert len(rows) > 500
    assert [row for row in rows if not row.source] == []
    assert {type(row.known_from) for row in rows} == {dt.date}


def test_no_two_files_hold_the_same_model():
    models = [table.model for table in TABLES]
    assert len(models) == len(set(models))


def test_every_data_file_is_loaded():
    names = {path.stem for path in FOLDER.iterdir() if path.suffix in (".csv", ".toml")}
    assert names == {table.name for table in TABLES}


def test_no_result_is_known_before_the_day_of_its_session():
    days = {
        row.key: dt.date.fromisoformat(row.cells["day"])
        for row in rows_of("sessions")
        if "day" in row.cells
    }
    results = rows_of("results")
    dated = [row for row in results if row.cells["session"] in days]
    assert len(dated) > 60
    assert [
        row.key for row in dated if row.known_from < days[row.cells["session"]]
    ] == []


def test_a_biography_has_its_length_within_a_tenth():
    lengths = {}
    for row in rows_of("biographies"):
        wanted = int(row.cells["length"])
        if wanted:
            lengths[row.key, row.known_from] = abs(
                len(row.cells["text"].split()) - wanted
            ) <= (wanted / 10)
    assert len(lengths) == 24
    assert [key for key, fits in lengths.items() if not fits] == []


def test_rows_of_a_key_stand_in_the_order_they_became_known(folder):
    with (folder / "people.csv").open("a", encoding="utf-8", newline="") as file:
        cells = ["fredrik-lestrup", "", "", "", "", "", "2019-01-01", "a source", ""]
        csv.writer(file).writerow(cells)
    (table,) = (table for table in TABLES if table.name == "people")
    with pytest.raises(DataError, match="An earlier line of 'fredrik-lestrup'"):
        files.read("people", table.columns, folder)


def test_a_later_row_wins_column_by_column(folder):
    rows = rows_of("people")
    (before,) = (
        fact
        for fact in files.known(rows, RACE_WEEK_DAY)
        if fact.key == "fredrik-lestrup"
    )
    (after,) = (
        fact for fact in files.known(rows, None) if fact.key == "fredrik-lestrup"
    )
    assert before.cells["role_en"] == "co-owner"
    assert after.cells["role_en"] == "co-owner and co-founder"
    assert after.cells["name"] == "Fredrik Lestrup"


# An empty site, and one that is not.


def test_a_site_with_content_is_left_alone(db):
    make_circuit()
    with pytest.raises(CommandError) as refusal:
        demo()
    assert str(refusal.value) == (
        "The site has content and is left as it is: 1 circuit. "
        "The demonstration needs an empty database."
    )
    assert User.objects.count() == 0


def test_a_site_with_content_is_left_alone_in_silence_if_asked(db):
    make_circuit()
    assert demo("--if-empty") == ""
    assert Team.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        (
            "circuits.csv",
            "Europe/Berlin",
            "Europe/Nowhere",
            r"circuits\.csv, line \d+, column time_zone: .*Europe/Nowhere",
        ),
        (
            "entries.csv",
            "andreas-backman,2018-03-31",
            "nobody,2018-03-31",
            r"entries\.csv, line 2, column drivers: There is no 'nobody' in drivers",
        ),
        (
            "sessions.csv",
            "2022-05-13,16:20,Europe/Stockholm",
            "2022-05-13,25:20,Europe/Stockholm",
            r"sessions\.csv, line \d+, column time: ",
        ),
        (
            "lap_records.csv",
            "1:47.095",
            "fast",
            r"lap_records\.csv, line 2, column time: “fast” is not a lap time",
        ),
        (
            "people.csv",
            "2020-09-17",
            "17 September",
            r"people\.csv, line 2, column known_from: '17 September' is no date",
        ),
        (
            "people.csv",
            "role_sv",
            "role_fr",
            r"people\.csv, line 2, column role_fr: There is no such column",
        ),
        (
            "photos.csv",
            "portrait",
            "round",
            r"photos\.csv, line 2, column size: The size is one of: portrait, landscape",
        ),
        (
            "classes.csv",
            "TCR,TCR,",
            "TCR,",
            r"classes\.csv, line 2: 6 cells instead of 7",
        ),
        (
            "biographies.toml",
            'language = "sv"',
            'language = "fi"',
            r"biographies\.toml, line \d+, column language: ",
        ),
        ("biographies.toml", 'driver = "', "driver = ", r"biographies\.toml, line 1: "),
    ],
)
def test_a_bad_file_is_refused_with_its_place(db, folder, name, old, new, problem):
    spoil(folder, name, old, new)
    with translation.override("en"), pytest.raises(DataError, match=problem):
        loading.fill(RACE_WEEK, folder)


def test_a_bad_file_leaves_the_site_and_the_folder_empty(db, folder, settings):
    spoil(folder, "results.csv", ",classified,1,8,", ",retired,,8,")
    problem = r"results\.csv, line \d+.*Only a classified car has a position"
    with translation.override("en"), pytest.raises(DataError, match=problem):
        loading.fill(RACE_WEEK, folder)
    assert loading.contents() == {}
    assert list((settings.MEDIA_ROOT / "photos").iterdir()) == []


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
def test_the_archive_counts_tcr_uk_2018_as_it_is_published(filled, db):
    results = Result.objects.filter(
        session__kind=RACE,
        session__event__season__series__slug="tcr-uk",
        entry__crew__driver__slug="andreas-backman",
    )
    driver = Driver.objects.get(slug="andreas-backman")
    (line,) = (
        line
        for line in careers([driver])[driver.pk].lines
        if str(line.record.season) == "TCR UK 2018"
    )
    totals = line.totals
    assert (totals.starts, totals.wins, totals.podiums, totals.poles) == (14, 1, 6, 1)
    assert results.count() == 14
    assert results.filter(position=1).count() == 1
    assert results.filter(position__lte=3).count() == 6
    assert results.filter(pole=OVERALL).count() == 1


@in_archive
def test_the_disputed_race_has_no_position_but_a_note(filled, db):
    result = Result.objects.get(session__event__slug="stcc-skelleftea-2022")
    assert (result.position, result.status) == (None, "classified")
    assert result.note_sv.startswith("Placeringen är omtvistad.")
    assert result.note_en.startswith("The place is disputed.")


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
    assert wins.total() == 8
    assert [key for key, count in wins.items() if published[key] < count] == []
