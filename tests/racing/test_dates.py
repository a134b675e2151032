"""How days, clock times and durations are printed: racing.dates."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from racing import dates


def day(text):
    return dt.date.fromisoformat(text)


def moment(text, zone):
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def test_the_active_language_decides_when_none_is_given():
    with translation.override("sv"):
        assert dates.date(day("2022-05-13")) == "13 maj 2022"
    with translation.override("en"):
        assert dates.date(day("2022-05-13")) == "13 May 2022"


def test_all_months_and_weekdays_have_their_names():
    months = [dt.date(2022, number, 1) for number in range(1, 13)]
    weekdays = [dt.date(2022, 8, number) for number in range(1, 8)]  # from a Monday
    assert " ".join(dates.month(d, "sv") for d in months) == (
        "januari februari mars april maj juni juli augusti september oktober "
        "november december"
    )
    assert " ".join(dates.month(d, "en") for d in months) == (
        "January February March April May June July August September October "
        "November December"
    )
    assert " ".join(dates.weekday(d, "sv") for d in weekdays) == (
        "måndag tisdag onsdag torsdag fredag lördag söndag"
    )
    assert " ".join(dates.weekday(d, "en") for d in weekdays) == (
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    )


def test_a_month_stands_with_its_year_where_the_day_is_not_known():
    assert dates.month_and_year(day("2022-09-02"), "sv") == "september 2022"
    assert dates.month_and_year(day("2022-09-02"), "en") == "September 2022"


def test_day_names_the_weekday():
    assert dates.day(day("2022-05-14"), "sv") == "lördag 14 maj"
    assert dates.day(day("2022-05-14"), "en") == "Saturday 14 May"


@pytest.mark.parametrize(
    ("first", "last", "swedish", "english"),
    [
        ("2022-05-13", "2022-05-15", "13–15 maj 2022", "13–15 May 2022"),
        (
            "2022-09-30",
            "2022-10-01",
            "30 september–1 oktober 2022",
            "30 September–1 October 2022",
        ),
        (
            "2022-12-30",
            "2023-01-01",
            "30 december 2022–1 januari 2023",
            "30 December 2022–1 January 2023",
        ),
        (
            "2022-05-13",
            "2023-05-15",
            "13 maj 2022–15 maj 2023",
            "13 May 2022–15 May 2023",
        ),
        ("2022-05-13", "2022-05-13", "13 maj 2022", "13 May 2022"),
        ("2018-05-04", None, "från 4 maj 2018", "from 4 May 2018"),
        (None, "2018-09-22", "till 22 september 2018", "until 22 September 2018"),
        (None, None, None, None),
    ],
)
def test_date_range_says_each_thing_once(first, last, swedish, english):
    first, last = first and day(first), last and day(last)
    assert dates.date_range(first, last, "sv") == swedish
    assert dates.date_range(first, last, "en") == english


@pytest.mark.parametrize(
    ("first", "last", "swedish", "english"),
    [
        ("2022-05-13", "2022-05-15", "13–15 maj", "13–15 May"),
        ("2022-05-13", "2022-05-13", "13 maj", "13 May"),
        (
            "2022-12-30",
            "2023-01-01",
            "30 december–1 januari",
            "30 December–1 January",
        ),
    ],
)
def test_short_date_range_leaves_out_the_year(first, last, swedish, english):
    assert dates.short_date_range(day(first), day(last), "sv") == swedish
    assert dates.short_date_range(day(first), day(last), "en") == english


@pytest.mark.parametrize(
    ("reader", "swedish", "english"),
    [
        ("2022-05-14", "", ""),
        ("2022-05-15", "+1 dag", "+1 day"),
        ("2022-05-13", "−1 dag", "−1 day"),
        ("2022-05-16", "+2 dagar", "+2 days"),
    ],
)
def test_day_shift_is_seen_from_the_track(reader, swedish, english):
    assert dates.day_shift(day("2022-05-14"), day(reader), "sv") == swedish
    assert dates.day_shift(day("2022-05-14"), day(reader), "en") == english


def test_clock_has_24_hours_in_both_languages():
    assert dates.clock(dt.time(16, 20)) == "16:20"
    assert dates.clock(dt.time(0, 5, 59)) == "00:05"
    assert dates.clock(moment("2022-05-13T16:20", "Europe/Berlin")) == "16:20"


@pytest.mark.parametrize(
    ("minutes", "swedish", "english"),
    [
        (360, "6 timmar", "6 hours"),
        (60, "1 timme", "1 hour"),
        (1440, "24 timmar", "24 hours"),
        (45, "45\u00a0min", "45\u00a0min"),
        (90, "1\u00a0tim 30\u00a0min", "1\u00a0h 30\u00a0min"),
        (0, "0\u00a0min", "0\u00a0min"),
    ],
)
def test_duration_is_in_hours_and_minutes(minutes, swedish, english):
    assert dates.duration(minutes, "sv") == swedish
    assert dates.duration(minutes, "en") == english


def test_duration_refuses_a_negative_number():
    with pytest.raises(ValueError, match="negative"):
        dates.duration(-1)


@pytest.mark.parametrize(
    ("left", "swedish", "english"),
    [
        (
            dt.timedelta(hours=28, minutes=20),
            "om 1 dag 4\u00a0tim",
            "in 1 day 4\u00a0h",
        ),
        (dt.timedelta(days=2, minutes=59), "om 2 dagar", "in 2 days"),
        (
            dt.timedelta(days=21, hours=3),
            "om 21 dagar 3\u00a0tim",
            "in 21 days 3\u00a0h",
        ),
        (
            dt.timedelta(hours=4, minutes=20),
            "om 4\u00a0tim 20\u00a0min",
            "in 4\u00a0h 20\u00a0min",
        ),
        (dt.timedelta(hours=4), "om 4\u00a0tim", "in 4\u00a0h"),
        (dt.timedelta(minutes=25, seconds=59), "om 25\u00a0min", "in 25\u00a0min"),
        (
            dt.timedelta(seconds=59),
            "om mindre än 1\u00a0min",
            "in less than 1\u00a0min",
        ),
        (dt.timedelta(0), "", ""),
        (dt.timedelta(seconds=-1), "", ""),
    ],
)
def test_countdown_says_the_two_largest_units(left, swedish, english):
    assert dates.countdown(left, "sv") == swedish
    assert dates.countdown(left, "en") == english


@pytest.mark.parametrize(
    ("zone", "summer", "winter"),
    [
        ("Europe/Stockholm", "CEST, UTC+2", "CET, UTC+1"),
        ("Europe/London", "BST, UTC+1", "GMT, UTC+0"),
        ("America/New_York", "EDT, UTC−4", "EST, UTC−5"),
        ("Asia/Dubai", "UTC+4", "UTC+4"),
        ("Asia/Kolkata", "IST, UTC+5:30", "IST, UTC+5:30"),
        ("America/St_Johns", "NDT, UTC−2:30", "NST, UTC−3:30"),
        ("Australia/Lord_Howe", "UTC+10:30", "UTC+11"),
        ("UTC", "UTC", "UTC"),
    ],
)
def test_zone_label_names_the_zone_and_its_offset(zone, summer, winter):
    assert dates.zone_label(moment("2022-07-01T12:00", zone)) == summer
    assert dates.zone_label(moment("2022-01-01T12:00", zone)) == winter


def test_zone_label_of_a_fixed_offset_is_the_offset():
    fixed = dt.timezone(dt.timedelta(hours=-3, minutes=-30))
    assert dates.zone_label(dt.datetime(2022, 5, 13, tzinfo=fixed)) == "UTC−3:30"
    assert dates.zone_label(dt.datetime(2022, 5, 13, tzinfo=dt.UTC)) == "UTC"


def test_zone_label_refuses_a_time_without_a_zone():
    naive = moment("2022-05-13T16:20", "UTC").replace(tzinfo=None)
    with pytest.raises(ValueError, match="without a zone"):
        dates.zone_label(naive)


def test_zone_name_says_whose_time_it_is():
    at_home = moment("2022-05-13T16:20", "Europe/Stockholm")
    in_dubai = moment("2022-01-14T14:00", "Asia/Dubai")
    assert dates.zone_name(at_home, "sv") == "svensk tid"
    assert dates.zone_name(at_home, "en") == "Swedish time"
    assert dates.zone_name(in_dubai, "sv") == "lokal tid"
    assert dates.zone_name(in_dubai, "en") == "local time"
