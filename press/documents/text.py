"""A document as plain text, to be pasted in a mail or in an editorial system.

UTF-8 without a byte order mark, and a single line feed at the end of every line: what
every system for mail and editing reads, Notepad too since 2018. A paragraph is one
line, however long. It wraps by itself wherever it is pasted; lines broken at 72 signs
would stay broken in the newspaper.
"""

from collections.abc import Iterable

from press.documents.tree import (
    Block,
    Document,
    Facts,
    Heading,
    Link,
    ListOf,
    Paragraph,
    Runs,
    Table,
    flat,
)
from racing.formats import bare_url

WIDTH = 76  # signs; RFC 2045's longest line, and what fits in a mail
BETWEEN_COLUMNS = "  "


def text(document: Document) -> bytes:
    """The whole document: its title, its blocks, and last where it comes from."""
    heading = [_underlined(document.title, "="), *filter(None, [document.as_of])]
    blocks = [_block(block) for block in flat(document.blocks)]
    parts = [*heading, *filter(None, blocks), document.address]
    lines = "\n\n".join(parts).split("\n")
    return ("\n".join(line.rstrip() for line in lines) + "\n").encode()


def _block(block: Block) -> str:
    match block:
        case Heading():
            return _underlined(block.text, "-") if block.level == 1 else block.text
        case Paragraph():
            return _words(block.text)
        case Facts():
            return _terms((term, _words(value)) for term, value in block.items)
        case ListOf():
            return "\n".join(f"• {_words(item)}" for item in block.items)
        case Table():
            return _table(block)
    return "\n".join(block.lines)


def _underlined(line: str, stroke: str) -> str:
    return f"{line}\n{stroke * min(len(line), WIDTH)}"


def _words(words: Runs) -> str:
    return "".join(_link(part) if isinstance(part, Link) else part for part in words)


def _link(link: Link) -> str:
    """A link with its address after it, unless that is what it says already."""
    bare = bare_url(link.url.removeprefix("mailto:").removeprefix("tel:"))
    if bare_url(link.text).replace(" ", "") == bare:
        return link.text
    return f"{link.text} ({link.url})"


def _terms(items: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{term}: {value}" for term, value in items if value)


def _table(table: Table) -> str:
    """In columns where they fit, else a small list of terms for every row."""
    rows = [[_words(cell) for cell in row] for row in table.rows]
    widths = [max(map(len, column)) for column in zip(table.header, *rows, strict=True)]
    if sum(widths) + len(BETWEEN_COLUMNS) * (len(widths) - 1) <= WIDTH:
        strokes = ["-" * width for width in widths]
        lines = [table.header, strokes, *rows]
        body = "\n".join(_aligned(line, widths, table.numeric) for line in lines)
    else:
        body = "\n\n".join(_terms(zip(table.header, row, strict=True)) for row in rows)
    return f"{table.caption}\n\n{body}" if table.caption else body


def _aligned(
    cells: Iterable[str], widths: Iterable[int], numeric: tuple[int, ...]
) -> str:
    return BETWEEN_COLUMNS.join(
        cell.rjust(width) if index in numeric else cell.ljust(width)
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
