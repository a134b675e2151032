"""How facts are printed and parsed, in Swedish and in English: one place for both.

Every function takes ``language`` ("sv" or "en"); without it the active language
decides, and anything but Swedish prints English. Parsers accept both languages
whatever the language, and raise only ``FormatError``, whose text is a sentence for
the person who typed. For everything printed here, parse(print(x)) == x.

Dates, clock times and durations are in ``racing.dates``. The rules are those of the
motorsport pages of Wikipedia and of timing sheets; Swedish ones follow Svenska
skrivregler (Språkrådet).
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

NO_BREAK_SPACE = "\u00a0"
MINUS = "−"

LONGEST_TIME = 100 * 60 * 60 * 1000  # ms; no race lasts 100 hours
MOST_POINTS = Decimal("9999.99")
LONGEST_LAP = 99_999  # m; the Isle of Man, the longest in use, is 60.7 km
MOST_LAPS = 9_999
LONGEST_INPUT = 40  # characters; no fact on this page is longer


class FormatError(ValueError):
    """Something typed that cannot be understood; its text is a translated sentence."""


def is_swedish(language: str | None = None) -> bool:
    return (language or get_language() or "en")[:2].lower() == "sv"


def shown(text: str) -> str:
    """What somebody typed, fit to be quoted in a sentence: one line, printable, short."""
    printable = "".join(c if c.isprintable() else " " for c in text[:200])
    line = " ".join(printable.split())
    if len(line) > LONGEST_INPUT or len(text) > 200:
        return line[:LONGEST_INPUT].rstrip() + "…"
    return line


def _refusal(sentence: str, text: str, **values: object) -> FormatError:
    return FormatError(sentence % {"typed": shown(text), **values})


def _plain(text: str) -> str:
    """The typed text with one kind of space, apostrophe, minus, in lower case.

    Too long a text comes back empty, and so matches nothing.
    """
    if len(text) > LONGEST_INPUT:
        return ""
    return " ".join(text.split()).lower().translate(_TYPOGRAPHY)


_TYPOGRAPHY = str.maketrans(
    {"′": "'", "’": "'", "‘": "'", "´": "'", "`": "'", "″": '"', "”": '"', MINUS: "-"}
)


def _localised(number: str, language: str | None) -> str:
    return number.replace(".", ",") if is_swedish(language) else number


# Lap times and gaps


def lap_time(ms: int) -> str:
    """``107095`` ms as ``1:47.095``, ``59123`` as ``59.123``, with hours ``1:33:15.607``.

    The same in both languages: timing sheets print a point everywhere.
    """
    if ms < 0:
        raise ValueError("A lap time cannot be negative.")
    seconds, thousandths = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02}:{seconds:02}.{thousandths:03}"
    if minutes:
        return f"{minutes}:{seconds:02}.{thousandths:03}"
    return f"{seconds}.{thousandths:03}"


_LAP_TIMES = [
    re.compile(spelling, re.ASCII | re.VERBOSE)
    for spelling in (
        # 1:47.095, 1'47.095, 1:47,095, 1:33:15.607, 1:33:15
        r"""(?:(?P<h>\d{1,2}):)? (?P<m>\d{1,3}) [:'][ ]?
            (?P<s>\d\d) (?:[.,](?P<f>\d{1,3}))? "?""",
        # 1.47,095 and 1.47.095, but 1.47.09 could be hours, minutes and seconds
        r"(?P<m>\d{1,3}) \. (?P<s>\d\d) (?:,(?P<f>\d{1,3}) | \.(?P<ff>\d{3}))",
        # 1min 47.095s, 1 min 47,095 s, 1 h 33 min 15.607 s
        r"""(?:(?P<h>\d{1,2}) [ ]? (?:h|tim) [ ]?)?
            (?P<m>\d{1,3}) [ ]? (?:min|m) \.? [ ]?
            (?P<s>\d{1,2}) (?:[.,](?P<f>\d{1,3}))? [ ]? (?:s|sec|sek)? \.?""",
        # 47.1 s, 107 s
        r"(?P<s>\d{1,6}) (?:[.,](?P<f>\d{1,3}))? [ ]? (?:s|sec|sek) \.?",
        # 107.095, 59,123
        r"(?P<s>\d{1,6}) [.,] (?P<f>\d{1,3})",
    )
]


def parse_lap_time(text: str) -> int:
    """Milliseconds from any spelling that timing sheets and press releases use.

    ``1:47.095``, ``1:47,095``, ``1.47,095``, ``1'47.095``, ``1min 47.095s``,
    ``1 min 47,095 s``, ``107.095``, ``59.123``, ``1:33:15.607``; decimals may be
    fewer than three. A bare whole number is refused: nobody can tell its unit.
    Raises FormatError.
    """
    if not text.strip():
        raise FormatError(_("Write a lap time, for example 1:47.095."))
    match = _first_match(_LAP_TIMES, _plain(text))
    if match is None:
        sentence = _(
            "“%(typed)s” is not a lap time. Write minutes, seconds and thousandths, "
            "for example 1:47.095."
        )
        raise _refusal(sentence, text)
    groups = match.groupdict()
    hours, minutes, seconds = (int(groups.get(part) or 0) for part in "hms")
    fraction = groups.get("f") or groups.get("ff") or ""
    if seconds >= 60 and groups.get("m"):
        sentence = _("The seconds in “%(typed)s” must be below 60, as in 1:47.095.")
        raise _refusal(sentence, text)
    if minutes >= 60 and groups.get("h"):
        sentence = _("The minutes in “%(typed)s” must be below 60, as in 1:33:15.607.")
        raise _refusal(sentence, text)
    ms = ((hours * 60 + minutes) * 60 + seconds) * 1000 + int(fraction.ljust(3, "0"))
    if ms >= LONGEST_TIME:
        sentence = _("“%(typed)s” is too long: a time here is shorter than 100 hours.")
        raise _refusal(sentence, text)
    return ms


def _first_match(spellings: list[re.Pattern], text: str) -> re.Match | None:
    matches = (spelling.fullmatch(text) for spelling in spellings)
    return next((match for match in matches if match), None)


@dataclass(frozen=True)
class Gap:
    """Distance to the winner: milliseconds or whole laps, never both."""

    ms: int | None = None
    laps: int | None = None


def gap(
    ms: int | None = None, laps: int | None = None, language: str | None = None
) -> str:
    """``+5.515``, ``+1:05.515``, ``+1 lap``, ``+2 laps``; in Swedish ``+1 varv``."""
    if (ms is None) == (laps is None):
        raise ValueError("A gap is either a time or a number of laps.")
    if laps is None:
        return "+" + lap_time(ms)
    if laps < 1:
        raise ValueError("A gap in laps is at least one lap.")
    if is_swedish(language):
        return f"+{laps} varv"
    return f"+{laps} lap" if laps == 1 else f"+{laps} laps"


_GAP_LAPS = re.compile(
    r"[+-]?\s?(\d{1,4})\s?(?:laps?|varv|runden?|rd|v|l)\.?", re.ASCII
)


def parse_gap(text: str) -> Gap:
    """Gap from ``+5.515``, ``5,515``, ``+1:05.515``, ``+1 lap``, ``-2 laps``, ``2 varv``.

    Sheets that print a minus before laps mean the same as those with a plus.
    Raises FormatError.
    """
    spelled = _plain(text)
    laps = _GAP_LAPS.fullmatch(spelled)
    if laps and int(laps[1]) > 0:
        return Gap(laps=int(laps[1]))
    if not text.strip():
        raise FormatError(_("Write a gap, for example +5.515 or +1 lap."))
    try:
        return Gap(ms=parse_lap_time(spelled.removeprefix("+")))
    except FormatError:
        sentence = _(
            "“%(typed)s” is not a gap. Write a time such as +5.515 or a number of "
            "laps such as +1 lap."
        )
        raise _refusal(sentence, text) from None


def kept_gap(found: Gap) -> str:
    """A gap as it is kept, whatever sheet it is from: in English, ``+1 lap``."""
    return gap(found.ms, found.laps, language="en")


def printed_gap(text: str, language: str | None = None) -> str:
    """A gap as some sheet printed it, in the reader's own: ``+1 lap`` as ``+1 varv``.

    What is no gap is left as it stands.
    """
    try:
        found = parse_gap(text)
    except FormatError:
        return text
    return gap(found.ms, found.laps, language)


# Positions


def ordinal(n: int, language: str | None = None) -> str:
    """``1st 2nd 3rd 11th 21st``; in Swedish ``1:a 2:a 3:e 11:e 21:a``.

    Svenska skrivregler: numbers read as -första and -andra take :a, so all that end
    in 1 or 2 except 11 and 12; the rest take :e.
    """
    if n < 1:
        raise ValueError("Ordinals start at 1.")
    teen = n % 100 in (11, 12, 13)
    if is_swedish(language):
        return f"{n}:a" if n % 10 in (1, 2) and not teen else f"{n}:e"
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}th" if teen else f"{n}{suffix}"


def position(n: int, *, tied: bool = False) -> str:
    """``3``, or ``=3`` for a place shared with another car."""
    if n < 1:
        raise ValueError("Positions start at 1.")
    return f"={n}" if tied else str(n)


_POSITION = re.compile(
    r"(?P<tied>=\s?|t\s?|delad\s|tied\s)?(?P<n>\d{1,3})(?:\.|:[ae]|st|nd|rd|th)?",
    re.ASCII,
)


def parse_position(text: str) -> tuple[int | None, bool]:
    """(position, tied) from ``3``, ``=3``, ``T3``, ``3:a``, ``3rd``, ``3.``, ``delad 3:a``.

    Nothing, or a dash, is an unknown position: ``(None, False)``. Raises FormatError
    for the rest; codes such as Ret are no positions.
    """
    spelled = _plain(text)
    if not text.strip() or spelled in ("-", "–", "—"):
        return None, False
    match = _POSITION.fullmatch(spelled)
    if match is None or int(match["n"]) < 1:
        sentence = _(
            "“%(typed)s” is not a position. Write a number from 1 to 999, or =3 for "
            "a shared third place."
        )
        raise _refusal(sentence, text)
    return int(match["n"]), bool(match["tied"])


# Numbers


def points(value: Decimal | int, language: str | None = None) -> str:
    """``12.5`` (Swedish ``12,5``); no trailing zeros, never an exponent: ``408``."""
    number = format(Decimal(value), "f")
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return _localised(number.replace("-", MINUS), language)


_POINTS = re.compile(r"\d{1,4}(?:[.,]\d{1,2})?", re.ASCII)


def parse_points(text: str) -> Decimal:
    """Points from ``12.5`` or ``12,5``: 0 to 9999.99, at most two decimals.

    A deduction is a ruling to be told in a note, so negative numbers are refused.
    Raises FormatError.
    """
    example = points(Decimal("12.5"))
    if not text.strip():
        sentence = _("Write a number of points, for example %(example)s.")
        raise _refusal(sentence, text, example=example)
    spelled = _plain(text)
    if not _POINTS.fullmatch(spelled):
        sentence = _(
            "“%(typed)s” is not a number of points. Write a number from 0 to %(most)s "
            "with at most two decimals, for example %(example)s."
        )
        raise _refusal(sentence, text, example=example, most=points(MOST_POINTS))
    return Decimal(spelled.replace(",", "."))


def whole(n: int, language: str | None = None) -> str:
    """A whole number with its thousands apart: ``12,345``; in Swedish ``12 345``."""
    mark = NO_BREAK_SPACE if is_swedish(language) else ","
    return f"{n:,}".replace(",", mark).replace("-", MINUS)


def length(metres: int, language: str | None = None) -> str:
    """Length of a circuit, in km to the metre: ``4.574 km``; in Swedish ``4,574 km``."""
    if metres < 0:
        raise ValueError("A length cannot be negative.")
    kilometres = f"{metres // 1000}.{metres % 1000:03}"
    return f"{_localised(kilometres, language)}{NO_BREAK_SPACE}km"


# 4 km, 4,574 km, 4.574
_KILOMETRES = re.compile(r"(\d{1,2})(?:[.,](\d{1,3})(?:\s?km)?|\s?km)", re.ASCII)
# 4574 m, 4 574 m, 4574
_METRES = re.compile(r"(?:\d{1,2}\s\d{3}|\d{1,5})\s?m|\d{1,2}\s\d{3}|\d{3,5}", re.ASCII)


def parse_length(text: str) -> int:
    """Metres from ``4,574 km``, ``4.574``, ``4574 m``, ``4 574 m``, ``4574``.

    A number with decimals is kilometres, a whole number of at least three digits
    metres; ``4.574 m`` is refused, it may mean either. 1 to 99 999 m. Raises
    FormatError.
    """
    example = length(4574)
    if not text.strip():
        sentence = _("Write a length, for example %(example)s.")
        raise _refusal(sentence, text, example=example)
    metres = _metres(_plain(text))
    if not 1 <= metres <= LONGEST_LAP:
        sentence = _(
            "“%(typed)s” is not the length of a circuit. Write kilometres or metres, "
            "for example %(example)s or 4574 m."
        )
        raise _refusal(sentence, text, example=example)
    return metres


def _metres(spelled: str) -> int:
    if match := _KILOMETRES.fullmatch(spelled):
        return int(match[1]) * 1000 + int((match[2] or "").ljust(3, "0"))
    if match := _METRES.fullmatch(spelled):
        return int(re.sub(r"\D", "", match[0]))
    return 0


# Names


# Svenska Akademiens ordlista: a–z å ä ö; ü is sorted as y, æ as ä, ø as ö, other
# accents as the bare letter. The characters after z in ASCII stand for å ä ö.
_SWEDISH_ORDER = str.maketrans(
    {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ő": "}", "œ": "}"}
    | {"ü": "y", "ű": "y", "-": " ", "–": " ", "'": None, "’": None}
)
_WHOLE_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
    | {"ı": "i", "ħ": "h", "ŋ": "n"}
    | {"’": "'", "‘": "'", "–": "-", "—": "-"}
)
_UNSEEN = ("Mn", "Cc", "Cf", "Cs")  # accents on their own, control characters


def sort_key(name: str) -> tuple[str, str]:
    """Key that sorts names as a Swedish index does: å ä ö last, é as e, ü as y.

    Case and accents only decide between names that are otherwise the same; v and w
    are two letters. What comes first, surname or first name, is the caller's choice.
    """
    letters = unicodedata.normalize("NFC", name).casefold().translate(_SWEDISH_ORDER)
    return fold(letters), name


def fold(text: str) -> str:
    """The text for comparing in a search: ``Bäckman`` and ``backman`` both ``backman``.

    Lower case, without accents, å ä ö é ø ß æ ł đ as plain letters, control characters
    dropped, white space as single spaces. Folding twice changes nothing.
    """
    parts = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFKD", text).casefold()
    )
    letters = parts.casefold().translate(_WHOLE_LETTERS)
    spaced = (" " if c.isspace() else c for c in letters)
    seen = (c for c in spaced if unicodedata.category(c) not in _UNSEEN)
    return " ".join("".join(seen).split())


def slug(text: str) -> str:
    """``Andreas Bäckman`` as ``andreas-backman``: ASCII letters, digits, single hyphens.

    Empty when the text has no letter or digit of the Latin alphabet.
    """
    words = fold(text).replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-")


def bare_url(url: str) -> str:
    """An address as people print it: without ``https://``, ``www.`` and end slash."""
    return re.sub(r"^https?://(www\.)?", "", url).rstrip("/")


# Longer texts


_PARAGRAPHS = re.compile(r"\n[ \t\r\f\v]*\n\s*")


def paragraphs(text: str) -> list[str]:
    """What empty lines keep apart, without those."""
    return [part for part in map(str.strip, _PARAGRAPHS.split(text)) if part]
