"""Accounts: who may log in."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as AccountAdmin

from racing.adminsite import TellsFromLog
from racing.models import User


@admin.register(User)
class UserAdmin(TellsFromLog, AccountAdmin):
    """Accounts are a matter for superusers, whatever permissions others hold."""

    def has_module_permission(self, request):
        return request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    has_change_permission = has_delete_permission = has_view_permission

    def has_add_permission(self, request):
        return request.user.is_superuser
