"""The pages of records: what is filled in for the editor, shown, kept and brought back."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from racing.models import Car, Circuit, CircuitLayout, LapRecord, Season, Team
from tests import factories
from tests.adminpages import (
    add_row,
    errors,
    filled,
    opened,
    page_of,
    press_officer,
    refused,
    save,
)

pytestmark = pytest.mark.django_db

LINE = (
    b'{"type": "LineString", "coordinates": '
    b"[[8.56, 49.32], [8.57, 49.33], [8.58, 49.33], [8.56, 49.32]]}"
)


def add_page(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


def add(client, model, /, **values):
    page = add_page(model)
    return client.post(page, filled(client.get(page)) | values)


# Every page


@pytest.mark.parametrize(
    ("language", "heading"),
    [("sv", "Webbplatsadministration"), ("en", "Site administration")],
)
def test_the_admin_speaks_the_language_of_the_browser(client, language, heading):
    client.force_login(press_officer())
    page = client.get("/admin/", headers={"accept-language": language})
    assert page["Content-Language"] == language
    assert page.content.decode().count(f"<h1>{heading}</h1>") == 1


def test_the_admin_is_swedish_for_a_browser_that_speaks_neither(client):
    page = client.get("/admin/login/", headers={"accept-language": "fi"})
    assert page["Content-Language"] == "sv"


def test_every_page_bears_the_name_and_the_sign_of_the_site(officer):
    page = officer.get("/admin/").content.decode()
    assert page.count('<div id="site-name"><a href="/admin/">Pitboard</a></div>') == 1
    assert page.count('<a href="/">View site</a>') == 1
    assert page.count('<link rel="icon" href="/static/racing/img/favicon.svg"') == 1


def test_a_record_leads_to_its_page_on_the_site(officer):
    team = factories.make_team()
    page = officer.get(page_of(team)).content.decode()
    assert page.count(f'href="{team.get_absolute_url()}"') == 1


# Addresses


@pytest.mark.parametrize(
    ("model", "values", "slug"),
    [
        (Team, {"name": "JA Bäckman Racing"}, "ja-backman-racing"),
        (
            Car,
            {"make": "Škoda", "model": "Fabia", "generation": "Rally2"},
            "skoda-fabia-rally2",
        ),
        (
            Circuit,
            {
                "name": "Skellefteå Drive Center",
                "country": "SE",
                "time_zone": "Europe/Stockholm",
            },
            "skelleftea-drive-center",
        ),
    ],
)
def test_an_address_is_made_from_the_name(officer, model, values, slug):
    assert add(officer, model, **values).status_code == 302
    assert model.objects.get().slug == slug


def test_an_address_that_is_typed_is_kept(officer):
    add(officer, Team, name="JA Bäckman Racing", slug="backman")
    assert Team.objects.get().slug == "backman"


def test_an_address_that_is_taken_is_refused_at_the_field(officer):
    factories.make_team(name="Other", slug="ja-backman-racing")
    response = add(officer, Team, name="JA Bäckman Racing")
    assert errors(response) == {"slug": ["Team with this Address already exists."]}


def test_a_web_address_needs_no_scheme(officer):
    add(officer, Team, name="Lestrup", site_url="lestrup.se")
    assert Team.objects.get().site_url == "https://lestrup.se"


# Circuits


def test_the_time_zone_of_a_circuit_is_chosen_from_all_there_are(officer):
    page = officer.get(add_page(Circuit)).content.decode()
    assert page.count('list="id_time_zone_zones"') == 1
    assert page.count('<option value="Asia/Dubai">') == 1


def test_a_time_zone_that_is_none_is_refused_at_the_field(officer):
    circuit = factories.make_circuit()
    data = opened(officer, circuit)
    said = refused(officer, circuit, data, time_zone="Germany")
    assert said == {
        "time_zone": [
            "“Germany” is not a time zone. Write an area and a city, for example "
            "Europe/Stockholm."
        ]
    }


def test_layouts_are_entered_with_their_circuit(officer):
    circuit = factories.make_circuit()
    data = opened(officer, circuit)
    add_row(data, "layouts", name="Grand Prix", length_m="4,574 km", corners="17")
    assert save(officer, circuit, data).status_code == 302
    assert CircuitLayout.objects.values_list("length_m", "corners").get() == (4574, 17)
    assert opened(officer, circuit)["layouts-0-length_m"] == "4.574\u00a0km"


def test_an_outline_is_uploaded_drawn_and_removed(officer):
    layout = factories.make_layout(circuit=factories.make_circuit())
    assert officer.get(page_of(layout)).content.decode().count('class="outline"') == 0
    file = SimpleUploadedFile("hockenheim.geojson", LINE)
    data = opened(officer, layout)
    assert save(officer, layout, data, new_outline=file).status_code == 302
    layout.refresh_from_db()
    assert layout.outline.startswith("8.560000,49.320000 8.570000")
    page = officer.get(page_of(layout))
    assert page.content.decode().count('class="outline"') == 1
    # Saved untouched it stays, ticked it goes.
    save(officer, layout, filled(page))
    layout.refresh_from_db()
    assert layout.outline != ""
    save(officer, layout, opened(officer, layout), remove_outline="on")
    layout.refresh_from_db()
    assert layout.outline == ""


def test_an_outline_that_is_none_is_refused_at_the_field(officer):
    layout = factories.make_layout(circuit=factories.make_circuit())
    file = SimpleUploadedFile("hockenheim.geojson", b"{}")
    said = refused(officer, layout, opened(officer, layout), new_outline=file)
    assert said == {
        "new_outline": ["The file holds no line. Export the circuit as one LineString."]
    }


def test_lap_records_are_typed_as_lap_times(officer):
    layout = factories.make_layout(circuit=factories.make_circuit())
    tcr = factories.make_class()
    data = opened(officer, layout)
    add_row(data, "lap_records", racing_class=str(tcr.pk), time_ms="1.47,095")
    assert save(officer, layout, data).status_code == 302
    assert LapRecord.objects.get().time_ms == 107_095
    data = opened(officer, layout)
    assert data["lap_records-0-time_ms"] == "1:47.095"
    said = refused(officer, layout, data, **{"lap_records-0-time_ms": "1:75"})
    assert said == {
        "lap_records-0-time_ms": [
            "The seconds in “1:75” must be below 60, as in 1:47.095."
        ]
    }


# Teams


def test_a_team_shows_its_colour(officer):
    team = factories.make_home_team(colour="#d3121b")
    page = officer.get(page_of(team)).content.decode()
    assert page.count('fill="#d3121b"') == 1
    listed = officer.get(reverse("admin:racing_team_changelist")).content.decode()
    assert listed.count('fill="#d3121b"') == 1


def test_a_colour_that_is_none_is_refused_at_the_field(officer):
    team = factories.make_team()
    said = refused(
        officer, team, opened(officer, team), colour="red; background: url(x)"
    )
    assert list(said) == ["colour"]
    assert (
        save(officer, team, opened(officer, team), colour="#D3121B").status_code == 302
    )
    assert Team.objects.get().colour == "#d3121b"


def test_only_one_team_is_the_home_team(officer):
    factories.make_home_team()
    team = factories.make_team()
    said = refused(officer, team, opened(officer, team), is_home="on")
    assert said == {
        "": ["Another team is the home team already; untick it there first."]
    }


def test_seasons_are_entered_with_their_series(officer):
    series = factories.make_series()
    data = opened(officer, series)
    add_row(data, "seasons", year="2022", rounds="7")
    add_row(data, "seasons", year="2023")
    assert save(officer, series, data).status_code == 302
    assert [str(season) for season in Season.objects.order_by("year")] == [
        "24H Series 2022",
        "24H Series 2023",
    ]


# History


def history_of(record):
    return page_of(record).replace("/change/", "/history/")


def test_the_history_tells_who_changed_what(officer):
    team = factories.make_team(country="SE")
    save(officer, team, opened(officer, team), founded="1999", is_home="on", country="")
    page = officer.get(history_of(team))
    last, first = page.context["page_obj"]
    assert [str(change) for change in last.history_delta_changes] == [
        "Home team: no → yes",
        "Country: Sweden → –",
        "Founded: – → 1999",
    ]
    assert (str(last.history_user), first.history_user) == ("press", None)
    text = page.content.decode()
    assert text.count("<del>no</del> → <ins>yes</ins>") == 1
    assert text.count("A program") == 1
    assert text.count("style=") == 0


def test_the_history_escapes_what_was_typed(officer):
    team = factories.make_team()
    save(officer, team, opened(officer, team), base="<script>alert(1)</script>")
    text = officer.get(history_of(team)).content.decode()
    assert text.count("<ins>&lt;script&gt;alert(1)&lt;/script&gt;</ins>") == 1


def test_the_history_tells_of_the_rows_on_the_page(officer):
    series = factories.make_series()
    data = opened(officer, series)
    add_row(data, "seasons", year="2022")
    save(officer, series, data)
    save(officer, series, opened(officer, series), **{"seasons-0-rounds": "7"})
    save(officer, series, opened(officer, series), **{"seasons-0-DELETE": "on"})
    found = officer.get(history_of(series)).context["row_news"]
    assert [str(news) for news in found] == [
        "Season “24H Series 2022” was deleted",
        "Season “24H Series 2022”: Number of rounds: – → 7",
        "Season “24H Series 2022” was added",
    ]


def version_of(record, entry):
    opts = record._meta
    name = f"admin:{opts.app_label}_{opts.model_name}_simple_history"
    return reverse(name, args=[record.pk, entry.pk])


def test_what_was_can_be_brought_back(officer):
    team = factories.make_team(base="Boden")
    save(officer, team, opened(officer, team), base="Kalix", founded="1999")
    first = team.history.last()
    page = officer.get(version_of(team, first))
    assert page.context["adminform"].form["base"].value() == "Boden"
    response = officer.post(version_of(team, first), filled(page))
    assert response.status_code == 302
    team.refresh_from_db()
    assert (team.base, team.founded) == ("Boden", None)
    assert [
        entry.history_user and str(entry.history_user) for entry in team.history.all()
    ] == [
        "press",
        "press",
        None,
    ]


def test_what_was_deleted_can_be_brought_back(officer):
    team = factories.make_team()
    key = team.pk
    officer.post(page_of(team).replace("/change/", "/delete/"), {"post": "yes"})
    assert not Team.objects.exists()
    assert officer.get(history_of(team)).status_code == 200
    last = Team.history.latest()
    page = officer.get(version_of(team, last))
    assert officer.post(version_of(team, last), filled(page)).status_code == 302
    assert Team.objects.get().pk == key


def test_the_history_of_lap_times_speaks_in_lap_times(officer):
    layout = factories.make_layout(circuit=factories.make_circuit())
    record = factories.make_lap_record(layout=layout, set_on=date(2022, 5, 14))
    data = opened(officer, record)
    save(officer, record, data, time_ms="1:46.000", set_on="")
    last = officer.get(history_of(record)).context["page_obj"][0]
    assert [str(change) for change in last.history_delta_changes] == [
        "Time: 1:47.095 → 1:46.000",
        "Set on: 14 May 2022 → –",
    ]


# Addresses that lead nowhere


@pytest.mark.parametrize("key", ["abc", "9" * 30, "-1", "1.5", "%00", "0"])
@pytest.mark.parametrize(
    "page", ["change", "delete", "history", "history/1", "history/x"]
)
def test_keys_that_are_none_break_no_page(officer, key, page):
    response = officer.get(f"/admin/racing/team/{key}/{page}/")
    assert response.status_code in (302, 400, 404)


@pytest.mark.parametrize("key", ["abc", "9" * 30, "-1", ""])
def test_chosen_rows_that_are_none_break_no_list(officer, key):
    factories.make_team()
    data = {"action": "delete_selected", "_selected_action": [key], "index": "0"}
    response = officer.post(reverse("admin:racing_team_changelist"), data)
    assert response.status_code in (200, 302)
    assert Team.objects.count() == 1


@pytest.mark.parametrize("value", ["abc", "9" * 30, "-1", "1,2"])
def test_values_in_an_address_that_are_none_break_no_empty_form(officer, value):
    query = {"season": value, "circuit": value, "photos": value, "first_day": value}
    response = officer.get("/admin/events/event/add/", query)
    assert response.status_code == 200


def test_values_in_an_address_fill_an_empty_form(officer):
    team = factories.make_team()
    page = officer.get(reverse("admin:racing_person_add"), {"team": team.pk})
    assert filled(page)["team"] == str(team.pk)


@pytest.mark.parametrize("value", ["abc", "9" * 30, "-1", ""])
def test_posted_keys_that_are_none_are_refused_at_the_field(officer, value):
    response = add(officer, Season, series=value, year="2022")
    assert list(errors(response)) == ["series"]
    photos = add(officer, Team, name="X", slug="x", photos=[value])
    assert list(errors(photos)) == ["photos"]
