"""Form fields and choices, the same on a page of the admin and in its rows."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import _get_foreign_key

from racing import formats
from racing.adminsite.changes import InWords, Part
from racing.forms import DateInput, LongTextField

LARGEST_KEY = 2**63 - 1
MOST_ROWS = 200  # of one kind on one page; nobody enters that many


def is_key(text):
    """Whether a database could hold this as the key of a row."""
    text = str(text)
    return text.isascii() and text.isdigit() and int(text) <= LARGEST_KEY


# Choosing from what there is


class SafeChoices:
    """Choosing by searching, undisturbed by a posted value that is no key."""

    def optgroups(self, name, value, attrs=None):
        return super().optgroups(name, [v for v in value if is_key(v)], attrs)


class SearchSelect(SafeChoices, AutocompleteSelect):
    pass


class SearchSelectMultiple(SafeChoices, AutocompleteSelectMultiple):
    pass


class KeysField(forms.ModelMultipleChoiceField):
    """Several records; keys that no database could hold are refused as well."""

    def clean(self, value):
        for key in value or ():
            if not is_key(key):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"],
                    code="invalid_pk_value",
                    params={"pk": formats.shown(str(key))},
                )
        return super().clean(value)


class RecordOptions(InWords):
    """What a page of the admin and a group of rows on one have in common."""

    formfield_overrides = {
        models.URLField: {"assume_scheme": "https", "widget": forms.URLInput},
        models.DateField: {"widget": DateInput},
        models.TextField: {
            "form_class": LongTextField,
            "widget": forms.Textarea(attrs={"rows": 3}),
        },
    }
    # Whether what a field points to can be changed from here.
    may_change_others = True
    # What the names of the rows are made of, for lists and choices alike.
    list_select_related = ()
    # Fields of the model that are typed in a way of their own: name to TypedField.
    typed_as = {}
    # Rows that are edited through fields of the form: their name, their model and
    # the name of its key to this one.
    beside = ()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if typed := self.typed_as.get(db_field.name):
            return typed.for_column(db_field)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            # Nobody deletes a circuit from the page of a weekend.
            field.widget.can_delete_related = field.widget.can_view_related = False
            field.widget.can_change_related &= self.may_change_others
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("widget", SearchSelectMultiple(db_field, self.admin_site))
        kwargs.setdefault("form_class", KeysField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_field_queryset(self, db, db_field, request):
        """With what the names of the choices are made of, in the same query."""
        other = self.admin_site.get_model_admin(db_field.remote_field.model)
        return other.get_queryset(request)

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        related = self.list_select_related
        return rows.select_related(*related) if related else rows

    def path_to_record(self):
        """How a row of this leads to the record whose page it stands on, or is it."""
        return "id"

    def parts(self) -> list[Part]:
        """The rows that are edited here, first the ones of the model itself."""
        name, path = self.opts.model_name, self.path_to_record()
        return [
            Part(name, self.model, path, self),
            *(
                Part(f"{name}-{beside}", model, f"{owner}__{path}", InWords())
                for beside, model, owner in self.beside
            ),
        ]


# Rows on a page


class RecordRows(RecordOptions, admin.StackedInline):
    """Rows of one model on the page of what they belong to."""

    template = "admin/rows.html"
    extra = 0
    max_num = MOST_ROWS
    may_change_others = False
    show_change_link = True

    def get_formset(self, request, obj=None, **kwargs):
        # Django would make a thousand forms more than the most it allows, which for
        # somebody who may not add any is none: the class knows how many there may be.
        most = type(self).max_num
        return super().get_formset(request, obj, absolute_max=most, **kwargs)

    def path_to_record(self):
        return _get_foreign_key(self.parent_model, self.model, self.fk_name).name
