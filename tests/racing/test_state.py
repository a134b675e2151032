"""The state of all facts, and answers of 304 from it: racing.state."""

import gzip
from datetime import timedelta

import pytest
import time_machine

from drivers.models import Driver
from events.models import DraftSession
from racing import clock, history, state
from racing.models import Team
from tests.factories import (
    make_driver,
    make_event,
    make_home_team,
    make_season,
    make_series,
    make_session,
    make_staff,
)

pytestmark = pytest.mark.django_db

PATH = "/sv/calendar.ics"


def tag(client, path=PATH, **headers):
    response = client.get(path, headers=headers)
    assert response.status_code == 200
    return response.headers["ETag"]


def later(seconds=60):
    """The machine's clock that much later, so that what was saved is of the past."""
    moment = clock.machine_now() + timedelta(seconds=seconds)
    return time_machine.travel(moment, tick=False)


# The state


def test_an_empty_site_has_a_state_too(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = state.of_facts()
    assert set(found.counts) == {0}
    assert found.changed_at is None


def test_every_change_of_a_fact_is_another_state():
    driver = make_driver()
    states = [state.of_facts()]

    def change():
        driver.home_town = "Boden"
        driver.save()

    def change_in_bulk():
        driver.home_town = "Luleå"
        history.update([driver], ["home_town"])

    def add_in_bulk():
        history.create([Driver(first_name="Jessica", last_name="B", slug="jessica")])

    for do in (change, change_in_bulk, add_in_bulk, driver.delete, make_home_team):
        do()
        states.append(state.of_facts())
    assert len(set(states)) == 6
    moments = [found.changed_at for found in states]
    assert moments == sorted(moments)
    latest = Team.history.latest().history_date
    assert moments[-1] == latest


# Answers from it


def test_who_has_what_is_unchanged_is_told_so_without_a_render(
    client, django_assert_num_queries
):
    make_event()
    first = client.get(PATH)
    known = first.headers["ETag"]
    for kept in (known, f"W/{known}", f'"another", {known}', "*"):
        for ask in (client.get, client.head):
            with django_assert_num_queries(1):
                again = ask(PATH, headers={"if-none-match": kept})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["ETag"] == first.headers["ETag"]
            assert again.headers["Cache-Control"] == "public, no-cache"
    response = client.get(PATH, headers={"if-none-match": '"another"'})
    assert response.status_code == 200


def test_who_knows_only_since_when_is_told_so_too(client):
    make_event()
    with later():
        changed = client.get(PATH).headers["Last-Modified"]
        again = client.get(PATH, headers={"if-modified-since": changed})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["Last-Modified"] == changed
        # Whoever has a tag is not asked since when.
        both = {"if-modified-since": changed, "if-none-match": '"another"'}
        assert client.get(PATH, headers=both).status_code == 200
    with later(120):
        make_driver()
        with later(60):
            again = client.get(PATH, headers={"if-modified-since": changed})
            assert again.status_code == 200
            assert again.headers["Last-Modified"] > changed


def test_a_second_that_is_not_over_is_told_to_nobody(client):
    """What changes in the same second would not be seen by who was told of it."""
    with later():
        make_event()
        first = client.get(PATH)
        assert "Last-Modified" not in first.headers
        assert "ETag" in first.headers
        now = {"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"}
        assert client.get(PATH, headers=now).status_code == 200
    with later(61):
        assert "Last-Modified" in client.get(PATH).headers


def test_a_change_of_whatever_fact_is_another_tag(client):
    tags = [tag(client)]
    driver = make_driver()
    tags.append(tag(client))
    driver.home_town = "Boden"
    history.update([driver], ["home_town"])
    tags.append(tag(client))
    driver.delete()
    tags.append(tag(client))
    assert len(set(tags)) == 4


def test_nobody_notices_a_draft(client):
    event = make_event()
    session = make_session(event=event)
    before = client.get(PATH)
    DraftSession.objects.create(
        event=event, session=session, kind="race", name_sv="Ny", start=session.start
    )
    assert client.get(PATH).headers["ETag"] == before.headers["ETag"]
    assert client.get(PATH).content == before.content


def test_another_language_parameter_or_address_has_another_tag(client, settings):
    make_season(series=make_series())
    paths = [
        *(PATH, "/en/calendar.ics", f"{PATH}?kinds=race", f"{PATH}?kinds=race&alarm=5"),
        "/sv/series/24h-series/calendar.ics",
    ]
    tags = {tag(client, path) for path in paths}
    settings.SITE_URL = "http://localhost"
    tags.add(tag(client))
    assert len(tags) == 6


def test_another_version_of_the_code_has_another_tag(client, monkeypatch):
    before = tag(client)
    monkeypatch.setattr(state, "of_code", lambda: "another")
    assert tag(client) != before


def test_a_packed_answer_holds_as_long_as_the_plain_one(client):
    make_event()
    plain = client.get(PATH)
    packed = client.get(PATH, headers={"accept-encoding": "gzip"})
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["ETag"] == f"W/{plain.headers['ETag']}"
    kept = {"accept-encoding": "gzip", "if-none-match": packed.headers["ETag"]}
    assert client.get(PATH, headers=kept).status_code == 304


def test_what_is_not_there_or_refused_has_no_tag_of_the_facts(client):
    make_event()
    known = tag(client)
    for path, status in ((f"{PATH}?kinds=x", 400), ("/sv/drivers/x/calendar.ics", 404)):
        response = client.get(path, headers={"if-none-match": known})
        assert response.status_code == status
        assert "Last-Modified" not in response.headers


def test_what_who_is_logged_in_gets_is_kept_by_nobody(client):
    client.force_login(make_staff())
    response = client.get(PATH)
    assert response.headers["Cache-Control"] == "private, no-store"
