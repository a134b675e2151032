"""Pasting the results of a session: a timing table, what it would change, saving."""

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.classification import (
    STATE,
    StateForm,
    session_or_404,
    state_in_words,
    what_was_saved,
)
from events.admin.decisions import ANSWERS, Panel, moves_of
from events.classification import FREE
from events.imports import results
from events.imports.headings import FIELDS, headed
from events.imports.results import Draft, Reading, Row
from events.models import BEST, OVERALL, Result, Session
from racing.adminsite.pasting import Move, Pasting, Preview, PreviewRow, in_fieldsets
from racing.forms import LongTextField

REASON = "Pasted"
# What somebody needs who saves here, and who enters cars besides.
NEEDED = ["events.add_result", "events.change_result", "events.change_session"]
NEEDED_FOR_RULINGS = "events.add_amendment"
NEEDED_FOR_CARS = ["events.add_entry", "drivers.add_driver"]


class ReadingForm(forms.Form):
    """How the table is to be read, beside what its columns are."""

    positions = forms.ChoiceField(
        label=gettext_lazy("The positions are"),
        choices=BEST,
        initial=OVERALL,
        required=False,
        help_text=gettext_lazy(
            "Overall where they count all cars, in class where every class begins at 1."
        ),
    )
    enters_cars = forms.BooleanField(
        label=gettext_lazy("Also enter the cars that are not on the site yet"),
        required=False,
        help_text=gettext_lazy(
            "With number, class, team and crew. Drivers nobody knows become guests "
            "without a page."
        ),
    )
    source = LongTextField(
        label=gettext_lazy("Source"),
        required=False,
        widget=forms.TextInput,
        max_length=500,
        help_text=gettext_lazy(
            "Where the table is from: an address or a document. Kept with what is "
            "created or changed."
        ),
    )


class ResultsPaste(Pasting):
    """A table pasted for one session."""

    labels = FIELDS
    first_template = "admin/events/paste.html"
    preview_template = "admin/events/paste_preview.html"

    def __init__(self, model_admin, request, session):
        super().__init__(model_admin, request)
        self.session = session
        self.panel = None
        self.may_enter_cars = request.user.has_perms(NEEDED_FOR_CARS)

    # Reading

    def make_forms(self):
        data = self.data if self.comes_from_preview else None
        reading = ReadingForm(data)
        if not self.may_enter_cars:
            del reading.fields["enters_cars"]
        return {"reading": reading}

    def recognise(self, table):
        table = headed(table)
        return table, results.recognised(table, self.session)

    @cached_property
    def reading(self):
        form = self.forms["reading"]
        said = form.cleaned_data if form.is_valid() else {}
        positions = said.get("positions") or OVERALL
        return Reading(
            self.columns,
            positions if results.counts_in_class(self.columns) else OVERALL,
            said.get("enters_cars", False),
            said.get("source", ""),
        )

    def choices(self):
        return [self.reading.positions, self.reading.enters_cars, self.reading.source]

    # What it would do

    def make_draft(self) -> Draft:
        # Whoever saves the same at the same time waits here for the first.
        Session.objects.select_for_update().filter(pk=self.session.pk).first()
        self.session = session_or_404(self.session.pk)
        draft = results.draft(self.session, self.table, self.reading)
        # Whoever pastes results knows what they are: provisional unless told.
        self.forms["state"] = StateForm(
            self.data if self.comes_from_preview else None,
            session=self.session,
            has_results=False,
        )
        decision = self.decision()
        # Nothing is decided yet where nothing can be saved.
        if draft.needs_amendment and (decision or not draft.refusals):
            self.panel = Panel(draft.plan, decision)
        return draft

    def decision(self):
        """What was posted of the decision; nothing where it has not been begun."""
        answers = (f"{Panel.PREFIX}-{name}" for name in ANSWERS)
        is_begun = "save" in self.data or any(map(self.data.get, answers))
        return self.data if is_begun else {}

    def make_preview(self):
        is_known = self.draft.plan is not None
        if is_known:
            rows = [preview_row(row, self.draft) for row in self.draft.rows]
        else:
            rows = [PreviewRow(row.line, row.cells) for row in self.table.rows]
        return Preview(rows, self.draft.faults, is_known=is_known)

    def seen(self):
        return self.draft.fingerprint()

    def context(self):
        return {
            "title": _("Paste results"),
            "subtitle": str(self.session),
            "session": self.session,
            "panel": self.panel,
        }

    def fieldsets(self, *, is_first):
        if is_first:
            return []
        reading, state = self.forms["reading"], self.forms["state"]
        asked = [name for name in reading.fields if name != "positions"]
        if results.counts_in_class(self.columns):
            asked.insert(0, "positions")
        found = [*in_fieldsets(reading, *asked, name=_("How it is read"))]
        if not self.session.is_official:
            found += in_fieldsets(state, STATE, name=_("When it is saved"))
        return found

    # Saving

    def is_complete(self):
        if self.panel and not self.request.user.has_perm(NEEDED_FOR_RULINGS):
            raise PermissionDenied
        # A panel that has not been seen yet shows itself first.
        return self.forms["state"].is_valid() and (
            self.panel is None or self.panel.is_ready
        )

    def save(self):
        amendment = self.panel.form.save(commit=False) if self.panel else None
        said = [what_was_saved(self.draft.plan, 0), *entered_in_words([self.draft])]
        results.save(self.draft, amendment, REASON)
        if amendment:
            said.append(_("The decision is recorded."))
        state = self.forms["state"].cleaned_data[STATE]
        if not self.session.is_official and state != self.session.classification:
            self.session.classification = state
            self.session.save()
            said.append(state_in_words(self.session))
        told = " ".join(said)
        self.model_admin.log_change(self.request, self.session, told)
        self.model_admin.message_user(self.request, told, messages.SUCCESS)
        name = f"{self.model_admin.admin_site.name}:events_session_classification"
        return HttpResponseRedirect(reverse(name, args=[self.session.pk]))


# In words


def preview_row(row: Row, draft: Draft) -> PreviewRow:
    """A row as the preview shows it."""
    entry = row.match.entry
    crew = draft.weekend.crew(entry) if entry else ()
    names = ", ".join(driver.name for driver in crew)
    notes = list(row.match.notes)
    if row.match.is_new:
        told = filter(None, [entry.racing_class, entry.team])
        notes.insert(
            0,
            _("The car is entered: %(car)s.")
            % {"car": ", ".join([str(entry), *map(str, told)])},
        )
    return PreviewRow(
        line=row.line,
        cells=row.cells,
        outcome=row.outcome,
        about=f"{entry} ({names})" if names else str(entry or ""),
        why=row.match.left_out,
        moves=moves(row),
        notes=notes,
    )


def moves(row: Row) -> list[Move]:
    """What becomes of the result of a row, fact by fact."""
    if row.change is None:
        return []
    told = [Move(move.name, move.old, move.new) for move in moves_of(row.change)]
    for difference in row.change.differences:
        if difference.field in FREE:
            name = capfirst(Result._meta.get_field(difference.field).verbose_name)
            told.append(Move(name, difference.old or "", difference.new))
    return told


def entered_in_words(drafts: Sequence[Draft]) -> list[str]:
    """``Entered: #7 and #12.``, ``New guests: Bo Berg.``, once where drafts share them."""
    weekends = {id(draft.weekend): draft.weekend for draft in drafts}
    sites = {id(draft.site): draft.site for draft in drafts}
    cars = [str(entry) for weekend in weekends.values() for entry in weekend.new]
    guests = [guest.name for site in sites.values() for guest in site.guests.values()]
    told = []
    if cars:
        told.append(_("Entered: %(cars)s.") % {"cars": get_text_list(cars, _("and"))})
    if guests:
        names = get_text_list(guests, _("and"))
        told.append(_("New guests: %(drivers)s.") % {"drivers": names})
    return told


# The page


def page(options, request, object_id):
    """The two steps of pasting; everything they say is posted to the same address."""
    if not request.user.has_perms(NEEDED):
        raise PermissionDenied
    session = session_or_404(object_id)
    return ResultsPaste(options, request, session).respond()
