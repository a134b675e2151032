"""Forms for the timetable of a weekend and for its links."""

import datetime as dt

from django import forms
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import (
    CLASSIFICATIONS,
    CONFIRMED,
    DAY_ONLY,
    OFFICIAL,
    PRECISIONS,
    PROVISIONAL,
    Session,
)
from racing import dates, zones
from racing.formats import FormatError
from racing.forms import DateInput, WallTimeField

NOON = dt.time(12)


# Whose clock it is


def zone_of(event):
    """The time zone of a weekend's circuit, or None while it has none."""
    return event.circuit.zone if event is not None and event.circuit_id else None


def zone_in_words(zone, day=None) -> str:
    """``Europe/Berlin, CEST, UTC+2``: the zone's name and what it means on a day."""
    try:
        noon = day and zones.to_utc(day, NOON, zone)
    except FormatError:  # a day that was left out, or before there were zones
        noon = None
    if noon is None:
        return zone.key
    return f"{zone.key}, {dates.zone_label(zones.local(noon, zone))}"


# Choosing a session


def session_label(session):
    """``Race, del 1 (Saturday 14 May 13:55)``."""
    zone = zone_of(session.event)
    if session.start and zone:
        start = zones.local(session.start, zone)
        return f"{session.name} ({dates.day(start)} {dates.clock(start)})"
    return session.name


def sessions_of(event):
    """The choice of a weekend's sessions: pairs of key and label, one query."""
    if event is None or event.pk is None:
        return []
    sessions = Session.objects.filter(event=event).select_related("event__circuit")
    return [(session.pk, session_label(session)) for session in sessions]


def narrow(field, event, choices=None, *, but=None):
    """Let a field for a session take only those of one weekend, `but` the one with a key.

    `choices` are its sessions where they have been asked for.
    """
    choices = sessions_of(event) if choices is None else choices
    field.queryset = Session.objects.filter(event=event and event.pk)
    field.widget = forms.Select()
    field.widget.is_required = field.required
    offered = [choice for choice in choices if choice[0] != but]
    field.choices = [("", field.empty_label or "---------"), *offered]
    field.error_messages["invalid_choice"] = _("Choose a session of this weekend.")
    if event is None or event.pk is None:
        field.help_text = _("Sessions can be chosen once the weekend is saved.")


# Sessions


def offered_states(session) -> list[tuple[str, str]]:
    """The states of its results to choose from; what was official stays official."""
    if session.is_official:
        return [(session.classification, CLASSIFICATIONS[session.classification])]
    names = {state: CLASSIFICATIONS[state] for state in (PROVISIONAL, OFFICIAL)}
    return [("", "---------"), *names.items()]


class SessionForm(forms.ModelForm):
    """A session, its start typed as day and time on the wall at the circuit.

    What is typed is the truth: when the weekend moves to a circuit in another zone,
    the same wall times are other moments. A time that is left as it is keeps its
    moment, also in the hour that comes twice in autumn.
    """

    day = forms.DateField(
        label=gettext_lazy("Day"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("The date at the circuit. Empty: to be announced."),
    )
    time = WallTimeField(
        label=gettext_lazy("Time"),
        required=False,
        help_text=gettext_lazy(
            "On the clock at the circuit, such as 16:20 or 1620. Empty: only the day "
            "is shown."
        ),
    )
    precision = forms.ChoiceField(
        label=gettext_lazy("Time is"),
        choices=[(kind, PRECISIONS[kind]) for kind in (CONFIRMED, PROVISIONAL)],
        initial=CONFIRMED,
    )

    def __init__(self, *args, weekend=None, choices=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.weekend = weekend
        self.stored_start = self.instance.start
        event = weekend or (self.instance.event if self.instance.event_id else None)
        self._show_time(zone_of(event))
        if "result_in" in self.fields:
            narrow(self.fields["result_in"], event, choices, but=self.instance.pk)
        if "classification" in self.fields:
            self.fields["classification"].choices = offered_states(self.instance)

    def _show_time(self, zone):
        start = self.instance.start and zone and zones.local(self.instance.start, zone)
        if self.instance.precision == DAY_ONLY:
            self.initial["precision"] = CONFIRMED
        day = start.date() if start else self.instance.day
        if self.instance.pk:
            self.initial |= {"day": day, "time": start.time() if start else None}
        if zone and "time" in self.fields:
            self.fields["time"].widget.zone_name = zone_in_words(zone, day)

    def clean(self):
        cleaned = super().clean()
        day, time = cleaned.get("day"), cleaned.get("time")
        event = self.weekend or cleaned.get("event")
        self.instance.start = None
        if time and not day and "day" not in self.errors:
            self.add_error("day", _("Give the day of this time as well."))
        elif time and day and (zone := zone_of(event)):
            self._read_time(day, time, zone)
        cleaned["precision"] = cleaned.get("precision") if time else DAY_ONLY
        if self.instance.start:
            cleaned["day"] = None
        return cleaned

    def _read_time(self, day, time, zone):
        stored = self.stored_start and zones.local(self.stored_start, zone)
        if stored and (stored.date(), dates.clock(stored)) == (day, dates.clock(time)):
            self.instance.start = self.stored_start
            return
        try:
            self.instance.start = zones.to_utc(day, time, zone)
        except FormatError as error:
            self.add_error("time", str(error))

    def has_changed(self):
        """The same wall time in another zone is a change too."""
        return super().has_changed() or self.instance.start != self.stored_start


class SessionChoosers(BaseInlineFormSet):
    """Rows of one weekend that may name its sessions, which are asked for once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.choices = sessions_of(self.instance)

    def get_form_kwargs(self, index):
        kwargs = super().get_form_kwargs(index)
        return kwargs | {"weekend": self.instance, "choices": self.choices}


class SessionFormSet(SessionChoosers):
    """The timetable of one weekend."""

    def clean(self):
        super().clean()
        leaving = leaving_sessions(self)
        for form in self.forms:
            if not is_leaving(form):
                refuse_leaving(form, "result_in", leaving)


def is_leaving(form):
    """Whether a row is marked to be deleted."""
    return bool(getattr(form, "cleaned_data", {}).get("DELETE"))


def leaving_sessions(formset):
    """The keys of the sessions that are marked to be deleted."""
    return {form.instance.pk for form in formset.initial_forms if is_leaving(form)}


def refuse_leaving(form, name, leaving):
    """Refuse to choose a session that is deleted in the same moment."""
    session = getattr(form, "cleaned_data", {}).get(name)
    if session and session.pk in leaving:
        form.add_error(name, _("This session is marked to be deleted."))


# Links


class EventLinkForm(forms.ModelForm):
    def __init__(self, *args, weekend=None, choices=None, **kwargs):
        super().__init__(*args, **kwargs)
        event = weekend or (self.instance.event if self.instance.event_id else None)
        narrow(self.fields["session"], event, choices)


class EventLinkFormSet(SessionChoosers):
    """The links of one weekend."""

    timetable = None  # the formset of the sessions on the same page

    def clean(self):
        super().clean()
        leaving = leaving_sessions(self.timetable) if self.timetable else set()
        found = set()
        for form in self.forms:
            if is_leaving(form):
                continue
            refuse_leaving(form, "session", leaving)
            link = link_of(form)
            if link in found:
                form.add_error("url", _("The weekend has this link already."))
            elif link:
                found.add(link)


def link_of(form):
    """What makes a link another than the next one, or None for an empty row."""
    cleaned = getattr(form, "cleaned_data", {})
    if not cleaned.get("url"):
        return None
    return cleaned["url"], cleaned.get("kind"), cleaned.get("session")
