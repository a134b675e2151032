"""What comes next and what came last: events.schedule."""

from datetime import UTC, date, datetime

import pytest

from drivers.models import GUEST
from events import schedule
from events.models import (
    CANCELLED,
    CLASSIFIED,
    DAY_ONLY,
    POSTPONED,
    QUALIFYING,
    RETIRED,
    Entry,
    Event,
)
from tests.factories import (
    make_car,
    make_circuit,
    make_class,
    make_driver,
    make_entry,
    make_event,
    make_result,
    make_season,
    make_series,
    make_session,
    make_team,
)

pytestmark = pytest.mark.django_db

THURSDAY = datetime(2022, 5, 12, 10, 0, tzinfo=UTC)


@pytest.fixture
def calendar():
    """Make weekends of one season on one circuit, each of one day."""
    season, circuit = make_season(), make_circuit()

    def add(slug, day, **fields):
        facts = {"season": season, "circuit": circuit, "first_day": day} | fields
        return make_event(slug=slug, last_day=facts.pop("last_day", day), **facts)

    return add


def enter(event, *drivers, number=""):
    return make_entry(event=event, drivers=drivers, number=number)


def race_of(event, start, **fields):
    return make_session(event=event, start=datetime.fromisoformat(start), **fields)


# A season


def test_undated_weekends_of_a_season_stand_by_their_rounds(calendar):
    last = calendar("last", date(2022, 9, 1), round="10")
    middle = calendar("middle", None, round="2–3")
    first = calendar("first", date(2022, 5, 1), round="1")
    assert schedule.calendar_of(first.season) == [first, middle, last]


def test_dated_weekends_of_a_season_stand_by_day(calendar):
    moved = calendar("moved", date(2022, 9, 1), round="1")
    first = calendar("first", date(2022, 5, 1), round="2")
    assert schedule.calendar_of(first.season) == [first, moved]


def test_weekends_without_a_round_are_last_where_they_have_no_day(calendar):
    unknown = calendar("unknown", None)
    first = calendar("first", date(2022, 5, 1), round="2")
    assert schedule.calendar_of(first.season) == [first, unknown]


# The weekend in front: the next one


def moment(text):
    return datetime.fromisoformat(text)


def in_front(at=None):
    return schedule.weekend_in_front(at).event


def test_next_weekend_is_the_first_to_come_with_a_driver_of_ours(calendar):
    driver = make_driver()
    enter(calendar("past", date(2022, 5, 11)), driver)
    calendar("without us", date(2022, 5, 13))
    enter(calendar("later", date(2022, 6, 3)), driver)
    ours = calendar("ours", date(2022, 5, 14))
    enter(ours, driver)
    assert in_front(THURSDAY) == ours


def test_weekend_of_guests_alone_is_not_ours(calendar):
    enter(calendar("guests", date(2022, 5, 13)), make_driver(status=GUEST))
    ours = calendar("ours", date(2022, 6, 3))
    enter(ours, make_driver(slug="jessica-backman"))
    assert in_front(THURSDAY) == ours


def test_next_weekend_is_anybodys_while_we_are_entered_nowhere(calendar):
    calendar("later", date(2022, 6, 3))
    first = calendar("first", date(2022, 5, 14))
    assert in_front(THURSDAY) == first


def test_cancelled_weekend_is_not_waited_for(calendar):
    calendar("off", date(2022, 5, 13), status=CANCELLED)
    on = calendar("on", date(2022, 6, 3))
    assert in_front(THURSDAY) == on


def test_weekend_without_dates_comes_after_those_with(calendar):
    undated = calendar("undated", None)
    only_last = calendar("only last", None, last_day=date(2022, 6, 4))
    dated = calendar("dated", date(2022, 6, 3))
    assert in_front(THURSDAY) == dated
    dated.delete()
    assert in_front(THURSDAY) == only_last
    only_last.delete()
    assert in_front(THURSDAY) == undated


def test_empty_calendar_has_no_next_weekend():
    assert in_front(THURSDAY) is None


def test_next_weekend_follows_the_site_clock(calendar, travel):
    first = calendar("first", date(2022, 5, 14))
    second = calendar("second", date(2022, 6, 3))
    travel("2022-05-14T23:59+02:00")
    assert in_front() == first
    travel("2022-05-15T00:00+02:00")
    assert in_front() == second


@pytest.mark.parametrize(
    ("zone", "last_second"),
    [
        ("America/New_York", "2022-03-19T23:59:59-04:00"),
        ("Asia/Dubai", "2022-03-19T23:59:59+04:00"),
        ("Pacific/Auckland", "2022-03-19T23:59:59+13:00"),
    ],
)
def test_weekend_is_the_next_until_its_last_day_is_over_at_the_track(
    zone, last_second, calendar
):
    driver = make_driver()
    far = make_circuit(name="Far", slug="far", time_zone=zone)
    event = calendar("far", date(2022, 3, 19), circuit=far)
    following = calendar("following", date(2022, 5, 14))
    enter(event, driver)
    enter(following, driver)
    at = datetime.fromisoformat(last_second)
    after = at.replace(hour=0, minute=0, second=0, day=20)
    assert in_front(at) == event
    assert schedule.next_entries([driver], at)[driver.pk].entry.event == event
    assert in_front(after) == following
    assert schedule.next_entries([driver], after)[driver.pk].entry.event == following


# The weekend in front: one that runs, one that is over


def test_weekend_stays_in_front_for_48_hours_after_its_last_session(calendar):
    driver = make_driver()
    first = calendar("first", date(2022, 5, 14))
    race_of(first, "2022-05-14T14:00+02:00", length_minutes=60)
    following = calendar("following", date(2022, 6, 3))
    for event in (first, following):
        enter(event, driver)
    assert in_front(moment("2022-05-12T12:00+02:00")) == first
    assert in_front(moment("2022-05-14T14:30+02:00")) == first
    front = schedule.weekend_in_front(moment("2022-05-14T15:00+02:00"))
    until = datetime.fromisoformat("2022-05-16T15:00+02:00")
    assert front == (first, until)
    assert in_front(moment("2022-05-16T14:59:59+02:00")) == first
    assert schedule.weekend_in_front(until) == (following, None)


def test_weekend_leaves_the_front_when_the_next_one_begins_at_its_track(calendar):
    dubai = make_circuit(name="Dubai", slug="dubai", time_zone="Asia/Dubai")
    first = calendar("first", date(2022, 5, 14))
    race_of(first, "2022-05-14T22:00+02:00", length_minutes=60)
    following = calendar("following", date(2022, 5, 16), circuit=dubai)
    front = schedule.weekend_in_front(moment("2022-05-15T12:00+02:00"))
    assert front == (first, datetime.fromisoformat("2022-05-16T00:00+04:00"))
    assert in_front(moment("2022-05-15T21:59:59+02:00")) == first
    assert in_front(moment("2022-05-15T22:00+02:00")) == following


def test_weekend_is_in_front_while_its_last_session_runs_past_midnight(calendar):
    first = calendar("first", date(2022, 5, 14))
    race_of(first, "2022-05-14T20:00+02:00", length_minutes=480)
    following = calendar("following", date(2022, 5, 15))
    assert in_front(moment("2022-05-15T03:59:59+02:00")) == first
    assert in_front(moment("2022-05-15T04:00+02:00")) == following


def test_weekend_that_runs_comes_before_one_that_is_just_over(calendar):
    first = calendar("first", date(2022, 5, 13), last_day=date(2022, 5, 14))
    race_of(first, "2022-05-14T12:00+02:00", length_minutes=60)
    second = calendar("second", date(2022, 5, 13), last_day=date(2022, 5, 15))
    race_of(second, "2022-05-15T12:00+02:00", length_minutes=60)
    assert in_front(moment("2022-05-14T12:30+02:00")) == first
    assert in_front(moment("2022-05-14T13:00+02:00")) == second
    # Both are over: the one that ended last.
    assert in_front(moment("2022-05-15T13:00+02:00")) == second


def test_weekend_of_ours_stays_in_front_of_one_without_us(calendar):
    ours = calendar("ours", date(2022, 5, 14))
    race_of(ours, "2022-05-14T14:00+02:00", length_minutes=60)
    enter(ours, make_driver())
    without = calendar("without", date(2022, 5, 14), last_day=date(2022, 5, 18))
    assert in_front(moment("2022-05-15T12:00+02:00")) == ours
    assert in_front(moment("2022-05-16T15:00+02:00")) == without


def test_weekend_without_sessions_leaves_the_front_with_its_last_day(calendar):
    calendar("bare", date(2022, 5, 14))
    following = calendar("following", date(2022, 6, 3))
    assert in_front(moment("2022-05-14T23:59:59+02:00")) != following
    assert in_front(moment("2022-05-15T00:00+02:00")) == following


def test_undated_weekend_leaves_the_front_after_its_sessions(calendar):
    undated = calendar("undated", None)
    race_of(undated, "2022-05-14T14:00+02:00", length_minutes=60)
    assert in_front(moment("2022-05-16T14:59:59+02:00")) == undated
    assert in_front(moment("2022-05-16T15:00+02:00")) is None


@pytest.mark.parametrize("status", [CANCELLED, POSTPONED])
def test_weekend_that_is_off_is_never_in_front(status, calendar):
    off = calendar("off", date(2022, 5, 14), status=status)
    race_of(off, "2022-05-14T14:00+02:00", length_minutes=60)
    for at in ("2022-05-12T12:00+02:00", "2022-05-14T14:30+02:00"):
        assert in_front(moment(at)) is None


def test_weekend_in_front_takes_two_queries(calendar, django_assert_num_queries):
    for day in range(10, 31):
        event = calendar(f"on-{day}", date(2022, 5, day))
        race_of(event, f"2022-05-{day}T12:00+02:00")
    with django_assert_num_queries(2):
        event = schedule.weekend_in_front(THURSDAY).event
        assert (event.slug, event.circuit.name, event.season.series.short_name) == (
            "on-12",
            "Hockenheimring",
            "24H Series",
        )
        assert len(event.sessions.all()) == 1


# Where a crew races after a weekend


def after(event):
    entries = list(Entry.objects.with_crew().filter(event=event))
    return schedule.next_after(event, entries)


def test_what_happens_next_is_the_next_weekend_of_our_drivers(calendar):
    ours, guest = make_driver(), make_driver(slug="emil", status=GUEST)
    now = calendar("now", date(2022, 5, 13), last_day=date(2022, 5, 15))
    enter(now, guest, ours)
    enter(calendar("guest", date(2022, 5, 20)), guest)
    enter(calendar("off", date(2022, 5, 21), status=CANCELLED), ours)
    enter(calendar("overlapping", date(2022, 5, 15)), ours)
    enter(calendar("later", date(2022, 6, 17)), ours)
    following = calendar("following", date(2022, 6, 3))
    enter(following, ours)
    assert after(now) == following


def test_last_weekend_of_the_season_is_followed_by_none(calendar):
    last = calendar("last", date(2022, 10, 15))
    enter(last, make_driver())
    assert after(last) is None


def test_weekend_without_us_is_followed_by_none(calendar):
    now = calendar("now", date(2022, 5, 13))
    enter(calendar("later", date(2022, 6, 3)), make_driver())
    assert after(now) is None


def test_weekend_without_dates_is_followed_by_none(calendar):
    driver = make_driver()
    now = calendar("now", None)
    enter(now, driver)
    enter(calendar("later", date(2022, 6, 3)), driver)
    assert after(now) is None


# Each driver's next entry


def test_drivers_have_the_entry_of_their_own_next_weekend(calendar):
    andreas = make_driver()
    jessica = make_driver(first_name="Jessica")
    nobody = make_driver(first_name="Nobody")
    first, second = (
        calendar("first", date(2022, 5, 14)),
        calendar("second", date(2022, 6, 3)),
    )
    enter(calendar("past", date(2022, 5, 11)), andreas, jessica, nobody)
    enter(calendar("off", date(2022, 5, 13), status=CANCELLED), andreas, nobody)
    enter(calendar("undated", None), andreas, jessica)
    enter(second, andreas, jessica)
    entry = enter(first, andreas, number="120")
    places = schedule.next_entries([andreas, jessica, nobody], THURSDAY)
    assert {key: place.entry.event for key, place in places.items()} == {
        andreas.pk: first,
        jessica.pk: second,
    }
    assert places[andreas.pk].entry == entry


def test_driver_entered_without_dates_only_has_that_entry(calendar):
    driver = make_driver()
    undated = calendar("undated", None)
    enter(undated, driver)
    places = schedule.next_entries([driver], THURSDAY)
    assert places[driver.pk].entry.event == undated


def test_driver_in_two_cars_of_a_weekend_has_the_first(calendar):
    driver = make_driver()
    event = calendar("first", date(2022, 5, 14))
    first = enter(event, driver, number="9")
    enter(event, driver, number="1")
    assert schedule.next_entries([driver], THURSDAY)[driver.pk].entry == first


@pytest.mark.parametrize("count", [1, 30])
def test_next_entries_of_any_number_of_drivers_take_one_query(
    count, calendar, django_assert_num_queries
):
    event = calendar("first", date(2022, 5, 14))
    team, car, tcr = make_team(), make_car(), make_class()
    drivers = [make_driver(slug=f"driver-{number}") for number in range(count)]
    for number, driver in enumerate(drivers):
        make_entry(
            event=event,
            number=str(number),
            drivers=[driver],
            team=team,
            car=car,
            racing_class=tcr,
        )
    with django_assert_num_queries(1):
        entries = [
            place.entry for place in schedule.next_entries(drivers, THURSDAY).values()
        ]
        assert {
            (str(entry), str(entry.team), str(entry.racing_class), str(entry.event))
            for entry in entries
        } == {
            (
                f"#{number} Audi RS 3 LMS TCR",
                "Lestrup Racing Team",
                "TCR",
                "Hankook 12h Hockenheimring",
            )
            for number in range(count)
        }
        assert {entry.event.circuit.name for entry in entries} == {"Hockenheimring"}


# The latest results


AFTERWARDS = datetime(2022, 12, 1, tzinfo=UTC)
WON = {"status": CLASSIFIED, "is_classified": True, "position": 1}


def latest(count=10, at=AFTERWARDS):
    return [
        (result.session.name, result.raced_on)
        for result in schedule.latest_results(count, at)
    ]


def test_latest_race_comes_first(calendar):
    driver = make_driver()
    spring = calendar("spring", date(2022, 5, 7))
    autumn = calendar("autumn", date(2022, 9, 3), last_day=date(2022, 9, 4))
    ours, theirs = enter(spring, driver), enter(autumn, driver)
    for name, start in (("one", "2022-05-07T08:00Z"), ("two", "2022-05-07T12:00Z")):
        make_result(session=race_of(spring, start, name_sv=name), entry=ours, **WON)
    race = race_of(autumn, "2022-09-04T10:00Z", name_sv="three")
    make_result(session=race, entry=theirs, **WON)
    assert latest() == [
        ("three", date(2022, 9, 4)),
        ("two", date(2022, 5, 7)),
        ("one", date(2022, 5, 7)),
    ]
    assert latest(2) == [("three", date(2022, 9, 4)), ("two", date(2022, 5, 7))]
    assert latest(at=datetime(2022, 5, 7, 11, 59, tzinfo=UTC)) == [
        ("one", date(2022, 5, 7))
    ]


def test_race_is_dated_by_the_day_at_the_track(calendar):
    far = make_circuit(name="Sebring", slug="sebring", time_zone="America/New_York")
    event = calendar("sebring", date(2022, 3, 19), circuit=far)
    race = race_of(event, "2022-03-19T20:00-04:00")
    make_result(session=race, entry=enter(event, make_driver()), **WON)
    assert latest() == [("Race", date(2022, 3, 19))]


@pytest.mark.parametrize(
    ("first", "last", "day", "raced_on"),
    [
        (date(2022, 5, 13), date(2022, 5, 15), date(2022, 5, 14), date(2022, 5, 14)),
        (date(2022, 5, 13), date(2022, 5, 15), None, date(2022, 5, 15)),
        (date(2022, 5, 13), None, None, date(2022, 5, 13)),
        (None, None, None, None),
    ],
)
def test_race_without_a_time_is_dated_as_well_as_is_known(
    first, last, day, raced_on, calendar
):
    event = calendar("race", first, last_day=last)
    race = make_session(event=event, start=None, precision=DAY_ONLY, day=day)
    make_result(session=race, entry=enter(event, make_driver()), **WON)
    assert latest() == [("Race", raced_on)]


def test_race_without_any_date_comes_last(calendar):
    driver = make_driver()
    undated, dated = calendar("undated", None), calendar("dated", date(2022, 5, 14))
    race = make_session(event=undated, start=None, precision=DAY_ONLY, name_sv="old")
    make_result(session=race, entry=enter(undated, driver), **WON)
    race = race_of(dated, "2022-05-14T11:55Z", name_sv="new")
    make_result(session=race, entry=enter(dated, driver), **WON)
    assert [name for name, _day in latest()] == ["new", "old"]


def test_latest_results_are_races_of_ours_with_something_to_tell(calendar):
    event = calendar("event", date(2022, 5, 14))
    ours = enter(event, make_driver())
    guests = enter(event, make_driver(slug="emil", status=GUEST))
    race = race_of(event, "2022-05-14T11:55Z")
    qualifying = race_of(event, "2022-05-13T17:05Z", kind=QUALIFYING)
    empty = race_of(event, "2022-05-14T08:00Z", name_sv="empty")
    retired = race_of(event, "2022-05-14T09:00Z", name_sv="retired")
    make_result(session=race, entry=ours, **WON)
    make_result(session=race, entry=guests, **(WON | {"position": 2}))
    make_result(session=qualifying, entry=ours, **WON)
    make_result(session=empty, entry=ours)
    make_result(session=retired, entry=ours, status=RETIRED)
    assert [name for name, _day in latest()] == ["Race", "retired"]


def test_race_that_one_of_ours_stepped_in_for_is_among_the_latest(calendar):
    event = calendar("event", date(2022, 5, 14))
    guests = enter(event, make_driver(slug="emil", status=GUEST))
    race = race_of(event, "2022-05-14T11:55Z")
    make_result(session=race, entry=guests, drivers=[make_driver()], **WON)
    assert latest() == [("Race", date(2022, 5, 14))]


def test_race_in_two_parts_is_one_latest_result(calendar):
    event = calendar("event", date(2022, 5, 14), last_day=date(2022, 5, 15))
    entry = enter(event, make_driver())
    second = race_of(event, "2022-05-15T12:05Z", name_sv="part 2")
    first = race_of(event, "2022-05-14T11:55Z", name_sv="part 1", result_in=second)
    make_result(session=first, entry=entry, **WON)
    make_result(session=second, entry=entry, **WON)
    assert latest() == [("part 2", date(2022, 5, 15))]


@pytest.mark.parametrize("count", [1, 30])
def test_latest_results_take_three_queries(count, django_assert_num_queries):
    season = make_season(series=make_series(short_name="STCC", slug="stcc"))
    circuit, driver = make_circuit(), make_driver()
    team, car, tcr = make_team(), make_car(), make_class()
    for number in range(1, count + 1):
        event = make_event(
            season=season, circuit=circuit, slug=f"event-{number}", name=str(number)
        )
        entry = make_entry(
            event=event, drivers=[driver], team=team, car=car, racing_class=tcr
        )
        make_result(session=make_session(event=event), entry=entry, **WON)
    with django_assert_num_queries(3):
        results = schedule.latest_results(30, AFTERWARDS)
        assert {
            (
                result.session.event.name,
                result.session.event.season.series.short_name,
                str(result.entry.team),
                str(result.entry.racing_class),
                result.credited_drivers[0],
            )
            for result in results
        } == {
            (str(number), "STCC", "Lestrup Racing Team", "TCR", driver)
            for number in range(1, count + 1)
        }


# Weekends with their crews


@pytest.mark.parametrize("count", [1, 30])
def test_weekends_with_crews_take_three_queries(count, django_assert_num_queries):
    season, circuit, driver = make_season(), make_circuit(), make_driver()
    for number in range(count):
        event = make_event(season=season, circuit=circuit, slug=f"event-{number}")
        enter(event, driver)
        enter(event)
    with django_assert_num_queries(3):
        events = list(schedule.with_crews(Event.objects.with_place()))
        assert [len(event.our_entries) for event in events] == [1] * count
