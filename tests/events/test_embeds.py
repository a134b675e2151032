"""What other sites show in a frame: events.embeds."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings as site

from drivers.models import GUEST
from events.models import CANCELLED, POSTPONED, PROVISIONAL
from tests import markup
from tests.events.session_pages import elements, text_of
from tests.factories import (
    make_car,
    make_circuit,
    make_driver,
    make_entry,
    make_event,
    make_event_link,
    make_home_team,
    make_season,
    make_session,
    make_staff,
)

pytestmark = pytest.mark.django_db

SHEET = Path(site.BASE_DIR) / "racing" / "static" / "racing" / "css" / "embed.css"
WEEKEND = "events/hankook-12h-hockenheimring-2022/"
DRIVER = "drivers/andreas-backman/next/"


@pytest.fixture(autouse=True)
def stand(settings):
    """The whole site stands at a moment, on the Thursday before the weekend at first.

    `travel` moves it for who asks alone, which is nobody's business in a frame.
    """

    def at(moment):
        settings.DEMO_NOW = datetime.fromisoformat(moment)

    at("2022-05-12T12:00+02:00")
    return at


@pytest.fixture
def read(client):
    """An embed as a `markup.Page` without faults, by its path and language."""

    def get(path=WEEKEND, language="en", status=200):
        response = client.get(f"/embed/{language}/{path}")
        assert response.status_code == status
        page = markup.Page(response.text)
        assert page.problems() == []
        assert page.language == response.headers["Content-Language"] == language
        return page

    return get


@pytest.fixture
def dubai():
    """A weekend two hours ahead of Sweden, with a session of each sort."""
    event = make_event(
        circuit=make_circuit(
            name="Dubai Autodrome", country="AE", time_zone="Asia/Dubai"
        ),
        season=make_season(rounds=7),
        round="1",
    )
    late = datetime(2022, 5, 13, 20, 30, tzinfo=UTC)
    for name, facts in {
        "Practice": {"kind": "practice", "start": datetime(2022, 5, 13, 8, tzinfo=UTC)},
        "Night practice": {"kind": "practice", "start": late, "length_minutes": 60},
        "Qualifying": {"kind": "qualifying", "status": CANCELLED, "length_minutes": 45},
        "Race": {"start": None, "day": date(2022, 5, 15), "precision": "day_only"},
    }.items():
        make_session(event=event, name_sv=name, **facts)
    return event


def rows(page):
    """The timetable as texts, row by row."""
    (table,) = elements(page, "table", "sheet")
    return [
        " | ".join(markup.words(cell) for cell in row)
        for row in table.iter("tr")
        if row.find("td") is not None or "day" in row.get("class", "")
    ]


# A weekend


def test_timetable_has_both_clocks_and_says_whose_they_are(dubai, read):
    page = read(language="sv")
    assert text_of(page, "p", "eyebrow") == ["24H Series · deltävling 1 av 7"]
    assert markup.words(page.all("h1")[0]) == "Hankook 12h Hockenheimring"
    assert text_of(page, "p", "dates") == [
        "13–15 maj 2022 Dubai Autodrome, Förenade Arabemiraten"
    ]
    assert rows(page) == [
        "fredag 13 maj",
        "12:00 10:00 svensk tid | Practice",
        "lördag 14 maj",
        "00:30 22:30 svensk tid −1 dag | Night practice 1 timme, till 01:30",
        "15:55 13:55 svensk tid | Qualifying inställt 45 min, till 16:40",
        "söndag 15 maj",
        "Tid meddelas senare | Race",
    ]
    assert text_of(page, "p", "strip") == [
        "Härnäst på banan Practice · fredag 13 maj 12:00 (UTC+4) · 10:00 svensk tid"
    ]
    assert (
        "banans egna (UTC+4); svensk tid (CEST, UTC+2)" in text_of(page, "p", "note")[0]
    )


@pytest.mark.parametrize(
    ("moment", "state", "strip"),
    [
        ("2022-05-14T11:54:59Z", "next", "Next on track Race · "),
        ("2022-05-14T11:55:00Z", "live", "On track now Race · "),
        ("2022-05-14T12:55:00Z", "over", None),
    ],
)
def test_session_is_next_then_runs_then_is_over(moment, state, strip, stand, read):
    event = make_event()
    make_session(event=event, length_minutes=60)
    stand(moment)
    page = read()
    assert [row.get("class") for row in page.all("tr")[2:]] == [state]
    assert text_of(page, "span", "tag") == (["on now"] if state == "live" else [])
    told = "Saturday 14 May 13:55 Swedish time"
    assert text_of(page, "p", "strip") == ([f"{strip}{told}"] if strip else [])


@pytest.mark.parametrize(
    ("facts", "tag"),
    [
        ({"status": CANCELLED}, "cancelled"),
        ({"status": POSTPONED}, "postponed"),
        ({"status": "delayed"}, "delayed"),
        ({"precision": PROVISIONAL}, "provisional time"),
    ],
)
def test_what_is_not_as_planned_is_said_in_words(facts, tag, read):
    make_session(event=make_event(), **facts)
    assert text_of(read(), "span", "tag") == [tag]


def test_weekend_that_is_off_says_so(read):
    make_session(event=make_event(status=CANCELLED))
    page = read()
    assert text_of(page, "span", "tag") == ["cancelled", "cancelled"]
    assert text_of(page, "p", "strip") == []


def test_weekend_without_a_timetable_says_so(read, stand):
    make_event(first_day=None, last_day=None)
    assert text_of(read(), "p", "note") == ["The timetable is not known yet."]
    assert text_of(read(), "p", "dates")[0].startswith("2022, dates to be announced")
    stand("2023-05-12T12:00+02:00")
    assert text_of(read(), "p", "note") == ["The timetable is not known."]


def test_embed_leads_to_the_whole_page_and_to_where_to_watch(read):
    event = make_event()
    make_session(event=event)
    make_event_link(event=event, label_sv="24H på YouTube", territory="Sweden")
    make_event_link(event=event, kind="live_timing", url="https://timing.example/")
    make_event_link(event=event, kind="tickets", url="https://tickets.example/")
    page = read()
    whole = f"http://testserver/en/{WEEKEND}"
    assert page.link("canonical") == whole
    assert [
        (markup.words(link), link.get("href"), link.get("target"), link.get("rel"))
        for link in page.all("a")
    ] == [
        ("Hankook 12h Hockenheimring", whole, "_top", "noopener"),
        (
            "24H på YouTube (Sweden)",
            "https://youtube.com/24HSeries",
            "_blank",
            "noopener",
        ),
        ("Live timing", "https://timing.example/", "_blank", "noopener"),
        ("All about the weekend", whole, "_top", "noopener"),
        ("Pitboard", "http://testserver/en/", "_top", "noopener"),
    ]


# A driver


@pytest.fixture
def andreas():
    return make_driver()


def test_next_race_of_a_driver(andreas, dubai, read):
    make_entry(event=dubai, drivers=[andreas], number="120", car=make_car())
    page = read(DRIVER)
    assert page.title == "Andreas Bäckman: next race weekend · Pitboard"
    assert text_of(page, "p", "eyebrow") == ["Andreas Bäckman · Next race weekend"]
    assert markup.words(page.all("h1")[0]) == "Hankook 12h Hockenheimring"
    assert text_of(page, "p", "dates") == [
        "13–15 May 2022 Dubai Autodrome, United Arab Emirates"
    ]
    assert text_of(page, "p", "strip") == [
        "Next on track Practice · Friday 13 May 12:00 (UTC+4) · 10:00 Swedish time"
    ]
    assert [markup.words(row) for row in page.all("dl")[0]] == [
        "Series 24H Series · round 1 of 7",
        "Car Audi RS 3 LMS TCR #120",
    ]
    assert page.link("canonical") == "http://testserver/en/drivers/andreas-backman/"
    assert page.links[0] == f"http://testserver/en/{WEEKEND}"


def test_driver_without_a_race_to_come_says_so(andreas, read, stand):
    make_entry(event=make_event(), drivers=[andreas])
    assert text_of(read(DRIVER), "p", "note") == ["The timetable is not known yet."]
    stand("2022-05-16T12:00+02:00")
    page = read(DRIVER)
    assert markup.words(page.all("h1")[0]) == "Andreas Bäckman"
    assert text_of(page, "p", "dates") == ["No race weekend is planned yet."]


# What holds for both


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    "path", ["events/nowhere/", "drivers/nobody/next/", "drivers/guest/next/"]
)
def test_what_is_gone_says_so_in_the_frame(path, language, read, client):
    make_driver(slug="guest", status=GUEST)
    page = read(path, language, status=404)
    assert f"http://testserver/{language}/events/" in page.links
    assert page.link("canonical") == ""
    policy = client.get(f"/embed/{language}/{path}").headers["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors *")


@pytest.mark.parametrize("path", ["embed/de/events/a/", "embed/events/a/", "embed/sv/"])
def test_embed_is_there_in_the_languages_of_the_site_alone(path, client):
    response = client.get(f"/{path}")
    assert response.status_code == 404
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", [WEEKEND, DRIVER])
def test_embed_may_be_framed_and_is_as_strict_as_a_page_else(path, andreas, client):
    make_entry(event=make_event(), drivers=[andreas])
    page, embed = client.get("/sv/").headers, client.get(f"/embed/sv/{path}").headers
    assert embed["Content-Security-Policy"] == page["Content-Security-Policy"].replace(
        "frame-ancestors 'none'", "frame-ancestors *"
    )
    assert page["X-Frame-Options"] == "DENY"
    assert "X-Frame-Options" not in embed
    assert embed["X-Robots-Tag"] == "noindex"
    assert embed["Cache-Control"] == "public, no-cache"
    assert embed["Vary"] == "Accept-Encoding"
    for name in ("Permissions-Policy", "Referrer-Policy", "X-Content-Type-Options"):
        assert embed[name] == page[name]


@pytest.mark.parametrize("path", [WEEKEND, DRIVER])
def test_embed_is_the_same_for_everybody(path, andreas, client):
    event = make_event()
    make_session(event=event)
    make_entry(event=event, drivers=[andreas])
    address = f"/embed/sv/{path}"
    stranger = client.get(address)
    client.force_login(make_staff())
    client.post("/as-of/", {"moment": "2023-01-01T12:00"})
    client.cookies["results"] = "hidden"
    staff = client.get(address, headers={"accept-language": "en"})
    assert staff.content == stranger.content
    assert staff.headers["Cache-Control"] == "public, no-cache"
    assert staff.headers["Content-Language"] == "sv"
    assert not stranger.cookies
    assert "/admin/" not in staff.text


def test_embed_is_not_posted_to(client):
    make_event()
    assert client.post(f"/embed/sv/{WEEKEND}").status_code == 405


@pytest.mark.parametrize("path", [WEEKEND, DRIVER])
def test_embed_needs_no_script_and_one_small_style_sheet(path, andreas, dubai, read):
    make_entry(event=dubai, drivers=[andreas])
    make_event_link(event=dubai)
    page = read(path)
    assert page.all("script") == []
    assert page.resources == ["/static/racing/css/embed.css", "/theme.css"]
    assert page.meta("robots") == "noindex"
    text = SHEET.read_text()
    assert len(text) < 6000
    known = set(re.findall(r"\.([a-z][\w-]*)", text))
    used = {
        name for element in page.elements for name in element.get("class", "").split()
    }
    # The rest are states of a session that look like any other.
    assert used - known <= {"coming"}


@pytest.mark.parametrize("count", [1, 30])
def test_embeds_take_as_many_queries_for_1_row_as_for_30(
    count, andreas, client, django_assert_num_queries
):
    make_home_team()
    event = make_event()
    make_entry(event=event, drivers=[andreas])
    for number in range(count):
        make_session(event=event, name_sv=f"Lopp {number}")
        make_event_link(event=event, url=f"https://x.se/{number}")
    with django_assert_num_queries(4):
        page = markup.Page(client.get(f"/embed/sv/{WEEKEND}").text)
    assert len(rows(page)) == count + 1
    assert len(elements(page, "a", "chip")) == count
    with django_assert_num_queries(4):
        client.get(f"/embed/sv/{DRIVER}")
