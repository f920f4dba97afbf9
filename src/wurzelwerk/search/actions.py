"""Writes to the index: bulk, idempotent, in batches of their own transaction."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from wurzelwerk.search import engine, sources, vocabulary
from wurzelwerk.search.analysis.documents import Document
from wurzelwerk.search.models import SearchDocument
from wurzelwerk.search.writing import Entry, OnProgress, changed_entries, remove_rows, write_entries

_MANY: Final = 500
"""From this many documents on the word forms are worth writing first."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an indexing run did, in documents."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0


def index_documents(
    source: str, documents: Iterable[Document], *, on_progress: OnProgress | None = None
) -> IndexReport:
    """Add or replace the documents of a source; equal ones are left alone.

    Documents may come from a generator. Raises ValueError for a document without title or key.
    """
    count = _Counter(Entry(source, document.cleaned()) for document in documents)
    changed = list(changed_entries(count))
    if len(changed) >= _MANY:
        engine.write_word_forms()
    if changed:
        write_entries(changed, engine.terms(), counts=vocabulary.german_counts(), on_progress=on_progress)
    return IndexReport(written=len(changed), unchanged=count.seen - len(changed))


def remove_documents(source: str, object_keys: Collection[str] | None = None) -> int:
    """Remove the documents of these objects, or of the whole source; return how many there were."""
    stored = SearchDocument.objects.filter(source=source)
    if object_keys is not None:
        stored = stored.filter(object_key__in=list(object_keys))
    primary_keys = list(stored.values_list("pk", flat=True))
    remove_rows(primary_keys)
    return len(primary_keys)


def replace_documents(source: str, documents: Iterable[Document]) -> IndexReport:
    """Make the index hold exactly these documents of a source."""
    kept: set[tuple[str, str]] = set()

    def remembered() -> Iterator[Document]:
        for document in documents:
            kept.add((document.object_key, str(document.language)))
            yield document

    report = index_documents(source, remembered())
    removed = _remove_others({source}, {(source, *key) for key in kept})
    return IndexReport(report.written, report.unchanged, removed)


def rebuild_index(*, on_progress: OnProgress | None = None) -> IndexReport:
    """Analyse all documents of all indexed sources anew, with the words of the whole index.

    Searching goes on meanwhile: documents are replaced, none is missing in between.
    """
    engine.write_word_forms()
    entries = [
        Entry(source.key, document.cleaned())
        for source in sources.in_order()
        if source.documents is not None
        for document in source.documents()
    ]
    kept = {(entry.source, entry.document.object_key, entry.document.language.value) for entry in entries}
    removed = _remove_others(None, kept)
    write_entries(entries, engine.terms(), counts={}, on_progress=on_progress)
    vocabulary.recount(entry.document for entry in entries)
    return IndexReport(written=len(entries), removed=removed)


def _remove_others(of_sources: set[str] | None, kept: set[tuple[str, str, str]]) -> int:
    stored = SearchDocument.objects.all()
    if of_sources is not None:
        stored = stored.filter(source__in=of_sources)
    gone = [
        primary_key
        for primary_key, *key in stored.values_list("pk", "source", "object_key", "language")
        if tuple(key) not in kept
    ]
    remove_rows(gone)
    return len(gone)


class _Counter:
    """Passes entries on and counts them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.seen = 0
        self._entries = entries

    def __iter__(self) -> Iterator[Entry]:
        for entry in self._entries:
            self.seen += 1
            yield entry
