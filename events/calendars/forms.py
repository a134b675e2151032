"""The form in which a reader puts a calendar together; it works without a script."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from drivers.models import Driver
from events.calendars import feeds
from events.calendars.choices import Choice
from events.models import SESSION_KINDS, Event
from racing import dates, formats
from racing.models import Series

REMINDERS = (15, 30, 60, 24 * 60)  # minutes before a session

REFUSED = {"invalid_choice": gettext_lazy("Choose from what is offered.")}


class CalendarForm(forms.Form):
    """Whose calendar, which kinds of sessions, and a reminder: three queries.

    An owner is named as in the site's addresses: ``drivers/andreas-backman``. Weekends
    that are over are not offered, but taken where an address names one.
    """

    of = forms.ChoiceField(
        label=gettext_lazy("Whose races"), required=False, error_messages=REFUSED
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Which sessions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=REFUSED,
    )
    alarm = forms.TypedChoiceField(
        label=gettext_lazy("Reminder"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages=REFUSED,
    )

    def __init__(self, query):
        super().__init__(query, label_suffix="")
        self.feeds = {"": feeds.of_all()}
        self.fields["of"].choices = self._owners(query.get("of", ""))
        self.fields["kinds"].choices = [
            (kind, capfirst(label)) for kind, label in SESSION_KINDS.items()
        ]
        self.fields["alarm"].choices = [
            ("", _("No reminder")),
            *((minutes, _before(minutes)) for minutes in REMINDERS),
        ]

    @property
    def feed(self) -> feeds.Feed:
        """The calendar of a valid form."""
        return self.feeds[self.cleaned_data["of"]]

    @property
    def choice(self) -> Choice:
        """What is chosen in a valid form."""
        asked = self.cleaned_data["kinds"]
        kinds = tuple(kind for kind in SESSION_KINDS if kind in asked)
        # All of them is the same as no choice, also once there is another kind.
        every = len(kinds) == len(SESSION_KINDS)
        return Choice(() if every else kinds, self.cleaned_data["alarm"])

    def _owners(self, asked):
        drivers = Driver.objects.published().in_order()
        series = sorted(Series.objects.published(), key=_name)
        weekends = list(Event.objects.published().coming())
        named, _slash, slug = asked.partition("/")
        if named == "events" and slug not in {event.slug for event in weekends}:
            weekends += Event.objects.published().filter(slug=slug)
        return [
            ("", _("All races")),
            self._group(_("Drivers"), "drivers", drivers, feeds.of_driver),
            self._group(
                pgettext("several", "Series"), "series", series, feeds.of_series
            ),
            self._group(_("Race weekends"), "events", weekends, feeds.of_weekend),
        ]

    def _group(self, label, word, owners, feed_of):
        choices = []
        for owner in owners:
            key = f"{word}/{owner.slug}"
            self.feeds[key] = feed_of(owner)
            choices.append((key, str(owner)))
        return label, choices


def _name(series):
    return formats.sort_key(series.short_name)


def _before(minutes):
    days, rest = divmod(minutes, 24 * 60)
    if days == 1 and not rest:
        return _("1 day before")
    return _("%(time)s before") % {"time": dates.duration(minutes)}
