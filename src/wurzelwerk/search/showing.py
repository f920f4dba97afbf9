"""What the search page shows: results as rows with marked words, and ways on when there are none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from wurzelwerk.kernel.registry import Registry
from wurzelwerk.search import queries, sources
from wurzelwerk.search.analysis.highlights import Range
from wurzelwerk.search.sources import Hit, SearchSource

PAGE_SIZE: Final = 20
_MAX_LIVE: Final = 50


@dataclass(frozen=True, slots=True)
class NextStep:
    """Where to go when nothing was found; `address(text)` may carry the text along."""

    key: str
    label: Promise | str
    icon: str
    address: Callable[[str], str]


next_steps: Registry[NextStep] = Registry()


@dataclass(frozen=True, slots=True)
class Row:
    """One hit; title and summary carry marked words."""

    title: SafeString
    summary: SafeString
    href: str
    language: str
    other_name: str


@dataclass(frozen=True, slots=True)
class Section:
    """The hits of one source; `more_href` leads to all of them, empty when these are all."""

    key: str
    label: str
    icon: str
    rows: tuple[Row, ...]
    total: int | None
    more_href: str


@dataclass(frozen=True, slots=True)
class Scope:
    """A source to look in; the first one is everything."""

    label: Promise | str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Way:
    """A link that leads on."""

    label: str
    href: str
    icon: str


@dataclass(frozen=True, slots=True)
class Results:
    """All that the page shows for one typed text. `total` counts the hits of the chosen source only."""

    text: str
    source: str
    sections: tuple[Section, ...]
    total: int
    corrected: str | None
    is_relaxed: bool
    nearest: tuple[Way, ...]
    steps: tuple[Way, ...]
    scopes: tuple[Scope, ...]
    everywhere_href: str


def results(viewer: Any, *, text: str, source: str, page: int, language: str) -> Results:
    """Return what to show for `text` (may be empty), in all sources or in one, as `viewer` may see it."""
    chosen = sources.registered.get(source) if source else None
    found = (
        _all_sources(viewer, text, language) if chosen is None else _one_source(viewer, text, chosen, page, language)
    )
    is_searched = bool(text.strip())
    return Results(
        text=text.strip(),
        source=source,
        sections=found.sections,
        total=found.total,
        corrected=found.corrected,
        is_relaxed=found.is_relaxed,
        nearest=tuple(Way(term, search_href(term), "search") for term in found.nearest),
        steps=tuple(Way(str(step.label), step.address(text.strip()), step.icon) for step in next_steps)
        if is_searched and not found.sections
        else (),
        scopes=_scopes(text.strip(), source),
        everywhere_href=search_href(text.strip()),
    )


def search_href(text: str, source: str = "") -> str:
    """Return the address of the search page for a text and a source."""
    wanted = {name: value for name, value in (("q", text), ("source", source)) if value}
    return reverse("search:page") + (f"?{urlencode(wanted)}" if wanted else "")


def marked(text: str, ranges: tuple[Range, ...]) -> SafeString:
    """Return the text with the ranges in <mark>, escaped."""
    pieces: list[SafeString] = []
    place = 0
    for found in ranges:
        pieces += [conditional_escape(text[place : found.start])]
        pieces += [format_html("<mark>{}</mark>", text[found.start : found.end])]
        place = found.end
    return mark_safe("".join((*pieces, conditional_escape(text[place:]))))  # noqa: S308 every piece is escaped


@dataclass(frozen=True, slots=True)
class _Found:
    sections: tuple[Section, ...]
    total: int = 0
    corrected: str | None = None
    is_relaxed: bool = False
    nearest: tuple[str, ...] = ()


def _all_sources(viewer: Any, text: str, language: str) -> _Found:
    if not text.strip():
        return _Found(())
    found = queries.overview(viewer, text, language=language)
    sections = tuple(
        Section(
            group.key,
            group.label,
            group.icon,
            tuple(map(_row, group.hits)),
            group.total,
            search_href(found.corrected or text.strip(), group.key) if _has_more(group) else "",
        )
        for group in found.groups
    )
    return _Found(sections, 0, found.corrected, found.is_relaxed, found.nearest_terms)


def _has_more(group: queries.SourceHits) -> bool:
    return group.total is None or group.total > len(group.hits)


def _one_source(viewer: Any, text: str, source: SearchSource, page: int, language: str) -> _Found:
    if not text.strip():
        return _Found(())
    if source.find is not None:
        hits = tuple(source.find(viewer, text, _MAX_LIVE))
        found = queries.SearchResult(hits, 0)
    else:
        found = queries.find(
            text, sources=(source.key,), language=language, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE
        )
    section = Section(
        source.key,
        str(source.label),
        source.icon,
        tuple(map(_row, found.hits)),
        found.total if source.find is None else None,
        "",
    )
    return _Found((section,) if found.hits else (), found.total, found.corrected, found.is_relaxed, found.nearest_terms)


def _row(hit: Hit) -> Row:
    return Row(
        marked(hit.title, hit.title_ranges),
        marked(hit.summary, hit.summary_ranges),
        hit.url,
        hit.language,
        hit.other_name,
    )


def _scopes(text: str, chosen: str) -> tuple[Scope, ...]:
    everything = Scope(_("Everything"), search_href(text), not chosen)
    return (
        everything,
        *(Scope(source.label, search_href(text, source.key), source.key == chosen) for source in sources.in_order()),
    )
