"""What the tags of a photo suggest that it shows: press.alttexts."""

from datetime import date

import pytest

from drivers.models import Driver
from events.models import Event
from press import alttexts
from press.alttexts import Tags, suggestion
from racing.models import Car, Circuit, Season, Team
from tests import factories

ANDREAS = Driver(pk=1, first_name="Andreas", last_name="Bäckman")
JESSICA = Driver(pk=2, first_name="Jessica", last_name="Bäckman")
FREDRIK = Driver(pk=3, first_name="Fredrik", last_name="Lestrup")
AUDI = Car(pk=1, make="Audi", model="RS 3 LMS TCR", generation="2021")
GOLF = Car(pk=2, make="Volkswagen", model="Golf GTI TCR")
HOCKENHEIM = Event(
    pk=1,
    name="Hankook 12h Hockenheimring",
    season=Season(year=2022),
    circuit=Circuit(name="Hockenheimring", place="Hockenheim"),
    first_day=date(2022, 5, 13),
)
SOMEWHERE = Event(
    pk=2,
    name="TCR Race",
    season=Season(year=2019),
    circuit=Circuit(name="Motorring"),
)
LESTRUP = Team(pk=1, name="Lestrup Racing Team")


class Entered:
    """An entry as `with_crew` fetches it."""

    def __init__(self, car, number, *crew):
        self.car_id, self.number, self.crew_drivers = car.pk, number, crew


OURS = Entered(AUDI, "120", ANDREAS, JESSICA)
THEIRS = Entered(AUDI, "121", FREDRIK)


@pytest.mark.parametrize(
    ("tags", "swedish", "english"),
    [
        (
            Tags([ANDREAS], [AUDI], [HOCKENHEIM], entries=[OURS, THEIRS]),
            "Andreas Bäckman i Audi RS 3 LMS TCR nr 120, Hockenheim, maj 2022",
            "Andreas Bäckman in Audi RS 3 LMS TCR no. 120, Hockenheim, May 2022",
        ),
        # Two cars of one kind: without a driver nobody knows which.
        (
            Tags([], [AUDI], [HOCKENHEIM], entries=[OURS, THEIRS]),
            "Audi RS 3 LMS TCR, Hockenheim, maj 2022",
            "Audi RS 3 LMS TCR, Hockenheim, May 2022",
        ),
        # Whoever is in no crew of the car does not sit in it.
        (
            Tags([FREDRIK], [AUDI], [HOCKENHEIM], entries=[OURS]),
            "Fredrik Lestrup, Audi RS 3 LMS TCR nr 120, Hockenheim, maj 2022",
            "Fredrik Lestrup, Audi RS 3 LMS TCR no. 120, Hockenheim, May 2022",
        ),
        (
            Tags([ANDREAS, JESSICA, FREDRIK], [], [HOCKENHEIM], [LESTRUP]),
            "Andreas Bäckman, Jessica Bäckman och Fredrik Lestrup, Hockenheim, maj 2022",
            "Andreas Bäckman, Jessica Bäckman and Fredrik Lestrup, Hockenheim, May 2022",
        ),
        (
            Tags([ANDREAS], [AUDI, GOLF]),
            "Andreas Bäckman, Audi RS 3 LMS TCR och Volkswagen Golf GTI TCR",
            "Andreas Bäckman, Audi RS 3 LMS TCR and Volkswagen Golf GTI TCR",
        ),
        # What the photo says of itself goes before what the weekend says.
        (
            Tags(
                [ANDREAS],
                [GOLF],
                [HOCKENHEIM],
                place="Mugello",
                taken_on=date(2019, 9, 1),
            ),
            "Andreas Bäckman i Volkswagen Golf GTI TCR, Mugello, september 2019",
            "Andreas Bäckman in Volkswagen Golf GTI TCR, Mugello, September 2019",
        ),
        (
            Tags(teams=[LESTRUP], events=[SOMEWHERE]),
            "Lestrup Racing Team, Motorring, 2019",
            "Lestrup Racing Team, Motorring, 2019",
        ),
        # Two weekends: neither is claimed.
        (
            Tags([ANDREAS], events=[HOCKENHEIM, SOMEWHERE]),
            "Andreas Bäckman",
            "Andreas Bäckman",
        ),
        (
            Tags(events=[HOCKENHEIM]),
            "Hankook 12h Hockenheimring, maj 2022",
            "Hankook 12h Hockenheimring, May 2022",
        ),
        (Tags(place="Hockenheim", taken_on=date(2022, 5, 13)), "", ""),
        (Tags(), "", ""),
    ],
)
def test_the_tags_suggest_what_a_photo_shows(tags, swedish, english):
    assert suggestion(tags) == {"sv": swedish, "en": english}


def test_a_suggestion_fits_the_column():
    crowd = [Driver(first_name="Ada", last_name=f"Berg {n}") for n in range(60)]
    texts = suggestion(Tags(crowd))
    assert [len(text) <= alttexts.LONGEST for text in texts.values()] == [True, True]


@pytest.mark.django_db
def test_the_tags_of_a_photo_are_those_that_are_saved(django_assert_num_queries):
    andreas = factories.make_driver()
    jessica = factories.make_driver(first_name="Jessica")
    car, event = factories.make_car(), factories.make_event()
    factories.make_entry(event=event, drivers=[andreas, jessica], car=car)
    photo = factories.make_photo(place="Hockenheim")
    for owner in (andreas, jessica, car, event, factories.make_team()):
        owner.photos.add(photo)
    with django_assert_num_queries(5):
        texts = suggestion(alttexts.tags_of(photo))
    assert texts["sv"] == (
        "Andreas Bäckman och Jessica Bäckman i Audi RS 3 LMS TCR nr 120, "
        "Hockenheim, maj 2022"
    )
