"""The grid of a classification as an officer fills it in and reads it."""

from django.urls import reverse

from drivers.models import GUEST
from tests import factories
from tests.adminpages import filled


def make_cars(session):
    """Three cars of the weekend; the one of ours has the highest number."""
    guests = [
        factories.make_driver(first_name=name, last_name="Berg", status=GUEST)
        for name in ("Ada", "Bea")
    ]
    ours = [factories.make_driver(), factories.make_driver(first_name="Jessica")]
    tcr = factories.make_class()
    crews = {"7": guests[:1], "12": guests[1:], "120": ours}
    return {
        number: factories.make_entry(
            event=session.event, number=number, drivers=crew, racing_class=tcr
        )
        for number, crew in crews.items()
    }


def address(session):
    return reverse("admin:events_session_classification", args=[session.pk])


def opened(client, session, query=""):
    """What the screen sends when it is saved untouched."""
    return filled(client.get(address(session) + query))


def row(entry, **typed):
    """What is typed into the boxes of one car."""
    return {f"car-{entry.pk}-{name}": text for name, text in typed.items()}


def boxes(data, entry):
    """What the boxes of one car hold, without those that are empty."""
    prefix = f"car-{entry.pk}-"
    return {
        name.removeprefix(prefix): text
        for name, text in data.items()
        if name.startswith(prefix) and text
    }


def save(client, session, data, *rows):
    """Post the screen with what is typed into rows; a redirect where it is saved."""
    for typed in rows:
        data = data | typed
    return client.post(address(session), data)


def enter(client, session, *rows):
    """Type rows into the screen as it is now, and save."""
    return save(client, session, opened(client, session), *rows)


def said(response):
    """What stands at each box: {"#120 position": sentences}; nothing was saved."""
    assert response.status_code == 200
    found = {
        f"{row.name} {name}": list(sentences)
        for row in response.context["screen"].grid.rows
        for name, sentences in row.errors.items()
    }
    if state := response.context["screen"].state.errors:
        found["state"] = list(state["classification"])
    return found


def message(client, session):
    """What the next page says of the last one."""
    return [str(m) for m in client.get(address(session)).context["messages"]]


def asked(response):
    """What is asked of a decision, by field; None where nothing is asked."""
    panel = response.context["screen"].panel
    return panel and {name: list(e) for name, e in panel.form.errors.items()}


def moves(response):
    """The changes that the screen lists before it records a decision."""
    return [
        f"{car.name}: {move.name} {move.old or '–'} → {move.new or '–'}"
        for car in response.context["screen"].panel.cars
        for move in car.moves
    ]
