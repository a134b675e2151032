"""The screen of a session's classification: a row a car, saved all at once.

What the grid means is worked out by `events.classification`; here it is told, asked
about and saved. Nothing is saved while anything is wrong, unconfirmed or told by
another editor since, and nothing that was typed is lost.
"""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events import classification
from events.admin import cells, telling
from events.admin.decisions import Panel
from events.admin.grid import Grid
from events.classification import DRIVERS, from_text
from events.models import (
    CLASSIFICATIONS,
    OFFICIAL,
    PROVISIONAL,
    RESULT_STATUSES,
    Amendment,
    Result,
    Session,
)
from events.statuses import CODES, DAGGER
from racing.adminsite import concurrency, is_key
from racing.adminsite.changes import news

TEMPLATE = "admin/events/classification.html"
STATE = "classification"
# What somebody needs who saves here: results come and go, decisions are recorded.
NEEDED = [
    *("events.add_result", "events.change_result", "events.delete_result"),
    *("events.change_session", "events.add_amendment"),
]


# The state of the results


def offered_states(session) -> list[tuple[str, str]]:
    """The states of its results to choose from; what was official stays official."""
    if session.is_official:
        return [(session.classification, CLASSIFICATIONS[session.classification])]
    names = {state: CLASSIFICATIONS[state] for state in (PROVISIONAL, OFFICIAL)}
    return [("", "---------"), *names.items()]


class StateForm(forms.Form):
    """Whether the results are provisional or official."""

    classification = forms.ChoiceField(
        label=gettext_lazy("The results are"), required=False
    )

    def __init__(self, data=None, *, session, has_results):
        first = session.classification or ("" if has_results else PROVISIONAL)
        super().__init__(data, initial={STATE: first})
        self.fields[STATE].choices = offered_states(session)


# The screen


class Screen:
    """One session's screen, as it is opened or as it comes back with what was typed."""

    def __init__(self, session: Session, data=None, *, conflict=()):
        self.session, self.conflict = session, list(conflict)
        self.grid = Grid(session, data)
        has_results = bool(self.grid.stored)
        self.state = StateForm(data, session=session, has_results=has_results)
        self.plan = self.panel = None
        if data is not None:
            self.plan = self.grid.plan()
            self._look_at_the_state()
            self._look_for_rulings(data)

    def _look_at_the_state(self):
        chosen = self.state.is_valid() and self.state.cleaned_data[STATE]
        is_new = chosen and chosen != self.session.classification
        if is_new and not self.plan.changes:
            sentence = _("There are no results yet: type those of at least one car.")
            self.state.add_error(STATE, sentence)

    def _look_for_rulings(self, data):
        """Ask for a decision; one that was typed stays while something is wrong."""
        is_open = Panel.SEEN in data and not self.grid.is_valid
        if self.plan.needs_amendment or is_open:
            self.panel = Panel(self.plan, data)

    @property
    def has_problems(self):
        """Whether anything that was typed is wrong."""
        return bool(
            self.grid.faulty
            or self.state.errors
            or (self.panel and self.panel.form.errors)
        )

    @property
    def is_ready(self):
        """Whether it can be saved."""
        return (
            not self.conflict
            and self.grid.is_valid
            and self.state.is_valid()
            and (self.panel is None or self.panel.is_ready)
        )

    def save(self) -> str:
        """Save it all; what was saved, in a sentence."""
        leaving = [row.result for row in self.grid.leaving]
        for result in leaving:
            result.delete()
        amendment = self.panel.form.save(commit=False) if self.panel else None
        classification.save(self.plan, amendment)
        # Without results there is nothing to be provisional.
        state = self.state.cleaned_data[STATE] if self.plan.changes else ""
        is_new_state = not self.session.is_official and (
            state != self.session.classification
        )
        if is_new_state:
            self.session.classification = state
            self.session.save()
        return " ".join(
            [
                what_was_saved(self.plan, len(leaving)),
                *([_("The decision is recorded.")] if amendment else []),
                *([state_in_words(self.session)] if is_new_state else []),
            ]
        )


def what_was_saved(plan, deleted) -> str:
    """``Results: 3 new, 1 changed, 20 left as they were.``"""
    new, changed, left = len(plan.created), len(plan.changed), len(plan.left)
    counts = [
        (new, ngettext("%(count)s new", "%(count)s new", new)),
        (changed, ngettext("%(count)s changed", "%(count)s changed", changed)),
        (deleted, ngettext("%(count)s deleted", "%(count)s deleted", deleted)),
        (
            left,
            ngettext("%(count)s left as it was", "%(count)s left as they were", left),
        ),
    ]
    told = [text % {"count": count} for count, text in counts if count]
    return _("Results: %(counts)s.") % {"counts": ", ".join(told) or _("none")}


def state_in_words(session) -> str:
    if not session.classification:
        return _("Nothing is told of their state.")
    states = {
        PROVISIONAL: _("They are provisional."),
        OFFICIAL: _("They are official from now on."),
    }
    return states[session.classification]


# Two editors


def told_since(session: Session, parts, seen: dict) -> list[str]:
    """What others did since the posted page was opened, in sentences."""
    if not seen:
        return concurrency.sentences_on_no_version()
    found = [
        item
        for part in parts
        for item in news(part, session.pk, concurrency.number_in(seen, part.name))
    ]
    others = []
    if seen.get(STATE, "") != session.classification:
        states = {"": _("not told")} | CLASSIFICATIONS
        sentence = _("The results are now: %(now)s. Before they were: %(before)s.")
        before = states.get(seen.get(STATE, ""), "")
        now = states[session.classification]
        others.append(sentence % {"now": now, "before": before})
    return concurrency.sentences(found, others)


def merged(data, session: Session, parts, seen: dict):
    """The posted data, with what is stored now in every box left as it was opened."""
    data = data.copy()
    as_seen = telling.texts_as_seen(parts, session.pk, seen)
    nothing = cells.texts(None)
    for row in Grid(session).rows:
        before = as_seen.get(row.entry.pk, nothing)
        for name, field in row.fields.items():
            key = row.add_prefix(name)
            if not field.has_changed(before[name], data.get(key, "")):
                data[key] = row.initial[name]
    if data.get(STATE) == seen.get(STATE):
        data[STATE] = session.classification
    return data


# Taking a decision back


def undoing(session: Session, amendment: Amendment) -> dict[str, str]:
    """What would be posted to give the results the values from before a decision."""
    old = {}
    for change in amendment.changes.all():
        old.setdefault(change.result_id, {})[change.field] = change.old
    data = {STATE: session.classification}
    for row in Grid(session).rows:
        texts = dict(row.initial)
        if row.result and row.result.pk in old:
            texts |= _texts_before(row.result, old[row.result.pk])
        data |= {row.add_prefix(name): text for name, text in texts.items()}
    return data


def _texts_before(result, old):
    """The boxes that show what a decision changed, as they were before it."""
    before = Result(
        **{f.attname: getattr(result, f.attname) for f in result._meta.concrete_fields}
    )
    for name, text in old.items():
        if name != DRIVERS:
            setattr(before, name, from_text(name, text))
    texts = cells.texts(before)
    del texts["drivers"]
    return texts | ({"drivers": old[DRIVERS]} if DRIVERS in old else {})


# The page


def page(options, request, object_id):
    """The screen of a session; what is posted to it is saved, or comes back."""
    if not request.user.has_perm("events.view_result"):
        raise PermissionDenied
    may_save = request.user.has_perms(NEEDED)
    if request.method != "POST":
        session = session_or_404(object_id)
        screen = Screen(session, _asked_to_undo(request, session))
        if screen.plan and not screen.panel:
            said = _(
                "What this decision changed is as it was before it: nothing to undo."
            )
            options.message_user(request, said, messages.WARNING)
        return render(options, request, screen, may_save=may_save)
    if not may_save:
        raise PermissionDenied
    with transaction.atomic():
        # Whoever saves the same at the same time waits here for the first.
        Session.objects.select_for_update().filter(pk=_key(object_id)).first()
        session = session_or_404(object_id)
        screen = _posted(session, request.POST)
        if screen.is_ready:
            said = screen.save()
            options.log_change(request, session, said)
            options.message_user(request, said, messages.SUCCESS)
            return HttpResponseRedirect(request.path)
    return render(options, request, screen, may_save=may_save)


def _key(text):
    return text if is_key(text) else None


def session_or_404(object_id) -> Session:
    sessions = Session.objects.select_related(
        "event__circuit", "event__season__series", "result_in"
    )
    return get_object_or_404(sessions, pk=_key(object_id))


def _posted(session, data):
    parts, seen = telling.parts(session), concurrency.seen_in(data)
    conflict = told_since(session, parts, seen)
    if conflict:
        data = merged(data, session, parts, seen)
    return Screen(session, data, conflict=conflict)


def _asked_to_undo(request, session):
    key = request.GET.get("undo")
    if key is None:
        return None
    amendments = session.amendments.prefetch_related("changes")
    return undoing(session, get_object_or_404(amendments, pk=_key(key)))


def codes() -> list[tuple[str, str]]:
    """Each code that may be typed, with what it means."""
    known = [(code, RESULT_STATUSES[status]) for status, code in CODES.items()]
    return [
        *known,
        (DAGGER, _("stopped, but classified")),
        (cells.CLASSIFIED_CODE, _("classified, position not known")),
    ]


def render(options, request, screen, *, may_save):
    session = screen.session
    context = options.admin_site.each_context(request) | {
        "is_nav_sidebar_enabled": False,  # the grid needs the width
        "title": _("Classification"),
        "subtitle": str(session),
        "opts": options.opts,
        "session": session,
        "screen": screen,
        "may_save": may_save,
        "codes": codes(),
        "paste": reverse("admin:events_session_paste", args=[session.pk]),
        "version": concurrency.version(
            telling.parts(session), session.pk, {STATE: session.classification}
        ),
    }
    return TemplateResponse(request, TEMPLATE, context)
