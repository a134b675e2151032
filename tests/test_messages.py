"""Every text of the site has its Swedish translation, and the catalogue is fresh."""

from pathlib import Path

import polib
import pytest
from django.utils import translation

from racing.wording import REWORDED
from tests import messages

# Words that are the same in both languages, and marks.
SAME_IN_SWEDISH = {
    "%(name)s, %(event)s %(year)s",
    "Administration",
    "Cell %(cell)s",
    "debut",
    "Demonstration",
    "Eswatini",
    "FIA Silver",
    "generation",
    "Illustration",
    "Illustration: %s",
    "person",
    "press",
    "Press",
    "Pole",
    "pole position",
    "pole positions",
    "UID",
    "Region",
    "region",
    "start",
    "Status",
    "status",
    "Team",
    "team",
    "test",
    "text",
    "TV",
    "USA",
}


@pytest.fixture(scope="module")
def catalogue():
    return messages.read()


def test_every_text_has_a_translation(catalogue):
    known = {
        (entry.msgctxt, entry.msgid, entry.msgid_plural or None)
        for entry in catalogue
        if all(text.strip() for text in messages.texts(entry))
    }
    assert sorted(set(messages.extract()) - known, key=str) == []


def test_the_catalogue_is_as_make_messages_writes_it(catalogue):
    fresh = str(messages.catalogue(messages.extract(), catalogue)) + "\n"
    assert messages.CATALOGUE.read_text() == fresh


def test_the_compiled_catalogue_is_what_the_catalogue_compiles_to(catalogue):
    compiled = messages.CATALOGUE.with_suffix(".mo").read_bytes()
    assert compiled == catalogue.to_binary()


def test_no_translation_is_a_guess(catalogue):
    assert [entry.msgid for entry in catalogue if "fuzzy" in entry.flags] == []


def test_translations_fill_in_what_the_text_fills_in(catalogue):
    wrong = [
        entry.msgid
        for entry in catalogue
        for text in messages.texts(entry)
        if text and not _filled_alike(entry, text)
    ]
    assert wrong == []


def _filled_alike(entry, text):
    originals = [entry.msgid, entry.msgid_plural or entry.msgid]
    filled = messages.placeholders(text)
    return filled in [messages.placeholders(original) for original in originals]


def test_translations_are_not_the_english_text(catalogue):
    same = {
        entry.msgid
        for entry in catalogue
        if entry.msgid in messages.texts(entry) and any(map(str.isalpha, entry.msgid))
    }
    assert same == SAME_IN_SWEDISH


def test_translations_begin_and_end_as_the_text_does(catalogue):
    wrong = [
        entry.msgid
        for entry in catalogue
        for text in messages.texts(entry)
        if text and _ends(text) != _ends(entry.msgid)
    ]
    assert wrong == []


def _ends(text):
    """What the first and the last character say about where a text may stand."""
    last = text[-1] if text[-1] in ".:!?…, " else ""
    return text[0].isspace(), last


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "from django.utils.translation import gettext_lazy as _\nx = _('a ' 'b')",
            [(None, "a b", None)],
        ),
        (
            "from django.utils.translation import ngettext\nngettext('a', 'b', n)",
            [(None, "a", "b")],
        ),
        (
            "from django.utils.translation import pgettext\npgettext('verb', 'race')",
            [("verb", "race", None)],
        ),
        (
            "from django.utils.translation import gettext as _\nf'{_(\"a\")} b'",
            [(None, "a", None)],
        ),
        (
            "from django.utils import translation\ntranslation.gettext('a')",
            [(None, "a", None)],
        ),
        ("def _(text):\n    return text\n_('a')", []),
    ],
)
def test_texts_are_found_in_python(source, expected):
    assert list(messages.from_python(source, Path("a.py"))) == expected


def test_a_text_that_is_not_written_out_is_refused():
    source = "from django.utils.translation import gettext as _\n\n_(f'{a} b')"
    with pytest.raises(
        messages.UnwrittenTextError, match=r"a\.py: line 3: the text is not written out"
    ):
        list(messages.from_python(source, Path("a.py")))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% translate "100% (all)" %}', [(None, "100%% (all)", None)]),
        ('{% translate "race" context "verb" %}', [("verb", "race", None)]),
        ('{{ x|default:_("not known") }}', [(None, "not known", None)]),
        (
            "{% blocktranslate trimmed count n=n %}\n  {{ n }} car\n{% plural %}\n"
            "  {{ n }} cars\n{% endblocktranslate %}",
            [(None, "%(n)s car", "%(n)s cars")],
        ),
        ("{# gettext('a') #}<p>_('b')</p>", []),
    ],
)
def test_texts_are_found_in_templates(source, expected):
    assert list(messages.from_template(source, "a.html")) == expected


def test_a_new_catalogue_keeps_translations_and_drops_what_nobody_uses():
    known = polib.POFile()
    known.append(polib.POEntry(msgid="kept", msgstr="behållen"))
    known.append(polib.POEntry(msgid="gone", msgstr="borta"))
    known.append(polib.POEntry(msgid="guessed", msgstr="gissad", flags=["fuzzy"]))
    found = {(None, name, None): {"a.py"} for name in ("new", "kept", "guessed")}
    fresh = messages.catalogue(found, known)
    assert [(entry.msgid, entry.msgstr) for entry in fresh] == [
        ("guessed", ""),
        ("kept", "behållen"),
        ("new", ""),
    ]
    assert [entry.flags for entry in fresh] == [[], [], []]


@pytest.mark.parametrize("text", REWORDED)
def test_our_wording_goes_before_the_frameworks(text):
    entry = polib.pofile(str(messages.CATALOGUE)).find(text)
    with translation.override("sv"):
        assert translation.gettext(text) == entry.msgstr
