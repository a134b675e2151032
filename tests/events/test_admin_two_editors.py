"""Two editors and one page: the second is told of the first and loses nothing."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from events.models import Entry, Event, EventLink
from racing.models import User
from tests import factories
from tests.adminpages import (
    add_row,
    client_of,
    errors,
    filled,
    opened,
    page_of,
    save,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    drivers = [
        factories.make_driver(first_name=name, last_name="Berg")
        for name in ("Ada", "Bea", "Cia")
    ]
    event = factories.make_event(season=factories.make_season())
    for name in ("stream", "tv"):
        factories.make_event_link(event=event, kind=name, url=f"https://{name}.se")
    factories.make_entry(event=event, drivers=drivers)
    return event


def test_the_second_to_save_is_told_who_saved_and_what(anna, bo, event):
    his = opened(bo, event)
    assert save(anna, event, opened(anna, event), name="Anna's name").status_code == 302

    response = save(bo, event, his, format_sv="12 timmar")

    assert told(response) == [
        "Anna Ek saved this page",
        "Official name: Hankook 12h Hockenheimring → Anna's name",
    ]
    event.refresh_from_db()
    assert (event.name, event.format_sv) == ("Anna's name", "")


def test_the_first_line_says_when_and_that_nothing_is_lost(anna, bo, event):
    his = opened(bo, event)
    save(anna, event, opened(anna, event), name="Anna's name")
    saved = event.history.first().history_date.astimezone(event.circuit.zone)
    sentence = errors(save(bo, event, his))[""][0]
    assert sentence == (
        f"Anna Ek saved this page on {saved.day} {saved:%B} {saved.year}, {saved:%H:%M}, "
        "after you had opened it, so nothing is saved yet. Everything you typed is "
        "still here; what you had not touched now shows what is stored. Read what has "
        "changed, then save again."
    )


def test_what_was_typed_stays_and_what_was_not_shows_what_is_stored(anna, bo, event):
    his = opened(bo, event)
    save(anna, event, opened(anna, event), name="Anna's name", round="4")
    shown = filled(save(bo, event, his, format_sv="12 timmar", round="5"))
    assert (shown["name"], shown["format_sv"]) == ("Anna's name", "12 timmar")
    assert shown["round"] == "5"


def test_saving_again_goes_through(anna, bo, event):
    his = opened(bo, event)
    save(anna, event, opened(anna, event), name="Anna's name", round="4")
    shown = filled(save(bo, event, his, format_sv="12 timmar", round="5"))

    assert save(bo, event, shown).status_code == 302

    event.refresh_from_db()
    assert (event.name, event.format_sv, event.round) == (
        "Anna's name",
        "12 timmar",
        "5",
    )


def test_a_third_save_in_between_is_told_of_too(anna, bo, event):
    his = opened(bo, event)
    save(anna, event, opened(anna, event), name="Anna's name")
    shown = filled(save(bo, event, his, format_sv="12 timmar"))
    save(anna, event, opened(anna, event), round="6")
    response = save(bo, event, shown)
    assert told(response) == ["Anna Ek saved this page", "Round: – → 6"]


def test_a_save_that_changed_nothing_stops_nobody(anna, bo, event):
    his = opened(bo, event)
    save(anna, event, opened(anna, event))
    assert save(bo, event, his, format_sv="12 timmar").status_code == 302


def test_saving_twice_in_a_row_oneself_is_no_conflict(anna, event):
    assert save(anna, event, opened(anna, event), round="4").status_code == 302
    assert save(anna, event, opened(anna, event), round="5").status_code == 302


def test_a_changed_row_is_told_of_in_the_circuits_time(anna, bo, event):
    his = opened(bo, event)
    begins = {"links-0-begins_on": "2022-05-14", "links-0-begins_at": "13:30"}
    save(anna, event, opened(anna, event), **begins)

    response = save(bo, event, his, **{"links-0-territory": "Norden"})

    assert told(response) == [
        "Anna Ek saved this page",
        "Link “stream.se”: Begins: – → 14 May 2022, 13:30 (CEST, UTC+2)",
    ]
    shown = filled(response)
    assert (shown["links-0-begins_at"], shown["links-0-territory"]) == (
        *("13:30", "Norden"),
    )
    assert save(bo, event, shown).status_code == 302
    link = EventLink.objects.get(kind="stream")
    assert link.start.isoformat() == "2022-05-14T11:30:00+00:00"
    assert link.territory == "Norden"


def test_a_row_changed_on_its_own_page_is_told_of(anna, bo, event):
    his = opened(bo, event)
    link = EventLink.objects.get(kind="tv")
    save(anna, link, opened(anna, link), label_sv="V Sport")
    assert told(save(bo, event, his)) == [
        "Anna Ek saved this page",
        "Link “V Sport”: Text in Swedish: – → V Sport",
    ]


def test_a_row_that_another_added_appears_among_those_typed(anna, bo, event):
    his = opened(bo, event)
    hers = opened(anna, event)
    add_row(hers, "links", kind="results", url="results.se")
    assert save(anna, event, hers).status_code == 302
    add_row(his, "links", kind="tickets", url="tickets.se")

    response = save(bo, event, his)

    assert told(response) == [
        "Anna Ek saved this page",
        "Link “results.se” was added",
    ]
    shown = filled(response)
    kinds = [shown[f"links-{index}-kind"] for index in range(4)]
    assert kinds == ["stream", "tv", "results", "tickets"]
    assert shown["links-INITIAL_FORMS"] == "3"
    assert save(bo, event, shown).status_code == 302
    assert event.links.count() == 4


def test_a_row_that_another_deleted_goes_where_it_was_not_touched(anna, bo, event):
    his = opened(bo, event)
    save(anna, event, opened(anna, event), **{"links-0-DELETE": "on"})
    assert event.links.count() == 1

    response = save(bo, event, his, format_sv="12 timmar")

    assert told(response) == [
        "Anna Ek saved this page",
        "Link “stream.se” was deleted",
    ]
    shown = filled(response)
    assert shown["links-TOTAL_FORMS"] == "1"
    assert save(bo, event, shown).status_code == 302
    assert [link.kind for link in event.links.all()] == ["tv"]


def test_a_row_that_another_deleted_returns_where_it_was_typed_in(anna, bo, event):
    his = opened(bo, event)
    save(anna, event, opened(anna, event), **{"links-0-DELETE": "on"})

    response = save(bo, event, his, **{"links-0-label_sv": "Se här"})

    shown = filled(response)
    assert shown["links-TOTAL_FORMS"] == "2"
    assert shown["links-1-label_sv"] == "Se här"
    assert shown["links-1-id"] == ""
    assert save(bo, event, shown).status_code == 302
    labels = [link.label_sv for link in event.links.order_by("pk")]
    assert labels == ["", "Se här"]


def test_a_changed_crew_is_told_of_and_kept(anna, bo, event):
    his = opened(bo, event)
    hers = opened(anna, event)
    dora = factories.make_driver(first_name="Dora", last_name="Berg")
    save(anna, event, hers, **{"entries-0-driver_4": str(dora.pk)})

    response = save(bo, event, his, **{"entries-0-source": "Entry list"})

    assert told(response) == [
        "Anna Ek saved this page",
        "Driver in the crew “Dora Berg” was added",
    ]
    shown = filled(response)
    assert shown["entries-0-driver_4"] == str(dora.pk)
    assert shown["entries-0-source"] == "Entry list"
    assert save(bo, event, shown).status_code == 302
    entry = Entry.objects.get()
    assert [driver.first_name for driver in entry.crew_drivers] == [
        *("Ada", "Bea", "Cia", "Dora")
    ]


def test_a_crew_that_both_changed_stands_as_the_second_typed_it(anna, bo, event):
    his = opened(bo, event)
    hers = opened(anna, event)
    dora = factories.make_driver(first_name="Dora", last_name="Berg")
    elsa = factories.make_driver(first_name="Elsa", last_name="Berg")
    save(anna, event, hers, **{"entries-0-driver_3": str(dora.pk)})
    shown = filled(save(bo, event, his, **{"entries-0-driver_3": str(elsa.pk)}))
    assert save(bo, event, shown).status_code == 302
    crew = Entry.objects.get().crew_drivers
    assert [driver.first_name for driver in crew] == ["Ada", "Bea", "Elsa"]


def test_other_photos_are_told_of_and_kept(anna, bo, event):
    photos = [factories.make_photo(), factories.make_photo()]
    his = opened(bo, event)
    save(anna, event, opened(anna, event), photos=[str(photos[0].pk)])

    response = save(bo, event, his, format_sv="12 timmar")

    assert told(response) == [
        "Somebody has changed this in the meantime, so nothing is saved yet. Everything you "
        "typed is still here; what you had not touched now shows what is stored. Read "
        "what has changed, then save again.",
        "Photos: the selection was changed",
    ]
    assert save(bo, event, filled(response)).status_code == 302
    assert list(event.photos.all()) == [photos[0]]


def test_what_the_second_typed_wrongly_is_said_beside_it(anna, bo, event):
    his = opened(bo, event)
    save(anna, event, opened(anna, event), name="Anna's name")
    response = save(bo, event, his, **{"links-1-begins_at": "25:00"})
    assert errors(response)["links-1-begins_at"] == [
        "Write the time as on a 24-hour clock, such as 16:20."
    ]


def test_a_new_zone_of_the_circuit_is_told_of(anna, bo, event):
    link = EventLink.objects.get(kind="stream")
    link.start = datetime(2022, 5, 14, 11, 30, tzinfo=UTC)
    link.save()
    his = opened(bo, event)
    circuit = event.circuit
    save(anna, circuit, opened(anna, circuit), time_zone="Europe/London")

    response = save(bo, event, his)

    assert told(response)[1:] == [
        "The times on this page are now read in the zone Europe/London; before it was "
        "Europe/Berlin."
    ]
    # The times stand as he had them, and are what counts when he saves again.
    shown = filled(response)
    assert shown["links-0-begins_at"] == "13:30"
    assert save(bo, event, shown).status_code == 302
    link.refresh_from_db()
    assert link.start.isoformat() == "2022-05-14T12:30:00+00:00"


# What is gone


def delete(client, record):
    address = page_of(record).replace("/change/", "/delete/")
    return client.post(address, {"post": "yes"})


def test_a_page_that_another_deleted_keeps_what_was_typed(anna, bo, event):
    his = opened(bo, event)
    assert delete(anna, event).status_code == 302
    assert not Event.objects.exists()

    response = save(bo, event, his, format_sv="12 timmar")

    assert told(response) == ["Anna Ek deleted this"]
    shown = filled(response)
    assert shown["format_sv"] == "12 timmar"
    assert shown["links-1-kind"] == "tv"
    assert not Event.objects.exists()
    assert save(bo, event, shown).status_code == 302
    anew = Event.objects.get()
    assert anew.format_sv == "12 timmar"
    assert [link.kind for link in anew.links.order_by("pk")] == ["stream", "tv"]
    assert len(anew.entries.get().crew_drivers) == 3


def test_a_page_that_never_was_leads_to_the_first_page(bo, event):
    data = opened(bo, event)
    response = bo.post(reverse("admin:events_event_change", args=[4711]), data)
    assert response.status_code == 302
    assert response["Location"] == reverse("admin:index")


def test_a_deleted_page_without_the_permission_to_add_is_not_entered_anew(anna, event):
    user = factories.make_user(username="cia", is_staff=True)
    user.user_permissions.set(
        User.objects.get(username="anna")
        .groups.get()
        .permissions.exclude(codename__startswith="add_")
    )
    client = client_of(user)
    data = opened(client, event)
    delete(anna, event)
    response = save(client, event, data)
    assert response.status_code == 302
    assert not Event.objects.exists()


# Pages that say nothing, or nonsense


@pytest.mark.parametrize(
    "version", [None, "", "nonsense", "event=\x00", "event=1&" * 9000]
)
def test_a_page_without_a_version_saves_nothing_at_first(bo, event, version):
    data = opened(bo, event) | {"round": "7"}
    del data["_version"]
    if version is not None:
        data["_version"] = version
    response = save(bo, event, data)
    assert response.status_code == 200
    event.refresh_from_db()
    assert event.round == ""
    assert save(bo, event, filled(response)).status_code == 302
    event.refresh_from_db()
    assert event.round == "7"


def test_rows_that_are_none_do_not_break_the_telling(anna, bo, event):
    his = opened(bo, event)
    save(anna, event, opened(anna, event), name="Anna's name")
    nonsense = {
        "links-0-id": "abc",
        "links-1-id": "99999999999999999999",
        "rounds-TOTAL_FORMS": "x",
        "entries-INITIAL_FORMS": "-3",
    }
    response = save(bo, event, his | nonsense)
    assert told(response)[0] == "Anna Ek saved this page"


def test_a_link_that_another_session_took_along_is_gone(anna, bo, event):
    session = factories.make_session(event=event)
    EventLink.objects.filter(kind="tv").update(session=session)
    his = opened(bo, event)
    delete(anna, session)
    assert EventLink.objects.count() == 1

    response = save(bo, event, his, **{"links-1-label_sv": "Se här"})

    assert "Link “tv.se” was deleted" in told(response)
    shown = filled(response)
    assert shown["links-1-label_sv"] == "Se här"
    assert save(bo, event, shown).status_code == 302
    assert EventLink.objects.get(kind="tv").session is None
