"""The copies that are made of photos: developed once, kept beside the originals.

A photo is developed when its copies exist, made of its present picture and focal
point. One that an editor saves is developed at once; many, one after another, by one
thread of the process, off the request. What nobody came to, because a server stopped
or another program stored it, `manage.py develop_photos` does.
"""

import logging
import threading
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connections
from django.db.models import Q

from racing import clock
from racing.models import Photo
from racing.pictures import renditions

FOLDER = "renditions"
LONGEST = timedelta(minutes=3)  # to develop one photo, on the slowest machine

log = logging.getLogger(__name__)


def path(photo: Photo, name: str) -> str:
    """Where a copy is stored: one of `renditions.names`."""
    return f"{FOLDER}/{photo.developed}/{name}"


def develop(photo: Photo):
    """Make the copies of a photo that lacks them, and delete those it had.

    Raises OSError or ValueError for a file that is lost or cannot be read.
    """
    _measure(photo)
    if photo.developed == photo.wanted:
        return
    old, new = photo.developed, photo.wanted
    with photo.image.storage.open(photo.image.name) as file:
        focus = float(photo.focal_x), float(photo.focal_y)
        for name, content in renditions.make(file, *focus):
            _store(f"{FOLDER}/{new}/{name}", content)
    # Meanwhile somebody may have moved the focal point: then this is not the last time.
    Photo.objects.filter(pk=photo.pk, content_hash=photo.content_hash).update(
        developed=new, in_darkroom_until=None
    )
    photo.developed = new
    if old:
        clear(old)


def _measure(photo):
    """Fill in what is not known of a photo that was stored before this was asked."""
    if photo.content_hash:
        return
    photo.measure_stored()
    if photo.twin():
        raise ValueError(f"Its picture is the same as that of photo {photo.twin().pk}.")
    names = ("width", "height", "bytes", "content_hash")
    Photo.objects.filter(pk=photo.pk).update(
        **{name: getattr(photo, name) for name in names}
    )


def _store(place, content):
    default_storage.delete(place)
    default_storage.save(place, ContentFile(content))


def clear(developed: str):
    """Delete the copies that were made of one picture and focal point."""
    folder = f"{FOLDER}/{developed}"
    try:
        _folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        default_storage.delete(f"{folder}/{name}")
    default_storage.delete(folder)


def remove(photo: Photo):
    """Delete every file of a photo that is no more."""
    if photo.developed:
        clear(photo.developed)
    photo.image.storage.delete(photo.image.name)


# What is left to do


def waiting() -> list[int]:
    """Keys of the photos whose copies are missing or old, those that came first first."""
    fields = ("pk", "content_hash", "focal_x", "focal_y", "developed")
    photos = Photo.objects.order_by("pk").only(*fields)
    return [photo.pk for photo in photos if photo.developed != photo.wanted]


def develop_waiting() -> dict[int, Exception | None]:
    """Develop what is waiting and nobody else is developing, one after the other.

    Returns what went wrong with each photo, or None, by its key. One query more for
    each photo claims it, so that two processes do not make the same copies.
    """
    done = {}
    while left := [key for key in waiting() if key not in done]:
        for key in left:
            done[key] = _develop_one(key) if _claim(key) else None
    return done


def _claim(key):
    """Whether this process is the one to develop a photo, for some minutes."""
    now = clock.machine_now()
    free = Q(in_darkroom_until=None) | Q(in_darkroom_until__lt=now)
    mine = Photo.objects.filter(free, pk=key)
    return bool(mine.update(in_darkroom_until=now + LONGEST))


def _develop_one(key):
    """Develop a photo; a file that cannot be read must not keep the others waiting."""
    photo = Photo.objects.filter(pk=key).first()
    try:
        if photo:
            develop(photo)
    except (OSError, ValueError) as error:
        log.error("Photo %s cannot be developed: %s", key, error)
        return error
    return None


# Off the request


class Worker:
    """The one thread of a process that develops, while there is something to do."""

    def __init__(self):
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_asked = False

    def ask(self):
        """Develop what is waiting now, beside the requests that the process answers."""
        with self._lock:
            self._is_asked = True
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._work, name="darkroom", daemon=True
                )
                self._thread.start()

    def wait(self, seconds: float = 60):
        """Wait until there is nothing left to do."""
        if thread := self._thread:
            thread.join(seconds)

    def _work(self):
        try:
            while self._goes_on():
                develop_waiting()
        finally:
            self._thread = None
            connections.close_all()

    def _goes_on(self):
        """Whether somebody asked since it last looked; if not, it is over."""
        with self._lock:
            asked, self._is_asked = self._is_asked, False
            if not asked:
                self._thread = None
            return asked


worker = Worker()
