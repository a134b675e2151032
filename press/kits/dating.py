"""From when the facts of a kit are: the moment of its newest one.

Three things make a kit another one: somebody changes a fact, which adds to a history;
a birthday, which changes the age; a weekend that is over, after which another comes
next. The date of a kit is that of the latest of them. It stays as long as the facts
do, and with it every document. Photos and contacts are no facts of whom it is about.
"""

import datetime as dt

from django.db.models import F, Func, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from drivers.models import (
    Biography,
    CareerResult,
    Driver,
    Milestone,
    StandingsLine,
)
from events.models import Entry, EntryDriver, Event, Result
from racing import clock
from racing.models import Car, Person, Season, Team, TeamBiography

NOON = dt.time(12)


def of_driver(driver: Driver, language: str) -> dt.datetime:
    """When the newest fact of a driver's kit became one: one query."""
    places = EntryDriver.history.filter(driver=driver)
    raced = CareerResult.objects.filter(driver=driver)
    entries = places.values("entry")
    events = Event.objects.filter(entries__crew__driver=driver)
    changes = [
        Driver.history.filter(id=driver.pk),
        Biography.history.filter(driver=driver, language=language),
        Milestone.history.filter(driver=driver),
        CareerResult.history.filter(driver=driver),
        StandingsLine.history.filter(driver=driver),
        Season.history.filter(id__in=raced.values("season")),
        places,
        Entry.history.filter(id__in=entries),
        Event.history.filter(id__in=events.values("pk")),
        Result.history.filter(entry__in=entries),
    ]
    return _newest(driver, changes, events, _latest_birthday(driver.birth_date))


def of_team(team: Team, drivers: list[Driver], language: str) -> dt.datetime:
    """The same of a team's kit; `drivers` are those that it names."""
    entries = Entry.objects.filter(team=team)
    if team.is_home:
        entries = Entry.objects.filter(Q(team=team) | Q(crew__driver__in=drivers))
    events = Event.objects.filter(entries__in=entries.values("pk"))
    raced = Q(driver__in=drivers) if team.is_home else Q(team=team)
    changes = [
        Team.history.filter(id=team.pk),
        TeamBiography.history.filter(team=team, language=language),
        Person.history.filter(team=team),
        Driver.history.filter(id__in=[driver.pk for driver in drivers]),
        CareerResult.history.filter(raced),
        Car.history.filter(id__in=entries.values("car")),
        Entry.history.filter(Q(id__in=entries.values("pk")) | Q(team=team)),
        Event.history.filter(id__in=events.values("pk")),
        Result.history.filter(entry__in=entries.values("pk")),
    ]
    return _newest(team, changes, events)


def _newest(
    owner: Driver | Team,
    changes: list[QuerySet],
    events: QuerySet,
    birthday: dt.datetime | None = None,
) -> dt.datetime:
    """The latest of all, but none that the site has not come to: its clock may be moved."""
    over = events.annotate(final_day=Coalesce("last_day", "first_day")).filter(
        final_day__lt=clock.date_everywhere()
    )
    asked = {
        f"change_{number}": _latest(rows, "history_date")
        for number, rows in enumerate(changes)
    }
    row = type(owner).objects.filter(pk=owner.pk)
    row = row.annotate(over_on=_latest(over, "final_day"), **asked)
    over_on, *moments = row.values_list("over_on", *asked).get()
    if over_on:
        # At the last place on earth the day ends at noon of the next one, in UTC.
        tomorrow = over_on + dt.timedelta(days=1)
        moments.append(dt.datetime.combine(tomorrow, NOON, dt.UTC))
    now = clock.now()
    return min(max(filter(None, [*moments, birthday]), default=now), now)


def _latest(rows, name):
    """The largest value of a column of rows, as an expression.

    Not `Max`, which would want the rows in groups.
    """
    largest = Func(F(name), function="MAX")
    return Subquery(rows.order_by().annotate(largest=largest).values("largest"))


def _latest_birthday(born: dt.date | None) -> dt.datetime | None:
    """The beginning of the latest one by the site's own calendar, if it is known."""
    if born is None:
        return None
    today = clock.today()
    years = today.year, today.year - 1
    days = (_birthday(born, year) for year in years)
    day = next((day for day in days if born <= day <= today), None)
    zone = timezone.get_default_timezone()
    return day and dt.datetime.combine(day, dt.time(), zone)


def _birthday(born, year):
    """Who is born on 29 February is a year older on 1 March, as `Driver.age` has it."""
    try:
        return born.replace(year=year)
    except ValueError:
        return dt.date(year, 3, 1)
