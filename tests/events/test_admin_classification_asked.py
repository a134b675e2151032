"""Who drove, and what is saved only once it is confirmed: strangers, deletions."""

import pytest

from events.models import Result, ResultDriver
from tests import factories
from tests.adminpages import filled
from tests.events.grids import (
    address,
    boxes,
    enter,
    message,
    opened,
    row,
    said,
    save,
)

pytestmark = pytest.mark.django_db


def refusals(officer, session, *rows):
    """What is said of rows, none of which is saved."""
    found = said(enter(officer, session, *rows))
    assert not Result.objects.exists()
    return found


# Who drove


def test_the_whole_crew_drove_where_nobody_is_named(officer, session, cars):
    page = officer.get(address(session)).content.decode()
    assert page.count('placeholder="Andreas Bäckman, Jessica Bäckman"') == 1
    enter(officer, session, row(cars["120"], position="3"))
    crew = "Andreas Bäckman, Jessica Bäckman"
    assert enter(officer, session, row(cars["120"], drivers=crew)).status_code == 302
    assert not ResultDriver.objects.exists()


@pytest.mark.parametrize(
    "typed", ["Jessica Bäckman", "BÄCKMAN Jessica", "j. backman", "jessica-backman"]
)
def test_a_driver_is_found_by_any_spelling(officer, session, cars, typed):
    enter(officer, session, row(cars["120"], position="3", drivers=typed))
    (credit,) = ResultDriver.objects.all()
    assert credit.driver.name == "Jessica Bäckman"
    assert boxes(opened(officer, session), cars["120"])["drivers"] == "Jessica Bäckman"


def test_who_drove_is_taken_back(officer, session, cars):
    enter(officer, session, row(cars["120"], position="3", drivers="Jessica Bäckman"))
    enter(officer, session, row(cars["120"], drivers=""))
    assert not ResultDriver.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "Nobody Knows",
            "There is no driver “Nobody Knows” on the site. Correct the name, or add "
            "the driver first.",
        ),
        (
            "Bäckman",
            "“Bäckman” may be Andreas Bäckman or Jessica Bäckman. Write the whole "
            "name.",
        ),
        (
            "Andreas Bäckman, Andreas Bäckman",
            "Andreas Bäckman is named twice.",
        ),
    ],
)
def test_a_name_that_is_not_clear_is_refused(officer, session, cars, typed, sentence):
    found = refusals(officer, session, row(cars["120"], position="3", drivers=typed))
    assert found == {"#120 drivers": [sentence]}


def test_namesakes_are_told_apart_by_their_address(officer, session, cars):
    other = factories.make_driver(slug="andreas-backman-2")
    typed = row(cars["7"], position="3", drivers="Andreas Bäckman")
    assert refusals(officer, session, typed) == {
        "#7 drivers": [
            "“Andreas Bäckman” may be Andreas Bäckman (andreas-backman) or Andreas "
            "Bäckman (andreas-backman-2). Write what stands in brackets instead."
        ]
    }
    typed = row(cars["7"], position="3", drivers="andreas-backman-2")
    (question,) = questions(enter(officer, session, typed))
    assert question.value == str(other.pk)


def questions(response):
    assert response.status_code == 200
    rows = response.context["screen"].grid.rows
    return [question for each in rows for question in each.questions]


def test_a_driver_from_outside_the_crew_is_credited_once_confirmed(
    officer, session, cars
):
    typed = row(cars["120"], position="3", drivers="Ada Berg, Jessica Bäckman")
    response = enter(officer, session, typed)
    assert said(response) == {
        "#120 drivers": ["Ada Berg is not in the crew of this car."]
    }
    (question,) = questions(response)
    assert question.text == "Credit Ada Berg, outside the crew of this car"
    assert not question.is_answered

    confirmed = filled(response) | {question.name: question.value}
    assert save(officer, session, confirmed).status_code == 302
    drivers = [credit.driver.name for credit in ResultDriver.objects.all()]
    assert drivers == ["Ada Berg", "Jessica Bäckman"]
    # What is stored is not asked about again.
    assert enter(officer, session, row(cars["120"], laps="9")).status_code == 302


def test_a_confirmation_counts_for_those_who_were_named_alone(officer, session, cars):
    typed = row(cars["120"], position="3", drivers="Ada Berg")
    response = enter(officer, session, typed)
    (question,) = questions(response)
    others = filled(response) | {question.name: question.value}
    others |= row(cars["120"], drivers="Bea Berg")
    assert said(save(officer, session, others)) == {
        "#120 drivers": ["Bea Berg is not in the crew of this car."]
    }


def test_a_confirmation_stays_while_something_else_is_wrong(officer, session, cars):
    typed = row(cars["120"], position="3", drivers="Ada Berg", laps="many")
    response = enter(officer, session, typed)
    (question,) = questions(response)
    response = save(officer, session, filled(response), {question.name: question.value})
    assert list(said(response)) == ["#120 laps"]
    assert filled(response)[question.name] == question.value


# What is cleared


def clear(data, entry):
    return row(entry, **dict.fromkeys(boxes(data, entry), ""))


def test_a_row_that_is_cleared_is_deleted_once_confirmed(officer, session, cars):
    enter(
        officer,
        session,
        row(cars["7"], position="3", drivers="Ada Berg"),
        row(cars["12"], position="4"),
    )
    data = opened(officer, session)
    # Its place is free at once.
    gone = [clear(data, cars["7"]), row(cars["12"], position="3")]
    response = save(officer, session, data, *gone)
    assert said(response) == {
        "#7 position": [
            "Every box of this row is empty. Tick the box to delete the result."
        ]
    }
    (question,) = questions(response)
    assert question.text == "Delete the result of car #7"
    confirmed = filled(response) | {question.name: question.value}
    assert save(officer, session, confirmed).status_code == 302
    assert message(officer, session) == ["Results: 1 changed, 1 deleted."]
    assert session.results.get().entry == cars["12"]
    assert Result.history.filter(history_type="-").count() == 1


def test_without_its_last_result_a_session_has_no_state(officer, session, cars):
    enter(officer, session, row(cars["7"], position="3"))
    data = opened(officer, session)
    confirmed = clear(data, cars["7"]) | row(cars["7"], delete="yes")
    assert save(officer, session, data, confirmed).status_code == 302
    assert not Result.objects.exists()
    session.refresh_from_db()
    assert session.classification == ""


def test_a_result_of_which_nothing_is_known_stays(officer, session, cars):
    factories.make_result(session=session, entry=cars["7"])
    assert enter(officer, session, row(cars["12"], position="4")).status_code == 302
    assert session.results.count() == 2


def test_an_official_result_is_not_cleared(officer, session, cars):
    enter(
        officer, session, row(cars["7"], position="3"), {"classification": "official"}
    )
    data = opened(officer, session)
    response = save(officer, session, data, clear(data, cars["7"]))
    assert said(response) == {
        "#7 position": [
            "The result of car #7 is official and is not deleted. Type it again, or "
            "mark the car as withdrawn (WD) or disqualified (DSQ)."
        ]
    }
    assert questions(response) == []
    assert session.results.count() == 1
