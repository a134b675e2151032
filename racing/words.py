"""Records in words, as a sports desk writes them, in Swedish and in English.

What pages, feeds and texts for the press say of a result, a standing or a total:
``trea i TCR, 24:e totalt``, ``fourth after three of seven rounds``, ``sex
pallplatser``. All begin in lower case, for the middle of a sentence.

As in ``racing.formats``: ``language`` is "sv" or "en"; without it the active language
decides, and anything but Swedish writes English. Numbers to twelve are words, as both
Svenska skrivregler and English desks have it, and figures above. What is not known is
None or an empty text and is not spoken of.
"""

from decimal import Decimal

from racing.formats import is_swedish, ordinal, points, whole

LARGEST_WORD = 12

PLACES_SV = (
    *("etta", "tvåa", "trea", "fyra", "femma", "sexa"),
    *("sjua", "åtta", "nia", "tia", "elva", "tolva"),
)
PLACES_EN = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)
NUMBERS_SV = (
    *("noll", "en", "två", "tre", "fyra", "fem", "sex"),
    *("sju", "åtta", "nio", "tio", "elva", "tolv"),
)
NUMBERS_EN = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)

# By the status of a result, a plain text: what the car or its crew did.
STATUSES_SV = {
    "classified": "klassificerad",
    "not_classified": "klassificerades inte",
    "retired": "bröt",
    "disqualified": "diskvalificerad",
    "did_not_start": "kom inte till start",
    "did_not_qualify": "kvalade inte in",
    "withdrawn": "drog sig ur",
    "excluded": "utesluten",
}
STATUSES_EN = {
    "classified": "classified",
    "not_classified": "not classified",
    "retired": "retired",
    "disqualified": "disqualified",
    "did_not_start": "did not start",
    "did_not_qualify": "did not qualify",
    "withdrawn": "withdrew",
    "excluded": "excluded",
}

# What can be counted: one of it and several.
NOUNS_SV = {
    "starts": ("start", "starter"),
    "wins": ("seger", "segrar"),
    "class_wins": ("klasseger", "klassegrar"),
    "podiums": ("pallplats", "pallplatser"),
    "poles": ("pole position", "pole positions"),
    "fastest_laps": ("snabbaste varv", "snabbaste varv"),
    "titles": ("titel", "titlar"),
    "points": ("poäng", "poäng"),
    "laps": ("varv", "varv"),
    "rounds": ("deltävling", "deltävlingar"),
}
NEUTER = ("fastest_laps", "laps")  # ett varv; poäng is en in sport
NOUNS_EN = {
    "starts": ("start", "starts"),
    "wins": ("win", "wins"),
    "class_wins": ("class win", "class wins"),
    "podiums": ("podium", "podiums"),
    "poles": ("pole position", "pole positions"),
    "fastest_laps": ("fastest lap", "fastest laps"),
    "titles": ("title", "titles"),
    "points": ("point", "points"),
    "laps": ("lap", "laps"),
    "rounds": ("round", "rounds"),
}


# Places


def place(n: int, *, tied: bool = False, language: str | None = None) -> str:
    """``trea``, ``13:e``, ``delad trea``; in English ``third``, ``13th``, ``tied third``.

    Raises ValueError below 1.
    """
    if not 1 <= n <= LARGEST_WORD:
        return _shared(ordinal(n, language), tied=tied, language=language)
    words = PLACES_SV if is_swedish(language) else PLACES_EN
    return _shared(words[n - 1], tied=tied, language=language)


def _shared(word: str, *, tied: bool, language: str | None) -> str:
    if not tied:
        return word
    return f"delad {word}" if is_swedish(language) else f"tied {word}"


def result(
    position: int | None,
    class_name: str = "",
    class_position: int | None = None,
    *,
    tied: bool = False,
    class_tied: bool = False,
    language: str | None = None,
) -> str:
    """Class first, then overall: ``trea i TCR, 24:e totalt``.

    In English ``third in TCR, 24th overall``. The place after the comma is always in
    figures. Without a place in class the overall one stands alone, with "totalt" when
    there is a class it could be mistaken for: ``trea``, ``trea totalt``. Nothing known
    gives an empty text.
    """
    swedish = is_swedish(language)
    totalled = "totalt" if swedish else "overall"
    if class_position is None:
        if position is None:
            return ""
        alone = place(position, tied=tied, language=language)
        return f"{alone} {totalled}" if class_name else alone
    within = class_name or ("klassen" if swedish else "class")
    in_class = place(class_position, tied=class_tied, language=language)
    phrase = f"{in_class} {'i' if swedish else 'in'} {within}"
    if position is None:
        return phrase
    overall = _shared(ordinal(position, language), tied=tied, language=language)
    return f"{phrase}, {overall} {totalled}"


def status(
    status: str, *, classified: bool = False, language: str | None = None
) -> str:
    """``bröt``, ``did not start``: the end of a car that has no place, or had stopped.

    ``status`` is that of a result, empty where not known; ``classified`` tells of a
    car that retired so late that it has a place all the same. Raises KeyError for a
    status that there is not.
    """
    if not status:
        return ""
    if status == "retired" and classified:
        if is_swedish(language):
            return "bröt men klassificerades"
        return "retired but classified"
    return (STATUSES_SV if is_swedish(language) else STATUSES_EN)[status]


def standing(
    position: int | None,
    after_round: int | None = None,
    rounds: int | None = None,
    *,
    tied: bool = False,
    is_over: bool = False,
    language: str | None = None,
) -> str:
    """``fyra efter tre av sju deltävlingar``; over, ``trea i mästerskapet``.

    In English ``fourth after three of seven rounds``, ``third in the championship``.
    ``rounds`` is how many the season has; without a round the place is the one so
    far. Both numbers are words or both are figures. No place gives an empty text.
    """
    if position is None:
        return ""
    swedish = is_swedish(language)
    where = place(position, tied=tied, language=language)
    if is_over:
        return f"{where} {'i mästerskapet' if swedish else 'in the championship'}"
    if after_round is None:
        return f"{where} {'hittills' if swedish else 'so far'}"
    return f"{where} {'efter' if swedish else 'after'} " + _share_of_rounds(
        after_round, rounds, language
    )


def _share_of_rounds(done: int, rounds: int | None, language: str | None) -> str:
    if rounds is None:
        return count(done, "rounds", language)
    if max(done, rounds) > LARGEST_WORD:
        run, among = whole(done, language), whole(rounds, language)
    else:
        run, among = number(done, language=language), number(rounds, language=language)
    of = "av" if is_swedish(language) else "of"
    return f"{run} {of} {among} {noun('rounds', rounds, language)}"


# Numbers


def number(n: int, *, neuter: bool = False, language: str | None = None) -> str:
    """``tre``, ``three``, from zero to twelve; figures for the rest: ``13``, ``1,200``.

    ``neuter`` turns Swedish ``en`` into ``ett``.
    """
    if not 0 <= n <= LARGEST_WORD:
        return whole(n, language)
    if not is_swedish(language):
        return NUMBERS_EN[n]
    return "ett" if n == 1 and neuter else NUMBERS_SV[n]


def count(n: int | Decimal, what: str, language: str | None = None) -> str:
    """``en seger``, ``ett snabbaste varv``, ``two pole positions``, ``inga titlar``.

    ``what`` is starts, wins, class_wins, podiums, poles, fastest_laps, titles, points,
    laps or rounds; only points may be broken: ``12,5 poäng``. Raises ValueError for
    less than none and KeyError for anything else to count.
    """
    if n < 0:
        raise ValueError("Nothing can be counted below none.")
    things = noun(what, n, language)
    if n == 0:
        return f"{'inga' if is_swedish(language) else 'no'} {things}"
    if n != int(n):
        return f"{points(n, language)} {things}"
    return f"{number(int(n), neuter=what in NEUTER, language=language)} {things}"


def noun(what: str, n: int | Decimal | None, language: str | None = None) -> str:
    """``seger`` of one, ``segrar`` of several, of none and of nobody knows how many.

    What there is to count is as in `count`.
    """
    one, several = (NOUNS_SV if is_swedish(language) else NOUNS_EN)[what]
    return one if n == 1 else several
