"""Races and careers for the tests of what is counted."""

from datetime import UTC, datetime

from drivers.models import COUNTED
from events.career import careers
from events.counting import FIGURES, Totals
from events.models import CLASSIFIED, OVERALL, RETIRED
from tests.factories import (
    make_career_result,
    make_entry,
    make_result,
    make_session,
)

START = datetime(2022, 5, 14, 11, 55, tzinfo=UTC)
AFTERWARDS = datetime(2022, 12, 1, tzinfo=UTC)


def race(event, entry, *, credited=(), **fields):
    """A result of its own race, of which all is known; a position means classified.

    Pole and fastest lap are another car's where the result does not have them.
    """
    if fields.get("position") or fields.get("class_position"):
        fields = {"status": CLASSIFIED, "is_classified": True} | fields
    session = make_session(event=event, start=START)
    best = {name: OVERALL for name in ("pole", "fastest_lap") if name not in fields}
    if best:
        other = make_entry(event=event, number="")
        make_result(session=session, entry=other, status=RETIRED, **best)
    return make_result(session=session, entry=entry, drivers=credited, **fields)


def counted(driver, season):
    return make_career_result(driver=driver, season=season, totals=COUNTED)


def career_of(driver, at=AFTERWARDS):
    return careers([driver], at)[driver.pk]


def totals(driver, at=AFTERWARDS):
    """Those of the driver's only season."""
    (line,) = career_of(driver, at).lines
    return line.totals


def line_of(driver, season):
    (line,) = [line for line in career_of(driver).lines if line.season == season]
    return line


def nothing_but(**figures):
    """Totals with these figures and 0 for the rest."""
    return Totals(**(dict.fromkeys(FIGURES, 0) | figures))
