"""What may be uploaded as a photo, decided before a pixel is decoded."""

from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

MAX_BYTES = 30 * 1024 * 1024
MAX_PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
SUFFIXES = {
    "JPEG": {".jpg", ".jpeg"},
    # A JPEG with a second picture in it, such as a phone's depth map: Pillow opens
    # it as JPEG and then calls it MPO.
    "MPO": {".jpg", ".jpeg"},
    "PNG": {".png"},
    "WEBP": {".webp"},
}


def validate_photo(file):
    """Refuse what is too large or is not the image its name says, in words.

    Only the header is read: the size of a decompression bomb is known before
    it is unpacked.
    """
    try:
        if file.size > MAX_BYTES:
            raise ValidationError(_("The file is larger than 30 MB."))
        with _opened(file) as opened:
            kind, (width, height) = _header(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(_("The image has more than 60 megapixels.")) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise ValidationError(
            _("The file is not a JPEG, PNG or WebP image that can be read.")
        ) from error
    if width * height > MAX_PIXELS:
        raise ValidationError(_("The image has more than 60 megapixels."))
    suffix = Path(file.name).suffix.lower()
    if suffix not in SUFFIXES[kind]:
        raise ValidationError(
            _("The file is a %(kind)s image, but its name ends in “%(suffix)s”.")
            % {"kind": kind, "suffix": suffix}
        )


@contextmanager
def _opened(file):
    """An upload as it is; what is stored already, opened for the block alone."""
    if getattr(file, "_committed", False):
        with file.storage.open(file.name) as stored:
            yield stored
    else:
        yield file


def _header(file):
    """The image's format and size; the file stands at its start before and after."""
    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as image:
            return image.format, image.size
    finally:
        file.seek(0)
