"""What stands in people's calendars: known by one UID for ever, revised by number."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from racing import clock


class Revised(models.Model):
    """Something that calendars carry, with its revision (RFC 5545, section 3.8.7).

    The UID outlives renaming and moving. `sequence` is raised, and `revised_at` is
    the machine's own time, whenever one of the `calendar_facts` changes. Whoever
    writes past `save()` calls `revise()`.
    """

    calendar_facts = ()  # names of columns; a change of one is a revision

    uid = models.UUIDField(_("UID"), default=uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    revised_at = models.DateTimeField(
        _("revised"), default=clock.machine_now, editable=False
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self._follow_what_is_stored():
            self.revise()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "sequence", "revised_at"}
        super().save(*args, **kwargs)

    def revise(self):
        self.sequence += 1
        self.revised_at = clock.machine_now()

    def _follow_what_is_stored(self):
        """Take over the stored revision; whether what is told differs from it.

        Who brings back an older version makes one more revision, not an older one.
        """
        facts = type(self)._base_manager.filter(pk=self.pk)
        names = ("sequence", "revised_at", *self.calendar_facts)
        stored = facts.values(*names).first() if self.pk else None
        if stored is None:
            return False
        self.sequence, self.revised_at = stored["sequence"], stored["revised_at"]
        return any(getattr(self, name) != stored[name] for name in self.calendar_facts)
