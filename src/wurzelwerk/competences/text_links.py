"""The competences of all frameworks as an index that texts are linked to, kept in a file beside the database.

The index is made anew by the job that follows every change of a framework, and where it is missing or stale by
whoever asks first; each process reads it once.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db.models import Count, Max

from wurzelwerk.competences.linking import Concept, Encoder, Index, Linker, StaleIndexError, shipped_encoder
from wurzelwerk.competences.models import Competence

FOLDER: Final = "linking"
AT_ONCE: Final = 2_000
_COLUMNS: Final = (
    *("public_id", "label_de", "aliases_de", "label_en", "aliases_en"),
    *("description_de", "description_en"),
)


@dataclass(slots=True)
class Kept:
    """The linker this process has read, and the state of the frameworks it was built from."""

    state: str = ""
    linker: Linker | None = None


kept: Final = Kept()


def current_linker() -> Linker:
    """Return a linker for all current competences; one query where nothing has changed."""
    encoder = shipped_encoder()
    state = _state(encoder)
    if kept.linker is None or kept.state != state:
        kept.linker = Linker(encoder, _stored(state, encoder) or build_index())
        kept.state = state
    return kept.linker


def build_index() -> Index:
    """Embed all current competences and keep the index; seconds for a classification of 14,000."""
    encoder = shipped_encoder()
    state = _state(encoder)
    index = Index.build(encoder, _concepts())
    path = _path(state)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_bytes(index.to_bytes())
    new.replace(path)
    for other in path.parent.glob("*.npz"):
        if other != path:
            other.unlink(missing_ok=True)
    return index


def _concepts() -> Iterator[Concept]:
    rows = Competence.objects.current().order_by("pk").values_list(*_COLUMNS)
    for key, label_de, aliases_de, label_en, aliases_en, *descriptions in rows.iterator(chunk_size=AT_ONCE):
        yield Concept(
            key,
            labels_de=(label_de, *aliases_de.splitlines()),
            labels_en=(label_en, *aliases_en.splitlines()),
            descriptions=descriptions,
        )


def _stored(state: str, encoder: Encoder) -> Index | None:
    try:
        return Index.from_bytes(_path(state).read_bytes(), encoder)
    except (OSError, StaleIndexError):
        return None


def _state(encoder: Encoder) -> str:
    """Return what tells one state of the frameworks from another."""
    known = Competence.objects.current().aggregate(Count("pk"), Max("pk"), Max("framework__updated_at"))
    return hashlib.sha256(f"{encoder.fingerprint} {sorted(known.items())}".encode()).hexdigest()[:20]


def _path(state: str) -> Path:
    return Path(settings.DATA) / FOLDER / f"{state}.npz"
