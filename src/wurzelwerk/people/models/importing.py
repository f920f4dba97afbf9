"""An import of the people file: what it is, what it found, what it will change, and how things were before.

Everything but ``PeopleImport`` itself is kept for 30 days at most: long enough to take an import back.
Rows are written and read in bulk by ``people.hr_import``; their keys carry no database constraint for speed, and
they name persons by plain keys, because a person must be deletable at any time.
"""

from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import Q, UniqueConstraint

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.constraints import one_of
from wurzelwerk.kernel.matrix import Item
from wurzelwerk.kernel.models import Job, PublicIdModel
from wurzelwerk.kernel.personal import NOT_PERSONAL, Fields, PersonalData, Purpose, Retention
from wurzelwerk.kernel.visibility import PersonalModel
from wurzelwerk.people.choices import ChangeKind, ImportSource, ImportState, TermKind
from wurzelwerk.people.models.persons import Person

MANY_LEAVERS_PERCENT: Final = 10


class PeopleImport(PublicIdModel, PersonalModel):
    """One people file on its way into the company, from upload to applied or taken back.

    ``settled`` holds how the files are read and which column holds which field; ``position`` where the work stands,
    for resuming; ``steps`` grows with each batch, so that two workers cannot do the same batch; ``counts`` the
    persons per kind of change. ``turn`` numbers what imports did to the company: applying one, taking one back.
    ``is_writing`` is true while batches are applied or taken back: one import at a time.
    """

    state = models.CharField(max_length=12, choices=ImportState.choices, default=ImportState.UPLOADED)
    file_name = models.CharField(max_length=200)
    file_path = models.CharField(max_length=500, blank=True)
    file_digest = models.CharField(max_length=64, blank=True)
    units_file_name = models.CharField(max_length=200, blank=True)
    units_file_path = models.CharField(max_length=500, blank=True)
    is_complete = models.BooleanField(default=False)
    leaves_out_errors = models.BooleanField(default=False)
    settled = models.JSONField(default=dict)
    position = models.JSONField(default=dict)
    steps = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    problem_count = models.PositiveIntegerField(default=0)
    turn = models.PositiveIntegerField(default=0)
    is_writing = models.BooleanField(default=False)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    files_deleted_at = models.DateTimeField(null=True, blank=True)

    personal_data = PersonalData(
        owner="created_by",
        fields=(
            Fields(
                Item.ACCESS_LOG,
                Purpose.TRANSPARENCY,
                Retention.LOG,
                ("file_name", "units_file_name", "created_at", "created_by", "checked_at", "applied_at", "undone_at"),
            ),
            Fields(
                Item.ACCESS_LOG,
                Purpose.EMPLOYMENT,
                Retention.SHORT,
                ("settled",),
            ),
        ),
        technical=(
            *("id", "public_id", "state", "file_path", "file_digest", "units_file_path", "is_complete"),
            *("leaves_out_errors", "position", "steps", "counts", "problem_count", "turn", "is_writing", "job"),
            "files_deleted_at",
        ),
    )

    class Meta:
        """One import writes at a time."""

        constraints: ClassVar = [
            one_of("state", ImportState, model="peopleimport"),
            UniqueConstraint(fields=["is_writing"], condition=Q(is_writing=True), name="peopleimport_one_writes"),
        ]

    @property
    def many_leave(self) -> bool:
        """Tell whether so many would leave that somebody must confirm it."""
        counts: dict[str, int] = self.counts
        return counts.get("leaver", 0) * 100 > counts.get("active", 0) * MANY_LEAVERS_PERCENT


def _import_key() -> "models.ForeignKey[Any, Any]":
    """Return the key of the import a row belongs to; each model has an index that begins with it."""
    return models.ForeignKey(PeopleImport, models.CASCADE, related_name="+", db_constraint=False, db_index=False)


class ImportRow(PersonalModel):
    """What one row of the file makes of one person; rows that change nothing are not kept.

    Codes and numbers name things as the file does, "" for none. ``leads`` tells whether others in the file report
    to this person: such rows are applied first. ``public_id`` is the one a new person gets.
    """

    people_import = _import_key()
    row = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    person_id = models.BigIntegerField(null=True, blank=True)
    public_id = models.CharField(max_length=24, blank=True, db_default="")
    staff_number = models.CharField(max_length=60)
    given_name = models.CharField(max_length=80, blank=True, db_default="")
    family_name = models.CharField(max_length=80, blank=True, db_default="")
    email = models.CharField(max_length=254, blank=True, db_default="")
    language = models.CharField(max_length=10, blank=True, db_default="")
    entered_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    unit_code = models.CharField(max_length=80, blank=True, db_default="")
    job_role_code = models.CharField(max_length=80, blank=True, db_default="")
    site_code = models.CharField(max_length=40, blank=True, db_default="")
    work_pattern_code = models.CharField(max_length=60, blank=True, db_default="")
    manager_number = models.CharField(max_length=60, blank=True, db_default="")
    leads = models.BooleanField(db_default=False)

    personal_data = PersonalData(
        owner="person_id",
        fields=(
            Fields(
                Item.ACCESS_LOG,
                Purpose.EMPLOYMENT,
                Retention.SHORT,
                (
                    *("person_id", "kind", "staff_number", "given_name", "family_name", "email", "language"),
                    *("entered_on", "left_on", "unit_code", "job_role_code", "site_code", "work_pattern_code"),
                    *("manager_number", "leads"),
                ),
            ),
        ),
        technical=("id", "people_import", "row", "public_id"),
    )

    class Meta:
        """Listed by kind; that a staff number stands once is checked while reading."""

        constraints: ClassVar = [one_of("kind", ChangeKind, model="importrow")]
        indexes: ClassVar = [models.Index(fields=["people_import", "kind"], name="importrow_by_kind")]


class ImportProblem(PersonalModel):
    """One thing wrong in one row, as ``hr_import.reading.problems.Problem`` describes it."""

    people_import = _import_key()
    source = models.CharField(max_length=10, choices=ImportSource.choices)
    row = models.PositiveIntegerField()
    field = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=40)
    value = models.CharField(max_length=100, blank=True)
    params = models.JSONField(default=dict)
    staff_number = models.CharField(max_length=60, blank=True)

    personal_data = PersonalData(
        owner="people_import__created_by",
        fields=(Fields(Item.ACCESS_LOG, Purpose.EMPLOYMENT, Retention.SHORT, ("value", "params", "staff_number")),),
        technical=("id", "people_import", "source", "row", "field", "code"),
    )

    class Meta:
        """Shown in the order of the file."""

        constraints: ClassVar = [
            one_of("source", ImportSource, model="importproblem"),
            UniqueConstraint(
                fields=["people_import", "source", "row", "field", "code"], name="importproblem_once_per_cell"
            ),
        ]


class ImportCorrection(PersonalModel):
    """What a cell shall hold instead of what the file says; typed on the page of errors."""

    people_import = _import_key()
    source = models.CharField(max_length=10, choices=ImportSource.choices)
    row = models.PositiveIntegerField()
    field = models.CharField(max_length=40)
    value = models.CharField(max_length=2000, blank=True)

    personal_data = PersonalData(
        owner="people_import__created_by",
        fields=(Fields(Item.ACCESS_LOG, Purpose.EMPLOYMENT, Retention.SHORT, ("value",)),),
        technical=("id", "people_import", "source", "row", "field"),
    )

    class Meta:
        """A cell has one corrected value."""

        constraints: ClassVar = [
            one_of("source", ImportSource, model="importcorrection"),
            UniqueConstraint(fields=["people_import", "source", "row", "field"], name="importcorrection_once_per_cell"),
        ]


class ImportUnit(models.Model):
    """A unit that the import adds or changes, at its place in the tree; ``before`` is how a changed one was."""

    people_import = _import_key()
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=160)
    parent_code = models.CharField(max_length=80, blank=True)
    path = models.TextField()
    depth = models.PositiveSmallIntegerField()
    is_new = models.BooleanField()
    before = models.JSONField(default=dict)

    personal_data = NOT_PERSONAL

    class Meta:
        """A unit stands once."""

        constraints: ClassVar = [UniqueConstraint(fields=["people_import", "code"], name="importunit_once")]


class ImportTerm(models.Model):
    """A job role, site or work pattern that the import adds."""

    people_import = _import_key()
    kind = models.CharField(max_length=20, choices=TermKind.choices)
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=160)
    hours_per_week = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)

    personal_data = NOT_PERSONAL

    class Meta:
        """A thing is added once."""

        constraints: ClassVar = [
            one_of("kind", TermKind, model="importterm"),
            UniqueConstraint(fields=["people_import", "kind", "code"], name="importterm_once"),
        ]


class ImportBefore(PersonalModel):
    """How a person whom the import changes was before, to take it back.

    ``changes_access`` tells whether the import opened or closed the account, ``closed_at`` when it closed it.
    """

    people_import = _import_key()
    person_id = models.BigIntegerField()
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    email = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=10)
    entered_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    is_active = models.BooleanField()
    deactivated_at = models.DateTimeField(null=True)
    changes_access = models.BooleanField()
    closed_at = models.DateTimeField(null=True)
    has_employment = models.BooleanField()
    unit_id = models.BigIntegerField(null=True)
    job_role_id = models.BigIntegerField(null=True)
    site_id = models.BigIntegerField(null=True)
    manager_id = models.BigIntegerField(null=True)
    work_pattern_id = models.BigIntegerField(null=True)

    personal_data = PersonalData(
        owner="person_id",
        fields=(
            Fields(
                Item.ACCESS_LOG,
                Purpose.EMPLOYMENT,
                Retention.SHORT,
                (
                    *("person_id", "given_name", "family_name", "email", "language", "entered_on", "left_on"),
                    *("is_active", "deactivated_at", "changes_access", "has_employment", "unit_id", "job_role_id"),
                    *("site_id", "manager_id", "work_pattern_id", "closed_at"),
                ),
            ),
        ),
        technical=("id", "people_import"),
    )

    class Meta:
        """One image per person."""

        constraints: ClassVar = [
            UniqueConstraint(fields=["people_import", "person_id"], name="importbefore_once_per_person")
        ]
