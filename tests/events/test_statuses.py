"""What becomes of a car: statuses, their codes, and reading them: events.statuses."""

import pytest

from events.models import (
    CLASSIFIED,
    DID_NOT_QUALIFY,
    DID_NOT_START,
    DISQUALIFIED,
    EXCLUDED,
    NOT_CLASSIFIED,
    RESULT_STATUSES,
    RETIRED,
    WITHDRAWN,
)
from events.statuses import CODES, code, parse_status
from racing.formats import FormatError


@pytest.mark.parametrize(
    ("status", "is_classified", "printed"),
    [
        (CLASSIFIED, True, ""),
        (NOT_CLASSIFIED, False, "NC"),
        (RETIRED, False, "Ret"),
        (RETIRED, True, "†"),
        (DISQUALIFIED, False, "DSQ"),
        (DID_NOT_START, False, "DNS"),
        (DID_NOT_QUALIFY, False, "DNQ"),
        (WITHDRAWN, False, "WD"),
        (EXCLUDED, False, "EX"),
        ("", False, ""),
    ],
)
def test_status_has_one_code(status, is_classified, printed):
    assert code(status, is_classified=is_classified) == printed


def test_every_code_is_read_as_its_status():
    read = {status: parse_status(printed) for status, printed in CODES.items()}
    assert read == {status: (status, False) for status in CODES}


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("classified", CLASSIFIED),
        ("Klassificerad", CLASSIFIED),
        ("Klassifiziert", CLASSIFIED),
        ("gewertet", CLASSIFIED),
        ("I mål", CLASSIFIED),
        ("im Ziel", CLASSIFIED),
        ("Finished", CLASSIFIED),
        ("N", NOT_CLASSIFIED),
        ("N.C.", NOT_CLASSIFIED),
        ("not-classified", NOT_CLASSIFIED),
        ("Ej klass.", NOT_CLASSIFIED),
        ("nicht gewertet", NOT_CLASSIFIED),
        ("DNF", RETIRED),
        ("D.N.F.", RETIRED),
        ("Did Not Finish", RETIRED),
        ("did_not_finish", RETIRED),
        ("Bröt", RETIRED),
        ("BRUTIT", RETIRED),
        ("utgått", RETIRED),
        ("ej i mål", RETIRED),
        ("Ausfall", RETIRED),
        ("nicht im Ziel", RETIRED),
        ("(Ret)", RETIRED),
        ("DQ", DISQUALIFIED),
        ("Disk.", DISQUALIFIED),
        ("diskvalificerad", DISQUALIFIED),
        ("disqualifiziert", DISQUALIFIED),
        ("DNS", DID_NOT_START),
        ("Ej start", DID_NOT_START),
        ("kom inte  till start", DID_NOT_START),
        ("nicht gestartet", DID_NOT_START),
        ("did not qualify", DID_NOT_QUALIFY),
        ("ej kval", DID_NOT_QUALIFY),
        ("W/D", WITHDRAWN),
        ("utgår", WITHDRAWN),
        ("zurückgezogen", WITHDRAWN),
        ("Excl.", EXCLUDED),
        ("utesluten", EXCLUDED),
    ],
)
def test_sheets_of_three_languages_are_understood(typed, status):
    assert parse_status(typed) == (status, status == CLASSIFIED)


@pytest.mark.parametrize("typed", ["†", " † ", "Ret †", "12†"])
def test_dagger_is_a_car_that_stopped_and_is_classified(typed):
    assert parse_status(typed) == (RETIRED, True)


@pytest.mark.parametrize("typed", ["", "  ", "-", "–", "—", "*", "--"])
def test_nothing_is_an_unknown_status(typed):
    assert parse_status(typed) == ("", False)


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("typed", ["Pit", "3", "Ret?", "+1 lap", "x" * 200])
def test_other_words_are_refused_with_the_codes_there_are(typed):
    shown = typed if len(typed) <= 40 else "x" * 40 + "…"
    with pytest.raises(FormatError) as refusal:
        parse_status(typed)
    assert str(refusal.value) == (
        f"“{shown}” is not a status. Write one of NC, Ret, DSQ, DNS, DNQ, WD, EX, or "
        "† for a car that stopped and is classified."
    )


def test_every_status_has_a_code_but_for_the_classified():
    assert set(RESULT_STATUSES) - set(CODES) == {CLASSIFIED}
