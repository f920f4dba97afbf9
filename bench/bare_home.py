"""The bare baseline of the home page: one page for a signed-in person and nothing else.

Framework, template engine, database, session and server are the product's; of the middleware only session and
authentication are left. Run as a WSGI application over the data folder of the product that is measured beside it.
"""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path
from jinja2 import Environment

ROWS = 60
TEMPLATE = Environment(autoescape=True).from_string(
    "<!doctype html><html lang=en><title>Bare</title><h1>{{ user.given_name }}</h1>"
    "<ul>{% for row in rows %}<li>{{ row }}</li>{% endfor %}</ul></html>"
)


def page(request: HttpRequest) -> HttpResponse:
    """Greet the person above sixty rows; anybody else is told that nobody is signed in."""
    if not request.user.is_authenticated:
        return HttpResponse("Nobody is signed in.")
    return HttpResponse(TEMPLATE.render(user=request.user, rows=range(ROWS)))


urlpatterns = [path("", page)]


def make_application() -> WSGIHandler:
    """Return the application: the product's settings without its middleware and pages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wurzelwerk.config.settings")
    django.setup()
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ]
    return WSGIHandler()
