"""The screen of a driver's or a team's biographies, and its live preview.

Nothing is saved while anything typed is wrong or another editor has saved since the
page was opened, and nothing that was typed is lost.
"""

from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, DELETION
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from press.biographies.resolving import menu
from press.biography_admin.cells import (
    Grid,
    PreviewForm,
    merged,
    part_of,
    preview_of,
    told_since,
)
from racing import clock
from racing.adminsite import concurrency, is_key
from racing.models import LANGUAGES

TEMPLATE = "admin/press/biographies.html"


def address(owner, page="biographies"):
    opts = owner._meta
    name = f"admin:{opts.app_label}_{opts.model_name}_{page}"
    return reverse(name, args=[owner.pk])


def permissions(model, *actions):
    """What somebody needs who does that with biographies."""
    opts = model._meta
    return [f"{opts.app_label}.{action}_{opts.model_name}" for action in actions]


def _owner_or_404(options, object_id):
    return get_object_or_404(options.model, pk=object_id if is_key(object_id) else None)


def _refuse_strangers(options, request):
    may_see = request.user.has_perms(permissions(options.biography_model, "view"))
    if not (may_see and options.has_view_permission(request)):
        raise PermissionDenied


# The screen


def page(options, request, object_id):
    """The texts of an owner; what is posted to them is saved, or comes back."""
    _refuse_strangers(options, request)
    model = options.biography_model
    needed = permissions(model, "add", "change", "delete")
    may_save = request.user.has_perms(needed)
    if request.method != "POST":
        grid = Grid(_owner_or_404(options, object_id), model)
        return _render(options, request, grid, may_save=may_save)
    if not may_save:
        raise PermissionDenied
    with transaction.atomic():
        if is_key(object_id):
            # Whoever saves the same at the same time waits here for the first.
            options.model.objects.select_for_update().filter(pk=object_id).first()
        owner = _owner_or_404(options, object_id)
        grid, conflict = _posted(owner, model, request.POST)
        if not conflict and not grid.faulty:
            _save(options, request, grid)
            is_done = "_save" in request.POST
            to = address(owner, "change" if is_done else "biographies")
            return HttpResponseRedirect(to)
    return _render(options, request, grid, conflict=conflict, may_save=may_save)


def _posted(owner, model, data):
    """The grid with what was typed, and what others did meanwhile, in sentences."""
    seen = concurrency.seen_in(data)
    conflict = told_since(owner, model, seen)
    if conflict:
        data = merged(data, Grid(owner, model), seen)
    return Grid(owner, model, data), conflict


def _save(options, request, grid):
    if actions := grid.save():
        said = what_was_saved(actions)
        options.log_change(request, grid.owner, said)
        options.message_user(request, said, messages.SUCCESS)
    else:
        options.message_user(request, _("Nothing was changed."))


def what_was_saved(actions: list[int]) -> str:
    """``Biographies: 1 new, 2 changed.``"""
    counts = [
        (ADDITION, ngettext("%(count)s new", "%(count)s new", actions.count(ADDITION))),
        (
            CHANGE,
            ngettext("%(count)s changed", "%(count)s changed", actions.count(CHANGE)),
        ),
        (
            DELETION,
            ngettext("%(count)s deleted", "%(count)s deleted", actions.count(DELETION)),
        ),
    ]
    told = [
        text % {"count": actions.count(action)}
        for action, text in counts
        if action in actions
    ]
    return _("Biographies: %(counts)s.") % {"counts": ", ".join(told)}


def _render(options, request, grid, *, may_save, conflict=()):
    owner, model = grid.owner, options.biography_model
    context = options.admin_site.each_context(request) | {
        "is_nav_sidebar_enabled": False,  # two languages side by side need the width
        "title": capfirst(_("biographies")),
        "subtitle": str(owner),
        "opts": options.opts,
        "owner": owner,
        "grid": grid,
        "facts": facts_to_insert(grid.facts),
        "seasons": list(grid.facts.seasons),
        "conflict": conflict,
        "may_save": may_save,
        "today": clock.today().isoformat(),
        "version": concurrency.version([part_of(model)], owner.pk, {}),
        "preview": address(owner, "biographies_preview"),
        "owner_page": address(owner, "change"),
        "history": address(owner, "history"),
        "view_on_site": options.get_view_on_site_url(owner),
    }
    return TemplateResponse(request, TEMPLATE, context)


def facts_to_insert(facts) -> list[dict]:
    """Each token with what it is and what it says now: {language: value}."""
    by_language = {language: menu(facts, language) for language in LANGUAGES}
    return [
        {
            "token": choices[0].token,
            "description": capfirst(choices[0].description),
            "forms": [f"{choices[0].token[:-1]}:{form}}}" for form in choices[0].forms],
            "takes_season": choices[0].takes_season,
            "values": dict(zip(by_language, choices, strict=True)),
        }
        for choices in zip(*by_language.values(), strict=True)
    ]


# The live preview


def preview_page(options, request, object_id):
    """What readers would get of one text and what is wrong with it, as JSON."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    _refuse_strangers(options, request)
    owner = _owner_or_404(options, object_id)
    form = PreviewForm(request.POST)
    if not form.is_valid():
        faults = [sentence for said in form.errors.values() for sentence in said]
        return JsonResponse({"faults": faults}, status=400)
    return JsonResponse(preview_of(owner, options.biography_model, form.cleaned_data))
