"""Excel workbooks as tables: racing.tables.spreadsheets, by way of racing.tables.reading.read_file."""

import datetime as dt
import io
import subprocess
import sys
import warnings
import zipfile

import pytest
from django.core.files.base import ContentFile
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.datavalidation import DataValidation

from racing.tables import spreadsheets
from racing.tables.reading import (
    Table,
    TableError,
    TableRow,
    as_text,
    read_file,
    read_text,
)

pytestmark = pytest.mark.usefixtures("english")

DAMAGED = (
    "This is no Excel workbook that can be read: it is damaged, ends in the middle or "
    "is of another kind. Open it in a spreadsheet program and save it as .xlsx or as "
    "“CSV UTF-8”."
)
TOO_LARGE = (
    "The workbook is larger than 80 MB when it is unpacked, or has too many cells."
)
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook_of(*rows):
    book = Workbook()
    book.active.title = "Race 1"
    for row in rows:
        book.active.append(row)
    return book


def data_of(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read_book(book):
    return read_data(data_of(book))


def read_data(data):
    return read_file("results.xlsx", ContentFile(data))


def refusal(data):
    with pytest.raises(TableError) as refused:
        read_data(data)
    return str(refused.value)


def repacked(data, changes):
    """The ZIP with some parts changed: {name: bytes}, None to leave one out."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        parts = {name: old.read(name) for name in old.namelist()} | changes
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return buffer.getvalue()


def with_sheet(rows, below=b""):
    """A workbook whose sheet has these rows, as XML."""
    start = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
    sheet = start + rows + b"</sheetData>" + below + b"</worksheet>"
    return repacked(data_of(workbook_of(["Pos"])), {SHEET: sheet})


# What is read


def test_a_workbook_is_a_table_with_the_lines_of_its_sheet():
    book = workbook_of([], ["Pos", "Nr", "Driver"], [], [1, "12", " Åsa  Öberg "])
    table = Table(("Pos", "Nr", "Driver"), [TableRow(4, ("1", "12", "Åsa Öberg"))], 2)
    assert read_book(book) == table
    assert read_text(as_text(read_book(book))) == table


def test_a_row_may_lack_cells_and_have_none_too_many():
    book = workbook_of(["Pos", "Nr", "Gap"], [1, 7], [2, 8, "+1.5"])
    assert [row.cells for row in read_book(book).rows] == [
        ("1", "7", ""),
        ("2", "8", "+1.5"),
    ]
    book.active["E3"] = "x"
    assert refusal(data_of(book)) == "Cell D3: this cell has no heading above it."


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (12, "General", "12"),
        (12.0, "General", "12"),
        (7, "000", "007"),
        (7, "0", "7"),
        (-3, "General", "-3"),
        (12.5, "0.00", "12.5"),
        (107.095, "General", "107.095"),
        (5.5149999999999997, "General", "5.515"),
        (0.1 + 0.2, "General", "0.3"),
        (1e20, "General", "100000000000000000000"),
        (1e-7, "General", "0.0000001"),
        (True, "General", "TRUE"),
        (dt.date(2022, 5, 14), "yyyy-mm-dd", "2022-05-14"),
        (44_695.5625, "d/m/yy h:mm", "2022-05-14 13:30"),
        (dt.time(13, 30), "h:mm", "13:30"),
        (dt.time(1, 47), 'hh:mm" sec"', "1:47"),
        (dt.time(0, 1, 47, 95_000), "mm:ss.0", "1:47.095"),
        (dt.time(0, 1, 47, 95_000), "h:mm:ss", "1:47.095"),
        (dt.time(1, 33, 15, 607_000), "mm:ss.0", "1:33:15.607"),
        (dt.time(0, 0, 59, 123_000), "ss.000", "59.123"),
        (107.095 / 86_400, "mm:ss.000", "1:47.095"),
        (dt.timedelta(hours=24, minutes=12, seconds=3), "[h]:mm:ss", "24:12:03.000"),
        (dt.timedelta(seconds=107, milliseconds=95), "[ss].000", "1:47.095"),
        ("_x000D_", "General", ""),
        ("Bäckman_x000D_\nBerg", "General", "Bäckman\nBerg"),
        ("=3", "General", "=3"),
    ],
)
def test_a_cell_is_the_text_a_person_sees_with_all_thousandths(
    value, number_format, text
):
    book = workbook_of(["Nr", "Value"], [7])
    cell = book.active["B2"]
    cell.value = value
    cell.number_format = number_format
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl takes what begins with = for a formula
    book.active["C1"] = book.active["C2"] = "x"
    assert read_book(book).rows[0].cells[1] == text


def test_a_date_as_text_is_read_as_a_date():
    book = workbook_of(["Date"], [dt.date(2022, 5, 14)])
    book.iso_dates = True
    assert read_book(book).rows[0].cells == ("2022-05-14",)


def test_the_first_visible_sheet_with_cells_is_read_and_the_others_named():
    book = Workbook()
    book.active.title = "Empty"
    for title in ("Hidden", "Race 1", "Race 2"):
        book.create_sheet(title).append([title])
    book["Hidden"].sheet_state = "hidden"
    table = read_book(book)
    assert table.header == ("Race 1",)
    assert table.notes == (
        "Only the sheet “Race 1” is read, not “Empty”, “Hidden”, “Race 2”.",
    )
    assert read_book(workbook_of(["Pos"])).notes == ()


def test_titles_above_the_headings_may_be_merged_cells():
    book = workbook_of(["Official results"], ["Pos", "Nr", "Driver"], [1, 7, "Bo"])
    book.active.merge_cells("A1:C1")
    assert read_book(book).header == ("Pos", "Nr", "Driver")
    assert read_book(book).notes == (
        "Line 1 stands above the headings and is left out: “Official results”",
    )


def test_lists_charts_and_links_are_no_concern_of_the_table():
    book = workbook_of(["Pos", "Points"], [1, 25], [2, 18])
    sheet = book.active
    for place in (sheet, book.create_chartsheet("Chart")):
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3))
        place.add_chart(chart)
    choice = DataValidation(type="list", formula1='"TCR,GT"')
    choice.add("A2")
    sheet.add_data_validation(choice)
    sheet["A2"].hyperlink = "https://example.com/"
    assert read_book(book).rows[1].cells == ("2", "18")


def test_what_openpyxl_does_not_know_is_no_warning():
    extension = b'<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"/></extLst>'
    data = with_sheet(b"<row><c><v>1</v></c></row>", extension)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_data(data).header == ("1",)


def test_rows_and_cells_need_not_say_where_they_are():
    rows = b"<row><c><v>1</v></c><c><v>7</v></c></row>" * 2
    assert read_data(with_sheet(rows)) == Table(("1", "7"), [TableRow(2, ("1", "7"))])


def test_a_sheet_that_lies_about_its_size_is_read_whole():
    sheet = (
        f'<worksheet xmlns="{MAIN}"><dimension ref="A1:A1"/><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>7</v></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c></row></sheetData></worksheet>'
    )
    data = repacked(data_of(workbook_of(["Pos"])), {SHEET: sheet.encode()})
    assert read_data(data) == Table(("1", "7"), [TableRow(2, ("2", ""))])


# What is refused


@pytest.mark.parametrize("formula", ["=SUM(A1:A2)", "=3", "=[1]Sheet!A1"])
def test_a_formula_is_refused_by_its_cell(formula):
    book = workbook_of(["Pos", "Nr", "Points"], [1, 7, 25], [2, 8, formula])
    assert refusal(data_of(book)) == (
        "Cell C3: a formula. Copy the values in its stead."
    )


def test_a_formula_is_refused_whatever_value_was_kept_of_it():
    rows = b'<row r="4"><c r="AB4"><f>1+1</f><v>2</v></c></row>'
    assert refusal(with_sheet(rows)) == (
        "Cell AB4: a formula. Copy the values in its stead."
    )


def test_a_text_that_looks_like_a_formula_is_refused():
    rows = b'<row><c t="inlineStr"><is><t>=A1</t></is></c></row>'
    assert refusal(with_sheet(rows)) == (
        "Cell A1: a formula. Copy the values in its stead."
    )


@pytest.mark.parametrize(
    "cell",
    [
        b'<c t="e"><v>#REF!</v></c>',
        b'<c s="1"><v>99999999</v></c>',
        b'<c s="2"><v>-0.5</v></c>',
    ],
)
def test_an_error_is_refused_by_its_cell(cell):
    book = workbook_of(["Pos"])
    for line, number_format in enumerate(("yyyy-mm-dd", "[h]:mm:ss"), start=1):
        book.active.cell(line, 1, 1).number_format = number_format
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row>'.encode() + cell
    data = repacked(data_of(book), {SHEET: sheet + b"</row></sheetData></worksheet>"})
    assert refusal(data) == "Cell A1: the cell holds an error, such as #REF!."


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ("A3:A4", "Cell A3: merged cells. Split them and fill in each one."),
        ("A1:B1", "Cell A1: merged cells. Split them and fill in each one."),
    ],
)
def test_merged_cells_are_refused_in_the_table(cells, sentence):
    book = workbook_of(["Pos", "Nr", "Class"], [1, 7, "A"], [2, 8], [3, 9, "B"])
    book.active.merge_cells(cells)
    assert refusal(data_of(book)) == sentence


def test_merged_cells_beside_and_below_the_table_are_let_be():
    book = workbook_of(["Pos", "Nr"], [1, 7])
    book.active.merge_cells("D1:E2")
    book.active.merge_cells("A4:B4")
    assert len(read_book(book).rows) == 1


def test_lost_letters_are_refused_by_their_cell():
    assert refusal(data_of(workbook_of(["Driver"], ["B\ufffdckman"]))) == (
        "Cell A2: letters were lost when the text was saved or copied in another "
        "encoding. Save the file as “CSV UTF-8”."
    )


def test_a_workbook_without_cells_is_refused():
    assert refusal(data_of(Workbook())) == "No sheet of the workbook holds anything."


def test_a_workbook_with_too_many_columns_is_refused():
    book = workbook_of(["Pos"])
    book.active["ZZ2"] = "x"
    assert refusal(data_of(book)) == "Line 2 has more than 200 columns."


def test_a_workbook_that_ends_in_the_middle_is_refused():
    data = data_of(workbook_of(["Pos"], [1]))
    for end in (4, 100, len(data) // 2, len(data) - 30):
        assert refusal(data[:end]) == DAMAGED


def test_a_sheet_that_ends_in_the_middle_is_refused():
    data = data_of(workbook_of(["Pos", "Nr"], [1, 7], [2, 8]))
    sheet = zipfile.ZipFile(io.BytesIO(data)).read(SHEET)
    assert refusal(repacked(data, {SHEET: sheet[: len(sheet) // 2]})) == DAMAGED


@pytest.mark.parametrize(
    "data",
    [
        b"no workbook at all",
        repacked(data_of(Workbook()), {"xl/workbook.xml": None}),
        repacked(data_of(Workbook()), {"[Content_Types].xml": None}),
        repacked(data_of(Workbook()), {"xl/workbook.xml": b"<a>"}),
    ],
)
def test_what_is_no_workbook_is_refused(data):
    assert refusal(data) == DAMAGED


def test_other_archives_are_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office/>")
    assert refusal(buffer.getvalue()) == DAMAGED


def test_a_workbook_with_a_password_is_refused():
    data = bytearray(data_of(workbook_of(["Pos"])))
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1  # the mark of an encrypted part
    assert refusal(bytes(data)) == (
        "The workbook has a password. Save it without and choose it again."
    )


# Bombs


def test_a_part_that_unpacks_to_too_much_is_refused():
    zeros = b"<a>" + b"0" * spreadsheets.MOST_UNPACKED + b"</a>"
    data = repacked(data_of(workbook_of(["Pos"])), {SHEET: zeros})
    assert len(data) < 200_000
    assert refusal(data) == TOO_LARGE


def test_parts_that_unpack_to_too_much_together_are_refused():
    part = b"0" * (spreadsheets.MOST_UNPACKED // 10)
    parts = {f"xl/media/{n}.png": part for n in range(10)}
    assert refusal(repacked(data_of(workbook_of(["Pos"])), parts)) == TOO_LARGE


def test_a_part_that_lies_about_its_size_is_refused():
    zeros = b"<a>" + b"0" * 1_000_000 + b"</a>"
    data = bytearray(repacked(data_of(workbook_of(["Pos"])), {SHEET: zeros}))
    size = len(zeros).to_bytes(4, "little")
    assert data.count(size) == 2
    assert refusal(bytes(data).replace(size, (50).to_bytes(4, "little"))) == DAMAGED


def test_a_bomb_inside_a_bomb_is_never_opened():
    inner = repacked(data_of(workbook_of(["Pos"])), {SHEET: b"0" * 10_000_000})
    parts = {"xl/embeddings/inner.xlsx": inner}
    data = repacked(data_of(workbook_of(["Pos"], [1])), parts)
    assert read_data(data).rows[0].cells == ("1",)


@pytest.mark.parametrize(
    "rows",
    [
        b"<row>" + b"<c/>" * (spreadsheets.MOST_HELD + 1) + b"</row>",
        b"<row/>" * spreadsheets.MOST_ELEMENTS,
        b"<a>" * spreadsheets.MOST_HELD + b"</a>" * spreadsheets.MOST_HELD,
    ],
)
def test_too_many_elements_are_refused(rows):
    assert refusal(with_sheet(rows)) == TOO_LARGE


@pytest.mark.parametrize("row", ["99999999999", "1e9", "x"])
def test_a_row_beyond_the_end_of_any_sheet_is_refused(row):
    rows = f'<row r="{row}"><c><v>1</v></c></row>'.encode()
    assert refusal(with_sheet(rows)) == DAMAGED


@pytest.mark.parametrize("name", [SHEET, "xl/styles.xml", "xl/media/picture.png"])
def test_a_document_type_is_refused_before_its_entities_multiply(name):
    laughs = (
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;&c;&c;</a>'
    )
    data = data_of(workbook_of(["Pos"]))
    assert refusal(repacked(data, {name: laughs.encode()})) == DAMAGED
    assert refusal(repacked(data, {name: laughs.encode("utf-16")})) == DAMAGED


def test_a_picture_is_no_document():
    parts = {"xl/media/picture.png": b"\x89PNG\r\n\x1a\n\x00\xff"}
    data = repacked(data_of(workbook_of(["Pos"], [1])), parts)
    assert len(read_data(data).rows) == 1


# The rest


def assert_read_or_refused(data):
    try:
        table = read_data(data)
    except TableError as error:
        table = error
    assert isinstance(table, Table) or str(table)[-1] in ".”"


SOUND = data_of(workbook_of(["Pos", "Nr"], [1, 7], [2, dt.time(0, 1, 47)]))


@settings(deadline=None)
@given(st.integers(0, len(SOUND) - 1), st.binary(min_size=1, max_size=4))
def test_a_workbook_with_broken_bytes_is_a_table_or_refused(place, noise):
    data = SOUND[:place] + noise + SOUND[place + len(noise) :]
    assert_read_or_refused(data)


PARTS = zipfile.ZipFile(io.BytesIO(SOUND)).namelist()


@settings(deadline=None)
@given(st.sampled_from(PARTS), st.data())
def test_a_workbook_with_broken_parts_is_a_table_or_refused(name, choice):
    part = zipfile.ZipFile(io.BytesIO(SOUND)).read(name)
    start = choice.draw(st.integers(0, len(part)))
    end = choice.draw(st.integers(start, min(len(part), start + 20)))
    noise = choice.draw(st.sampled_from([b"", b"0", b"-1", b"x", b"<a/>", b'"', b"99"]))
    part = part[:start] + noise + part[end:]
    assert_read_or_refused(repacked(SOUND, {name: part}))


def test_openpyxl_is_loaded_for_workbooks_alone():
    """Its import takes a tenth of a second, which no other command should wait."""
    script = "import sys, racing.tables.reading; print('openpyxl' in sys.modules)"
    command = [sys.executable, "-c", script]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    assert ran.stdout == "False\n"
