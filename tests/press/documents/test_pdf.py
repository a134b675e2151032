import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from press.documents.glyphs import BOX, coverage, showable
from press.documents.pdf import pdf
from press.documents.tree import Heading, Link, Paragraph, Table
from tests.press.documents import samples
from tests.press.documents.reading import attributes, nodes, open_pdf, pdf_text, tags

QPDF = shutil.which("qpdf")
DOCUMENTS = {"biography": samples.biography(), "fact sheet": samples.fact_sheet()}


@pytest.fixture(scope="module", params=DOCUMENTS)
def made(request):
    return pdf(DOCUMENTS[request.param])


def test_a_pdf_is_tagged_titled_and_in_a_language(made):
    with open_pdf(made) as file:
        assert file.Root.MarkInfo.Marked is True
        assert file.Root.Lang == "sv-SE"
        assert file.Root.ViewerPreferences.DisplayDocTitle is True
        about = file.open_metadata()
        assert about["dc:title"].startswith("Märta Öhman")
        assert about["pdfuaid:part"] == "1"
        assert about["dc:creator"] == ["Norrsken Racing"]
        assert about["xmp:CreateDate"] == "2022-05-12T12:00:00+00:00"
        assert file.Root.Outlines.Count > 0
        assert tags(file)[:2] == ["Document", "H1"]


def test_all_fonts_are_embedded_and_can_be_copied_from(made):
    with open_pdf(made) as file:
        fonts = [it for page in file.pages for it in page.Resources.Font.values()]
        assert fonts
        for font in fonts:
            assert "/ToUnicode" in font
            (inner,) = font.DescendantFonts
            assert {"/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys())


@pytest.mark.skipif(not QPDF, reason="qpdf is not installed")
def test_qpdf_finds_no_fault(made, tmp_path):
    (tmp_path / "made.pdf").write_bytes(made)
    # Any warning is an exit with 3.
    command = [QPDF, "--check", str(tmp_path / "made.pdf")]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603, as above


def test_tables_have_headings_on_every_page_and_pictures_their_alternative():
    with open_pdf(pdf(samples.fact_sheet())) as file:
        assert len(file.pages) == 2
        found = nodes(file)
        headings = [node for node in found if node.S == "/TH"]
        assert [attributes(node)["/Scope"] for node in headings] == ["/Column"] * 8
        (figure,) = [node for node in found if node.S == "/Figure"]
        assert figure.Alt == samples.make_portrait().alt
        assert {"H2", "H3", "L", "LI", "Caption", "Link"} <= set(tags(file))


def test_links_lead_where_they_say():
    with open_pdf(pdf(samples.fact_sheet())) as file:
        marks = [mark for page in file.pages for mark in page.get("/Annots", [])]
        assert {str(mark.A.URI) for mark in marks} == {
            "https://martaohman.example/",
            "https://spa.example/?a=1&b=%C3%B6",
            "mailto:ake@norrsken.example",
            "tel:+46701234567",
        }


def test_markup_in_a_text_comes_out_literally():
    text = r"#x *y* _z_ $a$ @b <c> `d` [e] \f // g = ~ -- ... \"h\" 'i' #import"
    table = Table(text, (text, "B"), ((text, (text, Link(text, "https://x.se/#a"))),))
    document = samples.make_document(
        Paragraph(text), Heading(1, text), table, title=text
    )
    said = pdf_text(pdf(document))
    assert said.count(text) == 8


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Bäckman, Łukasz Åkesson\u2011Ö, 4\u202f574 m → €", None),
        ("Ελλάδα, Мария", None),
        ("Seger! 🏁", "Seger! "),
        ("🇸🇪👍🏽❤\ufe0f", "❤"),
        ("a\u1680b\u3000c", "a b c"),
        ("日本 GP", f"{BOX}{BOX} GP"),
        ("אב", BOX * 2),
        ("\uff26\uff29\uff2e ㎞ \U0001d400", "FIN km A"),
        ("x\u0489y", "x\u0489y"),
        ("a\u20e3", "a"),
        ("🏁", BOX),
        ("", ""),
    ],
)
def test_what_no_typeface_shows_is_replaced(text, shown):
    assert showable(text) == (text if shown is None else shown)


def test_a_document_of_characters_that_nobody_has_is_made():
    hard = "🏁 日本 אב عربي \u1680 👨‍👩‍👧 ก็ ﷽ " + "".join(map(chr, range(0x300, 0x370)))
    document = samples.make_document(Heading(1, hard), Paragraph(hard), title=hard)
    assert "□□ □□ □□□□" in pdf_text(pdf(document))


def test_the_typefaces_have_the_letters_of_europe():
    barlow, fallback = coverage()
    assert set("åäöÅÄÖéüßøæłşțžđ–—−’”…€½×°†") <= barlow
    assert set("ẞαΩжЯ→□") <= fallback


def test_a_pdf_is_the_same_in_another_process_and_in_many_threads():
    document = samples.fact_sheet()
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(pdf, [document] * 8))
    assert set(made) == {pdf(document)}
    program = (
        "import sys; from tests.press.documents import samples; "
        "from press.documents.pdf import pdf; "
        "sys.stdout.buffer.write(pdf(samples.fact_sheet()))"
    )
    command = [sys.executable, "-c", program]
    other = subprocess.run(command, check=True, capture_output=True)  # noqa: S603, Python
    assert other.stdout == made[0]


def test_two_pictures_in_one_thread_are_not_mistaken_for_each_other():
    first = samples.make_document(samples.make_portrait())
    second = samples.make_document(samples.make_portrait(data=samples.jpeg(width=600)))
    assert {len(pdf(it)) for it in (first, second, first)} == {
        len(pdf(first)),
        len(pdf(second)),
    }
    assert pdf(first) != pdf(second)
