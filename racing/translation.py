"""Short texts kept in two columns, one a language."""

from django.utils.translation import get_language


class Translated:
    """Read `name_sv` or `name_en` by the current language.

    Falls back to the other language rather than to nothing: a Swedish caption
    on an English page tells more than no caption.
    """

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner):
        if instance is None:
            return self
        swedish = getattr(instance, f"{self.name}_sv")
        english = getattr(instance, f"{self.name}_en")
        if (get_language() or "sv").startswith("sv"):
            return swedish or english
        return english or swedish
