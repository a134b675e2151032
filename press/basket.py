"""The basket of the photo room: photos that a reader has put aside to take away.

It is a cookie with their keys, "3.17.4", set by the first choice and gone when the
browser is closed. Whatever it says, only what the media may take away at this moment
is in the basket.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import partial, wraps

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from press.documents import zips
from press.listing import listed
from racing import clock, photo_files
from racing.models import Photo

COOKIE = "basket"
MOST = 100  # photos
LONGEST_KEY = 18  # digits: what every database takes for a key
LONGEST_COOKIE = MOST * (LONGEST_KEY + 1)
KEPT_BY_NOBODY = "private, no-store"


@dataclass(frozen=True)
class Basket:
    """The photos in the order they were chosen, and how many are gone.

    `gone` counts what was chosen and may not be taken away any more.
    """

    photos: list[Photo] = field(default_factory=list)
    gone: int = 0

    @property
    def keys(self) -> list[int]:
        return [photo.pk for photo in self.photos]

    @property
    def bytes(self) -> int:
        """The size of all files."""
        return sum(photo.bytes or 0 for photo in self.photos)

    @property
    def is_full(self) -> bool:
        return len(self.photos) >= MOST


def of(request) -> Basket:
    """The basket that comes with a request: one query where there is a cookie."""
    return filled(chosen(request))


def filled(keys: list[int]) -> Basket:
    """The basket of those of the keys that may be taken away: one query, if any."""
    found = Photo.objects.downloadable().in_bulk(keys) if keys else {}
    photos = [found[key] for key in keys if key in found]
    return Basket(photos, gone=len(keys) - len(photos))


def chosen(request) -> list[int]:
    """The keys in the cookie, each once; what is no key is left."""
    parts = request.COOKIES.get(COOKIE, "")[:LONGEST_COOKIE].split(".")
    keys = dict.fromkeys(key for part in parts if (key := _key(part)) is not None)
    return list(keys)[:MOST]


def changed(keys: Iterable[int], asked: Mapping[str, str]) -> list[int]:
    """The keys once a form's wish is done: `add` or `remove` one of them, or `clear`.

    A wish for what is no key changes nothing.
    """
    if "clear" in asked:
        return []
    added, removed = _key(asked.get("add", "")), _key(asked.get("remove", ""))
    kept = [key for key in keys if key != removed]
    return kept if added is None or added in kept else [*kept, added]


def _key(text):
    is_key = text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY
    return int(text) if is_key else None


def keep(response, basket: Basket, *, secure: bool):
    """Let the reader's browser keep the basket, or forget an empty one."""
    if not basket.photos:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        ".".join(str(key) for key in basket.keys[:MOST]),
        secure=secure,
        httponly=True,
        samesite="Lax",
    )


def personal(view):
    """Let nobody keep a page that shows somebody's basket."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if COOKIE in request.COOKIES:
            response.headers["Cache-Control"] = KEPT_BY_NOBODY
        return response

    return answer


# To take away


def packed(basket: Basket, language: str) -> Iterator[bytes]:
    """The bytes of a ZIP of the photos as they came, with a list of them in front.

    All that the database knows is asked for before the first byte; one file at a time
    is in memory. A photo whose file is lost is left out, and the list says so.
    """
    now = timezone.localtime(clock.now())
    names = {photo: _name(photo) for photo in basket.photos}
    with override(language):
        rows = [_row(photo, name) for photo, name in names.items()]
    table, text = zips.manifest(rows, language)
    lists = {"manifest.csv": table, "manifest.txt": text}
    entries = [
        zips.Entry(name, now, partial(iter, [content]))
        for name, content in lists.items()
    ]
    for photo, name in names.items():
        if name:
            dated = _dated(photo) or now
            entries.append(zips.Entry(name, dated, partial(photo_files.chunks, photo)))
    return zips.archive(entries)


def _name(photo):
    """The name of a photo's file in the archive, or None where it is lost."""
    is_there = photo.image.storage.exists(photo.image.name)
    return photo_files.file_name(photo) if is_there else None


def _row(photo, name):
    return listed(photo, name or _("Missing here: its file is lost on the site."))


def _dated(photo):
    """Midnight of the day it was taken on, by nobody's clock in particular."""
    day = photo.taken_on
    return day and datetime.combine(day, time.min)
