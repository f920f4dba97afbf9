"""The command field: pages, actions and found things in one list, for the person who asks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wurzelwerk.kernel.registry import Registry
from wurzelwerk.search import queries
from wurzelwerk.search.analysis.labels import label_match
from wurzelwerk.ui import navigation

_MAX_PAGES: Final = 6
_MAX_HITS: Final = 5


@dataclass(frozen=True, slots=True)
class Command:
    """An action somebody can start from anywhere ("Write in my journal").

    `words` are further words that lead to it; `visible(person)` must not query beyond what the
    request has loaded.
    """

    key: str
    label: Promise | str
    url_name: str
    icon: str = "arrow-right"
    words: Promise | str = ""
    order: int = 50
    visible: Callable[[Any], bool] = navigation.everyone


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the command field."""

    label: str
    href: str
    note: str
    icon: str


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """Lines under one heading; `key` is "pages", "actions" or the key of a source."""

    key: str
    label: str
    items: tuple[Item, ...]


commands: Registry[Command] = Registry()


def register(command: Command) -> None:
    """Add an action; raises ValueError when the key is taken."""
    commands.register(command.key, command)


def suggestions(person: Any, links: Iterable[navigation.NavLink], *, text: str, language: str) -> tuple[ItemGroup, ...]:
    """Return what the command field offers `person` for `text`; without text the pages and actions.

    `links` are the entries of the navigation that the person sees.
    """
    text = text.strip()
    groups = [
        ItemGroup("pages", _("Pages"), _pages(links, text)),
        ItemGroup("actions", _("Actions"), _actions(person, text)),
    ]
    if text:
        found = queries.overview(person, text, language=language, limit=_MAX_HITS)
        groups += [ItemGroup(group.key, group.label, tuple(_found(group))) for group in found.groups]
    return tuple(group for group in groups if group.items)


def _pages(links: Iterable[navigation.NavLink], text: str) -> tuple[Item, ...]:
    return _best(((link.label, Item(link.label, link.href, "", link.icon)) for link in links), text)


def _actions(person: Any, text: str) -> tuple[Item, ...]:
    offered = sorted((entry for entry in commands if entry.visible(person)), key=lambda entry: entry.order)
    return _best(
        (
            (f"{entry.label} {entry.words}", Item(str(entry.label), reverse(entry.url_name), "", entry.icon))
            for entry in offered
        ),
        text,
    )


def _best(candidates: Iterable[tuple[str, Item]], text: str) -> tuple[Item, ...]:
    if not text:
        return tuple(item for _words, item in candidates)[:_MAX_PAGES]
    matches = [(label_match(words, text), place, item) for place, (words, item) in enumerate(candidates)]
    ranked = sorted((match, place, item.href, item) for match, place, item in matches if match is not None)
    return tuple(entry[-1] for entry in ranked)[:_MAX_PAGES]


def _found(group: queries.SourceHits) -> Iterable[Item]:
    for hit in group.hits:
        yield Item(hit.title, hit.url, queries.first_sentence(hit.summary), group.icon)
