"""Feeds of results and of changes, of everything, of a driver and of a weekend."""

import re
from uuid import uuid5

from django.db.models import Count, Value
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from drivers.models import Driver
from events.models import AMENDED, OFFICIAL, PROVISIONAL, Event, Result
from events.models import TimetableRelease as Timetable
from events.news import changes, results
from events.outcomes import in_words, is_ours, who
from racing.context import address_of
from racing.feeds import MOST_ENTRIES, Entry, SiteFeed
from racing.state import unless_unchanged

MOST_TOLD = 3  # cars or changes in a title; the content has all


class ResultsFeed(SiteFeed):
    """An entry for each session that has results of ours."""

    kind = "results"

    def title(self, asked):
        return f"{asked.author}: {_('results')}"

    def page(self, subject):
        return reverse("event_list")

    def entries(self, subject, address):
        outcomes = results.latest(MOST_ENTRIES, driver=subject)
        return [_entry_of_results(outcome, address) for outcome in outcomes]


class ChangesFeed(SiteFeed):
    """An entry for each timetable that was released and each ruling on results."""

    kind = "changes"

    def title(self, asked):
        return f"{asked.author}: {_('changes')}"

    def page(self, subject):
        return reverse("event_list")

    def entries(self, subject, address):
        return [_entry_of(change, address) for change in self.changes(subject)]

    def changes(self, subject):
        return changes.latest(MOST_ENTRIES)


class OfDriver:
    """Makes a feed one of a driver."""

    def subject(self, slug):
        return get_object_or_404(Driver.objects.published(), slug=slug)

    def page(self, subject):
        return subject.get_absolute_url()


class DriverResultsFeed(OfDriver, ResultsFeed):
    kind = "results of a driver"

    def title(self, asked):
        return f"{asked.subject.name}: {_('results')}"


class DriverChangesFeed(OfDriver, ChangesFeed):
    kind = "changes for a driver"

    def title(self, asked):
        return f"{asked.subject.name}: {_('changes')}"

    def changes(self, subject):
        return changes.latest(MOST_ENTRIES, driver=subject)


class EventChangesFeed(ChangesFeed):
    kind = "changes of a weekend"

    def subject(self, slug):
        return get_object_or_404(Event.objects.published(), slug=slug)

    def page(self, subject):
        return subject.get_absolute_url()

    def title(self, asked):
        return f"{asked.subject.name}: {_('changes')}"

    def changes(self, subject):
        return changes.latest(MOST_ENTRIES, event=subject)


def public_now(_request: HttpRequest) -> list[tuple[str, int]]:
    """How much the clock lets the public see: other numbers, another feed. One query."""
    seen = {"results": Result, "timetables": Timetable}
    counts = [
        model.objects.published()
        .order_by()
        .values(what=Value(name))
        .annotate(number=Count("pk"))
        .values_list("what", "number")
        for name, model in seen.items()
    ]
    return sorted(counts[0].union(*counts[1:]))


unchanged = unless_unchanged(public_now, address_of)
results_feed = unchanged(ResultsFeed())
changes_feed = unchanged(ChangesFeed())
driver_results_feed = unchanged(DriverResultsFeed())
driver_changes_feed = unchanged(DriverChangesFeed())
event_changes_feed = unchanged(EventChangesFeed())


def _html(template, context):
    """A piece of HTML without the line breaks of its template."""
    return re.sub(r"[ \n]+", " ", render_to_string(template, context)).strip()


# Results

# How far the results of a session are settled, in a sentence.
SETTLED = {
    PROVISIONAL: gettext_lazy("The results are provisional."),
    OFFICIAL: gettext_lazy("The results are official."),
    AMENDED: gettext_lazy("The results were amended after they had become official."),
}


def _entry_of_results(outcome, address):
    session = outcome.session
    context = {"outcome": outcome, "session": session, "event": session.event}
    context |= {
        "address": address,
        "settled": SETTLED.get(session.classification, ""),
    }
    return Entry(
        key=outcome.race.uid,
        title=f"{_where(session)}: {_briefly([_told(r) for r in outcome.results])}",
        path=session.get_absolute_url(),
        html=_html("feeds/results.html", context),
        published=outcome.published,
        updated=outcome.updated,
        categories=_categories(session.event, session),
    )


def _told(result):
    """``#120 Andreas Bäckman, Oliver Söderström: third in TCR, 24th overall``."""
    return ": ".join(filter(None, [who(result), in_words(result)]))


def _where(session):
    return f"{session.event.name}, {session.name}"


def _briefly(told):
    """The first few of several things, and how many there are more."""
    more = len(told) - MOST_TOLD
    if more > 0:
        sentence = ngettext("and %(number)s more", "and %(number)s more", more)
        told = [*told[:MOST_TOLD], sentence % {"number": more}]
    return "; ".join(told)


def _categories(event, session=None):
    """(term, label) of the series, and of the kind of session where it is of one."""
    series = event.season.series
    found = [(series.slug, series.short_name)]
    if session:
        found.append((session.kind, session.get_kind_display()))
    return found


# Changes


def _entry_of(change, address):
    if isinstance(change, changes.Release):
        return _entry_of_release(change, address)
    return _entry_of_ruling(change, address)


def _entry_of_release(change, address):
    told = change.told
    event = told.release.event
    context = {"told": told, "event": event, "address": address}
    return Entry(
        key=uuid5(event.uid, f"timetable {told.release.pk}"),
        title=f"{event.name}: {_briefly(told.sentences)}",
        path=event.get_absolute_url(),
        html=_html("feeds/release.html", context),
        published=change.published,
        updated=change.updated,
        categories=[*_categories(event), ("timetable", _("timetable"))],
    )


def _entry_of_ruling(change, address):
    session, amendment = change.session, change.ruling.amendment
    context = {"change": change, "session": session, "address": address}
    return Entry(
        key=uuid5(session.uid, f"amendment {amendment.pk}"),
        title=_title_of_ruling(change.ruling, session),
        path=f"{session.get_absolute_url()}#amendment-{amendment.pk}",
        html=_html("feeds/ruling.html", context),
        published=change.published,
        updated=change.updated,
        categories=[*_categories(session.event, session), ("results", _("results"))],
    )


def _title_of_ruling(ruling, session):
    """What moved, car by car, our own before others."""
    cars = sorted(ruling.cars, key=lambda car: not is_ours(car.result))
    moved = [f"{who(car.result)}: {_moved(car.moves)}" for car in cars]
    values = {"where": _where(session), "what": _briefly(moved)}
    if not moved:
        return _("%(where)s: the results were amended") % values
    return _("%(where)s, amended result: %(what)s") % values


def _moved(moves):
    return ", ".join(
        f"{move.name} {move.old or '–'} → {move.new or '–'}" for move in moves
    )
