"""What higher rooms put into the frame of every page: search, commands, inbox, brand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from wurzelwerk.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class Inbox:
    """How many unread messages wait, and the name of the URL where they are."""

    count: int
    url_name: str


@dataclass(frozen=True, slots=True)
class Brand:
    """Name of the programme, address of the company's logo (or empty), whom to ask for help."""

    name: str
    logo_url: str = ""
    contact: str = ""


search_url: Registry[str] = Registry()
command_url: Registry[str] = Registry()
inbox: Registry[Callable[[HttpRequest], Inbox]] = Registry()
brand: Registry[Callable[[], Brand]] = Registry()
gallery_visitors: Registry[Callable[[Any], bool]] = Registry()


def current_brand() -> Brand:
    """Return the registered brand, or the name of the organisation in the settings."""
    for entry in brand:
        return entry()
    return Brand(name=settings.ORGANISATION)
