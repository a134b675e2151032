"""The basket of the photo room: what a cookie says, and what becomes of it."""

import csv
import io
import os
import tracemalloc
import zipfile
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.test import RequestFactory
from PIL import Image

from press import basket
from racing import photo_files
from racing.models import INTERNAL, SITE_ONLY, Photo
from tests.factories import make_photo

ROOM = "/en/press/photos/"
BASKET = f"{ROOM}basket/"
ZIP = f"{ROOM}basket.zip"


def photos(number, **fields):
    return [make_photo(alt=f"Picture {n}", **fields) for n in range(number)]


def cookie(*chosen):
    return ".".join(str(photo.pk) for photo in chosen)


def unpacked(response):
    """The files of a ZIP by name, in their order."""
    archive = zipfile.ZipFile(io.BytesIO(response.getvalue()))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def pixels(content):
    with Image.open(io.BytesIO(content)) as image:
        return image.tobytes()


# The cookie


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("3.17.4", [3, 17, 4]),
        ("3.3.17.3", [3, 17]),
        ("", []),
        ("...", []),
        ("-1.x.\u0661.3", [3]),
        ("1" * 19, []),
        ("9" * 18, [int("9" * 18)]),
        (".".join(map(str, range(1, 200))), list(range(1, 101))),
        ("1'; DROP TABLE racing_photo; --.2", [2]),
    ],
)
def test_a_cookie_is_read_as_far_as_it_can_be(text, keys):
    request = RequestFactory().get("/")
    request.COOKIES["basket"] = text
    assert basket.chosen(request) == keys


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ({"add": "4"}, [3, 17, 4]),
        ({"add": "3"}, [3, 17]),
        ({"add": "four"}, [3, 17]),
        ({"remove": "3"}, [17]),
        ({"remove": "5"}, [3, 17]),
        ({"clear": "1"}, []),
        ({}, [3, 17]),
    ],
)
def test_a_wish_changes_the_basket(asked, keys):
    assert basket.changed([3, 17], asked) == keys


# The way through it


@pytest.mark.django_db
def test_reader_chooses_thinks_better_of_it_and_leaves_no_trace(client):
    one, two = photos(2)
    page = client.get(ROOM)
    assert not page.cookies
    assert page.headers["Cache-Control"] == "public, no-cache"
    assert "Cookie" in page.headers["Vary"]
    back = f"{ROOM}?q=picture#photo-{one.pk}"
    response = client.post(BASKET, {"add": one.pk, "next": back})
    assert (response.status_code, response.url) == (302, back)
    assert "no-store" in response.headers["Cache-Control"]
    kept = response.cookies["basket"]
    assert kept.value == cookie(one)
    assert {
        name: kept[name] for name in ("samesite", "httponly", "secure", "max-age")
    } == {"samesite": "Lax", "httponly": True, "secure": "", "max-age": ""}
    client.post(BASKET, {"add": two.pk})
    assert client.cookies["basket"].value == cookie(one, two)
    page = client.get(ROOM)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert [photo.pk for photo in page.context["basket"].photos] == [one.pk, two.pk]
    assert "2 photos, " in page.text
    assert page.text.count("Remove from basket") == 2
    page = client.get(f"{ROOM}{one.pk}/")
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.text.count("Remove from basket") == 1
    client.post(BASKET, {"remove": one.pk})
    assert client.cookies["basket"].value == cookie(two)
    client.post(BASKET, {"clear": "1"})
    assert client.cookies["basket"].value == ""
    assert client.cookies["basket"]["max-age"] == 0


@pytest.mark.django_db
@pytest.mark.parametrize("back", ["", "https://evil.example/", "//evil.example", "x:y"])
def test_nobody_is_led_to_another_site(back, client):
    assert client.post(BASKET, {"next": back}).url == ROOM


@pytest.mark.django_db
def test_over_https_the_cookie_travels_over_nothing_else(client):
    (photo,) = photos(1)
    response = client.post(BASKET, {"add": photo.pk}, secure=True)
    assert response.cookies["basket"]["secure"] is True


@pytest.mark.django_db
def test_a_link_puts_nothing_into_the_basket(client):
    assert client.get(f"{BASKET}?add=1").status_code == 405


@pytest.mark.django_db
def test_a_full_basket_says_so_and_takes_no_more(client, monkeypatch):
    monkeypatch.setattr(basket, "MOST", 2)
    one, two, three = photos(3)
    client.cookies["basket"] = cookie(one, two)
    client.post(BASKET, {"add": three.pk})
    assert client.cookies["basket"].value == cookie(one, two)
    page = client.get(ROOM).text
    assert "The basket is full. Download what is in it, empty it and go on." in page
    assert "Add to basket" not in page


@pytest.mark.django_db
def test_what_may_not_be_taken_any_more_drops_out_and_is_told(client):
    kept, *others = photos(3)
    client.cookies["basket"] = f"{cookie(kept, *others)}.99999"
    Photo.objects.filter(pk=others[0].pk).update(rights=INTERNAL)
    Photo.objects.filter(pk=others[1].pk).update(rights=SITE_ONLY)
    page = client.get(ROOM)
    said = "3 photos that you chose can no longer be downloaded"
    assert said in page.text
    assert "1 photo, " in page.text
    client.post(BASKET, {"add": others[1].pk})
    assert client.cookies["basket"].value == cookie(kept)
    assert said not in client.get(ROOM).text


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["x", "1.2.3", "9" * 18, "..", "%", "1" * 4000])
def test_a_forged_cookie_breaks_no_page(text, client):
    client.cookies["basket"] = text
    assert client.get(ROOM).status_code == 200
    assert client.get(ZIP).status_code == 302
    assert client.post(BASKET, {"add": "x"}).status_code == 302


# The archive


@pytest.mark.django_db
def test_the_archive_has_the_photos_as_they_came_and_a_list_of_them(client):
    one = make_photo(
        alt="Andreas Bäckman i depån",
        alt_en="Andreas Bäckman in the pits",
        credit="Åsa Öst",
        rights_note_sv="Ange fotografen.",
        rights_note_en="Name the photographer.",
        licence_url="https://licence.example/",
        taken_on=date(2022, 5, 13),
    )
    two = make_photo(alt="Bilen", caption_sv="=Bilen, i regn", credit="Bo Ek")
    client.cookies["basket"] = cookie(two, one)
    response = client.get("/sv/press/photos/basket.zip")
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["Cache-Control"] == "private, no-store"
    files = unpacked(response)
    names = [f"bilen-{two.pk}.jpg", f"andreas-backman-i-depan-{one.pk}.jpg"]
    assert list(files) == ["manifest.csv", "manifest.txt", *names]
    for photo, name in zip([two, one], names, strict=True):
        assert pixels(files[name]) == pixels(photo_files.original(photo))
    _head, second, first = csv.reader(
        io.StringIO(files["manifest.csv"].decode("utf-8-sig"))
    )
    assert first == [
        names[1],
        "Andreas Bäckman i depån",
        "Foto: Åsa Öst",
        "Ange fotografen.",
        "https://licence.example/",
    ]
    assert second[0] == names[0]
    assert second[2] == "Foto: Bo Ek"
    listed = files["manifest.txt"].decode()
    assert "Ange fotografen." in listed
    english = unpacked(client.get(ZIP))["manifest.txt"].decode()
    assert "Andreas Bäckman in the pits" in english
    assert "Name the photographer." in english
    attachment = client.get(ZIP).headers["Content-Disposition"]
    assert attachment == 'attachment; filename="photos.zip"'


@pytest.mark.django_db
def test_an_empty_basket_leads_back_to_the_room(client):
    response = client.get(ZIP)
    assert (response.status_code, response.url) == (302, f"{ROOM}#basket")
    assert "Add photos and download them all as one ZIP." in client.get(ROOM).text


@pytest.mark.django_db
def test_a_photo_whose_file_is_lost_is_left_out_and_the_list_says_so(client):
    lost, there = photos(2)
    lost.image.storage.delete(lost.image.name)
    client.cookies["basket"] = cookie(lost, there)
    files = unpacked(client.get(ZIP))
    names = ["manifest.csv", "manifest.txt", f"picture-1-{there.pk}.jpg"]
    assert list(files) == names
    for name in names[:2]:
        text = files[name].decode()
        assert "Missing here: its file is lost on the site." in text
        assert "Picture 0" in text


@pytest.mark.django_db
def test_the_archive_is_sent_without_the_database_and_never_compressed_again(
    client, django_assert_num_queries
):
    client.cookies["basket"] = cookie(*photos(2))
    with django_assert_num_queries(1):
        response = client.get(ZIP, headers={"accept-encoding": "gzip"})
    assert response.streaming
    assert "Content-Encoding" not in response.headers
    with django_assert_num_queries(0):
        assert len(unpacked(response)) == 4


@pytest.mark.django_db
def test_one_file_at_a_time_is_in_memory(client):
    side, number = 600, 12
    chosen = []
    for _ in range(number):
        buffer = io.BytesIO()
        noise = Image.frombytes("RGB", (side, side), os.urandom(side * side * 3))
        noise.save(buffer, "PNG")
        name = f"noise-{len(chosen)}.png"
        image = ContentFile(buffer.getvalue(), name=name)
        chosen.append(make_photo(alt=name, image=image))
    client.cookies["basket"] = cookie(*chosen)
    total = sum(photo.bytes for photo in chosen)
    response = client.get(ZIP)
    tracemalloc.start()
    sent = sum(len(chunk) for chunk in response.streaming_content)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sent > total
    assert peak < total / 2
