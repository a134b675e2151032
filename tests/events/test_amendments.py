"""What changes official results, and how it is kept: events.classification."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from drivers.models import Driver
from events.classification import (
    as_text,
    from_text,
    plan,
    save,
    save_all,
)
from events.models import (
    AMENDED,
    CLASSIFIED,
    DISQUALIFIED,
    FACTS,
    IN_CLASS,
    OFFICIAL,
    OVERALL,
    PROVISIONAL,
    RETIRED,
    Amendment,
    Result,
    ResultChange,
    Session,
)
from tests.events.lines import WON, classified, credited, drivers, kept, line
from tests.factories import (
    make_entry,
    make_result,
    make_session,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


# Amending what is official


@pytest.fixture
def official(event):
    return make_session(event=event, classification=OFFICIAL)


def ruling(**fields):
    return Amendment(
        **(
            {"decided_on": date(2022, 9, 2), "body_sv": "SBF", "reason_sv": "Kontakt"}
            | {"source_url": "https://sbf.se/beslut"}
            | fields
        )
    )


def disqualified(entry):
    return line(
        entry,
        status=DISQUALIFIED,
        is_classified=False,
        position=None,
        points=None,
    )


def changes(amendment):
    return [
        (change.result.entry.number, change.field, change.old, change.new)
        for change in amendment.changes.order_by("pk")
    ]


def test_official_results_change_by_an_amendment_that_keeps_every_field(
    event, official
):
    out, up, same = (make_entry(event=event, number=number) for number in "123")
    make_result(session=official, entry=out, points=Decimal(25), **WON)
    make_result(session=official, entry=up, **classified(2, points=Decimal("12.50")))
    make_result(session=official, entry=same, status=RETIRED)
    lines = [
        disqualified(out),
        line(up, position=1, points=Decimal(25), laps=12, note_sv="Vann till slut"),
        line(same, status=RETIRED),
    ]
    found = plan(official, lines)
    assert found.needs_amendment
    amendment = ruling()
    save(found, amendment)
    assert changes(amendment) == [
        ("1", "status", "classified", "disqualified"),
        ("1", "is_classified", "yes", ""),
        ("1", "position", "1", ""),
        ("1", "points", "25", ""),
        ("2", "position", "2", "1"),
        ("2", "points", "12.5", "25"),
        ("2", "laps", "", "12"),
    ]
    assert kept(official) == {
        "1": (DISQUALIFIED, None),
        "2": (CLASSIFIED, 1),
        "3": (RETIRED, None),
    }
    official.refresh_from_db()
    assert official.classification == AMENDED
    assert Result.objects.get(entry=up).note_sv == "Vann till slut"


def test_amendment_and_everything_with_it_is_in_the_history(event, official):
    entry = make_entry(event=event)
    make_result(session=official, entry=entry, **WON)
    amendment = ruling()
    save(plan(official, [disqualified(entry)]), amendment, reason="Ruling")
    models = (Result, Amendment, ResultChange, Session)
    assert [
        [
            past.history_type
            for past in model.history.filter(history_change_reason="Ruling")
        ]
        for model in models
    ] == [["~"], ["+"], ["+"] * 3, ["~"]]


def test_results_that_are_amended_already_are_amended_again(event, official):
    entry = make_entry(event=event)
    make_result(session=official, entry=entry, **WON)
    save(plan(official, [disqualified(entry)]), ruling())
    undone = plan(official, [line(entry, **WON)])
    assert undone.needs_amendment
    second = ruling(reason_sv="Beslutet ändras")
    save(undone, second)
    assert changes(second) == [
        ("120", "status", "disqualified", "classified"),
        ("120", "is_classified", "", "yes"),
        ("120", "position", "", "1"),
    ]
    assert list(official.amendments.values_list("reason_sv", flat=True)) == [
        "Kontakt",
        "Beslutet ändras",
    ]
    assert Session.history.filter(id=official.pk, history_type="~").count() == 1


def test_official_results_are_not_changed_without_an_amendment(event, official):
    entry = make_entry(event=event)
    make_result(session=official, entry=entry, **WON)
    found = plan(official, [disqualified(entry)])
    for way in (lambda: save(found), lambda: save_all([found])):
        with pytest.raises(ValueError, match="change by an amendment"):
            way()
    assert kept(official) == {"120": (CLASSIFIED, 1)}


def test_amendment_that_is_refused_leaves_the_results_as_they_were(event, official):
    entry = make_entry(event=event)
    make_result(session=official, entry=entry, **WON)
    found = plan(official, [disqualified(entry)])
    with pytest.raises(IntegrityError), transaction.atomic():
        save(found, ruling(source_url="", source=""))
    assert kept(official) == {"120": (CLASSIFIED, 1)}
    official.refresh_from_db()
    assert official.classification == OFFICIAL


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ({}, classified(3)),
        (classified(3), {"laps": 12, "best_lap_ms": 107_095}),
        (classified(3), {"points": Decimal(15)}),
        (classified(3), {"pole": OVERALL, "fastest_lap": OVERALL}),
        ({"laps": 12}, {"status": RETIRED}),
        (classified(3), {"note_sv": "Ny text", "source": "SBF"}),
        (classified(3, note_sv="Gammal"), {"note_sv": "Ny text"}),
        ({"status": RETIRED}, {"status": RETIRED}),
    ],
)
def test_what_was_not_known_is_filled_in_without_an_amendment(
    stored, said, event, official
):
    entry = make_entry(event=event)
    make_result(session=official, entry=entry, **stored)
    found = plan(official, [line(entry, **said)])
    assert not found.needs_amendment
    save(found)
    result = Result.objects.get()
    assert {name: getattr(result, name) for name in said} == said
    assert official.amendments.count() == 0
    official.refresh_from_db()
    assert official.classification == OFFICIAL


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        (classified(3), {"position": 4}),
        (classified(3), {"position": None}),
        (classified(3), {"is_tied": True}),
        (classified(3, is_tied=True), {"is_tied": False}),
        (classified(9, class_position=3), {"is_tied_in_class": True}),
        ({"status": RETIRED}, {"is_classified": True}),
        ({"status": RETIRED, "is_classified": True}, {"is_classified": False}),
        (classified(3, points=Decimal(0)), {"points": Decimal(15)}),
        (classified(3, laps=0), {"laps": 12}),
        (classified(3, gap="+1 lap"), {"gap": ""}),
        (classified(3, pole=OVERALL), {"pole": ""}),
    ],
)
def test_what_was_known_is_changed_by_an_amendment_alone(stored, said, event, official):
    entry = make_entry(event=event)
    make_result(session=official, entry=entry, **stored)
    found = plan(official, [line(entry, **said)])
    assert found.needs_amendment
    assert [difference.is_ruling for difference in found.changed[0].differences] == [
        True
    ]


def test_car_that_was_missing_is_filled_in_without_an_amendment(event, official):
    save(plan(official, [line(make_entry(event=event), **WON)]))
    assert kept(official) == {"120": (CLASSIFIED, 1)}
    official.refresh_from_db()
    assert official.classification == OFFICIAL


def test_who_drove_is_changed_by_an_amendment(event, official):
    ada, bea, cia = drivers("Ada", "Bea", "Cia")
    entry = make_entry(event=event, drivers=[ada, bea, cia])
    make_result(session=official, entry=entry, **WON)
    found = plan(official, [line(entry, ada, bea)])
    amendment = ruling()
    save(found, amendment)
    assert changes(amendment) == [
        ("120", "drivers", "Ada Berg, Bea Berg, Cia Berg", "Ada Berg, Bea Berg")
    ]
    again = ruling()
    save(plan(official, [line(entry, drivers=())]), again)
    assert changes(again) == [
        ("120", "drivers", "Ada Berg, Bea Berg", "Ada Berg, Bea Berg, Cia Berg")
    ]


def test_drivers_in_another_order_are_no_ruling(event, official):
    ada, bea = drivers("Ada", "Bea")
    entry = make_entry(event=event, drivers=[ada, bea])
    make_result(session=official, entry=entry, **WON)
    found = plan(official, [line(entry, bea, ada)])
    assert not found.needs_amendment
    save(found)
    assert credited(official) == [bea, ada]
    amendment = ruling()
    save(plan(official, [line(entry, ada, bea, position=2)]), amendment)
    assert changes(amendment) == [("120", "position", "1", "2")]
    assert credited(official) == [ada, bea]


def test_crew_that_nobody_knew_is_filled_in(event, official):
    ada, bea = drivers("Ada", "Bea")
    entry = make_entry(event=event)
    make_result(session=official, entry=entry, **WON)
    assert not plan(official, [line(entry, ada, bea)]).needs_amendment


def test_provisional_results_change_freely(event):
    session = make_session(event=event, classification=PROVISIONAL)
    entry = make_entry(event=event)
    make_result(session=session, entry=entry, **WON)
    found = plan(session, [disqualified(entry)])
    assert not found.needs_amendment
    save_all([found])
    assert kept(session) == {"120": (DISQUALIFIED, None)}


# Facts as an amendment keeps them


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("status", DISQUALIFIED, "disqualified"),
        ("status", "", ""),
        ("is_classified", True, "yes"),
        ("is_classified", False, ""),
        ("position", 3, "3"),
        ("position", None, ""),
        ("is_tied", True, "yes"),
        ("class_position", 1, "1"),
        ("is_tied_in_class", False, ""),
        ("grid", 12, "12"),
        ("laps", 0, "0"),
        ("time_ms", 5_595_607, "5595607"),
        ("gap", "+1 lap", "+1 lap"),
        ("best_lap_ms", 107_095, "107095"),
        ("points", Decimal("12.5"), "12.5"),
        ("points", Decimal(0), "0"),
        ("points", Decimal("100.00"), "100"),
        ("points", None, ""),
        ("pole", OVERALL, "overall"),
        ("fastest_lap", IN_CLASS, "class"),
        ("fastest_lap", "", ""),
    ],
)
def test_fact_is_kept_as_a_text_and_read_back(name, value, text):
    assert as_text(value) == text
    read = from_text(name, text)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_facts_are_kept_the_same_in_both_languages(language):
    with translation.override(language):
        assert as_text(Decimal("12.5")) == "12.5"
        assert as_text(Result(status=RETIRED).status) == "retired"


def test_every_fact_is_read_back_from_a_result():
    result = Result(
        **classified(3, laps=12, points=Decimal("12.5"), gap="+5.515", pole=IN_CLASS)
    )
    texts = {name: as_text(getattr(result, name)) for name in FACTS}
    assert {name: from_text(name, text) for name, text in texts.items()} == {
        name: getattr(result, name) for name in FACTS
    }


def test_drivers_are_kept_by_their_names():
    crew = tuple(Driver(first_name=name, last_name="Berg") for name in ("Ada", "Bea"))
    assert (as_text(crew), as_text(())) == ("Ada Berg, Bea Berg", "")
