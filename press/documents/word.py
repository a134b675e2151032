"""A document for Word, written by python-docx into a template of our own.

The template (`word_template/`) is the parts of a Word file as they are zipped: styles
that look like the site, Word's current mode, one footer. python-docx's own brings 160
styles in 440 kB, American English and the compatibility mode of Word 2010. Nothing is
formatted by hand: every paragraph has a style, so that an editor restyles it at once.
"""

import functools
import io
import string
import zipfile
from pathlib import Path

from press.documents.tree import Document

TEMPLATE = Path(__file__).parent / "word_template"
# What the parts of the file are dated by, the earliest that ZIP knows; the date of the
# document is among its properties.
PACKED = (1980, 1, 1, 0, 0, 0)


def word(document: Document) -> bytes:
    """The document as .docx, the same bytes for the same document.

    A picture that is no JPEG raises docx.image.exceptions.UnrecognizedImageError.
    """
    from press.documents import word_blocks  # noqa: PLC0415, python-docx takes 60 ms

    template = _template(document.locale, document.accent)
    saved = io.BytesIO()
    word_blocks.write(document, io.BytesIO(template), saved)
    return _repacked(saved)


@functools.lru_cache(maxsize=8)
def _template(locale: str, accent: str) -> bytes:
    """The template as a .docx, in a language and with a colour, kept in memory."""
    values = {"locale": locale, "accent": accent.removeprefix("#").upper()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(TEMPLATE.rglob("*")):
            if path.is_file():
                part = string.Template(path.read_text()).substitute(values)
                archive.writestr(path.relative_to(TEMPLATE).as_posix(), part)
    return packed.getvalue()


def _repacked(saved: io.BytesIO) -> bytes:
    """The same parts without the moment at which they were packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, PACKED)
            if not name.startswith("word/media/"):
                part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return packed.getvalue()
