"""What cannot be pasted: refused in a sentence with its place, and nothing is saved."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from drivers.models import Driver
from events.imports import results
from events.imports.results import Reading
from events.models import Entry, Result
from racing.tables.reading import read_text
from tests import badtables, factories
from tests.adminpages import filled
from tests.badtables import IMPOSSIBLE, UNREADABLE
from tests.pasting import address, again, confirm, outcomes, preview, table, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return badtables.make_cars()


def first_errors(page):
    """What the first page says to its fields."""
    assert page.templates[0].name == "admin/events/paste.html"
    form = page.context["table_fields"].form
    return {name: list(sentences) for name, sentences in form.errors.items()}


@pytest.mark.parametrize("make", UNREADABLE, ids=lambda make: make.__name__)
def test_a_file_that_is_no_table_is_refused(officer, session, make):
    bad = make()
    file = SimpleUploadedFile(bad.name, bad.data)
    page = officer.post(address(session), {"text": "", "file": file})
    assert first_errors(page) == {"file": [bad.sentence]}


@pytest.mark.parametrize("make", [badtables.cut_off, badtables.formula_as_text])
def test_a_text_that_is_no_table_is_refused_and_stays(officer, session, make):
    bad = make()
    page = preview(officer, session, bad.data.decode())
    assert first_errors(page) == {"text": [bad.sentence]}
    assert filled(page)["text"].replace("\r\n", "\n") == bad.data.decode()


@pytest.mark.parametrize("kind", IMPOSSIBLE)
def test_a_table_that_cannot_be_is_refused_with_line_and_column(officer, session, kind):
    text, sentences = IMPOSSIBLE[kind]
    page = preview(officer, session, text)
    if kind == "two columns of one kind":
        page = again(officer, page, column_3="position")
    assert told(page) == sentences
    assert b'name="save"' not in page.content
    page = confirm(officer, page)
    assert (page.status_code, told(page)) == (200, sentences)
    assert Result.objects.count() == 0


def test_every_fault_leads_to_its_line(officer, session):
    page = preview(officer, session, table("Pos  Nr", "1  120", "1  7"))
    html = page.content.decode()
    for line in (2, 3):
        assert html.count(f'<a href="#line-{line}">Line {line}, column 1</a>') == 1
        assert html.count(f'id="line-{line}"') == 1


def test_one_fault_stops_all_the_rest(officer, session):
    text = table("Pos  Nr  Laps", "1  120  20", "2  7  x")
    page = preview(officer, session, text)
    assert outcomes(page) == {2: "created", 3: "created"}
    assert confirm(officer, page).status_code == 200
    assert Result.objects.count() == 0


def test_a_number_that_is_written_otherwise_is_another_one(officer, session):
    page = preview(officer, session, table("Pos  Nr", "1  007"))
    assert outcomes(page) == {2: "left_out"}


def test_a_number_that_is_not_entered_may_be_found_by_its_crew(officer, session):
    page = preview(officer, session, table("Pos  Nr  Driver", "1  121  A. Bäckman"))
    assert told(page) == [
        "Line 2, column 2: The table has number 121; these drivers are entered with 120."
    ]
    assert confirm(officer, page).status_code == 200
    assert confirm(officer, page, confirmed="yes").status_code == 302
    assert Result.objects.get().entry.number == "120"


def test_a_name_that_several_bear_is_asked_about(officer, session):
    for number, first in (("1", "Ida"), ("2", "Iris")):
        driver = factories.make_driver(first_name=first, last_name="Ek", slug=first)
        factories.make_entry(event=session.event, number=number, drivers=[driver])
    page = preview(officer, session, table("Pos  Nr  Driver", "1  120  I. Ek"))
    assert told(page) == [
        "Line 2, column 3: “I. Ek” may be Ida Ek or Iris Ek. Write the whole name."
    ]


def test_a_number_that_no_car_can_have_is_refused_for_a_new_car(officer, session):
    page = preview(officer, session, table("Pos  Nr  Laps", "1  12345  20"))
    assert (told(page), outcomes(page)) == ([], {2: "left_out"})
    assert told(again(officer, page, enters_cars="on")) == [
        "Line 2, column 2: A start number has one to four digits or capital letters, "
        "such as 120 or 007."
    ]


def test_a_new_guest_has_two_names_and_an_address_of_their_own(officer, session):
    text = table(
        "Pos  Nr  Driver", "1  9  Liam O'Neil", "2  8  Berg", "3  5  Liam ONeil"
    )
    page = again(officer, preview(officer, session, text), enters_cars="on")
    assert told(page) == [
        "Line 3, column 3: “Berg” is nobody on the site. A new guest needs first name "
        "and surname."
    ]
    page = again(officer, page, text=text.replace("Berg", "O'NEIL Liam"))
    assert confirm(officer, page).status_code == 302
    slugs = Driver.objects.filter(status="guest").values_list("slug", flat=True)
    assert sorted(slugs) == ["liam-oneil", "liam-oneil-2"]
    names = Entry.objects.filter(number__in=["8", "9"]).values_list("drivers__slug")
    assert list(names) == [("liam-oneil",)] * 2


def test_somebody_who_is_named_twice_is_one_guest(officer, session):
    text = table("Pos  Nr  Driver", "1  9  Bo Berg / BERG Bo")
    page = again(officer, preview(officer, session, text), enters_cars="on")
    confirm(officer, page)
    assert Driver.objects.filter(status="guest").count() == 1


def test_a_car_whose_number_nobody_knew_is_found_by_its_crew(officer, session):
    driver = factories.make_driver(first_name="Bo", last_name="Berg", slug="bo-berg")
    entry = factories.make_entry(event=session.event, number="", drivers=[driver])
    page = preview(officer, session, table("Pos  Nr  Driver", "1  9  Bo Berg"))
    assert (told(page), outcomes(page)) == ([], {2: "created"})
    page = preview(officer, session, table("Pos  Driver", "1  Berg, Bo"))
    confirm(officer, page)
    assert Result.objects.get().entry == entry


def test_a_car_that_stands_in_another_class_is_confirmed(officer, session):
    factories.make_class(name="GT4")
    page = preview(officer, session, table("Pos  Nr  Class", "1  120  GT4"))
    assert told(page) == [
        "Line 2, column 3: The car is entered in TCR, and stays there."
    ]
    assert confirm(officer, page, confirmed="yes").status_code == 302


def test_a_line_without_a_car_is_left_out(officer, session):
    page = preview(officer, session, table("Pos  Nr  Laps", "1  120  20", "-  -  99"))
    assert outcomes(page) == {2: "created", 3: "left_out"}


def test_nothing_at_all_is_refused(officer, session):
    page = preview(officer, session, " \n ")
    assert first_errors(page) == {"text": ["Paste a table or choose a file."]}


def test_a_text_beside_a_file_is_refused(officer, session):
    file = SimpleUploadedFile("race.csv", b"Pos;Nr\n1;120\n")
    page = preview(officer, session, "Pos;Nr\n1;120", file=file)
    assert first_errors(page) == {"file": ["Paste a table or choose a file, not both."]}


def test_more_rows_than_a_session_has_cars_are_refused(officer, session):
    text = "Pos;Nr\n" + "".join(f"{n};{n}\n" for n in range(1, 502))
    assert told(preview(officer, session, text)) == [
        "A session has no more than 500 cars, the table 501 rows."
    ]


def test_a_table_that_a_page_cannot_carry_is_refused(officer, session):
    text = "Pos;Nr;Note\n" + "".join(f"{n};{n};{'x' * 990}\n" for n in range(520))
    assert first_errors(preview(officer, session, text)) == {
        "text": ["The table is too long for this page: at most 500,000 characters."]
    }
    wide = "\t".join(f"c{n}" for n in range(61))
    assert first_errors(preview(officer, session, f"{wide}\n{wide}")) == {
        "text": ["The table has 61 columns; here at most 60 fit."]
    }


def test_what_has_faults_is_never_saved(session):
    table_ = read_text(table("Pos  Nr", "1  120", "1  7"))
    draft = results.draft(session, table_, Reading(("position", "number")))
    for save in (results.save, lambda draft: results.save_all([draft])):
        with pytest.raises(ValueError, match="A table with faults is not saved"):
            save(draft)


def test_official_results_are_not_saved_by_the_way(session):
    session.classification = "official"
    session.save()
    entry = session.event.entries.first()
    factories.make_result(session=session, entry=entry, laps=20)
    table_ = read_text(table("Nr  Laps", f"{entry.number}  21"))
    draft = results.draft(session, table_, Reading(("number", "laps")))
    with pytest.raises(ValueError, match="Official results change by an amendment"):
        results.save_all([draft])


def test_columns_that_nobody_offered_are_unknown(officer, session):
    page = preview(officer, session, table("Pos  Nr", "1  120"))
    page = again(officer, page, column_1="<b>")
    assert told(page) == [IMPOSSIBLE["nothing about the cars"][1][0]]
