import csv
import io
import shutil
import subprocess
import tracemalloc
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.documents.zips import Entry, Photo, archive, manifest, safe_name
from tests.press.documents import samples

UNZIP = shutil.which("unzip")


def entry(name, content=b"bytes", dated=samples.DATED):
    return Entry(name, dated, lambda: [content])


def read(entries):
    return zipfile.ZipFile(io.BytesIO(b"".join(archive(entries))))


def test_an_archive_holds_its_files_in_order_with_their_dates():
    odd = datetime(2022, 5, 12, 14, 3, 7, tzinfo=UTC)
    with read(
        [entry("photos/spa.jpg", b"\xff\xd8" * 500, odd), entry("list.txt", b"a" * 500)]
    ) as zipped:
        assert zipped.testzip() is None
        photo, text = zipped.infolist()
        assert (photo.filename, photo.compress_type, photo.date_time) == (
            *("photos/spa.jpg", zipfile.ZIP_STORED),
            (2022, 5, 12, 14, 3, 6),
        )
        assert (text.filename, text.compress_type) == ("list.txt", zipfile.ZIP_DEFLATED)
        assert zipped.read("list.txt") == b"a" * 500


def test_an_archive_is_the_same_for_the_same_entries():
    entries = [entry("a.jpg"), entry("b.txt", b"text")]
    assert b"".join(archive(entries)) == b"".join(archive(entries))


@pytest.mark.parametrize(
    ("year", "told"),
    [(1200, (1980, 1, 1)), (2022, (2022, 1, 1)), (3000, (2107, 12, 31))],
)
def test_a_date_that_a_zip_cannot_tell_is_the_nearest(year, told):
    with read([entry("a.jpg", dated=datetime(year, 1, 1, tzinfo=UTC))]) as zipped:
        assert zipped.infolist()[0].date_time[:3] == told


def test_a_name_that_is_taken_gets_a_number():
    names = ["photo.jpg", "photo.jpg", "Photo.JPG", "photo-2.jpg", "a/photo.jpg"]
    with read(map(entry, names)) as zipped:
        assert zipped.namelist() == [
            *("photo.jpg", "photo-2.jpg", "Photo-3.JPG", "photo-2-2.jpg"),
            "a/photo.jpg",
        ]


@pytest.mark.parametrize(
    "name",
    [
        *("", "/etc/passwd", "../up.jpg", "a/../../up.jpg", "a/./b.jpg", "a//b.jpg"),
        *(
            "C:/x.jpg",
            "a\\b.jpg",
            "å.jpg",
            "a.jpg\n",
            "a\x00.jpg",
            "folder/",
            ".hidden",
        ),
        *("con.txt", "a/NUL", "com1.jpg", "-x.jpg"),
    ],
)
def test_a_name_that_escapes_is_refused_and_nothing_of_it_written(name):
    pieces = []
    with pytest.raises(ValueError, match="no safe name"):
        pieces.extend(archive([entry("good.jpg"), entry(name, b"escaped")]))
    assert b"escaped" not in b"".join(pieces)


def test_an_archive_whose_source_breaks_does_not_look_whole():
    def broken():
        yield b"first half"
        raise OSError("The disk is gone.")

    pieces = []
    entries = [entry("whole.jpg"), Entry("half.jpg", samples.DATED, broken)]
    with pytest.raises(OSError, match="The disk is gone"):
        pieces.extend(archive(entries))
    assert b"first half" in b"".join(pieces)
    assert not zipfile.is_zipfile(io.BytesIO(b"".join(pieces)))


def test_an_archive_of_any_size_takes_little_memory():
    piece = bytes(1_000_000)
    entries = [
        Entry(f"{number}.jpg", samples.DATED, lambda: [piece] * 20)
        for number in range(3)
    ]
    tracemalloc.start()
    size = sum(map(len, archive(entries)))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 60_000_000
    assert most < 5_000_000


@pytest.mark.skipif(not UNZIP, reason="unzip is not installed")
def test_unzip_finds_no_fault(tmp_path):
    path = tmp_path / "press-kit.zip"
    path.write_bytes(b"".join(archive([entry("a/b.jpg"), entry("c.txt", b"text")])))
    subprocess.run([UNZIP, "-t", path], check=True, capture_output=True)  # noqa: S603


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Märta Öhman, Spa 2022", "marta-ohman-spa-2022.jpg"),
        ("../../etc/passwd", "etc-passwd.jpg"),
        ("日本", "file.jpg"),
        ("CON", "file-con.jpg"),
        ("a" * 200, "a" * 80 + ".jpg"),
    ],
)
def test_a_file_name_is_made_safe(text, name):
    assert safe_name(text, ".jpg") == name


@given(st.text())
def test_any_text_makes_a_name_that_an_archive_takes(text):
    with read([entry(safe_name(text, ".jpg"))]) as zipped:
        assert zipped.namelist()[0].isascii()


PHOTO = Photo(
    file="spa.jpg",
    caption='Märta, "Öhman" i Spa',
    credit="Foto: Åsa Ek",
    terms="=1+1",
    licence="",
)


def test_the_list_of_photos_is_a_table_for_spreadsheets():
    table, _text = manifest([PHOTO], "sv")
    assert table.startswith(b"\xef\xbb\xbfFil,")
    header, row = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    assert len(header) == 5
    assert row == ["spa.jpg", 'Märta, "Öhman" i Spa', "Foto: Åsa Ek", "'=1+1", ""]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_the_list_is_a_formula(sign):
    photo = Photo("a.jpg", f"{sign}cmd", "", "", "")
    rows = csv.reader(io.StringIO(manifest([photo], "en")[0].decode("utf-8-sig"), ""))
    assert list(rows)[1][1] == f"'{sign}cmd"


def test_the_list_of_photos_reads_as_text():
    _table, text = manifest([PHOTO, Photo("b.jpg", "Two\nlines", "", "", "")], "en")
    assert text.decode() == (
        "File: spa.jpg\n"
        'Caption: Märta, "Öhman" i Spa\n'
        "Credit: Foto: Åsa Ek\n"
        "Terms: =1+1\n"
        "\n"
        "File: b.jpg\n"
        "Caption: Two lines\n"
    )
