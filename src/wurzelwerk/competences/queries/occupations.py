"""Occupations of all frameworks, as what a target profile can be proposed from."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q

from wurzelwerk.competences.choices import OccupationRelation
from wurzelwerk.competences.models import Competence, Occupation, OccupationCompetence
from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.kernel.verdict import NotThere

MOST_WORDS: Final = 8
MOST_FOUND: Final = 20
MOST_NEEDS: Final = 60


@dataclass(frozen=True, slots=True)
class OccupationChoice:
    """An occupation as a list offers it, with how many competences it needs above all."""

    public_id: str
    name: str
    framework: str
    essential: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an occupation needs above all; ``levels`` (0 to 5) by competence key, where the framework tells them."""

    name: str
    competences: tuple[Competence, ...]
    levels: dict[int, float]
    left_out: int


def has_occupations() -> bool:
    """Tell whether any framework knows occupations."""
    return Occupation.objects.current().exists()


def occupation_choices(text: str) -> tuple[OccupationChoice, ...]:
    """Return the current occupations whose names hold all words of ``text``, those called so first."""
    words = text.split()[:MOST_WORDS]
    if not words:
        return ()
    rows = Occupation.objects.current().select_related("framework")
    for word in words:
        names = ("label_de", "label_en", "aliases_de", "aliases_en")
        rows = rows.filter(Q(*((f"{name}__icontains", word) for name in names), _connector=Q.OR))
    essential = Count(
        "needs", filter=Q(needs__relation=OccupationRelation.ESSENTIAL, needs__competence__retired_at=None)
    )
    found: list[Any] = list(rows.annotate(essential=essential).filter(essential__gt=0))
    choices = (
        OccupationChoice(one.public_id, pick(one.label_de, one.label_en), str(one.framework), one.essential)
        for one in found
    )

    def rank(one: OccupationChoice) -> tuple[bool, int, str]:
        name = one.name.casefold()
        return not all(word.casefold() in name for word in words), len(name), name

    return tuple(sorted(choices, key=rank)[:MOST_FOUND])


def proposal_from(public_id: str) -> Proposal:
    """Return what the occupation needs above all, best level first, at most 60; raises ``NotThere``."""
    occupation = Occupation.objects.current().filter(public_id=public_id).first()
    if occupation is None:
        raise NotThere
    needs = list(
        OccupationCompetence.objects.filter(
            occupation=occupation, relation=OccupationRelation.ESSENTIAL, competence__retired_at=None
        ).select_related("competence__group")
    )
    needs.sort(key=lambda need: (-(need.level or 0.0), str(need.competence)))
    shown = needs[:MOST_NEEDS]
    return Proposal(
        name=pick(occupation.label_de, occupation.label_en),
        competences=tuple(need.competence for need in shown),
        levels={need.competence_id: need.level for need in shown if need.level},
        left_out=len(needs) - len(shown),
    )
