"""The photo room: what is found there, what is told of a photo, and who sees none."""

import re
from datetime import date

import pytest

from racing.models import SITE_ONLY, Photo
from tests.factories import (
    image_file,
    make_car,
    make_circuit,
    make_driver,
    make_event,
    make_home_team,
    make_photo,
    make_season,
    make_series,
    make_team,
)
from tests.markup import Page
from tests.schemaorg import HOST, graph_of
from tests.test_jsonld import missing

pytestmark = pytest.mark.django_db

ROOM = "/en/press/photos/"
TODAY = "2022-05-16T12:00+02:00"
REQUIRED, RECOMMENDED = 2, 3  # where a row of what Google documents has them


def found(client, **asked):
    """Alternative texts of the photos that a question finds, in their order."""
    cards = client.get(ROOM, asked).context["cards"]
    return [card.photo.alt_en for card in cards]


def offered(page, name):
    """The choices of a filter without the one for all."""
    fields = page.context["form"].fields
    return fields[name].choices[1:] if name in fields else []


@pytest.fixture
def world(travel):
    """Four photos that each filter tells apart."""
    travel(TODAY)
    andreas = make_driver()
    jessica = make_driver(first_name="Jessica", slug="jessica")
    audi, seat = make_car(), make_car(make="Seat", model="León", slug="leon")
    home, other = make_home_team(), make_team(name="Öhman Racing", slug="ohman")
    series = make_series()
    season, past = make_season(series=series), make_season(series=series, year=2019)
    hockenheim = make_event(season=season, circuit=make_circuit())
    spa = make_event(
        season=past,
        circuit=make_circuit(name="Spa-Francorchamps", slug="spa"),
        name="Spa 500",
        slug="spa-500",
        first_day=date(2019, 10, 4),
    )
    pits = make_photo(
        alt="I depån",
        alt_en="In the pits",
        caption_sv="Däckbyte på 48 sekunder.",
        credit="Åsa Öst",
        photographer="Märta Ek",
        taken_on=date(2022, 5, 14),
        place="Hockenheim",
        image=image_file(size=(90, 60), colour="#123456"),
    )
    grid = make_photo(
        alt="Startrakan", alt_en="The grid", image=image_file(size=(60, 90))
    )
    face = make_photo(
        alt="Porträtt",
        alt_en="A face",
        taken_on=date(2021, 3, 1),
        image=image_file(size=(80, 80)),
    )
    make_photo(alt="Bara", alt_en="Bare", rights=SITE_ONLY)
    andreas.photos.add(pits, grid)
    jessica.portrait = face
    jessica.save()
    hockenheim.photos.add(pits)
    spa.photos.add(grid)
    audi.photos.add(pits)
    seat.photos.add(grid)
    home.photos.add(pits)
    other.photos.add(grid)
    return pits


# What is found


@pytest.mark.parametrize(
    ("asked", "alts"),
    [
        ({}, ["In the pits", "A face", "Bare", "The grid"]),
        ({"driver": "andreas-backman"}, ["In the pits", "The grid"]),
        ({"driver": "jessica"}, ["A face"]),
        ({"event": "spa-500"}, ["The grid"]),
        ({"car": "audi-rs-3-lms-tcr"}, ["In the pits"]),
        ({"team": "ohman"}, ["The grid"]),
        ({"season": "2019"}, ["The grid"]),
        ({"season": "2021"}, ["A face"]),
        ({"season": "2022"}, ["In the pits"]),
        ({"orientation": "portrait"}, ["The grid"]),
        ({"orientation": "square"}, ["A face"]),
        ({"driver": "andreas-backman", "orientation": "landscape"}, ["In the pits"]),
        ({"driver": "jessica", "event": "spa-500"}, []),
        # Words, without accents and in both languages.
        ({"q": "depan"}, ["In the pits"]),
        ({"q": "PITS"}, ["In the pits"]),
        ({"q": "dackbyte"}, ["In the pits"]),
        ({"q": "asa ost"}, ["In the pits"]),
        ({"q": "marta"}, ["In the pits"]),
        ({"q": "backman"}, ["In the pits", "A face", "The grid"]),
        ({"q": "leon"}, ["The grid"]),
        ({"q": "ohman"}, ["The grid"]),
        ({"q": "francorchamps"}, ["The grid"]),
        ({"q": "backman 2019"}, ["The grid"]),
        ({"q": "zzz"}, []),
        # What nobody asks, and what there is not.
        (
            {"utm_source": "x", "page": "last"},
            [*["In the pits", "A face"], "Bare", "The grid"],
        ),
        ({"driver": "nobody"}, []),
        ({"season": "the 90s"}, []),
        ({"orientation": "upside-down"}, []),
        ({"q": "x" * 5000}, []),
        ({"page": "-7", "q": "depan"}, ["In the pits"]),
    ],
)
@pytest.mark.usefixtures("world")
def test_each_filter_and_the_words_find_what_they_say(asked, alts, client):
    assert found(client, **asked) == alts


@pytest.mark.usefixtures("world")
def test_only_what_leads_to_a_photo_is_offered(client):
    make_driver(first_name="Nobody", slug="nobody")
    make_event(
        season=make_season(series=make_series(slug="x", short_name="X"), year=2018),
        circuit=make_circuit(slug="y", name="Y"),
        slug="no-photos",
    )
    page = client.get(ROOM)
    assert offered(page, "driver") == [
        ("andreas-backman", "Andreas Bäckman (2)"),
        ("jessica", "Jessica Bäckman (1)"),
    ]
    assert offered(page, "event") == [
        (
            "hankook-12h-hockenheimring-2022",
            "Hankook 12h Hockenheimring 2022 (1)",
        ),
        ("spa-500", "Spa 500 2019 (1)"),
    ]
    assert [year for year, _name in offered(page, "season")] == ["2022", "2021", "2019"]
    page = client.get(ROOM, {"driver": "jessica"})
    assert offered(page, "driver") == [
        ("andreas-backman", "Andreas Bäckman (2)"),
        ("jessica", "Jessica Bäckman (1)"),
    ]
    assert offered(page, "event") == []
    assert offered(page, "orientation") == [("square", "Square (1)")]
    page = client.get(ROOM, {"event": "spa-500", "team": "ja-backman-racing"})
    assert offered(page, "event") == [
        ("hankook-12h-hockenheimring-2022", "Hankook 12h Hockenheimring 2022 (1)"),
        ("spa-500", "Spa 500 2019 (0)"),
    ]


@pytest.mark.usefixtures("world")
def test_the_page_says_how_many_there_are_of_what(client):
    def said(**asked):
        text = client.get(ROOM, asked).text
        (status,) = re.findall(r'<p class="dates" role="status">(.*?)</p>', text, re.S)
        return " ".join(status.split())

    assert said() == "4 photos"
    assert said(driver="jessica") == "Jessica Bäckman: 1 photo"
    assert said(driver="andreas-backman", q="pits") == (
        "Andreas Bäckman, “pits”: 1 photo"
    )
    assert said(driver="nobody") == "0 photos"


@pytest.mark.usefixtures("world")
def test_a_question_without_an_answer_leads_on(client):
    page = client.get(ROOM, {"driver": "nobody"})
    assert "No photo is what you ask for." in page.text
    assert f'<a href="{ROOM}">Show all photos</a>' in page.text
    assert Page(page.text).problems() == []


def test_an_empty_room_says_so(client):
    page = client.get(ROOM)
    assert "There are no photos here yet." in page.text
    assert Page(page.text).problems() == []
    assert graph_of(page).problems() == []


def test_pages_keep_what_is_asked_for(client):
    for number in range(50):
        make_photo(alt=f"Bild {number}")
    first = client.get(ROOM, {"q": "bild", "orientation": "landscape"})
    assert len(first.context["cards"]) == 48
    assert 'loading="lazy"' in first.text
    assert first.text.count("<img") - first.text.count('loading="lazy"') == 1
    (way,) = re.findall(r'rel="next" href="([^"]*)"', first.text)
    second = client.get(ROOM + way.replace("&amp;", "&"))
    assert len(second.context["cards"]) == 2
    assert second.context["question"].parameters == {
        "q": "bild",
        "orientation": "landscape",
    }


@pytest.mark.parametrize("count", [1, 30])
def test_the_room_takes_as_many_queries_for_1_photo_as_for_30(
    count, client, django_assert_num_queries
):
    season, circuit = make_season(), make_circuit()
    photos = []
    for number in range(count):
        photo = make_photo()
        owners = [
            make_driver(slug=f"d{number}", portrait=photo),
            make_event(season=season, circuit=circuit, slug=f"e{number}"),
            make_car(slug=f"c{number}", model=f"C{number}"),
            make_team(slug=f"t{number}", name=f"T{number}"),
        ]
        for owner in owners:
            owner.photos.add(photo)
        photos.append(photo)
    client.cookies["basket"] = ".".join(str(photo.pk) for photo in photos)
    with django_assert_num_queries(9):
        page = client.get(ROOM, {"q": "en bil"})
    assert len(page.context["cards"]) == count
    assert len(page.context["basket"].photos) == count
    with django_assert_num_queries(7):
        page = client.get(f"{ROOM}{photos[0].pk}/")
    assert len(page.context["drivers"]) == 1


# What is told of a photo


def test_a_card_says_what_binds_who_prints(client):
    photo = make_photo(
        alt_en="In the pits",
        credit="Åsa Öst",
        rights_note_en="Name the photographer.",
        licence_url="https://licence.example/",
        taken_on=date(2022, 5, 14),
        place="Hockenheim",
    )
    Photo.objects.update(width=6000, height=4000, bytes=8_600_000)
    make_photo(alt_en="Only here", rights=SITE_ONLY)
    text = client.get(ROOM).text
    assert Page(text).problems() == []
    card, other = re.findall(
        r'<li class="print".*?(?=<li class="print"|</section>)', text, re.S
    )
    words = " ".join(re.sub(r"<[^>]*>", " ", card).split())
    for told in (
        "In the pits",
        "Photo: Åsa Öst",
        "Name the photographer.",
        "6000 × 4000",
        "8.2\u00a0MB",
        "landscape",
        "14 May 2022",
        "Hockenheim",
        "Add to basket",
    ):
        assert " ".join(told.split()) in words, told
    assert "8.2\u00a0MB" in card
    assert 'href="https://licence.example/" rel="license"' in card
    for size in ("full", "web"):
        assert f'href="/photos/{photo.pk}/{size}"' in card
    assert "No download: for this site only." in other
    assert "Add to basket" not in other
    assert "/full" not in other
    assert "8,2\u00a0MB" in client.get("/sv/press/photos/").text


def test_the_page_of_a_photo_tells_all_of_it(world, client):
    page = client.get(f"{ROOM}{world.pk}/")
    assert Page(page.text).problems() == []
    for path in (
        "/en/drivers/andreas-backman/",
        "/en/events/hankook-12h-hockenheimring-2022/",
        "/en/cars/audi-rs-3-lms-tcr/",
        "/en/teams/ja-backman-racing/",
        f"/photos/{world.pk}/full",
        f"/photos/{world.pk}/web",
    ):
        assert f'href="{path}"' in page.text, path
    for told in ("Märta Ek", "© Märta Ek", "Free for editorial use", "90 × 60"):
        assert told in page.text, told
    head = Page(page.text)
    assert head.title.startswith(f"Photo {world.pk}: In the pits")
    social = f"{HOST}/photos/{world.pk}/social.jpg"
    assert head.meta("og:image") == social
    assert head.meta("description") == (
        "Photo: Åsa Öst. Free for editorial use. 90 × 60 pixels."
    )


@pytest.mark.usefixtures("world")
def test_who_has_no_page_is_named_without_a_link(client):
    guest = make_driver(first_name="Emil", slug="emil", status="guest")
    photo = make_photo()
    guest.photos.add(photo)
    text = client.get(f"{ROOM}{photo.pk}/").text
    assert "Emil Bäckman" in text
    assert "/drivers/emil/" not in text


def test_machines_are_told_how_a_photo_may_be_used(world, client):
    graph = graph_of(client.get(f"{ROOM}{world.pk}/"))
    assert graph.problems() == []
    assert missing(graph, REQUIRED) | missing(graph, RECOMMENDED) == set()
    own = f"{HOST}{ROOM}{world.pk}/"
    assert graph.one("ImageObject") == {
        "@type": "ImageObject",
        "contentUrl": f"{HOST}/photos/{world.pk}/w90.jpg",
        "width": {"@type": "QuantitativeValue", "value": 90, "unitCode": "E37"},
        "height": {"@type": "QuantitativeValue", "value": 60, "unitCode": "E37"},
        "caption": "Däckbyte på 48 sekunder.",
        "creditText": "Åsa Öst",
        "creator": {"@type": ["Person", "Organization"], "name": "Märta Ek"},
        "copyrightNotice": "© Märta Ek",
        "license": own,
        "acquireLicensePage": own,
        "name": "In the pits",
        "thumbnailUrl": f"{HOST}/photos/{world.pk}/w90.jpg",
        "dateCreated": "2022-05-14",
        "contentLocation": {"@type": "Place", "name": "Hockenheim"},
        "representativeOfPage": True,
    }
    Photo.objects.filter(pk=world.pk).update(licence_url="https://licence.example/")
    graph = graph_of(client.get(ROOM))
    assert graph.problems() == []
    assert missing(graph, REQUIRED) | missing(graph, RECOMMENDED) == set()
    gallery = graph.one("ImageGallery")["mainEntity"]["itemListElement"]
    assert len(gallery) == 4
    assert gallery[0]["url"] == own
    assert gallery[0]["item"]["license"] == "https://licence.example/"
    assert gallery[0]["item"]["acquireLicensePage"] == own


def test_staff_are_led_from_a_photo_to_its_form(officer, world):
    assert (
        f"/admin/racing/photo/{world.pk}/change/"
        in officer.get(f"{ROOM}{world.pk}/").text
    )


def test_who_hides_results_sees_no_photo_of_the_latest_race(world, client):
    client.cookies["results"] = "hidden"
    client.cookies["basket"] = str(world.pk)
    page = client.get(ROOM)
    assert "In the pits" not in page.text
    assert page.context["basket"].photos == []
    assert client.get(f"{ROOM}{world.pk}/").status_code == 404
    assert client.get(f"{ROOM}basket.zip").status_code == 302
