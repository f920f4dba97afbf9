"""Finds the words of a text and folds their spellings into one.

A folded word is lower case, without marks, and for German without the difference between ä, ae
and a, or ß and ss: the three spellings of "Gesprächsführung" fold to the same string.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

MAX_WORD_LENGTH: Final = 64
"""Longer words (addresses, keys) are cut: nobody types them."""

_SYMBOL_WORDS: Final = {"c++": "cplusplus", "c#": "csharp", "f#": "fsharp", ".net": "dotnet"}
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_MARKS = "\u0300-\u036f"
_WORD: Final = re.compile(
    r"(?<![\w])(?:c\+\+|c#|f#|\.net)(?![\w+#])"
    rf"|[^\W_](?:[^\W_]|[{_MARKS}{_INVISIBLE}]|['’](?=[^\W_]))*",
    re.IGNORECASE,
)
_LETTERS_NFKD_KEEPS: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ð": "d", "þ": "th"},
)
_COMMON_LETTERS: Final = {"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "é": "e"}
_COMMON_TABLE: Final = str.maketrans(_COMMON_LETTERS)
_GERMAN_DIGRAPH: Final = re.compile(r"([ao])e+|(?<![aeiouq])(u)e+")
_NOT_A_LETTER: Final = re.compile(r"[\W_]+")
_FOLD_ROUNDS: Final = 8


class Language(StrEnum):
    """The two languages of the content."""

    GERMAN = "de"
    ENGLISH = "en"


class Word(NamedTuple):
    """One word of a text with its place: `text[start:end]`, in characters.

    Words joined by hyphens carry the same `chain`, a number that counts upwards through the text.
    """

    text: str
    start: int
    end: int
    chain: int


def words(text: str) -> Iterator[Word]:
    """Yield the words of `text` in order, each with its place; hyphenated words come in pieces."""
    chain = -1
    previous_end = -2
    for match in _WORD.finditer(text):
        start, end = match.span()
        is_joined = start == previous_end + 1 and text[previous_end] in "-‐‑"
        if not is_joined:
            chain += 1
        yield Word(match.group()[:MAX_WORD_LENGTH], start, end, chain)
        previous_end = end


@lru_cache(maxsize=65_536)
def fold(word: str, language: Language) -> str:
    """Return the searchable spelling of one word; empty when nothing searchable is left.

    Folding a folded word changes nothing.
    """
    symbol = _SYMBOL_WORDS.get(word.lower())
    if symbol is not None:
        return symbol
    folded = _strip_marks(word)
    if language is Language.GERMAN:
        folded = _GERMAN_DIGRAPH.sub(r"\1\2", folded)
    return folded[:MAX_WORD_LENGTH]


def fold_text(text: str, language: Language) -> str:
    """Return all words of `text` folded and joined by single spaces: for comparing whole titles."""
    folded = (fold(word.text, language) for word in words(text))
    return " ".join(word for word in folded if word)


def fold_lines(text: str, language: Language) -> str:
    """Fold a large text of plain words at once; what is not a common letter stays as it is.

    For word lists, where folding word by word would take many seconds.
    """
    folded = text.lower()
    for letter, plain in _COMMON_LETTERS.items():
        folded = folded.replace(letter, plain)
    return _GERMAN_DIGRAPH.sub(r"\1\2", folded) if language is Language.GERMAN else folded


def _strip_marks(word: str) -> str:
    """Lower case, compatibility forms resolved, marks and signs removed; repeated until stable."""
    common = word.lower().translate(_COMMON_TABLE)
    if common.isascii() and common.isalnum():
        return common
    current = word
    for _ in range(_FOLD_ROUNDS):
        lowered = unicodedata.normalize("NFKD", current.casefold()).translate(_LETTERS_NFKD_KEEPS)
        possessive = re.sub(r"['’]s?$", "", lowered)
        unmarked = "".join(char for char in possessive if not unicodedata.combining(char))
        stripped = _NOT_A_LETTER.sub("", unmarked)
        if stripped == current:
            break
        current = stripped
    return current
