"""A person beside their role in one prepared query, for the start page; ``get_comparison`` says more, at more cost."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, DateField, F, FilteredRelation, Q

from wurzelwerk.competences.estimating import CompetenceGap, Piece, Requirement, by_urgency, estimate, gap
from wurzelwerk.competences.models import TargetRequirement
from wurzelwerk.kernel import clock
from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.kernel.prepared import prepared
from wurzelwerk.people.models import Person


@dataclass(frozen=True, slots=True)
class CompetenceLabel:
    """A competence as a page names it."""

    pk: int
    public_id: str
    label: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What the own role asks for and what is known: one line per requirement, by weight."""

    role_title: str
    lines: tuple[CompetenceGap[CompetenceLabel], ...]

    @property
    def gaps(self) -> tuple[CompetenceGap[CompetenceLabel], ...]:
        """Return what is open, most urgent first."""
        return by_urgency(self.lines)


class _Row(NamedTuple):
    """A requirement of one version with one piece of evidence, or with none: then the last four are None."""

    requirement: int
    level: float
    weight: float
    valid_from: Any
    version: int
    zone: str | None
    title_de: str
    title_en: str
    competence: int
    public_id: str
    label_de: str
    label_en: str
    half_life_days: int
    source: str
    known_level: float
    observed_on: Any
    confirmed_on: Any


def get_standing(person: Person) -> Standing | None:
    """Return ``person`` beside their role; None without a role or a target in force. One query."""
    tomorrow = clock.today() + timedelta(days=1)  # it may be tomorrow already where they work
    rows = [_Row(*values) for values in _asked_and_known(person=person.pk, until=tomorrow)]
    if not rows:
        return None
    day = clock.today(rows[0].zone)
    versions: dict[tuple[Any, int], dict[int, list[_Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.valid_from <= day:
            versions[row.valid_from, row.version][row.requirement].append(row)
    if not versions:
        return None
    before, current = ({}, {}, *(versions[key] for key in sorted(versions)))[-2:]
    levels = {found[0].competence: found[0].level for found in before.values()}
    asked = sorted(current.values(), key=lambda found: (-found[0].weight, found[0].requirement))
    lines = tuple(_line(found, levels.get(found[0].competence), day) for found in asked)
    return Standing(pick(rows[0].title_de, rows[0].title_en), lines)


def _line(found: list[_Row], previous_level: float | None, day: Any) -> CompetenceGap[CompetenceLabel]:
    """Return one requirement beside its pieces of evidence."""
    row = found[0]
    competence = CompetenceLabel(row.competence, row.public_id, pick(row.label_de, row.label_en))
    known = (each for each in found if each.source)
    pieces = [Piece(each.source, each.known_level, each.observed_on, each.confirmed_on) for each in known]
    wanted = Requirement(competence, row.level, row.weight, previous_level)
    return gap(wanted, estimate(pieces, day, row.half_life_days))


@prepared(person=BigIntegerField(), until=DateField())
def _asked_and_known(person: Any, until: Any) -> Any:
    """Return the requirements of the versions that begin by ``until``, each with the evidence that counts."""
    evidence = "competence__evidence__"
    counts = Q(
        **{f"{evidence}person": person, f"{evidence}withdrawn_at": None, f"{evidence}is_disputed": False},
    )
    return (
        TargetRequirement.objects.filter(profile__job_role__employments__person=person, profile__valid_from__lte=until)
        .annotate(
            known=FilteredRelation("competence__evidence", condition=counts),
            zone=F("profile__job_role__employments__site__time_zone"),
        )
        .order_by("pk", "known__pk")
        .values_list(
            *("pk", "level", "weight", "profile__valid_from", "profile__version", "zone"),
            *("profile__job_role__title_de", "profile__job_role__title_en"),
            *("competence_id", "competence__public_id", "competence__label_de", "competence__label_en"),
            *("competence__half_life_days", "known__source", "known__level", "known__observed_on"),
            "known__confirmed_on",
        )
    )
