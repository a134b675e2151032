"""Finding a driver by a name as timing sheets write it: events.driver_names."""

import pytest

from drivers.models import Driver
from events.driver_names import Names, split_names


def driver(first_name, last_name, slug, **fields):
    return Driver(first_name=first_name, last_name=last_name, slug=slug, **fields)


ANDREAS = driver("Andreas", "Bäckman", "andreas-backman")
JESSICA = driver("Jessica", "Bäckman", "jessica-backman")
VERGNE = driver("Jean-Éric", "Vergne", "jean-eric-vergne")
LINDE = driver("Kelvin", "van der Linde", "kelvin-van-der-linde")
BRIEN = driver("Pat", "O’Brien", "pat-obrien", full_name="Patrick James O’Brien")
BERG = driver("Bo", "Berg", "bo-berg")
EVERYBODY = [ANDREAS, JESSICA, VERGNE, LINDE, BRIEN, BERG]


def found(text, crew=()):
    return Names(EVERYBODY).find(text, crew)


def all_found(text, crew=()):
    return Names(EVERYBODY).find_all(text, crew)


# One name


@pytest.mark.parametrize(
    ("typed", "driver"),
    [
        ("Andreas Bäckman", ANDREAS),
        ("BÄCKMAN Andreas", ANDREAS),
        ("Bäckman, Andreas", ANDREAS),
        ("andreas backman", ANDREAS),
        ("A. Bäckman", ANDREAS),
        ("A.Bäckman", ANDREAS),
        ("Bäckman A.", ANDREAS),
        ("Bäckman A", ANDREAS),
        ("  Andreas   Bäckman ", ANDREAS),
        ("Andreas Bäckman (SWE)", ANDREAS),
        ("(J) Andreas Bäckman", ANDREAS),
        ("andreas-backman", ANDREAS),
        ("Vergne", VERGNE),
        ("Jean Eric Vergne", VERGNE),
        ("JEAN-ERIC VERGNE", VERGNE),
        ("J. Vergne", VERGNE),
        ("J.-E. Vergne", VERGNE),
        ("Vergne JE", VERGNE),
        ("K. VAN DER LINDE", LINDE),
        ("van der Linde, Kelvin", LINDE),
        ("O'Brien", BRIEN),
        ("OBRIEN Pat", BRIEN),
        ("Patrick James O’Brien", BRIEN),
    ],
)
def test_driver_is_found_however_the_name_is_written(typed, driver):
    assert found(typed) == [driver]


@pytest.mark.parametrize("typed", ["", "Ek", "Andreas", "B. Bäckman", "Bäck", "(SWE)"])
def test_other_names_are_nobodys(typed):
    assert found(typed) == []


def test_surname_that_several_bear_may_mean_each():
    assert found("Bäckman") == [ANDREAS, JESSICA]


def test_crew_of_the_car_is_looked_at_first():
    assert found("Bäckman", crew=[BERG, JESSICA]) == [JESSICA]
    assert found("Bäckman", crew=[JESSICA, ANDREAS]) == [JESSICA, ANDREAS]
    assert found("Vergne", crew=[JESSICA]) == [VERGNE]


def test_crew_may_hold_the_driver_in_an_object_of_its_own():
    other = driver("Jessica", "Bäckman", "jessica-backman")
    (meant,) = found("Bäckman", crew=[other])
    assert meant is other


def test_driver_who_comes_later_is_found_too():
    names = Names([ANDREAS])
    names.add(BERG)
    assert (names.find("B. Berg"), names.find("Bäckman")) == ([BERG], [ANDREAS])


def test_two_drivers_of_one_name_are_two():
    other = driver("Bo", "Berg", "bo-berg-2")
    assert Names([BERG, other]).find("Bo Berg") == [BERG, other]


# The names of a crew


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A. Andersson / B. Berg", ["A. Andersson", "B. Berg"]),
        ("Andersson/Berg", ["Andersson", "Berg"]),
        (" Andersson & Berg ", ["Andersson", "Berg"]),
        ("Andersson + Berg; Ceder", ["Andersson", "Berg", "Ceder"]),
        ("Andersson | Berg", ["Andersson", "Berg"]),
        ("Andersson\r\nBerg", ["Andersson", "Berg"]),
        ("Andersson och Berg", ["Andersson", "Berg"]),
        ("Andersson AND Berg", ["Andersson", "Berg"]),
        ("Andersson und Berg", ["Andersson", "Berg"]),
        ("Berg / / -", ["Berg"]),
        ("Berg, Bo", ["Berg, Bo"]),
        ("Lars-And Lund", ["Lars-And Lund"]),
        ("Undén", ["Undén"]),
        ("", []),
        (" / ", []),
    ],
)
def test_names_of_a_crew_stand_apart(text, names):
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", []),
        ("Vergne", [("Vergne", [VERGNE])]),
        (
            "Vergne / Ek",
            [("Vergne", [VERGNE]), ("Ek", [])],
        ),
        ("Berg, Bo", [("Berg, Bo", [BERG])]),
        ("Berg, Vergne", [("Berg", [BERG]), ("Vergne", [VERGNE])]),
        (
            "Bo Berg, Jessica Bäckman",
            [("Bo Berg", [BERG]), ("Jessica Bäckman", [JESSICA])],
        ),
        ("Berg, Ek", [("Berg", [BERG]), ("Ek", [])]),
        ("Ek, Anna", [("Ek, Anna", [])]),
        ("Ek, Lind, Berg", [("Ek", []), ("Lind", []), ("Berg", [BERG])]),
        (
            "Berg, Bo, Bäckman, Jessica",
            [("Berg, Bo", [BERG]), ("Bäckman, Jessica", [JESSICA])],
        ),
        (
            "Berg, Bo / Bäckman, Jessica",
            [("Berg, Bo", [BERG]), ("Bäckman, Jessica", [JESSICA])],
        ),
        ("Berg,", [("Berg,", [BERG])]),
    ],
)
def test_each_name_of_a_crew_is_found(typed, names):
    assert all_found(typed) == names


def test_names_of_a_crew_are_looked_for_in_it():
    assert all_found("Bäckman / Berg", crew=[ANDREAS]) == [
        ("Bäckman", [ANDREAS]),
        ("Berg", [BERG]),
    ]
