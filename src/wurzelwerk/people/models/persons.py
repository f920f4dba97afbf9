"""Persons and where they work, from the company's people file; nothing learned about anybody."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import BigIntegerField, CheckConstraint, F, Q, UniqueConstraint
from django.utils.functional import cached_property

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.bilingual import one_language_set, pick
from wurzelwerk.kernel.constraints import one_of
from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.kernel.models import PublicIdModel
from wurzelwerk.kernel.personal import NOT_PERSONAL, Fields, PersonalData, Purpose, Retention
from wurzelwerk.kernel.prepared import prepared
from wurzelwerk.kernel.visibility import PersonalModel, PersonalQuerySet, RowRule
from wurzelwerk.people.choices import Density, Language, Role, Theme


class Site(PublicIdModel):
    """A place of work with its own clock and public holidays."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=60, default="Europe/Berlin")
    federal_state = models.CharField(max_length=2, blank=True)

    personal_data = NOT_PERSONAL

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class OrgUnit(PublicIdModel):
    """A unit of the organisation; the tree may have any depth.

    ``path`` holds the codes from the root down, joined and ended by "/": the subtree of a unit is
    every unit whose path starts with its own.
    """

    code = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=160)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.TextField(db_index=True, default="")
    depth = models.PositiveSmallIntegerField(default=0)

    personal_data = NOT_PERSONAL

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class JobRole(PublicIdModel):
    """A kind of post, with the competences it needs (target profiles live in ``competences``)."""

    code = models.CharField(max_length=80, unique=True)
    title_de = models.CharField(max_length=160, blank=True)
    title_en = models.CharField(max_length=160, blank=True)
    family = models.CharField(max_length=80, blank=True)

    personal_data = NOT_PERSONAL

    class Meta:
        """A title in at least one language."""

        constraints: ClassVar = [one_language_set("title", model="jobrole")]

    def __str__(self) -> str:
        """Return the title in the active language."""
        return pick(self.title_de, self.title_en)


class WorkPattern(PublicIdModel):
    """When somebody works: weekly windows, repeated every ``cycle_weeks`` (shifts).

    ``windows`` is a list of ``[week, weekday, start_minute, end_minute]`` with week from 0,
    Monday = 0, minutes since local midnight; an end before the start is on the next day.
    """

    code = models.CharField(max_length=60, unique=True)
    name_de = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    hours_per_week = models.DecimalField(max_digits=4, decimal_places=1)
    cycle_weeks = models.PositiveSmallIntegerField(default=1)
    windows = models.JSONField(default=list)

    personal_data = NOT_PERSONAL

    class Meta:
        """A name in at least one language."""

        constraints: ClassVar = [one_language_set("name", model="workpattern")]

    def __str__(self) -> str:
        """Return the name in the active language."""
        return pick(self.name_de, self.name_en)


class PersonManager(BaseUserManager["Person"].from_queryset(PersonalQuerySet)):  # type: ignore[misc]
    """Finds persons for sign-in and creates them."""

    def create_person(self, *, staff_number: str, password: str | None = None, **fields: Any) -> "Person":
        """Create a person; without a password no password sign-in is possible."""
        person: Person = self.model(staff_number=staff_number, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Return the person with this staff number."""
        person: Person = self.get(staff_number=username)
        return person


class Person(AbstractBaseUser, PublicIdModel, PersonalModel):
    """Somebody who works here; also who signs in.

    ``staff_number`` is the stable id of the people file. Leavers stay, without ``is_active``.
    ``email_changed_at`` is when an import last put another address; the first one does not count.
    """

    staff_number = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True, db_index=True)
    email_changed_at = models.DateTimeField(null=True, blank=True)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    language = models.CharField(max_length=10, choices=Language.choices, default=Language.GERMAN)
    theme = models.CharField(max_length=10, choices=Theme.choices, default=Theme.AUTO)
    density = models.CharField(max_length=10, choices=Density.choices, default=Density.CALM)
    introduction = models.TextField(blank=True, max_length=1000)
    interests = models.TextField(blank=True, max_length=500)
    entered_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    USERNAME_FIELD = "staff_number"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["given_name", "family_name"]

    objects: ClassVar[PersonManager] = PersonManager()

    personal_data = PersonalData(
        owner="",
        fields=(
            Fields(Item.DIRECTORY, Purpose.EMPLOYMENT, Retention.EMPLOYMENT, ("given_name", "family_name")),
            Fields(Item.PORTRAIT, Purpose.PARTNERSHIP, Retention.PERSON_DECIDES, ("introduction", "interests")),
            Fields(
                Item.ACCOUNT,
                Purpose.EMPLOYMENT,
                Retention.EMPLOYMENT,
                (
                    *("staff_number", "email", "email_changed_at", "entered_on", "left_on", "is_active"),
                    "deactivated_at",
                ),
            ),
            Fields(
                Item.ACCOUNT,
                Purpose.SIGN_IN,
                Retention.EMPLOYMENT,
                ("password", "last_login", "language", "theme", "density"),
            ),
        ),
        technical=("id", "public_id", "created_at"),
        withheld=("password",),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.DIRECTORY, owner=""),)
    field_visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.PORTRAIT, owner=""),)

    class Meta:
        """Leaving and deactivation are consistent; names are searched."""

        constraints: ClassVar = [
            one_of("language", Language, model="person"),
            one_of("theme", Theme, model="person"),
            one_of("density", Density, model="person"),
            CheckConstraint(
                condition=Q(is_active=True, deactivated_at=None) | Q(is_active=False, deactivated_at__isnull=False),
                name="person_deactivation_dated",
            ),
            CheckConstraint(
                condition=Q(entered_on=None) | Q(left_on=None) | Q(left_on__gte=F("entered_on")),
                name="person_leaves_after_entering",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["family_name", "given_name"], name="person_by_name")]

    def __str__(self) -> str:
        """Return the full name."""
        return self.full_name

    @property
    def full_name(self) -> str:
        """Return given and family name."""
        return f"{self.given_name} {self.family_name}"

    @cached_property
    def roles(self) -> frozenset[str]:
        """Return the roles in force; asked once per request."""
        return frozenset(role for (role,) in _roles_of(person=self.pk))


class Employment(PersonalModel):
    """Where a person works: unit, job role, site, manager and working time."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="employment")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, null=True, blank=True, related_name="employments")
    job_role = models.ForeignKey(JobRole, models.SET_NULL, null=True, blank=True, related_name="employments")
    site = models.ForeignKey(Site, models.SET_NULL, null=True, blank=True, related_name="employments")
    manager = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="reports")
    work_pattern = models.ForeignKey(WorkPattern, models.SET_NULL, null=True, blank=True, related_name="employments")

    personal_data = PersonalData(
        owner="person",
        fields=(
            Fields(
                Item.DIRECTORY,
                Purpose.EMPLOYMENT,
                Retention.EMPLOYMENT,
                ("person", "unit", "job_role", "site", "manager"),
            ),
            Fields(Item.MATCHING_ANSWERS, Purpose.EMPLOYMENT, Retention.EMPLOYMENT, ("work_pattern",)),
        ),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.DIRECTORY),)

    class Meta:
        """Nobody is their own manager."""

        constraints: ClassVar = [
            CheckConstraint(condition=~Q(manager=F("person")) | Q(manager=None), name="employment_manager_is_another")
        ]


class RoleGrantQuerySet(PersonalQuerySet):
    """Grants by whether they hold."""

    def in_force(self) -> "RoleGrantQuerySet":
        """Return the grants that were not revoked."""
        return self.filter(revoked_at=None)


class RoleGrant(PersonalModel):
    """A role given to a person by an administrator, until it is revoked; also by the people file, then by nobody."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=40, choices=Role.choices)
    granted_at = models.DateTimeField(default=clock.now)
    granted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar = RoleGrantQuerySet.as_manager()

    personal_data = PersonalData(
        owner="person",
        fields=(
            Fields(
                Item.DIRECTORY,
                Purpose.OPERATION,
                Retention.LOG,
                ("person", "role", "granted_at", "granted_by", "revoked_at", "revoked_by"),
            ),
        ),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (RowRule(Item.DIRECTORY),)

    class Meta:
        """A role is held once at a time."""

        constraints: ClassVar = [
            one_of("role", Role, model="rolegrant"),
            CheckConstraint(
                condition=Q(revoked_by__isnull=True) | Q(revoked_at__isnull=False), name="rolegrant_revoked_by_when"
            ),
            UniqueConstraint(fields=["person", "role"], condition=Q(revoked_at=None), name="rolegrant_held_once"),
        ]


@prepared(person=BigIntegerField())
def _roles_of(person: int) -> Any:
    """Return the roles in force."""
    return RoleGrant.objects.in_force().filter(person=person).values_list("role")


SEES_AS: dict[Audience, tuple[Role, ...]] = {
    Audience.LEARNING_AND_DEVELOPMENT: (Role.LEARNING_AND_DEVELOPMENT,),
    Audience.WORKS_COUNCIL: (Role.WORKS_COUNCIL, Role.DATA_PROTECTION),
    Audience.ADMINISTRATOR: (Role.ADMINISTRATOR,),
}
"""Which roles stand behind a column of the visibility matrix."""
