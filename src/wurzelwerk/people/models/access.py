"""Codes on paper for those who cannot be written to: the way to a first sign-in, once."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from wurzelwerk.kernel import clock
from wurzelwerk.kernel.constraints import set_together
from wurzelwerk.kernel.matrix import Audience, Item
from wurzelwerk.kernel.personal import Fields, PersonalData, Purpose, Retention
from wurzelwerk.kernel.visibility import PersonalModel, PersonalQuerySet, RowRule
from wurzelwerk.people.models.persons import Person


class AccessCodeQuerySet(PersonalQuerySet):
    """Codes by whether they still open something."""

    def open(self) -> "AccessCodeQuerySet":
        """Return the codes that open something: released, neither used nor withdrawn, not past their end."""
        return self.unused().filter(Q(replaces_sign_in=False) | Q(released_at__isnull=False))

    def waiting(self) -> "AccessCodeQuerySet":
        """Return the codes that a second person has not released yet."""
        return self.unused().filter(replaces_sign_in=True, released_at=None)

    def unused(self) -> "AccessCodeQuerySet":
        """Return the codes that were neither used nor withdrawn and are not past their end."""
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=clock.now())


class AccessCode(PersonalModel):
    """A code printed for one person, with which they choose a password or store a passkey, once.

    ``issued_by`` is None for a code from the command line of the server. Only ``digest`` is kept: the code
    itself is shown when it is made and never again. A code that ``replaces_sign_in`` (its person has come in
    before) opens nothing until a second person has released it.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="access_codes")
    digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField(default=clock.now)
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    expires_at = models.DateTimeField()
    replaces_sign_in = models.BooleanField(default=False)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    wrong_attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = AccessCodeQuerySet.as_manager()

    personal_data = PersonalData(
        owner="person",
        fields=(
            Fields(
                Item.ACCOUNT,
                Purpose.SIGN_IN,
                Retention.LOG,
                (
                    *("person", "digest", "issued_at", "issued_by", "expires_at", "wrong_attempts"),
                    *("used_at", "revoked_at", "replaces_sign_in", "released_at", "released_by"),
                ),
            ),
        ),
        withheld=("digest",),
    )
    visibility: ClassVar[tuple[RowRule, ...]] = (
        RowRule(
            Item.ACCOUNT,
            reduced={
                Audience.ADMINISTRATOR: lambda _viewer: Q(),
                Audience.WORKS_COUNCIL: lambda _viewer: Q(replaces_sign_in=True),
            },
        ),
    )

    class Meta:
        """One code at a time; nobody prints one for themselves, and who printed it does not release it."""

        constraints: ClassVar = [
            UniqueConstraint(fields=["person"], condition=Q(used_at=None, revoked_at=None), name="accesscode_one_open"),
            CheckConstraint(condition=~Q(person=F("issued_by")), name="accesscode_by_another"),
            set_together("released_at", "released_by", model="accesscode"),
            CheckConstraint(
                condition=Q(released_by=None) | ~Q(released_by=F("issued_by")) & ~Q(released_by=F("person")),
                name="accesscode_four_eyes",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-issued_at"], name="accesscode_of_person")]
