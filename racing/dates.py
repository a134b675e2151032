"""How days, clock times and durations are printed, in Swedish and in English.

As in ``racing.formats``: ``language`` is "sv" or "en"; without it the active language
decides, and anything but Swedish prints English. Nothing here asks what time it is or
changes a zone: datetimes are printed as they stand.
"""

import datetime as dt

from racing.formats import MINUS, NO_BREAK_SPACE, is_swedish

MONTHS_SV = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS_SV = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
WEEKDAYS_EN = (
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
)


# Days


def month(day: dt.date, language: str | None = None) -> str:
    """``maj``, ``May``."""
    return (MONTHS_SV if is_swedish(language) else MONTHS_EN)[day.month - 1]


def weekday(day: dt.date, language: str | None = None) -> str:
    """``lördag``, ``Saturday``."""
    return (WEEKDAYS_SV if is_swedish(language) else WEEKDAYS_EN)[day.weekday()]


def date(day: dt.date, language: str | None = None) -> str:
    """``13 maj 2022``, ``13 May 2022``."""
    return f"{_day_and_month(day, language)} {day.year}"


def day(day: dt.date, language: str | None = None) -> str:
    """``lördag 14 maj``, ``Saturday 14 May``: the heading of a day in a timetable."""
    return f"{weekday(day, language)} {_day_and_month(day, language)}"


def month_and_year(day: dt.date, language: str | None = None) -> str:
    """``september 2022``, ``September 2022``: where the day is not known."""
    return f"{month(day, language)} {day.year}"


def date_range(
    first: dt.date | None, last: dt.date | None, language: str | None = None
) -> str | None:
    """``13–15 maj 2022``, ``30 september–1 oktober 2022``, ``13 May 2022`` for one day.

    With only a first day ``från 4 maj 2018``, ``from 4 May 2018``; with only a last
    ``till 22 september 2018``, ``until 22 September 2018``; with neither None.
    """
    if first and last:
        if first.year != last.year:
            return f"{date(first, language)}–{date(last, language)}"
        return f"{short_date_range(first, last, language)} {last.year}"
    if first:
        return f"{'från' if is_swedish(language) else 'from'} {date(first, language)}"
    if last:
        return f"{'till' if is_swedish(language) else 'until'} {date(last, language)}"
    return None


def short_date_range(first: dt.date, last: dt.date, language: str | None = None) -> str:
    """``13–15 maj``, ``30 september–1 oktober``: where the year is said elsewhere."""
    if first == last:
        return _day_and_month(first, language)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day_and_month(last, language)}"
    return f"{_day_and_month(first, language)}–{_day_and_month(last, language)}"


def day_shift(
    track_day: dt.date, reader_day: dt.date, language: str | None = None
) -> str:
    """How far the reader's date is from the track's: empty, ``+1 dag``, ``−1 day``."""
    days = (reader_day - track_day).days
    if days == 0:
        return ""
    return f"{'+' if days > 0 else MINUS}{_days(abs(days), language)}"


def _day_and_month(day: dt.date, language: str | None) -> str:
    return f"{day.day} {month(day, language)}"


def _days(n: int, language: str | None) -> str:
    if is_swedish(language):
        return f"{n} dag" if n == 1 else f"{n} dagar"
    return f"{n} day" if n == 1 else f"{n} days"


# The clock


def clock(time: dt.time | dt.datetime) -> str:
    """``16:20``: 24 hours in both languages."""
    return f"{time:%H:%M}"


def duration(minutes: int, language: str | None = None) -> str:
    """Whole hours in words, the rest in units: ``6 timmar``, ``45 min``, ``1 h 30 min``.

    In English ``6 hours``, ``1 h 30 min``; Swedish ``1 tim 30 min``. A no-break space
    holds a number to its unit.
    """
    if minutes < 0:
        raise ValueError("A duration cannot be negative.")
    hours, rest = divmod(minutes, 60)
    if hours == 0:
        return _minutes(rest)
    if rest:
        return f"{_hours(hours, language)} {_minutes(rest)}"
    if is_swedish(language):
        return f"{hours} timme" if hours == 1 else f"{hours} timmar"
    return f"{hours} hour" if hours == 1 else f"{hours} hours"


def countdown(left: dt.timedelta, language: str | None = None) -> str:
    """Time left in its two largest units: ``om 1 dag 4 tim``, ``in 25 min``.

    Rounded down, so that nobody comes late; ``om mindre än 1 min`` before the last
    minute is over, and empty when nothing is left.
    """
    if left <= dt.timedelta(0):
        return ""
    minutes = left // dt.timedelta(minutes=1)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = []
    if days:
        parts.append(_days(days, language))
    if hours:
        parts.append(_hours(hours, language))
    if minutes and not days:
        parts.append(_minutes(minutes))
    if not parts:
        less = "mindre än" if is_swedish(language) else "less than"
        parts = [less, _minutes(1)]
    return " ".join(["om" if is_swedish(language) else "in", *parts])


def _hours(n: int, language: str | None) -> str:
    return f"{n}{NO_BREAK_SPACE}{'tim' if is_swedish(language) else 'h'}"


def _minutes(n: int) -> str:
    return f"{n}{NO_BREAK_SPACE}min"


# Zones


def zone_label(moment: dt.datetime) -> str:
    """``CEST, UTC+2``; where the zone has no abbreviation just ``UTC+4``.

    The time zone database gives a number such as "+04" for zones whose people use no
    abbreviation. Raises ValueError for a naive datetime.
    """
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("A time without a zone has no zone to name.")
    name = moment.tzname() or ""
    if name == "UTC":
        return "UTC"
    label = "UTC" + _offset(offset)
    return f"{name}, {label}" if name.isalpha() else label


def _offset(offset: dt.timedelta) -> str:
    sign = MINUS if offset < dt.timedelta(0) else "+"
    hours, minutes = divmod(abs(offset) // dt.timedelta(minutes=1), 60)
    return f"{sign}{hours}:{minutes:02}" if minutes else f"{sign}{hours}"


def zone_name(moment: dt.datetime, language: str | None = None) -> str:
    """Whose time it is: ``svensk tid`` in Stockholm's zone, ``lokal tid`` elsewhere."""
    home = getattr(moment.tzinfo, "key", None) == "Europe/Stockholm"
    if is_swedish(language):
        return "svensk tid" if home else "lokal tid"
    return "Swedish time" if home else "local time"
