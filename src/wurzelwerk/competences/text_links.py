"""The competences of all frameworks as an index that texts are linked to, kept in a file beside the database.

The index is made anew by the job that follows every change of a framework, and where there is none at all by
whoever asks first; each process reads it once.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import time
from typing import Final

from django.conf import settings
from django.db.models import Count, Max

from wurzelwerk.competences.linking import Concept, Encoder, Index, Linker, StaleIndexError, shipped_encoder
from wurzelwerk.competences.models import Competence

FOLDER: Final = "linking"
AT_ONCE: Final = 2_000
NEW: Final = "new-"
LONG_AGO_SECONDS: Final = 3_600
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
    """Return a linker for the competences of all frameworks; one query where nothing has changed.

    While a framework is being imported the last index serves on: the job that follows makes the new one.
    """
    encoder = shipped_encoder()
    state = _state(encoder)
    if kept.linker is None or kept.state != state:
        index = _stored(_path(state), encoder)
        if index is not None:
            kept.linker, kept.state = Linker(encoder, index), state
        elif kept.linker is None:
            kept.linker = Linker(encoder, _last_stored(encoder) or build_index())
    return kept.linker


def build_index() -> Index:
    """Embed all current competences and keep the index; seconds for a classification of 14,000."""
    encoder = shipped_encoder()
    state = _state(encoder)
    index = Index.build(encoder, _concepts())
    path = _path(state)
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=NEW, delete=False) as file:
        file.write(index.to_bytes())
    Path(file.name).replace(path)
    for other in path.parent.iterdir():
        if other != path and (other.suffix == path.suffix or _is_left_behind(other)):
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


def _stored(path: Path, encoder: Encoder) -> Index | None:
    try:
        return Index.from_bytes(path.read_bytes(), encoder)
    except (OSError, StaleIndexError):
        return None


def _last_stored(encoder: Encoder) -> Index | None:
    """Return the index of a state before, where there is one."""
    found = (_stored(path, encoder) for path in sorted(_path("").parent.glob("*.index")))
    return next((index for index in found if index is not None), None)


def _is_left_behind(path: Path) -> bool:
    """Tell whether somebody began to write this file long ago and never ended."""
    return path.name.startswith(NEW) and time() - path.stat().st_mtime > LONG_AGO_SECONDS


def _state(encoder: Encoder) -> str:
    """Return what tells one state of the frameworks from another."""
    known = Competence.objects.current().aggregate(Count("pk"), Max("pk"), Max("framework__updated_at"))
    return hashlib.sha256(f"{encoder.fingerprint} {sorted(known.items())}".encode()).hexdigest()[:20]


def _path(state: str) -> Path:
    return Path(settings.DATA) / FOLDER / f"{state}.index"
