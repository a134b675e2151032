"""Fixtures that every test may ask for."""

import gc
from datetime import datetime

import pytest

from racing import clock

# Pages of forms make many short-lived objects; collecting less often is quicker.
gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def _media_in_a_folder_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


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
