"""Six weekends whose times in a calendar are right to the second.

Each session is typed as the wall at the circuit shows it, as an editor does; what the
calendar says is held against the zone database, and against the moment in UTC that
anybody can work out by hand.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from racing import zones
from tests.events.calendars import fetch, items, lines_of
from tests.factories import make_circuit, make_event, make_session

pytestmark = pytest.mark.django_db

# By circuit: its zone, and sessions as the wall shows their start, which of two times
# of that name it is, their length in minutes, and start and end in UTC.
WEEKENDS = {
    "Hockenheim": (
        "Europe/Berlin",
        ("2022-05-13 16:20", 0, 60, "20220513T142000Z", "20220513T152000Z"),
        ("2022-05-14 13:55", 0, 360, "20220514T115500Z", "20220514T175500Z"),
    ),
    "Dubai": (
        "Asia/Dubai",
        ("2022-01-14 15:00", 0, 1440, "20220114T110000Z", "20220115T110000Z"),
        ("2022-01-13 01:30", 0, 90, "20220112T213000Z", "20220112T230000Z"),
    ),
    "Silverstone": (
        "Europe/London",
        ("2018-03-24 12:00", 0, 30, "20180324T120000Z", "20180324T123000Z"),
        ("2018-03-31 12:00", 0, 30, "20180331T110000Z", "20180331T113000Z"),
    ),
    "Portimão": (
        "Europe/Lisbon",
        ("2022-07-08 20:30", 0, 1440, "20220708T193000Z", "20220709T193000Z"),
        ("2022-07-10 00:15", 0, 45, "20220709T231500Z", "20220710T000000Z"),
    ),
    "Sebring": (
        "America/New_York",
        ("2022-11-19 22:00", 0, 240, "20221120T030000Z", "20221120T070000Z"),
        ("2022-11-05 10:00", 0, 60, "20221105T140000Z", "20221105T150000Z"),
    ),
    # The clocks go back at three o'clock on 30 October 2022.
    "Nürburgring": (
        "Europe/Berlin",
        ("2022-10-29 16:00", 0, 1440, "20221029T140000Z", "20221030T140000Z"),
        ("2022-10-30 02:30", 0, 45, "20221030T003000Z", "20221030T011500Z"),
        ("2022-10-30 02:30", 1, 45, "20221030T013000Z", "20221030T021500Z"),
        ("2022-10-30 09:00", 0, 45, "20221030T080000Z", "20221030T084500Z"),
    ),
}


@pytest.mark.parametrize("name", WEEKENDS)
def test_every_session_is_told_at_the_moment_at_which_it_is(name, client):
    zone, *sessions = WEEKENDS[name]
    circuit = make_circuit(name=name, time_zone=zone)
    event = make_event(circuit=circuit, first_day=None, last_day=None)
    expected = {}
    for wall, fold, length, *_moments in sessions:
        typed = datetime.fromisoformat(wall)
        start = zones.to_utc(typed.date(), typed.time(), circuit.zone, fold=fold)
        made = make_session(event=event, start=start, length_minutes=length)
        aware = typed.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)
        expected[str(made.uid)] = aware, aware + timedelta(minutes=length)
    assert {
        str(item["UID"]): (item["DTSTART"].dt, item["DTEND"].dt)
        for item in items(client)
    } == expected
    lines = lines_of(fetch(client))
    for *_typed, start, end in sessions:
        assert f"DTSTART:{start}" in lines
        assert f"DTEND:{end}" in lines
