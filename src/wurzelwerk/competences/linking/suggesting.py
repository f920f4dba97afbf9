"""From a text to the competences it speaks of, each with the words that caused it.

The score of a competence in a sentence is the likeness of the best window, half the likeness of the whole
sentence, and .15 of the coverage of its labels by the sentence; of several sentences the best one counts.
An alias makes a window that is wholly like its competence. It is a proposal: somebody confirms it.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np

from wurzelwerk.competences.linking.aliases import Alias, AliasBook, shipped_aliases
from wurzelwerk.competences.linking.encoder import Encoder, Vectors, unit
from wurzelwerk.competences.linking.index import Index, StaleIndexError
from wurzelwerk.competences.linking.windows import Sentence, Window, sentences
from wurzelwerk.competences.linking.words import Word, folded

OF_WHOLE: Final = 0.5
OF_COVERAGE: Final = 0.15
HIGHEST: Final = 1 + OF_WHOLE + OF_COVERAGE
NEARLY: Final = 0.02
"""A shorter window that is this little less like the competence is shown instead."""
ALSO_SHOWN: Final = 0.9
"""Further sentences are shown whose score reaches this share of the best one's."""
MOST_SHOWN: Final = 3
AT_ONCE: Final = 16
"""Sentences whose scores are held at once, so that a long text takes no more memory."""
BLOCK: Final = 250_000
"""Likenesses reckoned at once, so that they stay in the processor's cache."""
SMALLEST_BLOCK: Final = 32


class Span(NamedTuple):
    """The words ``text[start:end]``."""

    start: int
    end: int


class Suggestion(NamedTuple):
    """A competence, its score from 0 to 1, and the words that caused it: the strongest first, at most three."""

    key: str
    score: float
    words: tuple[Span, ...]


class _Read(NamedTuple):
    """A sentence: its words, the sums of the vectors of the first 0, 1, ... of them, and its windows.

    ``windows`` are vectors of length 1, ``places`` where they stand: ``own`` ones of the sentence, then those of
    what aliases stand for. ``named`` are rows of the index that an alias names, with its place.
    """

    words: Sequence[Word]
    sums: Vectors
    windows: Vectors
    places: Sequence[Window]
    own: int
    named: dict[int, Window]


class Linker:
    """Suggests competences of one index. Raises ``StaleIndexError`` when another table built the index."""

    def __init__(
        self,
        encoder: Encoder,
        index: Index,
        aliases: Iterable[Alias] | None = None,
        learnt: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Take the shipped aliases unless others are given; ``learnt`` are phrases with the key they stand for."""
        if index.fingerprint != encoder.fingerprint:
            raise StaleIndexError("The index was built by another table.")
        self._encoder, self._index = encoder, index
        every = shipped_aliases() if aliases is None else aliases
        self._aliases = AliasBook([*(Alias(phrase, key=key) for phrase, key in learnt), *every])

    def suggest(self, text: str, top: int = 5) -> tuple[Suggestion, ...]:
        """Return the ``top`` best, best first; nothing for a text without words.

        Only the first ``windows.TEXT_LIMIT`` characters are read.
        """
        if top < 1 or not self._index.keys:
            return ()
        read = [self._read(text, sentence) for sentence in sentences(text)]
        if not read:
            return ()
        strongest = Strongest(len(self._index.keys))
        for start in range(0, len(read), AT_ONCE):
            for scores in self._scores(read[start : start + AT_ONCE], top):
                strongest.add(scores)
        best = strongest.scores[0]
        return tuple(
            Suggestion(
                self._index.keys[row],
                round(float(min(max(best[row] / HIGHEST, 0), 1)), 4),
                tuple(dict.fromkeys(self._cause(read[number], row) for number in strongest.of(row))),
            )
            for row in best_rows(best, top)
        )

    def _read(self, text: str, sentence: Sentence) -> _Read:
        words, places, named = sentence.words, list(sentence.windows), dict[int, Window]()
        sums = np.cumsum(self._encoder.vectors([word.text for word in words]), axis=0, dtype=np.float32)
        sums = np.vstack([np.zeros_like(sums[:1]), sums])
        firsts, lasts = np.array(sentence.windows).T
        meanings = list[str]()
        for alias, first, last in self._aliases.find(text, words):
            row = self._index.rows.get(alias.key) if alias.key else self._index.names.get(folded(alias.stands_for))
            if row is not None:
                named.setdefault(row, Window(first, last))
            elif alias.stands_for:
                meanings.append(alias.stands_for)
                places.append(Window(first, last))
        windows = np.vstack([unit(sums[lasts] - sums[firsts]), self._encoder.embed(meanings)])
        return _Read(words, sums, windows, places, len(sentence.windows), named)

    def _scores(self, read: Sequence[_Read], top: int) -> Vectors:
        """Return a row of scores of all competences for each sentence."""
        vectors, every = self._index.vectors, np.vstack([one.windows for one in read])
        ends = np.cumsum([len(one.windows) for one in read])
        scores = np.empty((len(read), len(vectors)), np.float32)
        step = max(SMALLEST_BLOCK, BLOCK // len(every))
        for start in range(0, len(vectors), step):
            likeness = every @ vectors[start : start + step].T
            for number, part in enumerate(np.split(likeness, ends[:-1])):
                part.max(axis=0, out=scores[number, start : start + step])
        for number, one in enumerate(read):
            scores[number, list(one.named)] = 1
        scores += OF_WHOLE * (unit(np.stack([one.sums[-1] for one in read])) @ vectors.T)
        for one, row in zip(read, scores, strict=True):
            # Not even full coverage would lift any other among the first.
            near = np.flatnonzero(row >= least_of(row, top) - OF_COVERAGE)
            row[near] += OF_COVERAGE * self._index.coverage.of(one.words, near)
        return scores

    def _cause(self, one: _Read, row: int) -> Span:
        place = one.named.get(row)
        if place is None:
            best = int(np.argmax(one.windows @ self._index.vectors[row]))
            is_alias = best >= one.own
            place = one.places[best] if is_alias else trimmed(one.sums, one.places[best], self._index.vectors[row])
        first, last = place
        return Span(one.words[first].start, one.words[last - 1].end)


class Strongest:
    """The highest scores of each competence and the sentences that have them: as much memory for any text.

    ``scores[0]`` are the highest, ``scores[1]`` the second, and so on; of equal ones the earlier sentence first.
    """

    def __init__(self, competences: int) -> None:
        self.scores = np.full((MOST_SHOWN, competences), -np.inf, np.float32)
        self._numbers = np.full((MOST_SHOWN, competences), -1, np.int32)
        self._added = 0

    def add(self, scores: Vectors) -> None:
        """Take in the scores of the next sentence."""
        scores, numbers = scores.copy(), np.full(len(scores), self._added, np.int32)
        for kept, kept_numbers in zip(self.scores, self._numbers, strict=True):
            rows = np.flatnonzero((scores > kept) | ((scores == kept) & (numbers < kept_numbers)))
            kept[rows], scores[rows] = scores[rows], kept[rows]
            kept_numbers[rows], numbers[rows] = numbers[rows], kept_numbers[rows]
        self._added += 1

    def of(self, row: int) -> list[int]:
        """Return the strongest sentence of a competence, then those that reach ``ALSO_SHOWN`` of its score."""
        scores, numbers = self.scores[:, row], self._numbers[:, row]
        first, *further = numbers[: self._added].tolist()
        reaching = scores[1 : self._added] >= ALSO_SHOWN * scores[0]
        return [first, *(number for number, is_shown in zip(further, reaching, strict=True) if is_shown)]


def trimmed(sums: Vectors, place: Window, vector: Vectors) -> Window:
    """Return the window without the words at its edges that it hardly owes its likeness to ``vector`` to."""
    least = like(sums, [place], vector)[0] - NEARLY
    while place.last - place.first > 1:
        shorter = [Window(place.first + 1, place.last), Window(place.first, place.last - 1)]
        likeness = like(sums, shorter, vector)
        best = int(np.argmax(likeness))
        if likeness[best] < least:
            break
        place = shorter[best]
    return place


def like(sums: Vectors, places: Sequence[Window], vector: Vectors) -> Vectors:
    """Return how like ``vector`` each window is."""
    return np.asarray(unit(np.stack([sums[last] - sums[first] for first, last in places])) @ vector, dtype=np.float32)


def best_rows(scores: Vectors, top: int) -> list[int]:
    """Return the rows of the ``top`` highest scores, highest first; of equal ones the first row first."""
    reaching = np.flatnonzero(scores >= least_of(scores, top))
    return [int(row) for row in reaching[np.argsort(-scores[reaching], kind="stable")][:top]]


def least_of(scores: Vectors, top: int) -> float:
    """Return the lowest of the ``top`` highest scores."""
    place = max(len(scores) - top, 0)
    return float(np.partition(scores, place)[place])
