"""The pages of race weekends: events.views."""

import re
from datetime import UTC, date, datetime

import pytest

from drivers.models import GUEST
from events.models import (
    CANCELLED,
    CLASSIFIED,
    DAY_ONLY,
    POSTPONED,
    QUALIFYING,
    WHEN,
    EventRound,
    Result,
)
from racing import drawings
from tests.factories import (
    make_circuit,
    make_driver,
    make_entry,
    make_event,
    make_event_class,
    make_event_link,
    make_lap_record,
    make_layout,
    make_photo,
    make_release,
    make_result,
    make_season,
    make_series,
    make_session,
    make_timetable_change,
)

pytestmark = pytest.mark.django_db

PAGE = "/en/events/hankook-12h-hockenheimring-2022/"
WON = {"status": CLASSIFIED, "is_classified": True, "position": 1}


@pytest.fixture(autouse=True)
def _thursday_before_the_weekend(travel):
    travel("2022-05-12T12:00+02:00")


@pytest.fixture
def calendar():
    """Make weekends of one series on one circuit, each of one day."""
    series, circuit = make_series(), make_circuit()
    seasons = {}

    def add(slug, day, *, year=2022, **fields):
        if year not in seasons:
            seasons[year] = make_season(series=series, year=year)
        facts = {"circuit": circuit, "first_day": day, "last_day": day} | fields
        return make_event(season=seasons[year], slug=slug, **facts)

    return add


def slugs(events):
    return [event.slug for event in events]


# Lists


def test_list_shows_what_comes_then_what_is_over_then_the_archive(calendar, client):
    calendar("coming-late", date(2022, 9, 3))
    calendar("over-early", date(2022, 4, 2))
    calendar("coming-soon", date(2022, 5, 13))
    calendar("over-late", date(2022, 5, 11))
    calendar("undated", None)
    calendar("next-year", date(2023, 1, 14), year=2023)
    calendar("year-before", date(2021, 9, 4), year=2021)
    calendar("long-ago", date(2018, 9, 1), year=2018)
    context = client.get("/en/events/").context
    assert slugs(context["coming"]) == [
        "coming-soon",
        "coming-late",
        "undated",
        "next-year",
    ]
    assert slugs(context["over"]) == ["over-late", "over-early"]
    assert (context["year"], context["years"]) == (2022, [2023, 2022, 2021, 2018])


def test_list_without_a_new_season_shows_the_last_one(calendar, client):
    calendar("last", date(2021, 9, 4), year=2021)
    calendar("before", date(2020, 9, 5), year=2020)
    context = client.get("/en/events/").context
    assert slugs(context["coming"]) == []
    assert slugs(context["over"]) == ["last"]
    assert context["year"] == 2021


def test_weekend_of_last_years_season_is_still_coming(calendar, client, travel):
    travel("2022-01-10T12:00+01:00")
    calendar("winter", date(2022, 1, 14), year=2021)
    calendar("spring", date(2022, 5, 13), year=2022)
    assert slugs(client.get("/en/events/").context["coming"]) == ["winter", "spring"]


def test_weekend_is_coming_until_its_last_day_is_over_at_the_track(
    calendar, client, travel
):
    far = make_circuit(name="Sebring", slug="sebring", time_zone="America/New_York")
    calendar("sebring", date(2022, 3, 19), circuit=far)
    travel("2022-03-19T23:59-04:00")
    assert slugs(client.get("/en/events/").context["coming"]) == ["sebring"]
    travel("2022-03-20T00:00-04:00")
    assert slugs(client.get("/en/events/").context["over"]) == ["sebring"]


def test_year_shows_all_of_its_weekends_the_latest_first(calendar, client):
    calendar("b", date(2022, 5, 13))
    calendar("c", date(2022, 9, 3))
    calendar("a", date(2022, 4, 2), status=CANCELLED)
    calendar("other", date(2021, 9, 4), year=2021)
    context = client.get("/en/events/2022/").context
    assert slugs(context["events"]) == ["c", "b", "a"]
    assert (context["year"], context["years"]) == (2022, [2022, 2021])


@pytest.mark.parametrize("year", ["2020", "1850", "0", "999999999999"])
def test_year_without_weekends_is_not_found(year, calendar, client):
    calendar("b", date(2022, 5, 13))
    assert client.get(f"/en/events/{year}/").status_code == 404


def test_list_names_our_crews_and_no_others(calendar, client):
    event = calendar("ours", date(2022, 5, 13))
    make_entry(event=event, number="120", drivers=[make_driver()])
    guest = make_driver(last_name="Sällberg", slug="emil", status=GUEST)
    make_entry(event=event, number="7", drivers=[guest])
    page = client.get("/en/events/").text
    assert "#120" in page
    assert "#7" not in page


# One weekend


def test_weekend_of_which_only_the_name_is_known(client):
    make_event(first_day=None, last_day=None)
    context = client.get(PAGE).context
    assert (context["timetable"].days, context["next_row"]) == ((), None)
    assert context["following"] is None
    for name in ("entries", "classes", "further_rounds", "lap_records"):
        assert context[name] == []
    for name in ("watch_links", "timing_links", "other_links", "photos", "results"):
        assert context[name] == []


def test_weekend_shows_what_is_its_own(client):
    circuit = make_circuit()
    layout = make_layout(circuit=circuit)
    event = make_event(circuit=circuit, layout=layout)
    other = make_event(season=event.season, circuit=circuit, slug="other")
    record = make_lap_record(layout=layout)
    race = make_session(event=event)
    entry = make_entry(event=event)
    entered = make_event_class(event=event)
    photo = make_photo()
    event.photos.add(photo)
    for row in (make_session, make_entry, make_event_class, make_event_link):
        row(event=other)
    other.photos.add(make_photo())
    context = client.get(PAGE).context
    assert [row.session for row in context["timetable"].rows] == [race]
    assert context["entries"] == [entry]
    assert context["classes"] == [entered]
    assert context["lap_records"] == [record]
    assert context["photos"] == [photo]
    assert context["watch_links"] == []


def test_links_stand_by_what_they_are_for(client):
    event = make_event()
    links = {
        kind: make_event_link(event=event, kind=kind, url=f"https://x.se/{kind}")
        for kind in (
            "stream",
            "tv",
            "live_timing",
            "tickets",
            "results",
            "replay",
            "information",
        )
    }
    context = client.get(PAGE).context
    assert context["watch_links"] == [links["stream"], links["tv"]]
    assert context["timing_links"] == [links["live_timing"]]
    assert context["other_links"] == [
        links[kind] for kind in ("tickets", "results", "replay", "information")
    ]


def test_weekend_names_all_championships_it_counts_for(client):
    event = make_event(round="4")
    for name in ("TCR Europe", "STCC"):
        series = make_series(short_name=name, slug=name.lower().replace(" ", "-"))
        EventRound.objects.create(
            event=event, season=make_season(series=series), round="2"
        )
    response = client.get(PAGE)
    assert [
        (str(further.season), further.round)
        for further in response.context["further_rounds"]
    ] == [("STCC 2022", "2"), ("TCR Europe 2022", "2")]
    assert 'href="/en/series/stcc/2022/"' in response.text


def test_weekend_leads_to_what_happens_next(client):
    driver = make_driver()
    event = make_event()
    make_entry(event=event, drivers=[driver])
    following = make_event(
        season=event.season,
        circuit=event.circuit,
        slug="ljungbyhed",
        first_day=date(2022, 6, 3),
        last_day=date(2022, 6, 4),
    )
    make_entry(event=following, drivers=[driver])
    assert client.get(PAGE).context["following"] == following


@pytest.mark.parametrize(
    ("status", "word"), [(CANCELLED, "cancelled"), (POSTPONED, "postponed")]
)
def test_weekend_that_is_off_says_so_and_counts_down_to_nothing(status, word, client):
    make_session(event=make_event(status=status))
    response = client.get(PAGE)
    assert f">{word}</span>" in response.text
    assert response.context["next_row"] is None
    assert "data-countdown" not in response.text


def test_guest_is_named_in_the_crew_without_a_link(client):
    guest = make_driver(
        first_name="Emil", last_name="Sällberg", slug="emil", status=GUEST
    )
    make_entry(event=make_event(), drivers=[make_driver(), guest])
    page = client.get(PAGE).text
    assert "Emil Sällberg" in page
    assert "/drivers/emil/" not in page
    assert 'href="/en/drivers/andreas-backman/"' in page


# Times


def test_track_time_and_swedish_time_stand_side_by_side(client):
    dubai = make_circuit(time_zone="Asia/Dubai")
    event = make_event(circuit=dubai)
    make_session(event=event, start=datetime(2022, 5, 14, 9, 0, tzinfo=UTC))
    page = client.get(PAGE).text
    assert '<time datetime="2022-05-14T13:00+04:00">13:00</time>' in page
    assert '<time datetime="2022-05-14T11:00+02:00">11:00</time>' in page


def test_one_time_stands_alone_where_both_clocks_agree(client):
    make_session(event=make_event())
    page = client.get(PAGE).text
    times = [part.partition("<")[0] for part in page.split('+02:00">')[1:]]
    assert times == ["Saturday 14 May 13:55", "13:55"]


def test_time_for_machines_is_right_to_the_second(client):
    start = datetime(2022, 5, 14, 11, 55, 30, tzinfo=UTC)
    make_session(event=make_event(), start=start)
    page = client.get(PAGE).text
    assert '<time datetime="2022-05-14T13:55:30+02:00">13:55</time>' in page


def test_time_to_be_announced_is_never_midnight(client):
    make_session(event=make_event(), start=None, precision=DAY_ONLY)
    page = client.get(PAGE).text
    assert "Time to be announced" in page
    assert "00:00" not in page


def test_session_over_midnight_shows_both_days(client):
    start = datetime(2022, 5, 14, 20, 0, tzinfo=UTC)
    make_session(event=make_event(), start=start, length_minutes=240)
    page = client.get(PAGE).text
    assert "Saturday 14 May 22:00</time>" in page
    assert '+02:00">Sunday 15 May 02:00</time>' in page


def test_start_of_the_broadcast_stands_at_its_link(client):
    event = make_event(circuit=make_circuit(time_zone="Asia/Dubai"))
    race = make_session(event=event, start=datetime(2022, 5, 14, 9, 0, tzinfo=UTC))
    start = datetime(2022, 5, 14, 8, 30, tzinfo=UTC)
    make_event_link(event=event, session=race, start=start)
    page = " ".join(client.get(PAGE).text.split())
    track, home = (
        f'<time datetime="2022-05-14T{text}</time>'
        for text in ('12:30+04:00">12:30', '10:30+02:00">10:30')
    )
    assert f"broadcast from {track}" in page
    assert f"({home} Swedish time)" in page
    # In the list of all links its day is told too.
    assert "Saturday 14 May 12:30</time>" in page


# Where to watch


def test_links_tell_in_words_what_a_viewer_asks(client, travel):
    event = make_event()
    race = make_session(event=event, length_minutes=60)
    make_event_link(
        event=event,
        language="en",
        territory="Norden",
        access="free",
        has_replay=True,
        label_sv="Serien på nätet",
        label_en="The series",
    )
    make_event_link(event=event, session=race, url="https://x.se/race", access="paid")
    page = client.get(PAGE).text
    assert "The series (Norden, English, free)</a>" in page
    assert "can be seen afterwards" in page
    page = client.get(PAGE.replace("/en/", "/sv/")).text
    assert "Serien på nätet (Norden, engelska," in page
    travel("2022-05-14T16:00+02:00")
    page = client.get(PAGE).text
    assert "Watch again: The series (Norden, English, free)</a>" in page
    assert "https://x.se/race" not in page


# What has changed


def release(event, published_at, session=None, **fields):
    """A release that changes one fact."""
    facts = {"field": WHEN, "old": OLD, "new": NEW} | fields.pop("change", {})
    released = make_release(
        event=event, published_at=datetime.fromisoformat(published_at), **fields
    )
    make_timetable_change(release=released, session=session, **facts)


OLD, NEW = "2022-05-14T11:35:00+00:00", "2022-05-14T11:55:00+00:00"


def test_page_tells_what_has_changed_since_the_first_timetable(client, travel):
    event = make_event()
    race = make_session(event=event, name_en="Race 1")
    added = {"field": "added", "old": "", "new": OLD}
    release(event, "2022-05-01T10:00+02:00", race, is_first=True, change=added)
    page = client.get(PAGE).text
    assert "What has changed" not in page
    release(event, "2022-05-11T10:00+02:00", race, change={"new": OLD, "old": NEW})
    release(event, "2022-05-12T11:59+02:00", race, reason_en="because of fog")
    release(event, "2022-05-12T12:01+02:00", race, reason_en="because of snow")
    page = client.get(PAGE).text
    told = " ".join(re.sub("<[^>]+>", " ", page).split())
    late = "Race 1 moved from 13:35 to 13:55 Thursday 12 May 11:59 (CEST, UTC+2)"
    early = "Race 1 moved from 13:55 to 13:35 Wednesday 11 May 10:00 (CEST, UTC+2)"
    assert f"What has changed {late} · Because of fog Earlier changes {early}" in told
    assert "snow" not in page
    assert page.count(">new time</span>") == 1
    front = " ".join(client.get("/en/").text.split())
    assert f'href="{PAGE}#changed">Race 1 moved from 13:35 to 13:55</a>' in front
    assert front.count(">new time</span>") == 1
    # What is news for a week is none later, and none of a session that is over.
    for later in ("2022-05-14T18:00+02:00", "2022-05-19T12:00+02:00"):
        travel(later)
        assert ">new time</span>" not in client.get(PAGE).text


def test_session_without_another_time_is_not_marked(client):
    """A weekend and a session may have the same key."""
    event = make_event()
    race = make_session(event=event, pk=event.pk)
    off = {"field": "status", "old": "scheduled", "new": "delayed"}
    release(event, "2022-05-12T10:00+02:00", race, change=off)
    days = {"field": "days", "old": "2022-05-12/2022-05-15"}
    days["new"] = "2022-05-13/2022-05-15"
    release(event, "2022-05-12T11:00+02:00", change=days)
    page = client.get(PAGE).text
    assert page.count("<h3>The days of the weekend are now: 13–15 May 2022</h3>") == 1
    assert ">new time</span>" not in page


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (CANCELLED, "Cancelled This race weekend will not be run."),
        (POSTPONED, "Postponed This race weekend will be run at another time."),
    ],
)
def test_weekend_that_is_off_says_so_before_all_else(status, words, client, travel):
    event = make_event(status=status)
    race = make_session(event=event, length_minutes=60)
    off = {"field": "status", "old": "confirmed", "new": status}
    release(event, "2022-05-12T10:00+02:00", change=off)
    make_event_link(event=event, session=race, url="https://x.se/race")
    for at in ("2022-05-12T12:00+02:00", "2022-05-14T14:00+02:00"):
        travel(at)
        page = client.get(PAGE).text
        main = page.partition('<p class="strip">')[2]
        told = " ".join(re.sub("<[^>]+>", " ", main).split())
        assert told.startswith(f"{words} What has changed What has changed The weekend")
        assert "data-next" not in page
        assert "https://x.se/race" not in page


def test_session_that_is_late_says_so_instead_of_running(client, travel):
    make_session(event=make_event(), status="delayed", length_minutes=60)
    travel("2022-05-14T14:00+02:00")
    page = " ".join(client.get(PAGE).text.split())
    assert '<span class="what"> Delayed </span>' in page
    assert '<span class="tag warn">delayed</span>' in page
    assert "on now" not in page


# Results


def test_results_stand_by_session_in_the_order_of_the_weekend(client, travel):
    travel("2022-05-16T12:00+02:00")
    event = make_event()
    entry = make_entry(event=event, drivers=[make_driver()])
    day = date(2022, 5, 14)
    names = {}
    for name, fields in (
        ("unknown", {"start": None, "precision": DAY_ONLY}),
        ("Saturday", {"start": None, "precision": DAY_ONLY, "day": day}),
        ("race", {"start": datetime(2022, 5, 14, 11, 55, tzinfo=UTC)}),
        ("qualifying", {"start": datetime(2022, 5, 13, 17, 5, tzinfo=UTC)}),
    ):
        names[name] = make_session(event=event, name_sv=name, **fields)
        make_result(session=names[name], entry=entry, **WON)
    results = client.get(PAGE).context["results"]
    assert [part.session.name for part in results] == [
        "qualifying",
        "race",
        "Saturday",
        "unknown",
    ]


def test_results_of_a_session_stand_by_position_and_are_ours(client, travel):
    travel("2022-05-16T12:00+02:00")
    event = make_event()
    race = make_session(event=event)
    andreas, jessica, third = (make_driver(slug=slug) for slug in ("a", "j", "t"))
    guest = make_driver(slug="guest", status=GUEST)
    for number, driver, position in (
        ("1", andreas, 5),
        ("2", guest, 1),
        ("3", jessica, 2),
        ("4", third, None),
    ):
        entry = make_entry(event=event, number=number, drivers=[driver])
        fields = WON | {"position": position}
        make_result(session=race, entry=entry, **fields)
    (part,) = client.get(PAGE).context["results"]
    assert [result.entry.number for result in part.results] == ["3", "1", "4"]


def test_result_names_who_drove(client, travel):
    travel("2022-05-16T12:00+02:00")
    event = make_event()
    drove, entered = make_driver(), make_driver(first_name="Jessica")
    entry = make_entry(event=event, drivers=[entered, drove])
    result = make_result(
        session=make_session(event=event), entry=entry, drivers=[drove], **WON
    )
    (part,) = client.get(PAGE).context["results"]
    assert part.results == [result]
    assert part.results[0].credited_drivers == [drove]


def test_result_of_a_car_of_another_weekend_is_left_out(client, travel):
    travel("2022-05-16T12:00+02:00")
    event = make_event()
    other = make_event(season=event.season, circuit=event.circuit, slug="other")
    stray = make_entry(event=other, drivers=[make_driver()])
    Result.objects.create(session=make_session(event=event), entry=stray, **WON)
    assert client.get(PAGE).context["results"] == []


def test_result_shows_from_the_start_of_its_session_on(client, travel):
    event = make_event()
    entry = make_entry(event=event, drivers=[make_driver()])
    start = datetime(2022, 5, 13, 17, 5, tzinfo=UTC)
    session = make_session(event=event, kind=QUALIFYING, start=start)
    make_result(session=session, entry=entry, **WON)
    travel("2022-05-13T19:04+02:00")
    assert client.get(PAGE).context["results"] == []
    travel("2022-05-13T19:05+02:00")
    (part,) = client.get(PAGE).context["results"]
    assert part.session == session


# The picture to share


def test_picture_has_our_number_the_name_and_the_place(client):
    event = make_event()
    make_entry(event=event, number="1")
    make_entry(event=event, number="120", drivers=[make_driver()])
    drawn = drawings.panel(
        number="120",
        name="Hankook 12h Hockenheimring",
        line="Hockenheimring 2022",
        colour="#d3121b",
    )
    assert client.get(f"{PAGE}share.png").content == drawings.png(drawn)


def test_picture_of_a_weekend_without_us_has_no_number(client):
    make_entry(event=make_event(), number="1")
    drawn = drawings.panel(
        number="",
        name="Hankook 12h Hockenheimring",
        line="Hockenheimring 2022",
        colour="#d3121b",
    )
    assert client.get(f"{PAGE}share.png").content == drawings.png(drawn)
