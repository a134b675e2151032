"""What machines ask the site for, and the pages of errors: racing.service."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, connection
from django.test import Client, RequestFactory
from django.views.defaults import permission_denied

from tests.factories import (
    make_driver,
    make_home_team,
    make_staff,
    make_user,
)

db = pytest.mark.django_db


# The front door


@db
@pytest.mark.parametrize(
    ("accepted", "home"),
    [
        (None, "/sv/"),
        ("sv", "/sv/"),
        ("sv-FI,sv;q=0.9,en;q=0.8", "/sv/"),
        ("en", "/en/"),
        ("en-GB,en;q=0.9", "/en/"),
        ("de,en;q=0.5", "/en/"),
        ("de", "/sv/"),
        ("*", "/sv/"),
        ("x" * 1000, "/sv/"),
    ],
)
def test_front_door_leads_to_the_language_of_the_browser(accepted, home, client):
    headers = {"accept-language": accepted} if accepted else {}
    response = client.get("/", headers=headers)
    assert (response.status_code, response.headers["Location"]) == (302, home)
    assert response.headers["Vary"] == "Accept-Language, Cookie"


@db
def test_address_without_a_language_leads_to_the_one_with(client):
    response = client.get("/drivers/", headers={"accept-language": "en"})
    assert (response.status_code, response.headers["Location"]) == (
        302,
        "/en/drivers/",
    )


# The site as of another moment


@db
def test_stranger_who_asks_for_another_moment_is_led_to_the_login(client):
    response = client.post("/as-of/", {"moment": "2022-05-14T13:55"})
    assert (response.status_code, response.headers["Location"]) == (
        302,
        "/admin/login/?next=/as-of/",
    )


@db
def test_user_who_is_no_staff_cannot_choose_a_moment(client):
    client.force_login(make_user())
    response = client.post("/as-of/", {"moment": "2022-05-14T13:55"})
    assert response.headers["Location"] == "/admin/login/?next=/as-of/"
    assert "as_of" not in client.session


@db
def test_moment_is_not_chosen_by_a_link(client):
    client.force_login(make_staff())
    assert client.get("/as-of/?moment=2022-05-14T13:55").status_code == 405


@db
@pytest.mark.parametrize(
    ("back", "led_to"),
    [
        ("/en/drivers/?a=b", "/en/drivers/?a=b"),
        ("http://testserver/en/drivers/", "http://testserver/en/drivers/"),
        ("", "/sv/"),
        ("https://evil.example/", "/sv/"),
        ("//evil.example/", "/sv/"),
        ("/\\evil.example/", "/sv/"),
        ("javascript:alert(1)", "/sv/"),
    ],
)
def test_who_chose_a_moment_comes_back_to_this_site_alone(back, led_to, client):
    client.force_login(make_staff())
    response = client.post("/as-of/", {"moment": "2022-05-14T13:55", "next": back})
    assert (response.status_code, response.headers["Location"]) == (302, led_to)


@db
@pytest.mark.parametrize(
    "moment",
    [
        "tomorrow",
        "2022-13-45T99:99",
        "0001-01-01T00:00",
        "9999-12-31T23:59",
        "2022-03-27T02:30",  # the hour that the clocks jump over
        "\x00",
        "9" * 1000,
    ],
)
def test_moment_that_is_none_is_not_chosen(moment, client):
    client.force_login(make_staff())
    response = client.post("/as-of/", {"moment": moment})
    assert response.status_code == 302
    assert "as_of" not in client.session
    assert client.get("/sv/").status_code == 200


@db
def test_staff_read_why_a_moment_is_not_chosen(client):
    client.force_login(make_staff())
    english = {"accept-language": "en"}
    client.post("/as-of/", {"moment": "tomorrow", "next": "/en/"}, headers=english)
    sentence = "Write the moment as a date and a time."
    assert sentence in client.get("/en/").text
    assert sentence not in client.get("/en/").text


@db
@pytest.mark.parametrize("moment", ["1894-01-02T00:00", "2200-12-31T00:00"])
def test_every_page_renders_at_the_ends_of_time(moment, client):
    client.force_login(make_staff())
    client.post("/as-of/", {"moment": moment})
    assert client.session["as_of"].startswith(moment)
    for path in ("/sv/", "/sv/drivers/", "/sv/events/"):
        assert client.get(path).status_code == 200


# Colours


@db
def test_theme_has_the_colour_of_the_home_team(client):
    make_home_team(colour="#d3121b")
    response = client.get("/theme.css")
    assert response.headers["Content-Type"] == "text/css"
    assert "--accent: #d3121b;" in response.text


@db
@pytest.mark.parametrize("colour", [None, ""])
def test_theme_has_a_colour_without_a_home_team_or_its_colour(colour, client):
    if colour is not None:
        make_home_team(colour=colour)
    assert "--accent: #d3121b;" in client.get("/theme.css").text


# For machines


@db
def test_robots_may_read_all_but_the_admin(client):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text == (
        "User-agent: *\n"
        "Disallow: /admin/\n"
        "Allow: /\n"
        "Sitemap: http://testserver/sitemap.xml\n"
    )


@db
def test_security_txt_expires_in_the_future_of_the_machine(client, settings):
    settings.DEMO_NOW = datetime(2022, 5, 12, 10, 0, tzinfo=UTC)
    with time_machine.travel(datetime(2026, 1, 1, 13, 14, tzinfo=UTC), tick=False):
        response = client.get("/.well-known/security.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text == (
        "Contact: mailto:security@testserver\n"
        "Expires: 2026-07-02T00:00:00Z\n"
        "Preferred-Languages: sv, en\n"
        "Canonical: http://testserver/.well-known/security.txt\n"
    )


@db
def test_healthy_site_says_so_and_nothing_else(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response.headers["Cache-Control"] == "no-store"


@db
@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_site_whose_database_is_down_says_so_and_nothing_else(error, client):
    def fail(execute, sql, params, many, context):
        raise error("could not connect to server db-1 as user pitboard")

    with connection.execute_wrapper(fail):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (503, {"status": "unavailable"})


SERVICES = ["/theme.css", "/robots.txt", "/.well-known/security.txt", "/healthz"]


@db
@pytest.mark.parametrize("path", SERVICES)
def test_service_answers_who_asks_for_the_head_alone(path, client):
    response = client.head(path)
    assert (response.status_code, response.content) == (200, b"")


@db
@pytest.mark.parametrize("path", [*SERVICES, "/media/photos/a.jpg"])
def test_service_takes_no_forms(path, client):
    assert client.post(path).status_code == 405


# Errors


@db
@pytest.mark.parametrize(
    ("path", "language", "queries"),
    [
        ("/sv/drivers/nobody/", "sv", 2),
        ("/en/nothing/at/all/", "en", 1),
        ("/nothing/", "sv", 1),
    ],
)
def test_page_that_is_not_there_is_said_to_be_so_in_the_sites_look(
    path, language, queries, client, django_assert_num_queries
):
    team = make_home_team()
    with django_assert_num_queries(queries):
        response = client.get(path)
    assert response.status_code == 404
    assert f'<html lang="{language}">' in response.text
    assert team.name in response.text


@db
def test_page_that_is_not_there_leads_to_no_other_host(client):
    response = client.get("/", PATH_INFO="//evil.example/sv/drivers/")
    assert response.status_code == 404
    assert "evil.example" not in response.text
    assert response.context["language_urls"] == {
        "sv": "http://testserver/sv/",
        "en": "http://testserver/en/",
    }


@db
def test_form_without_its_token_is_refused_in_the_sites_look():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_staff())
    team = make_home_team()
    response = client.post("/as-of/", {"moment": "2022-05-14T13:55"})
    assert response.status_code == 403
    assert response.context["csrf"] is True
    assert team.name in response.text


@db
def test_forbidden_page_is_said_to_be_so_in_the_sites_look():
    team = make_home_team()
    response = permission_denied(RequestFactory().get("/sv/"), PermissionDenied())
    assert response.status_code == 403
    assert team.name in response.text


def test_bad_request_needs_no_database(client):
    response = client.get("/sv/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "<h1>" in response.text
    assert "evil.example" not in response.text


def test_page_that_fails_needs_no_database():
    """Without its mark a test has no database: every question to it raises."""
    client = Client(raise_request_exception=False)
    for path in ("/sv/", "/en/drivers/", "/sitemap.xml", "/sv/drivers/andreas/"):
        response = client.get(path)
        assert response.status_code == 500
        assert "<h1>" in response.text
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "Content-Security-Policy" in response.headers


@db
def test_page_that_fails_halfway_asks_the_database_nothing_more(
    django_assert_num_queries,
):
    make_driver()
    client = Client(raise_request_exception=False)

    def fail(execute, sql, params, many, context):
        raise OperationalError("the connection is lost")

    with django_assert_num_queries(1), connection.execute_wrapper(fail):
        response = client.get("/sv/drivers/")
    assert response.status_code == 500
    assert "connection is lost" not in response.text


def test_page_asked_for_over_https_names_itself_with_https(client, db):
    page = client.get("/sv/", secure=True).content.decode()
    assert '<link rel="canonical" href="https://testserver/sv/">' in page
    assert "http://testserver" not in page
