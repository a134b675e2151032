"""Releasing a timetable: what differs, what is published, what is told of it."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from events import releases
from events.models import (
    DraftSession,
    Event,
    Session,
    TimetableChange,
    TimetableRelease,
)
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

AT_1905 = datetime(2022, 5, 14, 17, 5, tzinfo=UTC)
AT_1925 = datetime(2022, 5, 14, 17, 25, tzinfo=UTC)


@pytest.fixture
def qualifying(event):
    return factories.make_session(
        event=event,
        kind="qualifying",
        name_sv="Tidskval",
        name_en="Qualifying",
        start=AT_1905,
        length_minutes=45,
    )


def draft(session, **facts):
    """A draft that says what is published but for some facts."""
    same = {name: getattr(session, name) for name in releases.COPIED}
    return factories.make_draft(event=session.event, session=session, **(same | facts))


def shown(event):
    """What publishing would tell."""
    zone = event.circuit.zone
    return [
        sentence
        for difference in releases.differences(releases.drafts_of(event))
        for sentence in difference.sentences(zone)
    ]


def told(event, at=None):
    """What each release told, the latest first."""
    return [found.sentences for found in releases.released(event, at)]


# What differs


def test_a_draft_that_says_what_is_published_differs_in_nothing(event, qualifying):
    same = draft(qualifying)
    assert releases.is_same(qualifying, same)
    assert releases.differences([same]) == []


@pytest.mark.parametrize("fact", ["note_sv", "note_en", "source"])
def test_what_is_not_told_differs_all_the_same(event, qualifying, fact):
    drafted = draft(qualifying, **{fact: "Regn"})
    assert not releases.is_same(qualifying, drafted)
    (difference,) = releases.differences([drafted])
    assert (difference.changes, difference.sentences(event.circuit.zone)) == ([], [])


def test_differences_come_in_the_order_of_the_timetable_to_be(event, qualifying):
    early = factories.make_session(event=event, name_sv="Lopp 1", start=AT_1905)
    draft(qualifying, start=AT_1925, length_minutes=30)
    draft(early, start=datetime(2022, 5, 13, 17, tzinfo=UTC))
    factories.make_draft(event=event, name_sv="Extra")
    factories.make_draft(event=event, name_sv="Lopp 2", start=AT_1905)
    factories.make_draft(event=event, name_sv="Lopp 3", day=date(2022, 5, 14), order=2)
    factories.make_draft(event=event, name_sv="Lopp 4", day=date(2022, 5, 14), order=1)
    assert shown(event) == [
        "Lopp 1 moved from Saturday 14 May 19:05 to Friday 13 May 19:00",
        "Lopp 2 added: Saturday 14 May 19:05",
        "Qualifying moved from 19:05 to 19:25",
        "Qualifying now lasts 30\xa0min",
        "Lopp 4 added: Saturday 14 May, time to be announced",
        "Lopp 3 added: Saturday 14 May, time to be announced",
        "Extra added, time to be announced",
    ]
    releases.publish(event)
    assert told(event)[0][:3] == [
        "Lopp 1 moved from Saturday 14 May 19:05 to Friday 13 May 19:00",
        "Lopp 2 added: Saturday 14 May 19:05",
        "Qualifying moved from 19:05 to 19:25",
    ]


@pytest.mark.parametrize(
    ("before", "after", "sentences"),
    [
        ("confirmed", "provisional", ["The time of Qualifying is provisional"]),
        ("provisional", "confirmed", ["The time of Qualifying is confirmed"]),
        (
            "day_only",
            "provisional",
            [
                "Qualifying is on Saturday 14 May 19:05",
                "The time of Qualifying is provisional",
            ],
        ),
        ("day_only", "confirmed", ["Qualifying is on Saturday 14 May 19:05"]),
        (
            "provisional",
            "day_only",
            ["Qualifying is no longer at 19:05, time to be announced"],
        ),
    ],
)
def test_how_certain_a_time_is_is_told_where_the_time_does_not_say_so(
    event, qualifying, before, after, sentences
):
    def when(precision):
        if precision == "day_only":
            return {"start": None, "day": date(2022, 5, 14), "precision": precision}
        return {"start": AT_1905, "precision": precision}

    Session.objects.filter(pk=qualifying.pk).update(**when(before))
    qualifying.refresh_from_db()
    draft(qualifying, **({"day": None} | when(after)))
    assert shown(event) == sentences


def test_what_is_new_and_delayed_is_told_so(event, qualifying):
    facts = {"start": AT_1925, "status": "delayed", "precision": "provisional"}
    factories.make_draft(event=event, name_sv="Lopp", **facts)
    assert shown(event) == [
        "Lopp added: Saturday 14 May 19:25",
        "Lopp delayed",
        "The time of Lopp is provisional",
    ]


# Publishing


def test_publishing_changes_the_sessions_and_keeps_their_uid(event, qualifying):
    race = factories.make_session(event=event, start=AT_1905)
    uid = qualifying.uid
    draft(qualifying, start=AT_1925, note_sv="Regn", source="Bulletin 3")
    draft(race, status="cancelled")
    factories.make_draft(event=event, name_sv="Lopp 2", start=AT_1925)

    release = releases.publish(event, reason_sv="dimma", reason_en="fog", source="PDF")

    qualifying.refresh_from_db()
    race.refresh_from_db()
    assert (qualifying.start, qualifying.note_sv) == (AT_1925, "Regn")
    assert (qualifying.source, qualifying.uid) == ("Bulletin 3", uid)
    assert (qualifying.sequence, race.sequence, race.status) == (1, 1, "cancelled")
    assert event.sessions.get(name_sv="Lopp 2").start == AT_1925
    assert not DraftSession.objects.exists()
    assert (release.reason, release.source, release.is_first) == ("fog", "PDF", False)
    assert told(event) == [
        [
            "Race cancelled",
            "Qualifying moved from 19:05 to 19:25",
            "Lopp 2 added: Saturday 14 May 19:25",
        ]
    ]
    assert {change.history.count() for change in release.changes.all()} == {1}


def test_nothing_of_a_draft_is_published_before(event, qualifying):
    draft(qualifying, start=AT_1925)
    qualifying.refresh_from_db()
    assert (qualifying.start, qualifying.sequence) == (AT_1905, 0)
    assert told(event) == []


def test_a_first_timetable_is_told_in_one_sentence(event):
    factories.make_draft(event=event, start=AT_1905)
    factories.make_draft(event=event, name_sv="Lopp 2", start=AT_1925)
    release = releases.publish(event)
    assert release.is_first
    assert release.changes.count() == 2
    assert told(event) == [["The timetable is published"]]


def test_notes_are_published_without_a_release(event, qualifying):
    draft(qualifying, note_sv="Regn")
    assert releases.publish(event) is None
    qualifying.refresh_from_db()
    assert qualifying.note_sv == "Regn"
    assert not TimetableRelease.objects.exists()
    assert releases.publish(event) is None  # there is nothing left


def test_all_is_published_or_nothing(event, qualifying):
    draft(qualifying, start=AT_1925)
    factories.make_draft(event=event, name_sv="Lopp", start=AT_1925)
    event.last_day = date(2022, 5, 13)
    event.save()
    with pytest.raises(ValidationError):
        releases.publish(event)
    qualifying.refresh_from_db()
    assert qualifying.start == AT_1905
    assert (event.sessions.count(), event.draft_sessions.count()) == (1, 2)


def test_a_draft_of_a_session_of_another_weekend_is_left_out(event, qualifying):
    other = factories.make_event(
        season=event.season, circuit=event.circuit, slug="other-2022"
    )
    stray = draft(qualifying, start=AT_1925)
    stray.event = other
    stray.save()
    assert (shown(event), shown(other)) == ([], [])
    assert releases.publish(other) is None
    qualifying.refresh_from_db()
    assert (qualifying.start, qualifying.event) == (AT_1905, event)
    assert not DraftSession.objects.exists()


def test_what_was_entered_of_the_results_stays(event, qualifying):
    drafted = draft(qualifying, start=AT_1925)
    Session.objects.filter(pk=qualifying.pk).update(classification="provisional")
    assert drafted.session.classification == ""
    releases.publish(event)
    qualifying.refresh_from_db()
    assert qualifying.classification == "provisional"


# What was published


def test_releases_are_told_once_they_are_made_the_latest_first(
    event, qualifying, django_assert_num_queries
):
    for number, start in enumerate([AT_1925, AT_1905, AT_1925]):
        qualifying.refresh_from_db()
        draft(qualifying, start=start)
        release = releases.publish(event)
        release.published_at = datetime(2022, 5, 13, number, tzinfo=UTC)
        release.save()
    moved = ["Qualifying moved from 19:05 to 19:25"]
    back = ["Qualifying moved from 19:25 to 19:05"]
    with django_assert_num_queries(2):
        assert told(event) == [moved, back, moved]
    assert told(event, datetime(2022, 5, 13, 1, 30, tzinfo=UTC)) == [back, moved]
    qualifying.refresh_from_db()
    assert qualifying.sequence == 3


def test_a_session_takes_along_what_was_told_of_it(event, qualifying):
    draft(qualifying, start=AT_1925)
    releases.publish(event)
    qualifying.delete()
    assert told(event) == []


def test_releases_of_several_weekends_are_told_on_their_own_clocks(event, qualifying):
    dubai = factories.make_circuit(name="Dubai", slug="dubai", time_zone="Asia/Dubai")
    other = factories.make_event(
        season=event.season, circuit=dubai, slug="dubai-2022", name="24h Dubai"
    )
    race = factories.make_session(event=other, start=AT_1905)
    for session in (qualifying, race):
        draft(session, start=AT_1925)
        releases.publish(session.event)
    found = releases.with_changes(
        TimetableRelease.objects.select_related("event__circuit").order_by("pk")
    )
    assert [item.sentences for item in found] == [
        ["Qualifying moved from 19:05 to 19:25"],
        ["Race moved from 21:05 to 21:25 (UTC+4)"],
    ]


def test_a_release_is_told_in_both_languages_by_todays_names(event, qualifying):
    draft(qualifying, start=AT_1925, name_sv="Kval")
    releases.publish(event)
    assert told(event) == [["Qualifying moved from 19:05 to 19:25"]]
    Session.objects.update(name_en="Q1")
    assert told(event) == [["Q1 moved from 19:05 to 19:25"]]
    with translation.override("sv"):
        (sentences,) = told(event)
    assert len(sentences) == 2  # the Swedish name is another one
    assert "Tidskval" in sentences[0]
    assert "Kval" in sentences[0]
    assert "19:05" in sentences[1]


# The weekend itself


def saved(event, **facts):
    """A weekend saved with other facts, and what is told of it."""
    before = Event.objects.get(pk=event.pk)
    for name, value in facts.items():
        setattr(event, name, value)
    event.save()
    return releases.tell_of_weekend(before, event)


def test_a_weekend_is_told_of_where_its_status_days_or_circuit_changed(event):
    assert saved(event, name="Loppet", round="4") is None
    other = factories.make_circuit(name="Nürburgring", slug="nurburgring")
    release = saved(
        event, status="postponed", first_day=None, last_day=None, circuit=other
    )
    assert release.event == event
    assert told(event) == [
        [
            "The weekend is postponed",
            "The days of the weekend will be announced later",
            "The weekend moved from Hockenheimring to Nürburgring",
        ]
    ]
    changes = TimetableChange.objects.values_list("field", "old", "new")
    assert list(changes) == [
        ("status", "confirmed", "postponed"),
        ("days", "2022-05-13/2022-05-15", ""),
        ("circuit", "Hockenheimring", "Nürburgring"),
    ]


def test_what_is_drafted_and_released_says_what_it_is(event, qualifying):
    draft(qualifying, status="cancelled")
    release = releases.publish(event)
    release.published_at = datetime(2022, 5, 13, 9, 30, tzinfo=UTC)
    change = release.changes.get()
    assert [
        str(factories.make_draft(event=event, name_sv="Extra")),
        str(release),
        str(change),
        str(factories.make_timetable_change(release=release)),
    ] == [
        "Extra, Hankook 12h Hockenheimring",
        "Hankook 12h Hockenheimring, 2022-05-13 09:30 UTC",
        "Qualifying, Hankook 12h Hockenheimring: status",
        "Hankook 12h Hockenheimring: status",
    ]
