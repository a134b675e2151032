"""Whatever a table holds, an import of it saves all of it or refuses it in words."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.imports.career.columns import COLUMNS
from events.imports.career.importing import import_rows
from events.imports.career.rows import RefusedError, Row
from events.models import Result
from tests.events.imports import RESULT, SEASON

pytestmark = pytest.mark.django_db

# What such cells hold, what they nearly hold, and what nobody thinks of.
CELLS = st.one_of(
    st.sampled_from(
        [
            *(
                "1",
                "2",
                "=2",
                "0",
                "-1",
                "99999",
                "3.5",
                "12,5",
                "†",
                "Ret",
                "DNS",
                "x",
            ),
            *(
                "2018",
                "2019",
                "2018-09-08",
                "2018-09-09",
                "2018-03-25",
                "1:30",
                "13:55",
            ),
            *(
                "Race 1",
                "Race 2",
                "race",
                "test",
                "class",
                "overall",
                "typed",
                "counted",
            ),
            *("TCR Cup", "TCR Cup 2019", "Croft", "croft", "GB", "SE", "Europe/London"),
            *(
                "Anna Berg",
                "A. Berg",
                "Berg, Anna",
                "Bo Ek; Anna Berg",
                "Bo",
                "19",
                "007",
            ),
            *("+1 lap", "+5.5", "1:47.095", "33:12.345", "DNF", ";", ",", "a" * 200),
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30),
)
ROWS = st.builds(
    lambda base, cells: base | cells,
    st.sampled_from([RESULT, RESULT | {"number": "2", "drivers": "Bo Ek"}, SEASON]),
    st.dictionaries(st.sampled_from(COLUMNS), CELLS, max_size=4),
)


def imported(lines):
    """(how many results were made, nothing) or (None, what is wrong)."""
    try:
        return import_rows(lines).created[Result], []
    except RefusedError as error:
        return None, error.faults


@settings(
    deadline=None,
    derandomize=True,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=st.lists(ROWS, min_size=1, max_size=4))
def test_an_import_saves_everything_or_refuses_it_in_words(db, rows):
    lines = [
        Row("results.csv", line, cells) for line, cells in enumerate(rows, start=2)
    ]
    with transaction.atomic():
        made, faults = imported(lines)
        stored = Result.objects.count()
        transaction.set_rollback(True)
    assert stored == (made or 0)
    if made is None:
        places = {(fault.file, fault.line) for fault in faults}
        assert places
        assert places <= {("results.csv", line.line) for line in lines}
        assert all(fault.sentence.strip() for fault in faults)
    else:
        assert made == sum("session" in row for row in rows)
        assert None not in [line.made.pk for line in lines]
