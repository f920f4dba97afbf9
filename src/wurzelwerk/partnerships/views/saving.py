"""Texts that several people save: the answers to a script that saves while one types, and to a plain form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.verdict import Refused
from wurzelwerk.partnerships.actions import VersionConflict
from wurzelwerk.ui import formatting, toasts
from wurzelwerk.ui.rendering import render

CONFLICT, WRONG = 409, 422


def save_text(
    request: HttpRequest, form: forms.Form, *, save: Callable[[dict[str, Any]], Any], names: tuple[str, ...], back: str
) -> HttpResponse:
    """Save what ``form`` holds by ``save`` (which returns the row) and answer; ``names`` are its texts.

    A script gets JSON: the new version, or 409 with the text that is there. Without it the page goes
    ``back``, or shows both versions and keeps what was typed.
    """
    if form.is_valid():
        try:
            row = save(form.cleaned_data)
        except VersionConflict as conflict:
            return _conflict(request, form, conflict.current, names, back)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            return _saved(request, row, back)
    if _is_script(request):
        return JsonResponse({"errors": form.errors.get_json_data()}, status=WRONG)
    return _page(request, form, back, theirs={}, status=WRONG)


def _is_script(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _saved(request: HttpRequest, row: Any, back: str) -> HttpResponse:
    if _is_script(request):
        return JsonResponse({"version": row.version, "saved_at": formatting.time(clock.now())})
    toasts.success(request, _("Saved."))
    return redirect(back)


def _conflict(request: HttpRequest, form: forms.Form, row: Any, names: tuple[str, ...], back: str) -> HttpResponse:
    theirs = {name: getattr(row, name) for name in names}
    if _is_script(request):
        return JsonResponse({"version": row.version, "fields": theirs}, status=CONFLICT)
    mine = {**form.cleaned_data, "version": row.version}
    again = type(form)(initial=mine)
    labelled = {again[name].label: text for name, text in theirs.items()}
    return _page(request, again, back, theirs=labelled, status=CONFLICT)


def _page(request: HttpRequest, form: forms.Form, back: str, *, theirs: dict[Any, str], status: int) -> HttpResponse:
    context = {"form": form, "theirs": theirs, "back": back, "action": request.path}
    return render(request, "partnerships/save_again.html", context, status=status)
