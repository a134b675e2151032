"""Wall time at a circuit and UTC, both ways: racing.zones."""

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from racing import zones
from racing.formats import FormatError

pytestmark = pytest.mark.usefixtures("english")

STOCKHOLM = zones.zone("Europe/Stockholm")
NEW_YORK = zones.zone("America/New_York")
DUBAI = zones.zone("Asia/Dubai")
LORD_HOWE = zones.zone("Australia/Lord_Howe")  # its summer time is half an hour

ZONES = st.sampled_from(zones.names()).map(zones.zone)
MOMENTS = st.datetimes(
    dt.datetime(1900, 1, 3),  # noqa: DTZ001 (hypothesis adds the zone)
    dt.datetime(2100, 12, 29),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
)


def to_utc(text, zone, **arguments):
    wall = dt.datetime.fromisoformat(text)
    moment = zones.to_utc(wall.date(), wall.time(), zone, **arguments)
    return moment.isoformat(timespec="minutes")


def test_names_are_the_places_of_the_database_in_order():
    names = zones.names()
    assert {"Europe/Stockholm", "Asia/Dubai", "America/New_York", "UTC"} < set(names)
    assert names == (*sorted(names[:-1]), "UTC")
    assert not {"EST5EDT", "US/Pacific", "Etc/GMT-4", "localtime"} & set(names)


def test_every_name_is_a_zone():
    assert [str(zones.zone(name)) for name in zones.names()] == list(zones.names())


@pytest.mark.parametrize(
    "name",
    ["", "Europe", "europe/stockholm", "/etc/passwd", "../UTC", "a\x00b", "x" * 5000],
)
def test_zone_refuses_an_unknown_name(name):
    with pytest.raises(FormatError, match="is not a time zone"):
        zones.zone(name)


def test_zone_names_what_was_typed():
    with pytest.raises(FormatError) as refusal:
        zones.zone("Stockholm")
    assert str(refusal.value) == (
        "“Stockholm” is not a time zone. Write an area and a city, for example "
        "Europe/Stockholm."
    )


@pytest.mark.parametrize(
    ("wall", "zone", "utc"),
    [
        ("2022-05-13T16:20", STOCKHOLM, "2022-05-13T14:20+00:00"),
        ("2022-01-13T16:20", STOCKHOLM, "2022-01-13T15:20+00:00"),
        ("2022-07-03T20:00", NEW_YORK, "2022-07-04T00:00+00:00"),
        ("2022-01-14T02:00", DUBAI, "2022-01-13T22:00+00:00"),
        ("2022-07-14T02:00", DUBAI, "2022-07-13T22:00+00:00"),
        ("2022-01-14T12:00", LORD_HOWE, "2022-01-14T01:00+00:00"),
        ("2022-07-14T12:00", LORD_HOWE, "2022-07-14T01:30+00:00"),
    ],
)
def test_to_utc_and_local_are_each_other_s_reverse(wall, zone, utc):
    assert to_utc(wall, zone) == utc
    moment = dt.datetime.fromisoformat(utc)
    shown = zones.local(moment, zone).replace(tzinfo=None)
    assert shown.isoformat(timespec="minutes") == wall


@pytest.mark.parametrize(
    ("wall", "zone", "sentence"),
    [
        (
            "2022-03-27T02:30",
            STOCKHOLM,
            "02:30 does not exist on 27 March 2022 in Europe/Stockholm: the clocks go "
            "forward from 02:00 to 03:00.",
        ),
        (
            "2022-03-13T02:00",
            NEW_YORK,
            "02:00 does not exist on 13 March 2022 in America/New_York: the clocks go "
            "forward from 02:00 to 03:00.",
        ),
        (
            "2022-10-02T02:15",
            LORD_HOWE,
            "02:15 does not exist on 2 October 2022 in Australia/Lord_Howe: the clocks "
            "go forward from 02:00 to 02:30.",
        ),
    ],
)
def test_to_utc_refuses_an_hour_that_the_clocks_jump_over(wall, zone, sentence):
    for fold in (0, 1):
        with pytest.raises(FormatError) as refusal:
            to_utc(wall, zone, fold=fold)
        assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("wall", "zone", "first", "second"),
    [
        ("2022-10-30T02:30", STOCKHOLM, "2022-10-30T00:30", "2022-10-30T01:30"),
        ("2022-11-06T01:00", NEW_YORK, "2022-11-06T05:00", "2022-11-06T06:00"),
        ("2022-04-03T01:45", LORD_HOWE, "2022-04-02T14:45", "2022-04-02T15:15"),
    ],
)
def test_to_utc_tells_the_two_hours_of_autumn_apart(wall, zone, first, second):
    assert to_utc(wall, zone) == f"{first}+00:00"
    assert to_utc(wall, zone, fold=1) == f"{second}+00:00"


@pytest.mark.parametrize(
    ("wall", "zone", "ambiguous"),
    [
        ("2022-10-30T01:59", STOCKHOLM, False),
        ("2022-10-30T02:00", STOCKHOLM, True),
        ("2022-10-30T02:59", STOCKHOLM, True),
        ("2022-10-30T03:00", STOCKHOLM, False),
        ("2022-03-27T02:30", STOCKHOLM, False),  # does not exist at all
        ("2022-04-03T01:29", LORD_HOWE, False),
        ("2022-04-03T01:30", LORD_HOWE, True),
        ("2022-10-30T02:30", DUBAI, False),
    ],
)
def test_is_ambiguous_only_for_a_time_that_comes_twice(wall, zone, ambiguous):
    moment = dt.datetime.fromisoformat(wall)
    assert zones.is_ambiguous(moment.date(), moment.time(), zone) is ambiguous


@pytest.mark.parametrize("wall", ["1899-12-31T12:00", "2101-01-01T00:00"])
def test_to_utc_refuses_a_year_without_racing(wall):
    with pytest.raises(FormatError) as refusal:
        to_utc(wall, STOCKHOLM)
    assert str(refusal.value) == "The year must be between 1900 and 2100."


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_to_utc_refuses_the_ends_of_the_calendar(day):
    with pytest.raises(FormatError, match="year"):
        zones.to_utc(day, dt.time(23, 59), NEW_YORK)


def test_local_refuses_a_time_without_a_zone():
    naive = dt.datetime.fromisoformat("2022-05-13T16:20")
    with pytest.raises(ValueError, match="without a zone"):
        zones.local(naive, STOCKHOLM)


@given(MOMENTS, ZONES)
def test_any_moment_survives_the_way_over_the_wall(moment, zone):
    wall = zones.local(moment, zone)
    back = zones.to_utc(wall.date(), wall.time(), zone, fold=wall.fold)
    assert back == moment
    assert back.tzinfo is dt.UTC


@given(MOMENTS, ZONES)
def test_any_wall_time_is_refused_or_survives_the_way_over_utc(wall, zone):
    day, time = wall.date(), wall.time()
    try:
        moment = zones.to_utc(day, time, zone)
    except FormatError:
        assume(False)
    assert zones.local(moment, zone).replace(tzinfo=None) == wall.replace(tzinfo=None)
