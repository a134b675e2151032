"""Pages of the admin that tell the second of two editors about the first."""

from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from racing.adminsite import concurrency
from racing.adminsite.changes import news, when, who
from racing.adminsite.options import is_key


class ToldOfConflict:
    """A form that is not valid, because others saved while it was filled in."""

    conflict = ()

    def clean(self):
        cleaned = super().clean()
        self.add_error(None, ValidationError(list(self.conflict)))
        return cleaned


class TellsOfOthers:
    """A page of the admin that saves nothing when others saved since it was opened.

    A kind of it gives `get_version(request, obj)`, the state of what the page shows as
    the value of a hidden field, and `get_conflict(request, obj)`, sentences on what
    others did since that state was posted. What it has to tell stands on the request.
    """

    def get_form(self, request, obj=None, **kwargs):
        if conflict := getattr(request, "conflict", None):
            told = kwargs.pop("form", self.form)
            attributes = {"conflict": conflict}
            kwargs["form"] = type(told)("ToldForm", (ToldOfConflict, told), attributes)
        return super().get_form(request, obj, **kwargs)

    def _changeform_view(self, request, object_id, form_url, extra_context):
        if request.method == "POST" and object_id is not None:
            object_id = self._look_for_conflict(request, object_id)
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def _look_for_conflict(self, request, object_id):
        """What to save: the record, or None for a new one in the place of one gone."""
        key = unquote(object_id)
        if not is_key(key):
            return object_id
        # Whoever saves the same at the same time waits here for the first.
        self.model.objects.select_for_update().filter(pk=key).first()
        obj = self.get_object(request, key)
        if obj is None:
            return self.enter_anew(request, object_id)
        if self.has_change_permission(request, obj):
            request.conflict = self.get_conflict(request, obj)
            if request.conflict:
                request.POST = self.merged(request, obj)
        return object_id

    def merged(self, request, obj):
        """What the page shows of the posted data after a conflict."""
        return request.POST

    def enter_anew(self, request, object_id):
        """What to save where the record is gone."""
        return object_id

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context["version"] = self.get_version(request, obj)
        elif deleted := getattr(request, "deleted", None):
            context["version"] = concurrency.version_of_deleted(deleted)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


class TellsFromHistory(TellsOfOthers):
    """Tells from the history of the record, of the rows and of the lists on its page."""

    def all_parts(self, request, obj):
        inlines = self.get_inline_instances(request, obj)
        return [part for options in (self, *inlines) for part in options.parts()]

    def lists(self, obj) -> dict[str, list[int]]:
        """The keys in the lists of the record, whose history is not kept."""
        return {
            field.name: sorted(getattr(obj, field.name).values_list("pk", flat=True))
            for field in self.opts.many_to_many
            if field.remote_field.through._meta.auto_created
        }

    def state(self, obj) -> dict[str, str]:
        """What the page shows besides that which has a history."""
        lists = self.lists(obj)
        return {name: " ".join(map(str, keys)) for name, keys in lists.items()}

    def state_in_words(self, name, before, now) -> str:
        """What to tell when a part of `state` is not what it was."""
        field = self.opts.get_field(name)
        return _("%(list)s: the selection was changed") % {
            "list": capfirst(field.verbose_name)
        }

    def get_version(self, request, obj):
        parts = self.all_parts(request, obj)
        return concurrency.version(parts, obj.pk, self.state(obj))

    def get_conflict(self, request, obj):
        seen = concurrency.seen_in(request.POST)
        if not seen:
            return concurrency.sentences_on_no_version()
        found = [
            item
            for part in self.all_parts(request, obj)
            for item in news(part, obj.pk, concurrency.number_in(seen, part.name))
        ]
        others = [
            self.state_in_words(name, seen.get(name, ""), now)
            for name, now in self.state(obj).items()
            if now != seen.get(name, "")
        ]
        return concurrency.sentences(found, others)

    def merged(self, request, obj):
        """The posted data, with what is stored now where the editor typed nothing."""
        data = request.POST.copy()
        seen = concurrency.seen_in(data)
        fields = flatten_fieldsets(self.get_fieldsets(request, obj))
        make = self.get_form(request, obj, change=True, fields=fields)
        before = concurrency.rows_as_seen(self, obj.pk, seen).get(obj.pk, obj)
        lists = {name: seen[name].split() for name in self.lists(obj) if name in seen}
        as_seen = make(data, instance=before, initial=lists)
        concurrency.carry_over(data, as_seen, make(instance=obj))
        formsets, inlines = self._create_formsets(request, obj, change=True)
        for formset, inline in zip(formsets, inlines, strict=True):
            rows = concurrency.rows_as_seen(inline, obj.pk, seen)
            concurrency.Rows(formset, data).put_together(rows)
        return data

    def enter_anew(self, request, object_id):
        """Keep what was typed for a record that is gone, to be entered as a new one."""
        entries = self.model.history.filter(id=unquote(object_id))
        entry = entries.order_by("history_id").last()
        if entry is None or not self.has_add_permission(request):
            return object_id
        seen = concurrency.seen_in(request.POST)
        if concurrency.number_in(seen, concurrency.DELETED) != entry.history_id:
            request.conflict = concurrency.sentences_on_deletion(entry)
        request.deleted = entry
        data = request.POST.copy()
        formsets, _inlines = self._create_formsets(request, self.model(), change=False)
        concurrency.as_new(data, formsets)
        request.POST = data
        return None


class TellsFromLog(TellsOfOthers):
    """Tells from the admin's own log, for what has no history."""

    def _last_entry(self, obj):
        entries = LogEntry.objects.filter(
            content_type=get_content_type_for_model(obj), object_id=obj.pk
        )
        return entries.select_related("user").order_by("pk").last()

    def get_version(self, request, obj):
        entry = self._last_entry(obj)
        return f"log={entry.pk if entry else 0}"

    def get_conflict(self, request, obj):
        entry = self._last_entry(obj)
        seen = concurrency.number_in(concurrency.seen_in(request.POST), "log")
        if entry is None or entry.pk <= seen:
            return []
        sentence = _(
            "%(who)s saved this page on %(when)s, after you had opened it, so nothing "
            "is saved yet. Everything you typed is still here; save again to keep it."
        )
        values = {"who": who(entry.user), "when": when(entry.action_time)}
        return [sentence % values, entry.get_change_message()]
