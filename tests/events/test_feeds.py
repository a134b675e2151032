"""Feeds of results and of changes: events.feeds, events.news, racing.feeds."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from drivers.models import GUEST
from events.classification import Line, plan, save
from events.models import (
    CANCELLED,
    CLASSIFIED,
    DISQUALIFIED,
    OFFICIAL,
    PROVISIONAL,
    RETIRED,
    Amendment,
    DraftSession,
    Entry,
    Result,
    TimetableRelease,
)
from events.releases import COLUMNS, publish
from racing import clock
from racing.feeds import NEVER
from tests.atom import Feed
from tests.factories import (
    make_amendment,
    make_circuit,
    make_driver,
    make_entry,
    make_event,
    make_home_team,
    make_release,
    make_result,
    make_result_change,
    make_season,
    make_series,
    make_session,
)

pytestmark = pytest.mark.django_db

IN_PLACE = {"status": CLASSIFIED, "is_classified": True}
AFTER = datetime(2022, 5, 16, 10, tzinfo=UTC)
ENTERED = datetime(2022, 5, 2, 8, tzinfo=UTC)
TYPED = datetime(2022, 5, 14, 20, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _after_the_weekend(settings):
    """The site stands there; what was entered before is what a test dates."""
    settings.DEMO_NOW = AFTER
    with at(ENTERED):
        yield


@pytest.fixture
def read(client):
    """A feed without faults, by its path."""

    def get(path="/en/results.atom", **headers):
        response = client.get(path, **headers)
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        feed = Feed(response.content)
        assert feed.faults() == []
        return feed

    return get


def at(moment):
    """The machine's clock stands at a moment: what is written then is dated so."""
    return time_machine.travel(moment, tick=False)


def release(event, session=None, *, reason_sv="", reason_en="", **facts):
    """Publish a draft of a session, or of a new one, with other facts."""
    stored = {name: getattr(session, name) for name in COLUMNS} if session else {}
    DraftSession.objects.create(event=event, session=session, **stored | facts)
    return publish(event, reason_sv=reason_sv, reason_en=reason_en)


def decide(race, changes, **fields):
    """Change official results as a ruling does: {number: facts}."""
    race.classification = race.classification or OFFICIAL
    race.save()
    entries = {e.number: e for e in Entry.objects.with_crew().filter(event=race.event)}
    found = plan(race, [Line(entries[key], facts) for key, facts in changes.items()])
    assert found.problems == []
    facts = {"reason_sv": "Beslut", "reason_en": "Ruling", "source_url": "https://x.se"}
    save(found, Amendment(**facts | fields))


# Results


def test_results_of_a_session_are_an_entry(race, ours, theirs, read):
    make_home_team()
    with at(TYPED):
        race.classification = PROVISIONAL
        race.save()
        make_result(session=race, entry=theirs, position=1, **IN_PLACE)
        facts = {"position": 24, "class_position": 3, "grid": 5, "laps": 1200}
        facts |= {"best_lap_ms": 107_095, "points": "12.50"}
        make_result(session=race, entry=ours, **facts, **IN_PLACE)
    feed = read()
    (entry,) = feed.items
    assert feed.title == "JA Bäckman Racing: results"
    assert (feed.language, feed.updated) == ("en", TYPED)
    assert feed.links == {
        "alternate": "http://testserver/en/events/",
        "self": "http://testserver/en/results.atom",
    }
    assert entry.title == (
        "Hankook 12h Hockenheimring, Race 1: #19 Andreas Bäckman: third in TCR, "
        "24th overall"
    )
    path = f"/en/events/{race.event.slug}/sessions/{race.pk}/"
    assert entry.link == f"http://testserver{path}"
    assert entry.id == f"urn:uuid:{race.uid}"
    assert (entry.published, entry.updated) == (TYPED, TYPED)
    assert entry.terms == ["24h-series", "race"]
    assert entry.words == (
        "Hankook 12h Hockenheimring, Race 1, 14 May 2022. Hockenheimring, Germany. "
        "The results are provisional. #19 Andreas Bäckman, Lestrup Racing Team, Audi RS "
        "3 LMS TCR Third in TCR, 24th overall · grid 5 · 1,200 laps · best lap 1:47.095 "
        "· 12.5 points The whole classification"
    )
    assert f'href="http://testserver{path}"' in entry.html


def test_entry_is_the_same_by_any_name_language_and_protocol(race, ours, read, client):
    make_result(session=race, entry=ours, position=4, **IN_PLACE)
    before = read()
    race.name_sv, race.name_en, race.event.name = "Nytt", "New", "Another name"
    race.event.slug = "another"
    race.event.save()
    race.save()
    renamed, swedish = read(), read("/sv/results.atom")
    own = read(f"/en/drivers/{ours.crew_drivers[0].slug}/results.atom")
    secure = Feed(client.get("/en/results.atom", secure=True).content)
    assert renamed.items[0].title.startswith("Another name, New: ")
    assert secure.items[0].link.startswith("https://testserver/en/events/another/")
    feeds = (before, renamed, swedish, own, secure)
    assert {feed.items[0].id for feed in feeds} == {f"urn:uuid:{race.uid}"}
    assert before.id == renamed.id == secure.id
    assert len({before.id, swedish.id, own.id}) == 3


def test_race_in_two_parts_is_told_once(event, ours, read):
    whole = make_session(
        event=event, name_sv="Del 2", start=TYPED + timedelta(hours=12)
    )
    part = make_session(event=event, name_sv="Del 1", start=TYPED, result_in=whole)
    with at(TYPED + timedelta(hours=6)):
        make_result(session=part, entry=ours, position=4, **IN_PLACE)
    (first,) = read().items
    with at(TYPED + timedelta(hours=18)):
        make_result(session=whole, entry=ours, position=2, **IN_PLACE)
    (second,) = read().items
    assert [first.title, second.title] == [
        "Hankook 12h Hockenheimring, Del 1: #19 Andreas Bäckman: fourth",
        "Hankook 12h Hockenheimring, Del 2: #19 Andreas Bäckman: second",
    ]
    assert first.id == second.id == f"urn:uuid:{whole.uid}"
    assert first.published == second.published == TYPED + timedelta(hours=6)
    assert second.updated == TYPED + timedelta(hours=18)


def test_results_show_from_the_start_of_their_session_on(race, ours, settings, client):
    with at(race.start - timedelta(days=9)):
        make_result(session=race, entry=ours, position=4, **IN_PLACE)
    settings.DEMO_NOW = race.start - timedelta(seconds=1)
    early = client.get("/en/results.atom")
    kept = {"if-none-match": early.headers["ETag"]}
    assert client.get("/en/results.atom", headers=kept).status_code == 304
    settings.DEMO_NOW = race.start
    response = client.get("/en/results.atom", headers=kept)
    assert Feed(early.content).items == []
    assert response.status_code == 200
    assert Feed(response.content).items[0].published == race.start


def test_only_results_of_ours_are_told_and_of_a_driver_only_the_drivers_own(
    race, ours, theirs, read
):
    jessica = make_driver(first_name="Jessica", slug="jessica")
    other = make_entry(event=race.event, number="20", drivers=[jessica])
    shared = make_entry(
        event=race.event, number="21", drivers=[jessica, ours.crew_drivers[0]]
    )
    make_result(session=race, entry=ours, position=4, **IN_PLACE)
    make_result(session=race, entry=other, status=RETIRED)
    make_result(session=race, entry=shared, drivers=[jessica], position=3, **IN_PLACE)
    second = make_session(event=race.event, name_sv="Lopp 2")
    make_result(session=second, entry=theirs, position=1, **IN_PLACE)
    where = "Hankook 12h Hockenheimring, Race 1: "
    told = ["#21 Jessica Bäckman: third", "#19 Andreas Bäckman: fourth"]
    retired = "#20 Jessica Bäckman: retired"
    assert {
        path: [entry.title for entry in read(f"/en/{path}results.atom").items]
        for path in ("", "drivers/andreas-backman/", "drivers/jessica/")
    } == {
        "": [f"{where}{'; '.join([*told, retired])}"],
        "drivers/andreas-backman/": [where + told[1]],
        "drivers/jessica/": [f"{where}{told[0]}; {retired}"],
    }


def test_title_names_the_first_cars_and_counts_the_others(race, read):
    for number in range(1, 6):
        driver = make_driver(first_name=f"Nr {number}", slug=f"nr-{number}")
        entry = make_entry(event=race.event, number=str(number), drivers=[driver])
        make_result(session=race, entry=entry, position=number, **IN_PLACE)
    (entry,) = read().items
    assert entry.title == (
        "Hankook 12h Hockenheimring, Race 1: #1 Nr 1 Bäckman: first; "
        "#2 Nr 2 Bäckman: second; #3 Nr 3 Bäckman: third; and 2 more"
    )
    assert re.findall(r"#\d", entry.html) == ["#1", "#2", "#3", "#4", "#5"]


def test_entry_says_when_its_results_changed_last(race, ours, theirs, read):
    days = [TYPED + timedelta(days=number) for number in range(8)]
    second = make_entry(
        event=race.event, number="20", drivers=[make_driver(slug="b", first_name="B")]
    )
    with at(days[0]):
        make_result(session=race, entry=ours, position=2, **IN_PLACE)
        other = make_result(session=race, entry=theirs, position=1, **IN_PLACE)
        mistake = make_result(session=race, entry=second, position=3, **IN_PLACE)
    updated = []

    def note():
        (entry,) = read().items
        assert entry.published == days[0]
        updated.append(days.index(entry.updated))

    note()
    with at(days[1]):
        race.classification = OFFICIAL
        race.save()
    note()
    with at(days[2]):  # another car, and what is no result
        other.time_ms = 100_000
        other.save()
        race.note_sv = "Regn"
        race.save()
    note()
    with at(days[3]):
        decide(race, {"19": {"points": 25}})
    note()
    with at(days[4]):
        mistake.delete()
    note()
    assert updated == [0, 1, 1, 3, 4]


def test_race_of_which_only_the_weekend_is_known_is_dated_by_it(event, ours, read):
    race = make_session(event=event, start=None, precision="day_only")
    make_result(session=race, entry=ours, position=1, **IN_PLACE)
    (entry,) = read().items
    assert entry.words.startswith("Hankook 12h Hockenheimring, Race, 15 May 2022. ")


def test_results_without_a_history_are_dated_by_their_session(race, ours, read):
    race.start, race.precision = None, "day_only"
    race.save()
    make_result(session=race, entry=ours, position=1, **IN_PLACE)
    Result.history.all().delete()
    (entry,) = read().items
    assert entry.published == race.revised_at.replace(microsecond=0)


# Changes


def test_released_timetable_is_an_entry(event, settings, read):
    settings.DEMO_NOW = TYPED
    release(
        event,
        kind="qualifying",
        name_sv="Tidskval",
        name_en="Qualifying",
        start=datetime(2022, 5, 13, 17, 5, tzinfo=UTC),
    )
    (session,) = event.sessions.all()
    settings.DEMO_NOW = TYPED + timedelta(minutes=1)
    made = release(
        event,
        session,
        start=datetime(2022, 5, 13, 17, 25, tzinfo=UTC),
        reason_sv="på grund av dimma",
        reason_en="because of fog",
    )
    # What is drafted shows nowhere, nor what is released later than now.
    DraftSession.objects.create(
        event=event, kind="race", name_sv="Hemligt", start=TYPED
    )
    late = {"event": event, "published_at": datetime(2022, 6, 1, tzinfo=UTC)}
    TimetableRelease.objects.create(**late)
    feed = read("/en/changes.atom")
    assert [entry.title for entry in feed.items] == [
        "Hankook 12h Hockenheimring: Qualifying moved from 19:05 to 19:25",
        "Hankook 12h Hockenheimring: The timetable is published",
    ]
    entry = feed.items[0]
    assert entry.link == f"http://testserver/en/events/{event.slug}/"
    assert entry.published == entry.updated == made.published_at == feed.updated
    assert entry.terms == ["24h-series", "timetable"]
    assert entry.words == (
        "Qualifying moved from 19:05 to 19:25. Because of fog Published 14 May 2022 at "
        "22:31, Swedish time. The timetable"
    )
    swedish = read("/sv/changes.atom")
    assert [entry.id for entry in swedish.items] == [entry.id for entry in feed.items]
    assert "Hemligt" not in read(f"/sv/events/{event.slug}/changes.atom").items[0].html


def test_change_that_a_reader_of_the_language_does_not_see_is_no_news(race, read):
    release(race.event, race, name_en="Main race")
    assert len(read("/en/changes.atom").items) == 1
    assert read("/sv/changes.atom").items == []


def test_ruling_is_an_entry_with_what_it_moved(race, ours, theirs, read):
    make_result(session=race, entry=theirs, position=1, **IN_PLACE)
    make_result(session=race, entry=ours, position=2, points=18, **IN_PLACE)
    with at(TYPED):
        decide(
            race,
            {
                "1": {"status": DISQUALIFIED, "is_classified": False, "position": None},
                "19": {"position": 1},
            },
            decided_on=date(2022, 5, 14),
            body_sv="Domarna",
            body_en="the stewards",
        )
    with at(TYPED + timedelta(days=1)):
        decide(race, {"19": {"points": 25}}, is_unresolved=True)
    latest, first = read("/en/changes.atom").items
    assert first.title == (
        "Hankook 12h Hockenheimring, Race 1, amended result: #19 Andreas Bäckman: "
        "position 2 → 1; #1 Robert Dahlgren: position 1 → disqualified"
    )
    amendment = race.amendments.earliest("pk")
    assert first.link == (
        f"http://testserver/en/events/{race.event.slug}/sessions/{race.pk}/"
        f"#amendment-{amendment.pk}"
    )
    assert (first.published, first.updated) == (TYPED, TYPED)
    assert first.terms == ["24h-series", "race", "results"]
    assert first.words == (
        "Amended 14 May 2022. Decided by the stewards. Ruling #19 Andreas Bäckman: "
        "position 2 → 1 #1 Robert Dahlgren: position 1 → disqualified The whole "
        "classification · The decision"
    )
    assert latest.title.endswith("#19 Andreas Bäckman: points 18 → 25")
    assert "The matter is not settled." in latest.words
    assert "Amended, date not known. Who decided is not known." in latest.words


def test_ruling_shows_no_earlier_than_the_results_that_it_changed(
    race, ours, read, settings
):
    make_result(session=race, entry=ours, position=2, **IN_PLACE)
    make_amendment(session=race)
    (entry,) = read("/en/changes.atom").items
    assert entry.title.endswith("Race 1: the results were amended")
    settings.DEMO_NOW = datetime(2022, 5, 13, tzinfo=UTC)
    assert read("/en/changes.atom").items == []


def test_feeds_of_a_driver_and_of_a_weekend_tell_of_these_alone(
    race, ours, theirs, read
):
    other = make_event(
        season=race.event.season, circuit=race.event.circuit, slug="b", name="Other"
    )
    second = make_session(event=other, name_sv="Lopp 2", name_en="Race 2")
    stranger = make_entry(
        event=other, drivers=[make_driver(first_name="Jessica", slug="jessica")]
    )
    credited = make_driver(first_name="Credited", slug="credited")
    own = make_result(
        session=race, entry=ours, drivers=[credited], position=2, **IN_PLACE
    )
    strange = make_result(session=race, entry=theirs, position=1, **IN_PLACE)
    make_result(session=second, entry=stranger, position=2, **IN_PLACE)
    release(race.event, race, status=CANCELLED)
    release(other, second, status="delayed")
    for result, old in ((own, "3"), (strange, "2")):
        make_result_change(result=result, field="position", old=old, new="1")
    cancelled = "Hankook 12h Hockenheimring: Race 1 cancelled"
    delayed = "Other: Race 2 delayed"
    where = "Hankook 12h Hockenheimring, Race 1, amended result: "
    of_own = f"{where}#19 Credited Bäckman: position 3 → 1"
    of_strange = f"{where}#1 Robert Dahlgren: position 2 → 1"
    assert {
        path: {entry.title for entry in read(f"/en/{path}changes.atom").items}
        for path in (
            "",
            "drivers/andreas-backman/",
            "drivers/credited/",
            "drivers/jessica/",
            f"events/{race.event.slug}/",
            "events/b/",
        )
    } == {
        "": {cancelled, delayed, of_own, of_strange},
        "drivers/andreas-backman/": {cancelled},
        "drivers/credited/": {cancelled, of_own},
        "drivers/jessica/": {delayed},
        f"events/{race.event.slug}/": {cancelled, of_own, of_strange},
        "events/b/": {delayed},
    }


# What holds for every feed

PATHS = (
    *("results.atom", "changes.atom"),
    *("drivers/andreas-backman/results.atom", "drivers/andreas-backman/changes.atom"),
    "events/hankook-12h-hockenheimring-2022/changes.atom",
)
QUERIES = dict(zip(PATHS, (10, 12, 11, 14, 13), strict=True))
MOST = 50


def make_news(count):
    """So many sessions with a result of ours, which is amended, and released again."""
    event = make_event()
    entry = make_entry(event=event, drivers=[make_driver()])
    for number in range(count):
        start = datetime(2022, 5, 14, 6, number, tzinfo=UTC)
        session = make_session(event=event, name_sv=f"Lopp {number}", start=start)
        result = make_result(session=session, entry=entry, position=1, **IN_PLACE)
        make_result_change(result=result, old="1", new="2")
        release(event, session, name_sv=f"Race {number}")


@pytest.mark.parametrize("count", [1, 30])
def test_feeds_take_as_many_queries_for_1_entry_as_for_30(
    count, client, django_assert_num_queries
):
    make_news(count)
    for path, queries in QUERIES.items():
        with django_assert_num_queries(queries, info=path):
            response = client.get(f"/sv/{path}")
        expected = count if "results" in path else min(2 * count, MOST)
        assert len(Feed(response.content).items) == expected
        with django_assert_num_queries(2, info=path):
            kept = client.get(
                f"/sv/{path}", headers={"if-none-match": response.headers["ETag"]}
            )
        assert (kept.status_code, kept.content) == (304, b"")


def test_feed_ends_after_50_entries_with_the_newest_first(event, ours, read):
    for number in range(MOST + 1):
        start = datetime(2022, 5, 14, 6, number, tzinfo=UTC)
        race = make_session(event=event, name_sv=str(number), start=start)
        make_result(session=race, entry=ours, position=1, **IN_PLACE)
    names = [entry.title.split(", ")[1].split(":")[0] for entry in read().items]
    assert names == [str(number) for number in range(MOST, 0, -1)]


def test_feed_is_the_same_to_the_byte_until_a_fact_changes(client, settings):
    make_news(1)
    before = {path: client.get(f"/sv/{path}") for path in PATHS}
    settings.DEMO_NOW = datetime(2023, 1, 1, 12, tzinfo=UTC)
    with at(datetime(2023, 1, 1, 12, tzinfo=UTC)):
        again = {path: Client().get(f"/sv/{path}") for path in PATHS}
        make_driver(first_name="Another", slug="another")
        later = {path: client.get(f"/sv/{path}") for path in PATHS}
    for path in PATHS:
        assert again[path].content == before[path].content
        assert again[path].headers["ETag"] == before[path].headers["ETag"]
        assert later[path].headers["ETag"] != before[path].headers["ETag"]


def test_feed_without_entries_is_good_too(client, read):
    make_event()
    make_driver()
    feeds = [read(f"/{language}/{path}") for language in ("sv", "en") for path in PATHS]
    assert {feed.updated for feed in feeds} == {NEVER}
    assert {len(feed.items) for feed in feeds} == {0}
    assert len({feed.id for feed in feeds}) == len(feeds)
    assert feeds[0].root.findtext("{*}author/{*}name") == "Pitboard"


@pytest.mark.parametrize("path", PATHS)
def test_feed_of_who_has_no_page_is_not_found(path, client):
    make_driver(slug="guest", status=GUEST)
    for slug in ("nobody", "guest"):
        other = path.replace("andreas-backman", slug)
        other = other.replace("hankook-12h-hockenheimring-2022", slug)
        status = 200 if other == path else 404
        assert client.get(f"/sv/{other}").status_code == status


def test_names_with_signs_of_markup_and_emoji_stay_as_they_are(read):
    name = 'R&D <b>’s\' "12h" 🏁'
    event = make_event(
        name=f"{name}\x0b",
        circuit=make_circuit(name=name),
        season=make_season(series=make_series(short_name=f"{name}\ufffe")),
    )
    driver = make_driver(first_name=name, last_name="B", slug="b")
    race = make_session(event=event, name_sv=name)
    entry = make_entry(event=event, number="1", drivers=[driver])
    result = make_result(session=race, entry=entry, position=1, **IN_PLACE)
    make_result_change(result=result, old="", new="2")
    release(event, race, status=CANCELLED)
    (told,) = read("/sv/drivers/b/results.atom").items
    assert told.title == f"{name}, {name}: #1 {name} B: etta"
    assert told.words.startswith(f"{name}, {name}, 14 maj 2022. {name}, Tyskland.")
    changes = read("/sv/changes.atom").items
    assert [name in entry.title and name in entry.words for entry in changes] == [
        True,
        True,
    ]
    assert [entry.title for entry in changes if "– → 2" in entry.title] != []


# Where feeds are found


def test_pages_name_their_feeds_in_the_head_and_lead_there(client):
    make_home_team()
    event, driver = make_event(), make_driver()
    make_entry(event=event, drivers=[driver])
    make_release(event=event)
    feeds = {
        "": {
            "results.atom": "JA Bäckman Racing: results",
            "changes.atom": "JA Bäckman Racing: changes",
        },
        f"drivers/{driver.slug}/": {
            f"drivers/{driver.slug}/results.atom": "Andreas Bäckman: results",
            f"drivers/{driver.slug}/changes.atom": "Andreas Bäckman: changes",
        },
        f"events/{event.slug}/": {
            f"events/{event.slug}/changes.atom": "Hankook 12h Hockenheimring: changes"
        },
    }
    feeds["events/"] = feeds[""]
    for page, expected in feeds.items():
        text = client.get(f"/en/{page}").text
        found = re.findall(
            r'<link rel="alternate" type="application/atom\+xml" title="([^"]*)" '
            r'href="http://testserver/en/([^"]*)">',
            text,
        )
        assert {path: title for title, path in found} == expected
        for path in expected:
            assert f'href="/en/{path}"' in text


def offered(client, owner):
    """The feeds that a page names in its head, and those it leads to."""
    text = client.get(owner.get_absolute_url()).text
    return [
        {path.rpartition("/")[2] for path in re.findall(pattern, text)}
        for pattern in (r'testserver(/\S+\.atom)"', r'<a [^>]*href="(/\S+/\S+\.atom)"')
    ]


def test_feed_of_changes_is_offered_once_there_is_something_in_it(
    client, event, race, ours, theirs
):
    driver = ours.crew.get().driver
    own, sites = {"changes.atom"}, {"results.atom", "changes.atom"}
    assert offered(client, event) == [set(), sites]
    assert offered(client, driver)[0] == {"results.atom"}
    result = make_result(session=race, entry=ours)
    another = make_result(session=race, entry=theirs)
    make_result_change(result=another, amendment=make_amendment(session=race))
    assert offered(client, event)[0] == own
    assert offered(client, driver)[0] == {"results.atom"}
    make_result_change(result=result, amendment=make_amendment(session=race))
    assert offered(client, event) == [own, sites]
    assert offered(client, driver)[0] == sites
    with clock.as_of(race.start - timedelta(seconds=1)):
        assert offered(client, event)[0] == set()
    result.changes.all().delete()
    another.changes.all().delete()
    race.amendments.all().delete()
    make_release(event=event, published_at=TYPED)
    assert offered(client, event)[0] == own
    with clock.as_of(TYPED - timedelta(seconds=1)):
        assert offered(client, event)[0] == set()
        assert offered(client, driver)[0] == {"results.atom"}
