"""Calendars as a reader of them sees them: parsed by a library that is not ours."""

from icalendar import Calendar

from tests.factories import make_circuit, make_event, make_season, make_series

ALL = "/sv/calendar.ics"


def fetch(client, path=ALL, **headers):
    """The answer, which is a calendar."""
    response = client.get(path, headers=headers)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return response


def calendar(client, path=ALL):
    return Calendar.from_ical(fetch(client, path).content)


def items(client, path=ALL):
    """The VEVENTs in order."""
    return calendar(client, path).walk("VEVENT")


def item(client, path=ALL):
    """The only VEVENT."""
    (found,) = items(client, path)
    return found


def told(event, name):
    """The text of a property, without what the library makes of it."""
    return str(event[name])


def lines_of(response):
    """Unfolded lines of an answer."""
    text = response.content.decode().replace("\r\n ", "")
    return text.split("\r\n")


def make_weekends(count):
    """Weekends of one series, a year apart."""
    series, circuit = make_series(), make_circuit(place="Hockenheim")
    return [
        make_event(
            season=make_season(series=series, year=2022 - number),
            circuit=circuit,
            slug=f"weekend-{number}",
            name=f"Weekend {number}",
        )
        for number in range(count)
    ]
