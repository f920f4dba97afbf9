"""The entries of the navigation; every room registers its own in ``apps.ready()``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel.registry import Registry
from wurzelwerk.ui.addresses import address
from wurzelwerk.ui.preferences import signed_in

Group = Literal["main", "together", "reflection", "organisation", "person"]
GROUPS: Final[dict[str, Promise | str]] = {
    "main": "",
    "together": _("Together"),
    "reflection": _("Reflection"),
    "organisation": _("Organisation"),
}


def everyone(person: Any) -> bool:
    """Show an entry to everybody who is signed in."""
    return bool(person.is_authenticated)


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One entry: ``visible(person)`` may not query beyond what the request has loaded.

    ``mobile`` puts it into the bottom bar of phones (the first four by order);
    ``shortcut`` is typed as two keys, for instance ``"g s"``.
    """

    key: str
    label: Promise | str
    url_name: str
    icon: str
    group: Group
    order: int
    visible: Callable[[Any], bool] = everyone
    mobile: bool = False
    shortcut: str = ""
    short_label: Promise | str = ""


@dataclass(frozen=True, slots=True)
class NavLink:
    """An entry as one person sees it on one page."""

    key: str
    label: str
    short_label: str
    href: str
    icon: str
    group: str
    current: bool
    mobile: bool
    shortcut: str


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Entries under one heading; the first group has none."""

    key: str
    label: str
    links: tuple[NavLink, ...]


entries: Registry[NavEntry] = Registry()


def register(entry: NavEntry) -> None:
    """Add ``entry`` to the navigation."""
    entries.register(entry.key, entry)


def entries_for(request: HttpRequest) -> tuple[NavLink, ...]:
    """Return the entries this person sees, in order; at most one is the current one."""
    if not signed_in(request):
        return ()
    seen = sorted((entry for entry in entries if entry.visible(request.user)), key=lambda entry: entry.order)
    hrefs = {entry.key: address(entry.url_name) for entry in seen}
    current = _current(request.path, hrefs)
    return tuple(_link(entry, hrefs[entry.key], current=entry.key == current) for entry in seen)


def _link(entry: NavEntry, href: str, *, current: bool) -> NavLink:
    label = str(entry.label)
    return NavLink(
        key=entry.key,
        label=label,
        short_label=str(entry.short_label) or label,
        href=href,
        icon=entry.icon,
        group=entry.group,
        current=current,
        mobile=entry.mobile,
        shortcut=entry.shortcut,
    )


def _current(path: str, hrefs: dict[str, str]) -> str:
    """Return the key of the entry whose address is the longest beginning of ``path``."""
    fitting = {key: href for key, href in hrefs.items() if _lies_under(path, href)}
    return max(fitting, key=lambda key: len(fitting[key]), default="")


def _lies_under(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(href.rstrip("/") + "/"))


def grouped(links: tuple[NavLink, ...]) -> tuple[NavGroup, ...]:
    """Return the groups that have entries, in the order of the page."""
    groups = (
        NavGroup(key, str(label), tuple(link for link in links if link.group == key)) for key, label in GROUPS.items()
    )
    return tuple(group for group in groups if group.links)
