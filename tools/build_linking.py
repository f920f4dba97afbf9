"""Builds the table that turns texts into vectors (``competences.linking``) from the files of ESCO.

    python tools/build_linking.py FOLDER [--into FOLDER]

FOLDER holds ``skills.csv.gz`` and ``occupations.csv.gz``, in German and English. About 320,000 pairs of texts
that mean the same (alternative and preferred label, German and English label, description or a crop of it and
label) are learnt by contrast: in a batch of 512, each text shall be more like its partner than like the 511
others (InfoNCE: A. van den Oord et al., Representation Learning with Contrastive Predictive Coding, 2018), those
of the same concept left out of the comparison. Steps are Adagrad's, with one accumulator per row (J. Duchi et
al., Adaptive Subgradient Methods, 2011).

The seed is fixed, and everything is reckoned in double precision and rounded to whole numbers at the end:
neither the number of threads nor the processor changes a byte.
"""

import argparse
import csv
import gzip
import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from wurzelwerk.competences.linking.encoder import DIMENSIONS, ROW, TABLE
from wurzelwerk.competences.linking.words import BUCKETS, pieces, words

Floats = npt.NDArray[np.float64]
Text = npt.NDArray[np.int32]
"""The numbers of the words of a text in the vocabulary."""
Pair = tuple[Text, Text, int]
"""Two texts that mean the same, and the number of their concept."""

FILES: Final = ("skills.csv.gz", "occupations.csv.gz")
OTHER: Final = {"de": "en", "en": "de"}
SEED: Final = 1
PASSES: Final = 4
BATCH: Final = 512
STEP: Final = 0.1
TEMPERATURE: Final = 0.05
FIRST_SPREAD: Final = 0.1
"""Standard deviation of the table before the first batch."""
CROPS: Final = 2
"""Crops of each description in each pass."""
ACROSS: Final = 3
"""English alternatives of a concept that are paired with its German label in each pass."""
CROP_WORDS: Final = (3, 10)
DESCRIPTION_WORDS: Final = 60
PROGRESS_EVERY: Final = 200


@dataclass
class Vocabulary:
    """Numbers the folded words in the order in which they come."""

    numbers: dict[str, int] = field(default_factory=dict)

    def text(self, text: str) -> Text:
        return np.array([self.numbers.setdefault(word.text, len(self.numbers)) for word in words(text)], np.int32)

    def cut(self) -> Any:
        """Return the pieces of every word as a sparse matrix; a row holds 1/√n in each of its n columns."""
        rows = [pieces(word) for word in self.numbers]
        lengths = np.array([len(row) for row in rows])
        shares = np.repeat(1 / np.sqrt(lengths), lengths)
        columns = np.concatenate(rows).astype(np.int32)
        return csr_matrix((shares, columns, ends(lengths)), shape=(len(rows), BUCKETS))


@dataclass(frozen=True)
class Concept:
    """The texts of a concept by language."""

    label: dict[str, Text]
    alternatives: dict[str, list[Text]]
    description: dict[str, Text]


def read(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of both files."""
    for name in FILES:
        with gzip.open(folder / name, "rt", encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def concepts_of(rows: Iterable[dict[str, str]], vocabulary: Vocabulary) -> list[Concept]:
    """Return the concepts in numbers."""
    return [
        Concept(
            {language: vocabulary.text(row[f"pref_{language}"]) for language in OTHER},
            {language: [vocabulary.text(name) for name in row[f"alt_{language}"].split(" | ")] for language in OTHER},
            {language: vocabulary.text(row[f"desc_{language}"]) for language in OTHER},
        )
        for row in rows
    ]


def pairs(concepts: Sequence[Concept], chance: np.random.Generator) -> list[Pair]:
    """Return the pairs of one pass, shuffled."""
    found = [
        (one, other, number)
        for number, concept in enumerate(concepts)
        for one, other in pairs_of(concept, chance)
        if len(one) and len(other)
    ]
    return [found[number] for number in chance.permutation(len(found))]


def pairs_of(concept: Concept, chance: np.random.Generator) -> Iterator[tuple[Text, Text]]:
    """Yield texts of a concept that mean the same; some of them empty."""
    for language, label in concept.label.items():
        description = concept.description[language]
        yield from ((name, label) for name in concept.alternatives[language])
        yield description[:DESCRIPTION_WORDS], label
        yield from ((crop(description, chance), label) for _ in range(CROPS))
    german, english = concept.label["de"], concept.label["en"]
    yield german, english
    yield crop(concept.description["de"], chance), english
    names = concept.alternatives["en"]
    yield from ((names[number], german) for number in chance.permutation(len(names))[:ACROSS])


def crop(text: Text, chance: np.random.Generator) -> Text:
    """Return three to ten words of a text that follow each other."""
    shortest, longest = CROP_WORDS
    length = min(len(text), int(chance.integers(shortest, longest + 1)))
    start = int(chance.integers(0, len(text) - length + 1))
    return text[start : start + length]


class Training:
    """The table while it learns; ``cut`` is what ``Vocabulary.cut`` returns."""

    def __init__(self, cut: Any, seed: int) -> None:
        self._cut = cut
        self.table: Floats = np.random.default_rng(seed).standard_normal((BUCKETS, DIMENSIONS)) * FIRST_SPREAD
        self._squares: Floats = np.full(BUCKETS, 1e-8)

    def learn(self, batch: Sequence[Pair]) -> float:
        """Take one step; return the mean loss of the batch before it, in nats."""
        texts = [one for one, _, _ in batch] + [other for _, other, _ in batch]
        used, places = np.unique(np.concatenate(texts), return_inverse=True)
        summing = csr_matrix((np.ones(len(places)), places, ends([len(text) for text in texts])))
        rows, cutting = self._cut_of(used)
        old = self.table[rows]
        sums: Floats = summing @ (cutting @ old)
        lengths = np.sqrt((sums * sums).sum(axis=1, keepdims=True)) + 1e-9
        vectors = sums / lengths
        loss, slopes = contrast(vectors, np.array([concept for _, _, concept in batch]))
        slopes -= vectors * (slopes * vectors).sum(axis=1, keepdims=True)
        change: Floats = cutting.T @ (summing.T @ (slopes / lengths))
        self._squares[rows] += (change * change).mean(axis=1)
        self.table[rows] = old - (STEP / np.sqrt(self._squares[rows]))[:, None] * change
        return loss

    def _cut_of(self, used: npt.NDArray[np.int32]) -> tuple[npt.NDArray[np.int64], Any]:
        """Return the rows of the table that these words need, and the matrix from those rows to the words."""
        cut = self._cut[used]
        is_needed = np.zeros(BUCKETS, np.bool_)
        is_needed[cut.indices] = True
        columns = (np.cumsum(is_needed) - 1)[cut.indices]
        rows = np.flatnonzero(is_needed)
        return rows, csr_matrix((cut.data, columns, cut.indptr), shape=(len(used), len(rows)))


def contrast(vectors: Floats, concepts: npt.NDArray[np.int64]) -> tuple[float, Floats]:
    """Return the InfoNCE loss both ways, and its slopes; the first half of the vectors belongs to the second."""
    half = len(concepts)
    ones, others = vectors[:half], vectors[half:]
    likeness = np.exp((ones @ others.T - 1) / TEMPERATURE)
    is_own = np.eye(half, dtype=np.bool_)
    likeness[(concepts[:, None] == concepts[None, :]) & ~is_own] = 0
    forth = likeness / likeness.sum(axis=1, keepdims=True)
    back = likeness / likeness.sum(axis=0, keepdims=True)
    loss = -float(np.log(forth.diagonal() * back.diagonal() + 1e-300).mean()) / 2
    slopes = (forth + back - 2 * is_own) / (2 * TEMPERATURE)
    return loss, np.concatenate([slopes @ others, slopes.T @ ones])


def ends(lengths: Iterable[int] | npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return where rows of these lengths begin, and where the last one ends."""
    return np.cumsum([0, *lengths])


def train(
    rows: Iterable[dict[str, str]],
    *,
    passes: int = PASSES,
    batch: int = BATCH,
    seed: int = SEED,
    tell: Callable[[str], object] = print,
) -> npt.NDArray[np.void]:
    """Return the table learnt from the texts of the concepts."""
    vocabulary = Vocabulary()
    concepts = concepts_of(rows, vocabulary)
    training = Training(vocabulary.cut(), seed)
    tell(f"{len(concepts):,} concepts, {len(vocabulary.numbers):,} words")
    for number in range(passes):
        learnt = pairs(concepts, np.random.default_rng([seed, number]))
        losses = list[float]()
        for start in range(0, len(learnt) - batch + 1, batch):
            losses.append(training.learn(learnt[start : start + batch]))
            if len(losses) % PROGRESS_EVERY == 0:
                share = f"{len(losses) * batch:,} of {len(learnt):,} pairs"
                tell(f"pass {number + 1} of {passes}: {share}, loss {np.mean(losses[-PROGRESS_EVERY:]):.3f}")
    return rounded(training.table)


def rounded(table: Floats) -> npt.NDArray[np.void]:
    """Return the table in whole numbers, each row with its scale."""
    scales = np.maximum(np.abs(table).max(axis=1), 1e-12) / 127
    shipped = np.zeros(BUCKETS, ROW)
    shipped["scale"] = scales
    shipped["row"] = np.rint(table / scales[:, None])
    return shipped


def store(table: npt.NDArray[np.void], path: Path) -> str:
    """Write the table and beside it its checksum, which is returned."""
    np.save(path, table)
    checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    path.with_suffix(".sha256").write_text(f"{checksum}  {path.name}\n")
    return checksum


def main() -> int:
    """Build the table; 1 when the files are not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the files of ESCO lie")
    parser.add_argument(
        "--into", type=Path, default=TABLE.parent, help="where the table goes; the product's by default"
    )
    chosen = parser.parse_args()
    if missing := [name for name in FILES if not (chosen.folder / name).is_file()]:
        sys.stderr.write(f"{chosen.folder} lacks {', '.join(missing)}\n")
        return 1
    started = monotonic()

    def tell(line: str) -> None:
        print(f"{monotonic() - started:5.0f} s  {line}", flush=True)

    path = chosen.into / TABLE.name
    checksum = store(train(read(chosen.folder), tell=tell), path)
    tell(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, sha256 {checksum}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
