"""Whose calendars there are: everybody's, a driver's, a series', a weekend's."""

from dataclasses import dataclass
from urllib.parse import quote

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from drivers.models import Driver
from events.calendars.choices import Choice
from events.calendars.items import items
from events.calendars.weekends import weekends
from events.calendars.writing import Heading, written
from events.models import SESSION_KINDS, EntryDriver, Event, EventQuerySet, EventRound
from racing.models import Series


@dataclass(frozen=True)
class Feed:
    """A calendar: its `path`, the `page` it belongs to, its weekends, what to call it.

    `name` is empty where it is the home team's.
    """

    path: str
    page: str
    events: EventQuerySet
    name: str = ""
    file: str = "calendar"

    def named(self, choice: Choice, team) -> str:
        """What the calendar is called in a list of calendars."""
        name = self.name or str(team or "Pitboard")
        # No comma, which some readers show with the backslash before it.
        kinds = " + ".join(str(SESSION_KINDS[kind]) for kind in choice.kinds)
        return f"{name}: {kinds}" if kinds else name

    def written(self, choice: Choice, site: str, team) -> bytes:
        """The file; `site` is the site's address. Four queries."""
        path = self.path + choice.query
        heading = Heading(
            name=self.named(choice, team),
            description=_("Kept up to date at %(address)s")
            % {"address": site + self.page},
            path=path,
            address=site + path,
            page=site + self.page,
        )
        told = items(weekends(self.events), choice.kinds, site)
        return written(heading, told, choice.alarm)


def of_all() -> Feed:
    return Feed(
        path=reverse("all_calendar"),
        page=reverse("event_list"),
        events=Event.objects.published(),
    )


def of_driver(driver: Driver) -> Feed:
    """The weekends in which the driver is in the crew of a car that is entered."""
    places = EntryDriver.objects.filter(driver=driver)
    entered = Q(pk__in=places.order_by().values("entry__event"))
    return Feed(
        path=reverse("driver_calendar", args=[driver.slug]),
        page=driver.get_absolute_url(),
        events=Event.objects.published().filter(entered),
        name=driver.name,
        file=driver.slug,
    )


def of_series(series: Series) -> Feed:
    """The weekends of the series' seasons, and those that count for one as well."""
    rounds = EventRound.objects.filter(season__series=series)
    counting = Q(pk__in=rounds.order_by().values("event"))
    return Feed(
        path=reverse("series_calendar", args=[series.slug]),
        page=series.get_absolute_url(),
        events=Event.objects.published().filter(Q(season__series=series) | counting),
        name=series.short_name,
        file=series.slug,
    )


def of_weekend(event: Event) -> Feed:
    return Feed(
        path=reverse("event_calendar", args=[event.slug]),
        page=event.get_absolute_url(),
        events=Event.objects.published().filter(pk=event.pk),
        name=event.name,
        file=event.slug,
    )


# Ways to subscribe


def webcal(address: str) -> str:
    """The address that a calendar on the reader's own machine opens."""
    return f"webcal://{address.partition('://')[2]}"


def in_google(address: str) -> str:
    """Where Google asks whether to add a calendar."""
    cid = quote(webcal(address), safe="")
    return f"https://calendar.google.com/calendar/r?cid={cid}"


def in_outlook(address: str, name: str) -> str:
    """Where Outlook.com asks whether to add a calendar."""
    query = f"url={quote(address, safe='')}&name={quote(name, safe='')}"
    return f"https://outlook.live.com/calendar/0/addfromweb?{query}"
