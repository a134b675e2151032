"""The timetable by day at the track, with the site's own clock beside."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.models import (
    CANCELLED,
    CONFIRMED,
    DAY_ONLY,
    POSTPONED,
    PRACTICE,
    PROVISIONAL,
    QUALIFYING,
    RETIRED,
)
from events.states import BEFORE, BETWEEN
from events.timetable import COMING, LIVE, NEXT, OVER, timetable, with_outcome
from tests.factories import (
    make_circuit,
    make_driver,
    make_entry,
    make_event,
    make_event_link,
    make_result,
    make_session,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

STOCKHOLM = ZoneInfo("Europe/Stockholm")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def make_weekend(*walls, zone="Europe/Berlin", **fields):
    """A weekend with one session at each time on the wall at the track."""
    event = make_event(circuit=make_circuit(time_zone=zone))
    for wall in walls:
        start = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone))
        make_session(event=event, name_sv=wall, start=start, **fields)
    return event


def plan_of(event, at=LONG_AGO):
    sessions = with_outcome(event.sessions.all())
    return timetable(event, sessions, list(event.links.all()), at)


def only_row(event, at=LONG_AGO):
    (row,) = plan_of(event, at).rows
    return row


def moment(text):
    return datetime.fromisoformat(text)


# Days and order


def test_sessions_stand_by_day_at_the_track():
    event = make_weekend(
        "2022-05-13T16:20", "2022-05-13T19:05", "2022-05-14T13:55", "2022-05-15T14:05"
    )
    assert [
        (day.date, [row.session.name for row in day.rows])
        for day in plan_of(event).days
    ] == [
        (date(2022, 5, 13), ["2022-05-13T16:20", "2022-05-13T19:05"]),
        (date(2022, 5, 14), ["2022-05-14T13:55"]),
        (date(2022, 5, 15), ["2022-05-15T14:05"]),
    ]


def test_day_is_the_one_at_the_track_and_not_the_readers():
    event = make_weekend("2022-03-18T22:00", zone="America/New_York")
    assert [day.date for day in plan_of(event).days] == [date(2022, 3, 18)]


def test_known_times_come_first_then_known_days_then_the_rest():
    event = make_weekend()
    unknown = {"event": event, "start": None, "precision": DAY_ONLY}
    saturday = date(2022, 5, 14)
    make_session(**unknown, name_sv="last", order=9)
    make_session(**unknown, name_sv="announced", order=1)
    make_session(**unknown, name_sv="some time, second", day=saturday, order=2)
    make_session(**unknown, name_sv="some time, first", day=saturday, order=1)
    make_session(**unknown, name_sv="Friday", day=date(2022, 5, 13))
    make_session(event=event, name_sv="late", start=moment("2022-05-14T21:00+02:00"))
    make_session(event=event, name_sv="early", start=moment("2022-05-14T09:00+02:00"))
    assert [
        (day.date, [row.session.name for row in day.rows])
        for day in plan_of(event).days
    ] == [
        (date(2022, 5, 13), ["Friday"]),
        (saturday, ["early", "late", "some time, first", "some time, second"]),
        (None, ["announced", "last"]),
    ]


def test_session_without_a_time_shows_none():
    event = make_weekend()
    make_session(event=event, start=None, precision=DAY_ONLY, length_minutes=60)
    row = only_row(event)
    assert (row.start, row.end, row.home_start, row.home_end) == (None,) * 4
    assert (row.home_shift, row.end_shift, row.state) == ("", "", COMING)


def test_weekend_without_sessions_has_an_empty_timetable():
    plan = plan_of(make_weekend())
    assert (plan.days, plan.rows, plan.next_row) == ((), (), None)
    assert (plan.zone_labels, plan.home_labels) == ((), ())


# Clocks


CLOCKS = [
    # zone, wall at the track, wall in Stockholm, day shift
    ("Europe/Berlin", "2022-05-14T13:55", None, ""),
    ("Asia/Dubai", "2022-01-14T13:00", "2022-01-14T10:00", ""),
    ("Asia/Dubai", "2022-05-14T13:00", "2022-05-14T11:00", ""),
    ("Asia/Dubai", "2022-01-15T01:00", "2022-01-14T22:00", "−1 day"),
    ("America/New_York", "2022-03-12T22:00", "2022-03-13T04:00", "+1 day"),
    ("America/New_York", "2022-03-18T22:00", "2022-03-19T03:00", "+1 day"),
    ("America/New_York", "2022-05-14T22:00", "2022-05-15T04:00", "+1 day"),
    ("Australia/Lord_Howe", "2022-01-15T12:00", "2022-01-15T02:00", ""),
    ("Australia/Lord_Howe", "2022-06-15T12:00", "2022-06-15T03:30", ""),
    ("Australia/Lord_Howe", "2022-06-15T08:00", "2022-06-14T23:30", "−1 day"),
    ("Europe/London", "2022-05-14T12:00", "2022-05-14T13:00", ""),
]


@pytest.mark.parametrize(("zone", "wall", "home", "shift"), CLOCKS)
def test_track_time_and_swedish_time_stand_side_by_side(zone, wall, home, shift):
    row = only_row(make_weekend(wall, zone=zone, length_minutes=60))
    assert row.start.isoformat(timespec="minutes").startswith(wall)
    assert row.start.tzinfo == ZoneInfo(zone)
    assert row.end - row.start == timedelta(hours=1)
    assert row.home_shift == shift
    if home is None:
        assert (row.home_start, row.home_end) == (None, None)
    else:
        assert row.home_start.isoformat(timespec="minutes").startswith(home)
        assert row.home_start == row.start.astimezone(STOCKHOLM)
        assert row.home_end == row.end.astimezone(STOCKHOLM)


@pytest.mark.parametrize(
    ("zone", "walls", "zone_labels", "home_labels", "is_home_time"),
    [
        (
            "Europe/Berlin",
            ["2022-05-14T13:55"],
            ("CEST, UTC+2",),
            ("CEST, UTC+2",),
            True,
        ),
        ("Asia/Dubai", ["2022-01-14T13:00"], ("UTC+4",), ("CET, UTC+1",), False),
        ("Asia/Dubai", ["2022-05-14T13:00"], ("UTC+4",), ("CEST, UTC+2",), False),
        (
            "America/New_York",
            ["2022-03-18T22:00"],
            ("EDT, UTC−4",),
            ("CET, UTC+1",),
            False,
        ),
        (
            "Australia/Lord_Howe",
            ["2022-06-15T12:00"],
            ("UTC+10:30",),
            ("CEST, UTC+2",),
            False,
        ),
        # The clocks go back on 30 October 2022, in Berlin as in Stockholm.
        (
            "Europe/Berlin",
            ["2022-10-29T14:00", "2022-10-30T14:00"],
            ("CEST, UTC+2", "CET, UTC+1"),
            ("CEST, UTC+2", "CET, UTC+1"),
            True,
        ),
        (
            "Asia/Dubai",
            ["2022-10-29T14:00", "2022-10-30T14:00"],
            ("UTC+4",),
            ("CEST, UTC+2", "CET, UTC+1"),
            False,
        ),
    ],
)
def test_every_zone_is_named_as_often_as_its_clock_changes(
    zone, walls, zone_labels, home_labels, is_home_time
):
    plan = plan_of(make_weekend(*walls, zone=zone))
    assert plan.zone_labels == zone_labels
    assert plan.home_labels == home_labels
    assert plan.is_home_time is is_home_time


def test_difference_to_sweden_changes_with_the_swedish_clock_alone():
    event = make_weekend("2022-10-29T14:00", "2022-10-30T14:00", zone="Asia/Dubai")
    assert [row.home_start.time() for row in plan_of(event).rows] == [
        time(12, 0),
        time(11, 0),
    ]


@pytest.mark.parametrize(
    ("wall", "minutes", "end", "shift"),
    [
        ("2022-05-14T13:55", 360, "2022-05-14T19:55", ""),
        ("2022-05-14T22:00", 120, "2022-05-15T00:00", "+1 day"),
        ("2022-05-14T16:00", 1440, "2022-05-15T16:00", "+1 day"),
        ("2022-05-14T16:00", 2880, "2022-05-16T16:00", "+2 days"),
        # Eight hours through the night in which the clocks go back, or forward.
        ("2022-10-29T22:00", 480, "2022-10-30T05:00", "+1 day"),
        ("2022-03-26T22:00", 480, "2022-03-27T07:00", "+1 day"),
    ],
)
def test_session_over_midnight_says_on_which_day_it_ends(wall, minutes, end, shift):
    row = only_row(make_weekend(wall, length_minutes=minutes))
    assert row.end.isoformat(timespec="minutes").startswith(end)
    assert row.end_shift == shift


def test_session_through_the_hour_that_comes_twice_names_both_zones():
    event = make_weekend("2022-10-29T22:00", length_minutes=480)
    row = only_row(event)
    assert (row.start_zone, row.end_zone) == ("", "CET, UTC+1")
    assert row.end.astimezone(UTC) - row.start.astimezone(UTC) == timedelta(hours=8)
    assert plan_of(event).zone_labels == ("CEST, UTC+2", "CET, UTC+1")


def test_time_that_comes_twice_names_its_zone():
    event = make_weekend()
    for start in ("2022-10-30T02:30+02:00", "2022-10-30T02:30+01:00"):
        make_session(event=event, start=moment(start), length_minutes=15)
    rows = plan_of(event).rows
    assert [row.start.time() for row in rows] == [time(2, 30)] * 2
    assert [row.start_zone for row in rows] == ["CEST, UTC+2", "CET, UTC+1"]
    assert [row.end_zone for row in rows] == ["CEST, UTC+2", "CET, UTC+1"]


def test_session_of_unknown_length_has_no_end():
    row = only_row(make_weekend("2022-01-14T13:00", zone="Asia/Dubai"))
    assert (row.end, row.home_end, row.end_shift) == (None, None, "")


def test_site_in_another_zone_shows_its_own_time(settings):
    settings.TIME_ZONE = "Asia/Dubai"
    row = only_row(make_weekend("2022-05-14T13:00"))
    assert row.home_start.time() == time(15, 0)


# What is next


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2022-05-14T11:54:59Z", NEXT),
        ("2022-05-14T11:55:00Z", LIVE),
        ("2022-05-14T17:54:59Z", LIVE),
        ("2022-05-14T17:55:00Z", OVER),
    ],
)
def test_session_is_live_from_its_first_second_to_its_last(at, state):
    event = make_weekend("2022-05-14T13:55", length_minutes=360)
    assert only_row(event, moment(at)).state == state


@pytest.mark.parametrize(
    ("kind", "hours"), [("race", 3), ("test", 3), (QUALIFYING, 2), (PRACTICE, 2)]
)
def test_session_of_unknown_length_has_a_generous_end(kind, hours):
    event = make_weekend("2022-05-14T13:55", kind=kind)
    end = moment("2022-05-14T13:55+02:00") + timedelta(hours=hours)
    assert only_row(event, end - timedelta(seconds=1)).state == LIVE
    assert only_row(event, end).state == OVER
    assert plan_of(event, end - timedelta(seconds=1)).next_change == end


def test_session_of_unknown_length_ends_when_the_next_one_begins():
    event = make_weekend("2022-05-14T13:00", "2022-05-14T13:40")
    make_session(event=event, start=moment("2022-05-14T11:20Z"), status=CANCELLED)
    plan = plan_of(event, moment("2022-05-14T13:39:59+02:00"))
    assert [row.state for row in plan.rows] == [LIVE, CANCELLED, NEXT]
    plan = plan_of(event, moment("2022-05-14T13:40+02:00"))
    assert [row.state for row in plan.rows] == [OVER, CANCELLED, LIVE]


def test_session_of_unknown_length_ends_with_its_results():
    event = make_weekend("2022-05-14T13:00", "2022-05-15T13:00")
    first, second = event.sessions.all()
    entry = make_entry(event=event, drivers=[make_driver()])
    for session in (first, second):
        make_result(session=session, entry=entry, status=RETIRED)
    during = moment("2022-05-14T13:10+02:00")
    assert [row.state for row in plan_of(event, during).rows] == [OVER, NEXT]
    first.length_minutes = 60
    first.save()
    assert [row.state for row in plan_of(event, during).rows] == [LIVE, NEXT]


def test_session_that_begins_late_is_given_time_to_end():
    """And is said to be late, not to run, as long as its old time is published."""
    event = make_weekend("2022-05-14T13:00", length_minutes=30, status="delayed")
    for at, state in (("12:00", NEXT), ("13:00", LIVE), ("16:29", LIVE)):
        row = only_row(event, moment(f"2022-05-14T{at}+02:00"))
        assert (row.state, row.is_delayed) == (state, True)
    row = only_row(event, moment("2022-05-14T16:30+02:00"))
    assert (row.state, row.is_delayed) == (OVER, False)


def test_session_without_a_time_is_over_with_its_day_at_the_track():
    event = make_weekend(zone="America/New_York")
    unknown = {"event": event, "start": None, "precision": DAY_ONLY}
    make_session(**unknown, day=date(2022, 5, 14))
    make_session(**unknown)
    for at, states in (
        ("2022-05-14T23:59:59-04:00", [COMING, COMING]),
        ("2022-05-15T00:00-04:00", [OVER, COMING]),
        ("2022-05-16T00:00-04:00", [OVER, OVER]),
    ):
        assert [row.state for row in plan_of(event, moment(at)).rows] == states


def test_weekend_is_before_live_between_and_over_by_its_sessions():
    event = make_weekend("2022-05-14T13:00", "2022-05-15T13:00", length_minutes=60)
    seen = []
    for at in (
        *("2022-05-12T23:59:59+02:00", "2022-05-13T00:00+02:00"),
        *("2022-05-14T13:00+02:00", "2022-05-14T14:00+02:00"),
        *("2022-05-15T13:00+02:00", "2022-05-15T14:00+02:00"),
    ):
        plan = plan_of(event, moment(at))
        seen.append((plan.state, plan.next_change and plan.next_change.isoformat()))
    assert seen == [
        (BEFORE, "2022-05-12T22:00:00+00:00"),
        (BETWEEN, "2022-05-14T11:00:00+00:00"),
        (LIVE, "2022-05-14T12:00:00+00:00"),
        (BETWEEN, "2022-05-15T11:00:00+00:00"),
        (LIVE, "2022-05-15T12:00:00+00:00"),
        # The last session is over on the last day: so is the weekend.
        (OVER, "2022-05-15T22:00:00+00:00"),
    ]


def test_weekend_runs_to_its_last_day_where_no_session_is_known_there():
    event = make_weekend("2022-05-14T13:00", length_minutes=60)
    for at, state in (
        ("2022-05-15T23:59:59+02:00", BETWEEN),
        ("2022-05-16T00:00+02:00", OVER),
    ):
        plan = plan_of(event, moment(at))
        assert (plan.state, plan.next_row) == (state, None)
    assert plan.next_change is None


@pytest.mark.parametrize("status", [CANCELLED, POSTPONED])
def test_weekend_that_is_off_has_no_state_but_that(status):
    event = make_weekend("2022-05-14T13:00")
    event.status = status
    plan = plan_of(event, moment("2022-05-14T13:10+02:00"))
    assert (plan.state, plan.next_change) == (status, None)


def test_broadcast_that_has_begun_is_on_air_before_its_session():
    event = make_weekend("2022-05-14T13:55", length_minutes=60)
    make_event_link(
        event=event,
        session=event.sessions.get(),
        start=moment("2022-05-14T13:30+02:00"),
    )
    for at, is_on_air in (("13:29", False), ("13:30", True), ("13:55", True)):
        row = only_row(event, moment(f"2022-05-14T{at}+02:00"))
        assert row.is_on_air is is_on_air
    early = plan_of(event, moment("2022-05-14T12:00+02:00"))
    assert early.next_change == moment("2022-05-14T13:30+02:00")


def test_only_the_first_session_to_come_is_next():
    event = make_weekend(
        "2022-05-13T16:20", "2022-05-13T19:05", "2022-05-14T13:55", "2022-05-15T14:05"
    )
    plan = plan_of(event, moment("2022-05-13T17:00+02:00"))
    assert [row.state for row in plan.rows] == [LIVE, NEXT, COMING, COMING]
    assert plan.next_row.session.name == "2022-05-13T16:20"
    plan = plan_of(event, moment("2022-05-14T10:00+02:00"))
    assert [row.state for row in plan.rows] == [OVER, OVER, NEXT, COMING]
    assert plan.next_row.session.name == "2022-05-14T13:55"
    plan = plan_of(event, moment("2022-05-16T10:00+02:00"))
    assert [row.state for row in plan.rows] == [OVER, OVER, OVER, OVER]
    assert plan.next_row is None


@pytest.mark.parametrize("status", [CANCELLED, POSTPONED])
def test_session_that_is_off_is_not_waited_for(status):
    event = make_weekend("2022-05-13T16:20", status=status)
    make_session(event=event, name_sv="Kval", start=moment("2022-05-13T17:05Z"))
    plan = plan_of(event)
    assert [row.state for row in plan.rows] == [status, NEXT]
    assert [row.is_off for row in plan.rows] == [True, False]
    assert plan.next_row.session.name == "Kval"


@pytest.mark.parametrize("status", [CANCELLED, POSTPONED])
def test_no_session_of_a_weekend_that_is_off_is_waited_for(status):
    event = make_weekend("2022-05-13T16:20", "2022-05-13T19:05")
    event.status = status
    plan = plan_of(event)
    assert [row.state for row in plan.rows] == [status, status]
    assert plan.next_row is None


def test_cancelled_session_of_a_postponed_weekend_is_cancelled():
    event = make_weekend("2022-05-13T16:20", status=CANCELLED)
    event.status = POSTPONED
    assert only_row(event).state == CANCELLED


@pytest.mark.parametrize("status", [CONFIRMED, PROVISIONAL])
def test_sessions_of_a_provisional_weekend_are_waited_for(status):
    event = make_weekend("2022-05-13T16:20")
    event.status = status
    assert only_row(event).state == NEXT


def test_delayed_session_is_waited_for():
    assert only_row(make_weekend("2022-05-13T16:20", status="delayed")).state == NEXT


def test_session_of_which_only_the_day_is_known_is_never_next():
    event = make_weekend()
    make_session(
        event=event, start=None, precision=DAY_ONLY, day=date(2022, 5, 13), order=1
    )
    make_session(event=event, name_sv="Race", start=moment("2022-05-14T11:55Z"))
    plan = plan_of(event)
    assert [row.state for row in plan.rows] == [COMING, NEXT]
    assert plan.next_row.session.name == "Race"


def test_timetable_follows_the_site_clock(travel):
    event = make_weekend("2022-05-14T13:55", length_minutes=360)
    travel("2022-05-14T13:55+02:00")
    (row,) = timetable(event, event.sessions.all(), []).rows
    assert row.state == LIVE


# Where to watch


def test_streams_and_channels_of_the_weekend_stand_at_every_session():
    event = make_weekend("2022-05-13T16:20", "2022-05-14T13:55")
    stream = make_event_link(event=event, kind="stream", url="https://x.se/stream")
    channel = make_event_link(event=event, kind="tv", url="https://x.se/tv")
    for kind in ("live_timing", "tickets", "results", "replay", "information"):
        make_event_link(event=event, kind=kind, url=f"https://x.se/{kind}")
    assert [row.watch for row in plan_of(event).rows] == [(stream, channel)] * 2


def test_session_with_its_own_stream_shows_that_one_first():
    event = make_weekend("2022-05-13T16:20", "2022-05-14T13:55")
    first, second = event.sessions.all()
    weekend = make_event_link(event=event, url="https://x.se/weekend")
    own = make_event_link(event=event, session=second, url="https://x.se/own")
    watch = {row.session: row.watch for row in plan_of(event).rows}
    assert watch == {first: (weekend,), second: (own, weekend)}
    assert [row.own_watch for row in plan_of(event).rows] == [(), (own,)]
    assert plan_of(event).all_watch == [weekend, own]


def test_session_that_is_over_shows_recordings_alone():
    event = make_weekend("2022-05-13T16:20", "2022-05-14T13:55", length_minutes=60)
    first, _second = event.sessions.all()
    live = make_event_link(event=event, url="https://x.se/live")
    again = make_event_link(event=event, url="https://x.se/both", has_replay=True)
    replay = make_event_link(
        event=event, session=first, kind="replay", url="https://x.se/replay"
    )
    rows = plan_of(event, moment("2022-05-14T12:00+02:00")).rows
    assert [row.watch for row in rows] == [(replay, again), (live, again)]


def test_session_with_its_own_timing_keeps_the_streams_of_the_weekend():
    event = make_weekend("2022-05-13T16:20")
    weekend = make_event_link(event=event, url="https://x.se/weekend")
    make_event_link(
        event=event,
        kind="live_timing",
        session=event.sessions.get(),
        url="https://x.se/own",
    )
    row = only_row(event)
    assert row.watch == (weekend,)
    assert [link.url for link in row.timing] == ["https://x.se/own"]


def test_stream_of_one_session_does_not_stand_at_another():
    event = make_weekend("2022-05-13T16:20", "2022-05-14T13:55")
    first, second = event.sessions.all()
    own = make_event_link(event=event, session=second)
    watch = {row.session: row.watch for row in plan_of(event).rows}
    assert watch == {first: (), second: (own,)}


# Cost


@pytest.mark.parametrize("days", [1, 28])
def test_timetable_takes_one_query_for_any_number_of_sessions(
    days, django_assert_num_queries
):
    event = make_weekend(*(f"2022-02-{day:02}T12:00" for day in range(1, days + 1)))
    with django_assert_num_queries(1):
        assert len(timetable(event, event.sessions.all(), [], LONG_AGO).days) == days
