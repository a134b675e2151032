"""What may be uploaded as a photo, decided before a pixel is decoded."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

MAX_BYTES = 30 * 1024 * 1024
MAX_PIXELS = 60_000_000
FORMATS = {
    "JPEG": {".jpg", ".jpeg"},
    "PNG": {".png"},
    "WEBP": {".webp"},
}


def validate_photo(file):
    """Refuse what is too large or is not the image its name says, in words.

    Only the header is read: the size of a decompression bomb is known before
    it is unpacked.
    """
    if file.size > MAX_BYTES:
        raise ValidationError(_("The file is larger than 30 MB."))
    try:
        file.seek(0)
        with Image.open(file, formats=tuple(FORMATS)) as image:
            kind, (width, height) = image.format, image.size
    except Image.DecompressionBombError as error:
        raise ValidationError(_("The image has more than 60 megapixels.")) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise ValidationError(
            _("The file is no JPEG, PNG or WebP image that can be read.")
        ) from error
    finally:
        file.seek(0)
    if width * height > MAX_PIXELS:
        raise ValidationError(_("The image has more than 60 megapixels."))
    suffix = "." + file.name.rpartition(".")[2].lower()
    if suffix not in FORMATS[kind]:
        raise ValidationError(
            _("The file is a %(kind)s image, but its name ends in “%(suffix)s”.")
            % {"kind": kind, "suffix": suffix}
        )
