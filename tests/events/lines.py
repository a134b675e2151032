"""Lines of a classification, for the tests of what they come to."""

from events.classification import Line, stored_results
from events.models import CLASSIFIED, Entry
from tests.factories import make_driver

WON = {"status": CLASSIFIED, "is_classified": True, "position": 1}


def classified(position, **facts):
    return WON | {"position": position} | facts


def drivers(*names):
    return [make_driver(first_name=name, last_name="Berg") for name in names]


def line(entry, *credited, drivers=None, **facts):
    """What is said of a car: who drove, and its facts."""
    if entry.pk:
        entry = Entry.objects.with_crew().get(pk=entry.pk)
    return Line(entry, facts, tuple(credited) or drivers)


def kept(session):
    """What is stored of each car: {number: (status, position)}."""
    return {
        result.entry.number: (result.status, result.position)
        for result in stored_results([session])[session.pk]
    }


def credited(session):
    """Who is credited with the session's only result."""
    (result,) = stored_results([session])[session.pk]
    return result.credited_drivers
