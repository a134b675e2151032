"""Which column of a timing table is what, by its heading and its values.

Headings are known in Swedish, English and German and as timing services abbreviate
them. What a heading leaves open (is "Car" a number or a model?) the values decide.
An editor can correct every column, so an unknown heading is left unknown.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from events.imports import looks
from racing.formats import fold
from racing.tables.reading import Table, without_headings

IGNORE = "ignore"
# What a column can hold, in the order in which it is offered.
FIELDS = {
    "position": _("position"),
    "number": _("start number"),
    "drivers": _("drivers"),
    "racing_class": _("class"),
    "class_position": _("class position"),
    "team": _("team"),
    "car": _("car"),
    "laps": _("laps"),
    "time": _("time"),
    "gap": _("gap"),
    "best_lap": _("best lap"),
    "points": _("points"),
    "grid": _("grid"),
    "status": _("status"),
    "pole": _("pole position"),
    "fastest_lap": _("fastest lap"),
    "note_sv": _("note in Swedish"),
    "note_en": _("note in English"),
    "source": _("source"),
    IGNORE: _("not used"),
}

ROWS_TO_JUDGE_BY = 200

# Headings that mean one thing, as `_key` spells them. Before the semicolon those that
# leave no doubt, after it those that give way to a clearer one.
_NAMES = {
    "position": """
        pos position pl plac placering plats platz platzierung rank rang rk resultat
        result totalt overall gesamt gesamtplatz postot pltot posgesamt posoverall ;
        finish mal""",
    "number": """
        nr no # n num number nummer startnr startnummer startno startnumber stnr stno
        snr bilnr bilnummer carno carnr carnumber raceno racenr racenumber fzgnr wagennr ;
        sn""",
    "drivers": """
        forare forarna driver drivers drivername drivernames fahrer fahrername pilot
        piloten crew forarbesattning besattning forarnamn ;
        namn name names deltagare tavlande competitor teilnehmer participant teamdriver
        teamforare teamfahrer efternamn surname lastname nachname""",
    "racing_class": """
        klass class klasse cl cat category kategori kategorie ;
        grupp group gruppe div division""",
    "class_position": "pic pkl pcl iklass inclass inklasse ;",
    "team": """
        team teams teamname teamnamn stall lag rennstall mannschaft ;
        bewerber anmalare entrant entry""",
    "car": """
        fahrzeug fahrzeugtyp vehicle fordon bilmodell bilmarke carmodel chassis fabrikat ;
        marke make model modell typ manufacturer tillverkare hersteller""",
    "laps": """
        varv antalvarv kordavarv laps lapscompleted lapcount nooflaps runden rundenzahl
        rd rdn rnd gefahrenerunden ; lap runde""",
    "time": """
        tid totaltid tottid sluttid koltid time totaltime totaltm racetime elapsedtime
        zeit gesamtzeit rennzeit fahrzeit ; total elapsed tm""",
    "gap": """
        gap diff difference differens avstand avst efter tidefter behind ruckstand ruckst
        abstand abst gapfirst gaptofirst gapleader gaptoleader difffirst difftoleader
        gap1 diff1 gap1st ;""",
    "best_lap": """
        bastavarvtid bastatid besttime besttm bestlaptime bestlaptm bestzeit bestezeit
        besterundenzeit fastestlaptime fastesttime fltime snabbastevarvtid snabbastetid
        schnellsterundenzeit schnellstezeit ; varvtid laptime rundenzeit""",
    "points": "poang points pts pkt punkte pnt ; score",
    "grid": """
        grid gridpos gridposition gd startplats startposition startpos startruta
        startplatz startaufstellung ;""",
    "status": "status state anm anmarkning klassificering classification ;",
    "pole": "pole poleposition pp ;",
    "note_sv": "notering kommentar notesv noteinswedish anmarkningpasvenska ;",
    "note_en": """
        note notes remark remarks comment comments noteen noteinenglish
        anmarkningpaengelska ;""",
    "source": "kalla source quelle sourceurl ;",
    IGNORE: """
        int interval intervall intdiff prev previous diffprev diffprevious difftoprevious
        gapprev gapprevious gaptoprevious avstfore foregaende vordermann zumvordermann
        kmh okmh kmt mph kph speed avgspeed averagespeed bestspeed topspeed vmax flkph
        hastighet medelhastighet snitthastighet snitt toppfart geschwindigkeit schnitt
        inlap on onlap lapno lapnr bestinlap fllapnum ivarv inrunde inrd
        nat nation nationality nationalitet nationalitat land country
        licens licence license lizenz hemort hometown ort wohnort
        pit pits pitstops stops stopp depastopp boxenstopps
        datum date klockan clock timeofday uhrzeit tyres tires dack reifen
        klubb club verein sponsor straff penalty penalties strafe strafen
        s1 s2 s3 sector1 sector2 sector3 sektor1 sektor2 sektor3
        lastlap lasttm lasttime senastevarv letzterunde transponder sortkey ;""",
}
SURE, VAGUE = 2, 1


@dataclass(frozen=True)
class _Claim:
    """What a column says it is, and how clearly."""

    place: int
    field: str
    weight: int
    values: list[str]
    is_numbered: bool = False  # "Driver 2" of a crew


def headed(table: Table) -> Table:
    """The table with all its data below the header, which is empty without headings."""
    keys = [_key(heading) for heading in table.header]
    known = sum(1 for key in keys if key in _MEANINGS or key in _OPEN)
    data = sum(1 for cell in table.header if looks.size(cell) is not None)
    # A row may hold a class "P", and headings the rounds of a season from 1 to 8.
    return without_headings(table) if known <= 1 and data > known else table


def recognise(table: Table) -> list[str]:
    """A name of FIELDS for each column of the table, or "" where it is not known.

    A field is given once, to the column that fits it best. Only "drivers" may stand
    over several, as "Driver 1" and "Driver 2": those are one crew. "ignore" is for
    columns that are known and not kept, such as speeds.
    """
    table = headed(table)
    columns = [_values(table, place) for place in range(len(table.header))]
    claims = list(_claims(table.header, columns))
    chosen = dict(_by_heading(claims))
    silent = set(range(len(columns))) - {claim.place for claim in claims}
    for field, looks_like in _LOOKS.items():
        if field not in chosen.values():
            fitting = (
                n for n in sorted(silent - set(chosen)) if looks_like(columns[n])
            )
            chosen |= dict.fromkeys(itertools.islice(fitting, 1), field)
    return [chosen.get(place, "") for place in range(len(columns))]


def _values(table: Table, place: int) -> list[str]:
    column = (row.cells[place] for row in table.rows[:ROWS_TO_JUDGE_BY])
    return [value for value in column if value not in ("", "-", "–", "—")]


# By heading


def _claims(header: tuple[str, ...], columns: list[list[str]]) -> Iterator[_Claim]:
    for place, (heading, values) in enumerate(zip(header, columns, strict=True)):
        if meaning := _meaning(heading, values):
            numbered = bool(_NUMBERED_DRIVER.fullmatch(_key(heading)))
            yield _Claim(place, *meaning, values, numbered)


def _key(heading: str) -> str:
    """``Best lap [min]`` as ``bestlap``: letters, digits and # alone, no units."""
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", "", heading)
    return re.sub(r"[^a-z0-9#]", "", fold(bare))


_NUMBERED_DRIVER = re.compile(r"(?:driver|forare|fahrer|pilot|namn|name)[1-9]")
_PLACE = "(?:pos|position|pl|plac|placering|plats|place|platz|rank|rang|rk)"
_CLASS = "(?:kl|klass|klassen|klasse|cl|class|cat)"
_PLACE_IN_CLASS = re.compile(f"{_PLACE}(?:i|in)?{_CLASS}|{_CLASS}{_PLACE}")
_MEANINGS = {
    name: (field, weight)
    for field, names in _NAMES.items()
    for weight, group in zip((SURE, VAGUE), names.split(";"), strict=True)
    for name in group.split()
}


def _meaning(heading: str, values: list[str]) -> tuple[str, int] | None:
    """(field, weight) of a heading; one in two languages means what both mean."""
    if known := _known(_key(heading), values):
        return known
    parts = [_known(_key(part), values) for part in re.split(r"[/|\n]| - ", heading)]
    fields = {known[0] for known in parts if known}
    return (fields.pop(), VAGUE) if len(fields) == 1 else None


def _known(key: str, values: list[str]) -> tuple[str, int] | None:
    if key in _OPEN:
        return _OPEN[key](values), SURE
    if _NUMBERED_DRIVER.fullmatch(key):
        return "drivers", SURE
    if _PLACE_IN_CLASS.fullmatch(key):
        return "class_position", SURE
    return _MEANINGS.get(key)


def _by_heading(claims: list[_Claim]) -> Iterator[tuple[int, str]]:
    """(place, field) for every claim that holds against its rivals."""
    for field in FIELDS:
        rivals = [claim for claim in claims if claim.field == field]
        surest = max((claim.weight for claim in rivals), default=SURE)
        if field != IGNORE:
            rivals = [claim for claim in rivals if claim.weight == surest]
        yield from _settled(field, rivals, claims)


def _settled(
    field: str, rivals: list[_Claim], claims: list[_Claim]
) -> Iterator[tuple[int, str]]:
    numbered = [claim for claim in rivals if claim.is_numbered]
    if field == IGNORE or numbered:
        yield from ((claim.place, field) for claim in numbered or rivals)
    elif len(rivals) > 1 and field in _OTHERWISE:
        yield from _by_size(rivals, claims)
    elif rivals:
        yield rivals[0].place, field


# What else is printed under the same heading, beside the field itself.
_OTHERWISE = {"position": "class_position", "gap": IGNORE}


def _by_size(rivals: list[_Claim], claims: list[_Claim]) -> Iterator[tuple[int, str]]:
    """Of two columns the one with the larger values is the one over all.

    Nobody is better placed overall than in the class, nor nearer to the winner than
    to the car ahead. Services print "Gap" and "Diff" for these, either way round.
    """
    first, second, *_rest = sorted(rivals, key=lambda claim: -_total(claim.values))
    yield first.place, first.field
    other = _OTHERWISE[first.field]
    if other == IGNORE or not any(claim.field == other for claim in claims):
        yield second.place, other


def _total(values: list[str]) -> int:
    return sum(looks.size(value) or 0 for value in values)


# By the look of the values


# In this order: a column of ranks would pass for start numbers.
_LOOKS = {
    "position": looks.are_ranks,
    "number": looks.are_distinct_numbers,
    "drivers": looks.are_people,
    "gap": looks.are_gaps,
    "time": looks.are_race_times,
    "best_lap": looks.are_lap_times,
}


def _number_or_car(values: list[str]) -> str:
    return "number" if looks.are_numbers(values) else "car"


def _grid_or_clock(values: list[str]) -> str:
    return "grid" if not values or looks.are_whole(values) else IGNORE


def _best_lap(values: list[str]) -> str:
    """The time; the same heading may stand over the lap in which it was set."""
    return IGNORE if looks.are_whole(values) else "best_lap"


def _fastest_lap(values: list[str]) -> str:
    """Each car's best time, or a mark at the one that set the fastest lap."""
    if values and not any(any(map(str.isdecimal, value)) for value in values):
        return "fastest_lap"
    return _best_lap(values)


def _class_or_clock(values: list[str]) -> str:
    return IGNORE if looks.are_clock_times(values) else "racing_class"


def _position_or_points(values: list[str]) -> str:
    return "position" if looks.are_ranks(values) else "points"


_OPEN = {
    name: decide
    for group, decide in (
        ("car bil auto wagen fzg", _number_or_car),
        ("start st", _grid_or_clock),
        ("best bast basta beste bestlap bastavarv besterunde besterd bv", _best_lap),
        ("fastest fastestlap snabbast snabbastevarv", _fastest_lap),
        ("schnellste schnellsterunde fl sv sr", _fastest_lap),
        ("kl", _class_or_clock),
        ("p", _position_or_points),
    )
    for name in group.split()
}
