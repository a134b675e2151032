"""A career counted by hand, so to speak: from rows as written, without the project.

Whoever counts like this and gets the same as `events.career` has counted right. For
every race and figure the answer is yes, no, or None where nobody can tell.
"""

from collections import defaultdict
from dataclasses import dataclass, field

FIGURES = ("starts", "wins", "class_wins", "podiums", "poles", "fastest_laps")
STARTED = ("classified", "†", "Ret", "DSQ", "NC", "EX")
STAYED_AWAY = ("DNS", "DNQ", "WD")
Season = tuple[str, int]


@dataclass
class Counted:
    """A driver's seasons with their totals, and the totals of the whole career.

    Those of the career are pairs: the number, and whether it may be more.
    """

    seasons: dict[Season, dict[str, int | None]] = field(default_factory=dict)
    career: dict[str, tuple[int | None, bool]] = field(default_factory=dict)


def recount(results: list[dict], seasons: list[dict]) -> dict[str, Counted]:
    """What every driver's career comes to, by name."""
    raced = _races_by_driver(results)
    lines = {}
    for row in seasons:
        lines.setdefault(name_of(row["driver"]), {})[_season(row)] = row
    over = {_season(row) for row in results if row["is_over"]}
    return {
        name: _counted(raced.get(name, {}), lines.get(name, {}), over)
        for name in sorted(raced.keys() | lines.keys())
    }


def name_of(written: str) -> str:
    """Berg, Anna is Anna Berg."""
    last, comma, first = written.partition(", ")
    return f"{first} {last}" if comma else written


def _season(row) -> Season:
    return row["series"], int(row["year"])


# The races


def _races_by_driver(results):
    """{name: {number of the row: (seasons it counts for, answers)}}."""
    sessions = defaultdict(list)
    for number, row in enumerate(results):
        weekend = row["series"], row["year"], row["round"]
        sessions[weekend, row["session"]].append((number, row))
    firsts = {
        (weekend, row["first_part"])
        for (weekend, _session), rows in sessions.items()
        for _number, row in rows
        if "first_part" in row
    }
    found = defaultdict(dict)
    for key, rows in sessions.items():
        if key in firsts or rows[0][1]["kind"] != "race":
            continue
        for number, row in rows:
            answers = _answers(row, [other for _number, other in rows])
            for written in (row.get("credited") or row["drivers"]).split("; "):
                found[name_of(written)][number] = _counts_for(row), answers
    return found


def _counts_for(row) -> list[Season]:
    """The season of the weekend first, then the others."""
    found = [_season(row)]
    if other := row.get("also_counts_for"):
        name, _blank, year = other.rpartition(" ")
        is_dated = year.isdigit()
        found.append((name, int(year)) if is_dated else (other, int(row["year"])))
    return found


def _answers(row, everybody) -> dict[str, bool | None]:
    started = _started(row)
    place, in_class = _place(row, "position"), _place(row, "class_position")
    is_open = place is None and row["status"] in ("classified", "†", "")
    # Nobody is better placed overall than in the class.
    may_have_won = is_open and in_class in (1, None)
    may_have_been_third = is_open and in_class in (1, 2, 3, None)
    fastest = _best(row, everybody, "fastest_lap")
    return {
        "starts": started,
        "wins": None if may_have_won else place == 1,
        "class_wins": (
            None if may_have_won and in_class is None else in_class == 1 != place
        ),
        "podiums": None if may_have_been_third else place in (1, 2, 3),
        "poles": _best(row, everybody, "pole"),
        "fastest_laps": False if row["status"] in STAYED_AWAY else fastest,
    }


def _started(row):
    if row["status"] in STARTED:
        return True
    if row["status"] in STAYED_AWAY:
        return False
    return True if "laps" in row or "fastest_lap" in row else None


def _place(row, column):
    return int(row[column].removeprefix("=")) if row.get(column) else None


def _best(row, everybody, column):
    if row.get(column) == "overall":
        return True
    return False if any(car.get(column) == "overall" for car in everybody) else None


# What they come to


def _counted(races, lines, over) -> Counted:
    counted = Counted()
    own = {counts_for[0] for counts_for, _answers in races.values()}
    in_seasons = {
        season: {
            number: answers
            for number, (counts_for, answers) in races.items()
            if season in counts_for
        }
        for season in own | lines.keys()
    }
    typed = {season for season, row in lines.items() if row["totals"] == "typed"}
    for season, found in in_seasons.items():
        counted.seasons[season] = {
            figure: _typed(lines[season], figure)
            if season in typed
            else _sum(found.values(), figure)
            for figure in FIGURES
        }
    for figure in FIGURES:
        counted.career[figure] = _whole(figure, counted.seasons, in_seasons, typed)
    counted.career["titles"] = _titles(in_seasons, lines, over)
    return counted


def _whole(figure, totals, races, typed) -> tuple[int | None, bool]:
    """A figure of the career: each race once, be it counted or in a typed total.

    Where a typed total says nothing of the figure, its races are counted after all.
    """
    stated = {season for season in typed if totals[season][figure] is not None}
    held, twice = {}, 0
    for season in stated:
        twice += sum(
            races[season][key][figure] is True for key in races[season].keys() & held
        )
        held |= races[season]
    once = {}
    for season in races.keys() - stated:
        once |= {key: it for key, it in races[season].items() if key not in held}
    answers = [answer[figure] for answer in once.values()]
    figures = [totals[season][figure] for season in stated]
    may_be_more = (
        None in answers
        or any(season in typed for season in races.keys() - stated)
        or any(not races[season] for season in races.keys() - typed)
    )
    known = max([0, sum(figures) - twice, *figures]) + answers.count(True)
    return _known(known, may_be_more)


def _titles(seasons, lines, over) -> tuple[int | None, bool]:
    """First places in seasons that are over; a season without a place is open."""
    places = {
        season: lines[season]["championship_position"] if season in lines else ""
        for season in seasons
        if season in over
    }
    won = sum(place == "1" for place in places.values())
    return _known(won, "" in places.values())


def _known(number, may_be_more):
    """None at all, of which there may be some, is not a number anybody knows."""
    return (None, False) if number == 0 and may_be_more else (number, may_be_more)


def _typed(row, figure):
    return int(row[figure]) if row.get(figure) else None


def _sum(answers, figure) -> int | None:
    """How many are a yes; None where it is none, but nobody knows that."""
    said = [answer[figure] for answer in answers]
    yes = said.count(True)
    return None if yes == 0 and (not said or None in said) else yes
