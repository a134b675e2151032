"""What tests of the weekend's page in the admin begin with."""

import pytest

from tests import factories


@pytest.fixture
def event(db):
    return factories.make_event()


@pytest.fixture
def drivers(db):
    names = ["Ada", "Bea", "Cia", "Dora", "Elsa", "Fia", "Greta", "Hedda", "Ida", "Jo"]
    return [factories.make_driver(first_name=name, last_name="Berg") for name in names]
