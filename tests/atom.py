"""Reading Atom feeds, and what is wrong with one by RFC 4287."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from xml.etree import ElementTree

import html5lib

NS = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# RFC 3339, as section 3.3 narrows it: a capital T, and an offset.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


@dataclass(frozen=True)
class Item:
    """An entry: texts, aware moments, `terms` of its categories."""

    id: str
    title: str
    link: str
    published: datetime
    updated: datetime
    terms: list[str]
    html: str

    @property
    def words(self):
        """What the content says, as one line."""
        return " ".join("".join(html5lib.parseFragment(self.html).itertext()).split())


class Feed:
    def __init__(self, text):
        self.root = ElementTree.fromstring(text)  # noqa: S314 (the site's own)
        self.title = self.root.findtext(f"{NS}title")
        self.id = self.root.findtext(f"{NS}id")
        self.updated = datetime.fromisoformat(self.root.findtext(f"{NS}updated"))
        self.language = self.root.get(LANG)
        self.links = links(self.root)
        self.items = [item(entry) for entry in self.root.iter(f"{NS}entry")]

    def faults(self):
        """Sentences; empty for a good feed."""
        elements = [self.root, *self.root.iter(f"{NS}entry")]
        found = [fault for element in elements for fault in _faults(element)]
        if "self" not in self.links:
            found.append("the feed does not say where it is (4.1.1)")
        if not self.root.findtext(f"{NS}author/{NS}name"):
            found.append("the feed has no author (4.1.1)")
        if len({item.id for item in self.items}) < len(self.items):
            found.append("two entries have one id (4.1.1)")
        for one in self.items:
            parser = html5lib.HTMLParser(strict=True)
            parser.parseFragment(one.html)
            if one.updated < one.published:
                found.append(f"{one.title} was changed before it was published")
        return found


def item(entry):
    return Item(
        id=entry.findtext(f"{NS}id"),
        title=entry.findtext(f"{NS}title"),
        link=links(entry)["alternate"],
        published=datetime.fromisoformat(entry.findtext(f"{NS}published")),
        updated=datetime.fromisoformat(entry.findtext(f"{NS}updated")),
        terms=[category.get("term") for category in entry.iter(f"{NS}category")],
        html=entry.findtext(f"{NS}content"),
    )


def links(element):
    """The addresses of an element's own links, by what they are."""
    return {link.get("rel"): link.get("href") for link in element.findall(f"{NS}link")}


def _faults(element):
    """What is wrong with a feed or an entry (sections 4.1.1 and 4.1.2)."""
    name = element.tag.removeprefix(NS)
    for child in ("id", "title", "updated"):
        if len([*element.findall(NS + child)]) != 1:
            yield f"{name} has not one {child}"
    try:
        UUID(element.findtext(f"{NS}id"))
    except ValueError:
        yield f"the id of {name} is {element.findtext(f'{NS}id')}"
    for child in ("updated", "published"):
        moment = element.findtext(NS + child)
        if moment is not None and not MOMENT.fullmatch(moment):
            yield f"{child} of {name} is {moment}"
    for link in element.findall(f"{NS}link"):
        if not re.match(r"https?://\S+$", link.get("href")):
            yield f"{name} links to {link.get('href')}"
