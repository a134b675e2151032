"""Releasing a timetable: what is drafted, and what each release changed."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.sessions import (
    Session,
    TimetableLine,
    does_not_end_before_it_starts,
    has_a_time_or_at_most_a_day,
)
from events.models.weekend import Event
from racing import clock
from racing.models import Record
from racing.translation import Translated

ADDED = "added"
WHEN = "when"
DAYS = "days"
CIRCUIT = "circuit"
# What a release can change: of a session, or where it names none of the weekend.
CHANGED_FACTS = {
    ADDED: _("added"),
    WHEN: _("time"),
    "precision": _("how certain the time is"),
    "status": _("status"),
    "name_sv": _("name in Swedish"),
    "name_en": _("name in English"),
    "length_minutes": _("length"),
    "kind": _("kind"),
    DAYS: _("days"),
    CIRCUIT: _("circuit"),
}


class DraftSession(TimetableLine):
    """What the timetable will say of a session once the draft is published.

    Nothing that the public sees reads this table. A draft without a session is a new
    one; a session without a draft stays as it is.
    """

    is_draft = True

    event = models.ForeignKey(
        Event,
        models.CASCADE,
        verbose_name=_("race weekend"),
        related_name="draft_sessions",
    )
    session = models.OneToOneField(
        Session,
        models.CASCADE,
        verbose_name=_("session"),
        related_name="draft",
        null=True,
        blank=True,
        help_text=_("The published session that this changes. Empty: a new one."),
    )

    class Meta:
        ordering = ["event", "start", "day", "order", "pk"]
        verbose_name = _("drafted session")
        verbose_name_plural = _("drafted sessions")
        constraints = [
            has_a_time_or_at_most_a_day("a_draft_has_a_time_or_at_most_a_day"),
            does_not_end_before_it_starts("a_draft_does_not_end_before_it_starts"),
        ]

    def __str__(self):
        return f"{self.name}, {self.event}"

    def clean(self):
        """Refuse a day outside the weekend, and a session of another one."""
        self.refuse_another_day()
        if self.session and self.session.event_id != self.event_id:
            sentence = _("“%(session)s” is a session of another weekend.")
            raise ValidationError(
                {"session": sentence % {"session": self.session.name}}
            )


class TimetableReleaseQuerySet(models.QuerySet):
    def published(self, at=None):
        """Releases the public may see at a moment: those made by then."""
        return self.filter(published_at__lte=at or clock.now())


class TimetableRelease(Record):
    """A timetable was published: when, why, and what it changed."""

    event = models.ForeignKey(
        Event,
        models.CASCADE,
        verbose_name=_("race weekend"),
        related_name="timetable_releases",
    )
    published_at = models.DateTimeField(_("published"))
    is_first = models.BooleanField(
        _("first timetable"),
        default=False,
        help_text=_("There was none before: what it adds is not told one by one."),
    )
    reason_sv = models.CharField(
        _("why, in Swedish"),
        max_length=200,
        blank=True,
        help_text=_("In a few words, such as “på grund av dimma”. May be empty."),
    )
    reason_en = models.CharField(_("why, in English"), max_length=200, blank=True)

    objects = TimetableReleaseQuerySet.as_manager()

    reason = Translated()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("released timetable")
        verbose_name_plural = _("released timetables")

    def __str__(self):
        return f"{self.event}, {self.published_at:%Y-%m-%d %H:%M} UTC"


class TimetableChange(Record):
    """One fact that a release changed.

    Shapes of `old` and `new`, by `field`: a moment in ISO 8601 and UTC, a date or
    nothing for "when"; two dates with a slash between them for "days"; the name for
    "circuit"; the column's value as text for all others. Nothing is an empty text.
    """

    release = models.ForeignKey(
        TimetableRelease,
        models.CASCADE,
        verbose_name=_("released timetable"),
        related_name="changes",
    )
    session = models.ForeignKey(
        Session,
        models.CASCADE,
        verbose_name=_("session"),
        related_name="timetable_changes",
        null=True,
        blank=True,
        help_text=_("Empty: a fact of the whole weekend."),
    )
    field = models.CharField(_("what"), max_length=20, choices=CHANGED_FACTS)
    old = models.CharField(_("before"), max_length=200, blank=True)
    new = models.CharField(_("after"), max_length=200, blank=True)

    class Meta:
        ordering = ["release", "pk"]
        verbose_name = _("change of a timetable")
        verbose_name_plural = _("changes of a timetable")
        constraints = [
            models.UniqueConstraint(
                fields=["release", "session", "field"],
                name="a_release_changes_a_fact_of_a_session_once",
                violation_error_message=_("The release has this change already."),
            ),
            models.UniqueConstraint(
                fields=["release", "field"],
                condition=Q(session=None),
                name="a_release_changes_a_fact_of_the_weekend_once",
                violation_error_message=_("The release has this change already."),
            ),
            models.CheckConstraint(
                name="a_change_changes_something",
                condition=Q(field=ADDED) | ~Q(old=models.F("new")),
                violation_error_message=_("Before and after are the same."),
            ),
        ]

    def __str__(self):
        return f"{self.session or self.release.event}: {self.get_field_display()}"
