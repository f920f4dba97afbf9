"""The competences that texts are held against: a vector for each, and the pieces of its labels.

An index never changes; one with further competences is another. It is stored as bytes, so that a room can keep
what takes seconds to build.
"""

import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from wurzelwerk.competences.linking.coverage import Coverage, Labels
from wurzelwerk.competences.linking.encoder import DIMENSIONS, Encoder, Vectors, unit
from wurzelwerk.competences.linking.words import folded

LAYOUT: Final = 2
"""Rises when stored indexes of before no longer serve."""
CHECKSUM: Final = hashlib.sha256().digest_size
"""Bytes at the head of a stored index: the SHA-256 of the rest."""
OF_DESCRIPTION: Final = 0.5
"""What a description weighs beside a preferred label."""


class StaleIndexError(Exception):
    """The stored index is damaged or was built by another table: build it anew."""


@dataclass(frozen=True, slots=True)
class Concept:
    """What may be linked to. In each language the first label is the preferred one; empty texts have no say."""

    key: str
    labels_de: Sequence[str] = ()
    labels_en: Sequence[str] = ()
    descriptions: Sequence[str] = ()


@dataclass(frozen=True)
class Index:
    """``vectors`` is one row of length 1 per key; ``names`` finds the row of a folded label."""

    fingerprint: str
    keys: tuple[str, ...]
    vectors: Vectors
    labels: Labels
    names: dict[str, int]

    @classmethod
    def build(cls, encoder: Encoder, concepts: Iterable[Concept]) -> "Index":
        """Embed the concepts; of several with the same key the last one counts. About 4 seconds for 14,000."""
        known = list({concept.key: concept for concept in concepts}.values())
        names: dict[str, int] = {}
        for is_alternative in (False, True):
            for row, concept in enumerate(known):
                for name in _labels(concept, is_alternative=is_alternative):
                    names.setdefault(folded(name), row)
        names.pop("", None)
        return cls(
            encoder.fingerprint,
            tuple(concept.key for concept in known),
            _vectors(encoder, known),
            Labels.of([*_labels(concept), *_labels(concept, is_alternative=True)] for concept in known),
            names,
        )

    def with_concepts(self, encoder: Encoder, concepts: Iterable[Concept]) -> "Index":
        """Return an index with these as well; a key that is there already is replaced."""
        new = Index.build(encoder, concepts)
        if new.fingerprint != self.fingerprint:
            raise StaleIndexError("The index was built by another table.")
        old = self.without(new.keys)
        shift = len(old.keys)
        return Index(
            self.fingerprint,
            old.keys + new.keys,
            np.concatenate([old.vectors, new.vectors]),
            old.labels.joined(new.labels, shift),
            {name: row + shift for name, row in new.names.items()} | old.names,
        )

    def without(self, keys: Iterable[str]) -> "Index":
        """Return an index without these keys."""
        gone = set(keys)
        stays = np.array([key not in gone for key in self.keys], dtype=np.bool_)
        if stays.all():
            return self
        numbers = (np.cumsum(stays) - 1).tolist()
        return Index(
            self.fingerprint,
            tuple(key for key in self.keys if key not in gone),
            self.vectors[stays],
            self.labels.kept(stays),
            {name: numbers[row] for name, row in self.names.items() if stays[row]},
        )

    @cached_property
    def coverage(self) -> Coverage:
        """Return what tells how far a text covers the labels."""
        return Coverage(self.labels, len(self.keys))

    @cached_property
    def rows(self) -> dict[str, int]:
        """Return the row of each key."""
        return {key: row for row, key in enumerate(self.keys)}

    def to_bytes(self) -> bytes:
        """Return the index as a file that ``from_bytes`` reads; the same index gives the same bytes."""
        told = json.dumps({"layout": LAYOUT, "table": self.fingerprint, "keys": self.keys, "names": self.names})
        file = io.BytesIO()
        np.savez(
            file,
            told=np.frombuffer(told.encode(), np.uint8),
            vectors=self.vectors,
            pieces=self.labels.pieces,
            starts=self.labels.starts,
            owners=self.labels.owners,
        )
        data = file.getvalue()
        return hashlib.sha256(data).digest() + data

    @classmethod
    def from_bytes(cls, data: bytes, encoder: Encoder) -> "Index":
        """Read a stored index; raises ``StaleIndexError`` where it has to be built anew."""
        checksum, content = data[:CHECKSUM], memoryview(data)[CHECKSUM:]
        if hashlib.sha256(content).digest() != checksum:
            raise StaleIndexError("The stored index is damaged.")
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            told = json.loads(stored["told"].tobytes())
            if (told["layout"], told["table"]) != (LAYOUT, encoder.fingerprint):
                raise StaleIndexError("The stored index was built by another table.")
            labels = Labels(stored["pieces"], stored["starts"], stored["owners"])
            return cls(told["table"], tuple(told["keys"]), stored["vectors"], labels, told["names"])


def _labels(concept: Concept, *, is_alternative: bool = False) -> list[str]:
    which = slice(1, None) if is_alternative else slice(0, 1)
    return [name for labels in (concept.labels_de, concept.labels_en) for name in labels[which] if name]


def _vectors(encoder: Encoder, concepts: Sequence[Concept]) -> Vectors:
    """Return one row per concept: its preferred labels, and half of each description."""
    total = np.zeros((len(concepts), DIMENSIONS), np.float32)
    for language in ("labels_de", "labels_en"):
        total += encoder.embed((getattr(concept, language) or ("",))[0] for concept in concepts)
    for number in range(max((len(concept.descriptions) for concept in concepts), default=0)):
        total += OF_DESCRIPTION * encoder.embed(
            concept.descriptions[number] if number < len(concept.descriptions) else "" for concept in concepts
        )
    return unit(total)
