"""The Jinja2 environment: strict about undefined names, escaping, translated, with formats and icons."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.kernel.ids import new_public_id
from wurzelwerk.ui import charts, fields, formatting, icons, markdown, rings
from wurzelwerk.ui.addresses import address
from wurzelwerk.ui.page_scope import csrf_field

EXTENSIONS = ["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"]


def url(name: str, *args: object, **kwargs: object) -> str:
    """Return the address of a named URL."""
    return reverse(name, args=args, kwargs=kwargs) if args or kwargs else address(name)


def said(message: str) -> str:
    """Return ``message`` in the active language; a page says dozens of sentences, each looked up once."""
    return _said(message, get_language())


@lru_cache(maxsize=16_384)
def _said(message: str, language: str | None) -> str:
    return gettext(message)


def query(request: HttpRequest, **changes: object) -> str:
    """Return the query string of ``request`` with ``changes``; ``None`` removes a parameter.

    Changing anything but ``page`` leads back to the first page.
    """
    values = request.GET.copy()
    if "page" not in changes:
        values.pop("page", None)
    for name, value in changes.items():
        if value is None:
            values.pop(name, None)
        else:
            values[name] = str(value)
    return f"?{values.urlencode()}"


GLOBALS = {
    "url": url,
    "static": icons.asset,
    "query": query,
    "pick": pick,
    "now": clock.now,
    "today": clock.today,
    "icon": icons.icon,
    "glyph": icons.icon,  # inside macros, whose arguments are often named icon
    "csrf_field": csrf_field,
    "fresh_key": new_public_id,
    "ring_shape": rings.ring_shape,
    "gauge_shape": charts.gauge_shape,
    "week_shape": charts.week_shape,
    "line_shape": charts.line_shape,
    "levels_shape": charts.levels_shape,
    "radar_shape": charts.radar_shape,
    "share_of": charts.share_of,
    "widget_kind": fields.widget_kind,
    "widget_attributes": fields.widget_attributes,
    "widget_options": fields.widget_options,
}


def environment(**options: Any) -> Environment:
    """Return the environment for Django's Jinja2 backend."""
    options |= {
        "undefined": StrictUndefined,
        "autoescape": True,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "auto_reload": settings.DEBUG,
        "cache_size": 1000,
        "extensions": EXTENSIONS,
    }
    env = Environment(**options)  # noqa: S701 - autoescape is set above
    env.policies["ext.i18n.trimmed"] = True
    install: Any = env
    install.install_gettext_callables(said, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext)
    env.globals.update(GLOBALS)
    env.filters.update(formatting.FILTERS)
    env.filters["markdown"] = markdown.markdown
    env.filters["markdown_inline"] = markdown.markdown_inline
    return env
