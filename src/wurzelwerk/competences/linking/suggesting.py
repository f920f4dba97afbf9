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
from wurzelwerk.competences.linking.windows import Sentence, sentences
from wurzelwerk.competences.linking.words import Word, folded

OF_WHOLE: Final = 0.5
OF_COVERAGE: Final = 0.15
HIGHEST: Final = 1 + OF_WHOLE + OF_COVERAGE
NEARLY: Final = 0.02
"""A shorter window this little less like the competence is shown instead."""
ALSO_SHOWN: Final = 0.9
"""Further sentences are shown whose score reaches this share of the best one's."""
MOST_SHOWN: Final = 3
BLOCK: Final = 250_000
"""Likenesses reckoned at once, so that they stay in the processor's cache and a long text takes no more memory."""
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
    """A sentence: its words, the vectors of its windows and of the whole, the places of the windows (``spans``).

    ``named`` are rows of the index that an alias names, and where it stands.
    """

    words: Sequence[Word]
    windows: Vectors
    whole: Vectors
    spans: Sequence[Span]
    named: dict[int, Span]


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
        scores = self._scores(read, top)
        best = scores.max(axis=0)
        return tuple(
            Suggestion(
                self._index.keys[row],
                round(float(min(max(best[row] / HIGHEST, 0), 1)), 4),
                self._causes(read, scores[:, row], row),
            )
            for row in best_rows(best, top)
        )

    def _read(self, text: str, sentence: Sentence) -> _Read:
        words, named = sentence.words, dict[int, Span]()
        upto = np.cumsum(self._encoder.vectors([word.text for word in words]), axis=0, dtype=np.float32)
        upto = np.vstack([np.zeros_like(upto[:1]), upto])
        firsts, lasts = np.array(sentence.windows).T
        spans = [Span(words[first].start, words[last - 1].end) for first, last in sentence.windows]
        meanings = list[str]()
        for alias, first, last in self._aliases.find(text, words):
            span = Span(words[first].start, words[last - 1].end)
            row = self._index.rows.get(alias.key) if alias.key else self._index.names.get(folded(alias.stands_for))
            if row is not None:
                named.setdefault(row, span)
            elif alias.stands_for:
                meanings.append(alias.stands_for)
                spans.append(span)
        windows = np.vstack([unit(upto[lasts] - upto[firsts]), self._encoder.embed(meanings)])
        return _Read(words, windows, unit(upto[-1:])[0], spans, named)

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
        scores += OF_WHOLE * (np.stack([one.whole for one in read]) @ vectors.T)
        for one, row in zip(read, scores, strict=True):
            # Not even full coverage would lift any other among the first.
            near = np.flatnonzero(row >= least_of(row, top) - OF_COVERAGE)
            row[near] += OF_COVERAGE * self._index.coverage.of(one.words, near)
        return scores

    def _causes(self, read: Sequence[_Read], scores: Vectors, row: int) -> tuple[Span, ...]:
        strongest = np.argsort(-scores, kind="stable")[:MOST_SHOWN]
        reaching = strongest[scores[strongest] >= ALSO_SHOWN * scores[strongest[0]]]
        return tuple(dict.fromkeys(self._cause(read[number], row) for number in (*strongest[:1], *reaching)))

    def _cause(self, one: _Read, row: int) -> Span:
        if row in one.named:
            return one.named[row]
        likeness = one.windows @ self._index.vectors[row]
        return one.spans[int(np.argmax(likeness >= likeness.max() - NEARLY))]


def best_rows(scores: Vectors, top: int) -> list[int]:
    """Return the rows of the ``top`` highest scores, highest first; of equal ones the first row first."""
    reaching = np.flatnonzero(scores >= least_of(scores, top))
    return [int(row) for row in reaching[np.argsort(-scores[reaching], kind="stable")][:top]]


def least_of(scores: Vectors, top: int) -> float:
    """Return the lowest of the ``top`` highest scores."""
    place = max(len(scores) - top, 0)
    return float(np.partition(scores, place)[place])
