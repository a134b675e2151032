"""The files of a kit: each document in each format, and one ZIP of everything.

What is in a file follows from the tree of the document and from the site's code alone.
So the tag of a version is known before anything is written, and what was written once
is kept in the cache by it.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.core.cache import cache
from django.utils import timezone

from press.documents import zips
from press.documents.pdf import pdf
from press.documents.text import text
from press.documents.tree import Document
from press.documents.word import word
from press.kits import documents
from press.kits.kit import Kit
from press.listing import listed
from racing import photo_files, state
from racing.models import Photo, Team
from racing.pictures.renditions import renditions

ZIP = "application/zip"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KEPT_FOR = 24 * 60 * 60  # seconds


@dataclass(frozen=True)
class Format:
    """How a document is written, and what kind of file that is."""

    write: Callable[[Document], bytes]
    content_type: str
    has_pictures: bool = True


FORMATS = {
    "txt": Format(text, "text/plain; charset=utf-8", has_pictures=False),
    "docx": Format(word, WORD),
    "pdf": Format(pdf, "application/pdf"),
}


@dataclass(frozen=True)
class File:
    """A document of a kit in one format; it is written when `content` is asked for."""

    kit: Kit
    name: str
    kind: str
    home: Team | None
    etag: str

    @property
    def content_type(self) -> str:
        return FORMATS[self.kind].content_type

    @property
    def file_name(self) -> str:
        """``andreas-backman-biography-60-en.docx``."""
        kit = self.kit
        return f"{kit.owner.slug}-{self.name}-{kit.language}.{self.kind}"

    def content(self) -> bytes:
        key = "press-kit-" + self.etag.strip('"')
        kept = cache.get(key)
        if kept is None:
            kept = self._written()
            cache.set(key, kept, KEPT_FOR)
        return kept

    def _written(self):
        wanted = FORMATS[self.kind]
        picture = _picture(self.kit.portrait) if wanted.has_pictures else None
        tree = documents.document(self.kit, self.name, self.home, picture)
        return wanted.write(tree)


def _picture(portrait: Photo | None) -> bytes | None:
    """The portrait as documents have it, or None where there is no such copy."""
    try:
        return portrait and photo_files.copy(portrait, _picture_name(portrait))
    except FileNotFoundError:
        return None


def _picture_name(portrait):
    """The largest upright copy: 800 pixels print at 400 dpi in the width it has there."""
    return renditions(portrait.width, portrait.height, "portrait", "jpeg")[-1].name


def file_of(kit: Kit, name: str, kind: str, home: Team | None) -> File | None:
    """A document by its name and kind of file (a key of FORMATS), or None."""
    tree = documents.document(kit, name, home)
    if tree is None:
        return None
    portrait = kit.portrait
    picture = portrait and photo_files.etag(portrait, _picture_name(portrait))
    return File(kit, name, kind, home, _etag(tree, kind, picture))


def _etag(*parts: object) -> str:
    told = repr((*parts, state.of_code()))
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


# All of it


@dataclass(frozen=True)
class Archive:
    """The ZIP of a kit: every document in every format, the photos as they came, and a
    list that says what binds who uses them."""

    kit: Kit
    files: list[File]
    photos: list[Photo]
    etag: str

    @property
    def file_name(self) -> str:
        """``andreas-backman-press-kit-en.zip``."""
        return f"{self._folder}.zip"

    @property
    def _folder(self):
        return f"{self.kit.owner.slug}-press-kit-{self.kit.language}"

    def chunks(self) -> Iterator[bytes]:
        """The bytes, made while they are sent: one file at a time is in memory.

        What the database knows is asked for before the first. A photo of which the
        file is lost is not in it.
        """
        there = [one for one in self.photos if one.image.storage.exists(one.image.name)]
        rows = [listed(photo, _path(photo)) for photo in there]
        table, words = zips.manifest(rows, self.kit.language)
        return zips.archive(self._entries(there, table, words))

    def _entries(self, photos, table, words):
        dated = timezone.localtime(self.kit.changed_at)

        def entry(name, chunks):
            return zips.Entry(f"{self._folder}/{name}", dated, chunks)

        yield entry("manifest.txt", partial(iter, [words]))
        yield entry("manifest.csv", partial(iter, [table]))
        for file in self.files:
            yield entry(f"{file.name}.{file.kind}", partial(_whole, file))
        for photo in photos:
            yield entry(_path(photo), partial(photo_files.chunks, photo))


def _whole(file):
    yield file.content()


def _path(photo):
    return f"photos/{photo_files.file_name(photo)}"


def archive_of(kit: Kit, home: Team | None) -> Archive:
    """The ZIP of a kit, of which nothing is written yet."""
    files = [
        file_of(kit, name, kind, home)
        for name in documents.names(kit)
        for kind in FORMATS
    ]
    photos = kit.all_photos
    tags = [photo_files.etag(one, photo_files.file_name(one)) for one in photos]
    etag = _etag(kit.language, [file.etag for file in files], tags)
    return Archive(kit, files, photos, etag)
