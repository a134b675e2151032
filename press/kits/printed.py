"""Facts as a kit prints them, for the page and for every document.

What is not known is left out of a list of facts and is a dash in a table, never 0.
What a reader who hides results does not see yet is a question mark: only a page has
one, the documents are the same for everybody.
"""

from collections.abc import Iterable

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from drivers.models import CareerResult, Driver, Milestone
from events.career import Career, Figure, SeasonLine
from events.models import Entry
from press.documents.tree import Facts, Heading, Link, Paragraph, Table, Words
from press.kits.kit import Section
from racing import dates, formats, words
from racing.models import Car

UNKNOWN = "–"
HIDDEN = "?"
CLASS_WINS, FASTEST_LAPS = "class_wins", "fastest_laps"
# A table of seasons has a column for them where there are any.
SELDOM = (CLASS_WINS, FASTEST_LAPS)


def cell(value: object) -> str:
    """A fact in a table: the dash where it is not known."""
    return UNKNOWN if value in (None, "") else str(value)


def names(things: Iterable[object]) -> str:
    """Their names after one another, each once."""
    return ", ".join(dict.fromkeys(str(thing) for thing in things))


def link(text: str, url: str) -> Words:
    """A text that leads somewhere, if that is a page: not every address is."""
    return Link(text, url) if url.startswith(("http://", "https://")) else text


def section(key: str, title: str, *blocks) -> list[Section]:
    """The section if one of its blocks has something to say, as a list."""
    filled = tuple(block for block in blocks if block is not None and _says(block))
    return [Section(key, title, filled)] if filled else []


def _says(block):
    match block:
        case Facts():
            return bool(block.items)
        case Table():
            return bool(block.rows)
        case Paragraph():
            return bool(block.text)
    return True


def dash_note(*tables: Table) -> Paragraph | None:
    """What the dash means, where one stands."""
    cells = (cell for table in tables for row in table.rows for cell in row)
    if (UNKNOWN,) not in cells:
        return None
    return Paragraph(_("A dash (–) stands for what is not known."))


# Standings


def standing(line: SeasonLine) -> str:
    """``Fourth after three of seven rounds, 98 points``; empty where nothing is known."""
    if line.is_hidden:
        return HIDDEN
    place = words.standing(
        line.position,
        line.after_round,
        line.season.rounds,
        tied=line.is_tied,
        is_over=line.is_final,
    )
    points = None if line.points is None else _points(line.points)
    said = ", ".join(filter(None, [place, points]))
    if not said and not line.season.is_over:
        said = _("in progress")
    return capfirst(said)


def _points(points):
    return f"{formats.points(points)} {words.noun('points', points)}"


def place(line: SeasonLine) -> str:
    """The place in the championship for a table; while it runs, after which round."""
    if line.is_hidden:
        return HIDDEN
    if line.position is None:
        return UNKNOWN if line.season.is_over else _("in progress")
    told = formats.position(line.position, tied=line.is_tied)
    if line.is_title:
        return f"{told} ({_('title')})"
    if line.is_final or line.season.is_over:
        return told
    return f"{told} ({_so_far(line)})"


def _so_far(line):
    values = {"round": line.after_round, "rounds": line.season.rounds}
    if line.after_round is None:
        return _("in progress")
    if line.season.rounds is None:
        return _("after round %(round)s") % values
    return _("after round %(round)s of %(rounds)s") % values


# Totals


def figures(career: Career) -> Facts:
    """What a career comes to; class wins only where there are any."""
    return Facts(
        tuple(
            (capfirst(words.noun(what, None)), _figure(figure))
            for what, figure in career.figures.items()
            if career.lines and (what != CLASS_WINS or figure.value)
        )
    )


def _figure(figure: Figure) -> str:
    if figure.value is None:
        return ""
    said = formats.whole(figure.value)
    return _("at least %(count)s") % {"count": said} if figure.is_at_least else said


def seasons(lines: list[SeasonLine]) -> Table:
    """A career season by season, the latest first."""
    figures = [
        figure
        for figure in ("starts", "wins", CLASS_WINS, "podiums", "poles", FASTEST_LAPS)
        if figure not in SELDOM or any(getattr(line.totals, figure) for line in lines)
    ]
    header = (
        *(_("Year"), _("Series"), _("Team"), _("Car"), _("Number")),
        *(_column(figure) for figure in figures),
        *(_("Points"), _("Position")),
    )
    return Table(
        caption="",
        header=header,
        rows=tuple(_season(line, figures) for line in lines),
        numeric=tuple(range(4, len(header))),
    )


def _column(figure):
    return {
        "starts": _("Races"),
        "wins": _("Wins"),
        "class_wins": _("Class wins"),
        "podiums": _("Podiums"),
        "poles": _("Poles"),
        "fastest_laps": _("Fastest laps"),
    }[figure]


def _season(line, figures):
    record = line.record
    totals = (
        HIDDEN if line.hides_totals else total(getattr(line.totals, figure))
        for figure in figures
    )
    points = None if line.points is None else formats.points(line.points)
    return (
        str(line.season.year),
        line.season.series.short_name,
        cell(record.team),
        cell(record.car),
        cell(record.number),
        *totals,
        HIDDEN if line.is_hidden else cell(points),
        place(line),
    )


def total(value: int | None) -> str:
    """A total for a table."""
    return UNKNOWN if value is None else formats.whole(value)


# What comes, and what was


def coming(entries: list[Entry]) -> Table:
    """The weekends to come, with where they are."""
    return Table(
        caption="",
        header=(
            *(_("Race weekend"), _("Dates"), _("Circuit")),
            *(_("Series"), _("Number"), _("Car")),
        ),
        rows=tuple(_weekend(entry) for entry in entries),
        numeric=(4,),
    )


def _weekend(entry):
    event = entry.event
    return (
        event.name,
        cell(dates.date_range(event.first_day, event.last_day)),
        _where(event.circuit),
        event.season.series.short_name,
        cell(entry.number),
        cell(entry.car),
    )


def _where(circuit):
    """``Circuit Zandvoort, Zandvoort, Nederländerna``; a place in the name but once."""
    place = "" if circuit.place in circuit.name else circuit.place
    return ", ".join(filter(None, [circuit.name, place, circuit.country.name]))


def milestones(found: list[Milestone]) -> Facts:
    return Facts(
        tuple(
            (
                dates.date(milestone.date) if milestone.date else str(milestone.year),
                milestone.text,
            )
            for milestone in found
        )
    )


# Cars


def car(car: Car) -> list[Heading | Facts]:
    """A car with what is known of it, figures with their units."""
    return [
        Heading(2, str(car)),
        Facts(
            (
                (_("Class"), str(car.racing_class or "")),
                (_("Engine"), car.engine),
                (_("Displacement"), _measure(car.displacement_cc, "cm³")),
                (_("Power"), _measure(car.power_kw, "kW")),
                (_("Torque"), _measure(car.torque_nm, "Nm")),
                (_("Gearbox"), car.gearbox),
                (_("Drive"), str(car.get_drive_display())),
                (_("Weight"), _measure(car.weight_kg, "kg")),
                (_("Length"), _measure(car.length_mm, "mm")),
                (_("Width"), _measure(car.width_mm, "mm")),
                (_("Height"), _measure(car.height_mm, "mm")),
                (_("Wheelbase"), _measure(car.wheelbase_mm, "mm")),
            )
        ),
    ]


def _measure(value, unit):
    """``1 984 cm³``; in English ``1,984 cm³``."""
    return f"{formats.whole(value)}{formats.NO_BREAK_SPACE}{unit}" if value else ""


# Who races


Race = tuple[Driver, Entry | CareerResult]


def drivers(drivers: list[Driver], races: list[Race], address) -> Table:
    """Drivers with number, car and series of the year; `address` is that of a kit."""
    rows = []
    for driver in drivers:
        own = [row for raced, row in races if raced == driver]
        rows.append(
            (
                Link(driver.name, address(driver)),
                cell(names(row.number for row in own if row.number)),
                cell(names(row.car for row in own if row.car)),
                cell(names(season_of(row).series.short_name for row in own)),
            )
        )
    return Table(
        caption="",
        header=(_("Driver"), _("Number"), _("Car"), _("Series")),
        rows=tuple(rows),
        numeric=(1,),
    )


def season_of(row: Entry | CareerResult):
    return row.event.season if isinstance(row, Entry) else row.season
