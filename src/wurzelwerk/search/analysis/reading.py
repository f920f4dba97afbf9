"""Reads what somebody typed: groups of tokens, every group to be found in a document."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain as joined_lists
from typing import Final

from wurzelwerk.search.analysis.stems import Terms
from wurzelwerk.search.analysis.stopwords import is_stop_word
from wurzelwerk.search.analysis.synonyms import SYNONYMS
from wurzelwerk.search.analysis.tokens import FoldedWord, chains, searchable_words
from wurzelwerk.search.analysis.words import Language, fold, fold_text

MAX_QUERY_LENGTH: Final = 200
"""Characters of the typed text that are read."""
MAX_GROUPS: Final = 12
_MIN_PREFIX: Final = 2


@dataclass(frozen=True, slots=True)
class Group:
    """One typed word: a document holds it when it holds any of these.

    `exact`: tokens; `prefixes`: beginnings of tokens; `together`: tokens that must all be there.
    `start` and `end` are its place in the typed text.
    """

    folded: str
    start: int
    end: int
    exact: tuple[str, ...]
    prefixes: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A typed text, read. `title` is the whole text folded, to compare with titles by language."""

    text: str
    title: Mapping[Language, str]
    groups: tuple[Group, ...]
    needs_all: bool = True

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to search for."""
        return not self.groups


def read_query(text: str, terms: Terms) -> Query:
    """Read a typed text. The last word may be unfinished; a space after it says that it is whole."""
    typed = " ".join(text[:MAX_QUERY_LENGTH].split()) + (" " if text[:MAX_QUERY_LENGTH][-1:].isspace() else "")
    found = list(chains(searchable_words(typed, Language.GERMAN, keep_stop_words=True)))
    last = found[-1][-1] if found else None
    is_open = last is not None and last.word.end == len(typed)
    wanted = [chain for chain in found if not _is_common(chain)] or found[-1:]
    groups = tuple(
        _group(chain, terms, is_open=is_open and chain[-1] is last)
        for chain in wanted[: MAX_GROUPS - 1] + wanted[MAX_GROUPS - 1 :][-1:]
    )
    return Query(typed.strip(), {language: fold_text(typed, language) for language in Language}, groups)


def taken_apart(query: Query, parts: Mapping[str, tuple[str, ...]]) -> Query:
    """Return the query in which a compound is also answered by all of its parts together."""
    groups = tuple(
        replace(group, together=(*group.together, parts[group.folded])) if parts.get(group.folded) else group
        for group in query.groups
    )
    return replace(query, groups=groups)


def relaxed(query: Query, parts: Mapping[str, tuple[str, ...]]) -> Query:
    """Return the query that is content with any of the words, and with the given parts of compounds."""
    groups = tuple(replace(group, exact=_unique(group.exact + parts.get(group.folded, ()))) for group in query.groups)
    return replace(query, groups=groups, needs_all=False)


def _is_common(chain: tuple[FoldedWord, ...]) -> bool:
    if len(chain) > 1:
        return False
    original, folded = chain[0].word.text, chain[0].folded
    return any(is_stop_word(original, folded, language) for language in Language)


def _group(chain: tuple[FoldedWord, ...], terms: Terms, *, is_open: bool) -> Group:
    """Return the group of one word, or of the words of a hyphenated chain."""
    spellings = {language: "".join(fold(item.word.text, language) for item in chain) for language in Language}
    found = {language: (spelling, terms.term(spelling, language)) for language, spelling in spellings.items()}
    synonyms = SYNONYMS.get(found[Language.GERMAN][1], ())
    together: tuple[tuple[str, ...], ...] = ()
    if len(chain) > 1:
        pieces = {language: tuple(fold(item.word.text, language) for item in chain) for language in Language}
        together = tuple(
            _unique(tuple(terms.term(piece, language) for piece in pieces[language])) for language in Language
        )
    prefixes = [spelling for spelling in spellings.values() if len(spelling) >= _MIN_PREFIX] if is_open else []
    return Group(
        folded=spellings[Language.GERMAN],
        start=chain[0].word.start,
        end=chain[-1].word.end,
        exact=_unique((*joined_lists.from_iterable(found.values()), *synonyms)),
        prefixes=_unique(tuple(prefixes)),
        together=tuple(dict.fromkeys(together)),
    )


def _unique(tokens: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(token for token in dict.fromkeys(tokens) if token)
