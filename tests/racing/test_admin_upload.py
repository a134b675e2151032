"""Many photos uploaded at once: racing.admin.photos.upload."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from racing import darkroom
from racing.admin.photos import upload
from racing.models import FREE, INTERNAL, Photo
from racing.pictures import labels, reading
from racing.pictures.containers import kinds
from racing.pictures.labels import Label
from tests import factories
from tests.adminpages import client_of, filled, page_of, press_officer

pytestmark = pytest.mark.django_db

PAGE = "/admin/racing/photo/upload/"
KEPT = (
    "Uploaded, and kept internal for now: no alternative text in Swedish, "
    "no alternative text in English."
)


def image(name="photo.jpg", *, label=None, **fields):
    data = factories.image_file(**fields).read()
    if label:
        data = kinds.rebuilt(data, labels.metadata(label))
    return SimpleUploadedFile(name, data)


def send(client, *files, **values):
    data = filled(client.get(PAGE)) | values
    return client.post(PAGE, data | {"photos": list(files)})


def said(response):
    """What the answer says of each file: (name, words)."""
    lines = re.findall(r"<li class=\"upload-file.*?</li>", response.text, re.DOTALL)
    lines = [line for line in lines if "upload-words" not in line]
    names = [re.search(r"upload-name\">(.*?)</p>", line)[1] for line in lines]
    states = [
        re.search(r"upload-state\">(.*?)</p>", line, re.DOTALL)[1] for line in lines
    ]
    return [
        (name, " ".join(strip_tags(state).split()))
        for name, state in zip(names, states, strict=True)
    ]


@pytest.fixture
def asked(monkeypatch):
    """How often the darkroom was asked to work; it does not."""
    asked = []
    monkeypatch.setattr(darkroom.worker, "ask", lambda: asked.append(True))
    return asked


def test_a_shoot_is_uploaded_and_tagged_in_one_go(
    officer, asked, django_capture_on_commit_callbacks
):
    driver, car = factories.make_driver(), factories.make_car()
    event, team = factories.make_event(), factories.make_team()
    twin = factories.make_photo(alt="Depån", image=factories.image_file(colour="#111"))
    files = [
        image("one.jpg", colour="#222"),
        SimpleUploadedFile("drawing.jpg", b"<svg onload=alert(1)></svg>"),
        image("twin.jpg", colour="#111"),
        image("two.png", kind="PNG"),
    ]
    with django_capture_on_commit_callbacks(execute=True):
        response = send(
            officer,
            *files,
            credit="Jane Doe",
            rights=FREE,
            rights_note_sv="Fri för press",
            licence_url="example.com/terms",
            drivers=[driver.pk],
            cars=[car.pk],
            events=[event.pk],
            teams=[team.pk],
        )
    assert said(response) == [
        ("one.jpg", KEPT),
        ("drawing.jpg", "Not taken: Drawings in SVG are not taken as photos."),
        ("twin.jpg", "This photo is here already: Depån"),
        ("two.png", KEPT),
    ]
    assert "Uploaded: 2 of 4. Not taken: 2." in response.text
    assert response.text.count(f'href="{page_of(twin)}"') == 1
    photos = Photo.objects.exclude(pk=twin.pk)
    assert (
        list(photos.values_list("credit", "rights", "rights_note_sv", "licence_url"))
        == [("Jane Doe", INTERNAL, "Fri för press", "https://example.com/terms")] * 2
    )
    for owner in (driver, car, event, team):
        assert set(owner.photos.all()) == set(photos)
    for photo in photos:
        assert response.text.count(f'href="{page_of(photo)}"') == 1
        assert photo.developed == ""
        assert str(photo.history.get().history_user) == "press"
    # Nobody waits for the copies.
    assert asked == [True, True]


TOLD = Label(
    creator="Nils Öberg",
    credit="Bildbyrån",
    copyright="© 2022 Bildbyrån",
    captions={"sv": "I depån", "en": "In the pits"},
    terms={"sv": "Fri för press", "en": "Free for the press"},
    licence_url="https://example.com/terms",
    taken_on=date(2022, 5, 13),
    place="Hockenheim",
)
FACTS = (
    *("photographer", "credit", "copyright_notice", "caption_sv", "caption_en"),
    *("rights_note_sv", "rights_note_en", "licence_url", "taken_on", "place"),
)


@pytest.mark.usefixtures("asked")
def test_what_a_file_says_of_itself_fills_what_is_left_empty(officer):
    send(officer, image(label=TOLD))
    send(officer, image(label=TOLD, colour="#00f"), credit="Jane", rights_note_en="No")
    last, first = Photo.objects.order_by("-pk").values_list(*FACTS)
    assert first == (
        *("Nils Öberg", "Bildbyrån", "© 2022 Bildbyrån", "I depån", "In the pits"),
        *("Fri för press", "Free for the press", "https://example.com/terms"),
        *(date(2022, 5, 13), "Hockenheim"),
    )
    assert (last[1], last[6]) == ("Jane", "No")
    assert Photo.objects.exclude(alt_sv="", alt_en="").count() == 0


def test_what_does_not_fit_a_column_is_cut_or_left_out():
    told = reading.Told(
        photographer="N" * 400,
        captions={"": "I depån"},
        taken_on=date(9999, 1, 1),
        licence_url="https://example.com/" + "x" * 300,
    )
    offered = upload.offered_by(told)
    assert {name: len(str(value)) for name, value in offered.items()} == {
        "photographer": 150,
        "credit": 150,
        "caption_sv": 7,
    }


def test_nothing_is_stored_where_what_is_common_is_wrong(officer, english):
    response = send(officer, image(), licence_url="no address", drivers=["x"])
    ((name, sentence),) = said(response)
    assert name == "photo.jpg"
    assert sentence.startswith("Not taken: Nothing is stored, because of what all")
    assert "Address of the licence: Enter a valid URL." in sentence
    assert filled(response)["licence_url"] == "no address"
    assert not Photo.objects.exists()


def test_without_a_file_it_asks_for_one(officer):
    response = send(officer)
    assert response.context["form"].errors == {"photos": ["Choose at least one photo."]}


@pytest.mark.usefixtures("asked")
def test_a_script_gets_the_lines_alone(officer):
    headers = {"X-Requested-With": "XMLHttpRequest"}
    data = filled(officer.get(PAGE)) | {"photos": [image("a.jpg")]}
    response = officer.post(PAGE, data, headers=headers)
    assert said(response) == [
        ("a.jpg", KEPT.replace("English.", "English, no credit."))
    ]
    assert "<form" not in response.text


def test_the_same_file_at_the_same_moment_is_stored_once(officer, monkeypatch):
    """The other request is done between the question for a twin and the answer."""
    twins = []

    def other_is_quicker(photo):
        twins.append(photo.image.name)
        if len(twins) == 1:
            factories.make_photo(alt="Tvilling", image=image())
            return None
        return Photo.objects.get()

    monkeypatch.setattr(Photo, "twin", other_is_quicker)
    response = send(officer, image())
    assert said(response) == [("photo.jpg", "This photo is here already: Tvilling")]
    stored = Photo.objects.get().image
    folder, _slash, name = stored.name.rpartition("/")
    assert stored.storage.listdir(folder)[1] == [name]


def test_a_file_that_cannot_be_stored_keeps_no_other_from_it(officer, monkeypatch):
    save = Photo.save

    def no_room(photo):
        if "full" in photo.image.name:
            raise OSError("No space left on device")
        save(photo)

    monkeypatch.setattr(Photo, "save", no_room)
    response = send(officer, image("full.jpg"), image("b.jpg", colour="#0f0"))
    assert [words.split(",")[0].split(":")[0] for _name, words in said(response)] == [
        "Not taken",
        "Uploaded",
    ]


def test_who_may_add_no_photos_uploads_none():
    user = factories.make_user(username="guest", is_staff=True)
    client = client_of(user)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"photos": [image()]}).status_code == 403
    assert Client().get(PAGE).status_code == 302


def test_a_request_without_its_token_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.force_login(press_officer())
    assert client.post(PAGE, {"photos": [image()]}).status_code == 403
    assert not Photo.objects.exists()


def test_the_list_and_the_first_page_lead_to_it(officer):
    link = f'href="{reverse("admin:racing_photo_upload")}"'
    for page in ("/admin/", "/admin/racing/photo/"):
        assert officer.get(page).text.count(link) == 1


def test_a_rule_that_is_broken_otherwise_is_no_twin(officer, monkeypatch):
    def broken(photo):
        raise IntegrityError("another rule")

    monkeypatch.setattr(Photo, "save", broken)
    with pytest.raises(IntegrityError):
        send(officer, image())
