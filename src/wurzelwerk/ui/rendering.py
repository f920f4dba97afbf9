"""The one way to answer with a page: builds the context once, renders the page or one block of it."""

from collections.abc import Mapping
from typing import Any

import jinja2
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.utils.html import format_html
from django.utils.safestring import SafeString

from wurzelwerk.ui.page import Page
from wurzelwerk.ui.page_scope import answering

TOASTS_TEMPLATE = "ui/toasts_partial.html"


def environment() -> jinja2.Environment:
    """Return the Jinja2 environment of the settings."""
    env: jinja2.Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    return env


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Return what every page has beside its own context; also the context processor of sign-in pages."""
    return {"user": getattr(request, "user", None), "page": Page(request)}


def _context(request: HttpRequest, context: Mapping[str, Any] | None) -> dict[str, Any]:
    token = get_token(request)
    return {
        **page_context(request),
        "request": request,
        "csrf_token": token,
        "csrf_input": format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token),
        **(context or {}),
    }


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    block: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with the page, or with one ``block`` of it (and waiting toasts) when htmx asks.

    Raises ``KeyError`` when the template has no such block.
    """
    values = _context(request, context)
    with answering(request):
        if block is not None and request.headers.get("HX-Request") == "true":
            html = render_block(template, block, values) + environment().get_template(TOASTS_TEMPLATE).render(values)
        else:
            html = environment().get_template(template).render(values)
    return HttpResponse(html, status=status, headers={"Cache-Control": "private, no-store"})


def render_block(template_name: str, block: str, values: Mapping[str, Any]) -> str:
    """Return one block of a page rendered alone.

    The top of the template runs first, so that its imports and assignments hold inside the block;
    it stops at the first piece of output.
    """
    template = environment().get_template(template_name)
    context = template.new_context(dict(values))
    top = template.root_render_func(context)
    next(iter(top), None)
    if block not in context.blocks:
        raise KeyError(f"{template_name} has no block {block!r}")
    try:
        return "".join(context.blocks[block][0](context))
    except Exception:  # noqa: BLE001 - raised again, with the place in the template
        environment().handle_exception()


def render_text(template: str, context: Mapping[str, Any] | None = None) -> SafeString:
    """Return a text without a request, for mail and files, in the active language."""
    return SafeString(environment().get_template(template).render(dict(context or {})))
