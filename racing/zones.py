"""Wall time at a circuit and UTC, both ways.

Times are typed and read as the clock on the wall at the circuit shows them, and
stored in UTC. Twice a year that is no one-to-one affair in zones with summer time:
an hour in spring does not exist and an hour in autumn comes twice.
"""

import datetime as dt
import functools
import zoneinfo

from django.utils.translation import gettext as _

from racing.dates import clock, date
from racing.formats import FormatError, shown

# The areas of the IANA time zone database whose zones are places. What else it holds
# (EST5EDT, US/Pacific, Etc/GMT-4, posix/…) are old names and fixed offsets.
AREAS = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic"),
    *("Australia", "Europe", "Indian", "Pacific"),
)
FIRST_YEAR, LAST_YEAR = 1900, 2100  # no race was run before and none is planned after


@functools.cache
def names() -> tuple[str, ...]:
    """Sorted names of the zones of places, such as Europe/Stockholm, and UTC."""
    places = (
        name
        for name in zoneinfo.available_timezones()
        if name.split("/")[0] in AREAS and "/" in name
    )
    return (*sorted(places), "UTC")


def zone(name: str) -> zoneinfo.ZoneInfo:
    """The zone of that IANA name. Raises FormatError for a name not in names()."""
    if name not in names():
        sentence = _(
            "“%(typed)s” is not a time zone. Write an area and a city, for example "
            "Europe/Stockholm."
        )
        raise FormatError(sentence % {"typed": shown(name)})
    return zoneinfo.ZoneInfo(name)


def local(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The same moment on the wall of that zone. Raises ValueError for a naive one."""
    if moment.utcoffset() is None:
        raise ValueError("A time without a zone is not a moment.")
    return moment.astimezone(zone)


def to_utc(
    day: dt.date, time: dt.time, zone: dt.tzinfo, *, fold: int = 0
) -> dt.datetime:
    """The moment in UTC at which a wall in that zone shows that day and time.

    An hour that comes twice in autumn is the first of the two, or the second with
    ``fold=1`` (PEP 495). Raises FormatError for a time that the clocks jump over in
    spring and for a year outside 1900 to 2100.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        sentence = _("The year must be between %(first)s and %(last)s.")
        raise FormatError(sentence % {"first": FIRST_YEAR, "last": LAST_YEAR})
    wall = _wall(day, time, zone, fold)
    moment = wall.astimezone(dt.UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None):
        before, after = _jump(wall)
        sentence = _(
            "%(time)s does not exist on %(date)s in %(zone)s: the clocks go forward "
            "from %(before)s to %(after)s."
        )
        values = {"time": clock(time), "date": date(day), "zone": zone}
        raise FormatError(sentence % (values | {"before": before, "after": after}))
    return moment


def is_ambiguous(day: dt.date, time: dt.time, zone: dt.tzinfo) -> bool:
    """Whether the wall shows that time twice that day, as in autumn."""
    first, second = (_wall(day, time, zone, fold) for fold in (0, 1))
    return first.utcoffset() > second.utcoffset()


def _wall(day: dt.date, time: dt.time, zone: dt.tzinfo, fold: int) -> dt.datetime:
    return dt.datetime.combine(day, time.replace(tzinfo=None, fold=fold), tzinfo=zone)


def _jump(skipped: dt.datetime) -> tuple[str, str]:
    """What the wall shows before and after the jump over a time that does not exist.

    PEP 495: in a gap fold 0 reckons with the offset before the jump and so lands after
    it, fold 1 the other way round. Between the two moments the jump is found by halving.
    """
    after = skipped.replace(fold=0).astimezone(dt.UTC)
    before = skipped.replace(fold=1).astimezone(dt.UTC)
    old_offset = skipped.replace(fold=0).utcoffset()
    while after - before > dt.timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(skipped.tzinfo).utcoffset() == old_offset:
            before = middle
        else:
            after = middle
    jump = after.replace(microsecond=0)
    return clock(jump + old_offset), clock(jump.astimezone(skipped.tzinfo))
