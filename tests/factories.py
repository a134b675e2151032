"""Plain functions that make rows, hiding only what does not matter to a test."""

import itertools
from datetime import UTC, date, datetime
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from drivers.models import (
    Biography,
    CareerResult,
    Driver,
    DriverLink,
    Milestone,
    StandingsLine,
    StandingsTable,
)
from events.models import (
    Amendment,
    DraftSession,
    Entry,
    EntryDriver,
    Event,
    EventClass,
    EventLink,
    Result,
    ResultChange,
    ResultDriver,
    Session,
    TimetableChange,
    TimetableRelease,
)
from press.models import Contact
from racing.models import (
    FREE,
    Car,
    Circuit,
    CircuitLayout,
    LapRecord,
    Person,
    Photo,
    RacingClass,
    Season,
    Series,
    Team,
    TeamBiography,
    User,
)

PASSWORD = "a long password"


def make_user(*, username="anna", **fields):
    return User.objects.create_user(username, password=PASSWORD, **fields)


def make_staff(*, username="chief"):
    return User.objects.create_superuser(username, password=PASSWORD)


def image_file(*, name="photo.jpg", size=(60, 40), kind="JPEG", colour="#d3121b"):
    buffer = BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind)
    return ContentFile(buffer.getvalue(), name=name)


COLOURS = itertools.cycle(range(0, 1 << 24, 4099))  # every photo is another one


def make_photo(*, alt="En bil på banan", rights=FREE, credit="Privat", **fields):
    """A photo of which the copies are told to be made, though nothing made them."""
    return Photo.objects.create(
        image=fields.pop("image", None) or image_file(colour=f"#{next(COLOURS):06x}"),
        developed=fields.pop("developed", "made"),
        alt_sv=alt,
        alt_en=fields.pop("alt_en", alt),
        credit=credit,
        rights=rights,
        **fields,
    )


def make_team(*, name="Lestrup Racing Team", slug="lestrup-racing-team", **fields):
    return Team.objects.create(name=name, slug=slug, **fields)


def make_home_team(*, colour="#d3121b", **fields):
    return make_team(
        name="JA Bäckman Racing",
        slug="ja-backman-racing",
        short_name="Bäckman",
        is_home=True,
        colour=colour,
        **fields,
    )


def make_person(*, team, name="Fredrik Lestrup", **fields):
    return Person.objects.create(team=team, name=name, **fields)


def make_class(*, name="TCR"):
    return RacingClass.objects.get_or_create(name=name)[0]


def make_car(*, make="Audi", model="RS 3 LMS TCR", slug="audi-rs-3-lms-tcr", **fields):
    return Car.objects.create(make=make, model=model, slug=slug, **fields)


def make_series(*, short_name="24H Series", slug="24h-series", **fields):
    return Series.objects.create(
        name=fields.pop("name", short_name), short_name=short_name, slug=slug, **fields
    )


def make_season(*, series=None, year=2022, **fields):
    return Season.objects.create(series=series or make_series(), year=year, **fields)


def make_circuit(
    *,
    name="Hockenheimring",
    slug="hockenheimring",
    country="DE",
    time_zone="Europe/Berlin",
    **fields,
):
    return Circuit.objects.create(
        name=name, slug=slug, country=country, time_zone=time_zone, **fields
    )


def make_layout(*, circuit, **fields):
    return CircuitLayout.objects.create(circuit=circuit, **fields)


def make_lap_record(*, layout, time_ms=107_095, racing_class=None, **fields):
    return LapRecord.objects.create(
        layout=layout,
        racing_class=racing_class or make_class(),
        time_ms=time_ms,
        **fields,
    )


def make_driver(*, first_name="Andreas", last_name="Bäckman", slug=None, **fields):
    return Driver.objects.create(
        first_name=first_name,
        last_name=last_name,
        slug=slug or f"{first_name}-{last_name}".lower().replace("ä", "a"),
        **fields,
    )


def make_team_biography(*, team, language="sv", length=60, text="Ett team.", **fields):
    return TeamBiography.objects.create(
        team=team, language=language, length=length, text=text, **fields
    )


def make_contact(*, team, name="Pressrummet", email="press@example.com", **fields):
    return Contact.objects.create(team=team, name=name, email=email, **fields)


def make_biography(*, driver, language="sv", length=60, text="En förare."):
    return Biography.objects.create(
        driver=driver, language=language, length=length, text=text
    )


def make_driver_link(*, driver, url="https://a-backman.com", kind="website", **fields):
    return DriverLink.objects.create(driver=driver, url=url, kind=kind, **fields)


def make_milestone(*, driver, year=2018, text_sv="Första segern", **fields):
    return Milestone.objects.create(driver=driver, year=year, text_sv=text_sv, **fields)


def make_career_result(*, driver, season, **fields):
    return CareerResult.objects.create(driver=driver, season=season, **fields)


def make_standings(*, season, **fields):
    return StandingsTable.objects.create(season=season, **fields)


def make_standings_line(*, table, position=None, **fields):
    return StandingsLine.objects.create(table=table, position=position, **fields)


def make_event(
    *,
    season=None,
    circuit=None,
    name="Hankook 12h Hockenheimring",
    slug="hankook-12h-hockenheimring-2022",
    first_day=date(2022, 5, 13),
    last_day=date(2022, 5, 15),
    **fields,
):
    return Event.objects.create(
        season=season or make_season(),
        circuit=circuit or make_circuit(),
        name=name,
        slug=slug,
        first_day=first_day,
        last_day=last_day,
        **fields,
    )


def make_event_class(*, event, racing_class=None, cars=8):
    return EventClass.objects.create(
        event=event, racing_class=racing_class or make_class(), cars=cars
    )


def make_session(
    *,
    event,
    kind="race",
    name_sv="Race",
    start=datetime(2022, 5, 14, 11, 55, tzinfo=UTC),
    **fields,
):
    return Session.objects.create(
        event=event, kind=kind, name_sv=name_sv, start=start, **fields
    )


def make_draft(*, event, kind="race", name_sv="Race", **fields):
    """A drafted session, to be announced unless its start or its day is given."""
    fields.setdefault("precision", "confirmed" if "start" in fields else "day_only")
    return DraftSession.objects.create(
        event=event, kind=kind, name_sv=name_sv, **fields
    )


def make_release(*, event, published_at=datetime(2022, 5, 13, 9, tzinfo=UTC), **fields):
    return TimetableRelease.objects.create(
        event=event, published_at=published_at, **fields
    )


def make_timetable_change(*, release, field="status", old="", new="", **fields):
    return TimetableChange.objects.create(
        release=release, field=field, old=old, new=new or "cancelled", **fields
    )


def make_event_link(
    *, event, kind="stream", url="https://youtube.com/24HSeries", **fields
):
    return EventLink.objects.create(event=event, kind=kind, url=url, **fields)


def make_entry(*, event, drivers=(), number="120", **fields):
    entry = Entry.objects.create(event=event, number=number, **fields)
    for order, driver in enumerate(drivers, start=1):
        EntryDriver.objects.create(entry=entry, driver=driver, order=order)
    return entry


def make_result(*, session, entry, drivers=(), **fields):
    result = Result.objects.create(session=session, entry=entry, **fields)
    for order, driver in enumerate(drivers, start=1):
        ResultDriver.objects.create(result=result, driver=driver, order=order)
    return result


def make_amendment(*, session, decided_on=date(2022, 9, 8), body_sv="SBF", **fields):
    return Amendment.objects.create(
        session=session,
        decided_on=decided_on,
        body_sv=body_sv,
        source_url=fields.pop("source_url", "https://sbf.se/beslut"),
        reason_sv=fields.pop("reason_sv", "Diskvalificerad"),
        **fields,
    )


def make_result_change(*, result, amendment=None, field="points", **fields):
    return ResultChange.objects.create(
        amendment=amendment or make_amendment(session=result.session),
        result=result,
        field=field,
        **fields,
    )
