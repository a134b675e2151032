"""A document as tagged PDF, set by typst from `document.typ`.

Made as PDF/UA-1 (ISO 14289-1): a structure tree, title, language, bookmarks, headings
of tables, text alternatives, embedded fonts. All that the document says goes in as
JSON: none of it is ever markup.
"""

import functools
import hashlib
import json
import tempfile
import threading
from pathlib import Path

from press.documents.glyphs import FONTS, showable
from press.documents.tree import (
    Beside,
    Block,
    Document,
    Facts,
    Heading,
    Link,
    ListOf,
    Paragraph,
    Picture,
    Runs,
    Table,
    flat,
)
from racing.formats import bare_url

TEMPLATE = Path(__file__).with_name("document.typ")
_own = threading.local()


def pdf(document: Document) -> bytes:
    """The document as PDF, the same bytes for the same document.

    Characters without a glyph are replaced, see `glyphs`. A picture that cannot be
    decoded raises typst.TypstError.
    """
    data = json.dumps(_document(document))
    pictures = [it for it in flat(document.blocks) if isinstance(it, Picture)]
    if not pictures:
        return _compiled(document, data, None)
    # The only way in for bytes that are no text is a file.
    with tempfile.TemporaryDirectory(prefix="pitboard-pdf-") as folder:
        for picture in pictures:
            (Path(folder) / _name(picture)).write_bytes(picture.data)
        return _compiled(document, data, folder)


def _compiled(document: Document, data: str, folder: str | None) -> bytes:
    return _compiler().compile(
        input=_template(),
        format="pdf",
        root=folder,
        sys_inputs={"document": data},
        pdf_standards=["ua-1"],
        timestamp=document.dated,
    )


def _compiler():
    """This thread's compiler: one that two threads share is “already borrowed”."""
    if not hasattr(_own, "compiler"):
        import typst  # noqa: PLC0415, a library of 80 MB that most processes never need

        _own.compiler = typst.Compiler(font_paths=_fonts())
    return _own.compiler


@functools.cache
def _fonts():
    import typst  # noqa: PLC0415, as above

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(FONTS)],
    )


@functools.cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def _name(picture: Picture) -> str:
    """By its content, since typst remembers files by their names."""
    return hashlib.sha256(picture.data).hexdigest() + ".jpg"


def _document(document: Document) -> dict:
    """What `document.typ` reads; metadata needs no glyphs and stays as it is."""
    language, region = document.locale.split("-")
    return {
        "about": {
            "title": document.title,
            "author": document.author,
            "subject": document.subject,
            "keywords": document.keywords,
        },
        "language": language,
        "region": region,
        "accent": document.accent,
        "title": showable(document.title),
        "as_of": showable(document.as_of),
        "address": bare_url(document.address),
        "blocks": list(map(_block, document.blocks)),
    }


def _block(block: Block) -> dict:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level} | _text(block.text)
        case Paragraph():
            kind = "lead" if block.is_lead else "paragraph"
            return {"kind": kind, "words": _words(block.text)}
        case Facts():
            items = [(showable(term), _words(value)) for term, value in block.items]
            return {"kind": "facts", "items": items}
        case ListOf():
            return {"kind": "list", "items": list(map(_words, block.items))}
        case Table():
            return _table(block)
        case Beside():
            return {
                "kind": "beside",
                "blocks": list(map(_block, block.blocks)),
                "picture": _block(block.picture),
            }
    return _picture(block)


def _text(text: str) -> dict:
    return {"text": showable(text)}


def _words(words: Runs) -> list[dict]:
    return [
        _text(part.text) | {"url": part.url} if isinstance(part, Link) else _text(part)
        for part in words
    ]


def _table(table: Table) -> dict:
    return {
        "kind": "table",
        "caption": showable(table.caption),
        "header": list(map(showable, table.header)),
        "rows": [list(map(_words, row)) for row in table.rows],
        "numeric": table.numeric,
        "has_row_headers": table.has_row_headers,
    }


def _picture(picture: Picture) -> dict:
    return {
        "kind": "picture",
        "name": _name(picture),
        "alt": picture.alt,
        "width": picture.width,
        "lines": list(map(showable, picture.lines)),
    }
