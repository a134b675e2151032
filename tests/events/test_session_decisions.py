"""What the page of a session says of decisions: how far its results are settled."""

from datetime import date
from decimal import Decimal

import pytest

from events.models import AMENDED, CLASSIFIED, DISQUALIFIED, OFFICIAL, PROVISIONAL
from tests import markup
from tests.events.session_pages import elements, text_of
from tests.factories import make_amendment, make_result, make_result_change

pytestmark = pytest.mark.django_db

IN_PLACE = {"status": CLASSIFIED, "is_classified": True}


@pytest.fixture(autouse=True)
def _after_the_season(travel):
    travel("2022-10-01T12:00+02:00")


# How far it is settled


@pytest.mark.parametrize(
    ("state", "tags", "words"),
    [
        ("", [], ""),
        (
            PROVISIONAL,
            ["provisional"],
            "The results are provisional: they can change until they are made official.",
        ),
        (OFFICIAL, ["official"], ""),
        (AMENDED, ["amended"], ""),
    ],
)
def test_state_of_the_classification_is_a_tag(race, ours, read, state, tags, words):
    race.classification = state
    race.save()
    make_result(session=race, entry=ours, position=4, **IN_PLACE)
    page = read(race)
    assert text_of(page, "span", "tag") == tags
    assert text_of(page, "p", "open") == [words][: bool(words)]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"decided_on": date(2022, 9, 29)},
            "After the decision of 29 September 2022 the matter was still open.",
        ),
        (
            {"decided_on": date(2022, 9, 1), "is_month_only": True},
            "After the decision in September 2022 the matter was still open.",
        ),
        (
            {"decided_on": None},
            "After the latest decision, whose date is not known, the matter was "
            "still open.",
        ),
    ],
)
def test_open_matter_says_since_when(race, ours, read, fields, words):
    race.classification = AMENDED
    race.save()
    make_result(session=race, entry=ours, position=2, **IN_PLACE)
    make_amendment(session=race)
    make_amendment(session=race, is_unresolved=True, **fields)
    page = read(race)
    assert text_of(page, "p", "open") == [f"{words} The result may change again."]
    # Beside the state, and beside the decision it is about.
    assert text_of(page, "span", "tag") == ["amended", "not settled", "not settled"]


def test_matter_that_a_later_decision_closed_is_settled(race, ours, read):
    race.classification = AMENDED
    race.save()
    make_result(session=race, entry=ours, position=2, **IN_PLACE)
    make_amendment(session=race, is_unresolved=True)
    make_amendment(session=race)
    page = read(race)
    assert text_of(page, "p", "open") == []
    assert text_of(page, "span", "tag") == ["amended"]


# What was decided


def rulings(page):
    """The decisions as texts: [(heading, paragraphs, moves)]."""
    (found,) = elements(page, "ol", "rulings")
    return [
        (
            markup.words(ruling.find("h3")),
            [markup.words(p) for p in ruling.findall("p")],
            [markup.words(move) for move in ruling.iter("li") if move is not ruling],
        )
        for ruling in found
    ]


def test_amendment_says_what_was_decided_by_whom_and_which_rows_moved(
    race, ours, theirs, read
):
    race.classification = AMENDED
    race.save()
    first = make_result(session=race, entry=theirs, status=DISQUALIFIED)
    second = make_result(
        session=race, entry=ours, position=1, points=Decimal(25), **IN_PLACE
    )
    ruling = make_amendment(
        session=race,
        decided_on=date(2022, 9, 2),
        body_sv="Svenska Bilsportförbundet",
        reason_sv="Dahlgren diskvalificeras.",
        source_url="https://www.sbf.se/beslut/1/",
    )
    for result, field, old, new in (
        (first, "position", "1", ""),
        (first, "is_classified", "yes", ""),
        (first, "status", "classified", "disqualified"),
        (second, "position", "3", "1"),
        (second, "points", "15", "25"),
    ):
        make_result_change(
            amendment=ruling, result=result, field=field, old=old, new=new
        )
    page = read(race)
    assert rulings(page) == [
        (
            "Amended 2 September 2022",
            [
                "Dahlgren diskvalificeras.",
                "Decided by Svenska Bilsportförbundet. Source: sbf.se/beslut/1",
            ],
            [
                "#19 Andreas Bäckman position 3 → 1, points 15 → 25",
                "#1 Robert Dahlgren position 1 → disqualified",
            ],
        )
    ]
    assert "https://www.sbf.se/beslut/1/" in page.links
    assert f"amendment-{ruling.pk}" in page.ids
    (swedish,) = rulings(read(race, "sv"))
    assert swedish[2] == [
        "#19 Andreas Bäckman placering 3 → 1, poäng 15 → 25",
        "#1 Robert Dahlgren placering 1 → diskvalificerad",
    ]


def test_what_is_not_known_of_an_amendment_is_said(race, ours, read):
    make_result(session=race, entry=ours, position=1, **IN_PLACE)
    make_amendment(session=race, decided_on=date(2022, 9, 1), is_month_only=True)
    make_amendment(
        session=race,
        decided_on=None,
        body_sv="",
        source_url="",
        source="Protokoll 12, Mantorp",
    )
    assert [(heading, words[1]) for heading, words, _moves in rulings(read(race))] == [
        (
            "Amended, date not known",
            "Who decided is not known. Source: Protokoll 12, Mantorp",
        ),
        ("Amended in September 2022", "Decided by SBF. Source: sbf.se/beslut"),
    ]


def test_fact_that_an_amendment_took_away_becomes_nothing(race, ours, read):
    result = make_result(session=race, entry=ours, **IN_PLACE)
    make_result_change(result=result, field="points", old="25", new="")
    assert rulings(read(race))[0][2] == ["#19 Andreas Bäckman points 25 → –nothing"]


def test_session_without_amendments_speaks_of_none(race, ours, read):
    make_result(session=race, entry=ours, position=1, **IN_PLACE)
    assert elements(read(race), "ol", "rulings") == []
