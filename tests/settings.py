"""The site's settings with the values that tests need."""

import os

# Whatever the shell says: only the database may be another one.
for name in ("DEBUG", "DEMO_NOW", "CACHE_URL", "EMAIL_URL", "TIME_ZONE"):
    os.environ.pop(name, None)
os.environ["SECRET_KEY"] = "a key of fifty characters that guards only the tests"
os.environ["SITE_URL"] = "http://testserver"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"

from racing.settings import *  # noqa: E402, F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Whitenoise would look for collected files that tests do not have.
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # In a file, as the site's own. To one in memory all threads of a server have the
    # same connection: the one that calls a function of Python inside a query and the
    # one that waits for the connection can wait for each other for ever.
    (BASE_DIR / "var").mkdir(exist_ok=True)  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": BASE_DIR / "var" / "test.sqlite3"}  # noqa: F405
