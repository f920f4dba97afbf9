"""How much of a label's characters a text holds: catches names that the vectors blur.

The coverage of a label is the share of the weight of its pieces that also stand in the text; a piece that
few labels have weighs more (the logarithm of labels by labels with it).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wurzelwerk.competences.linking.words import BUCKETS, Word, pieces, words

Numbers = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Labels:
    """The pieces of all labels in one row, without repetition inside a label.

    ``pieces[starts[i]:starts[i + 1]]`` are those of label ``i``, which belongs to the concept ``owners[i]``;
    owners ascend, and each concept has at least one label.
    """

    pieces: npt.NDArray[np.uint16]
    starts: Places
    owners: npt.NDArray[np.int32]

    @classmethod
    def of(cls, labels: Iterable[Sequence[str]]) -> "Labels":
        """Cut the labels of each concept, one sequence per concept; labels without a word are left out."""
        rows, owners = list[npt.NDArray[np.uint16]](), list[int]()
        known: dict[str, npt.NDArray[np.uint16]] = {}
        for owner, names in enumerate(labels):
            cut = [row for name in names if len(row := _pieces(words(name), known))]
            rows += cut
            owners += [owner] * len(cut)
        starts = np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64)
        return cls(np.concatenate([np.zeros(0, np.uint16), *rows]), starts, np.array(owners, dtype=np.int32))

    def joined(self, other: "Labels", shift: int) -> "Labels":
        """Return these labels and those of ``other``, whose owners are counted from ``shift`` on."""
        return Labels(
            np.concatenate([self.pieces, other.pieces]),
            np.concatenate([self.starts, other.starts[1:] + self.starts[-1]]),
            np.concatenate([self.owners, other.owners + np.int32(shift)]),
        )

    def kept(self, concepts: npt.NDArray[np.bool_]) -> "Labels":
        """Return the labels of the concepts marked True, owners counted anew."""
        stays, lengths = concepts[self.owners], np.diff(self.starts)
        numbers = (np.cumsum(concepts) - 1).astype(np.int32)
        starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths[stays])])
        return Labels(self.pieces[np.repeat(stays, lengths)], starts, numbers[self.owners[stays]])


class Coverage:
    """Answers how far a text covers the labels of concepts."""

    def __init__(self, labels: Labels, concepts: int) -> None:
        self._labels = labels
        counts = np.bincount(labels.pieces, minlength=BUCKETS)
        self._weights = np.log((len(labels.owners) + 1) / np.maximum(counts, 1)).astype(np.float32)
        self._firsts = np.searchsorted(labels.owners, np.arange(concepts + 1))
        self._whole = sums(self._weights[labels.pieces], labels.starts)

    def of(self, found: Iterable[Word], rows: Places) -> Numbers:
        """Return the coverage (0 to 1) by the words of a text of the best label of each concept in ``rows``."""
        held = np.zeros(BUCKETS, np.float32)
        here = _pieces(found, {})
        held[here] = self._weights[here]
        labels, ends = ranges(self._firsts[rows], self._firsts[rows + 1])
        pieces_of, ends_of = ranges(self._labels.starts[labels], self._labels.starts[labels + 1])
        shares = sums(held[self._labels.pieces[pieces_of]], ends_of) / self._whole[labels]
        answer = np.zeros(len(rows), np.float32)
        named = np.diff(ends) > 0
        if named.any():
            answer[named] = np.maximum.reduceat(shares, ends[:-1][named])
        return answer


def ranges(starts: Places, ends: Places) -> tuple[Places, Places]:
    """Return all numbers from each start up to its end in one row, and where each range begins and ends in it."""
    bounds = np.concatenate([np.zeros(1, np.int64), np.cumsum(ends - starts)])
    return np.repeat(starts - bounds[:-1], ends - starts) + np.arange(bounds[-1]), bounds


def sums(values: Numbers, bounds: Places) -> Numbers:
    """Return the sum of each range of values; none is empty."""
    if len(bounds) == 1:
        return np.zeros(0, np.float32)
    return np.asarray(np.add.reduceat(values, bounds[:-1]), dtype=np.float32)


def _pieces(found: Iterable[Word], known: dict[str, npt.NDArray[np.uint16]]) -> npt.NDArray[np.uint16]:
    rows = []
    for word in found:
        if word.text not in known:
            known[word.text] = pieces(word.text)
        rows.append(known[word.text])
    return np.unique(np.concatenate(rows)) if rows else np.zeros(0, np.uint16)
