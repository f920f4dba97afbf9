"""Finds the words of a text, folds their spellings into one, and cuts them into hashed pieces.

A folded word is lower case, its umlauts written out and without other marks: "Führung", "FÜHRUNG" and
"Fuehrung" are one. Its pieces are the word itself and the runs of 3 to 5 characters inside it, edges marked.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

BUCKETS: Final = 1 << 16
"""How many rows the table has: each piece falls into one of them."""
MAX_WORD_LENGTH: Final = 40
"""Longer words (addresses, keys) are cut."""
SHORTEST, LONGEST = 3, 5

_INSIDE: Final = "\u0300-\u036f\u00ad\u200b-\u200d\u2060"
"""Marks written as characters of their own, and what nobody sees: both belong to the word they stand in."""
_LETTERS: Final = rf"[^\W_](?:[^\W_]|[{_INSIDE}])*"
_WORD: Final = re.compile(rf"{_LETTERS}(?:\.(?=[^\W_]){_LETTERS})*[+#]*")
"""A word may end in + or # and hold points, as C++, C# and Node.js do."""
_WRITTEN_OUT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "œ": "oe"})


class Word(NamedTuple):
    """One folded word with its place ``text[start:end]``, in characters."""

    text: str
    start: int
    end: int


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """Yield the words of ``text[start:end]`` in order; such without a letter or digit are none."""
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        if folded := fold(match.group()):
            yield Word(folded, match.start(), match.end())


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Return the one spelling of a word; folding it again changes nothing."""
    lowered = unicodedata.normalize("NFKC", word[:MAX_WORD_LENGTH]).lower().translate(_WRITTEN_OUT)
    if lowered.isascii():
        return lowered
    parts = unicodedata.normalize("NFKD", lowered)
    return "".join(part for part in parts if part.isalnum() or part in "+#.").translate(_WRITTEN_OUT)


def folded(text: str) -> str:
    """Return all words of a text in their one spelling, parted by a blank."""
    return " ".join(word.text for word in words(text))


def runs(word: str) -> list[str]:
    """Return the runs of 3 to 5 characters inside a word, edges marked, without repetition."""
    marked = f"<{word}>"
    return list(
        dict.fromkeys(
            marked[at : at + length]
            for length in range(SHORTEST, LONGEST + 1)
            for at in range(len(marked) - length + 1)
        )
    )


def pieces(word: str) -> npt.NDArray[np.uint16]:
    """Return the rows of the table that make up a folded word."""
    hashed = [crc32(piece.encode()) for piece in (f"={word}", *runs(word))]
    return (np.array(hashed, dtype=np.uint32) % BUCKETS).astype(np.uint16)
