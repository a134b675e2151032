"""Fixtures that every test may ask for."""

from datetime import datetime

import pytest

from racing import clock


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
