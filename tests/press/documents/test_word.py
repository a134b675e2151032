import io
import re
import shutil
import subprocess
import zipfile

import pytest
from docx.oxml.ns import qn

from press.documents.tree import Link, Paragraph, Table
from press.documents.word import word
from tests.press.documents import samples
from tests.press.documents.reading import open_word, word_texts

SOFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def file():
    return open_word(word(samples.fact_sheet()))


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_word_file_is_made_of_styles_and_real_headings(file):
    used = [line.style.name for line in file.paragraphs]
    assert used[:3] == ["Title", "Subtitle", "Lead"]
    assert {"Heading 1", "Heading 2", "List Bullet", "Caption", "Facts"} <= set(used)
    assert [
        line.text for line in file.paragraphs if line.style.name == "Heading 1"
    ] == [
        *("Totalt", "Karriär", "Säsongen 2022"),
    ]


def test_a_word_file_tells_what_it_is(file):
    about = file.core_properties
    told = (about.title, about.author, about.subject, about.keywords, about.language)
    assert told == (
        *("Märta Öhman: faktablad", "Norrsken Racing", "Faktablad"),
        *("Märta Öhman, GT4 European Series", "sv-SE"),
    )
    assert about.created == about.modified == samples.DATED
    assert about.last_modified_by == "Norrsken Racing"


def test_the_headings_of_a_table_are_marked_and_no_row_breaks(file):
    (table,) = file.tables
    rows = [row._tr.trPr for row in table.rows]
    assert all(row.find(qn("w:cantSplit")) is not None for row in rows)
    headers = [row.find(qn("w:tblHeader")) is not None for row in rows]
    assert headers == [True] + [False] * (len(rows) - 1)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    assert look.get(qn("w:firstRow")) == look.get(qn("w:firstColumn")) == "1"


def test_a_picture_has_its_text_alternative_and_its_width(file):
    (shape,) = file.inline_shapes
    assert shape._inline.docPr.get("descr") == samples.make_portrait().alt
    assert round(shape.width.mm) == 55


def test_links_lead_somewhere_and_the_foot_tells_page_and_origin(file):
    (paragraph,) = [it for it in file.paragraphs if it.text.startswith("Presskontakt")]
    assert [link.address for link in paragraph.hyperlinks] == [
        *("mailto:ake@norrsken.example", "tel:+46701234567"),
    ]
    (foot,) = file.sections[0].footer.paragraphs
    assert [link.address for link in foot.hyperlinks] == [samples.ADDRESS]
    assert "Uppgifter per 12 maj 2022" in foot.text
    fields = [it.get(qn("w:instr")).strip() for it in foot._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize(("language", "locale"), [("sv", "sv-SE"), ("en", "en-GB")])
def test_a_word_file_has_one_language_and_words_current_mode(language, locale):
    document = samples.make_document(Paragraph("Text"), language=language)
    written = parts(word(document))
    named = {
        code
        for part in written.values()
        for code in re.findall(r"\b[a-z]{2}-[A-Z]{2}\b", part.decode())
    }
    assert named == {locale}
    mode = rb'compatibilityMode" w:uri="[^"]+" w:val="15"'
    assert re.search(mode, written["word/settings.xml"])
    assert not [name for name in written if "thumbnail" in name or "custom" in name]


def test_two_tables_stay_two_and_long_properties_are_cut():
    table = Table("", ("Å",), (("1",),), has_row_headers=False)
    document = samples.make_document(table, table, title="x" * 999, as_of="")
    file = open_word(word(document))
    assert len(file.tables) == 2
    assert file.core_properties.title == "x" * 255
    assert file.paragraphs[0].text == "x" * 999


def test_every_paragraph_begins_with_its_one_style(file):
    lines = [
        *file.element.iter(qn("w:p")),
        *file.sections[0].footer._element.iter(qn("w:p")),
    ]
    assert len(lines) > 150
    for line in lines:
        styled = [child.tag == qn("w:pPr") for child in line]
        assert styled.index(True) == 0
        assert styled.count(True) == 1


def test_markup_in_a_text_stays_text():
    text = "<b>&amp; ]]> {MERGEFIELD} & “x”"
    document = samples.make_document(
        Paragraph((text, Link(text, "https://x.se/?a=1&b")))
    )
    assert word_texts(word(document))[2] == text + text


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_makes_a_pdf_of_it(tmp_path):
    (tmp_path / "sheet.docx").write_bytes(word(samples.fact_sheet()))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "sheet.docx"]
    subprocess.run(  # noqa: S603, a program of the system and a file of ours
        command, cwd=tmp_path, check=True, capture_output=True, timeout=120
    )
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF-")
