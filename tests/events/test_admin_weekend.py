"""The weekend on one screen: the whole of it, its days and where it is run."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from events.models import Event, Session
from tests import factories
from tests.adminpages import (
    add_row,
    errors,
    filled,
    opened,
    refused,
    save,
    with_session,
)

pytestmark = pytest.mark.django_db

ADD = "/admin/events/event/add/"


def keys(*drivers):
    return {f"driver_{n}": str(driver.pk) for n, driver in enumerate(drivers, start=1)}


# A whole weekend


def new_weekend(client, circuit, season, drivers):
    data = filled(client.get(ADD)) | {
        "name": "Hankook 24h Dubai",
        "season": str(season.pk),
        "round": "1",
        "circuit": str(circuit.pk),
        "first_day": "2023-01-13",
        "last_day": "2023-01-15",
        "format_sv": "24 timmar",
    }
    for name, day, time, length in [
        ("Fri träning", "2023-01-13", "10:00", "1:30"),
        ("Tidskval", "2023-01-13", "1530", "45 min"),
        ("Nattträning", "2023-01-13", "19.00", "1,5 h"),
        ("Uppvärmning", "2023-01-14", "930", "20"),
        ("Race", "2023-01-14", "13:00", "24 h"),
    ]:
        add_row(
            data,
            "sessions",
            kind="other",
            name_sv=name,
            day=day,
            time=time,
            length_minutes=length,
        )
    add_row(data, "links", kind="stream", url="youtube.com/24HSeries")
    add_row(data, "links", kind="information", url="https://24hseries.com")
    add_row(data, "entries", number="#120", **keys(*drivers[:3]))
    add_row(data, "entries", number="7a", **keys(*drivers[3:6]))
    return data


def test_a_whole_weekend_is_entered_on_one_screen(officer, drivers):
    circuit = factories.make_circuit(
        name="Dubai Autodrome", slug="dubai", country="AE", time_zone="Asia/Dubai"
    )
    season = factories.make_season(year=2023)
    data = new_weekend(officer, circuit, season, drivers)

    response = officer.post(ADD, data)

    assert response.status_code == 302, errors(response)
    event = Event.objects.get()
    assert event.slug == "hankook-24h-dubai-2023"
    assert [(s.name_sv, s.start, s.length_minutes) for s in event.sessions.all()] == [
        ("Fri träning", datetime(2023, 1, 13, 6, 0, tzinfo=UTC), 90),
        ("Tidskval", datetime(2023, 1, 13, 11, 30, tzinfo=UTC), 45),
        ("Nattträning", datetime(2023, 1, 13, 15, 0, tzinfo=UTC), 90),
        ("Uppvärmning", datetime(2023, 1, 14, 5, 30, tzinfo=UTC), 20),
        ("Race", datetime(2023, 1, 14, 9, 0, tzinfo=UTC), 1440),
    ]
    assert [link.url for link in event.links.all()] == [
        "https://youtube.com/24HSeries",
        "https://24hseries.com",
    ]
    crews = [
        (entry.number, [driver.first_name for driver in entry.crew_drivers])
        for entry in event.entries.all()
    ]
    assert crews == [("120", ["Ada", "Bea", "Cia"]), ("7A", ["Dora", "Elsa", "Fia"])]


def test_saving_a_weekend_untouched_changes_nothing(officer, drivers):
    circuit = factories.make_circuit(time_zone="Asia/Dubai")
    season = factories.make_season(year=2023)
    officer.post(ADD, new_weekend(officer, circuit, season, drivers))
    event = Event.objects.get()
    rows = [*event.sessions.all(), *event.entries.all(), *event.links.all()]
    before = [row.history.count() for row in rows]
    assert save(officer, event, opened(officer, event)).status_code == 302
    assert [row.history.count() for row in rows] == before


def test_the_address_of_a_weekend_is_in_plain_letters(officer):
    circuit, season = factories.make_circuit(), factories.make_season()
    data = filled(officer.get(ADD)) | {
        "name": "Skövde Höstlopp Å 2022",
        "season": str(season.pk),
        "circuit": str(circuit.pk),
        "first_day": "2022-09-01",
    }
    officer.post(ADD, data)
    assert Event.objects.get().slug == "skovde-hostlopp-a-2022"


def test_a_name_without_letters_needs_an_address(officer):
    circuit, season = factories.make_circuit(), factories.make_season()
    data = filled(officer.get(ADD)) | {
        "name": "東京",
        "season": str(season.pk),
        "circuit": str(circuit.pk),
    }
    said = errors(officer.post(ADD, data))
    assert said == {"slug": ["Write an address of letters and digits."]}


# Days


def test_a_session_outside_the_weekend_is_refused_at_the_field(officer, event):
    sentence = "is not one of the weekend’s days: 13–15 May 2022."
    for day, name in (("2022-05-12", "12 May 2022"), ("2022-05-16", "16 May 2022")):
        data = with_session(officer, event, day=day)
        assert refused(officer, event, data) == {
            "sessions-0-day": [f"{name} {sentence}"]
        }
        data = with_session(officer, event, day=day, time="")
        assert refused(officer, event, data) == {
            "sessions-0-day": [f"{name} {sentence}"]
        }


def test_the_day_is_the_one_at_the_circuit(officer, event):
    """Early on Friday in Sydney it is still Thursday in UTC."""
    sydney = factories.make_circuit(
        name="Sydney", slug="sydney", country="AU", time_zone="Australia/Sydney"
    )
    data = with_session(officer, event, day="2022-05-13", time="07:00")
    assert save(officer, event, data, circuit=str(sydney.pk)).status_code == 302
    assert Session.objects.get().start == datetime(2022, 5, 12, 21, 0, tzinfo=UTC)


def test_a_session_may_run_over_the_last_midnight(officer, event):
    data = with_session(
        officer, event, day="2022-05-15", time="22:00", length_minutes="6 h"
    )
    assert save(officer, event, data).status_code == 302


def test_a_weekend_without_days_takes_a_session_on_any_day(officer, event):
    data = with_session(officer, event, day="2022-08-01")
    assert save(officer, event, data, first_day="", last_day="").status_code == 302


def test_moving_the_weekend_away_from_its_sessions_is_refused_at_them(officer, event):
    factories.make_session(event=event)
    data = opened(officer, event)
    moved = {"first_day": "2022-06-03", "last_day": "2022-06-04"}
    assert refused(officer, event, data, **moved) == {
        "sessions-0-day": [
            "14 May 2022 is not one of the weekend’s days: 3–4 June 2022."
        ]
    }
    data |= moved
    assert (
        save(officer, event, data, **{"sessions-0-day": "2022-06-04"}).status_code
        == 302
    )


def test_a_weekend_that_ends_before_it_begins_is_refused(officer, event):
    data = opened(officer, event)
    said = refused(officer, event, data, first_day="2022-05-15", last_day="2022-05-13")
    assert said == {"last_day": ["The last day lies before the first day."]}


# Where


def test_a_layout_of_another_circuit_is_refused_at_the_field(officer, event):
    other = factories.make_circuit(name="Zandvoort", slug="zandvoort")
    layout = factories.make_layout(circuit=other)
    said = refused(officer, event, opened(officer, event), layout=str(layout.pk))
    assert said == {"layout": ["“Zandvoort” is a layout of another circuit."]}


def test_only_the_layouts_of_the_circuit_are_suggested(officer, event):
    layout = factories.make_layout(circuit=event.circuit, name="Kort")
    factories.make_layout(circuit=factories.make_circuit(name="X", slug="x"))
    query = {"app_label": "events", "model_name": "event", "field_name": "layout"}
    address = reverse("admin:autocomplete")
    here = officer.get(address, query | {"circuit": event.circuit_id}).json()
    assert [found["id"] for found in here["results"]] == [str(layout.pk)]
    assert len(officer.get(address, query | {"circuit": "x"}).json()["results"]) == 2


def test_the_page_learns_the_zone_of_a_circuit(officer, event):
    response = officer.get(
        reverse("admin:events_event_zone"),
        {"circuit": event.circuit_id, "day": ["2022-05-13", "2022-12-01", "", "x"]},
    )
    assert response.json() == {
        "zone": "Europe/Berlin",
        "names": {
            "2022-05-13": "Europe/Berlin, CEST, UTC+2",
            "2022-12-01": "Europe/Berlin, CET, UTC+1",
            "": "Europe/Berlin",
            "x": "Europe/Berlin",
        },
    }


@pytest.mark.parametrize("circuit", ["", "x", "4711", "9" * 40, "-1"])
def test_the_zone_of_no_circuit_is_not_found(officer, circuit):
    address = reverse("admin:events_event_zone")
    assert officer.get(address, {"circuit": circuit}).status_code == 404


def test_the_zone_of_a_circuit_is_not_for_strangers(client, event):
    address = reverse("admin:events_event_zone")
    assert client.get(address, {"circuit": event.circuit_id}).status_code == 302
    client.force_login(factories.make_user(is_staff=True))
    assert client.get(address, {"circuit": event.circuit_id}).status_code == 403


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2022-02-30"])
def test_days_that_are_none_of_ours_have_no_offset(officer, event, day):
    address = reverse("admin:events_event_zone")
    answer = officer.get(address, {"circuit": event.circuit_id, "day": day}).json()
    assert answer["names"] == {day: "Europe/Berlin"}


# Classes and championships


def test_the_same_class_twice_is_refused(officer, event):
    tcr = factories.make_class()
    data = opened(officer, event)
    add_row(data, "classes", racing_class=str(tcr.pk), cars="8")
    add_row(data, "classes", racing_class=str(tcr.pk))
    said = refused(officer, event, data)
    assert list(said) == ["classes", "classes-1"]


def test_a_weekend_counts_for_further_championships(officer, event):
    season = factories.make_season(
        series=factories.make_series(short_name="X", slug="x"), year=2022
    )
    data = opened(officer, event)
    add_row(data, "rounds", season=str(season.pk), round="2")
    assert save(officer, event, data).status_code == 302
    assert list(event.other_seasons.all()) == [season]


def test_a_page_offers_no_more_rows_than_it_takes(officer, event):
    data = opened(officer, event) | {"sessions-TOTAL_FORMS": "201"}
    assert refused(officer, event, data)["sessions"] == [
        "Please submit at most 200 forms."
    ]
