"""Text files as tables: racing.tables.reading.read_file. Workbooks: test_spreadsheets."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import TemporaryUploadedFile
from hypothesis import example, given
from hypothesis import strategies as st

from racing.tables import reading
from racing.tables.reading import Table, TableError, TableRow, as_text, read_file

pytestmark = pytest.mark.usefixtures("english")

RESULTS = Table(
    ("Pos", "Nr", "Driver", "Time"),
    [
        TableRow(2, ("1", "7", "Åsa Öberg", "24:12.345")),
        TableRow(3, ("2", "12", "Bo Berg", "")),
    ],
)


def refusal(data, name="results.csv"):
    with pytest.raises(TableError) as refused:
        read_file(name, ContentFile(data))
    return str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["results.csv", "RESULTS.TXT", "results.tsv", "-"])
def test_a_text_file_is_read_in_every_form_of_unicode(encoding, name):
    data = as_text(RESULTS).encode(encoding)
    assert read_file(name, ContentFile(data)) == RESULTS


def test_a_file_from_the_disk_is_read_as_an_upload_is(tmp_path):
    path = tmp_path / "results.csv"
    path.write_text(as_text(RESULTS))
    with path.open("rb") as file:
        assert read_file(path.name, file) == RESULTS


def test_a_stream_is_read_as_a_file_is():
    class Stream(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *args):
            raise OSError("a stream goes one way")

    assert read_file("-", Stream(as_text(RESULTS).encode())) == RESULTS


@pytest.mark.parametrize(
    ("data", "line", "byte"),
    [
        ("Pos;Driver\n1;Bo\n2;Bäckman\n".encode("latin-1"), 3, 20),
        ("Pos;Förare\r\n1;Bo".encode("cp1252"), 1, 6),
        ("Pos;Förare\r\r1;Bö".encode()[:-1], 3, 17),
        ("Pos\n1\n2".encode("utf-16")[:-1], 3, 15),
    ],
)
def test_a_file_in_another_encoding_is_refused_where_it_fails(data, line, byte):
    assert refusal(data) == (
        f"Line {line} of the file is no UTF-8 text (byte {byte}). Save the file as "
        "“CSV UTF-8” and choose it again."
    )


def test_utf_16_without_its_mark_is_refused():
    assert refusal("Pos;Nr".encode("utf-16-le")) == (
        "Line 1: letters were lost when the text was saved or copied in another "
        "encoding. Save the file as “CSV UTF-8”."
    )


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        (
            "results.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "This is a workbook of the old kind (.xls) or one with a password. Save "
            "it as .xlsx without a password.",
        ),
        (
            "results.pdf",
            b"%PDF-1.7\n",
            "This is a PDF. Open it, copy the table and paste it instead.",
        ),
        (
            "results.xls",
            b"\xef\xbb\xbf\n <HTML><table>",
            "This is a web page. Open it, copy the table and paste it instead.",
        ),
        (
            "photo.jpg",
            b"\xff\xd8\xff\xe0",
            "Choose a CSV, TSV, TXT or XLSX file, not “.jpg”.",
        ),
    ],
)
def test_other_kinds_of_file_are_refused_with_a_way_out(name, data, sentence):
    assert refusal(data, name) == sentence


def test_a_file_that_is_too_large_is_refused_unread(tmp_path):
    class Unread(io.FileIO):
        def read(self, size=-1):
            raise AssertionError("The file has been read.")

        readall = readinto = read

    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with Unread(path) as file, pytest.raises(TableError, match="larger than 10 MB"):
        read_file(path.name, file)


def test_an_upload_that_is_too_large_is_refused():
    with TemporaryUploadedFile("large.csv", "text/csv", 0, "utf-8") as upload:
        upload.file.truncate(reading.MAX_BYTES + 1)
        with pytest.raises(TableError, match=r"^The table is larger than 10 MB\.$"):
            read_file(upload.name, upload)


def test_a_stream_is_read_to_the_limit_and_no_further():
    class Endless(io.RawIOBase):
        given = 0

        def seekable(self):
            return False

        def read(self, size=-1):
            assert 0 <= size <= reading.MAX_BYTES + 1
            self.given += size
            return b"x" * size

    stream = Endless()
    with pytest.raises(TableError, match="larger than 10 MB"):
        read_file("-", stream)
    assert stream.given == reading.MAX_BYTES + 1


@given(st.binary(max_size=120), st.sampled_from(["a.csv", "a.xlsx", "a", "a.xls"]))
@example(b"PK\x03\x04", "a.xlsx")
@example(b"PK\x05\x06" + b"\x00" * 18, "a.xlsx")
def test_any_file_is_a_table_or_refused(data, name):
    try:
        table = read_file(name, io.BytesIO(data))
    except TableError as error:
        table = error
    assert isinstance(table, Table) or str(table).endswith((".", "”"))
