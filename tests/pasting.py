"""Pasting a table into the admin as an officer does: step by step."""

import re
from html import unescape

from django.urls import reverse

from tests.adminpages import filled


def table(*rows):
    """Rows of cells apart by blanks in pairs, as text with tabs."""
    return "\n".join(re.sub(r" {2,}", "\t", row.strip()) for row in rows)


def address(session):
    return reverse("admin:events_session_paste", args=[session.pk])


def preview(client, session, text, **fields):
    """The second step, after a table was pasted into the first."""
    return client.post(address(session), {"text": text} | fields)


def again(client, page, **fields):
    """The preview once more, with something chosen on it."""
    data = filled(page) | {"preview": "Preview again"} | fields
    return client.post(page.request["PATH_INFO"], data)


def confirm(client, page, **fields):
    """What comes of saving what a preview shows."""
    data = filled(page) | {"save": "Save"} | fields
    return client.post(page.request["PATH_INFO"], data)


def pasted(client, session, text, **fields):
    """Paste and confirm at once; what the site says of it, in a sentence."""
    response = confirm(client, preview(client, session, text), **fields)
    assert response.status_code == 302, told(response)
    return said(client, response)


def said(client, response):
    """The message on the page that a saved paste leads to."""
    (message,) = client.get(response.url).context["messages"]
    return str(message)


def told(page):
    """Everything that is wrong or in doubt, as the list on top tells it."""
    return [str(fault) for fault in page.context["preview"].faults]


def outcomes(page):
    """{line: what happens to it}."""
    return {row.line: row.outcome for row in page.context["preview"].rows}


def moves(page, line):
    """{fact: (before, after)} of one line."""
    (row,) = [row for row in page.context["preview"].rows if row.line == line]
    return {move.name: (move.old, move.new) for move in row.moves}


def texts(page):
    """What stands on a page, without its marks."""
    html = re.sub(r"<(script|style).*?</\1>", "", page.content.decode(), flags=re.S)
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", html).split()))
