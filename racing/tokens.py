"""Facts as tokens in a text: ``{wins}``, ``{position:tcr-uk-2018}``.

A token is the name of a fact in braces. After a colon each it may say a form
(``{wins:number}``) and a season (``{wins:tcr-uk-2018}``), or both
(``{wins:word:tcr-uk-2018}``). Braces stand for nothing else: one that is no part of a
token is refused, so that nobody finds half a token in print.

Here is the grammar and which tokens there are. What they say is in
`press.biographies`, and only a database knows which seasons there are.
"""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from racing.formats import shown

NUMBER, WORD, ORDINAL = "number", "word", "ordinal"
# How what can be counted is written without its noun: 3, three, third.
FORMS = (NUMBER, WORD, ORDINAL)


@dataclass(frozen=True)
class Known:
    """A token that there is: what it says, in which forms, of a season or not."""

    description: Promise
    forms: tuple[str, ...] = ()
    takes_season: bool = False


def _counted(description):
    return Known(description, FORMS, takes_season=True)


FIGURES = {
    "starts": _counted(gettext_lazy("races started")),
    "wins": _counted(gettext_lazy("wins")),
    "class_wins": _counted(gettext_lazy("class wins that were no overall wins")),
    "podiums": _counted(gettext_lazy("podiums, with the wins")),
    "poles": _counted(gettext_lazy("pole positions")),
    "fastest_laps": _counted(gettext_lazy("fastest laps")),
}
NEXT = {
    "next_event": Known(gettext_lazy("the next race weekend, with its days")),
    "next_race_date": Known(gettext_lazy("the days of the next race weekend")),
}
LAST_RESULT = Known(
    gettext_lazy("the latest place in a race on this site, with race and day")
)

DRIVER_TOKENS: Mapping[str, Known] = MappingProxyType(
    {
        "name": Known(gettext_lazy("name")),
        "first_name": Known(gettext_lazy("first name")),
        "last_name": Known(gettext_lazy("surname")),
        "full_name": Known(gettext_lazy("full name, as in the passport")),
        "age": Known(gettext_lazy("age today, in figures")),
        "birth_date": Known(gettext_lazy("date of birth")),
        "birth_year": Known(gettext_lazy("year of birth")),
        "birth_place": Known(gettext_lazy("place of birth")),
        "home_town": Known(gettext_lazy("home town")),
        "nationality": Known(gettext_lazy("country of the nationality")),
        "club": Known(gettext_lazy("club")),
        "licence": Known(gettext_lazy("licence grade")),
        "number": Known(
            gettext_lazy("start number, of the next race or the latest season"),
            takes_season=True,
        ),
        "team": Known(
            gettext_lazy("team or teams of the latest season"), takes_season=True
        ),
        "car": Known(
            gettext_lazy("car or cars of the latest season"), takes_season=True
        ),
        "class": Known(
            gettext_lazy("class or classes of the latest season"), takes_season=True
        ),
        "series": Known(gettext_lazy("series of the latest season")),
        "season": Known(gettext_lazy("year of the latest season")),
        "seasons": Known(
            gettext_lazy("number of years with a season on this site"), FORMS
        ),
        "first_season": Known(gettext_lazy("year of the first season on this site")),
        **FIGURES,
        "titles": Known(gettext_lazy("championships won"), FORMS),
        "position": Known(
            gettext_lazy("place in the championship of a season, or of the latest"),
            (NUMBER, ORDINAL),
            takes_season=True,
        ),
        "points": Known(
            gettext_lazy("points in the championship of a season, or of the latest"),
            (NUMBER,),
            takes_season=True,
        ),
        "last_season": Known(
            gettext_lazy("the latest season that is over, where the place is known")
        ),
        "last_result": LAST_RESULT,
        "last_win": Known(gettext_lazy("race and day of the latest win")),
        **NEXT,
    }
)

TEAM_TOKENS: Mapping[str, Known] = MappingProxyType(
    {
        "name": Known(gettext_lazy("name")),
        "short_name": Known(gettext_lazy("short name")),
        "base": Known(pgettext_lazy("of a team", "where it is based")),
        "founded": Known(gettext_lazy("year in which it was founded")),
        "country": Known(gettext_lazy("country")),
        "drivers": Known(
            gettext_lazy("drivers of the latest season"), takes_season=True
        ),
        "cars": Known(gettext_lazy("cars of the latest season"), takes_season=True),
        "series": Known(gettext_lazy("series of the latest season")),
        "season": Known(gettext_lazy("year of the latest season")),
        "seasons": Known(
            gettext_lazy("number of years with a season on this site"), FORMS
        ),
        "first_season": Known(gettext_lazy("year of the first season on this site")),
        **FIGURES,
        "last_result": LAST_RESULT,
        **NEXT,
    }
)


# Reading


@dataclass(frozen=True)
class Token:
    """What stands in braces in a text, from `start` to `end`, as `written`.

    `name` is empty for a brace that is no part of a token. `wrong` are the parts that
    are neither a form nor a season, or a second one of either.
    """

    written: str
    start: int
    end: int
    name: str = ""
    form: str = ""
    season: str = ""
    wrong: tuple[str, ...] = ()

    def is_good(self, known: Mapping[str, Known]) -> bool:
        """Whether it is one of the tokens there are, in one of its forms."""
        return not any(self._faults(known))

    def _faults(self, known):
        """What is wrong with it: (code, part)."""
        if not self.name:
            yield "brace", self.written
            return
        if self.name not in known:
            yield "unknown", self.name
            return
        for part in self.wrong:
            yield ("form" if part.isalpha() else "season"), part
        if self.form and self.form not in known[self.name].forms:
            yield "form", self.form
        if self.season and not known[self.name].takes_season:
            yield "no_season", self.season


_BRACES = re.compile(r"\{([^{}\n]*)\}|[{}]")
_SEASON = re.compile(r"[\w-]*\w-\d{4}", re.ASCII)
# How much of what follows a lonely brace is quoted.
_QUOTED = 20


def stand_in(text: str) -> bool:
    """Whether there is a token in a text."""
    return "{" in text


def parse(text: str) -> list[Token]:
    """Everything in braces, and every brace that is alone, in order."""
    return [_read(match, text) for match in _BRACES.finditer(text)]


def _read(match, text):
    start, end = match.span()
    if not (match[1] or "").strip():
        quoted = text[start : max(end, start + _QUOTED)].split("\n")[0]
        return Token(quoted, start, end)
    name, *parts = match[1].split(":")
    form, season, wrong = "", "", []
    for part in parts:
        if part in FORMS and not form:
            form = part
        elif _SEASON.fullmatch(part) and not season:
            season = part
        else:
            wrong.append(part)
    return Token(match[0], start, end, name, form, season, tuple(wrong))


# Refusing


def validate(
    text: str,
    known: Mapping[str, Known],
    has_season: Callable[[str], bool] | None = None,
) -> None:
    """Refuse a text with a token that there is not, or that is written wrongly.

    `known` is DRIVER_TOKENS or TEAM_TOKENS. `has_season` tells whether there is a
    season such as ``tcr-uk-2018``; without it nobody asks. Raises ValidationError with
    one sentence for each fault.
    """
    sentences = list(dict.fromkeys(_sentences(parse(text), known, has_season)))
    if sentences:
        raise ValidationError(sentences)


def _sentences(tokens, known, has_season) -> Iterator[str]:
    unknown = False
    for token in tokens:
        for code, part in token._faults(known):
            unknown = unknown or code == "unknown"
            yield _SAID[code](token, part, known)
        if token.season and has_season and not has_season(token.season):
            sentence = _("%(token)s: there is no season “%(season)s” on this site.")
            yield sentence % {"token": shown(token.written), "season": token.season}
    if unknown:
        names = ", ".join(f"{{{name}}}" for name in known)
        yield _("These are the tokens there are: %(tokens)s.") % {"tokens": names}


def _brace(token, part, known):
    sentence = _(
        "“%(written)s”: braces stand around the name of a fact and nothing else, as in "
        "{name}. Complete the token or delete the brace."
    )
    return sentence % {"written": shown(part)}


def _unknown(token, part, known):
    values = {"token": shown(token.written)}
    near = difflib.get_close_matches(part.strip().lower(), known, n=1, cutoff=0.5)
    if not near:
        return _("There is no token %(token)s.") % values
    values["near"] = f"{{{near[0]}}}"
    return _("There is no token %(token)s. Did you mean %(near)s?") % values


def _wrong_form(token, part, known):
    forms = known[token.name].forms
    values = {"token": shown(token.written), "form": shown(part)}
    if not forms:
        sentence = _("%(token)s: this fact has one form only, without “%(form)s”.")
        return sentence % values
    sentence = _("%(token)s: “%(form)s” is no further form of it. There is %(forms)s.")
    return sentence % (values | {"forms": ", ".join(forms)})


def _wrong_season(token, part, known):
    values = {"token": shown(token.written), "season": shown(part)}
    if not known[token.name].takes_season:
        return _("%(token)s: this fact is not one of a season.") % values
    sentence = _(
        "%(token)s: “%(season)s” is no season. Write one season as in the address of "
        "its page, with a hyphen before the year: tcr-uk-2018."
    )
    return sentence % values


_SAID = {
    "brace": _brace,
    "unknown": _unknown,
    "form": _wrong_form,
    "season": _wrong_season,
    "no_season": _wrong_season,
}
