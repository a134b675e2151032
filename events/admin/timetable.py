"""The screens of a weekend's timetable: one keeps a draft, the next publishes it.

The first saves what was typed where only editors see it. The second shows what
publishing would change and publishes no more than it has shown.
"""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import releases
from events.admin import clocks, drafting
from events.admin.lines import Lines
from events.models import Event, EventLink, TimetableRelease
from racing.adminsite import concurrency, is_key
from racing.adminsite.pasting import fingerprint, in_fieldsets
from racing.forms import LongTextField

TEMPLATE = "admin/events/timetable.html"
PUBLISH_TEMPLATE = "admin/events/publish.html"
# What somebody needs who drafts here, and who publishes.
NEEDED_TO_DRAFT = [
    *("events.add_draftsession", "events.change_draftsession"),
    "events.delete_draftsession",
]
NEEDED_TO_PUBLISH = [
    *NEEDED_TO_DRAFT,
    *("events.add_session", "events.change_session"),
    "events.add_timetablerelease",
]


def event_or_404(object_id) -> Event:
    events = Event.objects.select_related("circuit", "season__series")
    return get_object_or_404(events, pk=object_id if is_key(object_id) else None)


def locked(object_id) -> Event:
    """The weekend; whoever saves its timetable at the same time waits for the first."""
    if is_key(object_id):
        Event.objects.select_for_update().filter(pk=object_id).first()
    return event_or_404(object_id)


def address(event, page="timetable"):
    return reverse(f"admin:events_event_{page}", args=[event.pk])


# Drafting


class Screen:
    """A weekend's timetable as it is opened, or as it comes back with what was typed."""

    def __init__(self, event: Event, data=None):
        self.event = event
        self.conflict, seen = [], concurrency.seen_in(data or {})
        if data is not None:
            self.conflict = drafting.told_since(event, seen)
            if self.conflict:
                data = drafting.merged(data, event, seen)
        self.lines = Lines(event, data)

    @property
    def is_ready(self):
        return not self.conflict and self.lines.is_valid


def page(options, request, object_id):
    """The draft of a weekend's timetable; what is posted is kept, or comes back."""
    may_save = _may(options, request, NEEDED_TO_DRAFT)
    if request.method != "POST":
        return _render(options, request, Screen(event_or_404(object_id)), may_save)
    if not may_save:
        raise PermissionDenied
    with transaction.atomic():
        event = locked(object_id)
        screen = Screen(event, request.POST)
        if screen.is_ready:
            _save(options, request, screen)
            to = "publish" if "_publish" in request.POST else "timetable"
            return HttpResponseRedirect(address(event, to))
    return _render(options, request, screen, may_save)


def _may(options, request, needed):
    if not options.has_view_permission(request):
        raise PermissionDenied
    return request.user.has_perms(needed)


def _save(options, request, screen):
    if saved := screen.lines.save():
        said = _what_was_saved(saved)
        options.log_change(request, screen.event, said)
        options.message_user(request, said, messages.SUCCESS)
    elif "_publish" not in request.POST:
        options.message_user(request, _("Nothing was changed."))


def _what_was_saved(count):
    text = ngettext(
        "The draft is saved: %(count)s row changed. Nobody else sees it until it is "
        "published.",
        "The draft is saved: %(count)s rows changed. Nobody else sees it until it is "
        "published.",
        count,
    )
    return text % {"count": count}


def _render(options, request, screen, may_save):
    event = screen.event
    context = _context(options, request, event) | {
        "title": _("Timetable"),
        "screen": screen,
        "lines": screen.lines,
        "told": drafting.told(event, screen.lines.drafts),
        "may_save": may_save,
        "version": drafting.version(event),
        "zone": clocks.zone_in_words(event.circuit.zone, event.first_day),
    }
    return TemplateResponse(request, TEMPLATE, context)


def _context(options, request, event):
    return options.admin_site.each_context(request) | {
        "is_nav_sidebar_enabled": False,  # the rows need the width
        "subtitle": str(event),
        "opts": options.opts,
        "event": event,
    }


# Publishing


class ReasonForm(forms.ModelForm):
    """Why the timetable changes, in a word."""

    class Meta:
        model = TimetableRelease
        fields = ("reason_sv", "reason_en", "source")
        field_classes = {"source": LongTextField}
        widgets = {"source": forms.Textarea(attrs={"rows": 2})}


class Publishing:
    """What publishing would change, and what stands in its way."""

    def __init__(self, event: Event, data=None):
        self.event = event
        self.drafts = releases.drafts_of(event)
        self.told = drafting.told(event, self.drafts)
        sessions = event.sessions.order_by("pk")
        self.is_first = not sessions
        self.form = ReasonForm(data)
        self.seen = fingerprint(*drafting.state(event, sessions, self.drafts))
        self.is_as_shown = data is not None and data.get("seen") == self.seen
        self.faults = list(self._faults())

    def _faults(self):
        """Sentences on sessions that the weekend has moved away from."""
        for draft in self.drafts:
            try:
                draft.clean()
            except ValidationError as error:
                yield f"{draft.name}: {' '.join(error.messages)}"

    @property
    def may_publish(self):
        return bool(self.told) and not self.faults

    @property
    def fieldsets(self):
        return in_fieldsets(self.form, ("reason_sv", "reason_en"), "source")

    @property
    def broadcasts(self):
        """Links whose own beginning does not move along with their session."""
        moved = [
            item.line.session_id
            for item in releases.differences(self.drafts)
            if any(change.field == releases.WHEN for change in item.changes)
        ]
        return EventLink.objects.filter(session__in=moved, start__isnull=False)


def publish_page(options, request, object_id):
    """Shows what publishing would change; publishes it, or throws the draft away."""
    may_publish = _may(options, request, NEEDED_TO_PUBLISH)
    if request.method != "POST":
        publishing = Publishing(event_or_404(object_id))
        return _render_publishing(options, request, publishing, may_publish)
    if not may_publish:
        raise PermissionDenied
    with transaction.atomic():
        publishing = Publishing(locked(object_id), request.POST)
        act = _discard if "_discard" in request.POST else _publish
        if publishing.is_as_shown and (said := act(publishing)):
            options.log_change(request, publishing.event, said)
            said = _with_link(publishing, said)
            options.message_user(request, said, messages.SUCCESS)
            return HttpResponseRedirect(address(publishing.event))
    return _render_publishing(options, request, publishing, may_publish)


def _publish(publishing) -> str:
    """What was published, in a sentence; empty where it may not be."""
    if not (publishing.may_publish and publishing.form.is_valid()):
        return ""
    reason = publishing.form.cleaned_data
    release = releases.publish(publishing.event, **reason)
    return _what_is_told(release)


def _what_is_told(release):
    sentences = sentences_of(release) if release else []
    if not sentences:
        return _("Published. There is nothing in it to tell the public.")
    changes = "; ".join(sentences)
    if release.is_first:
        return f"{changes}."
    return _("Published: %(changes)s.") % {"changes": changes}


def sentences_of(release: TimetableRelease) -> list[str]:
    """What a release tells, as the public reads it."""
    same = TimetableRelease.objects.filter(pk=release.pk)
    return [
        sentence
        for found in releases.with_changes(same, release.event)
        for sentence in found.sentences
    ]


def _discard(publishing) -> str:
    publishing.event.draft_sessions.all().delete()
    return _("The draft is thrown away. The published timetable is as it was.")


def _with_link(publishing, said):
    return format_html(
        '{} <a href="{}">{}</a>',
        said,
        publishing.event.get_absolute_url(),
        _("View on site"),
    )


def _render_publishing(options, request, publishing, may_publish):
    event = publishing.event
    links = [f"{link} ({link.session.name})" for link in publishing.broadcasts]
    context = _context(options, request, event) | {
        "title": _("Publish the timetable"),
        "publishing": publishing,
        "told": publishing.told,
        "is_outdated": request.method == "POST" and not publishing.is_as_shown,
        "broadcasts": get_text_list(links, _("and")),
        "may_publish": may_publish,
    }
    return TemplateResponse(request, PUBLISH_TEMPLATE, context)
