"""Two documents as the press kit makes them, of a driver who does not exist."""

import io
import itertools
from datetime import UTC, datetime

from PIL import Image, ImageDraw

from press.documents.tree import (
    Beside,
    Document,
    Facts,
    Heading,
    Link,
    ListOf,
    Paragraph,
    Picture,
    Table,
)

DATED = datetime(2022, 5, 12, 12, tzinfo=UTC)
ADDRESS = "https://www.example.com/sv/drivers/marta-ohman/press-kit/"
LEAD = (
    "Märta Öhman, 27, från Växjö kör GT4 European Series för Norrsken Racing i en "
    "Aston Martin Vantage. Hon har vunnit nio lopp i Europa, tre av dem i regn."
)
TEXT = (
    "Karriären började i gokart i Växjö 2004. Efter två år i formelbil bytte hon "
    "2016 till GT, och 2019 blev hon tvåa i sin klass med 182,5 poäng. Hemma "
    "konstruerar hon broar, och varje vinter kör hon en sväng på isen i Åre."
)


def jpeg(*, width: int = 720, height: int = 900) -> bytes:
    """A portrait of nobody: slanted stripes on near-black."""
    image = Image.new("RGB", (width, height), "#121316")
    draw = ImageDraw.Draw(image)
    for left in range(-height, width, 170):
        corners = [(left + height // 4, 0), (left + height // 4 + 60, 0)]
        draw.polygon([*corners, (left + 60, height), (left, height)], fill="#d3121b")
    data = io.BytesIO()
    image.save(data, "JPEG", quality=85)
    return data.getvalue()


def make_portrait(**fields) -> Picture:
    values = {
        "data": jpeg(),
        "alt": "Märta Öhman i depån, med hjälmen under armen",
        "caption": "Märta Öhman i Hockenheim, maj 2022.",
        "credit": "Foto: Åsa Ek",
        "width": 55,
    }
    return Picture(**values | fields)


def make_document(*blocks, **fields) -> Document:
    values = {
        "title": "Märta Öhman",
        "language": "sv",
        "dated": DATED,
        "address": ADDRESS,
        "author": "Norrsken Racing",
        "subject": "Biografi i 60 ord",
        "keywords": ("Märta Öhman", "GT4 European Series"),
        "as_of": "Uppgifter per 12 maj 2022",
        "accent": "#d3121b",
    }
    return Document(blocks=blocks, **values | fields)


def biography() -> Document:
    words = Beside((Paragraph(LEAD, is_lead=True), Paragraph(TEXT)), make_portrait())
    return make_document(words)


# Series, team, starts, wins, poles, points and position, the latest season first.
SEASONS = (
    ("GT4 European Series", "Norrsken Racing", "2", "0", "0", "", "pågår"),
    ("GT4 European Series", "Norrsken Racing", "12", "3", "1", "121,5", "4:a"),
    ("GT4 Scandinavia", "Norrsken Racing", "10", "2", "3", "209", "3:e"),
    ("GT4 Scandinavia", "Glada Hudik Motorsport", "14", "4", "4", "182,5", "2:a"),
    ("24H Series Europe", "Glada Hudik Motorsport", "5", "", "", "77", "6:a"),
    ("Formel Nordic", "Åres Motorklubb", "12", "0", "0", "112", "11:a"),
)
FIRST_YEAR = 2005


def career_table() -> Table:
    header = ("År", "Serie", "Team", "Starter", "Segrar", "Pole", "Poäng", "Placering")
    years = range(DATED.year, FIRST_YEAR - 1, -1)
    rows = zip(map(str, years), itertools.cycle(SEASONS))
    return Table(
        caption="Säsonger som publicerade av serierna, till och med 8 maj 2022",
        header=header,
        rows=tuple((year, *season) for year, season in rows),
        numeric=(3, 4, 5, 6, 7),
    )


def fact_sheet() -> Document:
    facts = Facts(
        (
            ("Född", "3 mars 1995 i Växjö"),
            ("Nationalitet", "Sverige"),
            ("Licens", "FIA Silver"),
            ("Team", "Norrsken Racing"),
            ("Bil", "Aston Martin Vantage AMR GT4, nr 007"),
            ("Längd", "172\u00a0cm"),
            ("Webb", Link("martaohman.example", "https://martaohman.example/")),
        )
    )
    totals = Facts((("Starter", "143"), ("Segrar", "9"), ("Pallplatser", "31")))
    events = ListOf(
        (
            "13–15 maj 2022: Hockenheim, 12 timmar (CEST, UTC+2)",
            "17–19 juni 2022: Circuit Paul Ricard",
            (
                "15–17 juli 2022: Spa, ",
                Link("biljetter", "https://spa.example/?a=1&b=ö"),
            ),
        )
    )
    return make_document(
        Beside((Paragraph(LEAD, is_lead=True), facts), make_portrait()),
        Heading(1, "Totalt"),
        totals,
        Heading(1, "Karriär"),
        career_table(),
        Heading(1, "Säsongen 2022"),
        Heading(2, "Nästa tävlingar"),
        events,
        Heading(2, "Kontakt"),
        Paragraph(
            (
                "Presskontakt: Åke Ås, ",
                Link("ake@norrsken.example", "mailto:ake@norrsken.example"),
                ", ",
                Link("+46 70 123 45 67", "tel:+46701234567"),
                ".",
            )
        ),
        title="Märta Öhman: faktablad",
        subject="Faktablad",
    )
