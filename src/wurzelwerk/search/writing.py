"""Writes documents with their tokens: compares, analyses with the words of the whole index, stores in batches."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeVar

from django.db import transaction
from django.db.models import QuerySet

from wurzelwerk.search import vocabulary
from wurzelwerk.search.analysis.compounds import Splitter
from wurzelwerk.search.analysis.documents import KEYWORD_SEPARATOR, Document
from wurzelwerk.search.analysis.stems import Terms
from wurzelwerk.search.analysis.tokens import Analyzer
from wurzelwerk.search.analysis.words import Language, fold_text
from wurzelwerk.search.models import SearchDocument

Item = TypeVar("Item")
BATCH: Final = 500
_WRITTEN_FIELDS: Final = (
    *("weight", "digest", "title", "title_folded", "url", "keywords", "summary", "body"),
    *("title_tokens", "keyword_tokens", "part_tokens", "body_tokens"),
)
OnProgress = Callable[[int, int], None]
"""Called with (documents done, documents in all)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of a source."""

    source: str
    document: Document


def changed_entries(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the entries that are new or differ from what is stored."""
    for batch in _batches(entries):
        stored = {
            (source, key, language): digest
            for source, key, language, digest in _stored(batch).values_list(
                "source", "object_key", "language", "digest"
            )
        }
        for entry in batch:
            document = entry.document
            if stored.get((entry.source, document.object_key, document.language.value)) != document.digest:
                yield entry


def write_entries(
    entries: list[Entry], terms: Terms, *, counts: dict[str, int], on_progress: OnProgress | None = None
) -> None:
    """Analyse and store the entries. `counts`: the German words already indexed, as `german_counts()`.

    Of several documents with the same source, key and language the last one counts.
    """
    entries = list(
        {(entry.source, entry.document.object_key, entry.document.language): entry for entry in entries}.values()
    )
    batches = [(batch, _new_words(batch)) for batch in _batches(entries)]
    for _, changes in batches:
        for (folded, language), documents in changes.documents.items():
            if language is Language.GERMAN:
                counts[folded] = counts.get(folded, 0) + documents
    analyzer = Analyzer(terms, Splitter(counts))
    done = 0
    for batch, changes in batches:
        _store(batch, [_row(entry, analyzer) for entry in batch], changes)
        done += len(batch)
        if on_progress:
            on_progress(done, len(entries))


def remove_rows(primary_keys: list[int]) -> None:
    """Remove stored documents and take their words out of the vocabulary."""
    for batch in _batches(primary_keys):
        with transaction.atomic():
            vocabulary.lock_index()
            changes = vocabulary.Changes()
            stored = SearchDocument.objects.filter(pk__in=batch)
            _count_stored(changes, stored.values_list("language", "title", "keywords", "summary", "body"))
            stored.delete()
            vocabulary.apply_changes(changes)


def _new_words(batch: list[Entry]) -> vocabulary.Changes:
    changes = vocabulary.Changes()
    for entry in batch:
        changes.count(entry.document, 1)
    return changes


def _row(entry: Entry, analyzer: Analyzer) -> SearchDocument:
    document = entry.document
    title, keywords, body = (
        analyzer.tokens(text, document.language)
        for text in (
            document.title,
            KEYWORD_SEPARATOR.join(document.keywords),
            f"{document.summary}\n{document.body}",
        )
    )
    return SearchDocument(
        source=entry.source,
        object_key=document.object_key,
        language=document.language.value,
        weight=document.weight,
        digest=document.digest,
        title=document.title,
        title_folded=fold_text(document.title, document.language)[:400],
        url=document.url,
        title_tokens=" ".join(title.words),
        keyword_tokens=" ".join(keywords.words),
        part_tokens=" ".join(title.parts + keywords.parts),
        body_tokens=" ".join(body.words + body.parts),
        keywords=KEYWORD_SEPARATOR.join(document.keywords),
        summary=document.summary,
        body=document.body,
    )


@transaction.atomic
def _store(batch: list[Entry], rows: list[SearchDocument], changes: vocabulary.Changes) -> None:
    vocabulary.lock_index()
    keys = {(entry.source, entry.document.object_key, entry.document.language.value) for entry in batch}
    replaced = _stored(batch).values_list("language", "title", "keywords", "summary", "body", "source", "object_key")
    _count_stored(changes, (row[:5] for row in replaced if (row[5], row[6], row[0]) in keys))
    SearchDocument.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["source", "object_key", "language"],
        update_fields=_WRITTEN_FIELDS,
    )
    vocabulary.apply_changes(changes)


def _stored(batch: list[Entry]) -> QuerySet[SearchDocument]:
    """Return the stored documents of the batch; some of other sources or languages may be among them."""
    return SearchDocument.objects.filter(
        source__in={entry.source for entry in batch},
        object_key__in={entry.document.object_key for entry in batch},
    )


def _count_stored(changes: vocabulary.Changes, rows: Iterable[tuple[str, str, str, str, str]]) -> None:
    for language, title, keywords, summary, body in rows:
        document = Document("-", Language(language), title, "", summary, (keywords,), body)
        changes.count(document, -1)


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch
