"""The list of photos, the page of one, and what several are given at once."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Permission
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import strip_tags

from racing import darkroom
from racing.admin.photos.forms import MomentField
from racing.formats import FormatError
from racing.models import FREE, INTERNAL, SITE_ONLY, Photo
from tests import factories
from tests.adminpages import (
    client_of,
    errors,
    filled,
    opened,
    page_of,
    refused,
    save,
    told,
)
from tests.racing.test_admin_deletion import delete, delete_from_the_list

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

LIST = "/admin/racing/photo/"
TODAY = "2022-05-12T12:00+02:00"


def image(**fields):
    return SimpleUploadedFile("photo.jpg", factories.image_file(**fields).read())


def real_photo(**fields):
    """A photo whose copies are made."""
    photo = factories.make_photo(
        image=factories.image_file(size=(90, 60)), developed="", **fields
    )
    darkroom.develop(photo)
    return photo


def add(client, **values):
    page = reverse("admin:racing_photo_add")
    described = {"alt_sv": "En bil", "alt_en": "A car", "credit": "Privat"}
    return client.post(page, filled(client.get(page)) | described | values)


# The page


def test_a_photo_is_uploaded_with_its_rights_and_tags(
    officer, django_capture_on_commit_callbacks
):
    driver = factories.make_driver()
    with django_capture_on_commit_callbacks(execute=True):
        add(officer, image=image(size=(300, 200)), rights=FREE, drivers=[driver.pk])
    photo = Photo.objects.get()
    assert (photo.width, photo.height, photo.rights) == (300, 200, FREE)
    assert list(photo.drivers.all()) == [driver]
    assert photo.developed == photo.wanted
    assert Photo.objects.publishable().exists()


def test_a_photo_that_is_none_is_refused_at_the_field(officer):
    file = SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>")
    assert errors(add(officer, image=file, rights=FREE)) == {
        "image": ["Drawings in SVG are not taken as photos."]
    }


def test_a_photo_that_is_shown_needs_words_and_a_credit_each_at_its_field(officer):
    words = "Write what the photo shows in both languages, or keep it internal."
    empty = {"alt_sv": " ", "alt_en": "", "credit": " "}
    assert errors(add(officer, image=image(), rights=FREE, **empty)) == {
        "alt_sv": [words],
        "alt_en": [words],
        "credit": ["Write whom to credit for the photo, or keep it internal."],
    }
    assert add(officer, image=image(), rights=INTERNAL, **empty).status_code == 302


def test_a_photo_that_is_here_leads_to_itself(officer):
    twin = factories.make_photo(alt="<b>Depån", image=factories.image_file())
    (sentence,) = errors(add(officer, image=image(), rights=FREE))["image"]
    link = f'<a href="{page_of(twin)}">&lt;b&gt;Depån</a>'
    assert sentence == f"This photo is here already: “{link}”."
    assert add(officer, image=image(), rights=FREE).text.count(link) == 1


def test_the_page_shows_the_picture_with_its_focal_point_and_crops(officer):
    photo = real_photo(focal_x="0.90", focal_y="0.10")
    page = officer.get(page_of(photo)).text
    address = reverse("photo_rendition", args=[photo.pk, "w90.jpg"])
    assert page.count(f'src="{address}"') == 1
    assert page.count(f'href="{address}"') == 4
    assert 'transform="translate(81 6)"' in page
    for box in ("42 0 48 60", "0 0 90 60", "30 0 60 60", "0 0 90 47"):
        assert f'viewBox="{box}"' in page
    assert officer.get(address).status_code == 200


def test_a_photo_without_copies_is_shown_small_meanwhile(officer):
    photo = factories.make_photo(developed="")
    page = officer.get(page_of(photo)).text
    address = reverse("admin:racing_photo_thumbnail", args=[photo.pk])
    assert page.count(f'src="{address}"') == 1
    assert "Copies are being made" in page


def test_saving_another_focal_point_makes_new_copies(
    officer, django_capture_on_commit_callbacks
):
    photo = real_photo()
    old = darkroom.path(photo, "w90.jpg")
    data = opened(officer, photo)
    with django_capture_on_commit_callbacks(execute=True):
        assert save(officer, photo, data, focal_x="0.20").status_code == 302
    photo = Photo.objects.get()
    assert photo.developed == photo.wanted
    assert default_storage.exists(darkroom.path(photo, "w90.jpg"))
    assert not default_storage.exists(old)


def test_another_file_replaces_the_copies_of_the_first(
    officer, django_capture_on_commit_callbacks
):
    photo = real_photo()
    old = darkroom.path(photo, "w90.jpg")
    data = opened(officer, photo) | {"image": image(size=(80, 80), colour="#00f")}
    with django_capture_on_commit_callbacks(execute=True):
        save(officer, photo, data)
    photo = Photo.objects.get()
    assert (photo.width, photo.developed) == (80, photo.wanted)
    assert not default_storage.exists(old)


def test_who_saves_while_copies_are_made_leaves_them_to_the_darkroom(
    officer, monkeypatch, django_capture_on_commit_callbacks
):
    asked = []
    monkeypatch.setattr(darkroom.worker, "ask", lambda: asked.append(True))
    photo = factories.make_photo(
        developed="", in_darkroom_until=datetime(2999, 1, 1, tzinfo=UTC)
    )
    data = opened(officer, photo)
    with django_capture_on_commit_callbacks(execute=True):
        save(officer, photo, data, alt_en="Another car")
    assert asked == [True]
    assert Photo.objects.get().developed == ""


@pytest.mark.django_db(transaction=True)
def test_the_words_of_a_photo_whose_file_is_lost_are_saved(officer):
    photo = factories.make_photo()
    name = photo.image.name
    photo.image.storage.delete(name)
    response = save(officer, photo, opened(officer, photo), alt_en="Another car")
    photo = Photo.objects.get()
    assert (photo.alt_en, photo.image.name) == ("Another car", name)
    page = officer.get(response.url).text
    assert "no copies of the photo can be made: its file is lost" in page


# Tags


def test_tags_are_chosen_on_the_page_of_the_photo(officer):
    photo, driver = factories.make_photo(), factories.make_driver()
    owners = {
        "drivers": driver,
        "cars": factories.make_car(),
        "events": factories.make_event(),
        "teams": factories.make_team(),
    }
    keys = {name: [str(owner.pk)] for name, owner in owners.items()}
    save(officer, photo, opened(officer, photo), **keys)
    for owner in owners.values():
        assert list(owner.photos.all()) == [photo]
    data = opened(officer, photo)
    assert {name: [data[name]] for name in keys} == keys
    save(officer, photo, {name: data[name] for name in data if name != "drivers"})
    assert list(driver.photos.all()) == []
    assert list(owners["cars"].photos.all()) == [photo]


@pytest.mark.parametrize("name", ["drivers", "cars", "events", "teams"])
def test_what_is_tagged_is_found_by_searching(officer, name):
    factories.make_driver()
    factories.make_car()
    factories.make_event()
    factories.make_team()
    widget = officer.get(reverse("admin:racing_photo_add")).context["adminform"]
    attributes = widget.form[name].field.widget.build_attrs({})
    query = {
        part: attributes[f"data-{part.replace('_', '-')}"]
        for part in ("app_label", "model_name", "field_name")
    }
    found = officer.get("/admin/autocomplete/", query | {"term": ""}).json()
    assert len(found["results"]) == 1


def test_the_second_to_save_is_told_of_tags_and_keeps_her_own(anna, bo):
    photo = factories.make_photo()
    driver, car = factories.make_driver(), factories.make_car()
    his = opened(bo, photo)
    save(anna, photo, opened(anna, photo), drivers=[str(driver.pk)])
    response = save(bo, photo, his, cars=[str(car.pk)], public_from="2022-05-14T16:20")
    assert told(response)[1:] == ["Drivers: the selection was changed"]
    assert save(bo, photo, filled(response)).status_code == 302
    assert list(photo.drivers.all()) == [driver]
    assert list(photo.cars.all()) == [car]
    assert Photo.objects.get().public_from == datetime(2022, 5, 14, 14, 20, tzinfo=UTC)


def test_who_may_only_look_reads_the_tags(officer):
    photo = factories.make_photo()
    factories.make_driver().photos.add(photo)
    user = factories.make_user(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_photo"))
    page = client_of(user).get(page_of(photo))
    assert page.status_code == 200
    assert "Andreas Bäckman" in page.text
    assert "<select" not in page.text


# What it shows, as suggested


def test_the_page_suggests_what_the_tags_say(officer):
    photo = factories.make_photo(rights=INTERNAL, alt="", place="Hockenheim")
    factories.make_driver().photos.add(photo)
    page = officer.get(page_of(photo)).text
    assert page.count("Andreas Bäckman, Hockenheim</q>") == 2
    assert filled(officer.get(page_of(photo)))["alt_en"] == ""


def test_a_suggestion_follows_the_tags_that_are_asked_for(
    officer, django_assert_num_queries
):
    driver, car = factories.make_driver(), factories.make_car()
    event = factories.make_event()
    factories.make_entry(event=event, drivers=[driver], car=car)
    query = {
        "drivers": [driver.pk, "x", "9" * 30],
        "cars": car.pk,
        "events": event.pk,
        "place": "Hockenheim",
    }
    address = reverse("admin:racing_photo_suggestion")
    # The session, the user and the permissions (two); the drivers, cars and events,
    # the entries with their crews.
    with django_assert_num_queries(9):
        found = officer.get(address, query).json()
    assert found == {
        "sv": "Andreas Bäckman i Audi RS 3 LMS TCR nr 120, Hockenheim, maj 2022",
        "en": "Andreas Bäckman in Audi RS 3 LMS TCR no. 120, Hockenheim, May 2022",
    }
    wrong = officer.get(address, {"drivers": "x", "taken_on": "yesterday"}).json()
    assert wrong == {"sv": "", "en": ""}


def test_suggestions_are_for_who_may_see_photos():
    client = client_of(factories.make_user(is_staff=True))
    assert client.get(reverse("admin:racing_photo_suggestion")).status_code == 403


# An embargo, in the site's own time


def test_an_embargo_is_typed_in_the_time_zone_of_the_site(officer):
    photo = factories.make_photo()
    data = opened(officer, photo)
    said = refused(officer, photo, data, public_from="2022-03-27T02:30")
    assert "does not exist on 27 March 2022" in said["public_from"][0]
    said = refused(officer, photo, data, public_from="soon")
    assert said == {"public_from": ["Write day and time as 2022-05-14 16:20."]}
    save(officer, photo, data, public_from="2022-05-14 16:20")
    assert Photo.objects.get().public_from == datetime(2022, 5, 14, 14, 20, tzinfo=UTC)
    page = officer.get(page_of(photo))
    assert filled(page)["public_from"] == "2022-05-14T16:20"
    assert "Public from (time in Europe/Stockholm)" in page.text


def test_a_moment_keeps_seconds_that_are_not_shown():
    field = MomentField()
    moment = datetime(2022, 5, 14, 14, 20, 31, tzinfo=UTC)
    assert not field.has_changed(moment, "2022-05-14T16:20")
    assert field.has_changed(moment, "2022-05-14T16:21")
    with pytest.raises(FormatError):
        MomentField.parse("")


# The list


def states(client, **query):
    """What the list says of each photo, by its words."""
    page = client.get(LIST, query)
    admin = page.context["cl"].model_admin
    return {
        photo.alt_sv: strip_tags(
            admin.visibility(photo).replace("</li><li>", "; ")
        ).strip()
        for photo in page.context["cl"].result_list
    }


def test_the_list_says_what_keeps_a_photo_from_the_public(officer, travel):
    travel(TODAY)
    make = factories.make_photo
    make(alt="Fri")
    make(alt="Snart slut", rights=SITE_ONLY, rights_end=date(2022, 5, 12))
    make(alt="Slut", rights_end=date(2022, 5, 11))
    make(alt="Utan ord", alt_en="", credit="", rights=INTERNAL)
    make(alt="Embargo", public_from=datetime(2022, 5, 14, 10, tzinfo=UTC))
    make(alt="Ny", developed="")
    secret = make(alt="Hemlig")
    driver = factories.make_driver(public_from=datetime(2022, 6, 1, tzinfo=UTC))
    driver.photos.add(secret)
    assert states(officer) == {
        "Hemlig": "Not public: shows a driver who is to be announced",
        "Ny": "Not public: copies are being made",
        "Embargo": "Not public: under embargo until 14 May 2022, 12:00 (CEST, UTC+2)",
        "Utan ord": "Not public: internal; No alternative text in English, no credit",
        "Slut": "Not public: the rights ended on 11 May 2022",
        "Snart slut": "Public: this site only; The rights end on 12 May 2022",
        "Fri": "Public: free for editorial use",
    }
    assert list(states(officer, shown="lacking")) == ["Utan ord"]
    assert list(states(officer, shown="embargo")) == ["Embargo"]
    assert set(states(officer, shown="site")) == {"Fri", "Snart slut"}
    assert list(states(officer, drivers__id__exact=driver.pk)) == ["Hemlig"]


def test_photos_whose_rights_end_soon_stand_in_that_order(officer, travel):
    travel(TODAY)
    for alt, day in {
        "sist": date(2022, 6, 11),
        "senare": date(2022, 6, 12),
        "i dag": date(2022, 5, 12),
        "över": date(2022, 5, 11),
    }.items():
        factories.make_photo(alt=alt, rights_end=day)
    factories.make_photo(alt="alltid")
    assert list(states(officer, ends="soon")) == ["i dag", "sist"]
    assert list(states(officer, ends="over")) == ["över"]
    link = '<a href="/admin/racing/photo/?ends=soon">2 photos: the rights end within 30 days</a>'
    assert officer.get("/admin/").text.count(link) == 1
    travel("2022-04-01T12:00+02:00")
    assert "the rights end within" not in officer.get("/admin/").text


def test_the_first_page_tells_of_rights_to_who_may_see_photos(travel):
    factories.make_photo(rights_end=date(2022, 5, 12))
    travel(TODAY)
    client = client_of(factories.make_user(is_staff=True))
    assert "the rights end within" not in client.get("/admin/").text


# Several at once


def act(client, action, *photos):
    keys = [str(photo.pk) for photo in photos]
    data = {"action": action, "_selected_action": keys}
    page = client.post(LIST, data, follow=True)
    return [str(message) for message in page.context["messages"]]


def test_several_are_freed_but_for_those_that_lack_something(officer):
    ready = factories.make_photo(rights=INTERNAL)
    free = factories.make_photo(alt="Fri")
    bare = factories.make_photo(alt="Depån", alt_en="", credit=" ", rights=INTERNAL)
    assert act(officer, "make_free", ready, free, bare) == [
        "1 photo is now free for editorial use.",
        "“Depån” stays as it is: no alternative text in English, no credit.",
    ]
    assert [photo.rights for photo in Photo.objects.order_by("pk")] == [
        FREE,
        FREE,
        INTERNAL,
    ]
    last = ready.history.first()
    assert (last.rights, last.history_type) == (FREE, "~")
    assert str(last.history_user) == "press"
    assert free.history.count() == bare.history.count() == 1


def test_several_are_made_internal(officer):
    photos = [factories.make_photo(), factories.make_photo(rights=INTERNAL)]
    assert act(officer, "make_internal", *photos) == ["1 photo is now internal."]
    assert set(Photo.objects.values_list("rights", flat=True)) == {INTERNAL}


def test_of_many_that_lack_something_the_first_are_named(officer):
    photos = [factories.make_photo(alt_en="", rights=INTERNAL) for _n in range(22)]
    sentences = act(officer, "make_free", *photos)
    assert len(sentences) == 21
    assert sentences[-1] == "2 more photos lack words or a credit."


def test_who_may_only_look_is_offered_nothing_to_do():
    factories.make_photo()
    user = factories.make_user(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_photo"))
    assert "make_free" not in client_of(user).get(LIST).text


# Deleting


@pytest.mark.parametrize("delete", [delete, delete_from_the_list])
def test_the_files_of_a_photo_go_with_it(
    officer, delete, django_capture_on_commit_callbacks
):
    photo = real_photo()
    files = [photo.image.name, darkroom.path(photo, "w90.jpg")]
    assert [default_storage.exists(file) for file in files] == [True, True]
    with django_capture_on_commit_callbacks(execute=True):
        assert delete(officer, photo).status_code == 302
    assert [default_storage.exists(file) for file in files] == [False, False]
    assert not Photo.objects.exists()
