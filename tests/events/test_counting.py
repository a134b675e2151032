"""What counts as a start, a win, a pole, and what is not known: events.counting."""

import pytest

from events.counting import FIGURES, Race, Totals, count, total
from events.models import (
    CLASSIFIED,
    DID_NOT_QUALIFY,
    DID_NOT_START,
    DISQUALIFIED,
    EXCLUDED,
    IN_CLASS,
    NOT_CLASSIFIED,
    OVERALL,
    RETIRED,
    WITHDRAWN,
)


def race(**facts):
    """A race of which only this is known; a place means classified."""
    if facts.get("position") or facts.get("class_position"):
        facts = {"status": CLASSIFIED, "is_classified": True} | facts
    nothing = {
        "key": 1,
        "session": 1,
        "season": 1,
        "day": None,
        "team": None,
        "car": None,
        "number": "",
        "status": "",
        "is_classified": False,
        "position": None,
        "class_position": None,
        "is_tied": False,
        "is_tied_in_class": False,
        "points": None,
        "pole": "",
        "fastest_lap": "",
        "laps": None,
        "best_lap_ms": None,
        "class_name": None,
        "team_name": None,
        "team_slug": None,
        "pole_is_known": False,
        "fastest_lap_is_known": False,
    }
    return Race(**(nothing | facts))


def told(**facts):
    """A race of which the site knows whose the pole and the fastest lap were."""
    return race(**({"pole_is_known": True, "fastest_lap_is_known": True} | facts))


def zeros(**figures):
    """Totals with these figures and 0 for the rest."""
    return Totals(**(dict.fromkeys(FIGURES, 0) | figures))


# Starts


@pytest.mark.parametrize(
    "status", [CLASSIFIED, NOT_CLASSIFIED, RETIRED, DISQUALIFIED, EXCLUDED]
)
def test_whoever_took_the_start_has_started(status):
    assert total([told(status=status)]).starts == 1


@pytest.mark.parametrize("status", [DID_NOT_START, DID_NOT_QUALIFY, WITHDRAWN])
def test_whoever_stayed_away_has_not_started(status):
    assert total([told(status=status)]) == zeros()


@pytest.mark.parametrize(
    "facts",
    [
        {"laps": 12},
        {"best_lap_ms": 107_095},
        {"fastest_lap": OVERALL},
        {"fastest_lap": IN_CLASS},
    ],
)
def test_car_that_went_round_has_started_whatever_became_of_it(facts):
    assert count([race(**facts)], "starts") == 1


@pytest.mark.parametrize("facts", [{}, {"laps": 0}, {"pole": OVERALL}])
def test_car_of_which_nothing_is_known_may_have_started(facts):
    assert count([race(**facts)], "starts") is None
    assert race(**facts).may_count_as("starts")


def test_start_that_is_known_is_no_open_one():
    assert not race(status=RETIRED).may_count_as("starts")
    assert not race(status=DID_NOT_START).may_count_as("starts")
    assert not race(laps=1).may_count_as("starts")


# Wins, class wins, podiums


@pytest.mark.parametrize(
    ("facts", "figures"),
    [
        ({"position": 1}, {"wins": 1, "podiums": 1}),
        ({"position": 1, "class_position": 1}, {"wins": 1, "podiums": 1}),
        ({"position": 2}, {"podiums": 1}),
        ({"position": 2, "class_position": 1}, {"class_wins": 1, "podiums": 1}),
        ({"position": 3}, {"podiums": 1}),
        ({"position": 4}, {}),
        ({"position": 24, "class_position": 1}, {"class_wins": 1}),
        ({"position": 24, "class_position": 3}, {}),
        ({"status": RETIRED, "is_classified": True, "position": 3}, {"podiums": 1}),
        ({"status": RETIRED}, {}),
        ({"status": DISQUALIFIED}, {}),
    ],
)
def test_places_count_and_class_wins_stand_beside_wins(facts, figures):
    assert total([told(**facts)]) == zeros(starts=1, **figures)


@pytest.mark.parametrize(
    ("facts", "unknown"),
    [
        ({"status": CLASSIFIED, "is_classified": True}, ["wins", "podiums"]),
        ({"status": RETIRED, "is_classified": True}, ["wins", "podiums"]),
        ({"laps": 12}, ["wins", "podiums"]),
        ({"class_position": 1}, ["wins", "podiums"]),
        ({"class_position": 2}, ["podiums"]),
        ({"class_position": 3}, ["podiums"]),
        ({"class_position": 4}, []),
        ({"position": 4}, []),
        ({"status": RETIRED}, []),
        ({"status": NOT_CLASSIFIED}, []),
        ({"status": DISQUALIFIED}, []),
        ({"status": EXCLUDED}, []),
        ({"status": DID_NOT_START}, []),
    ],
)
def test_place_that_is_not_known_may_be_among_the_first(facts, unknown):
    found = total([told(**facts)])
    assert [name for name in ("wins", "podiums") if getattr(found, name) is None] == (
        unknown
    )


@pytest.mark.parametrize(
    ("facts", "class_wins"),
    [
        ({"status": CLASSIFIED, "is_classified": True}, None),
        ({"laps": 12}, None),
        ({"class_position": 1}, 1),
        ({"class_position": 2}, 0),
        ({"position": 12}, 0),
        ({"status": RETIRED}, 0),
    ],
)
def test_class_win_is_open_where_no_place_is_known(facts, class_wins):
    assert total([told(**facts)]).class_wins == class_wins


# Poles and fastest laps


@pytest.mark.parametrize(
    ("figure", "fact"), [("poles", "pole"), ("fastest_laps", "fastest_lap")]
)
def test_best_overall_counts_and_best_in_class_does_not(figure, fact):
    assert count([told(position=4, **{fact: OVERALL})], figure) == 1
    assert count([told(position=4, **{fact: IN_CLASS})], figure) == 0


@pytest.mark.parametrize(
    ("figure", "known"),
    [("poles", "pole_is_known"), ("fastest_laps", "fastest_lap_is_known")],
)
def test_nobody_had_none_where_nobody_knows_whose_it_was(figure, known):
    assert count([race(position=4)], figure) is None
    assert count([race(position=4, **{known: True})], figure) == 0
    assert count([race(position=4), race(position=4, **{known: True})], figure) is None


def test_car_that_did_not_start_had_no_fastest_lap_whoever_had_it():
    assert count([race(status=DID_NOT_START)], "fastest_laps") == 0


def test_car_of_which_nothing_is_known_may_have_had_the_fastest_lap():
    assert count([race()], "fastest_laps") is None


def test_who_takes_pole_and_does_not_start_has_the_pole():
    assert total([told(status=DID_NOT_START, pole=OVERALL)]) == zeros(poles=1)


# Several races


def test_no_races_come_to_nothing_known():
    assert total([]) == Totals()


def test_what_is_known_is_counted_beside_what_is_not():
    races = [
        race(position=1, pole=OVERALL, pole_is_known=True),
        race(status=CLASSIFIED, is_classified=True),
        race(),
    ]
    assert total(races) == Totals(
        starts=2, wins=1, class_wins=None, podiums=1, poles=1, fastest_laps=None
    )


def test_season_adds_up():
    races = [
        told(position=1, pole=OVERALL, fastest_lap=OVERALL),
        told(position=1),
        told(position=3, fastest_lap=OVERALL),
        told(position=12, class_position=1),
        told(status=RETIRED),
        told(status=DISQUALIFIED),
        told(status=DID_NOT_START),
    ]
    assert total(races) == Totals(
        starts=6, wins=2, class_wins=1, podiums=3, poles=1, fastest_laps=2
    )


@pytest.mark.parametrize("figure", FIGURES)
def test_race_that_counts_is_not_open_too(figure):
    facts = {"position": 1, "pole": OVERALL, "fastest_lap": OVERALL}
    if figure == "class_wins":
        facts = {"position": 2, "class_position": 1}
    assert race(**facts).counts_as(figure)
    assert not race(**facts).may_count_as(figure)
