"""What each token says, in Swedish and in English.

In lower case where the word has it, for the middle of a sentence. What is not known is
None, and so is what cannot be said: a third win of at least three, the place in the
latest season of two that both have one. A total that may be more says so in every
form: ``minst tre segrar``, ``at least 3``.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.utils import translation

from drivers.models import LICENCES
from events.career import TITLES, Figure
from events.counting import FIGURES
from events.lineup import Lineup
from press.biographies.facts import Facts, Placed, TeamFacts
from racing import dates, formats, tokens, words
from racing.tokens import NUMBER, ORDINAL, WORD, Known, Token

ORDINALS_SV = (
    *("första", "andra", "tredje", "fjärde", "femte", "sjätte"),
    *("sjunde", "åttonde", "nionde", "tionde", "elfte", "tolfte"),
)
SEASONS_SV, SEASONS_EN = ("säsong", "säsonger"), ("season", "seasons")

Say = Callable[[Facts, Token, str], str | None]


def tokens_of(facts: Facts) -> Mapping[str, Known]:
    """The tokens that there are for whom the facts are of."""
    if isinstance(facts, TeamFacts):
        return tokens.TEAM_TOKENS
    return tokens.DRIVER_TOKENS


def value(facts: Facts, token: Token, language: str) -> str | None:
    """What a token says in a language, "sv" or "en"; None where nothing is known.

    Raises KeyError for a token that there is not.
    """
    say = (OF_A_TEAM if isinstance(facts, TeamFacts) else OF_A_DRIVER)[token.name]
    with translation.override(language):
        return say(facts, token, language) or None


# Words


def listed(names: list[str], language: str) -> str:
    """``STCC, TCR UK och WTCR``; in English ``STCC, TCR UK and WTCR``."""
    *first, last = names or [""]
    conjunction = " och " if formats.is_swedish(language) else " and "
    return conjunction.join(filter(None, [", ".join(first), last]))


def ordinal(n: int, language: str) -> str:
    """``tredje``, ``third``, above twelve ``13:e``, ``13th``. ValueError below 1."""
    if not 1 <= n <= words.LARGEST_WORD:
        return formats.ordinal(n, language)
    swedish = formats.is_swedish(language)
    return (ORDINALS_SV if swedish else words.PLACES_EN)[n - 1]


def counted(figure: Figure, what: str, form: str, language: str) -> str | None:
    """A total in a form of a token, the empty one with its noun.

    ``what`` as in `words.count`, or seasons.
    """
    n = figure.value
    if n is None:
        return None
    if form == ORDINAL:
        return None if n == 0 or figure.is_at_least else ordinal(n, language)
    if form == NUMBER:
        said = formats.whole(n, language)
    elif form == WORD:
        said = words.number(n, neuter=what in words.NEUTER, language=language)
    else:
        said = _with_noun(n, what, language)
    if not figure.is_at_least:
        return said
    return f"{'minst' if formats.is_swedish(language) else 'at least'} {said}"


def _with_noun(n, what, language):
    if what != "seasons":
        return words.count(n, what, language)
    one, several = SEASONS_SV if formats.is_swedish(language) else SEASONS_EN
    return f"{words.number(n, language=language)} {one if n == 1 else several}"


# Totals and standings


def _figure(what) -> Say:
    def say(facts, token, language):
        seasons = [token.season] if token.season else []
        return counted(facts.figure(what, *seasons), what, token.form, language)

    return say


def _seasons(facts, token, language):
    years = {season.year for season in facts.seasons.values()}
    return counted(Figure(len(years) or None), "seasons", token.form, language)


def _first_season(facts, token, language):
    years = {season.year for season in facts.seasons.values()}
    return str(min(years)) if years else None


def _line(facts, season, fact):
    """The line of a season; without one the only line this year that has the fact."""
    if season:
        return facts.lines.get(season)
    found = [line for line in facts.current if getattr(line, fact) is not None]
    return found[0] if len(found) == 1 else None


def _position(facts, token, language):
    line = _line(facts, token.season, "position")
    if line is None or line.position is None:
        return None
    if token.form == NUMBER:
        return str(line.position)
    if token.form == ORDINAL:
        place = ordinal(line.position, language)
        shared = "delad" if formats.is_swedish(language) else "tied"
        return f"{shared} {place}" if line.is_tied else place
    if line.is_final:
        return words.place(line.position, tied=line.is_tied, language=language)
    return words.standing(
        line.position,
        line.after_round,
        line.season.rounds,
        tied=line.is_tied,
        language=language,
    )


def _points(facts, token, language):
    line = _line(facts, token.season, "points")
    if line is None or line.points is None:
        return None
    points = Decimal(line.points)
    if token.form == NUMBER:
        return formats.points(points, language)
    return words.count(points, "points", language)


def _last_season(facts, token, language):
    """``trea i STCC 2022``, ``third in the 2022 STCC season``."""
    ended = (line for line in facts.career.lines if line.is_final and line.position)
    line = next(ended, None)
    if line is None:
        return None
    place = words.place(line.position, tied=line.is_tied, language=language)
    if formats.is_swedish(language):
        return f"{place} i {line.season}"
    return f"{place} in the {line.season.year} {line.season.series} season"


# Races


def _last_result(facts, token, language):
    """``trea i TCR, 24:e totalt, i Hankook 12h Hockenheimring den 15 maj 2022``."""
    placed = facts.results.last
    if placed is None:
        return None
    race = placed.race
    place = words.result(
        race.position,
        race.class_name or "" if race.class_position else "",
        race.class_position,
        tied=race.is_tied,
        class_tied=race.is_tied_in_class,
        language=language,
    )
    at = "i" if formats.is_swedish(language) else "at"
    return f"{place}{',' if ',' in place else ''} {at} {_when(placed, language)}"


def _last_win(facts, token, language):
    placed = facts.results.won
    return _when(placed, language) if placed else None


def _when(placed: Placed, language):
    """The weekend's name with the day of the race, or the month if that is all."""
    swedish = formats.is_swedish(language)
    name = placed.session.event.name
    if placed.day:
        on = "den" if swedish else "on"
        return f"{name} {on} {dates.date(placed.day, language)}"
    month = dates.month_and_year(placed.race.day, language)
    return f"{name} {'i' if swedish else 'in'} {month}"


def _next_event(facts, token, language):
    """``Hankook 12h Hockenheimring den 13–15 maj 2022``; in English ``on``."""
    event = facts.next_event
    if event is None:
        return None
    days = _days(event, language)
    if event.first_day and event.last_day:
        days = f"{'den' if formats.is_swedish(language) else 'on'} {days}"
    return " ".join(filter(None, [event.name, days]))


def _next_race_date(facts, token, language):
    return _days(facts.next_event, language) if facts.next_event else None


def _days(event, language):
    return dates.date_range(event.first_day, event.last_day, language)


# Who, and with what


def _own(name) -> Say:
    return lambda facts, token, language: str(getattr(facts.owner, name) or "")


def _country(name) -> Say:
    return lambda facts, token, language: str(getattr(facts.owner, name).name)


def _age(facts, token, language):
    age = facts.driver.age(facts.today)
    return None if age is None else str(age)


def _birth_date(facts, token, language):
    born = facts.driver.birth_date
    return dates.date(born, language) if born else None


def _birth_year(facts, token, language):
    born = facts.driver.birth_date
    return str(born.year) if born else None


def _licence(facts, token, language):
    return str(LICENCES.get(facts.driver.licence, ""))


def _number(facts, token, language):
    if token.season:
        line = facts.lines.get(token.season)
        return line.record.number if line else None
    return Lineup(facts.driver, facts.career, facts.next_entry).number


def _team(facts, token, language):
    if not token.season:
        return _names(facts.teams, language)
    line = facts.lines.get(token.season)
    return str(line.record.team or "") if line else None


def _car(facts, token, language):
    if not token.season:
        return _names(facts.cars, language)
    line = facts.lines.get(token.season)
    return line.record.car.name if line and line.record.car else None


def _class(facts, token, language):
    if not token.season:
        return _names(facts.racing_classes, language)
    line = facts.lines.get(token.season)
    return str(facts.class_of(line.record.car) or "") if line else None


def _series(facts, token, language):
    return listed([series.short_name for series in facts.series], language)


def _season(facts, token, language):
    return str(facts.year) if facts.year else None


def _drivers(facts, token, language):
    return _names(facts.drivers_of(token.season), language)


def _cars(facts, token, language):
    return _names(facts.cars_of(token.season), language)


def _names(things, language):
    """Their names, each once: two generations of a car have the same."""
    names = dict.fromkeys(thing.name for thing in things)
    return listed(list(names), language)


OF_ANYBODY: dict[str, Say] = {
    "name": _own("name"),
    "series": _series,
    "season": _season,
    "seasons": _seasons,
    "first_season": _first_season,
    **{what: _figure(what) for what in FIGURES},
    "last_result": _last_result,
    "next_event": _next_event,
    "next_race_date": _next_race_date,
}
OF_A_DRIVER: dict[str, Say] = OF_ANYBODY | {
    "first_name": _own("first_name"),
    "last_name": _own("last_name"),
    "full_name": _own("full_name"),
    "age": _age,
    "birth_date": _birth_date,
    "birth_year": _birth_year,
    "birth_place": _own("birth_place"),
    "home_town": _own("home_town"),
    "nationality": _country("nationality"),
    "club": _own("club"),
    "licence": _licence,
    "number": _number,
    "team": _team,
    "car": _car,
    "class": _class,
    "titles": _figure(TITLES),
    "position": _position,
    "points": _points,
    "last_season": _last_season,
    "last_win": _last_win,
}
OF_A_TEAM: dict[str, Say] = OF_ANYBODY | {
    "short_name": _own("short_name"),
    "base": _own("base"),
    "founded": _own("founded"),
    "country": _country("country"),
    "drivers": _drivers,
    "cars": _cars,
}
