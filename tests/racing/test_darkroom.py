"""Copies of photos: made once, of what the photo is now, by one process at a time."""

import threading

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from racing import clock, darkroom
from racing.models import Photo
from racing.pictures import renditions
from tests.factories import image_file, make_photo

db = pytest.mark.django_db


def stored(photo):
    _folders, names = default_storage.listdir(f"renditions/{photo.developed}")
    return set(names)


@db
def test_photo_is_developed_once():
    photo = make_photo(developed="", image=image_file(size=(900, 600)))
    darkroom.develop(photo)
    assert photo.developed == photo.wanted
    assert Photo.objects.get().developed == photo.wanted
    assert stored(photo) == set(renditions.names(900, 600))
    moments = {
        n: default_storage.get_modified_time(darkroom.path(photo, n))
        for n in stored(photo)
    }
    darkroom.develop(photo)
    again = {
        n: default_storage.get_modified_time(darkroom.path(photo, n))
        for n in stored(photo)
    }
    assert again == moments


@db
def test_copies_follow_the_focal_point_and_the_old_ones_go():
    photo = make_photo(developed="")
    darkroom.develop(photo)
    old = photo.developed
    photo.focal_x = "0.20"
    photo.save()
    assert Photo.objects.get().developed == old  # shown until the new ones are made
    darkroom.develop(photo)
    assert Photo.objects.get().developed == photo.wanted != old
    assert not default_storage.exists(f"renditions/{old}/w320.jpg")


@db
def test_other_picture_takes_the_old_one_off_the_pages_at_once():
    photo = make_photo(developed="")
    darkroom.develop(photo)
    photo.image = image_file(colour="#00ff00", size=(50, 70))
    photo.save()
    found = Photo.objects.get()
    assert (found.developed, found.width, found.height) == ("", 50, 70)
    assert not Photo.objects.publishable().exists()


@db
def test_who_saves_an_older_state_leaves_the_copies_be():
    early = make_photo(developed="")
    late = Photo.objects.get()
    darkroom.develop(late)
    early.caption_sv = "Efter mållinjen"
    early.save()
    found = Photo.objects.get()
    assert (found.caption_sv, found.developed) == ("Efter mållinjen", late.wanted)


@db
def test_waiting_photos_are_developed_and_a_lost_one_keeps_nobody_waiting(caplog):
    lost, old, new = (make_photo(developed=state) for state in ("", "old", ""))
    lost.image.storage.delete(lost.image.name)
    done = darkroom.develop_waiting()
    assert set(done) == {lost.pk, old.pk, new.pk}
    assert isinstance(done[lost.pk], OSError)
    assert f"Photo {lost.pk} cannot be developed" in caplog.text
    assert darkroom.waiting() == [lost.pk]


@db
def test_photo_that_somebody_is_developing_is_left_to_them():
    photo = make_photo(developed="")
    in_a_minute = clock.machine_now() + darkroom.LONGEST
    Photo.objects.update(in_darkroom_until=in_a_minute)
    darkroom.develop_waiting()
    assert darkroom.waiting() == [photo.pk]
    Photo.objects.update(in_darkroom_until=clock.machine_now())
    darkroom.develop_waiting()
    assert darkroom.waiting() == []


@db
def test_command_develops_what_was_stored_before_it_was_asked_for(capsys):
    photo = make_photo(developed="")
    Photo.objects.update(content_hash="", width=None, height=None, bytes=None)
    call_command("develop_photos")
    assert "Developed 1 of 1." in capsys.readouterr().out
    found = Photo.objects.get()
    assert (found.content_hash, found.width, found.bytes) == (
        photo.content_hash,
        60,
        photo.bytes,
    )
    call_command("develop_photos")
    assert capsys.readouterr().out == ""


@db
def test_command_says_what_it_cannot_develop():
    photo = make_photo(developed="")
    photo.image.storage.delete(photo.image.name)
    with pytest.raises(CommandError, match=f"photo {photo.pk}: "):
        call_command("develop_photos")


@pytest.mark.django_db(transaction=True)
def test_worker_develops_beside_the_requests():
    photos = [make_photo(developed="") for _number in range(2)]
    darkroom.worker.ask()
    darkroom.worker.wait()
    assert darkroom.waiting() == []
    assert {thread.name for thread in threading.enumerate()} & {"darkroom"} == set()
    more = make_photo(developed="")
    darkroom.worker.ask()
    darkroom.worker.wait()
    assert Photo.objects.filter(developed="").count() == 0
    assert len({photo.pk for photo in (*photos, more)}) == 3
    connection.close()


@db
def test_every_file_of_a_photo_goes_with_it():
    photo = make_photo(developed="")
    darkroom.develop(photo)
    copy = darkroom.path(photo, "w320.jpg")
    darkroom.remove(photo)
    assert not default_storage.exists(copy)
    assert not default_storage.exists(photo.image.name)
