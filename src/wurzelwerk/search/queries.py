"""Reads of the index: what answers a typed text, and what to try when nothing does."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from wurzelwerk.search import engine, sources, vocabulary
from wurzelwerk.search.analysis.compounds import Splitter
from wurzelwerk.search.analysis.documents import KEYWORD_SEPARATOR
from wurzelwerk.search.analysis.highlights import matched_ranges
from wurzelwerk.search.analysis.reading import Query, read_query, relaxed, taken_apart
from wurzelwerk.search.analysis.spelling import completion, correction, nearest
from wurzelwerk.search.analysis.words import Language
from wurzelwerk.search.matching import Ranked, ranked
from wurzelwerk.search.models import SearchDocument
from wurzelwerk.search.sources import Hit

_NEAREST: Final = 5
_ONE_LINE: Final = 90
_SHOWN_SUMMARY: Final = 240
"""Characters of the summary that a hit carries."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What was found, best first.

    `corrected` is the text that was searched instead of the typed one; `is_relaxed` tells that not
    all words were found together. `nearest_terms` are words of the index to try when nothing was found.
    """

    hits: tuple[Hit, ...]
    total: int
    corrected: str | None = None
    is_relaxed: bool = False
    nearest_terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundKeys:
    """The keys of what was found, best first; the rest as in `SearchResult`."""

    object_keys: tuple[str, ...]
    total: int
    corrected: str | None = None
    is_relaxed: bool = False
    nearest_terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceHits:
    """The best hits of one source and how many there are; `total` is None when a live source does not say."""

    key: str
    label: str
    icon: str
    hits: tuple[Hit, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The best hits of every source that has any."""

    groups: tuple[SourceHits, ...]
    corrected: str | None = None
    is_relaxed: bool = False
    nearest_terms: tuple[str, ...] = ()


def find(
    text: str,
    *,
    sources: Collection[str] | None = None,
    language: str | None = None,
    limit: int = 20,
    offset: int = 0,
) -> SearchResult:
    """Return the indexed objects that answer `text`, `limit` of them from place `offset`.

    The last word may be unfinished. `sources` are keys, None for all. `language` ("de", "en", also
    "de-formal") is the one to show a hit in where the object has it. One hit per object, however many
    languages match.
    """
    search = _Search(text, sources, first=offset, last=offset + limit, for_each_source=False)
    return SearchResult(
        hits=search.hits(language),
        total=search.total,
        corrected=search.corrected,
        is_relaxed=search.is_relaxed,
        nearest_terms=search.nearest_terms(),
    )


def find_keys(text: str, *, source: str, limit: int = 200) -> FoundKeys:
    """Return the keys of the objects of one source that answer `text`: for a room that draws its own list.

    Costs one query and no marking of words.
    """
    search = _Search(text, (source,), first=0, last=limit, for_each_source=False)
    return FoundKeys(
        object_keys=tuple(row.object_key for row in search.rows),
        total=search.total,
        corrected=search.corrected,
        is_relaxed=search.is_relaxed,
        nearest_terms=search.nearest_terms(),
    )


def overview(viewer: Any, text: str, *, language: str | None = None, limit: int = 5) -> Overview:
    """Return the best `limit` hits of each source, indexed and live, as `viewer` may see them."""
    indexed = [source.key for source in sources.in_order() if source.find is None]
    search = _Search(text, indexed, first=0, last=limit, for_each_source=True)
    hits = search.hits(language)
    totals = {row.source: row.total for row in search.rows}
    groups = []
    for source in sources.in_order():
        if source.find is None:
            of_source = tuple(hit for hit in hits if hit.source == source.key)
            total = totals.get(source.key, 0)
        else:
            of_source, total = tuple(source.find(viewer, text, limit)), None
        if of_source:
            groups.append(SourceHits(source.key, str(source.label), source.icon, of_source, total))
    terms = () if groups else search.nearest_terms()
    return Overview(tuple(groups), search.corrected, search.is_relaxed, terms)


class _Text(NamedTuple):
    """What is shown of a document."""

    source: str
    object_key: str
    language: str
    title: str
    summary: str
    url: str
    keywords: str


class _Search:
    """One search: as typed, then compounds by their parts, then typing errors corrected, then any of the words."""

    def __init__(
        self, text: str, of_sources: Collection[str] | None, *, first: int, last: int, for_each_source: bool
    ) -> None:
        self._terms = engine.terms()
        self._options: dict[str, Any] = {
            "sources": of_sources, "first": first, "last": last, "for_each_source": for_each_source,
        }  # fmt: skip
        self.corrected: str | None = None
        self.is_relaxed = False
        self.query = read_query(text, self._terms)
        self.rows: list[Ranked] = []
        self.total = 0
        self._run()

    def _run(self) -> None:
        if self.query.is_empty or self._has_rows(self.query):
            return
        apart = taken_apart(self.query, self._parts())
        if apart != self.query and self._has_rows(apart):
            self.query = apart
            return
        corrected = self._corrected()
        if corrected is not None:
            fixed = read_query(corrected, self._terms)
            if self._has_rows(fixed):
                self.query, self.corrected = fixed, corrected
                return
            self.query = fixed
        loose = relaxed(self.query, self._subwords())
        if self._has_rows(loose):
            self.query, self.is_relaxed = loose, True
            self.corrected = corrected

    def _has_rows(self, query: Query) -> bool:
        self.rows = ranked(query, **self._options)
        counted = self.rows or (
            ranked(query, **{**self._options, "first": 0, "last": 1}) if self._options["first"] else []
        )
        self.total = counted[0].total if counted else 0
        return bool(counted)

    def _corrected(self) -> str | None:
        """Return the typed text with unknown words replaced by their nearest known ones, or None."""
        known = vocabulary.candidates(group.folded for group in self.query.groups)
        spelled = {word.folded for word in known}
        unknown = [
            group
            for group in self.query.groups
            if group.folded not in spelled and not any(map(vocabulary.is_start_of_word, group.prefixes))
        ]
        better = {group: correction(group.folded, known) for group in unknown}
        left = [group.folded for group, word in better.items() if word is None]
        longer = vocabulary.longer_candidates(left) if left else ()
        text = self.query.text
        for group in reversed(unknown):
            word = better[group] or completion(group.folded, longer)
            if word is not None:
                text = text[: group.start] + word.written + text[group.end :]
        return text if text != self.query.text else None

    def _parts(self) -> dict[str, tuple[str, ...]]:
        """Return the terms of the smallest parts of each typed compound."""
        splitter = self._splitter()
        return {word: self._german_terms(splitter.parts(word)) for word in self._words()}

    def _subwords(self) -> dict[str, tuple[str, ...]]:
        """Return the terms of the parts of each typed compound and of neighbouring parts."""
        splitter = self._splitter()
        return {word: self._german_terms(splitter.subwords(word)) for word in self._words()}

    def _splitter(self) -> Splitter:
        return Splitter(vocabulary.counts_inside(self._words()))

    def _words(self) -> list[str]:
        return [group.folded for group in self.query.groups]

    def _german_terms(self, words: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._terms.term(word, Language.GERMAN) for word in words)

    def hits(self, language: str | None) -> tuple[Hit, ...]:
        """Return the found objects with their texts in the preferred language and the matching words."""
        wanted = (language or "")[:2]
        documents: dict[tuple[str, str], _Text] = {}
        for text in self._texts():
            key = text.source, text.object_key
            if key not in documents or text.language == wanted:
                documents[key] = text
        return tuple(
            self._hit(documents[row.source, row.object_key], row.score)
            for row in self.rows
            if (row.source, row.object_key) in documents
        )

    def _texts(self) -> list["_Text"]:
        if not self.rows:
            return []
        wanted = SearchDocument.objects.filter(
            source__in={row.source for row in self.rows}, object_key__in={row.object_key for row in self.rows}
        )
        return [_Text(*row) for row in wanted.order_by("language").values_list(*_Text._fields)]

    def _hit(self, text: "_Text", score: float) -> Hit:
        language = Language(text.language)
        summary = shortened(text.summary)
        title_ranges = matched_ranges(text.title, self.query, self._terms, language)
        summary_ranges = matched_ranges(summary, self.query, self._terms, language)
        return Hit(
            source=text.source,
            object_key=text.object_key,
            title=text.title,
            summary=summary,
            url=text.url,
            score=score,
            title_ranges=title_ranges,
            summary_ranges=summary_ranges,
            language=text.language,
            other_name="" if title_ranges or summary_ranges else self._answering_keyword(text.keywords, language),
        )

    def _answering_keyword(self, keywords: str, language: Language) -> str:
        names = keywords.split(KEYWORD_SEPARATOR)
        return next((name for name in names if matched_ranges(name, self.query, self._terms, language)), "")

    def nearest_terms(self) -> tuple[str, ...]:
        """Return words of the index to try instead; empty when something was found as typed."""
        if self.query.is_empty or (self.rows and not self.is_relaxed):
            return ()
        words = self._words()
        proposed = vocabulary.proposals(words)
        terms = (known.written for word in words for known in nearest(word, proposed, _NEAREST))
        return tuple(dict.fromkeys(terms))[:_NEAREST]


def first_sentence(summary: str) -> str:
    """Return the first sentence of a summary, at most 90 characters, for one line."""
    sentence = summary.split(". ", maxsplit=1)[0]
    return sentence if len(sentence) <= _ONE_LINE else sentence[:_ONE_LINE].rsplit(None, 1)[0] + " …"


def shortened(summary: str) -> str:
    """Return the beginning of a summary, cut between words."""
    if len(summary) <= _SHOWN_SUMMARY:
        return summary
    return summary[:_SHOWN_SUMMARY].rsplit(None, 1)[0] + " …"
