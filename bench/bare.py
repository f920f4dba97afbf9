"""The bare baseline: one page of the same framework, template engine and server, and nothing else.

Run as a WSGI application by the same server with the same settings as the product.
"""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from jinja2 import Environment

ROWS = 60
TEMPLATE = Environment(autoescape=True).from_string(
    "<!doctype html><html lang=en><title>Bare</title><h1>Bare</h1>"
    "<ul>{% for row in rows %}<li>{{ row }}</li>{% endfor %}</ul></html>"
)


def page(request: HttpRequest) -> HttpResponse:
    """Answer with a list of sixty rows."""
    return HttpResponse(TEMPLATE.render(rows=range(ROWS)))


urlpatterns = [path("", page)]

if not settings.configured:
    settings.configure(ROOT_URLCONF=__name__, SECRET_KEY="bare", ALLOWED_HOSTS=["*"])  # noqa: S106 - signs nothing
    application = get_wsgi_application()
