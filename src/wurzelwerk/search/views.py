"""The search page and the answers of the command field."""

from dataclasses import asdict

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from wurzelwerk.kernel.bilingual import speaks_english
from wurzelwerk.search import palette, showing
from wurzelwerk.search.forms import SearchForm
from wurzelwerk.ui import navigation
from wurzelwerk.ui.rendering import render


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what was found: the best of every source, or all of one source in pages."""
    wanted = SearchForm(request.GET).wanted
    shown = showing.results(request.user, **wanted, language=_language())
    pages = Paginator(range(shown.total), showing.PAGE_SIZE).get_page(wanted["page"])
    return render(request, "search/page.html", {"shown": shown, "pages": pages}, block="results")


@require_safe
def commands(request: HttpRequest) -> JsonResponse:
    """Answer the command field with pages, actions and found things."""
    text = SearchForm(request.GET).wanted["text"]
    groups = palette.suggestions(request.user, navigation.entries_for(request), text=text, language=_language())
    response = JsonResponse({"groups": [asdict(group) for group in groups]})
    response["Cache-Control"] = "private, no-store"
    return response


def _language() -> str:
    return "en" if speaks_english() else "de"
