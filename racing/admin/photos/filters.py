"""What the list of photos is narrowed down by."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from racing import clock
from racing.admin.photos import rights
from racing.models import INTERNAL


class VisibilityFilter(admin.SimpleListFilter):
    title = gettext_lazy("visibility")
    parameter_name = "shown"

    def lookups(self, request, model_admin):
        return [
            ("download", _("shown and free to download")),
            ("site", _("shown")),
            ("never", _("not shown: internal")),
            ("lacking", _("not shown: words or credit are missing")),
            ("embargo", _("not shown: under embargo")),
            ("over", _("not shown: the rights have ended")),
        ]

    def queryset(self, request, queryset):
        missing = Q(alt_sv="") | Q(alt_en="") | Q(credit="")
        return {
            "download": queryset.downloadable(),
            "site": queryset.publishable(),
            "never": queryset.filter(rights=INTERNAL),
            "lacking": queryset.filter(missing),
            "embargo": queryset.filter(public_from__gt=clock.now()),
            "over": rights.ended(queryset),
        }.get(self.value(), queryset)


class EndFilter(admin.SimpleListFilter):
    """The list stands by the last day where one of these is chosen."""

    title = gettext_lazy("end of the rights")
    parameter_name = "ends"

    def lookups(self, request, model_admin):
        return [
            ("soon", _("ends within 30 days")),
            ("over", _("has ended")),
        ]

    def queryset(self, request, queryset):
        narrow = {"soon": rights.ending_soon, "over": rights.ended}.get(self.value())
        return narrow(queryset) if narrow else queryset


class CreditFilter(admin.AllValuesFieldListFilter):
    """Whom photos thank; some thank nobody so far."""

    def choices(self, changelist):
        for choice in super().choices(changelist):
            yield choice | {"display": choice["display"] or _("nobody")}
