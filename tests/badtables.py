"""Tables that are refused, each with the sentence that says why.

The cars of `make_cars` are entered, so that what is wrong is the table alone.
"""

import io
import zipfile
from dataclasses import dataclass

from openpyxl import Workbook

from tests import factories
from tests.pasting import table

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Bad:
    """A file; `sentence` is told with its place where the file can be read."""

    name: str
    data: bytes
    sentence: str


def make_cars():
    """A race with cars 120 and 7 of one class; the session."""
    session = factories.make_session(event=factories.make_event())
    for number, first in (("120", "Andreas"), ("7", "Jessica")):
        driver = factories.make_driver(first_name=first, slug=first.lower())
        factories.make_entry(
            event=session.event,
            drivers=[driver],
            number=number,
            racing_class=factories.make_class(),
        )
    return session


def too_large():
    return Bad("race.csv", b"0" * (100 * MEGABYTE), "The table is larger than 10 MB.")


def wrong_encoding():
    sentence = (
        "Line 2 of the file is no UTF-8 text (byte 22). Save the file as “CSV UTF-8” "
        "and choose it again."
    )
    data = "Pos;Nr;Förare\n1;120;Bäckman\n".encode("latin-1")
    data = data.replace("Förare".encode("latin-1"), b"Driver")
    return Bad("race.csv", data, sentence)


def zip_bomb():
    buffer = io.BytesIO(workbook(["Pos", "Nr"]))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/media/image1.png", b"0" * (81 * MEGABYTE))
    sentence = (
        "The workbook is larger than 80 MB when it is unpacked, or has too many cells."
    )
    return Bad("race.xlsx", buffer.getvalue(), sentence)


def formula():
    data = workbook(["Pos", "Nr"], [1, "120"], ["=A2+1", "7"])
    return Bad("race.xlsx", data, "Cell A3: a formula. Copy the values in its stead.")


def formula_as_text():
    data = b"Pos;Nr\n=1+1;120\n"
    sentence = "Line 2, column 1: a formula. Copy the values in its stead."
    return Bad("race.csv", data, sentence)


def cut_off():
    sentence = (
        "Line 3, the last one, ends after cell 1 of 3. The table seems to end in the "
        "middle."
    )
    return Bad("race.csv", b"Pos;Nr;Laps\n1;120;20\n2", sentence)


def cut_off_workbook():
    data = workbook(["Pos", "Nr"], [1, "120"])
    sentence = (
        "This is no Excel workbook that can be read: it is damaged, ends in the middle "
        "or is of another kind. Open it in a spreadsheet program and save it as .xlsx "
        "or as “CSV UTF-8”."
    )
    return Bad("race.xlsx", data[: len(data) // 2], sentence)


def more_cells_than_headings():
    sentence = "Line 2, column 3: this cell has no heading above it."
    return Bad("race.csv", b"Pos;Nr\n1;120;20\n", sentence)


def empty():
    sentence = "There is no table here, only empty lines."
    return Bad("race.csv", b"\n\n  \n", sentence)


# What is no table at all: refused before anything is shown.
UNREADABLE = [
    *(too_large, wrong_encoding, zip_bomb, formula, formula_as_text, cut_off),
    *(cut_off_workbook, more_cells_than_headings, empty),
]


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


# What can be read and not be saved: the text, and every sentence in its order.
IMPOSSIBLE = {
    "the same car twice": (
        table("Pos  Nr", "1  120", "2  #120"),
        ["Line 3, column 2: #120 stands in line 2 already."],
    ),
    "an unknown status": (
        table("Pos  Nr  Status", "1  120  Kaputt"),
        [
            "Line 2, column 3: “Kaputt” is not a status. Write one of NC, Ret, DSQ, "
            "DNS, DNQ, WD, EX, or † for a car that stopped and is classified."
        ],
    ),
    "an unknown code for a position": (
        table("Pos  Nr", "XYZ  120"),
        [
            "Line 2, column 1: “XYZ” is neither a position, such as 3 or =3, nor a "
            "status, such as Ret or DSQ."
        ],
    ),
    "a bad lap time": (
        table("Pos  Nr  Best lap", "1  120  1:75.000"),
        [
            "Line 2, column 3: The seconds in “1:75.000” must be below 60, as in "
            "1:47.095."
        ],
    ),
    "a time that is none": (
        table("Pos  Nr  Time", "1  120  fast"),
        [
            "Line 2, column 3: “fast” is not a lap time. Write minutes, seconds and "
            "thousandths, for example 1:47.095."
        ],
    ),
    "laps that are none": (
        table("Pos  Nr  Laps", "1  120  many"),
        ["Line 2, column 3: “many” is not a number of laps from 0 to 9,999."],
    ),
    "points that are none": (
        table("Pos  Nr  Points", "1  120  25p"),
        [
            "Line 2, column 3: “25p” is not a number of points. Write a number from 0 "
            "to 9999.99 with at most two decimals, for example 12.5."
        ],
    ),
    "two cars on one position": (
        table("Pos  Nr", "1  120", "1  7"),
        [
            "Line 2, column 1: Car 7 has this position too. Mark both as tied (=), or "
            "correct one.",
            "Line 3, column 1: Car 120 has this position too. Mark both as tied (=), or "
            "correct one.",
        ],
    ),
    "a class position worse than the overall one": (
        table("Pos  PIC  Nr", "2  3  120"),
        [
            "Line 2, column 2: The position in class cannot be worse than the overall "
            "one."
        ],
    ),
    "class positions that the overall ones do not allow": (
        table("Pos  PIC  Nr", "3  1  120", "2  2  7"),
        [
            "Line 2, column 2: Car 7 is ahead overall (2) and behind in the class (2): "
            "one of the four positions is wrong."
        ],
    ),
    "a car that stopped, with a position": (
        table("Pos  Nr  Status", "2  120  DNF"),
        [
            "Line 2, column 1: Only a classified car has a position. Mark it as "
            "classified or clear the position."
        ],
    ),
    "a driver nobody knows": (
        table("Pos  Nr  Driver", "1  120  Nils Okänd"),
        [
            "Line 2, column 3: “Nils Okänd” is nobody on the site. Correct the name, or "
            "let those who are new become guests by entering the cars that are not on "
            "the site yet."
        ],
    ),
    "a name that may mean two": (
        table("Pos  Nr  Driver", "1  -  Bäckman"),
        [
            "Line 2, column 3: These drivers are in the crews of several cars: #120 and "
            "#7. Give the start number."
        ],
    ),
    "no car": (
        table("Pos  Laps", "1  20"),
        ["No column says which car it is: choose the start number or the drivers."],
    ),
    "nothing about the cars": (
        table("Nr  Driver", "120  A. Bäckman"),
        ["No column says what a car did: choose the position or another result."],
    ),
    "two columns of one kind": (
        table("Pos  Nr  Platz  Laps", "1  120  1  20"),
        ["Columns 1 and 3 are both “position”. Leave one out."],
    ),
}
