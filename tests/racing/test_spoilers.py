"""The switch that hides results, and the cookie that keeps it: racing.spoilers."""

import pytest
from django.test import Client

from racing import spoilers

db = pytest.mark.django_db


def choose(client, choice, back="/en/drivers/", **extra):
    return client.post("/spoilers/", {"results": choice, "next": back}, **extra)


@db
def test_reader_hides_results_and_sees_them_again(client):
    assert "Hide results of the last 48 hours" in client.get("/en/").text
    assert not client.cookies
    response = choose(client, "hidden")
    assert (response.status_code, response.headers["Location"]) == (302, "/en/drivers/")
    assert response.headers["Cache-Control"] == "no-store"
    assert "Show results again" in client.get("/en/drivers/nobody/").text
    cookie = dict(client.cookies["results"])
    assert cookie.pop("expires")
    assert {name: value for name, value in cookie.items() if value} == {
        "max-age": 31_536_000,
        "path": "/",
        "samesite": "Lax",
        "httponly": True,
    }
    response = choose(client, "shown")
    assert response.cookies["results"]["max-age"] == 0
    assert response.cookies["results"].value == ""
    assert "Hide results of the last 48 hours" in client.get("/en/").text


def test_choice_is_sent_over_https_alone_where_it_was_made_so(client):
    assert choose(client, "hidden", secure=True).cookies["results"]["secure"]


def test_choice_needs_no_token_and_no_address_is_changed_by_reading():
    strict = Client(enforce_csrf_checks=True)
    assert choose(strict, "hidden").status_code == 302
    assert strict.get("/spoilers/?results=hidden").status_code == 405


@pytest.mark.parametrize(
    ("back", "led_to"),
    [
        ("/en/drivers/?a=b&c=", "/en/drivers/?a=b&c="),
        ("http://testserver/en/", "http://testserver/en/"),
        ("/en/?show=results", "/en/"),
        ("/en/?a=%C3%A5&show=results&show=all", "/en/?a=%C3%A5&show=all"),
        ("", "/sv/"),
        ("https://evil.example/?show=results", "/sv/"),
        ("//evil.example/", "/sv/"),
        ("///evil.example/?show=results", "/sv/"),
        ("/\\evil.example/", "/sv/"),
        ("javascript:alert(1)", "/sv/"),
        ("http://[", "/sv/"),
    ],
)
def test_who_chose_comes_back_to_this_site_alone(back, led_to, client):
    assert choose(client, "hidden", back).headers["Location"] == led_to


@pytest.mark.parametrize("choice", ["", "Hidden", "shown", "x" * 9999])
def test_other_cookies_hide_nothing(choice, rf):
    rf.cookies[spoilers.COOKIE] = choice
    assert not spoilers.are_hidden_from(rf.get("/sv/"))


@pytest.mark.parametrize(
    ("path", "hides"),
    [
        ("/sv/", True),
        ("/en/events/x/", True),
        ("/en/events/x/?show=all", True),
        ("/en/events/x/?show=results", False),
        ("/admin/", False),
        ("/sitemap.xml", False),
        ("/embed/sv/events/x/", False),
        ("/english/", False),
    ],
)
def test_choice_holds_for_what_people_read(path, hides, rf):
    rf.cookies[spoilers.COOKIE] = spoilers.HIDDEN
    assert spoilers.are_hidden_from(rf.get(path)) is hides
