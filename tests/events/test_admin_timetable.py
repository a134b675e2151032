"""The screen of a timetable: whose clock, how long, what is kept as a draft."""

from datetime import UTC, date, datetime
from itertools import cycle

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from events.admin.lines import LineForm
from events.models import DraftSession, Session, TimetableRelease
from racing.models import Circuit
from tests import factories
from tests.adminpages import client_of, filled
from tests.adminpages import opened as opened_page
from tests.events.test_admin_fuzz import NASTY
from tests.events.timetables import (
    address,
    boxes,
    enter,
    messages,
    new,
    opened,
    row,
    said,
    save,
    shown,
)

pytestmark = pytest.mark.django_db


def typed(event, **values):
    """The form of a new session with what was typed into it."""
    usual = {"precision": "confirmed", "status": "scheduled", "order": "0"}
    return LineForm(new(**usual | values), event=event, prefix="new-0")


def draft_of(event, **values):
    form = typed(event, **values)
    assert form.is_valid(), form.errors
    return form.instance


# Times


def test_the_zone_stands_beside_every_time(officer, event):
    factories.make_session(event=event)
    december = date(2022, 12, 1)
    event.last_day = december
    event.save()
    factories.make_session(event=event, start=datetime(2022, 12, 1, 12, tzinfo=UTC))
    page = officer.get(address(event)).content.decode()
    assert page.count(">Europe/Berlin, CEST, UTC+2</span>") == 1
    assert page.count(">CET, UTC+1</span>") == 1
    # The first session, three empty rows and the one that others are made of.
    assert page.count(">CEST, UTC+2</span>") == 5


@pytest.mark.parametrize("text", ["9:05", "09:05", "9.05", "905", "0905"])
def test_a_time_is_understood_as_people_type_it(event, text):
    draft = draft_of(event, time=text)
    assert draft.start == datetime(2022, 5, 14, 7, 5, tzinfo=UTC)
    assert (draft.day, draft.precision) == (None, "confirmed")


def test_the_day_is_the_one_at_the_circuit(event):
    """Early on Friday in Sydney it is still Thursday in UTC."""
    event.circuit.time_zone = "Australia/Sydney"
    draft = draft_of(event, day="2022-05-13", time="07:00")
    assert draft.start == datetime(2022, 5, 12, 21, 0, tzinfo=UTC)


def test_a_day_without_a_time_is_a_day_only(event):
    draft = draft_of(event, time="", precision="provisional")
    assert (draft.start, draft.day) == (None, date(2022, 5, 14))
    assert draft.precision == "day_only"


def test_a_session_can_be_announced_without_a_day(event):
    draft = draft_of(event, day="", time="")
    assert (draft.start, draft.day, draft.precision) == (None, None, "day_only")


def test_a_session_may_run_over_the_last_midnight(event):
    draft_of(event, day="2022-05-15", time="22:00", length_minutes="6 h")


def test_a_weekend_without_days_takes_a_session_on_any_day(event):
    event.first_day = event.last_day = None
    draft_of(event, day="2022-08-01")


@pytest.fixture
def autumn():
    """A weekend with a session in the second of two hours that the wall shows alike."""
    event = factories.make_event(
        first_day=date(2022, 10, 29), last_day=date(2022, 10, 30)
    )
    second = datetime(2022, 10, 30, 1, 30, 12, tzinfo=UTC)
    return factories.make_session(event=event, start=second)


def test_a_time_that_comes_twice_is_the_first_of_the_two(autumn):
    draft = draft_of(autumn.event, day="2022-10-30", time="02:30")
    assert draft.start == datetime(2022, 10, 30, 0, 30, tzinfo=UTC)


def test_the_second_of_two_times_is_kept_while_it_is_left_alone(officer, autumn):
    event = autumn.event
    assert boxes(opened(officer, event), autumn)["time"] == "02:30"
    enter(officer, event, row(autumn, name_sv="Natt"))
    assert DraftSession.objects.get().start == autumn.start
    enter(officer, event, row(autumn, time="12:00"))
    # Whoever types back what is published means what is published.
    enter(officer, event, row(autumn, time="02:30"))
    assert DraftSession.objects.get().start == autumn.start
    enter(officer, event, row(autumn, name_sv="Race"))
    assert not DraftSession.objects.exists()


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *[("45 min", 45), ("6 h", 360), ("1:30", 90), ("90", 90), ("1 h 30 min", 90)],
        *[("6 timmar", 360), ("1 tim 30 min", 90), ("1,5 h", 90), ("", None)],
    ],
)
def test_a_length_is_understood_as_people_type_it(event, text, minutes):
    assert draft_of(event, length_minutes=text).length_minutes == minutes


NO_TIME = "Write the time as on a 24-hour clock, such as 16:20."
NO_LENGTH = "is not a length of time. Write for example 45 min, 6 h or 1:30."
DAYS = "is not one of the weekend’s days: 13–15 May 2022."


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"time": "24:61"}, "time", NO_TIME),
        ({"day": ""}, "day", "Give the day of this time as well."),
        ({"day": "2022-05-12"}, "day", f"12 May 2022 {DAYS}"),
        ({"day": "2022-05-16"}, "day", f"16 May 2022 {DAYS}"),
        ({"day": "2022-05-16", "time": ""}, "day", f"16 May 2022 {DAYS}"),
        (
            {"length_minutes": "0"},
            "length_minutes",
            "The session would end at its start.",
        ),
        (
            {"length_minutes": "0:00"},
            "length_minutes",
            "The session would end at its start.",
        ),
        ({"length_minutes": "-45"}, "length_minutes", f"“-45” {NO_LENGTH}"),
        ({"length_minutes": "1:75"}, "length_minutes", f"“1:75” {NO_LENGTH}"),
        (
            {"length_minutes": "100 h"},
            "length_minutes",
            "A session is shorter than 100 hours.",
        ),
        ({"name_sv": " "}, "name_sv", "This field is required."),
    ],
)
def test_what_is_none_is_refused_at_the_field(event, english, values, field, sentence):
    assert typed(event, **values).errors == {field: [sentence]}


def test_a_time_that_the_clocks_jump_over_is_refused_at_the_field(english):
    event = factories.make_event(
        first_day=date(2022, 3, 26), last_day=date(2022, 3, 27)
    )
    assert typed(event, day="2022-03-27", time="02:30").errors == {
        "time": [
            "02:30 does not exist on 27 March 2022 in Europe/Berlin: the clocks go "
            "forward from 02:00 to 03:00."
        ]
    }


# The draft


def facts(line):
    return (line.name_sv, line.start, line.length_minutes, line.status)


def test_what_is_saved_is_a_draft_and_changes_no_session(officer, event):
    race = factories.make_session(event=event)
    other = factories.make_session(event=event, name_sv="Kval", kind="qualifying")
    before = Session.history.count()
    enter(
        officer,
        event,
        row(race, time="14:15", source="Bulletin 3"),
        new(name_sv="Race 2", day="2022-05-15", length_minutes="6 h"),
        new(2, name_sv="Prisutdelning", kind="other", time=""),
    )
    assert Session.history.count() == before
    assert not TimetableRelease.objects.exists()
    assert [(draft.session, *facts(draft)) for draft in drafts(event)] == [
        (race, "Race", datetime(2022, 5, 14, 12, 15, tzinfo=UTC), None, "scheduled"),
        (None, "Race 2", datetime(2022, 5, 15, 11, 55, tzinfo=UTC), 360, "scheduled"),
        (None, "Prisutdelning", None, None, "scheduled"),
    ]
    assert messages(officer) == [
        "The draft is saved: 3 rows changed. Nobody else sees it until it is published."
    ]
    # Rows with a draft show it, the others what is published.
    data = opened(officer, event)
    assert boxes(data, race)["time"] == "14:15"
    assert boxes(data, other)["time"] == "13:55"
    assert shown(officer, event) == [
        "Race moved from 13:55 to 14:15",
        "Prisutdelning added: Saturday 14 May, time to be announced",
        "Race 2 added: Sunday 15 May 13:55",
    ]


def drafts(event):
    return event.draft_sessions.select_related("session").order_by("pk")


def test_saving_untouched_keeps_no_draft_and_says_so(officer, event):
    factories.make_session(event=event)
    factories.make_session(event=event, start=None, precision="day_only")
    enter(officer, event)
    assert not DraftSession.history.exists()
    assert messages(officer) == ["Nothing was changed."]


def test_a_row_that_says_what_is_published_again_has_no_draft(officer, event):
    race = factories.make_session(event=event, note_sv="Torrt")
    enter(officer, event, row(race, note_sv="Vått", source="Bulletin 3"))
    assert DraftSession.objects.get().note_sv == "Vått"
    assert shown(officer, event) == []  # a note changes without a word
    enter(officer, event, row(race, note_sv="Torrt", source=""))
    assert not DraftSession.objects.exists()


def test_a_new_row_is_deleted_and_a_session_is_cancelled(officer, event):
    race = factories.make_session(event=event)
    enter(officer, event, new(name_sv="Race 2"))
    (draft,) = drafts(event)
    page = officer.get(address(event))
    assert page.content.decode().count('-DELETE"') == 3  # its box and the label of that
    assert "-DELETE" not in "".join(row(race, x=""))
    enter(officer, event, row(draft, DELETE="on"), row(race, DELETE="on"))
    assert not DraftSession.objects.exists()
    assert Session.objects.get() == race
    enter(officer, event, row(race, status="cancelled"))
    assert shown(officer, event) == ["Race cancelled"]


def test_nothing_that_was_typed_is_lost_where_something_is_wrong(officer, event):
    race = factories.make_session(event=event)
    before = opened(officer, event)
    typed = [
        row(race, time="25:00", name_en="Race one", note_sv="Regn", order="x"),
        new(1, name_sv="Kval", kind="", day="2022-05-20", time="9"),
    ]
    response = save(officer, event, before, *typed)
    assert set(said(response)) == {
        f"session-{race.pk}-order",
        f"session-{race.pk}-time",
        *("new-1-kind", "new-1-day", "new-1-time"),
    }
    token = {"csrfmiddlewaretoken": ""}  # each page has its own
    assert filled(response) | token == before | typed[0] | typed[1] | token
    assert not DraftSession.objects.exists()


def test_rows_beyond_what_fits_are_refused(officer, event):
    data = opened(officer, event) | {"new-TOTAL_FORMS": "201"}
    response = save(officer, event, data, new(200))
    assert response.status_code == 200
    assert response.context["lines"].has_too_many
    assert not DraftSession.objects.exists()


def test_a_draft_of_a_session_that_stood_in_another_weekend_is_taken_over(
    officer, event
):
    race = factories.make_session(event=event)
    other = factories.make_event(
        season=event.season, circuit=event.circuit, slug="other-2022"
    )
    stray = DraftSession.objects.create(
        event=other, session=race, kind="race", name_sv="Annat", precision="day_only"
    )
    assert shown(officer, other) == []
    enter(officer, event, row(race, name_sv="Lopp"))
    stray.refresh_from_db()
    assert (stray.event, stray.name_sv) == (event, "Lopp")


# Who may, and what it costs


def staff_with(*codenames):
    user = factories.make_user(username="cia", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return client_of(user)


def test_whoever_may_only_look_saves_and_publishes_nothing(officer, event):
    race = factories.make_session(event=event)
    enter(officer, event, row(race, time="14:15"))
    viewer = staff_with("view_event")
    for page in ("timetable", "publish"):
        response = viewer.get(address(event, page))
        assert response.status_code == 200
        assert response.content.decode().count('type="submit" value') == 0
        assert viewer.post(address(event, page), {}).status_code == 403
    race.refresh_from_db()
    assert race.start == datetime(2022, 5, 14, 11, 55, tzinfo=UTC)


def test_the_screens_are_closed_to_strangers(client, event):
    nobody = staff_with("view_session")
    for page in ("timetable", "publish"):
        assert client.get(address(event, page)).status_code == 302
        assert client.post(address(event, page)).status_code == 302
        assert nobody.get(address(event, page)).status_code == 403


@pytest.mark.parametrize("key", ["abc", "9" * 30, "-1", "0", "4711"])
def test_weekends_that_are_none_are_not_found(officer, key):
    for page in ("timetable", "timetable/publish"):
        path = f"/admin/events/event/{key}/{page}/"
        assert officer.get(path).status_code == 404
        assert officer.post(path).status_code == 404


def test_the_screens_take_the_same_queries_for_one_session_and_for_thirty(
    officer, event, django_assert_num_queries
):
    for number in range(30):
        race = factories.make_session(event=event, name_sv=f"Race {number}")
        facts = {"event": event, "kind": "race", "precision": "day_only"}
        DraftSession.objects.create(session=race, name_sv=f"Lopp {number}", **facts)
        DraftSession.objects.create(name_sv=f"Extra {number}", **facts)
        if number in (0, 29):
            with django_assert_num_queries(10):
                assert officer.get(address(event)).status_code == 200
            with django_assert_num_queries(9):
                assert officer.get(address(event, "publish")).status_code == 200


# Nonsense


def test_whatever_is_typed_the_screen_saves_it_or_comes_back(officer, event):
    factories.make_session(event=event)
    enter(officer, event, new())
    data = opened(officer, event)
    names = sorted(data)
    for shift in range(8):
        nasty = dict(zip(names, cycle(NASTY[shift * 5 :] + NASTY), strict=False))
        for kept in ({"_version", "new-TOTAL_FORMS"}, {"_version"}, set()):
            typed = nasty | {name: data[name] for name in kept}
            assert save(officer, event, typed).status_code in (200, 302, 400)


def test_a_page_that_lacks_its_boxes_keeps_what_is_stored(officer, event):
    factories.make_session(event=event)
    enter(officer, event, new())
    version = opened(officer, event)["_version"]
    assert save(officer, event, {"_version": version}).status_code == 302
    assert [draft.name_sv for draft in drafts(event)] == ["Race"]


# A circuit whose zone was wrong


def test_a_new_zone_of_a_circuit_moves_no_session_and_says_so(officer, event):
    session = factories.make_session(event=event)
    circuit = event.circuit
    page = reverse("admin:racing_circuit_change", args=[circuit.pk])
    data = opened_page(officer, circuit) | {"time_zone": "europe/london"}
    response = officer.post(page, data, follow=True)
    assert Circuit.objects.get().time_zone == "Europe/London"
    start = session.start
    session.refresh_from_db()
    assert session.start == start
    assert next(str(message) for message in response.context["messages"]) == (
        "The sessions here keep their moment, so they now read as another time at the "
        "circuit. Look through the timetable of: Hankook 12h Hockenheimring."
    )
