"""The page of a driver: facts, texts, milestones, links, and the way to the career."""

from decimal import Decimal

import pytest

from drivers.models import CareerResult, Driver
from tests import factories
from tests.adminpages import (
    add_row,
    errors,
    filled,
    opened,
    page_of,
    refused,
    save,
)

pytestmark = pytest.mark.django_db

ADD = "/admin/drivers/driver/add/"


def test_a_driver_is_entered_with_milestones_and_links(officer):
    data = filled(officer.get(ADD)) | {
        "first_name": "Andreas",
        "last_name": "Bäckman",
        "nationality": "SE",
        "birth_date": "1995-06-05",
    }
    add_row(data, "links", kind="website", url="a-backman.com")
    add_row(data, "milestones", year="2018", kind="win", text_sv="Första segern")
    response = officer.post(ADD, data)
    assert response.status_code == 302, errors(response)
    driver = Driver.objects.get()
    assert driver.slug == "andreas-backman"
    assert driver.links.get().url == "https://a-backman.com"
    assert driver.milestones.get().year == 2018


def test_two_biographies_of_one_length_are_refused(officer):
    driver = factories.make_driver()
    factories.make_biography(driver=driver)
    other = factories.make_biography(driver=driver, language="en")
    data = opened(officer, other)
    assert refused(officer, other, data, language="sv") == {
        "driver": ["There is a biography of that length in that language already."]
    }


def test_the_career_is_one_step_away(officer):
    driver = factories.make_driver()
    page = officer.get(page_of(driver)).content.decode()
    assert page.count(f"careerresult/?driver__id__exact={driver.pk}") == 1
    assert page.count(f"careerresult/add/?driver={driver.pk}") == 1


def test_a_season_is_entered_for_the_driver_it_was_asked_for(officer):
    driver, season = factories.make_driver(), factories.make_season()
    address = f"/admin/drivers/careerresult/add/?driver={driver.pk}"
    data = filled(officer.get(address)) | {
        "season": str(season.pk),
        "position": "4",
        "points": "12,5",
        "starts": "",
    }
    assert officer.post(address, data).status_code == 302
    result = CareerResult.objects.get()
    assert (result.driver, result.points, result.starts) == (
        driver,
        Decimal("12.5"),
        None,
    )


def test_totals_that_cannot_be_are_refused_in_words(officer):
    driver, season = factories.make_driver(), factories.make_season()
    result = factories.make_career_result(driver=driver, season=season)
    data = opened(officer, result)
    said = refused(officer, result, data, starts="7", podiums="8")
    assert said == {"podiums": ["There are more podiums than races."]}
    said = refused(officer, result, data, totals="counted", starts="7")
    assert said == {
        "starts": [
            "Totals are either counted or typed: clear the typed ones, or choose typed "
            "totals."
        ]
    }


def test_the_portrait_is_shown_on_the_page(officer):
    photo = factories.make_photo()
    driver = factories.make_driver(portrait=photo)
    page = officer.get(page_of(driver)).content.decode()
    assert page.count(f'src="/admin/racing/photo/{photo.pk}/thumbnail/"') == 1


def test_a_guest_has_no_page_to_lead_to(officer):
    guest = factories.make_driver(status="guest")
    assert officer.get(page_of(guest)).content.decode().count("viewsitelink") == 0
    driver = factories.make_driver(slug="a")
    assert officer.get(page_of(driver)).content.decode().count("viewsitelink") == 1


def test_a_milestone_of_another_year_is_refused(officer):
    driver = factories.make_driver()
    factories.make_milestone(driver=driver, year=2018)
    data = opened(officer, driver)
    said = refused(officer, driver, data, **{"milestones-0-date": "2019-01-01"})
    assert said == {"milestones-0-date": ["The date lies in another year."]}


def test_saving_a_driver_untouched_changes_nothing(officer):
    driver = factories.make_driver(birth_date="1995-06-05", source="a\nb")
    rows = [
        factories.make_biography(driver=driver, text="Ett stycke.\n\nEtt till."),
        factories.make_milestone(driver=driver),
        factories.make_driver_link(driver=driver),
    ]
    assert save(officer, driver, opened(officer, driver)).status_code == 302
    assert [row.history.count() for row in rows] == [1, 1, 1]
    driver.refresh_from_db()
    assert driver.source == "a\nb"
