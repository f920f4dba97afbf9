"""Which words of a shown text answer the query, as ranges of characters."""

from dataclasses import dataclass
from typing import Final

from wurzelwerk.search.analysis.reading import Query
from wurzelwerk.search.analysis.stems import Terms
from wurzelwerk.search.analysis.tokens import chains, searchable_words
from wurzelwerk.search.analysis.words import Language, fold, words

_MIN_INSIDE: Final = 4
"""A token of at least this many letters also counts inside a longer German word."""


@dataclass(frozen=True, slots=True)
class Range:
    """The characters `text[start:end]`."""

    start: int
    end: int


def matched_ranges(text: str, query: Query, terms: Terms, language: Language) -> tuple[Range, ...]:
    """Return the ranges of `text` that answer `query`: whole words, in order, without overlap."""
    exact = frozenset(token for group in query.groups for token in group.exact)
    together = frozenset(token for group in query.groups for alternative in group.together for token in alternative)
    prefixes = tuple(prefix for group in query.groups for prefix in group.prefixes)
    inside = tuple(token for token in exact if len(token) >= _MIN_INSIDE) if language is Language.GERMAN else ()

    def is_same(folded: str) -> bool:
        if folded in exact or folded in together or (prefixes and folded.startswith(prefixes)):
            return True
        term = terms.term(folded, language)
        return term in exact or term in together

    def is_match(folded: str) -> bool:
        return is_same(folded) or any(token in folded for token in inside)

    ranges: list[Range] = []
    for chain in chains(searchable_words(text, language, keep_stop_words=True)):
        if len(chain) > 1 and is_same("".join(item.folded for item in chain)):
            ranges.append(Range(chain[0].word.start, chain[-1].word.end))
        else:
            ranges += [Range(item.word.start, item.word.end) for item in chain if is_match(item.folded)]
    return tuple(ranges)


def name_ranges(text: str, typed: str) -> tuple[Range, ...]:
    """Return the words of a name or title that begin with a typed word, in any spelling."""
    starts = tuple(filter(None, (fold(word.text, Language.GERMAN) for word in words(typed))))
    return tuple(
        Range(word.start, word.end)
        for word in words(text)
        if starts and fold(word.text, Language.GERMAN).startswith(starts)
    )
