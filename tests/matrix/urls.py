"""Every URL of the product, read from the URL configuration: none can be forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Url:
    """A named URL and the names of its arguments."""

    name: str
    arguments: tuple[str, ...]


def all_urls() -> tuple[Url, ...]:
    """Return every URL with a name; one without is an error of the configuration."""
    return tuple(_walk(get_resolver(), ()))


def _walk(resolver: URLResolver, namespaces: tuple[str, ...]) -> Iterator[Url]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry, (*namespaces, entry.namespace) if entry.namespace else namespaces)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"a URL without a name: {entry.pattern}"
            arguments = tuple(entry.pattern.regex.groupindex)
            yield Url(":".join((*namespaces, entry.name)), arguments)
