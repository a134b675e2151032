"""Two editors and one timetable: the second is told of the first and loses nothing."""

from datetime import UTC, datetime

import pytest

from events.models import DraftSession, Session
from tests import factories
from tests.adminpages import filled
from tests.adminpages import opened as opened_page
from tests.adminpages import save as save_page
from tests.events.timetables import (
    boxes,
    conflict,
    enter,
    new,
    opened,
    publish,
    row,
    said,
    save,
    shown,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return factories.make_event()


@pytest.fixture
def qualifying(event):
    start = datetime(2022, 5, 13, 17, 5, tzinfo=UTC)
    return factories.make_session(
        event=event, kind="qualifying", name_sv="Kval", start=start
    )


@pytest.fixture
def race(event, qualifying):
    return factories.make_session(event=event)


def drafted(event):
    drafts = event.draft_sessions.order_by("pk")
    return [(draft.name_sv, draft.note_sv, draft.start) for draft in drafts]


def test_the_second_to_save_is_told_and_loses_nothing(anna, bo, event, race):
    his = opened(bo, event)
    enter(anna, event, row(race, time="14:15", name_en="Race one"), new(name_sv="Hers"))

    response = save(
        bo, event, his, row(race, note_sv="Regn", name_en="Race"), new(name_sv="His")
    )

    assert conflict(response) == [
        "Anna Ek saved this page",
        "Drafted session “Race one (Saturday 14 May 14:15)” was added",
        "Drafted session “Hers (Saturday 14 May 13:55)” was added",
    ]
    data = filled(response)
    typed = boxes(data, race)
    assert (typed["time"], typed["note_sv"], typed["name_en"]) == (
        *("14:15", "Regn"),
        "Race",
    )
    assert data["new-0-name_sv"] == "His"
    hers = DraftSession.objects.get(name_sv="Hers")
    assert boxes(data, hers)["time"] == "13:55"
    assert drafted(event)[0][1] == ""
    assert save(bo, event, data).status_code == 302
    assert [(name, note) for name, note, _start in drafted(event)] == [
        ("Race", "Regn"),
        ("Hers", ""),
        ("His", ""),
    ]


def test_a_changed_draft_is_told_of_in_the_circuits_time(anna, bo, event, race):
    enter(anna, event, row(race, time="14:15"))
    his = opened(bo, event)
    enter(anna, event, row(race, time="14:25", length_minutes="6 h"))
    response = save(bo, event, his, row(race, time="14:35"))
    assert conflict(response)[1:] == [
        "Drafted session “Race (Saturday 14 May 14:25)”: Start: 14 May 2022, 14:15 "
        "(CEST, UTC+2) → 14 May 2022, 14:25 (CEST, UTC+2); Length: – → 6 hours"
    ]
    typed = boxes(filled(response), race)
    assert (typed["time"], typed["length_minutes"]) == ("14:35", "6 hours")


def test_what_was_published_meanwhile_is_told_of(anna, bo, event, race, qualifying):
    enter(anna, event, row(race, time="14:15"), new(name_sv="Extra"))
    his = opened(bo, event)
    publish(anna, event)

    response = save(bo, event, his, row(qualifying, time="19:25"))

    assert set(conflict(response)[1:]) == {
        "Session “Race (Saturday 14 May 14:15)”: Start: 14 May 2022, 13:55 (CEST, "
        "UTC+2) → 14 May 2022, 14:15 (CEST, UTC+2)",
        "Session “Extra (Saturday 14 May 13:55)” was added",
        "Drafted session “Race (Saturday 14 May 14:15)” was deleted",
        "Drafted session “Extra (Saturday 14 May 13:55)” was deleted",
    }
    data = filled(response)
    assert boxes(data, race)["time"] == "14:15"
    extra = Session.objects.get(name_sv="Extra")
    assert boxes(data, extra)["time"] == "13:55"
    assert save(bo, event, data).status_code == 302
    assert shown(bo, event) == ["Kval moved from 19:05 to 19:25"]


def test_a_row_that_is_gone_returns_where_it_was_typed_in(anna, bo, event, race):
    enter(anna, event, new(name_sv="Extra"), new(1, name_sv="Prisutdelning"))
    extra, ceremony = DraftSession.objects.order_by("pk")
    his = opened(bo, event)
    enter(anna, event, row(extra, DELETE="on"), row(ceremony, DELETE="on"))

    response = save(bo, event, his, row(extra, name_sv="Extralopp"))

    data = filled(response)
    names = [text for name, text in data.items() if name.endswith("-name_sv") and text]
    assert sorted(names) == ["Extralopp", "Kval", "Race"]
    assert save(bo, event, data).status_code == 302
    assert [name for name, _note, _start in drafted(event)] == ["Extralopp"]


def test_a_session_that_is_gone_returns_where_it_was_typed_in(
    anna, bo, event, race, qualifying
):
    his = opened(bo, event) | row(race, time="14:15")
    race.delete()
    qualifying.delete()
    response = save(bo, event, his)
    assert conflict(response)[1:] == [
        "Session “Race (Saturday 14 May 13:55)” was deleted",
        "Session “Kval (Friday 13 May 19:05)” was deleted",
    ]
    assert save(bo, event, filled(response)).status_code == 302
    assert drafted(event) == [
        ("Race", "", datetime(2022, 5, 14, 12, 15, tzinfo=UTC)),
    ]


def test_what_the_second_typed_wrongly_is_said_beside_it(anna, bo, event, race):
    his = opened(bo, event)
    enter(anna, event, row(race, time="14:15"))
    response = save(bo, event, his, row(race, time="25:00"))
    assert said(response) == {
        f"session-{race.pk}-time": [
            "Write the time as on a 24-hour clock, such as 16:20."
        ]
    }


def test_results_and_what_changed_nothing_stop_nobody(anna, bo, event, race):
    his = opened(bo, event)
    race.classification = "provisional"
    race.save()
    enter(anna, event)
    assert save(bo, event, his, row(race, time="14:15")).status_code == 302
    assert shown(bo, event) == ["Race moved from 13:55 to 14:15"]


def test_a_new_zone_of_the_circuit_is_told_of_and_moves_no_session(
    anna, bo, event, race, qualifying
):
    his = opened(bo, event)
    circuit = event.circuit
    save_page(anna, circuit, opened_page(anna, circuit), time_zone="Europe/London")

    response = save(bo, event, his, row(race, time="14:15"))

    assert conflict(response)[1:] == [
        "The times on this page are now read in the zone Europe/London; before it was "
        "Europe/Berlin."
    ]
    data = filled(response)
    assert boxes(data, qualifying)["time"] == "18:05"  # the same moment
    assert boxes(data, race)["time"] == "14:15"  # as it was typed
    assert save(bo, event, data).status_code == 302
    assert drafted(event) == [
        ("Race", "", datetime(2022, 5, 14, 13, 15, tzinfo=UTC)),
    ]


@pytest.mark.parametrize("version", ["", "nonsense", "draft=x", "draft=1&" * 9000])
def test_a_page_without_a_version_saves_nothing_at_first(bo, event, race, version):
    data = opened(bo, event) | {"_version": version}
    response = save(bo, event, data, row(race, time="14:15"))
    assert response.status_code == 200
    assert not DraftSession.objects.exists()
    assert save(bo, event, filled(response)).status_code == 302
    assert DraftSession.objects.get().start == datetime(2022, 5, 14, 12, 15, tzinfo=UTC)
