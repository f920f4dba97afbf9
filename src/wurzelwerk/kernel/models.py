"""Rows that every room needs: jobs, schedules, audit, idempotency; and abstract bases.

Persons appear here only as a plain ``person_id``: the kernel knows nobody.
"""

from typing import ClassVar

from django.db import models

from wurzelwerk.kernel.choices import JobState
from wurzelwerk.kernel.constraints import one_of
from wurzelwerk.kernel.ids import new_public_id
from wurzelwerk.kernel.matrix import Item
from wurzelwerk.kernel.personal import NOT_PERSONAL, Fields, PersonalData, Purpose, Retention
from wurzelwerk.kernel.visibility import PersonalModel, RowRule


class PublicIdModel(models.Model):
    """Base of every model with a URL: found by a short random name, never by its number."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)

    class Meta:
        """Only a base."""

        abstract = True


class Job(PublicIdModel, PersonalModel):
    """Long work somebody started: its progress, its end, and what it found.

    ``done`` and ``total`` count in the unit of the job's kind (rows, files); total 0 is unknown.
    """

    kind = models.CharField(max_length=60)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    state = models.CharField(max_length=12, choices=JobState.choices, default=JobState.WAITING)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    payload = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    run_after = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    cancel_requested_at = models.DateTimeField(null=True, blank=True)

    personal_data = PersonalData(
        owner="person_id",
        fields=(
            Fields(
                Item.ACCOUNT,
                Purpose.OPERATION,
                Retention.SHORT,
                ("person_id", "payload", "result", "note", "error"),
            ),
        ),
        technical=(
            "id",
            "public_id",
            "kind",
            "state",
            "done",
            "total",
            "attempts",
            "created_at",
            "run_after",
            "heartbeat_at",
            "finished_at",
            "cancel_requested_at",
        ),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.ACCOUNT, owner="person_id"),)

    class Meta:
        """Waiting and running jobs are looked up all the time."""

        constraints: ClassVar = [one_of("state", JobState, model="job")]
        indexes: ClassVar = [models.Index(fields=["state", "heartbeat_at"], name="job_by_state")]

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more will happen."""
        return self.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}

    @property
    def percent(self) -> int | None:
        """Return the progress in whole percent, or None while the total is unknown."""
        return min(100, round(100 * self.done / self.total)) if self.total else None


class Schedule(models.Model):
    """A job kind that starts again every ``every_minutes``."""

    kind = models.CharField(max_length=60, unique=True)
    every_minutes = models.PositiveIntegerField()
    next_at = models.DateTimeField(db_index=True)

    personal_data = NOT_PERSONAL


class AuditBlock(models.Model):
    """The hashes of a run of audit entries, chained to the block before.

    Deleting an entry after its retention leaves its hash here, so the chain stays verifiable.
    """

    sealed_at = models.DateTimeField(auto_now_add=True)
    entry_hashes = models.JSONField()
    previous_hash = models.CharField(max_length=64, blank=True)
    block_hash = models.CharField(max_length=64)

    personal_data = NOT_PERSONAL


class AuditEntry(PersonalModel):
    """Who did what to which object: appended, never changed; sealed into blocks every minute."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    verb = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    details = models.JSONField(default=dict)
    block = models.ForeignKey(AuditBlock, models.PROTECT, null=True, blank=True, related_name="entries")

    personal_data = PersonalData(
        owner="person_id",
        fields=(
            Fields(
                Item.ACCESS_LOG,
                Purpose.TRANSPARENCY,
                Retention.LOG,
                ("at", "person_id", "verb", "subject_type", "subject_id", "details"),
            ),
        ),
        technical=("id", "block"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.ACCESS_LOG, owner="person_id"),)


class IdempotencyKey(models.Model):
    """A form that was sent: sending it again has no second effect and gets the same answer."""

    key = models.CharField(max_length=64, unique=True)
    person_id = models.BigIntegerField(db_index=True)
    action = models.CharField(max_length=80)
    answer = models.CharField(max_length=400, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    personal_data = PersonalData(
        owner="person_id",
        fields=(Fields(Item.ACCOUNT, Purpose.OPERATION, Retention.SHORT, ("person_id", "action", "answer")),),
        technical=("id", "key", "created_at"),
    )


class CacheEntry(models.Model):
    """A row of Django's database cache: counters of wrong sign-in attempts, under hashed names.

    Only ``django.core.cache`` reads and writes it; declared here so that migrations know the table.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    personal_data = NOT_PERSONAL
