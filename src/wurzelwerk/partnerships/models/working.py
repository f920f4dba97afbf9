"""What the members do together: packages, meetings with their worksheet, shared notes."""

from typing import ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from wurzelwerk.competences.models import Competence
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.constraints import one_of, within
from wurzelwerk.kernel.matrix import Item
from wurzelwerk.kernel.models import PublicIdModel
from wurzelwerk.kernel.personal import Fields, PersonalData, Purpose, Retention
from wurzelwerk.kernel.visibility import PersonalModel, RowRule
from wurzelwerk.partnerships import limits
from wurzelwerk.partnerships.choices import MeetingState, PackageState
from wurzelwerk.partnerships.models.partnerships import LearningPartnership
from wurzelwerk.partnerships.models.rows import content, package
from wurzelwerk.people.models import Person

LONGEST_TEXT = 20_000
OWNER = "partnership__members__person"


class LearningPackage(PublicIdModel, PersonalModel):
    """A step in one direction: ``teacher`` helps ``learner`` with one competence until a day.

    ``if_then`` is the learner's own sentence on when and where to try it.
    """

    partnership = models.ForeignKey(LearningPartnership, models.CASCADE, related_name="packages")
    teacher = models.ForeignKey(Person, models.CASCADE, related_name="+")
    learner = models.ForeignKey(Person, models.CASCADE, related_name="+")
    competence = models.ForeignKey(Competence, models.PROTECT, related_name="learning_packages")
    title = models.CharField(max_length=160)
    description = models.TextField(blank=True, validators=[MaxLengthValidator(2000)])
    if_then = models.CharField(max_length=300, blank=True)
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=PackageState.choices, default=PackageState.PLANNED)
    created_at = models.DateTimeField(default=clock.now)
    completed_at = models.DateTimeField(null=True, blank=True)

    personal_data = PersonalData(
        owner=OWNER,
        fields=(
            Fields(
                Item.LEARNING_PACKAGE,
                Purpose.PARTNERSHIP,
                Retention.PARTNERSHIP,
                (
                    *("partnership", "teacher", "learner", "competence", "title", "due_on"),
                    *("state", "created_at", "completed_at"),
                ),
            ),
            Fields(Item.PARTNERSHIP_CONTENT, Purpose.PARTNERSHIP, Retention.PARTNERSHIP, ("description", "if_then")),
        ),
        technical=("id", "public_id"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (package(),)
    field_visibility: ClassVar[tuple[RowRule, ...]] = (content(),)

    class Meta:
        """From one to another; done is dated."""

        constraints: ClassVar = [
            one_of("state", PackageState, model="learningpackage"),
            CheckConstraint(condition=~Q(teacher=F("learner")), name="learningpackage_for_another"),
            CheckConstraint(
                condition=Q(state=PackageState.DONE, completed_at__isnull=False)
                | (~Q(state=PackageState.DONE) & Q(completed_at=None)),
                name="learningpackage_done_dated",
            ),
        ]


class Meeting(PublicIdModel, PersonalModel):
    """A meeting, and its one-page worksheet that all write on together.

    ``version`` counts the worksheet, ``sequence`` the changes of time and place (for calendars).
    """

    partnership = models.ForeignKey(LearningPartnership, models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True)
    topic = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=MeetingState.choices, default=MeetingState.PLANNED)
    sequence = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(default=clock.now)
    did = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_TEXT)])
    was_hard = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_TEXT)])
    next_steps = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_TEXT)])
    version = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    personal_data = PersonalData(
        owner=OWNER,
        fields=(
            Fields(
                Item.PARTNERSHIP_CONTENT,
                Purpose.PARTNERSHIP,
                Retention.PARTNERSHIP,
                (
                    *("partnership", "starts_at", "minutes", "place", "link", "topic", "state", "changed_at"),
                    *("did", "was_hard", "next_steps", "written_at", "written_by"),
                ),
            ),
        ),
        technical=("id", "public_id", "sequence", "version"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (content(),)

    class Meta:
        """Of a length that one can keep."""

        constraints: ClassVar = [
            one_of("state", MeetingState, model="meeting"),
            within("minutes", *limits.MEETING_MINUTES, model="meeting"),
            CheckConstraint(
                condition=Q(written_by__isnull=True) | Q(written_at__isnull=False), name="meeting_written_with"
            ),
            CheckConstraint(
                condition=Q(version=0, written_at=None) | Q(version__gt=0, written_at__isnull=False),
                name="meeting_version_counts_writings",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["partnership", "starts_at"], name="meeting_by_time")]


class SharedNote(PersonalModel):
    """The notes of a partnership: one text that all write on; ``version`` counts the savings."""

    partnership = models.OneToOneField(LearningPartnership, models.CASCADE, related_name="note")
    body = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_TEXT)])
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    personal_data = PersonalData(
        owner=OWNER,
        fields=(
            Fields(
                Item.PARTNERSHIP_CONTENT,
                Purpose.PARTNERSHIP,
                Retention.PARTNERSHIP,
                ("body", "saved_at", "saved_by"),
            ),
        ),
        technical=("id", "partnership", "version"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (content(),)

    class Meta:
        """Nobody saves without a time."""

        constraints: ClassVar = [
            CheckConstraint(
                condition=Q(saved_by__isnull=True) | Q(saved_at__isnull=False), name="sharednote_saved_with"
            ),
        ]


class NoteVersion(PersonalModel):
    """An earlier state of the shared notes, kept when somebody else goes on writing or after a pause."""

    note = models.ForeignKey(SharedNote, models.CASCADE, related_name="versions")
    body = models.TextField(blank=True)
    version = models.PositiveIntegerField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    personal_data = PersonalData(
        owner="note__partnership__members__person",
        fields=(
            Fields(
                Item.PARTNERSHIP_CONTENT,
                Purpose.PARTNERSHIP,
                Retention.PARTNERSHIP,
                ("body", "saved_at", "saved_by"),
            ),
        ),
        technical=("id", "note", "version"),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (content("note__partnership"),)

    class Meta:
        """Each version once."""

        constraints: ClassVar = [UniqueConstraint(fields=["note", "version"], name="noteversion_once")]
