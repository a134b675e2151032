"""The pages of a record in the admin: its form, its history, its deletion."""

from datetime import date
from itertools import pairwise

from django.contrib.admin import helpers
from django.contrib.admin.utils import NestedObjects, quote, unquote
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db import models, router
from django.forms import Script
from django.http import Http404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.admin import SimpleHistoryAdmin

from racing import formats
from racing.adminsite.changes import history_of_rows
from racing.adminsite.editors import TellsFromHistory
from racing.adminsite.options import RecordOptions, is_key

MOST_ROW_NEWS = 200
# The last part of every form, and folded away where the form is long.
SOURCE = (gettext_lazy("Source"), {"fields": ["source"]})
FOLDED_SOURCE = (SOURCE[0], SOURCE[1] | {"classes": ["collapse"]})


def is_loose(relation):
    """Whether a relation from another model would only be forgotten on deletion."""
    if not relation.auto_created or relation.concrete:
        return False
    if relation.many_to_many:
        return relation.through._meta.auto_created
    return relation.on_delete is models.SET_NULL


class SlugFromName:
    """A form whose address is made from the name where it is left empty."""

    slug_from = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self):
        cleaned = super().clean()
        if "slug" in self.fields and "slug" not in self.errors and not cleaned["slug"]:
            cleaned["slug"] = self.slug_from_name(cleaned)
            if not cleaned["slug"]:
                self.add_error("slug", _("Write an address of letters and digits."))
        return cleaned

    def slug_from_name(self, cleaned):
        """The named fields one after the other, of a date its year unless it is there."""
        text = ""
        for name in self.slug_from:
            value = cleaned.get(name) or ""
            word = str(value.year if isinstance(value, date) else value)
            text += f" {word}" if word not in text else ""
        return formats.slug(text)[: self.fields["slug"].max_length].strip("-")


class RecordAdmin(TellsFromHistory, RecordOptions, SimpleHistoryAdmin):
    """The pages of one model; every model has one."""

    list_per_page = 50
    list_prefetch_related = ()
    history_list_per_page = 50
    # Whether the first page of the admin lists the model: not what is edited with
    # something else.
    in_index = True
    # Whether it is deleted with what it belongs to, and never by itself.
    goes_with_owner = False

    class Media:
        js = [Script("racing/js/admin-names.js", type="module")]

    def get_model_perms(self, request):
        return super().get_model_perms(request) if self.in_index else {}

    def history_form_view_title(self, request, obj):
        return _("%(name)s as it was") % {"name": obj}

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        if related := self.list_prefetch_related:
            changelist.result_list = changelist.result_list.prefetch_related(*related)
        return changelist

    def view_on_site(self, obj):
        """Where the public reads about it, without a detour."""
        return obj.get_absolute_url()

    def get_view_on_site_url(self, obj=None):
        if obj is None or not hasattr(obj, "get_absolute_url"):
            return None
        return super().get_view_on_site_url(obj)

    # What an address may ask for

    def get_changeform_initial_data(self, request):
        """Values from the address, without keys that are none."""
        initial = super().get_changeform_initial_data(request)
        return {name: v for name, v in initial.items() if self._may_begin_with(name, v)}

    def _may_begin_with(self, name, value):
        relations = {f.name for f in self.opts.get_fields() if f.is_relation}
        values = value if isinstance(value, list) else [value]
        return name not in relations or all(map(is_key, values))

    def response_action(self, request, queryset):
        """Django would answer a chosen row that is no key with an error of its own."""
        data = request.POST.copy()
        chosen = data.getlist(helpers.ACTION_CHECKBOX_NAME)
        data.setlist(
            helpers.ACTION_CHECKBOX_NAME, [key for key in chosen if is_key(key)]
        )
        request.POST = data
        return super().response_action(request, queryset)

    # Addresses from names

    def get_form(self, request, obj=None, **kwargs):
        if source := self.get_slug_source():
            form = kwargs.pop("form", self.form)
            attributes = {"slug_from": source}
            kwargs["form"] = type(form)("RecordForm", (SlugFromName, form), attributes)
        return super().get_form(request, obj, **kwargs)

    def get_slug_source(self):
        return self.prepopulated_fields.get("slug", ())

    # Deleting what others use

    def get_deleted_objects(self, objs, request):
        """Refuse what others point to, also where they would only lose the pointer."""
        gone, counts, lacking, _protected = super().get_deleted_objects(objs, request)
        collector = NestedObjects(using=router.db_for_write(self.model))
        collector.collect(objs)
        uses = [*collector.protected, *self._loose_uses(objs)]
        lacking = lacking - set(self._going_along(request, collector.model_objs))
        return gone, counts, lacking, list(self._list_of_uses(uses))

    def _going_along(self, request, models_gone):
        """Names of kinds that nobody deletes by themselves, but that go with this."""
        for model in set(models_gone) - {self.model}:
            page = self.admin_site._registry.get(model)
            name = get_permission_codename("delete", model._meta)
            permission = f"{model._meta.app_label}.{name}"
            if getattr(page, "goes_with_owner", False) and request.user.has_perm(
                permission
            ):
                yield model._meta.verbose_name

    def as_use(self, obj):
        """What a record is called in the list of uses of another."""
        return str(obj)

    def _loose_uses(self, objs):
        for relation in self.opts.get_fields(include_hidden=True):
            if is_loose(relation):
                pointing = {f"{relation.field.name}__in": objs}
                users = relation.related_model.objects.filter(**pointing).distinct()
                if relation.related_model is self.model:
                    users = users.exclude(pk__in=[obj.pk for obj in objs])
                yield from users

    def _list_of_uses(self, uses):
        """A link to each, kind by kind, in as many queries for one as for many."""
        by_kind = {}
        for use in uses:
            by_kind.setdefault(type(use), []).append(use)
        for model, users in by_kind.items():
            page = self.admin_site.get_model_admin(model)
            models.prefetch_related_objects(users, *page.list_select_related or ())
            for user in sorted(users, key=page.as_use):
                yield self._link_to(user, page.as_use(user))

    def _link_to(self, obj, text):
        name = f"{obj._meta.app_label}_{obj._meta.model_name}_change"
        address = reverse(f"{self.admin_site.name}:{name}", args=[quote(obj.pk)])
        kind = capfirst(obj._meta.verbose_name)
        return format_html('{}: <a href="{}">{}</a>', kind, address, text)

    # History

    def history_view(self, request, object_id, extra_context=None):
        key = unquote(object_id)
        if not is_key(key):
            raise Http404
        context = {"row_news": self._row_news(request, key)} | (extra_context or {})
        return super().history_view(request, object_id, context)

    def _row_news(self, request, key):
        """What happened to the rows of the page, the last first."""
        found = []
        for part in self.all_parts(request, None):
            if part.path != "id":
                found += history_of_rows(part, key, MOST_ROW_NEWS)
        found.sort(key=lambda item: item.record.history_date, reverse=True)
        return found[:MOST_ROW_NEWS]

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        if not (is_key(object_id) and is_key(version_id)):
            raise Http404
        # Whoever may only look may look at what was, and brings nothing back.
        if request.method == "POST" and not self.has_change_permission(request):
            raise PermissionDenied
        return super().history_form_view(request, object_id, version_id, extra_context)

    def set_history_delta_changes(self, request, historical_records, **kwargs):
        records = list(historical_records)
        for new, old in pairwise(records):
            new.history_delta_changes = self.changes(old, new)
