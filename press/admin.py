"""The admin of the press office."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from press.models import Contact
from racing.adminsite import SOURCE, RecordAdmin


@admin.register(Contact)
class ContactAdmin(RecordAdmin):
    list_display = ["name", "role", "team", "phone", "email", "order"]
    list_filter = ["team"]
    list_select_related = ["team"]
    search_fields = ["name", "role_sv", "role_en", "phone", "email", "team__name"]
    autocomplete_fields = ["team"]
    fieldsets = [
        (None, {"fields": ["team", "name", ("role_sv", "role_en"), "order"]}),
        (gettext_lazy("How to reach them"), {"fields": [("phone", "email"), "url"]}),
        SOURCE,
    ]

    @admin.display(description=gettext_lazy("role"), ordering="role_sv")
    def role(self, contact):
        return contact.role
