"""Settings from the environment: a wrong one stops the start and says its name."""

import os
import re
import runpy
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from racing import settings as site
from tests.settings import SECRET_KEY

SQLITE = "django.db.backends.sqlite3"
POSTGRES = "django.db.backends.postgresql"


# One reader each


@pytest.mark.parametrize(
    ("reader", "text", "value"),
    [
        *((site.switch, text, True) for text in ("on", "ON", "true", "1", "yes")),
        *((site.switch, text, False) for text in ("off", "False", "0", "no", "")),
        (site.site_url, "https://www.example.com", "https://www.example.com"),
        (site.site_url, "https://www.example.com/", "https://www.example.com"),
        (site.site_url, "http://127.0.0.1:8123", "http://127.0.0.1:8123"),
        (site.site_url, "http://[::1]:8123", "http://[::1]:8123"),
        (site.secret, "k" * 50, "k" * 50),
        (site.contact, "mailto:a@example.com", "mailto:a@example.com"),
        (site.contact, "https://example.com/", "https://example.com/"),
        (site.contact, "tel:+46701234567", "tel:+46701234567"),
        (site.hosts, "a.example.com", ["a.example.com"]),
        (
            site.hosts,
            " a.example.com , b.example.com,",
            ["a.example.com", "b.example.com"],
        ),
        (site.moment, "", None),
        (
            site.moment,
            "2022-05-12T12:00+02:00",
            datetime(2022, 5, 12, 10, 0, tzinfo=UTC),
        ),
        (site.time_zone, "Europe/Stockholm", "Europe/Stockholm"),
        (site.folder, "/srv/site/media", Path("/srv/site/media")),
        (site.count, "0", 0),
        (site.count, "2", 2),
    ],
)
def test_right_value_is_read(reader, text, value):
    assert reader(text) == value


@pytest.mark.parametrize(
    ("reader", "text", "problem"),
    [
        (site.switch, "maybe", "'maybe' is neither on nor off"),
        (site.site_url, "", "'' is not an http or https address"),
        (site.site_url, "example.com", "'example.com' is not an http or https address"),
        (
            site.site_url,
            "ftp://example.com",
            "'ftp://example.com' is not an http or https address",
        ),
        (site.site_url, "https://", "'https://' is not an http or https address"),
        (
            site.site_url,
            "https://exam ple.com",
            "'https://exam ple.com' is not an http or https address",
        ),
        (
            site.site_url,
            "https://example.com:port",
            "Port could not be cast to integer value as 'port'",
        ),
        *(
            (site.site_url, text, f"{text!r} has more than a scheme and a host")
            for text in (
                "https://example.com/sv/",
                "https://example.com?a=b",
                "https://example.com/#top",
                "https://anna@example.com",
            )
        ),
        (site.secret, "k" * 49, "it needs at least 50 characters"),
        (
            site.contact,
            "security@example.com",
            "'security@example.com' is no mailto:, https: or tel: address",
        ),
        (site.hosts, " , ", "it names no host"),
        (site.database, "", "'' is neither sqlite nor postgres"),
        (site.database, "mysql://host/name", "'mysql' is neither sqlite nor postgres"),
        (site.database, "postgres://host/", "it names no database"),
        (site.cache, "", "'' is not a cache address"),
        (site.cache, "memory://", "Invalid cache schema memory"),
        (site.email, "post://", "Invalid email schema post"),
        (site.moment, "yesterday", "Invalid isoformat string: 'yesterday'"),
        (
            site.moment,
            "2022-05-12T12:00",
            "'2022-05-12T12:00' has no offset such as +02:00",
        ),
        *(
            (site.time_zone, text, f"{text!r} is no time zone")
            for text in ("", "Mars/Olympus", "Europe", "../zone")
        ),
        (site.folder, " ", "it names no folder"),
        *(
            (site.count, text, f"{text!r} is no whole number")
            for text in ("", "-1", "two", "1.5")
        ),
    ],
)
@pytest.mark.filterwarnings("ignore:Engine not recognized")
def test_wrong_value_is_refused_in_words(reader, text, problem):
    with pytest.raises((ValueError, ImproperlyConfigured)) as refusal:
        reader(text)
    assert str(refusal.value) == problem


@pytest.mark.parametrize(
    ("url", "engine", "name"),
    [
        ("sqlite:////srv/site/db.sqlite3", SQLITE, "/srv/site/db.sqlite3"),
        ("postgres://anna:secret@host:5432/pitboard", POSTGRES, "pitboard"),
        ("postgresql:///pitboard", POSTGRES, "pitboard"),
    ],
)
def test_database_is_sqlite_or_postgresql(url, engine, name):
    config = site.database(url)
    assert (config["ENGINE"], config["NAME"]) == (engine, name)


def test_wrong_database_keeps_its_password_to_itself():
    with pytest.raises(ValueError, match="'mysql' is neither sqlite nor postgres"):
        site.database("mysql://anna:secret@host/name")


def test_cache_and_mail_server_are_read_from_their_addresses():
    assert site.cache("locmemcache://")["BACKEND"] == (
        "django.core.cache.backends.locmem.LocMemCache"
    )
    server = site.email("smtp+tls://anna:secret@mail.example.com:587")
    assert (server["EMAIL_HOST"], server["EMAIL_PORT"], server["EMAIL_USE_TLS"]) == (
        "mail.example.com",
        587,
        True,
    )


# One variable


def test_variable_is_read_from_the_environment(monkeypatch):
    monkeypatch.setenv("COLOUR", "on")
    assert site.read("COLOUR", site.switch, "on", default="off") is True


def test_missing_variable_has_its_default(monkeypatch):
    monkeypatch.delenv("COLOUR", raising=False)
    assert site.read("COLOUR", site.switch, "on", default="off") is False


def test_missing_variable_without_a_default_is_named(monkeypatch):
    monkeypatch.delenv("COLOUR", raising=False)
    with pytest.raises(ImproperlyConfigured) as refusal:
        site.read("COLOUR", site.switch, "on")
    assert str(refusal.value) == (
        "The environment variable COLOUR is missing. Example: COLOUR=on"
    )


def test_wrong_variable_is_named_with_what_is_wrong(monkeypatch):
    monkeypatch.setenv("COLOUR", "red")
    with pytest.raises(ImproperlyConfigured) as refusal:
        site.read("COLOUR", site.switch, "on")
    assert str(refusal.value) == (
        "The environment variable COLOUR is wrong: 'red' is neither on nor off. "
        "Example: COLOUR=on"
    )


# All variables


def load(monkeypatch, **variables):
    """The settings that an environment of these variables and no others gives."""
    for name in WRONG:
        monkeypatch.delenv(name, raising=False)
    for name, value in (KNOWN | variables).items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(site.__file__)


KNOWN = {"SECRET_KEY": SECRET_KEY, "SITE_URL": "https://www.example.com"}
WRONG = {
    "DEBUG": "perhaps",
    "SECRET_KEY": "short",
    "SITE_URL": "www.example.com",
    "ALLOWED_HOSTS": ",",
    "DEMO_NOW": "tomorrow",
    "SECURITY_CONTACT": "anna",
    "DATABASE_URL": "oracle://host/name",
    "CACHE_URL": "memory://",
    "EMAIL_URL": "post://",
    "PROXY_COUNT": "many",
    "TIME_ZONE": "Mars/Olympus",
    "STATIC_ROOT": "",
    "MEDIA_ROOT": "",
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.filterwarnings("ignore:Engine not recognized")
def test_wrong_value_of_any_variable_stops_the_start(name, monkeypatch):
    with pytest.raises(ImproperlyConfigured) as refusal:
        load(monkeypatch, **{name: WRONG[name]})
    assert str(refusal.value).startswith(f"The environment variable {name} is wrong: ")
    assert f" Example: {name}=" in str(refusal.value)


def test_every_variable_that_is_read_is_tested_here():
    source = Path(site.__file__).read_text()
    assert set(re.findall(r'read\(\s*"([A-Z_]+)"', source)) == set(WRONG)


@pytest.mark.parametrize("name", ["SECRET_KEY", "SITE_URL"])
def test_missing_variable_without_a_default_stops_the_start(name, monkeypatch):
    monkeypatch.delitem(KNOWN, name)
    with pytest.raises(ImproperlyConfigured) as refusal:
        load(monkeypatch)
    assert str(refusal.value).startswith(
        f"The environment variable {name} is missing. Example: {name}="
    )


def test_sqlite_waits_for_its_turn_and_postgresql_keeps_its_connection(monkeypatch):
    sqlite = load(monkeypatch)["DATABASES"]["default"]
    postgresql = load(monkeypatch, DATABASE_URL="postgres://host/name")["DATABASES"][
        "default"
    ]
    assert sqlite["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert (postgresql["CONN_MAX_AGE"], postgresql["CONN_HEALTH_CHECKS"]) == (60, True)


# The start itself

PRINT = """
import django
from django.conf import settings
django.setup()
for name in {names!r}:
    print(repr(getattr(settings, name)))
"""


def start(*names, **variables):
    """Start the site in a process of its own and print some of its settings."""
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", PRINT.format(names=names)],
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "racing.settings",
            **variables,
        },
        cwd=site.BASE_DIR,
        capture_output=True,
        check=False,
        text=True,
    )


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        (
            {"SITE_URL": "https://www.example.com"},
            "The environment variable SECRET_KEY is missing. "
            "Example: SECRET_KEY=fifty-random-characters",
        ),
        (
            KNOWN | {"DEMO_NOW": "2022-05-12T12:00"},
            "The environment variable DEMO_NOW is wrong: '2022-05-12T12:00' has no "
            "offset such as +02:00. Example: DEMO_NOW=2022-05-12T12:00+02:00",
        ),
    ],
)
def test_site_does_not_start_half_configured(variables, sentence):
    process = start(**variables)
    assert process.returncode != 0
    assert process.stderr.strip().endswith(sentence)


def test_site_starts_with_two_variables_and_safe_defaults():
    names = (
        "DEBUG",
        "ALLOWED_HOSTS",
        "SECURITY_CONTACT",
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "DEMO_NOW",
        "TIME_ZONE",
    )
    process = start(*names, **KNOWN)
    assert process.stderr == ""
    assert process.stdout.splitlines() == [
        "False",
        "['www.example.com']",
        "'mailto:security@www.example.com'",
        "True",
        "True",
        "True",
        "None",
        "'Europe/Stockholm'",
    ]


def test_demonstration_without_encryption_keeps_its_cookies():
    names = ("DEMO_NOW", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE")
    process = start(
        *names,
        SECRET_KEY=SECRET_KEY,
        SITE_URL="http://127.0.0.1:8000",
        DEMO_NOW="2022-05-12T12:00+02:00",
    )
    zone = timedelta(seconds=7200)
    assert process.stdout.splitlines() == [
        f"datetime.datetime(2022, 5, 12, 12, 0, tzinfo=datetime.timezone({zone!r}))",
        "False",
        "False",
    ]
