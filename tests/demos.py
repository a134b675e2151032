"""What tests of the demonstration ask with: its files, its scenes, its seasons."""

from io import StringIO

import pytest
from django.core.management import call_command

from drivers.models import Driver
from events.career import careers
from racing.demo import files
from racing.demo.loading import ARCHIVE, RACE_WEEK
from racing.demo.tables import FILES

# Every file but the one whose rows are told of by amendments.
TABLES = [table for table in FILES if table.model]

in_race_week = pytest.mark.parametrize("filled", [RACE_WEEK], indirect=True)
in_archive = pytest.mark.parametrize("filled", [ARCHIVE], indirect=True)


def demo(*arguments):
    """Run the command; what it said."""
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def rows_of(name):
    (table,) = (table for table in FILES if table.name == name)
    return files.read(name, table.columns)


def all_rows():
    return [row for table in FILES for row in files.read(table.name, table.columns)]


def season_line(driver, season):
    """A driver's season, by its address and its name."""
    driver = Driver.objects.get(slug=driver)
    lines = {str(line.season): line for line in careers([driver])[driver.pk].lines}
    return lines[season]
