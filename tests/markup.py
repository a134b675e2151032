"""What is wrong with a page's HTML, in words.

The rules are those of the HTML standard that a parser sees (html5lib, every
parse error counts) and those that a reader or a screen reader would notice.
"""

import re
from collections import Counter
from functools import cached_property
from urllib.parse import urlsplit

import html5lib
from html5lib.constants import E

SVG = "{http://www.w3.org/2000/svg}"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNSEEN = {"script", "style", "template", "title"}
# Elements that hold words only: a block in one is no valid HTML.
PHRASES = {
    *HEADINGS,
    *("p", "span", "em", "strong", "small", "b", "i", "abbr", "cite", "code"),
    *("label", "button", "time", "legend", "summary", "dt"),
}
BLOCKS = {
    *HEADINGS,
    *("p", "div", "ul", "ol", "dl", "table", "section", "article", "aside", "nav"),
    *("header", "footer", "main", "figure", "form", "fieldset", "blockquote"),
    *("address", "pre", "hr"),
}
ONLY_CHILDREN = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "dl": {"dt", "dd", "div", "script", "template"},
}
# The other way round: what stands nowhere else.
ONLY_PARENTS = {
    "li": {"ul", "ol", "menu"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "figcaption": {"figure"},
    "caption": {"table"},
    "legend": {"fieldset"},
    "source": {"picture", "video", "audio"},
}
# ARIA forbids a name on elements without a role of their own.
NAMELESS = {"div", "span", "p", "time", "em", "strong", "b", "i", "small", "code"}
POINTERS = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for")
LOADED = {"script": "src", "img": "src", "source": "src", "iframe": "src"}
LOADED_LINKS = {"stylesheet", "preload", "modulepreload", "icon", "manifest"}
SLIPS = [
    (re.compile(r"\bNone\b"), "None"),
    (re.compile(r"\{\{|\{%|\{#|%\}|\}\}"), "an unrendered template tag"),
    (re.compile(r"%\(\w+\)[sd]"), "an unfilled placeholder"),
    (re.compile(r"__proxy__| object at 0x|<bound method|<QuerySet"), "a Python object"),
    (re.compile(r"&(?:amp|lt|gt|quot|nbsp|#\w+);"), "a character escaped twice"),
]
# A date, a month, a year, a time, a moment with its offset, a duration.
MACHINE_TIME = re.compile(
    r"\d{4}(-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?"
    r"|\d\d:\d\d(:\d\d(\.\d+)?)?"
    r"|P(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?"
)


class Page:
    """An HTML document: what it says of itself, where it leads, what is wrong."""

    def __init__(self, html):
        self._parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.root = self._parser.parse(html)
        self.elements = [el for el in self.root.iter() if isinstance(el.tag, str)]

    def all(self, *tags):
        return [element for element in self.elements if element.tag in tags]

    @property
    def language(self):
        return self.root.get("lang", "")

    @property
    def title(self):
        return " ".join(words(title) for title in self.all("title"))

    def link(self, rel, **attributes):
        """The address of the first `<link rel=…>` with those attributes, or ""."""
        for element in self.all("link"):
            if rel in element.get("rel", "").split() and all(
                element.get(name) == value for name, value in attributes.items()
            ):
                return element.get("href", "")
        return ""

    def meta(self, name):
        """The content of the first `<meta>` of that name or property, or ""."""
        for element in self.all("meta"):
            if name in (element.get("name"), element.get("property")):
                return element.get("content", "")
        return ""

    @property
    def links(self):
        """Where a reader can go from here: the addresses of `<a href>`."""
        return [el.get("href") for el in self.all("a") if el.get("href") is not None]

    @property
    def resources(self):
        """What the browser loads for the page."""
        found = [(el, el.get(LOADED.get(el.tag, ""))) for el in self.all(*LOADED)]
        for element in self.all("link"):
            if LOADED_LINKS & set(element.get("rel", "").split()):
                found.append((element, element.get("href")))
        for element in self.all("img", "source"):
            for candidate in element.get("srcset", "").split(","):
                found.append((element, (candidate.split() or [None])[0]))
        return [address for _element, address in found if address]

    @cached_property
    def ids(self):
        return [el.get("id") for el in self.elements if el.get("id") is not None]

    @cached_property
    def parents(self):
        return {child: el for el in self.elements for child in el}

    def ancestors(self, element):
        while (element := self.parents.get(element)) is not None:
            yield element

    def problems(self):
        """Sentences, one for each fault; empty where the document is good."""
        checks = (
            self._parse_errors,
            self._language,
            self._title,
            self._headings,
            self._ids,
            self._pointers,
            self._images,
            self._labels,
            self._empty_links,
            self._nesting,
            self._roles,
            self._tables,
            self._times,
            self._inline,
            self._outside,
            self._slips,
        )
        return [problem for check in checks for problem in check()]

    def _parse_errors(self):
        for (line, column), code, values in self._parser.errors:
            yield f"line {line}, column {column}: {E.get(code, code) % values}"

    def _language(self):
        if not self.language:
            yield "<html> has no lang"

    def _title(self):
        titles = self.all("title")
        in_head = [title for title in titles if self.parents[title].tag == "head"]
        if len(in_head) != 1 or not words(in_head[0]):
            yield "the page needs one title with words in it"

    def _headings(self):
        headings = self.all(*HEADINGS)
        if len(self.all("h1")) != 1:
            yield f"{len(self.all('h1'))} h1 instead of one"
        level = 0
        for heading in headings:
            if int(heading.tag[1]) > level + 1:
                yield f"{shown(heading)} “{words(heading)}” skips a level"
            if not words(heading):
                yield f"{shown(heading)} is empty"
            level = int(heading.tag[1])

    def _ids(self):
        for name, count in Counter(self.ids).items():
            if count > 1:
                yield f"the id “{name}” stands {count} times"
        if any(not name or re.search(r"\s", name) for name in self.ids):
            yield "an id is empty or has a space"

    def _pointers(self):
        for element in self.elements:
            for attribute in POINTERS:
                for name in element.get(attribute, "").split():
                    if name not in self.ids:
                        yield f"{shown(element)}: {attribute} points to no “{name}”"
            href = element.get("href", "")
            if element.tag == "a" and href.startswith("#") and href[1:] not in self.ids:
                yield f"{shown(element)} leads nowhere on the page"

    def _images(self):
        for image in self.all("img"):
            if image.get("alt") is None:
                yield f"{shown(image)} has no alt"
            if not (image.get("width") and image.get("height")):
                yield f"{shown(image)} has no width and height: the page will jump"

    def _labels(self):
        labelled = {label.get("for") for label in self.all("label")}
        for field in self.all("input", "select", "textarea"):
            if field.get("type") in ("hidden", "submit", "button", "reset"):
                continue
            inside = any(up.tag == "label" for up in self.ancestors(field))
            if not (inside or field.get("id") in labelled or self._named(field)):
                yield f"{shown(field)} has no label"
        for button in self.all("button"):
            if not self.name(button):
                yield f"{shown(button)} says nothing"

    def _named(self, element):
        return bool(
            element.get("aria-label", "").strip() or element.get("aria-labelledby")
        )

    def name(self, element):
        """Whether and what a link or a button says to those who cannot see it."""
        said = [element.get("aria-label", ""), element.get("aria-labelledby", "")]
        said.append(words(element, hidden=False))
        for inner in element.iter():
            said += [inner.get("alt", ""), inner.get("aria-label", "")]
        return " ".join(part for part in said if part.strip())

    def _empty_links(self):
        for link in self.all("a"):
            href = link.get("href")
            if href is None or not href.strip():
                yield f"{shown(link)} “{words(link)}” has no address"
            if not self.name(link):
                yield f"{shown(link)} says nothing"

    def _nesting(self):
        for child, element in self.parents.items():
            if not isinstance(child.tag, str):
                continue
            misplaced = element.tag not in ONLY_PARENTS.get(child.tag, {element.tag})
            if misplaced or child.tag not in ONLY_CHILDREN.get(
                element.tag, {child.tag}
            ):
                yield f"{shown(child)} stands directly in {shown(element)}"
            if element.tag in PHRASES and child.tag in BLOCKS:
                yield f"{shown(child)} stands in {shown(element)}"
        for term in self.all("dt", "dd"):
            if "dl" not in (up.tag for up in self.ancestors(term)):
                yield f"{shown(term)} “{words(term)}” stands in no dl"
        for element in self.all("a", "button", "input", "select", "textarea"):
            if any(up.tag in ("a", "button") for up in self.ancestors(element)):
                yield f"{shown(element)} stands in a link or a button"

    def _roles(self):
        for element in self.all(*NAMELESS):
            if self._named(element) and not element.get("role"):
                yield f"{shown(element)} has a name but no role"

    def _tables(self):
        for table in self.all("table"):
            tags = {element.tag for element in table.iter()}
            if "th" not in tags:
                yield f"{shown(table)} has no header cells"

    def _times(self):
        for element in self.all("time"):
            if not MACHINE_TIME.fullmatch(element.get("datetime", words(element))):
                yield f"{shown(element)} “{words(element)}” is no time for a machine"

    def _inline(self):
        for element in self.elements:
            for attribute in element.attrib:
                if attribute == "style" or attribute.startswith("on"):
                    yield f"{shown(element)} has an inline {attribute}"
            if element.tag in ("style", SVG + "style"):
                yield "a style element"
            if element.tag in ("script", SVG + "script") and runs_inline(element):
                yield "an inline script"
            if element.get("href", "").lower().startswith("javascript:"):
                yield f"{shown(element)} runs a script"

    def _outside(self):
        for address in self.resources:
            if urlsplit(address).netloc:
                yield f"{address} is loaded from another address than the site’s own"

    def _slips(self):
        """Text that shows the machinery: in what is read, and in attributes."""
        texts = [("the text", words(self.root)), ("the title", self.title)]
        for element in self.elements:
            texts += [
                (f"{name} of {shown(element)}", value)
                for name, value in element.items()
            ]
        for where, text in texts:
            for pattern, what in SLIPS:
                if found := pattern.search(text):
                    around = text[max(found.start() - 20, 0) : found.end() + 20]
                    yield f"{where} has {what}: “{around}”"


def problems(html):
    """Sentences, one for each fault of an HTML document; empty where it is good."""
    return Page(html).problems()


def words(element, *, hidden=True):
    """The text of an element as one line, of `aria-hidden` parts only if asked."""
    return " ".join("".join(_texts(element, hidden)).split())


def _texts(element, hidden):
    if not isinstance(element.tag, str) or (element.tag in UNSEEN - {"title"}):
        return
    if not hidden and element.get("aria-hidden") == "true":
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child, hidden)
        yield child.tail or ""


def shown(element):
    """An element's start tag, short: enough to find it in the page."""
    attributes = "".join(
        f' {name}="{element.get(name)[:60]}"'
        for name in ("id", "class", "name", "href", "src")
        if element.get(name)
    )
    return f"<{element.tag.removeprefix(SVG)}{attributes}>"


def runs_inline(script):
    """Whether a script element carries code (and not data, such as JSON-LD)."""
    kind = script.get("type", "")
    return script.get("src") is None and not kind.endswith("json")
