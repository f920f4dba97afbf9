"""Everyday words for competences that a classification calls otherwise, or knows only by a longer name.

The shipped list is written from knowledge of the field; a room adds what people confirmed. Where an alias
stands in a text, its competence counts as named there.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from wurzelwerk.competences.linking.words import Word, words

SHIPPED: Final = Path(__file__).with_name("aliases.csv")
ANY_ENDING: Final = "*"
KEY_LENGTH: Final = 3


class Alias(NamedTuple):
    """A phrase and what it stands for: a label of a competence, or other words for it.

    A word of the phrase that ends in ``*`` stands for every word that begins so. A learnt alias carries the
    ``key`` of its competence instead.
    """

    phrase: str
    stands_for: str = ""
    key: str = ""


class Found(NamedTuple):
    """An alias in the words ``first`` to ``last`` (the latter not included) of a sentence."""

    alias: Alias
    first: int
    last: int


class AliasBook:
    """Finds aliases in sentences; phrases without a word are left out."""

    def __init__(self, aliases: Iterable[Alias]) -> None:
        self._by_start: dict[str, list[tuple[tuple[tuple[str, bool], ...], Alias]]] = defaultdict(list)
        for alias in aliases:
            if pattern := tuple(_pattern(alias.phrase)):
                self._by_start[pattern[0][0][:KEY_LENGTH]].append((pattern, alias))

    def find(self, sentence: Sequence[Word]) -> Iterator[Found]:
        """Yield every alias in the sentence, in the order of its words."""
        for first, word in enumerate(sentence):
            for pattern, alias in self._by_start.get(word.text[:KEY_LENGTH], ()):
                last = first + len(pattern)
                if last <= len(sentence) and all(map(_fits, sentence[first:last], pattern)):
                    yield Found(alias, first, last)


@cache
def shipped_aliases() -> tuple[Alias, ...]:
    """Return the list of the product."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return tuple(Alias(row["phrase"], row["stands_for"]) for row in csv.DictReader(file))


def _pattern(phrase: str) -> Iterator[tuple[str, bool]]:
    """Yield each folded word, and whether any ending will do."""
    for word in words(phrase):
        has_any_ending = phrase[word.end : word.end + 1] == ANY_ENDING and len(word.text) > KEY_LENGTH
        yield word.text, has_any_ending


def _fits(word: Word, part: tuple[str, bool]) -> bool:
    text, has_any_ending = part
    return word.text.startswith(text) if has_any_ending else word.text == text
