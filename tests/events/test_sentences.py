"""What a release tells, in sentences: events.sentences."""

from zoneinfo import ZoneInfo

import pytest

from events import sentences
from events.models import Session, TimetableChange

pytestmark = pytest.mark.usefixtures("english")

BERLIN, DUBAI = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Dubai")
# On the clock at Hockenheim: Saturday 19:05 and 19:25, Sunday 10:00.
AT_1905, AT_1925 = "2022-05-14T17:05:00+00:00", "2022-05-14T17:25:00+00:00"
SUNDAY_10 = "2022-05-15T08:00:00+00:00"
SATURDAY, SUNDAY = "2022-05-14", "2022-05-15"


def told(zone=BERLIN, **changes):
    """What is told of the qualifying where fields went from one value to another."""
    line = Session(name_sv="Tidskval", name_en="Qualifying")
    found = [
        TimetableChange(field=field, old=old, new=new)
        for field, (old, new) in changes.items()
    ]
    return sentences.of_session(line, found, zone)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (AT_1905, AT_1925, "moved from 19:05 to 19:25"),
        (
            AT_1905,
            SUNDAY_10,
            "moved from Saturday 14 May 19:05 to Sunday 15 May 10:00",
        ),
        (
            AT_1905,
            SUNDAY,
            "moved from Saturday 14 May 19:05 to Sunday 15 May, time to be announced",
        ),
        (AT_1905, SATURDAY, "is no longer at 19:05, time to be announced"),
        (AT_1905, "", "is no longer on Saturday 14 May 19:05, time to be announced"),
        (SATURDAY, AT_1905, "is on Saturday 14 May 19:05"),
        (SATURDAY, SUNDAY, "moved from Saturday 14 May to Sunday 15 May"),
        (SATURDAY, SUNDAY_10, "moved from Saturday 14 May to Sunday 15 May 10:00"),
        (SATURDAY, "", "is no longer on Saturday 14 May, time to be announced"),
        ("", SATURDAY, "is on Saturday 14 May, time to be announced"),
        ("", AT_1905, "is on Saturday 14 May 19:05"),
    ],
)
def test_another_time_is_told(old, new, sentence):
    assert told(when=(old, new)) == [f"Qualifying {sentence}"]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("scheduled", "cancelled", "cancelled"),
        ("scheduled", "postponed", "postponed"),
        ("scheduled", "delayed", "delayed"),
        ("cancelled", "scheduled", "will be run after all"),
        ("postponed", "scheduled", "will be run as planned"),
        ("delayed", "scheduled", "is no longer delayed"),
        ("postponed", "cancelled", "cancelled"),
    ],
)
def test_another_status_is_told(old, new, sentence):
    assert told(status=(old, new)) == [f"Qualifying {sentence}"]


@pytest.mark.parametrize(
    ("status", "when", "found"),
    [
        (
            ("scheduled", "cancelled"),
            (AT_1905, AT_1925),
            ["cancelled; its time was changed from 19:05 to 19:25"],
        ),
        (("scheduled", "cancelled"), (AT_1905, ""), ["cancelled"]),
        (("scheduled", "cancelled"), ("", AT_1905), ["cancelled"]),
        (("scheduled", "cancelled"), (AT_1905, SUNDAY), ["cancelled"]),
        (
            ("scheduled", "postponed"),
            (AT_1905, ""),
            ["postponed, time to be announced"],
        ),
        (
            ("scheduled", "postponed"),
            (AT_1905, SATURDAY),
            ["postponed, time to be announced"],
        ),
        (
            ("scheduled", "postponed"),
            (AT_1905, SUNDAY_10),
            ["postponed from Saturday 14 May 19:05 to Sunday 15 May 10:00"],
        ),
        (
            ("scheduled", "postponed"),
            (AT_1905, SUNDAY),
            [
                "postponed from Saturday 14 May 19:05 to Sunday 15 May, time to be "
                "announced"
            ],
        ),
        (
            ("scheduled", "postponed"),
            ("", SUNDAY_10),
            ["postponed to Sunday 15 May 10:00"],
        ),
        (
            ("scheduled", "delayed"),
            (AT_1905, AT_1925),
            ["delayed from 19:05 to 19:25"],
        ),
        (
            ("scheduled", "delayed"),
            (AT_1905, SATURDAY),
            ["delayed, time to be announced"],
        ),
        (
            ("scheduled", "delayed"),
            (SATURDAY, AT_1925),
            ["delayed", "is on Saturday 14 May 19:25"],
        ),
        (
            ("delayed", "scheduled"),
            (AT_1925, AT_1905),
            ["is no longer delayed", "moved from 19:25 to 19:05"],
        ),
        (
            ("postponed", "scheduled"),
            ("", SUNDAY_10),
            ["will be run on Sunday 15 May 10:00"],
        ),
        (
            ("cancelled", "scheduled"),
            (AT_1905, SUNDAY_10),
            ["will be run on Sunday 15 May 10:00"],
        ),
        (
            ("cancelled", "scheduled"),
            (AT_1905, ""),
            ["will be run after all, time to be announced"],
        ),
    ],
)
def test_a_status_and_a_time_are_told_together(status, when, found):
    assert told(status=status, when=when) == [f"Qualifying {said}" for said in found]


def test_a_new_session_is_told_with_what_is_unusual_of_it():
    assert told(added=("", AT_1905)) == ["Qualifying added: Saturday 14 May 19:05"]
    assert told(added=("", SATURDAY)) == [
        "Qualifying added: Saturday 14 May, time to be announced"
    ]
    assert told(
        added=("", ""), status=("", "postponed"), precision=("", "provisional")
    ) == [
        "Qualifying added, time to be announced",
        "Qualifying postponed",
        "The time of Qualifying is provisional",
    ]


def test_other_facts_are_told_after_the_time():
    assert told(
        length_minutes=("20", "45"),
        kind=("practice", "qualifying"),
        precision=("provisional", "confirmed"),
        when=(AT_1905, AT_1925),
        name_en=("Practice 3", "Qualifying"),
    ) == [
        "Practice 3 is now called Qualifying",
        "Qualifying moved from 19:05 to 19:25",
        "The time of Qualifying is confirmed",
        "Qualifying now lasts 45\xa0min",
        "Qualifying is now listed as “qualifying”",
    ]
    assert told(length_minutes=("20", "")) == [
        "Qualifying: the length will be announced later"
    ]


def test_how_certain_the_time_of_a_cancelled_session_is_goes_untold():
    found = told(
        status=("scheduled", "cancelled"), precision=("confirmed", "provisional")
    )
    assert found == ["Qualifying cancelled"]


def test_a_name_of_the_other_language_goes_untold():
    assert told(name_sv=("Kval", "Tidskval")) == []


def test_a_clock_that_is_not_the_sites_own_is_named_once():
    assert told(DUBAI, when=(AT_1905, AT_1925)) == [
        "Qualifying moved from 21:05 to 21:25 (UTC+4)"
    ]
    assert told(DUBAI, when=(AT_1905, "")) == [
        "Qualifying is no longer on Saturday 14 May 21:05 (UTC+4), time to be announced"
    ]


def test_the_hour_that_comes_twice_is_told_apart():
    first, second = "2022-10-30T00:30:00+00:00", "2022-10-30T01:30:00+00:00"
    assert told(when=(first, second)) == [
        "Qualifying moved from 02:30 (CEST, UTC+2) to 02:30 (CET, UTC+1)"
    ]


def test_seconds_are_not_worth_a_word():
    assert told(when=(AT_1905, AT_1905.replace(":00+", ":12+"))) == []


# A weekend


def told_of_weekend(**changes):
    return sentences.of_weekend(
        TimetableChange(field=field, old=old, new=new)
        for field, (old, new) in changes.items()
    )


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("confirmed", "cancelled", ["The weekend is cancelled"]),
        ("provisional", "confirmed", ["The weekend is confirmed"]),
        ("confirmed", "postponed", ["The weekend is postponed"]),
        ("cancelled", "confirmed", ["The weekend will be run after all"]),
        (
            "cancelled",
            "provisional",
            ["The weekend will be run after all", "The weekend is provisional"],
        ),
    ],
)
def test_another_status_of_a_weekend_is_told(old, new, found):
    assert told_of_weekend(status=(old, new)) == found


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "2022-05-13/2022-05-15",
            "2022-06-03/2022-06-05",
            "The weekend moved from 13–15 May 2022 to 3–5 June 2022",
        ),
        (
            "2022-05-13/2022-05-15",
            "2022-05-12/2022-05-15",
            "The days of the weekend are now: 12–15 May 2022",
        ),
        (
            "",
            "2022-05-13/2022-05-15",
            "The days of the weekend are now: 13–15 May 2022",
        ),
        ("", "2022-05-13/", "The days of the weekend are now: from 13 May 2022"),
        (
            "2022-05-13/2022-05-15",
            "",
            "The days of the weekend will be announced later",
        ),
    ],
)
def test_other_days_of_a_weekend_are_told(old, new, sentence):
    assert told_of_weekend(days=(old, new)) == [sentence]


def test_another_circuit_is_told_last():
    found = told_of_weekend(
        circuit=("Hockenheimring", "Nürburgring"), status=("provisional", "confirmed")
    )
    assert found == [
        "The weekend is confirmed",
        "The weekend moved from Hockenheimring to Nürburgring",
    ]
