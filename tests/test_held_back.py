"""What may not be seen yet, or no longer, on every surface of the site."""

from datetime import UTC, datetime

import pytest

from drivers.models import Driver
from tests.racing.test_every_page import QUERIES, RACE, address
from tests.worlds import SUNDAY, make_world

pytestmark = pytest.mark.django_db

WEEKEND = "events/hankook-12h-hockenheimring-2022"
# What is read by machines, beside the pages.
SURFACES = (
    "sitemap.xml",
    "sv/search/?q=hemlig",
    "en/results.atom",
    "en/changes.atom",
    f"en/{WEEKEND}/changes.atom",
    "en/calendar.ics",
    "en/series/24h-series/calendar.ics",
    f"en/{WEEKEND}/calendar.ics",
    f"embed/sv/{WEEKEND}/",
    "en/drivers/driver-1/results.json",
    "en/drivers/driver-1/press-kit/fact-sheet.txt",
    "en/teams/ja-backman-racing/press-kit/fact-sheet.txt",
    "en/press/photos/?q=hemlig",
    "en/drivers/driver-1/calendar.ics",
)
OWN = (
    "",
    "results/",
    "results.json",
    "results.atom",
    "changes.atom",
    "calendar.ics",
    "chart.svg",
    "share.png",
    "press-kit/",
    "press-kit/fact-sheet.pdf",
    "press-kit/press-kit.zip",
)
# Frames on other sites go by the machine's own clock.
HIDDEN = datetime(2100, 1, 1, tzinfo=UTC)
ANNOUNCED = datetime(2022, 5, 15, 7, tzinfo=UTC)


def addresses():
    """Every page in both languages, and the surfaces."""
    for path in QUERIES:
        for language in ("sv", "en"):
            yield address(path.replace("driver-0", "driver-1"), language)
    yield from (f"/{path}" for path in SURFACES)


def hold_back(until):
    Driver.objects.filter(slug="driver-0").update(
        first_name="Nova", last_name="Hemlig", public_from=until
    )


def told(client, path):
    response = client.get(path)
    content = (
        b"".join(response.streaming_content) if response.streaming else response.content
    )
    return response.status_code, content.decode("utf-8", "replace")


def test_driver_who_is_to_be_announced_is_named_nowhere(client, travel):
    make_world(2)
    travel(SUNDAY)
    hold_back(HIDDEN)
    for path in addresses():
        status, text = told(client, path)
        assert status == 200, path
        assert "Hemlig" not in text.replace("q=hemlig", ""), path
        assert "driver-0" not in text, path
    for path in OWN:
        assert told(client, f"/sv/drivers/driver-0/{path}")[0] == 404, path
    assert told(client, "/embed/sv/drivers/driver-0/next/")[0] == 404


def test_driver_is_named_everywhere_once_announced(client, travel):
    make_world(2)
    travel(SUNDAY)
    hold_back(HIDDEN)
    kept = client.get(f"/en/{WEEKEND}/calendar.ics").headers["ETag"]
    hold_back(ANNOUNCED)
    for path in OWN:
        assert told(client, f"/sv/drivers/driver-0/{path}")[0] == 200, path
    for path in ("drivers/", WEEKEND + "/", RACE, "search/?q=hemlig", "calendar.ics"):
        assert "Hemlig" in told(client, address(path))[1], path
    again = client.get(f"/en/{WEEKEND}/calendar.ics", headers={"if-none-match": kept})
    assert again.status_code == 200
    assert "Hemlig" in again.text.replace("\r\n ", "")
