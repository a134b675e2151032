"""Short texts kept in two columns: racing.translation."""

import pytest
from django.utils import translation

from racing.translation import Translated


class Caption:
    text = Translated()

    def __init__(self, swedish, english):
        self.text_sv, self.text_en = swedish, english


@pytest.mark.parametrize(
    ("language", "read"),
    [
        ("sv", "Mållinjen"),
        ("sv-fi", "Mållinjen"),
        ("en", "The line"),
        ("en-gb", "The line"),
        ("de", "The line"),
        (None, "Mållinjen"),
    ],
)
def test_text_is_read_in_the_current_language(language, read):
    with translation.override(language):
        assert Caption("Mållinjen", "The line").text == read


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("swedish", "english", "read"),
    [("Mållinjen", "", "Mållinjen"), ("", "The line", "The line"), ("", "", "")],
)
def test_missing_text_falls_back_to_the_other_language(
    swedish, english, read, language
):
    with translation.override(language):
        assert Caption(swedish, english).text == read


def test_class_itself_has_the_descriptor():
    assert isinstance(Caption.text, Translated)
