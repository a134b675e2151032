"""What tests of a weekend begin with: its page in the admin, its sessions."""

import pytest

from drivers.models import GUEST
from tests import factories, markup
from tests.events.grids import make_cars
from tests.events.session_pages import address


@pytest.fixture
def event(db):
    return factories.make_event()


@pytest.fixture
def drivers(db):
    names = ["Ada", "Bea", "Cia", "Dora", "Elsa", "Fia", "Greta", "Hedda", "Ida", "Jo"]
    return [factories.make_driver(first_name=name, last_name="Berg") for name in names]


# A session with results


@pytest.fixture
def session(event):
    return factories.make_session(event=event)


@pytest.fixture
def cars(session):
    return make_cars(session)


@pytest.fixture
def race(event):
    return factories.make_session(event=event, name_sv="Lopp 1", name_en="Race 1")


@pytest.fixture
def ours(event):
    """Our own car, #19."""
    return factories.make_entry(
        event=event,
        number="19",
        drivers=[factories.make_driver()],
        team=factories.make_team(),
        car=factories.make_car(),
        racing_class=factories.make_class(),
    )


@pytest.fixture
def theirs(event):
    """Somebody else's car, #1."""
    dahlgren = factories.make_driver(
        first_name="Robert", last_name="Dahlgren", slug="robert", status=GUEST
    )
    return factories.make_entry(event=event, number="1", drivers=[dahlgren])


@pytest.fixture
def read(client):
    """The page of a session as a `markup.Page`, without faults."""

    def get(session, language="en"):
        page = markup.Page(client.get(address(session, language)).text)
        assert page.problems() == []
        return page

    return get
