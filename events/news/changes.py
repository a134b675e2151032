"""What was known and is different now, the latest first.

That is what releases of a timetable changed, and what decisions changed of results
that were official. Nothing of a draft is read here.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet

from drivers.models import Driver
from events import releases
from events.models import (
    Amendment,
    EntryDriver,
    Event,
    Result,
    ResultChange,
    ResultDriver,
    Session,
    TimetableRelease,
)
from events.news.shared import of_driver
from events.outcomes import in_order
from events.releases import Released
from events.rulings import Ruling, told


@dataclass(frozen=True)
class Release:
    """A timetable that was published, with what that changed."""

    told: Released

    @property
    def published(self) -> datetime:
        return self.told.release.published_at

    updated = published

    @property
    def order(self):
        return self.published, self.told.release.pk


@dataclass(frozen=True)
class Decision:
    """A ruling, and when the site told of it first and told it otherwise last (UTC).

    `is_open` where the matter is not settled and this is the session's last decision.
    """

    ruling: Ruling
    is_open: bool
    published: datetime
    updated: datetime

    @property
    def session(self) -> Session:
        return self.ruling.amendment.session

    @property
    def order(self):
        return self.published, self.ruling.amendment.pk


def latest(
    most: int,
    driver: Driver | None = None,
    event: Event | None = None,
    at: datetime | None = None,
) -> list[Release | Decision]:
    """What changed last: of everything, of a driver's weekends and results, of one
    weekend. Nine queries.
    """
    found: list[Release | Decision] = [
        *_releases(most, driver, event, at),
        *_decisions(most, driver, event, at),
    ]
    found.sort(key=lambda change: change.order, reverse=True)
    return found[:most]


def with_news(owners: QuerySet, at: datetime | None = None) -> QuerySet:
    """Weekends or drivers that know, in the same query, whether to offer their feed.

    `has_news` where a timetable was published or results were amended, of a driver the
    own ones: nobody is sent to a feed in which there is nothing. (What only the other
    language shows counts.)
    """
    releases_of, results_of, amended = (
        ("event__entries__crew__driver", "entry__crew__driver", "changes")
        if owners.model is Driver
        else ("event", "session__event", "session__amendments")
    )
    published = TimetableRelease.objects.published(at).filter(
        **{releases_of: OuterRef("pk")}
    )
    decided = Result.objects.published(at).filter(
        **{results_of: OuterRef("pk"), f"{amended}__isnull": False}
    )
    return owners.annotate(has_news=Exists(published) | Exists(decided))


# Timetables


def _releases(most, driver, event, at):
    """Releases that changed something a reader of the current language sees."""
    found = TimetableRelease.objects.published(at).filter(
        event__in=_weekends(driver, event, at)
    )
    found = found.select_related("event__season__series", "event__circuit")
    all_told = releases.with_changes(found[:most])
    return [Release(told) for told in all_told if told.sentences]


def _weekends(driver, event, at):
    weekends = Event.objects.published(at).order_by()
    if event:
        weekends = weekends.filter(pk=event.pk)
    if driver:
        entered = EntryDriver.objects.filter(driver=driver, entry__event=OuterRef("pk"))
        drove = ResultDriver.objects.filter(
            driver=driver, result__session__event=OuterRef("pk")
        )
        weekends = weekends.filter(Q(Exists(entered)) | Q(Exists(drove)))
    return weekends


# Results


def _decisions(most, driver, event, at):
    """Rulings on results that are public; of a driver those on the driver's own."""
    public = Result.objects.published(at).filter(
        session__event__in=_weekends(None, event, at)
    )
    own = set()
    if driver:
        public = public.filter(of_driver(driver))
        own = set(public.values_list("pk", flat=True))
    keys = list(
        Amendment.objects.filter(session__in=public.order_by().values("session"))
        .order_by("-pk")
        .values_list("pk", flat=True)[:most]
    )
    amendments = (
        Amendment.objects.filter(pk__in=keys)
        .select_related("session__event__season__series", "session__event__circuit")
        .order_by("-pk")
    )
    changes = ResultChange.objects.filter(amendment__in=keys).order_by()
    moved = Result.objects.published(at).filter(pk__in=changes.values("result"))
    rulings = told(amendments, in_order(moved.order_by().with_credits()))
    decisions = _dated(rulings)
    if driver:
        decisions = [
            decision
            for decision in decisions
            if any(car.result.pk in own for car in decision.ruling.cars)
        ]
    return decisions


def _dated(rulings):
    """Decisions of rulings; each session's latest is the first."""
    moments = _moments([ruling.amendment.pk for ruling in rulings])
    decisions, seen = [], set()
    for ruling in rulings:
        amendment = ruling.amendment
        unknown = (amendment.session.revised_at,) * 2  # where histories are gone
        is_open = amendment.is_unresolved and amendment.session not in seen
        seen.add(amendment.session)
        found = moments.get(amendment.pk, unknown)
        decisions.append(Decision(ruling, is_open, *found))
    return decisions


def _moments(keys):
    """{amendment: (recorded, changed last)} by their histories, where they are kept."""
    return {
        key: (first, last)
        for key, first, last in Amendment.history.filter(id__in=keys)
        .order_by()
        .values_list("id")
        .annotate(first=Min("history_date"), last=Max("history_date"))
    }
