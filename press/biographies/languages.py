"""How a sentence of a biography says a count, an age, a place and a time.

Patterns for Swedish and for English, and no more of them than a plain sentence needs:
what they do not catch is silent, which is better than a false alarm.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from press.biographies.values import ORDINALS_SV
from racing import words

# Between a number and what it counts, and within compounds.
_HYPHEN = r"[-\u2010\u2011 ]"


@dataclass(frozen=True)
class Language:
    """The patterns of a language.

    `counts` finds ``n`` and the noun; `nouns` says which figure a noun counts. `won`
    finds races won. `ages` find ``n``, `aged` those that may be of an earlier time.
    `places` find ``place`` after a verb or before the name of a championship.
    `others` are words for relatives and for racing that no record here is of.
    """

    numbers: Mapping[str, int]
    ages_in_words: Mapping[str, int]
    ordinals: Mapping[str, int]
    nouns: Mapping[str, str]
    counts: re.Pattern
    won: re.Pattern
    ages: re.Pattern
    aged: re.Pattern
    places: re.Pattern
    at_least: re.Pattern
    of_some: re.Pattern
    some_of: re.Pattern
    past: re.Pattern
    races_now: re.Pattern
    year_now: re.Pattern
    this_season: re.Pattern
    since: re.Pattern
    until: re.Pattern
    others: re.Pattern


def _any(choices: Iterable[str]) -> str:
    """A pattern that matches any of some texts, the longest first."""
    return "|".join(re.escape(text) for text in sorted(choices, key=len, reverse=True))


def _words(*choices: str) -> re.Pattern:
    return re.compile(rf"\b(?:{'|'.join(choices)})\b", re.IGNORECASE)


def _nouns(by_figure):
    return {noun: what for what, nouns in by_figure.items() for noun in nouns}


# Numbers

_TEENS_SV = ("tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton")
_TENS_SV = ("tjugo", "trettio", "fyrtio", "femtio", "sextio")
_TEENS_EN = (
    *("thirteen", "fourteen", "fifteen", "sixteen"),
    *("seventeen", "eighteen", "nineteen"),
)
_TENS_EN = ("twenty", "thirty", "forty", "fifty", "sixty")


def _ages(small, teens, tens, hyphen):
    """{word: number} of what somebody's age may be in words."""
    found = {word: n for n, word in enumerate(small) if n}
    found |= {word: n for n, word in enumerate(teens, start=13)}
    for n, ten in enumerate(tens, start=2):
        found[ten] = 10 * n
        found |= {f"{ten}{hyphen}{small[k]}": 10 * n + k for k in range(1, 10)}
    return found


# Swedish

_NUMBERS_SV = {word: n for n, word in enumerate(words.NUMBERS_SV)}
_NUMBERS_SV |= {"ett": 1, "inga": 0}
_AGES_SV = _ages(words.NUMBERS_SV, _TEENS_SV, _TENS_SV, "")
_ORDINALS_SV = {word: n for n, word in enumerate(ORDINALS_SV, start=1)}
_PLACES_SV = {word: n for n, word in enumerate(words.PLACES_SV, start=1)}
_NOUNS_SV = _nouns(
    {
        "class_wins": ("klasseger", "klassegrar", "klassvinst", "klassvinster"),
        "wins": ("seger", "segrar", "vinst", "vinster", "totalsegrar"),
        "podiums": ("pallplats", "pallplatser", "pallplaceringar"),
        "poles": ("pole position", "pole positions", "pole positioner", "poles"),
        "fastest_laps": ("snabbaste varv",),
        "titles": ("titel", "titlar", "mästerskapstitlar"),
        "starts": ("start", "starter"),
    }
)
_N_SV = rf"(?P<n>\d{{1,4}}|{_any(_NUMBERS_SV)})"
_AGE_SV = rf"(?P<n>\d{{1,2}}|{_any(_AGES_SV)})"
_PLACE_SV = (
    rf"(?P<place>{_any(_PLACES_SV)}|(?:\d{{1,2}}:[ae]|{_any(_ORDINALS_SV)}) ?plats"
    r"|\d{1,2}:[ae])(?:en)?"
)
_RACES_SV = "kör|tävlar|representerar|startar|satsar|återvänder|fortsätter"

SWEDISH = Language(
    numbers=_NUMBERS_SV,
    ages_in_words=_AGES_SV,
    ordinals=_ORDINALS_SV | _PLACES_SV,
    nouns=_NOUNS_SV,
    counts=re.compile(
        rf"\b{_N_SV}\s+(?P<noun>{_any(_NOUNS_SV)})(?:na|en|n)?\b", re.IGNORECASE
    ),
    won=re.compile(
        rf"\b(?:vunnit|vann)\s+{_N_SV}\s+(?:race|lopp|tävlingar|heat)\b", re.IGNORECASE
    ),
    ages=re.compile(
        rf"\b{_AGE_SV}(?:{_HYPHEN}?åri(?:ge?|ga)|{_HYPHEN}?åring(?:en)?)\b",
        re.IGNORECASE,
    ),
    aged=re.compile(
        rf"(?:\b{_AGE_SV}\s+år\s+(?:gammal|ung)\b"
        rf"|(?:,|\bär|\()\s*{_AGE_SV.replace('<n>', '<m>')}\s+år"
        r"(?=[,.)]|\s+och\b|\s+från\b))",
        re.IGNORECASE,
    ),
    places=re.compile(
        r"\b(?:blev|blir|blivit|bli|slutade|slutar|slutat|kom|ligger|var|är)\s+"
        rf"(?:\w+\s+){{0,3}}?(?:på\s+)?(?:delad\s+)?{_PLACE_SV}\b"
        rf"|\b{_PLACE_SV.replace('<place>', '<also>')}\s+i\s+(?=[A-ZÅÄÖ0-9])",
    ),
    at_least=_words("minst", "åtminstone", "över", "fler än", "mer än", "drygt"),
    of_some=_words(
        *("nästan", "närmare", "ytterligare", "första", "sista", "senaste", "nya"),
        *("andra", "varav", "av", "upp till", "högst", "till"),
    ),
    some_of=re.compile(
        r"\s*(?:till|i rad|av|fler|från|bakom|före|efter)\b", re.IGNORECASE
    ),
    past=_words(
        *("körde", "tävlade", "vann", "blev", "tog", "stod", "gick", "debuterade"),
        *("slutade", "var", "hade", "fick", "deltog", "gjorde", "kom", "bröt"),
        *("missade", "började", "startade", "inledde", "representerade", "gästade"),
        *(
            "växte",
            "utsågs",
            "ingick",
            "lämnade",
            "bytte",
            "anslöt",
            r"har\s+(?:\w+\s+)?\w+t",
        ),
        *("kört", "vunnit", "tagit", "tidigare", "dessförinnan", "förr", "förut"),
        *("efter", "segrare", "vinnare", "mästare", "bakgrund", "meriter", "före"),
        *(r"har\s+(?:\w+\s+)?(?:segrar|pallplatser|titlar|meriter)", "fd"),
    ),
    races_now=_words(_RACES_SV),
    year_now=re.compile(
        rf"(?<![\d–-])(?P<year>(?:19|20)\d\d)\s+(?:{_RACES_SV}|är\s+(?:han|hon|de|hen|"
        rf"teamet|laget))\b|\b(?:{_RACES_SV})\b(?P<gap>[^,.;]{{0,80}}?)"
        r"(?<![\d–-])(?P<then>(?:19|20)\d\d)(?![\d–-])",
        re.IGNORECASE,
    ),
    this_season=_words("i år", "den här säsongen", "denna säsong", "årets säsong"),
    since=re.compile(r"\b(?:sedan|från|född|född i \w+)\s+(?=\d{4})", re.IGNORECASE),
    until=re.compile(
        r"\b(?:till|t\.o\.m\.|och med|före|innan|efter)\s+(?:slutet av\s+)?"
        r"(?=\d{4})",
        re.IGNORECASE,
    ),
    others=_words(
        *("syster", "systern", "bror", "brodern", "syskonen", "syskon"),
        *("lagkamrat", "lagkamraten", "teamkamrat", "teamkamraten", "pappa", "mamma"),
        *("gokart", "kart", "karting", "rallycross", "junior", "juniorklassen"),
    ),
)


# English

_NUMBERS_EN = {word: n for n, word in enumerate(words.NUMBERS_EN)} | {"no": 0}
_AGES_EN = _ages(words.NUMBERS_EN, _TEENS_EN, _TENS_EN, "-")
_ORDINALS_EN = {word: n for n, word in enumerate(words.PLACES_EN, start=1)}
_NOUNS_EN = _nouns(
    {
        "class_wins": ("class win", "class wins", "class victory", "class victories"),
        "wins": ("win", "wins", "victory", "victories"),
        "podiums": ("podium", "podiums", "podium finish", "podium finishes"),
        "poles": ("pole position", "pole positions", "pole", "poles"),
        "fastest_laps": ("fastest lap", "fastest laps"),
        "titles": ("title", "titles"),
        "starts": ("start", "starts"),
    }
)
_N_EN = rf"(?P<n>\d{{1,4}}|{_any(_NUMBERS_EN)})"
_AGE_EN = rf"(?P<n>\d{{1,2}}|{_any(_AGES_EN)})"
_PLACE_EN = rf"(?P<place>{_any(_ORDINALS_EN)}|\d{{1,2}}(?:st|nd|rd|th))(?: place)?"
_RACES_EN = "races|drives|competes|represents|returns|continues|contests"

ENGLISH = Language(
    numbers=_NUMBERS_EN,
    ages_in_words=_AGES_EN,
    ordinals=_ORDINALS_EN,
    nouns=_NOUNS_EN,
    counts=re.compile(
        rf"\b{_N_EN}\s+(?:(?:race|overall|career|outright|championship)\s+)?"
        rf"(?P<noun>{_any(_NOUNS_EN)})\b",
        re.IGNORECASE,
    ),
    won=re.compile(rf"\bwon\s+{_N_EN}\s+races?\b", re.IGNORECASE),
    ages=re.compile(
        rf"\b{_AGE_EN}{_HYPHEN}year{_HYPHEN}old\b(?! (?:car|team|series))",
        re.IGNORECASE,
    ),
    aged=re.compile(
        rf"\b{_AGE_EN}\s+years\s+old\b"
        rf"|\baged\s+{_AGE_EN.replace('<n>', '<m>')}\b",
        re.IGNORECASE,
    ),
    places=re.compile(
        r"\b(?:finished|finishing|finishes|finish|was|is|ended|ending|placed|came|lies)"
        rf"\s+(?:\w+\s+)?(?:tied\s+)?{_PLACE_EN}\b"
        rf"|\b{_PLACE_EN.replace('<place>', '<also>')}\s+in\s+(?:the\s+)?(?=[A-Z0-9])"
    ),
    at_least=_words("at least", "over", "more than"),
    of_some=_words(
        *("nearly", "almost", "another", "further", "first", "last", "latest", "of"),
        *("up to", "other", "next", "final", "the"),
    ),
    some_of=re.compile(
        r"\s*(?:in a row|more|each|out of|of|away|short|behind|ahead|from)\b",
        re.IGNORECASE,
    ),
    past=_words(
        *("drove", "raced", "won", "finished", "took", "was", "were", "had", "made"),
        *("joined", "competed", "scored", "began", "started", "moved", "entered"),
        *("spent", "became", "missed", "ended", "got", "received", "left", "has"),
        *("have", "having", "formerly", "previously", "former", "earlier", "after"),
        *("before", "winner", "champion", "past", "following"),
    ),
    races_now=_words(_RACES_EN, r"is\s+(?:racing|driving|competing|back)"),
    year_now=re.compile(
        r"\bin\s+(?P<year>(?:19|20)\d\d),?\s+(?:he|she|they|it|the team|(?-i:[A-Z]\w+))\s+"
        rf"(?:(?:\w+)\s+)?(?:is|are|{_RACES_EN})\b"
        rf"|\b(?:{_RACES_EN}|is racing|is driving)\b(?P<gap>[^,.;]{{0,80}}?)"
        r"(?<![\d–-])(?P<then>(?:19|20)\d\d)(?![\d–-])",
        re.IGNORECASE,
    ),
    this_season=_words("this season", "this year"),
    since=re.compile(r"\b(?:since|from|born in)\s+(?=\d{4})", re.IGNORECASE),
    until=re.compile(
        r"\b(?:to|by|till|until|up to|through|before|after)\s+(?:the end of\s+)?"
        r"(?=\d{4})",
        re.IGNORECASE,
    ),
    others=_words(
        *("sister", "brother", "siblings", "team-mate", "teammate", "father", "mother"),
        *("kart", "karts", "karting", "rallycross", "junior"),
    ),
)

LANGUAGES = {"sv": SWEDISH, "en": ENGLISH}
