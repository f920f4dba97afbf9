"""The stream of learning: one row per statement, appended and never changed."""

from datetime import date
from typing import Any, ClassVar, Never, Self
from uuid import uuid4

from django.db import models

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.constraints import one_of
from wurzelwerk.kernel.matrix import Item
from wurzelwerk.kernel.personal import Fields, PersonalData, Purpose, Retention
from wurzelwerk.kernel.visibility import PersonalModel, PersonalQuerySet, RowRule
from wurzelwerk.lrs.choices import Verb
from wurzelwerk.people.models import Person


class AppendOnlyError(Exception):
    """Somebody tried to change a statement; a wrong one is answered by another one."""


class StatementQuerySet(PersonalQuerySet):
    """Statements by what they are about; none of them can be changed."""

    def with_verb(self, verb: Verb) -> Self:
        """Return the statements of one verb."""
        return self.filter(verb=verb)

    def about_competence(self, competence_key: str) -> Self:
        """Return the statements that belong to one competence."""
        return self.filter(competence_key=competence_key)

    def in_month(self, month: date) -> Self:
        """Return what happened in the month of this day, in the active time zone."""
        return self.filter(occurred_at__year=month.year, occurred_at__month=month.month)

    def update(self, **changes: Any) -> Never:
        """Refuse: statements are appended only."""
        raise AppendOnlyError


class Statement(PersonalModel):
    """One learning act of one person; ``statement`` is the whole of it in the shape of xAPI 1.0.3.

    The other columns repeat what is searched for. ``minutes`` is in steps of five.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    verb = models.CharField(max_length=20, choices=Verb.choices)
    object_type = models.CharField(max_length=40)
    object_key = models.CharField(max_length=80)
    object_name = models.CharField(max_length=200)
    object_name_en = models.CharField(max_length=200, blank=True)
    competence_key = models.CharField(max_length=80, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    occurred_at = models.DateTimeField(default=clock.now)
    stored_at = models.DateTimeField(default=clock.now)
    statement = models.JSONField()

    objects: ClassVar[Any] = StatementQuerySet.as_manager()

    personal_data = PersonalData(
        owner="person",
        fields=(
            Fields(
                Item.STATEMENT,
                Purpose.LEARNING,
                Retention.STATEMENTS,
                (
                    "person",
                    "verb",
                    "object_type",
                    "object_key",
                    "object_name",
                    "object_name_en",
                    "competence_key",
                    "minutes",
                    "occurred_at",
                    "stored_at",
                    "statement",
                ),
            ),
        ),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.STATEMENT),)

    class Meta:
        """Always read by person; newest first, or by verb, competence or object."""

        constraints: ClassVar = [one_of("verb", Verb, model="statement")]
        indexes: ClassVar = [
            models.Index(fields=["person", "-occurred_at"], name="statement_by_time"),
            models.Index(fields=["person", "verb", "-occurred_at"], name="statement_by_verb"),
            models.Index(fields=["person", "competence_key", "-occurred_at"], name="statement_by_competence"),
            models.Index(fields=["object_type", "object_key"], name="statement_by_object"),
        ]
