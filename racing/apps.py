from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RacingConfig(AppConfig):
    name = "racing"
    verbose_name = _("Racing")

    def ready(self):
        # Models can be imported only when all of them are there.
        from racing.permissions import after_migrate  # noqa: PLC0415

        post_migrate.connect(
            after_migrate, sender=self, dispatch_uid="press officers' permissions"
        )


class AdminConfig(admin_apps.AdminConfig):
    """The admin with the project's own site."""

    default = False  # not the configuration of this app, but of Django's admin
    default_site = "racing.adminsite.site.Site"
