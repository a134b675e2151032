"""Whom and what a photo shows, chosen on the photo's own page.

The lists themselves belong to drivers, cars, race weekends and teams: this is their
other end.
"""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy

from drivers.models import Driver
from events.models import Event
from press import alttexts
from racing.adminsite import is_key
from racing.adminsite.options import KeysField, SearchSelectMultiple
from racing.models import Car, Photo, Team

# The name of a list, as the photo has it, and what is in it.
TAGGED = {"drivers": Driver, "cars": Car, "events": Event, "teams": Team}
LABELS = {
    "drivers": gettext_lazy("Drivers"),
    "cars": gettext_lazy("Cars"),
    "events": gettext_lazy("Race weekends"),
    "teams": gettext_lazy("Teams"),
}
MOST = 100  # of one kind, as the page asks for a suggestion


class TagsSelect(SearchSelectMultiple):
    """Several of one kind, searched for by their names."""

    def __init__(self, name: str):
        model = TAGGED[name]
        # Django's search asks for a key that points to the model: the list's own.
        key = model.photos.through._meta.get_field(model._meta.model_name)
        super().__init__(key, admin.site)

    def build_attrs(self, *args, **kwargs):
        # Its button to take all away would stand in the list as what is no item.
        return super().build_attrs(*args, **kwargs) | {"data-allow-clear": "false"}


def tags_field(name: str) -> KeysField:
    """A box for one of the lists."""
    rows = TAGGED[name]._default_manager.all()
    return KeysField(queryset=rows, label=LABELS[name], required=False)


class TagsForm(forms.Form):
    """The four lists as boxes of a form."""

    drivers = tags_field("drivers")
    cars = tags_field("cars")
    events = tags_field("events")
    teams = tags_field("teams")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Made here, so that the search speaks the language of whoever asks.
        for name in TAGGED.keys() & self.fields.keys():
            field = self.fields[name]
            field.widget = TagsSelect(name)
            field.widget.choices = field.choices

    def tags(self) -> dict:
        """What is chosen, by the name of the list."""
        return {name: self.cleaned_data.get(name, ()) for name in TAGGED}


def keys_of(photo: Photo) -> dict[str, list[int]]:
    """The keys in the lists of a photo, by the name of the list: four queries."""
    return {
        name: sorted(getattr(photo, name).values_list("pk", flat=True))
        for name in TAGGED
    }


def asked_for(query) -> alttexts.Tags:
    """Tags of a question such as ``drivers=1&drivers=2&place=…``, without what is none."""
    taken_on = forms.DateField(required=False)
    try:
        day = taken_on.clean(query.get("taken_on", ""))
    except forms.ValidationError:
        day = None
    events = _chosen(query, Event.objects.with_place(), "events")
    return alttexts.Tags(
        drivers=_chosen(query, Driver.objects, "drivers").in_order(),
        cars=_chosen(query, Car.objects, "cars"),
        events=events,
        teams=_chosen(query, Team.objects, "teams"),
        entries=alttexts.entries_of(events),
        place=query.get("place", "").strip(),
        taken_on=day,
    )


def _chosen(query, rows, name):
    keys = [key for key in query.getlist(name)[:MOST] if is_key(key)]
    return rows.filter(pk__in=keys)
