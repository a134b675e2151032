"""What pages say to machines: in schema.org's words, as search engines ask for it.

Every kind of page of a whole site is read once, in both languages, and held against
the vocabulary and the fields that Google documents.
"""

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client, override_settings

from drivers.models import FORMER, GUEST, Driver
from events.models import DraftSession, Event
from racing import clock
from racing.models import INTERNAL, Car, Circuit, Photo, Series, Team
from tests import factories, markup
from tests.racing.test_every_page import QUERIES, RACE, address
from tests.schemaorg import HOST, Graph, graph_of
from tests.worlds import SUNDAY, make_world

WEEKEND = "events/hankook-12h-hockenheimring-2022/"
LANGUAGES = ("sv", "en")
PATHS = list(dict.fromkeys([*QUERIES, "calendar/"]))
PAGES = [(path, language) for path in PATHS for language in LANGUAGES]

# Fields that Google documents: of which type, where, required, recommended. Two with a
# bar between them are one or the other.
GOOGLE = [
    (
        "Event",
        "https://developers.google.com/search/docs/appearance/structured-data/event",
        ["name", "startDate", "location", "location.address|location.url"],
        # All but `offers`: nobody sells tickets here.
        [
            *("description", "endDate", "eventStatus", "image", "location.name"),
            *("organizer", "organizer.name", "organizer.url", "performer|competitor"),
        ],
    ),
    (
        "ProfilePage",
        "https://developers.google.com/search/docs/appearance/structured-data/profile-page",
        ["mainEntity", "mainEntity.name"],
        [
            *("dateCreated", "dateModified", "mainEntity.description"),
            *("mainEntity.image", "mainEntity.sameAs"),
        ],
    ),
    (
        "BreadcrumbList",
        "https://developers.google.com/search/docs/appearance/structured-data/breadcrumb",
        ["itemListElement", "itemListElement.position", "itemListElement.name"],
        ["itemListElement.item"],
    ),
    (
        "ItemList",
        "https://developers.google.com/search/docs/appearance/structured-data/carousel",
        ["itemListElement", "itemListElement.position"],
        ["itemListElement.url|itemListElement.item.url"],
    ),
    (
        "ImageObject",
        "https://developers.google.com/search/docs/appearance/structured-data/image-license-metadata",
        ["contentUrl", "creator|creditText|copyrightNotice|license"],
        [
            *("creator.name", "creditText", "copyrightNotice"),
            *("license", "acquireLicensePage"),
        ],
    ),
    (
        "SportsTeam",
        "https://developers.google.com/search/docs/appearance/structured-data/organization",
        [],
        ["name", "url"],
    ),
    (
        "WebSite",
        "https://developers.google.com/search/docs/appearance/site-names",
        ["name", "url"],
        [],
    ),
]


@pytest.fixture(scope="module")
def graphs(django_db_setup, django_db_blocker, tmp_path_factory):
    """The markup of every kind of page by path and language, each read once."""
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
        transaction.atomic(),
        clock.as_of(datetime.fromisoformat(SUNDAY)),
    ):
        make_world(1)
        tell_everything()
        read = {
            (path, language): graph_of(Client().get(address(path, language)))
            for path, language in PAGES
        }
        transaction.set_rollback(True)
    return read


def tell_everything():
    """Fill in whatever the world leaves open and a page can show."""
    photo = factories.make_photo(credit="Ada Berg")
    Photo.objects.update(rights_note_sv="Fritt.", rights_note_en="Free.")
    Driver.objects.update(
        full_name="Nils Andreas Bäckman",
        birth_date=date(1995, 8, 29),
        birth_place="Boden",
        home_town="Luleå",
        nationality="SE",
        club="Luleå MS",
        portrait=photo,
    )
    Team.objects.update(base="Boden", country="SE", site_url="https://team.se")
    Car.objects.update(
        generation="2021",
        racing_class=factories.make_class(),
        engine="2.0 turbo",
        displacement_cc=1984,
        power_kw=250,
        torque_nm=410,
        gearbox="6",
        drive="front",
        weight_kg=1265,
        length_mm=4599,
        width_mm=1950,
        height_mm=1300,
        wheelbase_mm=2665,
        note_sv="Ny.",
        note_en="New.",
    )
    Circuit.objects.update(
        region="Baden", latitude="49.33", longitude="8.57", site_url="https://ring.de"
    )
    factories.make_layout(
        circuit=Circuit.objects.get(slug="hockenheimring"), name="Short", corners=9
    )
    Series.objects.update(
        organiser="Organiser", sanction="FIA", site_url="https://series.com"
    )
    event = Event.objects.get(slug="hankook-12h-hockenheimring-2022")
    sunday = event.sessions.latest("start")
    factories.make_event_link(
        event=event,
        session=sunday,
        label_sv="Kanalen",
        label_en="Channel",
        kind="tv",
        url="https://tv.se/race",
        language="sv",
        territory="Norden",
        access="paid",
        start=sunday.start - timedelta(minutes=15),
    )


def by_page(graphs, problems_of):
    """What is wrong, by page; empty where nothing is."""
    found = {page: problems_of(graph) for page, graph in graphs.items()}
    assert len(found) == len(PAGES)
    return {page: problems for page, problems in found.items() if problems}


# The vocabulary


def test_every_page_uses_words_of_the_vocabulary_as_they_are_meant(graphs):
    assert by_page(graphs, Graph.problems) == {}


KINDS = {
    "": ["WebPage", "WebSite", "SportsTeam", "SportsEvent"],
    "search/": ["SearchResultsPage"],
    "search/?q=backman": ["SearchResultsPage", "ItemList"],
    "drivers/": ["CollectionPage", "ItemList", "Person"],
    "drivers/driver-0/": ["ProfilePage", "Person", "Country", "ImageObject"],
    "drivers/driver-0/results/": ["CollectionPage", "Person"],
    "events/": ["CollectionPage", "ItemList", "SportsEvent", "Place"],
    "events/2022/": ["CollectionPage", "ItemList", "SportsEvent", "Place"],
    WEEKEND: ["WebPage", "SportsEvent", "BroadcastEvent", "ImageObject"],
    RACE: ["WebPage", "SportsEvent", "SportsTeam", "Person"],
    "calendar/": ["WebPage"],
    "circuits/": ["CollectionPage", "ItemList"],
    "circuits/hockenheimring/": ["SportsActivityLocation", "GeoCoordinates"],
    "cars/": ["CollectionPage", "ItemList"],
    "cars/audi-rs-3-lms-tcr/": ["WebPage", "Car", "Brand", "EngineSpecification"],
    "teams/": ["CollectionPage", "ItemList"],
    "teams/ja-backman-racing/": ["WebPage", "SportsTeam", "Person"],
    "series/": ["CollectionPage", "ItemList"],
    "series/24h-series/": ["WebPage", "SportsOrganization", "Organization"],
    "series/24h-series/2022/": ["WebPage", "EventSeries", "SportsEvent"],
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", KINDS)
def test_page_tells_of_what_it_is_about(path, language, graphs):
    graph = graphs[path, language]
    assert [kind for kind in KINDS[path] if not graph.all(kind)] == []


# What search engines ask for


def missing(graph, which):
    """(type, field) of what a page's nodes lack; `which` is 2 or 3 of a GOOGLE row."""
    return {
        (row[0], field)
        for row in GOOGLE
        for node in graph.all(row[0])
        for field in row[which]
        if not any(graph.values(node, path) for path in field.split("|"))
    }


def test_no_page_lacks_a_field_that_google_requires(graphs):
    assert by_page(graphs, lambda graph: missing(graph, 2)) == {}


def test_no_page_lacks_a_field_that_google_recommends(graphs):
    assert by_page(graphs, lambda graph: missing(graph, 3)) == {}


def test_every_type_that_google_documents_stands_on_some_page(graphs):
    seen = {row[0] for row in GOOGLE for graph in graphs.values() if graph.all(row[0])}
    assert seen == {row[0] for row in GOOGLE}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [path for path in PATHS if path])
def test_page_says_how_it_is_reached_from_the_front_page(path, language, graphs):
    items = graphs[path, language].one("BreadcrumbList")["itemListElement"]
    addresses = [item["item"]["@id"] for item in items]
    page = graphs[path, language].top[0]["url"]
    assert [item["position"] for item in items] == list(range(1, len(items) + 1))
    assert addresses[0] == f"{HOST}/{language}/"
    assert addresses[-1] == page
    assert len(set(addresses)) == len(items) > 1


def test_front_page_is_reached_from_nowhere(graphs):
    assert graphs["", "en"].all("BreadcrumbList") == []


# Single pages


def test_driver_is_told_of_as_on_the_page(graphs):
    person = graphs["drivers/driver-0/", "en"].one("ProfilePage")["mainEntity"]
    url = f"{HOST}/en/drivers/driver-0/"
    image = person.pop("image")
    assert person == {
        "@type": "Person",
        "@id": f"{url}#person",
        "name": "Driver 0 Bäckman",
        "url": url,
        "givenName": "Driver 0",
        "familyName": "Bäckman",
        "alternateName": "Nils Andreas Bäckman",
        "description": "En förare.",
        "birthDate": "1995-08-29",
        "birthPlace": {"@type": "Place", "name": "Boden"},
        "homeLocation": {"@type": "Place", "name": "Luleå"},
        "nationality": {"@type": "Country", "name": "Sweden"},
        "jobTitle": "Racing driver",
        "memberOf": [
            {
                "@type": "SportsTeam",
                "@id": f"{HOST}/en/teams/ja-backman-racing/#sportsteam",
                "name": "JA Bäckman Racing",
                "url": f"{HOST}/en/teams/ja-backman-racing/",
                "sport": "Motorsport",
            },
            {"@type": "Organization", "name": "Luleå MS"},
        ],
        "sameAs": ["https://a-backman.com"],
    }
    photo = re.fullmatch(rf"{HOST}/photos/(\d+)/w60\.jpg", image["contentUrl"])[1]
    use = f"{HOST}/en/press/photos/{photo}/"
    assert image == {
        "@type": "ImageObject",
        "contentUrl": f"{HOST}/photos/{photo}/w60.jpg",
        "width": {"@type": "QuantitativeValue", "value": 60, "unitCode": "E37"},
        "height": {"@type": "QuantitativeValue", "value": 40, "unitCode": "E37"},
        "caption": "En bil på banan",
        "creditText": "Ada Berg",
        "creator": {"@type": ["Person", "Organization"], "name": "Ada Berg"},
        "copyrightNotice": "© Ada Berg",
        "license": use,
        "acquireLicensePage": use,
    }


@pytest.mark.django_db
def test_only_current_drivers_are_the_teams_athletes(client):
    factories.make_home_team()
    factories.make_driver()
    factories.make_driver(first_name="Jo", slug="jo", status=FORMER)
    team = graph_of(client.get("/en/")).one("SportsTeam")
    assert [one["name"] for one in team["athlete"]] == ["Andreas Bäckman"]


def test_car_is_told_of_in_the_units_of_its_figures(graphs):
    car = graphs["cars/audi-rs-3-lms-tcr/", "en"].one("Car")
    engine = car["vehicleEngine"]
    assert {
        name: (car[name]["value"], car[name]["unitCode"])
        for name in ("weight", "width", "height", "wheelbase")
    } == {
        "weight": (1265, "KGM"),
        "width": (1950, "MMT"),
        "height": (1300, "MMT"),
        "wheelbase": (2665, "MMT"),
    }
    assert {name: engine[name]["unitCode"] for name in ("enginePower", "torque")} == {
        "enginePower": "KWT",
        "torque": "NU",
    }
    assert car["driveWheelConfiguration"] == (
        "https://schema.org/FrontWheelDriveConfiguration"
    )


def test_circuit_is_where_its_weekends_are(graphs):
    page = graphs["circuits/hockenheimring/", "sv"].one("SportsActivityLocation")
    location = graphs[WEEKEND, "sv"].all("SportsEvent")[0]["location"]
    assert location == {
        "@type": "Place",
        "@id": f"{HOST}/sv/circuits/hockenheimring/#place",
        "name": "Hockenheimring",
        "url": f"{HOST}/sv/circuits/hockenheimring/",
        "address": {
            "@type": "PostalAddress",
            "addressLocality": "Hockenheim",
            "addressRegion": "Baden",
            "addressCountry": "DE",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": 49.33, "longitude": 8.57},
    }
    assert page | location == page | {"@type": "Place"}
    assert page["additionalProperty"] == [
        {
            "@type": "PropertyValue",
            "name": "Längd",
            "value": 4574,
            "unitCode": "MTR",
        }
    ]
    assert [place["name"] for place in page["containsPlace"]] == [
        "Hockenheimring, Short"
    ]


def test_broadcast_has_a_start_of_its_own_a_language_a_territory_and_a_price(graphs):
    graph = graphs[WEEKEND, "en"]
    (own,) = [
        one for one in graph.all("BroadcastEvent") if "isAccessibleForFree" in one
    ]
    of = graph.resolved(own["broadcastOfEvent"])
    assert of["startDate"] == "2022-05-15T13:55:00+02:00"
    assert own["startDate"] == "2022-05-15T13:40:00+02:00"
    assert own["isLiveBroadcast"] is True
    assert own["isAccessibleForFree"] is False
    assert own["location"]["url"] == "https://tv.se/race"
    assert own["publishedOn"] == {
        "@type": "BroadcastService",
        "name": "Channel",
        "url": "https://tv.se/race",
        "inLanguage": "sv",
        "areaServed": "Norden",
    }


def test_weekend_belongs_to_all_the_championships_it_counts_for(graphs):
    weekend = graphs[WEEKEND, "en"].all("SportsEvent")[0]
    assert [one["@id"] for one in weekend["superEvent"]] == [
        f"{HOST}/en/series/24h-series/2022/#season",
        f"{HOST}/en/series/series-0/2022/#season",
    ]
    season = graphs["series/24h-series/2022/", "en"].one("EventSeries")
    assert season["@id"] == weekend["superEvent"][0]["@id"]
    assert (season["startDate"], season["endDate"]) == ("2022-03-01", "2022-08-01")
    assert len(season["subEvent"]) == 3


# What is not told


@pytest.mark.django_db
def test_nothing_is_told_that_the_public_does_not_see(client, travel):
    """No draft, no result, no photo that is internal, and no guest's address."""
    travel("2022-05-16T12:00+02:00")
    event = factories.make_event(summary_sv="Vi vann.")
    drivers = [
        factories.make_driver(),
        factories.make_driver(first_name="Emil", slug="emil", status=GUEST),
    ]
    session = factories.make_session(event=event)
    entry = factories.make_entry(event=event, drivers=drivers)
    factories.make_result(
        session=session,
        entry=entry,
        position=77,
        status="classified",
        is_classified=True,
    )
    DraftSession.objects.create(
        event=event, kind="race", name_sv="Utkastet", start=session.start
    )
    photos = [
        factories.make_photo(credit="Inne Intern", rights=INTERNAL),
        factories.make_photo(credit="Ute Utgången", rights_end=date(2022, 5, 15)),
    ]
    event.photos.set(photos)
    drivers[0].portrait = photos[0]
    drivers[0].save()
    pages = ["/sv/", event.get_absolute_url(), session.get_absolute_url()]
    pages += [drivers[0].get_absolute_url(), "/sv/events/", "/sv/events/2022/"]
    texts = [text for page in pages for text in graph_of(client.get(page)).texts]
    assert len(texts) == len(pages)
    secrets = ("Vi vann", "77", "Utkastet", "Inne Intern", "Utgången", "drivers/emil")
    assert [word for word in secrets for text in texts if word in text] == []
    assert sum("Emil Bäckman" in text for text in texts) >= 3


# How it is written


NASTY = "</script><script>alert(1)</script> & \u2028 <!-- \"q\" 'a'"


@pytest.mark.django_db
def test_no_name_ends_the_script_that_it_stands_in(client):
    team = factories.make_team(name=NASTY)
    response = client.get(team.get_absolute_url())
    graph = graph_of(response)
    assert graph.one("SportsTeam")["name"] == NASTY
    (text,) = graph.texts
    assert not re.search("[<>&\u2028\u2029]", text)
    assert markup.problems(response.text) == []


@pytest.mark.django_db
def test_page_without_anything_to_tell_has_no_script_of_data(client):
    response = client.get("/sv/drivers/nobody/")
    assert response.status_code == 404
    assert "ld+json" not in response.text


@pytest.mark.django_db
def test_who_comes_over_https_is_told_addresses_with_https(client):
    factories.make_home_team()
    graph = graph_of(client.get("/sv/", secure=True))
    assert graph.one("WebSite")["url"] == "https://testserver/sv/"
