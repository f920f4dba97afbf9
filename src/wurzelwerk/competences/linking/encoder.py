"""Turns texts of both languages into vectors, by the table the product ships.

The table holds one row of whole numbers from -127 to 127 and one scale for each bucket of pieces. The vector
of a word is the sum of its rows over the square root of their number; that of a text the sum over its words,
brought to length 1. `tools/build_linking.py` makes the table; ADR 17 tells why it is as it is.
"""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from wurzelwerk.competences.linking.words import BUCKETS, pieces, words

Vectors = npt.NDArray[np.float32]

DIMENSIONS: Final = 128
ROW: Final = np.dtype([("scale", "<f4"), ("row", "i1", (DIMENSIONS,))])
TABLE: Final = Path(__file__).with_name("table.npy")
MADE_BY: Final = "tools/build_linking.py makes it from the ESCO files."
REMEMBERED_WORDS: Final = 20_000
"""Vectors of words kept in memory: at most 10 MB."""


class TableError(Exception):
    """The table is missing, damaged or of another shape; the message says which."""


class Encoder:
    """Embeds texts. ``fingerprint`` names the table: vectors of two tables cannot be compared."""

    def __init__(self, table: npt.NDArray[np.void], fingerprint: str = "") -> None:
        if table.shape != (BUCKETS,) or table.dtype != ROW:
            raise TableError(f"The linking table has another shape than {BUCKETS} rows of {DIMENSIONS}. {MADE_BY}")
        self._table = table
        self._remembered: dict[str, Vectors] = {}
        self.fingerprint = fingerprint or hashlib.sha256(table.tobytes()).hexdigest()

    @classmethod
    def load(cls, path: Path = TABLE) -> "Encoder":
        """Map the table into memory, where processes share it; raises ``TableError``.

        Beside it stands its checksum, as ``sha256sum`` writes it.
        """
        beside = path.with_suffix(".sha256")
        try:
            expected, found = beside.read_text().split()[:1], hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise TableError(f"The linking table cannot be read: {error}. {MADE_BY}") from error
        if expected != [found]:
            raise TableError(f"The linking table {path.name} is damaged: it does not fit {beside.name}. {MADE_BY}")
        try:
            return cls(np.load(path, mmap_mode="r", allow_pickle=False), found)
        except ValueError as error:
            raise TableError(f"The linking table {path.name} holds no table: {error}. {MADE_BY}") from error

    def vectors(self, folded: Sequence[str]) -> Vectors:
        """Return one row for each folded word; their lengths tell how much a word says."""
        return np.stack([self._word(word) for word in folded]) if folded else np.zeros((0, DIMENSIONS), np.float32)

    def embed(self, texts: Iterable[str]) -> Vectors:
        """Return one row of length 1 for each text; zeros for one without words."""
        sums = [self.vectors([word.text for word in words(text)]).sum(axis=0) for text in texts]
        return unit(np.array(sums, dtype=np.float32).reshape(-1, DIMENSIONS))

    def _word(self, folded: str) -> Vectors:
        known = self._remembered.get(folded)
        if known is None:
            rows = self._table[pieces(folded)]
            total = rows["scale"] @ rows["row"].astype(np.float32)
            known = np.asarray(total / len(rows) ** 0.5, dtype=np.float32)
            if len(self._remembered) >= REMEMBERED_WORDS:
                self._remembered.clear()
            self._remembered[folded] = known
        return known


@cache
def shipped_encoder() -> Encoder:
    """Return the encoder of the table that the product ships, read at the first call; raises ``TableError``."""
    return Encoder.load()


def unit(rows: Vectors) -> Vectors:
    """Return the rows brought to length 1; those of length 0 stay."""
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    lengths[lengths == 0] = 1
    return np.asarray(rows / lengths[:, None], dtype=np.float32)
