"""The only place that knows what time it is: racing.clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from racing import clock

MACHINE = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DEMO = datetime.fromisoformat("2022-05-12T12:00+02:00")
CHOSEN = datetime.fromisoformat("2022-05-14T13:55+02:00")


@pytest.fixture(autouse=True)
def _machine_stands():
    with time_machine.travel(MACHINE, tick=False):
        yield


def test_site_has_the_machine_time():
    assert clock.now() == MACHINE
    assert not clock.is_moved()


def test_demonstration_stands_at_its_moment(settings):
    settings.DEMO_NOW = DEMO
    assert clock.now() == DEMO
    assert clock.now().tzinfo == UTC
    assert clock.is_moved()


def test_chosen_moment_goes_before_the_demonstration(settings):
    settings.DEMO_NOW = DEMO
    with clock.as_of(CHOSEN):
        assert clock.now() == CHOSEN
        assert clock.now().tzinfo == UTC
        assert clock.is_moved()
    assert clock.now() == DEMO


def test_chosen_moments_nest():
    with clock.as_of(CHOSEN):
        with clock.as_of(DEMO):
            assert clock.now() == DEMO
        assert clock.now() == CHOSEN
    assert not clock.is_moved()


def test_chosen_moment_ends_with_an_error():
    with pytest.raises(RuntimeError), clock.as_of(CHOSEN):
        raise RuntimeError
    assert clock.now() == MACHINE


def test_machine_keeps_its_own_time(settings):
    settings.DEMO_NOW = DEMO
    with clock.as_of(CHOSEN):
        assert clock.machine_now() == MACHINE


@pytest.mark.parametrize(
    ("zone", "today"),
    [
        (None, date(2022, 5, 15)),
        (ZoneInfo("Europe/Stockholm"), date(2022, 5, 15)),
        (ZoneInfo("America/New_York"), date(2022, 5, 14)),
        (UTC, date(2022, 5, 14)),
    ],
)
def test_today_is_the_date_of_a_zone(zone, today):
    with clock.as_of(datetime.fromisoformat("2022-05-15T00:30+02:00")):
        assert clock.today(zone) == today


def test_today_is_by_default_the_date_of_the_site(settings):
    settings.TIME_ZONE = "Asia/Dubai"
    with clock.as_of(datetime.fromisoformat("2022-05-15T00:30+04:00")):
        assert clock.today() == date(2022, 5, 15)


def test_date_has_begun_everywhere_when_it_has_in_the_last_zone():
    noon = datetime(2022, 5, 14, 12, 0, tzinfo=UTC)
    last = ZoneInfo("Etc/GMT+12")
    for at in (noon - timedelta(seconds=1), noon, noon + timedelta(hours=23)):
        assert clock.date_everywhere(at) == at.astimezone(last).date()
    with clock.as_of(noon):
        assert clock.date_everywhere() == date(2022, 5, 14)
