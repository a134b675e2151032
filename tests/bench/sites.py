"""A site to measure, and how it is measured."""

import atexit
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="pitboard-bench-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER / 'db.sqlite3'}")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


def set_up():
    """An empty site, ready to be filled."""
    import django  # noqa: PLC0415 (the settings are chosen above)
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    settings.MEDIA_ROOT = FOLDER / "media"
    call_command("migrate", verbosity=0)


def say(*lines: str):
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def seconds(do, *, times: int = 1) -> float:
    """The least time that something took of several, by the clock on the wall."""
    least = float("inf")
    for _turn in range(times):
        start = time.perf_counter()
        do()
        least = min(least, time.perf_counter() - start)
    return least


def queries(do) -> int:
    """How many queries something asks."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as asked:
        do()
    return len(asked)  # the next request forgets them
