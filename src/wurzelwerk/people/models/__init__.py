"""The models of the people room: persons where they work and how they come in, and the imports of the people file."""

from wurzelwerk.people.models.access import AccessCode, AccessCodeQuerySet
from wurzelwerk.people.models.importing import (
    ImportBefore,
    ImportCorrection,
    ImportProblem,
    ImportRow,
    ImportTerm,
    ImportUnit,
    PeopleImport,
)
from wurzelwerk.people.models.persons import (
    SEES_AS,
    Employment,
    JobRole,
    OrgUnit,
    Person,
    PersonManager,
    RoleGrant,
    RoleGrantQuerySet,
    Site,
    WorkPattern,
)

__all__ = [
    "SEES_AS",
    "AccessCode",
    "AccessCodeQuerySet",
    "Employment",
    "ImportBefore",
    "ImportCorrection",
    "ImportProblem",
    "ImportRow",
    "ImportTerm",
    "ImportUnit",
    "JobRole",
    "OrgUnit",
    "PeopleImport",
    "Person",
    "PersonManager",
    "RoleGrant",
    "RoleGrantQuerySet",
    "Site",
    "WorkPattern",
]
