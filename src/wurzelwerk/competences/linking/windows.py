"""Cuts a text into sentences, and each sentence into windows.

A window is a clause (between commas, bullets, "und", "oder", "sowie") or a run of 2, 4 or 7 words. What is looked
for is often named by few words of a long sentence: the best window says more than the whole.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from math import ceil
from typing import Final, NamedTuple

from wurzelwerk.competences.linking.words import Word, words

TEXT_LIMIT: Final = 20_000
"""Characters of a text that are looked at: about six pages."""
WORD_LIMIT: Final = 5_000
"""Words of a text that are looked at; only one of single letters and signs has more in ``TEXT_LIMIT`` characters."""
SENTENCE_LIMIT: Final = 60
"""Words after which a sentence without an end is cut."""
MOST_SENTENCES: Final = 300
"""Of a text that has more, such as a long list, neighbours are joined."""
RUNS: Final = (2, 4, 7)

_SENTENCE_END: Final = re.compile(
    r"(?:(?<![.!?…])(?<!\b\w)|(?<=\b\w[.!?…]))[.!?…]++(?=\s++[^a-zäöüß])|[\r\n\v\f\u2028\u2029]++|[•▪●◦‣]"
)
"""A point after a single letter ("z. B.") or before a small one ("ca. zwei") ends no sentence.

A run of points is tried from its beginning only, and never in parts: thousands of them take no longer than letters.
"""
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
    """Yield what holds a word of the first ``TEXT_LIMIT`` characters, in order: at most ``MOST_SENTENCES``.

    Joined neighbours are one sentence that has the windows of each, so that every line is still looked at.
    """
    found = list(_cut(text[:TEXT_LIMIT]))
    if len(found) <= MOST_SENTENCES:
        yield from found
        return
    least = ceil(sum(len(one.words) for one in found) / MOST_SENTENCES)
    gathered, held = list[Sentence](), 0
    for one in found:
        gathered.append(one)
        held += len(one.words)
        if held >= least:
            yield _joined(gathered)
            gathered, held = [], 0
    if gathered:
        yield _joined(gathered)


def _cut(text: str) -> Iterator[Sentence]:
    """Yield the sentences of the first ``WORD_LIMIT`` words."""
    left_to_read = WORD_LIMIT
    for start, end in between(_SENTENCE_END, text, 0, len(text)):
        left = islice(words(text, start, end), left_to_read)
        while part := tuple(islice(left, SENTENCE_LIMIT)):
            left_to_read -= len(part)
            yield Sentence(part, windows(text, part))


def _joined(parts: Sequence[Sentence]) -> Sentence:
    """Return one sentence of all words, with the windows of each part."""
    firsts = accumulate((len(one.words) for one in parts), initial=0)
    places = [
        Window(shift + first, shift + last)
        for one, shift in zip(parts, firsts, strict=False)
        for first, last in one.windows
    ]
    return Sentence(tuple(word for one in parts for word in one.words), tuple(sorted(places, key=_length_first)))


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
    return tuple(sorted(found, key=_length_first))


def _length_first(window: Window) -> tuple[int, int]:
    return window.last - window.first, window.first


def between(cut: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the places between the cuts of ``text[start:end]``."""
    for match in cut.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end
