"""What editors are told of a drafted timetable: what it changes, and who else drafts."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events import releases
from events.admin import clocks
from events.admin.lines import COUNT, NEW, LineForm, Lines
from events.models import DraftSession, Event, Session
from racing import dates, zones
from racing.adminsite import concurrency, is_key
from racing.adminsite.changes import NOTHING, Change, InWords, Part, in_short, news
from racing.formats import FormatError
from racing.forms import DurationField

ZONE = "zone"
# What changes without a word to the public.
QUIET = ("note_sv", "note_en", "order", "source")


# What differs


@dataclass(frozen=True)
class Told:
    """A session with what publishing changes of it.

    `sentences` the public will read, `quiet` it will not.
    """

    name: str
    is_new: bool
    sentences: list[str]
    quiet: list[Change]


def told(event: Event, drafts: list[DraftSession]) -> list[Told]:
    """What publishing would change, in the order of the timetable to be."""
    words = LineWords(event)
    return [
        Told(
            name=item.line.name,
            is_new=item.is_new,
            sentences=item.sentences(event.circuit.zone),
            quiet=[] if item.is_new else list(_quiet(item, words)),
        )
        for item in releases.differences(drafts)
    ]


def _quiet(difference, words):
    """What changes unsaid, with the name that readers of the other language see."""
    other = "name_en" if (get_language() or "sv").startswith("sv") else "name_sv"
    lines = (difference.line.session, difference.line)
    for name in (other, *QUIET):
        field = DraftSession._meta.get_field(name)
        old, new = (words.value_in_words(line, field) for line in lines)
        if old != new:
            yield Change(capfirst(field.verbose_name), *in_short(old, new))


def state(event: Event, sessions, drafts: list[DraftSession]) -> list:
    """What is drafted and what is published, as JSON can tell it."""
    rows = [("session", session.pk, session) for session in sessions]
    rows += [("draft", draft.session_id or 0, draft) for draft in drafts]
    about = [event.circuit.time_zone, event.status]
    days = [str(day) for day in (event.first_day, event.last_day)]
    return [*about, *days] + [
        [kind, key, *(str(getattr(line, name)) for name in releases.COPIED)]
        for kind, key, line in rows
    ]


# The timetable on the page of its weekend


@dataclass(frozen=True)
class Shown:
    """A session as it is published, or a new one that is drafted."""

    line: Session | DraftSession
    when: str
    draft: DraftSession | None

    @property
    def is_published(self):
        return isinstance(self.line, Session)

    @property
    def length(self):
        minutes = self.line.length_minutes
        return dates.duration(minutes) if minutes else NOTHING


def overview(event: Event) -> list[Shown]:
    """What is published, and the new sessions that are drafted: two queries."""
    zone, drafts = event.circuit.zone, releases.drafts_of(event)
    by_session = {draft.session_id: draft for draft in drafts}
    new = [draft for draft in drafts if draft.session_id is None]
    return [
        Shown(
            line,
            clocks.when_in_words(line, zone) or _("to be announced"),
            line if isinstance(line, DraftSession) else by_session.get(line.pk),
        )
        for line in releases.in_order([*event.sessions.order_by("pk"), *new], zone)
    ]


# Two editors


class LineWords(InWords):
    """Lines of a timetable are told by their name and time on the circuit's clock."""

    typed_as = {"length_minutes": DurationField}

    def __init__(self, event: Event):
        self.event = event

    def zone_of(self, record):
        return self.event.circuit.zone

    def label(self, record):
        return clocks.session_label(record.instance, self.zone_of(record))

    def tells(self, field):
        return field.name in releases.COPIED


def parts(event: Event) -> tuple[Part, Part]:
    """The published sessions and the drafts, as parts of the page."""
    words = LineWords(event)
    return (
        Part("session", Session, "event", words),
        Part("draft", DraftSession, "event", words),
    )


def version(event: Event) -> str:
    return concurrency.version(parts(event), event.pk, {ZONE: event.circuit.time_zone})


def told_since(event: Event, seen: dict) -> list[str]:
    """What others did since the posted page was opened, in sentences."""
    if not seen:
        return concurrency.sentences_on_no_version()
    found = [
        item
        for part in parts(event)
        for item in news(part, event.pk, concurrency.number_in(seen, part.name))
    ]
    others = []
    if seen.get(ZONE) != event.circuit.time_zone:
        values = {"now": event.circuit.time_zone, "before": seen.get(ZONE, "–")}
        others.append(zone_in_words(**values))
    return concurrency.sentences(found, others)


def zone_in_words(*, before, now) -> str:
    sentence = _(
        "The times on this page are now read in the zone %(now)s; before it was "
        "%(before)s."
    )
    return sentence % {"now": now, "before": before}


def merged(data, event: Event, seen: dict):
    """The posted data, with what is stored now in every box left as it was opened.

    A row that is gone comes back as a new one where something was typed into it.
    """
    data = data.copy()
    as_seen = _forms_as_seen(data, event, seen)
    for row in Lines(event).stored:
        seen_form = as_seen.pop(row.prefix, None)
        if _is_posted(row.prefix, data):
            form = seen_form or _form(row.prefix, row.line, data, event)
            concurrency.carry_over(data, form, row.form)
        else:
            concurrency.fill(data, row.form)
    for form in as_seen.values():
        if form.changed_data:
            _bring_back(data, form)
    return data


def _forms_as_seen(data, event, seen):
    """{prefix: form} of the posted rows, as the editor got them."""
    sessions, drafts = (
        {
            key: entry.instance
            for key, entry in part.as_of(
                event.pk, concurrency.number_in(seen, part.name)
            ).items()
            if entry.history_type != "-"
        }
        for part in parts(event)
    )
    by_session = {draft.session_id: draft for draft in drafts.values()}
    shown = {f"session-{key}": by_session.get(key, s) for key, s in sessions.items()}
    shown |= {
        f"draft-{key}": draft
        for key, draft in drafts.items()
        if draft.session_id is None
    }
    zone = _zone_as_seen(event, seen)
    return {
        prefix: _form(prefix, line, data, event, zone)
        for prefix, line in shown.items()
        if _is_posted(prefix, data)
    }


def _form(prefix, line, data, event, zone=None):
    return LineForm(data, event=event, shown=line, zone=zone, prefix=prefix)


def _is_posted(prefix, data):
    return any(f"{prefix}-{name}" in data for name in LineForm.base_fields)


def _zone_as_seen(event, seen):
    try:
        return zones.zone(seen.get(ZONE, ""))
    except FormatError:
        return event.circuit.zone


def _bring_back(data, form):
    count = int(data[COUNT]) if is_key(data.get(COUNT, "")) else 0
    for name in form.fields:
        values = data.getlist(form.add_prefix(name))
        data.setlist(f"{NEW}-{count}-{name}", values)
    data[COUNT] = str(count + 1)
