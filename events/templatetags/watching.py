"""How links to watch are told of."""

from django import template

from racing import formats

register = template.Library()


@register.filter
def link_facts(link):
    """``Sverige, svenska, gratis``: where it can be seen, its language and its price."""
    language = link.get_language_display()
    if formats.is_swedish():
        language = language.lower()
    facts = (link.territory, language, link.get_access_display())
    return ", ".join(str(fact) for fact in facts if fact)
