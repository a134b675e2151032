"""A shoot comes in: uploaded, looked at, cropped, described and freed, in a browser."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from racing import darkroom
from racing.models import FREE, INTERNAL, Photo
from tests import factories
from tests.adminpages import page_of
from tests.browser.conftest import WIDTHS
from tests.browser.test_admin import choose

pytestmark = pytest.mark.django_db(transaction=True)

LIST, UPLOAD = "/admin/racing/photo/", "/admin/racing/photo/upload/"
# Everything in both widths; what only colours can break in the dark at a desk.
LOOKS = [
    ("light", None, "phone"),
    ("light", None, "desk"),
    ("dark", ["color-contrast"], "desk"),
]
WORDS = "Andreas Bäckman in Audi RS 3 LMS TCR no. 120, Hockenheim, May 2022"


@pytest.fixture(autouse=True)
def _darkroom_is_empty_afterwards():
    yield
    darkroom.worker.wait()


@pytest.fixture
def weekend():
    driver, car = factories.make_driver(), factories.make_car()
    circuit = factories.make_circuit(place="Hockenheim")
    event = factories.make_event(circuit=circuit)
    factories.make_entry(event=event, drivers=[driver], car=car)
    return event


def files(twin):
    """Three files: one that is a photo, a drawing that says so, one that is here."""
    new = factories.image_file(size=(900, 600), colour="#336699").read()
    return [
        {"name": "new.jpg", "mimeType": "image/jpeg", "buffer": new},
        {"name": "drawing.jpg", "mimeType": "image/jpeg", "buffer": b"<svg></svg>"},
        {"name": "twin.jpg", "mimeType": "image/jpeg", "buffer": twin},
    ]


def upload(page, twin):
    page.goto(LIST)
    page.get_by_role("link", name="Upload photos").click()
    choose(page, "drivers", "Andreas")
    choose(page, "cars", "Audi")
    choose(page, "events", "Hankook")
    page.locator("#id_credit").fill("Jane Doe")
    page.locator("#id_rights").select_option("free")
    page.locator("#id_photos").set_input_files(files(twin))
    expect(page.locator(".upload-words")).to_have_text(["Waiting"] * 3)
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator(".stored, .here, .refused")).to_have_count(3)


def crops(page):
    """What part of the photo each crop shows: left, top, width, height."""
    boxes = page.locator(".focal-crops svg").evaluate_all(
        "all => all.map(svg => svg.getAttribute('viewBox'))"
    )
    return [tuple(map(int, box.split())) for box in boxes]


def focal_point(page):
    return [page.locator(f"#id_focal_{axis}").input_value() for axis in "xy"]


def test_a_shoot_comes_in(screen, weekend):
    content = factories.image_file(size=(300, 200), colour="#113355").read()
    twin = factories.make_photo(
        image=factories.image_file(size=(300, 200), colour="#113355"),
        alt="Depån",
        developed="",
    )

    upload(screen, content)

    expect(screen.locator(".upload-summary")).to_have_text(
        "Uploaded: 1 of 3. Not taken: 2."
    )
    said = [
        " ".join(text.split())
        for text in screen.locator(".upload-state").all_inner_texts()
    ]
    assert said == [
        "Uploaded, and kept internal for now: "
        "no alternative text in Swedish, no alternative text in English.",
        "Not taken: Drawings in SVG are not taken as photos.",
        "This photo is here already: Depån",
    ]
    link = screen.locator(".here").get_by_role("link", name="Depån")
    assert link.get_attribute("href") == page_of(twin)
    photo = Photo.objects.exclude(pk=twin.pk).get()
    assert (photo.rights, photo.credit) == (INTERNAL, "Jane Doe")
    darkroom.worker.wait()

    screen.get_by_role("link", name="Write what is missing").click()
    move_the_focal_point(screen)
    describe_and_free(screen)

    photo.refresh_from_db()
    assert (photo.focal_x, photo.focal_y, photo.rights) == (
        0,
        round(photo.focal_y, 2),
        FREE,
    )
    assert photo.alt_en == WORDS
    assert photo.developed == photo.wanted


def move_the_focal_point(page):
    expect(page.locator(".focal-crops svg")).to_have_count(4)
    assert crops(page)[0] == (210, 0, 480, 600)
    picture = page.locator(".focal-picture")
    box = picture.bounding_box()
    picture.click(position={"x": box["width"] * 0.9, "y": box["height"] * 0.1})
    assert focal_point(page) == ["0.90", "0.10"]
    assert crops(page) == [
        (420, 0, 480, 600),
        (0, 0, 900, 600),
        (300, 0, 600, 600),
        (0, 0, 900, 472),
    ]
    mark = page.get_by_role("slider", name="Focal point")
    expect(mark).to_be_focused()
    for key in ("ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowDown", "ArrowUp"):
        mark.press(key)
    assert focal_point(page) == ["0.79", "0.19"]
    expect(mark).to_have_attribute(
        "aria-valuetext", "79 % from the left, 19 % from the top"
    )
    for _step in range(9):
        mark.press("Shift+ArrowLeft")
    assert focal_point(page) == ["0.00", "0.19"]
    assert [left for left, *_rest in crops(page)] == [0, 0, 0, 0]
    # The boxes with numbers lead as well.
    page.locator("#id_focal_y").fill("0.8")
    expect(mark).to_have_attribute(
        "aria-valuetext", "0 % from the left, 80 % from the top"
    )
    assert crops(page)[3] == (0, 128, 900, 472)


def describe_and_free(page):
    english = page.locator(".suggestion[data-language=en]")
    expect(english.locator("q")).to_have_text(WORDS)
    page.locator("#id_taken_on").fill("2022-04-30")
    page.locator("#id_taken_on").blur()
    expect(english.locator("q")).to_have_text(WORDS.replace("May", "April"))
    page.locator("#id_taken_on").fill("2022-05-14")
    page.locator("#id_taken_on").blur()
    expect(english.locator("q")).to_have_text(WORDS)
    for _language in range(2):
        page.get_by_role("button", name="Use the suggestion").first.click()
    # What is typed by hand is not offered to be replaced.
    page.locator("#id_alt_sv").fill("Andreas i bilen")
    expect(page.get_by_role("button", name="Use the suggestion")).to_have_count(0)
    page.locator("#id_rights").select_option("free")
    page.locator("[name=_save]").click()
    page.wait_for_url(re.compile(rf"{LIST}(\?.*)?$"))


def test_what_did_not_come_through_is_tried_again(screen, weekend):
    screen.goto(UPLOAD)
    screen.locator("#id_licence_url").fill("no address")
    screen.locator("#id_photos").set_input_files(files(b"")[:1])
    screen.get_by_role("button", name="Upload", exact=True).click()
    expect(screen.locator(".refused .upload-state")).to_have_text(
        "Not taken: Nothing is stored, because of what all have in common. "
        "Address of the licence: Enter a valid URL."
    )
    screen.locator("#id_licence_url").fill("")
    screen.get_by_role("button", name="Try again").click()
    expect(screen.locator(".stored")).to_have_count(1)


def test_axe_finds_nothing(screen, weekend, axe_in_admin):
    photo = factories.make_photo(
        image=factories.image_file(size=(900, 600)),
        developed="",
        rights_end=date(2099, 1, 1),
    )
    factories.make_photo(alt="Intern", rights=INTERNAL, developed="")
    for owner in weekend.entries.get().crew_drivers:
        owner.photos.add(photo)
    darkroom.develop(photo)
    pages = {"list": LIST, "photo": page_of(photo), "upload": UPLOAD, "answer": UPLOAD}
    found = {}
    for scheme, rules, width in LOOKS:
        across, down = WIDTHS[width]
        screen.set_viewport_size({"width": across, "height": down})
        screen.emulate_media(color_scheme=scheme)
        for name, path in pages.items():
            screen.goto(path)
            if name == "answer":
                screen.locator("#id_photos").set_input_files(files(b"")[:2])
                screen.get_by_role("button", name="Upload", exact=True).click()
                expect(screen.locator(".upload-words")).to_have_count(0)
            faults = axe_in_admin(screen, rules)
            if screen.evaluate("document.documentElement.scrollWidth") > across:
                faults.append("wider than the screen")
            found[name, width, scheme] = faults
    assert {place: faults for place, faults in found.items() if faults} == {}
