"""A site three hours after a race that our car has won, for the tests of spoilers."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.urls import reverse

from drivers.models import GUEST, Biography, CareerResult, StandingsLine
from events.models import OVERALL, RETIRED, Event, EventRound, Result, Session
from racing import clock, urls
from racing.models import LapRecord, Photo
from tests import factories
from tests.events.session_pages import address
from tests.seasons import finish, make_weekend

# The race ended at 14.05, three hours ago.
NOW = "2022-05-15T17:05+02:00"
AFTERWARDS = "2022-05-17T14:05+02:00"
# And so is the whole day of the race, at the last place on earth.
THEN = "2022-05-18T14:00+02:00"
# What is on some page of the site because our car won, as it is printed.
TELLING = (
    *("1:33:15.607", "+47.321", "1:46.891", "26.5", "77.5", "52nd"),
    *("A technical infringement", "Won the race", "The title is near"),
    *("They won it all", "A winner since Sunday", "First win of her life"),
    "On the top step",
)


# What is downloaded is the same for everybody, as its page says to who hides results;
# a basket is somebody's own.
TAKEN_AWAY = {
    *("driver_document", "driver_kit_zip", "team_document", "team_kit_zip"),
    *("photo_basket", "photo_basket_zip"),
}


class World:
    """A weekend whose race our car has just won, after one that is long over.

    Ada's season is counted and Bea's is typed; both were in the car, and the weekend
    counts for a second championship.
    """

    def __init__(self):
        team, car = factories.make_home_team(), factories.make_car()
        self.circuit = factories.make_circuit(abbreviation="HOC")
        series = factories.make_series()
        self.season = factories.make_season(series=series, rounds=7)
        cup = factories.make_series(short_name="Cup", slug="cup")
        self.cup = factories.make_season(series=cup)
        self.drivers = [
            factories.make_driver(first_name=name, last_name="Berg", status=status)
            for name, status in (("Ada", "current"), ("Bea", "current"), ("Cia", GUEST))
        ]
        entrants = {"team": team, "car": car}
        before = make_weekend(
            season=self.season, circuit=self.circuit, first_day=date(2022, 4, 9)
        )
        earlier = self.session(before, "2022-04-10T12:00+02:00", name_en="Sprint")
        old = factories.make_entry(event=before, drivers=self.drivers[:2], **entrants)
        finish(earlier, old, 3, points=15, pole=OVERALL)
        self.event = make_weekend(
            season=self.season,
            circuit=self.circuit,
            number=4,
            first_day=date(2022, 5, 13),
            last_day=date(2022, 5, 15),
            layout=factories.make_layout(circuit=self.circuit),
        )
        EventRound.objects.create(event=self.event, season=self.cup, round="1")
        self.practice = self.session(
            self.event, "2022-05-13T12:00+02:00", kind="practice", name_en="Practice"
        )
        self.qualifying = self.session(
            self.event,
            "2022-05-15T09:00+02:00",
            kind="qualifying",
            name_en="Time trial",
        )
        self.race = self.session(
            self.event, "2022-05-15T12:05+02:00", name_en="Feature", length_minutes=120
        )
        self.ours = factories.make_entry(
            event=self.event, number="19", drivers=self.drivers[:2], **entrants
        )
        self.theirs = factories.make_entry(
            event=self.event, number="7", drivers=self.drivers[2:]
        )
        finish(self.practice, self.ours, 4, best_lap_ms=109_111)
        self.win()

    def session(self, event, start, **fields):
        fields = {"length_minutes": 30, "name_sv": fields["name_en"]} | fields
        return factories.make_session(
            event=event, start=datetime.fromisoformat(start), **fields
        )

    def win(self):
        finish(self.qualifying, self.ours, 1, best_lap_ms=106_891)
        finish(self.qualifying, self.theirs, 2, gap="+47.321")
        won = finish(
            self.race,
            self.ours,
            1,
            time_ms=5_595_607,
            points=Decimal("26.5"),
            pole=OVERALL,
            fastest_lap=OVERALL,
        )
        finish(self.race, self.theirs, 2, gap="+47.321")
        factories.make_result_change(
            result=won,
            amendment=factories.make_amendment(
                session=self.race,
                reason_sv="A technical infringement",
                decided_on=date(2022, 5, 15),
            ),
            old="1",
            new="2",
        )
        Session.objects.filter(pk=self.race.pk).update(classification="amended")
        ada, bea, _cia = self.drivers
        raced = {"season": self.season, "team": self.ours.team, "car": self.ours.car}
        factories.make_career_result(driver=ada, totals="counted", **raced)
        factories.make_career_result(
            driver=bea,
            **raced,
            position=52,
            points=Decimal("77.5"),
            after_round=4,
            starts=2,
            wins=1,
            podiums=2,
            poles=1,
            fastest_laps=1,
            note_sv="The title is near",
        )
        for season in (self.season, self.cup):
            for name in ("", "Junior"):
                table = factories.make_standings(
                    season=season, name_sv=name, after_round=4
                )
                factories.make_standings_line(
                    table=table, driver=ada, position=1, points=Decimal("77.5")
                )
        factories.make_milestone(
            driver=ada, year=2022, date=date(2022, 5, 15), text_sv="Won the race"
        )
        factories.make_lap_record(
            layout=self.event.layout, time_ms=106_891, set_on=date(2022, 5, 15)
        )
        self.write()

    def write(self):
        """What editors write after the race, with no day that says so."""
        Event.objects.filter(pk=self.event.pk).update(summary_en="They won it all")
        ada = self.drivers[0]
        for language in ("sv", "en"):
            factories.make_biography(
                driver=ada, language=language, text="A winner since Sunday"
            )
        factories.make_milestone(
            driver=ada, year=2022, text_sv="First win of her life", order=1
        )
        self.photo = factories.make_photo(caption_sv="On the top step", taken_on=None)
        self.event.photos.add(self.photo)
        ada.photos.add(self.photo)

    def grow_old(self):
        """Let what was written have been written three days ago."""
        then = clock.machine_now() - timedelta(days=3)
        for model in (Biography, Photo):
            model.history.update(history_date=then)

    def lose(self):
        """Let it have gone the other way; nothing else is different."""
        latest = Result.objects.filter(session__in=[self.race, self.qualifying])
        latest.filter(entry=self.ours).update(
            status=RETIRED,
            is_classified=False,
            position=None,
            points=0,
            pole="",
            fastest_lap="",
            time_ms=None,
            best_lap_ms=None,
            laps=12,
        )
        latest.filter(entry=self.theirs).update(
            position=1, time_ms=5_600_000, gap="", pole=OVERALL
        )
        self.race.amendments.get().changes.all().delete()
        self.race.amendments.all().delete()
        Session.objects.filter(pk=self.race.pk).update(classification="provisional")
        CareerResult.objects.filter(starts=2).update(
            position=53, points=51, wins=0, podiums=1, note_sv="The title is gone"
        )
        StandingsLine.objects.update(position=2, points=51)
        self.drivers[0].milestones.update(text_sv="Lost the race")
        self.drivers[0].biographies.update(text="Beaten on Sunday")
        Event.objects.filter(pk=self.event.pk).update(summary_en="They lost it all")
        Photo.objects.update(caption_sv="In the gravel")
        LapRecord.objects.update(time_ms=107_000, driver="Cia Berg")

    def addresses(self):
        """One address of each page of the site by the page's name, and some more."""
        found = {
            path.name: self.address(path)
            for path in urls.pages
            if path.name not in TAKEN_AWAY
        }
        results, driver = found["driver_results"], found["driver_detail"]
        return found | {
            "their wins": f"{results}?what=wins",
            "a season": f"{results}?season=24h-series-2022",
            "a class": f"{results}?class=tcr",
            "chart of a season": f"{found['driver_chart']}?season=24h-series-2022",
            "driver with typed totals": driver.replace("ada", "bea"),
            "qualifying": address(self.qualifying),
            "practice": address(self.practice),
            "second championship": address(self.cup),
            "frame of the weekend": f"/embed/en/events/{self.event.slug}/",
            "frame of a driver": f"/embed/en/drivers/{self.drivers[0].slug}/next/",
            "search for a name": f"{found['search']}?q=berg",
        }

    def address(self, path):
        kinds = {
            "driver": self.drivers[0],
            **dict.fromkeys(("event", "session"), self.event),
            "circuit": self.circuit,
            **dict.fromkeys(("series", "season"), self.season.series),
            "car": self.ours.car,
            "team": self.ours.team,
        }
        key = self.photo.pk if path.name == "photo_detail" else self.race.pk
        known = {"year": 2022, "pk": key, "kind": "svg"}
        wanted = path.pattern.converters
        if "slug" in wanted:
            known["slug"] = kinds[path.name.split("_")[0]].slug
        return reverse(path.name, kwargs={name: known[name] for name in wanted})
