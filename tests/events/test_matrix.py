"""The results matrix: events.matrix, over the bare rows of events.races."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from drivers.models import COUNTED, GUEST
from events.career import careers
from events.matrix import Matrix, matrix
from events.models import (
    CANCELLED,
    DID_NOT_QUALIFY,
    DID_NOT_START,
    DISQUALIFIED,
    EXCLUDED,
    IN_CLASS,
    NOT_CLASSIFIED,
    OVERALL,
    POSTPONED,
    RETIRED,
    WITHDRAWN,
    EventRound,
)
from events.races import abbreviation, races_of
from tests.factories import (
    make_career_result,
    make_circuit,
    make_class,
    make_driver,
    make_entry,
    make_event,
    make_season,
    make_series,
    make_session,
)
from tests.seasons import finish, make_long_career, make_race, make_weekend

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

AFTERWARDS = datetime(2023, 1, 1, tzinfo=UTC)


@pytest.fixture
def season():
    return make_season(series=make_series(short_name="TCR UK", slug="tcr-uk"))


@pytest.fixture
def circuit():
    return make_circuit(abbreviation="HOC")


@pytest.fixture
def event(season, circuit):
    return make_weekend(season=season, circuit=circuit)


@pytest.fixture
def driver():
    return make_driver()


@pytest.fixture
def entry(event, driver):
    return make_entry(event=event, drivers=[driver])


def matrix_of(driver, at=AFTERWARDS) -> Matrix:
    return matrix(races_of(careers([driver], at)[driver.pk], at))


def cells_of(driver, at=AFTERWARDS):
    (row,) = matrix_of(driver, at).rows
    return row.cells


def signs_of(driver, at=AFTERWARDS):
    return [(cell.circuit, cell.sign) for cell in cells_of(driver, at)]


# The circuit in three letters


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Silverstone", "SIL"),
        ("Ring Knutstorp", "KNU"),
        ("Circuit de Barcelona-Catalunya", "BAR"),
        ("Autodromo Internazionale del Mugello", "MUG"),
        ("Motorsport Arena Oschersleben", "OSC"),
        ("Ängelholm", "ANG"),
        ("Circuit Park", "CIR"),
        ("Le 24", "24"),
        ("—", "?"),
    ],
)
def test_circuit_without_an_abbreviation_gets_the_letters_that_tell_it(name, letters):
    assert abbreviation(name) == letters


def test_abbreviation_of_a_circuit_goes_before_its_name(event, entry, driver):
    finish(make_race(event=event), entry, 4)
    assert signs_of(driver) == [("HOC", "4")]


# What a cell says


@pytest.mark.parametrize(
    ("result", "sign", "marks", "fill", "words"),
    [
        ({"position": 1}, "1", "", "gold", "first"),
        ({"position": 2}, "2", "", "silver", "second"),
        ({"position": 3}, "3", "", "bronze", "third"),
        ({"position": 4, "points": "12.5"}, "4", "", "points", "fourth, 12.5 points"),
        ({"position": 14, "points": 0}, "14", "", "classified", "14th, no points"),
        ({"position": 6}, "6", "", "plain", "sixth"),
        ({"position": 3, "is_tied": True}, "=3", "", "bronze", "tied third"),
        (
            {"position": 12, "status": RETIRED, "is_classified": True},
            *("12†", "", "plain", "twelfth, retired but classified"),
        ),
        (
            {"position": 1, "pole": OVERALL, "fastest_lap": OVERALL},
            *("1", "P F", "gold", "first, pole position, fastest lap"),
        ),
        (
            {"position": 9, "pole": IN_CLASS, "fastest_lap": IN_CLASS},
            *("9", "P F", "plain"),
            "ninth, pole position in class, fastest lap in class",
        ),
        ({"status": RETIRED}, "Ret", "", "retired", "retired"),
        ({"status": NOT_CLASSIFIED}, "NC", "", "classified", "not classified"),
        ({"status": DISQUALIFIED}, "DSQ", "", "disqualified", "disqualified"),
        ({"status": DID_NOT_QUALIFY}, "DNQ", "", "not-qualified", "did not qualify"),
        ({"status": DID_NOT_START}, "DNS", "", "not-started", "did not start"),
        ({"status": WITHDRAWN}, "WD", "", "not-started", "withdrew"),
        ({"status": EXCLUDED}, "EX", "", "not-started", "excluded"),
        ({"status": ""}, "–", "", "plain", "result not known"),
        (
            {"status": "classified", "is_classified": True, "points": 3},
            *("–", "", "plain", "classified, three points"),
        ),
        (
            {"status": RETIRED, "is_classified": True, "points": 3},
            *("†", "", "plain", "retired but classified, three points"),
        ),
        (
            {"status": DISQUALIFIED, "pole": OVERALL},
            *("DSQ", "P", "disqualified", "disqualified, pole position"),
        ),
    ],
)
def test_cell_shows_what_is_known_and_says_it(
    result, sign, marks, fill, words, event, entry, driver
):
    finish(make_race(event=event), entry, **result)
    (cell,) = cells_of(driver)
    printed = " ".join(filter(None, ("HOC", sign.strip("–"), marks)))
    where = "Race 1, Hockenheimring, 8 May 2022"
    assert (cell.sign, cell.marks, cell.fill) == (sign, marks, fill)
    assert (cell.where, cell.words) == (where, f"{printed}: {where}: {words}")


def test_place_in_class_goes_first_and_gives_the_colour(event, driver):
    entry = make_entry(event=event, drivers=[driver], racing_class=make_class())
    finish(make_race(event=event), entry, 24, class_position=3)
    (cell,) = cells_of(driver)
    assert (cell.sign, cell.fill, cell.place) == ("3", "bronze", 3)
    assert cell.words.endswith(": third in TCR, 24th overall")


def test_cell_speaks_the_readers_language(event, entry, driver):
    race = make_race(event=event, name="Lopp 1", name_en="Race 1")
    finish(race, entry, 3, points=15)
    with translation.override("sv"):
        (cell,) = cells_of(driver)
    assert cell.words == "HOC 3: Lopp 1, Hockenheimring, 8 maj 2022: trea, 15 poäng"


def test_cell_names_the_day_at_the_track(season, driver):
    melbourne = make_circuit(name="Albert Park", time_zone="Australia/Melbourne")
    event = make_weekend(season=season, circuit=melbourne)
    start = datetime(2022, 5, 8, 23, 0, tzinfo=UTC)
    finish(
        make_race(event=event, start=start),
        make_entry(event=event, drivers=[driver]),
        1,
    )
    (cell,) = cells_of(driver)
    assert cell.where == "Race 1, Albert Park, 9 May 2022"


@pytest.mark.parametrize(
    ("days", "where"),
    [
        ((date(2022, 5, 8), date(2022, 5, 9)), "Race 1, Hockenheimring, 8–9 May 2022"),
        ((None, None), "Race 1, Hockenheimring"),
    ],
)
def test_cell_names_the_weekend_where_its_day_is_not_known(
    days, where, season, circuit, driver
):
    event = make_event(
        season=season, circuit=circuit, first_day=days[0], last_day=days[1]
    )
    race = make_session(event=event, name_sv="Race 1", start=None, precision="day_only")
    finish(race, make_entry(event=event, drivers=[driver]), 1)
    (cell,) = cells_of(driver)
    assert cell.where == where


# Races without a result


def test_race_that_the_driver_was_not_entered_in_is_blank(
    event, entry, driver, season, circuit
):
    finish(make_race(event=event), entry, 4)
    other = make_weekend(season=season, number=2, circuit=circuit)
    make_race(event=other)
    first, second = cells_of(driver)
    assert (second.circuit, second.sign, second.fill) == ("HOC", "", "")
    assert second.words == "HOC: Race 1, Hockenheimring, 15 May 2022: not entered"
    assert [first.is_of_driver, second.is_of_driver] == [True, False]


def test_race_that_was_run_without_a_result_is_a_dash(event, entry, driver):
    make_race(event=event)
    (cell,) = cells_of(driver_with_a_line(driver, event))
    assert (cell.sign, cell.fill) == ("–", "plain")
    assert cell.words.endswith(": result not known")


def driver_with_a_line(driver, event):
    make_career_result(driver=driver, season=event.season, totals=COUNTED)
    return driver


def test_race_that_is_still_to_come_is_blank(event, entry, driver):
    make_race(event=event, start=datetime(2022, 5, 8, 12, tzinfo=UTC))
    before = datetime(2022, 5, 8, 11, 59, tzinfo=UTC)
    (cell,) = cells_of(driver_with_a_line(driver, event), before)
    assert (cell.sign, cell.fill) == ("", "")
    assert cell.words.endswith(": still to come")


@pytest.mark.parametrize(("is_over", "sign"), [(False, ""), (True, "–")])
def test_race_of_which_no_day_is_known_was_run_when_the_season_is_over(
    is_over, sign, circuit, driver
):
    season = make_season(is_over=is_over)
    event = make_event(season=season, circuit=circuit, first_day=None, last_day=None)
    make_entry(event=event, drivers=[driver])
    make_session(event=event, start=None, precision="day_only")
    (cell,) = cells_of(
        driver_with_a_line(driver, event), datetime(2022, 6, 1, tzinfo=UTC)
    )
    assert cell.sign == sign


@pytest.mark.parametrize("where", ["session", "event"])
def test_race_that_was_cancelled_is_a_white_c(where, season, circuit, driver):
    status = {where: CANCELLED}
    event = make_weekend(
        season=season, circuit=circuit, status=status.get("event", "confirmed")
    )
    make_entry(event=event, drivers=[driver])
    make_race(event=event, status=status.get("session", "scheduled"))
    (cell,) = cells_of(driver_with_a_line(driver, event))
    assert (cell.sign, cell.fill) == ("C", "not-started")
    assert cell.words.endswith(": cancelled")


def test_race_that_was_postponed_is_blank_and_says_so(event, entry, driver):
    make_race(event=event, status=POSTPONED)
    (cell,) = cells_of(driver_with_a_line(driver, event))
    assert (cell.sign, cell.words.rpartition(": ")[2]) == ("", "postponed")


def test_result_stands_in_no_cell_before_its_session_has_started(event, entry, driver):
    driver_with_a_line(driver, event)
    start = datetime(2022, 5, 8, 12, tzinfo=UTC)
    finish(make_race(event=event, start=start), entry, 1)
    assert signs_of(driver, datetime(2022, 5, 8, 11, 59, tzinfo=UTC)) == [("HOC", "")]
    assert signs_of(driver, start) == [("HOC", "1")]


# Which races and whose


def test_race_in_two_parts_is_one_cell(event, entry, driver):
    second = make_race(event=event, name="Race, part 2", order=2)
    first = make_race(event=event, name="Race, part 1", order=1, result_in=second)
    finish(first, entry, 9)
    finish(second, entry, 2)
    (cell,) = cells_of(driver)
    assert (cell.sign, cell.where.partition(", H")[0]) == ("2", "Race, part 2")


def test_only_races_have_cells(event, entry, driver):
    finish(
        make_session(event=event, kind="qualifying", start=None, precision="day_only"),
        entry,
        1,
    )
    finish(make_race(event=event), entry, 4)
    assert signs_of(driver) == [("HOC", "4")]


def test_result_is_in_the_row_of_whom_it_names_alone(event):
    drove, entered = make_driver(), make_driver(first_name="Jessica")
    entry = make_entry(event=event, drivers=[drove, entered])
    finish(make_race(event=event), entry, 1, drivers=[drove])
    assert signs_of(drove) == [("HOC", "1")]
    assert signs_of(driver_with_a_line(entered, event)) == [("HOC", "–")]


def test_two_cars_in_one_race_are_two_cells_the_better_one_first(event, driver):
    race = make_race(event=event)
    for number, position in (("1", 8), ("2", 5)):
        entry = make_entry(event=event, number=number, drivers=[driver])
        finish(race, entry, position)
    assert signs_of(driver) == [("HOC", "5"), ("HOC", "8")]


def test_weekend_of_two_championships_is_in_the_row_of_each(event, entry, driver):
    other = make_season(series=make_series(short_name="Trophy", slug="trophy"))
    EventRound.objects.create(event=event, season=other, round="1")
    make_career_result(driver=driver, season=other, totals=COUNTED)
    finish(make_race(event=event), entry, 4)
    rows = [
        (str(row.season), [cell.sign for cell in row.cells])
        for row in matrix_of(driver).rows
    ]
    assert rows == [("TCR UK 2022", ["4"]), ("Trophy 2022", ["4"])]


def test_weekend_of_another_championship_is_in_the_row_that_it_counts_for_alone(
    event, entry, driver
):
    other = make_season(series=make_series(short_name="Trophy", slug="trophy"))
    EventRound.objects.create(event=event, season=other, round="1")
    make_career_result(driver=driver, season=other, totals=COUNTED)
    make_race(event=event)
    (row,) = matrix_of(driver).rows
    assert (str(row.season), [cell.sign for cell in row.cells]) == (
        "Trophy 2022",
        ["–"],
    )


def test_season_that_the_driver_had_no_part_in_has_no_row(event, driver):
    make_race(event=event)
    driver_with_a_line(driver, event)
    assert matrix_of(driver).rows == []


def test_rows_stand_the_earliest_season_first(circuit, driver):
    series = make_series()
    for year in (2021, 2019, 2020):
        season = make_season(series=series, year=year)
        event = make_weekend(season=season, circuit=circuit)
        finish(
            make_race(event=event),
            make_entry(event=event, drivers=[driver]),
            year - 2015,
        )
    assert [(row.season.year, row.cells[0].sign) for row in matrix_of(driver).rows] == [
        (2019, "4"),
        (2020, "5"),
        (2021, "6"),
    ]


def test_cells_stand_in_the_order_of_the_races(season, circuit, driver):
    for number in (2, 1):
        event = make_weekend(season=season, number=number, circuit=circuit)
        entry = make_entry(event=event, drivers=[driver])
        finish(make_race(event=event, name="Race 2", order=2), entry, 10 * number + 2)
        finish(make_race(event=event, name="Race 1", order=1), entry, 10 * number + 1)
    assert [cell.sign for cell in cells_of(driver)] == ["11", "12", "21", "22"]


def test_cells_stand_by_round_where_a_day_is_not_known(season, circuit, driver):
    for number, day in ((10, date(2022, 5, 1)), (2, None), (1, date(2022, 7, 1))):
        event = make_event(
            season=season,
            circuit=circuit,
            slug=f"round-{number}",
            round=f"{number}–{number + 1}" if number == 2 else str(number),
            first_day=day,
            last_day=day,
        )
        race = make_session(event=event, start=None, precision="day_only")
        finish(race, make_entry(event=event, drivers=[driver]), number + 10)
    assert [cell.sign for cell in cells_of(driver)] == ["11", "12", "20"]


# Where a cell leads


def test_cell_leads_to_its_session(event, entry, driver):
    race = make_race(event=event)
    finish(race, entry, 1)
    (cell,) = cells_of(driver)
    assert cell.url == race.get_absolute_url()
    with translation.override("sv"):
        (cell,) = cells_of(driver)
        assert cell.url == race.get_absolute_url()


def test_cell_of_a_race_without_results_leads_to_the_weekend(event, entry, driver):
    make_race(event=event)
    (cell,) = cells_of(driver_with_a_line(driver, event))
    assert cell.url == event.get_absolute_url()


# The legend


def test_legend_tells_of_what_occurs_and_of_nothing_else(event, entry, driver):
    results = [
        {"position": 1, "pole": OVERALL},
        {"position": 4, "points": 12, "is_tied": True},
        {"status": RETIRED},
        {"position": 15, "points": 0, "status": RETIRED, "is_classified": True},
    ]
    for number, result in enumerate(results):
        finish(make_race(event=event, order=number), entry, **result)
    assert [tuple(line) for line in matrix_of(driver).legend] == [
        ("1", "gold", "First place"),
        ("6", "points", "Finished in the points"),
        ("15", "classified", "Finished without points"),
        ("Ret", "retired", "Retired"),
        ("†", "", "Classified, though not running at the flag"),
        ("=", "", "Shared place"),
        ("P", "", "Pole position"),
    ]


def test_legend_has_every_ground_that_a_cell_may_have(event, entry, driver):
    statuses = [
        *(RETIRED, NOT_CLASSIFIED, DISQUALIFIED, DID_NOT_QUALIFY, DID_NOT_START),
        *(WITHDRAWN, EXCLUDED, ""),
    ]
    for number, status in enumerate(statuses):
        finish(make_race(event=event, order=number), entry, status=status)
    make_race(event=event, status=CANCELLED)
    make_race(event=event, status=POSTPONED)
    told = {(line.sample, line.fill) for line in matrix_of(driver).legend}
    assert told == {(cell.sign or "HOC", cell.fill) for cell in cells_of(driver)}


# Who has one, and what it costs


def test_guest_may_be_asked_about_as_everybody(event):
    guest = make_driver(slug="emil", status=GUEST)
    finish(make_race(event=event), make_entry(event=event, drivers=[guest]), 1)
    assert signs_of(guest) == [("HOC", "1")]


@pytest.mark.parametrize("races", [1, 30, 350])
def test_matrix_takes_one_query_for_any_number_of_races(
    races, django_assert_num_queries
):
    driver = make_long_career(races)
    career = careers([driver], AFTERWARDS)[driver.pk]
    with django_assert_num_queries(1):
        found = matrix(races_of(career, AFTERWARDS))
    assert sum(len(row.cells) for row in found.rows) == races
