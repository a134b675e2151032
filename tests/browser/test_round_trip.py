"""A photo on its way from the camera, through the admin, to a newspaper."""

import json
import shutil
import subprocess
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from racing import darkroom
from racing.models import Photo
from racing.pictures import iptc
from racing.pictures.reading import told
from tests import factories
from tests.browser.conftest import PATIENCE
from tests.browser.test_photos_admin import LIST, UPLOAD
from tests.racing.pictures import files

pytestmark = pytest.mark.django_db(transaction=True)

SIZE = (1600, 1000)
SPOT = (1440, 200)  # of the width 0.90, of the height 0.20
RED = (255, 0, 0)
TERMS = "Free for editorial use with the photographer’s name."
LICENCE = "https://example.com/licence"


@pytest.fixture(autouse=True)
def _darkroom_is_empty_afterwards():
    yield
    darkroom.worker.wait()


def from_the_camera():
    """A JPEG with a red spot, a place, a serial number and a photographer."""
    image = Image.new("RGB", SIZE, "#335577")
    x, y = SPOT
    ImageDraw.Draw(image).ellipse((x - 40, y - 40, x + 40, y + 40), RED)
    return files.with_metadata(
        files.saved(image, quality=92),
        exif=files.camera_exif(artist="Märta Öst"),
        iptc=iptc.written(
            {iptc.BYLINE: "Märta Öst", iptc.CREDIT: "Märta Öst / Norrsken"}
        ),
    )


def upload(page, content):
    page.goto(UPLOAD)
    page.locator("#id_rights_note_en").fill(TERMS)
    page.locator("#id_licence_url").fill(LICENCE)
    photo = {"name": "dsc_4711.jpg", "mimeType": "image/jpeg", "buffer": content}
    page.locator("#id_photos").set_input_files([photo])
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator(".stored")).to_have_count(1)
    darkroom.worker.wait()
    page.get_by_role("link", name="Write what is missing").click()


def describe(page):
    picture = page.locator(".focal-picture")
    box = picture.bounding_box()
    x, y = (spot / side for spot, side in zip(SPOT, SIZE, strict=True))
    picture.click(position={"x": box["width"] * x, "y": box["height"] * y})
    page.locator("#id_alt_sv").fill("En röd prick")
    page.locator("#id_alt_en").fill("A red spot")
    page.locator("#id_rights").select_option("free")
    page.locator("[name=_save]").click()
    page.wait_for_url(lambda url: url.partition("?")[0].endswith(LIST))


def take_away(page, tmp_path):
    """What a journalist downloads in full size, from the room."""
    page.goto("/en/press/photos/")
    page.get_by_role("heading", name="A red spot").get_by_role("link").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Full size").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return path


def where_the_spot_is(content):
    """The middle of what is red, as shares of width and height."""
    with Image.open(BytesIO(content)) as image:
        red, green, _blue = image.convert("RGB").split()
        mask = Image.composite(
            red.point(lambda v: 255 * (v > 180)),
            Image.new("L", image.size),
            green.point(lambda v: 255 * (v < 70)),
        )
        left, top, right, bottom = mask.getbbox()
        return (left + right) / 2 / image.width, (top + bottom) / 2 / image.height


def test_photo_comes_out_with_its_credit_and_its_pixels_and_without_its_place(
    screen, browser, live_server, tmp_path
):
    factories.make_home_team()
    content = from_the_camera()
    upload(screen, content)
    expect(screen.locator("#id_credit")).to_have_value("Märta Öst / Norrsken")
    expect(screen.locator("#id_taken_on")).to_have_value("2022-05-13")
    describe(screen)
    context = browser.new_context(base_url=live_server.url, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    path = take_away(context.new_page(), tmp_path)
    photo = Photo.objects.get()
    assert path.name == f"en-rod-prick-{photo.pk}.jpg"
    taken = path.read_bytes()
    assert files.pixels(taken) == files.pixels(content)
    found = told(BytesIO(taken))
    assert found.photographer == "Märta Öst"
    assert found.credit == "Märta Öst / Norrsken"
    assert (found.terms["en"], found.licence_url) == (TERMS, LICENCE)
    assert not found.has_gps
    assert files.SERIAL.encode() not in taken
    if shutil.which("exiftool"):
        asked = ["exiftool", "-j", "-G", "-a", "-charset", "iptc=UTF8", path]
        run = subprocess.run(asked, capture_output=True, check=True)  # noqa: S603
        (tags,) = json.loads(run.stdout)
        assert tags["IPTC:Credit"] == tags["XMP:Credit"] == "Märta Öst / Norrsken"
        assert tags["XMP:UsageTerms"] == TERMS
        assert tags["XMP:WebStatement"] == LICENCE
        assert [tag for tag in tags if "GPS" in tag or "Serial" in tag] == []
    # The crops keep the spot in view: as near the middle as the edges allow.
    for name, expected in {
        "portrait-800.jpg": (1 - 160 / 800, 0.20),
        "square-800.webp": (1 - 160 / 1000, 0.20),
        "w640.avif": (0.90, 0.20),
    }.items():
        copy = context.request.get(f"/photos/{photo.pk}/{name}")
        assert copy.ok, name
        x, y = where_the_spot_is(copy.body())
        assert abs(x - expected[0]) < 0.01, name
        assert abs(y - expected[1]) < 0.01, name
    context.close()
