"""The JSON-LD of a page, from what is in the page's context."""

from django import template
from django.utils.translation import get_language

from racing.jsonld.graph import Page, written

register = template.Library()


class StructuredData(template.Node):
    """Writes the nodes that the builder `structured` makes of the context.

    A node of its own and not a simple tag: in a script element the characters of HTML
    are no markup, and `written` escapes those that could end it.
    """

    def render(self, context):
        facts = context.flatten()
        page = Page(
            site=facts["site_url"],
            url=facts["canonical_url"],
            language=get_language(),
            home_team=facts["home_team"],
        )
        return written(facts.pop("structured")(page, **facts))


@register.tag
def structured_data(parser, token):
    return StructuredData()
