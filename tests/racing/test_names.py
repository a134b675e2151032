"""How names are sorted, found and made into addresses: racing.formats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racing import formats

pytestmark = pytest.mark.usefixtures("english")


def test_names_sort_in_swedish_order():
    names = [
        "Öberg",
        "Åberg",
        "Zetterberg",
        "Ärlig",
        "Wallin",
        "Viktorsson",
        "Yngve",
        "Müller",
        "Myrberg",
        "de Vries",
        "Ekström",
        "Éclair",
        "Eclair B",
        "Ødegaard",
        "O'Brien",
        "Obrecht",
        "Andersson-Berg",
        "Andersson",
        "andersson",
        "Anderssonius",
        "24H",
    ]
    assert sorted(names, key=formats.sort_key) == [
        "24H",
        "Andersson",
        "andersson",
        "Andersson-Berg",
        "Anderssonius",
        "de Vries",
        "Éclair",
        "Eclair B",
        "Ekström",
        "Müller",
        "Myrberg",
        "Obrecht",
        "O'Brien",
        "Viktorsson",
        "Wallin",
        "Yngve",
        "Zetterberg",
        "Åberg",
        "Ärlig",
        "Öberg",
        "Ødegaard",
    ]


def test_sort_key_knows_letters_written_in_two_parts():
    assert formats.sort_key("A\u030aberg")[0] == formats.sort_key("Åberg")[0]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Bäckman", "backman"),
        ("BACKMAN", "backman"),
        ("Ba\u0308ckman", "backman"),
        ("Sällberg", "sallberg"),
        ("Söderström", "soderstrom"),
        ("Åse Éclair", "ase eclair"),
        ("Kjær Ødegård", "kjaer odegard"),
        ("Großglockner", "grossglockner"),
        ("Łukasz Đorđe Þór", "lukasz dorde thor"),
        ("İstanbul ısı", "istanbul isi"),
        ("  Audi\u00a0RS 3\n LMS ", "audi rs 3 lms"),
        ("back\u00adman\x00", "backman"),
        ("O’Brien", "o'brien"),
        ("12h–24h", "12h-24h"),
        ("Москва", "москва"),
        ("", ""),
    ],
)
def test_fold_gives_one_spelling_for_searching(text, folded):
    assert formats.fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    once = formats.fold(text)
    assert formats.fold(once) == once


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Andreas Bäckman", "andreas-backman"),
        ("Hankook 12h Hockenheimring 2022", "hankook-12h-hockenheimring-2022"),
        ("O’Brien & Söner – AB", "obrien-soner-ab"),
        ("  --24H__Series!  ", "24h-series"),
        ("漢字", ""),
    ],
)
def test_slug_is_ascii(text, slug):
    assert formats.slug(text) == slug


@given(st.text())
def test_slug_of_any_text_has_only_letters_digits_and_single_hyphens(text):
    slug = formats.slug(text)
    words = slug.split("-") if slug else []
    assert all(word.isascii() and word.isalnum() for word in words)
    assert slug == slug.lower()


@pytest.mark.parametrize(
    ("url", "printed"),
    [
        ("https://www.24hseries.com/", "24hseries.com"),
        (
            "http://livetiming.getraceresults.com/24hseries",
            "livetiming.getraceresults.com/24hseries",
        ),
    ],
)
def test_bare_url_leaves_out_what_nobody_reads(url, printed):
    assert formats.bare_url(url) == printed
