"""From a folded word to the term that all its inflected forms share."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Protocol

from snowballstemmer import stemmer

from wurzelwerk.search.analysis.forms import Lemmas
from wurzelwerk.search.analysis.gender import person_base
from wurzelwerk.search.analysis.words import Language

_MIN_STEMMED_LENGTH: Final = 4


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 named by the library


_STEMMERS: Final[dict[Language, _Stemmer]] = {
    Language.GERMAN: stemmer("german"),
    Language.ENGLISH: stemmer("english"),
}


@lru_cache(maxsize=65_536)
def stem(folded: str, language: Language) -> str:
    """Return the stem of a folded word; short words and words with digits stay whole."""
    if len(folded) < _MIN_STEMMED_LENGTH or not folded.isalpha():
        return folded
    return _STEMMERS[language].stemWord(folded)


class Terms:
    """Finds terms with the help of dictionaries of word forms; remembers the latest."""

    def __init__(self, lemmas: Mapping[Language, Lemmas] | None = None) -> None:
        """Take the dictionary of each language; without one the stemmer alone decides."""
        self._lemmas = dict(lemmas or {})
        self.term = lru_cache(maxsize=32_768)(self._term)

    def _term(self, folded: str, language: Language) -> str:
        """Return the term of a folded word: neutral person form, base form, then the stem."""
        base = person_base(folded) if language is Language.GERMAN else folded
        lemmas = self._lemmas.get(language)
        lemma = lemmas.lemma(base) if lemmas else None
        return stem(lemma or base, language)
