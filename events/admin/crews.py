"""Forms for the entries of a weekend: a car, and its crew in the order of the list."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms.models import BaseInlineFormSet
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drivers.models import Driver
from events.admin.links import is_leaving
from events.models import Entry, EntryDriver
from racing.adminsite import SearchSelect

PLACES = 8
PLACE_NAMES = [f"driver_{number}" for number in range(1, PLACES + 1)]


def place(number):
    return forms.ModelChoiceField(
        Driver.objects.all(),
        label=format_lazy("{} {}", gettext_lazy("Driver"), number),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("There is no such driver.")},
    )


class EntryForm(forms.ModelForm):
    """An entry with its crew: one field a place, saved as rows in that order.

    A crew of more than there are places keeps the rest of its drivers behind them.
    """

    driver_1 = place(1)
    driver_2 = place(2)
    driver_3 = place(3)
    driver_4 = place(4)
    driver_5 = place(5)
    driver_6 = place(6)
    driver_7 = place(7)
    driver_8 = place(8)

    def __init__(self, *args, weekend=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.weekend = weekend
        crew = self._crew()
        self.rest = [member.driver_id for member in crew[PLACES:]]
        for name, member in zip(PLACE_NAMES, crew, strict=False):
            self.initial[name] = member.driver_id
        for name in PLACE_NAMES:
            if name in self.fields:
                self.fields[name].widget = driver_widget(self.fields[name])

    def _crew(self):
        """The crew in order: as stored, or as an editor saw it."""
        if not self.instance.pk:
            return []
        seen = getattr(self.instance, "seen_crew", None)
        crew = self.instance.crew.all() if seen is None else seen
        return sorted(crew, key=lambda member: (member.order, member.pk))

    def clean_number(self):
        return self.cleaned_data["number"].removeprefix("#").strip().upper()

    def clean(self):
        cleaned = super().clean()
        self._check_crew(cleaned)
        event, number = self.weekend or cleaned.get("event"), cleaned.get("number")
        if number and event and event.pk:
            others = Entry.objects.filter(event=event, number=number)
            if others.exclude(pk=self.instance.pk).exists():
                self.add_error("number", number_taken())
        return cleaned

    def _check_crew(self, cleaned):
        crew = {}
        for name in PLACE_NAMES:
            driver = cleaned.get(name)
            if driver is None:
                continue
            if driver.pk in crew or driver.pk in self.rest:
                self.add_error(name, _("This driver is in the crew already."))
            crew[driver.pk] = driver
        self.crew = list(crew)
        if not crew and not self.errors.keys() & set(PLACE_NAMES):
            self.add_error("driver_1", _("A crew needs at least one driver."))

    def _save_m2m(self):
        super()._save_m2m()
        members = {member.driver_id: member for member in self.instance.crew.all()}
        for order, driver in enumerate([*self.crew, *self.rest], start=1):
            member = members.pop(driver, None)
            if member is None:
                member = EntryDriver(entry=self.instance, driver_id=driver, order=0)
            if member.order != order:
                member.order = order
                member.save()
        for member in members.values():
            member.delete()


def driver_widget(field):
    """Choosing a driver by searching, or adding one without leaving the page."""
    column = EntryDriver._meta.get_field("driver")
    select = SearchSelect(column, admin.site)
    select.is_required = False
    widget = RelatedFieldWidgetWrapper(
        select, column.remote_field, admin.site, can_add_related=True
    )
    select.choices = field.choices
    return widget


def crew_in_words(entry):
    """``Andreas Bäckman, Jessica Bäckman``; the crew is fetched already."""
    return ", ".join(str(member) for member in entry.crew.all())


def number_taken():
    return _("Another entry of this weekend has that start number.")


class EntryFormSet(BaseInlineFormSet):
    """The entries of one weekend."""

    def get_form_kwargs(self, index):
        return super().get_form_kwargs(index) | {"weekend": self.instance}

    def clean(self):
        super().clean()
        numbers = set()
        for form in self.forms:
            number = getattr(form, "cleaned_data", {}).get("number")
            if number and not is_leaving(form):
                if number in numbers:
                    form.add_error("number", number_taken())
                numbers.add(number)
