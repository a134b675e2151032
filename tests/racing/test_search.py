"""Search over the names of the site: racing.search."""

import pytest

from drivers.models import FORMER, GUEST
from racing.search import Hit, SearchForm, search
from tests.factories import (
    make_car,
    make_circuit,
    make_driver,
    make_entry,
    make_event,
    make_home_team,
    make_season,
    make_series,
    make_team,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def site():
    """The Hockenheim weekend: one driver of ours, one guest."""
    driver = make_driver(full_name="Jan Andreas William Bäckman", club="Boden RCS")
    guest = make_driver(
        first_name="Emil", last_name="Sällberg", slug="emil-sallberg", status=GUEST
    )
    make_home_team(base="Boden")
    make_team()
    circuit = make_circuit(place="Hockenheim", region="Baden-Württemberg")
    event = make_event(circuit=circuit)
    make_entry(event=event, drivers=[driver, guest], car=make_car(generation="2021"))


def found(query):
    return [(hit.kind, hit.title) for hit in search(query)]


DRIVER = ("driver", "Andreas Bäckman")
EVENT = ("event", "Hankook 12h Hockenheimring")
HOME = ("team", "JA Bäckman Racing")
TEAM = ("team", "Lestrup Racing Team")
CAR = ("car", "Audi RS 3 LMS TCR")
CIRCUIT = ("circuit", "Hockenheimring")


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("backman", [DRIVER, EVENT, HOME]),
        ("Bäckman", [DRIVER, EVENT, HOME]),
        ("BÄCKMAN", [DRIVER, EVENT, HOME]),
        ("ba\u0308ckman", [DRIVER, EVENT, HOME]),
        ("  backman  ", [DRIVER, EVENT, HOME]),
        ("ckma", [DRIVER, EVENT, HOME]),
        # A guest has no page and is found by the weekends they are entered in.
        ("sallberg", [EVENT]),
        ("Sällberg", [EVENT]),
        ("emil hockenheimring", [EVENT]),
        # Every word must be somewhere among the names of one page.
        ("andreas backman", [DRIVER, EVENT]),
        ("backman andreas", [DRIVER, EVENT]),
        ("backman boden", [DRIVER, HOME]),
        ("backman lestrup", []),
        ("william", [DRIVER]),
        ("24h series 2022", [EVENT]),
        ("hockenheim", [EVENT, CIRCUIT]),
        ("wurttemberg", [CIRCUIT]),
        ("audi 2021", [CAR]),
        ("lestrup", [TEAM]),
        ("racing", [HOME, TEAM]),
        ("nobody", []),
        # Nothing asked, nothing found.
        ("", []),
        (" \t\n", []),
        ("\u0301", []),
        ("\x00", []),
    ],
)
@pytest.mark.usefixtures("site")
def test_search_is_deaf_to_accents_capitals_and_order(query, hits):
    assert found(query) == hits


@pytest.mark.parametrize(
    "query",
    [
        "'",
        '"',
        "\\",
        "%",
        "_",
        "*",
        "' OR 1=1 --",
        "'; DROP TABLE drivers_driver; --",
        "{{ 7*7 }}",
        "%s",
        "%(name)s",
        "\ud800",
        "🏁",
        "x" * 1000,
        "back\x00man" * 200,
    ],
)
@pytest.mark.usefixtures("site")
def test_search_takes_every_query_for_words(query):
    assert found(query) == []


@pytest.mark.usefixtures("site")
def test_hit_leads_to_its_page_and_says_a_word_about_it():
    assert [(hit.url, hit.detail) for hit in search("backman")] == [
        ("/en/drivers/andreas-backman/", "Boden RCS"),
        ("/en/events/hankook-12h-hockenheimring-2022/", "24H Series 2022"),
        ("/en/teams/ja-backman-racing/", "Boden"),
    ]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("sallberg", [["Emil Sällberg"]]),
        ("emil hockenheimring", [["Emil Sällberg"]]),
        ("hockenheimring", [[], []]),
        ("wurttemberg", [["Baden-Württemberg"]]),
    ],
)
@pytest.mark.usefixtures("site")
def test_hit_says_by_which_other_name_it_was_found(query, names):
    assert [hit.found_by for hit in search(query)] == names


def test_former_driver_is_found_and_guest_is_not():
    make_driver(status=FORMER)
    make_driver(first_name="Emil", slug="emil", status=GUEST)
    assert found("backman") == [DRIVER]


def test_hits_of_a_kind_stand_in_swedish_order():
    names = ("Öster Racing", "Åby Racing", "Zeta Racing", "Ängel Racing")
    for number, name in enumerate(names):
        make_team(name=name, slug=f"team-{number}")
    assert [title for _kind, title in found("racing")] == [
        "Zeta Racing",
        "Åby Racing",
        "Ängel Racing",
        "Öster Racing",
    ]


def test_event_is_found_once_however_many_are_entered():
    event = make_event()
    for number in range(5):
        driver = make_driver(slug=f"guest-{number}", status=GUEST)
        make_entry(event=event, number=str(number), drivers=[driver])
    assert found("backman") == [EVENT]


def test_no_more_than_200_pages_are_shown():
    for number in range(201):
        make_team(name=f"Team {number}", slug=f"team-{number}")
    assert len(search("team")) == 200


@pytest.mark.parametrize("count", [1, 30])
def test_search_takes_one_query(count, django_assert_num_queries):
    season = make_season(series=make_series())
    circuit = make_circuit()
    for number in range(count):
        driver = make_driver(slug=f"driver-{number}")
        event = make_event(season=season, circuit=circuit, slug=f"event-{number}")
        make_entry(event=event, drivers=[driver])
    with django_assert_num_queries(1):
        assert len(search("backman")) == 2 * count


def test_empty_query_takes_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert search(" ") == []


def test_hit_has_every_word_in_its_names():
    hit = Hit("driver", "a", "Andreas Bäckman", "Boden RCS", {"Jan William"})
    assert hit.has(["backman", "jan", "boden"])
    assert not hit.has(["backman", "hockenheim"])


@pytest.mark.parametrize(
    ("query", "is_valid"),
    [("", True), ("x" * 100, True), ("x" * 101, False), ("a\x00b", False)],
)
def test_form_takes_a_hundred_characters_and_no_nul(query, is_valid):
    assert SearchForm({"q": query}).is_valid() is is_valid


def test_form_takes_nothing_for_an_empty_query():
    form = SearchForm({})
    assert form.is_valid()
    assert form.cleaned_data["q"] == ""
