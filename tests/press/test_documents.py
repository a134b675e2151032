"""The documents and the ZIP of a kit, as they come from their addresses."""

import csv
import html
import io
import re
import zipfile

import docx
import pikepdf
import pytest
from django.core.cache import cache
from django.utils import translation

from drivers.models import Driver, Milestone
from events.models import Result
from press.documents.tree import plain
from press.kits import documents, drivers
from racing.models import Photo
from tests.factories import make_photo
from tests.press.kits import (
    THURSDAY,
    jpeg_size,
    kit,
    make_developed,
    make_kit,
    team_kit,
)

pytestmark = pytest.mark.django_db

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {"txt": "text/plain; charset=utf-8", "docx": WORD, "pdf": "application/pdf"}
NAMES = ("biography-60", "biography-long", "fact-sheet")


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    cache.clear()


@pytest.fixture
def driver(travel):
    driver = make_kit()
    travel(THURSDAY)
    return driver


def give_portrait(driver, **fields):
    photo = make_developed(alt="Andreas leende", credit="Märta Öhman", **fields)
    Driver.objects.filter(pk=driver.pk).update(portrait=photo)
    return photo


def read_word(content):
    return docx.Document(io.BytesIO(content))


def words_of(document):
    """Every text of a Word file, in paragraphs and in tables."""
    cells = [
        cell.text
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    ]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


@pytest.mark.usefixtures("driver")
def test_every_document_is_there_in_each_format_to_be_taken_away(client):
    for name in NAMES:
        for kind, content_type in KINDS.items():
            response = client.get(kit(f"{name}.{kind}"))
            assert response.status_code == 200
            assert response.headers["Content-Type"] == content_type
            assert response.headers["Content-Disposition"] == (
                f'attachment; filename="andreas-backman-{name}-en.{kind}"'
            )
            assert response.headers["Cache-Control"] == "public, no-cache"
    for path in (
        *("biography-25.pdf", "biography-61.pdf", "biography-0.txt", "secret.pdf"),
        *("fact-sheet.html", "fact-sheet.doc", "biography-60"),
    ):
        assert client.get(kit(path)).status_code == 404, path
    # The long one is in English alone.
    assert client.get(kit("biography-long.txt", "sv")).status_code == 404
    assert client.get("/en/drivers/nobody/press-kit/fact-sheet.txt").status_code == 404
    assert client.get(team_kit("biography-60.txt")).status_code == 404


def test_facts_are_the_same_on_the_page_and_in_every_document(client, driver):
    give_portrait(driver)
    with translation.override("en"):
        made = drivers.kit_of(Driver.objects.get(), "http://testserver")
        tree = documents.document(made, "fact-sheet", None)
    page = html.unescape(re.sub(r"<[^>]*>", "\n", client.get(kit()).text))
    text = client.get(kit("fact-sheet.txt")).text
    word = words_of(read_word(client.get(kit("fact-sheet.docx")).content))
    facts = plain(tree)[2:]  # without title and date
    facts = facts[: facts.index("Press contact")]
    assert len(facts) > 80
    for fact in facts:
        assert fact in page, fact
        assert fact in text, fact
        assert fact in word, fact


@pytest.mark.usefixtures("driver")
def test_word_has_tables_with_a_header_and_pdf_a_title_a_language_and_structure(client):
    word = read_word(client.get(kit("fact-sheet.docx", "sv")).content)
    headers = [[cell.text for cell in table.rows[0].cells] for table in word.tables]
    assert any("Segrar" in header and "Poäng" in header for header in headers)
    assert word.core_properties.language.startswith("sv")
    with pikepdf.open(io.BytesIO(client.get(kit("biography-60.pdf")).content)) as pdf:
        assert str(pdf.Root.Lang).startswith("en")
        assert "/StructTreeRoot" in pdf.Root
        assert (
            pdf.docinfo["/Title"]
            == "Andreas Bäckman: biography, 60\N{NO-BREAK SPACE}words"
        )
    text = client.get(kit("biography-60.txt")).text
    assert text.endswith(
        "\n\nhttp://testserver/en/drivers/andreas-backman/press-kit/\n"
    )
    assert "\n\nFacts as of 12 May 2022\n\n" in text
    assert "\nAnna Ek, press officer: +46 70 123 45 67 · anna@example.com\n" in text


# What is kept


@pytest.mark.usefixtures("driver")
def test_document_stays_the_same_to_the_byte_while_nothing_changes(client, travel):
    for path in ("biography-60.pdf", "fact-sheet.docx", "fact-sheet.txt"):
        first = client.get(kit(path))
        cache.clear()
        again = client.get(kit(path))
        assert again.content == first.content
        assert again.headers["ETag"] == first.headers["ETag"]
        tag = {"if-none-match": first.headers["ETag"]}
        unchanged = client.get(kit(path), headers=tag)
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert first.headers["Last-Modified"] == "Thu, 12 May 2022 10:00:00 GMT"
    tags = {client.get(kit(f"fact-sheet.{kind}")).headers["ETag"] for kind in KINDS}
    assert len(tags) == 3
    Milestone.objects.update(text_en="Another win")
    changed = client.get(kit("fact-sheet.txt"), headers=tag)
    assert changed.status_code == 200
    assert "Another win" in changed.text


@pytest.mark.usefixtures("driver")
def test_document_that_was_written_once_is_not_written_again(client):
    kept = client.get(kit("fact-sheet.pdf"))
    (key,) = ["press-kit-" + kept.headers["ETag"].strip('"')]
    assert cache.get(key) == kept.content
    cache.set(key, b"as kept")
    assert client.get(kit("fact-sheet.pdf")).content == b"as kept"


def test_amended_result_changes_page_and_documents_at_once(client, driver):
    before = "The record says at least one win."
    surfaces = [kit(), *(kit(f"biography-60.{kind}") for kind in ("txt", "docx"))]

    def told(path):
        content = client.get(path).content
        if path.endswith(".docx"):
            return words_of(read_word(content))
        return html.unescape(content.decode())

    assert all(before in told(path) for path in surfaces)
    result = Result.objects.get()
    result.status, result.is_classified, result.position = "disqualified", False, None
    result.save()
    for path in surfaces:
        said = told(path)
        assert before not in said, path
        assert "Andreas Bäckman is 26 & fast." in said, path
    sheet = told(kit("fact-sheet.txt"))
    assert "Starts: 15" in sheet
    assert "Wins: at least" not in sheet


# The portrait


def test_biography_has_the_portrait_with_its_credit_while_it_may_be_taken(
    client, driver
):
    photo = give_portrait(driver, alt_en="Andreas smiling", is_drawn=True)

    def pictures(path):
        document = read_word(client.get(kit(path)).content)
        return [
            (shape._inline.docPr.get("descr"), shape)
            for shape in document.inline_shapes
        ]

    ((alt, _shape),) = pictures("biography-60.docx")
    assert alt == "Andreas smiling"
    word = read_word(client.get(kit("biography-60.docx")).content)
    assert "Illustration: Märta Öhman" in words_of(word)
    images = [
        part.blob for part in word.part.package.parts if "image" in part.content_type
    ]
    assert [jpeg_size(image) for image in images] == [("JPEG", (800, 1000))]
    assert "Märta" not in client.get(kit("biography-60.txt")).text
    assert pictures("fact-sheet.docx") == []
    for fields in ({"rights": "site"}, {"rights": "internal"}):
        Photo.objects.filter(pk=photo.pk).update(**fields)
        assert pictures("biography-60.docx") == []


def test_biography_of_which_the_picture_is_lost_is_one_without(client, driver):
    Driver.objects.update(portrait=make_photo())
    response = client.get(kit("biography-60.docx"))
    assert list(read_word(response.content).inline_shapes) == []
    assert client.get(kit("biography-60.pdf")).content.startswith(b"%PDF")


# The ZIP


def unzipped(response):
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def test_zip_has_every_document_every_photo_and_a_list(client, driver):
    portrait = give_portrait(driver)
    photo = make_photo(alt="På banan", alt_en="On track", credit="NN")
    lost = make_photo(alt="Borta")
    driver.photos.add(photo, portrait, lost)
    lost.image.storage.delete(lost.image.name)
    response = client.get(kit("press-kit.zip"))
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="andreas-backman-press-kit-en.zip"'
    )
    files = unzipped(response)
    folder = "andreas-backman-press-kit-en/"
    taken = {
        f"photos/andreas-leende-{portrait.pk}.jpg",
        f"photos/pa-banan-{photo.pk}.jpg",
    }
    assert set(files) == {
        folder + name
        for name in (
            *("manifest.txt", "manifest.csv"),
            *(f"{name}.{kind}" for name in NAMES for kind in KINDS),
            *taken,
        )
    }
    for name in NAMES:
        for kind in KINDS:
            alone = client.get(kit(f"{name}.{kind}")).content
            assert files[f"{folder}{name}.{kind}"] == alone
    rows = list(
        csv.DictReader(io.StringIO(files[f"{folder}manifest.csv"].decode("utf-8-sig")))
    )
    assert {row["File"] for row in rows} == taken
    assert {row["Credit"] for row in rows} == {"Photo: Märta Öhman", "Photo: NN"}
    assert b"Free for editorial use" in files[f"{folder}manifest.txt"]
    original = files[f"{folder}photos/andreas-leende-{portrait.pk}.jpg"]
    assert jpeg_size(original) == ("JPEG", (900, 1200))


def test_zip_stays_the_same_while_nothing_changes(client, driver):
    driver.photos.add(make_photo())
    first = client.get(kit("press-kit.zip"))
    content = b"".join(first.streaming_content)
    cache.clear()
    again = client.get(kit("press-kit.zip"))
    assert b"".join(again.streaming_content) == content
    tag = {"if-none-match": first.headers["ETag"]}
    assert client.get(kit("press-kit.zip"), headers=tag).status_code == 304
    Photo.objects.update(credit="Somebody else")
    assert client.get(kit("press-kit.zip"), headers=tag).status_code == 200


@pytest.mark.usefixtures("driver")
def test_team_has_a_zip_too(client):
    files = unzipped(client.get(team_kit("press-kit.zip", "sv")))
    folder = "ja-backman-racing-press-kit-sv/"
    assert set(files) == {
        folder + name
        for name in (
            *("manifest.txt", "manifest.csv"),
            *(f"fact-sheet.{kind}" for kind in KINDS),
        )
    }
    assert "Ett team från Boden." in files[f"{folder}fact-sheet.txt"].decode()
