"""A kit as data, whoever it is of: texts, sheet of facts, photos, contacts.

Everything in it is in one language and as the reader may see it: facts are printed
texts already, for a page and for documents alike.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from drivers.models import Driver
from press.biographies.facts import Facts
from press.biographies.lengths import word_count
from press.biographies.resolving import reading
from press.documents.tree import Block
from press.models import Contact
from racing import dates, formats, spoilers
from racing.formats import paragraphs
from racing.models import LENGTHS, Photo, Team
from racing.models.texts import Text

# How a long text is called where the others have their number of words.
LONG_NAME = "long"


@dataclass(frozen=True)
class Biography:
    """A text of one length with its facts put in; never empty."""

    length: int
    text: str

    @property
    def name(self) -> str:
        """The name of its documents: ``biography-60``, ``biography-long``."""
        return f"biography-{self.length or LONG_NAME}"

    @property
    def label(self) -> str:
        """``60 words``, ``long``; a number and its unit stay on one line."""
        return str(LENGTHS[self.length]).replace(" ", formats.NO_BREAK_SPACE)

    @property
    def paragraphs(self) -> list[str]:
        return paragraphs(self.text)

    @property
    def words(self) -> int:
        return word_count(self.text)


@dataclass(frozen=True)
class Section:
    """A part of the sheet of facts; `key` tells it from the others."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Kit:
    """What there is for the press of a driver or a team, in one language.

    - `biographies`: the shortest first; none where `hides_biographies`, because the
      reader hides results and they may tell the latest
    - `sheet`: without the parts of which nothing is known
    - `portrait`, `photos`: those that may be taken away
    - `changed_at`: the moment that its newest fact is from (aware)
    - `number`: a driver's start number, if it is known
    - `about`: what a team says of itself in this language, if anything
    - `hides_results`: whether it may be another one with what the reader hides
    """

    owner: Driver | Team
    language: str
    address: str
    biographies: list[Biography]
    sheet: list[Section]
    portrait: Photo | None
    photos: list[Photo]
    contacts: list[Contact]
    changed_at: datetime
    number: str = ""
    about: str = ""
    hides_results: bool = False
    hides_biographies: bool = False

    @property
    def name(self) -> str:
        return self.owner.name

    @property
    def as_of(self) -> str:
        """``Facts as of 12 May 2022``, by the site's own calendar."""
        day = timezone.localtime(self.changed_at).date()
        return _("Facts as of %(date)s") % {"date": dates.date(day)}

    @property
    def all_photos(self) -> list[Photo]:
        return [photo for photo in (self.portrait, *self.photos) if photo]


def language() -> str:
    """The language that a kit is made in: the active one."""
    return (get_language() or "sv")[:2]


def with_changes(texts: QuerySet[Text]) -> QuerySet[Text]:
    """Texts that know when they were last changed, in the same query."""
    past = texts.model.history.filter(id=OuterRef("pk")).order_by("-history_date")
    return texts.annotate(changed_at=Subquery(past.values("history_date")[:1]))


def are_new(texts: Iterable[Text]) -> bool:
    """Whether any of them was changed so late that it may tell of the latest race."""
    return any(spoilers.is_new(text.changed_at) for text in texts)


def resolved(texts: Iterable[Text], facts: Callable[[], Facts]) -> list[Biography]:
    """The texts with their facts put in, the shortest first, none that is empty.

    `facts` is asked only where there are any to put in.
    """
    return [
        Biography(text.length, text.text)
        for text in sorted(reading(texts, facts), key=_length)
    ]


def _length(text):
    return text.length or float("inf")
