"""The words of the index: counted with every document written or removed, looked up for typing errors."""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Final

from django.db import connection, transaction
from django.db.models import Q

from wurzelwerk.search.analysis.compounds import MAX_WORD_LENGTH
from wurzelwerk.search.analysis.documents import Document
from wurzelwerk.search.analysis.spelling import Known, allowed_errors, near_start, patterns
from wurzelwerk.search.analysis.tokens import vocabulary_words
from wurzelwerk.search.analysis.words import Language
from wurzelwerk.search.models import VocabularyWord

_MAX_CANDIDATES: Final = 3_000
_MAX_PROPOSALS: Final = 300
_MIN_PART: Final = 3
_LOCK: Final = 5_735_264
"""Number of the PostgreSQL advisory lock that lets only one process write the index at a time."""
_COUNT: Final = """
    INSERT INTO search_vocabularyword (language, folded, length, written, documents) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (folded, language) DO UPDATE SET documents = search_vocabularyword.documents + excluded.documents
"""


Word = tuple[str, Language]
"""A folded word of a language."""


class Changes:
    """By how many documents more (or fewer) each word is held, and how it is written."""

    def __init__(self) -> None:
        """Start without changes."""
        self.documents: dict[Word, int] = {}
        self.written: dict[Word, str] = {}

    def count(self, document: Document, by: int) -> None:
        """Add `by` for each word of the document."""
        text = "\n".join((document.title, *document.keywords, document.summary, document.body))
        for folded, written in dict(vocabulary_words(text, document.language)).items():
            word = folded, document.language
            self.documents[word] = self.documents.get(word, 0) + by
            self.written.setdefault(word, written)


def apply_changes(changes: Changes) -> None:
    """Write the counted changes; words that stand in no document any more go."""
    rows = [
        (language.value, folded, len(folded), changes.written[folded, language][:64], documents)
        for (folded, language), documents in sorted(changes.documents.items())
        if documents
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_COUNT, rows)
    if any(row[-1] < 0 for row in rows):
        VocabularyWord.objects.filter(documents__lte=0).delete()


def recount(documents: Iterable[Document]) -> None:
    """Count the vocabulary of exactly these documents from the beginning."""
    changes = Changes()
    for document in documents:
        changes.count(document, 1)
    with transaction.atomic():
        lock_index()
        VocabularyWord.objects.all().delete()
        apply_changes(changes)


def lock_index() -> None:
    """Wait until no other transaction writes the index; SQLite has only one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def german_counts() -> dict[str, int]:
    """Return every German word with the number of documents it stands in."""
    return dict(VocabularyWord.objects.filter(language=Language.GERMAN).values_list("folded", "documents"))


def candidates(words: Iterable[str]) -> tuple[Known, ...]:
    """Return the words near to any of the given folded words (some of them farther), and these themselves."""
    condition = Q(pk__in=())
    for word in words:
        condition |= Q(folded=word) | _near(word)
    rows = VocabularyWord.objects.filter(condition).order_by("-documents", "folded")
    return tuple(Known(*row) for row in rows.values_list("folded", "written", "documents")[:_MAX_CANDIDATES])


def proposals(words: Iterable[str]) -> tuple[Known, ...]:
    """Return common words that begin like any of the given ones."""
    condition = Q(pk__in=())
    for word in words:
        condition |= Q(folded__startswith=near_start(word))
    rows = VocabularyWord.objects.filter(condition).order_by("-documents", "folded")
    return tuple(Known(*row) for row in rows.values_list("folded", "written", "documents")[:_MAX_PROPOSALS])


def longer_candidates(words: Iterable[str]) -> tuple[Known, ...]:
    """Return longer words of which the beginning may be near to any of the given folded words."""
    condition = Q(pk__in=())
    for word in words:
        if allowed_errors(word):
            wanted = patterns(word)
            inside = [Q(folded__contains=piece) for piece in (wanted.middle, wanted.end) if piece]
            pieces = reduce(or_, inside, Q(folded__startswith=wanted.start))
            condition |= pieces & Q(length__gt=wanted.max_length)
    rows = VocabularyWord.objects.filter(condition).order_by("-documents", "folded")
    return tuple(Known(*row) for row in rows.values_list("folded", "written", "documents")[:_MAX_CANDIDATES])


def is_start_of_word(start: str) -> bool:
    """Tell whether any word of the index begins like this."""
    return VocabularyWord.objects.filter(folded__startswith=start).exists()


def counts_inside(words: Iterable[str]) -> Mapping[str, int]:
    """Return the German words of the index that could be parts of the given words, with their counts."""
    pieces = {
        piece + ending
        for word in words
        for start in range(len(word[:MAX_WORD_LENGTH]))
        for end in range(start + _MIN_PART, len(word[:MAX_WORD_LENGTH]) + 1)
        for piece in (word[start:end],)
        for ending in ("", "e", "en")
    }
    rows = VocabularyWord.objects.filter(language=Language.GERMAN)
    listed = sorted(pieces)
    found: dict[str, int] = {}
    for first in range(0, len(listed), 900):
        chunk = rows.filter(folded__in=listed[first : first + 900])
        found.update(chunk.values_list("folded", "documents"))
    return found


def _near(word: str) -> Q:
    if not allowed_errors(word):
        return Q(pk__in=())
    wanted = patterns(word)
    pieces = Q(pk__in=())
    if wanted.start:
        pieces |= Q(folded__startswith=wanted.start)
    if wanted.middle:
        pieces |= Q(folded__contains=wanted.middle)
    if wanted.end:
        pieces |= Q(folded__endswith=wanted.end)
    return pieces & Q(length__range=(wanted.min_length, wanted.max_length))
