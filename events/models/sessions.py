"""The timetable: sessions, and where to follow them."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.revisions import Revised
from events.models.weekend import CANCELLED, CONFIRMED, POSTPONED, PROVISIONAL, Event
from racing import dates, formats, zones
from racing.models import Circuit, Record
from racing.translation import Translated

DAY_ONLY = "day_only"

SESSION_STATUSES = {
    "scheduled": _("scheduled"),
    "delayed": _("delayed"),
    POSTPONED: pgettext_lazy("session", "postponed"),
    CANCELLED: pgettext_lazy("session", "cancelled"),
}
PRECISIONS = {
    CONFIRMED: _("confirmed"),
    PROVISIONAL: _("provisional"),
    DAY_ONLY: _("day only"),
}

TEST = "test"
PRACTICE = "practice"
QUALIFYING = "qualifying"
RACE = "race"
OTHER = "other"
SESSION_KINDS = {
    TEST: _("test"),
    PRACTICE: _("practice"),
    QUALIFYING: _("qualifying"),
    RACE: _("race"),
    OTHER: _("other"),
}

STREAM = "stream"
TV = "tv"
LIVE_TIMING = "live_timing"
LINK_KINDS = {
    STREAM: _("stream"),
    TV: _("TV"),
    LIVE_TIMING: _("live timing"),
    "tickets": _("tickets"),
    "results": _("results"),
    "replay": _("replay"),
    "information": _("information"),
}
LINK_LANGUAGES = {
    "sv": _("Swedish"),
    "en": _("English"),
    "de": _("German"),
    "fr": _("French"),
    "it": _("Italian"),
    "es": _("Spanish"),
}

FREE = "free"
LINK_ACCESS = {FREE: _("free"), "paid": _("paid")}

OFFICIAL = "official"
AMENDED = "amended"
CLASSIFICATIONS = {
    PROVISIONAL: pgettext_lazy("results", "provisional"),
    OFFICIAL: _("official"),
    AMENDED: _("amended"),
}
FINAL = (OFFICIAL, AMENDED)

# How long a session of unknown length is taken to last, at the most.
UNKNOWN_LENGTH = timedelta(hours=3)


def has_a_time_or_at_most_a_day(name):
    return models.CheckConstraint(
        name=name,
        condition=Q(precision=DAY_ONLY, start=None)
        | ~Q(precision=DAY_ONLY) & Q(start__isnull=False, day=None),
        violation_error_message=_("Give the time, or say that only the day is known."),
    )


def does_not_end_before_it_starts(name):
    return models.CheckConstraint(
        name=name,
        condition=Q(length_minutes=None) | Q(length_minutes__gt=0),
        violation_error_message=_("The session would end before its start."),
    )


class TimetableLine(Record):
    """What a timetable says of a session, published or not."""

    kind = models.CharField(_("kind"), max_length=12, choices=SESSION_KINDS)
    name_sv = models.CharField(
        _("name in Swedish"),
        max_length=80,
        help_text=_("For example “Tidskval” or “Race, del 1”."),
    )
    name_en = models.CharField(
        _("name in English"),
        max_length=80,
        blank=True,
        help_text=_("Empty: the Swedish name is shown in English too."),
    )
    start = models.DateTimeField(
        _("start"), null=True, blank=True, help_text=_("Stored in UTC.")
    )
    day = models.DateField(
        _("day"),
        null=True,
        blank=True,
        help_text=_("At the circuit, where only the day is known."),
    )
    precision = models.CharField(
        _("time is"),
        max_length=12,
        choices=PRECISIONS,
        default=CONFIRMED,
        help_text=_(
            "“Day only” where the time is not known yet; without a day too it is "
            "shown as to be announced."
        ),
    )
    length_minutes = models.PositiveSmallIntegerField(
        _("length"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("For example “45 min” or “6 h”. Empty where not known."),
    )
    status = models.CharField(
        _("status"), max_length=12, choices=SESSION_STATUSES, default="scheduled"
    )
    note_sv = models.CharField(
        _("note in Swedish"),
        max_length=150,
        blank=True,
        help_text=_("One short line under the name, such as “Avgör startordningen”."),
    )
    note_en = models.CharField(_("note in English"), max_length=150, blank=True)
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("The order among sessions without a time.")
    )

    name = Translated()
    note = Translated()

    class Meta:
        abstract = True

    def refuse_another_day(self):
        """Refuse a day outside the weekend.

        A session that starts on the last day may run over midnight.
        """
        try:
            zone = self.event.circuit.zone
        except (Event.DoesNotExist, Circuit.DoesNotExist):
            return  # the form refuses what is missing
        day = zones.local(self.start, zone).date() if self.start else self.day
        if day and not self.event.holds(day):
            days = dates.date_range(self.event.first_day, self.event.last_day)
            sentence = _("%(day)s is not one of the weekend’s days: %(days)s.")
            raise ValidationError(
                {"day": sentence % {"day": dates.date(day), "days": days}}
            )

    @property
    def end(self):
        """The moment the session ends (UTC), or None where it is not known."""
        if self.start is None or self.length_minutes is None:
            return None
        return self.start + timedelta(minutes=self.length_minutes)


class Session(Revised, TimetableLine):
    """One part of the weekend's timetable as it is published."""

    calendar_facts = (
        *("event_id", "name_sv", "name_en", "start", "day", "precision"),
        *("length_minutes", "status"),
    )

    event = models.ForeignKey(
        Event, models.CASCADE, verbose_name=_("race weekend"), related_name="sessions"
    )
    result_in = models.ForeignKey(
        "self",
        models.SET_NULL,
        verbose_name=_("result in"),
        related_name="earlier_parts",
        null=True,
        blank=True,
        # Nearly all are empty: a planner that goes by the index reads every session.
        db_index=False,
        help_text=_(
            "For the first part of a race in two parts: the part that has the "
            "result. Together they are one start and one result."
        ),
    )
    classification = models.CharField(
        _("classification"),
        max_length=12,
        choices=CLASSIFICATIONS,
        blank=True,
        help_text=_(
            "Empty until there are results. Once they are official every change of "
            "them is an amendment."
        ),
    )

    class Meta:
        ordering = [
            "event",
            F("start").asc(nulls_last=True),
            F("day").asc(nulls_last=True),
            "order",
            "pk",
        ]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            has_a_time_or_at_most_a_day("a_session_has_a_time_or_at_most_a_day"),
            does_not_end_before_it_starts("a_session_does_not_end_before_it_starts"),
            models.CheckConstraint(
                name="a_session_does_not_have_its_result_in_itself",
                condition=Q(result_in=None) | ~Q(result_in=F("pk")),
                violation_error_message=_("A session cannot point to itself."),
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.event}"

    def get_absolute_url(self):
        return reverse("session_detail", args=[self.event.slug, self.pk])

    def clean(self):
        """Refuse a day outside the weekend and a result in another weekend."""
        self._stay_official()
        self.refuse_another_day()
        if self.result_in and self.result_in.event_id != self.event_id:
            raise ValidationError(
                {
                    "result_in": _("“%(session)s” is a session of another weekend.")
                    % {"session": self.result_in.name}
                }
            )

    def _stay_official(self):
        """Results that were official are changed by amendments, not by opening them."""
        if self.pk is None or self.is_official:
            return
        if Session.objects.filter(pk=self.pk, classification__in=FINAL).exists():
            sentence = _(
                "The results are official already. What changes them from now on is an "
                "amendment: open the classification and change the row."
            )
            raise ValidationError({"classification": sentence})

    @property
    def is_official(self):
        """Whether a change of the results is an amendment."""
        return self.classification in FINAL


class EventLink(Record):
    event = models.ForeignKey(
        Event, models.CASCADE, verbose_name=_("race weekend"), related_name="links"
    )
    session = models.ForeignKey(
        Session,
        models.CASCADE,
        verbose_name=_("session"),
        related_name="links",
        null=True,
        blank=True,
        help_text=_("Empty: the link is for the whole weekend."),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=LINK_KINDS)
    label_sv = models.CharField(
        _("text in Swedish"),
        max_length=80,
        blank=True,
        help_text=_(
            "What the link says, such as “24H Series på YouTube”. "
            "Empty: the address without its https://."
        ),
    )
    label_en = models.CharField(_("text in English"), max_length=80, blank=True)
    url = models.URLField(_("address"))
    language = models.CharField(
        _("language"), max_length=2, choices=LINK_LANGUAGES, blank=True
    )
    territory = models.CharField(
        _("territory"),
        max_length=60,
        blank=True,
        help_text=_("Where it can be seen. Empty: everywhere, or not known."),
    )
    access = models.CharField(
        _("costs"),
        max_length=4,
        choices=LINK_ACCESS,
        blank=True,
        help_text=_("Empty where not known."),
    )
    has_replay = models.BooleanField(
        _("can be seen afterwards"),
        default=False,
        help_text=_("The same address shows the recording when it is over."),
    )
    start = models.DateTimeField(
        _("begins"),
        null=True,
        blank=True,
        help_text=_(
            "Where the broadcast begins at another time than the session. Stored in UTC."
        ),
    )

    label = Translated()

    class Meta:
        ordering = ["event", "pk"]
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "kind", "url"],
                name="a_session_has_each_link_once",
                violation_error_message=_("The session has this link already."),
            ),
            models.UniqueConstraint(
                fields=["event", "kind", "url"],
                condition=Q(session=None),
                name="a_weekend_has_each_link_once",
                violation_error_message=_("The weekend has this link already."),
            ),
        ]

    def __str__(self):
        return self.text

    def clean(self):
        if self.session and self.session.event_id != self.event_id:
            raise ValidationError(
                {
                    "session": _("“%(session)s” is a session of another weekend.")
                    % {"session": self.session.name}
                }
            )

    @property
    def is_to_watch(self):
        """Whether the link leads to moving pictures: a stream or a channel."""
        return self.kind in (STREAM, TV)

    @property
    def text(self):
        """What the link says."""
        return self.label or formats.bare_url(self.url)
