"""What a public copy of a photo says of itself."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Label:
    creator: str = ""
    credit: str = ""
    copyright: str = ""
    captions: dict[str, str] = field(default_factory=dict)
    terms: dict[str, str] = field(default_factory=dict)
    licence_url: str = ""
    page_url: str = ""
    taken_on: date | None = None
    place: str = ""
    title: str = ""
