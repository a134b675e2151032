"""What tests of the demonstration begin with."""

import pytest
from django.db import transaction
from django.test import override_settings

from tests.demos import demo


@pytest.fixture(scope="module")
def filled(request, django_db_setup, django_db_blocker, tmp_path_factory):
    """A site filled with a scene once for all tests of it; what the loading said.

    Each test runs in a savepoint of its own. Tests of an empty site stand above.
    """
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock():
        everything = transaction.atomic()
        everything.__enter__()
        with media:
            said = demo(request.param)
    yield said
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        everything.__exit__(None, None, None)
