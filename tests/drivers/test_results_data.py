"""A driver's record for machines: the data in JSON."""

from datetime import datetime

import pytest

from drivers.models import TYPED
from events.models import OFFICIAL, OVERALL
from tests.drivers.records import data
from tests.factories import (
    make_amendment,
    make_career_result,
    make_result_change,
)
from tests.seasons import finish, make_race

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after_the_season")]


def test_data_has_every_fact_of_a_race_under_its_own_key(
    client, driver, season, event, entry
):
    race = make_race(event=event, classification=OFFICIAL)
    result = finish(
        race,
        entry,
        24,
        class_position=3,
        points="12.5",
        pole=OVERALL,
        laps=20,
        best_lap_ms=107_095,
        gap="+1 lap",
        note_en="Fine.",
    )
    amendment = make_amendment(session=race, reason_en="A ruling", is_month_only=True)
    make_result_change(
        result=result, amendment=amendment, field="position", old="1", new="24"
    )
    page = race.get_absolute_url()[len("/en") :]
    (row,) = data(client)["results"]
    assert row == {
        "id": result.pk,
        "seasons": ["tcr-uk-2018"],
        "date": "2018-05-08",
        "event": {
            "slug": "tcr-uk-2018-1",
            "name": "Weekend 1",
            "round": "1",
            "first_day": "2018-05-08",
            "last_day": "2018-05-09",
        },
        "circuit": {"slug": "hockenheimring", "name": "Hockenheimring"},
        "session": {
            "name": "Race 1",
            "classification": "official",
            "page": {
                "sv": f"http://testserver/sv{page}",
                "en": f"http://testserver/en{page}",
            },
        },
        "number": "19",
        "class": "TCR",
        "team": {"slug": "lestrup-racing-team", "name": "Lestrup Racing Team"},
        "car": {"slug": "audi-rs-3-lms-tcr", "name": "Audi RS 3 LMS TCR"},
        "drivers": ["Andreas Bäckman"],
        "status": "classified",
        "is_classified": True,
        "position": 24,
        "is_tied": False,
        "class_position": 3,
        "is_tied_in_class": False,
        "grid": None,
        "laps": 20,
        "time_ms": None,
        "gap": "+1 lap",
        "best_lap_ms": 107_095,
        "points": 12.5,
        "pole": "overall",
        "fastest_lap": None,
        "note": "Fine.",
        "code": "3",
        "words": "third in TCR, 24th overall, pole position, 12.5 points",
        "amendments": [
            {
                "date": "2022-09",
                "body": "SBF",
                "reason": "A ruling",
                "source": "https://sbf.se/beslut",
                "is_unresolved": False,
                "changes": [{"field": "position", "old": "1", "new": "24"}],
            }
        ],
    }


def test_data_has_driver_figures_and_seasons(client, driver, season):
    make_career_result(
        driver=driver,
        season=season,
        totals=TYPED,
        starts=14,
        wins=1,
        points=408,
        position=3,
        number="19",
    )
    found = data(client, "?what=wins", "sv")
    addresses = {
        name: {
            language: f"http://testserver/{language}/drivers/andreas-backman/{end}"
            for language in ("sv", "en")
        }
        for name, end in (("page", ""), ("data", "results.json"))
    }
    assert found["driver"] == {
        "name": "Andreas Bäckman",
        "slug": "andreas-backman",
        **addresses,
    }
    assert (found["language"], found["asked"]) == ("sv", {"what": "wins"})
    assert found["figures"]["wins"] == {"value": 1, "at_least": False}
    assert found["figures"]["poles"] == {"value": None, "at_least": False}
    assert found["covers"] == {
        "first": None,
        "last": None,
        "missing": [{"season": "tcr-uk-2018", "listed": 0, "raced": 14}],
    }
    assert found["seasons"] == [
        {
            "season": "tcr-uk-2018",
            "series": {"slug": "tcr-uk", "name": "TCR UK"},
            "year": 2018,
            "team": None,
            "car": None,
            "number": "19",
            "rounds": None,
            "is_over": True,
            "position": 3,
            "is_tied": False,
            "points": 408,
            "after_round": None,
            "is_title": False,
            "totals": "typed",
            "starts": 14,
            "wins": 1,
            "class_wins": None,
            "podiums": None,
            "poles": None,
            "fastest_laps": None,
        }
    ]
    assert found["results"] == []


def test_data_follows_the_filters_of_the_list(client, driver, season, event, entry):
    for number, position in enumerate((1, 2)):
        finish(make_race(event=event, order=number), entry, position)
    assert [row["position"] for row in data(client, "?what=wins")["results"]] == [1]
    assert len(data(client)["results"]) == 2
    assert data(client, "?season=x")["seasons"] == []


def test_data_says_when_it_was_changed_last(client, driver, event, entry):
    assert data(client)["updated"] is None
    result = finish(make_race(event=event), entry, 1)
    latest = result.history.latest("history_date")
    latest.history_date = datetime.fromisoformat("2018-09-02T10:00:00+00:00")
    latest.save()
    assert data(client)["updated"] == "2018-09-02T10:00:00+00:00"
