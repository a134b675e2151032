"""Every setting of the site, read from the environment and nowhere else.

A missing or wrong value stops the start with one sentence that names it, so
that a site is never half configured. CONTRIBUTING.md lists the variables.
"""

import os
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent


def read(name, cast, example, default=None):
    """Read one variable; refuse a missing or wrong one in a sentence."""
    text = os.environ.get(name, default)
    if text is None:
        problem = f"The environment variable {name} is missing."
    else:
        try:
            return cast(text)
        except (ValueError, LookupError, ImproperlyConfigured) as error:
            problem = f"The environment variable {name} is wrong: {error}."
    raise ImproperlyConfigured(f"{problem} Example: {name}={example}")


def switch(text):
    """'on' or 'off' and their usual spellings as a bool."""
    spellings = {"on": True, "true": True, "1": True, "yes": True}
    spellings |= {"off": False, "false": False, "0": False, "no": False, "": False}
    if text.lower() not in spellings:
        raise ValueError(f"{text!r} is neither on nor off")
    return spellings[text.lower()]


def site_url(text):
    """The site's public address: scheme and host, no path."""
    parts = urlsplit(text)
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.port == 0  # asking is what refuses a port that is no number
        or len(text.split()) != 1
    ):
        raise ValueError(f"{text!r} is not an http or https address")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError(f"{text!r} has more than a scheme and a host")
    return f"{parts.scheme}://{parts.netloc}"


def secret(text):
    """A key long enough to sign sessions with."""
    if len(text) < 50:
        raise ValueError("it needs at least 50 characters")
    return text


def contact(text):
    """Where to report a hole in the site: an address of mail or of a page."""
    if not text.startswith(("mailto:", "https://", "tel:")):
        raise ValueError(f"{text!r} is no mailto:, https: or tel: address")
    return text


def hosts(text):
    """A comma-separated list of at least one host."""
    found = [host.strip() for host in text.split(",") if host.strip()]
    if not found:
        raise ValueError("it names no host")
    return found


def database(text):
    """A database address such as sqlite:////srv/site/db.sqlite3."""
    config = environ.Env.db_url_config(text)
    if config.get("ENGINE") not in (
        "django.db.backends.sqlite3",
        "django.db.backends.postgresql",
    ):
        raise ValueError(f"{text.split(':')[0]!r} is neither sqlite nor postgres")
    if not config.get("NAME"):
        raise ValueError("it names no database")
    return config


def cache(text):
    """A cache address such as locmemcache:// or rediscache://host:6379/0."""
    config = environ.Env.cache_url_config(text)
    if not config.get("BACKEND"):
        raise ValueError(f"{text!r} is not a cache address")
    return config


def email(text):
    """An e-mail address of a server such as smtp+tls://user:pass@host:587."""
    config = environ.Env.email_url_config(text)
    if not config.get("EMAIL_BACKEND"):
        raise ValueError(f"{text!r} is not a mail server address")
    return config


def moment(text):
    """An ISO 8601 moment with its offset, or None where nothing is given."""
    if not text:
        return None
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError(f"{text!r} has no offset such as +02:00")
    return value


def time_zone(text):
    """The name of an IANA time zone."""
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{text!r} is no time zone") from None


def folder(text):
    """A folder of files."""
    if not str(text).strip():
        raise ValueError("it names no folder")
    return Path(text)


def count(text):
    """A whole number, 0 or more."""
    if not text.isascii() or not text.isdigit():
        raise ValueError(f"{text!r} is no whole number")
    return int(text)


DEBUG = read("DEBUG", switch, "off", default="off")
SECRET_KEY = read("SECRET_KEY", secret, "fifty-random-characters")
SITE_URL = read("SITE_URL", site_url, "https://www.example.com")
ALLOWED_HOSTS = read(
    "ALLOWED_HOSTS", hosts, "www.example.com", default=urlsplit(SITE_URL).hostname
)
# The site's own clock stands still at this moment: for demonstrations only.
DEMO_NOW = read("DEMO_NOW", moment, "2022-05-12T12:00+02:00", default="")
SECURITY_CONTACT = read(
    "SECURITY_CONTACT",
    contact,
    "mailto:security@example.com",
    default=f"mailto:security@{urlsplit(SITE_URL).hostname}",
)

INSTALLED_APPS = [
    "racing.apps.RacingConfig",
    "drivers.apps.DriversConfig",
    "events.apps.EventsConfig",
    "press.apps.PressConfig",
    "racing.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "axes",
    "django_countries",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "racing.middleware.content_security_policy",
    "racing.middleware.Compress",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "racing.middleware.refuse_null_bytes",
    "django.middleware.http.ConditionalGetMiddleware",
    "racing.middleware.cache_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "racing.middleware.as_of",
    "racing.middleware.hide_results",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "racing.urls"
WSGI_APPLICATION = "racing.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "racing.context.site",
            ],
        },
    },
]

DATABASES = {
    "default": read(
        "DATABASE_URL",
        database,
        "postgres://user:password@host:5432/pitboard",
        default=f"sqlite:///{BASE_DIR / 'var' / 'db.sqlite3'}",
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Readers do not wait for the writer, a writer takes its lock at once and
    # waits for its turn instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": read(
        "CACHE_URL", cache, "rediscache://127.0.0.1:6379/0", default="locmemcache://"
    )
}
vars().update(
    read(
        "EMAIL_URL",
        email,
        "smtp+tls://user:password@mail.example.com:587",
        default="consolemail://",
    )
)

AUTH_USER_MODEL = "racing.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
CSRF_FAILURE_VIEW = "racing.service.csrf_failure"
# Five wrong passwords close the door for this user name from this address for
# a quarter of an hour. Behind a proxy every visitor has the proxy's address.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_COOLOFF_MESSAGE = _(
    "Too many attempts to log in. Try again in a quarter of an hour."
)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_IPWARE_PROXY_COUNT = read("PROXY_COUNT", count, "1", default="0") or None

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "racing" / "locale"]
USE_I18N = True
# As the sports pages write them.
COUNTRIES_OVERRIDE = {
    "AL": _("Albania"),
    "AU": _("Australia"),
    "BR": _("Brazil"),
    "CA": _("Canada"),
    "CU": _("Cuba"),
    "GE": _("Georgia"),
    "KH": _("Cambodia"),
    "LB": _("Lebanon"),
    "MK": _("North Macedonia"),
    "PH": _("Philippines"),
    "SS": _("South Sudan"),
    "SZ": _("Eswatini"),
    "TD": _("Chad"),
    "US": _("USA"),
}
USE_TZ = True
# Whose clock readers are told beside the circuit's own.
TIME_ZONE = read("TIME_ZONE", time_zone, "Europe/Stockholm", default="Europe/Stockholm")

STATIC_URL = "/static/"
STATIC_ROOT = read(
    "STATIC_ROOT", folder, "/srv/site/static", default=BASE_DIR / "var" / "static"
)
# Where editors fetch an original as it came; readers get photos from /photos/.
MEDIA_URL = "/media/"
MEDIA_ROOT = read(
    "MEDIA_ROOT", folder, "/srv/site/media", default=BASE_DIR / "var" / "media"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
# The weekend's screen holds many rows; a thousand fields is one long weekend.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# Sent with answers over https alone.
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if SITE_URL.startswith("https://"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    # Who watches over the site asks it directly.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"axes": {"level": "WARNING"}},
}
