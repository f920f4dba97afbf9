"""How somebody wants the interface: language, theme and density; on the person, or in cookies before sign-in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel.registry import Registry

THEMES: Final = {
    "auto": _("Like my device"),
    "light": _("Light"),
    "dark": _("Dark"),
    "contrast": _("High contrast"),
}
DENSITIES: Final = {"calm": _("Calm"), "dense": _("Dense")}
LANGUAGES: Final = {"de": "Deutsch (du)", "de-formal": "Deutsch (Sie)", "en": "English"}
THEME_COOKIE: Final = "theme"
DENSITY_COOKIE: Final = "density"
ONE_YEAR: Final = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Preferences:
    """The wishes of one person; each value is a key of ``THEMES``, ``DENSITIES``, ``LANGUAGES``."""

    theme: str = "auto"
    density: str = "calm"
    language: str = "de"


@dataclass(frozen=True, slots=True)
class PersonStore:
    """Where the wishes of a signed-in person live; ``read`` must not query."""

    read: Callable[[Any], Preferences]
    write: Callable[[Any, Preferences], None]


person_store: Registry[PersonStore] = Registry()


def signed_in(request: HttpRequest) -> bool:
    """Tell whether somebody is signed in; also true to its word before sign-in is set up."""
    user = getattr(request, "user", None)
    return bool(user is not None and user.is_authenticated)


def current(request: HttpRequest) -> Preferences:
    """Return the wishes of the signed-in person, or those of the cookies."""
    if signed_in(request):
        for store in person_store:
            return store.read(request.user)
    theme, density = request.COOKIES.get(THEME_COOKIE, ""), request.COOKIES.get(DENSITY_COOKIE, "")
    return Preferences(
        theme=theme if theme in THEMES else "auto",
        density=density if density in DENSITIES else "calm",
        language=language_before_sign_in(request),
    )


def language_before_sign_in(request: HttpRequest) -> str:
    """Return the language of the cookie, else the best one the browser asks for, else German."""
    language = translation.get_language_from_request(request)
    return language if language in LANGUAGES else "de"


def remember(request: HttpRequest, response: HttpResponse, wishes: Preferences) -> None:
    """Keep ``wishes`` on the person (when signed in) and in cookies of the browser."""
    if signed_in(request):
        for store in person_store:
            store.write(request.user, wishes)
    cookies = {
        THEME_COOKIE: wishes.theme,
        DENSITY_COOKIE: wishes.density,
        settings.LANGUAGE_COOKIE_NAME: wishes.language,
    }
    for name, value in cookies.items():
        response.set_cookie(
            name, value, max_age=ONE_YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
