"""The record behind a career's totals: events.record."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from drivers.models import COUNTED, TYPED
from events.career import Figure, careers
from events.models import DID_NOT_START, OVERALL, RETIRED, EventRound
from events.races import races_of
from events.record import Question, Record, details, season_key, told
from tests.factories import (
    make_amendment,
    make_career_result,
    make_circuit,
    make_class,
    make_driver,
    make_entry,
    make_event,
    make_result_change,
    make_season,
    make_series,
    make_session,
    make_team,
)
from tests.seasons import finish, make_long_career, make_race, make_weekend

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

AFTERWARDS = datetime(2023, 1, 1, tzinfo=UTC)


@pytest.fixture
def driver():
    return make_driver()


@pytest.fixture
def circuit():
    return make_circuit()


@pytest.fixture
def tcr_uk():
    return make_series(short_name="TCR UK", slug="tcr-uk")


@pytest.fixture
def season(tcr_uk):
    return make_season(series=tcr_uk, year=2018, is_over=True)


def race(driver, season, circuit, *, number=1, position=None, entry=None, **result):
    """A race of a weekend of its own; what came of it is the result."""
    event = make_weekend(season=season, number=number, circuit=circuit)
    own = make_entry(event=event, drivers=[driver], **(entry or {}))
    return finish(make_race(event=event), own, position, **result)


def record_of(driver, at=AFTERWARDS):
    return Record(races_of(careers([driver], at)[driver.pk], at))


def asked(**parameters):
    return Question.read(parameters)


def keys(rows):
    return [row.outcome.key for row in rows]


# The question


def test_question_is_read_from_what_an_address_says():
    question = Question.read(
        {"what": " wins ", "season": "tcr-uk-2018", "team": "", "page": "2", "x": "y"}
    )
    assert question == Question("wins", {"season": "tcr-uk-2018"})
    assert question.parameters == {"what": "wins", "season": "tcr-uk-2018"}
    assert (question.season, Question.read({}).parameters) == ("tcr-uk-2018", {})


# The rows


def test_rows_stand_the_latest_first(driver, circuit, season, tcr_uk):
    first = race(driver, season, circuit, number=1)
    second = race(driver, season, circuit, number=2)
    later = race(driver, make_season(series=tcr_uk, year=2019), circuit)
    assert keys(record_of(driver).rows) == [later.pk, second.pk, first.pk]


def test_weekend_without_a_day_stands_where_its_round_does(driver, circuit, season):
    found = []
    for number, day in ((1, date(2018, 5, 1)), (2, None), (3, date(2018, 9, 1))):
        event = make_event(
            season=season,
            circuit=circuit,
            slug=f"round-{number}",
            round=str(number),
            first_day=day,
            last_day=day,
        )
        session = make_session(event=event, start=None, precision="day_only")
        entry = make_entry(event=event, drivers=[driver])
        found.append(finish(session, entry, number).pk)
    assert keys(record_of(driver).rows) == found[::-1]


def test_race_that_counts_for_two_championships_is_one_row_of_both(
    driver, circuit, season
):
    result = race(driver, season, circuit, position=1)
    other = make_season(series=make_series(), year=2018)
    EventRound.objects.create(event=result.session.event, season=other)
    make_career_result(driver=driver, season=other, totals=COUNTED)
    record = record_of(driver)
    assert keys(record.rows) == [result.pk]
    for key in ("tcr-uk-2018", "24h-series-2018"):
        assert keys(record.find(asked(season=key))) == [result.pk]


@pytest.mark.parametrize(
    ("what", "rows"),
    [
        ("", ["won", "class", "third", "out", "stayed"]),
        ("starts", ["won", "class", "third", "out"]),
        ("wins", ["won"]),
        ("class_wins", ["class"]),
        ("podiums", ["won", "third"]),
        ("poles", ["stayed"]),
        ("fastest_laps", ["out"]),
        ("titles", []),
        ("nonsense", []),
    ],
)
def test_figure_opens_to_the_rows_that_it_counts(what, rows, driver, circuit, season):
    results = {
        "won": {"position": 1},
        "class": {"position": 7, "class_position": 1},
        "third": {"position": 3},
        "out": {"status": RETIRED, "fastest_lap": OVERALL},
        "stayed": {"status": DID_NOT_START, "pole": OVERALL},
    }
    made = {
        name: race(driver, season, circuit, number=number, **result).pk
        for number, (name, result) in enumerate(results.items(), start=1)
    }
    found = keys(record_of(driver).find(asked(what=what)))
    assert found == [made[name] for name in rows][::-1]


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        ({"series": "tcr-uk"}, [0, 1]),
        ({"season": "tcr-uk-2019"}, [1]),
        ({"circuit": "croft"}, [0]),
        ({"team": "westcoast"}, [0]),
        ({"class": "tcr-am"}, [1]),
        ({"series": "tcr-uk", "circuit": "spa"}, [1]),
        ({"series": "tcr-uk", "circuit": "imola"}, []),
        ({"season": "tcr-uk-1999"}, []),
        ({"team": "nobody"}, []),
    ],
)
def test_filters_find_the_rows_that_have_all_of_them(filters, rows, driver, tcr_uk):
    spa = make_circuit(name="Spa", slug="spa")
    places = [
        (tcr_uk, 2018, make_circuit(name="Croft", slug="croft"), "westcoast", "TCR"),
        (tcr_uk, 2019, spa, "target", "TCR Am"),
        (make_series(), 2020, spa, None, None),
    ]
    made = [
        race(
            driver,
            make_season(series=series, year=year),
            circuit,
            entry={
                "team": team and make_team(name=team, slug=team),
                "racing_class": name and make_class(name=name),
            },
        ).pk
        for series, year, circuit, team, name in places
    ]
    found = keys(record_of(driver).find(asked(**filters)))
    assert found == [made[row] for row in rows][::-1]


# What can be asked for


def test_choices_are_the_values_that_occur(driver, season, tcr_uk):
    make_career_result(
        driver=driver, season=make_season(series=tcr_uk, year=2017), position=2
    )
    other = make_season(series=make_series(), year=2019)
    team = make_team()
    for where, name in ((season, "Örebro"), (other, "Zolder"), (other, "Åre")):
        circuit = make_circuit(name=name, slug=name[1:].lower())
        number = len(name) + (name == "Åre")
        entry = {"team": team, "racing_class": make_class()}
        race(driver, where, circuit, number=number, entry=entry)
    assert record_of(driver).choices == {
        "series": [("24h-series", "24H Series"), ("tcr-uk", "TCR UK")],
        "season": [
            ("24h-series-2019", "24H Series 2019"),
            ("tcr-uk-2018", "TCR UK 2018"),
        ],
        "circuit": [("older", "Zolder"), ("re", "Åre"), ("rebro", "Örebro")],
        "team": [("lestrup-racing-team", "Lestrup Racing Team")],
        "class": [("tcr", "TCR")],
    }


def test_title_without_rows_can_be_asked_for(driver, season):
    make_career_result(driver=driver, season=season, position=1)
    record = record_of(driver)
    assert record.choices["season"] == [("tcr-uk-2018", "TCR UK 2018")]
    (line,) = record.titles(asked(what="titles", season="tcr-uk-2018"))
    assert line.season == season


def test_question_is_named_as_far_as_its_values_occur(driver, circuit, season):
    race(driver, season, circuit)
    question = asked(series="tcr-uk", circuit="hockenheimring", team="nobody")
    assert record_of(driver).named(question) == ["TCR UK", "Hockenheimring"]


@pytest.mark.parametrize(
    ("parameters", "years"),
    [
        ({"what": "titles"}, [2020, 2018]),
        ({"what": "titles", "season": "tcr-uk-2018"}, [2018]),
        ({"what": "titles", "series": "tcr-uk"}, [2020, 2018]),
        ({"what": "titles", "circuit": "hockenheimring"}, []),
        ({"what": "wins"}, []),
    ],
)
def test_titles_are_seasons_that_were_won(parameters, years, driver, tcr_uk):
    for year, position in ((2018, 1), (2019, 2), (2020, 1)):
        season = make_season(series=tcr_uk, year=year, is_over=True)
        make_career_result(driver=driver, season=season, position=position)
    found = record_of(driver).titles(asked(**parameters))
    assert [line.season.year for line in found] == years


# Totals and their rows


def test_total_is_the_careers_own_and_of_a_series_or_season_theirs(
    driver, circuit, season, tcr_uk
):
    make_career_result(driver=driver, season=season, totals=TYPED, wins=3, podiums=4)
    other = make_season(series=tcr_uk, year=2019)
    make_career_result(driver=driver, season=other, totals=TYPED, wins=2, podiums=4)
    race(driver, season, circuit, position=1)
    record = record_of(driver)
    assert record.total(asked(what="wins")) == Figure(5)
    assert record.total(asked(what="wins", series="tcr-uk")) == Figure(5)
    assert record.total(asked(what="wins", season="tcr-uk-2018")) == Figure(3)
    assert record.total(asked(what="poles")) == Figure(None)
    for nothing in ({}, {"what": "x"}, {"what": "wins", "season": "tcr-uk-1999"}):
        assert record.total(asked(**nothing)) is None
    assert record.total(asked(what="wins", circuit="hockenheimring")) is None


@pytest.mark.parametrize(
    ("what", "total", "listed", "sentence"),
    [
        ("", None, 1, "1 race."),
        ("", None, 53, "53 races."),
        ("wins", None, 2, "two wins."),
        ("wins", None, 0, "no wins."),
        ("wins", Figure(3), 3, "three wins."),
        ("wins", Figure(3), 2, "three wins as published; two of them are listed here."),
        ("wins", Figure(3), 0, "three wins as published; none of them is listed here."),
        ("podiums", Figure(8, True), 13, "at least eight podiums as published; 13 are listed here."),
        ("starts", Figure(61, True), 61, "at least 61 starts."),
        ("poles", Figure(None), 1, "one pole position; how many there were in all is not known."),
        ("poles", Figure(None), 0, "no pole positions; how many there were in all is not known."),
    ],
)  # fmt: skip
def test_total_and_its_rows_are_told_honestly(what, total, listed, sentence):
    assert told(what, total, listed) == sentence


def test_total_is_told_in_the_gender_of_its_noun():
    with translation.override("sv"):
        assert " två " in told("fastest_laps", Figure(3), 2)
        assert " ett " in told("fastest_laps", Figure(3), 1)
        assert " en " in told("wins", Figure(3), 1)


# What is missing


def gaps(driver):
    return [
        (season_key(gap.season), gap.listed, gap.raced)
        for gap in record_of(driver).gaps
    ]


@pytest.mark.parametrize(
    ("starts", "races", "gap"),
    [
        (2, 2, None),
        (16, 2, (2, 16)),
        (None, 2, (2, None)),
        (16, 0, (0, 16)),
        (None, 0, (0, None)),
        (1, 2, None),
    ],
)
def test_typed_season_is_whole_when_all_its_starts_are_listed(
    starts, races, gap, driver, circuit, season
):
    make_career_result(driver=driver, season=season, totals=TYPED, starts=starts)
    for number in range(races):
        race(driver, season, circuit, number=number, position=5)
    race(driver, season, circuit, number=9, status=DID_NOT_START)
    assert gaps(driver) == ([] if gap is None else [("tcr-uk-2018", *gap)])


def test_counted_season_is_whole_when_no_race_lacks_a_result(driver, circuit, season):
    race(driver, season, circuit, position=5)
    assert gaps(driver) == []
    event = make_weekend(season=season, number=2, circuit=circuit)
    make_entry(event=event, drivers=[driver])
    make_race(event=event)
    make_race(event=event, name="Race 2", status="cancelled")
    assert gaps(driver) == [("tcr-uk-2018", 1, 2)]


def test_season_that_nothing_is_known_of_is_missing(driver, season):
    make_career_result(driver=driver, season=season, totals=COUNTED)
    assert gaps(driver) == [("tcr-uk-2018", 0, 0)]


def test_period_is_from_the_first_row_to_the_last(driver, circuit, season, tcr_uk):
    assert record_of(driver).period is None
    race(driver, season, circuit)
    event = make_event(
        season=make_season(series=tcr_uk, year=2019),
        circuit=circuit,
        first_day=date(2019, 6, 1),
        last_day=date(2019, 6, 2),
    )
    session = make_session(event=event, start=None, precision="day_only")
    finish(session, make_entry(event=event, drivers=[driver]), 4)
    assert record_of(driver).period == (date(2018, 5, 8), date(2019, 6, 2))


def test_nothing_is_on_record_before_its_session_has_started(driver, circuit, season):
    event = make_weekend(season=season, circuit=circuit)
    start = datetime(2018, 5, 8, 12, tzinfo=UTC)
    entry = make_entry(event=event, drivers=[driver])
    make_career_result(driver=driver, season=season, totals=COUNTED)
    finish(make_race(event=event, start=start), entry, 1)
    before = record_of(driver, datetime(2018, 5, 8, 11, 59, tzinfo=UTC))
    assert (before.rows, before.period) == ([], None)
    assert before.choices == {
        name: [] for name in ("series", "season", "circuit", "team", "class")
    }
    assert len(record_of(driver, start).rows) == 1


# What a page prints of a row


def test_row_has_its_day_and_its_rulings_in_their_order(driver, circuit, season):
    result = race(driver, season, circuit, position=3)
    first = make_amendment(session=result.session, decided_on=date(2018, 9, 2))
    second = make_amendment(session=result.session, decided_on=date(2018, 8, 1))
    for amendment, field in ((second, "points"), (first, "points"), (first, "status")):
        make_result_change(result=result, amendment=amendment, field=field)
    other = race(driver, season, circuit, number=2)
    latest, row = details(record_of(driver).rows)
    assert (latest, row) == (other, result)
    assert (row.raced_on, row.days) == (date(2018, 5, 8), "8–9 May 2018")
    assert [(ruling.day, len(ruling.changes)) for ruling in row.rulings] == [
        ("2 September 2018", 2),
        ("1 August 2018", 1),
    ]
    assert latest.rulings == []


@pytest.mark.parametrize("races", [1, 30, 350])
def test_record_takes_no_query_and_its_rows_four(races, django_assert_num_queries):
    record = record_of(make_long_career(races))
    with django_assert_num_queries(0):
        rows = record.find(asked())
        assert (len(rows), record.gaps) == (races, [])
        assert record.choices["season"] != []
    with django_assert_num_queries(4):
        assert len(details(rows)) == races
