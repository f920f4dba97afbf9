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
AS_WRITTEN: Final = "="
KEY_LENGTH: Final = 3


class Alias(NamedTuple):
    """A phrase and what it stands for: a label of a competence, or other words for it.

    A word of the phrase that ends in ``*`` stands for every word that begins so; a phrase that ends in ``=``
    only for words written just so ("Excel=" is no verb). A learnt alias carries the ``key`` of its competence
    instead.
    """

    phrase: str
    stands_for: str = ""
    key: str = ""


class Found(NamedTuple):
    """An alias in the words ``first`` to ``last`` (the latter not included) of a sentence."""

    alias: Alias
    first: int
    last: int


class Part(NamedTuple):
    """A word of a phrase: folded, whether any ending will do, and how it must be written; "" when that is no matter."""

    folded: str
    has_any_ending: bool
    written: str


class AliasBook:
    """Finds aliases in sentences; phrases without a word are left out."""

    def __init__(self, aliases: Iterable[Alias]) -> None:
        self._by_start: dict[str, list[tuple[tuple[Part, ...], Alias]]] = defaultdict(list)
        for alias in aliases:
            if pattern := tuple(_pattern(alias.phrase)):
                self._by_start[pattern[0].folded[:KEY_LENGTH]].append((pattern, alias))

    def find(self, text: str, sentence: Sequence[Word]) -> Iterator[Found]:
        """Yield every alias in a sentence of the text, in the order of its words."""
        for first, word in enumerate(sentence):
            for pattern, alias in self._by_start.get(word.text[:KEY_LENGTH], ()):
                last = first + len(pattern)
                here = zip(sentence[first:last], pattern, strict=False)
                if last <= len(sentence) and all(_fits(text, word, part) for word, part in here):
                    yield Found(alias, first, last)


@cache
def shipped_aliases() -> tuple[Alias, ...]:
    """Return the list of the product."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return tuple(Alias(row["phrase"], row["stands_for"]) for row in csv.DictReader(file))


def _pattern(phrase: str) -> Iterator[Part]:
    """Yield the words of a phrase."""
    is_as_written = phrase.endswith(AS_WRITTEN)
    for word in words(phrase):
        has_any_ending = phrase[word.end : word.end + 1] == ANY_ENDING and len(word.text) > KEY_LENGTH
        yield Part(word.text, has_any_ending, phrase[word.start : word.end] if is_as_written else "")


def _fits(text: str, word: Word, part: Part) -> bool:
    if part.written and text[word.start : word.end] != part.written:
        return False
    return word.text.startswith(part.folded) if part.has_any_ending else word.text == part.folded
