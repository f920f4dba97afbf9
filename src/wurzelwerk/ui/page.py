"""What the frame of a page shows: navigation, person menu, brand, waiting messages."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch

from wurzelwerk.kernel.bilingual import speaks_english
from wurzelwerk.ui import preferences, shell
from wurzelwerk.ui.addresses import address
from wurzelwerk.ui.navigation import NavGroup, NavLink, entries_for, grouped
from wurzelwerk.ui.toasts import Toast, waiting

MOST_MOBILE_LINKS = 4


class Page:
    """What the frame of a page shows; every part is only worked out when the template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        """Describe the frame for ``request``."""
        self._request = request

    @cached_property
    def wishes(self) -> preferences.Preferences:
        """Theme, density and language."""
        return preferences.current(self._request)

    @property
    def language(self) -> str:
        """The language code for the ``lang`` attribute."""
        return "en" if speaks_english() else "de"

    @property
    def theme(self) -> str:
        """The theme, a key of ``preferences.THEMES``."""
        return self.wishes.theme

    @property
    def density(self) -> str:
        """The density, a key of ``preferences.DENSITIES``."""
        return self.wishes.density

    @property
    def themes(self) -> Mapping[str, Any]:
        """All themes with their names."""
        return preferences.THEMES

    @property
    def densities(self) -> Mapping[str, Any]:
        """All densities with their names."""
        return preferences.DENSITIES

    @property
    def languages(self) -> Mapping[str, str]:
        """All languages with their own names."""
        return preferences.LANGUAGES

    @property
    def signed_in(self) -> bool:
        """Whether somebody is signed in."""
        return preferences.signed_in(self._request)

    @property
    def person_name(self) -> str:
        """The name of the signed-in person."""
        user = getattr(self._request, "user", None)
        return str(getattr(user, "full_name", "") or user or "")

    @cached_property
    def links(self) -> tuple[NavLink, ...]:
        """All entries of the navigation this person sees."""
        return entries_for(self._request)

    @cached_property
    def navigation(self) -> tuple[NavGroup, ...]:
        """The entries in their groups."""
        return grouped(self.links)

    @property
    def mobile_links(self) -> tuple[NavLink, ...]:
        """The entries of the bottom bar of phones."""
        return tuple(link for link in self.links if link.mobile)[:MOST_MOBILE_LINKS]

    @property
    def person_links(self) -> tuple[NavLink, ...]:
        """The entries of the person menu."""
        return tuple(link for link in self.links if link.group == "person")

    @cached_property
    def brand(self) -> shell.Brand:
        """Name and logo."""
        return shell.current_brand()

    @cached_property
    def inbox(self) -> shell.Inbox | None:
        """Unread messages, when a room offers an inbox."""
        if self.signed_in:
            for ask in shell.inbox:
                return ask(self._request)
        return None

    @property
    def search_href(self) -> str:
        """The address of the search page, or nothing."""
        return _first_address(shell.search_url)

    @property
    def command_href(self) -> str:
        """The address that answers the command field, or nothing."""
        return _first_address(shell.command_url)

    @property
    def sign_out_href(self) -> str:
        """The address that ends the session, or nothing."""
        return _address("account_logout")

    @cached_property
    def toasts(self) -> tuple[Toast, ...]:
        """The messages not shown yet."""
        return tuple(waiting(self._request)) if hasattr(self._request, "_messages") else ()


def _first_address(names: Iterable[str]) -> str:
    return next((_address(name) for name in names), "")


def _address(url_name: str) -> str:
    try:
        return address(url_name)
    except NoReverseMatch:
        return ""
