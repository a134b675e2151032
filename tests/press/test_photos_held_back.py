"""Photos that the public may not see, on every way to the photo room's photos."""

from datetime import UTC, date, datetime

import pytest

from racing import darkroom
from racing.models import INTERNAL, SITE_ONLY, Photo
from tests.factories import (
    image_file,
    make_car,
    make_driver,
    make_event,
    make_photo,
    make_team,
)

pytestmark = pytest.mark.django_db

ROOM = "/en/press/photos/"
TODAY = "2022-05-16T12:00+02:00"


def surfaces(client, photo):
    """Where the public comes upon a photo whose words and tags are all “secret”."""
    client.cookies.clear()
    pages = {
        "room": client.get(ROOM).text,
        "Swedish room": client.get("/sv/press/photos/").text,
    }
    seen = {
        name
        for name, text in pages.items()
        if "secret" in text.casefold() or f"/{photo.pk}/" in text
    }
    asked = {
        "filter by driver": {"driver": "secret"},
        "filter by event": {"event": "secret"},
        "filter by car": {"car": "secret"},
        "filter by team": {"team": "secret"},
        "filter by season": {"season": "1999"},
        "search": {"q": "secret"},
    }
    seen |= {
        name
        for name, query in asked.items()
        if client.get(ROOM, query).context["cards"]
    }
    seen |= {
        name
        for name, address in {
            "page": f"{ROOM}{photo.pk}/",
            "social picture": f"/photos/{photo.pk}/social.jpg",
            "rendition": f"/photos/{photo.pk}/w640.jpg",
            "web size": f"/photos/{photo.pk}/web",
            "full size": f"/photos/{photo.pk}/full",
            "original": photo.image.url,
        }.items()
        if client.get(address).status_code != 404
    }
    if f"/press/photos/{photo.pk}/" in client.get("/sitemap.xml").text:
        seen.add("sitemap")
    if client.post(f"{ROOM}basket/", {"add": photo.pk}).cookies["basket"].value:
        seen.add("basket")
    client.cookies["basket"] = str(photo.pk)
    if client.get(f"{ROOM}basket.zip").status_code != 302:
        seen.add("ZIP")
    return seen


EVERYWHERE = {
    *("room", "Swedish room", "search", "page", "basket", "ZIP"),
    *("filter by driver", "filter by event", "filter by car", "filter by team"),
    *("filter by season", "rendition", "social picture", "web size", "full size"),
    "sitemap",
}


@pytest.fixture
def secret(travel, client):
    """A developed photo that shows what nothing else does."""
    travel(TODAY)
    photo = make_photo(
        alt="Secret",
        caption_sv="Secret",
        credit="Secret",
        place="Secret",
        taken_on=date(1999, 5, 1),
        image=image_file(size=(900, 600)),
        developed="",
    )
    darkroom.develop(photo)
    driver = make_driver(first_name="Secret", last_name="Secret", slug="secret")
    driver.photos.add(photo)
    for owner in (
        make_event(name="Secret", slug="secret"),
        make_car(make="Secret", slug="secret"),
        make_team(name="Secret", slug="secret"),
    ):
        owner.photos.add(photo)
    make_photo()
    return photo


def hide(**fields):
    def done(photo):
        Photo.objects.filter(pk=photo.pk).update(**fields)

    return done


def announce_later(photo):
    photo.drivers.update(public_from=datetime(2022, 5, 17, tzinfo=UTC))


def announce_the_face_later(photo):
    photo.drivers.update(public_from=datetime(2022, 5, 17, tzinfo=UTC), portrait=photo)
    photo.drivers.clear()


@pytest.mark.parametrize(
    "withdraw",
    [
        hide(rights=INTERNAL),
        hide(rights_end=date(2022, 5, 15)),
        hide(public_from=datetime(2022, 5, 16, 10, 1, tzinfo=UTC)),
        hide(developed=""),
        announce_later,
        announce_the_face_later,
    ],
    ids=["internal", "ended", "embargo", "in the darkroom", "driver", "portrait"],
)
def test_a_photo_that_is_not_public_is_nowhere(withdraw, secret, client):
    shown = surfaces(client, secret)
    assert shown == EVERYWHERE
    withdraw(secret)
    left = surfaces(client, secret)
    assert left == set()


def test_a_photo_leaves_after_the_last_day_of_its_rights(secret, client, travel):
    Photo.objects.filter(pk=secret.pk).update(rights_end=date(2022, 5, 16))
    travel("2022-05-16T23:59+02:00")
    assert surfaces(client, secret) == EVERYWHERE
    travel("2022-05-17T00:00+02:00")
    assert surfaces(client, secret) == set()


def test_a_photo_under_embargo_comes_by_itself(secret, client, travel):
    Photo.objects.filter(pk=secret.pk).update(
        public_from=datetime(2022, 5, 20, 10, tzinfo=UTC)
    )
    assert surfaces(client, secret) == set()
    travel("2022-05-20T12:00+02:00")
    assert surfaces(client, secret) == EVERYWHERE


def test_a_photo_for_this_site_only_is_seen_and_not_given_away(secret, client):
    Photo.objects.filter(pk=secret.pk).update(rights=SITE_ONLY)
    assert EVERYWHERE - surfaces(client, secret) == {
        *("web size", "full size", "basket", "ZIP"),
    }
