"""What a document says, apart from any format: the one tree that all are written from.

Texts are cleaned here and nowhere else, so every format gets the same ones. A text
may have links in it: wherever a field takes `Words`, a text, a `Link` or a tuple of
both will do, and the field holds the tuple (`runs`).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.utils.encoding import iri_to_uri

from racing import colours

# Stands where a text may not be missing: a title, a heading, a text alternative.
NOTHING = "–"
LANGUAGES = ("sv", "en")
HEADING_LEVELS = (1, 2, 3)
LONGEST_ADDRESS = 2_000  # characters; typst and Word refuse much longer ones
_ADDRESS = re.compile(r"(https?://|mailto:|tel:)[^/\s]", re.IGNORECASE)


def clean(text: str) -> str:
    """The text on one line, with nothing in it that is not seen or that XML forbids.

    Characters of the categories C* go: control characters, marks of direction, soft
    hyphens, half characters, those for private use and those of no Unicode that this
    Python knows. Line breaks and tabs are spaces, and runs of spaces are one; no-break
    and other spaces stay as they are. Accents are joined with their letters (NFC).
    """
    return _on_one_line(text).strip()


def _on_one_line(text: str) -> str:
    """The same, with a space before or after it kept."""
    if not text.isprintable():
        text = "".join(map(_seen, text))
    return re.sub(" {2,}", " ", unicodedata.normalize("NFC", text))


def _seen(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Zs":
        return character
    if character.isspace():
        return " "
    return "" if category[0] == "C" else character


def clean_address(url: str) -> str:
    """An absolute address in ASCII, as PDF, Word and mail take it.

    Raises ValueError for anything but http, https, mailto and tel.
    """
    address = iri_to_uri(clean(url))
    if not _ADDRESS.match(address) or len(address) > LONGEST_ADDRESS:
        raise ValueError("A link leads to http, https, mailto or tel, in 2,000 signs.")
    return address


def _set(node: object, **values: object) -> None:
    """Set fields of a frozen dataclass, from its `__post_init__`."""
    for name, value in values.items():
        object.__setattr__(node, name, value)


@dataclass(frozen=True)
class Link:
    """A text that leads somewhere; without a text of its own the address is shown."""

    text: str
    url: str

    def __post_init__(self):
        url = clean_address(self.url)
        _set(self, text=clean(self.text) or url, url=url)


Runs = tuple[str | Link, ...]
Words = str | Link | Runs


def runs(words: Words) -> Runs:
    """The words as texts and links, cleaned; spaces stay between them, not around."""
    parts = words if isinstance(words, tuple) else (words,)
    cleaned = [part if isinstance(part, Link) else _on_one_line(part) for part in parts]
    if cleaned and isinstance(cleaned[0], str):
        cleaned[0] = cleaned[0].lstrip()
    if cleaned and isinstance(cleaned[-1], str):
        cleaned[-1] = cleaned[-1].rstrip()
    return tuple(filter(None, cleaned))


def said(words: Runs) -> str:
    """What is read of them."""
    return "".join(part.text if isinstance(part, Link) else part for part in words)


@dataclass(frozen=True)
class Heading:
    """A heading within the document; level 1 is right below the title."""

    level: int
    text: str

    def __post_init__(self):
        if self.level not in HEADING_LEVELS:
            raise ValueError("A heading has level 1, 2 or 3.")
        _set(self, text=clean(self.text) or NOTHING)


@dataclass(frozen=True)
class Paragraph:
    """Some sentences; a lead is the first paragraph of a text, set larger."""

    text: Words
    is_lead: bool = False

    def __post_init__(self):
        _set(self, text=runs(self.text))


@dataclass(frozen=True)
class Facts:
    """Terms and their values, such as `("Born", "29 August 1995")`.

    What is unknown has an empty value, and is left out.
    """

    items: tuple[tuple[str, Words], ...]

    def __post_init__(self):
        items = [(clean(term) or NOTHING, runs(value)) for term, value in self.items]
        _set(self, items=tuple(item for item in items if item[1]))


@dataclass(frozen=True)
class ListOf:
    """Items with bullets."""

    items: tuple[Words, ...]

    def __post_init__(self):
        _set(self, items=tuple(filter(None, map(runs, self.items))))


@dataclass(frozen=True)
class Table:
    """Rows under one row of headings, all of the same length.

    `numeric` holds the indexes of columns that are set to the right. The first column
    says what its row is about, unless `has_row_headers` is false.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    numeric: tuple[int, ...] = ()
    has_row_headers: bool = True

    def __post_init__(self):
        if not self.header or any(len(row) != len(self.header) for row in self.rows):
            raise ValueError("A table has headings, and a cell below each in all rows.")
        if any(index not in range(len(self.header)) for index in self.numeric):
            raise ValueError("A numeric column is one that the table has.")
        _set(
            self,
            caption=clean(self.caption),
            header=tuple(clean(text) or NOTHING for text in self.header),
            rows=tuple(tuple(map(runs, row)) for row in self.rows),
        )


@dataclass(frozen=True)
class Picture:
    """A JPEG of some width in mm, with a text alternative, caption and credit."""

    data: bytes = field(repr=False)
    alt: str
    caption: str = ""
    credit: str = ""
    width: float = 60

    def __post_init__(self):
        caption, credit = clean(self.caption), clean(self.credit)
        alt = clean(self.alt) or caption or NOTHING
        _set(self, alt=alt, caption=caption, credit=credit)

    @property
    def lines(self) -> tuple[str, ...]:
        """What is read below it."""
        return tuple(filter(None, (self.caption, self.credit)))


@dataclass(frozen=True)
class Beside:
    """Blocks with a picture to the right of them where there is room for that."""

    blocks: tuple[Heading | Paragraph | Facts | ListOf, ...]
    picture: Picture

    def __post_init__(self):
        _set(self, blocks=_filled(self.blocks))


Block = Heading | Paragraph | Facts | ListOf | Table | Picture | Beside


@dataclass(frozen=True)
class Document:
    """A whole document.

    - `language`: "sv" or "en"
    - `dated`: aware; the date of every file made of it, kept in UTC to the second
    - `address`: of the page it comes from; stands at the foot
    - `as_of`: from when the facts are, "Facts as of 12 May 2022"; below the title and
      at the foot of every page
    - `accent`: #rrggbb, of the mark by the title and the line under links

    Blocks without any text are left out. Raises ValueError where headings skip a level
    (PDF/UA-1 forbids it), for a date without a zone and for an address that is none.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    dated: datetime
    address: str
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    as_of: str = ""
    accent: str = colours.INK

    def __post_init__(self):
        if self.language not in LANGUAGES:
            raise ValueError("A document is in Swedish (sv) or English (en).")
        if self.dated.tzinfo is None:
            raise ValueError("A document is dated in a time zone.")
        _set(
            self,
            title=clean(self.title) or NOTHING,
            blocks=_filled(self.blocks),
            dated=self.dated.astimezone(UTC).replace(microsecond=0),
            address=clean_address(self.address),
            author=clean(self.author),
            subject=clean(self.subject),
            keywords=tuple(filter(None, map(clean, self.keywords))),
            as_of=clean(self.as_of),
            accent=colours.parse_hex(self.accent),
        )
        _refuse_skipped_levels(self.blocks)

    @property
    def locale(self) -> str:
        """Its language with a region, as Word wants it."""
        return {"sv": "sv-SE", "en": "en-GB"}[self.language]


def _filled(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if _is_filled(block))


def _is_filled(block: Block) -> bool:
    match block:
        case Paragraph():
            return bool(block.text)
        case Facts() | ListOf():
            return bool(block.items)
        case Table():
            return bool(block.rows)
    return True


def _refuse_skipped_levels(blocks: Iterable[Block]) -> None:
    above = 0
    for block in flat(blocks):
        if isinstance(block, Heading):
            if block.level > above + 1:
                raise ValueError(
                    f"A heading of level {block.level} follows one of level {above}."
                )
            above = block.level


def flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks in reading order, a picture after those that it stands beside."""
    for block in blocks:
        if isinstance(block, Beside):
            yield from flat(block.blocks)
            yield block.picture
        else:
            yield block


def plain(document: Document) -> list[str]:
    """Every text that is read in a document, in reading order, one by one."""
    texts = [document.title, document.as_of]
    for block in flat(document.blocks):
        texts += _texts(block)
    return [text for text in texts if text]


def _texts(block: Block) -> list[str]:
    match block:
        case Heading():
            return [block.text]
        case Paragraph():
            return [said(block.text)]
        case Facts():
            return [text for term, value in block.items for text in (term, said(value))]
        case ListOf():
            return [said(item) for item in block.items]
        case Table():
            cells = [said(cell) for row in block.rows for cell in row]
            return [block.caption, *block.header, *cells]
    return list(block.lines)
