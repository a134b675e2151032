"""A driver's record for machines, as plain values that JSON can hold.

Keys are for ever: one may be added, none changes its meaning. Unknown is null, never
0 or an empty text. Days are `YYYY-MM-DD`, moments ISO 8601 in UTC, times in
milliseconds, points numbers; statuses, poles and fastest laps are the words of the
site's database, which do not change with the language. What a reader hides
(`racing.spoilers`) is left out.

- `driver`: `name`, `slug`, and `page` and `data`, the addresses in each language
- `language`: that of names and reasons
- `asked`: the filters that were asked for; `results` and `seasons` follow them
- `figures`: of the whole career, `starts`, `wins`, `class_wins`, `podiums`, `poles`,
  `fastest_laps` and `titles`, each `{value, at_least}`
- `covers`: `first` and `last` day of the results on the site, and `missing`, seasons
  that are not whole: `season`, `listed` races, and `raced`, null where not known
- `seasons`, the latest first: `season` (the key to ask for), `series`, `year`, `team`,
  `car`, `number`, `rounds`, `is_over`, `position`, `is_tied`, `points`, `after_round`,
  `is_title`, `totals` ("typed" as published or "counted" from the results here) and
  the six figures
- `results`, the latest first: `id`, `seasons`, `date` (null where only the weekend is
  known), `event`, `circuit`, `session`, `number`, `class`, `team`, `car`, `drivers`,
  the facts of the result, `code` as printed, `words`, `note`, and `amendments`, the
  earliest first: `date` (`YYYY-MM` where only the month is known), `body`, `reason`,
  `source`, `is_unresolved` and `changes` of `field`, `old` and `new`
- `updated`: when any of this was changed last, null where that is not recorded
"""

from decimal import Decimal

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import get_language, override

from drivers.models import CareerResult
from events import matrix, signs
from events.career import FIGURES
from events.models import Amendment, Result
from events.record import Question, Record, details, season_key

# Facts of a result that go out as they are.
FACTS = (
    *("status", "is_classified", "position", "is_tied", "class_position"),
    *("is_tied_in_class", "grid", "laps", "time_ms", "gap", "best_lap_ms"),
    *("points", "pole", "fastest_lap", "note"),
)


def exported(record: Record, question: Question, origin: str) -> dict:
    """The whole document; `origin` is the site's address, for those it gives.

    Seven queries besides those of the record, for any number of results.
    """
    driver, rows = record.career.driver, record.find(question)
    return {
        "driver": {
            "name": driver.name,
            "slug": driver.slug,
            "page": _addresses(origin, "driver_detail", driver.slug),
            "data": _addresses(origin, "driver_results_data", driver.slug),
        },
        "language": get_language(),
        "asked": question.parameters,
        "figures": {
            name: {"value": figure.value, "at_least": figure.is_at_least}
            for name, figure in record.career.figures.items()
        },
        "covers": _covers(record),
        "seasons": [_season(line) for line in record.lines(question)],
        "results": _results(rows, origin),
        "updated": _updated(record),
    }


def _addresses(origin, name, *args):
    """A page's address in each language."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found[language] = origin + reverse(name, args=args)
    return found


def _covers(record):
    first, last = record.period or (None, None)
    missing = [
        {"season": season_key(gap.season), "listed": gap.listed, "raced": gap.raced}
        for gap in record.gaps
    ]
    return {"first": _day(first), "last": _day(last), "missing": missing}


def _season(line):
    season, known = line.season, line.record
    return {
        "season": season_key(season),
        "series": {"slug": season.series.slug, "name": season.series.short_name},
        "year": season.year,
        "team": _named(known.team),
        "car": _named(known.car),
        "number": known.number or None,
        "rounds": known.rounds or None,
        "is_over": season.is_over,
        "position": line.position,
        "is_tied": line.is_tied,
        "points": _number(line.points),
        "after_round": line.after_round,
        "is_title": line.is_title,
        "totals": known.totals,
        **{figure: getattr(line.totals, figure) for figure in FIGURES},
    }


def _results(rows, origin):
    # To ask the resolver for each address would take longer than all the rest.
    pages = _addresses(origin, "session_detail", "the-event", 0)
    found = []
    for row, result in zip(rows, details(rows), strict=True):
        slug, key = row.race.slug, result.session_id
        own = {
            language: page.replace("the-event", slug).replace("/0/", f"/{key}/")
            for language, page in pages.items()
        }
        found.append(_result(row, result, own))
    return found


def _result(row, result, pages):
    event, entry = result.session.event, result.entry
    facts = {fact: _plain(getattr(result, fact)) for fact in FACTS}
    return {
        "id": result.pk,
        "seasons": sorted(row.keys["season"]),
        "date": _day(result.raced_on),
        "event": {
            "slug": event.slug,
            "name": event.name,
            "round": event.round or None,
            "first_day": _day(event.first_day),
            "last_day": _day(event.last_day),
        },
        "circuit": {"slug": event.circuit.slug, "name": event.circuit.name},
        "session": {
            "name": result.session.name,
            "classification": result.session.classification or None,
            "page": pages,
        },
        "number": entry.number or None,
        "class": row.outcome.class_name,
        "team": _named(entry.team),
        "car": _named(entry.car),
        "drivers": [driver.name for driver in result.credited_drivers],
        **facts,
        "code": signs.sign(result) or None,
        "words": matrix.in_words(row.outcome),
        "amendments": [_amendment(ruling) for ruling in result.rulings],
    }


def _amendment(ruling):
    amendment = ruling.amendment
    day = _day(amendment.decided_on)
    return {
        "date": day[:7] if amendment.is_month_only else day,
        "body": amendment.body or None,
        "reason": amendment.reason,
        "source": amendment.source_url or None,
        "is_unresolved": amendment.is_unresolved,
        "changes": [
            {"field": change.field, "old": change.old, "new": change.new}
            for change in ruling.changes
        ],
    }


def _updated(record):
    """The moment of the last recorded change of a result, a ruling or a season."""
    results = [row.outcome.key for row in record.rows]
    sessions = {row.outcome.session for row in record.rows}
    changed = (
        Result.history.filter(id__in=results),
        Amendment.history.filter(session__in=sessions),
        CareerResult.history.filter(driver=record.career.driver),
    )
    moments = [
        rows.order_by().aggregate(latest=Max("history_date"))["latest"]
        for rows in changed
    ]
    latest = max(filter(None, moments), default=None)
    return latest and latest.isoformat(timespec="seconds")


def _named(row):
    return row and {"slug": row.slug, "name": str(row)}


def _plain(value):
    if isinstance(value, Decimal):
        return _number(value)
    return None if value == "" else value


def _number(value):
    """A whole number where it is one."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def _day(day):
    return day and day.isoformat()
