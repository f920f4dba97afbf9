"""Cuts a text into sentences, and each sentence into windows.

A window is a clause (between commas, bullets, "und", "oder", "sowie") or a run of 2, 4 or 7 words. What is looked
for is often named by few words of a long sentence: the best window says more than the whole.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from wurzelwerk.competences.linking.words import Word, words

TEXT_LIMIT: Final = 20_000
"""Characters of a text that are looked at: about six pages."""
SENTENCE_LIMIT: Final = 60
"""Words after which a sentence without an end is cut."""
RUNS: Final = (2, 4, 7)

_SENTENCE_END: Final = re.compile(r"(?<!\b\w)[.!?…]+(?=\s+[^\sa-zäöüß])|[\r\n\v\f\u2028\u2029]+|[•▪●◦‣]")
"""A point after a single letter ("z. B.") or before a small one ("ca. zwei") ends no sentence."""
_CLAUSE_END: Final = re.compile(
    r"[,;:()\[\]/|•]|[.!?](?=\s|$)|\s[-–—*+]\s|\b(?:und|oder|sowie|bzw|and|or|as well as)\b", re.IGNORECASE
)


class Window(NamedTuple):
    """The words ``sentence[first:last]``."""

    first: int
    last: int


class Sentence(NamedTuple):
    """Its words in order, and its windows, shorter ones first."""

    words: tuple[Word, ...]
    windows: tuple[Window, ...]


def sentences(text: str) -> Iterator[Sentence]:
    """Yield what holds a word of the first ``TEXT_LIMIT`` characters, in order."""
    text = text[:TEXT_LIMIT]
    for start, end in between(_SENTENCE_END, text, 0, len(text)):
        left = words(text, start, end)
        while part := tuple(islice(left, SENTENCE_LIMIT)):
            yield Sentence(part, windows(text, part))


def windows(text: str, part: tuple[Word, ...]) -> tuple[Window, ...]:
    """Return the windows of a sentence of ``text`` without repetition; at least one."""
    found = {Window(first, first + length) for length in RUNS for first in range(len(part) - length + 1)}
    first = 0
    for start, end in between(_CLAUSE_END, text, part[0].start, part[-1].end):
        while first < len(part) and part[first].start < start:
            first += 1
        last = first
        while last < len(part) and part[last].end <= end:
            last += 1
        if last > first:
            found.add(Window(first, last))
        first = last
    if not found:
        found.add(Window(0, len(part)))
    return tuple(sorted(found, key=lambda window: (window.last - window.first, window.first)))


def between(cut: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the places between the cuts of ``text[start:end]``."""
    for match in cut.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end
