"""The sitemap: every public page in both languages."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from drivers.models import Driver
from events.models import Event, Result, Session
from racing.models import Car, Circuit, Photo, Season, Series, Team


class Pages(Sitemap):
    """Pages of one kind in both languages; each page names its own translation."""

    i18n = True

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme


class Lists(Pages):
    def items(self):
        return [
            "home",
            "driver_list",
            "event_list",
            "calendar",
            "circuit_list",
            "car_list",
            "team_list",
            "series_list",
            "photo_room",
            "press",
        ]

    def location(self, item):
        return reverse(item)


class Published(Pages):
    """Pages of one model: what the public may see, and nothing else."""

    def __init__(self, model):
        self.model = model

    def items(self):
        return self.model.objects.published().order_by("pk")


class Years(Pages):
    def items(self):
        years = Event.objects.published().values_list("season__year", flat=True)
        return sorted(set(years))

    def location(self, item):
        return reverse("event_year", args=[item])


class Seasons(Pages):
    def items(self):
        return (
            Season.objects.filter(series__in=Series.objects.published())
            .select_related("series")
            .order_by("pk")
        )


class Records(Published):
    """The results of each driver."""

    def location(self, item):
        return reverse("driver_results", args=[item.slug])


class Kits(Published):
    """The press kit of each driver or team; `kit` is the name of its address."""

    def __init__(self, model, kit):
        super().__init__(model)
        self.kit = kit

    def location(self, item):
        return reverse(self.kit, args=[item.slug])


class Sessions(Pages):
    """Pages of sessions that have something to tell."""

    def items(self):
        return (
            Session.objects.filter(
                event__in=Event.objects.published(),
                pk__in=Result.objects.published().order_by().values("session"),
            )
            .select_related("event")
            .order_by("pk")
        )


class Photos(Pages):
    """Pages of the photos that the public may see."""

    def items(self):
        return Photo.objects.publishable().order_by("pk").only("pk")

    def location(self, item):
        return reverse("photo_detail", args=[item.pk])


SITEMAPS = {
    "lists": Lists(),
    "drivers": Published(Driver),
    "records": Records(Driver),
    "events": Published(Event),
    "sessions": Sessions(),
    "years": Years(),
    "circuits": Published(Circuit),
    "cars": Published(Car),
    "teams": Published(Team),
    "series": Published(Series),
    "seasons": Seasons(),
    "photos": Photos(),
    "driver_kits": Kits(Driver, "driver_kit"),
    "team_kits": Kits(Team, "team_kit"),
}
