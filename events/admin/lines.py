"""The rows of a weekend's timetable as an officer types them.

A row shows what is drafted of a session, or what is published where nothing is. What
is typed becomes the draft; nothing here changes a session.
"""

from functools import cached_property

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import releases
from events.admin import clocks
from events.models import (
    CONFIRMED,
    DAY_ONLY,
    PRECISIONS,
    PROVISIONAL,
    DraftSession,
    Event,
    Session,
    TimetableLine,
)
from racing import zones
from racing.adminsite import is_key
from racing.adminsite.options import MOST_ROWS
from racing.formats import FormatError
from racing.forms import DateInput, DurationField, LongTextField, WallTimeField

FOLDED = ("note_sv", "note_en", "order", "source")
NEW = "new"
COUNT = f"{NEW}-TOTAL_FORMS"
EMPTY_ROWS, EMPTY_ROWS_AT_FIRST = 3, 6
TEMPLATE_OF_ROWS = "__prefix__"


class LineForm(forms.ModelForm):
    """What the timetable will say of a session.

    Its start is typed as day and time on the wall at the circuit.
    """

    class Meta:
        model = DraftSession
        fields = (
            *("kind", "name_sv", "name_en", "day", "time", "length_minutes"),
            *("precision", "status", "note_sv", "note_en", "order", "source"),
        )
        labels = {
            "name_sv": gettext_lazy("Name in Swedish"),
            "name_en": gettext_lazy("In English"),
        }

    day = forms.DateField(label=gettext_lazy("Day"), required=False, widget=DateInput)
    time = WallTimeField(label=gettext_lazy("Time"), required=False)
    length_minutes = DurationField(label=gettext_lazy("Length"), required=False)
    precision = forms.ChoiceField(
        label=gettext_lazy("Time is"),
        choices=[(kind, PRECISIONS[kind]) for kind in (CONFIRMED, PROVISIONAL)],
        initial=CONFIRMED,
    )
    source = LongTextField(
        label=gettext_lazy("Source"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data=None,
        *,
        event: Event,
        shown: TimetableLine | None = None,
        session: Session | None = None,
        zone=None,
        prefix: str,
    ):
        """`shown` is what the row says so far; `zone` whose clock it shows it on."""
        self.event, self.session, self.shown = event, session, shown
        self.zone = zone or event.circuit.zone
        super().__init__(
            data,
            prefix=prefix,
            instance=self._draft(),
            empty_permitted=shown is None,
            use_required_attribute=False,
        )
        self._show_time()
        for field in self.fields.values():
            field.help_text = ""  # the page explains them once
            field.widget.attrs["autocomplete"] = "off"

    def _draft(self):
        draft = DraftSession(event=self.event, session=self.session)
        if self.shown is not None:
            for name in releases.COPIED:
                setattr(draft, name, getattr(self.shown, name))
        return draft

    def _show_time(self):
        line = self.instance
        start = line.start and zones.local(line.start, self.zone)
        day = start.date() if start else line.day
        self.initial |= {"day": day, "time": start.time() if start else None}
        if line.precision == DAY_ONLY:
            self.initial["precision"] = CONFIRMED
        day = day or self.event.first_day
        self.fields["time"].widget.zone_name = clocks.zone_on(day, self.zone)

    # Reading

    def clean(self):
        cleaned = super().clean()
        day, time = cleaned.get("day"), cleaned.get("time")
        self.instance.start = None
        if time and not day and "day" not in self.errors:
            self.add_error("day", _("Give the day of this time as well."))
        elif time and day:
            self._read_time(day, time)
        cleaned["precision"] = cleaned.get("precision") if time else DAY_ONLY
        if self.instance.start:
            cleaned["day"] = None
        return cleaned

    def _read_time(self, day, time):
        lines = [line for line in (self.shown, self.session) if line]
        try:
            self.instance.start = clocks.moment(
                day, time, self.zone, [line.start for line in lines]
            )
        except FormatError as error:
            self.add_error("time", str(error))

    # For the page

    @property
    def boxes(self):
        return [self[name] for name in self.fields if name not in FOLDED]

    @property
    def folded(self):
        return [self[name] for name in FOLDED]

    @property
    def faulty(self):
        """The boxes that something is wrong with."""
        return [self[name] for name in self.fields if name in self.errors]

    @property
    def has_faulty_notes(self):
        return any(name in self.errors for name in FOLDED)

    @property
    def has_notes(self):
        return any(self[name].value() for name in ("note_sv", "note_en"))


class Row:
    """A row of the form: a session, a new one that is drafted, or an empty one."""

    def __init__(self, event, data, prefix, *, session=None, draft=None):
        self.session, self.draft, self.prefix = session, draft, prefix
        # A row that the page did not have says nothing.
        is_posted = data is not None and any(
            f"{prefix}-{name}" in data for name in LineForm.base_fields
        )
        self.form = LineForm(
            data if is_posted else None,
            event=event,
            shown=draft or session,
            session=session,
            prefix=prefix,
        )
        self.delete = f"{prefix}-DELETE"
        self.is_leaving = (
            is_posted and self.may_be_deleted and bool(data.get(self.delete))
        )

    @property
    def line(self):
        """What the row says so far, or None for an empty one."""
        return self.draft or self.session

    @property
    def name(self):
        return self.line.name if self.line else _("New session")

    @property
    def is_new(self):
        """Whether the public has not heard of the session."""
        return self.session is None

    @property
    def may_be_deleted(self):
        return self.draft is not None and self.session is None

    @property
    def is_outside(self):
        """Whether it stands on none of the weekend's days, which may have moved."""
        day = self.form.initial["day"]
        return bool(self.line and day and not self.form.event.holds(day))

    # Saving

    @property
    def is_touched(self):
        return self.form.is_bound and (self.is_leaving or self.form.has_changed())

    @cached_property
    def is_valid(self):
        return not self.is_touched or self.is_leaving or self.form.is_valid()

    def save(self) -> bool:
        """Keep what was typed as the draft; whether that changed anything."""
        if not self.is_touched:
            return self._forget() if self._is_idle(self.draft) else False
        if self.is_leaving or self._is_idle(self.form.instance):
            return self._forget()
        keep_as_draft(
            self.form.instance,
            event=self.form.event,
            session=self.session,
            draft=self.draft,
        )
        return True

    def _is_idle(self, draft):
        """Whether a draft says no more than what is published."""
        return draft is not None and releases.is_same(self.session, draft)

    def _forget(self):
        if self.draft:
            self.draft.delete()
        return self.draft is not None


def keep_as_draft(
    line: TimetableLine,
    *,
    event: Event,
    session: Session | None = None,
    draft: DraftSession | None = None,
):
    """Let what a line says be the draft of a session, or of a new one.

    It takes the place of the draft there is, also of one for another weekend.
    """
    if session and not draft:
        draft = DraftSession.objects.filter(session=session).first()
    draft = draft or DraftSession()
    draft.event, draft.session = event, session
    for name in releases.COPIED:
        setattr(draft, name, getattr(line, name))
    draft.save()


class Lines:
    """All rows of a weekend's timetable, in its order, with empty ones at the end."""

    def __init__(self, event: Event, data=None):
        self.event = event
        zone = event.circuit.zone
        sessions = {session.pk: session for session in event.sessions.order_by("pk")}
        self.drafts = releases.drafts_of(event)
        by_session = {draft.session_id: draft for draft in self.drafts}
        rows = [
            Row(event, data, f"session-{key}", session=s, draft=by_session.get(key))
            for key, s in sessions.items()
        ]
        rows += [
            Row(event, data, f"draft-{draft.pk}", draft=draft)
            for draft in self.drafts
            if draft.session_id is None
        ]
        place = {
            id(line): n
            for n, line in enumerate(releases.in_order([r.line for r in rows], zone))
        }
        self.stored = sorted(rows, key=lambda row: place[id(row.line)])
        count = self._count(data)
        self.has_too_many = count > MOST_ROWS
        self.count = min(count, MOST_ROWS)
        self.added = [Row(event, data, f"{NEW}-{n}") for n in range(self.count)]
        self.rows = [*self.stored, *self.added]

    def _count(self, data):
        """How many rows for new sessions there are."""
        if data is None:
            return EMPTY_ROWS if self.stored else EMPTY_ROWS_AT_FIRST
        typed = data.get(COUNT, "")
        return int(typed) if is_key(typed) else 0

    @cached_property
    def pattern(self):
        """The row that a script makes further ones of."""
        return Row(self.event, None, f"{NEW}-{TEMPLATE_OF_ROWS}")

    @property
    def columns(self):
        return self.pattern.form.boxes

    @property
    def width(self):
        """How many columns the table has, with the notes."""
        return len(self.columns) + 1

    @property
    def faulty(self):
        return [row for row in self.rows if not row.is_valid]

    @property
    def is_valid(self):
        return not self.faulty and not self.has_too_many

    def save(self) -> int:
        """Keep the draft; how many rows of it are other ones now."""
        return sum(row.save() for row in self.rows)
