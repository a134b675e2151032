"""What is gathered of drivers and teams, and what it says: press.biographies.facts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from drivers.models import COUNTED, GUEST, Driver
from events.career import Figure
from events.classification import plan, save
from events.models import DISQUALIFIED, OFFICIAL, Amendment, Event
from press.biographies.facts import facts_of
from press.biographies.lengths import word_count
from press.biographies.resolving import menu, resolve
from press.biographies.reviews import (
    COUNT,
    NOT_REVIEWED,
    OTHER_LANGUAGE,
    PAST_NAME,
    reviews,
    warnings,
)
from racing import spoilers
from racing.models import Circuit, Team
from racing.tokens import TEAM_TOKENS
from tests import factories
from tests.careers import race
from tests.events.lines import line
from tests.events.spoilers import AFTERWARDS, NOW, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def said(text, owner, language="en"):
    return resolve(text, facts_of([owner])[owner], language).text


def weekend(season, circuit, name, first_day, last_day):
    return factories.make_event(
        season=season,
        circuit=circuit,
        name=name,
        slug=name.lower().replace(" ", "-"),
        first_day=first_day,
        last_day=last_day,
    )


@pytest.fixture
def stcc():
    return factories.make_season(
        series=factories.make_series(short_name="STCC", slug="stcc"), year=2022
    )


@pytest.fixture
def team():
    return factories.make_team(country="SE", founded=2004)


@pytest.fixture
def driver(stcc, team):
    """Two cars of the team at Mantorp, a win and a fourth place; and what comes next."""
    driver = factories.make_driver(birth_date=date(1995, 8, 29))
    guest = factories.make_driver(first_name="Emil", last_name="Ek", status=GUEST)
    circuit, car = factories.make_circuit(), factories.make_car()
    factories.make_career_result(
        driver=driver, season=stcc, team=team, car=car, totals=COUNTED
    )
    first = weekend(stcc, circuit, "Mantorp", date(2022, 4, 30), date(2022, 5, 1))
    own = {"team": team, "car": car, "racing_class": factories.make_class()}
    entry = factories.make_entry(event=first, drivers=[driver, guest], **own)
    other = factories.make_entry(event=first, drivers=[guest], number="7", **own)
    start = datetime(2022, 5, 1, 12, tzinfo=UTC)
    for positions in ((1, 2), (4, 5)):
        session = factories.make_session(
            event=first, start=start, classification=OFFICIAL
        )
        for car_, position in zip((entry, other), positions, strict=True):
            factories.make_result(
                session=session,
                entry=car_,
                position=position,
                status="classified",
                is_classified=True,
            )
        start = start.replace(hour=15)
    following = weekend(stcc, circuit, "Anderstorp", date(2022, 6, 3), date(2022, 6, 4))
    factories.make_entry(event=following, drivers=[driver], **own)
    return driver


@pytest.fixture
def _in_may(travel):
    travel("2022-05-12T12:00+02:00")


@pytest.mark.usefixtures("_in_may")
def test_results_and_entries_say_what_came_last_and_what_is_next(driver, team):
    assert said("{last_result}.", driver) == "Fourth at Mantorp on 1 May 2022."
    assert said("{last_win}.", driver, "sv") == "Mantorp den 1 maj 2022."
    assert said("{next_event}: {starts}, {wins}.", driver, "sv") == (
        "Anderstorp den 3–4 juni 2022: två starter, en seger."
    )
    # Cars of a team count once each, and nobody says that these are all.
    text = "{short_name}. {name} ({country}, {founded}): {wins}, {podiums}."
    assert said(text, team) == (
        "Lestrup Racing Team (Sweden, 2004): at least one win, at least two podiums."
    )
    assert said("{starts:stcc-2022}. {drivers}. {cars}. {series}, {season}.", team) == (
        "Four starts. Andreas Bäckman and Emil Ek. Audi RS 3 LMS TCR. STCC, 2022."
    )
    assert said("{last_result}; {next_race_date}.", team) == (
        "Fourth at Mantorp on 1 May 2022; 3–4 June 2022."
    )
    choices = {
        choice.token: choice.value for choice in menu(facts_of([team])[team], "sv")
    }
    assert choices.keys() == {f"{{{name}}}" for name in TEAM_TOKENS}
    assert choices["{first_season}"] == "2022"
    assert choices["{seasons}"] == "en säsong"


@pytest.mark.usefixtures("_in_may")
def test_a_win_is_not_the_latest_while_a_later_season_may_have_one(driver):
    later = factories.make_season(
        series=factories.make_series(short_name="TCR UK", slug="tcr-uk"), year=2023
    )
    record = factories.make_career_result(driver=driver, season=later, wins=None)
    assert said("{last_win}", driver) == ""
    record.wins = 0
    record.save()
    assert said("{last_win}", driver) == "Mantorp on 1 May 2022"


@pytest.mark.usefixtures("_in_may")
def test_facts_take_the_same_queries_for_one_and_for_many(
    driver, team, django_assert_num_queries
):
    def gather():
        drivers, teams = list(Driver.objects.published()), list(Team.objects.all())
        with django_assert_num_queries(6):
            known = facts_of(drivers)
        with django_assert_num_queries(6):
            known |= facts_of(teams)
        with django_assert_num_queries(0):
            for facts in known.values():
                menu(facts, "sv")

    gather()
    event = Event.objects.get(name="Mantorp")
    for name in ("Ada", "Bea"):
        other = factories.make_driver(first_name=name, last_name="Berg")
        entrant = factories.make_team(name=name, slug=name.lower())
        race(
            event,
            factories.make_entry(
                event=event, drivers=[other], number=name, team=entrant
            ),
            position=3,
        )
    gather()


def test_who_hides_results_does_not_learn_them_from_a_text(travel):
    travel(NOW)
    world = World()
    ada, team = Driver.objects.get(first_name="Ada"), Team.objects.get()
    text = "{wins}. {last_result}. {podiums}."
    everybody, teams = said(text, ada), said(text, team)
    assert everybody.startswith("One win.")
    assert teams.startswith("At least one win.")
    with spoilers.hiding():
        reader, of_team = said(text, ada), said(text, team)
        assert "First" not in reader + of_team
        assert reader == "No wins. Third at Weekend 1 on 10 April 2022. One podium."
        assert of_team == "Third at Weekend 1 on 10 April 2022. At least one podium."
        travel(AFTERWARDS)
        assert said(text, ada) == everybody
    assert world.season.year == 2022


# Warnings from the database


@pytest.mark.usefixtures("_in_may")
def test_an_amended_result_changes_the_token_and_flags_what_is_typed(driver):
    event = Event.objects.get(name="Mantorp")
    entry = event.entries.get(number="120")
    session = factories.make_session(
        event=event,
        start=datetime(2022, 5, 1, 16, tzinfo=UTC),
        classification=OFFICIAL,
    )
    factories.make_result(
        session=session,
        entry=entry,
        position=1,
        status="classified",
        is_classified=True,
    )
    typed, with_token = (
        factories.make_biography(driver=driver, length=0, language=language, text=text)
        for language, text in (
            ("sv", "Andreas Bäckman har två segrar i bil."),
            ("en", "Andreas Bäckman has {wins}."),
        )
    )
    for biography in (typed, with_token):
        biography.reviewed_on = date(2022, 5, 12)

    assert said(with_token.text, driver) == "Andreas Bäckman has two wins."
    assert reviews([typed, with_token]) == []

    disqualified = line(
        entry, status=DISQUALIFIED, is_classified=False, position=None, points=None
    )
    save(
        plan(session, [disqualified]),
        Amendment(
            decided_on=date(2022, 5, 11),
            body_sv="SBF",
            reason_sv="Kontakt",
            source_url="https://sbf.se/beslut",
        ),
    )

    assert said(with_token.text, driver) == "Andreas Bäckman has one win."
    (warning,) = reviews([typed, with_token])
    assert (warning.biography, warning.kind) == (typed, COUNT)
    assert warning.sentence == (
        "The text says “två segrar”; in all the record says one win."
    )
    assert warning.quote == typed.text


@pytest.mark.usefixtures("_in_may")
def test_reviews_know_when_texts_changed_in_few_queries(
    driver, django_assert_num_queries
):
    sv, en = (
        factories.make_biography(driver=driver, length=0, language=language)
        for language in ("sv", "en")
    )
    en.history.update(history_date=datetime(2022, 4, 1, tzinfo=UTC))
    sv.history.update(history_date=datetime(2022, 4, 1, tzinfo=UTC))
    assert {w.kind for w in reviews([sv, en])} == {NOT_REVIEWED}
    sv.text = "En förare från Boden."
    sv.save()
    en.source = "Another column is no other text."
    en.save()
    with django_assert_num_queries(8):
        found = reviews([sv, en])
    assert [(w.biography, w.kind) for w in found] == [
        (sv, NOT_REVIEWED),
        (en, NOT_REVIEWED),
        (en, OTHER_LANGUAGE),
    ]
    other = factories.make_driver(first_name="Ada", last_name="Berg")
    texts = [sv, en, factories.make_biography(driver=other, length=0)]
    with django_assert_num_queries(8):
        reviews(texts)


@dataclass(frozen=True)
class TeamText:
    """A biography of a team."""

    team: Team
    text: str
    language: str = "sv"
    length: int = 0
    reviewed_on: date | None = date(2022, 5, 12)


@pytest.mark.usefixtures("_in_may")
def test_a_team_is_held_against_its_cars_and_results(driver, team, stcc):
    past = factories.make_season(series=stcc.series, year=2021)
    golf = factories.make_car(make="Volkswagen", model="Golf", slug="golf")
    event = weekend(past, Circuit.objects.get(), "Knutstorp", None, None)
    factories.make_entry(event=event, drivers=[driver], team=team, car=golf)
    known = facts_of([team])
    assert known[team].figure("titles") == Figure(None)

    def found(text):
        texts = warnings([TeamText(team, text)], known)
        return [(warning.kind, warning.sentence) for warning in texts]

    assert found("Teamet kör STCC med Audi RS 3 LMS TCR och har minst en seger.") == []
    assert found("Lestrup kör STCC med Volkswagen Golf.") == [
        (
            PAST_NAME,
            "The text names Volkswagen Golf as if that were current; the last season "
            "with it was 2021.",
        )
    ]
    assert found("2022 har teamet 7 starter.") == [
        (
            COUNT,
            "The text says “7 starter”; for STCC 2022 the record says four starts.",
        )
    ]
    assert found("Teamet har 0 segrar och 12 pallplatser.") == [
        (COUNT, "The text says “0 segrar”; in all the record says at least one win.")
    ]
    assert word_count(said("{drivers}", team)) == 5
