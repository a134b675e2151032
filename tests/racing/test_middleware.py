"""What happens to every request and response: racing.middleware."""

import gzip

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from racing.models import User
from tests.factories import make_driver, make_home_team, make_staff, make_user

pytestmark = pytest.mark.django_db

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


# Headers


@pytest.mark.parametrize(
    "path", ["/sv/", "/en/drivers/nobody/", "/robots.txt", "/theme.css", "/admin/"]
)
def test_every_response_carries_the_content_security_policy(path, client):
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"] == CSP
    assert headers["Permissions-Policy"] == "camera=(), geolocation=(), microphone=()"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


# NUL bytes


@pytest.mark.parametrize(
    "path",
    [
        "/sv/drivers/%00/",
        "/sv/search/?q=%00",
        "/sv/search/?%00=a",
        "/media/photos/%00.jpg",
        "/%00",
    ],
)
def test_address_with_a_nul_byte_is_a_bad_request(path, client):
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "anything"])
def test_cookie_with_a_nul_byte_is_a_bad_request(name, client):
    response = client.get("/sv/", headers={"cookie": f'{name}="a\\000b"'})
    assert response.status_code == 400


@pytest.mark.parametrize("query", ["100%25", "%2500", "0%200"])
def test_address_with_a_percent_sign_is_no_bad_request(query, client):
    assert client.get(f"/sv/search/?q={query}").status_code == 200


# Caches


def test_public_page_may_be_kept_but_is_asked_for_each_time(client):
    make_home_team()
    response = client.get("/sv/")
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert response.headers["Vary"] == "Cookie, Accept-Encoding"
    assert response.headers["Content-Language"] == "sv"
    again = client.get("/sv/", headers={"if-none-match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_page_that_changed_is_sent_anew(client):
    before = client.get("/sv/drivers/").headers["ETag"]
    make_driver()
    response = client.get("/sv/drivers/", headers={"if-none-match": before})
    assert response.status_code == 200
    assert response.headers["ETag"] != before


@pytest.mark.parametrize("path", ["/sv/", "/en/drivers/", "/theme.css", "/healthz"])
def test_stranger_gets_no_cookie_and_opens_no_session(path, client):
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    assert not Session.objects.exists()


def test_page_of_a_logged_in_person_is_kept_by_nobody(client):
    client.force_login(make_user())
    response = client.get("/sv/")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Vary"] == "Cookie"


def test_unknown_session_is_personal_too_and_harms_nobody(client):
    client.cookies["sessionid"] = "nobody-has-this-session-key-at-all"
    response = client.get("/sv/")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.context["is_staff"] is False


def test_error_of_a_public_page_is_asked_for_each_time_too(client):
    response = client.get("/sv/drivers/nobody/")
    assert response.status_code == 404
    assert response.headers["Cache-Control"] == "public, no-cache"


# Compression


def test_public_text_is_compressed(client):
    plain = client.get("/sv/")
    packed = client.get("/sv/", headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content)


def test_compressed_page_holds_as_long_as_the_plain_one(client):
    packed = client.get("/sv/", headers={"accept-encoding": "gzip"})
    again = client.get(
        "/sv/",
        headers={"accept-encoding": "gzip", "if-none-match": packed.headers["ETag"]},
    )
    assert again.status_code == 304


def test_page_with_a_secret_is_not_compressed(client):
    client.force_login(make_staff())
    response = client.get("/sv/", headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in response.headers


def test_picture_is_not_compressed_again(client):
    response = client.get("/sv/share.png", headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in response.headers


# Another moment


@pytest.fixture
def staff(client):
    client.force_login(make_staff())
    return client


def stand_at(client, moment, **fields):
    return client.post("/as-of/", {"moment": moment, **fields})


def seen(client):
    context = client.get("/sv/").context
    return context["site_now"].isoformat(timespec="minutes"), context["as_of"]


def test_staff_see_the_site_as_of_another_moment_until_they_go_back(staff, settings):
    settings.DEMO_NOW = None
    stand_at(staff, "2022-05-14T13:55")
    now, as_of = seen(staff)
    assert now == "2022-05-14T13:55+02:00"
    assert as_of.isoformat() == "2022-05-14T13:55:00+02:00"
    stand_at(staff, "")
    _now, as_of = seen(staff)
    assert as_of is None
    assert staff.get("/sv/").context["clock_is_moved"] is False


def test_moment_of_one_member_of_staff_is_nobody_elses(staff, travel):
    travel("2022-05-12T12:00+02:00")
    stand_at(staff, "2022-05-14T13:55")
    for other in (Client(), Client()):
        assert seen(other) == ("2022-05-12T12:00+02:00", None)
    other.force_login(make_user())
    assert seen(other) == ("2022-05-12T12:00+02:00", None)


def test_who_is_staff_no_more_sees_the_site_as_it_is(staff, travel):
    travel("2022-05-12T12:00+02:00")
    stand_at(staff, "2022-05-14T13:55")
    User.objects.update(is_staff=False)
    assert seen(staff) == ("2022-05-12T12:00+02:00", None)


def test_moment_in_winter_is_read_by_the_swedish_winter_clock(staff):
    stand_at(staff, "2022-01-14 13:00")
    assert seen(staff)[0] == "2022-01-14T13:00+01:00"


def test_page_as_of_another_moment_is_kept_by_nobody(staff):
    stand_at(staff, "2022-05-14T13:55")
    assert staff.get("/sv/").headers["Cache-Control"] == "private, no-store"


def test_other_moment_ends_with_the_request_even_when_it_fails(staff, travel):
    travel("2022-05-12T12:00+02:00")
    stand_at(staff, "2022-05-14T13:55")
    assert staff.get("/sv/drivers/nobody/").status_code == 404
    assert seen(Client())[0] == "2022-05-12T12:00+02:00"
