"""Where to follow a weekend or a session: the rows of links and their own pages."""

import datetime as dt

from django import forms
from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin import clocks
from events.models import Event, EventLink
from racing import zones
from racing.adminsite import SOURCE, RecordAdmin, RecordRows
from racing.formats import FormatError
from racing.forms import DateInput, WallTimeField

# A broadcast belongs to its session: one that begins further from it is mistyped.
FURTHEST = dt.timedelta(hours=24)
MORE = gettext_lazy("More")
WATCHING = [("language", "territory"), ("access", "has_replay")]
BROADCAST = ("begins_on", "begins_at")


class EventLinkForm(forms.ModelForm):
    """A link; a broadcast that begins by itself, on the wall at the circuit."""

    begins_on = forms.DateField(
        label=gettext_lazy("The broadcast begins on"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("Empty: on the day of the session."),
    )
    begins_at = WallTimeField(
        label=gettext_lazy("The broadcast begins at"),
        required=False,
        help_text=gettext_lazy(
            "On the clock at the circuit, such as 13:30. Empty: with the session."
        ),
    )

    def __init__(self, *args, weekend=None, choices=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.weekend = weekend
        event = weekend or (self.instance.event if self.instance.event_id else None)
        clocks.narrow(self.fields["session"], event, choices)
        self.stored_start = self.instance.start
        if zone := clocks.zone_of(event):
            self._show_start(zone, event)

    def _show_start(self, zone, event):
        start = self.stored_start and zones.local(self.stored_start, zone)
        if start:
            self.initial |= {"begins_on": start.date(), "begins_at": start.time()}
        day = start.date() if start else event.first_day
        if "begins_at" in self.fields:
            zone_name = clocks.zone_in_words(zone, day)
            self.fields["begins_at"].widget.zone_name = zone_name

    def clean(self):
        cleaned = super().clean()
        if {"begins_on", "begins_at", "session"} & self.errors.keys():
            return cleaned
        event = self.weekend or cleaned.get("event")
        self.instance.start = None
        day, time = cleaned.get("begins_on"), cleaned.get("begins_at")
        zone, session = clocks.zone_of(event), cleaned.get("session")
        if time and zone:
            self._read_start(day, time, zone, session)
        elif day:
            self.add_error("begins_at", _("Give the time of this day as well."))
        return cleaned

    def _read_start(self, day, time, zone, session):
        start = session and session.start
        if start and day is None:
            day = zones.local(start, zone).date()
        day = day or (session and session.day)
        if day is None:
            self.add_error("begins_on", _("Give the day of this time as well."))
            return
        try:
            moment = clocks.moment(day, time, zone, [self.stored_start])
        except FormatError as error:
            self.add_error("begins_at", str(error))
            return
        if start and abs(moment - start) > FURTHEST:
            sentence = _("The session is more than 24 hours from this time.")
            self.add_error("begins_at", sentence)
        self.instance.start = moment

    def has_changed(self):
        """The same wall time in another zone is a change too."""
        return super().has_changed() or self.instance.start != self.stored_start


class EventLinkFormSet(BaseInlineFormSet):
    """The links of one weekend, whose sessions are asked for once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.choices = clocks.sessions_of(self.instance)

    def get_form_kwargs(self, index):
        kwargs = super().get_form_kwargs(index)
        return kwargs | {"weekend": self.instance, "choices": self.choices}

    def clean(self):
        super().clean()
        found = set()
        for form in self.forms:
            link = None if is_leaving(form) else link_of(form)
            if link in found:
                form.add_error("url", _("The weekend has this link already."))
            elif link:
                found.add(link)


def is_leaving(form):
    """Whether a row is marked to be deleted."""
    return bool(getattr(form, "cleaned_data", {}).get("DELETE"))


def link_of(form):
    """What makes a link another than the next one, or None for an empty row."""
    cleaned = getattr(form, "cleaned_data", {})
    if not cleaned.get("url"):
        return None
    return cleaned["url"], cleaned.get("kind"), cleaned.get("session")


class LinkWords:
    """Links tell when the broadcast begins as the clock at the circuit shows it."""

    def zone_of(self, record):
        event = Event.objects.filter(pk=record.event_id).first()
        return clocks.zone_of(event) or super().zone_of(record)


class EventLinkInline(LinkWords, RecordRows):
    model = EventLink
    form = EventLinkForm
    formset = EventLinkFormSet
    fieldsets = [
        (None, {"fields": [("kind", "url", "session")]}),
        (
            MORE,
            {
                "classes": ["collapse"],
                "fields": [("label_sv", "label_en"), BROADCAST, *WATCHING, "source"],
            },
        ),
    ]


@admin.register(EventLink)
class EventLinkAdmin(LinkWords, RecordAdmin):
    form = EventLinkForm
    list_display = ["text", "kind", "event", "language", "territory", "access"]
    list_filter = ["kind", "language", "access"]
    list_select_related = ["event"]
    search_fields = ["label_sv", "label_en", "url", "event__name"]
    autocomplete_fields = ["event"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "event",
                    ("kind", "url"),
                    "session",
                    BROADCAST,
                    ("label_sv", "label_en"),
                    *WATCHING,
                ]
            },
        ),
        SOURCE,
    ]
