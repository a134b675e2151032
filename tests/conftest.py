"""Fixtures that every test may ask for."""

import gc
from datetime import datetime
from itertools import count

import pytest
from django.conf import settings
from django.test import client
from django.utils import translation

from racing import clock
from tests.adminpages import client_of, press_officer

# Pages of forms make many short-lived objects; collecting less often is quicker.
gc.set_threshold(50_000, 20, 20)


def of_pages_alone(store, signal, sender, template, context, **kwargs):
    """Keep the contexts of templates, but not of every box of a form.

    A page of the admin is made of a thousand templates, and the test client copies the
    context of each: a quarter of the time of the page.
    """
    if "/widgets/" not in (template.name or "/widgets/"):
        store_rendered_templates(store, signal, sender, template, context, **kwargs)


store_rendered_templates = client.store_rendered_templates
client.store_rendered_templates = of_pages_alone


DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_addoption(parser):
    parser.addoption(
        "--with-database",
        action="store_true",
        help="run only what asks a database: the rest is the same with any other",
    )


def pytest_collection_modifyitems(config, items):
    if config.getoption("--with-database"):
        asking = [item for item in items if _asks_a_database(item)]
        config.hook.pytest_deselected(items=[i for i in items if i not in set(asking)])
        items[:] = asking


def _asks_a_database(item):
    fixtures = getattr(item, "fixturenames", ())
    asked = DATABASE_FIXTURES.intersection(fixtures)
    return bool(asked) or item.get_closest_marker("django_db") is not None


def pytest_collection_finish():
    """What the tests are made of stays to the end: no use in looking through it."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def _media_folders(tmp_path_factory):
    """A folder for each test that saves a file: one made for every test costs time."""
    base = tmp_path_factory.mktemp("media")
    return (base / str(number) for number in count())


@pytest.fixture(autouse=True)
def _media_in_a_folder_of_its_own(settings, _media_folders):
    settings.MEDIA_ROOT = next(_media_folders)


@pytest.fixture(autouse=True)
def _in_the_language_of_the_site():
    """Whatever language the last page was asked for in."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def travel():
    """Let the site stand at a moment: `travel("2022-05-12T12:00+02:00")`."""
    contexts = []

    def go(moment):
        context = clock.as_of(datetime.fromisoformat(moment))
        context.__enter__()
        contexts.append(context)

    yield go
    for context in reversed(contexts):
        context.__exit__(None, None, None)


@pytest.fixture
def english():
    """What is said is said in English."""
    with translation.override("en"):
        yield


# Who edits in the admin


@pytest.fixture
def officer(db):
    """A press officer who is logged in."""
    return client_of(press_officer())


@pytest.fixture
def anna(db):
    """The one of two editors who saves first."""
    user = press_officer("anna")
    user.first_name, user.last_name = "Anna", "Ek"
    user.save()
    return client_of(user)


@pytest.fixture
def bo(db):
    """The one who has had the page open since before."""
    return client_of(press_officer("bo"))
