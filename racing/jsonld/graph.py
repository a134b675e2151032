"""The JSON-LD of a page: how its nodes are made, tied together and written.

A builder makes the nodes of one kind of page. Its view puts it into the context as
`structured`, and the template tag calls it with the `Page` and with what else is in
the context, by name: the markup says what the page shows, and nothing is asked of the
database a second time.

A builder takes the page by position and the rest by name, for what the context has
under a name (also `page`) is the view's own.

Shapes: a node is a dict with "@type", mostly an "@id", and what is known; what is not
known is left out. A builder returns a list of nodes.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin

from django.urls import reverse

from racing.models import Team

Node = dict[str, object]

CONTEXT = "https://schema.org"
UNKNOWN = (None, "", [], {})
# What could end the script element or, in old readers, the line. They stand in texts
# only, where JSON takes the escape for the character.
ESCAPES = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def structured(builder):
    """Mark a function as the builder of a page's nodes."""
    builder.do_not_call_in_templates = True
    return builder


@dataclass(frozen=True)
class Page:
    """The page that the markup is of.

    `site` is the site's address without a slash at its end, `url` the page's own
    address, both as a visitor sees them; `home_team` is None on an empty site.
    """

    site: str
    url: str
    language: str
    home_team: Team | None
    _addresses: dict = field(default_factory=dict)

    def absolute(self, path: str) -> str:
        """The address of a path; one that has a host already stays as it is."""
        if path.startswith("/"):
            return self.site + path
        return urljoin(f"{self.site}/", path)

    def address_of(self, thing) -> str:
        """The address of the page of a row of the database."""
        if thing not in self._addresses:
            self._addresses[thing] = self.absolute(thing.get_absolute_url())
        return self._addresses[thing]


def node(kind, *, id=None, **facts) -> Node:
    """A node of a type, or of several, with the facts that are known."""
    known = {name: value for name, value in facts.items() if value not in UNKNOWN}
    return {"@type": kind} | ({"@id": id} if id else {}) | known


def refer(other: Node) -> Node:
    """A node in the place of one that stands elsewhere on the page in full."""
    return {"@id": other["@id"]}


def page_node(kind: str, page: Page, name: str, **facts) -> Node:
    """The page itself."""
    return node(
        kind,
        id=page.url,
        url=page.url,
        name=name,
        inLanguage=page.language,
        isPartOf={"@id": website_id(page)},
        **facts,
    )


def website_id(page: Page) -> str:
    """One for both languages: it is one site."""
    return f"{page.site}/#website"


def home_step(page: Page) -> tuple[str, str]:
    """The front page as the masthead names it, and its path."""
    team = page.home_team
    name = (team and (team.short_name or team.name)) or "Pitboard"
    return name, reverse("home")


def breadcrumbs(page: Page, name: str, *above: tuple[str, str]) -> Node:
    """The way to a page from the front page: pairs of name and path, then itself."""
    steps = [home_step(page), *above, (name, page.url)]
    items = [
        node("ListItem", position=at, name=step, item={"@id": page.absolute(path)})
        for at, (step, path) in enumerate(steps, start=1)
    ]
    return node("BreadcrumbList", id=f"{page.url}#breadcrumb", itemListElement=items)


def listing(page: Page, items: Iterable[Node]) -> Node:
    """A list of things in the order in which the page shows them.

    An item is a node of a thing with a page, or one that is a ListItem already.
    """
    rows = []
    for position, item in enumerate(items, start=1):
        row = item if item["@type"] == "ListItem" else node("ListItem", item=item)
        rows.append(row | {"position": position})
    return node(
        "ItemList",
        id=f"{page.url}#list",
        numberOfItems=len(rows),
        itemListElement=rows,
    )


def entry(page: Page, name: str, path: str) -> Node:
    """A line of a list by its name and the page that it leads to."""
    return node("ListItem", name=name, url=page.absolute(path))


def collection(page: Page, name: str, items: Iterable[Node], *above) -> list[Node]:
    """A page that is a list."""
    return [
        page_node("CollectionPage", page, name, mainEntity=listing(page, items)),
        breadcrumbs(page, name, *above),
    ]


def about(page: Page, thing: Node, *above: tuple[str, str]) -> list[Node]:
    """A page that tells of one thing."""
    name = str(thing["name"])
    return [
        page_node("WebPage", page, name, mainEntity=thing),
        breadcrumbs(page, name, *above),
    ]


def written(nodes: Iterable[Node]) -> str:
    """The text of the script element."""
    document = {"@context": CONTEXT, "@graph": list(nodes)}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for char, escape in ESCAPES.items():
        text = text.replace(char, escape)
    return text
