"""Typing errors: which known words are near to an unknown one.

Candidates are found by the database: a word with few errors keeps at least one of its pieces
unchanged (`patterns`), and plain LIKE finds it by that piece. What they propose is measured here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_ONE_ERROR_FROM: Final = 4
_TWO_ERRORS_FROM: Final = 8
_MIN_PREFIX: Final = 3


@dataclass(frozen=True, slots=True)
class Patterns:
    """Pieces of a word of which every near word holds at least one, and the lengths it may have."""

    start: str
    middle: str
    end: str
    min_length: int
    max_length: int


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """A word of the vocabulary: how it is folded, how it is written, in how many documents it stands."""

    folded: str
    written: str
    documents: int


def allowed_errors(word: str) -> int:
    """Return how many errors a word of this length may hold: 0 below 4 letters, 1 below 8, else 2."""
    if len(word) < _ONE_ERROR_FROM or any(char.isdigit() for char in word):
        return 0
    return 1 if len(word) < _TWO_ERRORS_FROM else 2


def patterns(word: str) -> Patterns:
    """Return the pieces one of which survives the allowed errors; empty pieces are not searched.

    One error touches at most two neighbouring letters (a swap). With one error the word is cut in
    two, with two errors in three, leaving one letter between the pieces out.
    """
    length, errors = len(word), allowed_errors(word)
    if errors <= 1:
        half = length // 2
        return Patterns(word[: half - 1], "", word[half:], length - errors, length + errors)
    third = (length - 2) // 3
    return Patterns(
        start=word[:third],
        middle=word[third + 1 : length - third - 1],
        end=word[length - third :],
        min_length=length - errors,
        max_length=length + errors,
    )


def distance(first: str, second: str, limit: int) -> int:
    """Return the number of errors (insert, drop, change, swap neighbours) or `limit` + 1 when more."""
    if abs(len(first) - len(second)) > limit:
        return limit + 1
    return min(_last_row(first, second, limit)[-1], limit + 1)


def prefix_distance(word: str, longer: str, limit: int) -> int:
    """Return the number of errors to the nearest beginning of `longer`, or `limit` + 1 when more."""
    return min(*_last_row(word, longer[: len(word) + limit], limit), limit + 1)


def _last_row(first: str, second: str, limit: int) -> list[int]:
    """Return the errors between `first` and each beginning of `second`; may stop early with more than `limit`."""
    before: list[int] = []
    previous = list(range(len(second) + 1))
    for row, char in enumerate(first, start=1):
        current = [row]
        for column, other in enumerate(second, start=1):
            cost = previous[column - 1] + (char != other)
            best = min(cost, previous[column] + 1, current[column - 1] + 1)
            is_swap = row > 1 and column > 1 and char == second[column - 2] and first[row - 2] == other
            current.append(min(best, before[column - 2] + 1) if is_swap else best)
        if min(current) > limit and min(previous) > limit:
            return [limit + 1]
        before, previous = previous, current
    return previous


def correction(word: str, candidates: Iterable[Known]) -> Known | None:
    """Return the nearest of the candidates within the allowed errors, then the most common; or None."""
    limit = allowed_errors(word)
    ranked = [
        (errors, candidate.folded[:1] != word[:1], -candidate.documents, candidate.folded, candidate)
        for candidate in candidates
        if 0 < (errors := distance(word, candidate.folded, limit)) <= limit
    ]
    return min(ranked)[-1] if ranked else None


def completion(word: str, candidates: Iterable[Known]) -> Known | None:
    """Return the most common of the nearest longer words whose beginning is within the allowed errors."""
    limit = allowed_errors(word)
    ranked = [
        (errors, -candidate.documents, candidate.folded, candidate)
        for candidate in candidates
        if (errors := prefix_distance(word, candidate.folded, limit)) <= limit
    ]
    return min(ranked)[-1] if ranked else None


def similarity(first: str, second: str) -> float:
    """Return how alike two words are by their groups of three letters, from 0 to 1."""
    one, other = _trigrams(first), _trigrams(second)
    return 2 * len(one & other) / (len(one) + len(other))


def nearest(word: str, candidates: Iterable[Known], limit: int) -> tuple[Known, ...]:
    """Return up to `limit` candidates most like the word, best first, at least a quarter alike."""
    ranked = sorted(
        (-similarity(word, candidate.folded), -candidate.documents, candidate.folded, candidate)
        for candidate in candidates
    )
    least = 0.25
    return tuple(entry[-1] for entry in ranked if -entry[0] >= least)[:limit]


def near_start(word: str) -> str:
    """Return the beginning that words worth proposing share with an unknown word."""
    return word[: max(_MIN_PREFIX, len(word) // 3)]


def _trigrams(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}
