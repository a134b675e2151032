"""The site's settings with the values that tests need."""

import os

os.environ.setdefault(
    "SECRET_KEY", "a key of fifty characters that guards only the tests"
)
os.environ.setdefault("SITE_URL", "http://testserver")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")

from racing.settings import *  # noqa: F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Whitenoise would look for collected files that tests do not have.
WHITENOISE_AUTOREFRESH = True
