"""Atom feeds as the site writes them (RFC 4287).

Nothing of a feed depends on when it is asked for: the same facts give the same bytes.
An entry is known by a UUID for ever, whatever it is renamed to and whether it is read
over http or https.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_DNS, UUID, uuid5

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.xmlutils import SimplerXMLGenerator

from racing.context import address_of
from racing.models import Team

MOST_ENTRIES = 50
# What a feed says of the last change where there has not been any.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# Characters that no XML document may have, not even escaped (XML 1.0, section 2.2).
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """What is told at once: `path` leads there, `html` tells all of it.

    Both moments are aware and from the data; `categories` are (term, label).
    """

    key: UUID
    title: str
    path: str
    html: str
    published: datetime
    updated: datetime
    categories: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Asked:
    """Which feed is asked for: where, whose, and of whom or what, if of one thing."""

    address: str
    path: str
    author: str
    subject: Any


class Writer(SimplerXMLGenerator):
    """Leaves out what cannot stand in XML instead of failing over it."""

    def characters(self, content):
        super().characters(NOT_IN_XML.sub("", content))

    def startElement(self, name, attrs):  # noqa: N802 (the name that SAX gives it)
        clean = {key: NOT_IN_XML.sub("", value) for key, value in attrs.items()}
        super().startElement(name, clean)


class Atom(Atom1Feed):
    """Entries with all of their content, and categories that people can read."""

    def write(self, outfile, encoding):
        handler = Writer(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def latest_post_date(self):
        """When the feed changed last; never the time of asking."""
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for term, label in item["terms"]:
            handler.addQuickElement("category", "", {"term": term, "label": label})
        handler.addQuickElement("content", item["content"], {"type": "html"})


class SiteFeed(Feed):
    """A feed of `Entry`s.

    A subclass has `title(asked)`, `page(subject)`, the path of the page that the feed
    belongs to, and `entries(subject, address)`, the newest first; its `kind` tells it
    from the site's other feeds for ever.
    """

    feed_type = Atom
    item_description = None
    kind = ""

    def get_object(self, request, **parts):
        """What is asked for; 404 where the subject has no page."""
        subject = self.subject(**parts)
        author = str(Team.objects.home() or "Pitboard")
        return Asked(address_of(request), request.path, author, subject)

    def subject(self):
        """Of whom or what the feed tells, where it does not tell of everything."""
        return None

    def link(self, asked):
        return asked.address + self.page(asked.subject)

    def feed_url(self, asked):
        return asked.address + asked.path

    def feed_guid(self, asked):
        of = asked.subject.pk if asked.subject else "all"
        name = f"{self.kind} {of} {get_language()}"
        return uuid5(uuid5(NAMESPACE_DNS, urlsplit(settings.SITE_URL).netloc), name).urn

    def author_name(self, asked):
        return asked.author

    def author_link(self, asked):
        return asked.address

    def items(self, asked):
        entries = self.entries(asked.subject, asked.address)
        return [(asked, entry) for entry in entries]

    def item_title(self, item):
        return item[1].title

    def item_link(self, item):
        asked, entry = item
        return asked.address + entry.path

    def item_guid(self, item):
        return item[1].key.urn

    def item_pubdate(self, item):
        return item[1].published.replace(microsecond=0)

    def item_updateddate(self, item):
        return item[1].updated.replace(microsecond=0)

    def item_extra_kwargs(self, item):
        return {"content": item[1].html, "terms": item[1].categories}
