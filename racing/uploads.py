"""What may be uploaded as a photo, decided by cheap checks before a pixel is decoded."""

import codecs
import io
import re
import struct
import zlib
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image

from racing.pictures import splicing, stowaways
from racing.pictures.containers import kinds

MAX_BYTES = 30 * 1024 * 1024
MAX_PIXELS = 60_000_000
HEIC = "HEIC"
SUFFIXES = {
    "JPEG": {".jpg", ".jpeg"},
    "PNG": {".png"},
    "WEBP": {".webp"},
    "AVIF": {".avif"},
    HEIC: {".heic", ".heif"},
}
NAMES = {"WEBP": "WebP"}
# What Pillow and the libraries under it raise for a picture that is broken.
BROKEN = (
    *(OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError),
    *(ArithmeticError, RuntimeError, MemoryError, struct.error, zlib.error),
)

_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_TAG = re.compile(rb"<(?:\w+:)?(\w+)")
_PAGES = {
    b"html",
    b"head",
    b"body",
    b"script",
    b"title",
    b"meta",
    b"iframe",
    b"div",
    b"p",
}
_START = 4096  # bytes in which a drawing or a page shows what it is


def validate_photo(file):
    """Refuse what is no photo, is too large, is broken or hides another file, in words.

    Kind, size and what lies beside the pixels are looked at before anything is unpacked:
    a decompression bomb never is. What passes is decoded once, at a low resolution where
    its kind allows, to see that it is whole. The file stands at its start afterwards.
    """
    try:
        if file.size > MAX_BYTES:
            raise ValidationError(_("The file is larger than 30 MB."))
        with _opened(file) as opened:
            data = _bytes(opened)
    except (OSError, ValueError) as error:
        raise ValidationError(_unreadable()) from error
    kind = _kind(data)
    try:
        contents = kinds.read(data)
    except ValueError as error:
        raise ValidationError(_unreadable()) from error
    if contents.size[0] * contents.size[1] > MAX_PIXELS:
        raise ValidationError(_("The image has more than 60 megapixels."))
    _check_name(file.name, kind)
    if contents.is_animated:
        raise ValidationError(
            _("The image is animated. Upload a single picture instead.")
        )
    if not all(contents.size) or not contents.is_whole:
        raise ValidationError(_damaged())
    if stowaway := stowaways.found(data, contents):
        raise ValidationError(_stowed(stowaway))
    _decode(data, kind)


@contextmanager
def _opened(file):
    """An upload as it is; what is stored already, opened for the block alone."""
    if getattr(file, "_committed", False):
        with file.storage.open(file.name) as stored:
            yield stored
    else:
        yield file


def _bytes(file):
    """All of the file, which stands at its start before and after."""
    file.seek(0)
    try:
        return file.read(MAX_BYTES + 1)
    finally:
        file.seek(0)


def _kind(data):
    """The kind of picture by its first bytes. Raises ValidationError for the rest."""
    kind = kinds.kind_of(data)
    if kind == HEIC and not reads_heic():
        raise ValidationError(
            _("HEIC images cannot be read here. Export the photo as a JPEG instead.")
        )
    if kind is not None:
        return kind
    tag = _first_tag(data)
    if tag == b"svg":
        raise ValidationError(_("Drawings in SVG are not taken as photos."))
    if tag in _PAGES:
        raise ValidationError(_("The file is a web page, not a photo."))
    raise ValidationError(_unreadable())


def _first_tag(data):
    """The name of the first element of what may be XML or HTML, in lower case."""
    start = _COMMENT.sub(b"", data[:_START].removeprefix(codecs.BOM_UTF8)).lstrip()
    tag = _TAG.search(start) if start.startswith(b"<") else None
    return tag[1].lower() if tag else b""


def reads_heic() -> bool:
    """Whether the Pillow that is installed opens HEIC files."""
    return Image.registered_extensions().get(".heic") in Image.OPEN


def _check_name(name, kind):
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES[kind]:
        raise ValidationError(
            _("The file is a %(kind)s image, but its name ends in “%(suffix)s”.")
            % {"kind": NAMES.get(kind, kind), "suffix": suffix}
        )


def _decode(data, kind):
    """Unpack the pixels once. Raises ValidationError where that fails."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.verify()
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValidationError(_("The image has more than 60 megapixels."))
            # An eighth of a JPEG: all of the file is read, but less of it computed.
            image.draft(None, (1, 1))
            image.load()
        if kind in kinds.MODULES:
            # Public copies and renditions can be made of it.
            with Image.open(io.BytesIO(splicing.stripped(data))) as copy:
                copy.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(_("The image has more than 60 megapixels.")) from error
    except BROKEN as error:
        raise ValidationError(_damaged()) from error


def _unreadable():
    return _("The file is not a JPEG, PNG, WebP or AVIF image that can be read.")


def _damaged():
    return _("The file is damaged or incomplete. Export or copy the photo again.")


def _stowed(kind):
    return {
        stowaways.ARCHIVE: _(
            "An archive such as a ZIP file is hidden in the image. "
            "Export the photo again and upload the new file."
        ),
        stowaways.DOCUMENT: _(
            "A PDF document is hidden in the image. "
            "Export the photo again and upload the new file."
        ),
        stowaways.MARKUP: _(
            "Code of a web page is hidden in the image. "
            "Export the photo again and upload the new file."
        ),
        stowaways.PROGRAM: _(
            "A program is hidden in the image. "
            "Export the photo again and upload the new file."
        ),
    }[kind]
