"""The only place that knows what time it is.

Everything else asks `now()` or `today(zone)`, so a whole site can stand at
another moment: a demonstration at `settings.DEMO_NOW`, a member of staff who
looks at the site "as of" next Friday. Recorded facts (who changed what, when)
keep the machine's own time.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone

_as_of = ContextVar("as_of", default=None)


def now():
    """The site's present moment, aware, in UTC."""
    moment = _as_of.get() or settings.DEMO_NOW
    return moment.astimezone(UTC) if moment else machine_now()


def site_now():
    """The moment that the whole site stands at, whatever a member of staff looks at.

    It dates what an editor publishes.
    """
    return settings.DEMO_NOW.astimezone(UTC) if settings.DEMO_NOW else machine_now()


def today(zone=None):
    """The date it is now in a time zone (a `tzinfo`), the site's own by default."""
    return now().astimezone(zone or timezone.get_default_timezone()).date()


def date_everywhere(at=None):
    """The latest date that has begun at every place on earth (UTC−12)."""
    return ((at or now()) - timedelta(hours=12)).date()


def machine_now():
    """The machine's own time, for what the outside world checks or waits for."""
    return datetime.now(UTC)


def is_moved():
    """Whether the site stands at another moment than the machine."""
    return bool(_as_of.get() or settings.DEMO_NOW)


@contextmanager
def as_of(moment):
    """Let the site stand at `moment` (aware) for the length of the block."""
    token = _as_of.set(moment)
    try:
        yield
    finally:
        _as_of.reset(token)
