"""The journal: what somebody writes for themselves. No text of it stands in the database in plain."""

from datetime import timedelta
from typing import Any, ClassVar, Final, Self

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from wurzelwerk.competences.models import Competence, Evidence
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.constraints import within
from wurzelwerk.kernel.matrix import Item
from wurzelwerk.kernel.models import PublicIdModel
from wurzelwerk.kernel.personal import Fields, PersonalData, Purpose, Retention
from wurzelwerk.kernel.visibility import PersonalModel, PersonalQuerySet, RowRule
from wurzelwerk.people.models import Person

BASKET_DAYS: Final = 30
KEPT_VERSIONS: Final = 20
HIGHEST_LEVEL: Final = 5
KEY_ID_LENGTH: Final = 16


class EntryQuerySet(PersonalQuerySet):
    """Entries by whether they are kept."""

    def kept(self) -> Self:
        """Return those that were not deleted."""
        return self.filter(deleted_at=None)

    def in_basket(self) -> Self:
        """Return those that were deleted and can still be restored."""
        return self.filter(deleted_at__isnull=False)

    def past_basket(self) -> Self:
        """Return those whose time in the basket is over."""
        return self.filter(deleted_at__lt=clock.now() - timedelta(days=BASKET_DAYS))


class JournalEntry(PublicIdModel, PersonalModel):
    """One entry: title, text and the question it answers, sealed together in ``sealed``.

    ``version`` counts every saving; ``editor_key`` names the open page that saved last, so that a
    second page's text is kept as a version of its own. The seal is bound to entry and version.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    written_on = models.DateField()
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=KEY_ID_LENGTH, db_index=True)
    version = models.PositiveIntegerField(default=1)
    editor_key = models.CharField(max_length=24, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    saved_at = models.DateTimeField(default=clock.now)
    deleted_at = models.DateTimeField(null=True, blank=True)
    competences = models.ManyToManyField(Competence, through="EntryCompetence", related_name="+")

    objects: ClassVar[Any] = EntryQuerySet.as_manager()

    personal_data = PersonalData(
        owner="person",
        fields=(
            Fields(
                Item.JOURNAL,
                Purpose.REFLECTION,
                Retention.PERSON_DECIDES,
                ("person", "written_on", "sealed", "created_at", "saved_at", "deleted_at", "competences"),
            ),
        ),
        technical=("id", "public_id", "key_id", "version", "editor_key"),
    )
    # In the basket an entry is its owner's alone, whatever was shared before.
    visibility: ClassVar[tuple[RowRule, ...]] = (
        RowRule(Item.JOURNAL, where=Q(deleted_at=None)),
        RowRule(Item.STATEMENT, where=Q(deleted_at__isnull=False)),
    )

    class Meta:
        """Read by person, newest day first."""

        constraints: ClassVar = [CheckConstraint(condition=Q(version__gte=1), name="journalentry_version_counted")]
        indexes: ClassVar = [
            models.Index(fields=["person", "-written_on", "-id"], name="journalentry_by_day"),
            models.Index(fields=["deleted_at"], condition=Q(deleted_at__isnull=False), name="journalentry_basket"),
        ]


class EntryCompetence(PersonalModel):
    """A competence that an entry speaks of, named by its owner."""

    entry = models.ForeignKey(JournalEntry, models.CASCADE, related_name="tags")
    competence = models.ForeignKey(Competence, models.CASCADE, related_name="+")

    personal_data = PersonalData(
        owner="entry__person",
        fields=(Fields(Item.JOURNAL, Purpose.REFLECTION, Retention.PERSON_DECIDES, ("entry", "competence")),),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (
        RowRule(Item.JOURNAL, owner="entry__person", share_key="entry__public_id", where=Q(entry__deleted_at=None)),
    )

    class Meta:
        """Each competence once."""

        constraints: ClassVar = [UniqueConstraint(fields=["entry", "competence"], name="entrycompetence_once")]


class EntryVersion(PersonalModel):
    """An earlier text of an entry, as it was sealed then; never shared."""

    entry = models.ForeignKey(JournalEntry, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=KEY_ID_LENGTH, db_index=True)
    saved_at = models.DateTimeField()

    personal_data = PersonalData(
        owner="entry__person",
        fields=(Fields(Item.JOURNAL, Purpose.REFLECTION, Retention.PERSON_DECIDES, ("entry", "sealed", "saved_at")),),
        technical=("id", "number", "key_id"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.STATEMENT, owner="entry__person"),)

    class Meta:
        """Each version once."""

        constraints: ClassVar = [UniqueConstraint(fields=["entry", "number"], name="entryversion_once")]


class PassageQuerySet(PersonalQuerySet):
    """Passages by whether they count."""

    def in_force(self) -> Self:
        """Return those that were not taken back."""
        return self.filter(withdrawn_at=None)


class Passage(PublicIdModel, PersonalModel):
    """A piece of an entry that its owner made evidence of a competence.

    The sealed text is the journal's own copy; what others may see of it stands in ``evidence``.
    """

    entry = models.ForeignKey(JournalEntry, models.CASCADE, related_name="passages")
    competence = models.ForeignKey(Competence, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=KEY_ID_LENGTH, db_index=True)
    evidence = models.ForeignKey(Evidence, models.SET_NULL, null=True, blank=True, related_name="+")
    marked_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = PassageQuerySet.as_manager()

    personal_data = PersonalData(
        owner="entry__person",
        fields=(
            Fields(
                Item.JOURNAL,
                Purpose.REFLECTION,
                Retention.PERSON_DECIDES,
                ("entry", "competence", "level", "sealed", "evidence", "marked_at", "withdrawn_at"),
            ),
        ),
        technical=("id", "public_id", "key_id"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.STATEMENT, owner="entry__person"),)

    class Meta:
        """On the scale."""

        constraints: ClassVar = [within("level", 1, HIGHEST_LEVEL, model="passage")]
