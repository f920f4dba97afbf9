"""What people can do here: frameworks (things), targets of roles, and what is known of a person."""

from wurzelwerk.competences.models.contests import Contest
from wurzelwerk.competences.models.evidence import Evidence
from wurzelwerk.competences.models.frameworks import (
    Competence,
    CompetenceGroup,
    Framework,
    Occupation,
    OccupationCompetence,
    ProficiencyLevel,
)
from wurzelwerk.competences.models.targets import ProfileCompetence, TargetProfile, TargetRequirement, WishedRole

__all__ = [
    "Competence",
    "CompetenceGroup",
    "Contest",
    "Evidence",
    "Framework",
    "Occupation",
    "OccupationCompetence",
    "ProficiencyLevel",
    "ProfileCompetence",
    "TargetProfile",
    "TargetRequirement",
    "WishedRole",
]
