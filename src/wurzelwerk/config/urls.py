"""Each room brings its own short, English URLs; here they are only joined."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from wurzelwerk.ui import errors

# Addresses are tried in this order, and the start page is asked for most.
_rooms = sorted(settings.ROOMS, key=lambda room: room != "home")
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"wurzelwerk.{room}.urls")) for room in _rooms if find_spec(f"wurzelwerk.{room}.urls") is not None
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
