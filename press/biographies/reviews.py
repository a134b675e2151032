"""What the facts say against a biography: warnings for who edits it.

A warning is a plain sentence that names what the text says and what the record says.
It comes where the two cannot both be right, as far as a machine can read a sentence:
of what is not plain nothing is said, for an editor who is warned wrongly reads no
warning again. Tokens are right by themselves and never warned of, but where they say
nothing.

Biographies are those of drivers and teams: objects with an owner (`driver` or `team`),
`language`, `length`, `text` and `reviewed_on`.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from drivers.models import Driver
from events.career import Figure
from press.biographies import reading
from press.biographies.changes import texts_changed
from press.biographies.facts import DriverFacts, Facts, facts_of
from press.biographies.lengths import bounds, word_count
from press.biographies.reading import Names, Read, names_of, read
from press.biographies.resolving import resolve
from racing import dates, words
from racing.models import LANGUAGES, Team

PAST_NAME, AGE, COUNT, PLACE = "past_name", "age", "count", "place"
SEASON_OVER, NOT_REVIEWED = "season_over", "not_reviewed"
OTHER_LANGUAGE, WORDS, UNKNOWN = "other_language", "words", "unknown"
KINDS = (
    *(PAST_NAME, AGE, COUNT, PLACE, SEASON_OVER),
    *(NOT_REVIEWED, OTHER_LANGUAGE, WORDS, UNKNOWN),
)
# Both languages changed at one sitting are of one age.
AT_ONE_SITTING = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Warning:
    """What is wrong with a biography: one of KINDS, in a sentence for its editor.

    `quote` is the sentence of the biography that it is about, if it is about one.
    """

    biography: Model
    kind: str
    sentence: str
    quote: str = ""


def owner_of(biography: Model) -> Driver | Team:
    """Whom a biography is about."""
    return biography.driver if hasattr(biography, "driver") else biography.team


def reviews(
    biographies: Iterable[Model], at: dt.datetime | None = None
) -> list[Warning]:
    """All warnings of biographies, in their order.

    The same number of queries for any number of them; those of an owner come together,
    with their owners, for one language is held against the other.
    """
    biographies = list(biographies)
    facts = facts_of({owner_of(biography) for biography in biographies}, at)
    return warnings(biographies, facts, texts_changed(biographies), drivers_named())


def drivers_named() -> list[tuple[str, str]]:
    """First name and surname of every driver, guests too."""
    return list(Driver.objects.order_by("pk").values_list("first_name", "last_name"))


def warnings(
    biographies: Iterable[Model],
    facts: Mapping[Driver | Team, Facts],
    changed: Mapping[Model, dt.datetime] | None = None,
    drivers: Iterable[tuple[str, str]] = (),
) -> list[Warning]:
    """The warnings of biographies from what is at hand, without a query.

    `changed` has when each text last changed, `drivers` the names of all drivers:
    sentences about another one are not held against this one's record.
    """
    biographies, drivers = list(biographies), list(drivers)
    named = {
        owner: names_of(facts[owner], _others(owner, drivers))
        for owner in {owner_of(biography) for biography in biographies}
    }
    texts = [
        _Dated(biography, owner_of(biography), _moment(biography, changed or {}))
        for biography in biographies
    ]
    groups = defaultdict(list)
    for text in texts:
        groups[text.owner, text.biography.length].append(text)
    found = []
    for text in texts:
        known = facts[text.owner]
        found += of_text(text.biography, known, named[text.owner])
        found += _of_review(text.biography, known)
        found += _of_languages(text, groups[text.owner, text.biography.length])
    return found


@dataclass(frozen=True)
class _Dated:
    """A biography with its owner and when its text last changed, if that is known."""

    biography: Model
    owner: Driver | Team
    changed_at: dt.datetime | None


def _moment(biography, changed):
    # One that is not saved yet has no key to be found by.
    is_saved = getattr(biography, "pk", True) is not None
    return changed.get(biography) if is_saved else None


def _others(owner, drivers):
    """How other drivers are called: not as the owner is, such as by one's surname."""
    own = {getattr(owner, "first_name", ""), str(owner)}
    for first_name, last_name in drivers:
        if f"{first_name} {last_name}" != str(owner):
            yield from {first_name, f"{first_name} {last_name}"} - own


# The text


def of_text(biography: Model, facts: Facts, names: Names) -> list[Warning]:
    """What its own words say that the record does not, and how many they are."""
    found = []
    for line in read(biography.text, biography.language, facts, names):
        for check in CHECKS:
            found += [
                Warning(biography, kind, sentence, line.written)
                for kind, sentence in check(line, facts)
            ]
    resolved = resolve(biography.text, facts, biography.language)
    found += [_unknown(biography, out) for out in resolved.left_out]
    return found + _of_length(biography, word_count(resolved.text))


def _of_past_names(line: Read, facts):
    for name in reading.names_no_longer_current(line):
        sentence = _(
            "The text names %(name)s as if that were current; the last season with it "
            "was %(year)s."
        )
        yield PAST_NAME, sentence % {"name": name, "year": line.names.past[name]}


def _of_ages(line: Read, facts):
    if not isinstance(facts, DriverFacts):
        return
    age = facts.driver.age(facts.today)
    if age is None:
        return
    for said in reading.ages(line, facts.driver.last_name, facts.today.year):
        if said.n != age:
            sentence = _(
                "The text says “%(said)s”; by the date of birth the age is %(age)s."
            )
            yield AGE, sentence % {"said": said.said, "age": age}


# Totals


def _of_counts(line: Read, facts):
    for count in reading.counts(line):
        scopes = _scopes(line, facts, count)
        figures = [facts.figure(count.what, *scope) for scope in scopes]
        if figures and all(_contradicts(figure, count) for figure in figures):
            yield COUNT, _other_count(facts, count, scopes[0], figures[0])


def _scopes(line, facts, count):
    """The seasons that a total may be of, the likeliest first; () is all of them.

    Without any it cannot be told.
    """
    scope = line.scope(count.position)
    if scope is None:
        return []
    if any(scope):
        return _seasons_of(facts, *scope)
    if count.is_one:
        # “En seger” in Swedish is “a win” too.
        return []
    # The sentence before may have said of which season this one tells.
    return [(), *(_seasons_of(facts, *line.before) if any(line.before) else [])]


def _seasons_of(facts, years, series):
    """The seasons of years and series together, and each alone."""
    keys = tuple(
        key
        for key, season in facts.seasons.items()
        if (not years or season.year in years)
        and (not series or season.series.slug in series)
    )
    if not keys:
        return []
    return [keys, *((key,) for key in keys if len(keys) > 1)]


def _contradicts(figure, count):
    """Whether a total and what a text says cannot both be right."""
    known = figure.value
    if known is None:
        return False
    if count.is_least:
        return known < count.n and not figure.is_at_least
    return count.n < known if figure.is_at_least else count.n != known


def _other_count(facts, count, scope, figure):
    values = {"said": count.said, "recorded": _in_words(figure, count.what)}
    if not scope:
        sentence = _("The text says “%(said)s”; in all the record says %(recorded)s.")
        return sentence % values
    sentence = _(
        "The text says “%(said)s”; for %(season)s the record says %(recorded)s."
    )
    seasons = ", ".join(str(facts.seasons[key]) for key in scope)
    return sentence % (values | {"season": seasons})


def _in_words(figure: Figure, what):
    said = words.count(figure.value, what)
    return _("at least %(count)s") % {"count": said} if figure.is_at_least else said


# Championships and seasons


def _of_places(line: Read, facts):
    if not isinstance(facts, DriverFacts):
        return
    for said in reading.places(line):
        scope = line.scope(said.position)
        if scope is not None and not any(scope):
            scope = line.before
        keys = _seasons_of(facts, *scope) if scope and any(scope) else []
        if len(keys) != 1:
            continue
        season = facts.lines[keys[0][0]]
        if season.position is not None and season.position != said.n:
            sentence = _(
                "The text says “%(said)s” in %(season)s; the record says %(place)s."
            )
            yield (
                PLACE,
                sentence
                % {
                    "said": said.said,
                    "season": season.season,
                    "place": _standing(season),
                },
            )


def _standing(line):
    if line.is_final:
        return words.place(line.position, tied=line.is_tied)
    return words.standing(
        line.position, line.after_round, line.season.rounds, tied=line.is_tied
    )


def _of_seasons(line: Read, facts):
    for year in sorted(reading.years_in_present(line)):
        if _is_over(facts, year, line.series):
            sentence = _(
                "The text speaks of %(year)s in the present tense, but that season is "
                "over."
            )
            yield SEASON_OVER, sentence % {"year": year}
    said = reading.speaks_of_this_season(line)
    if said and facts.year and _is_over(facts, facts.year, line.series):
        sentence = _(
            "The text says “%(said)s”, but the latest season on record, %(year)s, is "
            "over."
        )
        yield SEASON_OVER, sentence % {"said": said, "year": facts.year}


def _is_over(facts, year, series):
    """Whether the seasons of a year are over: those in the series, if any is named."""
    if year != facts.today.year:
        return year < facts.today.year
    seasons = [season for season in facts.seasons.values() if season.year == year]
    named = [season for season in seasons if season.series.slug in series] or seasons
    return bool(named) and all(season.is_over for season in named)


CHECKS = (_of_past_names, _of_ages, _of_counts, _of_places, _of_seasons)


# As a whole


def _unknown(biography, out):
    sentence = _("Not known now: %(tokens)s. This sentence is left out of the text.")
    said = sentence % {"tokens": ", ".join(out.tokens)}
    return Warning(biography, UNKNOWN, said, out.sentence)


def _of_length(biography, count):
    limits = bounds(biography.length)
    if limits is None or limits[0] <= count <= limits[1]:
        return []
    least, most = limits
    sentence = _(
        "The text as readers get it has %(count)s words; one of %(length)s has "
        "%(least)s to %(most)s."
    )
    values = {"count": count, "length": biography.length, "least": least, "most": most}
    return [Warning(biography, WORDS, sentence % values)]


def _of_review(biography, facts):
    last_day = facts.results.last_day
    reviewed_on = biography.reviewed_on
    if last_day is None or (reviewed_on and reviewed_on >= last_day):
        return []
    if reviewed_on is None:
        sentence = _("Never reviewed; the latest result is of %(result)s.")
    else:
        sentence = _(
            "Last reviewed on %(reviewed)s, before the latest result of %(result)s."
        )
    values = {
        "result": dates.date(last_day),
        "reviewed": dates.date(reviewed_on) if reviewed_on else "",
    }
    return [Warning(biography, NOT_REVIEWED, sentence % values)]


def _of_languages(text, group):
    """Whether another of a group was changed after this one, and nobody read this."""
    if text.changed_at is None:
        return []
    dated = [other for other in group if other.changed_at]
    newest = max(dated, key=lambda other: other.changed_at)
    reviewed_on = text.biography.reviewed_on
    if newest.changed_at - text.changed_at <= AT_ONE_SITTING or (
        reviewed_on and reviewed_on >= _day(newest)
    ):
        return []
    sentence = _(
        "This text, in %(older)s, is the older one: it was changed on %(then)s, the one "
        "in %(newer)s on %(day)s."
    )
    values = {
        "older": LANGUAGES[text.biography.language],
        "newer": LANGUAGES[newest.biography.language],
        "then": dates.date(_day(text)),
        "day": dates.date(_day(newest)),
    }
    return [Warning(text.biography, OTHER_LANGUAGE, sentence % values)]


def _day(text):
    return timezone.localtime(text.changed_at, timezone.get_default_timezone()).date()
