"""What came of sessions for our cars, session by session, the latest first.

A race in two parts is told once: by its whole result, and until there is one by that
of the part that has been run.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Max, Min, Q
from django.db.models.functions import Coalesce

from drivers.models import Driver
from events.counting import of_ours
from events.models import Event, Result, ResultDriver, Session
from events.news.shared import of_driver
from events.outcomes import in_order
from events.timetable import local_day
from racing.history import DELETED


@dataclass(frozen=True)
class Outcome:
    """What our cars did, in order.

    `race` is the session that it counts as, `session` the one whose results they are:
    the same but for a race in parts. When they were first known and last changed is
    from the histories (aware, UTC); no result is known before its session starts.
    """

    race: Session
    session: Session
    results: list[Result]
    published: datetime
    updated: datetime

    @property
    def day(self) -> date | None:
        """The date at the track, else the weekend's last that is known."""
        event = self.session.event
        day = local_day(self.session, event.circuit.zone)
        return day or event.last_day or event.first_day


def latest(
    most: int, driver: Driver | None = None, at: datetime | None = None
) -> list[Outcome]:
    """The sessions run last that have results of ours, or of one driver: 7 queries."""
    ours = Result.objects.published(at).filter(
        of_driver(driver) if driver else of_ours(),
        entry__event=F("session__event"),
        session__event__in=Event.objects.published(at),
    )
    races = list(_races(ours)[:most])
    found = defaultdict(list)
    of_races = Q(session__in=races) | Q(session__result_in__in=races)
    for result in in_order(ours.filter(of_races).with_credits()):
        found[result.session_id].append(result)
    parts = defaultdict(list)
    for results in found.values():
        session = results[0].session
        parts[session.result_in_id or session.pk].append(session)
    moments = _Moments([result for results in found.values() for result in results])
    outcomes = []
    for race in races:
        session = _telling(race, parts[race.pk])
        published, updated = moments.of(parts[race.pk], session)
        outcomes.append(Outcome(race, session, found[session.pk], published, updated))
    return outcomes


def _races(results):
    """The sessions that results count as, the last one first."""
    counting = results.order_by().annotate(
        race=Coalesce("session__result_in", "session")
    )
    return (
        Session.objects.filter(pk__in=counting.values("race"))
        .annotate(
            on=Coalesce("start__date", "day", "event__last_day", "event__first_day")
        )
        .order_by(
            F("on").desc(nulls_last=True),
            F("start").desc(nulls_last=True),
            *("-order", "-pk"),
        )
    )


def _telling(race, parts):
    """The part of a race whose results tell of it: the whole, else the last run."""
    whole = [session for session in parts if session.pk == race.pk]
    return max(
        whole or parts,
        key=lambda part: (part.start is not None, part.start, part.order, part.pk),
    )


class _Moments:
    """When results were first known and when they changed last, by session."""

    def __init__(self, results):
        sessions = {result.session_id for result in results}
        entries = {result.entry_id for result in results}
        ours = Q(entry__in=entries)
        # A car whose result was taken back tells nothing more of itself.
        self.results = {
            session: (first, last)
            for session, first, last in Result.history.filter(
                ours | Q(history_type=DELETED), session__in=sessions
            )
            .order_by()
            .values_list("session")
            .annotate(first=Min("history_date", filter=ours), last=Max("history_date"))
        }
        keys = {result.pk: result.session_id for result in results}
        self.credits = defaultdict(list)
        for result, last in (
            ResultDriver.history.filter(result__in=list(keys))
            .order_by()
            .values_list("result")
            .annotate(last=Max("history_date"))
        ):
            self.credits[keys[result]].append(last)
        self.settled = _when_settled(sessions)

    def of(self, parts, session):
        """(published, updated) of a race in parts that is told by one of them."""
        known = [self.results[part.pk] for part in parts if part.pk in self.results]
        starts = [part.start for part in parts if part.start]
        first = min((first for first, _last in known if first), default=None)
        published = max(filter(None, [first, min(starts, default=None)]), default=None)
        published = published or session.revised_at
        changed = [last for _first, last in known]
        changed += self.credits[session.pk] + self.settled[session.pk]
        return published, max([published, *changed])


def _when_settled(sessions):
    """{session: [when its results became what they are]}, provisional or official."""
    found = defaultdict(list)
    before = {}
    versions = Session.history.filter(id__in=sessions).order_by(
        "history_date", "history_id"
    )
    for key, state, moment in versions.values_list(
        "id", "classification", "history_date"
    ):
        if key in before and before[key] != state:
            found[key] = [moment]
        before[key] = state
    return found
