"""A driver's record as its pages show it: their addresses, and what stands there."""

import json
import re

from django.utils.html import strip_tags

PAGE = "/en/drivers/andreas-backman/"
RESULTS = f"{PAGE}results/"
DATA = f"{PAGE}results.json"


def text(html):
    return " ".join(strip_tags(html).split())


def part(page, start, end):
    return page.partition(start)[2].partition(end)[0]


def figures(page):
    """What each link of the strip says, and where it leads."""
    strip = part(page, '<ul class="figures">', "</ul>")
    links = re.findall(r'<a href="([^"]*)">(.*?)</a>', strip, re.DOTALL)
    return [(text(inner), address.rpartition("what=")[2]) for address, inner in links]


def rows(page):
    return [text(row) for row in re.findall(r"<h4>(.*?)</h4>", page, re.DOTALL)]


def lead(page):
    """What stands under the heading of a list."""
    return text(part(page, '<p class="dates" role="status">', "</p>"))


def data(client, query="", language="en"):
    response = client.get(f"{DATA.replace('/en/', f'/{language}/')}{query}")
    assert response.headers["Content-Type"] == "application/json"
    return json.loads(response.content)
