"""Every address of the site.

A public address is for ever: one that changes must lead on from the old.
"""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import path, re_path, register_converter

from drivers import views as drivers
from events import calendar_views as calendars
from events import embeds, feeds
from events import views as events
from press import kit_views as kits
from press import photo_views as room
from racing import oembed, service, views
from racing import photo_views as photos
from racing.sitemaps import SITEMAPS


class YearConverter:
    """Four digits: what else is a number is no season's year."""

    regex = "(?:18|19|20|21)[0-9]{2}"
    to_python = staticmethod(int)
    to_url = staticmethod(str)


class PictureConverter:
    """How a drawing is saved."""

    regex = "svg|png"
    to_python = to_url = staticmethod(str)


class DocumentConverter:
    """How a text for the press is written: plain, for Word, or to be printed."""

    regex = "txt|docx|pdf"
    to_python = to_url = staticmethod(str)


class SizeConverter:
    """How large a photo is taken away: as a page needs it, or as it came."""

    regex = "web|full"
    to_python = to_url = staticmethod(str)


class LanguageConverter:
    """A language of the site, where it stands in the middle of an address."""

    regex = "|".join(code for code, _name in settings.LANGUAGES)
    to_python = to_url = staticmethod(str)


register_converter(YearConverter, "year")
register_converter(LanguageConverter, "language")
register_converter(PictureConverter, "picture")
register_converter(SizeConverter, "size")
register_converter(DocumentConverter, "document")

# What people read, in two languages.
pages = [
    path("", views.home, name="home"),
    path("share.png", views.home_share_picture, name="home_share_picture"),
    path("search/", views.search_page, name="search"),
    # The drivers.
    path("drivers/", drivers.driver_list, name="driver_list"),
    path("drivers/<slug:slug>/", drivers.driver_detail, name="driver_detail"),
    path(
        "drivers/<slug:slug>/share.png",
        drivers.driver_share_picture,
        name="driver_share_picture",
    ),
    path("drivers/<slug:slug>/results/", drivers.driver_results, name="driver_results"),
    path(
        "drivers/<slug:slug>/results.json",
        drivers.driver_results_data,
        name="driver_results_data",
    ),
    path(
        "drivers/<slug:slug>/chart.<picture:kind>",
        drivers.driver_chart,
        name="driver_chart",
    ),
    # Race weekends.
    path("events/", events.event_list, name="event_list"),
    path("events/<year:year>/", events.event_year, name="event_year"),
    path("events/<slug:slug>/", events.event_detail, name="event_detail"),
    path(
        "events/<slug:slug>/share.png",
        events.event_share_picture,
        name="event_share_picture",
    ),
    path(
        "events/<slug:slug>/sessions/<int:pk>/",
        events.session_detail,
        name="session_detail",
    ),
    # For the press.
    path("press/", kits.press, name="press"),
    path("press/photos/", room.photo_room, name="photo_room"),
    path("press/photos/basket/", room.basket, name="photo_basket"),
    path("press/photos/basket.zip", room.basket_zip, name="photo_basket_zip"),
    path("press/photos/<int:pk>/", room.photo_detail, name="photo_detail"),
    path("drivers/<slug:slug>/press-kit/", kits.driver_kit, name="driver_kit"),
    path(
        "drivers/<slug:slug>/press-kit/press-kit.zip",
        kits.driver_kit_zip,
        name="driver_kit_zip",
    ),
    path(
        "drivers/<slug:slug>/press-kit/<slug:document>.<document:kind>",
        kits.driver_document,
        name="driver_document",
    ),
    path("teams/<slug:slug>/press-kit/", kits.team_kit, name="team_kit"),
    path(
        "teams/<slug:slug>/press-kit/press-kit.zip",
        kits.team_kit_zip,
        name="team_kit_zip",
    ),
    path(
        "teams/<slug:slug>/press-kit/<slug:document>.<document:kind>",
        kits.team_document,
        name="team_document",
    ),
    # Calendars to subscribe to.
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar.ics", calendars.all_calendar, name="all_calendar"),
    path(
        "drivers/<slug:slug>/calendar.ics",
        calendars.driver_calendar,
        name="driver_calendar",
    ),
    path(
        "series/<slug:slug>/calendar.ics",
        calendars.series_calendar,
        name="series_calendar",
    ),
    path(
        "events/<slug:slug>/calendar.ics",
        calendars.event_calendar,
        name="event_calendar",
    ),
    # Feeds to follow.
    path("results.atom", feeds.results_feed, name="results_feed"),
    path("changes.atom", feeds.changes_feed, name="changes_feed"),
    path(
        "drivers/<slug:slug>/results.atom",
        feeds.driver_results_feed,
        name="driver_results_feed",
    ),
    path(
        "drivers/<slug:slug>/changes.atom",
        feeds.driver_changes_feed,
        name="driver_changes_feed",
    ),
    path(
        "events/<slug:slug>/changes.atom",
        feeds.event_changes_feed,
        name="event_changes_feed",
    ),
    # The world they race in.
    path("circuits/", views.circuit_list, name="circuit_list"),
    path("circuits/<slug:slug>/", views.circuit_detail, name="circuit_detail"),
    path("cars/", views.car_list, name="car_list"),
    path("cars/<slug:slug>/", views.car_detail, name="car_detail"),
    path("teams/", views.team_list, name="team_list"),
    path("teams/<slug:slug>/", views.team_detail, name="team_detail"),
    path("series/", views.series_list, name="series_list"),
    path("series/<slug:slug>/", views.series_detail, name="series_detail"),
    path("series/<slug:slug>/<year:year>/", views.season_detail, name="season_detail"),
]

# What has no language.
urlpatterns = [
    path("", service.front_door, name="front_door"),
    path("admin/", admin.site.urls),
    path("as-of/", service.as_of, name="as_of"),
    path("spoilers/", service.hide_results, name="spoilers"),
    # What other sites show of ours.
    path(
        "embed/<language:language>/events/<slug:slug>/",
        embeds.event_embed,
        name="event_embed",
    ),
    path(
        "embed/<language:language>/drivers/<slug:slug>/next/",
        embeds.driver_embed,
        name="driver_embed",
    ),
    path("oembed", oembed.oembed, name="oembed"),
    # The files of photos.
    re_path(r"^media/(?P<path>.+)$", photos.stored, name="media"),
    path("photos/<int:pk>/<size:size>", photos.download, name="photo_download"),
    path("photos/<int:pk>/<str:name>", photos.rendition, name="photo_rendition"),
    # What machines ask for.
    path("theme.css", service.theme, name="theme"),
    path("robots.txt", service.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path(".well-known/security.txt", service.security_txt, name="security_txt"),
    path("healthz", service.healthz, name="healthz"),
    *i18n_patterns(*pages),
]

handler400 = service.bad_request
handler500 = service.server_error
