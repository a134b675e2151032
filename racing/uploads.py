"""What may be uploaded as a photo, decided by cheap checks before a pixel is decoded."""

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

# Blanks, a declaration, comments and a document type may stand before the first tag.
_BEFORE_A_TAG = rb"(?:\xef\xbb\xbf)?(?:\s|<\?[^>]*>|<!--.{0,2000}?-->|<!DOCTYPE[^>]*>)*"
_DRAWING = re.compile(_BEFORE_A_TAG + rb"<(?:\w+:)?svg\b", re.DOTALL | re.IGNORECASE)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype\s+html|(?:<!--.{0,2000}?-->\s*)?"
    rb"<(?:html|head|body|script|title|meta|iframe|div|p)\b)",
    re.DOTALL | re.IGNORECASE,
)
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
    start = data[:_START]
    if _DRAWING.match(start):
        raise ValidationError(_("Drawings in SVG are not taken as photos."))
    if _PAGE.match(start):
        raise ValidationError(_("The file is a web page, not a photo."))
    raise ValidationError(_unreadable())


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
    """Unpack the pixels once. Raises ValidationError where that fails.

    The metadata, which may be broken without harm, is left out.
    """
    try:
        if kind in kinds.MODULES:
            data = splicing.stripped(data)
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValidationError(_("The image has more than 60 megapixels."))
            # An eighth of a JPEG: all of the file is read, but less of it computed.
            image.draft(None, (1, 1))
            image.load()
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
