"""The tokens of a document: each word as written and as term, and the parts of compounds apart."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from wurzelwerk.search.analysis.compounds import Splitter
from wurzelwerk.search.analysis.gender import join_gender_forms, person_base
from wurzelwerk.search.analysis.stems import Terms
from wurzelwerk.search.analysis.stopwords import is_stop_word
from wurzelwerk.search.analysis.words import Language, Word, fold, words

_HYPHENS = "-‐‑"


@dataclass(frozen=True, slots=True)
class Tokens:
    """What is indexed of one text: its words, and apart from them what they are made of."""

    words: tuple[str, ...]
    parts: tuple[str, ...]


class FoldedWord(NamedTuple):
    """A word of a text that may be searched for: folded, and as it stands in the text."""

    folded: str
    word: Word


def searchable_words(text: str, language: Language, *, keep_stop_words: bool = False) -> Iterator[FoldedWord]:
    """Yield the words of `text` that are worth searching, gender forms joined, in order."""
    joined = join_gender_forms(text) if language is Language.GERMAN else text
    for word in words(joined):
        folded = fold(word.text, language)
        if folded and (keep_stop_words or not is_stop_word(word.text, folded, language)):
            yield FoldedWord(folded, word)


def chains(found: Iterator[FoldedWord]) -> Iterator[tuple[FoldedWord, ...]]:
    """Group words by hyphenated chains: ("E", "Learning"), ("Kurs",)."""
    current: list[FoldedWord] = []
    for item in found:
        if current and current[-1].word.chain != item.word.chain:
            yield tuple(current)
            current = []
        current.append(item)
    if current:
        yield tuple(current)


def vocabulary_words(text: str, language: Language) -> Iterator[tuple[str, str]]:
    """Yield (folded, written) of each whole word; a word cut by a hyphen ("Lern- und …") is left out."""
    for item in searchable_words(text, language):
        if not _is_cut(text, item.word.end):
            yield item.folded, written(item.word.text)


def written(word: str) -> str:
    """Return a word as it should be shown: composed, without invisible characters."""
    if word.isascii():
        return word
    composed = unicodedata.normalize("NFC", word)
    if composed.isalnum():
        return composed
    return "".join(char for char in composed if unicodedata.category(char) != "Cf")


def _is_cut(text: str, end: int) -> bool:
    return end < len(text) and text[end] in _HYPHENS and not text[end + 1 : end + 2].isalnum()


class Analyzer:
    """Turns texts into tokens; remembers the words it has seen."""

    def __init__(self, terms: Terms, splitter: Splitter) -> None:
        """Take the term finder and the splitter with the vocabulary of the whole index."""
        self._terms = terms
        self._splitter = splitter
        self._seen: dict[tuple[str, Language], Tokens] = {}

    def tokens(self, text: str, language: Language) -> Tokens:
        """Return the tokens of one text in order; words repeat as often as they stand in it."""
        found_words: list[str] = []
        found_parts: list[str] = []
        for chain in chains(searchable_words(text, language)):
            folded = [item.folded for item in chain]
            if len(folded) > 1:
                folded.append("".join(folded))
            for word in folded:
                tokens = self._word_tokens(word, language)
                found_words += tokens.words
                found_parts += tokens.parts
        return Tokens(tuple(found_words), tuple(found_parts))

    def _word_tokens(self, folded: str, language: Language) -> Tokens:
        key = folded, language
        known = self._seen.get(key)
        if known is None:
            own = dict.fromkeys((folded, self._terms.term(folded, language)))
            parts: dict[str, None] = {}
            if language is Language.GERMAN:
                for part in self._splitter.subwords(person_base(folded)):
                    parts |= dict.fromkeys((part, self._terms.term(part, language)))
            known = Tokens(tuple(own), tuple(part for part in parts if part not in own))
            self._seen[key] = known
        return known
