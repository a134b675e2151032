"""The weekend on one screen: the whole of it, its days and where it is run."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from events.models import Event, TimetableRelease
from tests import factories
from tests.adminpages import (
    add_row,
    errors,
    filled,
    opened,
    page_of,
    refused,
    save,
)
from tests.events import timetables

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
    add_row(data, "links", kind="stream", url="youtube.com/24HSeries")
    add_row(data, "links", kind="information", url="https://24hseries.com")
    add_row(data, "entries", number="#120", **keys(*drivers[:3]))
    add_row(data, "entries", number="7a", **keys(*drivers[3:6]))
    return data


def enter_sessions(client, event):
    """Five sessions, typed in as many ways."""
    rows = []
    for name, day, time, length in [
        ("Fri träning", "2023-01-13", "10:00", "1:30"),
        ("Tidskval", "2023-01-13", "1530", "45 min"),
        ("Nattträning", "2023-01-13", "19.00", "1,5 h"),
        ("Uppvärmning", "2023-01-14", "930", "20"),
        ("Race", "2023-01-14", "13:00", "24 h"),
    ]:
        typed = {"kind": "other", "name_sv": name, "day": day, "time": time}
        rows.append(timetables.new(len(rows), length_minutes=length, **typed))
    timetables.enter(client, event, *rows)


def test_a_whole_weekend_is_entered_and_its_timetable_published(officer, drivers):
    circuit = factories.make_circuit(
        name="Dubai Autodrome", slug="dubai", country="AE", time_zone="Asia/Dubai"
    )
    season = factories.make_season(year=2023)
    data = new_weekend(officer, circuit, season, drivers)

    response = officer.post(ADD, data)

    assert response.status_code == 302, errors(response)
    event = Event.objects.get()
    assert event.slug == "hankook-24h-dubai-2023"
    link = f'<a href="{timetables.address(event)}">Edit the timetable</a>'
    assert f"Its sessions are entered in the timetable. {link}" in (
        timetables.messages(officer)
    )
    page = officer.get(page_of(event)).content.decode()
    assert page.count("There are no sessions yet.") == 1
    assert page.count(f'href="{timetables.address(event)}"') == 1
    enter_sessions(officer, event)
    assert not event.sessions.exists()
    assert timetables.publish(officer, event).status_code == 302
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
    rows = [*event.entries.all(), *event.links.all()]
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


# The timetable on the page of the weekend


def test_the_page_shows_the_timetable_and_what_is_drafted_of_it(officer, event):
    race = factories.make_session(event=event, length_minutes=360)
    factories.make_session(
        event=event, name_sv="Kval", kind="qualifying", start=None, precision="day_only"
    )
    timetables.enter(
        officer,
        event,
        timetables.row(race, time="14:15"),
        timetables.new(name_sv="Race 2", day="2022-05-15"),
    )
    page = officer.get(page_of(event))
    assert [
        (str(row.line.name), row.when, row.length, row.is_published, bool(row.draft))
        for row in page.context["timetable"]
    ] == [
        ("Race", "Saturday 14 May 13:55", "6 hours", True, True),
        ("Race 2", "Sunday 15 May 13:55", "–", False, True),
        ("Kval", "to be announced", "–", True, False),
    ]
    text = page.content.decode()
    assert text.count(f'href="{timetables.address(event)}"') == 1
    assert text.count('<span class="outcome changed">Draft</span>') == 1
    assert text.count('<span class="outcome created">New</span>') == 1
    assert "sessions-" not in "".join(opened(officer, event))


def test_a_new_weekend_has_neither_a_timetable_nor_sessions_to_choose(officer):
    page = officer.get(ADD)
    text = page.content.decode()
    assert text.count("Sessions can be entered once the weekend is saved.") == 1
    links = page.context["inline_admin_formsets"][0]
    field = links.formset.empty_form.fields["session"]
    assert list(field.choices) == [("", "---------")]
    assert field.help_text == "Sessions can be chosen once the weekend is saved."
    assert text.count("the time zone of the circuit, once one is chosen") == 1
    assert text.count(">the circuit’s time zone</span>") == 1


# What the public is told of a weekend


IN_DOUBT = (
    "The sessions keep their moment: their times and days at the circuit may be others "
    "now. Look through the timetable."
)


def said_on_saving(client, event, **changes):
    """What the next page says, without the sentence that all went well."""
    assert save(client, event, opened(client, event), **changes).status_code == 302
    found = [strip_tags(message) for message in timetables.messages(client)]
    return [sentence for sentence in found if "successfully" not in sentence]


def test_another_circuit_and_other_days_are_told_and_move_no_session(officer, event):
    race = factories.make_session(event=event)
    dubai = factories.make_circuit(
        name="Dubai Autodrome", slug="dubai", country="AE", time_zone="Asia/Dubai"
    )
    assert said_on_saving(
        officer,
        event,
        circuit=str(dubai.pk),
        first_day="2022-06-03",
        last_day="2022-06-04",
    ) == [
        "The public is told: The weekend moved from 13–15 May 2022 to 3–4 June 2022; "
        "The weekend moved from Hockenheimring to Dubai Autodrome. Say why",
        f"{IN_DOUBT} Edit the timetable",
    ]
    assert race.history.count() == 1
    release = TimetableRelease.objects.get()
    page = officer.get(page_of(release)).content.decode()
    assert page.count("<li>The weekend moved from ") == 2


def test_a_circuit_in_the_same_zone_puts_no_time_in_doubt(officer, event):
    factories.make_session(event=event)
    other = factories.make_circuit(name="Nürburgring", slug="nurburgring")
    assert said_on_saving(officer, event, circuit=str(other.pk)) == [
        "The public is told: The weekend moved from Hockenheimring to Nürburgring. "
        "Say why"
    ]


def test_another_status_of_a_weekend_is_told_and_other_facts_are_not(officer, event):
    assert said_on_saving(officer, event, status="cancelled") == [
        "The public is told: The weekend is cancelled. Say why"
    ]
    assert said_on_saving(officer, event, round="4", first_day="2022-05-13") == []
    assert TimetableRelease.objects.count() == 1


def test_a_weekend_that_is_brought_back_is_told_as_well(officer, event):
    first = event.history.last()
    event.status = "cancelled"
    event.save()
    path = reverse("admin:events_event_simple_history", args=[event.pk, first.pk])
    assert officer.post(path, filled(officer.get(path))).status_code == 302
    (change,) = TimetableRelease.objects.get().changes.all()
    assert (change.field, change.old, change.new) == (
        *("status", "cancelled"),
        "confirmed",
    )
    event.refresh_from_db()
    assert (event.status, event.sequence) == ("confirmed", 2)


# Days


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
    data = opened(officer, event) | {"classes-TOTAL_FORMS": "201"}
    assert refused(officer, event, data)["classes"] == [
        "Please submit at most 200 forms."
    ]
