"""A photo as a row of the manifest of an archive, whichever archive it is in."""

from press.documents import zips
from racing import photo_files
from racing.models import Photo


def listed(photo: Photo, file: str) -> zips.Photo:
    """Its row in the reader's language; `file` is its name there, or why it is not."""
    return zips.Photo(
        file=file,
        caption=photo.caption or photo.alt,
        credit=str(photo.credit_line),
        terms=photo_files.terms(photo),
        licence=photo.licence_url,
    )
