"""Which weekends are coming or over, who is entered, what may be seen when."""

from datetime import UTC, date, datetime

import pytest

from drivers.models import GUEST
from events.models import (
    CANCELLED,
    CLASSIFIED,
    DAY_ONLY,
    RETIRED,
    Entry,
    Event,
    Result,
    Session,
)
from tests.factories import (
    make_circuit,
    make_driver,
    make_entry,
    make_event,
    make_result,
    make_season,
    make_session,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2022, 5, 14, 12, 0, tzinfo=UTC)


# Days of a weekend


@pytest.mark.parametrize(
    ("first", "last", "day", "holds"),
    [
        (date(2022, 5, 13), date(2022, 5, 15), date(2022, 5, 13), True),
        (date(2022, 5, 13), date(2022, 5, 15), date(2022, 5, 15), True),
        (date(2022, 5, 13), date(2022, 5, 15), date(2022, 5, 12), False),
        (date(2022, 5, 13), date(2022, 5, 15), date(2022, 5, 16), False),
        (date(2022, 5, 13), None, date(2022, 5, 20), True),
        (date(2022, 5, 13), None, date(2022, 5, 12), False),
        (None, date(2022, 5, 15), date(2022, 5, 16), False),
        (None, None, date(2022, 5, 16), True),
        (date(2022, 5, 15), date(2022, 5, 13), date(2022, 5, 20), True),
    ],
)
def test_weekend_holds_its_own_days_as_far_as_they_are_known(first, last, day, holds):
    assert Event(first_day=first, last_day=last).holds(day) is holds


FRIDAY, SUNDAY = date(2022, 5, 13), date(2022, 5, 15)
DAYS = [
    # first day, last day, year of the season, season over, on, coming
    (FRIDAY, SUNDAY, 2022, False, date(2022, 5, 12), True),
    (FRIDAY, SUNDAY, 2022, False, SUNDAY, True),
    (FRIDAY, SUNDAY, 2022, False, date(2022, 5, 16), False),
    (FRIDAY, None, 2022, False, FRIDAY, True),
    (FRIDAY, None, 2022, False, date(2022, 5, 14), False),
    (None, SUNDAY, 2022, False, SUNDAY, True),
    (None, SUNDAY, 2022, False, date(2022, 5, 16), False),
    (None, None, 2022, False, date(2022, 12, 31), True),
    (None, None, 2022, False, date(2023, 1, 1), False),
    (None, None, 2022, True, date(2022, 5, 12), False),
    (FRIDAY, SUNDAY, 2022, True, FRIDAY, True),
    (date(2022, 1, 8), date(2022, 1, 9), 2021, False, date(2022, 1, 9), True),
]


@pytest.mark.parametrize(
    ("first", "last", "year", "season_over", "on", "is_coming"), DAYS
)
def test_weekend_is_coming_until_its_days_are_over(
    first, last, year, season_over, on, is_coming
):
    event = make_event(
        first_day=first,
        last_day=last,
        season=make_season(year=year, is_over=season_over),
    )
    assert Event.objects.coming(on).exists() is is_coming
    assert Event.objects.over(on).exists() is not is_coming
    assert event.is_over(on) is not is_coming


def test_weekend_is_over_when_the_day_ends_by_the_site_clock(travel):
    event = make_event()
    travel("2022-05-15T23:59+02:00")
    assert Event.objects.coming().get() == event
    assert not Event.objects.over().exists()
    assert not event.is_over()
    travel("2022-05-16T00:00+02:00")
    assert not Event.objects.coming().exists()
    assert Event.objects.over().get() == event
    assert event.is_over()


def test_weekend_in_hand_is_over_when_the_day_ends_at_its_track(travel):
    event = make_event(circuit=make_circuit(time_zone="America/New_York"))
    travel("2022-05-15T23:59-04:00")
    assert not event.is_over()
    travel("2022-05-16T00:00-04:00")
    assert event.is_over()


def test_weekends_stand_in_the_order_they_are_run():
    season, circuit = make_season(), make_circuit()
    last_season = make_season(series=season.series, year=2021)

    def run(slug, first, last, **fields):
        return make_event(
            slug=slug,
            first_day=first,
            last_day=last,
            **({"season": season, "circuit": circuit} | fields),
        )

    run("undated-2", None, None, round="2")
    run("undated-1", None, None, round="1")
    run("only-last", None, date(2022, 6, 4))
    run("only-first", date(2022, 6, 3), None)
    run("early", date(2022, 5, 13), date(2022, 5, 15))
    run("year-before", None, None, season=last_season)
    assert [event.slug for event in Event.objects.by_day()] == [
        "year-before",
        "early",
        "only-first",
        "only-last",
        "undated-1",
        "undated-2",
    ]
    assert [event.slug for event in Event.objects.over(date(2022, 6, 4))] == [
        "only-first",
        "early",
        "year-before",
    ]
    assert [event.slug for event in Event.objects.coming(date(2022, 6, 4))] == [
        "only-last",
        "undated-1",
        "undated-2",
    ]
    assert [event.slug for event in Event.objects.in_year(2021)] == ["year-before"]


def test_cancelled_weekend_keeps_its_page():
    event = make_event(status=CANCELLED)
    assert list(Event.objects.published()) == [event]


# Sessions


def test_session_ends_when_its_length_is_over():
    start = datetime(2022, 5, 13, 17, 5, tzinfo=UTC)
    assert Session(start=start, length_minutes=45).end == datetime(
        2022, 5, 13, 17, 50, tzinfo=UTC
    )


def test_end_of_a_session_without_start_or_length_is_unknown():
    assert Session(start=NOON).end is None
    assert Session(length_minutes=45).end is None


def test_sessions_without_a_time_stand_last_in_the_order_given():
    event = make_event()
    unknown = {"event": event, "start": None, "precision": DAY_ONLY}
    second = make_session(**unknown, order=2)
    first = make_session(**unknown, order=1)
    timed = make_session(event=event)
    assert list(event.sessions.all()) == [timed, first, second]


# Entries


def test_crew_stands_in_its_order():
    drivers = [
        make_driver(first_name=name, slug=name.lower()) for name in ("C", "A", "B")
    ]
    entry = make_entry(event=make_event(), drivers=drivers)
    assert Entry.objects.with_crew().get(pk=entry.pk).crew_drivers == drivers


def test_crews_of_all_entries_take_two_queries(django_assert_num_queries):
    event = make_event()
    for number in "123":
        driver = make_driver(slug=number)
        make_entry(event=event, number=number, drivers=[driver], car=None)
    with django_assert_num_queries(2):
        entries = list(Entry.objects.with_crew())
        assert [str(entry.crew_drivers[0]) for entry in entries] == [
            "Andreas Bäckman"
        ] * 3


def test_entry_is_ours_with_one_driver_of_ours():
    ours = make_driver()
    guest = make_driver(first_name="Emil", last_name="Sällberg", status=GUEST)
    event = make_event()
    assert make_entry(event=event, number="1", drivers=[guest, ours]).is_ours
    assert not make_entry(event=event, number="2", drivers=[guest]).is_ours
    assert not make_entry(event=event, number="3").is_ours


def test_our_entries_of_a_weekend_leave_the_others_out():
    event = make_event()
    ours = make_entry(event=event, number="1", drivers=[make_driver()])
    make_entry(event=event, number="2")
    assert event.our_entries == [ours]


# Results


def test_result_counts_for_those_it_names():
    anna, berit = (make_driver(slug=slug) for slug in ("anna", "berit"))
    event = make_event()
    entry = make_entry(event=event, drivers=[anna, berit])
    row = make_result(session=make_session(event=event), entry=entry, drivers=[berit])
    assert row.credited_drivers == [berit]


def test_result_that_names_nobody_counts_for_the_crew():
    anna, berit = (make_driver(slug=slug) for slug in ("anna", "berit"))
    event = make_event()
    entry = make_entry(event=event, drivers=[anna, berit])
    row = make_result(session=make_session(event=event), entry=entry)
    assert row.credited_drivers == [anna, berit]


@pytest.mark.parametrize(
    ("status", "was_running"), [(CLASSIFIED, True), (RETIRED, False)]
)
def test_car_that_retired_was_not_running_at_the_flag(status, was_running):
    assert Result(status=status, is_classified=True).was_running is was_running


def test_results_with_credits_take_three_queries(django_assert_num_queries):
    event = make_event()
    race = make_session(event=event)
    for number in "123":
        driver = make_driver(slug=number)
        entry = make_entry(
            event=event, number=number, drivers=[driver], team=None, car=None
        )
        make_result(session=race, entry=entry)
    with django_assert_num_queries(3):
        results = list(Result.objects.with_credits())
        assert {
            (str(row), row.session.event.circuit.name, row.credited_drivers[0].name)
            for row in results
        } == {
            (
                f"#{number}, Race, Hankook 12h Hockenheimring",
                "Hockenheimring",
                "Andreas Bäckman",
            )
            for number in "123"
        }


def publish_result(session_fields, **event_fields):
    """A result of a session of which only the given is known."""
    facts = {"first_day": None, "last_day": None} | event_fields
    event = make_event(**facts)
    race = make_session(event=event, **session_fields)
    return make_result(session=race, entry=make_entry(event=event))


def shown(moment):
    return Result.objects.published(datetime.fromisoformat(moment)).exists()


def test_result_shows_from_the_start_of_its_session_on():
    publish_result({"start": NOON})
    assert not shown("2022-05-14T11:59:59+00:00")
    assert shown("2022-05-14T12:00:00+00:00")


def test_result_of_a_day_shows_when_the_day_has_begun_everywhere():
    publish_result(
        {"start": None, "precision": DAY_ONLY, "day": date(2022, 5, 14)},
        first_day=FRIDAY,
    )
    assert not shown("2022-05-14T11:59:59+00:00")
    assert shown("2022-05-14T12:00:00+00:00")


@pytest.mark.parametrize("known", ["first_day", "last_day"])
def test_result_without_a_day_shows_when_the_weekend_has_begun_everywhere(known):
    publish_result({"start": None, "precision": DAY_ONLY}, **{known: date(2022, 5, 14)})
    assert not shown("2022-05-14T11:59:59+00:00")
    assert shown("2022-05-14T12:00:00+00:00")


def test_result_of_a_weekend_without_dates_shows_in_its_year():
    publish_result({"start": None, "precision": DAY_ONLY})
    assert not shown("2022-01-01T11:59:59+00:00")
    assert shown("2022-01-01T12:00:00+00:00")


def test_results_follow_the_site_clock(travel):
    publish_result({"start": NOON})
    travel("2022-05-14T13:59+02:00")
    assert not Result.objects.published().exists()
    travel("2022-05-14T14:00+02:00")
    assert Result.objects.published().exists()
