"""Hiding results: for whoever wants to see the race before they read how it went.

The choice is kept in a cookie and never made for anybody. It holds for what people
read: pages in a language. A reader who hides results is shown those of a session 48
hours after its end; until then they are not public for them, on every surface, by the
one rule in `events.models.visibility`. Like the clock's, the choice goes down to that
rule in a context variable, so that no function in between can forget to pass it on.

Feeds do not follow it: whoever subscribes to results asks for them
(`racing.state.unless_unchanged`). Neither does a page that is asked to show them
(`?show=results`), the admin, or the sitemap.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.utils.translation import get_language_from_path

from racing import clock

COOKIE, HIDDEN = "results", "hidden"
REMEMBERED_FOR = timedelta(days=365)
HIDDEN_FOR = timedelta(hours=48)
# What shows the results of one page for once.
SHOW, RESULTS = "show", "results"
SHOWN = f"?{SHOW}={RESULTS}"

_are_hidden = ContextVar("results_are_hidden", default=False)


def are_hidden():
    """Whether this reader does not want to see the latest results."""
    return _are_hidden.get()


@contextmanager
def hiding(*, hides=True):
    """Hide the latest results, or show them, for the length of the block."""
    token = _are_hidden.set(hides)
    try:
        yield
    finally:
        _are_hidden.reset(token)


def is_chosen(request):
    """Whether the reader has chosen to hide results."""
    return request.COOKIES.get(COOKIE) == HIDDEN


def are_hidden_from(request):
    """Whether the response to a request hides the latest results."""
    return (
        is_chosen(request)
        and request.GET.get(SHOW) != RESULTS
        and get_language_from_path(request.path_info) is not None
    )


def is_of_latest(day, at=None):
    """Whether what is dated on a day is hidden at a moment, as a result of it is.

    It may have been as late as that day ends at the last place on earth.
    """
    if day is None or not are_hidden():
        return False
    return day >= first_hidden_day(at)


def new_since():
    """From when on what was written is new, by the machine's time, as histories keep."""
    return clock.machine_now() - HIDDEN_FOR


def is_new(changed_at):
    """Whether a text was changed in the last 48 hours: it may tell of the latest race.

    `changed_at` is the machine's own time, as histories keep it, or None.
    """
    return changed_at is not None and changed_at >= new_since()


def first_hidden_day(at=None):
    """The first date that `is_of_latest` where results are hidden."""
    return clock.date_everywhere((at or clock.now()) - HIDDEN_FOR)
