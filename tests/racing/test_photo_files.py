"""The files of photos at their addresses: who gets them, and what they say."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from PIL import Image

from racing import darkroom
from racing.models import FREE, INTERNAL, SITE_ONLY, Photo
from racing.pictures.reading import told
from tests.factories import (
    image_file,
    make_driver,
    make_photo,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db
NOON = "2022-05-12T12:00+02:00"


def developed(**fields):
    """A photo whose copies really are made."""
    image = fields.pop("image", None) or image_file(size=(400, 300))
    photo = make_photo(developed="", image=image, **fields)
    darkroom.develop(photo)
    return photo


def files(photo):
    """Every address at which a stranger might find the photo, and who has a right to it.

    True: what pages show; False: what is taken away.
    """
    here = f"/photos/{photo.pk}"
    return {
        f"{here}/w320.avif": True,
        f"{here}/w320.jpg": True,
        f"{here}/portrait-400.webp": True,
        f"{here}/social.jpg": True,
        f"{here}/web": False,
        f"{here}/full": False,
    }


@pytest.mark.parametrize(
    ("fields", "is_shown", "is_free"),
    [
        ({"rights": FREE}, True, True),
        ({"rights": SITE_ONLY}, True, False),
        ({"rights": FREE, "rights_end": date(2022, 5, 12)}, True, True),
        ({"rights": FREE, "rights_end": date(2022, 5, 11)}, False, False),
        ({"rights": FREE, "public_from": datetime(2022, 5, 12, 10, tzinfo=UTC)}, 1, 1),
        ({"rights": FREE, "public_from": datetime(2022, 5, 12, 11, tzinfo=UTC)}, 0, 0),
        ({"rights": INTERNAL}, False, False),
    ],
)
def test_files_are_served_to_those_who_may_see_the_photo(
    fields, is_shown, is_free, client, travel
):
    travel(NOON)
    photo = developed(image=image_file(size=(900, 900)), **fields)
    addresses = files(photo)
    public = {
        path: 200 if (is_shown if shows else is_free) else 404
        for path, shows in addresses.items()
    }
    assert {path: client.get(path).status_code for path in addresses} == public
    client.force_login(make_user())
    assert {path: client.get(path).status_code for path in addresses} == public
    client.force_login(make_staff())
    assert {client.get(path).status_code for path in addresses} == {200}


def test_photo_of_a_driver_who_is_to_be_announced_is_served_to_nobody(client, travel):
    travel(NOON)
    tagged, portrait = (
        developed(image=image_file(size=(400, height))) for height in (300, 301)
    )
    driver = make_driver(
        portrait=portrait, public_from=datetime(2022, 5, 12, 11, tzinfo=UTC)
    )
    driver.photos.add(tagged)
    for photo in (tagged, portrait):
        assert client.get(f"/photos/{photo.pk}/w320.jpg").status_code == 404
    travel("2022-05-12T13:00+02:00")
    for photo in (tagged, portrait):
        assert client.get(f"/photos/{photo.pk}/w320.jpg").status_code == 200


def test_photo_leaves_with_the_last_day_of_its_rights(client, travel):
    photo = developed(rights_end=date(2022, 5, 12))
    travel("2022-05-12T23:59+02:00")
    kept = client.get(f"/photos/{photo.pk}/w320.jpg")
    assert kept.headers["Cache-Control"] == "public, no-cache"
    travel("2022-05-13T00:00+02:00")
    again = client.get(
        f"/photos/{photo.pk}/w320.jpg", headers={"if-none-match": kept.headers["ETag"]}
    )
    assert again.status_code == 404


def test_every_file_says_whose_it_is_as_the_site_says_it_now(client):
    photo = developed(
        image=image_file(size=(900, 600)),
        credit="Märta Ek / Norrsken",
        rights_note_sv="Fri med angiven fotograf.",
        rights_note_en="Free with the credit.",
        licence_url="https://example.com/licence",
        caption_sv="Åsa i depån.",
        caption_en="Åsa in the pits.",
    )
    for credit in ("Märta Ek / Norrsken", "Åke Öberg"):
        Photo.objects.filter(pk=photo.pk).update(credit=credit)
        for path in files(photo):
            found = told(BytesIO(client.get(path).content))
            assert found.credit == credit, path
            assert found.photographer == credit
            assert found.copyright == f"© {credit}"
            assert found.terms["en"] == "Free with the credit."
            assert found.terms["sv"] == "Fri med angiven fotograf."
            assert found.licence_url == "https://example.com/licence"
            assert found.captions["sv"] == "Åsa i depån."


def test_who_keeps_a_file_is_told_so_until_anything_of_it_changes(client):
    photo = developed()
    path = f"/photos/{photo.pk}/w320.jpg"
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"if-none-match": tag}).status_code == 304
    Photo.objects.filter(pk=photo.pk).update(credit="Åke Öberg")
    assert client.get(path, headers={"if-none-match": tag}).status_code == 200


def test_download_has_a_name_that_says_what_it_shows(client):
    photo = developed(alt="Andreas Bäckman i depån")
    full = client.get(f"/photos/{photo.pk}/full")
    name = f"andreas-backman-i-depan-{photo.pk}"
    assert full.headers["Content-Disposition"] == f'attachment; filename="{name}.jpg"'
    assert full.headers["Content-Type"] == "image/jpeg"
    web = client.get(f"/photos/{photo.pk}/web")
    assert f'filename="{name}-web.jpg"' in web.headers["Content-Disposition"]


def test_original_keeps_its_pixels(client):
    picture = image_file(size=(70, 50))
    photo = developed(image=picture)
    sent = Image.open(BytesIO(client.get(f"/photos/{photo.pk}/full").content))
    picture.seek(0)
    assert sent.tobytes() == Image.open(picture).tobytes()


@pytest.mark.parametrize(
    "name",
    ["w640.gif", "w333.jpg", "../w320.jpg", "w320", "x" * 2000, "..%2fdb.sqlite3"],
)
def test_nothing_but_copies_is_served(name, client):
    photo = developed()
    client.force_login(make_staff())
    assert client.get(f"/photos/{photo.pk}/{name}").status_code == 404


def test_file_that_is_lost_is_not_found(client):
    photo = developed()
    darkroom.remove(photo)
    for path in files(photo):
        assert client.get(path).status_code == 404


# As it was uploaded


def test_upload_as_it_came_is_for_editors_alone(client):
    photo = developed()
    path = f"/media/{photo.image.name}"
    assert client.get(path).status_code == 404
    client.force_login(make_user())
    assert client.get(path).status_code == 404
    client.force_login(make_staff())
    with photo.image.open() as file:
        assert client.get(path).getvalue() == file.read()
    copy = darkroom.path(photo, "w320.jpg")
    assert client.get(f"/media/{copy}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "photos/nobody.jpg",
        "photos/",
        "../db.sqlite3",
        "photos/../../db.sqlite3",
        "..%2f..%2fetc%2fpasswd",
        "/etc/passwd",
        "x" * 2000,
    ],
)
def test_nothing_but_uploads_is_served(path, client):
    client.force_login(make_staff())
    assert client.get(f"/media/{path}").status_code == 404
