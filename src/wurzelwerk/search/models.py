"""The index: what can be found, and the words it is made of. Nothing about persons is kept here."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from wurzelwerk.kernel.constraints import one_of
from wurzelwerk.kernel.personal import NOT_PERSONAL
from wurzelwerk.search.choices import ContentLanguage


class SearchDocument(models.Model):
    """One object of a source in one language: what is shown of it and the tokens it is found by.

    The full-text index over the token columns is kept by the database (triggers on SQLite, a
    generated column on PostgreSQL; migration 0002). Short columns come first, so that ranking does
    not read the long ones.
    """

    source = models.CharField(max_length=40)
    object_key = models.CharField(max_length=80)
    language = models.CharField(max_length=2, choices=ContentLanguage.choices)
    weight = models.FloatField(default=1.0)
    digest = models.CharField(max_length=32, blank=True)
    title = models.CharField(max_length=300)
    title_folded = models.CharField(max_length=400)
    url = models.CharField(max_length=300)
    title_tokens = models.TextField(blank=True)
    keyword_tokens = models.TextField(blank=True)
    part_tokens = models.TextField(blank=True)
    body_tokens = models.TextField(blank=True)
    keywords = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)

    personal_data = NOT_PERSONAL

    class Meta:
        """One text per object and language."""

        constraints: ClassVar = [
            one_of("language", ContentLanguage, model="searchdocument"),
            CheckConstraint(condition=Q(weight__gt=0), name="searchdocument_weight_positive"),
            UniqueConstraint(fields=["source", "object_key", "language"], name="searchdocument_once"),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class VocabularyWord(models.Model):
    """A word of the indexed texts: how it is folded, how it is written, in how many documents it stands."""

    language = models.CharField(max_length=2, choices=ContentLanguage.choices)
    folded = models.CharField(max_length=64)
    length = models.PositiveSmallIntegerField()
    written = models.CharField(max_length=64)
    documents = models.IntegerField()

    personal_data = NOT_PERSONAL

    class Meta:
        """Looked up by spelling, and by length for typing errors."""

        constraints: ClassVar = [
            one_of("language", ContentLanguage, model="vocabularyword"),
            UniqueConstraint(fields=["folded", "language"], name="vocabularyword_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["length", "folded"], name="vocabularyword_by_length")]

    def __str__(self) -> str:
        """Return the word as it is written."""
        return self.written
