"""`manage.py import_results`: what the page does, from the command line."""

import io

import pytest
from django.core.management import CommandError, call_command

from drivers.models import Driver
from events.models import OFFICIAL, Entry, Result, Session
from tests import badtables, factories
from tests.badtables import IMPOSSIBLE, UNREADABLE
from tests.pasting import table

pytestmark = pytest.mark.django_db

SLUG = "hankook-12h-hockenheimring-2022"
WHERE = {"event": SLUG, "session": "Race"}
TABLE = table("Pos  Nr  Varv", "1  120  262", "Bröt  7  20", "3  9  250")


@pytest.fixture
def session():
    return badtables.make_cars()


@pytest.fixture
def run(tmp_path):
    """Import a text or bytes: (what was written, what was complained of)."""

    def run_with(data, name="race.csv", **options):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("import_results", str(path), stdout=out, stderr=err, **options)
        finally:
            run_with.out = out.getvalue().splitlines()
            run_with.err = err.getvalue().replace(f"{tmp_path}/", "").splitlines()
        return run_with.out

    return run_with


def refusal(run, data, **options):
    """What is said where nothing is saved."""
    with pytest.raises(CommandError) as refused:
        run(data, **options)
    assert Result.objects.count() == 0
    return str(refused.value).partition("/race.")[2].partition(": ")[2] or str(
        refused.value
    )


def test_a_file_is_imported_and_told(run, session):
    assert run(TABLE, **WHERE) == [
        f"{SLUG}, Race: 2 created, 0 changed, 0 left as they are, 1 left out.",
        "  Line 2, #120 created: Position 1; Laps 262",
        "  Line 3, #7 created: Position retired; Laps 20",
        "Saved.",
    ]
    results = Result.objects.values_list("entry__number", "position", "status")
    assert set(results) == {("120", 1, "classified"), ("7", None, "retired")}
    assert Session.objects.get().classification == "provisional"
    reasons = Result.history.values_list("history_change_reason", flat=True)
    assert set(reasons) == {"import_results"}


def test_the_same_file_again_changes_nothing(run, session):
    run(TABLE, **WHERE)
    assert run(TABLE, **WHERE) == [
        f"{SLUG}, Race: 0 created, 0 changed, 2 left as they are, 1 left out.",
        "Saved.",
    ]
    assert Result.history.count() == 2


def test_a_change_is_told_with_what_was_there(run, session):
    run(TABLE, **WHERE)
    assert run(TABLE.replace("262", "261"), **WHERE, verbosity=2)[1:] == [
        "  Line 2, #120 changed: Laps 262 → 261",
        "  Line 3: #7 is left as it is.",
        "  Line 4: Car 9 is not entered here.",
        "Saved.",
    ]


def test_a_dry_run_saves_nothing(run, session):
    out = run(TABLE, **WHERE, dry_run=True)
    assert out[0].endswith(
        "Race: 2 created, 0 changed, 0 left as they are, 1 left out."
    )
    assert out[-1] == "Nothing is saved: a dry run."
    assert Result.objects.count() == 0
    assert Session.objects.get().classification == ""


def test_the_session_is_found_in_either_language(run, session):
    Session.objects.update(name_sv="Lopp 1", name_en="Race 1")
    run(TABLE, event=SLUG, session="race 1")
    run(TABLE, event=SLUG, session="Lopp 1")
    assert Result.objects.count() == 2


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        ({"event": "nowhere"}, "There is no race weekend “nowhere” on the site."),
        ({"session": "Lopp 9"}, "Hankook 12h Hockenheimring has no session “Lopp 9”."),
    ],
)
def test_a_session_that_is_not_there_is_refused(run, session, where, sentence):
    with pytest.raises(CommandError, match=r"^1 problem\. Nothing is saved\.$"):
        run(TABLE, **(WHERE | where))
    assert run.err == [f"race.csv, line 2: {sentence}"]


def test_a_name_that_several_sessions_have_is_refused(run, session):
    factories.make_session(event=session.event)
    with pytest.raises(CommandError):
        run(TABLE, **WHERE)
    assert run.err == [
        "race.csv, line 2: Hankook 12h Hockenheimring has several sessions “Race”."
    ]


def test_it_must_be_said_of_which_session_the_file_is(run, session):
    sentence = (
        "Say of which session this is: --event SLUG --session NAME, or columns “event” "
        "and “session” in the file."
    )
    assert refusal(run, TABLE) == sentence
    assert refusal(run, TABLE, event=SLUG) == sentence


# What only needs confirming


def test_a_driver_outside_the_crew_is_confirmed(run, session):
    text = table("Pos  Nr  Driver", "1  120  Jessica Bäckman")
    assert refusal(run, text, **WHERE) == (
        "Nothing is saved. If all of this is right, say so with --confirm."
    )
    assert run.err == [
        "race.csv, line 2, column 3: Jessica Bäckman is not in the crew of this car."
    ]
    run(text, **WHERE, confirm=True)
    assert [str(d) for d in Result.objects.get().credited_drivers] == [
        "Jessica Bäckman"
    ]


def test_cars_are_entered_where_that_is_asked_for(run, session):
    text = table("Pos  Nr  Driver  Class", "1  9  Bo Berg  TCR")
    out = run(text, **WHERE, enter_cars=True)
    assert out[1:] == [
        "  Line 2, #9 created: Position 1",
        "Entered: #9.",
        "New guests: Bo Berg.",
        "Saved.",
    ]
    entry = Entry.objects.get(number="9")
    assert entry.crew_drivers == [Driver.objects.get(slug="bo-berg")]


def test_positions_may_count_the_class(run, session):
    run(TABLE, **WHERE, positions="class")
    result = Result.objects.get(entry__number="120")
    assert (result.position, result.class_position) == (None, 1)


def test_the_source_is_kept(run, session):
    run(TABLE, **WHERE, source="https://24hseries.com/results")
    assert Result.objects.first().source == "https://24hseries.com/results"


# Official results


def test_official_results_are_filled_in_and_never_changed(run, session):
    run(TABLE, **WHERE, official=True)
    assert Session.objects.get().classification == OFFICIAL
    with pytest.raises(CommandError, match=r"^1 problem\. Nothing is saved\.$"):
        run(TABLE.replace("262", "261"), **WHERE)
    assert run.err == [
        "race.csv, line 2: The results of Race, Hankook 12h Hockenheimring are "
        "official. Paste the table in the admin, which asks for the decision behind "
        "the change."
    ]
    assert Result.objects.get(entry__number="120").laps == 262
    run(table("Nr  Startplats", "120  3"), **WHERE)
    assert Result.objects.get(entry__number="120").grid == 3
    assert Session.objects.get().classification == OFFICIAL


# Many sessions


MANY = table(
    "event  session  Pos  Nr  Tid",
    f"{SLUG}  Race  1  120  1:33:15.607",
    f"{SLUG}  Kval  2  120  1:47.095",
    f"{SLUG}  Race  2  7  +5.515",
)


def test_a_file_may_hold_many_sessions(run, session):
    kval = factories.make_session(
        event=session.event, kind="qualifying", name_sv="Kval"
    )
    out = run(MANY)
    assert [line for line in out if line.startswith(SLUG)] == [
        f"{SLUG}, Race: 2 created, 0 changed, 0 left as they are, 0 left out.",
        f"{SLUG}, Kval: 1 created, 0 changed, 0 left as they are, 0 left out.",
    ]
    assert kval.results.get().best_lap_ms == 107_095
    results = session.results.values_list("entry__number", "time_ms", "gap")
    assert set(results) == {("120", 5_595_607, ""), ("7", None, "+5.515")}


def test_one_fault_in_one_session_saves_none_of_them(run, session):
    factories.make_session(event=session.event, kind="qualifying", name_sv="Kval")
    assert refusal(run, MANY.replace("1:47.095", "fort")) == (
        "1 problem. Nothing is saved."
    )
    assert run.err == [
        "race.csv, line 3, column 5: “fort” is not a lap time. Write minutes, seconds "
        "and thousandths, for example 1:47.095."
    ]


def test_a_session_that_a_line_names_wrongly_is_told_by_its_line(run, session):
    assert refusal(run, MANY) == "1 problem. Nothing is saved."
    assert run.err == [
        "race.csv, line 3, column 2: Hankook 12h Hockenheimring has no session “Kval”."
    ]
    text = MANY.replace("\tKval", "\t")
    assert refusal(run, text) == "1 problem. Nothing is saved."
    assert run.err == [
        "race.csv, line 3, column 2: It is not said of which session of Hankook 12h "
        "Hockenheimring this is."
    ]
    text = MANY.replace(f"{SLUG}\tKval", "\tKval")
    assert refusal(run, text) == "1 problem. Nothing is saved."
    assert run.err == [
        "race.csv, line 3, column 1: It is not said of which weekend this is."
    ]
    text = MANY.replace(f"{SLUG}\tKval", "-\tKval")
    assert refusal(run, text) == "1 problem. Nothing is saved."
    assert run.err == [
        "race.csv, line 3, column 1: There is no race weekend “-” on the site."
    ]


def test_a_file_that_names_its_sessions_takes_no_others(run, session):
    assert refusal(run, MANY, **WHERE) == (
        "The file names its sessions itself: leave out --event and --session."
    )


def test_a_car_that_is_new_is_entered_once_for_all_sessions(run, session):
    factories.make_session(event=session.event, kind="qualifying", name_sv="Kval")
    text = table(
        "session  Pos  Nr  Förare",
        "Race  1  9  Bo Berg / Cia Dahl",
        "Kval  2  9  Bo Berg",
    )
    with pytest.raises(CommandError):
        run(text, enter_cars=True)
    text = text.replace("session", "event\tsession").replace("Race", f"{SLUG}\tRace")
    run(text.replace("Kval", f"{SLUG}\tKval"), enter_cars=True)
    entry = Entry.objects.get(number="9")
    assert entry.results.count() == 2
    assert [str(d) for d in entry.crew_drivers] == ["Bo Berg", "Cia Dahl"]
    kval = entry.results.get(session__name_sv="Kval")
    assert [str(driver) for driver in kval.credited_drivers] == ["Bo Berg"]


# What is refused


@pytest.mark.parametrize("make", UNREADABLE, ids=lambda make: make.__name__)
def test_a_file_that_is_no_table_is_refused(run, session, make):
    bad = make()
    said = refusal(run, bad.data, name=bad.name, **WHERE)
    assert said == f"{bad.sentence} Nothing is saved."


@pytest.mark.parametrize(
    "kind", [kind for kind in IMPOSSIBLE if kind != "two columns of one kind"]
)
def test_a_table_that_cannot_be_is_refused_with_line_and_column(run, session, kind):
    text, sentences = IMPOSSIBLE[kind]
    said = refusal(run, text, **WHERE)
    count = "1 problem" if len(sentences) == 1 else f"{len(sentences)} problems"
    assert said == f"{count}. Nothing is saved."
    assert run.err == [
        f"race.csv, {sentence[0].lower()}{sentence[1:]}"
        if sentence.startswith("Line")
        else f"race.csv: {sentence}"
        for sentence in sentences
    ]


def test_a_file_that_is_not_there_is_refused(session):
    with pytest.raises(CommandError, match=r"^nowhere\.csv: No such file"):
        call_command("import_results", "nowhere.csv", **WHERE)


# Queries


@pytest.mark.parametrize("count", [2, 20])
def test_any_number_of_sessions_and_rows_takes_the_same_queries(
    run, session, count, django_assert_num_queries
):
    lines = ["event  session  Pos  Nr  Förare  Varv"]
    for number in range(count):
        factories.make_session(event=session.event, name_sv=f"Lopp {number}")
        lines.append(f"{SLUG}  Lopp {number}  1  120  Andreas Bäckman  20")
        lines.append(f"{SLUG}  Lopp {number}  2  N{number}  Ida Nr{number}  20")
    with django_assert_num_queries(25):
        run(table(*lines), enter_cars=True)
    assert Result.objects.count() == 2 * count
