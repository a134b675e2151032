"""Every fact of the press release of the race week, read off the public pages.

The numbers are those of the list of the release's facts that the project is
held to. Each fact is looked for in a named part of a page as a visitor sees it
on 12 May 2022, in Swedish and, where it is not a name, in English.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings

from racing import clock
from racing.demo.loading import RACE_WEEK

HOME = ""
DRIVER = "drivers/andreas-backman/"
WEEKEND = "events/hankook-12h-hockenheimring-2022/"
CIRCUIT = "circuits/hockenheimring/"
TEAM = "teams/lestrup-racing-team/"
SERIES = "series/24h-series/2022/"
TCR_UK = "series/tcr-uk/2018/"
STCC = "series/stcc/2022/"
PAGES = (HOME, DRIVER, WEEKEND, CIRCUIT, TEAM, SERIES, TCR_UK, STCC)

Part = Callable[[Element], Element]


# Parts of a page.


def whole(page: Element) -> Element:
    """The page's main part."""
    return _only(page, ".//main")


def hero(page: Element) -> Element:
    """The heading with what belongs to it."""
    return _only(page, ".//header[@class='hero']")


def section(name: str) -> Part:
    """The section whose heading has that id."""
    return lambda page: _only(page, f".//section[@aria-labelledby='{name}']")


def season(year: int, series: str) -> Part:
    """The line of a season in the table of a career."""

    def find(page):
        rows = section("career")(page).findall(".//tbody/tr")
        (row,) = (
            row
            for row in rows
            if text(row[0]) == str(year) and text(row[1]).startswith(series)
        )
        return row

    return find


def figure(year: int, series: str, heading_sv: str, heading_en: str) -> Part:
    """The cell of a season's line below a heading of the table."""

    def find(page):
        table = section("career")(page).find(".//table")
        headings = [text(cell) for cell in table.findall(".//thead/tr/th")]
        (column,) = (
            column
            for column, heading in enumerate(headings)
            if heading in (heading_sv, heading_en)
        )
        return season(year, series)(page)[column]

    return find


def day(name_sv: str, name_en: str) -> Part:
    """The sessions of a day in the timetable."""

    def find(page):
        days = section("timetable")(page).findall(".//tbody")
        (found,) = (day for day in days if text(day[0]) in (name_sv, name_en))
        return found

    return find


def value(name: str, term_sv: str, term_en: str) -> Part:
    """What stands beside a term in a section's list of facts."""

    def find(page):
        pairs = section(name)(page).findall(".//dl/div")
        (found,) = (
            pair.find("dd") for pair in pairs if text(pair[0]) in (term_sv, term_en)
        )
        return found

    return find


def address(name: str, url: str) -> Part:
    """The link to an address in a section."""
    return lambda page: _only(section(name)(page), f".//a[@href='{url}']")


def _only(page, path):
    (found,) = page.findall(path)
    return found


def text(element: Element) -> str:
    """What an element says, in one line with plain blanks."""
    words = " ".join(" ".join(_texts(element)).split())
    for mark in ",.:;)":
        words = words.replace(f" {mark}", mark)
    return words


def _texts(element):
    if element.tag in ("script", "style", "template") or "hidden" in element.attrib:
        return
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _texts(child)
        yield child.tail or ""


# The facts.


@dataclass(frozen=True)
class Shown:
    """A fact's place: page, part of it, and what stands there."""

    page: str
    part: Part
    sv: str
    en: str | None = None  # None where it is a name, the same in both languages
    alone: bool = False  # whether nothing else stands there

    def said_in(self, language):
        return self.sv if language == "sv" or self.en is None else self.en


FRIDAY = day("fredag 13 maj", "Friday 13 May")
SATURDAY = day("lördag 14 maj", "Saturday 14 May")
SUNDAY = day("söndag 15 maj", "Sunday 15 May")
YOUTUBE = ("24H Series på YouTube", "24H Series on YouTube")
YOUTUBE_URL = "https://youtube.com/24HSeries"
TIMING_URL = "https://livetiming.getraceresults.com/24hseries"

WINS = ("Segrar", "Wins")
POLES = ("Pole", "Poles")
PODIUMS = ("Pallplatser", "Podiums")
POSITION = ("Placering", "Position")


CREW = section("crew")
TRACK = section("circuit")
TIMETABLE = section("timetable")
FOLLOW = section("follow")
FOLLOWING = section("following")


def on(page, part, sv, en=None):
    return (Shown(page, part, sv, en),)


def weekend(sv, en=None, part=whole):
    return on(WEEKEND, part, sv, en)


def life(sv, en=None):
    return on(DRIVER, section("biography"), sv, en)


def milestone(sv, en=None):
    return on(DRIVER, section("milestones"), sv, en)


def career(year, series, headings, number):
    part = figure(year, series, *headings)
    return (Shown(DRIVER, part, number, alone=True),)


FACTS: dict[int, tuple[Shown, ...]] = {
    11: weekend("Hankook 12h Hockenheimring", part=hero),
    12: weekend("13–15 maj 2022", "13–15 May 2022", hero),
    13: weekend(
        "12 timmar i två delar",
        "12 hours in two parts",
        value("circuit", "Tävlingsformat", "Format"),
    ),
    14: weekend("arrangeras av 24H Series", "is organised by 24H Series")
    + on(SERIES, value("facts", "Arrangör", "Organiser"), "24H Series"),
    15: on(SERIES, whole, "En serie långlopp", "A series of endurance races"),
    16: weekend("deltävling 4 av 7", "round 4 of 7", hero)
    + on(SERIES, hero, "7 deltävlingar", "7 rounds"),
    17: on(SERIES, whole, "runt om i världen", "around the world"),
    18: weekend("deltävling 4 av 7", "round 4 of 7", hero)
    + on(CIRCUIT, section("events"), "deltävling 4 av 7", "round 4 of 7"),
    19: weekend("Hockenheimring", part=value("circuit", "Bana", "Circuit")),
    20: on(CIRCUIT, whole, "Klassisk Formel 1-bana", "A classic Formula 1 track"),
    21: weekend("Tyskland", "Germany", hero),
    22: weekend(
        "Flera klasser med olika biltyper",
        "Several classes with different types of car",
    ),
    23: weekend("TCR-klassen, 8 bilar", "TCR class, 8 cars", CREW)
    + weekend(
        "i TCR-klassen delar Andreas Bäckman bil",
        "in the TCR class Andreas Bäckman shares a car",
    ),
    24: weekend("8 bilar", "8 cars", value("classes", "TCR", "TCR")),
    25: weekend("Lestrup Racing Team", part=CREW),
    26: weekend("Audi RS 3 LMS TCR", part=CREW),
    27: weekend(
        "den första tävlingen med nya Audi RS 3 LMS TCR",
        "the first race in the new Audi RS 3 LMS TCR",
    ),
    28: weekend(
        "Både teamet och bilen är nya för honom",
        "Both the team and the car are new to him",
    ),
    29: life(
        "Teamet är nytt för honom, Lestrup Racing Team, och det är också bilen",
        "The team is new to him, Lestrup Racing Team, and so is the car",
    ),
    30: weekend("120", part=CREW),
    31: weekend("med tre andra förare", "with three other drivers")
    + weekend(
        "Andreas Bäckman Oliver Söderström Emil Sällberg Marcus Fluch", part=CREW
    ),
    32: weekend("Oliver Söderström", part=CREW),
    33: weekend("Emil Sällberg", part=CREW),
    34: weekend("Marcus Fluch", part=CREW),
    35: milestone(
        "2022 Hockenheim blir Lestrup Racing Teams första tävling i nya Audi",
        "2022 Hockenheim will be Lestrup Racing Team’s first race in the new Audi",
    ),
    36: milestone(
        "2022 Första långloppet i en TCR-bil väntar: Hankook 12h Hockenheimring",
        "2022 A first endurance race in a TCR car is next: Hankook 12h",
    ),
    37: on(
        TEAM, section("people"), "Delägare Fredrik Lestrup", "Co-owner Fredrik Lestrup"
    ),
    38: weekend(
        "Helgen är uppladdning inför STCC-säsongen",
        "The weekend is preparation for the STCC season",
    ),
    39: weekend(
        "team och förare får lära känna bilen före premiären på Ljungbyhed",
        "team and drivers get to know the car before the opener at Ljungbyhed",
    ),
    40: on(STCC, hero, "STCC 2022")
    + on(STCC, section("facts"), "Scandinavian Touring Car Championship"),
    41: milestone("2022 Comeback i STCC", "2022 Comeback in the STCC"),
    42: milestone(
        "efter tre år av internationell racing",
        "after three years of international racing",
    ),
    43: on(DRIVER, season(2022, "STCC"), "Audi RS 3 LMS TCR"),
    44: on(DRIVER, season(2022, "STCC"), "Lestrup Racing Team"),
    45: weekend("STCC Ljungbyhed", part=FOLLOWING),
    46: weekend("3–4 juni 2022", "3–4 June 2022", FOLLOWING),
    47: on(
        TEAM,
        whole,
        "Målet är att vara med i striden om båda STCC-titlarna",
        "The goal is to fight for both STCC titles",
    ),
    48: milestone("2006 Tävlingsdebut", "2006 Race debut"),
    49: milestone("Tävlingsdebut i gokart", "Race debut in karting"),
    50: milestone("gokart, tio år gammal", "karting, aged ten"),
    51: life(
        "har sedan dess tävlat runt om i världen",
        "has raced around the world ever since",
    ),
    52: life(
        "framgångar både nationellt och internationellt",
        "success both nationally and internationally",
    ),
    53: milestone("2018 Debut i bilracing", "2018 Car-racing debut"),
    54: life("många år i gokart", "Many years in karting"),
    55: milestone("2017 Ett år i rallycross", "2017 One year in rallycross"),
    56: life(
        "Sedan debuten i bil har han vunnit, tagit pole position och stått på "
        "pallen i flera TCR-mästerskap",
        "Since his debut in cars he has taken wins, pole positions and podiums in "
        "several TCR championships",
    ),
    57: career(2018, "TCR UK", WINS, "1"),
    58: career(2018, "TCR UK", POLES, "1"),
    59: career(2018, "TCR UK", PODIUMS, "6"),
    60: career(2018, "TCR UK", POSITION, "3")
    + milestone("2018 Trea totalt i TCR UK", "2018 Third overall in TCR UK"),
    61: on(
        TCR_UK,
        whole,
        "Storbritanniens motsvarighet till STCC",
        "The British counterpart of the STCC",
    )
    + life(
        "TCR UK, Storbritanniens motsvarighet till STCC",
        "TCR UK, the British counterpart of the STCC",
    ),
    62: on(DRIVER, season(2019, "TCR Europe"), "TCR Europe"),
    63: life("Europamästerskapet TCR Europe", "the European championship, TCR Europe"),
    64: career(2019, "TCR Europe", POSITION, "4"),
    65: career(2019, "TCR Europe", WINS, "1"),
    66: career(2019, "TCR Europe", POLES, "2"),
    67: career(2019, "TCR Europe", PODIUMS, "2"),
    68: on(DRIVER, season(2020, "TCR Europe"), "TCR Europe"),
    69: career(2020, "TCR Europe", WINS, "1")
    + milestone(
        "2020 Seger i TCR Europe i Barcelona", "2020 Win in TCR Europe in Barcelona"
    ),
    70: on(DRIVER, season(2021, "WTCR"), "WTCR"),
    71: milestone(
        "VM-serien WTCR, FIA World Touring Car Cup",
        "the WTCR, the FIA World Touring Car Cup",
    )
    + life(
        "VM-serien WTCR, FIA World Touring Car Cup",
        "the world series WTCR, the FIA World Touring Car Cup",
    ),
    80: weekend("16:20 Fri träning", "16:20 Free practice", FRIDAY),
    81: weekend("19:05 Tidskval", "19:05 Qualifying", FRIDAY),
    82: weekend(
        "Tidskval Avgör startordningen", "Qualifying Decides the starting order", FRIDAY
    ),
    83: weekend("Race – del 1", "Race – part 1", SATURDAY)
    + weekend("Race – del 2", "Race – part 2", SUNDAY),
    84: weekend("12 timmar i två delar", "12 hours in two parts", TRACK),
    85: weekend("Fortsätter in på lördagskvällen", "Runs into Saturday evening")
    + weekend("till 19:55", "until 19:55", SATURDAY),
    86: weekend("Fortsätter in på söndagskvällen", "Runs into Sunday evening")
    + weekend("till 20:05", "until 20:05", SUNDAY),
    87: weekend("Hankook 12h Hockenheimring", part=hero)
    + weekend("Tidsschema", "Timetable", TIMETABLE),
    88: weekend(
        "Alla tider anges i svensk tid, samma som på banan (CEST, UTC+2).",
        "All times are Swedish time, the same as at the track (CEST, UTC+2).",
        TIMETABLE,
    ),
    89: weekend("16:20 Fri träning", "16:20 Free practice", FRIDAY),
    90: weekend(f"Fri träning {YOUTUBE[0]}", f"Free practice {YOUTUBE[1]}", FRIDAY),
    91: weekend("19:05 Tidskval", "19:05 Qualifying", FRIDAY),
    92: weekend(
        f"Avgör startordningen {YOUTUBE[0]}",
        f"Decides the starting order {YOUTUBE[1]}",
        FRIDAY,
    ),
    93: weekend("13:55 Race – del 1", "13:55 Race – part 1", SATURDAY),
    94: weekend(*YOUTUBE, SATURDAY),
    95: weekend("14:05 Race – del 2", "14:05 Race – part 2", SUNDAY),
    96: weekend(*YOUTUBE, SUNDAY),
    97: weekend(*YOUTUBE, FOLLOW) + on(HOME, section("watch"), *YOUTUBE),
    98: weekend(*YOUTUBE, address("follow", YOUTUBE_URL)),
    99: weekend(
        "livetiming.getraceresults.com/24hseries", part=address("follow", TIMING_URL)
    ),
    100: weekend("24hseries.com", part=address("follow", "https://24hseries.com")),
    101: weekend(
        "Om banan Bana Hockenheimring", "The circuit Circuit Hockenheimring", TRACK
    ),
    102: weekend("Hockenheim", part=value("circuit", "Plats", "Place"))
    + on(CIRCUIT, value("facts", "Plats", "Place"), "Hockenheim"),
    103: weekend("Baden-Württemberg", part=value("circuit", "Plats", "Place")),
    104: weekend("Tyskland", "Germany", value("circuit", "Plats", "Place")),
    105: weekend("4,574 km", "4.574 km", value("circuit", "Längd", "Length")),
    106: weekend(
        "16 Antalet kurvor enligt pressmeddelandet",
        "16 Number of corners as in the press release",
        value("circuit", "Antal kurvor", "Corners"),
    ),
    107: weekend("12 timmar", "12 hours", value("circuit", "Tävlingsformat", "Format")),
    108: weekend("6 timmar", "6 hours", SATURDAY),
    109: weekend("6 timmar", "6 hours", SUNDAY),
    110: weekend(
        "1:47.095", part=value("circuit", "Banrekord (TCR)", "Lap record (TCR)")
    ),
}

A_PRESS_TEXT = "the release's own headline: it belongs to the release, a later part"
PHOTOS = "a photo of the release, its caption or rights: no photo is at hand"
DOWNLOADS = "where press photos are downloaded: the press pages, a later part"
QUOTE = "a quote: it belongs to the release, a later part"
ASIDE = (
    {1: A_PRESS_TEXT}
    | dict.fromkeys(range(2, 9), PHOTOS)
    | dict.fromkeys((9, 10), DOWNLOADS)
    | dict.fromkeys(range(72, 80), QUOTE)
)


def test_every_number_is_shown_or_set_aside_with_a_reason():
    assert sorted([*FACTS, *ASIDE]) == list(range(1, 111))


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker, tmp_path_factory):
    """The pages by language and path, as they stand at noon on 12 May 2022."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    noon = clock.as_of(datetime.fromisoformat("2022-05-12T12:00+02:00"))
    with django_db_blocker.unblock(), transaction.atomic(), media, noon:
        call_command("demo", RACE_WEEK, verbosity=0)
        read = {
            (language, path): _read(f"/{language}/{path}")
            for language in ("sv", "en")
            for path in PAGES
        }
        transaction.set_rollback(True)
    return read


def _read(path):
    response = Client().get(path)
    assert response.status_code == 200, path
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("number", FACTS)
def test_fact(number, language, pages):
    for shown in FACTS[number]:
        found = text(shown.part(pages[language, shown.page]))
        assert shown.said_in(language) in found
        assert not shown.alone or shown.said_in(language) == found
