"""Publishing a timetable: what is shown before, what is told after, and who was first."""

from datetime import UTC, date, datetime

import pytest

from events.models import DraftSession, Session, TimetableChange, TimetableRelease
from tests import factories
from tests.adminpages import filled, page_of
from tests.adminpages import opened as opened_page
from tests.adminpages import save as save_page
from tests.events.timetables import (
    address,
    enter,
    messages,
    new,
    opened,
    publish,
    row,
    save,
    shown,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def race(event):
    return factories.make_session(event=event, name_en="Race 1")


def post(client, event, data, act):
    return client.post(address(event, "publish"), data | {act: "x"})


def test_publishing_moves_cancels_and_adds_and_tells_it(officer, event, race):
    kval = factories.make_session(event=event, name_sv="Kval", kind="qualifying")
    uids = {session.pk: session.uid for session in (race, kval)}
    enter(
        officer,
        event,
        row(race, time="14:15", note_sv="Regn"),
        row(kval, status="cancelled"),
        new(name_sv="Race 2", day="2022-05-15", source="Bulletin 3"),
    )
    told = [
        "Kval cancelled",
        "Race 1 moved from 13:55 to 14:15",
        "Race 2 added: Sunday 15 May 13:55",
    ]
    assert shown(officer, event) == told
    messages(officer)

    response = publish(
        officer, event, reason_sv="på grund av dimma", reason_en="because of fog"
    )

    assert response.status_code == 302
    assert response["Location"] == address(event)
    (said,) = messages(officer)
    assert said == (
        f"Published: {'; '.join(told)}. "
        f'<a href="{event.get_absolute_url()}">View on site</a>'
    )
    race.refresh_from_db()
    kval.refresh_from_db()
    assert race.start == datetime(2022, 5, 14, 12, 15, tzinfo=UTC)
    assert (race.note_sv, kval.status) == ("Regn", "cancelled")
    assert {session.pk: session.uid for session in (race, kval)} == uids
    assert Session.objects.get(name_sv="Race 2").source == "Bulletin 3"
    assert not DraftSession.objects.exists()
    release = TimetableRelease.objects.get()
    assert (release.reason_sv, release.reason_en) == (
        "på grund av dimma",
        "because of fog",
    )
    assert not release.is_first
    # Who published it, and what, is in the history of the weekend.
    history = officer.get(page_of(event).replace("/change/", "/history/"))
    news = [str(item) for item in history.context["row_news"]]
    assert (
        "Session “Race 1 (Saturday 14 May 14:15)”: Start: 14 May 2022, 13:55 (CEST, "
        "UTC+2) → 14 May 2022, 14:15 (CEST, UTC+2); Note in Swedish: – → Regn"
    ) in news
    assert {str(r.history_user) for r in Session.history.all()[:3]} == {"press"}


def test_a_first_timetable_is_told_as_one(officer, event):
    enter(officer, event, new(), new(1, name_sv="Race 2"))
    page = officer.get(address(event, "publish")).content.decode()
    assert page.count("This is the first timetable of the weekend.") == 1
    messages(officer)
    publish(officer, event)
    (said,) = messages(officer)
    assert said.startswith("The timetable is published. <a ")
    assert TimetableRelease.objects.get().is_first
    assert event.sessions.count() == 2


def test_notes_and_order_change_without_a_word(officer, event, race):
    enter(officer, event, row(race, note_sv="Regn", order="2", name_sv="Lopp"))
    (told,) = officer.get(address(event, "publish")).context["told"]
    assert told.sentences == []
    assert [str(change) for change in told.quiet] == [
        "Name in Swedish: Race → Lopp",
        "Note in Swedish: – → Regn",
        "Order: 0 → 2",
    ]
    enter(officer, event, row(race, name_sv="Race"))
    messages(officer)
    publish(officer, event)
    (said,) = messages(officer)
    assert said.startswith("Published. There is nothing in it to tell the public. <a ")
    race.refresh_from_db()
    assert (race.note_sv, race.order) == ("Regn", 2)
    assert not TimetableRelease.objects.exists()


def test_nothing_is_published_where_nothing_differs(officer, event, race):
    page = officer.get(address(event, "publish"))
    assert page.content.decode().count('type="submit" value') == 0
    assert (
        page.content.decode().count("Nothing: the draft says what is published.") == 1
    )
    assert publish(officer, event).status_code == 200
    assert not TimetableRelease.objects.exists()


def test_saving_leads_on_to_publishing(officer, event, race):
    data = opened(officer, event) | {"_publish": "x"}
    response = save(officer, event, data, row(race, time="14:15"))
    assert response["Location"] == address(event, "publish")
    assert DraftSession.objects.exists()


def test_a_draft_is_thrown_away(officer, event, race):
    enter(officer, event, row(race, time="14:15"), new(name_sv="Race 2"))
    data = filled(officer.get(address(event, "publish")))
    messages(officer)
    assert post(officer, event, data, "_discard").status_code == 302
    (said,) = messages(officer)
    assert said.startswith("The draft is thrown away.")
    assert not DraftSession.objects.exists()
    assert Session.objects.get().start == race.start


def test_a_reason_that_is_too_long_is_refused_and_kept(officer, event, race):
    enter(officer, event, row(race, time="14:15"))
    response = publish(officer, event, reason_sv="x" * 201, reason_en="Fog")
    assert response.status_code == 200
    assert list(response.context["publishing"].form.errors) == ["reason_sv"]
    assert filled(response)["reason_en"] == "Fog"
    assert not TimetableRelease.objects.exists()


def test_a_broadcast_that_begins_by_itself_does_not_move_along(officer, event, race):
    link = {"event": event, "session": race, "label_sv": "24H på YouTube"}
    factories.make_event_link(start=race.start, **link)
    factories.make_event_link(kind="tv", **link)
    enter(officer, event, row(race, name_sv="Lopp"))
    assert officer.get(address(event, "publish")).context["broadcasts"] == ""
    enter(officer, event, row(race, time="14:15"))
    page = officer.get(address(event, "publish"))
    assert page.context["broadcasts"] == "24H på YouTube (Race 1)"


# What was shown is what is published


def change_nothing(event, race):
    pass


def draft_more(event, race):
    DraftSession.objects.filter(session=race).update(length_minutes=45)


def add_a_draft(event, race):
    facts = {"kind": "race", "name_sv": "Extra", "precision": "day_only"}
    DraftSession.objects.create(event=event, **facts)


def drop_the_draft(event, race):
    DraftSession.objects.all().delete()


def move_the_session(event, race):
    race.start = datetime(2022, 5, 14, 13, 0, tzinfo=UTC)
    race.save()


def move_the_weekend(event, race):
    event.last_day = date(2022, 5, 14)
    event.save()


def enter_results(event, race):
    race.classification = "provisional"
    race.save()


@pytest.mark.parametrize("act", ["_publish", "_discard"])
@pytest.mark.parametrize(
    "meanwhile",
    [draft_more, add_a_draft, drop_the_draft, move_the_session, move_the_weekend],
)
def test_what_was_not_shown_is_not_published(officer, event, race, meanwhile, act):
    enter(officer, event, row(race, time="14:15"))
    data = filled(officer.get(address(event, "publish"))) | {"reason_en": "Fog"}
    meanwhile(event, race)
    drafts = DraftSession.objects.count()
    response = post(officer, event, data, act)
    assert response.status_code == 200
    assert response.context["is_outdated"]
    assert not TimetableRelease.objects.exists()
    assert DraftSession.objects.count() == drafts
    if drafts:  # what stands there now can be published
        assert filled(response)["reason_en"] == "Fog"
        assert post(officer, event, filled(response), act).status_code == 302


def test_results_entered_meanwhile_stop_no_publishing(officer, event, race):
    enter(officer, event, row(race, time="14:15"))
    data = filled(officer.get(address(event, "publish")))
    enter_results(event, race)
    assert post(officer, event, data, "_publish").status_code == 302
    race.refresh_from_db()
    assert race.classification == "provisional"
    assert race.start == datetime(2022, 5, 14, 12, 15, tzinfo=UTC)


def test_a_page_that_does_not_say_what_it_showed_publishes_nothing(
    officer, event, race
):
    enter(officer, event, row(race, time="14:15"))
    assert post(officer, event, {}, "_publish").status_code == 200
    assert post(officer, event, {"seen": "x"}, "_discard").status_code == 200
    assert DraftSession.objects.exists()


def test_a_session_that_the_weekend_moved_away_from_is_not_published(
    officer, event, race
):
    enter(officer, event, row(race, time="14:15"), new(name_sv="Race 2"))
    event.first_day, event.last_day = date(2022, 6, 3), date(2022, 6, 4)
    event.save()
    page = officer.get(address(event, "publish"))
    sentence = "14 May 2022 is not one of the weekend’s days: 3–4 June 2022."
    assert page.context["publishing"].faults == [
        f"Race 2: {sentence}",
        f"Race 1: {sentence}",
    ]
    assert publish(officer, event).status_code == 200
    assert not TimetableRelease.objects.exists()
    # The screen marks what stands on other days, drafted or not.
    rows = officer.get(address(event)).context["lines"].stored
    assert [line.is_outside for line in rows] == [True, True]


# What was told


def test_the_reason_of_a_release_is_corrected_and_what_it_told_is_shown(
    officer, event, race
):
    enter(officer, event, row(race, time="14:15"))
    publish(officer, event, reason_sv="dima")
    release = TimetableRelease.objects.get()
    page = officer.get(page_of(release))
    assert page.content.decode().count("<li>Race 1 moved from 13:55 to 14:15</li>") == 1
    data = opened_page(officer, release)
    assert set(data) - {"csrfmiddlewaretoken", "_version"} == {
        *("reason_sv", "reason_en", "source")
    }
    assert save_page(officer, release, data, reason_sv="dimma").status_code == 302
    release.refresh_from_db()
    assert release.reason_sv == "dimma"
    assert TimetableChange.objects.count() == 1
