"""Tables out of pasted text and text files: racing.tables.reading and .cells."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from racing.tables import reading
from racing.tables.cells import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS
from racing.tables.reading import Table, TableError, TableRow, as_text, read_text

pytestmark = pytest.mark.usefixtures("english")

HEADER = ("Pos", "Nr", "Driver", "Time")
ROWS = [
    TableRow(2, ("1", "7", "Åsa Öberg", "24:12.345")),
    TableRow(3, ("2", "12", "Bo Berg", "")),
]
RESULTS = Table(HEADER, ROWS)


def refusal(text):
    with pytest.raises(TableError) as refused:
        read_text(text)
    return refused.value


# Separators


@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_cells_are_set_apart_by_tabs_semicolons_or_commas(separator):
    lines = ["Pos Nr Driver Time", "1 7 Åsa_Öberg 24:12.345", "2 12 Bo_Berg "]
    text = "\n".join(lines).replace(" ", separator).replace("_", " ")
    assert read_text(text) == RESULTS


def test_cells_copied_from_a_pdf_are_set_apart_by_blanks():
    text = """
        Pos   Nr   Driver           Time
        1      7   Åsa Öberg        24:12.345
        2     12   Bo Berg          -
    """
    table = read_text(text)
    assert table.line == 2
    assert table.header == HEADER
    assert [row.cells for row in table.rows] == [
        ("1", "7", "Åsa Öberg", "24:12.345"),
        ("2", "12", "Bo Berg", "-"),
    ]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        # Decimal commas, as many in each row.
        ("Pos;Time;Gap\n1;24:12,345;0,0\n2;24:13,345;1,0", ("1", "24:12,345", "0,0")),
        ("Pos;Pts\n1;12,5\n2;10,0", ("1", "12,5")),
        ("Pos\tTime, s\n1\t47,095\n2\t47,195", ("1", "47,095")),
        ("Pos  Time\n1  24:12,345\n2  24:13,345", ("1", "24:12,345")),
        # A comma in the headings and in each name.
        ("Pos;Name, Vorname\n1;Berg, Bo\n2;Ek, Eva", ("1", "Berg, Bo")),
        ("Pos\tName, Vorname\n1\tBerg, Bo\n2\tEk, Eva", ("1", "Berg, Bo")),
        ("P  No  Name, Vorname\n1  7  Berg, Bo\n2  8  Ek, E", ("1", "7", "Berg, Bo")),
        (
            "Förnamn, Efternamn;Tid, s\nBo, Berg;24,5\nEva, Ek;24,6",
            ("Bo, Berg", "24,5"),
        ),
        # Semicolons in some of the cells of a list with commas.
        ("Pos,Source\n1,a ; b ; c\n2,d", ("1", "a ; b ; c")),
        (
            'Pos,Time,Name\n1,"24,5","Berg, Bo"\n2,"24,6","Ek, E"',
            ("1", "24,5", "Berg, Bo"),
        ),
    ],
)
def test_commas_inside_cells_do_not_set_apart(text, row):
    assert read_text(text).rows[0].cells == row


def test_a_few_broken_lines_do_not_change_the_separator():
    lines = ["Pos;Name, Vorname", *["1;Berg, Bo"] * 9, "Berg, Bo"]
    assert str(refusal("\n".join(lines))) == (
        "Line 11, the last one, ends after cell 1 of 2. The table seems to end in "
        "the middle."
    )


@pytest.mark.parametrize("text", ["sep=,\nPos,A;B\n1,a;b", "SEP=,\r\nPos,A;B\r\n1,a;b"])
def test_a_file_may_name_its_separator_in_a_line_that_does_not_count(text):
    table = Table(("Pos", "A;B"), [TableRow(2, ("1", "a;b"))])
    assert read_text(text) == table


def test_a_text_that_nothing_sets_apart_is_one_column():
    assert read_text("Driver\nBo Berg\nEva Ek") == Table(
        ("Driver",), [TableRow(2, ("Bo Berg",)), TableRow(3, ("Eva Ek",))]
    )


def test_quoted_cells_hold_separators_quotation_marks_and_line_breaks():
    text = 'Pos;"Best\r\nlap";Driver\r\n1;1:47;"Berg; ""Bobo"" "\r\n2;"1:48";x\r\n'
    assert read_text(text) == Table(
        ("Pos", "Best\nlap", "Driver"),
        [
            TableRow(3, ("1", "1:47", 'Berg; "Bobo"')),
            TableRow(4, ("2", "1:48", "x")),
        ],
    )


def test_a_quotation_mark_inside_a_cell_is_one_like_others():
    assert read_text("Nr\tTime\n7\t1'47\"\n8\t1'48\"").rows[0].cells == ("7", "1'47\"")


# Lines


def test_lines_are_counted_as_a_person_sees_them():
    table = read_text("\n\nPos;Nr\n\n1;7\n;\n2;8\n\n")
    assert table == Table(
        ("Pos", "Nr"), [TableRow(5, ("1", "7")), TableRow(7, ("2", "8"))], line=3
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_system_ends_them(newline):
    text = newline.join(["Pos\tNr\tDriver\tTime", *map("\t".join, ROWS_AS_TEXT)])
    assert read_text(text) == RESULTS


ROWS_AS_TEXT = [row.cells for row in ROWS]


def test_blanks_of_every_kind_and_unseen_characters_are_no_part_of_a_cell():
    text = "\ufeffPos\tDri\u00adver\n 1\u00a0\t\u202fBo\u00a0 \u2009Berg\u200b \n"
    assert read_text(text) == Table(("Pos", "Driver"), [TableRow(2, ("1", "Bo Berg"))])


def test_empty_columns_at_the_end_are_dropped_and_others_kept():
    text = "Pos;;Nr;Mark;;\n1;;7;;;\n2;;8;;;"
    assert read_text(text).header == ("Pos", "", "Nr", "Mark")
    assert read_text(text).rows[0].cells == ("1", "", "7", "")


def test_a_column_may_have_values_and_no_heading():
    assert read_text("Pos;Nr;\n1;7;x").header == ("Pos", "Nr", "")


def test_titles_above_the_headings_are_left_out_and_named():
    table = read_text("Race 1\n\nOfficial\t\t\nPos\tNr\tDriver\n1\t7\tBo")
    assert table.line == 4
    assert table.header == ("Pos", "Nr", "Driver")
    assert table.notes == (
        "Line 1 stands above the headings and is left out: “Race 1”",
        "Line 3 stands above the headings and is left out: “Official”",
    )


def test_a_comma_in_a_title_does_not_set_cells_apart():
    title = "Race 1, Skellefteå"
    assert read_text(f"{title}\nPos\tNr\tTime\n1\t7\t1,5\n2\t8\t1,6").header == (
        "Pos",
        "Nr",
        "Time",
    )


def test_a_narrow_table_has_no_titles():
    assert read_text("Nr\n7\n8").header == ("Nr",)
    assert read_text("Nr;\n7;x").header == ("Nr", "")


# Ragged rows


def test_a_cell_without_a_heading_is_refused():
    error = refusal("Pos;Nr\n1;7\n2;8;x\n3;9")
    assert str(error) == "Line 3, column 3: this cell has no heading above it."
    assert (error.line, error.column) == (3, 3)


@pytest.mark.parametrize("separator", [";", ","])
def test_a_row_that_lacks_cells_is_refused(separator):
    text = "Pos;Nr;Time\n1;7;x\n2;8\n3;9;x".replace(";", separator)
    assert str(refusal(text)) == "Line 3 ends after cell 2 of 3."
    assert refusal(text).line == 3


def test_rows_of_a_spreadsheet_may_lack_the_empty_cells_at_their_end():
    table = read_text("Pos\tNr\tTime\n1\t7\tx\n2\t8\n3\t9")
    assert [row.cells[2] for row in table.rows] == ["x", "", ""]


@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_a_text_whose_last_line_is_cut_off_is_refused(separator):
    text = "Pos;Nr;Time\n1;7;x\n2;8;x\n3;9".replace(";", separator)
    assert str(refusal(text)) == (
        "Line 4, the last one, ends after cell 2 of 3. The table seems to end in the "
        "middle."
    )


def test_a_row_that_lacks_a_cell_among_blanks_is_refused_with_the_way_out():
    text = "Pos  Nr  Driver\n1  7  Bo\n8  Eva\n3  9  Ulf"
    assert str(refusal(text)) == (
        "Line 3 has 2 of 3 cells. Where columns are set apart by blanks, write a dash "
        "into each empty cell."
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('Pos;Driver\n1;Bo\n2;"Eva\n3;Ulf\n4;Ek', 3),
        ('Pos;Driver\n1;Bo\n2;"Eva', 3),
        ('"Pos;Driver\n1;Bo', 1),
        ('Pos;Driver\n1;"Bo\n2;"Eva"', 2),
        ('Pos;Driver\n1;Bo\n2;"' + "Eva\n" * 50_000, 3),
    ],
)
def test_a_quotation_mark_that_is_never_closed_is_refused(text, line):
    assert str(refusal(text)) == (
        f"Line {line}: a quotation mark is opened and never closed. Perhaps the table "
        "ends in the middle."
    )


def test_a_quoted_word_before_others_is_refused():
    assert str(refusal('Pos;Driver\n1;"Bobo" Berg\n2;Ek')) == (
        "Line 2: a quotation mark inside a cell must be doubled, and the cell must "
        "stand in quotation marks."
    )


# What is no table


@pytest.mark.parametrize("text", ["", " \n\t\n", "\t\t\n\t", "\ufeff"])
def test_a_text_without_cells_is_refused(text):
    assert str(refusal(text)) == "There is no table here, only empty lines."


def test_headings_alone_are_a_table_without_rows():
    assert read_text("Pos\tNr") == Table(("Pos", "Nr"), [])


@pytest.mark.parametrize("cell", ["=SUM(A1:A2)", "=1+1", "= A1", "=", "=A1", "=3+"])
def test_a_formula_is_refused_by_its_cell(cell):
    error = refusal(f"Pos;Nr\n1;7\n2; {cell}")
    assert str(error) == "Line 3, column 2: a formula. Copy the values in its stead."
    assert (error.line, error.column) == (3, 2)


@pytest.mark.parametrize("cell", ["=3", "= 12", "+5.515", "-1 lap", "@home", "a=b"])
def test_a_shared_place_and_a_gap_are_no_formulas(cell):
    assert read_text(f"Pos;Gap\n1;{cell}").rows[0].cells == ("1", cell)


@pytest.mark.parametrize("lost", ["\x00", "\x1b", "\x96", "\ufffd", "Ã¤", chr(0xD800)])
def test_a_text_that_has_lost_letters_is_refused(lost):
    error = refusal(f"Pos;Driver\n1;Bo\n2;B{lost}ckman")
    assert error.line == 3
    assert str(error) == (
        "Line 3: letters were lost when the text was saved or copied in another "
        "encoding. Save the file as “CSV UTF-8”."
    )


# Limits


def test_a_table_with_too_many_rows_is_refused():
    most = "Nr\n" + "7\n" * MOST_ROWS
    assert len(read_text(most).rows) == MOST_ROWS
    assert str(refusal(most + "8\n")) == "The table has more than 100,000 rows."


def test_a_table_with_too_many_columns_is_refused():
    line = ";".join(["7"] * MOST_COLUMNS)
    assert len(read_text(f"{line}\n{line};;").header) == MOST_COLUMNS
    assert str(refusal(f"{line}\n{line};;8")) == "Line 2 has more than 200 columns."


def test_a_cell_that_is_too_long_is_refused():
    longest = "x" * LONGEST_CELL
    assert read_text(f"Nr;Note\n7;{longest}").rows[0].cells[1] == longest
    error = refusal(f"Nr;Note\n7;{longest}x")
    assert str(error) == "Line 2, column 2: the cell is longer than 1,000 characters."
    assert (error.line, error.column) == (2, 2)


def test_a_line_that_is_far_too_long_is_refused():
    text = "Nr\n" + "x" * 200_000
    assert str(refusal(text)) == "Line 2: the cell is longer than 1,000 characters."


def test_a_text_that_is_too_large_is_refused():
    text = "x" * (reading.MAX_BYTES + 1)
    assert str(refusal(text)) == "The table is larger than 10 MB."


# Carrying a table through a form


@pytest.mark.parametrize(
    "text",
    [
        "Pos;Nr\n1;7\n2;8",
        "\n\nPos;Nr\n\n\n1;7\n\n2;8",
        'Pos;"Best\nlap"\n1;"a\nb"\n2;c',
        'Pos;Driver\n1;"""Bobo"" Berg"\n2;"Ek, Eva"',
        '"Berg, Bo"\n"Ek, Eva"\n"Öh; Ulf"',
        "Race 1;;\nPos;Nr;Driver\n1;7;Bo",
        ";Nr;\n1;;x",
        '\t;"',
        "\tNr",
        "Pos;Nr\n=3;7",
    ],
)
def test_a_table_comes_back_from_its_text_with_its_lines(text):
    table = read_text(text)
    assert read_text(as_text(table)) == table


def test_a_table_comes_back_from_a_form_that_changes_line_ends():
    table = read_text('Pos;"Best\nlap"\n\n1;"a\nb"')
    assert read_text(as_text(table).replace("\n", "\r\n")) == table


def test_a_table_without_headings_comes_back_as_it_was_pasted():
    table = read_text("\n1;7;Bo\n2;8;Eva")
    headless = reading.without_headings(table)
    assert headless == Table(
        ("", "", ""),
        [TableRow(2, ("1", "7", "Bo")), TableRow(3, ("2", "8", "Eva"))],
        line=2,
    )
    assert read_text(as_text(headless)) == table


# Whatever is pasted

SEPARATORS = ["\t", ";", ",", "  ", " ", "\n", "\r\n", '"', '""', "\u2028", "\x0b"]
WORDS = ["Pos", "Bo Berg", "=", "=3", "1:47,095", "+1", "Ö", "\x0c", "\u200b", "\x85"]
PIECES = st.sampled_from(SEPARATORS + WORDS)
PASTED = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=80)


@given(PASTED)
@example('"\n"')
@example("\x1c\n1")
def test_anything_pasted_is_a_table_or_refused_and_comes_back_the_same(text):
    try:
        table = read_text(text)
    except TableError:
        return
    assert {len(row.cells) for row in table.rows} <= {len(table.header)}
    lines = [table.line, *(row.line for row in table.rows)]
    assert lines == sorted(set(lines))
    assert read_text(as_text(table)) == table
