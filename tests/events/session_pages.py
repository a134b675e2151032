"""Reading the page of a session, for the tests of what stands on it."""

from django.utils import translation

from tests import markup


def address(row, language="en"):
    """The address of a row's page in a language, whichever is active."""
    with translation.override(language):
        return row.get_absolute_url()


def elements(page, tag, name):
    """The elements of a tag that have a class."""
    return [el for el in page.all(tag) if name in el.get("class", "").split()]


def text_of(page, tag, name):
    return [markup.words(element) for element in elements(page, tag, name)]


def table(page):
    """The rows of the classification as texts, what is for the ear alone included."""
    (found,) = elements(page, "table", "cars")
    return [
        [markup.words(cell) for cell in row if cell.tag in ("td", "th")]
        for row in found.iter("tr")
    ]


def said(page):
    return markup.words(page.root.find(".//main"))
